"""A draft is told from an approved entry wherever either is shown."""

import io
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from glossary.formats import WRITABLE, by_name
from glossary.formats.record import Dropped
from glossary.store import SqliteStore
from glossary.transfer import take_out
from tests.conftest import entry
from tests.test_cli import run

APPROVED = ("首脑外交", "leaders' diplomacy")
DRAFT = ("首脑私晤", "leaders' private talk")


def document(name: str, texts: tuple[str, str], state: str) -> dict[str, Any]:
    langs = zip(("zh-Hans", "en"), texts, strict=True)
    terms = [{"lang": lang, "text": t, "status": "preferred"} for lang, t in langs]
    return {"id": name, "glossary": "states", "state": state, "terms": terms}


@pytest.fixture
def both(client: FlaskClient, editor: dict[str, str]) -> FlaskClient:
    for name, texts in (("approved", APPROVED), ("draft", DRAFT)):
        sent = document(f"{name}-one", texts, name)
        assert (
            client.post("/api/v1/entries", json=sent, headers=editor).status_code == 201
        )
    return client


@pytest.mark.parametrize(("texts", "state"), [(APPROVED, "approved"), (DRAFT, "draft")])
def test_every_answer_of_the_interface_says_the_state(
    both: FlaskClient, texts: tuple[str, str], state: str
) -> None:
    chinese, english = texts

    def answer(path: str, **query: str) -> Any:
        return both.get(f"/api/v1/{path}", query_string=query).json

    assert answer("lookup", q=chinese, glossary="states")["hits"][0]["state"] == state
    found = answer("suggest", q=english)["suggestions"]
    assert [s["state"] for s in found if s["text"] == english] == [state]
    assert answer(f"entries/{state}-one")["state"] == state
    listed = answer("entries", glossary="states", state=state)["items"]
    assert [e["id"] for e in listed] == [f"{state}-one"]
    assert answer(f"entries/{state}-one/evidence")["state"] == state
    marked = both.post("/api/v1/annotate", json={"text": chinese}).json
    assert marked is not None
    assert [m["state"] for m in marked["matches"]] == [state]
    pair = {"id": "1", "source": chinese, "target": "They met."}
    checked = both.post("/api/v1/check", json={"pairs": [pair]}).json
    assert checked is not None
    assert [f["state"] for f in checked["pairs"][0]["findings"]] == [state]


def test_pages_mark_drafts(both: FlaskClient) -> None:
    for path in (f"/?q={DRAFT[0]}", "/entries/draft-one", "/entries/draft-one/text"):
        assert "draft" in both.get(path).text, path
    hit = both.get(f"/?q={APPROVED[0]}&glossary=states").text
    assert 'class="draft">draft' not in hit.partition("<template")[0]
    assert "(draft)" not in both.get("/entries/approved-one/text").text


def test_commands_mark_what_nobody_vouches_for(
    both: FlaskClient, database: Path, tmp_path: Path
) -> None:
    text, target = tmp_path / "zh.txt", tmp_path / "en.txt"
    for texts, marked in ((APPROVED, False), (DRAFT, True)):
        text.write_text(f"{texts[0]}\n", encoding="utf-8")
        target.write_text("They talked.\n", encoding="utf-8")
        shown = [
            run("lookup", texts[0], database=database),
            run("annotate", str(text), database=database),
            run("check", str(text), "--with", str(target), database=database),
        ]
        assert [("draft" in done.stdout) for done in shown] == [marked] * 3


@pytest.mark.parametrize("name", WRITABLE)
def test_every_export_says_which_entries_are_drafts_or_that_it_cannot(
    store: SqliteStore, name: str
) -> None:
    def written(state: str) -> tuple[bytes, list[Dropped]]:
        with store.write(by="test") as write:
            made = entry(**document("one", DRAFT, state))
            write.update(made) if write.find("one") else write.create(made)
        stream, dropped = io.BytesIO(), list[Dropped]()
        take_out(store, by_name(name), stream, glossary=None, drop=dropped.append)
        return stream.getvalue(), dropped

    draft, lost = written("draft")
    approved, _ = written("approved")
    assert draft != approved or "/state" in {each.pointer for each in lost}
