"""Longer terms of drafts that nothing in the other text answers: they hide nothing.

A longer term covers what lies within it where both texts have it. Of a draft's that
only one of them has, nobody knows whether it is a term at all; what it would cover is
checked as though the draft were not there. So drafts never make a check find less.
"""

from bisect import bisect_left, bisect_right
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    Set,
)
from operator import attrgetter
from typing import Final, NamedTuple

from glossary.entry import ALWAYS, Finding, is_draft
from glossary.recognition.alignment import Alignment
from glossary.recognition.demand import Demand, Demands, related
from glossary.recognition.longest import longest
from glossary.recognition.occurrences import Occurrence
from glossary.recognition.rivals import TOLD_APART
from glossary.recognition.sentences import Piece

_BEGIN: Final = attrgetter("start")
#: The reason of a finding of a term of which only one side is negated.
_NEGATION: Final = "negation"
#: Under this name a reading keeps what it is, as drafts go.
_KIND: Final = "kind"
#: Verdicts of what answers a term.
_RIGHT: Final = frozenset({"ok", "admitted"})


def _order(place: Occurrence) -> tuple[int, int]:
    return place.start, -place.end


class Side(NamedTuple):
    """What stands in one text of a pair.

    `places` are all but the `drafts` that would cover others in vain; `leading` are the
    longest of them.
    """

    places: list[Occurrence]
    leading: list[Occurrence]
    drafts: list[Occurrence]

    @property
    def outermost(self) -> list[Occurrence]:
        """What leads, and the drafts around it, in order."""
        if not self.drafts:
            return self.leading
        return sorted([*self.leading, *self.drafts], key=_order)

    def starting(self, within: Piece) -> Sequence[Occurrence]:
        """Return what leads and starts in a part of the text."""
        return _starting(self.leading, within)


def without_unproved(
    findings: Iterable[Finding], side: Side
) -> tuple[list[Finding], list[Finding]]:
    """Return the findings that are told, and those by which sentences are read.

    A draft that as a whole is asked for by advice or never confirms nothing: nobody has
    proved it, and a check may miss it. That only one side of it is negated is told of
    the words that negate, when sentences are read.
    """
    places = {
        (place.start, place.end, sense.entry.id)
        for place in (*side.places, *side.drafts)
        for sense in place.senses
        if is_draft(sense.entry.state) and (sense.entry.expected or ALWAYS) != ALWAYS
    }
    answers, evidence = list[Finding](), list[Finding]()
    for finding in findings:
        at = finding.source
        is_proved = at is None or (at.start, at.end, finding.entry) not in places
        if is_proved or finding.reason != _NEGATION:
            evidence.append(finding)
            if is_proved or not finding.is_right:
                answers.append(finding)
    return answers, evidence


