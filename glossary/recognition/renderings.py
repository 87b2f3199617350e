"""Which places of a translation still can stand for an entry.

Each place stands for one term of the source; it is then used up, and with it every
place that shares a character with it. What is used up never comes back, so each place
is looked at a few times in all, however many terms ask for it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final, NamedTuple

from glossary.entry import USABLE, Term
from glossary.recognition.occurrences import Occurrence

#: How well a wording stands for what was asked, best first; the last is of something
#: else.
GRADES: Final = ("ok", "admitted", "forbidden", "missing")
_FREE: Final = b"\x00"
_USED: Final = b"\x01"


class Rendering(NamedTuple):
    """A wording of an entry in the target."""

    at: Occurrence
    term: Term


class Used:
    """The characters of a text that stand for something, and the terms in pieces."""

    def __init__(self, length: int) -> None:
        self._whole = bytearray(length)
        #: What is used, the pieces of terms with slots too.
        self._all = bytearray(length)
        self._shared: set[tuple[tuple[int, int], ...]] = set()
        #: The entries that the used places may mean.
        self.entries: set[str] = set()

    def add(self, at: Occurrence) -> None:
        """Use a place up."""
        if at.parts and not at.is_slotted:
            self._shared.add(at.parts)
        else:
            for start, end in at.parts or ((at.start, at.end),):
                self._all[start:end] = _USED * (end - start)
        if not at.parts:
            self._whole[at.start : at.end] = _USED * (at.end - at.start)
        self.entries.update(sense.entry.id for sense in at.senses)

    def overlaps(self, at: Occurrence) -> bool:
        """Say whether a place is used up: a character of it, or of its pieces all.

        Terms with slots cross others by their nature: only what lies inside their
        pieces is used up with them. Pieces that share a word with another term overlap
        themselves only.
        """
        if at.parts and not at.is_slotted:
            return at.parts in self._shared
        if not at.parts and self._whole.find(_USED, at.start, at.end) >= 0:
            return True
        spans = at.parts or ((at.start, at.end),)
        return all(self._all.find(_FREE, *span) < 0 for span in spans)


_Places = tuple[Term, list[tuple[int, Occurrence]]]


class Renderings:
    """The places of a target by what they stand for, as long as they are free.

    `wanted` are the ids of the entries that may be asked for.
    """

    def __init__(self, places: Iterable[Occurrence], wanted: Collection[str]) -> None:
        #: By entry and wording: a term, and its places, of which the last is leftmost.
        self._free: dict[str, dict[tuple[str, str], _Places]] = {}
        for number, at in enumerate(places):
            for entry, term in _meant(at):
                if entry in wanted:
                    known = self._free.setdefault(entry, {})
                    name = term.lang, term.text
                    _, numbered = known.setdefault(name, (term, []))
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


def _meant(at: Occurrence) -> Iterator[tuple[str, Term]]:
    """Yield the entries that a place may mean, each with the terms that it may be.

    One text may be several usable terms, in two scripts or in two numbers; whatever
    of them is asked for is there. A text that first of all is a wording not to be used
    is that one only.
    """
    for sense in at.senses:
        yield sense.entry.id, sense.term
    if len(at.reading.places) > len(at.senses):
        leading = {s.entry.id: s.term for s in at.senses if s.term.status in USABLE}
        for place in at.reading.places:
            entry, term = place.sense.entry.id, place.sense.term
            lead = leading.get(entry)
            if lead is not None and term is not lead and term.status in USABLE:
                yield entry, term
