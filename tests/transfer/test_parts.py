"""A part of a glossary is taken out: by state, status, subject, proof and revision."""

import csv
import io
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from glossary.entry import Entry
from glossary.formats import by_name
from glossary.formats.record import ReadOptions, Record
from glossary.formats.tbx.read import read
from glossary.query import Part
from glossary.store import Store
from glossary.transfer import take_out
from tests.answers import API
from tests.nouns import entry

PEACE = ("和平私话", "private talk of peace")
TRUST = ("互信私话", "private talk of trust")


def of(chinese: str, english: str, **more: Any) -> Entry:
    terms = [{"lang": "zh-Hans", "text": chinese}, {"lang": "en", "text": english}]
    return entry(terms=terms, **more)


def stored(store: Store) -> int:
    """Store two entries of which one is a draft; return the revision between them."""
    with store.write(by="test") as write:
        write.create(of(*PEACE, id="peace-talk", state="approved"))
    between = store.revision()
    with store.write(by="test") as write:
        write.create(of(*TRUST, id="trust-talk", state="draft"))
    return between


def ids(store: Store, **part: Any) -> list[str]:
    stream = io.BytesIO()
    count = take_out(
        store, by_name("ndjson"), stream, part=Part(**part), drop=lambda _: None
    )
    found = [json.loads(line)["id"] for line in stream.getvalue().splitlines()]
    assert count == len(found)
    return [each for each in found if each in {"peace-talk", "trust-talk"}]


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_a_table_is_the_same_from_documents_as_from_entries(
    curated: Store, name: str
) -> None:
    order = tuple(glossary for glossary, _ in curated.glossaries())
    files = []
    for part in (Part(), Part(order=order), Part(glossary=order[0])):
        stream = io.BytesIO()
        count = take_out(curated, by_name(name), stream, part=part, drop=lambda _: None)
        assert count == curated.wordings.count()
        files.append(stream.getvalue())
    assert files[0].count(b"\n") > curated.wordings.count()
    assert files[0] == files[1] == files[2]


def test_a_part_is_what_fulfils_all_conditions(store: Store) -> None:
    between = stored(store)
    assert ids(store) == ["peace-talk", "trust-talk"]
    assert ids(store, state="draft") == ["trust-talk"]
    assert ids(store, state="approved") == ["peace-talk"]
    assert ids(store, changed_since=between) == ["trust-talk"]
    assert ids(store, changed_since=store.revision()) == []
    assert ids(store, proof="pair") == []
    assert ids(store, status="forbidden") == []
    assert ids(store, state="draft", changed_since=between, proof="none") == [
        "trust-talk"
    ]


def test_pairs_are_written_in_the_direction_that_is_asked_for(store: Store) -> None:
    stored(store)
    stream = io.BytesIO()
    take_out(
        store,
        by_name("omegat"),
        stream,
        part=Part(entry="peace-talk"),
        drop=lambda _: None,
        source="en",
        target="zh-Hans",
    )
    lines = stream.getvalue().decode().splitlines()
    assert lines[0].startswith("# diplomatic: ")
    rows = list(csv.reader(lines[1:], delimiter="\t"))
    assert [row[:2] for row in rows] == [["private talk of peace", "和平私话"]]


def test_an_export_over_http_says_how_many_entries_it_holds(
    app: Flask, client: FlaskClient
) -> None:
    stored(app.extensions["glossary"].store)
    some = client.get(f"{API}/export?format=csv&state=draft&subject=no-such-subject")
    assert some.headers["Glossary-Entries"] == "0"
    one = client.get(f"{API}/export?format=deepl&entry=peace-talk&from=en&to=zh-Hans")
    assert one.headers["Glossary-Entries"] == "1"
    assert one.get_data(as_text=True) == "private talk of peace,和平私话\r\n"
    none = client.get(f"{API}/export?format=csv&from=en")
    assert none.status_code == 422


@pytest.mark.parametrize("name", ["tbx3", "tbx2"])
def test_a_part_refers_to_nothing_outside_of_it(store: Store, name: str) -> None:
    stored(store)
    stream = io.BytesIO()
    take_out(
        store, by_name(name), stream, part=Part(state="draft"), drop=lambda _: None
    )
    stream.seek(0)
    records = [r for r in read(stream, ReadOptions()).records if isinstance(r, Record)]
    names = {record.data["id"] for record in records}
    assert "trust-talk" in names
    assert {
        each["entry"] for r in records for each in r.data.get("relations", ())
    } <= names


def test_a_part_is_taken_out_on_the_page_without_a_script(
    app: Flask, client: FlaskClient
) -> None:
    stored(app.extensions["glossary"].store)
    page = client.get("/transfers").get_data(as_text=True)
    for field in ("state", "status", "proof", "subject", "changed_since", "from"):
        assert f'name="{field}"' in page
    asked = "format=deepl&glossary=&layout=&state=approved&status=&from=en&to=zh-Hans"
    answer = client.get(f"/transfers/export?{asked}", follow_redirects=True)
    assert "private talk of peace,和平私话" in answer.get_data(as_text=True)
    assert TRUST[0] not in answer.get_data(as_text=True)
    assert client.get("/transfers/export?format=deepl&state=old").status_code == 422


def test_a_wide_table_is_asked_for_over_http_and_only_of_tables(
    app: Flask, client: FlaskClient
) -> None:
    stored(app.extensions["glossary"].store)
    answer = client.get(f"{API}/export?format=tsv&layout=wide&entry=peace-talk")
    heading, row = csv.reader(
        io.StringIO(answer.get_data(as_text=True)), delimiter="\t"
    )
    told = dict(zip(heading, row, strict=True))
    assert (told["zh-Hans"], told["en"]) == PEACE
    assert client.get(f"{API}/export?format=tmx&layout=wide").status_code == 422
