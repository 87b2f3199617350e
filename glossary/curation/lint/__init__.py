"""What an editor should look at in entries that break no rule of the data.

Some rules look at one entry (`script`, `sounds`, `unlikely`, `usage`, `terms`,
`proofs`), the others at what entries
owe each other (`neighbours`). Each finding has a stable code; `flaw.CODES` lists them.
"""

from collections.abc import Collection, Container, Iterable, Iterator
from typing import Final

from glossary.curation.lint import proofs, script, sounds, terms, unlikely, usage
from glossary.curation.lint.flaw import CODES, ERROR, SEVERITIES, WARNING, Flaw
from glossary.curation.lint.neighbours import Neighbours
from glossary.curation.lint.words import dictionary
from glossary.entry import Entry
from glossary.query import Filters
from glossary.store import IssuerNames, Scope, Store
from glossary.text import key, primary

__all__ = ["CODES", "ERROR", "SEVERITIES", "WARNING", "Flaw", "lint", "lint_stored"]

#: So many entries with the same wording are looked at beside one entry.
_MOST_ALIKE: Final = 20
_NOBODY: Final = IssuerNames()
#: What only a whole glossary can tell.
_OF_ALL: Final = frozenset({"missing-script"})


def lint(
    entries: Iterable[Entry],
    *,
    sources: Collection[str] | None,
    others: Container[str] = frozenset(),
    issuers: IssuerNames = _NOBODY,
) -> Iterator[Flaw]:
    """Yield the flaws of entries, those between entries last.

    `sources` are the ids that citations may name, None for any; where they are a
    mapping to the sources, dates are held against them. `others` are the ids of
    entries that stand elsewhere and may be related to; `issuers` say which names are
    of one. Retired entries are passed over, and nothing may be related to them.
    """
    neighbours = Neighbours()
    for entry in entries:
        if entry.state != "retired":
            neighbours.meet(entry)
            yield from _alone(entry, sources, issuers)
    yield from neighbours.flaws(others)


def lint_stored(
    store: Store, entry: Entry, *, readable: frozenset[str] | None = None
) -> list[Flaw]:
    """Return the flaws of one entry, seen with those that it stands beside.

    These are the entries that it is related to and those of its glossary that have one
    of its wordings, in glossaries that are `readable`; None stands for all.
    """
    if entry.state == "retired":
        return []
    names = [s for term in entry.terms for c in term.citations for s in c.sources]
    sources = {source.id: source for source in store.sources(names)} if names else {}
    related = store.entries_of([relation.entry for relation in entry.relations])
    hidden = {
        e.id for e in related if readable is not None and e.glossary not in readable
    }
    beside = {e.id: e for e in related if e.state != "retired" and e.id not in hidden}
    is_hidden = readable is not None and entry.glossary not in readable
    wordings = {(key(t.text), primary(t.lang)) for t in entry.terms}
    for wording, lang in () if is_hidden else wordings:
        scope = Scope(lang, Filters(glossaries=frozenset([entry.glossary])))
        hits = store.search.equal(wording, scope, _MOST_ALIKE)
        beside |= {hit.id: hit for _, _, hit in hits}
    beside.pop(entry.id, None)
    neighbours = Neighbours()
    for other in (*beside.values(), entry):
        neighbours.meet(other)
    between = neighbours.flaws(hidden)
    mine = [f for f in between if f.entry == entry.id and f.code not in _OF_ALL]
    return [*_alone(entry, sources, store.issuers), *mine]


def _alone(
    entry: Entry, sources: Collection[str] | None, issuers: IssuerNames
) -> Iterator[Flaw]:
    yield from script.flaws(entry)
    yield from sounds.flaws(entry)
    yield from unlikely.flaws(entry, dictionary())
    yield from usage.flaws(entry)
    yield from terms.flaws(entry, sources, issuers)
    yield from proofs.flaws(entry, sources)
