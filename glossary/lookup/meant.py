"""Terms that may be meant by words that are in no term, but in their definitions."""

from collections import Counter
from typing import Final

from glossary.entry import Entry, Term, ranked
from glossary.lookup.settled import Asked
from glossary.text import SMALL_WORDS, asked_grams, prose_grams

#: So many entries that have two of the words are weighed.
_WEIGHED: Final = 100
#: Of a long query, so many words are asked for: those with the most letters.
_MOST_WORDS: Final = 8
_FIELDS: Final = ("definition", "note")


def by_definition(asked: Asked, *, most: int) -> list[Entry]:
    """Return the entries whose definition or note has most of a query's words.

    A word weighs the more, the fewer of these entries have it; an entry must have two.
    """
    words = {g for g in asked_grams(asked.query.q) if g.lstrip("=") not in SMALL_WORDS}
    chosen = sorted(words, key=lambda g: (-len(g), g))[:_MOST_WORDS]
    if len(chosen) < 2:
        return []
    found = asked.store.search.telling_some(chosen, _FIELDS, asked.scope, _WEIGHED)
    held = [(entry, _held(entry, chosen)) for entry in found]
    often = Counter(gram for _, grams in held for gram in grams)
    scored = [(sum(1 / often[g] for g in grams), e) for e, grams in held]
    scored.sort(key=lambda pair: (-pair[0], pair[1].id))
    return [entry for _, entry in scored[:most]]


def _held(entry: Entry, words: list[str]) -> set[str]:
    texts = [*entry.definition.values(), entry.note]
    return prose_grams(texts).intersection(words)


def lead(asked: Asked, entry: Entry) -> Term:
    """Return the term that stands for an entry in the query's language."""
    terms = ranked(entry.terms, asked.from_, as_of=asked.query.as_of, issuer=None)
    return [*terms, *entry.terms][0]
