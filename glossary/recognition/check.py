"""Whether a translation uses the right terms.

    checked = check(recognition.snapshot(), source, target, Wanted(from_="zh", to="en"))
    for finding in checked: finding.verdict, finding.source, finding.expected

Every longest term of the source is asked for in the target, as often as it stands
there; one synonym is enough. What lies inside a longer term is not asked for by itself,
and a rendering that lies inside one that is needed for another term does not count.
A wording that must not be used is named even where the source does not ask for it, if
it is wrong anywhere or stands beside the right rendering of what it must not render.
Other forms of a word may excuse a rendering; they never accuse one: what rests on an
inflected form alone is advice.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final

from glossary.entry import (
    ADVICE,
    EXPECTATIONS,
    NEVER,
    VERDICTS,
    Entry,
    Finding,
    Span,
    Standing,
    Term,
    banned_anywhere,
    bans,
    instead,
    standing,
)
from glossary.message import N_, Message
from glossary.query import Wanted
from glossary.recognition.beside import Settled
from glossary.recognition.demand import ELSEWHERE, Demand, Wanting
from glossary.recognition.longest import longest
from glossary.recognition.occurrences import Occurrence, occurrences
from glossary.recognition.renderings import GRADES, Rendering, Renderings, Used
from glossary.recognition.snapshot import Sense, Snapshot
from glossary.text import language_of, letter_case, other_language

_RENDERED: Final = Message(N_("Rendered as it should be."))
_BEGIN: Final = attrgetter("start")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A source and its target with what stands in them."""

    source: str
    target: str
    found: list[Occurrence]
    asked: list[Occurrence]
    there: list[Occurrence]
    leading: list[Occurrence]
    to: str
    wanted: Wanted


def check(
    snapshot: Snapshot, source: str, target: str, wanted: Wanted
) -> tuple[Finding, ...]:
    """Return what there is to say of a pair, in the order of the source.

    Languages that are not asked for are told from the source's script. The last are
    findings about the target alone. Raise Invalid for an issuer that nobody is.
    """
    wanted = replace(wanted, issuers=snapshot.issuers.asked(wanted.issuer))
    from_ = wanted.from_ or language_of(source)
    to = wanted.to or other_language(from_)
    if not target.strip():
        return (_empty(source),) if source.strip() else ()
    found = occurrences(snapshot, source, replace(wanted, from_=from_))
    there = occurrences(snapshot, target, replace(wanted, from_=to), loosely=True)
    pair = _Pair(
        source, target, found, longest(found), there, longest(there), to, wanted
    )
    return tuple(_Checking(pair).findings())


def summary(checked: Iterable[Iterable[Finding]]) -> dict[str, int]:
    """Return how many pairs there are, and how many findings of each verdict."""
    counts = dict.fromkeys(("pairs", *VERDICTS, "advice"), 0)
    for findings in checked:
        counts["pairs"] += 1
        for finding in findings:
            counts[finding.verdict] += 1
            counts["advice"] += finding.advice
    return counts


def _empty(source: str) -> Finding:
    whole = Span(0, len(source), source)
    said = Message(N_("The target is empty."))
    return Finding("missing", None, whole, None, (), advice=False, message=said)


