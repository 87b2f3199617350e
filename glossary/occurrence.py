"""Where terms stand in a text, and which of them stay when they overlap."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from glossary.entry import MATCHES
from glossary.language import primary
from glossary.likeness import in_pieces_like, likeness
from glossary.pieces import Pieces, in_pieces
from glossary.query import Wanted
from glossary.recognition import Sense, Shelf, Snapshot
from glossary.standing import standing
from glossary.tape import Tape, tape, trailing_article

#: Terms of this language are written so in every language: not to be translated.
ANY_LANGUAGE: Final = "mul"
_Spans = tuple[tuple[int, int], ...]


class _Place(NamedTuple):
    """One sense of a wording, and how near the wording is to its term."""

    tier: str
    via: tuple[str, ...]
    sense: Sense


class Reading:
    """What a wording is read as: the likeliest sense first, one for each entry.

    It is made once for a wording and shared by all places where that stands; `shown` is
    for who has something to keep with it.
    """

    __slots__ = ("numbers", "places", "senses", "shown", "tailed", "tier", "via")

    def __init__(self, places: list[_Place], tailed: frozenset[str]) -> None:
        places.sort(key=_likelihood)
        self.places = places
        self.tailed = tailed
        self.tier, self.via = places[0][:2] if places else ("", ())
        senses: dict[str, Sense] = {}
        for place in places:
            senses.setdefault(place.sense.entry.id, place.sense)
        self.senses = tuple(senses.values())
        self.numbers = frozenset(place.sense.number for place in places)
        self.shown: dict[object, Any] = {}


class Occurrence(NamedTuple):
    """A place in a text, code points, with what stands there.

    `parts` has the spans of one in pieces.
    """

    start: int
    end: int
    reading: Reading
    parts: _Spans = ()

    @property
    def tier(self) -> str:
        """How near the text is to the likeliest term."""
        return self.reading.tier

    @property
    def senses(self) -> tuple[Sense, ...]:
        """What it may mean: the likeliest first, one sense for each entry."""
        return self.reading.senses


def occurrences(snapshot: Snapshot, text: str, wanted: Wanted) -> list[Occurrence]:
    """Return all places where a term stands, in the order of their starts.

    Of two places with one start the longer comes first.
    """
    read = tape(text)
    search = _Search(read, wanted)
    search.go_over(snapshot.main, snapshot.hidden)
    if len(snapshot.delta.lexicon):
        search.go_over(snapshot.delta, frozenset())
    return search.found()


class _Search:
    """One search of a text: the tape, what is wanted, and what was found so far."""

    def __init__(self, read: Tape, wanted: Wanted) -> None:
        self._read = read
        self._lang = wanted.from_ and primary(wanted.from_)
        self._glossaries = wanted.glossaries
        self._places: dict[_Spans, Reading] = {}

    def found(self) -> list[Occurrence]:
        """Return what was found, in order."""
        every = [
            Occurrence(
                spans[0][0], spans[-1][1], reading, spans if len(spans) > 1 else ()
            )
            for spans, reading in self._places.items()
        ]
        every.sort(key=_order)
        return every

    def go_over(self, shelf: Shelf, hidden: frozenset[int]) -> None:
        """Note everything that a shelf knows of the tape, but for hidden entries."""
        read, source = self._read, self._read.source
        raw = shelf.lexicon.find(read.text)
        shelf.foresee(pattern for _, _, pattern in raw)
        known = shelf.readings
        for start, end, pattern in raw:
            first, last = read.span(start, end)
            span = read.source_span(first, last)
            wording = (pattern, source[span[0] : span[1]], self._lang, self._glossaries)
            reading = known.get(wording)
            if reading is None:
                reading = self._reading(shelf, pattern, wording[1], "")
                shelf.keep(wording, reading)
            for article in reading.tailed:
                self._note_tailed(shelf, pattern, (first, last), article, hidden)
            if reading.places:
                self._note((span,), reading, hidden)
        for pieces in in_pieces(read, shelf.lexicon, raw):
            self._note_pieces(shelf, pieces, hidden)

    def _note(self, spans: _Spans, reading: Reading, hidden: frozenset[int]) -> None:
        """Note a reading of a place, without entries that the delta has anew."""
        if hidden and not hidden.isdisjoint(reading.numbers):
            places = [p for p in reading.places if p.sense.number not in hidden]
            if not places:
                return
            reading = Reading(places, frozenset())
        other = self._places.get(spans)
        if other is not None:
            reading = Reading([*other.places, *reading.places], frozenset())
        self._places[spans] = reading

    def _reading(
        self, shelf: Shelf, pattern: int, written: str, article: str
    ) -> Reading:
        """Read a wording as those terms of a pattern that end in an article, or none.

        A term such as Plan A has its article not on the tape.
        """
        places = []
        tailed = set()
        for sense in shelf.senses(pattern):
            if not self._is_wanted(sense):
                continue
            tail = trailing_article(sense.key)
            if tail != article:
                tailed.add(tail)
            elif how := likeness(written, sense.term, sense.key):
                places.append(_Place(*how, sense))
        return Reading(places, frozenset(tailed - {""}))

    def _note_tailed(
        self,
        shelf: Shelf,
        pattern: int,
        folded: tuple[int, int],
        article: str,
        hidden: frozenset[int],
    ) -> None:
        first, last = folded
        until = last + 1 + len(article)
        if self._read.folded[last:until] == f" {article}":
            span = self._read.source_span(first, until)
            written = self._read.source[span[0] : span[1]]
            reading = self._reading(shelf, pattern, written, article)
            if reading.places:
                self._note((span,), reading, hidden)

    def _note_pieces(
        self, shelf: Shelf, pieces: Pieces, hidden: frozenset[int]
    ) -> None:
        """Note the senses that stand in pieces."""
        read = self._read
        spans = tuple(read.source_span(*read.span(*span)) for span in pieces.spans)
        parts = [read.source[start:end] for start, end in spans]
        written = read.source[spans[0][0] : spans[-1][1]]
        places = [
            _Place(MATCHES[-1], (pieces.via,), sense)
            for ref in pieces.refs
            if (sense := shelf.sense(ref)) is not None
            and self._is_wanted(sense)
            and in_pieces_like(written, parts, sense.term)
        ]
        if places:
            self._note(spans, Reading(places, frozenset()), hidden)

    def _is_wanted(self, sense: Sense) -> bool:
        if self._glossaries and sense.entry.glossary not in self._glossaries:
            return False
        return self._lang is None or primary(sense.term.lang) in {
            self._lang,
            ANY_LANGUAGE,
        }


def longest(found: Sequence[Occurrence]) -> list[Occurrence]:
    """Return places that do not overlap: the longest first, then the leftmost.

    One in pieces overlaps others by its nature; it stays unless it lies inside one
    that stays.
    """
    ends: list[int] = []
    taken: list[Occurrence] = []
    whole = [each for each in found if not each.parts]
    for each in sorted(whole, key=lambda o: (o.start - o.end, o.start)):
        at = bisect_left(ends, each.start + 1)
        if at == len(taken) or taken[at].start >= each.end:
            ends.insert(at, each.end)
            taken.insert(at, each)
    if len(whole) == len(found):
        return taken
    for each in found:
        if each.parts:
            at = bisect_left(ends, each.end)
            if at == len(ends) or taken[at].start > each.start:
                taken.append(each)
    return sorted(taken, key=_order)


def _order(each: Occurrence) -> tuple[object, ...]:
    return each[0], -each[1], each[3]


def _likelihood(place: _Place) -> tuple[object, ...]:
    return (
        MATCHES.index(place.tier),
        place.sense.entry.state == "draft",
        standing(place.sense.term, None),
        place.sense.entry.id,
    )
