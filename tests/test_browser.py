"""The look-up page in a real Chromium, as a translator uses it."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import Server, needs


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    chromium = needs(found, "Chromium")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        launched = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(base_url=server.address, locale="en-GB")
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda m: m.type == "error" and wrong.append(m.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


def test_hits_appear_as_one_types(page: Page) -> None:
    page.goto("/")
    page.keyboard.type("new type of great power relations", delay=20)
    first = page.locator(".hit").first
    expect(first.locator(".found")).to_have_text("new type of great power relations")
    expect(first.locator(".use b")).to_have_text(
        "new model of major-country relationship"
    )
    expect(first.locator(".equivalents .text").first).to_have_text("新型大国关系")
    page.locator("#q").fill("新型大国关系")
    expect(first.locator(".equivalents .text").first).to_have_text(
        "new model of major-country relationship"
    )
    page.locator("#q").fill("zzzz")
    expect(page.locator("#message")).to_have_text("Nothing found for “zzzz”.")
    page.locator("#q").fill("")
    expect(page.locator(".hit")).to_have_count(0)


def test_typed_hits_are_the_hits_of_the_page_without_a_script(
    page: Page, browser: Browser, server: Server
) -> None:
    for q in ("new type of great power relations", "重要共识", "主权"):
        page.goto("/")
        page.locator("#q").fill(q)
        expect(page.locator(".hit").first).to_be_visible()
        typed = page.locator(".hit").all_inner_texts()
        plain = browser.new_context(
            base_url=server.address, locale="en-GB", java_script_enabled=False
        )
        without = plain.new_page()
        without.goto("/")
        without.locator("#q").fill(q)
        without.keyboard.press("Enter")
        without.wait_for_url("**/?q=*")
        expect(without.locator(".hit").first).to_be_visible()
        assert [words(text) for text in without.locator(".hit").all_inner_texts()] == [
            words(text) for text in typed
        ]
        plain.close()


def words(text: str) -> list[str]:
    return text.split()


def test_enter_opens_an_entry_that_shows_both_languages(page: Page) -> None:
    page.goto("/?q=新型大国关系")
    page.locator(".hit a").first.press("Enter")
    expect(page.locator("h1")).to_contain_text("新型大国关系")
    expect(page.locator(".columns section")).to_have_count(2)
    expect(page.locator("blockquote").first).to_contain_text("para. 2")


def test_a_term_that_is_markup_stays_text(page: Page, server: Server) -> None:
    page.goto("/")
    page.evaluate("window.harmed = false")
    page.locator("#q").fill("<img src=x onerror=harmed=true>")
    expect(page.locator("#message")).to_contain_text("<img src=x")
    assert page.evaluate("window.harmed") is False


def test_the_page_speaks_chinese_to_those_who_read_it(
    browser: Browser, server: Server
) -> None:
    context = browser.new_context(base_url=server.address, locale="zh-CN")
    page = context.new_page()
    page.goto("/")
    expect(page.locator(".search button")).to_have_text("查询")
    page.locator("#q").fill("new type of great power relations")
    expect(page.locator(".hit .status").first).to_have_text("已被取代")
    page.get_by_role("link", name="English").click()
    expect(page.locator(".search button")).to_have_text("Look up")
    context.close()


@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_runs_over_the_edge(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in (
        "/?q=合作",
        "/entries/new-model-of-major-country-relationship",
        "/docs",
    ):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, path
