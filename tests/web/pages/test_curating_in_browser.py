"""A team works in a real Chromium, by keyboard alone, in two languages.

Make an entry with a new source, propose, comment, review, approve, merge a conflict,
undo a bulk edit; then edit and propose once more without scripts.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from glossary.curation import changes
from glossary.entry import Person
from glossary.people import members
from glossary.store import Store, open_store
from tests import browsing
from tests.nouns import entry as written
from tests.nouns import numbered
from tests.running import Server
from tests.web.pages.axe import violations

ROOT = members.at_the_machine()
PASSWORD = "四海之内皆兄弟也 harmony"
TEAM = {"mei": "editor", "ann": "proposer", "chen": "reviewer", "li": "owner"}
#: So many controls may stand between one and the next.
FAR = 150
Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("team") / "glossary.db"
    store = open_store(str(path))
    for name, role in TEAM.items():
        members.create(store, Person(name), by=ROOT, roles={"diplomatic": role})
    store.close()
    return path


@pytest.fixture
def enter(browser: Browser, home: Server, kept: Store) -> Iterator[Enter]:
    """Signs somebody in, in a browser of their own."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def entered(name: str, **options: Any) -> Page:
        context = browser.new_context(base_url=home.address, **options)
        contexts.append(context)
        page = context.new_page()
        browsing.watch(page, wrong)
        code = members.reset(kept, name, by=ROOT, hours=1)
        page.goto(f"/sign-in/link/{code}")
        page.locator("[name='password']").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/account")
        return page

    yield entered
    for context in contexts:
        context.close()
    # A conflict and a refusal are answered as such, and the browser notes it.
    # What is refused on purpose, the browser notes.
    refused = ("412", "/webhooks: Failed to load resource")
    assert [w for w in wrong if not any(each in w for each in refused)] == []


def reached(page: Page, selector: str, key: str = "Tab") -> None:
    """Go to a control by the key that leads from one to the next."""
    for _ in range(FAR):
        page.keyboard.press(key)
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"no way to {selector} on {page.url}")


def typed(page: Page, name: str, text: str, key: str = "Tab") -> None:
    reached(page, f"[name='{name}']", key)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def pressed(page: Page, selector: str, key: str = "Tab") -> None:
    reached(page, selector, key)
    page.keyboard.press("Enter")


def makes(mei: Page, kept: Store, name: str, zh: str) -> None:
    """An editor makes an entry with a new source, and takes up a draft again."""
    mei.goto("/edit")
    typed(mei, "id", name)
    typed(mei, "text-0", zh)
    reached(mei, "details summary")
    mei.keyboard.press("Space")
    typed(mei, "source-0-0", f"speech-{name}")
    typed(mei, "quote-0-0", zh)
    typed(mei, "text-1", f"a {name.replace('-', ' ')}")
    # What is like it, or wrong with it, is said while one types.
    expect(mei.locator("#looked li").first).to_be_visible()
    # From the end of the form, backwards, to the source that is new.
    mei.locator("footer a").last.focus()
    reached(mei, "details:has([name='new-source-id']) summary", "Shift+Tab")
    mei.keyboard.press("Space")
    typed(mei, "new-source-id", f"speech-{name}")
    typed(mei, "new-source-title-en", "Speech at a meeting")
    # A draft outlives the page.
    mei.reload()
    expect(mei.locator("#kept")).to_be_visible()
    pressed(mei, "#kept button")
    expect(mei.locator("[name='text-0']")).to_have_value(zh)
    typed(mei, "reason", "新提法")
    pressed(mei, "button.first[value='save']")
    mei.wait_for_url(f"**/entries/{name}")
    assert kept.entry(name).terms[0].citations[0].source == f"speech-{name}"
    assert [s.id for s in kept.sources([f"speech-{name}"])] == [f"speech-{name}"]


def reviews(chen: Page, kept: Store, name: str, number: int) -> None:
    """A reviewer follows a notice, settles the comment and accepts the proposal."""
    chen.goto("/notices")
    pressed(chen, f"main a[href*='/entries/{name}']")
    expect(chen.locator("#comments li")).to_contain_text("请审")
    pressed(chen, "#comments button[value='resolve']")
    expect(chen.locator("#comments button[value='reopen']")).to_be_visible()
    chen.goto(f"/proposals/{number}")
    typed(chen, "reason", "对")
    pressed(chen, "button[value='accepted']", "Shift+Tab")
    chen.wait_for_url(f"**/proposals#p{number}")
    accepted = kept.versions(name)[0]
    origin = accepted.proposal
    assert origin is not None
    told = (accepted.by, accepted.reason, origin.by, origin.comment)
    assert told == ("chen", "对", "ann", "讲话第三段")


