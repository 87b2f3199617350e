"""How the terms of a source are settled by what stands in its target.

Each place of the target stands for one term; what is long is settled first.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from glossary.entry import Finding, Span, is_draft
from glossary.query import Wanted
from glossary.recognition import findings as say
from glossary.recognition.alignment import Alignment
from glossary.recognition.beside import Settled
from glossary.recognition.demand import ELSEWHERE, Demand, Demands
from glossary.recognition.doubt import Doubts
from glossary.recognition.drafts import Side
from glossary.recognition.enclosed import Enclosures
from glossary.recognition.negation import Negations
from glossary.recognition.occurrences import Occurrence
from glossary.recognition.remains import Remains
from glossary.recognition.renderings import GRADES, Cover, Renderings, TargetWording
from glossary.recognition.rivals import Rival, Rivals, is_kindred, kindred
from glossary.recognition.sentences import Piece
from glossary.recognition.slights import Slights
from glossary.recognition.strangers import Strangers
from glossary.recognition.within import Within


@dataclass(frozen=True, slots=True)
class BothTexts:
    """A source and its target with what stands in them."""

    source: str
    target: str
    ours: Side
    theirs: Side
    alignment: Alignment
    to: str
    options: Wanted


class Judges(NamedTuple):
    """Who says whether a term that is not rendered is missing."""

    doubts: Doubts
    strangers: Strangers


class Settlement:
    """Which places of a target are used up, and by what of its source."""

    def __init__(self, pair: BothTexts, demands: Demands) -> None:
        self._pair, ours, theirs = pair, pair.ours, pair.theirs
        self._demands = demands
        self._in_source = {
            sense.entry.id
            for place in (*ours.places, *ours.drafts)
            for sense in place.senses
        }
        self._within = Within(ours.places, pair.source)
        self._cover = Cover(len(pair.target))
        self._rendered_so = Settled()
        # What is nested is not asked for before what leads has been settled.
        self._texts = texts = pair.source, pair.target
        bars = Enclosures(texts, theirs.leading, self._in_source).is_enclosed
        self._leading = Renderings(theirs.leading, self._in_source, bars)
        self._nested = Renderings(theirs.places, self._in_source, bars)
        self._aside = Renderings(theirs.drafts, self._in_source, bars)
        self._negations = Negations(texts, pair.alignment)
        self._rivals = Rivals(texts, ours.leading, theirs.outermost, pair.alignment)
        self._remains = Remains(pair.source), Remains(pair.target)
        self._unsettled: dict[str, list[Piece]] = {}
        self._strangers = Strangers(
            theirs.outermost, self._in_source, self._remains, pair.alignment
        )
        there = {s.entry.id for place in theirs.leading for s in place.senses}
        self._doubts = Doubts(*self._remains, pair.alignment, self._unsettled, there)
        self._judges = Judges(self._doubts, self._strangers)
        self._slights = Slights(pair.source, ours.leading, pair.alignment)

    def _leave(self, unsettled: list[Occurrence]) -> None:
        """Note what is not rendered; take out of the target what cannot render it.

        That is what other entries have there, unless they are related to one of these.
        """
        near: set[str] = set()
        for place in unsettled:
            self._note_unsettled(place)
            near.update(*(kindred(sense.entry) for sense in place.senses))
            # China may be left of a title that has it, if nothing else asks for it.
            inner = {s.entry.id for at in self._within.all(place) for s in at.senses}
            near |= inner - self._rivals.beside(place)
        for place in self._pair.theirs.leading if near else ():
            entries = [s.entry for s in place.senses if not is_draft(s.entry.state)]
            if entries and all(
                entry.id not in near and not is_kindred(entry, self._unsettled)
                for entry in entries
            ):
                self._remains[1].take(place)

    def _judges_of(
        self,
        draft: Occurrence,
        spans: Sequence[Span],
        remains: tuple[Remains, Remains],
    ) -> Judges:
        """Return who judges a draft that was set aside by what is left of both texts.

        `spans` stand for terms within it, so they may stand for it.
        """
        own = Piece(draft.start, draft.end)
        ids = {sense.entry.id for sense in draft.senses}
        unsettled = {name: [*self._unsettled.get(name, ()), own] for name in ids}
        return Judges(
            self._doubts.of(remains[1], unsettled), self._strangers.of(remains, spans)
        )

    def _remains_for(self, draft: Occurrence) -> tuple[Remains, Remains]:
        """Return what is left of both texts around a draft that was set aside.

        What renders the terms within it is left, and what is akin to it.
        """
        number = self._pair.alignment.number(draft.start)
        near = self._around(draft)
        whole = Piece(*draft[:2])
        ids = {sense.entry.id for sense in draft.senses}
        beside = self._pair.ours.starting(self._pair.alignment.own(number).source)
        own = set().union(*(kindred(sense.entry) for sense in draft.senses))
        own |= {s.entry.id for at in self._within.all(draft) for s in at.senses}
        touching, apart = set[str](), set[str]()
        for place in beside:
            akin = touching if whole.touches(Piece(*place[:2])) else apart
            akin.update(sense.entry.id for sense in place.senses)
        own = (own - apart) | touching
        source, target = Remains(self._pair.source), Remains(self._pair.target)
        for there, user in self._cover.users_within(near):
            if not whole.touches(Piece(*user[:2])):
                source.take(user)
                target.take(there)
        for there in self._pair.theirs.starting(near):
            entries = [s.entry for s in there.senses if not is_draft(s.entry.state)]
            if entries and not any(
                entry.id in own or is_kindred(entry, ids) for entry in entries
            ):
                target.take(there)
        return source, target

    def _note_unsettled(self, place: Occurrence) -> None:
        for sense in place.senses:
            places = self._unsettled.setdefault(sense.entry.id, [])
            places.append(Piece(place.start, place.end))

    def _settled(self, terms: list[Occurrence]) -> dict[int, Finding]:
        """Return what there is to say of the terms that are rendered, by number."""
        verdicts: dict[int, Finding] = {}
        alignment = self._pair.alignment
        # What is long is settled first, so that its inner terms are spoken for.
        order = sorted(range(len(terms)), key=lambda i: terms[i].start - terms[i].end)
        numbers = [alignment.number(place.start) for place in terms]
        for renderings in (self._leading, self._nested):
            may_be = {i for i in order if renderings.may_render(terms[i])}
            tried: dict[int, Piece] = {}
            for near in (alignment.own, alignment.around, alignment.anywhere):
                is_own = near == alignment.own
                for i in order if is_own else filter(may_be.__contains__, order):
                    if i in verdicts:
                        continue
                    judged = None
                    within = near(numbers[i]).target
                    if i in may_be and tried.get(i) != within:
                        tried[i] = within
                        judged = self._rendered(terms[i], renderings, within)
                    if judged is None and is_own:
                        judged = self._swapped(terms[i])
                    if judged is not None:
                        verdicts[i] = judged
        return verdicts

    def _rendered(
        self, place: Occurrence, renderings: Renderings, within: Piece
    ) -> Finding | None:
        """Return how a term is rendered; use the place up. None when it is not."""
        best: tuple[int, int, Demand, TargetWording] | None = None
        for sense in place.senses:
            wording = self._demands.of(sense)
            free = renderings.best(sense.entry.id, self._cover, wording.verdict, within)
            if free is not None and GRADES[free[0]] != ELSEWHERE:
                grade, rendering = free
                if best is None or (grade, rendering.at.start) < best[:2]:
                    best = grade, rendering.at.start, wording, rendering
        if best is None:
            return None
        grade, _, wording, rendering = best
        source = say.span(self._pair.source, place)
        target = say.span(self._pair.target, rendering.at)
        wordings = source.text, target.text
        if grade > 1 and self._cover.is_short_for(wordings, self._texts):
            grade = 0
        self._use(place, rendering.at)
        self._rendered_so.add(place, wording, rendering.at)
        own = rendering._replace(term=wording.own(rendering.term))
        there, as_of = (self._pair.target, own), self._pair.options.as_of
        finding = say.judged(GRADES[grade], wording, source, there, as_of)
        reason = finding.is_right and self._negations.changed(place, target)
        return say.changed(finding, reason) if reason else finding

    def _use(self, place: Occurrence, there: Occurrence) -> None:
        """Use a place up for a term of the source."""
        self._cover.add(there, place)
        source, target = self._remains
        source.take(place)
        target.take(there)

    def _swapped(
        self,
        place: Occurrence,
        spared: Collection[str] | None = None,
        *,
        is_beside: bool = False,
    ) -> Finding | None:
        """Return the finding of a term for which what it contrasts with stands.

        `spared` are entries that are no rivals, once all has been settled. `is_beside`
        says that the term is rendered too: then nothing of the source may explain it.
        """
        for demand in map(self._demands.of, place.senses):
            rival = self._rivals.contrast(demand, place, self._cover, spared)
            if (
                rival is not None
                and demand.expected
                and not (is_beside and self._strangers.is_explained(rival.at, place))
            ):
                self._use(place, rival.at)
                return self._replaced(demand, place, rival)
        return None

    def _replaced(
        self, demand: Demand, place: Occurrence, rival: Rival, *, by_doubt: bool = True
    ) -> Finding:
        """Return the finding of a rival in a term's place; `by_doubt` may excuse it."""
        reason = None
        if by_doubt:
            reason = self._doubts.plain(place, (demand,), instead=rival.entry)
        source = say.span(self._pair.source, place)
        return say.replaced(demand, source, self._pair.target, rival, reason)

    def _around(self, place: Occurrence) -> Piece:
        """Return the part of the target in which a place may be rendered."""
        alignment = self._pair.alignment
        return alignment.around(alignment.number(place.start)).target
