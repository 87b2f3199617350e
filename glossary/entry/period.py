"""Dates as coarse as they are known: a year, a month or a day."""

import calendar
import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@lru_cache(maxsize=4096)
def bounds(value: str) -> tuple[date, date]:
    """Return the first and the last day that a coarse date may mean.

    >>> bounds("2012-02")
    (datetime.date(2012, 2, 1), datetime.date(2012, 2, 29))

    Raise ValueError when it is not `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or no such
    day exists.
    """
    match = _DATE.fullmatch(value)
    if match is None:
        raise ValueError(value)
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or month is None:
        return date(int(value), 1, 1), date(int(value), 12, 31)
    if day is None:
        first = date(year, month, 1)
        return first, first.replace(day=calendar.monthrange(year, month)[1])
    exact = date(year, month, day)
    return exact, exact


#: Whether something was in force at a time.
FORCES: Final = ("yes", "not-yet", "ended", "undated")


def today() -> str:
    """Return the day that it is in UTC, as a date of this house."""
    return datetime.now(UTC).date().isoformat()


def force(since: str | None, until: str | None, as_of: str | None) -> str:
    """Say how a period stands to a time, by default to today: one of `FORCES`.

    >>> force("2012-05", "2013-06", "2012"), force("2013", None, "2012")
    ('yes', 'not-yet')
    >>> force(None, "2013-06", "2014"), force(None, None, "2014")
    ('ended', 'undated')
    """
    if since is None and until is None:
        # Most are so, and need not be asked what day it is.
        return "undated"
    when = as_of or today()
    if covers(since, until, when):
        return "yes"
    return "not-yet" if since and bounds(since)[0] > bounds(when)[1] else "ended"


def covers(since: str | None, until: str | None, as_of: str) -> bool:
    """Say whether a time may lie in a period; both ends belong to it.

    An end that is not known does not shut anything out.

    >>> covers("2012-05", "2013-06", "2012-12"), covers("2013", None, "2012-12-31")
    (True, False)
    """
    first, last = bounds(as_of)
    if since is not None and bounds(since)[0] > last:
        return False
    return until is None or bounds(until)[1] >= first


def label(since: str | None, until: str | None) -> str:
    """Return a period as it is shown, empty where neither end is known.

    >>> label("2012-05", "2013"), label(None, "2013"), label("2013", None)
    ('2012-05–2013', '–2013', '2013–')
    >>> label(None, None)
    ''
    """
    return f"{since or ''}–{until or ''}" if since or until else ""
