"""Pages that a team works on: none shuts anybody out or runs over its edge.

`PAGES=all` looks at each in three languages, two widths and two colour schemes.
"""

import os
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from glossary.curation import changes
from glossary.entry import Person
from glossary.people import members
from glossary.store import Store, open_store
from tests import sharing
from tests.browsing import watch
from tests.running import Server
from tests.team_pictures import ROOT, SUBJECT, entered, worked
from tests.web.pages.axe import violations

DRAFT = "steady-as-a-plough"
TABLE = "zh,en,definition_en\n数字丝绸之路,digital silk road,A road of data\n主权,,\n"
TEXT = "双方尊重主权和领土完整，构建新型大国关系。"
TRANSLATION = "Both respect territorial integrity, a new type of great power relations."
LOOKS = [("zh-TW", "dark", "360")]
if os.environ.get("PAGES") == "all":
    LOOKS = list(
        product(["en-GB", "zh-CN", "zh-TW"], ["light", "dark"], ["360", "1440"])
    )
#: Who opens a page, and which.
PLACES = [
    ("mei", "/edit"),
    ("mei", f"/entries/{DRAFT}/edit"),
    ("mei", "/entries/sovereignty/edit"),
    ("mei", f"/entries/{DRAFT}?history=true"),
    ("chen", f"/entries/{DRAFT}/merge"),
    ("chen", f"/entries/{DRAFT}/split"),
    ("chen", "/queue"),
    ("chen", "/queue?list=to-review"),
    ("chen", "/queue?list=stale"),
    ("chen", "/proposals"),
    ("chen", "/proposals/1"),
    ("chen", f"/bulk?subject={SUBJECT}"),
    ("chen", "/changes/1"),
    ("chen", "/changes?by=chen"),
    ("chen", "/notices"),
    ("chen", "/mine"),
    ("wu", "/account"),
    ("wu", "/people"),
    ("wu", "/log"),
    ("wu", "/webhooks"),
    ("wu", "/transfers"),
    ("tom", "/people"),
    ("tom", f"/entries/{DRAFT}/propose"),
    ("", "/sign-in"),
    ("", "/sign-in/link/spent"),
    ("", "/queue"),
]


@pytest.fixture(scope="module")
def place(curated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("team") / "glossary.db"
    sharing.copied(curated_file, path)
    store = open_store(str(path))
    worked(store)
    members.create(store, Person("wu", name="吴"), by=ROOT, roles={"*": "admin"})
    store.close()
    return path


def previews_a_change(page: Page) -> None:
    page.goto(f"/bulk?subject={SUBJECT}")
    page.locator("[name='add_subjects']").fill("summits")
    page.locator("button[value='preview']").click()
    expect(page.locator("button[value='change']")).to_be_visible()


def previews_an_import(page: Page) -> None:
    page.goto("/transfers")
    file = {"name": "terms.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.locator("#file").set_input_files(file)  # type: ignore[arg-type]
    page.locator("#load button").first.click()
    expect(page.locator("#plan tbody tr").first).to_be_visible()


def sees_a_refusal(page: Page) -> None:
    page.goto("/edit")
    page.locator("[name='id']").fill("Not an id")
    page.locator("[name='text-0']").fill("主权")
    page.locator("button.first[value='save']").first.click()
    expect(page.locator("[role='alert']").first).to_be_visible()


def sees_findings(page: Page) -> None:
    page.goto("/read")
    page.locator("#text").fill(TEXT)
    page.locator("#target").fill(TRANSLATION)
    expect(page.locator(".finding").first).to_be_visible()


ACTS: list[tuple[str, Callable[[Page], None]]] = [
    ("chen", previews_a_change),
    ("wu", previews_an_import),
    ("mei", sees_a_refusal),
    ("mei", sees_findings),
]


class People:
    """The browsers of a team, in one look."""

    def __init__(self, opened: Callable[[str], Page]) -> None:
        self._opened = opened
        self._pages: dict[str, Page] = {}

    def page(self, name: str) -> Page:
        """Return the page of somebody, who signs in first."""
        if name not in self._pages:
            self._pages[name] = self._opened(name)
        return self._pages[name]

    def leave(self) -> None:
        for page in self._pages.values():
            page.context.close()


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_no_page_of_a_team_shuts_anybody_out(
    browser: Browser, home: Server, kept: Store, look: tuple[str, Any, str]
) -> None:
    wrong: list[str] = []
    language, scheme, across = look
    width = int(across)
    options = {
        "locale": language,
        "color_scheme": scheme,
        "viewport": {"width": width, "height": 900},
    }

    def opened(name: str) -> Page:
        page = entered(browser, home, kept, name, **options)
        watch(page, wrong)
        return page

    people = People(opened)
    found = []
    for name, address in PLACES:
        page = people.page(name)
        page.goto(address)
        if name:
            assert page.locator("nav a[href$='/account']").count(), f"{name} {address}"
        found += looked_at(page, width)
    for name, act in ACTS:
        page = people.page(name)
        act(page)
        found += looked_at(page, width)
    collides(people.page("mei"), kept)
    found += looked_at(people.page("mei"), width)
    people.leave()
    assert found == []
    refused = ("/sign-in/link/spent", "/edit", "/people", "/queue")
    assert [each for each in wrong if not any(at in each for at in refused)] == []


def collides(page: Page, kept: Store) -> None:
    """Have two change an entry at once."""
    page.goto(f"/entries/{DRAFT}/edit")
    note = f"{kept.entry(DRAFT).notes.get('zh-Hans', '见讲话第二段')}。"
    changes.patch(kept, DRAFT, {"notes": {"zh-Hans": note}}, knows=None, by="ann")
    page.locator("[name='note-zh-Hans']").fill("见讲话第三段")
    page.locator("button.first[value='save']").first.click()
    expect(page.locator("section.offline")).to_be_visible()


def looked_at(page: Page, width: int) -> list[str]:
    """Return what is wrong with a page on a screen."""
    across = page.evaluate("document.documentElement.scrollWidth")
    over = [f"{across} px of {width}"] if across > width else []
    return [f"{page.url} {each}" for each in (*over, *violations(page))]


@pytest.mark.parametrize(
    "address",
    [
        "/entries/sovereignty",
        "/?q=合作",
        "/browse?subject=climate",
        "/statistics",
        "/read",
    ],
)
def test_what_is_printed_is_dark_on_white(
    browser: Browser, home: Server, address: str
) -> None:
    context = browser.new_context(base_url=home.address, color_scheme="dark")
    page = context.new_page()
    if address == "/read":
        sees_findings(page)
    else:
        page.goto(address)
    page.emulate_media(media="print", color_scheme="dark")
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert paper in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert page.locator("button:visible, .tools:visible").count() == 0
    # No link is followed on paper, so that none need look like one there.
    pale = [each for each in violations(page) if each.startswith("color-contrast: ")]
    assert pale == []
    context.close()
