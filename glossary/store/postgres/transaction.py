"""One open transaction of PostgreSQL, for SQL that both engines understand.

Each statement costs a way to the server and back, and an entry has many rows. So plain
inserts wait here, in the order of their tables, until something reads the table; many
rows then go by COPY.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

import psycopg

from glossary.store.connection import Cursor
from glossary.store.indexing import relist

#: A list has the collation of the columns that it is compared with, or no index helps.
_LIST: Final = """(select value collate "C" as value, key
from jsonb_array_elements_text(?::jsonb) with ordinality x(value, key))"""
#: An insert that nothing is asked of: no answer, no way out of a conflict.
_PLAIN: Final = re.compile(r'insert into (\w+|"\w+") \(([^()]*)\) values \([?, ]*\)')
#: A table, by what stands before it.
_TABLE: Final = re.compile(r'\b(?:from|join|into|update)\s+"?(\w+)')
#: From so many rows on, COPY is quicker.
_MANY: Final = 20
#: So many rows of one table wait at most.
_MOST: Final = 50_000


class Transaction:
    """A connection inside its transaction."""

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        self._connection = connection
        self._waiting: dict[str, list[Sequence[Any]]] = {}

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Cursor:
        """Run one statement, or let it wait."""
        if plain_insert(sql) is not None:
            return self._later(sql, [values])
        self._flush(named(sql))
        return self._connection.execute(spoken(sql), values)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> None:
        """Run one statement with each of some rows, in one go, or let it wait."""
        if plain_insert(sql) is not None:
            self._later(sql, rows)
            return
        self._flush(named(sql))
        with self._connection.cursor() as cursor:
            cursor.executemany(spoken(sql), rows)

    def flush(self) -> None:
        """Send all that waits."""
        for sql in list(self._waiting):
            self._send(sql)

    def undo(self) -> None:
        """Undo all that was done."""
        self._waiting.clear()
        self._connection.rollback()

    def _later(self, sql: str, rows: Iterable[Sequence[Any]]) -> Cursor:
        waiting = self._waiting.setdefault(sql, [])
        waiting.extend(rows)
        if len(waiting) >= _MOST:
            self._send(sql)
        return self._connection.cursor()

    def _flush(self, words: frozenset[str]) -> None:
        """Send what waits for the tables that a statement names."""
        for sql in list(self._waiting):
            insert = plain_insert(sql)
            if insert is not None and insert[0].strip('"') in words:
                self._send(sql)

    def _send(self, sql: str) -> None:
        rows = self._waiting.pop(sql)
        insert = plain_insert(sql)
        with self._connection.cursor() as cursor:
            if insert is None or len(rows) < _MANY:
                cursor.executemany(spoken(sql), rows)
                return
            table, columns = insert
            with cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
                for row in rows:
                    copy.write_row(row)


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
def named(sql: str) -> frozenset[str]:
    """Return the tables of a statement.

    >>> sorted(named('insert into entry (version) select n from "import" join term t'))
    ['entry', 'import', 'term']
    """
    return frozenset(_TABLE.findall(sql))


@lru_cache(maxsize=1024)
def spoken(sql: str) -> str:
    """Return SQL in PostgreSQL's words.

    >>> spoken("select n from term where instr(key, ?) > 0")
    'select n from term where strpos(key, %s) > 0'
    """
    return (
        sql.replace("%", "%%")
        .replace("json_each(?) j", f"{_LIST} j")
        .replace("json_each(?)", f"{_LIST} j")
        .replace("instr(", "strpos(")
        .replace("?", "%s")
    )


def relisted(connection: psycopg.Connection[tuple[Any, ...]], kind: str) -> None:
    """List the entries in use anew by one kind, in the open transaction."""
    transaction = Transaction(connection)
    relist(transaction, kind)
    transaction.flush()
