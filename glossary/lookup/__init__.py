"""Entries for a query, best first, in blocks: what it asks for, and what is beside it.

A query passes the tiers of `glossary.query.TIERS` in order until enough *answers* are
found. Within a tier, the statuses stand in their order, approved entries before drafts,
then what fits issuer and time, then the closest and the shortest term. Who has found no
very phrase is shown the *known parts* of the query, which recognition finds, and what
is only *similar*: it differs by more than a slip of typing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from glossary import late_functions
from glossary.entry import BLOCKS, Entry, Hit, Source, Suggestion
from glossary.lookup.foreseen import cited, foresee
from glossary.lookup.fuzzy import Nearest
from glossary.lookup.meaning import Embedded, Vectors, embed
from glossary.lookup.meant import by_words
from glossary.lookup.offered import (
    MEANT,
    distinct,
    meant,
    near,
    offered,
    suggestion_of,
)
from glossary.lookup.pattern import Pattern, like, quoted
from glossary.lookup.prose import telling
from glossary.lookup.settled import Asked, settled
from glossary.lookup.tiers import tiers
from glossary.query import EVERYTHING, Filters, Moment, Query
from glossary.store import Store
from glossary.text import has_han, of_zhuyin, primary

if TYPE_CHECKING:
    from glossary.lookup import (
        covering,
        forgiven,
        mended,
        miswritten,
        otherwise,
        parts,
        shortened,
    )
    from glossary.recognition import Recognition

__all__ = ["Answer", "Embedded", "Vectors", "embed", "lookup", "suggest"]

late_functions(__name__)


#: How many hits the blocks beside the answer hold.
BESIDE: Final = 5
#: Of what shares only most of its words with the query, so many are shown.
_FEW: Final = 3
#: Parts that are so much of a query are what it asks for.
_NEARLY_ALL: Final = 0.75
#: Of a whole that is so much like it, parts are no more, even if they are all of it.
_LIKE: Final = 0.92
#: Tiers that find the very phrase: nothing need stand beside it.
_SURE: Final = frozenset({"exact", "folded", "inflected", "pinyin"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a lookup found: the hits, and the languages it was settled for.

    The hits stand in the order of `BLOCKS`. `more` says that there are more answers
    than were asked for, `elsewhere` how many there are, up to so many, that the
    filters leave out when nothing else answers; `sources` are what the hits cite. When
    there are no hits, `did_you_mean` may hold a few terms. `is_missed` says that
    nothing answers although the lookup looked everywhere.
    """

    q: str
    from_: str
    to: str
    hits: tuple[Hit, ...]
    sources: tuple[Source, ...] = ()
    did_you_mean: tuple[Suggestion, ...] = ()
    is_missed: bool = False
    more: bool = False
    elsewhere: int = 0

    def plain(self, now: Moment | None = None) -> dict[str, object]:
        """Return it as the API answers it, with the moment that it is of."""
        of = {} if now is None else {"revision": now.revision, "epoch": now.epoch}
        return {
            "query": {"q": self.q, "from": self.from_, "to": self.to},
            **of,
            "hits": self.hits,
            "more": self.more,
            "elsewhere": self.elsewhere,
            "sources": self.sources,
            "did_you_mean": self.did_you_mean,
        }

    @property
    def answers(self) -> tuple[Hit, ...]:
        """The hits that answer the query."""
        return self.of(BLOCKS[0])

    def of(self, block: str) -> tuple[Hit, ...]:
        """Return the hits of a block."""
        return tuple(hit for hit in self.hits if hit.block == block)


