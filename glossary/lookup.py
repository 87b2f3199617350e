"""Entries for a query, best first.

A query passes the tiers of `glossary.query.TIERS` in order until enough entries are
found. Within a tier, approved entries stand before drafts, the statuses in their
order, then what fits issuer and time, then the closest and the shortest term.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from glossary.difference import differences
from glossary.entry import Entry, Hit, Suggestion, Term
from glossary.fold import Folded, fold, is_traditional
from glossary.language import has_han, primary
from glossary.query import TIERS, Query
from glossary.spelling import american_start
from glossary.standing import issued_by, ranked, standing
from glossary.store import SqliteStore
from glossary.store.searching import Candidate, Scope


@dataclass(frozen=True, slots=True)
class Answer:
    """What a lookup found: the hits, and the languages it was settled for."""

    q: str
    from_: str
    to: str
    hits: tuple[Hit, ...]


def lookup(store: SqliteStore, query: Query, *, candidates: int) -> Answer:
    """Return the entries that fit a query, best first, each once.

    Languages that the query leaves open are told from its script. `candidates`
    bounds how many terms a tier ranks.
    """
    from_ = query.from_ or _language(query.q)
    to = query.to or ("en" if primary(from_) == "zh" else "zh-Hans")
    folded = fold(query.q)
    found: dict[str, Hit] = {}
    if folded.key:
        asked = _Asked(query, folded, from_, to)
        for hits in _tiers(store, asked, candidates):
            for hit in sorted(hits, key=asked.order) if len(hits) > 1 else hits:
                found.setdefault(hit.entry, hit)
            if len(found) >= query.limit:
                break
    return Answer(query.q, from_, to, tuple(found.values())[: query.limit])


def suggest(
    store: SqliteStore, q: str, *, limit: int, candidates: int
) -> list[Suggestion]:
    """Return terms that go on from what is being typed, then terms that hold it."""
    answer = lookup(store, Query(q, limit=limit), candidates=candidates)
    return [
        Suggestion(
            text=hit.term.text,
            lang=hit.term.lang,
            entry=hit.entry,
            equivalent=hit.equivalents[0].text if hit.equivalents else None,
        )
        for hit in answer.hits
    ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query with everything settled, and how its hits are made and sorted."""

    query: Query
    folded: Folded
    from_: str
    to: str

    def hit(self, entry: Entry, term: Term, tier: str, **how: Any) -> Hit:
        """Make a hit; a term not to be used comes with what to use instead."""
        as_of, issuer = self.query.as_of, self.query.issuer
        instead: tuple[Term, ...] = ()
        if not standing(term, as_of).usable:
            others = ranked(entry.terms, term.lang, as_of=as_of, issuer=issuer)
            instead = tuple(t for t in others if standing(t, as_of).usable)
        return Hit(
            entry=entry.id,
            tier=tier,
            term=term,
            equivalents=ranked(entry.terms, self.to, as_of=as_of, issuer=issuer),
            use=instead,
            subjects=entry.subjects,
            definition=entry.definition,
            glossary=entry.glossary,
            state=entry.state,
            **how,
        )

    def order(self, hit: Hit) -> tuple[object, ...]:
        """Return what hits are sorted by."""
        as_of, issuer = self.query.as_of, self.query.issuer
        lead = hit.equivalents[:1]
        return (
            TIERS.index(hit.tier),
            hit.state == "draft",
            standing(hit.term, as_of),
            not all(issued_by(term, issuer) for term in lead),
            not all(standing(term, as_of).usable for term in lead),
            -hit.score,
            len(hit.term.text),
            hit.term.lang != self.from_,
            hit.entry,
        )


def _language(text: str) -> str:
    """Return the language of a query by its script."""
    if not has_han(text):
        return "en"
    return "zh-Hant" if is_traditional(text) else "zh-Hans"


def _tiers(store: SqliteStore, asked: _Asked, limit: int) -> Iterator[list[Hit]]:
    """Yield hits, tier after tier, as far as they are asked for, each entry once."""
    query, key = asked.query, asked.folded.key
    scope = Scope(primary(asked.from_), query.glossary, query.subject)
    equal = store.search.equal(key, scope, limit)
    hits = [_equal_hit(asked, entry, entry.terms[at]) for _, at, entry in equal]
    yield [hit for hit in hits if query.wants(hit.tier)]
    seen = {number for number, _, _ in equal}
    start = _start(key)
    for tier, found in (
        ("prefix", store.search.starting),
        ("part", store.search.containing),
    ):
        if query.wants(tier):
            chosen = _best(found(start, scope, limit), seen, query.limit)
            seen |= {candidate.entry for candidate in chosen}
            yield _close_hits(store, asked, start, chosen, tier)


def _best(candidates: list[Candidate], seen: set[int], limit: int) -> list[Candidate]:
    """Return the best candidate of each entry that was not seen, as far as needed."""
    best: dict[int, Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: (c.rank, len(c.key), c.key)):
        if candidate.entry not in seen:
            best.setdefault(candidate.entry, candidate)
    return list(best.values())[: max(limit - len(seen), 0)]


def _start(key: str) -> str:
    """Return the key with its last word cut back to what it surely begins with."""
    head, space, last = key.rpartition(" ")
    return head + space + american_start(last)


def _equal_hit(asked: _Asked, entry: Entry, term: Term) -> Hit:
    """Make a hit of a term with the query's key; `via` says what folding overlooked."""
    if term.text == asked.query.q:
        return asked.hit(entry, term, "exact", score=1.0, via=())
    via = differences(asked.folded, fold(term.text))
    return asked.hit(entry, term, "folded", score=1.0, via=via)


def _close_hits(
    store: SqliteStore,
    asked: _Asked,
    part: str,
    chosen: list[Candidate],
    tier: str,
) -> list[Hit]:
    """Make hits of candidates; one that was removed meanwhile is left out."""
    entries = store.search.entries([c.entry for c in chosen]) if chosen else {}
    return [
        asked.hit(
            entries[c.entry],
            entries[c.entry].terms[c.ordinal],
            tier,
            score=round(min(len(part) / len(c.key), 0.99), 3),
            via=(),
        )
        for c in chosen
        if c.entry in entries
    ]
