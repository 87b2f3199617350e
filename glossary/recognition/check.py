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
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Final

from glossary.entry import NEVER, Entry, Finding, Span, is_draft
from glossary.query import ALIGNS, Wanted
from glossary.recognition import findings as say
from glossary.recognition.alignment import Alignment, aligned, unaligned
from glossary.recognition.beside import is_in_brackets
from glossary.recognition.demand import Demand, Demands, alone
from glossary.recognition.doubt import DRAFT, Doubts
from glossary.recognition.drafts import sides, without_unproved
from glossary.recognition.longest import longest
from glossary.recognition.naming import is_state
from glossary.recognition.occurrences import Occurrence, occurrences
from glossary.recognition.remains import Rest, has_words
from glossary.recognition.sentences import Piece
from glossary.recognition.settlement import BothTexts, Judges, Settlement
from glossary.recognition.sides import of_sentences
from glossary.recognition.snapshot import Snapshot
from glossary.recognition.swaps import exchanged
from glossary.recognition.unasked import unasked
from glossary.text import language_of, other_language

_BEGIN: Final = attrgetter("start")
#: What may stand between terms that one rendering takes together.
_JOINT: Final = re.compile(
    r"\s*(?:(?:[A-Z][\w'’-]+\s+){0,3}(?:of|in|on|for|at|with)(?: the)?\s+"
    r"|\w{1,3})?[“‘「『\"]?"
)
#: Under this name, demands are kept with the wordings that they are made of.
_DEMANDS: Final = "demands"
_FORBIDDEN: Final = "forbidden"
#: What excuses a term, but does not say that it stands there in other words.
_OPEN: Final = frozenset({DRAFT, "everyday", "inflected", "one-word"})


def check(
    snapshot: Snapshot, source: str, target: str, options: Wanted
) -> tuple[Finding, ...]:
    """Return what there is to say of a pair, in the order of the source.

    Languages that are not asked for are told from the source's script. The last are
    findings about the target alone. Raise Invalid for an issuer that nobody is.
    """
    issuers = snapshot.issuers.keys_of(options.issuer)
    if issuers != options.issuers:
        options = replace(options, issuers=issuers)
    from_ = options.from_ or language_of(source)
    to = options.to or other_language(from_)
    if not source.strip() and not target.strip():
        return ()
    places = occurrences(snapshot, source, options, lang=from_, then=target)
    if not target.strip():
        terms = longest(places, source)
        return (say.empty(source, alone(source, terms, to, options)),)
    there = occurrences(snapshot, target, options, lang=to, loosely=True)
    demands = Demands(snapshot.delta.memory(_DEMANDS), to, options)

    def align(terms: list[Occurrence], leading: list[Occurrence]) -> Alignment:
        if terms and options.align == ALIGNS[0]:
            return aligned(source, target, (terms, leading))
        return unaligned(source, target)

    both = sides((source, target), (places, there), demands, align)
    pair = BothTexts(source, target, *both, to, options)
    return tuple(_Checking(pair, demands).findings())


def _place_of(finding: Finding) -> Piece:
    """Return which part of the source a finding of a term is about."""
    span = finding.source
    return Piece(span.start, span.end) if span else Piece(0, 0)


def _members_of(entry: Entry, parts: Sequence[Finding]) -> say.Members:
    """Return which members of a sequence are rendered, by the findings of its parts."""
    ids = {r.entry for r in entry.relations if r.type == "part"}
    members = [part for part in parts if part.entry in ids and part.source]
    lacking = [m.source.text for m in members if m.source and not m.is_right]
    return say.Members(len(members), tuple(lacking)) if members[1:] else say.Members()


def _accuses(finding: Finding) -> bool:
    """Say whether something is wrong, and not by way of advice."""
    return not (finding.is_right or finding.advice)


def _holds(place: Occurrence, other: Occurrence) -> bool:
    """Say whether a place holds another one."""
    return place.start <= other.start and other.end <= place.end


def _is_within(piece: Piece, draft: Occurrence) -> bool:
    """Say whether a part of a text lies in a term, and in no slot of it."""
    spans = draft.parts or ((draft.start, draft.end),)
    return any(start <= piece.start and piece.end <= end for start, end in spans)


