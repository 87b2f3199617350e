"""A draft is told from an approved entry wherever either is shown."""

import io
import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from glossary.formats import WRITABLE, by_name
from glossary.formats.record import Dropped
from glossary.query import Part
from glossary.store import SqliteStore
from glossary.transfer.taking import take_out
from tests.formats.imprints import text_of
from tests.nouns import entry
from tests.running import run

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


def shown_without_scripts(page: str) -> str:
    """Return a page without the templates that only a script shows."""
    return re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize("texts", [APPROVED, DRAFT])
def test_a_text_that_is_read_without_scripts_has_its_drafts_marked(
    both: FlaskClient, texts: tuple[str, str]
) -> None:
    marked = texts == DRAFT
    for sent in ({"text": texts[0]}, {"text": texts[0], "target": "They met."}):
        page = shown_without_scripts(both.post("/read", data=sent).text)
        assert (" unproved" in page) is marked, sent
        assert ('class="draft">draft' in page) is marked, sent
        (mark,) = re.findall(r"<mark[^>]*>", page)
        assert mark.endswith(' · draft">') is marked, sent


def test_lists_of_entries_mark_those_that_are_drafts(
    both: FlaskClient, editor: dict[str, str]
) -> None:
    """Related entries, the map of a whole, changes and what may have been meant."""
    whole = document("whole-one", ("首脑外交和私晤", "the whole"), "approved")
    parts = [{"type": "part", "entry": f"{n}-one"} for n in ("approved", "draft")]
    sent = {**whole, "relations": parts}
    both.post("/api/v1/entries", json=sent, headers=editor)
    page = both.get("/entries/whole-one").text
    relations = page[page.index('class="relations"') :]
    items = re.findall(r"<li>.*?</li>", relations, flags=re.DOTALL)
    assert [("draft</span>" in item) for item in items[:2]] == [False, True]
    assert page.count(">draft</text>") == 1
    text = both.get("/changes").text
    moved = text[text.index('class="moved') :]
    rows = re.findall(r"<li.*?</li>", moved, flags=re.DOTALL)
    marked = {
        name: "draft</span>" in row
        for row in rows
        for name in ("approved-one", "draft-one", "whole-one")
        if f"/entries/{name}" in row
    }
    assert marked == {"approved-one": False, "draft-one": True, "whole-one": False}
    feed = both.get("/changes.atom").text
    titles = map(unescape, re.findall(r"<title>(.*?)</title>", feed))
    ours = [t for t in titles if t.startswith(("首脑", "whole"))]
    assert [title.endswith(" (draft)") for title in ours] == [False, True, False]
    wrong = DRAFT[1].replace("ea", "ae")
    meant = both.get("/", query_string={"q": f'"{wrong}"'}).text
    offered = unescape(meant[meant.index('id="meant"') :].partition("</p>")[0])
    assert DRAFT[1] in offered
    assert "draft</span>" in offered


def test_what_is_completed_or_suggested_elsewhere_is_marked(both: FlaskClient) -> None:
    for texts, marked in ((APPROVED, False), (DRAFT, True)):
        asked = {"q": texts[1][:16]}
        found = both.get("/opensearch/suggestions", query_string=asked)
        answer = json.loads(found.data)
        about = dict(zip(*answer[1:3], strict=True))
        assert about[texts[1]] == " · ".join([texts[0], *["draft"] * marked])
        units = json.loads(both.get(f"/tmserver/zh/en/unit/{texts[0]}").data)
        assert (units[0]["context"] == "draft") is marked
        form = {"queries": json.dumps({"a": {"query": texts[1]}})}
        matched = json.loads(both.post("/reconcile", data=form).data)
        best = matched["a"]["result"][0]
        assert best["description"].endswith(" · draft") is marked
        preview = both.get(f"/reconcile/preview/{best['id']}").text
        assert ('class="draft">draft' in preview) is marked


@pytest.mark.parametrize(
    ("locale", "word"), [("en", "draft"), ("zh-Hans", "草稿"), ("zh-Hant", "草稿")]
)
def test_languagetool_says_what_rests_on_a_draft(
    both: FlaskClient, locale: str, word: str
) -> None:
    running = both.application.extensions["glossary"]
    running.settings = replace(running.settings, lt_drafts=True)
    for texts, marked in ((APPROVED, False), (DRAFT, True)):
        sent = {"text": "They met.", "srctext": texts[0], "language": "en-GB"}
        asked = {**sent, "level": "picky", "motherTongue": locale}
        answer = json.loads(both.post("/v2/check", data=asked).data)
        (message,) = [match["message"] for match in answer["matches"]]
        assert message.endswith(f" ({word})") is marked


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
        page = run("annotate", str(text), "--html", database=database).stdout
        assert (' · draft"' in page) is marked
        pair = ("check", str(text), "--with", str(target), "--sarif")
        log = json.loads(run(*pair, database=database).stdout)
        (result,) = log["runs"][0]["results"]
        assert result["message"]["text"].endswith(" (draft)") is marked
        source = tmp_path / "source.json"
        source.write_text('{"id": "talks-2014", "title": {"en": "Talks"}}', "utf-8")
        target.write_text(f"{texts[1]}\n", encoding="utf-8")
        files = ("--source", str(source), str(target), str(text))
        proved = run("attest", *files, database=database).stdout
        assert ("-one · draft" in proved) is marked
        wrong = texts[1].replace("ea", "ae")
        meant = run("lookup", f'"{wrong}"', database=database).stderr
        assert ("· draft" in meant) is marked


@pytest.mark.parametrize("name", WRITABLE)
def test_every_export_says_which_entries_are_drafts_or_that_it_cannot(
    store: SqliteStore, name: str
) -> None:
    def written(state: str) -> tuple[str, list[Dropped]]:
        with store.write(by="test") as write:
            made = entry(**document("one", DRAFT, state))
            write.update(made) if write.find("one") else write.create(made)
        stream, dropped = io.BytesIO(), list[Dropped]()
        take_out(store, by_name(name), stream, part=Part(), drop=dropped.append)
        # The revision that the file names is another one anyhow.
        text = text_of(name, stream.getvalue())
        return text.replace(f"-{store.revision()}", "-0"), dropped

    draft, lost = written("draft")
    approved, _ = written("approved")
    assert draft != approved or "/state" in {each.pointer for each in lost}
