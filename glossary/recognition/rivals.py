"""What stands in a translation in place of a term: its contrast, another rung.

The *policy* for the *principle*, *oppose* for *strongly oppose*: entries that are
related so are told apart on purpose, so one of them is no rendering of the other.
"""

import re
from collections.abc import Collection, Container, Iterable, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from glossary import late_pattern
from glossary.entry import Entry, Term
from glossary.recognition.alignment import Alignment
from glossary.recognition.beyond import is_only_done
from glossary.recognition.demand import Demand, related
from glossary.recognition.occurrences import Occurrence
from glossary.recognition.renderings import GRADES, Cover, Renderings
from glossary.text import NEGATING, NEGATING_HAN

_LADDER: Final = frozenset({"stronger", "weaker"})
#: What makes the contrary of a term, directly before it.
_NEGATION: Final = late_pattern(
    rf"(?:{NEGATING_HAN}有?|\b(?:{NEGATING})[\s-]+(?:be\s+)?)$",
    re.IGNORECASE,
)
#: Characters before a word in which its negation stands (*is not a*).
_NEAR: Final = 12
_CONTRAST: Final = frozenset({"contrast"})
#: Relations of entries that are told apart on purpose.
TOLD_APART: Final = _CONTRAST | _LADDER


class Rival(NamedTuple):
    """A place of the target, the entry of what stands there, and what that means."""

    entry: Entry
    at: Occurrence
    verdict: str


class Rivals:
    """The wordings of a target that stand for another entry than was asked for."""

    def __init__(
        self,
        texts: tuple[str, str],
        places: Iterable[Occurrence],
        leading: Sequence[Occurrence],
        alignment: Alignment,
    ) -> None:
        self._source, self._target = texts
        self._alignment = alignment
        there = {
            s.entry.id: s.entry for occurrence in leading for s in occurrence.senses
        }
        self._entries = there
        self._leading = leading
        #: Which entries the source has, by the numbers of the beads.
        self._sentence_ids: dict[int, set[str]] = {}
        for occurrence in places:
            number = alignment.number(occurrence.start)
            ids = (sense.entry.id for sense in occurrence.senses)
            self._sentence_ids.setdefault(number, set()).update(ids)

    @cached_property
    def _places(self) -> Renderings:
        return Renderings(self._leading, self._entries)

    def beside(self, occurrence: Occurrence) -> set[str]:
        """Return the entries that lead in the sentence that a place stands in."""
        number = self._alignment.number(occurrence.start)
        return self._sentence_ids.get(number, set())

    def contrast(
        self,
        demand: Demand,
        occurrence: Occurrence,
        cover: Cover,
        unsettled: Collection[str] | None = None,
    ) -> Rival | None:
        """Return what a term contrasts with, free in the sentence's own rendering.

        What the sentence itself has is no rival, or, once all that is rendered is
        known, only what is of the entries that are not.
        """
        entry, others = demand.entry, demand.related(_CONTRAST)
        if not others:
            return None
        others &= self._entries.keys()
        if not others or _is_turned(self._source, occurrence):
            return None
        if unsettled is None:
            others -= self.beside(occurrence)
        else:
            others = others.difference(unsettled)
        rival = self._rival(entry, sorted(others), occurrence, cover, "forbidden")
        if rival is None or _is_turned(self._target, rival.at):
            return None
        ours, theirs = self._alignment.own(self._alignment.number(occurrence.start))
        source = self._source[ours.start : ours.end]
        target = self._target[theirs.start : theirs.end]
        is_the_same = is_only_done(
            rival.at, self._target, entry, source
        ) or is_only_done(occurrence, self._source, rival.entry, target)
        return None if is_the_same else rival

    def of_ladder(
        self, demand: Demand, occurrence: Occurrence, cover: Cover
    ) -> Rival | None:
        """Return another rung of a term's ladder, free in the own sentence."""
        entry, rungs = demand.entry, demand.related(_LADDER)
        if not rungs:
            return None
        here = self.beside(occurrence)
        others = [
            name
            for name, other in self._entries.items()
            if name not in here
            and (name in rungs or not rungs.isdisjoint(related(other, _LADDER)))
        ]
        return self._rival(entry, others, occurrence, cover, "missing")

    def _rival(
        self,
        entry: Entry,
        others: Iterable[str],
        occurrence: Occurrence,
        cover: Cover,
        verdict: str,
    ) -> Rival | None:
        number = self._alignment.number(occurrence.start)
        within = self._alignment.own(number).target
        for other in others:
            if other in self._entries and other != entry.id:
                free = self._places.best(other, cover, _any, within)
                if free is not None and entry.id not in {
                    sense.entry.id for sense in free[1].at.senses
                }:
                    return Rival(self._entries[other], free[1].at, verdict)
        return None


def _is_turned(text: str, at: Occurrence) -> bool:
    """Say whether what stands directly before a place makes its contrary."""
    return bool(_NEGATION.search(text[max(at.start - _NEAR, 0) : at.start]))


def _any(_: Term) -> str:
    """Judge any wording as good as any other."""
    return GRADES[0]


def is_kindred(entry: Entry, ids: Container[str]) -> bool:
    """Say whether an entry, or one that it is `kindred` to, is one of these."""
    return entry.id in ids or any(
        relation.entry in ids and relation.type not in TOLD_APART
        for relation in entry.relations
    )


def kindred(entry: Entry) -> set[str]:
    """Return an entry and those that it is related to, but for what it is told from."""
    return {entry.id, *(r.entry for r in entry.relations if r.type not in TOLD_APART)}
