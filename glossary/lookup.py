"""Entries for a query, best first.

A query passes the tiers of `glossary.query.TIERS` in order until enough entries are
found. Within a tier, approved entries stand before drafts, the statuses in their
order, then what fits issuer and time, then the closest and the shortest term.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from glossary.difference import differences
from glossary.entry import Entry, Hit, Suggestion, Term
from glossary.fold import Folded, fold, is_traditional
from glossary.language import has_han, primary
from glossary.query import Query
from glossary.spelling import american_start
from glossary.standing import issued_by, ranked, standing
from glossary.store import SqliteStore
from glossary.store.searching import Candidate, Scope


@dataclass(frozen=True, slots=True)
class Answer:
    """What a lookup found: the query with its languages settled, and the hits."""

    query: Query
    revision: int
    hits: tuple[Hit, ...]


def lookup(store: SqliteStore, query: Query, *, candidates: int) -> Answer:
    """Return the entries that fit a query, best first, each once.

    `candidates` bounds how many terms a tier ranks.
    """
    revision = store.revision()
    query = _settled(query)
    folded = fold(query.q)
    found: dict[str, Hit] = {}
    if folded.key:
        for hits in _tiers(store, query, folded, candidates):
            for hit in sorted(hits, key=lambda h: _order(h, query)):
                found.setdefault(hit.entry, hit)
            if len(found) >= query.limit:
                break
    return Answer(query, revision, tuple(found.values())[: query.limit])


def suggest(
    store: SqliteStore, q: str, *, limit: int, candidates: int
) -> list[Suggestion]:
    """Return terms that go on from what is being typed, then terms that hold it."""
    query = Query(q, tier="part", limit=limit)
    answer = lookup(store, query, candidates=candidates)
    return [
        Suggestion(
            text=hit.term.text,
            lang=hit.term.lang,
            entry=hit.entry,
            equivalent=hit.equivalents[0].text if hit.equivalents else None,
        )
        for hit in answer.hits
    ]


def _settled(query: Query) -> Query:
    """Fill in the languages from the script of the text."""
    from_ = query.from_
    if from_ is None:
        chinese = "zh-Hant" if is_traditional(query.q) else "zh-Hans"
        from_ = chinese if has_han(query.q) else "en"
    to = query.to or ("en" if primary(from_) == "zh" else "zh-Hans")
    return replace(query, from_=from_, to=to)


def _tiers(
    store: SqliteStore, query: Query, folded: Folded, limit: int
) -> Iterator[list[Hit]]:
    """Yield the hits of one tier after another, as far as they are asked for."""
    scope = Scope(primary(query.from_ or ""), query.glossary, query.subject)
    equal = [
        _hit(entry, entry.terms[ordinal], query, folded)
        for _, ordinal, entry in store.search.equal(folded.key, scope, limit)
    ]
    yield [hit for hit in equal if hit.tier == "exact"]
    if query.wants("folded"):
        yield equal
    start = _start(folded.key)
    if query.wants("prefix"):
        found = store.search.starting(start, scope, limit)
        yield _close_hits(store, query, start, found, "prefix")
    if query.wants("part"):
        found = store.search.containing(start, scope, limit)
        yield _close_hits(store, query, start, found, "part")


def _start(key: str) -> str:
    """Return the key with its last word cut back to what it surely begins with."""
    head, space, last = key.rpartition(" ")
    return head + space + american_start(last)


def _hit(entry: Entry, term: Term, query: Query, folded: Folded) -> Hit:
    via = differences(folded, fold(term.text))
    tier = "folded" if via else "exact"
    return _made(entry, term, query, tier=tier, score=1.0, via=via)


def _close_hits(
    store: SqliteStore,
    query: Query,
    part: str,
    candidates: list[Candidate],
    tier: str,
) -> list[Hit]:
    """Make hits of the best candidate of each entry, no more than are wanted."""
    best: dict[int, Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: (c.status, len(c.key), c.key)):
        best.setdefault(candidate.entry, candidate)
    # Some of them may be hits of an earlier tier already.
    chosen = list(best.values())[: 2 * query.limit]
    entries = store.search.entries([c.entry for c in chosen])
    return [
        _made(
            entries[c.entry],
            entries[c.entry].terms[c.ordinal],
            query,
            tier=tier,
            score=round(min(len(part) / len(c.key), 0.99), 3),
            via=(),
        )
        for c in chosen
        if c.entry in entries
    ]


def _made(
    entry: Entry,
    term: Term,
    query: Query,
    *,
    tier: str,
    score: float,
    via: tuple[str, ...],
) -> Hit:
    as_of, issuer = query.as_of, query.issuer
    instead: tuple[Term, ...] = ()
    if not standing(term, as_of).usable:
        alternatives = ranked(entry.terms, term.lang, as_of=as_of, issuer=issuer)
        instead = tuple(t for t in alternatives if standing(t, as_of).usable)
    return Hit(
        entry=entry.id,
        tier=tier,
        score=score,
        via=via,
        term=term,
        equivalents=ranked(entry.terms, query.to or "", as_of=as_of, issuer=issuer),
        use=instead,
        subjects=entry.subjects,
        definition=entry.definition,
        glossary=entry.glossary,
        state=entry.state,
    )


def _order(hit: Hit, query: Query) -> tuple[object, ...]:
    """Return what hits of one tier are sorted by."""
    lead = hit.equivalents[:1]
    return (
        hit.state == "draft",
        standing(hit.term, query.as_of),
        not all(issued_by(term, query.issuer) for term in lead),
        not all(standing(term, query.as_of).usable for term in lead),
        -hit.score,
        len(hit.term.text),
        hit.term.lang != query.from_,
        hit.entry,
    )
