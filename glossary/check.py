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

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from glossary.annotate import language, other
from glossary.entry import VERDICTS, Entry, Finding, Span, Term
from glossary.errors import N_, Message
from glossary.fitting import fitted
from glossary.language import primary
from glossary.occurrence import ANY_LANGUAGE, Occurrence, longest, occurrences
from glossary.query import Wanted
from glossary.recognition import Sense, Snapshot
from glossary.standing import Standing, bans, issued_by, ranked, standing, usable

_RIGHT: Final = frozenset(
    {Standing.PREFERRED_THEN, Standing.RIGHT_THEN, Standing.PREFERRED}
)
_GRADES: Final = {"ok": 0, "admitted": 1, "forbidden": 2}


class _Rendering(NamedTuple):
    """A wording of an entry in the target."""

    at: Occurrence
    term: Term


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
    findings about the target alone.
    """
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


class _Checking:
    """One check: which places of the target are used up, and by what."""

    def __init__(self, pair: _Pair) -> None:
        self._pair = pair
        self._used: list[Occurrence] = []

    def findings(self) -> Iterator[Finding]:
        """Yield the findings of the source's terms, then those of the target's."""
        asked = [each for each in self._pair.asked if self._can_be_asked(each)]
        found: dict[int, Finding] = {}
        # What is long is settled first, so that its inner terms are spoken for.
        order = sorted(range(len(asked)), key=lambda i: asked[i].start - asked[i].end)
        for nested in (False, True):
            for i in order:
                if i not in found:
                    rendered = self._rendered(asked[i], nested=nested)
                    if rendered is not None:
                        found[i] = rendered
        for i, each in enumerate(asked):
            yield found.get(i) or self._missing(each)
        yield from self._unasked()

    def _can_be_asked(self, each: Occurrence) -> bool:
        return any(self._expected(sense.entry) for sense in each.senses)

    def _rendered(self, asked: Occurrence, *, nested: bool) -> Finding | None:
        """Return how a term is rendered; use the place up. None when it is not."""
        best: tuple[int, int, str, Entry, _Rendering] | None = None
        for sense in asked.senses:
            for each in self._renderings(sense.entry, nested=nested):
                verdict = self._verdict(sense.entry, each.term)
                grade = (_GRADES[verdict], each.at.start)
                if best is None or grade < best[:2]:
                    best = (*grade, verdict, sense.entry, each)
        if best is None:
            return None
        _, _, verdict, entry, rendering = best
        self._used.append(rendering.at)
        return self._finding(verdict, entry, asked, rendering)

    def _renderings(self, entry: Entry, *, nested: bool) -> Iterator[_Rendering]:
        """Yield the places of the target that still can stand for an entry.

        A place inside a longer term counts only when that one is not used for another.
        """
        for at in self._pair.there if nested else self._pair.leading:
            if any(_overlap(at, used) for used in self._used):
                continue
            for sense in at.senses:
                if sense.entry.id == entry.id and not self._is_mute(sense):
                    yield _Rendering(at, sense.term)

    def _verdict(self, entry: Entry, term: Term) -> str:
        wanted = self._pair.wanted
        stands = standing(term, wanted.as_of)
        if not stands.usable:
            return "forbidden"
        rivals = usable(self._ranked(entry), wanted.as_of)
        if primary(term.lang) == ANY_LANGUAGE:
            return "ok"
        own = issued_by(term, wanted.issuer) or not any(
            issued_by(rival, wanted.issuer) for rival in rivals
        )
        return "ok" if stands in _RIGHT and own else "admitted"

    def _finding(
        self, verdict: str, entry: Entry, asked: Occurrence | None, there: _Rendering
    ) -> Finding:
        pair = self._pair
        target = _span(pair.target, there.at)
        expected = tuple(
            fitted(text, pair.target, target.start, target.end)
            for text in self._expected(entry)
        )
        said = {
            "ok": Message(N_("Rendered as it should be.")),
            "admitted": Message(
                N_("“%(text)s” is allowed; “%(best)s” is preferred."),
                text=target.text,
                best=expected[0] if expected else target.text,
            ),
            "forbidden": self._accusation(there, expected),
        }[verdict]
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

    def _accusation(self, there: _Rendering, expected: tuple[str, ...]) -> Message:
        text = _span(self._pair.target, there.at).text
        if not expected:
            return Message(N_("“%(text)s” must not be used."), text=text)
        if there.term.status == "superseded":
            said = N_("“%(text)s” is superseded; use “%(best)s”.")
        else:
            said = N_("“%(text)s” must not be used; use “%(best)s”.")
        return Message(said, text=text, best=expected[0])

    def _missing(self, asked: Occurrence) -> Finding:
        """Return the finding of a term without a rendering, or of its members."""
        entry = next(s.entry for s in asked.senses if self._expected(s.entry))
        expected = self._expected(entry)
        source = _span(self._pair.source, asked)
        members = self._members(entry, asked)
        lacking = tuple(text for text, there in members if not there)
        rendered = len(members) - len(lacking)
        elsewhere = any(
            sense.entry.id == entry.id for each in self._used for sense in each.senses
        )
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
        inside = [
            each
            for each in self._pair.found
            if asked.start <= each.start
            and each.end <= asked.end
            and not parts.isdisjoint(sense.entry.id for sense in each.senses)
        ]
        members = []
        for each in longest(inside):
            rendered = self._rendered(each, nested=True)
            there = rendered is not None and rendered.verdict != "forbidden"
            members.append((_span(self._pair.source, each).text, there))
        return members if len(members) > 1 else []

    def _unasked(self) -> Iterator[Finding]:
        """Yield wordings of the target that must not be used, asked for or not."""
        in_source = {s.entry.id for each in self._pair.found for s in each.senses}
        for each in self._pair.leading:
            if each.parts or any(_overlap(each, used) for used in self._used):
                continue
            heard = [s for s in each.senses if not self._is_mute(s)]
            senses = [s for s in heard if s.entry.id in in_source] or heard
            as_of = self._pair.wanted.as_of
            if not senses or any(standing(s.term, as_of).usable for s in senses):
                continue
            sense = senses[0]
            yield self._finding(
                "forbidden", sense.entry, None, _Rendering(each, sense.term)
            )

    def _is_mute(self, sense: Sense) -> bool:
        """Say whether a wording is wrong by the word of a draft alone: it is no word.

        It neither renders its entry nor must it be avoided.
        """
        as_of = self._pair.wanted.as_of
        right = standing(sense.term, as_of).usable
        return not right and not bans(sense.entry, sense.term, as_of=as_of)

    def _ranked(self, entry: Entry) -> tuple[Term, ...]:
        pair = self._pair
        how = {"as_of": pair.wanted.as_of, "issuer": pair.wanted.issuer}
        fixed = tuple(t for t in entry.terms if primary(t.lang) == ANY_LANGUAGE)
        return fixed + ranked(entry.terms, pair.to, **how)

    def _expected(self, entry: Entry) -> tuple[str, ...]:
        """Return the wordings of an entry that may be used, the best first."""
        terms = usable(self._ranked(entry), self._pair.wanted.as_of)
        return tuple(dict.fromkeys(term.text for term in terms))


def _overlap(one: Occurrence, another: Occurrence) -> bool:
    """Say whether two places share a character; pieces only where they stand."""
    ours = one.parts or ((one.start, one.end),)
    theirs = another.parts or ((another.start, another.end),)
    if one.parts or another.parts:
        return ours == theirs
    return one.start < another.end and another.start < one.end


def _span(text: str, at: Occurrence) -> Span:
    return Span(at.start, at.end, text[at.start : at.end])
