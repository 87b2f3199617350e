"""Which places of a text stay when they overlap: the longest."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Final

from glossary.recognition.borders import is_han_word
from glossary.recognition.occurrences import Occurrence
from glossary.text import has_han

_BEGIN: Final = attrgetter("start")
#: What goes along with a word and is no part of it: nothing is torn where it goes.
_PARTICLES: Final = frozenset("的之了等者")
_FREE: Final = b"\x00"
_USED: Final = b"\x01"


def longest(places: Sequence[Occurrence], text: str) -> list[Occurrence]:
    """Return which places of a text stay: the longest first, then the leftmost.

    Of two that cross, the shorter stays where the longer would tear one character off
    it, and the rest of the longer is a word: 核安全合作 is 核安全 and 合作.

    One in pieces overlaps others by its nature; it stays unless it lies inside one
    that stays. What lies inside the pieces of one with slots does not stay.
    """
    winners: list[Occurrence] = []
    crossing: list[Occurrence] = []
    reach = 0
    whole = [place for place in places if not place.parts]
    for place in whole:
        if place.start >= reach:
            winners += _longest(crossing, text)
            crossing = []
        crossing.append(place)
        reach = max(reach, place.end)
    winners += _longest(crossing, text)
    if len(whole) == len(places):
        return winners
    ends = [place.end for place in winners]
    slotted: list[Occurrence] = []
    stay: set[int] = set()
    for place in places:
        if place.parts and not place.is_loose:
            at = bisect_left(ends, place.end)
            if at == len(ends) or winners[at].start > place.start:
                slotted += [place] if place.is_slotted else []
                stay |= set() if place.is_slotted else {id(place)}
    cover = bytearray(max((place.end for place in places), default=0))
    for place in sorted(slotted, key=lambda o: -sum(b - a for a, b in o.parts)):
        if any(_is_free(cover, *part) for part in place.parts):
            for start, end in place.parts:
                cover[start:end] = _USED * (end - start)
            stay.add(id(place))
    stay |= {id(place) for place in winners if _is_free(cover, place.start, place.end)}
    return [place for place in places if id(place) in stay]


def _is_free(cover: bytearray, start: int, end: int) -> bool:
    """Say whether any character of a span is not used."""
    return cover.find(_FREE, start, end) >= 0


def _longest(crossing: list[Occurrence], text: str) -> list[Occurrence]:
    """Return those that stay of a few places that overlap."""
    if len(crossing) < 2:
        return crossing
    first, end = crossing[0].start, max([place.end for place in crossing])
    if crossing[0].end == end:
        # It holds all others, so that none of them crosses it.
        return crossing[:1]
    cover = bytearray(end - first)
    winners: list[Occurrence] = []
    ranked = sorted(crossing, key=lambda o: (o.start - o.end, o.start))
    if tearing := {id(place) for place in _tearing(crossing, text)}:
        ranked.sort(key=lambda o: id(o) in tearing)
    for place in ranked:
        start, end = place.start - first, place.end - first
        if cover.find(_USED, start, end) < 0:
            cover[start:end] = _USED * (end - start)
            winners.append(place)
    winners.sort(key=_BEGIN)
    return winners


def _tearing(crossing: list[Occurrence], text: str) -> Iterator[Occurrence]:
    """Yield the places that tear one Han character off a shorter one that they cross.

    What the shorter one leaves of them is a word by itself. They stand by their starts.
    """
    for at, one in enumerate(crossing):
        for behind in range(at + 1, len(crossing)):
            other = crossing[behind]
            if other.start >= one.end:
                break
            if one.start == other.start or other.end <= one.end:
                continue
            head = text[one.start : other.start]
            tail = text[one.end : other.end]
            if _is_torn(head) and is_han_word(tail):
                yield other
            elif _is_torn(tail) and is_han_word(head):
                yield one


def _is_torn(rest: str) -> bool:
    """Say whether what is left of a wording is one character that means something."""
    return len(rest) == 1 and has_han(rest) and rest not in _PARTICLES
