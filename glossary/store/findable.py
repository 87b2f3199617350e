"""What makes one entry findable, made of the entry alone: rows without numbers.

Nothing here asks a store, so that another process may make it while one writes.
"""

from collections.abc import Iterable
from typing import NamedTuple

from glossary.entry import STATUSES, Entry, Term, is_draft
from glossary.store.browsing import coverage, facets
from glossary.text import (
    Folded,
    counted,
    fold,
    glossary_gram,
    grams,
    initials,
    is_acronym,
    is_of_acronyms,
    primary,
    prose_grams,
    sound,
    stemmed,
    subject_gram,
    words,
)


class FindableTerm(NamedTuple):
    """What of a term goes into the index; `grams` have spaces between them."""

    ordinal: int
    lang: str
    rank: int
    key: str
    stem: str | None
    sound: str | None
    initials: str | None
    grams: str


class Findable(NamedTuple):
    """What of an entry goes into the index.

    `tally` names what it is counted under, each with how often; `counted` has the grams
    whose frequency is kept, once for each term that holds them. `prose` are the grams
    of its definitions and of its notes.
    """

    tally: list[tuple[str, str, int]]
    subjects: tuple[str, ...] = ()
    facets: list[tuple[str, str, str]] = []
    terms: list[FindableTerm] = []
    counted: list[str] = []
    words: list[str] = []
    prose: tuple[str, str] = ("", "")


def findable(entry: Entry) -> Findable:
    """Return what makes an entry findable; a retired one is only counted."""
    is_retired = entry.state == "retired"
    listed = set() if is_retired else facets(entry)
    tally = tallies(entry, listed)
    if is_retired:
        return Findable(tally, entry.subjects)
    terms: list[FindableTerm] = []
    frequency: list[str] = []
    met: set[str] = set()
    for ordinal, term in enumerate(entry.terms):
        folded = fold(term.text)
        key = folded.key
        if not key:
            continue
        key_grams = grams(key)
        terms.append(_term(entry, ordinal, term, folded, key_grams))
        frequency += counted(key_grams)
        met |= words(key)
    # In the order of the table's own key, rows are written side by side.
    in_order = sorted(listed)
    prose = prose_of(entry)
    return Findable(
        tally, entry.subjects, in_order, terms, frequency, list(met), prose
    )


def tallies(
    entry: Entry, listed: set[tuple[str, str, str]]
) -> list[tuple[str, str, int]]:
    """Return what an entry with its facets is counted under, and how often."""
    numbers = [("state", entry.state, 1)]
    numbers += [("status", term.status, 1) for term in entry.terms]
    if entry.state == "retired":
        return [*numbers, ("glossary", entry.glossary, 0)]
    numbers.append(("glossary", entry.glossary, 1))
    numbers.append(("day", entry.created[:10], 1))
    numbers += [(*value, 1) for value in {(kind, value) for kind, value, _ in listed}]
    numbers += [(entry.state, subject, 1) for subject in entry.subjects]
    numbers += [
        (f"{kind}-{entry.state}", value, 1)
        for kind, value, _ in listed
        if kind == "proof"
    ]
    numbers += [("coverage", name, 1) for name in coverage(entry)]
    numbers += [("lang", primary(term.lang), 1) for term in entry.terms]
    return numbers


def indexed(key_grams: set[str], entry: Entry) -> str:
    """Return a term's grams, with those of its entry's glossary and subjects."""
    subjects = map(subject_gram, entry.subjects)
    return _joined({*key_grams, glossary_gram(entry.glossary), *subjects})


def prose_of(entry: Entry) -> tuple[str, str]:
    """Return the grams of an entry's definitions, and of its notes."""
    notes = filter(None, [entry.note, *(term.usage for term in entry.terms)])
    return (
        _joined(prose_grams(entry.definition.values())),
        _joined(prose_grams(notes)),
    )


def _term(
    entry: Entry, ordinal: int, term: Term, folded: Folded, key_grams: set[str]
) -> FindableTerm:
    lang = primary(term.lang)
    heard = sound(term.reading) if lang == "zh" and term.reading else None
    return FindableTerm(
        ordinal,
        lang,
        _rank(entry, term),
        folded.key,
        _stem(folded) if lang != "zh" else None,
        heard or None,
        initials(term.reading or "", term.text) or None if heard else None,
        indexed(key_grams, entry),
    )


def _stem(folded: Folded) -> str:
    """Return what the forms of a wording share; an acronym has only its plural."""
    if not is_of_acronyms(folded.source):
        return stemmed(folded)
    key = folded.key
    is_plural = folded.source.endswith("s") and is_acronym(folded.source[:-1])
    return key.removesuffix("s") if is_plural else key


def _rank(entry: Entry, term: Term) -> int:
    return STATUSES.index(term.status) + len(STATUSES) * is_draft(entry.state)


def _joined(all_grams: Iterable[str]) -> str:
    return " ".join(sorted(all_grams))
