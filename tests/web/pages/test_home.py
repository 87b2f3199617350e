"""The first page: what the store holds, or what to do where it holds nothing."""

from pathlib import Path

from flask.testing import FlaskClient

from glossary.entry import Glossary
from glossary.store import open_store
from glossary.web.pages.home import home
from tests.answers import API
from tests.nouns import curated_entries
from tests.web.conftest import Served


def test_the_page_of_an_empty_store_says_what_to_do(
    served: Served, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.db"
    open_store(str(empty)).close()
    page = served(database=str(empty)).get("/").text
    for text in (
        "This store is empty",
        "glossary load-fixtures",
        "glossary token create",
        'href="/transfers"',
        'href="/edit"',
    ):
        assert text in page, text


def test_the_first_page_says_what_is_held_whose_and_how_current(
    client: FlaskClient,
) -> None:
    page = client.get("/").text
    for text in (
        "Diplomatic set phrases, Chinese and English",
        "communiqués, statements and treaties",
        f"{len(curated_entries()):,} entries",
        "CC-BY-4.0",
        "Last change:",
        "For example",
        "What’s new",
        'href="/browse?subject=',
    ):
        assert text in page, text
    assert page.count('<ul class="examples') == 1
    examples = page.split('<ul class="examples')[1].split("</ul>")[0]
    assert examples.count("<li>") == 3
    assert "For example" not in client.get("/?q=主权").text


def test_the_figures_of_all_glossaries_stand_under_none_of_them(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    assert "All glossaries" not in client.get("/").text.split('id="home"')[1]
    terms = [{"lang": "zh", "text": "茶叙"}, {"lang": "en", "text": "tea talks"}]
    entry = {"id": "tea-talks", "glossary": "mine", "terms": terms}
    assert client.post("/api/v1/entries", json=entry, headers=editor).status_code == 201
    page = client.get("/").text.split('id="home"')[1]
    mine, together = page.index("1 entry"), page.index("<h2>All glossaries</h2>")
    assert mine < together < page.index("Approved: ")


def test_a_large_load_is_one_line_of_the_news_and_an_edit_is_another(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    new = {"id": "tea", "terms": [{"lang": "zh-Hans", "text": "暖心早茶"}]}
    assert client.post(f"{API}/entries", json=new, headers=editor).status_code == 201
    store = client.application.extensions["glossary"].store
    first, second = home(store).news
    assert (first.change.entry, first.entries) == ("tea", 1)
    assert second.entries == len(curated_entries())
    news = client.get("/").text.split("What’s new")[1]
    assert "暖心早茶" in news
    assert f"{len(curated_entries()):,} entries" in news


def test_examples_are_proved_and_of_different_subjects(client: FlaskClient) -> None:
    store = client.application.extensions["glossary"].store
    held = home(store)
    assert {entry.state for entry in held.examples} == {"approved"}
    assert len({entry.id for entry in held.examples}) == 3
    assert [each.about.id for each in held.groups] == ["diplomatic"]
    assert isinstance(held.groups[0].about, Glossary)


def test_changes_are_narrowed_and_show_the_difference_in_place(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    new = {"id": "tea", "terms": [{"lang": "zh-Hans", "text": "暖心早茶"}]}
    made = client.post(f"{API}/entries", json=new, headers=editor)
    changed = client.put(
        f"{API}/entries/tea",
        json={**new, "note": "Said of breakfast diplomacy."},
        headers={**editor, "If-Match": made.headers["ETag"]},
    )
    assert changed.status_code == 200
    page = client.get("/changes?action=update").text
    assert "<ins>Said of breakfast diplomacy.</ins>" in page
    assert page.count("/entries/tea") == 1
    assert "There is nothing here." in client.get("/changes?action=retire").text
    assert "暖心早茶" not in client.get("/changes?by=nobody").text
    assert "暖心早茶" in client.get("/changes?by=editor&action=&subject=").text
    assert "暖心早茶" in client.get("/changes.atom?by=editor").text


def test_pages_of_changes_go_on_within_one_large_revision(client: FlaskClient) -> None:
    first = client.get("/changes").text
    assert first.count("<li>") >= 100
    further = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = client.get(further.replace("&amp;", "&")).text
    name = 'href="/entries/'
    before = {each.split('"')[0] for each in first.split(name)[1:]}
    after = {each.split('"')[0] for each in second.split(name)[1:]}
    assert len(after) >= 100
    assert not before & after - {"new"}
