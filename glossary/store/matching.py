"""Which stored entry a record of a file means, seen from inside a write transaction."""

from collections.abc import Iterable, Iterator
from itertools import groupby, product
from typing import Final

from glossary.entry import Entry, Term, read_entry, write
from glossary.store.connection import Connection
from glossary.text import key, primary

_WITH_KEY: Final = "select entry from term where key = ? and lang = ?"
#: A question inside the question keeps the planner to the index, whatever it thinks of
#: a table that this very transaction fills.
_WITH_KEYS: Final = (
    "select j.value from json_each(?) j "
    "where (select 1 from term t where t.key = j.value and t.lang = ? limit 1) = 1"
)
_WITH_IDS: Final = (
    "select j.value from json_each(?) j "
    "where (select 1 from entry e where e.id = j.value limit 1) = 1"
)


class Matching:
    """Finds entries by their wordings, and notes which ones a file has met.

    What this transaction has written, it has met. Notes of the rest stand in a
    temporary table: a file may meet a million entries.
    """

    def __init__(self, connection: Connection, revision: int) -> None:
        self._run = connection.execute
        self._revision = revision
        self._missing_wordings: set[tuple[str, str]] = set()
        self._missing_ids: set[str] = set()
        self._run("drop table if exists met")
        self._run("create temp table met (id text primary key)")

    def foresee(self, terms: Iterable[Term], ids: Iterable[str]) -> None:
        """Look in one go for wordings and ids that are about to be asked for.

        What is not there needs no question of its own, until it is `written`.
        """
        wordings: dict[str, set[str]] = {}
        for folded, lang in map(_wording, terms):
            wordings.setdefault(lang, set()).add(folded)
        self._missing_wordings = {
            (folded, lang)
            for lang, keys in wordings.items()
            for folded in keys - self._values(_WITH_KEYS, keys, lang)
        }
        names = set(ids)
        self._missing_ids = names - self._values(_WITH_IDS, names)

    def lacks(self, entry_id: str) -> bool:
        """Say whether an id was foreseen and is not there; else nothing is known."""
        return entry_id in self._missing_ids

    def written(self, entry: Entry) -> None:
        """Note that an entry is there now."""
        self._missing_ids.discard(entry.id)
        self._missing_wordings.difference_update(map(_wording, entry.terms))

    def meet(self, entry_id: str) -> bool:
        """Note an entry; return whether it had been met before."""
        if self._is_written(entry_id):
            return True
        done = self._run(
            "insert into met values (?) on conflict do nothing", [entry_id]
        )
        return done.rowcount == 0

    def met(self, entry_id: str) -> bool:
        """Say whether an entry was met before."""
        row = self._run("select 1 from met where id = ?", [entry_id]).fetchone()
        return row is not None or self._is_written(entry_id)

    def _values(self, sql: str, asked: set[str], *more: str) -> set[str]:
        """Return which of some values are there."""
        rows = self._run(sql, [write(sorted(asked)).decode(), *more])
        return {value for (value,) in rows}

    def _is_written(self, entry_id: str) -> bool:
        row = self._run(
            "select revision from entry where id = ?", [entry_id]
        ).fetchone()
        return bool(row[0] == self._revision)

    def unmet(self, glossary: str) -> Iterator[Entry]:
        """Yield the entries of a glossary that are in use and were not met."""
        after = ""
        while True:
            rows = self._run(
                "select id, document from entry where glossary = ? and id > ? "
                "and state != 'retired' and revision != ? "
                "and id not in (select id from met) order by id limit 500",
                [glossary, after, self._revision],
            ).fetchall()
            yield from (read_entry(row[1]) for row in rows)
            if len(rows) < 500:
                return
            after = rows[-1][0]

    def same(self, terms: tuple[Term, ...], glossary: str) -> list[Entry]:
        """Return the entries of a glossary that have these wordings, exactly.

        Of two languages, one wording of each is enough; a record in one language
        means an entry that has all its wordings.
        """
        by_language = [
            list(group)
            for _, group in groupby(
                sorted(terms, key=lambda t: primary(t.lang)),
                key=lambda t: primary(t.lang),
            )
        ]
        if len(by_language) == 1:
            return self._having(by_language[0], glossary)
        found: dict[str, Entry] = {}
        for pair in product(by_language[0], by_language[1]):
            found |= {e.id: e for e in self._having(list(pair), glossary)}
        return list(found.values())

    def _having(self, terms: list[Term], glossary: str) -> list[Entry]:
        """Return the entries that have all of some wordings."""
        first, last = _wording(terms[0]), _wording(terms[-1])
        if first in self._missing_wordings or last in self._missing_wordings:
            return []
        rows = self._run(_WITH_KEY, first).fetchall()
        if not rows:
            return []
        others = self._run(_WITH_KEY, last).fetchall()
        both = {n for (n,) in rows} & {n for (n,) in others}
        rows = [
            row
            for n in sorted(both)
            for row in self._run(
                "select document from entry where n = ? and glossary = ?",
                [n, glossary],
            )
        ]
        wanted = {(term.lang, term.text) for term in terms}
        return [
            entry
            for entry in (read_entry(row[0]) for row in rows)
            if wanted <= {(term.lang, term.text) for term in entry.terms}
        ]


def _wording(term: Term) -> tuple[str, str]:
    """Return what a term is looked for by: its key and its language."""
    return key(term.text), primary(term.lang)
