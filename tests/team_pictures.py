"""Pictures of a team of five at work, which docs/curation.md shows.

`python -m tests.team_pictures` takes them. They go to `docs/images/team-….png`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

from glossary import config
from glossary.curation import bulk, changes, queue, remarks
from glossary.curation import proposals as proposing
from glossary.curation.fixtures import load_curated
from glossary.entry import Choice, Person, Proposal, Saying, Task, Wish
from glossary.people import Visitor, access, members, visits
from glossary.store import Store, open_store
from tests.browsing import FLAGS
from tests.nouns import entry
from tests.running import Server, chromium

IMAGES: Final = Path(__file__).parent.parent / "docs" / "images"
ROOT: Final = members.at_the_machine()
TEAM: Final = {
    "li": ("李", "zh-Hans", "owner"),
    "chen": ("陈", "zh-Hans", "reviewer"),
    "mei": ("梅", "zh-Hans", "editor"),
    "ann": ("Ann", "en", "editor"),
    "tom": ("Tom", "en", "proposer"),
}
SUBJECT: Final = "hong-kong-and-macao"
LOOK: Final = {"locale": "en-GB", "viewport": {"width": 860, "height": 620}}
DRAFTS: Final = {
    "easier-said-than-done": ("知易行难", "easier said than done"),
    "like-minds-answer": ("同声相应", "like minds answer each other"),
    "steady-as-a-plough": ("久久为功地推进", "keep at it like a plough"),
}


def main() -> None:
    """Let five people work, and take the pictures."""
    with TemporaryDirectory() as scratch, sync_playwright() as playwright:
        database = Path(scratch) / "glossary.db"
        store = open_store(str(database))
        load_curated(store)
        number, revision = worked(store)
        server = Server(database)
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            for name, (person, place, act) in pictures(store, number, revision).items():
                page = entered(browser, server, store, person)
                page.goto(server.address + place, wait_until="networkidle")
                act(page)
                page.wait_for_timeout(500)
                (IMAGES / f"team-{name}.png").write_bytes(page.screenshot())
                page.context.close()
        finally:
            browser.close()
            server.kill()
            store.close()


def worked(store: Store) -> tuple[int, int]:
    """Fill a store with a day's work; return a proposal and a revision of many."""
    for name, (called, lang, role) in TEAM.items():
        person = Person(name, name=called, lang=lang)
        members.create(store, person, by=ROOT, roles={"diplomatic": role})
    actors = {name: access.person(store, name) for name in TEAM}
    for name, (zh, en) in DRAFTS.items():
        terms = [
            {"lang": "zh-Hans", "text": zh, "status": "preferred"},
            {"lang": "en", "text": en, "status": "preferred"},
        ]
        made = entry(id=name, glossary="diplomatic", state="in-review", terms=terms)
        changes.create(store, made, by=actors["mei"])
    due = (datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%d")
    asked = Task("easier-said-than-done", "chen", due=due, note="Which document?")
    queue.assign(store, asked, by=actors["chen"])
    said = Saying(0, "easier-said-than-done", "@chen 请看第三段 please read para. 3")
    remarks.say(store, said, by=actors["mei"])
    now = store.entry("sovereignty")
    narrower = "Sovereign rights (主权权利) are narrower: UNCLOS, Article 56."
    proposal = Proposal(
        replace(now, note=f"{now.note} {narrower}".strip()),
        entry=now.id,
        version=now.version,
        comment="Translators take one for the other.",
        by="tom",
    )
    kept = proposing.propose(store, proposal, by="tom", most=100)
    done = bulk.edit(
        store,
        Choice(glossary="diplomatic", subject=SUBJECT),
        Wish(add_subjects=("economy",)),
        by=actors["chen"],
        reason="One subject for both",
    )
    return kept.id, done.revision


def pictures(
    store: Store, number: int, revision: int
) -> dict[str, tuple[str, str, Callable[[Page], None]]]:
    """Return what is shown of whom: a page, and what they do there."""

    def types(page: Page) -> None:
        page.locator("[name='text-0']").fill("数字丝绸之路建设")
        page.locator("[name='text-1']").fill("digital silk road")
        page.locator("#looked li").first.wait_for()

    def collides(page: Page) -> None:
        wish = {"subjects": ["security"]}
        changes.patch(store, "easier-said-than-done", wish, knows=None, by="ann")
        page.locator("[name='note-zh-Hans']").fill("见讲话第三段")
        page.locator("button.first[value='save']").first.click()
        page.locator("section.offline").wait_for()
        page.locator("section.offline").scroll_into_view_if_needed()

    def previews(page: Page) -> None:
        page.locator("[name='add_subjects']").fill("summits")
        page.locator("button[value='preview']").click()
        page.locator("button[value='change']").wait_for()

    def looks(_: Page) -> None:
        """Look at the page as it is."""

    return {
        "people": ("li", "/people", looks),
        "editor": ("mei", "/edit", types),
        "queue": ("chen", "/queue?list=to-review", looks),
        "proposal": ("chen", f"/proposals/{number}", looks),
        "conflict": ("mei", "/entries/easier-said-than-done/edit", collides),
        "bulk": ("chen", f"/bulk?subject={SUBJECT}", previews),
        "undo": ("chen", f"/changes/{revision}", looks),
    }


def entered(
    browser: Browser, server: Server, store: Store, person: str, **look: Any
) -> Page:
    """Return a page in a browser in which somebody, if anybody, has signed in."""
    context = browser.new_context(base_url=server.address, **{**LOOK, **look})
    if not person:
        return context.new_page()
    visit = visits.by_provider(
        store,
        store.people.get(person),
        "",
        visitor=Visitor("127.0.0.1", ""),
        settings=config.settings(),
    )
    cookie = {"name": "glossary-session", "value": visit.secret}
    context.add_cookies([{**cookie, "url": server.address}])  # type: ignore[typeddict-item]
    return context.new_page()


if __name__ == "__main__":
    main()
