"""Terms of a source that lie within a longer one.

Where the longer one is rendered, it has rendered them. Where it is said otherwise, each
may still be right or wrong by itself: *code of conduct* in *consultations on a code of
conduct* is no *declaration on the conduct*.
"""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from glossary.recognition.longest import longest
from glossary.recognition.occurrences import Occurrence
from glossary.text import FUNCTION_WORDS, has_han

_BEGIN: Final = attrgetter("start")
#: Characters that mean nothing by themselves between two Chinese terms.
_PARTICLES: Final = frozenset("的之和与及在对同、《》“”")


class Within:
    """All places of a text where a term stands, by what they lie in."""

    def __init__(self, places: Sequence[Occurrence], text: str) -> None:
        self._places, self._text = places, text

    def all(self, place: Occurrence) -> list[Occurrence]:
        """Return what stands within a place, with that itself."""
        first = bisect_left(self._places, place.start, key=_BEGIN)
        behind = bisect_left(self._places, place.end, key=_BEGIN)
        return [at for at in self._places[first:behind] if at.end <= place.end]

    def parts(self, place: Occurrence) -> list[Occurrence]:
        """Return the longest terms within a place that are of other entries."""
        ids = {sense.entry.id for sense in place.senses}
        spans = place.parts or (place[:2],)
        inside = [
            at
            for at in self.all(place)
            if not at.parts
            and at[:2] != place[:2]
            and any(start <= at.start and at.end <= end for start, end in spans)
            and ids.isdisjoint(sense.entry.id for sense in at.senses)
        ]
        return longest(inside, self._text)

    def make_up(self, parts: Sequence[Occurrence], place: Occurrence) -> bool:
        """Say whether parts leave nothing of a place that means anything."""
        rest = []
        end_before = place.start
        for part in parts:
            rest.append(self._text[end_before : part.start])
            end_before = part.end
        rest.append(self._text[end_before : place.end])
        remainder = " ".join(rest)
        if has_han(remainder):
            return _PARTICLES.issuperset(remainder.replace(" ", ""))
        return FUNCTION_WORDS.issuperset(remainder.lower().split())
