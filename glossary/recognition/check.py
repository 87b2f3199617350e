"""Whether a translation uses the right terms.

    checked = check(recognition.snapshot(), source, target, Wanted(from_="zh", to="en"))
    for finding in checked: finding.verdict, finding.source, finding.expected

Every longest term of the source is asked for in the target, as often as it stands
there; one synonym is enough. What lies inside a longer term is not asked for by itself,
and a rendering that lies inside one that is needed for another term does not count.
A wording that must not be used is named even where the source does not ask for it, if
it is wrong anywhere or stands beside the right rendering of what it must not render.
Other forms of a word may excuse a rendering; they never accuse one: what rests on an
inflected form alone is advice. A term is answered in the sentence that goes with its
own, or in a neighbour of that; what is gone from there may still be said in other
words, as `glossary.recognition.doubt` has it.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final

from glossary.entry import EXPECTATIONS, NEVER, Entry, Finding, Span, is_draft
from glossary.query import ALIGNS, Wanted
from glossary.recognition import findings as say
from glossary.recognition.alignment import Alignment, aligned, unaligned
from glossary.recognition.beside import Settled, is_in_brackets
from glossary.recognition.demand import ELSEWHERE, Demand, Demands, alone
from glossary.recognition.doubt import DRAFT, Doubts
from glossary.recognition.enclosed import Enclosures
from glossary.recognition.longest import longest
from glossary.recognition.naming import is_state
from glossary.recognition.negation import Negations
from glossary.recognition.occurrences import Occurrence, occurrences
from glossary.recognition.remains import Remains
from glossary.recognition.renderings import GRADES, Cover, Renderings, TargetWording
from glossary.recognition.rivals import Rival, Rivals, is_kindred, kindred
from glossary.recognition.sentences import Piece
from glossary.recognition.sides import of_sentences
from glossary.recognition.slights import Slights
from glossary.recognition.snapshot import Snapshot
from glossary.recognition.strangers import Strangers
from glossary.recognition.swaps import exchanged
from glossary.recognition.unasked import unasked
from glossary.text import language_of, other_language

_BEGIN: Final = attrgetter("start")
#: What may stand between terms that one rendering takes together.
_JOINT: Final = re.compile(
    r"\s*(?:(?:[A-Z][\w'’-]+\s+){0,3}of(?: the)?\s+|\w{1,3})?[“‘「『\"]?"
)
#: Under this name, demands are kept with the wordings that they are made of.
_DEMANDS: Final = "demands"


@dataclass(frozen=True, slots=True)
class _Pair:
    """A source and its target with what stands in them."""

    source: str
    target: str
    places: list[Occurrence]
    terms: list[Occurrence]
    there: list[Occurrence]
    leading: list[Occurrence]
    alignment: Alignment
    to: str
    options: Wanted


def check(
    snapshot: Snapshot, source: str, target: str, options: Wanted
) -> tuple[Finding, ...]:
    """Return what there is to say of a pair, in the order of the source.

    Languages that are not asked for are told from the source's script. The last are
    findings about the target alone. Raise Invalid for an issuer that nobody is.
    """
    options = replace(options, issuers=snapshot.issuers.keys_of(options.issuer))
    from_ = options.from_ or language_of(source)
    to = options.to or other_language(from_)
    if not source.strip() and not target.strip():
        return ()
    places = occurrences(snapshot, source, replace(options, from_=from_), then=target)
    terms = longest(places, source)
    if not target.strip():
        return (say.empty(source, alone(source, terms, to, options)),)
    there = occurrences(snapshot, target, replace(options, from_=to), loosely=True)
    leading = longest(there, target)
    if terms and options.align == ALIGNS[0]:
        alignment = aligned(source, target, (terms, leading))
    else:
        alignment = unaligned(source, target)
    pair = _Pair(source, target, places, terms, there, leading, alignment, to, options)
    return tuple(_Checking(pair, snapshot.delta.memory(_DEMANDS)).findings())


class _Checking:
    """One check: which places of the target are used up, and by what."""

    def __init__(self, pair: _Pair, demands: dict[object, Demand]) -> None:
        self._pair = pair
        self._demands = Demands(demands, pair.to, pair.options)
        self._in_source = {s.entry.id for place in pair.places for s in place.senses}
        self._cover = Cover(len(pair.target))
        self._rendered_so = Settled()
        # What is nested is not asked for before what leads has been settled.
        self._texts = texts = pair.source, pair.target
        bars = Enclosures(texts, pair.leading, self._in_source).is_enclosed
        self._leading = Renderings(pair.leading, self._in_source, bars)
        self._nested = Renderings(pair.there, self._in_source, bars)
        self._negations = Negations(texts, pair.alignment)
        self._rivals = Rivals(texts, pair.terms, pair.leading, pair.alignment)
        self._remains = Remains(pair.source), Remains(pair.target)
        self._unsettled: dict[str, list[Piece]] = {}
        self._strangers = Strangers(
            pair.leading, self._in_source, self._remains, pair.alignment
        )
        there = {s.entry.id for place in pair.leading for s in place.senses}
        self._doubts = Doubts(*self._remains, pair.alignment, self._unsettled, there)
        self._slights = Slights(pair.source, pair.terms, pair.alignment)

    def findings(self) -> Iterator[Finding]:
        """Yield the findings of the source's terms, then those of the target's."""
        terms = [place for place in self._pair.terms if self._demands.can_ask(place)]
        alignment = self._pair.alignment
        verdicts = exchanged(self._texts, terms, self._settled(terms), alignment)
        self._slights.note(terms, verdicts)
        self._leave([place for i, place in enumerate(terms) if i not in verdicts])
        findings = [*self._of_terms(terms, verdicts)]
        yield from findings
        yield from of_sentences(self._texts, alignment, findings, self._slights)
        yield from unasked(
            (self._pair.target, self._pair.leading),
            (self._pair.source, self._in_source),
            (self._cover, self._rendered_so),
            self._pair.options,
        )

    def _of_terms(
        self, terms: list[Occurrence], verdicts: dict[int, Finding]
    ) -> Iterator[Finding]:
        """Yield what there is to say of terms, some of which are settled, by number."""
        alignment = self._pair.alignment
        untranslated: Piece | None = None
        for i, place in enumerate(terms):
            finding = verdicts.get(i)
            if finding is None:
                if i and is_in_brackets(self._pair.source, terms[i - 1], place):
                    continue
                finding = self._swapped(place, self._unsettled) or self._missing(place)
                # Sentences around the place that nobody has translated, if any.
                part = alignment.omitted(alignment.number(place.start))
                if finding is not None and not finding.advice and part is not None:
                    if part == untranslated:
                        continue
                    untranslated = part
                    finding = say.omitted(self._pair.source, *part)
            if finding is not None:
                yield finding
        for i, place in enumerate(terms):
            if i in verdicts and verdicts[i].is_right:
                stray = self._swapped(place, self._in_source, is_beside=True)
                if stray is not None:
                    yield stray

    def _leave(self, unsettled: list[Occurrence]) -> None:
        """Note what is not rendered; take out of the target what cannot render it.

        That is what other entries have there, unless they are related to one of these.
        """
        near: set[str] = set()
        for place in unsettled:
            for sense in place.senses:
                places = self._unsettled.setdefault(sense.entry.id, [])
                places.append(Piece(place.start, place.end))
                near |= kindred(sense.entry)
            # China may be left of a title that has it, if nothing else asks for it.
            inner = {s.entry.id for at in self._inside(place) for s in at.senses}
            near |= inner - self._rivals.beside(place)
        for place in self._pair.leading if near else ():
            entries = [s.entry for s in place.senses if not is_draft(s.entry.state)]
            if entries and all(
                entry.id not in near and not is_kindred(entry, self._unsettled)
                for entry in entries
            ):
                self._remains[1].take(place)

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
            rival = self._rivals.contrast(demand.entry, place, self._cover, spared)
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

    def _missing(self, place: Occurrence) -> Finding | None:
        """Return the finding of a term without a rendering, or of its members.

        None for one that a translation need not have.
        """
        demands = [d for d in map(self._demands.of, place.senses) if d.expected]
        demand = demands[0]
        source = say.span(self._pair.source, place)
        members = self._members(demand.entry, place)
        if members.of and not members.lacking:
            return say.sequence(demand, source, members)
        # Of a homograph, it may be the sense that a translation need not have.
        if max((d.expectation for d in demands), key=EXPECTATIONS.index) == NEVER:
            return None
        other = None if members.rendered else self._of_another(demand, place)
        rung = None
        if not members.of and other is None:
            rung = self._rivals.of_ladder(demand.entry, place, self._cover)
        is_whole = rung is not None and self._doubts.is_whole(demands, place, rung.at)
        if rung is not None and not is_whole:
            return self._replaced(demand, place, rung)
        is_elsewhere = demand.entry.id in self._cover.entries
        if members.rendered:
            reason = self._doubts.plain(place, demands)
        elif is_whole:
            reason = "paraphrase"
        else:
            reason = self._reason(place, demands, other, is_elsewhere=is_elsewhere)
            rival = self._strangers.instead(demands, place, self._cover, reason)
            if rival is not None and other is None:
                if is_state(rival.entry) <= is_state(demand.entry):
                    return self._replaced(demand, place, rival, by_doubt=False)
                # A State's name tells that the phrase is gone; it stands for none.
                reason = None
            elif reason is None and not members.of:
                reason = self._slights.reason(place, demands)
        return say.missing(
            *(demand, source, other, members, reason),
            target=self._pair.target,
            is_elsewhere=is_elsewhere,
        )

    def _reason(
        self,
        place: Occurrence,
        demands: list[Demand],
        other: Span | None,
        *,
        is_elsewhere: bool,
    ) -> str | None:
        """Return a code for why a term need not be missing, None where it is."""
        if other is not None:
            return "other-wording"
        within = self._around(place)
        for user in self._nested.users(demands[0].entry.id, self._cover, within):
            first, last = sorted((user, place), key=_BEGIN)
            if _JOINT.fullmatch(self._pair.source, first.end, last.start):
                return "within"
        is_repeated = is_elsewhere and self._rendered_so.is_behind(
            demands[0].entry.id, place
        )
        reason = self._doubts.reason(
            place, demands, is_repeated=is_repeated, is_elsewhere=is_elsewhere
        )
        if reason == DRAFT and self._slights.is_member(place):
            reason = None if self._doubts.is_gone(demands, place) else reason
        is_anothers = reason is None and self._slights.is_anothers(place, demands)
        return "acronym" if is_anothers else reason

    def _of_another(self, wording: Demand, place: Occurrence) -> Span | None:
        """Return a free wording of the entry that renders others only, if any."""
        entry, verdict = wording.entry.id, wording.verdict
        within = self._around(place)
        for renderings in (self._leading, self._nested):
            free = renderings.best(entry, self._cover, verdict, within)
            if free is not None:
                return say.span(self._pair.target, free[1].at)
        return None

    def _around(self, place: Occurrence) -> Piece:
        """Return the part of the target in which a place may be rendered."""
        alignment = self._pair.alignment
        return alignment.around(alignment.number(place.start)).target

    def _inside(self, place: Occurrence) -> list[Occurrence]:
        """Return what stands within a place of the source, with that itself."""
        places = self._pair.places
        first = bisect_left(places, place.start, key=_BEGIN)
        behind = bisect_left(places, place.end, key=_BEGIN)
        return [inner for inner in places[first:behind] if inner.end <= place.end]

    def _members(self, entry: Entry, place: Occurrence) -> say.Members:
        """Return which members of a sequence are rendered."""
        parts = {r.entry for r in entry.relations if r.type == "part"}
        if not parts:
            return say.Members()
        inside = [
            member
            for member in self._inside(place)
            if not parts.isdisjoint(sense.entry.id for sense in member.senses)
        ]
        members = longest(inside, self._pair.source)
        lacking = []
        for member in members:
            finding = self._rendered(member, self._nested, self._around(member))
            if finding is None or not finding.is_right:
                lacking.append(say.span(self._pair.source, member).text)
        if len(members) > 1:
            return say.Members(len(members), tuple(lacking))
        return say.Members()
