"""The steps that made a file's schema, in order; sqlite-utils takes and notes them.

Which are still to be taken is asked whenever a store is opened, and answered here:
sqlite-utils, which is large, is read only when there is a step to take.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from glossary import late

if TYPE_CHECKING:
    import sqlite_utils
    from sqlite_utils import Database
else:
    sqlite_utils = late("sqlite_utils")

_HAS_NOTES = "select 1 from sqlite_master where name = '_sqlite_migrations'"
_TAKEN = "select name from _sqlite_migrations where migration_set = ?"


class Step(NamedTuple):
    """One step, and what takes it."""

    name: str
    take: Callable[[Database], None]
    #: Whether all that it does is done again by a later step of its kind.
    is_repeated: bool = False


class Steps:
    """The steps of a set, written down one after the other by decorating them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.all: list[Step] = []

    def __call__(
        self, *, is_repeated: bool = False
    ) -> Callable[[Callable[[Database], None]], Callable[[Database], None]]:
        """Return what appends a function as a step, under its own name.

        Of steps that each fill the index anew (`is_repeated`), the last is enough.
        """

        def append(take: Callable[[Database], None]) -> Callable[[Database], None]:
            self.all.append(Step(take.__name__, take, is_repeated))
            return take

        return append

    def pending(self, connection: sqlite3.Connection) -> list[Step]:
        """Return the steps that a file has not taken."""
        names = self._taken(connection)
        return [step for step in self.all if step.name not in names]

    def unknown(self, connection: sqlite3.Connection) -> set[str]:
        """Return the names of what a file has taken and this program does not know."""
        return self._taken(connection) - {step.name for step in self.all}

    def _taken(self, connection: sqlite3.Connection) -> set[str]:
        if not connection.execute(_HAS_NOTES).fetchone():
            return set()
        return {row[0] for row in connection.execute(_TAKEN, [self.name])}

    def apply(
        self,
        connection: sqlite3.Connection,
        *,
        stop_before: str | Iterable[str] | None = None,
    ) -> None:
        """Take the steps that a file has not taken, up to one that is named.

        Of those that are repeated only the last is really taken: on a large store
        each of them costs minutes.
        """
        stops = (
            {stop_before} if isinstance(stop_before, str) else {*(stop_before or ())}
        )
        until = next(
            (at for at, step in enumerate(self.all) if step.name in stops),
            len(self.all),
        )
        repeated = [step for step in self.all[:until] if step.is_repeated]
        migrations = sqlite_utils.Migrations(self.name)
        for step in self.all:
            is_done_later = step in repeated[:-1]
            migrations(name=step.name)(_nothing if is_done_later else step.take)
        migrations.apply(sqlite_utils.Database(connection), stop_before=stop_before)


def _nothing(_: Database) -> None:
    """Leave to a later step what this one would do."""
