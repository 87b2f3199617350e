"""Whether a translation uses the right terms.

    checked = check(recognition.snapshot(), source, target, Wanted(from_="zh", to="en"))
    for finding in checked: finding.verdict, finding.source, finding.expected

Every longest term of the source is asked for in the target, as often as it stands
there; one synonym is enough. What lies inside a longer term is not asked for by itself,
and a rendering that lies inside one that is needed for another term does not count.
A wording that must not be used is named even where the source does not ask for it.
Other forms of a word may excuse a rendering; they never accuse one: what rests on an
inflected form alone is advice.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import Final

from glossary.entry import (
    VERDICTS,
    Entry,
    Finding,
    Span,
    Standing,
    Term,
    bans,
    issued_by,
    ranked,
    standing,
    usable,
)
from glossary.message import N_, Message
from glossary.query import Wanted
from glossary.recognition.annotate import language, other
from glossary.recognition.occurrences import (
    ANY_LANGUAGE,
    Occurrence,
    longest,
    occurrences,
)
from glossary.recognition.renderings import GRADES, Rendering, Renderings, Used
from glossary.recognition.snapshot import Sense, Snapshot
from glossary.text import LetterCase, in_case, letter_case, primary

_RIGHT: Final = frozenset(
    {Standing.PREFERRED_THEN, Standing.RIGHT_THEN, Standing.PREFERRED}
)
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
    from_ = wanted.from_ or language(source)
    to = wanted.to or other(from_)
    if not target.strip():
        return (_empty(source),) if source.strip() else ()
    found = occurrences(snapshot, source, replace(wanted, from_=from_))
    there = occurrences(snapshot, target, replace(wanted, from_=to))
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


class _Concept:
    """An entry as a check sees it: what it allows in the target's language."""

    def __init__(self, entry: Entry, to: str, wanted: Wanted) -> None:
        self._entry, self._to, self._wanted = entry, to, wanted
        self._verdicts: dict[tuple[str, str], str | None] = {}
        self._suited: dict[LetterCase, tuple[str, ...]] = {}

    def verdict(self, term: Term) -> str | None:
        """Say how a term of the entry stands in the target.

        None for one that is wrong by the word of a draft alone: it neither renders the
        entry nor must it be avoided.
        """
        name = term.lang, term.text
        if name not in self._verdicts:
            self._verdicts[name] = self._judged(term)
        return self._verdicts[name]

    def suited(self, case: LetterCase) -> tuple[str, ...]:
        """Return what is expected, in a letter case."""
        known = self._suited.get(case)
        if known is None:
            known = tuple(in_case(text, case) for text in self.expected)
            self._suited[case] = known
        return known

    @cached_property
    def expected(self) -> tuple[str, ...]:
        """The wordings of the entry that may be used, the best first."""
        return tuple(dict.fromkeys(term.text for term in self._usable))

    @cached_property
    def _usable(self) -> tuple[Term, ...]:
        terms, how = self._entry.terms, self._wanted
        fixed = tuple(t for t in terms if primary(t.lang) == ANY_LANGUAGE)
        rest = ranked(terms, self._to, as_of=how.as_of, issuer=how.issuers)
        return usable(fixed + rest, how.as_of)

    def _judged(self, term: Term) -> str | None:
        as_of, issuers = self._wanted.as_of, self._wanted.issuers
        stands = standing(term, as_of)
        if not stands.usable:
            return "forbidden" if bans(self._entry, term, as_of=as_of) else None
        if primary(term.lang) == ANY_LANGUAGE:
            return "ok"
        own = issued_by(term, issuers) or not any(
            issued_by(rival, issuers) for rival in self._usable
        )
        return "ok" if stands in _RIGHT and own else "admitted"


