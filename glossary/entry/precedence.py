"""Whose word counts where several glossaries have a pair: that of the first one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from glossary.entry.nouns import Entry, Term
from glossary.entry.pairing import pairing
from glossary.entry.state import APPROVED
from glossary.text import key, primary

#: What of a term says how it stands: taken together, or not at all.
_STANDING: Final = ("status", "ban", "since", "until")
_Wording = tuple[str, str]


def rank(order: Sequence[str], glossary: str) -> int:
    """Return the place of a glossary in an order; what it does not name comes last.

    >>> [rank(("state", "un"), name) for name in ("state", "un", "press")]
    [0, 1, 2]
    """
    return order.index(glossary) if glossary in order else len(order)


def decided(
    entry: Entry,
    others: Iterable[Entry],
    order: Sequence[str],
    *,
    wordings: Collection[_Wording] | None = None,
) -> Entry:
    """Return an entry with each wording as an earlier glossary has it stand.

    That is asked of the `others` that are approved, for each pair that a wording makes
    with one of the other language; of several glossaries the first in `order` counts.
    With `wordings` (as `wording` names them) only the pairs that hold one of them do.
    A wording with two pairs of which different things are said stands as the earliest
    glossary has one of them. What nobody has approved decides nothing.
    """
    own = rank(order, entry.glossary)
    earlier = sorted(
        (
            other
            for other in others
            if other.state == APPROVED and rank(order, other.glossary) < own
        ),
        key=lambda other: (rank(order, other.glossary), other.id),
    )
    if not earlier:
        return entry
    names = [wording(term) for term in entry.terms]
    terms = list(entry.terms)
    for at, (term, name) in enumerate(zip(entry.terms, names, strict=True)):
        facing = {other for other in names if other[0] != name[0]}
        if wordings is not None and name not in wordings:
            facing.intersection_update(wordings)
        for other in earlier if facing else ():
            twin = _paired(other, term, facing)
            if twin is not None:
                terms[at] = _standing_like(term, twin)
                break
    return entry if terms == list(entry.terms) else replace(entry, terms=tuple(terms))


def wording(term: Term) -> _Wording:
    """Return what a wording is known by in another entry: its language and its key."""
    return primary(term.lang), key(term.text)


def _paired(entry: Entry, term: Term, facing: Collection[_Wording]) -> Term | None:
    """Return a wording as an entry has it, where that pairs it with one of some."""
    name = wording(term)
    twins = [twin for twin in entry.terms if wording(twin) == name]
    if not twins:
        return None
    for twin in entry.terms:
        if wording(twin) in facing:
            renders = pairing(entry.terms, twin, lang=term.lang).terms
            joined = [twin for twin in twins if twin in renders]
            if joined:
                return min(joined, key=lambda twin: twin.lang != term.lang)
    return None


def _standing_like(term: Term, other: Term) -> Term:
    """Return a term that stands as another one does."""
    if (term.status, term.ban) == (other.status, other.ban):
        return term
    return replace(term, **{name: getattr(other, name) for name in _STANDING})
