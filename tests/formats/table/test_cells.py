import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.formats.table.cells import (
    alternatives,
    citations_cell,
    citations_in,
    date_of,
    guarded,
    share_slashes,
    unguarded,
)


@pytest.mark.parametrize(
    "phrase",
    [
        "不冲突、不对抗",
        "不冲突，不对抗",
        "non-conflict, non-confrontation",
        "non-conflict，non-confrontation",
        "亲、诚、惠、容",
        "and/or",
        "S&ED",
        "AT&amp;T",
        "the Belt and Road / 一带一路",
    ],
)
def test_a_phrase_is_never_cut(phrase: str) -> None:
    assert alternatives(phrase) == [phrase]


def test_semicolons_and_bars_part_alternatives() -> None:
    assert alternatives("峰会；首脑会议;峰会") == ["峰会", "首脑会议"]
    assert alternatives("win-win | mutually beneficial |") == [
        "win-win",
        "mutually beneficial",
    ]


def test_a_heading_of_synonyms_makes_the_wide_comma_part_too() -> None:
    assert alternatives("服务端，服务器", suggested=True) == ["服务端", "服务器"]


def test_a_slash_parts_when_the_cells_beside_it_have_as_many() -> None:
    assert share_slashes(["领事保护 / 领保", "consular protection / protection"])
    assert not share_slashes(["领事保护", "consular protection / protection"])
    assert alternatives("a / b", slash=True) == ["a", "b"]


def test_dates_of_other_habits_are_read() -> None:
    assert date_of("2013年6月7日") == "2013-06-07"
    assert date_of("2013年") == "2013"
    assert date_of("2013-06") == "2013-06"


TEXT = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.text(st.sampled_from("\\#| a"), max_size=8),
).map(str.strip)


@given(
    st.lists(
        st.fixed_dictionaries(
            {"source": st.from_regex("[a-z][a-z0-9-]{0,20}", fullmatch=True)},
            optional={"locator": TEXT.filter(bool), "quote": TEXT.filter(bool)},
        )
    )
)
def test_citations_come_back_from_a_cell(citations: list[dict[str, str]]) -> None:
    assert citations_in(citations_cell(citations)) == citations


@given(st.text(st.sampled_from("'=+-@\t\ra"), max_size=8))
def test_the_guard_comes_off_exactly(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell)[:1] not in {"=", "+", "-", "@", "\t", "\r"} or not cell


def test_an_apostrophe_of_the_text_stays() -> None:
    assert unguarded("'tis") == "'tis"
    assert guarded("'tis") == "'tis"