class _Text:
    """One text of a pair, of which terms of drafts are set aside."""

    def __init__(self, text: str, places: list[Occurrence]) -> None:
        self._text = text
        self.places = places
        self._kinds = [*map(_kind, places)]
        self.ids = set().union(*(kind.ids for kind in self._kinds))
        self.leading: list[Occurrence] = []
        #: What lies within a draft's term or crosses it, by identity.
        self._covered: dict[int, list[Occurrence]] = {}
        self._aside: list[Occurrence] = []

    def look(self, theirs: Set[str]) -> None:
        """Set aside the drafts that cover others, and of which the other text has none.

        `theirs` are the entries that it has. What is covered counts if it is approved,
        or if it is one of these.
        """
        places, kinds, covered = self.places, self._kinds, self._covered
        counts = [not (kind.is_draft and theirs.isdisjoint(kind.ids)) for kind in kinds]
        for at, place in enumerate(places):
            end, is_of_draft = place.end, kinds[at].is_draft
            for i in range(at + 1, len(places)):
                other = places[i]
                if other.start >= end:
                    break
                if (place.parts or other.parts) and not _touch(place, other):
                    continue
                # An entry tells its own wordings apart by itself.
                if not kinds[at].ids.isdisjoint(kinds[i].ids):
                    continue
                if is_of_draft and counts[i]:
                    covered.setdefault(id(place), []).append(other)
                if counts[at] and kinds[i].is_draft and other.end > end:
                    covered.setdefault(id(other), []).append(place)
        self.set_aside(
            [
                place
                for place, kind in zip(places, kinds, strict=True)
                if id(place) in covered and theirs.isdisjoint(kind.answers)
            ]
        )

    @property
    def covering(self) -> list[Occurrence]:
        """The leading terms of drafts that cover others, in order."""
        covered = self._covered
        return [place for place in self.leading if id(place) in covered]

    def within(
        self, drafts: Iterable[Occurrence], aside: Iterable[Occurrence]
    ) -> list[Occurrence]:
        """Return the terms of drafts that others cover, and that cover others.

        Those that are set aside already are not among them.
        """
        covered, ids = self._covered, set(map(id, aside))
        inner = (place for draft in drafts for place in covered[id(draft)])
        return _in_order(p for p in inner if id(p) in covered and id(p) not in ids)

    @property
    def anchors(self) -> list[Occurrence]:
        """What leads, but for drafts that cover others: these do, rendered or not."""
        covering = self.covering
        if not covering:
            return self.leading
        ids = set(map(id, covering))
        inner = (p for place in covering for p in self._covered[id(place)])
        rest = [place for place in self.leading if id(place) not in ids]
        own = _in_order(place for place in inner if id(place) not in ids)
        return _in_order([*rest, *longest(own, self._text)])

    @property
    def side(self) -> Side:
        """What is left, and what was set aside and lies in nothing that leads."""
        drafts = [place for place in self._aside if not self._is_covered(place)]
        return Side(self.places, self.leading, sorted(drafts, key=_order))

    def _is_covered(self, draft: Occurrence) -> bool:
        """Say whether a place lies within what leads, or gives way to it."""
        first = bisect_right(self.leading, draft.start, key=_BEGIN) - 1
        last = bisect_left(self.leading, draft.end, key=_BEGIN) - 1
        length = draft.end - draft.start
        return any(
            other.end > draft.start
            and other.end - other.start >= length
            and _touch(other, draft)
            for other in self.leading[max(first, 0) : last + 1 : max(last - first, 1)]
        )

    def _own_within(self, draft: Occurrence) -> Iterator[Occurrence]:
        """Yield the shorter wordings of a draft that lie within it."""
        for place in _starting(self.places, Piece(draft.start, draft.end)):
            if place.end <= draft.end and _kind(place).ids <= _kind(draft).ids:
                yield place

    def set_aside(self, drafts: Collection[Occurrence]) -> None:
        """Look at the text as though some terms of it were not there."""
        if drafts:
            ids = set(map(id, drafts))
            for draft in drafts:
                ids.update(map(id, self._own_within(draft)))
            self._aside += drafts
            self.places = [place for place in self.places if id(place) not in ids]
        if drafts or not self.leading:
            self.leading = longest(self.places, self._text)


def sides(
    texts: tuple[str, str],
    places: tuple[list[Occurrence], list[Occurrence]],
    demands: Demands,
    align: Callable[[list[Occurrence], list[Occurrence]], Alignment],
) -> tuple[Side, Side, Alignment]:
    """Return what stands in both texts, without drafts that would cover others in vain.

    `align` is given terms of both that lead.
    """
    source, target = map(_Text, texts, places)
    source.look(target.ids)
    target.look(source.ids)
    alignment = align(source.anchors, target.anchors)
    covering = source.covering, target.covering
    answers = _Answers((source, target), alignment, demands)
    aside: tuple[list[Occurrence], list[Occurrence]] = [], []
    terms = source.leading
    while any(covering):
        answers.look_for(terms, covering)
        unmet = [[*filter(answers.lack, own)] for own in covering]
        for side, own in zip(aside, unmet, strict=True):
            side.extend(own)
        # What they cover may be a draft's that covers others in its turn.
        covering = source.within(unmet[0], aside[0]), target.within(unmet[1], aside[1])
        terms = covering[0]
    source.set_aside(aside[0])
    target.set_aside(aside[1])
    return source.side, target.side, alignment


def _in_order(places: Iterable[Occurrence]) -> list[Occurrence]:
    """Return places, each once, in the order of the text."""
    return sorted({id(place): place for place in places}.values(), key=_order)


