"""What a wording of the source asks of the target, and how it judges what is there."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Final

from glossary.entry import (
    ALWAYS,
    Entry,
    Standing,
    Term,
    alike,
    banned_anywhere,
    bans,
    expectation,
    is_short_form,
    issued_by,
    pairing,
    proof,
    standing,
    stated,
    today,
    usable,
)
from glossary.query import Wanted
from glossary.recognition.occurrences import ANY_LANGUAGE, Occurrence
from glossary.recognition.snapshot import Sense
from glossary.text import LetterCase, in_case, primary, readable

#: A wording of the entry, but of what renders other wordings.
ELSEWHERE: Final = "missing"
_ACRONYM: Final = "acronym"
#: So many demands are kept.
_MOST: Final = 5_000


def related(entry: Entry, kinds: frozenset[str]) -> frozenset[str]:
    """Return the entries that one is related to in one of some ways."""
    return frozenset(r.entry for r in entry.relations if r.type in kinds)


class Wanting:
    """Wordings that are wanted of an entry, in the letter case of a place."""

    def __init__(self, entry: Entry, expected: Iterable[Term]) -> None:
        self.entry = entry
        #: What may be written, the best first; slots as ….
        self.expected = tuple(dict.fromkeys(readable(term.text) for term in expected))
        self._suited: dict[LetterCase, tuple[str, ...]] = {}
        self._related: dict[frozenset[str], frozenset[str]] = {}

    @cached_property
    def proof(self) -> str:
        """What is proved of the entry's leading pair."""
        return proof(self.entry).state

    def related(self, kinds: frozenset[str]) -> frozenset[str]:
        """Return the entries that its own is related to in one of some ways."""
        ids = self._related.get(kinds)
        if ids is None:
            ids = self._related[kinds] = related(self.entry, kinds)
        return ids

    def suited(self, case: LetterCase) -> tuple[str, ...]:
        """Return what is expected, in a letter case."""
        texts = self._suited.get(case)
        if texts is None:
            texts = tuple(in_case(text, case) for text in self.expected)
            self._suited[case] = texts
        return texts


class Demand(Wanting):
    """A wording of the source, as one term of one entry, seen from the target."""

    def __init__(self, entry: Entry, term: Term, to: str, options: Wanted) -> None:
        self.term = term
        #: Whether a check may miss it.
        self.expectation = expectation(entry, term)
        #: Whether an editor has said that it is always expected.
        self.is_insisted = stated(entry, term) == ALWAYS
        #: For who has something to keep with it.
        self.memory: dict[object, Any] = {}
        self._options = options
        self._own = {_name(own): own for own in entry.terms}
        self._verdicts: dict[tuple[str, str], str | None] = {}
        self._pairing = pairing(
            entry.terms, term, lang=to, as_of=options.as_of, issuer=options.issuers
        )
        self._renders = frozenset(map(_name, self._pairing.terms))
        anywhere = tuple(t for t in entry.terms if primary(t.lang) == ANY_LANGUAGE)
        self._usable = usable(anywhere + self._pairing.terms, options.as_of)
        self._leading = {
            _name(term): term
            for term in usable(self._pairing.first, options.as_of)
            if standing(term, options.as_of) is not Standing.OUT_OF_PERIOD
        }
        super().__init__(entry, self._usable)

    def verdict(self, term: Term) -> str | None:
        """Say how a term of the entry stands in the target, for this wording.

        `ELSEWHERE` for one that renders other wordings; None for one that is wrong by
        the word of a draft alone: it neither renders the entry nor must it be avoided.
        """
        name = _name(term)
        if name not in self._verdicts:
            self._verdicts[name] = self._judged(self.own(term))
        return self._verdicts[name]

    def own(self, term: Term) -> Term:
        """Return a term of the entry as it stands beside this wording."""
        return self._own.get(_name(term), term)

    def _judged(self, term: Term) -> str | None:
        if primary(term.lang) == ANY_LANGUAGE:
            return "ok"
        as_of = self._options.as_of
        renders = _name(term) in self._renders
        if not standing(term, as_of).usable:
            if not bans(self.entry, term, as_of=as_of):
                return None
            wrong = renders or banned_anywhere(self.entry, term, as_of=as_of)
            return "forbidden" if wrong else ELSEWHERE
        if not renders:
            return ELSEWHERE
        return "admitted" if self._has_a_better(term) else "ok"

    def _has_a_better(self, term: Term) -> bool:
        """Say whether a better rendering of this wording is known than a usable one.

        That is one of the asked issuer, one in force, or a leading one. Another number,
        tense, part of speech or script is no better one: the sentence decides. Nor is a
        name in full better than a short form of it, or the other way round, but for an
        acronym, which a name written out is better than.
        """
        as_of, issuers = self._options.as_of, self._options.issuers
        rivals = [rival for rival in self._usable if alike(rival, term)]
        if standing(term, as_of) is Standing.OUT_OF_PERIOD and any(
            standing(rival, as_of) is not Standing.OUT_OF_PERIOD for rival in rivals
        ):
            return True
        if not issued_by(term, issuers) and any(
            issued_by(rival, issuers) for rival in rivals
        ):
            return True
        return _name(term) not in self._leading and any(
            _name(rival) in self._leading and _is_as_long(rival, term)
            for rival in rivals
        )


class Demands:
    """What the wordings of one source ask of its target.

    They are kept from one check to the next in what is passed in, which lasts until the
    store moves.
    """

    def __init__(self, memory: dict[object, Demand], to: str, options: Wanted) -> None:
        self._memory = memory
        self._to, self._options = to, options
        # What is in force today may not be tomorrow.
        day = "" if options.as_of else today()
        self._standpoint = to, day, _asked_by(options)
        #: By identity: all senses of the source outlast the check.
        self._of: dict[int, Demand] = {}

    def of(self, sense: Sense) -> Demand:
        """Return what one sense of a place asks."""
        demand = self._of.get(id(sense))
        if demand is None:
            demand = self._of[id(sense)] = self._demand(sense)
        return demand

    def _demand(self, sense: Sense) -> Demand:
        entry, term = sense.entry, sense.term
        name = entry.id, term.lang, term.text, self._standpoint
        demand = self._memory.get(name)
        if demand is None:
            if len(self._memory) >= _MOST:
                self._memory.clear()
            demand = Demand(entry, term, self._to, self._options)
            self._memory[name] = demand
        return demand

    def can_ask(self, place: Occurrence) -> bool:
        """Say whether any sense of a place has a rendering that it may ask for."""
        return any(self.of(sense).expected for sense in place.senses)


def alone(
    source: str, leading: Sequence[Occurrence], to: str, options: Wanted
) -> Demand | None:
    """Return what is wanted where a source is nothing but one term."""
    if len(leading) != 1 or len(source.strip()) > leading[0].end - leading[0].start:
        return None
    sense = leading[0].senses[0]
    demand = Demand(sense.entry, sense.term, to, options)
    return demand if demand.expected else None


def _asked_by(options: Wanted) -> tuple[object, ...]:
    """Return all of what is asked that the demand of a wording depends on."""
    filters = options.filters if options.order else None
    return options.as_of, options.issuers, options.order, filters


def _is_as_long(rival: Term, term: Term) -> bool:
    """Say whether one of two names is not just short for the other."""
    return is_short_form(rival) == is_short_form(term) or term.type == _ACRONYM


def _name(term: Term) -> tuple[str, str]:
    return term.lang, term.text
