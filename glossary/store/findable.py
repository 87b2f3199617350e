"""What makes one entry findable, made of the entry alone: rows without numbers.

Nothing here asks a store, so that another process may make it while one writes.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from glossary.entry import STATUSES, Entry, Term, is_draft
from glossary.store.browsing import coverage, facets
from glossary.text import (
    Folded,
    cut,
    fold,
    glossary_gram,
    initials,
    is_acronym,
    is_of_acronyms,
    primary,
    prose_grams,
    sound,
    stemmed,
    subject_gram,
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

    `tally` has a line of kind and name for each time that it is counted; `counted` has
    the grams whose frequency is kept, once for each term that holds them. `prose` are
    the grams of its definitions and of its notes.
    """

    tally: str
    subjects: tuple[str, ...] = ()
    facets: Sequence[tuple[str, str, str]] = ()
    terms: Sequence[FindableTerm] = ()
    counted: str = ""
    words: str = ""
    prose: tuple[str, str] = ("", "")


class Ready(NamedTuple):
    """An entry as it will be stored at a time, its document, and what finds it.

    Whoever makes it need not be the process that writes. What finds it may be left to
    the one that does.
    """

    entry: Entry
    document: str
    rows: Findable | None
    at: str


def findable(entry: Entry) -> Findable:
    """Return what makes an entry findable; a retired one is only counted."""
    is_retired = entry.state == "retired"
    facets_of_entry = set() if is_retired else facets(entry)
    tally = "\n".join(tallies(entry, facets_of_entry))
    if is_retired:
        return Findable(tally, entry.subjects)
    terms: list[FindableTerm] = []
    frequency: list[str] = []
    words: dict[str, None] = {}
    #: Grams, and those that are counted: what is one key in two scripts is cut once.
    by_key: dict[str, tuple[str, set[str]]] = {}
    of_entry = _of_entry(entry)
    for ordinal, term in enumerate(entry.terms):
        plain = fold(term.text)
        key = plain.key
        if not key:
            continue
        if key not in by_key:
            pieces = cut(key)
            by_key[key] = _joined(pieces.grams | of_entry), pieces.counted
            words |= dict.fromkeys(pieces.words)
        grams, counted = by_key[key]
        terms.append(_term(entry, ordinal, term, plain, key=key, grams=grams))
        frequency += counted
    # In the order of the table's own key, rows are written side by side.
    in_order = sorted(facets_of_entry)
    return Findable(
        tally,
        entry.subjects,
        in_order,
        terms,
        " ".join(frequency),
        " ".join(words),
        prose_of(entry),
    )


def terms_made_of(entry: Entry) -> tuple[object, ...]:
    """Return all that the rows of an entry's terms are made of, to be compared."""
    return (
        entry.state == "retired",
        is_draft(entry.state),
        entry.glossary,
        frozenset(entry.subjects),
        [(term.lang, term.text, term.reading, term.status) for term in entry.terms],
    )


def tallies(entry: Entry, facets_of_entry: set[tuple[str, str, str]]) -> list[str]:
    """Return kind and name of all that an entry with its facets is counted under."""
    state = entry.state
    names = [f"state\t{state}"]
    names += [f"status\t{term.status}" for term in entry.terms]
    if state == "retired":
        return names
    names += [f"glossary\t{entry.glossary}", f"day\t{entry.created[:10]}"]
    names += {f"{kind}\t{value}" for kind, value, _ in facets_of_entry}
    names += [f"{state}\t{subject}" for subject in entry.subjects]
    names += [
        f"proof-{state}\t{value}"
        for kind, value, _ in facets_of_entry
        if kind == "proof"
    ]
    names += [f"coverage\t{name}" for name in coverage(entry)]
    names += [f"lang\t{primary(term.lang)}" for term in entry.terms]
    return names


def indexed(key_grams: set[str], entry: Entry) -> str:
    """Return a term's grams, with those of its entry's glossary and subjects."""
    return _joined(key_grams | _of_entry(entry))


def _of_entry(entry: Entry) -> set[str]:
    """Return the grams that all terms of an entry have."""
    return {glossary_gram(entry.glossary), *map(subject_gram, entry.subjects)}


def prose_of(entry: Entry) -> tuple[str, str]:
    """Return the grams of an entry's definitions, and of its notes."""
    usages = (term.usage for term in entry.terms)
    notes = filter(None, [*entry.every_note(), *usages])
    return (
        _joined(prose_grams(entry.definition.values())),
        _joined(prose_grams(notes)),
    )


def _term(
    entry: Entry, ordinal: int, term: Term, plain: Folded, *, key: str, grams: str
) -> FindableTerm:
    lang = primary(term.lang)
    letters = sound(term.reading) if lang == "zh" and term.reading else None
    return FindableTerm(
        ordinal,
        lang,
        _rank(entry, term),
        key,
        _stem(plain) if lang != "zh" else None,
        letters or None,
        initials(term.reading or "", term.text) or None if letters else None,
        grams,
    )


def _stem(plain: Folded) -> str:
    """Return what the forms of a wording share; an acronym has only its plural."""
    if not is_of_acronyms(plain.source):
        return stemmed(plain)
    key = plain.key
    is_plural = plain.source.endswith("s") and is_acronym(plain.source[:-1])
    return key.removesuffix("s") if is_plural else key


def _rank(entry: Entry, term: Term) -> int:
    return STATUSES.index(term.status) + len(STATUSES) * is_draft(entry.state)


def _joined(all_grams: Iterable[str]) -> str:
    return " ".join(sorted(all_grams))
