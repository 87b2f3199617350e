"""One open transaction of PostgreSQL, for SQL that both engines understand.

Each statement costs a way to the server and back, so plain inserts wait; many rows then
go by COPY.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

import psycopg

from glossary.store.connection import Cursor
from glossary.store.indexing import relist
from glossary.store.waiting import WaitingInserts, plain_insert

#: A list has the collation of the columns that it is compared with, or no index helps.
_LIST: Final = """(select value collate "C" as value, key
from jsonb_array_elements_text(?::jsonb) with ordinality x(value, key))"""
#: From so many rows on, COPY is quicker.
_MANY: Final = 20


class Transaction(WaitingInserts):
    """A connection inside its transaction."""

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        super().__init__()
        self._connection = connection

    def undo(self) -> None:
        """Undo all that was done."""
        self._waiting.clear()
        self._connection.rollback()

    def _run(self, sql: str, values: Sequence[Any]) -> Cursor:
        return self._connection.execute(spoken(sql), values)

    def _run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(spoken(sql), rows)

    def _nothing(self) -> Cursor:
        return self._connection.cursor()

    def _insert(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
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
        .replace("json_extract(document, '$.by')", "(document::json ->> 'by')")
        .replace("json_extract(document, '$.at')", "(document::json ->> 'at')")
        .replace("?", "%s")
    )


def relisted(connection: psycopg.Connection[tuple[Any, ...]], kind: str) -> None:
    """List the entries in use anew by one kind, in the open transaction."""
    transaction = Transaction(connection)
    relist(transaction, kind)
    transaction.flush()
