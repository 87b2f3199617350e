"""Which sentences of a translation render which of its source.

Paragraph by paragraph where both have as many, else by length and by what both must
have in common: recognised terms and figures. So Gale and Church do (1993, “A program
for aligning sentences in bilingual corpora”), who have no such anchors. Only what lies
near the way by length is looked at, so that the time is in proportion to the text.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import or_
from typing import Final, NamedTuple

from glossary.recognition.anchors import (
    BITS,
    Anchors,
    anchors_of,
    linked_anchors,
)
from glossary.recognition.occurrences import Occurrence
from glossary.recognition.sentences import Piece, paragraphs, sentences
from glossary.text import HAN_RUN

#: What a piece costs that goes with none.
_ALONE: Final = 6.0
#: How many pieces of either side go together, and what that costs.
_STEPS: Final = (
    (1, 1, 0.0),
    (1, 2, 2.0),
    (2, 1, 2.0),
    (2, 2, 4.0),
    (1, 3, 4.5),
    (3, 1, 4.5),
    (1, 0, _ALONE),
    (0, 1, _ALONE),
)
#: Sentences that one is aligned with: translators join or split no more.
_MOST: Final = 3
_BY_THEIRS: Final = len(_STEPS) - 1
#: What it costs to come to where no step has led.
_NOWHERE: Final = math.inf, -1
#: What an anchor that both sides have is worth.
_ANCHOR: Final = 2.0
#: What a figure costs that only one side has.
_STRANGE: Final = 1.5
#: The variance of a length, in proportion to it, and the most that a length costs.
_VARIANCE: Final = 4.0
_TWICE: Final = 2 * _VARIANCE
_DEAREST: Final = 12.0
#: Pieces that are as many on both sides go with each other if none costs more.
_NO_DOUBT: Final = 2.0
#: A way that costs so much more than another to the same sentence is given up.
_FAR: Final = 10.0
#: So many pieces beside the way by length are looked at.
_BAND: Final = 3
#: How long a text is in Han characters, and in others: one renders as many as three.
_WIDTH: Final = {True: 1.0, False: 3.2}
#: So much longer or shorter than usual a translation may be.
_STRETCH: Final = 1.5
#: So much more may be left out than the lengths tell before nothing is aligned.
_UNSURE: Final = 0.25
_BEGINNING: Final = 2_000


class Bead(NamedTuple):
    """Pieces of a source that go with pieces of its target, as spans of each."""

    source: Piece
    target: Piece


class Alignment:
    """The places of a target that may answer a place of its source."""

    def __init__(self, beads: Sequence[Bead]) -> None:
        self.beads = beads
        self._starts = [bead.source.start for bead in beads]
        self._is_broken = any(map(_is_lone, beads))
        self._omitted = _omitted(beads)
        ends = zip([*beads[:1], *beads[:-1]], [*beads[1:], *beads[-1:]], strict=True)
        self._around = [
            Bead(*(Piece(i.start, j.end) for i, j in zip(*two, strict=True)))
            for two in ends
        ]

    def number(self, at: int) -> int:
        """Return the number of the bead that a place of the source is in."""
        return bisect_right(self._starts, at, 1) - 1

    def own(self, number: int) -> Bead:
        """Return what goes together in a bead."""
        return self.beads[number]

    def around(self, number: int) -> Bead:
        """Return what goes together in a bead and its neighbours."""
        return self._around[number]

    def anywhere(self, number: int) -> Bead:
        """Return where a bead is looked for last.

        Where sentences have no counterpart, the way between the two texts is not sure:
        that is the whole target then, and else no more than its neighbours.
        """
        if not self._is_broken:
            return self.around(number)
        target = Piece(self.beads[0].target.start, self.beads[-1].target.end)
        return Bead(self.beads[number].source, target)

    def omitted(self, number: int) -> Piece | None:
        """Return the sentences around a bead that have no counterpart, if several."""
        return self._omitted[number]


def _is_lone(bead: Bead) -> bool:
    return bead.target.start == bead.target.end


def _omitted(beads: Sequence[Bead]) -> list[Piece | None]:
    """Return for each bead the sentences around it that have no counterpart."""
    pieces: list[Piece | None] = []
    for is_lone, group in groupby(beads, _is_lone):
        run = list(group)
        is_omitted = is_lone and len(run) > 1
        piece = Piece(run[0].source.start, run[-1].source.end) if is_omitted else None
        pieces.extend([piece] * len(run))
    return pieces


def unaligned(source: str, target: str) -> Alignment:
    """Return the alignment in which everything may answer everything."""
    return Alignment([Bead(Piece(0, len(source)), Piece(0, len(target)))])


def aligned(
    source: str, target: str, there: tuple[list[Occurrence], list[Occurrence]]
) -> Alignment:
    """Align a source with its target, given the terms that stand in each."""
    anchors = anchors_of(source, there[0]), anchors_of(target, there[1])
    ratio = _ratio(source, target)
    ours, theirs = paragraphs(source), paragraphs(target)
    if len(ours) == len(theirs):
        parts = [Bead(*pair) for pair in zip(ours, theirs, strict=True)]
    else:
        parts = _align((ours, theirs), anchors, ratio)
    beads: list[Bead] = []
    for part in parts:
        pieces = sentences(source, *part.source), sentences(target, *part.target)
        beads += _align(pieces, anchors, ratio)
    lone = sum(_length(bead.source) for bead in beads if _is_lone(bead))
    left_out = 1 - len(target) / (_usual(source, target) * max(len(source), 1))
    if lone > (max(left_out, 0) + _UNSURE) * len(source):
        return unaligned(source, target)
    return Alignment(_joined(beads, len(source), len(target)))


def laid_out(
    source: str, target: str, linked: Iterable[tuple[int, int]]
) -> tuple[Bead, ...]:
    """Return which paragraphs of a target go with which of its source, as rows.

    `linked` are places of both that are known to go together. Nothing is left out.
    """
    ours, theirs = paragraphs(source), paragraphs(target)
    if len(ours) == len(theirs):
        parts = [Bead(*pair) for pair in zip(ours, theirs, strict=True)]
    else:
        anchors = linked_anchors(source, target, linked)
        parts = _align((ours, theirs), anchors, _ratio(source, target))
    return tuple(_joined(parts, len(source), len(target)))


def _length(piece: Piece) -> int:
    return piece.end - piece.start


def _ratio(source: str, target: str) -> float:
    """Return how many characters of a target go with one of its source.

    Where something is left out, that is not told from the lengths.
    """
    usual = _usual(source, target)
    ratio = max(len(target), 1) / max(len(source), 1)
    return ratio if usual / _STRETCH < ratio < usual * _STRETCH else usual


def _usual(source: str, target: str) -> float:
    return _WIDTH[_is_mostly_han(target)] / _WIDTH[_is_mostly_han(source)]


def _is_mostly_han(text: str) -> bool:
    """Say whether a text is written in Han characters, by its beginning."""
    begin = text[:_BEGINNING]
    return 2 * sum(map(len, HAN_RUN.findall(begin))) > len(begin)


def _joined(beads: list[Bead], source: int, target: int) -> list[Bead]:
    """Return beads that leave nothing out, and none without a source."""
    merged_beads: list[Bead] = []
    ahead: int | None = None
    for bead in beads:
        if bead.source.start < bead.source.end:
            start = bead.target.start if ahead is None else ahead
            merged_beads.append(Bead(bead.source, Piece(start, bead.target.end)))
            ahead = None
        elif merged_beads and merged_beads[-1].source.end == bead.source.start:
            last = merged_beads[-1]
            merged_beads[-1] = Bead(
                last.source, Piece(last.target.start, bead.target.end)
            )
        elif ahead is None:
            ahead = bead.target.start
    if not merged_beads:
        return [Bead(Piece(0, source), Piece(0, target))]
    merged_beads[0] = Bead(
        Piece(0, merged_beads[0].source.end), Piece(0, merged_beads[0].target.end)
    )
    last = merged_beads[-1]
    merged_beads[-1] = Bead(
        Piece(last.source.start, source), Piece(last.target.start, target)
    )
    return merged_beads


def _align(
    pieces: tuple[list[Piece], list[Piece]],
    anchors: tuple[Anchors, Anchors],
    ratio: float,
) -> list[Bead]:
    """Return how pieces go together at the least cost."""
    ours, theirs = pieces
    if min(len(ours), len(theirs)) <= 1:
        return [Bead(_span(ours, 0, len(ours)), _span(theirs, 0, len(theirs)))]
    sides = _Side(ours, anchors[0], ratio), _Side(theirs, anchors[1])
    if len(ours) == len(theirs) and all(
        _cost(sides, (at, 1), (at, 1)) <= _NO_DOUBT for at in range(1, len(ours) + 1)
    ):
        return [Bead(*pair) for pair in zip(ours, theirs, strict=True)]
    return _back(_costs(sides, _way(ours, theirs)), ours, theirs)


class _Side:
    """The pieces of one side, so many of them by the number behind the last.

    `lengths` says how long they are, `bits` what anchors they have, `figures` which of
    these are figures, `worth` what the anchors save at most. A ratio makes the lengths
    those of the other side.
    """

    def __init__(
        self, pieces: list[Piece], anchors: Anchors, ratio: float = 1.0
    ) -> None:
        self.size = len(pieces)
        ends = [pieces[0].start, *(piece.end for piece in pieces)]
        one = [0, *map(anchors.within, pieces)]
        two = [0, *map(or_, one, one[1:])]
        self.bits: tuple[list[int], ...] = (
            [],
            one,
            two,
            [0, 0, *map(or_, two[1:], one[2:])],
        )
        self.lengths = tuple(
            [max((end - ends[at - many]) * ratio, 1.0) for at, end in enumerate(ends)]
            for many in range(_MOST + 1)
        )
        self.figures = tuple([bit >> BITS for bit in bits] for bits in self.bits)
        self.worth = tuple(
            [_ANCHOR * bit.bit_count() for bit in bits] for bits in self.bits
        )


def _costs(
    sides: tuple[_Side, _Side], way: list[int]
) -> list[dict[int, tuple[float, int]]]:
    """Return what it costs to come to each pair of pieces, and by which step."""
    ours, theirs = sides
    band = _BAND + abs(ours.size - theirs.size) // _BAND
    costs: list[dict[int, tuple[float, int]]] = [{} for _ in range(ours.size + 1)]
    costs[0][0] = 0.0, 0
    for i, row in enumerate(costs):
        low, high = max(way[i] - band, 0), min(way[i] + band, theirs.size)
        steps = [
            _Step(number, a, b, cost, ours.worth[a][i] if b else 0.0, costs[i - a])
            for number, (a, b, cost) in enumerate(_STEPS)
            if 0 < a <= i
        ]
        columns = {j + step.b for step in steps for j in step.before} | row.keys()
        last, nearest = max(columns, default=-1), math.inf
        for j in range(max(low, min(columns, default=0)), high + 1):
            cell_before = row.get(j - 1)
            if cell_before is None and j > last:
                break
            best, by = _cell(sides, steps, (i, j), row.get(j, _NOWHERE))
            if cell_before is not None and cell_before[0] + _ALONE < best:
                best, by = cell_before[0] + _ALONE, _BY_THEIRS
            # From what is given up no later sentence is come to.
            if by >= 0 and (i == ours.size or best <= nearest + _FAR):
                row[j] = best, by
                nearest = min(nearest, best)
        if i < ours.size:
            for j in [j for j, cell in row.items() if cell[0] > nearest + _FAR]:
                del row[j]
    return costs


class _Step(NamedTuple):
    """A step that takes pieces of ours: how many go with how many, and what it costs.

    `worth` is what it saves at most; `before` says what it costs to come to its begin.
    """

    number: int
    a: int
    b: int
    cost: float
    worth: float
    before: dict[int, tuple[float, int]]


def _cell(
    sides: tuple[_Side, _Side],
    steps: list[_Step],
    place: tuple[int, int],
    corner: tuple[float, int],
) -> tuple[float, int]:
    """Return the least that it costs to come to a pair of pieces, and the last step."""
    i, j = place
    best, last = corner
    for number, a, b, cost, worth, before in steps:
        cell = before.get(j - b)
        if cell is None:
            continue
        total = cell[0] + cost
        # However well they go together, they save no more than this.
        if total - worth >= best:
            continue
        if b:
            total += _cost(sides, (i, a), (j, b))
        if total < best:
            best, last = total, number
    return best, last


def _cost(
    sides: tuple[_Side, _Side], our: tuple[int, int], their: tuple[int, int]
) -> float:
    """Return how unlikely it is that pieces render others.

    Each side names the number behind the last piece, and how many they are.
    """
    ours, theirs = sides
    (i, a), (j, b) = our, their
    expected, there = ours.lengths[a][i], theirs.lengths[b][j]
    more = max(expected, there)
    total = (there - expected) ** 2 / (_TWICE * more)
    total = min(total, _DEAREST)
    own, other = ours.bits[a][i], theirs.bits[b][j]
    if own and other and (common := own & other):
        total -= _ANCHOR * common.bit_count()
    own, other = ours.figures[a][i], theirs.figures[b][j]
    if own != other:
        total += _STRANGE * (own ^ other).bit_count()
    return total


def _way(ours: list[Piece], theirs: list[Piece]) -> list[int]:
    """Return which piece of theirs each of ours ends with, by length alone."""
    begin, start = ours[0].start, theirs[0].start
    share = (theirs[-1].end - start) / max(ours[-1].end - begin, 1)
    ends = [piece.end for piece in theirs]
    inner = [
        bisect_right(ends, start + (piece.end - begin) * share) for piece in ours[:-1]
    ]
    return [0, *inner, len(theirs)]


def _back(
    costs: list[dict[int, tuple[float, int]]], ours: list[Piece], theirs: list[Piece]
) -> list[Bead]:
    """Return the beads of the cheapest way, or one bead when there is no way."""
    i, j = len(ours), len(theirs)
    if j not in costs[i]:
        return [Bead(_span(ours, 0, i), _span(theirs, 0, j))]
    beads = []
    while i or j:
        a, b, _ = _STEPS[costs[i][j][1]]
        beads.append(Bead(_span(ours, i - a, i), _span(theirs, j - b, j)))
        i, j = i - a, j - b
    return beads[::-1]


def _span(pieces: list[Piece], first: int, behind: int) -> Piece:
    if first < behind:
        return Piece(pieces[first].start, pieces[behind - 1].end)
    at = pieces[first - 1].end if first else (pieces[0].start if pieces else 0)
    return Piece(at, at)
