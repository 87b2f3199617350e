"""What entries name goes out and comes in with them."""

import io
import json
import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from glossary.curation.lint import Flaw, lint
from glossary.entry import KINDS, Entry, Issuer, Source, Subject
from glossary.formats import by_name
from glossary.query import Order
from glossary.store import Store, open_store
from glossary.transfer.records import bring_in
from glossary.transfer.register import every_noun_of, nouns_of
from glossary.transfer.report import Counts

URL = "/api/v1"


@pytest.fixture
def lines(client: FlaskClient) -> list[dict[str, Any]]:
    answer = client.get(f"{URL}/export?format=ndjson")
    first, *rest = [json.loads(line) for line in answer.data.splitlines()]
    assert first["kind"] == "file"
    return rest


def sent(
    client: FlaskClient,
    editor: dict[str, str],
    *documents: dict[str, Any],
    **asked: Any,
) -> dict[str, Any]:
    body = "\n".join(json.dumps(each, ensure_ascii=False) for each in documents)
    query = {"format": "ndjson", "on_error": "skip", **asked}
    answer = client.post(
        f"{URL}/imports", query_string=query, data=body.encode(), headers=editor
    )
    report: dict[str, Any] = json.loads(answer.data)
    return report


def brought(store: Store, lines: list[dict[str, Any]]) -> Counts:
    file = io.BytesIO(b"".join(json.dumps(line).encode() + b"\n" for line in lines))
    return bring_in(
        store, by_name("ndjson"), file, Order(), by="test", heed=lambda _: None
    )[0]


def test_an_export_with_nouns_is_whole(
    app: Flask, client: FlaskClient, lines: list[dict[str, Any]]
) -> None:
    nouns = [line for line in lines if "kind" in line]
    assert {each["kind"] for each in nouns} >= {"source", "issuer", "subject"}
    assert lines[: len(nouns)] == nouns
    plain = client.get(f"{URL}/export?format=ndjson&nouns=false").data.splitlines()
    assert [json.loads(line) for line in plain] == lines[len(nouns) :]
    counts = brought(app.extensions["glossary"].store, lines)
    assert counts.unchanged == counts.read == len(lines)


def test_lists_name_the_same_nouns_as_the_entries(app: Flask) -> None:
    store = app.extensions["glossary"].store
    assert [*every_noun_of(store)] == [*nouns_of(store, store.all_entries())]


def test_nouns_fill_an_empty_store(
    lines: list[dict[str, Any]], app: Flask, tmp_path: Path
) -> None:
    with closing(open_store(str(tmp_path / "empty.db"))) as empty:
        assert brought(empty, lines).created == len(lines)
        old = app.extensions["glossary"].store
        for kind in (Source, Subject, Issuer):
            named = {line["id"] for line in lines if line.get("kind") == KINDS[kind]}
            before = {n.id: replace(n, version=1) for n in old.nouns.all(kind)}
            after = {n.id: n for n in empty.nouns.all(kind)}
            assert after == {name: before[name] for name in named}


