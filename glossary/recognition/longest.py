"""Which places of a text stay when they overlap: the longest."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from glossary.recognition.occurrences import Occurrence

_BEGIN: Final = attrgetter("start")
_FREE: Final = b"\x00"
_USED: Final = b"\x01"


def longest(places: Sequence[Occurrence]) -> list[Occurrence]:
    """Return places that do not overlap: the longest first, then the leftmost.

    One in pieces overlaps others by its nature; it stays unless it lies inside one
    that stays. What lies inside the pieces of one with slots does not stay.
    """
    taken: list[Occurrence] = []
    crossing: list[Occurrence] = []
    reach = 0
    whole = [place for place in places if not place.parts]
    for place in whole:
        if place.start >= reach:
            taken += _longest(crossing)
            crossing = []
        crossing.append(place)
        reach = max(reach, place.end)
    taken += _longest(crossing)
    if len(whole) == len(places):
        return taken
    ends = [place.end for place in taken]
    slotted: list[Occurrence] = []
    stay: set[int] = set()
    for place in places:
        if place.parts and not place.is_loose:
            at = bisect_left(ends, place.end)
            if at == len(ends) or taken[at].start > place.start:
                slotted += [place] if place.is_slotted else []
                stay |= set() if place.is_slotted else {id(place)}
    used = bytearray(max((place.end for place in places), default=0))
    for place in sorted(slotted, key=lambda o: -sum(b - a for a, b in o.parts)):
        if any(_is_free(used, *part) for part in place.parts):
            for start, end in place.parts:
                used[start:end] = _USED * (end - start)
            stay.add(id(place))
    stay |= {id(place) for place in taken if _is_free(used, place.start, place.end)}
    return [place for place in places if id(place) in stay]


def _is_free(used: bytearray, start: int, end: int) -> bool:
    """Say whether any character of a span is not used."""
    return used.find(_FREE, start, end) >= 0


def _longest(crossing: list[Occurrence]) -> list[Occurrence]:
    """Return those that stay of a few places that overlap."""
    if len(crossing) < 2:
        return crossing
    first = crossing[0].start
    used = bytearray(max(place.end for place in crossing) - first)
    taken: list[Occurrence] = []
    for place in sorted(crossing, key=lambda o: (o.start - o.end, o.start)):
        start, end = place.start - first, place.end - first
        # Whatever was taken is as long, and so holds one of the ends if it overlaps.
        if not used[start] and not used[end - 1]:
            used[start:end] = _USED * (end - start)
            taken.append(place)
    taken.sort(key=_BEGIN)
    return taken
