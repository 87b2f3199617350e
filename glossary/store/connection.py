"""What a write needs of an engine's connection: to run SQL inside its transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

#: Runs one statement with its values, and returns all its rows.
Rows = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]


class Cursor(Protocol):
    """What came of one statement."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def fetchone(self) -> Any:
        """Return the next row, or None."""

    def __iter__(self) -> Iterator[Any]:
        """Yield the rows that are left."""

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""


class Connection(Protocol):
    """An open transaction; a placeholder in SQL is `?`."""

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Cursor:
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> Any:
        """Run one statement with each of some rows."""


def rows_of(connection: Connection) -> Rows:
    """Return what reads inside an open transaction."""

    def rows(sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        return connection.execute(sql, values).fetchall()

    return rows
