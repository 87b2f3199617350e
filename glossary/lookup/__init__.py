"""Entries for a query, best first.

A query passes the tiers of `glossary.query.TIERS` in order until enough entries are
found. Within a tier, the statuses stand in their order, approved entries before drafts,
then what fits issuer and time, then the closest and the shortest term.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from glossary.entry import Hit, Suggestion
from glossary.lookup.fuzzy import Nearest
from glossary.lookup.pattern import Pattern, like, quoted
from glossary.lookup.prose import telling
from glossary.lookup.settled import Asked, settled
from glossary.lookup.tiers import tiers
from glossary.query import Query
from glossary.store import Store
from glossary.text import primary

__all__ = ["Answer", "lookup", "suggest"]


#: How many terms are offered when nothing is found.
_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What a lookup found: the hits, and the languages it was settled for.

    When there are no hits, `did_you_mean` may hold up to three terms. `is_missed` says
    that nothing was found although the lookup looked everywhere.
    """

    q: str
    from_: str
    to: str
    hits: tuple[Hit, ...]
    did_you_mean: tuple[Suggestion, ...] = ()
    is_missed: bool = False


def lookup(store: Store, query: Query, *, candidates: int) -> Answer:
    """Return the entries that fit a query, best first, each once.

    Languages that the query leaves open are told from its script; one that does not
    fit is overruled when nothing is found in it. `*` and `?` stand for any letters
    and any one letter; a query in double quotes is taken as it is. `candidates`
    bounds how many terms a tier ranks. Raise Invalid for a pattern of nothing but
    wildcards, and for an issuer that nobody is.
    """
    q = quoted(query.q)
    asked = settled(store, query, q=q, limit=candidates)
    offered: tuple[Suggestion, ...] = ()
    for one in asked:
        nearest = Nearest(one)
        hits = _first(one, _groups(one, nearest, literal=q is not None))
        if hits:
            return _answer(one, hits)
        offered = _offered(one, nearest)
    is_missed = q is None and query.looks_everywhere and not Pattern.of(query.q)
    return Answer(query.q, asked[0].from_, asked[0].to, (), offered, is_missed)


def suggest(store: Store, q: str, *, limit: int, candidates: int) -> list[Suggestion]:
    """Return terms that go on from what is being typed, then terms that hold it."""
    query = Query(q, limit=limit, tier="part")
    for asked in settled(store, query, limit=candidates):
        hits = _first(asked, tiers(asked, Nearest(asked), typing=True))
        if hits:
            return [_suggestion(hit) for hit in hits]
    return []


def _groups(asked: Asked, nearest: Nearest, *, literal: bool) -> Iterator[list[Hit]]:
    """Yield the hits in one language, group after group, where the query looks."""
    field = asked.query.field
    if field in {"term", "all"}:
        pattern = Pattern.of(asked.query.q)
        if pattern:
            yield from like(asked, pattern)
        else:
            yield from tiers(asked, nearest, literal=literal)
    if field != "term":
        yield from telling(asked)


def _first(asked: Asked, groups: Iterable[list[Hit]]) -> tuple[Hit, ...]:
    """Return as many hits as are wanted, each entry once, asking no further groups."""
    found: dict[str, Hit] = {}
    for hits in groups:
        for hit in sorted(hits, key=asked.order):
            found.setdefault(hit.entry, hit)
        if len(found) >= asked.query.limit:
            break
    return tuple(found.values())[: asked.query.limit]


def _answer(asked: Asked, hits: tuple[Hit, ...]) -> Answer:
    """Return hits with the language that the first of them really is in."""
    hits = tuple(map(asked.told, hits))
    found = hits[0].term.lang
    if primary(found) == primary(asked.from_):
        return Answer(asked.query.q, asked.from_, asked.to, hits)
    return Answer(asked.query.q, found, asked.facing(found), hits)


def _offered(asked: Asked, nearest: Nearest) -> tuple[Suggestion, ...]:
    """Return the terms that come nearest to a query that found nothing."""
    if asked.query.field != "term" or Pattern.of(asked.query.q):
        return ()
    hits = asked.hits("fuzzy", nearest.all[:_OFFERED])
    return tuple({hit.entry: _suggestion(hit) for hit in hits}.values())


def _suggestion(hit: Hit) -> Suggestion:
    return Suggestion(
        text=hit.term.text,
        lang=hit.term.lang,
        entry=hit.entry,
        equivalent=hit.equivalents[0].text if hit.equivalents else None,
        state=hit.state,
    )
