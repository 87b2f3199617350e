"""Entries whose definition or note has the words of a query."""

from collections.abc import Iterator

from glossary.entry import Hit, ranked
from glossary.lookup.settled import Asked
from glossary.text import asked_grams, fold

_FIELDS = {
    "definition": ("definition",),
    "note": ("note",),
    "all": ("definition", "note"),
}


def telling(asked: Asked) -> Iterator[list[Hit]]:
    """Yield hits whose definition or note has every word of the query.

    The leading term of the query's language stands for the entry.
    """
    grams = asked_grams(asked.query.q)
    fields = _FIELDS[asked.query.field]
    if not grams:
        return
    found = asked.store.search.telling(grams, fields, asked.scope, asked.limit)
    hits = []
    for entry in found:
        lead = ranked(
            entry.terms, asked.from_, as_of=asked.query.as_of, issuer=asked.query.issuer
        )
        text = fold(" ".join(entry.definition.values())).text
        name = "definition" if fold(asked.query.q).text in text else fields[-1]
        hits.append(
            asked.hit(entry, [*lead, *entry.terms][0], "part", score=0.5, via=(name,))
        )
    yield hits
