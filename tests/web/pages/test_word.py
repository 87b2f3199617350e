from pathlib import Path
from typing import Final

from flask.testing import FlaskClient
from lxml import etree
from playwright.sync_api import Page, expect

from tests.web.pages.axe import violations

_LIBRARY: Final = "https://appsforoffice.microsoft.com/**"
_STAND_IN: Final = Path(__file__).with_name("word_stand_in.js")
_OFFICE: Final = "{http://schemas.microsoft.com/office/appforoffice/1.1}"


def test_word_is_told_where_the_pane_stands_behind_a_prefix(
    client: FlaskClient,
) -> None:
    answer = client.get("/word/manifest.xml", base_url="https://terms.example/t/")
    tree = etree.fromstring(answer.data)
    place = {
        name: element.get("DefaultValue")
        for name in ("SourceLocation", "IconUrl", "HighResolutionIconUrl")
        for element in tree.iter(f"{_OFFICE}{name}")
    }
    assert place["SourceLocation"] == "https://terms.example/t/word"
    for name in ("IconUrl", "HighResolutionIconUrl"):
        address = place[name] or ""
        assert address.startswith("https://terms.example/t/static/")
        with client.get(address.removeprefix("https://terms.example/t")) as picture:
            assert picture.mimetype == "image/png"
    other = client.get("/word/manifest.xml", base_url="https://other.example/")
    ids = {etree.fromstring(a.data).findtext(f"{_OFFICE}Id") for a in (answer, other)}
    assert len(ids) == 2


def test_only_the_pane_may_stand_in_a_frame_of_word(client: FlaskClient) -> None:
    policy = client.get("/word").headers["Content-Security-Policy"]
    assert "script-src 'self' https://appsforoffice.microsoft.com;" in policy
    assert "frame-ancestors 'self' https://*.officeapps.live.com" in policy
    assert "unsafe" not in policy
    others = client.get("/").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in others


def test_the_pane_looks_up_what_is_marked_and_mends_the_text(page: Page) -> None:
    page.route(_LIBRARY, lambda route: route.fulfill(path=_STAND_IN))
    page.goto("/word")
    expect(page.locator("#q")).to_have_value("community of common destiny")
    expect(page.locator("#hits h2").first).to_contain_text("superseded")
    assert violations(page) == []
    page.goto("/word")
    page.locator("#hits").get_by_role("button", name="Insert").first.click()
    text = page.evaluate("holder.text")
    assert text == "The community with a shared future is discussed."
    page.evaluate("holder.text = 'They praised One Belt, One Road again.'")
    page.get_by_role("button", name="Look for wordings to be avoided").click()
    page.get_by_role("button", name="Show").click()
    assert page.evaluate("holder.marked") == [13, 31]
    page.get_by_role("button", name="Replace: ").first.click()
    expect(page.locator("#findings li")).to_have_count(0)
    assert "One Belt" not in page.evaluate("holder.text")
    page.get_by_role("button", name="Look for wordings to be avoided").click()
    expect(page.locator("#state")).to_have_text(
        "No wording of the document is to be avoided."
    )


def test_without_word_the_pane_is_a_look_up_page(page: Page) -> None:
    page.route(_LIBRARY, lambda route: route.fulfill(body=""))
    page.goto("/word")
    expect(page.locator("#state")).to_contain_text("Word is not here")
    page.locator("#q").fill("主权")
    page.get_by_role("button", name="Look up").click()
    expect(page.locator("#hits")).to_contain_text("sovereignty")
    expect(page.get_by_role("button", name="Insert")).to_have_count(0)
