"""What is offered where nothing answers: near terms, and what the words may mean."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from glossary.entry import Entry, Hit, Suggestion, is_wanted
from glossary.lookup.fuzzy import Nearest
from glossary.lookup.meaning import Vectors
from glossary.lookup.meant import lead
from glossary.lookup.pattern import Pattern
from glossary.lookup.settled import Asked

#: How many terms are offered when nothing is found.
_OFFERED: Final = 3
#: How many with those that the words of the query may mean.
MEANT: Final = 5
#: So many that are near in meaning are weighed; filters leave some of them out.
_NEAR: Final = 25


def offered(question: Asked, nearest: Nearest) -> tuple[Suggestion, ...]:
    """Return the terms that come nearest to a query that found nothing."""
    if question.query.field != "term" or Pattern.of(question.query.q):
        return ()
    hits = question.decided(question.hits("fuzzy", nearest.all[:_OFFERED]))
    return tuple({hit.entry: suggestion_of(hit) for hit in hits}.values())


def meant(
    question: Asked, entries: Iterable[Entry], there: set[str], *, room: int
) -> tuple[Suggestion, ...]:
    """Return terms that the words of a query may mean: their own, or their prose's.

    They stand for the likeliest `entries` that are not `there` already.
    """
    picks = [entry for entry in entries if entry.id not in there][: max(room, 0)]
    return _standing_for(question, picks, via="definition")


def near(
    question: Asked, meaning: Vectors, hits: tuple[Hit, ...]
) -> tuple[Suggestion, ...]:
    """Return terms of the entries that are nearest to a query in meaning."""
    there = {hit.entry for hit in hits}
    names = meaning.nearest(question.query.q, most=_NEAR)
    entries = {entry.id: entry for entry in question.store.entries_of(names)}
    nearest = [
        entries[name]
        for name in names
        if name in entries
        and name not in there
        and entries[name].state != "retired"
        and is_wanted(entries[name], question.query.filters)
    ]
    return _standing_for(question, nearest[:MEANT], via="meaning")


def _standing_for(
    question: Asked, entries: Iterable[Entry], *, via: str
) -> tuple[Suggestion, ...]:
    """Return the leading terms of entries in the query's language."""
    how = {"score": 0.5, "via": (via,)}
    hits = question.decided(
        [question.hit(entry, lead(question, entry), "part", **how) for entry in entries]
    )
    return tuple(replace(suggestion_of(hit), via=via) for hit in hits)


def distinct(offered: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Return what is offered, each entry once, and no more than there is room for."""
    return tuple({suggestion.entry: suggestion for suggestion in offered}.values())[
        :MEANT
    ]


def suggestion_of(hit: Hit) -> Suggestion:
    """Return what a hit is offered as."""
    return Suggestion(
        text=hit.term.text,
        lang=hit.term.lang,
        entry=hit.entry,
        equivalent=hit.equivalents[0].text if hit.equivalents else None,
        state=hit.state,
    )
