"""Where terms stand in a text."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from glossary.entry import MATCHES, is_draft, is_wanted, precedence, standing
from glossary.query import EVERYTHING, Wanted
from glossary.recognition.borders import Borders
from glossary.recognition.context import guard_of
from glossary.recognition.discontinuous import (
    COORDINATION,
    GAP,
    Pieces,
    in_pieces,
)
from glossary.recognition.slots import LOOSE, are_owned, is_parted, may_be_piece
from glossary.recognition.snapshot import Sense, Shelf, Snapshot
from glossary.recognition.symbol import spelt, trailing_article
from glossary.recognition.tape import Tape, tape
from glossary.recognition.tier import (
    ANYWHERE,
    CALM,
    INSIDE,
    LOUD,
    in_pieces_like,
    likeness,
)
from glossary.text import UNSPACED, Lines, key, primary, segments, unowned

#: Terms of this language are written so in every language: not to be translated.
ANY_LANGUAGE: Final = "mul"
_Spans = tuple[tuple[int, int], ...]
_THE_BEFORE: Final = re.compile(r"(?<!\w)(?:the|an?)\s+$", re.IGNORECASE)
_SENTENCE_BEFORE: Final = re.compile(r"(?:^|[.!?:;。！？：；\n•])[\s“‘\"'(\[]*$")
#: In so many orders of glossaries a wording is remembered.
_MOST_ORDERS: Final = 16
#: So much is looked at before a place to tell whether a sentence begins there.
_NEAR: Final = 20
_NEXT_WORD: Final = re.compile(rf"\W+([^\W{UNSPACED}]+)(?!\w)")


class _Place(NamedTuple):
    """One sense of a wording, how near the wording is to its term, and where it counts.

    `where` is as in `glossary.recognition.tier`.
    """

    tier: str
    via: tuple[str, ...]
    where: str
    sense: Sense


class Senses:
    """What a wording is read as: the likeliest sense first, one for each entry.

    It is made once for a wording and shared by all places where that stands; `shown` is
    for who has something to keep with it. One that is not `everywhere` must be asked
    what it is `among` the places where its senses count. `guards` has the texts beside
    which a wording is not a term, by the places of those terms.
    """

    __slots__ = (
        *("everywhere", "guards", "numbers", "places", "senses", "shown", "tailed"),
        *("tier", "_among", "_by", "via"),
    )

    def __init__(
        self,
        places: list[_Place],
        tailed: frozenset[str],
        order: tuple[str, ...] = (),
    ) -> None:
        places.sort(key=partial(_likelihood, order=order))
        self.places = places
        self.tailed = tailed
        self.tier, self.via = places[0][:2] if places else ("", ())
        senses: dict[str, Sense] = {}
        for place in places:
            senses.setdefault(place.sense.entry.id, place.sense)
        self.senses = tuple(senses.values())
        self.numbers = frozenset(place.sense.number for place in places)
        self.shown: dict[object, Any] = {}
        self.everywhere = all(place.where == ANYWHERE for place in places)
        self._among: dict[frozenset[str], Senses] = {}
        self._by: dict[tuple[str, ...], Senses] = {}
        guards = ((at, guard_of(place.sense)) for at, place in enumerate(places))
        self.guards = {at: guard for at, guard in guards if guard is not None}

    def beside(self, text: str, start: int, end: int) -> "Senses":
        """Return what the wording is read as at a place of a text."""
        barred = {
            at for at, guard in self.guards.items() if guard.bars(text, start, end)
        }
        if not barred:
            return self
        places = [place for at, place in enumerate(self.places) if at not in barred]
        return Senses(places, self.tailed)

    def among(self, wheres: frozenset[str]) -> "Senses":
        """Return what it is read as in a place of these kinds."""
        reading = self._among.get(wheres)
        if reading is None:
            places = [p for p in self.places if p.where in wheres]
            reading = self._among[wheres] = Senses(places, self.tailed)
        return reading

    def by(self, order: tuple[str, ...]) -> "Senses":
        """Return what it is read as where glossaries go before others.

        Of two glossaries with one pair of wordings, the first says how they stand.
        """
        if not order or len({place.sense.entry.glossary for place in self.places}) < 2:
            return self
        reading = self._by.get(order)
        if reading is None:
            if len(self._by) >= _MOST_ORDERS:
                self._by.clear()
            places = _decided(self.places, order)
            reading = self._by[order] = Senses(places, self.tailed, order)
        return reading


class Occurrence(NamedTuple):
    """A place in a text, code points, with what stands there.

    `parts` has the spans of one in pieces.
    """

    start: int
    end: int
    reading: Senses
    parts: _Spans = ()

    @property
    def tier(self) -> str:
        """How near the text is to the likeliest term."""
        return self.reading.tier

    @property
    def is_slotted(self) -> bool:
        """Whether it is a term whose slots are filled: its parts are its own."""
        return bool(self.parts) and self.reading.via[:1] == (GAP,)

    @property
    def is_loose(self) -> bool:
        """Whether it may only excuse: a slot of it holds more than one clause."""
        return bool(self.parts) and self.reading.via == LOOSE

    @property
    def senses(self) -> tuple[Sense, ...]:
        """What it may mean: the likeliest first, one sense for each entry."""
        return self.reading.senses


#: There are many: without the names of the fields, they are made in half of the time.
_new_occurrence: Final = partial(tuple.__new__, Occurrence)


def occurrences(
    snapshot: Snapshot,
    text: str,
    wanted: Wanted,
    *,
    loosely: bool = False,
    then: str = "",
) -> list[Occurrence]:
    """Return all places where a term stands, in the order of their starts.

    Of two places with one start the longer comes first. When `loosely`, a slot may hold
    a comma: what is found so may excuse a rendering, but is no place to speak of. Of a
    text that is looked at `then`, the entries are read in the same go.
    """
    search = _Search(tape(text), wanted, loosely=loosely, then=then)
    search.go_over(snapshot.main, snapshot.hidden)
    if len(snapshot.delta.lexicon):
        search.go_over(snapshot.delta, frozenset())
    return search.occurrences()


class _Search:
    """One search of a text: the tape, what is wanted, and what was found so far."""

    def __init__(self, read: Tape, wanted: Wanted, *, loosely: bool, then: str) -> None:
        self._read = read
        self._then = then
        self._source = read.source
        self._loosely = loosely
        self._borders = Borders(read.source)
        self._lines = Lines(read.source)
        self._lang = wanted.from_ and primary(wanted.from_)
        self._filters = None if wanted.filters == EVERYTHING else wanted.filters
        self._order = wanted.order
        #: By start, end with a minus, and parts, which is their order too.
        self._places: dict[tuple[int, int, _Spans], Senses] = {}

    def occurrences(self) -> list[Occurrence]:
        """Return what stands there, in order."""
        readings = self._places
        places = sorted(readings)
        if not self._source.isascii():
            places = [p for p in places if p[2] or self._borders.allow(p[0], -p[1])]
        return [
            _new_occurrence(
                (place[0], -place[1], readings[place].by(self._order), place[2])
            )
            for place in places
        ]

    def go_over(self, shelf: Shelf, hidden: frozenset[int]) -> None:
        """Note everything that a shelf knows of the tape, but for hidden entries."""
        read, source, places = self._read, self._source, self._places
        raw = shelf.lexicon.find(read.text)
        if not raw:
            return
        scope = self._lang, self._filters
        readings_there = shelf.memory(scope)
        is_foreseen = False
        for (_, _, pattern), span in zip(raw, read.source_spans(raw), strict=True):
            start, end = span
            wording = pattern, source[start:end]
            reading = readings_there.get(wording)
            if reading is None:
                if not is_foreseen:
                    then = shelf.lexicon.find(tape(self._then).text)
                    shelf.foresee(pattern for _, _, pattern in (*raw, *then))
                    is_foreseen = True
                reading = self._reading(shelf, pattern, wording[1], "")
                shelf.keep(scope, wording, reading)
            if reading.tailed:
                self._note_tailed(shelf, pattern, span, reading.tailed, hidden)
            if reading.guards or not reading.everywhere:
                reading = self._here(reading, start, end)
            if reading.places:
                place = start, -end, ()
                if hidden or places.setdefault(place, reading) is not reading:
                    self._note(place, reading, hidden)
        for pieces in in_pieces(
            read, shelf.lexicon, raw, partial(may_be_piece, self._borders)
        ):
            self._note_pieces(shelf, pieces, hidden)

    def _here(self, reading: Senses, start: int, end: int) -> Senses:
        """Return what a wording is read as at its place in the source."""
        if not reading.everywhere:
            reading = reading.among(self._wheres(start, end))
        return reading.beside(self._source, start, end)

    def _wheres(self, start: int, end: int) -> frozenset[str]:
        """Return which kinds of place a span of the source is."""
        before = self._source[max(start - _NEAR, 0) : start]
        if start > _NEAR:
            before = f"…{before}"
        begins = _SENTENCE_BEFORE.search(before) and not _THE_BEFORE.search(before)
        loud = LOUD if self._lines.are_capitals(start, end) else CALM
        return frozenset({ANYWHERE, loud, ANYWHERE if begins else INSIDE})

    def _note(
        self,
        place: tuple[int, int, _Spans],
        reading: Senses,
        hidden: frozenset[int],
    ) -> None:
        """Note a reading of a place, without entries that the delta has anew."""
        if hidden and not hidden.isdisjoint(reading.numbers):
            places = [p for p in reading.places if p.sense.number not in hidden]
            if not places:
                return
            reading = Senses(places, frozenset())
        other = self._places.get(place)
        if other is not None:
            reading = Senses([*other.places, *reading.places], frozenset())
        self._places[place] = reading

    def _reading(
        self, shelf: Shelf, pattern: int, written: str, article: str
    ) -> Senses:
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
        return Senses(places, frozenset(tailed - {""}))

    def _note_tailed(
        self,
        shelf: Shelf,
        pattern: int,
        span: tuple[int, int],
        articles: frozenset[str],
        hidden: frozenset[int],
    ) -> None:
        """Note the terms that end in the article behind a place."""
        start, end = span
        word = _NEXT_WORD.match(self._source, end)
        article = key(word[1]) if word else ""
        if word and article in articles:
            written = self._source[start : word.end()]
            reading = self._reading(shelf, pattern, written, article)
            reading = self._here(reading, start, word.end())
            if reading.places:
                self._note((start, -word.end(), ()), reading, hidden)

    def _note_pieces(
        self, shelf: Shelf, pieces: Pieces, hidden: frozenset[int]
    ) -> None:
        """Note the senses that stand in pieces."""
        source = self._source
        spans = tuple(self._read.source_spans(pieces.spans))
        parts = [source[start:end] for start, end in spans]
        start, end = spans[0][0], spans[-1][1]
        written, is_shared = source[start:end], pieces.via == COORDINATION
        via: tuple[str, ...] = (pieces.via,)
        if pieces.via == GAP and is_parted(source, spans):
            if not self._loosely:
                return
            via = LOOSE
        places = [
            _Place(MATCHES[-1], via, ANYWHERE, sense)
            for ref in pieces.refs
            if (sense := shelf.sense(ref)) is not None
            and self._is_wanted(sense)
            and _are_spelt(parts, own := self._pieces_of(sense, spans))
            and in_pieces_like(written, parts, own, sense.term, is_shared=is_shared)
        ]
        reading = Senses(places, frozenset()).beside(self._source, start, end)
        if reading.places:
            self._note((start, -end, spans), reading, hidden)

    def _pieces_of(self, sense: Sense, spans: _Spans) -> list[str]:
        """Return what the pieces of a term are between what stands in these spans.

        One with an owner inside is in pieces where a name or more stands in its place.
        """
        own = segments(sense.term.text)
        parts = unowned(sense.term.text)
        if len(own) > 1 or len(parts) != len(spans):
            return own
        return parts if are_owned(self._source, spans) else []

    def _is_wanted(self, sense: Sense) -> bool:
        if self._filters and not is_wanted(sense.entry, self._filters):
            return False
        return self._lang is None or primary(sense.term.lang) in {
            self._lang,
            ANY_LANGUAGE,
        }


def _are_spelt(parts: list[str], wanted: list[str]) -> bool:
    """Say whether pieces have the words of those that are wanted."""
    return "".join(map(spelt, parts)) == "".join(map(spelt, wanted))


def _decided(places: Sequence[_Place], order: tuple[str, ...]) -> list[_Place]:
    """Return places whose entries have each pair as the first glossary has it."""
    entries = {place.sense.number: place.sense.entry for place in places}
    met: dict[int, set[tuple[str, str]]] = {}
    for place in places:
        met.setdefault(place.sense.number, set()).add(
            precedence.wording(place.sense.term)
        )
    heard = {
        number: precedence.decided(entry, entries.values(), order, wordings=met[number])
        for number, entry in entries.items()
    }
    ours = []
    for place in places:
        number, entry, term, folded = place.sense
        at = next(i for i, own in enumerate(entry.terms) if own is term)
        sense = Sense(number, heard[number], heard[number].terms[at], folded)
        ours.append(place._replace(sense=sense))
    return ours


def _likelihood(place: _Place, order: tuple[str, ...]) -> tuple[object, ...]:
    stands = standing(place.sense.term, None)
    return (
        MATCHES.index(place.tier),
        is_draft(place.sense.entry.state),
        bool(order) and not stands.usable,
        precedence.rank(order, place.sense.entry.glossary) if order else 0,
        stands,
        place.sense.entry.id,
    )
