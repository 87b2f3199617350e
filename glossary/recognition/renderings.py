"""Which places of a translation still can stand for an entry.

Each place stands for one term of the source; it is then used up, and with it every
place that shares a character with it. What is used up never comes back, so each place
is looked at a few times in all, however many terms ask for it.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Final, NamedTuple

from glossary.entry import Term
from glossary.recognition.occurrences import Occurrence

#: How well a wording stands for an entry, best first.
GRADES: Final = ("ok", "admitted", "forbidden")
_USED: Final = b"\x01"


class Rendering(NamedTuple):
    """A wording of an entry in the target."""

    at: Occurrence
    term: Term


class Used:
    """The characters of a text that stand for something, and the terms in pieces."""

    def __init__(self, length: int) -> None:
        self._mask = bytearray(length)
        self._parts: set[tuple[tuple[int, int], ...]] = set()
        #: The entries that the used places may mean.
        self.entries: set[str] = set()

    def add(self, at: Occurrence) -> None:
        """Use a place up."""
        if at.parts:
            self._parts.add(at.parts)
        else:
            self._mask[at.start : at.end] = _USED * (at.end - at.start)
        self.entries.update(sense.entry.id for sense in at.senses)

    def overlaps(self, at: Occurrence) -> bool:
        """Say whether a place shares a character with what is used up.

        Pieces stand between other things by their nature; they overlap themselves only.
        """
        if at.parts:
            return at.parts in self._parts
        return self._mask.find(_USED, at.start, at.end) >= 0


_Places = tuple[Term, list[tuple[int, Occurrence]]]


class Renderings:
    """The places of a target by what they stand for, as long as they are free.

    `wanted` are the ids of the entries that may be asked for.
    """

    def __init__(self, places: Iterable[Occurrence], wanted: Collection[str]) -> None:
        #: By entry and wording: a term, and its places, of which the last is leftmost.
        self._free: dict[str, dict[tuple[str, str], _Places]] = {}
        for number, at in enumerate(places):
            for sense in at.senses:
                if sense.entry.id in wanted:
                    known = self._free.setdefault(sense.entry.id, {})
                    name = sense.term.lang, sense.term.text
                    _, numbered = known.setdefault(name, (sense.term, []))
                    numbered.append((number, at))
        for known in self._free.values():
            for _, numbered in known.values():
                numbered.reverse()

    def best(
        self, entry: str, used: Used, verdict: Callable[[Term], str | None]
    ) -> tuple[int, Rendering] | None:
        """Return the free rendering of an entry that stands best, with its grade.

        Of several it is the leftmost, of those the longest; None when there is none.
        What has no verdict is no rendering.
        `used` only grows from one call to the next.
        """
        best: tuple[int, int, Rendering] | None = None
        for term, places in self._free.get(entry, {}).values():
            stands = verdict(term)
            if stands is None:
                continue
            while places and used.overlaps(places[-1][1]):
                places.pop()
            if places:
                grade = GRADES.index(stands)
                number, at = places[-1]
                if best is None or (grade, number) < best[:2]:
                    best = grade, number, Rendering(at, term)
        return (best[0], best[2]) if best else None