class _Answers:
    """The terms of drafts that something answers on the other side."""

    def __init__(
        self, both: tuple[_Text, _Text], alignment: Alignment, demands: Demands
    ) -> None:
        self._both = both
        self._alignment = alignment
        self._demands = demands
        self._ids: set[int] = set()
        nears = alignment.own, alignment.around, alignment.anywhere
        self._nears = nears if len(alignment.beads) > 1 else nears[:1]

    def lack(self, place: Occurrence) -> bool:
        """Say whether nothing answers a place, as far as was looked for."""
        return id(place) not in self._ids

    def look_for(
        self,
        terms: Sequence[Occurrence],
        covering: tuple[Sequence[Occurrence], Sequence[Occurrence]],
    ) -> None:
        """Look for what answers drafts that cover others, on both sides.

        A rendering answers one of the terms of the source, what it is told apart from
        all of its sentence. A wording of the target is of the source where that has its
        entry at all: what it renders, the entry says.
        """
        source, target = self._both
        kinds = [_kind(place) for own in covering for place in own]
        ids = set().union(*(kind.ids for kind in kinds))
        there = _by_entry(target.places, ids.union(*(kind.answers for kind in kinds)))
        own = [place for place in terms if not ids.isdisjoint(_kind(place).ids)]
        for near in self._nears:
            for term in filter(self.lack, own):
                within = near(self._alignment.number(term.start)).target
                self._look_for(term, there, within)
        others = set().union(*(_kind(place).others for place in covering[1]))
        here = _by_entry(source.places, others)
        for name, places in _by_entry(source.leading, ids).items():
            here.setdefault(name, []).extend(places)
        self._ids.update(
            id(place)
            for place in covering[0]
            for name in _kind(place).others
            if _starting(there.get(name, ()), self._own(place))
        )
        self._ids.update(
            id(place)
            for place in covering[1]
            for name in _kind(place).answers
            for term in here.get(name, ())
            if _starting((place,), self._own(term))
        )

    def _own(self, place: Occurrence) -> Piece:
        """Return what of the target goes with the sentence of a place."""
        return self._alignment.own(self._alignment.number(place.start)).target

    def _look_for(
        self,
        term: Occurrence,
        there: Mapping[str, Sequence[Occurrence]],
        within: Piece,
    ) -> None:
        """Look for a right rendering of a term that answers no other."""
        for sense in term.senses:
            demand = self._demands.of(sense)
            for place in _starting(there.get(sense.entry.id, ()), within):
                if self.lack(place) and _renders(place, demand):
                    self._ids |= {id(term), id(place)}
                    return


def _renders(place: Occurrence, demand: Demand) -> bool:
    """Say whether a place may be a right rendering."""
    return any(
        candidate.sense.entry.id == demand.entry.id
        and demand.verdict(candidate.sense.term) in _RIGHT
        for candidate in place.reading.candidates
    )


def _by_entry(
    places: Iterable[Occurrence], ids: Set[str]
) -> dict[str, list[Occurrence]]:
    """Return places of some entries, by these."""
    there: dict[str, list[Occurrence]] = {}
    if ids:
        for place in places:
            for name in _kind(place).ids & ids:
                there.setdefault(name, []).append(place)
    return there


def _starting(places: Sequence[Occurrence], within: Piece) -> Sequence[Occurrence]:
    """Return which of some places, in order, start in a part of their text."""
    first = bisect_left(places, within.start, key=_BEGIN)
    return places[first : bisect_left(places, within.end, key=_BEGIN)]


def _touch(one: Occurrence, other: Occurrence) -> bool:
    """Say whether two places have a character in common that is none of a slot."""
    return any(
        start < behind and first < end
        for start, end in one.parts or ((one.start, one.end),)
        for first, behind in other.parts or ((other.start, other.end),)
    )


class _Kind(NamedTuple):
    """What a wording is: whether it is nothing but a term of drafts, and its entries.

    `others` are those that they are told apart from: where one of these stands, a draft
    is not rendered, but an editor has said what that means. `answers` are both.
    """

    is_draft: bool
    ids: frozenset[str]
    others: frozenset[str]
    answers: frozenset[str]


def _kind(place: Occurrence) -> _Kind:
    memory = place.reading.memory
    kind: _Kind | None = memory.get(_KIND)
    if kind is None:
        entries = [sense.entry for sense in place.senses]
        ids = frozenset(entry.id for entry in entries)
        others = frozenset[str]().union(*(related(e, TOLD_APART) for e in entries))
        is_of_drafts = all(is_draft(entry.state) for entry in entries)
        kind = memory[_KIND] = _Kind(is_of_drafts, ids, others, ids | others)
    return kind
