import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.text.numeral import counted_by
from glossary.text.variants import variants


@given(st.integers(1, 99_999))
def test_a_number_is_read_as_it_is_written(value: int) -> None:
    ways = [way.removesuffix("条") for way in variants(f"{value}条")]
    assert ways
    assert {counted_by(way) for way in ways if not way.isascii()} == {value}


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("一百〇三", 103),
        ("兩千零三", 2003),
        ("三万五千亿", 3_500_000_000_000),
        ("十四億", 1_400_000_000),
        ("一亿零一万", 100_010_000),
        ("二〇四九", 2049),
        ("〇", 0),
    ],
)
def test_a_numeral_counts_what_it_says(numeral: str, value: int) -> None:
    assert counted_by(numeral) == value


@pytest.mark.parametrize("text", ["十五五", "二三十", "十百", "万", "亿万", ""])
def test_what_is_no_numeral_counts_nothing(text: str) -> None:
    assert counted_by(text) is None


def test_the_fifteenth_plan_is_not_taken_for_the_tenth() -> None:
    assert "15规划" not in variants("十五五规划")
    assert "15规划" in variants("十五规划")


@pytest.mark.parametrize("numeral", ["一" * 5_000, "万亿" * 3_000, "五千" * 3_000])
def test_what_no_number_is_as_long_as_counts_nothing(numeral: str) -> None:
    assert counted_by(numeral) is None
