"""Plain inserts wait, table by table, until something reads the table.

An entry has many rows. Each statement costs SQLite some microseconds and PostgreSQL a
way to the server and back; many rows of one statement cost little more than one.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from glossary.store.connection import Cursor

#: An insert that nothing is asked of: no answer, no way out of a conflict.
_PLAIN: Final = re.compile(r'insert into (\w+|"\w+") \(([^()]*)\) values \([?, ]*\)')
#: A table, by what stands before it.
_TABLE: Final = re.compile(r'\b(?:from|join|into|update)\s+"?(\w+)')
#: So many rows of one table wait at most, at some hundred bytes each.
_MOST: Final = 20_000


class WaitingInserts(ABC):
    """A connection inside its transaction, of which an engine does what is due."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Sequence[Any]]] = {}

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Cursor:
        """Run one statement, or let it wait."""
        waiting = self._waiting.get(sql)
        if waiting is not None and len(waiting) < _MOST:
            waiting.append(values)
            return self._nothing()
        if plain_insert(sql) is not None:
            self._later(sql, [values])
            return self._nothing()
        if self._waiting:
            self._flush(tables_of(sql))
        return self._run(sql, values)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> None:
        """Run one statement with each of some rows, in one go, or let it wait."""
        if plain_insert(sql) is not None:
            self._later(sql, rows)
            return
        if self._waiting:
            self._flush(tables_of(sql))
        self._run_many(sql, rows)

    def flush(self) -> None:
        """Send all that waits."""
        for sql in list(self._waiting):
            self._send(sql)

    @abstractmethod
    def _run(self, sql: str, values: Sequence[Any]) -> Cursor:
        """Run one statement now."""

    @abstractmethod
    def _run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement with each of some rows now."""

    @abstractmethod
    def _insert(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Insert rows that waited."""

    @abstractmethod
    def _nothing(self) -> Cursor:
        """Return the cursor of a statement that waits."""

    def _later(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        waiting = self._waiting.setdefault(sql, [])
        waiting.extend(rows)
        if len(waiting) >= _MOST:
            self._send(sql)

    def _flush(self, words: frozenset[str]) -> None:
        """Send what waits for the tables that a statement names."""
        for sql in list(self._waiting):
            insert = plain_insert(sql)
            if insert is not None and insert[0].strip('"') in words:
                self._send(sql)

    def _send(self, sql: str) -> None:
        if rows := self._waiting.pop(sql):
            self._insert(sql, rows)


@lru_cache(maxsize=1024)
def plain_insert(sql: str) -> tuple[str, str] | None:
    """Return table and columns of an insert that may wait, or None.

    >>> plain_insert("insert into word (word, backward) values (?, ?)")
    ('word', 'word, backward')
    >>> plain_insert("insert into word (word) values (?) on conflict do nothing")
    """
    match = _PLAIN.fullmatch(sql)
    return (match[1], match[2]) if match else None


@lru_cache(maxsize=1024)
def tables_of(sql: str) -> frozenset[str]:
    """Return the tables of a statement.

    >>> sorted(tables_of('insert into entry select n from "import" join term t'))
    ['entry', 'import', 'term']
    """
    return frozenset(_TABLE.findall(sql))
