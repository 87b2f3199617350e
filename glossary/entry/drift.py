"""How the wordings of an entry drift: which gave way to which, and in what year."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from glossary.entry.nouns import Entry, Term
from glossary.entry.pairing import form, instead
from glossary.text import primary


class Turn(NamedTuple):
    """A year in which wordings of a language ended or began, and what is said since.

    `began` has what is said instead, as undated as it may be, where nothing began.
    """

    year: str
    lang: str
    ended: tuple[Term, ...]
    began: tuple[Term, ...]


def drift_of(entry: Entry) -> tuple[Turn, ...]:
    """Return the years in which a wording of an entry took the place of another.

    They are told by the periods of its terms, the oldest first; a wording that has none
    before it and none after it is no drift, and one in two scripts is one.
    """
    if not any(term.since or term.until for term in entry.terms):
        return ()
    if len({primary(term.lang) for term in entry.terms}) == len(entry.terms):
        return ()
    return tuple(sorted(_turns(entry), key=lambda turn: (turn.year, turn.lang)))


def _turns(entry: Entry) -> Iterator[Turn]:
    for terms in _by_language(entry):
        if len(terms) < 2:
            continue
        ends, began = defaultdict(list), defaultdict(list)
        for term in terms:
            if term.until:
                ends[term.until[:4]].append(term)
            if term.since and any(_is_before(other, term) for other in terms):
                began[term.since[:4]].append(term)
        for year in {*ends, *began}:
            old = tuple(ends[year])
            new = tuple(began[year]) or instead(entry.terms, old[0], as_of=None)[:1]
            if new and not set(new) & set(old):
                yield Turn(year, terms[0].lang, old, new)


def _by_language(entry: Entry) -> list[list[Term]]:
    """Return the terms of each language, the first of those that are one wording."""
    terms_of: dict[str, dict[str, Term]] = defaultdict(dict)
    for term in entry.terms:
        terms_of[primary(term.lang)].setdefault(form(term.text), term)
    return [list(terms.values()) for terms in terms_of.values()]


def _is_before(other: Term, term: Term) -> bool:
    """Say whether one wording was there before another began, or ended when it did."""
    if other is term or term.since is None:
        return False
    ends, begins, year = other.until or "9", other.since or "9", term.since[:4]
    return ends[:4] <= year or begins[:4] < year
