"""What a text has that its translation must have too: terms and figures, by place."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final
from zlib import crc32

from glossary.recognition.occurrences import Occurrence
from glossary.recognition.sentences import Piece

#: Anchors are told apart by so many bits; those of figures stand above those of terms.
BITS: Final = 1021
_FIGURES: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


class Anchors:
    """The anchors of one text."""

    def __init__(self, places: Iterable[tuple[int, int]]) -> None:
        pairs = sorted(places)
        self._starts = [start for start, _ in pairs]
        self._bits = [bits for _, bits in pairs]

    def within(self, piece: Piece) -> int:
        """Return the anchors of a piece as bits."""
        bits = 0
        first = bisect_right(self._starts, piece.start - 1)
        for at in range(first, len(self._starts)):
            if self._starts[at] >= piece.end:
                break
            bits |= self._bits[at]
        return bits


def anchors_of(text: str, terms: Iterable[Occurrence]) -> Anchors:
    """Return the anchors of a text in which these terms stand."""
    places = (
        (term.start, sum({1 << sense.number % BITS for sense in term.senses}))
        for term in terms
    )
    return Anchors([*_figures(text), *places])


def linked_anchors(
    source: str, target: str, linked: Iterable[tuple[int, int]]
) -> tuple[Anchors, Anchors]:
    """Return the anchors of two texts, of which some places go together."""
    bits = [(*pair, 1 << number % BITS) for number, pair in enumerate(linked)]
    here = [*_figures(source), *((one, bit) for one, _, bit in bits)]
    there = [*_figures(target), *((other, bit) for _, other, bit in bits)]
    return Anchors(here), Anchors(there)


def _figures(text: str) -> Iterator[tuple[int, int]]:
    for match in _FIGURES.finditer(text):
        name = match[0].replace(",", "").encode()
        yield match.start(), 1 << BITS + crc32(name) % BITS
