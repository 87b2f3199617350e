"""Reads from PostgreSQL: from a standby if it is as new as wanted, else the leader.

A read inside `snapshot` goes where that one found its revision; any other goes to the
leader. What this process has written or read once, it never reads in an older state.
"""

import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final, LiteralString, NamedTuple, TypeVar

from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import UndefinedTable

from glossary.errors import StoreError
from glossary.store.postgres.connections import (
    AVOIDED,
    HASTE,
    PATIENCE,
    Connections,
    Impatient,
    pool,
)
from glossary.store.postgres.refusal import unread
from glossary.store.postgres.transaction import spoken

#: A character that no text in PostgreSQL has, as it is and in JSON: nothing is equal.
_NUL: Final = re.compile(r"\x00|\\u0000")
#: The revision, and the epoch; a store that is still to be upgraded has none.
HEAD: Final[LiteralString] = "select revision, to_jsonb(head) ->> 'epoch' from head"
#: Sent as one text, so that it costs one way to the server and back.
_BEGIN: Final[LiteralString] = (
    f"begin isolation level repeatable read, read only; {HEAD}"
)
#: How often another standby is tried where the leader is behind, or out of reach; and
#: seconds for which those are tried first, once it was out of reach.
_OTHERS: Final = 3
_LEADERLESS: Final = 5.0
#: Seconds between two looks at a standby that is behind, and for which one that did
#: not come up in time is not waited for again.
_LOOK: Final = 0.005
_SPARED: Final = 1.0

_T = TypeVar("_T")


class Head(NamedTuple):
    """A server's revision, and the epoch that it is of; -1 while it is to be filled."""

    revision: int
    epoch: str = ""


class Held(NamedTuple):
    """The snapshot that a thread is in."""

    by: Connections
    head: Head

    @property
    def revision(self) -> int:
        """The revision that is read."""
        return self.head.revision


class Reads:
    """The reads of one store; `wait` is how many seconds a standby is waited for."""

    def __init__(self, leader: Connections, near: Connections, *, wait: float) -> None:
        self._leader = leader
        self._near = near
        self.pools = (leader.pool, near.pool)
        self._wait = wait
        self._behind_until = self._avoided_until = self._leaderless_until = 0.0
        self._local = threading.local()
        self._lock = threading.Lock()
        #: The newest revision that this process has written or read, with its epoch.
        self.newest = Head(0)

    def close(self) -> None:
        """Close every connection."""
        self._leader.close()
        self._near.close()

    def note(self, head: Head) -> None:
        """Note a revision that this process knows of; a new epoch begins anew."""
        with self._lock:
            is_of_now = head.epoch == self.newest.epoch
            if head.revision >= self.newest.revision if is_of_now else head.epoch:
                self.newest = head

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a read; raise StoreError when PostgreSQL cannot."""
        reading = self._held
        if reading is None:
            return self.fresh(sql, values)
        if not reading.by.ready:
            raise unread("the connection of this snapshot was lost")
        return _rows(reading.by, sql, values, again=False)

    def fresh(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a read of what the leader holds now."""
        if self._held is not None and self._held.by is self._leader:
            return self.rows(sql, values)
        return _rows(self._leader, sql, values, again=True)

    def head(self, at_least: int) -> Head:
        """Return a head that can be read, of at least this revision if there is one."""
        if self._held is not None:
            return self._held.head
        head = self._of_standby(_head)
        if head is not None and head.revision >= max(at_least, self.newest.revision):
            self.note(head)
            return head
        with self.snapshot(at_least):
            return self.head(at_least)

    @property
    def epoch(self) -> str:
        """The epoch of the snapshot that this thread is in, or else the newest."""
        return (self.newest if self._held is None else self._held.head).epoch

    @contextmanager
    def snapshot(self, at_least: int) -> Iterator[int]:
        """Read as of one moment; inside another snapshot, as of that one's."""
        if self._held is not None:
            yield self._held.revision
            return
        reading = self._local.reading = self._begun(at_least)
        try:
            yield reading.revision
        finally:
            self._local.reading = None
            _end(reading.by)

    @property
    def _held(self) -> Held | None:
        """The snapshot that this thread is in."""
        reading: Held | None = getattr(self._local, "reading", None)
        return reading

    def _begun(self, at_least: int) -> Held:
        """Begin to read as of one moment that is new enough, or as new as there is."""
        newest = self.newest
        revision = max(at_least, newest.revision)
        reading = self._begun_near(revision, self._wait)
        if reading is None:
            reading = self._begun_at_leader(revision)
        if reading.revision < revision:
            _end(reading.by)
            reading = self._begun_elsewhere(revision, newest)
        self.note(reading.head)
        return reading

    def _begun_near(self, revision: int, wait: float) -> Held | None:
        """Begin at the standby, if it is new enough or gets so in time."""
        begin = time.monotonic()
        if begin < self._behind_until:
            wait = 0.0
        while (head := self._of_standby(_begin)) is not None:
            if head.revision >= revision:
                return Held(self._near, head)
            _end(self._near)
            if time.monotonic() - begin >= wait:
                self._behind_until = time.monotonic() + _SPARED
                break
            time.sleep(_LOOK)
        return None

    def _begun_at_leader(self, revision: int) -> Held:
        """Begin at the leader, or where it is out of reach at a standby new enough.

        The one that every commit waits for has what this thread's may not have yet.
        """
        is_leaderless = time.monotonic() < self._leaderless_until
        reading = self._begun_at_another(revision) if is_leaderless else None
        if reading is not None:
            return reading
        try:
            return Held(self._leader, self._leader.ask(_begin, again=False))
        except StoreError:
            self._leaderless_until = time.monotonic() + _LEADERLESS
        reading = None if is_leaderless else self._begun_at_another(revision)
        return reading or Held(self._leader, self._leader.ask(_begin, again=True))

    def _begun_at_another(self, revision: int) -> Held | None:
        """Begin at another standby than this thread's, if it is new enough."""
        if self._near is self._leader:
            return None
        for _ in range(_OTHERS):
            self._near.drop()
            self._avoided_until = 0.0
            reading = self._begun_near(revision, 0.0)
            if reading is not None:
                return reading
        return None

    def _begun_elsewhere(self, revision: int, newest: Head) -> Held:
        """Begin at another standby: one may show a commit that its leader does not yet.

        What none of them has was lost with a leader, for good, unless this process has
        written since it was the `newest`.
        """
        reading = self._begun_at_another(revision)
        if reading is not None:
            return reading
        reading = Held(self._leader, self._leader.ask(_begin, again=True))
        with self._lock:
            if self.newest is newest:
                self.newest = reading.head
        return reading

    def _of_standby(self, question: Callable[[Impatient], Head]) -> Head | None:
        """Ask the standby, unless one did not answer just now.

        A thread that has a connection still tries it: it may be to another standby.
        Where there is only a leader, ask that.
        """
        if self._near is self._leader:
            return self._leader.ask(question, again=True)
        if not self._near.ready and time.monotonic() < self._avoided_until:
            return None
        try:
            return self._near.ask(question, again=False)
        except StoreError:
            self._avoided_until = time.monotonic() + AVOIDED
            return None


