"""Terms in pieces: with something in their slots, or sharing a word with another.

build {…} between {…}      build a new relationship between China and …
East and South China Seas  holds East China Sea beside South China Sea
strengthen communication and coordination  holds strengthen coordination
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from glossary.lexicon import Lexicon, Ref, Segment
from glossary.tape import Tape

GAP: Final = "gap"
COORDINATION: Final = "coordination"
#: What a slot may hold: words with spaces, or characters without, on the tape.
_WIDEST_GAP: Final = 60
_AND: Final = re.compile(" (?:and|or) ")
#: So many words may stand before or behind the “and” and share the rest.
_MOST_WORDS: Final = 2
_SIGHT: Final = 80
_WORD: Final = re.compile(" [^ ]+ ")
Raw = Sequence[tuple[int, int, int]]
_Words = list[tuple[int, int]]
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
        yield from _slotted(lexicon, raw)
    if " and " in read.text or " or " in read.text:
        yield from _coordinated(read.text, lexicon, raw)


def _slotted(lexicon: Lexicon, raw: Raw) -> Iterator[Pieces]:
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
            elif segment.at == len(chain) and 0 <= start - chain[-1][1] <= _WIDEST_GAP:
                chain.append((start, end))
            if len(chain) == segment.of:
                yield Pieces(tuple(chain), GAP, (ref,))
                chain = []


def _coordinated(text: str, lexicon: Lexicon, raw: Raw) -> Iterator[Pieces]:
    """Yield terms that share the head or the tail of one found beside an “and”."""
    tried: _Tried = {}
    joints = {match.start(): match.end() for match in _AND.finditer(text)}
    behind = {end: start for start, end in joints.items()}
    for start, end, _ in raw:
        if end in joints:
            own = _words(text, start, end)
            _try_tails(text, own, _behind(text, joints[end]), tried)
        if start in behind:
            own = _words(text, start, end)
            _try_heads(text, _ahead(text, behind[start]), own, tried)
    if not tried:
        return
    joined = "\n".join(tried)
    begins = {}
    at = 0
    for candidate in tried:
        begins[at] = candidate
        at += len(candidate) + 1
    # Of several that share more or less with the same one, the longest is meant.
    best: dict[tuple[int, int], tuple[int, Pieces]] = {}
    for start, end, pattern in lexicon.find(joined):
        candidate = begins.get(start, "")
        if end - start == len(candidate):
            refs = tuple(lexicon.refs(pattern))
            for spans in tried[candidate]:
                outer = spans[0][0], spans[-1][1]
                if outer not in best or best[outer][0] < len(candidate):
                    found = Pieces(spans, COORDINATION, refs)
                    best[outer] = len(candidate), found
    yield from (pieces for _, pieces in best.values())


def _try_tails(
    text: str,
    own: _Words,
    behind: _Words,
    tried: _Tried,
) -> None:
    """Put what follows the “and” in the place of the last words of a term."""
    for kept in range(1, len(own)):
        head = (own[0][0], own[kept - 1][1])
        for number in range(1, len(behind) + 1):
            _note(text, head, (behind[0][0], behind[number - 1][1]), tried)


def _try_heads(text: str, ahead: _Words, own: _Words, tried: _Tried) -> None:
    """Put what precedes the “and” in the place of the first words of a term."""
    for dropped in range(1, len(own)):
        tail = (own[dropped][0], own[-1][1])
        for number in range(1, len(ahead) + 1):
            _note(text, (ahead[-number][0], ahead[-1][1]), tail, tried)


def _note(
    text: str,
    one: tuple[int, int],
    other: tuple[int, int],
    tried: _Tried,
) -> None:
    candidate = text[slice(*one)] + text[slice(*other)]
    tried.setdefault(candidate, {})[one, other] = None


def _words(text: str, start: int, end: int) -> _Words:
    """Return the spans of the whole words between two places, with their spaces."""
    return [match.span() for match in _WORD.finditer(text, start, end)]


def _behind(text: str, start: int) -> _Words:
    """Return the words that follow a place without anything between them."""
    found: _Words = []
    for match in _WORD.finditer(text, start, start + _SIGHT):
        if match.start() != (found[-1][1] if found else start):
            break
        found.append(match.span())
    return found[:_MOST_WORDS]


def _ahead(text: str, end: int) -> _Words:
    """Return the words that lead up to a place without anything between them."""
    found: _Words = []
    for first, last in reversed(_words(text, max(end - _SIGHT, 0), end)):
        if last != (found[0][0] if found else end):
            break
        found.insert(0, (first, last))
    return found[-_MOST_WORDS:]