def merges(chen: Page, kept: Store, name: str) -> None:
    """A reviewer approves an entry that somebody else changes meanwhile."""
    chen.goto(f"/entries/{name}/edit")
    changes.patch(kept, name, {"subjects": ["protocol"]}, knows=None, by="mei")
    typed(chen, "note-zh-Hans", "见讲话第三段")
    reached(chen, "[name='state']")
    chen.keyboard.press("ArrowDown")
    chen.keyboard.press("ArrowDown")
    pressed(chen, "button.first[value='save']")
    expect(chen.locator("section.offline")).to_be_visible()
    assert chen.locator("[name='subjects']").input_value() == "protocol"
    pressed(chen, "button.first[value='save']")
    chen.wait_for_url(f"**/entries/{name}")
    entry = kept.entry(name)
    assert (entry.state, entry.notes) == ("approved", {"zh-Hans": "见讲话第三段"})
    assert entry.subjects == ("protocol",)


def undoes(chen: Page, kept: Store, name: str) -> None:
    """A reviewer changes a selection, looks at its revision, and takes it back."""
    pressed(chen, "a[href*='/bulk']")
    chen.wait_for_url("**/bulk?*")
    typed(chen, "add_subjects", "summits")
    pressed(chen, "button[value='preview']")
    expect(chen.locator("button[value='change']")).to_be_visible()
    pressed(chen, "button[value='change']")
    chen.wait_for_url("**/changes/*")
    assert kept.entry(name).subjects == ("protocol", "summits")
    before = chen.url
    pressed(chen, "button[value='undo']")
    chen.wait_for_url(lambda url: url != before)
    assert kept.entry(name).subjects == ("protocol",)


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_a_team_makes_an_entry_by_keyboard_alone(
    enter: Enter, kept: Store, locale: str
) -> None:
    zh, name = {
        "en-GB": ("同舟共济的会议", "boat-meeting"),
        "zh-CN": ("守望相助的会议", "watch-meeting"),
    }[locale]
    mei = enter("mei", locale=locale)
    makes(mei, kept, name, zh)

    ann = enter("ann", locale=locale)
    ann.goto(f"/entries/{name}/propose")
    typed(ann, "note-zh-Hans", "见讲话")
    typed(ann, "comment", "讲话第三段")
    pressed(ann, "main form button.first")
    ann.wait_for_url("**/proposals#p*")
    number = int(ann.url.partition("#p")[2])

    typed(mei, "text", "@chen 请审 please review")
    pressed(mei, "#comments form button")
    mei.wait_for_url(f"**/entries/{name}?history=true#c*")
    expect(mei.locator("#comments li")).to_contain_text("请审")

    chen = enter("chen", locale=locale)
    reviews(chen, kept, name, number)
    merges(chen, kept, name)
    undoes(chen, kept, name)


def test_webhooks_are_looked_after(enter: Enter, kept: Store) -> None:
    li = enter("li", locale="zh-CN", viewport={"width": 400, "height": 800})
    li.goto("/webhooks")
    typed(li, "id", "build")
    typed(li, "url", "https://127.0.0.1/hook")
    typed(li, "glossaries", "diplomatic")
    li.keyboard.press("Enter")
    # An address within is refused, and what was typed stays.
    expect(li.locator("[role='alert']")).to_be_visible()
    assert li.locator("[name='id']").input_value() == "build"
    li.locator("[name='url']").fill("https://93.184.215.14/hook")
    li.keyboard.press("Enter")
    expect(li.locator("[role='status'] code")).to_contain_text("whs_")
    assert violations(li) == []
    assert [hook.by for hook in kept.team.hooks()] == ["li"]
    li.goto("/webhooks")
    expect(li.locator("body")).not_to_contain_text("whs_")
    li.locator("form[action$='/webhooks/build/remove'] button").press("Enter")
    expect(li.locator("h2 code")).to_have_count(0)
    assert kept.team.hooks() == []
    mei = enter("mei", locale="en-GB")
    answer = mei.goto("/webhooks")
    assert answer is not None
    assert answer.status == 403