class _Checking:
    """One check: which places of the target are used up, and by what."""

    def __init__(self, pair: _Pair) -> None:
        self._pair = pair
        self._concepts: dict[str, _Concept] = {}
        self._in_source = {s.entry.id for each in pair.found for s in each.senses}
        self._used = Used(len(pair.target))
        # What is nested is not asked for before what leads has been settled.
        self._leading = Renderings(pair.leading, self._in_source)
        self._nested = Renderings(pair.there, self._in_source)

    def findings(self) -> Iterator[Finding]:
        """Yield the findings of the source's terms, then those of the target's."""
        asked = [each for each in self._pair.asked if self._can_be_asked(each)]
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
            yield settled.get(i) or self._missing(each)
        yield from self._unasked()

    def _concept(self, entry: Entry) -> _Concept:
        known = self._concepts.get(entry.id)
        if known is None:
            pair = self._pair
            known = self._concepts[entry.id] = _Concept(entry, pair.to, pair.wanted)
        return known

    def _can_be_asked(self, each: Occurrence) -> bool:
        return any(self._expected(sense.entry) for sense in each.senses)

    def _rendered(self, asked: Occurrence, renderings: Renderings) -> Finding | None:
        """Return how a term is rendered; use the place up. None when it is not."""
        best: tuple[int, int, Entry, Rendering] | None = None
        for sense in asked.senses:
            verdict = self._concept(sense.entry).verdict
            free = renderings.best(sense.entry.id, self._used, verdict)
            if free is not None:
                grade, rendering = free
                if best is None or (grade, rendering.at.start) < best[:2]:
                    best = grade, rendering.at.start, sense.entry, rendering
        if best is None:
            return None
        grade, _, entry, rendering = best
        self._used.add(rendering.at)
        return self._finding(GRADES[grade], entry, asked, rendering)

    def _finding(
        self, verdict: str, entry: Entry, asked: Occurrence | None, there: Rendering
    ) -> Finding:
        pair = self._pair
        target = _span(pair.target, there.at)
        case = letter_case(pair.target, target.start, target.end)
        expected = self._concept(entry).suited(case)
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
            entry.id,
            _span(pair.source, asked) if asked is not None else None,
            target,
            expected,
            advice=untimely or inflected,
            message=said,
            state=entry.state,
        )

    def _missing(self, asked: Occurrence) -> Finding:
        """Return the finding of a term without a rendering, or of its members."""
        entry = next(s.entry for s in asked.senses if self._expected(s.entry))
        expected = self._expected(entry)
        source = _span(self._pair.source, asked)
        members = self._members(entry, asked)
        lacking = tuple(text for text, there in members if not there)
        rendered = len(members) - len(lacking)
        elsewhere = entry.id in self._used.entries
        doubtful = asked.tier == "inflected" or entry.state == "draft" or elsewhere
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
        elif elsewhere:
            said = N_(
                "“%(text)s” stands here more often than “%(best)s” in the target."
            )
        return Finding(
            "missing",
            entry.id,
            source,
            None,
            expected,
            advice=doubtful,
            message=Message(said, **values),
            state=entry.state,
            rendered=rendered or None,
            of=len(members) if rendered else None,
            lacking=lacking if rendered else (),
        )

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
        """Yield wordings of the target that must not be used, asked for or not."""
        in_source = self._in_source
        for each in self._pair.leading:
            if each.parts or self._used.overlaps(each):
                continue
            heard = [s for s in each.senses if not self._is_mute(s)]
            senses = [s for s in heard if s.entry.id in in_source] or heard
            as_of = self._pair.wanted.as_of
            if not senses or any(standing(s.term, as_of).usable for s in senses):
                continue
            sense = senses[0]
            yield self._finding(
                "forbidden", sense.entry, None, Rendering(each, sense.term)
            )

    def _is_mute(self, sense: Sense) -> bool:
        return self._concept(sense.entry).verdict(sense.term) is None

    def _expected(self, entry: Entry) -> tuple[str, ...]:
        """Return the wordings of an entry that may be used, the best first."""
        return self._concept(entry).expected


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
