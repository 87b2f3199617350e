"""What a lookup will read, asked together where each statement costs a way to a server.

Nothing is decided here. What is foreseen in vain costs the server a little; what is not
foreseen is asked when it is needed.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from glossary.entry import Entry
from glossary.lookup.fuzzy import Near
from glossary.lookup.holding import best_of, holding, start_of
from glossary.lookup.pinyin import ways
from glossary.lookup.settled import Asked
from glossary.store import Candidate, Search
from glossary.text import has_han, primary, stemmed, variants

_Question = Callable[[Search], object]


def foresee(question: Asked, *, literal: bool) -> None:
    """Read together what the tiers read first, and the entries that these lead to."""
    search = question.store.search
    if search.is_far and question.key:
        search.foresee(*_questions(question, literal=literal))


def cited(entries: Iterable[Entry]) -> set[str]:
    """Return the ids of the sources that the terms of some entries cite."""
    return {
        name
        for entry in entries
        for term in entry.terms
        for citation in term.citations
        for name in citation.sources
    }


def _questions(question: Asked, *, literal: bool) -> Iterator[_Question]:
    wants, scope, limit = question.query.wants, question.scope, question.limit
    yield partial(_equal, question)
    if literal:
        return
    if wants("inflected") and primary(question.from_) != "zh":
        stem = stemmed(question.plain)
        yield lambda search: _met(search, search.formed(stem, scope, limit))
    if wants("folded") and (keys := variants(question.key)):
        yield lambda search: _met(search, search.having(keys, scope, limit))
    if wants("pinyin") and not has_han(question.query.q):
        yield from (partial(_spoken, way) for way in ways(question))
    for tier in filter(wants, ("prefix", "part")):
        yield partial(_beginning, question, tier)
    if wants("part"):
        first, *_, last = [*start_of(question.key).split(" ") * 2]
        yield Search.size
        if not has_han(question.key):
            yield lambda search: search.words_beginning(last)
            yield lambda search: search.words_ending(first)


def _equal(question: Asked, search: Search) -> None:
    hits = search.equal(question.key, question.scope, question.limit)
    search.sources(cited(entry for _, _, entry in hits))


def _spoken(way: Callable[[Search], list[Near]], search: Search) -> None:
    _met(search, [candidate for candidate, _, _ in way(search)])


def _beginning(question: Asked, tier: str, search: Search) -> None:
    hits = holding(question, tier, start_of(question.key), search=search)
    most = question.query.limit + 1
    _met(search, best_of(hits, set(), most, question.key, tier=tier))


def _met(search: Search, candidates: Iterable[Candidate]) -> None:
    search.entries(list(dict.fromkeys(candidate.entry for candidate in candidates)))
