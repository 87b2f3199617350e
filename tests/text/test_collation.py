"""Lists are in the order in which their reader looks for a name."""

import pytest

from glossary.text import collation_key


@pytest.mark.parametrize(
    ("locale", "names"),
    [
        ("en", ["3 + 1", "ADB", "ASEAN", "Élysée", "Euratom", "“White Paper”", "北约"]),
        # By syllable and tone, whatever marks a name has; 行 and 重 as in their words.
        (
            "zh-Hans",
            [
                "G20",
                "UN",
                "安全",
                "北约",
                "重庆",
                "《联合国宪章》",
                "六方会谈",
                "行政院",
            ],
        ),
        ("zh-Hans", ["妈", "麻", "马", "骂", "吗"]),
        # By strokes, then by radical: 1 2 3 4 5 14 19.
        ("zh-Hant", ["UN", "一", "七國", "上海", "中國", "北約", "聯合國", "關稅"]),
        ("zh-Hant", ["中國", "中國外交部", "中國政府"]),
    ],
)
def test_names_are_sorted_as_their_reader_does(locale: str, names: list[str]) -> None:
    mixed = sorted(names)
    assert sorted(mixed, key=lambda name: collation_key(name, locale)) == names


def test_rare_characters_come_last_by_strokes() -> None:
    names = ["\U00020000", "龘", "一"]
    by_strokes = sorted(names, key=lambda name: collation_key(name, "zh-Hant"))
    assert by_strokes == ["一", "龘", "\U00020000"]
