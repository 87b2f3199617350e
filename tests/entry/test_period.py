from datetime import date

import pytest

from glossary.entry.period import bounds, covers


def test_a_coarse_date_is_the_span_of_its_days() -> None:
    assert bounds("2012") == (date(2012, 1, 1), date(2012, 12, 31))
    assert bounds("2013-02") == (date(2013, 2, 1), date(2013, 2, 28))
    assert bounds("2012-12") == (date(2012, 12, 1), date(2012, 12, 31))
    assert bounds("2012-02") == (date(2012, 2, 1), date(2012, 2, 29))
    assert bounds("2014-02-14") == (date(2014, 2, 14), date(2014, 2, 14))


@pytest.mark.parametrize(
    "value", ["", "12", "2012-13", "2013-02-29", "2012-2", "２０１２", "2012-02-14T00"]
)
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        bounds(value)


@pytest.mark.parametrize(
    ("since", "until", "as_of", "expected"),
    [
        ("2012-05", "2013-06", "2012-12", True),
        ("2013-06-01", None, "2013-06-01", True),
        ("2013-06-01", None, "2013-05-31", False),
        (None, "2013-06-01", "2013-06-01", True),
        (None, "2013-06-01", "2013-06-02", False),
        ("2012-05", "2013-06", "2013-06-30", True),
        ("2012-05", "2013-06", "2013-07", False),
        ("2012-05", "2013-06", "2012", True),
        ("2012-05", "2013-06", "2011", False),
        (None, "2013", "1972", True),
        ("2017", None, "2024", True),
        (None, None, "2024", True),
        ("2013-06-02", None, "2013-06-01", False),
        ("2013-06-30", None, "2013-06", True),
        ("2013-06", None, "2013-06-15", True),
        (None, "2013-06", "2013-06-15", True),
        (None, "2013-06-01", "2013-06", True),
        ("2013-07", None, "2013-06", False),
        (None, "2012", "2013-01-01", False),
    ],
)
def test_a_period_holds_its_own_ends(
    since: str | None, until: str | None, as_of: str, *, expected: bool
) -> None:
    assert covers(since, until, as_of) is expected
