"""Words of one order of which another one stands: *armistice* for 停火.

An office, an instrument, an organ, a step of a treaty or what one feels about something
is one of a few of its order, whether the glossary has it or not. Where the source has
one of which the target has no trace, and the target one of which the source has none,
the one stands for the other. What stands in a term that is rendered is answered with
that.

Some words are of no order, and official prose never leaves them out: *irreversible*.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Final, NamedTuple

from glossary.entry import Span
from glossary.recognition.alignment import Alignment
from glossary.recognition.answered import Answered
from glossary.recognition.company import RenderedTerm, crossings
from glossary.recognition.numbers import is_lone
from glossary.recognition.orders import Orders, all_orders
from glossary.recognition.sentences import Piece
from glossary.text import UNSPACED, simplified

_FIGURE: Final = re.compile(r"(?<![0-9.,])[0-9]+(?:\.[0-9]+)?(?![0-9]|[.,][0-9])")
#: What is of no order: it is lost where the other side has no trace of it.
_ALONE: Final = "alone"
#: What is told from official prose alone: any fault is acknowledged, and the news has
#: the weekdays of another part of the world.
_OFFICIAL: Final = frozenset(
    {_ALONE, "recognition", "weekday", "kin", "degree", "jointly", "daytime"}
    | {"fate", "answer", "leave", "union", "calm", "course", "folk", "place"}
    | {"ambit", "tone", "manner", "shape", "join", "feat", "trip", "whole"}
    | {"year", "month", "week", "half", "season", "when", "reach", "bound", "quality"}
    | {"formal", "often", "deal", "send", "custody", "goods", "sides"}
)
_BLANK: Final = " "
#: Orders of what is listed: of such a list, no member is left out.
_LISTED: Final = frozenset(
    {"arms", "continent", "crime", "energy", "field", "group", "ism", "tech", "works"}
)
#: What stands between the members of a list, with one that is no word of an order.
_BETWEEN: Final = re.compile(
    rf"[{UNSPACED}]{{0,2}}(?:、(?:[{UNSPACED}]{{1,6}}、)?|[和与及]|以及)[{UNSPACED}]{{0,2}}"
    r"|(?: \w+)?(?:, (?:and )?| and )(?:\w+(?: \w+)?, (?:and )?)?(?:\w+ )?"
)
#: So many members make a list.
_LIST: Final = 3
#: Of more of an order, word order tells nothing.
_PAIR: Final = 2
#: Orders of offices: of them, one stands for another though it is of another order.
_OFFICES: Final = frozenset({"head", "minister", "envoy", "executive", "local", "rank"})


class OtherWord(NamedTuple):
    """A word of a source, and what stands for it in the target, if anything does."""

    source: Piece
    target: Piece | None
    #: Whether it was put in: then the source is all that it stands in.
    is_new: bool = False


def exchanges(
    texts: tuple[str, str],
    alignment: Alignment,
    is_official: Callable[[int], bool],
    answers: Answered,
) -> Iterator[OtherWord]:
    """Yield the words that stand for others of their order, and those that are lost.

    `is_official` says so of the prose of a bead, by its number.
    """
    for number, (ours, theirs) in enumerate(alignment.beads):
        if any(map(is_lone, alignment.beads[max(number - 1, 0) : number + 2])):
            continue
        one, other = (
            _Sentence(text, side, piece, answers)
            for side, (text, piece) in enumerate(
                zip(texts, (ours, theirs), strict=True)
            )
        )
        if not one.members:
            continue
        for mine, its in _exchanged(one, other, is_official=is_official(number)):
            source = mine.moved(ours.start)
            target = None if its is None else its.moved(theirs.start)
            if target is not None and answers.is_named(target):
                continue
            if not answers.is_accused(source):
                yield OtherWord(source, target)
        for exchange in _crossed(texts, (ours, theirs), (one, other)):
            if not answers.is_accused(exchange.source):
                yield exchange


def crossed_figures(
    texts: tuple[str, str], alignment: Alignment, answers: Answered
) -> Iterator[OtherWord]:
    """Yield figures, each once on either side of a bead, that have changed places.

    What is said of one is said of the other: *suspend 10 %, retain 24 %*.
    """
    for bead in alignment.beads:
        here = _only_figures(texts[0], bead[0])
        if len(here) < _PAIR:
            continue
        there = _only_figures(texts[1], bead[1])
        both = sorted(here.keys() & there.keys())
        pairs = [RenderedTerm(here[figure], there[figure]) for figure in both]
        for one, other, _ in crossings(texts, bead, pairs, least=1):
            for mine, its in ((one, other), (other, one)):
                source, target = pairs[mine].source, pairs[its].target
                word = OtherWord(
                    Piece(source.start, source.end), Piece(target.start, target.end)
                )
                if not answers.is_accused(word.source):
                    yield word


class _Sentence:
    """A sentence of one side of a pair, gone over as far as it is asked about."""

    def __init__(self, text: str, side: int, piece: Piece, answers: Answered) -> None:
        self.text = simplified(text[slice(*piece)])
        self._place = side, piece
        self._answers = answers

    @cached_property
    def rest(self) -> str:
        """What is left of it without the terms that are rendered."""
        return simplified(self._answers.left(*self._place, has_words=True))

    @cached_property
    def members(self) -> MappingProxyType[int, tuple[Piece, ...]]:
        """Where members of orders stand in it, by their numbers."""
        places = all_orders().places(self.text)
        return MappingProxyType({n: tuple(several) for n, several in places.items()})

    def left(self) -> dict[int, list[Piece]]:
        """Return where members stand that are left.

        What stands beside one, by which it is told, may be in a term.
        """
        places = {
            number: [at for at in several if self.rest[at.start] != _BLANK]
            for number, several in self.members.items()
        }
        return {number: several for number, several in places.items() if several}


def _exchanged(
    one: _Sentence, other: _Sentence, *, is_official: bool
) -> Iterator[tuple[Piece, Piece | None]]:
    """Yield the places of two sentences that have words of one order for each other."""
    orders = all_orders()
    here = one.left()
    missing = _unanswered(orders, here, other.rest)
    if not missing:
        return
    there = other.left()
    new = _unanswered(orders, there, one.rest)
    if is_official:
        left_out = _left_out(orders, one, missing)
        yield from ((at, None) for at, order in left_out if order not in new)
    for order, own in missing.items():
        others = new.get(order, [])
        if order in _OFFICIAL and not is_official:
            continue
        if order == _ALONE:
            yield from ((here[number][0], None) for number in own)
        elif len(own) == len(others):
            for mine, its in zip(own, others, strict=True):
                yield here[mine][0], there[its][0]
    offices = [_offices(missing), _offices(new)]
    if all(len(several) == 1 for several in offices):
        (order, mine), (another, its) = (several[0] for several in offices)
        if order != another:
            yield here[mine][0], there[its][0]


def trimmed(text: str, piece: Piece) -> Piece:
    """Return where the words of a part of a text begin and end."""
    part = text[slice(*piece)]
    start = piece.start + len(part) - len(part.lstrip())
    return Piece(start, start + len(part.strip()))


def _left_out(
    orders: Orders,
    sentence: _Sentence,
    missing: Mapping[str, Iterable[int]],
) -> Iterator[tuple[Piece, str]]:
    """Yield the only member of a list of a sentence without a counterpart, its order.

    `missing` are those without one, by their orders.
    """
    lost = {number for several in missing.values() for number in several}
    places = sorted(
        (at, number)
        for number, several in sentence.members.items()
        if orders.members[number].order in _LISTED
        for at in several
    )
    runs: list[list[tuple[Piece, int]]] = []
    for at, number in places:
        end = runs[-1][-1][0].end if runs else None
        if end is not None and _BETWEEN.fullmatch(sentence.text, end, at.start):
            runs[-1].append((at, number))
        else:
            runs.append([(at, number)])
    for run in runs:
        only = [(at, number) for at, number in run if number in lost]
        if len(run) >= _LIST and len(only) == 1:
            at, number = only[0]
            yield at, orders.members[number].order


def _offices(members: Mapping[str, Iterable[int]]) -> list[tuple[str, int]]:
    """Return the offices among some members, with their orders."""
    return [(order, n) for order in sorted(_OFFICES) for n in members.get(order, ())]


def _crossed(
    texts: tuple[str, str],
    bead: tuple[Piece, Piece],
    sentences: tuple[_Sentence, _Sentence],
) -> Iterator[OtherWord]:
    """Yield the members of an order that have changed places within a sentence.

    Each stands once on either side, and what is said of one is said of the other.
    """
    orders = all_orders()
    here = _only_places(sentences[0].members, bead[0])
    counts = Counter(orders.members[number].order for number in here)
    if not any(several >= _PAIR for several in counts.values()):
        return
    there = _only_places(sentences[1].members, bead[1])
    both = here.keys() & there.keys()
    for order in sorted({orders.members[number].order for number in both}):
        numbers = [n for n in sorted(both) if orders.members[n].order == order]
        if len(numbers) != _PAIR:
            continue
        pair = [
            RenderedTerm(_span(texts[0], here[n]), _span(texts[1], there[n]))
            for n in numbers
        ]
        for _ in crossings(texts, bead, pair, least=1):
            one, other = numbers
            yield OtherWord(here[one], there[other])
            yield OtherWord(here[other], there[one])


def _only_figures(text: str, piece: Piece) -> dict[str, Span]:
    """Return where the figures stand that a piece of a text has once."""
    spans: dict[str, list[Span]] = {}
    for match in _FIGURE.finditer(text, *piece):
        span = Span(match.start(), match.end(), match[0])
        spans.setdefault(match[0], []).append(span)
    return {figure: several[0] for figure, several in spans.items() if not several[1:]}


def _only_places(
    members: Mapping[int, Sequence[Piece]], piece: Piece
) -> dict[int, Piece]:
    """Return where in a text members stand that a piece of it has once."""
    return {n: at[0].moved(piece.start) for n, at in members.items() if len(at) == 1}


def _span(text: str, at: Piece) -> Span:
    return Span(*at, text[slice(*at)])


def _unanswered(
    orders: Orders, numbers: Iterable[int], text: str
) -> dict[str, list[int]]:
    """Return the members of which a text has no trace, by their orders."""
    missing: dict[str, list[int]] = {}
    for number in numbers:
        member = orders.members[number]
        if not member.has_trace(text):
            missing.setdefault(member.order, []).append(number)
    return missing
