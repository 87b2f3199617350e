"""Where terms stand in a text."""

import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final, NamedTuple

from glossary import late_pattern
from glossary.entry import MATCHES, is_wanted
from glossary.query import EVERYTHING, Wanted
from glossary.recognition.borders import Borders
from glossary.recognition.discontinuous import (
    COORDINATION,
    GAP,
    Pieces,
    in_pieces,
)
from glossary.recognition.pauses import ends_inside, has_parting, may_end_inside
from glossary.recognition.senses import LikeSense, Senses
from glossary.recognition.slots import LOOSE, are_owned, is_parted, may_be_piece
from glossary.recognition.snapshot import Sense, Shelf, Snapshot
from glossary.recognition.symbol import spelt, trailing_article, words
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
_SENTENCE_BEFORE: Final = late_pattern(r"(?:^|[.!?:;。！？：；\n•])[\s“‘\"'(\[]*$")
#: So much is looked at before a place to tell whether a sentence begins there.
_NEAR: Final = 20
_NEXT_WORD: Final = late_pattern(rf"\W+([^\W{UNSPACED}]+)(?!\w)")


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
    options: Wanted,
    *,
    lang: str | None = None,
    loosely: bool = False,
    then: str = "",
) -> list[Occurrence]:
    """Return all places where a term stands, in the order of their starts.

    They are terms of `lang`, or of the language that is asked for. Of two places with
    one start the longer comes first. When `loosely`, a slot may hold a comma: what is
    found so may excuse a rendering, but is no place to speak of. Of a text that is
    looked at `then`, the entries are read in the same go.
    """
    lang = lang or options.from_
    search = _Search(tape(text), options, lang=lang, loosely=loosely, then=then)
    search.go_over(snapshot.main, snapshot.stale)
    if snapshot.delta.lexicon:
        search.go_over(snapshot.delta, frozenset())
    return search.occurrences()