def test_a_new_noun_comes_before_the_entry_that_cites_it(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    source = {
        "kind": "source",
        "id": "a-toast-2026",
        "title": {"en": "A toast", "zh-Hans": "祝酒词"},
        "date": "2026-01-02",
        "symbol": "T/2026/1",
        "url": "https://example.org/toast",
        "archived_url": "https://archive.example.org/toast",
        "edition": {
            "zh-Hans": {"text": "authentic", "issuer": None},
            "en": {"text": "translated", "issuer": "MFA of China"},
        },
    }
    toast = {
        "id": "a-toast",
        "glossary": "test",
        "terms": [
            {"lang": "zh-Hans", "text": "祝酒词"},
            {
                "lang": "en",
                "text": "toast",
                "citations": [{"source": "a-toast-2026", "quote": "a toast"}],
            },
        ],
    }
    report = sent(client, editor, source, toast)
    assert report["counts"]["created"] == 2, report
    stored = json.loads(client.get(f"{URL}/sources/a-toast-2026").data)
    assert {**source, "lang": None, "issuer": None} == {
        **{
            name: stored[name] for name in (*source, "lang", "issuer") if name in stored
        },
        "kind": "source",
    }
    again = client.get(f"{URL}/export?format=ndjson&nouns=true&glossary=test")
    named = [json.loads(line) for line in again.data.splitlines()]
    assert [each["id"] for each in named if each.get("kind") == "source"] == [
        "a-toast-2026"
    ]
    # The line of the file itself is none of its records.
    assert sent(client, editor, *named)["counts"]["unchanged"] == len(named) - 1
    renamed = {**source, "symbol": "T/2026/2"}
    assert sent(client, editor, renamed, mode="add")["counts"]["unchanged"] == 1
    assert sent(client, editor, renamed)["counts"]["updated"] == 1
    assert json.loads(client.get(f"{URL}/sources/a-toast-2026").data)["symbol"] == (
        "T/2026/2"
    )


@pytest.mark.parametrize(
    ("noun", "code"),
    [
        ({"kind": "person", "id": "x"}, "bad-kind"),
        ({"kind": "source", "id": "x"}, "bad-noun"),
        ({"kind": "issuer", "id": "x", "names": {"en": "外交部"}}, "taken-name"),
        (
            {"kind": "source", "id": "x", "title": {"en": "X"}, "url": "ftp:x"},
            "bad-noun",
        ),
    ],
)
def test_a_bad_noun_is_refused_and_the_rest_taken(
    client: FlaskClient, editor: dict[str, str], noun: dict[str, Any], code: str
) -> None:
    terms = [{"lang": "zh-Hans", "text": "祝酒词"}, {"lang": "en", "text": "toast"}]
    entry = {"id": "a-toast", "glossary": "test", "terms": terms}
    report = sent(client, editor, noun, entry)
    assert [problem["code"] for problem in report["problems"]] == [code]
    assert report["counts"]["created"] == 1


def test_other_formats_hold_no_nouns(client: FlaskClient) -> None:
    answer = client.get(f"{URL}/export?format=tmx&nouns=true")
    assert answer.status_code in {400, 422}


#: The part of the curated glossary that goes out; `make soak` takes it as a whole.
PART = "" if os.environ.get("HOME_COMING") == "all" else "&subject=climate"


def flaws(store: Store, entries: list[Entry], others: set[str]) -> list[Flaw]:
    known = {source.id: source for source in store.sources()}
    return list(lint(entries, sources=known, others=others, issuers=store.issuers))


@pytest.mark.parametrize("name", ["ndjson", "tbx3", "tbx2", "csv", "tsv", "xlsx"])
def test_a_new_store_has_of_a_whole_file_the_same_nouns_and_flaws(
    app: Flask, client: FlaskClient, tmp_path: Path, name: str
) -> None:
    asked = f"{URL}/export?format={name}{PART}&nouns=true"
    file = client.get(asked).data
    old = app.extensions["glossary"].store
    with closing(open_store(str(tmp_path / "empty.db"))) as empty:
        counts, _ = bring_in(
            empty,
            by_name(name),
            io.BytesIO(file),
            Order(),
            by="test",
            heed=lambda _: None,
        )
        assert counts.created == counts.read > 200
        for kind in (Source, Subject, Issuer):
            here = {n.id: n for n in empty.nouns.all(kind)}
            there = {n.id: replace(n, version=1) for n in old.nouns.all(kind)}
            assert here
            assert here == {name: there[name] for name in here}
        entries = list(empty.all_entries())
        same = [old.entry(entry.id) for entry in entries]
        if not PART:
            assert list(map(said, entries)) == list(map(said, same))
        every = {entry.id for entry in old.all_entries()}
        found = flaws(empty, entries, every)
        assert found == flaws(old, same, every)
        # The oracle sees what is lost: a source that is cited and not there.
        cited = next(e for e in entries if any(t.citations for t in e.terms))
        assert [f.code for f in lint([cited], sources={}, issuers=empty.issuers)]
    counts, _ = bring_in(
        old, by_name(name), io.BytesIO(file), Order(), by="test", heed=lambda _: None
    )
    assert counts.unchanged == counts.read


def said(entry: Entry) -> Entry:
    return replace(entry, version=1, created="", modified="")


def test_tbx_has_what_its_entries_name_unasked(client: FlaskClient) -> None:
    asked = f"{URL}/export?format=tbx3&entry=paris-agreement"
    assert b"bibl" in client.get(asked).data
    assert b"bibl" not in client.get(f"{asked}&nouns=false").data


def test_a_noun_that_was_changed_since_stays(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    source = {"kind": "source", "id": "a-toast-2026", "title": {"en": "A toast"}}
    assert sent(client, editor, source)["counts"]["created"] == 1
    assert sent(client, editor, {**source, "date": "2026"})["counts"]["updated"] == 1
    report = sent(client, editor, {**source, "version": 1})
    assert report["counts"]["unchanged"] == 1
    assert [each["code"] for each in report["warnings"]] == ["stale-noun"]
    assert json.loads(client.get(f"{URL}/sources/a-toast-2026").data)["date"] == "2026"
