"""Every page: accessible, within its edges, quiet on the console, inert, and small."""

import json
import os
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import Open, watch
from tests.running import Server
from tests.web.pages.axe import violations

ENTRY = "/entries/new-model-of-major-country-relationship"
WHOLE = "/entries/non-conflict-non-confrontation-mutual-respect-and-win-win-cooperation"
PAGES = [
    "/",
    "/?q=合作",
    "/?q=new type of great power relations",
    "/?q=qxwvqx",
    ENTRY,
    WHOLE,
    f"{ENTRY}/propose",
    "/propose?zh=数字丝绸之路",
    "/read",
    "/browse",
    "/browse?subject=climate",
    "/browse?source=wang-yi-kerry-2014",
    "/changes",
    "/what-changed",
    "/transfers",
    "/statistics",
    "/proposals",
    "/browser",
    "/offline",
    "/docs",
    "/entries/nix",
]
NASTY = "<img src=x onerror=harmed=1><script>harmed=1</script>"
TEXT = "构建新型大国关系，坚持不冲突、不对抗、相互尊重、合作共赢。"


def test_a_thinned_page_still_shows_a_pale_row(opened: Open) -> None:
    page = opened()
    page.goto("/browse?subject=climate")
    before = page.locator("tr").count()
    for striped in ("odd", "even"):
        page.evaluate(
            """(which) => {
                const sheet = new CSSStyleSheet();
                const rows = `tr:nth-child(${which}) *`;
                sheet.replaceSync(`${rows} { color: #aaa !important }`);
                document.adoptedStyleSheets = [sheet];
            }""",
            striped,
        )
        pale = violations(page)
        assert pale
        assert all(each.startswith("color-contrast: ") for each in pale)
    assert page.locator("tr").count() < before


def quiet(messages: list[str]) -> list[str]:
    """Leave out that the page which is not there is not there."""
    return [m for m in messages if "/entries/nix" not in m]