def lookup(
    store: Store,
    query: Query,
    *,
    candidates: int,
    recognition: "Recognition | None" = None,
    meaning: Vectors | None = None,
) -> Answer:
    """Return the entries that fit a query, block after block, best first, each once.

    Languages that the query leaves open are told from its script; one that does not
    fit is overruled when nothing is found in it. `*` and `?` stand for any letters
    and any one letter; a query in double quotes is taken as it is. `candidates`
    bounds how many terms a tier ranks; `recognition`, that of the store, finds what
    is known in the query, `meaning` what is near it in meaning. Where the query has an
    `order` of glossaries, a pair of wordings stands as the first has it. Raise Invalid
    for a pattern of nothing but wildcards, and for an issuer that nobody is.
    """
    q = quoted(query.q)
    questions = settled(store, query, q=q, limit=candidates)
    one, nearest = questions[0], Nearest(questions[0])
    answers: tuple[Hit, ...] = ()
    like_it: list[Hit] = []
    for one in questions:
        nearest = Nearest(one)
        answers, like_it = _first(one, _groups(one, nearest, literal=q is not None))
        if answers:
            break
    plain = q is None and query.field in {"term", "all"} and not Pattern.of(query.q)
    reworded = _Reworded(one)
    if plain and not answers:
        answers, others = _first(one, _in_other_words(one, nearest, reworded))
        like_it += others
    limit = query.limit
    beside: list[Hit] = []
    is_missed = is_known = False
    if plain:
        is_missed = not answers and query.looks_everywhere
        if len(answers) < limit and not any(hit.tier in _SURE for hit in answers):
            if not answers:
                like_it += reworded.similar()
            beside = _beside(one, nearest, answers, like_it, recognition)
            is_known = parts.are_most([h for h in beside if h.block == "known-parts"])
            is_missed = is_missed and not is_known
    likely: list[Entry] = []
    is_open = plain and not answers and query.field == "term"
    # Who is shown most of it, or all but a character, means nothing else by it.
    if is_open and not (is_known or (beside and nearest.is_nearly_there)):
        likely = by_words(one, most=MEANT + len(beside))
        beside = covering.with_wholes(one, beside, likely, most=BESIDE)
    shown_hits = one.decided((*answers[:limit], *beside))
    sources = _sources(one, shown_hits)
    hits = tuple(one.with_proof(hit, sources) for hit in shown_hits)
    documents = tuple(sources[name] for name in sorted(sources))
    from_, to = _languages(one if answers else questions[0], answers)
    offered_terms = () if hits else offered(one, nearest)
    if is_open:
        close = near(one, meaning, hits) if meaning else ()
        offered_terms = distinct((*offered_terms[:1], *close, *offered_terms[1:]))
        entries = {hit.entry for hit in hits} | {
            suggestion.entry for suggestion in offered_terms
        }
        offered_terms += meant(one, likely, entries, room=MEANT - len(offered_terms))
    elsewhere = 0
    if not answers and query.filters != EVERYTHING:
        all_ = lookup(
            store,
            query.everywhere(),
            candidates=candidates,
            recognition=recognition,
        )
        elsewhere = len(all_.answers)
    return Answer(
        query.q,
        from_,
        to,
        hits,
        documents,
        offered_terms,
        is_missed,
        more=len(answers) > limit,
        elsewhere=elsewhere,
    )


def suggest(
    store: Store,
    q: str,
    *,
    limit: int,
    candidates: int,
    filters: Filters = EVERYTHING,
    order: tuple[str, ...] = (),
) -> list[Suggestion]:
    """Return terms that go on from what is being typed, then terms that hold it.

    Of equally near ones those of the glossary come first that is first in `order`.
    """
    query = Query(
        q,
        limit=limit,
        tier="part",
        glossaries=filters.glossaries,
        subject=filters.subject,
        state=filters.state,
        proof=filters.proof,
        order=order,
    )
    for question in settled(store, query, limit=candidates):
        hits, _ = _first(question, tiers(question, Nearest(question), typing=True))
        if hits:
            return [suggestion_of(hit) for hit in question.decided(hits[:limit])]
    return []


def _groups(question: Asked, nearest: Nearest, *, literal: bool) -> Iterator[list[Hit]]:
    """Yield the hits in one language, group after group, where the query looks."""
    field = question.query.field
    if field in {"term", "all"}:
        pattern = Pattern.of(question.query.q)
        if pattern:
            yield from like(question, pattern)
        else:
            foresee(question, literal=literal)
            yield from tiers(question, nearest, literal=literal)
    if field != "term":
        yield from telling(question)


class _Reworded:
    """A query in other words, and what is near to it then, each looked for once."""

    def __init__(self, question: Asked) -> None:
        self._question = question
        self._ways: tuple[tuple[Asked, str, Nearest], ...] | None = None

    @property
    def ways(self) -> tuple[tuple[Asked, str, Nearest], ...]:
        """The query in other words, with what each way is called in `via`."""
        if self._ways is None:
            question = self._question
            ways = chain(
                ((other, "expanded") for other in shortened.written_out(question)),
                otherwise.otherwise(question),
            )
            self._ways = tuple((other, way, Nearest(other)) for other, way in ways)
        return self._ways

    def similar(self) -> list[Hit]:
        """Return what is only similar to the query in other words."""
        if not self._question.query.wants("fuzzy"):
            return []
        return [
            _reached(hit, way)
            for other, way, nearest in self.ways
            for hit in other.similar(other.hits("fuzzy", nearest.similar))
        ]


