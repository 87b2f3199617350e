"""The look-up page in a real Chromium, as a translator uses it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import Open

ENTRY = "/entries/new-model-of-major-country-relationship"


def words(text: str) -> list[str]:
    return text.split()


def test_hits_appear_as_one_types(page: Page) -> None:
    page.goto("/")
    page.keyboard.type("new type of great power relations", delay=20)
    first = page.locator(".hit").first
    expect(first.locator(".found")).to_have_text("new type of great power relations")
    expect(first.locator(".use .text")).to_have_text(
        "new model of major-country relationship"
    )
    expect(first.locator(".equivalents .text").first).to_have_text("新型大国关系")
    page.locator("#q").fill("新型大国关系")
    expect(first.locator(".equivalents .text").first).to_have_text(
        "new model of major-country relationship"
    )
    page.locator("#q").fill("qxwvqx")
    expect(page.locator("#message")).to_contain_text("Nothing found for “qxwvqx”.")
    page.locator("#q").fill("")
    expect(page.locator(".hit")).to_have_count(0)


@pytest.mark.parametrize(
    "q", ["new type of great power relations", "重要共识", "主权", "win win"]
)
def test_typed_hits_are_the_hits_of_the_page_without_a_script(
    page: Page, opened: Open, q: str
) -> None:
    page.goto("/")
    page.locator("#q").fill(q)
    expect(page.locator(".hit").first).to_be_visible()
    typed = page.locator(".hit").all_inner_texts()
    without = opened(java_script_enabled=False)
    without.goto("/")
    without.locator("#q").fill(q)
    without.keyboard.press("Enter")
    without.wait_for_url("**/?q=*")
    expect(without.locator(".hit").first).to_be_visible()
    plain = without.locator(".hit").all_inner_texts()
    with_buttons = [[w for w in words(text) if w != "Copy"] for text in typed]
    assert [words(text) for text in plain] == with_buttons


@pytest.mark.parametrize(
    ("language", "issuer", "place"),
    [("zh-CN", "中国外交部", "第十二节"), ("zh-TW", "中國外交部", "第十二節")],
)
def test_scripts_name_issuers_and_places_as_the_page_without_them_does(
    opened: Open, language: str, issuer: str, place: str
) -> None:
    pages = opened(locale=language), opened(locale=language, java_script_enabled=False)
    evidence = []
    for page in pages:
        page.goto("/")
        page.locator("#q").fill("win-win cooperation")
        page.keyboard.press("Enter")
        expect(page.locator(".hit .evidence footer").first).to_be_attached()
        named = page.locator(".hit .issuer, .hit .evidence footer").all_text_contents()
        evidence.append([words(text) for text in named])
    typed, plain = evidence
    told = " ".join(" ".join(line) for line in plain)
    assert typed == plain
    assert issuer in told
    assert place in told
    assert "MFA of China" not in told


def test_readers_of_traditional_chinese_see_it_first(opened: Open) -> None:
    page = opened(locale="zh-TW")
    page.goto("/")
    page.locator("#q").fill("major-country diplomacy")
    equivalent = page.locator(".hit").first.locator(".equivalents .text").first
    expect(equivalent).to_have_text("大國外交")
    page.locator("#q").fill("大国")
    found = page.locator(".found", has_text="大國外交").first
    expect(found).to_be_visible()
    expect(page.locator(".found", has_text="大国外交")).to_have_count(0)


@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
def test_a_phrase_is_looked_up_with_the_keyboard_alone(
    opened: Open, language: str
) -> None:
    page = opened(locale=language, permissions=["clipboard-read", "clipboard-write"])
    page.goto("/")
    page.locator("#q").blur()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("新型大国关系")
    found = page.locator(".found")
    expect(found.first).to_have_text("新型大国关系")
    page.keyboard.press("ArrowDown")
    expect(found.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(found.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("c")
    expect(page.locator("#toast")).to_contain_text(
        "new model of major-country relationship"
    )
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "new model of major-country relationship"
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Enter")
    expect(found.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{ENTRY}")
    expect(page.locator("h1")).to_contain_text("新型大国关系")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


@pytest.mark.parametrize("q", ["合作共赢", "win-win cooperation"])
def test_both_scripts_stand_on_one_line_and_each_is_copied(
    opened: Open, q: str
) -> None:
    page = opened(
        permissions=["clipboard-read", "clipboard-write"],
        viewport={"width": 1440, "height": 900},
    )
    page.goto("/")
    page.locator("#q").fill(q)
    hit = page.locator("#hits .hit").first
    texts = hit.locator(".text:visible")
    expect(texts.filter(has_text="合作共").first).to_be_visible()
    every = [text for text in texts.all_inner_texts() if "合作共" in text]
    assert every == ["合作共赢", "合作共贏"]
    assert hit.locator(".reading").all_inner_texts() == ["hézuò gòngyíng"]
    tops = [hit.get_by_text(text, exact=True).bounding_box() for text in every]
    assert tops[0]
    assert tops[1]
    assert abs(tops[0]["y"] - tops[1]["y"]) < 8
    hit.locator(".one", has_text="合作共贏").locator(".copy").click()
    expect(page.locator("#toast")).to_contain_text("合作共贏")
    assert page.evaluate("navigator.clipboard.readText()") == "合作共贏"
    box = page.locator("#hits").bounding_box()
    assert box
    assert box["width"] > 1200


def test_what_stands_beside_an_answer_stands_beside_it_where_there_is_room(
    opened: Open,
) -> None:
    page = opened(viewport={"width": 1440, "height": 900})
    page.goto("/?q=国务院副总理和国家副主席拜会")
    blocks = page.locator(".block:visible")
    for at in range(blocks.count()):
        heading = blocks.nth(at).locator("h2").bounding_box()
        hits = blocks.nth(at).locator(".hits").bounding_box()
        assert heading
        assert hits
        assert heading["y"] + heading["height"] <= hits["y"]
        assert abs(heading["x"] - hits["x"]) < 4


def test_recent_look_ups_stay_in_the_browser(page: Page) -> None:
    page.goto("/")
    expect(page.locator("#recent")).to_be_hidden()
    page.keyboard.type("重要共识")
    page.locator(".found").first.click()
    page.wait_for_url("**/entries/*")
    page.goto("/")
    expect(page.locator("#recent a")).to_have_text(["重要共识"])
    page.locator("#recent a").click()
    expect(page.locator("#q")).to_have_value("重要共识")
    page.goto("/")
    page.locator("#recent button").click()
    expect(page.locator("#recent")).to_be_hidden()


def test_a_look_up_can_be_narrowed_to_a_time(page: Page) -> None:
    page.goto("/?q=新型大国关系")
    page.locator(".more summary").click()
    page.locator("[name=as_of]").fill("2012-12")
    expect(page.locator(".equivalents .text").first).to_have_text(
        "new type of relations between major countries"
    )
    assert "as_of=2012-12" in page.url


def test_an_entry_shows_both_languages_and_its_evidence(page: Page) -> None:
    page.goto(ENTRY)
    expect(page.locator(".columns section")).to_have_count(2)
    expect(page.locator("blockquote", has_text="para. 2").first).to_be_visible()


def test_an_entry_is_copied_as_text_tbx_and_json(opened: Open) -> None:
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    page.goto(ENTRY)
    for name, said, piece in (
        (
            "Text",
            "entry as text",
            "new model of major-country relationship (preferred, MFA of China",
        ),
        ("TBX", "TBX", '<conceptEntry id="new-model-of-major-country-relationship"'),
        ("JSON", "JSON", '"id":"new-model-of-major-country-relationship"'),
    ):
        page.locator(".links").get_by_text(name, exact=True).click()
        expect(page.locator("#toast")).to_contain_text(said)
        assert piece in page.evaluate("navigator.clipboard.readText()")


def test_the_page_speaks_chinese_to_those_who_read_it(opened: Open) -> None:
    page = opened(locale="zh-CN")
    page.goto("/")
    expect(page.locator(".search button")).to_have_text("查询")
    page.locator("#q").fill("new type of great power relations")
    expect(page.locator(".hit .status").first).to_have_text("已被取代")
    page.get_by_role("link", name="English").click()
    expect(page.locator(".search button")).to_have_text("Look up")
