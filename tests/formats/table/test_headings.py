import pytest

from glossary.errors import UnreadableFile
from glossary.formats.record import Limits, ReadOptions
from glossary.formats.table.columns import Layout
from glossary.formats.table.headings import is_heading, layout_of, meaning_of_field

CHINESE = ["峰会", "世界", "大国", "主权", "共识"]
ENGLISH = ["summit", "world", "major country", "sovereignty", "consensus"]


def layout(*rows: list[str], **options: str) -> Layout:
    return layout_of(rows, ReadOptions(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "below"),
    [
        (["zh", "en"], []),
        (["english", "Taiwan", "China"], []),
        (["source", "en", "note", "keep"], []),
        (["中文", "外文"], [CHINESE, ENGLISH]),
        (["词语", "译成"], [CHINESE, ENGLISH]),
        (["\ufeff#src", "tgt"], []),
    ],
)
def test_headings_are_told_from_terms(row: list[str], below: list[list[str]]) -> None:
    rows = [list(cells) for cells in zip(*below, strict=True)]
    assert is_heading([row, *rows], {})


@pytest.mark.parametrize(
    "rows",
    [
        [["china", "中国"], ["japan", "日本"]],
        [["English", "英语"], ["French", "法语"]],
        [["峰会", "summit"]],
        [["summit", "峰会", "EN", "ZH"], ["world", "世界", "EN", "ZH"]],
        [["WTO", "WTO"], *zip(CHINESE, ENGLISH, strict=True)],
    ],
)
def test_terms_are_not_taken_for_headings(rows: list[list[str]]) -> None:
    assert not is_heading(rows, {})


def test_the_chinese_column_is_found_by_all_its_cells_not_by_the_first() -> None:
    rows = [
        ["3C", "3C"],
        ["OPEC", "欧佩克"],
        *map(list, zip(ENGLISH, CHINESE, strict=True)),
    ]
    assert layout(*rows).mapping == {"column 1": "en", "column 2": "zh-Hans"}


def test_traditional_chinese_is_told_by_its_characters() -> None:
    found = layout(["summit", "峰會"], ["Taiwan", "臺灣"])
    assert found.mapping == {"column 1": "en", "column 2": "zh-Hant"}
    assert found.chinese == "zh-Hant"


def test_numbers_and_addresses_are_no_terms() -> None:
    found = layout(
        ["1", "峰会", "https://x.org", "summit", "talks"],
        ["2", "世界", "https://y.org", "world", "globe"],
    )
    assert list(found.mapping.values()) == ["extra", "zh-Hans", "extra", "en", "note"]


def test_source_is_a_term_until_there_are_two() -> None:
    assert layout(["source", "target"], ["峰会", "summit"]).mapping == {
        "source": "zh-Hans",
        "target": "en",
    }
    assert layout(["source", "zh", "en"]).mapping["source"] == "provenance"


def test_declared_languages_stand_for_source_and_target() -> None:
    found = layout(["原文", "译文"], ["x", "y"], source="fr", target="de")
    assert found.mapping == {"原文": "fr", "译文": "de"}


def test_repeated_and_empty_headings_get_names_of_their_own() -> None:
    found = layout(["zh", "Notes", "en", "Notes", ""])
    assert list(found.mapping) == ["zh", "Notes", "en", "Notes (2)", "column 5"]
    assert [column.of for column in found.columns] == [None, 0, None, 2, None]


def test_columns_of_one_language_are_synonyms() -> None:
    found = layout(["en", "en", "zh"])
    assert [c.lang for c in found.terms] == ["en", "en", "zh-Hans"]


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="3 columns; at most 2 are allowed"):
        layout_of([["a", "b", "c"]], ReadOptions(limits=Limits(columns=2)))


def test_what_is_asked_for_is_a_tag_or_a_field() -> None:
    assert meaning_of_field("zh").lang == "zh-Hans"
    assert meaning_of_field("en-GB").field == "term"
    assert meaning_of_field("definition_en").field == "definition"
    assert meaning_of_field("yue").lang == "yue"
    with pytest.raises(UnreadableFile, match="neither a language tag"):
        meaning_of_field("???")
