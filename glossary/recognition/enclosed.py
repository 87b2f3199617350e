"""Renderings that lie inside a wording of another matter.

*Condemn* is there in *strongly condemn*, and a crime in the title of the convention
against it. Where the source has neither the stronger wording nor the convention, the
longer wording is what the translation says, and what lies inside it renders nothing.
Nor does *Taiwan region* inside *China's Taiwan region*, which renders another wording
of its entry.
"""

import re
from bisect import bisect_right
from collections.abc import Container, Sequence
from operator import attrgetter
from typing import Final

from glossary.entry import Entry
from glossary.recognition.beyond import is_only_done
from glossary.recognition.negation import is_negated
from glossary.recognition.occurrences import Occurrence
from glossary.recognition.rivals import TOLD_APART
from glossary.recognition.snapshot import Sense
from glossary.text import is_of_instrument, is_title, speaks_of_instrument

_BEGIN: Final = attrgetter("start")
#: What stands in a title before what the instrument treats; in Chinese, behind it.
_OPENING: Final = re.compile(
    r"\b(?:Convention|Treaty|Protocol|Covenant|Declaration|Agreement)"
    r" (?:[a-z]+ ){0,2}(?:against|on|for|of|concerning|relating to)"
    r" (?:the )?(?:[A-Z]\w+ (?:and [A-Z]\w+ )?of (?:the )?)?$"
)
_CLOSING: Final = re.compile(
    "(?:的|之)?(?:国际|國際)?(?:公约|公約|条约|條約|议定书|議定書|盟约|盟約)"
)
#: So much of a title is looked at before its subject.
_NEAR: Final = 60
#: So much of a source, on either side, may go with a place of its translation.
_AROUND: Final = 200


class Enclosures:
    """The longest wordings of a target that are of nothing in its source."""

    def __init__(
        self,
        texts: tuple[str, str],
        leading: Sequence[Occurrence],
        in_source: Container[str],
    ) -> None:
        source, self._target = texts
        self._source = source
        self._has_instrument = speaks_of_instrument(source)
        #: What says by itself which wordings it renders, of entries of the source.
        self._bound = [
            place
            for place in leading
            if not place.parts
            and any(s.entry.id in in_source and _is_bound(s) for s in place.senses)
        ]
        self._strange = [
            place
            for place in leading
            if not place.parts
            and not any(sense.entry.id in in_source for sense in place.senses)
        ]

    def is_enclosed(self, place: Occurrence, entry: Entry) -> bool:
        """Say whether a wording of an entry says something else, by what is around it.

        That is another rung of its ladder, what it is told apart from, or the title of
        an instrument, where the source speaks of none. What is only negated is left to
        `glossary.recognition.negation`.
        """
        if self._is_of_longer(place, entry) or (
            not self._has_instrument and self._is_of_title(place, entry)
        ):
            return True
        around = _around(place, self._strange)
        if around is None or is_negated(self._target, place.start):
            return False
        told_apart = {r.entry for r in entry.relations if r.type in TOLD_APART}
        if not told_apart.isdisjoint(sense.entry.id for sense in around.senses):
            source = self._likely(around.start)
            return not is_only_done(around, self._target, entry, source)
        return any(
            not self._has_instrument and is_title(sense.term.text)
            for sense in around.senses
        )

    def _is_of_longer(self, place: Occurrence, entry: Entry) -> bool:
        """Say whether a longer wording of the entry is there, which renders another."""
        around = _around(place, self._bound)
        return around is not None and any(
            sense.entry.id == entry.id and _is_bound(sense) for sense in around.senses
        )

    def _likely(self, there: int) -> str:
        """Return what of the source is likely to go with a place of the target."""
        at = there * len(self._source) // max(len(self._target), 1)
        return self._source[max(at - _AROUND, 0) : at + _AROUND]

    def _is_of_title(self, place: Occurrence, entry: Entry) -> bool:
        """Say whether a wording is the subject of an instrument, in its title.

        An entry about an instrument has titles of its own.
        """
        before = self._target[max(place.start - _NEAR, 0) : place.start]
        is_capital = self._target[place.start].isupper()
        if not (is_capital and _OPENING.search(before)) and not _CLOSING.match(
            self._target, place.end
        ):
            return False
        return not any(is_of_instrument(term.text) for term in entry.terms)


def _around(place: Occurrence, places: Sequence[Occurrence]) -> Occurrence | None:
    """Return which of some places, in order, is longer than a place and holds it."""
    behind = bisect_right(places, place.start, key=_BEGIN)
    around = places[behind - 1] if behind else None
    if around is None or around.end < place.end or around[:2] == place[:2]:
        return None
    return around


def _is_bound(sense: Sense) -> bool:
    """Say whether a name says which wordings it renders; a verb may have an adverb."""
    return bool(sense.term.renders) and sense.term.part_of_speech != "verb"