#: Languages, colour schemes and widths in which every page is looked at.
LOOKS = [("en-GB", "light", 1440), ("zh-CN", "dark", 360)]
if os.environ.get("PAGES") == "all":
    LOOKS = list(product(["en-GB", "zh-CN", "zh-TW"], ["light", "dark"], [360, 1440]))


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_no_page_shuts_anybody_out(
    browser: Browser, reading_server: Server, language: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(
        base_url=reading_server.address,
        locale=language,
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
    )
    page = context.new_page()
    wrong: list[str] = []
    watch(page, wrong)
    found = []
    # The contract is long and in English; once is enough.
    for path in [p for p in PAGES if p != "/docs" or scheme == "light"]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        # What a page is made of is the same in every scheme and width.
        whole = (scheme, width) == ("light", 1440) and path != "/docs"
        found += [f"{path} {each}" for each in violations(page, whole=whole)]
    page.goto("/read")
    page.locator("#text").fill(TEXT)
    page.locator("#target").fill("new type of great power relations, mutual respect")
    expect(page.locator(".finding").first).to_be_visible()
    found += violations(page)
    context.close()
    assert found == []
    assert quiet(wrong) == []


@pytest.mark.parametrize(("language", "width"), [("en-GB", 360), ("zh-TW", 1440)])
def test_nothing_runs_over_the_edge(opened: Open, language: str, width: int) -> None:
    page = opened(locale=language, viewport={"width": width, "height": 900})
    for path in PAGES[:-1]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


#: Returns the cells whose text runs over their edge, and the English words that are
#: broken where there is neither a space nor a hyphen.
SPOILT = """() => {
    const spoilt = [];
    for (const cell of document.querySelectorAll("td, th")) {
        if (cell.scrollWidth > cell.clientWidth + 1) spoilt.push(cell.textContent);
        const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            if (!texts.currentNode.parentElement.checkVisibility()) continue;
            for (const word of texts.currentNode.data.matchAll(/[A-Za-z]+/g)) {
                const range = document.createRange();
                range.setStart(texts.currentNode, word.index);
                range.setEnd(texts.currentNode, word.index + word[0].length);
                const tops = [...range.getClientRects()].map((rect) => rect.top);
                if (new Set(tops).size > 1) spoilt.push(word[0]);
            }
        }
    }
    return spoilt;
}"""


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_in_no_table_a_text_runs_over_its_cell_or_a_word_is_broken(
    browser: Browser, server: Server, token: str, width: int
) -> None:
    terms = [{"lang": "zh", "text": "茶叙"}, {"lang": "en", "text": "tea talks"}]
    document = {"id": "tea-talks", "glossary": "mine", "terms": terms}
    headers = {"Authorization": f"Bearer {token}"}
    assert server.call("POST", "/api/v1/entries", document, headers)[0] == 201
    context = browser.new_context(
        base_url=server.address,
        locale="en-GB",
        viewport={"width": width, "height": 900},
    )
    page = context.new_page()
    for path in ("/statistics", "/browse?subject=climate", "/browse", "/transfers"):
        page.goto(path)
        assert page.evaluate(SPOILT) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()


@pytest.mark.parametrize("path", ["/?q=主权", ENTRY, "/read", "/browse", "/statistics"])
def test_a_page_without_a_script_shows_no_dead_buttons(opened: Open, path: str) -> None:
    page = opened(java_script_enabled=False)
    page.goto(path)
    assert page.locator("button[type=button]:visible").count() == 0


@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
def test_what_is_written_never_runs(
    browser: Browser, server: Server, token: str, language: str
) -> None:
    terms = [
        {"lang": "zh", "text": f"恶意{NASTY}", "usage": NASTY, "issuer": NASTY},
        {"lang": "en", "text": f"evil {NASTY}", "status": "preferred"},
    ]
    document = {
        "id": "evil",
        "terms": terms,
        "definition": {"en": NASTY},
        "note": NASTY,
    }
    headers = {"Authorization": f"Bearer {token}"}
    issuer = {"id": "evil", "names": {"en": NASTY}}
    assert server.call("POST", "/api/v1/issuers", issuer, headers)[0] == 201
    assert server.call("POST", "/api/v1/entries", document, headers)[0] == 201
    context = browser.new_context(base_url=server.address, locale=language)
    page = context.new_page()
    wrong: list[str] = []
    watch(page, wrong)
    page.goto("/")
    page.locator("#q").fill(f"evil {NASTY}")
    expect(page.locator(".found").first).to_contain_text("<script>")
    unharmed(page)
    paths = ["/entries/evil", f"/?q={NASTY}", "/changes", "/browse?en=e", "/statistics"]
    for path in (*paths, "/entries/evil/propose"):
        page.goto(path)
        unharmed(page)
    page.goto("/read")
    page.locator("#text").fill(f"恶意{NASTY} 主权")
    expect(page.locator("#source mark").first).to_be_visible()
    unharmed(page)
    page.goto("/transfers")
    file = {"name": f"{NASTY}.csv".replace("/", "_"), "mimeType": "text/csv"}
    rows = f'zh,en\n"和{NASTY}",\n'.encode()
    page.locator("#file").set_input_files({**file, "buffer": rows})  # type: ignore[arg-type]
    page.locator("[name=token]").fill(token)
    page.locator("#load button").click()
    expect(page.locator("#plan tbody tr").first).to_be_visible()
    unharmed(page)
    context.close()
    assert wrong == []


def unharmed(page: Page) -> None:
    assert page.evaluate("typeof harmed") == "undefined", page.url


def test_a_script_that_got_in_would_not_run(
    browser: Browser, reading_server: Server
) -> None:
    context = browser.new_context(base_url=reading_server.address)
    page = context.new_page()
    page.goto("/")
    blocked = page.evaluate(
        """() => new Promise((done) => {
            const seen = [];
            document.addEventListener("securitypolicyviolation", (event) => {
                seen.push(event.effectiveDirective);
                if (seen.length === 3) done(seen);
            });
            const script = document.createElement("script");
            script.textContent = "harmed = 1";
            document.body.append(script);
            const bold = "<b onclick='harmed=1'>x</b>";
            document.body.insertAdjacentHTML("beforeend", bold);
            document.body.lastElementChild.click();
            const far = document.createElement("script");
            far.src = "https://example.org/x.js";
            document.body.append(far);
        })"""
    )
    assert set(blocked) == {"script-src-elem", "script-src-attr"}
    unharmed(page)
    context.close()


def test_the_first_page_is_small_and_asks_nobody_else(
    browser: Browser, reading_server: Server
) -> None:
    context = browser.new_context(base_url=reading_server.address, locale="zh-CN")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    asked: list[str] = []
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.append(event["encodedDataLength"]),
    )
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/", wait_until="networkidle")
    here = str(page.evaluate("location.origin"))
    assert all(url.startswith(f"{here}/") for url in asked), asked
    assert sum(sizes) < 60_000, json.dumps(asked)
    context.close()
