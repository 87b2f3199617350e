"""Terms in pieces: with something in their slots, or sharing a word with another.

build {…} between {…}      build a new relationship between China and …
East and South China Seas  holds East China Sea beside South China Sea
strengthen communication and coordination  holds strengthen coordination
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from glossary.recognition.automaton import Lexicon, Ref, Segment
from glossary.recognition.symbol import FIRST_SYMBOL, symbol
from glossary.recognition.tape import Tape

GAP: Final = "gap"
COORDINATION: Final = "coordination"
#: So many characters may stand in a slot.
_WIDEST_GAP: Final = 60
_AND: Final = re.compile(f"[{symbol('and')}{symbol('or')}]")
#: So many words may stand before or behind the “and” and share the rest.
_MOST_WORDS: Final = 2
Raw = Sequence[tuple[int, int, int]]
#: Wordings that may be terms, and the pairs of spans that make each.
_Tried = dict[str, dict[tuple[tuple[int, int], tuple[int, int]], None]]


class Pieces(NamedTuple):
    """A term in pieces: their spans on the tape, and which terms it may be."""

    spans: tuple[tuple[int, int], ...]
    via: str
    refs: tuple[Ref, ...]


def in_pieces(read: Tape, lexicon: Lexicon, raw: Raw) -> Iterator[Pieces]:
    """Yield the terms in pieces on a tape, given what was found in one piece."""
    if lexicon.segments:
        yield from _slotted(read, lexicon, raw)
    joints = {match.start() for match in _AND.finditer(read.text)}
    if joints:
        yield from _coordinated(read.text, joints, lexicon, raw)


def _slotted(read: Tape, lexicon: Lexicon, raw: Raw) -> Iterator[Pieces]:
    """Yield terms whose segments stand one behind the other, not too far apart."""
    by_ref: dict[Ref, list[tuple[int, int, Segment]]] = {}
    for start, end, pattern in raw:
        for segment in lexicon.segments.get(pattern, ()):
            by_ref.setdefault(segment.ref, []).append((start, end, segment))
    for ref, found in by_ref.items():
        chain: list[tuple[int, int]] = []
        for start, end, segment in sorted(found, key=lambda f: (f[0], f[2].at)):
            if segment.at == 0:
                chain = [(start, end)]
            elif segment.at == len(chain) and _is_near(read, chain[-1][1], start):
                chain.append((start, end))
            if len(chain) == segment.of:
                yield Pieces(tuple(chain), GAP, (ref,))
                chain = []


def _is_near(read: Tape, end: int, start: int) -> bool:
    """Say whether what starts here may belong to what ended there."""
    if not 0 <= start - end <= _WIDEST_GAP:
        return False
    before, behind = read.source_spans([(end - 1, end), (start, start + 1)])
    return behind[0] - before[1] <= _WIDEST_GAP


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
                    found = Pieces(spans, COORDINATION, refs)
                    best[outer] = len(candidate), found
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
    tried.setdefault(candidate, {})[one, other] = None


def _words(text: str, places: range) -> list[int]:
    """Return the places where a word stands."""
    return [at for at in places if ord(text[at]) >= FIRST_SYMBOL]


def _row(text: str, places: range) -> list[int]:
    """Return the first few places as far as words stand there."""
    found: list[int] = []
    for at in places[:_MOST_WORDS]:
        if ord(text[at]) < FIRST_SYMBOL:
            break
        found.append(at)
    return found
