"""One open transaction of SQLite, in which plain inserts wait for each other."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from glossary.store.connection import Cursor
from glossary.store.waiting import WaitingInserts


class SqliteTransaction(WaitingInserts):
    """A connection inside its transaction; whoever commits sends first what waits."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._connection = connection
        self._idle = connection.cursor()

    def _run(self, sql: str, values: Sequence[Any]) -> Cursor:
        return self._connection.execute(sql, values)

    def _run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        self._connection.executemany(sql, rows)

    def _insert(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        self._connection.executemany(sql, rows)

    def _nothing(self) -> Cursor:
        return self._idle
