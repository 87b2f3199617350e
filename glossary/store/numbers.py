"""Numbers of entries by what they are counted under, of all or of some glossaries."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping

from glossary.entry import PROOFS
from glossary.store.browsing import Browse, facets
from glossary.store.findable import tallies

#: What says how many entries have each value of a kind.
CountOf = Callable[[str], Mapping[str, int]]


def numbers_of(browse: Browse, glossaries: Collection[str] | None) -> CountOf:
    """Return what says the numbers of a kind by name, without the zeros.

    Those of some glossaries are counted here, entry by entry: what a store keeps is of
    the whole of it.
    """
    if glossaries is None:
        return browse.tally
    numbers: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in browse.every(glossaries):
        for name in tallies(entry, facets(entry)):
            kind, _, value = name.partition("\t")
            numbers[kind][value] += 1
    return lambda kind: dict(sorted(numbers[kind].items()))


def of_every_proof(numbers: Mapping[str, int]) -> dict[str, int]:
    """Return how many entries are proved how far, with the zeros."""
    return {state: numbers.get(state, 0) for state in PROOFS}


def statistics(count: CountOf) -> dict[str, Mapping[str, int]]:
    """Return the numbers that are told of a store, by their names."""
    return {
        "entries": count("state"),
        "terms": count("lang"),
        "statuses": count("status"),
        "proof": of_every_proof(count("proof")),
        "proof_approved": of_every_proof(count("proof-approved")),
    }