def _in_other_words(
    question: Asked, nearest: Nearest, reworded: _Reworded
) -> Iterator[list[Hit]]:
    """Yield hits for a query in another spelling or wording than ours, if it is one.

    They are looked for only where nothing else answers; what a word of the query may
    have been typed for, only where no whole wording is nearly the query.
    """
    if question.query.wants("pinyin"):
        yield from forgiven.otherwise_spelt(question)
    for other, way, near_it in reworded.ways:
        for hits in tiers(other, near_it):
            yield [_reached(hit, way) for hit in hits]
    if has_han(question.key) and not of_zhuyin(question.query.q):
        yield from mended.written_otherwise(question)
        if question.query.wants("fuzzy"):
            yield mended.in_longer(question)
            yield otherwise.in_both(question)
            if not nearest.is_nearly_there:
                yield from miswritten.miswritten(question)
        return
    if question.query.wants("pinyin"):
        yield forgiven.forgiven(question)
        yield mended.in_words_of_pinyin(question)
        yield mended.within_pinyin(question)
    yield from mended.written_otherwise(question)
    if question.query.wants("fuzzy"):
        yield mended.but_for_small_words(question, nearest)
        yield from mended.apart_or_together(question)
        yield from mended.mistyped(question)


def _reached(hit: Hit, way: str) -> Hit:
    """Return a hit with the way in which it was reached: it is not as written."""
    tier = "folded" if hit.tier == "exact" else hit.tier
    return replace(hit, tier=tier, via=(way, *hit.via))


def _first(
    question: Asked, groups: Iterable[list[Hit]]
) -> tuple[tuple[Hit, ...], list[Hit]]:
    """Return one answer more than wanted, each entry once, and what is only similar.

    No further groups are asked once there are so many.
    """
    answers: dict[str, Hit] = {}
    similar: dict[str, Hit] = {}
    for hits in groups:
        in_order = sorted(hits, key=question.order) if len(hits) > 1 else hits
        for hit in in_order:
            block = answers if hit.block == BLOCKS[0] else similar
            block.setdefault(hit.entry, hit)
        if len(answers) > question.query.limit:
            break
    return tuple(answers.values())[: question.query.limit + 1], list(similar.values())


def _beside(
    question: Asked,
    nearest: Nearest,
    answers: tuple[Hit, ...],
    like_it: list[Hit],
    recognition: "Recognition | None",
) -> list[Hit]:
    """Return the known parts of a query, and the terms that are similar to it.

    Unless the parts are nearly all of the query, and more than any whole is like it,
    one is left out that stands in a whole that is shown anyway and has more of it.
    """
    query = question.query
    entries = {hit.entry for hit in answers}
    similar: dict[str, Hit] = {}
    if query.wants("fuzzy"):
        like_it = [*question.similar(question.hits("fuzzy", nearest.similar)), *like_it]
    for hit in sorted(like_it, key=lambda hit: -hit.score):
        if hit.entry not in entries:
            similar.setdefault(hit.entry, hit)
    closest = list(similar.values())[:BESIDE]
    part_hits = (
        parts.known_parts(question, recognition or parts.recognition_of(question.store))
        if query.wants("part")
        else []
    )
    share = sum(part.score for part in part_hits)
    likeness = max((hit.score for hit in closest), default=0)
    is_like = likeness >= _LIKE and not {h.entry for h in part_hits} & similar.keys()
    if share <= max(_NEARLY_ALL, likeness) or is_like:
        part_hits = parts.outside(part_hits, question, (*answers, *closest))
    part_hits = [part for part in part_hits if part.entry not in entries][:BESIDE]
    there = {part.entry for part in part_hits}
    if not (answers or part_hits or closest) and query.wants("fuzzy"):
        closest = question.similar(question.hits("fuzzy", nearest.distant[:_FEW]))
    return [*part_hits, *(hit for hit in closest if hit.entry not in there)]


def _languages(question: Asked, hits: tuple[Hit, ...]) -> tuple[str, str]:
    """Return the languages of a lookup: that which the first hit really is in."""
    lang = hits[0].term.lang if hits else question.from_
    if primary(lang) == primary(question.from_):
        return question.from_, question.to
    return lang, question.facing(lang)


def _sources(question: Asked, hits: Iterable[Hit]) -> dict[str, Source]:
    """Return the documents that the entries of hits cite, as far as they are known."""
    names = cited(question.by_id[hit.entry] for hit in hits)
    return question.store.search.sources(names) if names else {}
