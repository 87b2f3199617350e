import io
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.errors import UnreadableFile
from glossary.formats.ndjson import read, write
from glossary.formats.record import Limits, ReadOptions, Record, Refused

SUMMIT = {"id": "summit", "terms": [{"lang": "zh-Hans", "text": "峰会"}]}
WORLD = {"id": "world", "note": 'a "b" \\ [c] {d}, e', "terms": []}


def found(data: str | bytes, limits: Limits | None = None) -> list[Record | Refused]:
    raw = data.encode() if isinstance(data, str) else data
    options = ReadOptions(limits=limits or Limits())
    return list(read(io.BytesIO(raw), options).records)


def data_of(records: list[Record | Refused]) -> list[dict[str, Any]]:
    assert all(isinstance(r, Record) for r in records), records
    return [record.data for record in records if isinstance(record, Record)]


def test_an_entry_is_a_line() -> None:
    text = f"{json.dumps(SUMMIT)}\n\n{json.dumps(WORLD, ensure_ascii=False)}"
    records = found(text)
    assert data_of(records) == [SUMMIT, WORLD]
    assert [record.line for record in records] == [1, 3]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("wrap", [lambda x: x, lambda x: {"next": "a\\b", "items": x}])
def test_an_array_and_a_page_of_the_api_are_read(indent: int | None, wrap: Any) -> None:
    text = json.dumps(wrap([SUMMIT, WORLD]), indent=indent, ensure_ascii=False)
    assert data_of(found(text)) == [SUMMIT, WORLD]
    assert data_of(found("\ufeff\n" + text)) == [SUMMIT, WORLD]
    assert data_of(found(text.encode("utf-16"))) == [SUMMIT, WORLD]


def test_the_line_of_an_element_is_the_line_it_begins_on() -> None:
    text = '[\n {"id": "a",\n  "terms": []},\n\n {"id": "b"}\n]'
    assert [record.line for record in found(text)] == [2, 5]


def test_an_array_larger_than_a_chunk_is_read_in_pieces() -> None:
    entries = [{"id": f"x{i}", "note": '峰会\\"' * 50} for i in range(1000)]
    assert data_of(found(json.dumps(entries, ensure_ascii=False))) == entries
    assert data_of(found(json.dumps(entries))) == entries


def test_an_empty_array_has_no_entries() -> None:
    assert found("[]") == found('{"items": []}') == found("[ \n]") == []


def test_a_broken_line_is_named_with_its_column_and_the_rest_is_read() -> None:
    broken, whole = found('{"id": "a", }\n{"id": "b"}\n')
    assert isinstance(broken, Refused)
    assert (broken.line, broken.column, broken.code) == (1, "11", "broken-json")
    assert "Line 1, column 11" in broken.message
    assert isinstance(whole, Record)


def test_an_array_that_is_cut_off_is_refused_at_its_end() -> None:
    whole, cut = found('[{"id": "a"},\n{"id": "b"')
    assert isinstance(whole, Record)
    assert isinstance(cut, Refused)
    assert (cut.line, cut.code) == (2, "broken-json")


@pytest.mark.parametrize("text", ["1", '"a"', "null", "[[1]]"])
def test_what_is_no_object_is_refused(text: str) -> None:
    (refused,) = found(text)
    assert isinstance(refused, Refused)
    assert refused.code == "not-an-object"


def test_deep_json_is_refused() -> None:
    (refused,) = found('{"extra":' * 60 + "1" + "}" * 60)
    assert isinstance(refused, Refused)
    assert refused.code == "too-deep"
    (refused,) = found('{"a":' * 100_000)
    assert isinstance(refused, Refused)
    assert refused.code == "broken-json"
    with pytest.raises(UnreadableFile, match="more than 50 levels deep"):
        found("[" * 1_000_000)


def test_many_brackets_are_not_depth() -> None:
    entry = {"terms": [{"citations": [{}]} for _ in range(100)]}
    assert data_of(found(json.dumps(entry))) == [entry]


def test_an_endless_element_is_refused_soon() -> None:
    began = time.monotonic()
    with pytest.raises(UnreadableFile, match="more than 1000 characters"):
        found('[{"a": "' + "x" * 5_000_000, Limits(cell=100))
    with pytest.raises(UnreadableFile, match="more than 1000 characters"):
        found('{"a": "' + "x" * 5_000_000, Limits(cell=100))
    assert time.monotonic() - began < 1


def test_an_empty_glossary_is_an_empty_file() -> None:
    stream = io.BytesIO()
    write([], stream, lambda _: None)
    assert stream.getvalue() == b""
    assert found(b"") == []


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.text(st.characters(codec="utf-8"))
    | st.integers(-9, 9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(st.lists(st.dictionaries(st.text(max_size=5), VALUES, max_size=5), max_size=5))
def test_entries_come_back(entries: list[dict[str, Any]]) -> None:
    entries = [{"terms": [], **each} for each in entries]
    stream = io.BytesIO()
    write(entries, stream, lambda _: None)
    assert data_of(found(stream.getvalue())) == entries
    if entries:
        assert data_of(found(json.dumps(entries))) == entries


def test_numbers_beyond_64_bits_are_written_too() -> None:
    stream = io.BytesIO()
    write([{"extra": {"n": 2**70}}], stream, lambda _: None)
    assert json.loads(stream.getvalue()) == {"extra": {"n": 2**70}}
