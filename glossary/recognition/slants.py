"""What does away with something where the other side of official prose builds it up.

*Limit* for 扩大, *rivalry* for 友谊, *if possible* for 坚决: harm, an end, a doubt or a
reservation on one side, and beside it, on the other, a word of which that has no trace.
Harm tells by itself; of all others, one alone proves nothing. Each line of `slants.tsv`
is a kind of them, of `builds.tsv` one of their contraries, with traces that are wide,
as those of `glossary.recognition.orders` are: a negation is one of most kinds, and what
is negated itself is left alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from typing import Final

from glossary.recognition.alignment import Alignment, Bead
from glossary.recognition.answered import Answered
from glossary.recognition.exchanges import OtherWord, trimmed
from glossary.recognition.negation import is_negated
from glossary.recognition.numbers import is_lone
from glossary.recognition.orders import Orders
from glossary.recognition.sentences import Piece
from glossary.text import simplified

#: So far apart, in parts of their sentences, one word may stand for another.
_BESIDE: Final = 0.25
#: What no translator leaves out or adds: it is told where one side alone has it.
_HARM: Final = "harm"


def exchanges(
    texts: tuple[str, str],
    alignment: Alignment,
    answers: Answered,
    is_official: Callable[[int], bool],
    others: Iterable[tuple[Piece, Piece | None]],
) -> Iterator[OtherWord]:
    """Yield what stands for its contrary; `is_official` by the number of a bead.

    `others` are places of the source that are named already, and of the target.
    """
    beside: dict[int, list[tuple[Piece, Piece | None]]] = {}
    for pair in others:
        beside.setdefault(alignment.number(pair[0].start), []).append(pair)
    for number, bead in enumerate(alignment.beads):
        if is_lone(bead) or not is_official(number):
            continue
        rests = [
            simplified(answers.left(side, piece)) for side, piece in enumerate(bead)
        ]
        near = [
            [at for pair in beside.get(number, ()) if (at := pair[side]) is not None]
            for side in (0, 1)
        ]
        strange = [[*_strange(all_slants(), *both)] for both in (rests, rests[::-1])]
        yield from _harms(texts[0], strange, bead, answers, near)
        dark = [[at for kind, at in side if kind != _HARM] for side in strange]
        for mine, its in _opposite(rests, dark):
            pair = mine.moved(bead[0].start), its.moved(bead[1].start)
            is_new = not any(
                place.touches(other)
                for side, place in enumerate(pair)
                for other in near[side]
            )
            if is_new and not (
                answers.is_accused(pair[0]) or answers.is_named(pair[1])
            ):
                yield OtherWord(*pair)


def _harms(
    source: str,
    strange: Sequence[Sequence[tuple[str, Piece]]],
    bead: Bead,
    answers: Answered,
    near: Sequence[Sequence[Piece]],
) -> Iterator[OtherWord]:
    """Yield what does harm on one side of a bead alone, but what is named `near` it."""
    for side, piece in enumerate(bead):
        place = min((at for kind, at in strange[side] if kind == _HARM), default=None)
        at = place and place.moved(piece.start)
        if at is None or any(map(at.touches, near[side])):
            continue
        if side == 0 and not answers.is_accused(at):
            yield OtherWord(at, None)
        elif side == 1 and not (
            answers.is_named(at) or answers.is_accused(bead.source)
        ):
            yield OtherWord(trimmed(source, bead.source), at, is_new=True)


def _strange(table: Orders, text: str, other: str) -> Iterator[tuple[str, Piece]]:
    """Yield the orders of words of which another text has no trace, and their places.

    What is negated is left alone.
    """
    for number, places in table.places(text).items():
        member = table.members[number]
        if not (member.has_trace(other) or is_negated(text, places[0].start)):
            yield member.order, places[0]


def _opposite(
    rests: Sequence[str], dark: Sequence[Sequence[Piece]]
) -> Iterator[tuple[Piece, Piece]]:
    """Yield the two words that stand most where one may render the other.

    One of them is `dark`, by side: it says that something is done away with. The other
    is one that builds it up.
    """
    pairs: list[tuple[float, Piece, Piece]] = []
    for side in (0, 1):
        if dark[side]:
            others = _strange(_builds(), rests[1 - side], rests[side])
            for one, (_, other) in product(dark[side], others):
                ours, theirs = (one, other) if side == 0 else (other, one)
                gap = ours.start / len(rests[0]) - theirs.start / len(rests[1])
                pairs.append((abs(gap), ours, theirs))
    if pairs:
        gap, ours, theirs = min(pairs)
        if gap <= _BESIDE:
            yield ours, theirs


@cache
def all_slants() -> Orders:
    """Return the kinds of words that do away with something, a line each."""
    return Orders.of("slants.tsv")


@cache
def _builds() -> Orders:
    """Return the kinds of words that build it up, a line each."""
    return Orders.of("builds.tsv")
