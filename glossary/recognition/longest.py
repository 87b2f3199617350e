"""Which places of a text stay when they overlap: the longest."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from glossary.recognition.occurrences import Occurrence

_BEGIN: Final = attrgetter("start")
_FREE: Final = b"\x00"
_USED: Final = b"\x01"


def longest(found: Sequence[Occurrence]) -> list[Occurrence]:
    """Return places that do not overlap: the longest first, then the leftmost.

    One in pieces overlaps others by its nature; it stays unless it lies inside one
    that stays. What lies inside the pieces of one with slots does not stay.
    """
    taken: list[Occurrence] = []
    crossing: list[Occurrence] = []
    reach = 0
    whole = [each for each in found if not each.parts]
    for each in whole:
        if each.start >= reach:
            taken += _longest(crossing)
            crossing = []
        crossing.append(each)
        reach = max(reach, each.end)
    taken += _longest(crossing)
    if len(whole) == len(found):
        return taken
    ends = [each.end for each in taken]
    slotted: list[Occurrence] = []
    stay: set[int] = set()
    for each in found:
        if each.parts and not each.is_loose:
            at = bisect_left(ends, each.end)
            if at == len(ends) or taken[at].start > each.start:
                slotted += [each] if each.is_slotted else []
                stay |= set() if each.is_slotted else {id(each)}
    used = bytearray(max((each.end for each in found), default=0))
    for each in sorted(slotted, key=lambda o: -sum(b - a for a, b in o.parts)):
        if any(_is_free(used, *part) for part in each.parts):
            for start, end in each.parts:
                used[start:end] = _USED * (end - start)
            stay.add(id(each))
    stay |= {id(each) for each in taken if _is_free(used, each.start, each.end)}
    return [each for each in found if id(each) in stay]


def _is_free(used: bytearray, start: int, end: int) -> bool:
    """Say whether any character of a span is not used."""
    return used.find(_FREE, start, end) >= 0


def _longest(crossing: list[Occurrence]) -> list[Occurrence]:
    """Return those that stay of a few places that overlap."""
    if len(crossing) < 2:
        return crossing
    first = crossing[0].start
    used = bytearray(max(each.end for each in crossing) - first)
    taken: list[Occurrence] = []
    for each in sorted(crossing, key=lambda o: (o.start - o.end, o.start)):
        start, end = each.start - first, each.end - first
        # Whatever was taken is as long, and so holds one of the ends if it overlaps.
        if not used[start] and not used[end - 1]:
            used[start:end] = _USED * (end - start)
            taken.append(each)
    taken.sort(key=_BEGIN)
    return taken
