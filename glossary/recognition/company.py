"""Terms of one sentence that have changed places, told by the words around them.

Word order tells nothing by itself: a translation may put first what comes last. But
where *strengthen coordination* stands around one term in the source and around another
one in the target, and nothing around either has stayed with it, the two have changed
places.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from glossary.entry import Span
from glossary.recognition.sentences import Piece
from glossary.recognition.vocabulary import chinese_words, english_of
from glossary.text import UNSPACED, are_kin, has_han, heads

_PARTING: Final = re.compile(
    r"[,;:.!?，；：。！？、]|\b(?:and|while|whereas|but|or|nor)\b|并且?|而|和(?![平谐諧解睦约約议議])|及|同时|同時"
)
_RUN: Final = re.compile(f"[{UNSPACED}]+")
#: So many words and terms that went with them tell that two have changed places.
_LINKS: Final = 2
#: Of so many terms in a sentence, too little is around each.
_MOST: Final = 24


class RenderedTerm(NamedTuple):
    """A term of a sentence, and the place that renders it."""

    source: Span
    target: Span


class _Around(NamedTuple):
    """What stands around a place: words, and the numbers of other terms."""

    words: frozenset[str]
    terms: frozenset[int]


def strayed(
    texts: tuple[str, str],
    bead: tuple[Piece, Piece],
    rendered: Sequence[RenderedTerm],
    *,
    least: int = _LINKS,
) -> Iterator[tuple[int, int]]:
    """Yield the numbers of rendered terms of a sentence that have changed places.

    They stand in parts of their own on both sides, the other way round, and at least so
    much went with them.
    """
    if len(rendered) > _MOST:
        return
    for i, j in combinations(range(len(rendered)), 2):
        if not _are_crossed(texts, rendered[i], rendered[j]):
            continue
        around = [
            [
                _around(text, piece, (spans[a], spans[b]), spans)
                for a, b in ((i, j), (j, i))
            ]
            for text, piece, spans in (
                (texts[0], bead[0], [r.source for r in rendered]),
                (texts[1], bead[1], [r.target for r in rendered]),
            )
        ]
        (mine, its), (here, there) = around
        if _links(mine, here) or _links(its, there):
            continue
        if _links(mine, there) + _links(its, here) >= least:
            yield i, j


def _are_crossed(
    texts: tuple[str, str], one: RenderedTerm, other: RenderedTerm
) -> bool:
    """Say whether two terms stand in parts of clauses, the other way round."""
    if (one.source.start < other.source.start) == (
        one.target.start < other.target.start
    ):
        return False
    return all(
        _PARTING.search(text, min(a.end, b.end), max(a.start, b.start)) is not None
        for text, a, b in zip(texts, one, other, strict=True)
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
        words.update(heads(_RUN.sub(" ", part)))
    terms = (
        i
        for i, s in enumerate(spans)
        if s not in (at, other) and start <= s.start and s.end <= end
    )
    return _Around(frozenset(words), frozenset(terms))


def _links(ours: _Around, theirs: _Around) -> int:
    """Return how many words and terms around one place are rendered around another."""
    return len(ours.terms & theirs.terms) + sum(
        any(are_kin(head, other) for head in english_of(word) for other in two)
        for one, two in (
            (ours.words, theirs.words),
            (theirs.words, ours.words),
        )
        for word in one
        if has_han(word)
    )