def reading(address: str, *, timeout: float, wait: float) -> Reads:
    """Return the reads of the database at an address of one host or several.

    Where there is only one, it is read even while it takes no writes.
    """
    chief = pool(address, "read-write", timeout)
    if is_alone(address):
        leader = Connections(chief, spare=pool(address, "any", timeout))
        return Reads(leader, leader, wait=wait)
    near = Connections(pool(address, "prefer-standby", timeout), prefers=True)
    return Reads(Connections(chief), near, wait=wait)


def is_alone(address: str) -> bool:
    """Say whether an address names one host."""
    return "," not in str(conninfo_to_dict(address).get("host", ""))


def _rows(
    by: Connections, sql: str, values: Sequence[object], *, again: bool
) -> list[tuple[Any, ...]]:
    if any(isinstance(value, str) and _NUL.search(value) for value in values):
        return []
    statement = spoken(sql)
    return by.ask(lambda c: c.execute(statement, values).fetchall(), again=again)


def _begin(connection: Impatient) -> Head:
    """Begin to read as of one moment; return its head."""
    return _head(connection, _BEGIN)


def _head(connection: Impatient, sql: LiteralString = HEAD) -> Head:
    """Return a server's head; revision -1 while its database is still to be filled."""
    connection.patience = HASTE
    try:
        cursor = connection.execute(sql)
    except UndefinedTable:
        return Head(-1)
    finally:
        connection.patience = PATIENCE
    while cursor.nextset():
        pass
    ((revision, epoch),) = cursor.fetchall()
    return Head(int(revision), epoch or "")


def _end(by: Connections) -> None:
    """End a snapshot, if its connection was not lost.

    It has only read, so nothing is kept by a commit; a rollback would make psycopg
    forget the statements that it has prepared, and the server plan each of them anew.
    Nobody waits for it.
    """
    if by.ready:
        with suppress(StoreError):
            by.ask(lambda connection: connection.end(), again=False)