class _Checking(Settlement):
    """One check: which places of the target are used up, and by what."""

    def findings(self) -> Iterator[Finding]:
        """Yield the findings of the source's terms, then those of the target's."""
        terms = [
            place for place in self._pair.ours.leading if self._demands.can_ask(place)
        ]
        alignment = self._pair.alignment
        verdicts = exchanged(self._texts, terms, self._settled(terms), alignment)
        self._slights.note(terms, verdicts)
        self._leave([place for i, place in enumerate(terms) if i not in verdicts])
        findings = [*self._of_terms(terms, verdicts)]
        if self._pair.ours.drafts:
            findings = self._with_drafts(findings)
        answers, findings = without_unproved(findings, self._pair.ours)
        yield from answers
        yield from of_sentences(self._texts, alignment, findings, self._slights)
        yield from unasked(
            (self._pair.target, self._pair.theirs.outermost),
            (self._pair.source, self._in_source),
            (self._cover, self._rendered_so),
            self._pair.options,
        )

    def _of_terms(
        self,
        terms: list[Occurrence],
        verdicts: dict[int, Finding],
        *,
        are_parts: bool = False,
    ) -> Iterator[Finding]:
        """Yield what there is to say of terms, some of which are settled, by number.

        `are_parts` says that they lie within a longer one that is not rendered.
        """
        alignment = self._pair.alignment
        untranslated: Piece | None = None
        for i, place in enumerate(terms):
            if i in verdicts:
                yield verdicts[i]
                continue
            if i and is_in_brackets(self._pair.source, terms[i - 1], place):
                continue
            finding = self._swapped(place, self._unsettled) or self._missing(place)
            # Sentences around the place that nobody has translated, if any.
            part = alignment.omitted(alignment.number(place.start))
            if finding is not None and not finding.advice and part is not None:
                if part != untranslated:
                    untranslated = part
                    yield say.omitted(self._pair.source, *part)
            elif finding is not None:
                yield from self._by_parts(place, finding, is_part=are_parts)
        for i, place in enumerate(terms):
            if i in verdicts and verdicts[i].is_right:
                stray = self._swapped(place, self._in_source, is_beside=True)
                if stray is not None:
                    yield stray

    def _by_parts(
        self, place: Occurrence, finding: Finding, *, is_part: bool
    ) -> list[Finding]:
        """Return what there is to say of a term without a rendering, or within it.

        What is said of a part is better evidence than advice about the whole. A whole
        is said otherwise where all its parts are rendered, and make it up.
        """
        parts: list[Occurrence] = []
        if not (finding.is_right or finding.of or finding.verdict == _FORBIDDEN):
            parts = self._within.parts(place)
            parts = [part for part in parts if self._demands.can_ask(part)]
        if not parts or (finding.advice and finding.instead):
            return [finding]
        if not finding.advice:
            is_whole = is_part or self._make_up(parts, place, finding)
            verdicts = self._settled(parts) if is_whole else {}
            own = list(verdicts.values())
            are_right = len(own) == len(parts) and all(other.is_right for other in own)
            # A wording that must not be used tells more than that a term is gone.
            bans = [other for other in own if other.verdict == _FORBIDDEN]
            return own if are_right else bans or [finding]
        verdicts = self._settled(parts)
        for i, part in enumerate(parts):
            if i not in verdicts:
                self._note_unsettled(part)
        is_open = finding.reason in _OPEN
        findings = [
            other
            for other in self._of_terms(parts, verdicts, are_parts=True)
            if other.is_right
            or (
                not other.advice
                and (other.target or (is_open and not is_draft(other.state or "")))
            )
        ]
        is_accused = any(not other.is_right for other in findings)
        return findings if is_accused else [finding, *findings]

    def _with_drafts(self, findings: Sequence[Finding]) -> list[Finding]:
        """Return findings with those of the drafts that were set aside, in order.

        Of a draft that is surely gone, its parts are not told to be missing. What else
        is said of one is advice, of the longest, where nothing in it is wrong.
        """
        findings = sorted(findings, key=_place_of)
        starts = [_place_of(finding).start for finding in findings]
        verdicts: list[tuple[Occurrence, Finding]] = []
        silent: set[int] = set()
        drafts = filter(self._demands.can_ask, self._pair.ours.drafts)
        for draft in sorted(drafts, key=lambda at: at.start - at.end):
            around = [other for place, other in verdicts if _holds(place, draft)]
            if any(map(_accuses, around)):
                continue
            parts = {
                at: findings[at]
                for at in range(
                    bisect_left(starts, draft.start), bisect_left(starts, draft.end)
                )
                if _is_within(_place_of(findings[at]), draft)
            }
            finding = self._of_draft(draft, [*parts.values()])
            if finding is None:
                continue
            wrong = {at for at, part in parts.items() if _accuses(part)}
            if _accuses(finding):
                silent |= {at for at in wrong if findings[at].verdict != _FORBIDDEN}
                verdicts = [pair for pair in verdicts if not _holds(pair[0], draft)]
            elif wrong or around:
                continue
            verdicts.append((draft, finding))
        rest = [other for at, other in enumerate(findings) if at not in silent]
        return sorted([*rest, *(finding for _, finding in verdicts)], key=_place_of)

    def _of_draft(self, draft: Occurrence, parts: list[Finding]) -> Finding | None:
        """Return what there is to say of a draft with some parts that was set aside."""
        if self._pair.alignment.omitted(self._pair.alignment.number(draft.start)):
            return None
        demands = [d for d in map(self._demands.of, draft.senses) if d.expected]
        for demand in demands:
            rival = self._rivals.contrast(demand, draft, self._cover, self._unsettled)
            if rival is not None:
                return self._replaced(demand, draft, rival)
        members = _members_of(demands[0].entry, parts)
        spans = [part.target for part in parts if part.target]
        finding = self._missing(
            draft, self._judges_of(draft, spans, self._remains), members
        )
        if finding is not None and _accuses(finding):
            # What its parts took of the target may be its own.
            judges = self._judges_of(draft, spans, self._remains_for(draft))
            finding = self._missing(draft, judges, members)
            self._strangers.note(judges.strangers)
        if finding is None or not finding.advice:
            return finding
        return finding.but(reason=DRAFT)

    def _make_up(
        self, parts: list[Occurrence], place: Occurrence, finding: Finding
    ) -> bool:
        """Say whether parts are all that a term says, or it stands there in pieces.

        A term with slots, and one that a draft has, is written in many ways.
        """
        if self._within.make_up(parts, place):
            return True
        if not (place.parts or is_draft(finding.state or "")):
            return False
        own = self._pair.alignment.own(self._pair.alignment.number(place.start))
        target = Rest(self._pair.target[slice(*own.target)])
        return any(has_words(text, target) for text in finding.expected)

    def _missing(
        self,
        place: Occurrence,
        judges: Judges | None = None,
        members: say.Members | None = None,
    ) -> Finding | None:
        """Return the finding of a term without a rendering, or of its members.

        None for one that a translation need not have. `judges` are others than those of
        the terms that lead; `members` are what is known of these already.
        """
        doubts, strangers = judges or self._judges
        demands = [d for d in map(self._demands.of, place.senses) if d.expected]
        demand = demands[0]
        source = say.span(self._pair.source, place)
        members = members or self._members(demand.entry, place)
        if members.of and not members.lacking:
            return say.sequence(demand, source, members)
        # Of a homograph, it may be the sense that a translation need not have.
        if NEVER in {d.expectation for d in demands}:
            return None
        other = None if members.rendered else self._of_another(demand, place)
        rung = None
        if not members.of and other is None:
            rung = self._rivals.of_ladder(demand, place, self._cover)
        is_whole = rung is not None and doubts.is_whole(demands, place, rung.at)
        if rung is not None and not is_whole:
            return self._replaced(demand, place, rung)
        is_elsewhere = demand.entry.id in self._cover.entries
        if members.rendered:
            reason = doubts.plain(place, demands)
        elif is_whole:
            reason = "paraphrase"
        else:
            reason = self._reason(
                place, demands, other, doubts, is_elsewhere=is_elsewhere
            )
            rival = strangers.instead(demands, place, self._cover, reason)
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
        doubts: Doubts,
        *,
        is_elsewhere: bool,
    ) -> str | None:
        """Return a code for why a term need not be missing, None where it is."""
        if other is not None:
            return "other-wording"
        within = self._around(place)
        entry = demands[0].entry.id
        users = [*self._nested.users(entry, self._cover, within)]
        for user in users:
            first, last = sorted((user, place), key=_BEGIN)
            if _JOINT.fullmatch(self._pair.source, first.end, last.start):
                return "within"
        # A longer term before it may have said it: *recognize the State of Palestine*.
        is_repeated = any(user.start < place.start for user in users) or (
            is_elsewhere and self._rendered_so.is_behind(entry, place)
        )
        reason = doubts.reason(
            place, demands, is_repeated=is_repeated, is_elsewhere=is_elsewhere
        )
        if reason == DRAFT and self._slights.is_member(place):
            reason = None if doubts.is_gone(demands, place) else reason
        is_anothers = reason is None and self._slights.is_anothers(place, demands)
        return "acronym" if is_anothers else reason

    def _of_another(self, wording: Demand, place: Occurrence) -> Span | None:
        """Return a free wording of the entry that renders others only, if any."""
        entry, verdict = wording.entry.id, wording.verdict
        within = self._around(place)
        for renderings in (self._leading, self._nested, self._aside):
            free = renderings.best(entry, self._cover, verdict, within)
            if free is not None:
                return say.span(self._pair.target, free[1].at)
        return None

    def _members(self, entry: Entry, place: Occurrence) -> say.Members:
        """Return which members of a sequence are rendered."""
        parts = {r.entry for r in entry.relations if r.type == "part"}
        if not parts:
            return say.Members()
        inside = [
            member
            for member in self._within.all(place)
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
