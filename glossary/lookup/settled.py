"""A query with everything settled, and how its hits are made and sorted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from glossary.entry import (
    USABLE,
    Entry,
    Hit,
    Source,
    Standing,
    Term,
    bans,
    dated,
    instead,
    is_draft,
    issued_by,
    pairing,
    precedence,
    proof,
    standing,
    years,
)
from glossary.query import TIERS, Query
from glossary.store import Candidate, Scope, Store, deciding
from glossary.text import (
    Folded,
    compared,
    fold,
    key,
    language_of_query,
    other_language,
    primary,
    tags_apart,
)

#: Tiers of which the closest hit comes first, whatever its status.
_BY_CLOSENESS: Final = frozenset({"part", "fuzzy"})
#: Of what begins with a query, that of which it is less comes last.
_LEAST: Final = 1 / 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A query in one language. `limit` bounds how many terms a tier ranks."""

    store: Store
    query: Query
    plain: Folded
    from_: str
    to: str
    limit: int
    #: The entries that hits were made of, by id.
    by_id: dict[str, Entry] = field(default_factory=dict, compare=False)
    #: What the query is matched by, and where its own language is looked up.
    key: str = field(init=False, compare=False)
    scope: Scope = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Settle what every tier asks for."""
        scope = Scope(primary(self.from_), self.query.filters)
        object.__setattr__(self, "key", self.plain.key)
        object.__setattr__(self, "scope", scope)

    def within(self, lang: str) -> Scope:
        """Return where another language is looked up, with the same filters."""
        return self.scope._replace(lang=primary(lang))

    def facing(self, lang: str) -> str:
        """Return the language of equivalents for a term of this one.

        It is the one asked for, or, for a term in that language, the other.
        """
        return self.to if primary(lang) != primary(self.to) else other_language(lang)

    def decided(self, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """Return hits with each pair of wordings as the first glossary has it stand."""
        order = self.query.order
        if len(order) < 2 or not hits:
            return tuple(hits)
        glossaries = self.query.filters.glossaries
        earlier = [name for name in order if not glossaries or name in glossaries]
        hit_entries = (self.by_id[hit.entry] for hit in hits)
        others = deciding.sharing(self.store, hit_entries, earlier)
        decided = []
        for hit in hits:
            entry = self.by_id[hit.entry]
            wordings = {precedence.wording(hit.term)}
            ours = precedence.decided(entry, others, order, wordings=wordings)
            if ours is not entry:
                term = ours.terms[entry.terms.index(hit.term)]
                own = self.hit(ours, term, hit.tier, score=hit.score, via=hit.via)
                use, answers = own.use, own.equivalents
                hit = replace(hit, term=term, equivalents=answers, use=use)  # noqa: PLW2901
            decided.append(hit)
        return tuple(decided)

    def hit(self, entry: Entry, term: Term, tier: str, **how: Any) -> Hit:
        """Make a hit; a term that its entry bans comes with what to use instead.

        So does one that was superseded, in a draft too: who asks for it is told what
        followed.
        """
        as_of = self.query.as_of
        preference: dict[str, Any] = {"as_of": as_of, "issuer": self.query.issuers}
        to = self.facing(term.lang)
        use: tuple[Term, ...] = ()
        stands = standing(term, as_of)
        if stands is Standing.SUPERSEDED or bans(entry, term, as_of=as_of):
            use = instead(entry.terms, term, **preference)
        self.by_id[entry.id] = entry
        return Hit(
            entry=entry.id,
            tier=tier,
            term=term,
            equivalents=self._in_asked_script(
                pairing(entry.terms, term, lang=to, **preference).terms
            ),
            use=use,
            subjects=entry.subjects,
            definition=entry.definition,
            glossary=entry.glossary,
            state=entry.state,
            **how,
        )

    def _in_asked_script(self, terms: tuple[Term, ...]) -> tuple[Term, ...]:
        """Return renderings with the script that is asked for first, and whole.

        What is not to be used stays behind everything else.
        """
        to = self.query.to
        if to is None:
            return terms
        return tuple(
            sorted(
                terms, key=lambda t: (t.status not in USABLE, tags_apart(t.lang, to))
            )
        )

    def with_proof(self, hit: Hit, sources: Mapping[str, Source]) -> Hit:
        """Return a hit with what is computed for those alone that are answered.

        `sources` are the documents that its entry cites.
        """
        entry = self.by_id[hit.entry]
        of_term = dated(entry, as_of=self.query.as_of)
        state, documents = proof(entry)
        return replace(
            hit,
            term=of_term(hit.term),
            equivalents=tuple(map(of_term, hit.equivalents)),
            use=tuple(map(of_term, hit.use)),
            proof=state,
            proved_by=documents,
            other_script=tuple(map(of_term, _in_other_script(entry, hit.term))),
            proved_in=years(documents, sources),
        )

    def hits(
        self, tier: str, candidates: Sequence[tuple[Candidate, float, tuple[str, ...]]]
    ) -> list[Hit]:
        """Make hits of candidates, each with score and `via`.

        A candidate that was removed meanwhile is left out.
        """
        if not candidates:
            return []
        numbers = list(dict.fromkeys(c.entry for c, _, _ in candidates))
        entries = self.store.search.entries(numbers)
        return [
            self.hit(
                entries[c.entry],
                self._as_asked(entries[c.entry], c),
                tier,
                score=round(score, 3),
                via=via,
            )
            for c, score, via in candidates
            if c.entry in entries
        ]

    def similar(self, hits: Sequence[Hit]) -> list[Hit]:
        """Return hits as what is only like the query, with the difference."""
        return [
            replace(
                hit,
                block="similar",
                difference=compared(self.plain, fold(hit.term.text)),
            )
            for hit in hits
        ]

    def _as_asked(self, entry: Entry, candidate: Candidate) -> Term:
        """Return the term of a candidate, in the asked script where it has both."""
        term = entry.terms[candidate.ordinal]
        if primary(term.lang) != "zh":
            return term
        scripts = [lang for lang in (self.from_, self.to) if primary(lang) == "zh"]

        def apart(twin: Term) -> int:
            return min(tags_apart(twin.lang, script) for script in scripts)

        if not scripts or not apart(term):
            return term
        twins = [
            twin
            for twin in entry.terms
            if primary(twin.lang) == "zh"
            and twin.status == term.status
            and apart(twin) < apart(term)
            and key(twin.text) == candidate.key
        ]
        return min(twins, key=apart, default=term)

    def order(self, hit: Hit) -> tuple[object, ...]:
        """Return what hits are sorted by.

        Of what holds more than the query, or only looks like it, the closest comes
        first; of what it names or begins, or fits its wildcards, what is worth most,
        but what is far longer comes last.
        """
        closeness = hit.score if hit.tier in _BY_CLOSENESS else 0
        if hit.tier == "prefix":
            closeness = int(hit.score >= _LEAST)
        if "pattern" in hit.via:
            closeness = 0
        as_of, issuers = self.query.as_of, self.query.issuers
        lead = hit.equivalents[:1]
        return (
            TIERS.index(hit.tier),
            precedence.rank(self.query.order, hit.glossary),
            -closeness,
            standing(hit.term, as_of),
            is_draft(hit.state),
            not all(issued_by(term, issuers) for term in lead),
            not all(standing(term, as_of).usable for term in lead),
            -hit.score,
            len(hit.term.text),
            tags_apart(hit.term.lang, self.from_),
            hit.entry,
        )


def _in_other_script(entry: Entry, term: Term) -> list[Term]:
    """Return a Chinese wording of an entry as the other script writes it."""
    if primary(term.lang) != "zh":
        return []
    others = [
        other
        for other in entry.terms
        if other.lang != term.lang
        and other.text != term.text
        and other.status == term.status
        and primary(other.lang) == "zh"
        and len(other.text) == len(term.text)
    ]
    own = key(term.text) if others else ""
    return [other for other in others if key(other.text) == own]


def settled(
    store: Store, query: Query, *, q: str | None = None, limit: int
) -> list[Asked]:
    """Return the query in each language it may be in, the likeliest first.

    That is the language it is said to be in, then the one of its script. Raise Invalid
    for an issuer that nobody is.
    """
    if query.issuer:
        query = replace(query, issuers=store.issuers.keys_of(query.issuer))
    text = query.q if q is None else q
    plain = fold(text)
    script = language_of_query(text)
    tag = query.from_ or script
    langs = [tag] if primary(tag) == primary(script) else [tag, script]
    if not any(map(str.isalpha, text)):
        # Figures and signs are written alike in both: 10+3, 17+1, 1.5.
        langs = list(dict.fromkeys([*langs, other_language(tag)]))
    return [
        Asked(store, query, plain, lang, query.to or other_language(lang), limit)
        for lang in langs
    ]
