"""Pictures of every page, for people to look at: `make screenshots`.

They go to `screenshots/`, by page, language, width and colour scheme. Names of pages
choose among them; `--readme` takes the four of the READMEs, into `docs/images/`.
"""

import sys
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from glossary.curation.fixtures import load_curated
from glossary.store import open_store
from tests.browsing import FLAGS
from tests.running import Server, chromium

ROOT = Path(__file__).parent.parent
TEXT = """双方就重要共识深入交换意见，坚持不冲突、不对抗、相互尊重、合作共赢。
构建新型大国关系符合两国人民根本利益。"""
TRANSLATION = """The two sides had an in-depth exchange of views on important consensus
and agreed on mutual respect and win-win cooperation.
Building a new type of great power relations serves both peoples."""
PAGES = {
    "lookup": "/",
    "hits": "/?q=new type of great power relations",
    "hits-zh": "/?q=合作",
    "entry": "/entries/new-model-of-major-country-relationship",
    "entry-whole": (
        "/entries/non-conflict-non-confrontation-mutual-respect-and-win-win-cooperation"
    ),
    "entry-ladder": "/entries/grave-concern",
    "propose": "/entries/sovereignty/propose",
    "propose-phrase": "/propose?zh=数字丝绸之路",
    "read": "/read",
    "check": "/read#check",
    "browse": "/browse",
    "browse-letter": "/browse?zh=x",
    "changes": "/changes",
    "what-changed": "/what-changed",
    "transfers": "/transfers",
    "statistics": "/statistics",
    "proposals": "/proposals",
    "browser": "/browser",
    "offline": "/offline",
    "docs": "/docs",
}
LANGUAGES = ("en-GB", "zh-CN", "zh-TW")
#: Pictures of the READMEs: which page, and what of it is to be seen.
README = {
    "look-up": ("hits", ""),
    "entry": ("entry", ""),
    "check": ("check", "#checked"),
    "statistics": ("statistics", ""),
}
LOOKS = {
    "readme": (1080, "light"),
    "wide": (1440, "light"),
    "phone": (360, "light"),
    "dark": (1440, "dark"),
}


def main() -> None:
    """Start a server on the curated glossary and take every picture."""
    only = sys.argv[1:]
    folder = ROOT / "screenshots"
    folder.mkdir(exist_ok=True)
    with TemporaryDirectory() as scratch, sync_playwright() as playwright:
        database = Path(scratch) / "glossary.db"
        store = open_store(str(database))
        load_curated(store)
        store.close()
        server = Server(database)
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            if only == ["--readme"]:
                for name, (page, place) in README.items():
                    address = server.address + PAGES[page]
                    taken = picture(
                        browser, address, language="en-GB", look="readme", place=place
                    )
                    (ROOT / "docs" / "images" / f"{name}.png").write_bytes(taken)
                return
            for name, language, look in product(PAGES, LANGUAGES, [*LOOKS][1:]):
                if not only or name in only:
                    address = server.address + PAGES[name]
                    taken = picture(browser, address, language=language, look=look)
                    (folder / f"{name}.{language}.{look}.png").write_bytes(taken)
        finally:
            browser.close()
            server.kill()


def picture(
    browser: Browser, address: str, *, language: str, look: str, place: str = ""
) -> bytes:
    """Return a picture of one page, as PNG; of the READMEs, of what is first seen."""
    width, scheme = LOOKS[look]
    is_whole = look != "readme"
    context = browser.new_context(
        locale=language,
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 900 if is_whole else 675},
    )
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    if "/read" in address:
        page.locator("#text").fill(TEXT)
        if address.endswith("#check"):
            page.locator("#target").fill(TRANSLATION)
            page.locator("#checked li, #checked td").first.wait_for()
        else:
            page.locator("#panel li").first.wait_for()
        page.wait_for_timeout(800)
    if place:
        page.evaluate("p => document.querySelector(p).scrollIntoView()", place)
    taken = page.screenshot(full_page=is_whole)
    context.close()
    return taken


if __name__ == "__main__":
    main()