def test_a_glossary_of_ones_own_is_kept_in_the_browser_without_an_account(
    browser: Browser, home: Server, kept: Store
) -> None:
    changes.create(kept, written(**numbered(2)), by="mei")
    context = browser.new_context(
        base_url=home.address, locale="en-GB", accept_downloads=True
    )
    page = context.new_page()
    page.goto("/entries/road-2")
    page.locator("#star").press("Enter")
    expect(page.locator("#star")).to_have_attribute("aria-pressed", "true")
    page.goto("/mine")
    assert violations(page) == []
    own = page.locator("#own h2 a")
    expect(own).to_have_attribute("href", re.compile("/entries/road-2$"))
    rendering, note = page.locator("#own input").all()
    rendering.fill("=<b>丝路</b>")
    note.fill("常用于讲话")
    note.press("Tab")
    page.reload()
    rendering, note = page.locator("#own input").all()
    assert rendering.input_value() == "=<b>丝路</b>"
    assert note.input_value() == "常用于讲话"
    with page.expect_download() as taken:
        page.locator("#take-out").press("Enter")
    table = Path(taken.value.path()).read_text("utf-8-sig")
    assert "'=<b>丝路</b>" in table
    assert "road-2" in table
    page.locator("#own button").press("Enter")
    expect(page.locator("#own h2")).to_have_count(0)
    page.goto("/entries/road-2")
    expect(page.locator("#star")).to_have_attribute("aria-pressed", "false")
    context.close()


def test_without_scripts_an_entry_is_made_edited_and_proposed_for(
    enter: Enter, kept: Store
) -> None:
    mei = enter("mei", locale="en-GB", java_script_enabled=False)
    mei.goto("/edit?zh=静水流深&en=still waters")
    mei.locator("[name='id']").fill("still-waters")
    mei.locator("button.first[value='save']").press("Enter")
    mei.wait_for_url("**/entries/still-waters")
    mei.goto("/entries/still-waters/edit")
    mei.locator("[name='note-zh-Hans']").fill("没有脚本")
    mei.locator("button.first[value='save']").press("Enter")
    mei.wait_for_url("**/entries/still-waters")
    assert kept.entry("still-waters").notes == {"zh-Hans": "没有脚本"}
    mei.goto("/entries/still-waters/propose")
    mei.locator("[name='note-zh-Hans']").fill("没有脚本也行")
    mei.locator("main form button.first").press("Enter")
    mei.wait_for_url("**/proposals#p*")
    (proposal,) = kept.proposals.listed(
        state="open", entry="still-waters", after=0, limit=2
    )
    notes = proposal.document.notes
    assert (proposal.by, notes) == ("mei", {"zh-Hans": "没有脚本也行"})


def test_a_passage_selected_on_each_side_of_a_text_is_proposed(
    enter: Enter, kept: Store
) -> None:
    source = "会议开得好。双方同意把握历史机遇，增长3.5%。"
    target = "It went well. Both sides agreed to seize the day, up 3.5%. They left."
    before = kept.proposals.listed(state="open", entry=None, after=0, limit=50)
    for locale, wording in (("zh-CN", "把握历史机遇"), ("en-GB", "历史机遇")):
        ann = enter("ann", locale=locale)
        ann.goto("/read")
        assert ann.locator("#propose").get_attribute("open") is None
        ann.locator("#text").fill(source)
        ann.locator("#target").fill(target)
        expect(ann.locator(".rows .running").first).to_be_visible()
        # In a box, and in what is drawn below it, also across what is marked there.
        at = target.index("seize")
        ann.locator("#target").evaluate(f"b => b.setSelectionRange({at}, {at + 13})")
        expect(ann.locator("[name='en']")).to_have_value("seize the day")
        ann.evaluate(
            """text => {
              const p = [...document.querySelectorAll(".rows .running[lang^=zh] p")]
                .find((each) => each.textContent.includes(text));
              const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
              const range = document.createRange();
              let at = 0;
              const [start, end] = [p.textContent.indexOf(text), 0];
              for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                const stop = at + node.length;
                if (start >= at && start < stop) range.setStart(node, start - at);
                if (start + text.length > at && start + text.length <= stop) {
                  range.setEnd(node, start + text.length - at);
                }
                at = stop;
              }
              getSelection().removeAllRanges();
              getSelection().addRange(range);
            }""",
            wording,
        )
        expect(ann.locator("[name='zh']")).to_have_value(wording)
        sentence = "双方同意把握历史机遇，增长3.5%。"
        expect(ann.locator("[name='quote-zh']")).to_have_value(sentence)
        expect(ann.locator("[name='quote-en']")).to_have_value(
            "Both sides agreed to seize the day, up 3.5%."
        )
        expect(ann.locator("#propose")).to_have_attribute("open", "")
        assert violations(ann) == []
        reached(ann, "#propose button.first")
        ann.keyboard.press("Enter")
        ann.wait_for_url("**/proposals/*")
        (made,) = [
            each
            for each in kept.proposals.listed(
                state="open", entry=None, after=0, limit=50
            )
            if each not in before
        ]
        before = [*before, made]
        assert made.by == "ann"
        texts = [term.text for term in made.document.terms]
        assert texts == [wording, "seize the day"]
        assert sentence in made.comment