class _Checking:
    """One check: which places of the target are used up, and by what."""

    def __init__(self, pair: _Pair) -> None:
        self._pair = pair
        self._demands: dict[tuple[str, str, str], Demand] = {}
        self._avoided: dict[tuple[str, str], Wanting] = {}
        self._in_source = {s.entry.id for each in pair.found for s in each.senses}
        self._used = Used(len(pair.target))
        self._settled = Settled()
        # What is nested is not asked for before what leads has been settled.
        self._leading = Renderings(pair.leading, self._in_source)
        self._nested = Renderings(pair.there, self._in_source)

    def findings(self) -> Iterator[Finding]:
        """Yield the findings of the source's terms, then those of the target's."""
        asked = [each for each in self._pair.asked if self._can_be_demand(each)]
        settled: dict[int, Finding] = {}
        # What is long is settled first, so that its inner terms are spoken for.
        order = sorted(range(len(asked)), key=lambda i: asked[i].start - asked[i].end)
        for renderings in (self._leading, self._nested):
            for i in order:
                if i not in settled:
                    rendered = self._rendered(asked[i], renderings)
                    if rendered is not None:
                        settled[i] = rendered
        for i, each in enumerate(asked):
            finding = settled.get(i) or self._missing(each)
            if finding is not None:
                yield finding
        yield from self._unasked()

    def _demand(self, sense: Sense) -> Demand:
        name = sense.entry.id, sense.term.lang, sense.term.text
        known = self._demands.get(name)
        if known is None:
            pair = self._pair
            known = Demand(sense.entry, sense.term, pair.to, pair.wanted)
            self._demands[name] = known
        return known

    def _can_be_demand(self, each: Occurrence) -> bool:
        return any(self._demand(sense).expected for sense in each.senses)

    def _rendered(self, asked: Occurrence, renderings: Renderings) -> Finding | None:
        """Return how a term is rendered; use the place up. None when it is not."""
        best: tuple[int, int, Demand, Rendering] | None = None
        for sense in asked.senses:
            wording = self._demand(sense)
            free = renderings.best(sense.entry.id, self._used, wording.verdict)
            if free is not None and GRADES[free[0]] != ELSEWHERE:
                grade, rendering = free
                if best is None or (grade, rendering.at.start) < best[:2]:
                    best = grade, rendering.at.start, wording, rendering
        if best is None:
            return None
        grade, _, wording, rendering = best
        self._used.add(rendering.at)
        self._settled.add(asked, wording, rendering.at)
        return self._finding(GRADES[grade], wording, asked, rendering)

    def _finding(
        self, verdict: str, wanting: Wanting, asked: Occurrence | None, there: Rendering
    ) -> Finding:
        pair = self._pair
        target = _span(pair.target, there.at)
        case = letter_case(pair.target, target.start, target.end)
        expected = wanting.suited(case)
        if verdict == "ok":
            said = _RENDERED
        elif verdict == "admitted":
            said = Message(
                N_("“%(text)s” is allowed; “%(best)s” is preferred."),
                text=target.text,
                best=expected[0] if expected else target.text,
            )
        else:
            said = _accusation(target.text, there.term, expected)
        untimely = standing(there.term, pair.wanted.as_of) is Standing.OUT_OF_PERIOD
        inflected = verdict == "forbidden" and there.at.tier == "inflected"
        return Finding(
            verdict,
            wanting.entry.id,
            _span(pair.source, asked) if asked is not None else None,
            target,
            expected,
            advice=untimely or inflected,
            message=said,
            state=wanting.entry.state,
        )

    def _missing(self, asked: Occurrence) -> Finding | None:
        """Return the finding of a term without a rendering, or of its members.

        None for one that a translation need not have.
        """
        wordings = [w for w in map(self._demand, asked.senses) if w.expected]
        wording = wordings[0]
        # Of a homograph, it may be the sense that a translation need not have.
        expectation = max((w.expectation for w in wordings), key=EXPECTATIONS.index)
        entry, expected = wording.entry, wording.expected
        source = _span(self._pair.source, asked)
        members = self._members(entry, asked)
        lacking = tuple(text for text, there in members if not there)
        rendered = len(members) - len(lacking)
        elsewhere = entry.id in self._used.entries
        other = None if rendered else self._of_another(wording)
        doubtful = asked.tier == "inflected" or entry.state == "draft" or elsewhere
        doubtful = doubtful or other is not None or expectation == ADVICE
        if expectation == NEVER and not (members and not lacking):
            return None
        said = N_("“%(text)s” is not rendered; “%(best)s” is expected.")
        values: dict[str, object] = {"text": source.text, "best": expected[0]}
        if members and not lacking:
            return Finding(
                "ok",
                entry.id,
                source,
                None,
                expected,
                advice=False,
                message=Message(N_("All its members are rendered.")),
                state=entry.state,
                rendered=rendered,
                of=len(members),
            )
        if rendered:
            said = N_("%(rendered)s of %(of)s members rendered; missing %(lacking)s.")
            listed = ", ".join(lacking)
            values = {"rendered": rendered, "of": len(members), "lacking": listed}
        elif other is not None:
            said = N_("“%(text)s” renders another wording; “%(best)s” is expected.")
            values["text"] = other.text
        elif elsewhere:
            said = N_(
                "“%(text)s” stands here more often than “%(best)s” in the target."
            )
        return Finding(
            "missing",
            entry.id,
            source,
            other,
            expected,
            advice=doubtful,
            message=Message(said, **values),
            state=entry.state,
            rendered=rendered or None,
            of=len(members) if rendered else None,
            lacking=lacking if rendered else (),
        )

    def _of_another(self, wording: Demand) -> Span | None:
        """Return a free wording of the entry that renders others only, if any."""
        entry, verdict = wording.entry.id, wording.verdict
        for renderings in (self._leading, self._nested):
            free = renderings.best(entry, self._used, verdict)
            if free is not None:
                return _span(self._pair.target, free[1].at)
        return None

    def _members(self, entry: Entry, asked: Occurrence) -> list[tuple[str, bool]]:
        """Return the members of a sequence in the source, and whether each is there."""
        parts = {r.entry for r in entry.relations if r.type == "part"}
        if not parts:
            return []
        places = self._pair.found
        first = bisect_left(places, asked.start, key=_BEGIN)
        behind = bisect_left(places, asked.end, key=_BEGIN)
        inside = [
            each
            for each in places[first:behind]
            if each.end <= asked.end
            and not parts.isdisjoint(sense.entry.id for sense in each.senses)
        ]
        members = []
        for each in longest(inside):
            rendered = self._rendered(each, self._nested)
            there = rendered is not None and rendered.verdict != "forbidden"
            members.append((_span(self._pair.source, each).text, there))
        return members if len(members) > 1 else []

    def _unasked(self) -> Iterator[Finding]:
        """Yield wordings of the target that are wrong, and stand for nothing asked.

        They are wrong wherever they stand, or beside the right rendering of what they
        must not render.
        """
        as_of = self._pair.wanted.as_of
        for each in self._pair.leading:
            if each.parts or self._used.overlaps(each):
                continue
            heard = [s for s in each.senses if not _is_mute(s, as_of)]
            senses = [s for s in heard if s.entry.id in self._in_source] or heard
            if not senses:
                continue
            sense = senses[0]
            there = Rendering(each, sense.term)
            if all(banned_anywhere(s.entry, s.term, as_of=as_of) for s in senses):
                yield self._finding("forbidden", self._avoiding(sense), None, there)
            elif beside := self._settled.wronged(heard):
                asked, wording = beside
                finding = self._finding("forbidden", wording, asked, there)
                entry, text = sense.entry.id, self._pair.target
                is_sure = self._settled.is_apposed(entry, each, text)
                yield replace(finding, advice=finding.advice or not is_sure)

    def _avoiding(self, sense: Sense) -> Wanting:
        """Return what is expected in place of a wording that is not to be used."""
        name = sense.entry.id, sense.term.text
        if name not in self._avoided:
            how = self._pair.wanted
            use = instead(
                sense.entry.terms, sense.term, as_of=how.as_of, issuer=how.issuers
            )
            self._avoided[name] = Wanting(sense.entry, use)
        return self._avoided[name]


def _is_mute(sense: Sense, as_of: str | None) -> bool:
    """Say whether a wording is wrong by the word of a draft alone: it is no word."""
    right = standing(sense.term, as_of).usable
    return not right and not bans(sense.entry, sense.term, as_of=as_of)


def _accusation(text: str, term: Term, expected: tuple[str, ...]) -> Message:
    if not expected:
        return Message(N_("“%(text)s” must not be used."), text=text)
    if term.status == "superseded":
        said = N_("“%(text)s” is superseded; use “%(best)s”.")
    else:
        said = N_("“%(text)s” must not be used; use “%(best)s”.")
    return Message(said, text=text, best=expected[0])


def _span(text: str, at: Occurrence) -> Span:
    return Span(at.start, at.end, text[at.start : at.end])
