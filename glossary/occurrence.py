"""Where terms stand in a text, and which of them stay when they overlap."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from glossary.entry import MATCHES
from glossary.language import primary
from glossary.likeness import in_pieces_like, likeness
from glossary.pieces import Pieces, in_pieces
from glossary.query import Wanted
from glossary.recognition import Sense, Snapshot
from glossary.standing import standing
from glossary.tape import Tape, tape, trailing_article

#: Terms of this language are written so in every language: not to be translated.
ANY_LANGUAGE: Final = "mul"
_Spans = tuple[tuple[int, int], ...]


class _Place(NamedTuple):
    """One sense at a place, and how it is written there."""

    tier: str
    via: tuple[str, ...]
    sense: Sense


_Found = dict[_Spans, list[_Place]]


class Occurrence(NamedTuple):
    """A place in a text, code points, and what stands there: the likeliest first.

    `parts` has the spans of one in pieces.
    """

    start: int
    end: int
    tier: str
    via: tuple[str, ...]
    senses: tuple[Sense, ...]
    parts: _Spans = ()


def occurrences(snapshot: Snapshot, text: str, wanted: Wanted) -> list[Occurrence]:
    """Return all places where a term stands, in the order of their starts.

    Of two places with one start the longer comes first.
    """
    read = tape(text)
    found: _Found = {}
    for shelf, hidden in (
        (snapshot.main, snapshot.hidden),
        (snapshot.delta, frozenset[int]()),
    ):
        raw = shelf.lexicon.find(read.text)
        shelf.foresee({pattern for _, _, pattern in raw})
        for start, end, pattern in raw:
            senses = [
                sense
                for number, sense in shelf.senses(pattern)
                if number not in hidden and _is_wanted(sense, wanted)
            ]
            if senses:
                _place(read, start, end, senses, found)
        for pieces in in_pieces(read, shelf.lexicon, raw):
            senses = [
                sense
                for ref in pieces.refs
                if ref.entry not in hidden
                and (sense := shelf.sense(ref)) is not None
                and _is_wanted(sense, wanted)
            ]
            _place_pieces(read, pieces, senses, found)
    every = [_occurrence(spans, places) for spans, places in found.items()]
    return sorted(every, key=_order)


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
    for each in found:
        if each.parts:
            at = bisect_left(ends, each.end)
            if at == len(ends) or taken[at].start > each.start:
                taken.append(each)
    return sorted(taken, key=_order)


def _order(each: Occurrence) -> tuple[object, ...]:
    return each.start, -each.end, each.parts


def _is_wanted(sense: Sense, wanted: Wanted) -> bool:
    if wanted.glossaries and sense.entry.glossary not in wanted.glossaries:
        return False
    if wanted.from_ is None:
        return True
    return primary(sense.term.lang) in {primary(wanted.from_), ANY_LANGUAGE}


def _place(
    read: Tape, start: int, end: int, senses: Iterable[Sense], found: _Found
) -> None:
    """Note the senses that really stand behind a span of the tape."""
    first, last = read.span(start, end)
    for sense in senses:
        until = last
        if article := trailing_article(sense.key):
            until += len(article) + 1
            if read.folded[last:until] != f" {article}":
                continue
        span = read.source_span(first, until)
        how = likeness(read.source[span[0] : span[1]], sense.term, sense.key)
        if how is not None:
            found.setdefault((span,), []).append(_Place(*how, sense))


def _place_pieces(
    read: Tape, pieces: Pieces, senses: Iterable[Sense], found: _Found
) -> None:
    """Note the senses that stand in pieces behind spans of the tape."""
    spans = tuple(read.source_span(*read.span(*span)) for span in pieces.spans)
    written = read.source[spans[0][0] : spans[-1][1]]
    for sense in senses:
        parts = [read.source[start:end] for start, end in spans]
        if in_pieces_like(written, parts, sense.term):
            found.setdefault(spans, []).append(
                _Place(MATCHES[-1], (pieces.via,), sense)
            )


def _occurrence(spans: _Spans, places: list[_Place]) -> Occurrence:
    """Return one place with one sense for each entry, the likeliest first."""
    if len(places) > 1:
        places.sort(key=_likelihood)
    tier, via, first = places[0]
    senses = {first.entry.id: first}
    for place in places[1:]:
        senses.setdefault(place.sense.entry.id, place.sense)
    parts = spans if len(spans) > 1 else ()
    return Occurrence(
        spans[0][0], spans[-1][1], tier, via, tuple(senses.values()), parts
    )


def _likelihood(place: _Place) -> tuple[object, ...]:
    return (
        MATCHES.index(place.tier),
        place.sense.entry.state == "draft",
        standing(place.sense.term, None),
        place.sense.entry.id,
    )
