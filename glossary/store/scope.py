"""Where a lookup looks in the store, and what it finds there before it is read."""

from typing import NamedTuple

from glossary.entry import meant_by
from glossary.query import EVERYTHING, Filters
from glossary.store.grams import AllOf
from glossary.text import glossary_gram, subject_gram


class Candidate(NamedTuple):
    """A term that may be a hit: where it stands, its key, its rank, its stem."""

    entry: int
    ordinal: int
    key: str
    rank: int
    stem: str


class Scope(NamedTuple):
    """Where to look: the primary language, and which entries."""

    lang: str
    filters: Filters = EVERYTHING

    def join(self) -> str:
        """Return the join that the condition needs."""
        filters = self.filters
        is_of_entry = filters.glossaries or filters.state is not None
        return "join entry e on e.n = t.entry" if is_of_entry else ""

    def condition(self) -> tuple[str, list[object]]:
        """Return the condition on `t` (term) and `e` (entry), and its values."""
        words, values = self.of_entries("t.entry")
        return " and ".join(["t.lang = ?", *words]), [self.lang, *values]

    def of_entries(self, number: str) -> tuple[list[str], list[object]]:
        """Return conditions on `e` and on the number of an entry, and their values."""
        filters = self.filters
        words: list[str] = []
        values: list[object] = []
        if filters.glossaries:
            words.append(f"e.glossary in ({', '.join('?' * len(filters.glossaries))})")
            values += sorted(filters.glossaries)
        if filters.state is not None:
            states = meant_by(filters.state)
            words.append(f"e.state in ({', '.join('?' * len(states))})")
            values += states
        if filters.subject is not None:
            words.append(
                "exists (select 1 from entry_subject s "  # noqa: S608 - fixed words only.  # nosec B608
                f"where s.subject = ? and s.entry = {number})"
            )
            values.append(filters.subject)
        if filters.proof is not None:
            words.append(
                "exists (select 1 from facet f where f.kind = 'proof' "  # noqa: S608 - fixed words only.  # nosec B608
                f"and f.value = ? and f.entry = {number})"
            )
            values.append(filters.proof)
        return words, values

    def grams(self) -> AllOf:
        """Return grams of terms that the filters let through: any of each."""
        filters = self.filters
        grams: list[tuple[str, ...]] = []
        if filters.glossaries:
            grams.append(tuple(map(glossary_gram, sorted(filters.glossaries))))
        if filters.subject is not None:
            grams.append((subject_gram(filters.subject),))
        return tuple(grams)
