"""Matches as JSON: flat, with what the meaning has beside what the place has.

A meaning is shared by all places with its wording, so its JSON is made once.
"""

from collections.abc import Iterable
from typing import Final

from glossary.entry import Match, Meaning, write
from glossary.recognition.answer_size import AnswerSize
from glossary.recognition.offsets import measure

#: Parts of answers that are remembered, some hundred bytes each.
_MOST: Final = 50_000
#: By identity; the meaning is kept beside, so that no other takes its place.
_KNOWN: Final[dict[int, tuple[Meaning, str, bytes]]] = {}


def matches_json(
    text: str, matches: Iterable[Match], unit: str, *, size: AnswerSize | None = None
) -> bytes:
    """Return matches of a text as a JSON array, offsets in a unit.

    Raise TooLarge when the answer, whose size so far is `size`, becomes too large.
    """
    at = measure(text, unit)
    size = size or AnswerSize()
    pieces = []
    for start, end, wording, meaning, contains, parts in matches:
        memo = _KNOWN.get(id(meaning))
        if memo is None or memo[1] != wording:
            memo = _learnt(meaning, wording)
        inside = write(contains) if contains else b"[]"
        spans = write([(at(a), at(b)) for a, b in parts]) if parts else b"[]"
        values = at(start), at(end), memo[2], inside, spans
        pieces.append(b'{"start":%d,"end":%d,%s,"contains":%s,"parts":%s}' % values)
        size.add(pieces[-1])
    return b"[%s]" % b",".join(pieces)


def _learnt(meaning: Meaning, wording: str) -> tuple[Meaning, str, bytes]:
    """Note the members of a JSON object that a wording has wherever it stands."""
    if len(_KNOWN) >= _MOST:
        _KNOWN.clear()
    members = b'"text":%s,%s' % (write(wording), write(meaning)[1:-1])
    memo = _KNOWN[id(meaning)] = meaning, wording, members
    return memo
