"""Which terms of an entry render a wording of it in the other language, like by like.

A term that names others (`renders`), or is named by one that may be used, renders and
is rendered by those alone. All others are silent, and silent ones answer each other:
an acronym or short form is a short form first, a full form a full form, a verb a verb.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple, Self, TypedDict

from glossary.entry.nouns import STATUSES, USABLE, Term
from glossary.entry.ranking import Standing, issued_by, ranked, standing, usable
from glossary.text import (
    are_kin,
    content,
    fold,
    has_region,
    primary,
    stemmed,
    tags_apart,
)

_SHORT: Final = frozenset({"acronym", "abbreviation", "shortForm"})
#: Parts of speech that are answered by their like; others go with any.
_KINDS: Final = frozenset({"noun", "verb", "adjective", "adverb"})


class _How(TypedDict):
    """When and by whom a rendering is asked for."""

    as_of: str | None
    issuer: frozenset[str] | None


class Pairing(NamedTuple):
    """What renders a wording in another language, the one to use first.

    `first` has the terms that it is paired with, or that are its like; `second` what
    else may render it; `others` has those that render other wordings only. Each has
    terms that are not to be used behind the others.
    """

    first: tuple[Term, ...]
    second: tuple[Term, ...]
    others: tuple[Term, ...]
    terms: tuple[Term, ...]
    """The first and the second, in the order in which they are to be shown."""


def pairing(
    terms: Iterable[Term],
    wording: Term,
    *,
    lang: str,
    as_of: str | None = None,
    issuer: frozenset[str] | None = None,
) -> Pairing:
    """Return what of an entry's terms renders one of its wordings in a language.

    Usable terms lead; of these, what is in force at the time asked for, then the asked
    issuer's, then the first group, then the asked region's; then they stand by part of
    speech, by standing and status, the asked script first, and else as the entry lists
    them.
    """
    how: _How = {"as_of": as_of, "issuer": issuer}
    return _paired(wording, _Sides.of(terms, wording.lang, lang), lang, how)


def renderings(
    terms: Iterable[Term], wordings: Iterable[Term], *, lang: str
) -> Iterator[tuple[Term, ...]]:
    """Yield the terms of the pairing of each of some wordings of one language.

    What is the same for all of them is found once.
    """
    how: _How = {"as_of": None, "issuer": None}
    sides: _Sides | None = None
    by_kind: dict[tuple[str, str | None], tuple[Term, ...]] = {}
    for wording in wordings:
        if sides is None:
            sides = _Sides.of(terms, wording.lang, lang)
        if sides.links is not None:
            yield _shown(_ranking(wording, sides, lang, how))
            continue
        # Where no term names another, this is all that tells wordings apart.
        kind = (wording.type if is_short_form(wording) else "", wording.part_of_speech)
        if kind not in by_kind:
            by_kind[kind] = _shown(_ranking(wording, sides, lang, how))
        yield by_kind[kind]


class _Sides(NamedTuple):
    """The terms of two languages, and which of them name each other, if any does."""

    ours: list[Term]
    theirs: list[Term]
    links: "_Links | None"

    @classmethod
    def of(cls, terms: Iterable[Term], our_lang: str, their_lang: str) -> Self:
        """Return the two sides of some terms."""
        tongue, other_tongue = primary(our_lang), primary(their_lang)
        ours: list[Term] = []
        theirs: list[Term] = []
        links = False
        for term in terms:
            language = primary(term.lang)
            if language == other_tongue:
                theirs.append(term)
            if language == tongue:
                ours.append(term)
            links = links or bool(term.renders)
        has_links = links and any(term.renders for term in (*ours, *theirs))
        return cls(ours, theirs, _Links(ours, theirs) if has_links else None)


def _paired(wording: Term, sides: _Sides, lang: str, how: _How) -> Pairing:
    ranking = _ranking(wording, sides, lang, how)
    groups: tuple[list[Term], ...] = ([], [], [])
    for term, group in ranking:
        groups[group - 1].append(term)
    first, second, others = map(tuple, groups)
    return Pairing(first, second, others, _shown(ranking))


def _shown(ranking: Iterable[tuple[Term, int]]) -> tuple[Term, ...]:
    return tuple([term for term, group in ranking if group < 3])


def _ranking(
    wording: Term, sides: _Sides, lang: str, how: _How
) -> list[tuple[Term, int]]:
    """Return the terms of a language, best first, with their groups for a wording."""
    ranking = [*_grouped(wording, sides)]
    if len(ranking) < 2:
        return ranking
    as_of, issuer = how["as_of"], how["issuer"]
    is_short, part, kind = is_short_form(wording), wording.part_of_speech, wording.type

    def rank(grouped: tuple[Term, int]) -> tuple[int, ...]:
        term, group = grouped
        marks = (
            issued_by(term, issuer),
            group > 1,
            term.until is not None,
            is_short and term.type != kind,
        )
        parts = (term.part_of_speech, part)
        return _rank(
            standing(term, as_of), term.status, (term.lang, lang), parts, marks
        )

    ranking.sort(key=rank)
    return ranking


@lru_cache(maxsize=4096)
def _rank(
    stands: Standing,
    status: str,
    langs: tuple[str, str],
    parts: tuple[str | None, str | None],
    marks: tuple[bool, bool, bool, bool],
) -> tuple[int, ...]:
    """Return what a term is sorted by among those that render a wording.

    `langs` and `parts` have its own first, and then what it is compared with; `marks`
    say whether its issuer is asked for, it is of a later group, has ended, and is
    another kind of short form. The terms of a glossary are of few kinds.
    """
    own, other = langs
    is_asked, is_later, has_ended, is_other_short = marks
    return (
        not stands.usable,
        stands is Standing.OUT_OF_PERIOD,
        not is_asked,
        is_later,
        has_region(other) and own != other,
        not _is_like(*parts),
        stands,
        STATUSES.index(status),
        tags_apart(own, other),
        has_ended,
        is_other_short,
    )


def instead(
    terms: Iterable[Term],
    wording: Term,
    *,
    as_of: str | None = None,
    issuer: frozenset[str] | None = None,
) -> tuple[Term, ...]:
    """Return what to use in place of a term that is not to be used, the best first.

    It is of the same language and renders what that one renders, like by like.
    """
    all_terms = tuple(terms)
    how: _How = {"as_of": as_of, "issuer": issuer}
    same = usable(ranked(all_terms, wording.lang, **how), as_of)
    if any(term.renders for term in all_terms):
        langs = {primary(t.lang) for t in all_terms} - {primary(wording.lang)}
        answers = [
            answer
            for lang in langs
            for answer in pairing(all_terms, wording, lang=lang, **how).terms
        ]
        fitting = {
            id(term)
            for answer in answers
            for term in pairing(all_terms, answer, lang=wording.lang, **how).terms
        }
        same = tuple(term for term in same if id(term) in fitting)

    def unlike(term: Term) -> tuple[bool, bool]:
        part = _is_like(term.part_of_speech, wording.part_of_speech)
        return is_short_form(term) != is_short_form(wording), not part

    return tuple(sorted(same, key=unlike))


def _grouped(wording: Term, sides: _Sides) -> Iterator[tuple[Term, int]]:
    """Yield the terms of a language with the group that they are of for a wording."""
    is_short, links = is_short_form(wording), sides.links
    if links is None:
        for term in sides.theirs:
            yield term, 1 if is_short_form(term) == is_short else 2
        return
    bound = links.bind(wording, ours=True)
    for term in sides.theirs:
        if links.join(wording, term):
            yield term, 1
        elif bound or links.bind(term, ours=False):
            yield term, 3
        else:
            yield term, 1 if is_short_form(term) == is_short else 2


class _Links:
    """Which wordings of two languages name each other.

    One wording in two scripts, or in two forms of its words, is one.
    """

    def __init__(self, ours: list[Term], theirs: list[Term]) -> None:
        sides = (ours, theirs)
        self._here = tuple({form(t.text) for t in side} for side in sides)
        self._usable = tuple(
            {form(t.text) for t in side if t.status in USABLE} for side in sides
        )
        self._pairs = tuple(
            {
                (form(term.text), form(text))
                for term in side
                for text in term.renders
                if form(text) in there
            }
            for side, there in zip(sides, reversed(self._here), strict=True)
        )

    def join(self, our: Term, their: Term) -> bool:
        """Say whether one of two terms names the other."""
        one, other = form(our.text), form(their.text)
        return (one, other) in self._pairs[0] or (other, one) in self._pairs[1]

    def bind(self, term: Term, *, ours: bool) -> bool:
        """Say whether a term answers only what names it or what it names.

        What is not to be used binds no one by naming them: it says where it is wrong.
        """
        own, foreign = (0, 1) if ours else (1, 0)
        own_form = form(term.text)
        if any(namer == own_form for namer, _ in self._pairs[own]):
            return True
        return any(
            target == own_form
            and (namer in self._usable[foreign] or own_form not in self._usable[own])
            for namer, target in self._pairs[foreign]
        )


@lru_cache(maxsize=65_536)
def form(text: str) -> str:
    """Return what is the same of a wording in every script, number and tense."""
    return stemmed(fold(text))


def is_short_form(term: Term) -> bool:
    """Say whether a term is an acronym, an abbreviation or a short form."""
    return term.type in _SHORT


def alike(one: Term, other: Term) -> bool:
    """Say whether one of two terms may stand where the other does, in a sentence.

    They have one part of speech, and are other words. Where nobody says of both what
    part of speech they are, words of the same families are the same words.
    """
    if form(one.text) == form(other.text):
        return False
    parts = {one.part_of_speech, other.part_of_speech}
    if parts <= _KINDS:
        return len(parts) == 1
    rest = list(content(other.text))
    for word in content(one.text):
        kin = next((other for other in rest if are_kin(word, other)), None)
        if kin is None:
            return True
        rest.remove(kin)
    return bool(rest) or not content(one.text)


def _is_like(one: str | None, other: str | None) -> bool:
    return one == other or not {one, other} <= _KINDS
