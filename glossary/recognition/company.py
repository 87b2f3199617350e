"""Terms of one sentence that have changed places: the one rule by which that is told.

Word order tells nothing by itself: a translation may put first what comes last. There
are two signs. Two terms that are told apart on purpose, each in a clause of its own, do
not change places with nothing lost. Of others the words around them tell: where
*strengthen coordination* stands around one term in the source and around another one in
the target, and nothing around either has stayed with it, the two have changed places.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from glossary.entry import Span
from glossary.recognition.sentences import Piece
from glossary.recognition.vocabulary import chinese_words, english_of
from glossary.text import UNSPACED, are_kin, has_han, heads

_PARTING: Final = re.compile(
    r"[,;:.!?，；：。！？、]|\b(?:and|while|whereas|but|or|nor)\b|并且?|而|和(?![平谐諧解睦约約议議])|及|同时|同時"
)
#: What ends a clause on the way from one place to another; all of it parts too.
_CLAUSE: Final = re.compile(r"[,;:，；：]|\b(?:while|whereas|but)\b|而")
_FIGURES: Final = re.compile("[0-9]+")
_RUN: Final = re.compile(f"[{UNSPACED}]+")
#: So many words and terms that went with them tell that two have changed places.
_LINKS: Final = 2
#: Of so many terms in a sentence, too little is around each.
_MOST: Final = 24


class RenderedTerm(NamedTuple):
    """A term of a sentence, and the place that renders it; both stand in one piece."""

    source: Span
    target: Span
    is_whole: bool = True


class Crossing(NamedTuple):
    """Two terms that have changed places, by their numbers.

    `links` counts the words and terms that went with them; there are none where the
    order tells it by itself.
    """

    one: int
    other: int
    links: int


class _Around(NamedTuple):
    """What stands around a place: words, and the numbers of other terms."""

    words: frozenset[str]
    terms: frozenset[int]


def crossings(
    texts: tuple[str, str],
    bead: tuple[Piece, Piece],
    terms: Sequence[RenderedTerm],
    *,
    told_apart: Iterable[tuple[int, int]] = (),
    least: int = _LINKS,
) -> Iterator[Crossing]:
    """Yield the rendered terms of a sentence that have changed places.

    They stand in parts of their own on both sides, the other way round. Of two that are
    `told_apart` clauses of their own are enough, and they come first; with others, at
    least so much went, and nothing stayed. Terms in pieces have nothing around them.
    """
    for i, j in told_apart:
        if _are_crossed(texts, terms[i], terms[j], _CLAUSE):
            yield Crossing(i, j, 0)
    whole = [at for at, term in enumerate(terms) if term.is_whole]
    if len(whole) > _MOST:
        return
    sources = [terms[at].source for at in whole]
    targets = [terms[at].target for at in whole]
    for i, j in combinations(whole, 2):
        one, other = terms[i], terms[j]
        if not _are_crossed(texts, one, other, _PARTING):
            continue
        mine, its = (
            _around(texts[0], bead[0], pair, sources)
            for pair in ((one.source, other.source), (other.source, one.source))
        )
        mine, its = _apart(mine, its)
        here, there = (
            _around(texts[1], bead[1], pair, targets)
            for pair in ((one.target, other.target), (other.target, one.target))
        )
        here, there = _apart(here, there)
        if _links(mine, here) or _links(its, there):
            continue
        links = _links(mine, there) + _links(its, here)
        if links >= least:
            yield Crossing(i, j, links)


def _are_crossed(
    texts: tuple[str, str],
    one: RenderedTerm,
    other: RenderedTerm,
    border: re.Pattern[str],
) -> bool:
    """Say whether two terms stand the other way round, with a border between them."""
    if (one.source.start < other.source.start) == (
        one.target.start < other.target.start
    ):
        return False
    sides = (one.source, other.source), (one.target, other.target)
    return all(
        border.search(text, min(a.end, b.end), max(a.start, b.start)) is not None
        for text, (a, b) in zip(texts, sides, strict=True)
    )


def _around(
    text: str, within: Piece, places: tuple[Span, Span], spans: Sequence[Span]
) -> _Around:
    """Return what stands around the first of two places, up to the end of its clause.

    What parts clauses ends it, or the second place.
    """
    at, other = places
    start, end = within
    if other.end <= at.start:
        start = other.end
    elif other.start >= at.end:
        end = other.start
    partings = [m.end() for m in _PARTING.finditer(text, start, at.start)]
    behind = _PARTING.search(text, at.end, end)
    start, end = (partings or [start])[-1], behind.start() if behind else end
    words: set[str] = set()
    for part in (text[start : at.start], text[at.end : end]):
        words.update(w for run in _RUN.findall(part) for w in chinese_words(run))
        words.update(heads(_RUN.sub(" ", part)), _FIGURES.findall(part))
    terms = (
        i
        for i, s in enumerate(spans)
        if s not in (at, other) and start <= s.start and s.end <= end
    )
    return _Around(frozenset(words), frozenset(terms))


def _apart(one: _Around, other: _Around) -> tuple[_Around, _Around]:
    """Return what stands around two places without the words that are around both."""
    both = one.words & other.words
    return one._replace(words=one.words - both), other._replace(
        words=other.words - both
    )


def _links(ours: _Around, theirs: _Around) -> int:
    """Return how many words and terms around one place are rendered around another."""
    figures = {word for word in ours.words & theirs.words if word.isdecimal()}
    return (
        len(ours.terms & theirs.terms)
        + len(figures)
        + sum(
            any(are_kin(head, other) for head in english_of(word) for other in two)
            for one, two in (
                (ours.words, theirs.words),
                (theirs.words, ours.words),
            )
            for word in one
            if has_han(word)
        )
    )
