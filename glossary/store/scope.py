"""Where a lookup looks in the store, and what it finds there before it is read."""

from typing import NamedTuple

from glossary.text import glossary_gram, subject_gram


class Candidate(NamedTuple):
    """A term that may be a hit: where it stands, its key, its rank, its stem."""

    entry: int
    ordinal: int
    key: str
    rank: int
    stem: str


class Scope(NamedTuple):
    """Where to look: the primary language, and filters that may be None."""

    lang: str
    glossary: str | None = None
    subject: str | None = None

    def join(self) -> str:
        """Return the join that the condition needs."""
        return "" if self.glossary is None else "join entry e on e.n = t.entry"

    def condition(self) -> tuple[str, list[object]]:
        """Return the condition on `t` (term) and `e` (entry), and its values."""
        words, values = ["t.lang = ?"], [self.lang]
        if self.glossary is not None:
            words.append("e.glossary = ?")
            values.append(self.glossary)
        if self.subject is not None:
            words.append(
                "exists (select 1 from entry_subject s "
                "where s.subject = ? and s.entry = t.entry)"
            )
            values.append(self.subject)
        return " and ".join(words), list(values)

    def grams(self) -> list[str]:
        """Return the grams of terms that the filters let through."""
        glossary = [glossary_gram(self.glossary)] if self.glossary else []
        return glossary + ([subject_gram(self.subject)] if self.subject else [])
