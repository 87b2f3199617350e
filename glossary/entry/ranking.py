"""Which term to use first: status, period and issuer weighed together."""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Final

from glossary.entry.nouns import BANS, STATUSES, Entry, Term
from glossary.entry.period import covers, force
from glossary.entry.state import is_draft
from glossary.text import has_region, key, primary, tags_apart


class Standing(IntEnum):
    """How well a term stands at a time, best first."""

    PREFERRED_THEN = 0
    """Preferred, with a period that holds the time asked for."""
    RIGHT_THEN = 1
    """Superseded by now, but in force at the time asked for."""
    PREFERRED = 2
    ADMITTED = 3
    OUT_OF_PERIOD = 4
    """Preferred or admitted, but not yet or no longer at the time asked for."""
    DEPRECATED = 5
    SUPERSEDED = 6
    FORBIDDEN = 7

    @property
    def usable(self) -> bool:
        """Whether a translator may use the term."""
        return self <= Standing.OUT_OF_PERIOD


_TODAY: Final = {
    "preferred": Standing.PREFERRED,
    "admitted": Standing.ADMITTED,
    "deprecated": Standing.DEPRECATED,
    "superseded": Standing.SUPERSEDED,
    "forbidden": Standing.FORBIDDEN,
}


def standing(term: Term, as_of: str | None) -> Standing:
    """Return how a term stands, today or as of a time.

    A superseded term was right at a time only when it is known until when it was
    used; deprecated and forbidden ones never were.
    """
    today = _TODAY[term.status]
    if as_of is None or not (today.usable or today is Standing.SUPERSEDED):
        return today
    in_force = covers(term.since, term.until, as_of)
    if today is Standing.SUPERSEDED:
        right = in_force and term.until is not None
        return Standing.RIGHT_THEN if right else today
    if not in_force:
        return Standing.OUT_OF_PERIOD
    dated = term.since is not None or term.until is not None
    if dated and today is Standing.PREFERRED:
        return Standing.PREFERRED_THEN
    return today


def in_force(term: Term, as_of: str | None) -> str:
    """Say whether a wording was in force at a time, or is today: one of `FORCES`.

    A superseded one is no longer, whenever that ended; of an earlier time nobody can
    tell then.
    """
    stands = force(term.since, term.until, as_of)
    if term.status == "superseded" and term.until is None and stands != "not-yet":
        return "ended" if as_of is None else "undated"
    return stands


def bans(entry: Entry, term: Term, *, as_of: str | None) -> bool:
    """Say whether an entry forbids one of its terms; a draft forbids nothing.

    Nobody vouches for a draft, so that what it calls wrong may be right.
    """
    return not is_draft(entry.state) and not standing(term, as_of).usable


def banned_anywhere(entry: Entry, term: Term, *, as_of: str | None) -> bool:
    """Say whether an entry forbids a term wherever it stands.

    Who sees one language only, and not what a wording renders, can tell of no other.
    """
    return bans(entry, term, as_of=as_of) and any(
        twin.ban == BANS[1] for twin in twins(entry, term)
    )


def twins(entry: Entry, term: Term) -> Iterator[Term]:
    """Yield the terms of an entry that are one wording, in one script or another.

    What an editor says of one of them is meant of all.
    """
    lang, term_key = primary(term.lang), key(term.text)
    for twin in entry.terms:
        if primary(twin.lang) == lang and key(twin.text) == term_key:
            yield twin


def issued_by(term: Term, issuer: frozenset[str] | None) -> bool:
    """Say whether a term's issuer is one of those asked for; None asks for nobody.

    They are given by the keys of all their names, as `Issuers.keys_of` returns them.
    """
    if issuer is None:
        return True
    return term.issuer is not None and key(term.issuer) in issuer


def ranked(
    terms: Iterable[Term],
    lang: str,
    *,
    as_of: str | None,
    issuer: frozenset[str] | None,
) -> tuple[Term, ...]:
    """Return the terms of a language, the one to use first.

    Usable ones lead; among them those of the asked issuer, and of Chinese those of the
    asked region; then they stand by `standing` and status, the asked script first, a
    wording still in force before one that ended, and else as the entry lists them.
    """
    tongue = primary(lang)
    is_regional = has_region(lang)

    def order(term: Term) -> tuple[bool, bool, bool, Standing, int, int, bool]:
        stands = standing(term, as_of)
        return (
            not stands.usable,
            not issued_by(term, issuer),
            is_regional and term.lang != lang,
            stands,
            STATUSES.index(term.status),
            tags_apart(term.lang, lang),
            term.until is not None,
        )

    return tuple(sorted((t for t in terms if primary(t.lang) == tongue), key=order))


def usable(terms: Iterable[Term], as_of: str | None) -> tuple[Term, ...]:
    """Return those terms that a translator may use, in their order."""
    return tuple(term for term in terms if standing(term, as_of).usable)
