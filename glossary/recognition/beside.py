"""Wrong wordings beside the right rendering of what they must not render.

A translation that says *China-Africa Cooperation Forum (FOCAC)* has the right short
form, and the wrong full form beside it. With nothing but a bracket between them, both
are surely meant for the same; elsewhere the wrong one may stand for something else.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import Final

from glossary.recognition.demand import Demand
from glossary.recognition.occurrences import Occurrence
from glossary.recognition.snapshot import Sense

_WRONG: Final = "forbidden"
_BRACKETS: Final = frozenset("(（")
#: What stands between a wording and another in brackets.
_APPOSED: Final = re.compile(r"\s*[\"'”’]?\s*[(（\[]\s*[\"'“‘]?\s*(?:the\s+)?")


class Settled:
    """What was rendered of the source, by entry: which wordings, and where."""

    def __init__(self) -> None:
        self._wordings: dict[str, dict[Demand, Occurrence]] = {}
        self._places: dict[str, list[tuple[int, int]]] = {}
        self._first: dict[str, int] = {}

    def add(self, occurrence: Occurrence, wording: Demand, at: Occurrence) -> None:
        """Note that a place of the target renders a wording of the source."""
        entry = wording.entry.id
        self._wordings.setdefault(entry, {}).setdefault(wording, occurrence)
        insort(self._places.setdefault(entry, []), (at.start, at.end))
        self._first[entry] = min(
            occurrence.start, self._first.get(entry, occurrence.start)
        )

    def is_behind(self, entry: str, occurrence: Occurrence) -> bool:
        """Say whether a place of the source stands behind one that was rendered."""
        return self._first.get(entry, occurrence.end) < occurrence.start

    def wronged(self, senses: Sequence[Sense]) -> tuple[Occurrence, Demand] | None:
        """Return the first rendered wording that another renders wrongly in any sense.

        None where one of its senses is no such rendering.
        """
        wordings = self._wordings.get(senses[0].entry.id, {})
        return next(
            (
                (occurrence, wording)
                for wording, occurrence in wordings.items()
                if all(
                    sense.entry.id == wording.entry.id
                    and wording.verdict(sense.term) == _WRONG
                    for sense in senses
                )
            ),
            None,
        )

    def is_apposed(self, entry: str, at: Occurrence, text: str) -> bool:
        """Say whether a place has but a bracket between it and a right rendering."""
        places = self._places.get(entry, [])
        behind = bisect_left(places, (at.start, at.end))
        return any(
            _APPOSED.fullmatch(text, min(at.end, end), max(at.start, start))
            for start, end in places[max(behind - 1, 0) : behind + 1]
        )


def is_in_brackets(text: str, before: Occurrence, place: Occurrence) -> bool:
    """Say whether a term is only said again in brackets: an acronym, mostly."""
    between = text[before.end : place.start].strip()
    ids = {sense.entry.id for sense in before.senses}
    return between in _BRACKETS and any(s.entry.id in ids for s in place.senses)
