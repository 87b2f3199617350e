"""Tables with an entry a row and a column a language, out and home."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.formats import by_name
from glossary.formats.record import Dropped, ReadOptions, Record
from glossary.formats.table.wide import columns_of, languages_of
from tests.formats.whole_entries import diplomatic, entry, read_back


def _file(name: str, entries: list[dict[str, Any]]) -> tuple[bytes, list[Dropped]]:
    stream, dropped = io.BytesIO(), list[Dropped]()
    write = by_name(name).wide
    assert write is not None
    write(entries, stream, dropped.append, languages_of(entries))
    return stream.getvalue(), dropped


def _said(entry: dict[str, Any]) -> object:
    """Return what a wide table says of an entry."""
    terms = {(t["lang"], t["text"], t["status"]) for t in entry["terms"]}
    whole = ("id", "glossary", "state", "subjects", "definition", "note")
    return terms, [entry[name] for name in whole]


def test_a_row_has_what_to_use_and_what_to_avoid() -> None:
    terms = [
        {"lang": "zh-Hans", "text": "台湾问题", "status": "preferred"},
        {"lang": "en", "text": "the Taiwan issue", "status": "admitted"},
        {"lang": "en", "text": "the Taiwan problem", "status": "forbidden"},
        {"lang": "en", "text": "the question of Taiwan", "status": "preferred"},
    ]
    file, _ = _file("csv", [entry(terms=terms, definition={"en": "A domestic one."})])
    (row,) = csv.DictReader(io.StringIO(file.decode("utf-8-sig")))
    assert row["zh-Hans"] == "台湾问题"
    assert row["en"] == "the question of Taiwan"
    assert row["en also"] == "the Taiwan issue"
    assert row["en avoid"] == "the Taiwan problem [forbidden]"
    assert row["definition_en"] == "A domestic one."


@pytest.mark.parametrize("name", ["csv", "tsv", "xlsx"])
def test_a_wide_table_of_the_glossary_is_read_as_it_was_written(name: str) -> None:
    some = list(diplomatic()[::12])
    file, dropped = _file(name, some)
    read = by_name(name).read
    assert read is not None
    assert list(map(_said, read_back(read, file))) == list(map(_said, some))
    assert {d.pointer.rpartition("/")[2] for d in dropped} >= {"citations", "relations"}


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_a_cell_that_a_spreadsheet_would_reckon_is_guarded_and_comes_home(
    name: str,
) -> None:
    terms = [
        {"lang": "zh-Hans", "text": "'=和平", "status": "preferred"},
        {"lang": "en", "text": "=1+1", "status": "preferred"},
    ]
    some = [entry(terms=terms)]
    file, _ = _file(name, some)
    assert "'=1+1" in file.decode("utf-8-sig")
    read = by_name(name).read
    assert read is not None
    assert list(map(_said, read_back(read, file))) == list(map(_said, some))


_TEXT = st.sampled_from(
    ["和平", "a | b", "x [preferred]", "\\", "=1", "a;b", "[forbidden]"]
)
_STATUS = st.sampled_from(["preferred", "admitted", "deprecated", "superseded"])


@given(st.dictionaries(_TEXT, _STATUS, min_size=1), st.dictionaries(_TEXT, _STATUS))
def test_no_wording_is_changed_by_the_table(
    english: dict[str, str], chinese: dict[str, str]
) -> None:
    sides = (("en", english), ("zh-Hans", chinese))
    terms = [
        {"lang": lang, "text": text, "status": status}
        for lang, said in sides
        for text, status in said.items()
    ]
    made = entry(terms=terms)
    read = by_name("csv").read
    assert read is not None
    (back,) = read_back(read, _file("csv", [made])[0])
    assert _said(back) == _said(made)


def test_a_language_has_columns_where_any_entry_has_it() -> None:
    french = entry(
        terms=[{"lang": "fr", "text": "paix"}, {"lang": "en", "text": "peace"}]
    )
    assert columns_of(languages_of([entry(), french]))[5:11] == (
        "zh-Hans",
        "zh-Hans also",
        "zh-Hans avoid",
        "en",
        "en also",
        "en avoid",
    )
    assert "fr avoid" in columns_of(languages_of([entry(), french]))


COLUMNS = ["id", "version", "state", "admitted", "zh-Hans also", "note", "en avoid"]


@pytest.mark.parametrize("gone", [[name] for name in COLUMNS] + [COLUMNS])
def test_a_wide_table_with_columns_taken_out_comes_home(gone: list[str]) -> None:
    """What is not there says nothing: no status, and nothing is kept as strange."""
    terms = [
        {"lang": "zh-Hans", "text": "双重标准", "status": "admitted"},
        {"lang": "en", "text": "double standards", "status": "preferred"},
        {"lang": "en", "text": "double standard", "status": "admitted"},
    ]
    file, _ = _file("csv", [entry(terms=terms) | {"version": 3}])
    head, row = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
    keep = [at for at in reversed(range(len(row))) if head[at] not in gone]
    lines = [",".join(each[at] for at in keep) for each in (head, row)]
    read = by_name("csv").read
    assert read is not None
    (record,) = read(io.BytesIO("\n".join(lines).encode()), ReadOptions()).records
    assert isinstance(record, Record)
    status = {} if "admitted" in gone else {"status": "preferred"}
    expected = {
        "双重标准": {} if "admitted" in gone else {"status": "admitted"},
        "double standards": status,
        "double standard": {"status": "admitted"},
    }
    assert {
        t["text"]: {k: v for k, v in t.items() if k == "status"}
        for t in record.data["terms"]
    } == expected
    assert "extra" not in record.data
    assert ("version" in record.data) == (not {"id", "version"} & {*gone})
