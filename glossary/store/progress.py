"""How far a long upgrade is: a migration that fills the index anew says so.

Migrations take nothing but a connection, so who wants to know hears of it beside them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: Takes the number of entries that are done, and of all.
Tell = Callable[[int, int], None]
_WATCHING: ContextVar[Tell | None] = ContextVar("watching", default=None)


@contextmanager
def watched(tell: Tell | None) -> Iterator[None]:
    """Have `tell` called with how far an index is while it is filled in this block."""
    before = _WATCHING.set(tell)
    try:
        yield
    finally:
        _WATCHING.reset(before)


def report(number: int, of: int) -> None:
    """Say how many entries of all are indexed, if anybody wants to know."""
    tell = _WATCHING.get()
    if tell is not None:
        tell(number, of)
