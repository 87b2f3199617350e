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


def telling(question: Asked) -> Iterator[list[Hit]]:
    """Yield hits whose definition or note has every word of the query.

    The leading term of the query's language stands for the entry.
    """
    grams = asked_grams(question.query.q)
    fields = _FIELDS[question.query.field]
    if not grams:
        return
    entries = question.store.search.telling(
        grams, fields, question.scope, question.limit
    )
    hits = []
    for entry in entries:
        lead = ranked(
            entry.terms,
            question.from_,
            as_of=question.query.as_of,
            issuer=question.query.issuers,
        )
        text = fold(" ".join(entry.definition.values())).text
        name = "definition" if fold(question.query.q).text in text else fields[-1]
        hits.append(
            question.hit(
                entry, [*lead, *entry.terms][0], "part", score=0.5, via=(name,)
            )
        )
    yield hits
