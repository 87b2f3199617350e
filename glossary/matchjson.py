"""Matches as JSON: flat, with what the meaning has beside what the place has.

A meaning is shared by all places with its wording, so its JSON is made once.
"""

from collections.abc import Iterable
from typing import Final

from glossary.document import write
from glossary.entry import Match, Meaning
from glossary.offsets import measure

_MOST: Final = 50_000
#: By identity; the meaning is kept beside, so that no other takes its place.
_KNOWN: Final[dict[int, tuple[Meaning, bytes]]] = {}


def matches_json(text: str, matches: Iterable[Match], unit: str) -> bytes:
    """Return matches of a text as a JSON array, offsets in a unit."""
    at = measure(text, unit)
    return b"[%s]" % b",".join(
        b'{"start":%d,"end":%d,"text":%s,%s,"contains":%s,"parts":%s}'
        % (
            at(match.start),
            at(match.end),
            write(match.text),
            _meant(match.meaning),
            write(match.contains) if match.contains else b"[]",
            write([(at(a), at(b)) for a, b in match.parts]) if match.parts else b"[]",
        )
        for match in matches
    )


def _meant(meaning: Meaning) -> bytes:
    """Return the members of a meaning's JSON object, without its braces."""
    known = _KNOWN.get(id(meaning))
    if known is None:
        if len(_KNOWN) >= _MOST:
            _KNOWN.clear()
        known = _KNOWN[id(meaning)] = (meaning, write(meaning)[1:-1])
    return known[1]
