"""How a lookup finds terms in the SQLite store: by key, by start, by grams."""

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from glossary.document import read_entry
from glossary.entry import Entry
from glossary.gram import rarest, required

#: More grams than this narrow the candidates no further and cost a list each.
_MOST_GRAMS: Final = 6
_CANDIDATE: Final = "select t.entry, t.ordinal, t.key, t.rank from term t"
_Rows = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]


class Candidate(NamedTuple):
    """A term that may be a hit: where it stands, its key, its rank, best first."""

    entry: int
    ordinal: int
    key: str
    rank: int


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


class Search:
    """The reads of a lookup, over one function that runs SQL."""

    def __init__(self, rows: _Rows) -> None:
        self._rows = rows

    def equal(self, key: str, scope: Scope, limit: int) -> list[tuple[int, int, Entry]]:
        """Return number, ordinal of the term, and entry where a term has this key."""
        where, values = scope.condition()
        rows = self._rows(
            "select e.n, t.ordinal, e.document from term t "  # noqa: S608 - fixed words only.
            f"join entry e on e.n = t.entry where t.key = ? and {where} "
            "order by t.n limit ?",
            [key, *values, limit],
        )
        return [(n, at, read_entry(d)) for n, at, d in rows]

    def starting(self, start: str, scope: Scope, limit: int) -> list[Candidate]:
        """Return terms whose key goes on after this start, in the order of keys."""
        where, values = scope.condition()
        rows = self._rows(
            f"{_CANDIDATE} {scope.join()} where t.key > ? and t.key < ? and {where} "
            "order by t.key limit ?",
            [start, start + "\U0010ffff", *values, limit],
        )
        return [Candidate(*row) for row in rows]

    def containing(self, part: str, scope: Scope, limit: int) -> list[Candidate]:
        """Return terms with this part anywhere in the key, the shortest first."""
        needed = rarest(required(part), _MOST_GRAMS)
        if not needed:
            return []
        where, values = scope.condition()
        rows = self._rows(
            f"{_CANDIDATE} join gram on gram.rowid = t.n {scope.join()} "
            f"where gram match ? and instr(t.key, ?) and {where} "
            "order by gram.rowid limit ?",
            [" ".join(f'"{g}"' for g in needed), part, *values, limit],
        )
        return [Candidate(*row) for row in rows]

    def entries(self, numbers: Sequence[int]) -> dict[int, Entry]:
        """Return the entries of these numbers."""
        marks = ", ".join("?" * len(numbers))
        rows = self._rows(
            f"select n, document from entry where n in ({marks})",  # noqa: S608 - marks only.
            numbers,
        )
        return {n: read_entry(d) for n, d in rows}
