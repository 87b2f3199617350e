"""Notes that hold fields, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.formats.tbx.note import (
    ENTRY_FIELDS,
    TERM_FIELDS,
    citation_of,
    field_of,
    note_of,
    remark_of,
    source_note,
)

_IDS = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)
_WORDS = st.sampled_from(
    ["", "5", "para. 2", "a, b", "第二段", "x", "source-5", "A, 3"]
)


@pytest.mark.parametrize(
    ("note", "field"),
    [
        ("since: 2013-06", ("since", "2013-06")),
        ("since: 2013-6", ("note", "since: 2013-6")),
        ("usage: 正式\n场合", ("usage", "正式\n场合")),
        ("Since: 2013", ("note", "Since: 2013")),
        ("state: approved", ("note", "state: approved")),
        ("note: since: 2013", ("note", "since: 2013")),
        ("plain", ("note", "plain")),
    ],
)
def test_a_note_of_a_term_is_a_field_only_where_it_fits(
    note: str, field: tuple[str, str]
) -> None:
    assert field_of(note, TERM_FIELDS) == field


def test_a_state_is_a_field_of_an_entry_only_if_it_is_one() -> None:
    assert field_of("state: draft", ENTRY_FIELDS) == ("state", "draft")
    assert field_of("state: of the art", ENTRY_FIELDS)[0] == "note"
    assert field_of("glossary: See below", ENTRY_FIELDS)[0] == "note"


@given(st.sampled_from(["", "note: ", "state: draft", "since: 2013", "x: "]), st.text())
def test_a_remark_comes_back_as_it_was(beginning: str, rest: str) -> None:
    remark = (beginning + rest).strip()
    assert field_of(remark_of(remark), ENTRY_FIELDS) == ("note", remark)


@given(_IDS | st.just("source-5"), _WORDS | st.text(max_size=200))
def test_a_citation_comes_back_as_it_was(source: str, locator: str) -> None:
    citation = {"source": source, "locator": locator.strip(), "quote": ""}
    assert citation_of(source_note(citation)) == citation


def test_a_source_of_another_tool_keeps_its_words_as_the_locator() -> None:
    citation = citation_of("人民日报 2014-02-14")
    assert citation["locator"] == "人民日报 2014-02-14"
    assert source_note(citation) == "人民日报 2014-02-14"


def test_a_field_is_written_as_it_is_read() -> None:
    assert note_of("reading", "shuāngchóng") == "reading: shuāngchóng"
