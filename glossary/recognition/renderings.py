"""Which places of a translation still can stand for an entry.

Each place stands for one term of the source; it is then used up, and with it every
place that shares a character with it. What is used up never comes back, so each place
is looked at a few times in all, however many terms ask for it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from glossary.entry import USABLE, Entry, Term
from glossary.recognition.occurrences import Occurrence
from glossary.recognition.sentences import Piece

#: How well a wording stands for what was asked, best first; the last is of something
#: else.
GRADES: Final = ("ok", "admitted", "forbidden", "missing")
_FREE: Final = b"\x00"
_USED: Final = b"\x01"


class TargetWording(NamedTuple):
    """A wording of an entry in the target."""

    at: Occurrence
    term: Term


def _last_word(text: str) -> str:
    return text.rpartition(" ")[2]


class Cover:
    """The characters of a text that stand for something, and the terms in pieces."""

    def __init__(self, length: int) -> None:
        self._whole = bytearray(length)
        #: What is used, the pieces of terms with slots too.
        self._all = bytearray(length)
        self._piece_sets: set[tuple[tuple[int, int], ...]] = set()
        self._starts: list[int] = []
        self._users: list[tuple[Occurrence, Occurrence]] = []
        #: Users that are not yet among the wordings.
        self._newest: list[tuple[Occurrence, Occurrence]] = []
        #: The pairs of wordings that go together, by the last word of the second.
        self._wordings: dict[str, set[tuple[str, str]]] = {}
        #: The entries that the used places may mean.
        self.entries: set[str] = set()

    def add(self, at: Occurrence, occurrence: Occurrence) -> None:
        """Use a place up for a term of the source."""
        if at.parts and not at.is_slotted:
            self._piece_sets.add(at.parts)
        else:
            for start, end in at.parts or ((at.start, at.end),):
                self._all[start:end] = _USED * (end - start)
        if not at.parts:
            self._whole[at.start : at.end] = _USED * (at.end - at.start)
            place = bisect_left(self._starts, at.start)
            self._starts.insert(place, at.start)
            self._users.insert(place, (at, occurrence))
            self._newest.append((at, occurrence))
        self.entries.update(sense.entry.id for sense in at.senses)

    def user(self, at: Occurrence) -> Occurrence | None:
        """Return the term of the source for which the place around one is used up."""
        place = bisect_right(self._starts, at.start) - 1
        if place < 0 or self._users[place][0].end < at.end:
            return None
        return self._users[place][1]

    def users_within(self, part: Piece) -> Sequence[tuple[Occurrence, Occurrence]]:
        """Return the places used up that start in a part, and the terms they render."""
        first = bisect_left(self._starts, part.start)
        return self._users[first : bisect_left(self._starts, part.end)]

    def is_short_for(self, wordings: tuple[str, str], texts: tuple[str, str]) -> bool:
        """Say whether two wordings end longer ones that go together, in two texts.

        The Joint Declaration is short for the Sino-British one, in both languages.
        """
        source, target = texts
        while self._newest:
            at, user = self._newest.pop()
            theirs = target[at.start : at.end].casefold()
            pair = source[user.start : user.end].casefold(), theirs
            self._wordings.setdefault(_last_word(theirs), set()).add(pair)
        ours, theirs = map(str.casefold, wordings)
        return any(
            long_theirs.endswith(f" {theirs}")
            and len(long_ours) > len(ours)
            and long_ours.endswith(ours)
            for long_ours, long_theirs in self._wordings.get(_last_word(theirs), ())
        )

    def overlaps(self, at: Occurrence) -> bool:
        """Say whether a place is used up: a character of it, or of its pieces all.

        Terms with slots cross others by their nature: only what lies inside their
        pieces is used up with them. Pieces that share a word with another term overlap
        themselves only.
        """
        if at.parts and not at.is_slotted:
            return at.parts in self._piece_sets
        if not at.parts and self._whole.find(_USED, at.start, at.end) >= 0:
            return True
        spans = at.parts or ((at.start, at.end),)
        return all(self._all.find(_FREE, *span) < 0 for span in spans)


class _Places:
    """The places of one term in a target, in order, some of which are used up."""

    def __init__(self, term: Term) -> None:
        self.term = term
        self.pairs: list[tuple[int, Occurrence]] = []
        self._starts: list[int] = []
        #: For each place, one behind which no place before it is free.
        self._next: list[int] = []

    def add(self, number: int, at: Occurrence) -> None:
        """Add a place that stands behind the others."""
        self._next.append(len(self.pairs))
        self.pairs.append((number, at))
        self._starts.append(at.start)

    def free(self, cover: Cover, within: Piece) -> tuple[int, Occurrence] | None:
        """Return the leftmost free place that starts in a part of the text."""
        at = self._settled(bisect_left(self._starts, within.start))
        while at < len(self.pairs) and self._starts[at] < within.end:
            if not cover.overlaps(self.pairs[at][1]):
                return self.pairs[at]
            self._next[at] = at + 1
            at = self._settled(at)
        return None

    def within(self, part: Piece) -> Iterator[Occurrence]:
        """Yield all places that start in a part of the text, used up or not."""
        first = bisect_left(self._starts, part.start)
        last = bisect_left(self._starts, part.end)
        yield from (at for _, at in self.pairs[first:last])

    def _settled(self, at: int) -> int:
        """Return the first place from one on that is not known to be used up."""
        root = at
        while root < len(self._next) and self._next[root] != root:
            root = self._next[root]
        while at < len(self._next) and self._next[at] != at:
            self._next[at], at = root, self._next[at]
        return root


class Renderings:
    """The places of a target by what they stand for, as long as they are free.

    `ids` are those of the entries that may be asked for; `bars` says of a place
    and an entry that it means something else there.
    """

    def __init__(
        self,
        places: Iterable[Occurrence],
        ids: Collection[str],
        bars: Callable[[Occurrence, Entry], bool] | None = None,
    ) -> None:
        #: By entry and wording.
        self._free: dict[str, dict[tuple[str, str], _Places]] = {}
        for number, at in enumerate(places):
            for entry, term in _meant(at):
                if entry.id in ids and not (bars and bars(at, entry)):
                    by_name = self._free.setdefault(entry.id, {})
                    name = term.lang, term.text
                    if name not in by_name:
                        by_name[name] = _Places(term)
                    by_name[name].add(number, at)

    def may_render(self, occurrence: Occurrence) -> bool:
        """Say whether any entry of a term stands in the target at all."""
        return any(sense.entry.id in self._free for sense in occurrence.senses)

    def users(self, entry: str, cover: Cover, within: Piece) -> Iterator[Occurrence]:
        """Yield the terms of the source that use up places of an entry in a part."""
        for places in self._free.get(entry, {}).values():
            for at in places.within(within):
                user = cover.user(at)
                if user is not None:
                    yield user

    def best(
        self,
        entry: str,
        cover: Cover,
        verdict: Callable[[Term], str | None],
        within: Piece,
    ) -> tuple[int, TargetWording] | None:
        """Return the free rendering of an entry in a part that stands best.

        It comes with its grade. Of several it is the leftmost, of those the longest;
        None when there is none. What has no verdict is no rendering.
        `cover` only grows from one call to the next.
        """
        best: tuple[int, int, TargetWording] | None = None
        for places in self._free.get(entry, {}).values():
            stands = verdict(places.term)
            if stands is None:
                continue
            free = places.free(cover, within)
            if free is not None:
                grade, (number, at) = GRADES.index(stands), free
                if best is None or (grade, number) < best[:2]:
                    best = grade, number, TargetWording(at, places.term)
        return (best[0], best[2]) if best else None


def _meant(at: Occurrence) -> Iterator[tuple[Entry, Term]]:
    """Yield the entries that a place may mean, each with the terms that it may be.

    One text may be several usable terms, in two scripts or in two numbers; whatever
    of them is asked for is there. A text that first of all is a wording not to be used
    is that one only.
    """
    for sense in at.senses:
        yield sense.entry, sense.term
    if len(at.reading.candidates) > len(at.senses):
        leading = {s.entry.id: s.term for s in at.senses if s.term.status in USABLE}
        for place in at.reading.candidates:
            entry, term = place.sense.entry, place.sense.term
            lead = leading.get(entry.id)
            if lead is not None and term is not lead and term.status in USABLE:
                yield entry, term