class _Search:
    """One search of a text: the tape, what is wanted, and what was found so far."""

    def __init__(
        self,
        text_tape: Tape,
        options: Wanted,
        *,
        lang: str | None,
        loosely: bool,
        then: str,
    ) -> None:
        self._tape = text_tape
        self._then = then
        self._source = text_tape.source
        self._loosely = loosely
        self._borders = Borders(text_tape.source)
        self._lines = Lines(text_tape.source)
        self._lang = lang and primary(lang)
        self._filters = None if options.filters == EVERYTHING else options.filters
        self._order = options.order
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

    def go_over(self, shelf: Shelf, stale: frozenset[int]) -> None:
        """Note everything that a shelf knows of the tape, but for stale entries."""
        text_tape, source, places = self._tape, self._source, self._places
        raw = shelf.lexicon.find(text_tape.text)
        if not raw:
            return
        scope = self._lang, self._filters
        readings_there = shelf.memory(scope)
        is_foreseen = False
        for (_, _, pattern), span in zip(raw, text_tape.source_spans(raw), strict=True):
            start, end = span
            wording = pattern, source[start:end]
            reading = readings_there.get(wording)
            if reading is None:
                if not is_foreseen:
                    then = shelf.lexicon.find(tape(self._then).text)
                    shelf.foresee(pattern for _, _, pattern in (*raw, *then))
                    is_foreseen = True
                reading = self._learnt(shelf, scope, wording)
            if reading.tails:
                self._note_tailed(shelf, pattern, span, reading.tails, stale)
            if reading.guards or not reading.everywhere:
                reading = self._here(reading, start, end)
            if reading.candidates:
                place = start, -end, ()
                if stale or places.setdefault(place, reading) is not reading:
                    self._note(place, reading, stale)
        for pieces in in_pieces(
            text_tape, shelf.lexicon, raw, partial(may_be_piece, self._borders)
        ):
            self._note_pieces(shelf, pieces, stale)

    def _learnt(self, shelf: Shelf, scope: object, wording: tuple[int, str]) -> Senses:
        """Read a wording, and remember what it is if all of it could be read."""
        reading = self._reading(shelf, *wording, "")
        if shelf.has_read(wording[0]):
            shelf.keep(scope, wording, reading)
        return reading

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
        stale: frozenset[int],
    ) -> None:
        """Note a reading of a place, without entries that the delta has anew."""
        if stale and not stale.isdisjoint(reading.numbers):
            places = [p for p in reading.candidates if p.sense.number not in stale]
            if not places:
                return
            reading = Senses(places, frozenset())
        other = self._places.get(place)
        if other is not None:
            reading = other.with_(reading)
        self._places[place] = reading

    def _reading(
        self, shelf: Shelf, pattern: int, wording: str, article: str
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
            elif how := likeness(wording, sense.term, sense.key):
                places.append(LikeSense(*how, sense))
        return Senses(places, frozenset(tailed - {""}))

    def _note_tailed(
        self,
        shelf: Shelf,
        pattern: int,
        span: tuple[int, int],
        articles: frozenset[str],
        stale: frozenset[int],
    ) -> None:
        """Note the terms that end in the article behind a place."""
        start, end = span
        word = _NEXT_WORD.match(self._source, end)
        article = key(word[1]) if word else ""
        if word and article in articles:
            wording = self._source[start : word.end()]
            reading = self._reading(shelf, pattern, wording, article)
            reading = self._here(reading, start, word.end())
            if reading.candidates:
                self._note((start, -word.end(), ()), reading, stale)

    def _note_pieces(self, shelf: Shelf, pieces: Pieces, stale: frozenset[int]) -> None:
        """Note the senses that stand in pieces."""
        source = self._source
        spans = tuple(self._tape.source_spans(pieces.spans))
        start, end = spans[0][0], spans[-1][1]
        wording = source[start:end]
        via: tuple[str, ...] = (pieces.via,)
        if pieces.via == COORDINATION and has_parting(wording, words(wording)):
            return
        if pieces.via == GAP and is_parted(source, spans):
            if not self._loosely:
                return
            via = LOOSE
        parts = tuple(source[start:end] for start, end in spans)
        memo_key, is_owned = (pieces.refs, via, parts), are_owned(source, spans)
        scope = self._lang, self._filters
        reading = shelf.memory(scope).get((memo_key, is_owned))
        if reading is None:
            senses, is_all = shelf.meant(pieces.refs)
            reading = self._reading_in_pieces(senses, via, parts, is_owned=is_owned)
            if is_all:
                shelf.keep(scope, (memo_key, is_owned), reading)
        if may_end_inside(wording):
            reading = reading.without(
                [
                    candidate
                    for candidate in reading.candidates
                    if ends_inside(wording, candidate.sense.term.text)
                ]
            )
        reading = reading.beside(source, start, end)
        if reading.candidates:
            self._note((start, -end, spans), reading, stale)

    def _reading_in_pieces(
        self,
        senses: Iterable[Sense | None],
        via: tuple[str, ...],
        parts: Sequence[str],
        *,
        is_owned: bool,
    ) -> Senses:
        """Read pieces as those terms of some that have these pieces."""
        candidates = [
            LikeSense(MATCHES[-1], via, ANYWHERE, sense)
            for sense in senses
            if sense is not None
            and self._is_wanted(sense)
            and (own := _pieces_of(sense, len(parts), is_owned=is_owned))
            and _are_spelt(parts, own)
            and in_pieces_like(parts, own, sense.term, is_shared=COORDINATION in via)
        ]
        return Senses(candidates, frozenset())

    def _is_wanted(self, sense: Sense) -> bool:
        if self._filters and not is_wanted(sense.entry, self._filters):
            return False
        return self._lang is None or primary(sense.term.lang) in {
            self._lang,
            ANY_LANGUAGE,
        }


def _pieces_of(sense: Sense, number: int, *, is_owned: bool) -> list[str]:
    """Return what the pieces of a term are where so many stand in a text.

    One with an owner inside is in pieces where a name or more stands in its place.
    """
    own = segments(sense.term.text)
    parts = unowned(sense.term.text)
    if len(own) > 1 or len(parts) != number:
        return own
    return parts if is_owned else []


def _are_spelt(parts: Sequence[str], own: Sequence[str]) -> bool:
    """Say whether pieces of a text have the words of a term's own."""
    return "".join(map(spelt, parts)) == "".join(map(spelt, own))
