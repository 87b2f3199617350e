"""Reading, browsing, loading, proposing: in a real Chromium, in two languages."""

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect

from glossary.client import Client
from tests.browsing import Open, watch
from tests.running import Server

ENTRY = "/entries/new-model-of-major-country-relationship"
TEXT = "构建新型大国关系，坚持不冲突、不对抗、相互尊重、合作共赢。"
LANGUAGES = ["en-GB", "zh-CN"]


def files(name: str, text: str) -> dict[str, object]:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_read_as_it_is_pasted(opened: Open, language: str) -> None:
    page = opened(locale=language)
    page.goto("/read")
    page.locator("#text").fill(TEXT)
    marks = page.locator("#source mark")
    expect(marks.first).to_have_text("新型大国关系")
    expect(page.locator("#source mark mark")).to_have_count(6)
    first = page.locator("#panel li").first
    expect(first).to_contain_text("new model of major-country relationship")
    expect(page.locator("#panel li.within")).to_have_count(6)
    first.locator(".leads").click()
    assert page.evaluate("document.querySelector('mark:target').textContent") == (
        "新型大国关系"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_checked_beside_its_text(opened: Open, language: str) -> None:
    page = opened(locale=language)
    page.goto("/read")
    page.locator("#text").fill("新型大国关系：相互尊重")
    page.locator("#target").fill(
        "a new type of great power relations with mutual respect"
    )
    finding = page.locator("#findings .finding.bad").first
    expect(finding).to_contain_text("new model of major-country relationship")
    expect(page.locator("#checked mark[id^=s].bad").first).to_have_text("新型大国关系")
    wrong = page.locator("#checked mark[id^=t].bad")
    expect(wrong).to_have_text("new type of great power relations")
    expect(page.locator("#checked mark[id^=s].fine")).to_have_text("相互尊重")
    wrong.click()
    expect(page.locator("#checked mark[id^=s].lit")).to_have_text("新型大国关系")
    page.locator("#target").fill("build a new model of major-country relationship with")
    expect(page.locator("#checked mark[id^=s].bad").first).to_have_text("相互尊重")


def test_sides_are_swapped(page: Page) -> None:
    page.goto("/read")
    page.locator("#text").fill("mutual respect")
    page.locator("#target").fill("相互尊重")
    page.locator("#swap").click()
    expect(page.locator("#text")).to_have_value("相互尊重")
    expect(page.locator("#checked mark").first).to_have_text("相互尊重")


def test_what_is_read_with_a_script_is_what_is_read_without(
    page: Page, opened: Open
) -> None:
    text = f"{TEXT}\n\n重要共识😀、主权"
    page.goto("/read")
    page.locator("#text").fill(text)
    expect(page.locator("#panel li").first).to_be_visible()
    without = opened(java_script_enabled=False)
    without.goto("/read")
    without.locator("#text").fill(text)
    without.locator("#desk button.first").click()
    expect(without.locator("#panel li").first).to_be_visible()
    marks = "each => each.map(m => [m.id, m.className, m.title, m.textContent])"
    for place, what in (("#source mark", marks), ("#panel li", words_of())):
        typed = page.locator(place).evaluate_all(what)
        assert typed == without.locator(place).evaluate_all(what)


def test_drafts_are_marked_with_a_script_as_without(
    opened: Open, server: Server, token: str
) -> None:
    for state, zh, en in (
        ("draft", "首脑私晤", "leaders' private talk"),
        ("approved", "首脑公晤", "leaders' public talk"),
    ):
        terms = [
            {"lang": "zh-Hans", "text": zh, "status": "preferred"},
            {"lang": "en", "text": en, "status": "preferred"},
        ]
        sent = {"id": f"{state}-talk", "state": state, "terms": terms}
        headers = {"Authorization": f"Bearer {token}"}
        assert server.call("POST", "/api/v1/entries", sent, headers)[0] == 201
    shown = {}
    for scripted in (True, False):
        for target in ("", "They met."):
            desk = opened(base_url=server.address, java_script_enabled=scripted)
            desk.goto("/read")
            desk.locator("#text").fill("首脑私晤，首脑公晤")
            desk.locator("#target").fill(target)
            desk.locator("#desk button.first").click()
            within, items_of = (
                ("#checked", ".under li") if target else ("#result", "li")
            )
            expect(desk.locator(f"{within} .draft").last).to_be_visible()
            places = desk.locator(f"{within} mark").evaluate_all(
                "each => each.map(m => [m.className, m.title, m.textContent])"
            )
            items = desk.locator(f"{within} {items_of}").evaluate_all(
                "each => each.map(li => li.querySelectorAll('.draft').length)"
            )
            shown[scripted, target] = places, items
    for target in ("", "They met."):
        assert shown[True, target] == shown[False, target]
        (draft, approved), items = shown[True, target]
        assert draft[0].endswith(" unproved")
        assert draft[1].endswith(" · draft")
        assert "unproved" not in approved[0]
        assert "draft" not in approved[1]
        assert items == ([0, 1] if target else [1, 0])


def words_of() -> str:
    return "each => each.map(li => li.textContent.match(/[^ \\n×]+/g))"


def test_a_long_text_stays_responsive(opened: Open) -> None:
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/read")
    sentence = "双方就重要共识深入交换意见，坚持不冲突、不对抗、相互尊重、合作共赢。\n"
    text = (sentence * (50_000 // len(sentence) + 1))[:50_000]
    page.evaluate(
        """() => {
            window.slowest = 0;
            new PerformanceObserver((list) => {
                for (const each of list.getEntries())
                    window.slowest = Math.max(window.slowest, each.duration);
            }).observe({ type: "longtask" });
        }"""
    )
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator("#text").focus()
    page.keyboard.press("Control+V")
    expect(page.locator("#source mark").nth(5000)).to_be_attached(timeout=20_000)
    assert page.evaluate("window.slowest") < 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_wanders_from_the_top_to_an_entry(opened: Open, language: str) -> None:
    page = opened(locale=language)
    page.goto("/")
    page.locator("nav a[href$='/browse']").click()
    page.locator(".letters a", has_text="X").last.click()
    link = page.get_by_role("link", name="新型大国关系", exact=True)
    while not link.count():
        page.locator("a[rel=next]").first.click()
    link.first.click()
    page.wait_for_url(f"**{ENTRY}")
    page.locator("blockquote a", has_text="Wang Yi Holds Talks").first.click()
    expect(page.locator("h1")).to_contain_text("Wang Yi Holds Talks")
    page.locator("footer a[href$='/changes']").click()
    expect(page.locator(".moved > li").first).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_tried_then_loaded(
    browser: Browser, server: Server, token: str, language: str
) -> None:
    context = browser.new_context(base_url=server.address, locale=language)
    page = context.new_page()
    wrong: list[str] = []
    watch(page, wrong)
    page.goto("/transfers")
    rows = "zh,en\n算力外交,computing-power diplomacy\n主权,sovereignty\n,nothing\n"
    page.locator("#file").set_input_files(files("a.csv", rows))  # type: ignore[arg-type]
    page.locator("[name=on_error]").select_option("skip")
    page.locator("[name=token]").fill(token)
    page.locator("#load button").click()
    expect(page.locator("#apply")).to_be_visible(timeout=15_000)
    expect(page.locator("#plan tbody tr[data-kind=create]")).to_have_count(1)
    expect(page.locator("#plan tbody tr[data-kind=refused]")).to_have_count(1)
    page.locator("#kind").select_option("create")
    expect(page.locator("#plan tbody tr:visible")).to_have_count(1)
    with page.expect_download() as download:
        page.locator("#problems").click()
    assert "empty" in download.value.path().read_text("utf-8-sig")
    page.locator("#apply").click()
    expect(page.locator("#state")).to_contain_text(
        {"en-GB": "done", "zh-CN": "完成"}[language], timeout=15_000
    )
    page.goto("/?q=算力外交")
    expect(page.locator(".equivalents .text").first).to_have_text(
        "computing-power diplomacy"
    )
    context.close()
    assert wrong == []


#: Notes all that the page says of how far an import is.
WATCHED = """
() => {
  const [state, bar] = ["state", "progress"].map((id) => document.getElementById(id));
  const note = () => window.shown.push([state.textContent, bar.position]);
  window.shown = [];
  const all = { childList: true, characterData: true, subtree: true };
  new MutationObserver(note).observe(state, all);
}
"""


def test_the_page_shows_how_far_an_import_is(
    browser: Browser, server: Server, token: str
) -> None:
    context = browser.new_context(base_url=server.address, locale="en-GB")
    page = context.new_page()
    page.goto("/transfers")
    page.evaluate(WATCHED)
    rows = [f"里程碑{n},milestone of the road {n}" for n in range(1_500)]
    text = "\n".join(["zh,en", *rows])
    page.locator("#file").set_input_files(files("a.csv", text))  # type: ignore[arg-type]
    page.locator("[name=token]").fill(token)
    page.locator("#load button").click()
    expect(page.locator("#apply")).to_be_visible(timeout=60_000)
    shown = page.evaluate("window.shown")
    moving = [(state, at) for state, at in shown if "%" in state]
    # The share of the file and the number of records, in words and as a bar.
    assert moving, shown
    assert all(0 < at <= 1 for _, at in moving)
    counts = [int("".join(filter(str.isdigit, s.split("·")[2]))) for s, _ in moving]
    assert counts == sorted(counts)
    assert counts[-1] > 0
    assert not any(state.endswith("· 0") for state, _ in shown)
    page.locator("#cancel").click()
    expect(page.locator("#import")).to_be_hidden()
    context.close()


def test_a_file_in_doubt_is_asked_about_and_its_like_remembered(
    browser: Browser, server: Server, token: str
) -> None:
    context = browser.new_context(base_url=server.address, locale="zh-CN")
    page = context.new_page()
    wrong: list[str] = []
    watch(page, wrong)
    page.goto("/transfers")
    page.locator("[name=token]").fill(token)

    def load(text: str) -> None:
        page.locator("#file").set_input_files(files("a.csv", text))  # type: ignore[arg-type]
        page.locator("#load button").click()

    rows = "中文,笔译,status [zh]\n算力互信,mutual trust in computing,首选\n{}\n"
    load(rows.format("算力主权,computing sovereignty,"))
    expect(page.locator("#doubt")).to_contain_text("笔译", timeout=15_000)
    heads = page.locator("#columns select")
    chosen = [heads.nth(at).input_value() for at in range(3)]
    assert chosen == ["zh-Hans", "", "status_zh-Hans"]
    expect(page.locator("#columns tbody tr")).to_have_count(3)
    expect(page.locator("#columns tbody tr").nth(1)).to_contain_text("算力互信")
    heads.nth(1).select_option("en")
    page.locator("#settle button").click()
    created = page.locator("#plan tbody tr[data-kind=create]")
    expect(created).to_have_count(2, timeout=15_000)
    # The column that no choice of the page names was read all the same.
    expect(page.locator("#plan tbody tr[data-kind=left]")).to_have_count(0)
    page.locator("#cancel").click()
    # Of another file with these columns the answer stands there already.
    load(rows.format("算力外交,computing-power diplomacy,"))
    expect(page.locator("#ask")).to_be_visible(timeout=15_000)
    assert heads.nth(1).input_value() == "en"
    page.locator("#settle button").click()
    expect(created).to_have_count(2, timeout=15_000)
    page.locator("#cancel").click()
    # What was understood in doubt is so, once a person leaves it as it stands.
    load("Word,释义\ncomputing sovereignty,一国对算力的主权\n")
    expect(page.locator("#doubt")).to_contain_text("释义", timeout=15_000)
    assert heads.nth(1).input_value() == "definition"
    page.locator("#settle button").click()
    expect(created).to_have_count(1, timeout=15_000)
    context.close()
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_replaces_much_is_done_only_after_a_second_step(
    browser: Browser, server: Server, token: str, language: str
) -> None:
    with Client(server.address, token=token) as terms:
        rows = "zh,en\n和平,peace\n双赢,win-win\n"
        assert terms.import_(rows.encode(), glossary="t").counts["created"] == 2
    context = browser.new_context(base_url=server.address, locale=language)
    page = context.new_page()
    wrong: list[str] = []
    watch(page, wrong)
    page.goto("/transfers")
    rows = "zh,en\n和平,peace\n"
    page.locator("#file").set_input_files(files("a.csv", rows))  # type: ignore[arg-type]
    page.locator("input[name=glossary]").fill("t")
    page.locator("[name=mode]").select_option("replace")
    page.locator("[name=token]").fill(token)
    page.locator("#load button").click()
    expect(page.locator("#plan tbody tr[data-kind=retire]")).to_have_count(1)
    expect(page.locator("#plan tbody tr[data-kind=warning]")).to_have_count(1)
    one = {"en-GB": "the entry that", "zh-CN": "1"}[language]
    expect(page.locator("#sure")).to_contain_text(one)
    expect(page.locator("#apply")).to_be_disabled()
    page.locator("#confirm").check()
    page.locator("#apply").click()
    done = {"en-GB": "done", "zh-CN": "完成"}[language]
    expect(page.locator("#state")).to_contain_text(done, timeout=15_000)
    expect(page.locator("#sure")).to_be_hidden()
    context.close()
    assert wrong == []
    with Client(server.address, token=token) as terms:
        assert [entry.id for entry in terms.entries(glossary="t")] == ["peace"]


def test_a_file_can_be_dropped(browser: Browser, server: Server, token: str) -> None:
    context = browser.new_context(base_url=server.address, locale="en-GB")
    page = context.new_page()
    page.goto("/transfers")
    data = page.evaluate_handle(
        """() => {
            const data = new DataTransfer();
            const rows = "zh,en\\n算力外交,computing-power diplomacy\\n";
            data.items.add(new File([rows], "b.csv"));
            return data;
        }"""
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": data})
    page.locator("[name=token]").fill(token)
    page.locator("#load button").click()
    created = page.locator("#plan tbody tr[data-kind=create]")
    expect(created).to_have_count(1, timeout=15_000)
    page.locator("#cancel").click()
    expect(page.locator("#import")).to_be_hidden()
    context.close()


def test_a_wrong_token_is_explained(browser: Browser, reading_server: Server) -> None:
    context = browser.new_context(base_url=reading_server.address, locale="en-GB")
    page = context.new_page()
    page.goto("/transfers")
    page.locator("#file").set_input_files(files("a.csv", "zh,en\n和,and\n"))  # type: ignore[arg-type]
    page.locator("[name=token]").fill("gls_wrong")
    page.locator("#load button").click()
    expect(page.locator("#state")).to_contain_text("This token is not known here.")
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_is_proposed_and_decided(
    browser: Browser, server: Server, token: str, language: str
) -> None:
    context = browser.new_context(base_url=server.address, locale=language)
    page = context.new_page()
    wrong: list[str] = []
    watch(page, wrong)
    page.goto(ENTRY)
    page.locator("a[href$='/propose']").click()
    page.locator("[name=note]").fill("大国 here is major country.")
    page.locator("[name=comment]").fill("见外交部网站")
    page.locator("main form button.first").click()
    page.wait_for_url("**/proposals*")
    expect(page.locator(".difference ins").first).to_be_visible()
    page.locator("[name=token]").fill(token)
    page.locator("button[value=accepted]").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.goto(ENTRY)
    expect(page.locator(".note")).to_contain_text("大国 here is major country.")
    page.locator(".history summary").first.click()
    expect(page.locator(".history .origin")).to_contain_text("见外交部网站")
    context.close()
    assert wrong == []


def test_an_export_is_downloaded(page: Page) -> None:
    page.goto("/transfers")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV: diplomatic", exact=True).click()
    text = download.value.path().read_text("utf-8-sig")
    assert "新型大国关系" in text


def test_the_search_bar_completes_phrases(client: FlaskClient) -> None:
    described = client.get("/opensearch.xml")
    assert described.mimetype == "application/opensearchdescription+xml"
    assert 'template="http://localhost/?q={searchTerms}"' in described.text
    answer = client.get("/opensearch/suggestions?q=新型大国")
    assert answer.mimetype == "application/x-suggestions+json"
    q, texts, about, links = answer.get_json(force=True)
    assert (q, texts[0]) == ("新型大国", "新型大国关系")
    assert about[0] == "new model of major-country relationship"
    assert client.get(links[0].removeprefix("http://localhost")).status_code == 200


def test_the_bookmarklet_looks_the_selection_up(page: Page) -> None:
    page.goto("/browser")
    script = page.locator("#bookmarklet").get_attribute("href") or ""
    page.goto("/entries/sovereignty")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1 span'))")
    with page.expect_popup() as popup:
        page.evaluate("code => (0, eval)(decodeURIComponent(code))", script[11:])
    expect(popup.value.locator("#q")).to_have_value("主权")


def test_the_glossaries_that_are_chosen_stay_chosen(
    browser: Browser, server: Server, token: str
) -> None:
    rows = "zh,en\n主权基金,sovereign fund\n".encode()
    with Client(server.address, token=token) as terms:
        terms.import_(rows, filename="funds.csv", glossary="funds")
    context = browser.new_context(base_url=server.address, locale="en-GB")
    page = context.new_page()
    page.goto("/?q=主权")
    assert page.locator("#hits .hit").count() > 1
    page.get_by_role("checkbox", name="funds").check()
    expect(page.locator("#hits .hit")).to_have_count(1)
    expect(page.locator("#hits .why").first).to_contain_text("funds")
    page.goto("/")
    expect(page.get_by_role("checkbox", name="funds")).to_be_checked()
    page.locator("#q").fill("基金")
    expect(page.locator("#hits .found").first).to_have_text("主权基金")
    page.goto("/read")
    expect(page.get_by_role("checkbox", name="funds")).to_be_checked()
    page.locator("#text").fill("主权基金不是主权。")
    expect(page.locator("#panel li")).to_have_count(1)
    page.locator("#target").fill("A fund of its own is not sovereignty.")
    expect(page.locator("#findings .finding")).to_have_count(1)
    page.locator("#target").fill("")
    page.get_by_role("checkbox", name="funds").uncheck()
    expect(page.locator("#panel li")).to_have_count(2)
    page.get_by_role("checkbox", name="funds").check()
    page.goto("/?q=主权&glossaries=diplomatic")
    expect(page.get_by_role("checkbox", name="funds")).not_to_be_checked()
    context.close()
