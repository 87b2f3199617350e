"""Terms in pieces: with something in their slots, or sharing a word with another.

build {…} between {…}      build a new relationship between China and …
East and South China Seas  holds East China Sea beside South China Sea
strengthen communication and coordination  holds strengthen coordination
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from glossary.recognition.automaton import Lexicon, Ref, SlotPart
from glossary.recognition.symbol import FIRST_SYMBOL, symbol
from glossary.recognition.tape import Tape

GAP: Final = "gap"
COORDINATION: Final = "coordination"
#: So many characters of the source may stand in a slot; something must.
_WIDEST_GAP: Final = 60
_AND: Final = re.compile(f"[{symbol('and')}{symbol('or')}]")
#: So many words may stand before or behind the “and” and share the rest.
_MOST_WORDS: Final = 2
Raw = Sequence[tuple[int, int, int]]
Stands = Callable[[int, int], bool]
#: Wordings that may be terms, and the pairs of spans that make each.
_Tried = dict[str, dict[tuple[tuple[int, int], tuple[int, int]], None]]


class Pieces(NamedTuple):
    """A term in pieces: their spans on the tape, and which terms it may be."""

    spans: tuple[tuple[int, int], ...]
    via: str
    refs: tuple[Ref, ...]


class _Placed(NamedTuple):
    """A segment where it stands: its half-open spans on the tape and in the source."""

    span: tuple[int, int]
    source: tuple[int, int]


_Chain = tuple[_Placed, ...]


def in_pieces(
    tape: Tape, lexicon: Lexicon, raw: Raw, stands: Stands
) -> Iterator[Pieces]:
    """Yield the terms in pieces on a tape, given what was found in one piece.

    `stands` says of a span of the source whether a piece may stand there.
    """
    if lexicon.segments:
        yield from _slotted(tape, lexicon, raw, stands)
    joints = {match.start() for match in _AND.finditer(tape.text)}
    if joints:
        yield from _coordinated(tape.text, joints, lexicon, raw)


def _slotted(
    tape: Tape, lexicon: Lexicon, raw: Raw, stands: Stands
) -> Iterator[Pieces]:
    """Yield terms whose segments stand one behind the other, not too far apart."""
    by_ref = _whole_terms(lexicon, raw)
    if not by_ref:
        return
    patterns = {pattern for segments in by_ref.values() for pattern, _ in segments}
    places: dict[int, list[_Placed]] = {}
    spans = [place for place in raw if place[2] in patterns]
    for place, span in zip(spans, tape.source_spans(spans), strict=True):
        if stands(*span):
            here = _Placed(place[:2], span)
            places.setdefault(place[2], []).append(here)
    for ref, segments in by_ref.items():
        segments_here = [
            (here, segment)
            for pattern, segment in segments
            for here in places.get(pattern, ())
        ]
        segments_here.sort(key=lambda item: (item[0].span[0], item[1].at))
        for chain in _chains(segments_here):
            yield Pieces(tuple(here.span for here in chain), GAP, (ref,))


def _whole_terms(lexicon: Lexicon, raw: Raw) -> dict[Ref, list[tuple[int, SlotPart]]]:
    """Return the terms all of whose segments stand somewhere, with their patterns."""
    by_ref: dict[Ref, list[tuple[int, SlotPart]]] = {}
    for pattern in {pattern for _, _, pattern in raw}:
        for segment in lexicon.segments.get(pattern, ()):
            by_ref.setdefault(segment.ref, []).append((pattern, segment))
    return {
        ref: segments
        for ref, segments in by_ref.items()
        if len(segments) == segments[0][1].of
    }


def _chains(segments: Iterable[tuple[_Placed, SlotPart]]) -> Iterator[_Chain]:
    """Yield the chains of all segments of a term, from their places in order.

    Each segment follows the nearest one that it may follow; what one chain has used
    begins no other.
    """
    unfinished: list[list[_Chain]] = []
    for here, segment in segments:
        if not unfinished:
            unfinished = [[] for _ in range(segment.of)]
        if segment.at == 0:
            unfinished[0].append((here,))
            continue
        for chain in reversed(unfinished[segment.at - 1]):
            if chain[-1].span[1] < here.span[0]:
                if here.source[0] - chain[-1].source[1] <= _WIDEST_GAP:
                    unfinished[segment.at].append((*chain, here))
                break
        if unfinished[-1]:
            yield unfinished[-1][-1]
            unfinished = []


def _coordinated(
    text: str, joints: set[int], lexicon: Lexicon, raw: Raw
) -> Iterator[Pieces]:
    """Yield terms that share the head or the tail of one found beside an “and”."""
    tried: _Tried = {}
    for start, end, _ in raw:
        if end in joints:
            own = _words(text, range(start, end))
            _try_tails(text, own, _row(text, range(end + 1, len(text))), tried)
        if start - 1 in joints:
            own = _words(text, range(start, end))
            ahead = _row(text, range(start - 2, -1, -1))
            _try_heads(text, ahead, own, tried)
    if not tried:
        return
    begins = {}
    at = 0
    for candidate in tried:
        begins[at] = candidate
        at += len(candidate) + 1
    # Of several that share more or less with the same one, the longest is meant.
    best: dict[tuple[int, int], tuple[int, Pieces]] = {}
    for start, end, pattern in lexicon.find("\n".join(tried)):
        candidate = begins.get(start, "")
        if end - start == len(candidate):
            refs = tuple(lexicon.refs(pattern))
            for spans in tried[candidate]:
                outer = spans[0][0], spans[-1][1]
                if outer not in best or best[outer][0] < len(candidate):
                    pieces = Pieces(spans, COORDINATION, refs)
                    best[outer] = len(candidate), pieces
    yield from (pieces for _, pieces in best.values())


def _try_tails(text: str, own: list[int], behind: list[int], tried: _Tried) -> None:
    """Put what follows the “and” in the place of the last words of a term."""
    for last in own[:-1]:
        for end in behind:
            _note(text, (own[0], last + 1), (behind[0], end + 1), tried)


def _try_heads(text: str, ahead: list[int], own: list[int], tried: _Tried) -> None:
    """Put what precedes the “and” in the place of the first words of a term."""
    for first in own[1:]:
        for begin in ahead:
            _note(text, (begin, ahead[0] + 1), (first, own[-1] + 1), tried)


def _note(
    text: str,
    one: tuple[int, int],
    other: tuple[int, int],
    tried: _Tried,
) -> None:
    candidate = text[slice(*one)] + text[slice(*other)]
    # A word that is said twice is shared by nobody: war crimes and crimes against …
    if not text.startswith(candidate, one[0]) and not text.endswith(
        candidate, 0, other[1]
    ):
        tried.setdefault(candidate, {})[one, other] = None


def _words(text: str, places: range) -> list[int]:
    """Return the places where a word stands."""
    return [at for at in places if ord(text[at]) >= FIRST_SYMBOL]


def _row(text: str, places: range) -> list[int]:
    """Return the first few places as far as words stand there."""
    numbers: list[int] = []
    for at in places[:_MOST_WORDS]:
        if ord(text[at]) < FIRST_SYMBOL:
            break
        numbers.append(at)
    return numbers
