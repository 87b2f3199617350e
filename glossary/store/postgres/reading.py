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

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import UndefinedTable
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool, PoolTimeout

from glossary.errors import StoreError
from glossary.store.postgres.refusal import unread
from glossary.store.postgres.transaction import spoken

#: Every question has its index. A plan that was made while a table was small, and is
#: kept while an import fills it, would not know. A network that is cut is noticed, on
#: both sides: a lock is not held for a machine that is gone.
_GIVEN: Final[dict[str, Any]] = {
    "connect_timeout": 2,
    "options": (
        "-c enable_seqscan=off -c jit=off -c tcp_keepalives_idle=5 "
        "-c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
    ),
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
#: Seconds that a request waits for a connection, and that the pool tries for it: it
#: waits longer from trial to trial, and would be late where a new leader is there.
_CONNECTED: Final = 3.0
_RETRIED: Final = 2.0
#: A character that no text in PostgreSQL has, as it is and in JSON: nothing is equal.
_NUL: Final = re.compile(r"\x00|\\u0000")
#: The revision, and the epoch; a store that is still to be upgraded has none.
HEAD: Final[LiteralString] = "select revision, to_jsonb(head) ->> 'epoch' from head"
#: Sent as one text, so that it costs one way to the server and back.
_BEGIN: Final[LiteralString] = (
    f"begin isolation level repeatable read, read only; {HEAD}"
)
#: Seconds after which a server that does not answer a read is given up, or does not
#: even say its revision; and for which a standby is then not asked again.
_PATIENCE: Final = 5.0
_HASTE: Final = 2.0
_AVOIDED: Final = 10.0
#: Seconds after which one who had to go to the leader tries for a standby again.
_TRIED: Final = 30.0
#: How often another standby is tried where the leader is behind.
_OTHERS: Final = 3
#: Seconds between two looks at a standby that is behind, and for which one that did
#: not come up in time is not waited for again.
_LOOK: Final = 0.005
_SPARED: Final = 1.0

_T = TypeVar("_T")


class Impatient(psycopg.Connection[tuple[Any, ...]]):
    """A connection that is lost when the server stands still."""

    patience = _PATIENCE

    def wait(self, gen: Any, *args: Any, **options: Any) -> Any:
        """Wait for the server, but not for long."""
        return super().wait(gen, *args, **{"timeout": self.patience, **options})


class Connections:
    """A connection for each thread to a server of a kind.

    What `prefers` a standby goes to the leader when there is none, and not for good.
    """

    def __init__(
        self, pool: ConnectionPool[Impatient], *, prefers: bool = False
    ) -> None:
        self.pool = pool
        self._prefers = prefers
        self._tried_from = 0.0
        self._local = threading.local()
        self._open: set[Impatient] = set()

    def close(self) -> None:
        """Close every connection, also those that threads have."""
        self.pool.close()
        while self._open:
            self._open.pop().close()

    def ask(self, question: Callable[[Impatient], _T], *, again: bool) -> _T:
        """Ask this thread's connection; with `again`, once more if that was lost.

        So the end of a server is no error while there is another. Raise StoreError.
        """
        try:
            return question(self._connection())
        except psycopg.OperationalError as error:
            self.drop()
            if not again:
                raise unread(error) from error
        except (psycopg.Error, PoolTimeout) as error:
            raise unread(error) from error
        return self.ask(question, again=False)

    @property
    def ready(self) -> bool:
        """Whether this thread has a connection that is not lost."""
        kept: Impatient | None = getattr(self._local, "connection", None)
        return kept is not None and not kept.closed

    def drop(self) -> None:
        """Give up this thread's connection."""
        kept: Impatient | None = getattr(self._local, "connection", None)
        self._local.connection = None
        if kept is not None:
            kept.close()
            self._open.discard(kept)
            self.pool.putconn(kept)

    def _connection(self) -> Impatient:
        kept: Impatient | None = getattr(self._local, "connection", None)
        if kept is not None and self._is_makeshift(kept):
            self.drop()
            kept = None
        if kept is None or kept.closed:
            kept = self._local.connection = self.pool.getconn()
            kept.autocommit = True
            self._open.add(kept)
            later = time.monotonic() + _TRIED
            self._tried_from = 0.0 if _is_standby(kept) else later
        return kept

    def _is_makeshift(self, kept: Impatient) -> bool:
        """Say whether to try for a standby instead; one thread does so first."""
        now = time.monotonic()
        if not self._prefers or now < self._tried_from:
            return False
        idle = kept.info.transaction_status is TransactionStatus.IDLE
        if not idle or _is_standby(kept):
            return False
        self._tried_from = now + _TRIED
        return True


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
        self._behind_until = self._avoided_until = 0.0
        self._local = threading.local()
        self._lock = threading.Lock()
        #: The newest revision that this process has written or read.
        self.newest = 0
        #: The epoch of what was read last.
        self.epoch = ""

    def close(self) -> None:
        """Close every connection."""
        self._leader.close()
        self._near.close()

    def note(self, head: Head) -> None:
        """Note a revision that this process knows of; a new epoch begins anew."""
        with self._lock:
            if head.epoch == self.epoch:
                self.newest = max(self.newest, head.revision)
            elif head.epoch:
                self.newest, self.epoch = head

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a read; raise StoreError when PostgreSQL cannot."""
        held = self._held
        if held is None:
            return self.fresh(sql, values)
        if not held.by.ready:
            raise unread("the connection of this snapshot was lost")
        return _rows(held.by, sql, values, again=False)

    def fresh(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a read of what the leader holds now."""
        if self._held is not None and self._held.by is self._leader:
            return self.rows(sql, values)
        return _rows(self._leader, sql, values, again=True)

    def revision(self, at_least: int) -> int:
        """Return a revision that can be read, at least this one if there is such."""
        if self._held is not None:
            return self._held.revision
        found = self._of_standby(_head)
        if found is not None and found.revision >= max(at_least, self.newest):
            self.note(found)
            return found.revision
        with self.snapshot(at_least) as revision:
            return revision

    @contextmanager
    def snapshot(self, at_least: int) -> Iterator[int]:
        """Read as of one moment; inside another snapshot, as of that one's."""
        if self._held is not None:
            yield self._held.revision
            return
        held = self._local.held = self._begun(at_least)
        try:
            yield held.revision
        finally:
            self._local.held = None
            _end(held.by)

    @property
    def _held(self) -> Held | None:
        """The snapshot that this thread is in."""
        held: Held | None = getattr(self._local, "held", None)
        return held

    def _begun(self, at_least: int) -> Held:
        """Begin to read as of one moment that is new enough, or as new as there is."""
        wanted = max(at_least, self.newest)
        held = self._begun_near(wanted, self._wait)
        if held is None:
            held = Held(self._leader, self._leader.ask(_begin, again=True))
        if held.revision < wanted:
            _end(held.by)
            held = self._begun_elsewhere(wanted)
        self.note(held.head)
        return held

    def _begun_near(self, wanted: int, wait: float) -> Held | None:
        """Begin at the standby, if it is new enough or gets so in time."""
        begin = time.monotonic()
        if begin < self._behind_until:
            wait = 0.0
        while (head := self._of_standby(_begin)) is not None:
            if head.revision >= wanted:
                return Held(self._near, head)
            _end(self._near)
            if time.monotonic() - begin >= wait:
                self._behind_until = time.monotonic() + _SPARED
                break
            time.sleep(_LOOK)
        return None

    def _begun_elsewhere(self, wanted: int) -> Held:
        """Begin at another standby: one may show a commit that its leader does not yet.

        What none of them has was lost with a leader, for good.
        """
        for _ in range(_OTHERS):
            self._near.drop()
            self._avoided_until = 0.0
            held = self._begun_near(wanted, 0.0)
            if held is not None:
                return held
        held = Held(self._leader, self._leader.ask(_begin, again=True))
        self.newest = held.revision
        return held

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
            self._avoided_until = time.monotonic() + _AVOIDED
            return None


def _is_standby(connection: Impatient) -> bool:
    """Say what the server has told last, without asking it."""
    return connection.info.parameter_status("in_hot_standby") == "on"


def pool(
    address: str, wanted: str, timeout: float, *, patient: bool = False
) -> ConnectionPool[Any]:
    """Return a pool of connections to a server that may do what is wanted.

    With `patient`, a connection is tried before it is used, and statements may last.
    """
    given = {**_GIVEN, "target_session_attrs": wanted, **conninfo_to_dict(address)}
    kind = psycopg.Connection if patient else Impatient
    return ConnectionPool(
        make_conninfo(**given),
        connection_class=kind,
        min_size=0,
        max_size=64,
        timeout=min(timeout, _CONNECTED),
        reconnect_timeout=_RETRIED,
        open=True,
        check=ConnectionPool.check_connection if patient else None,
        kwargs={"application_name": "glossary"},
    )


def listener(address: str) -> psycopg.Connection[tuple[Any, ...]]:
    """Return a connection of its own to the leader."""
    given = {"target_session_attrs": "read-write", **_GIVEN}
    given |= conninfo_to_dict(address)
    return psycopg.connect(
        make_conninfo(**given), autocommit=True, application_name="glossary-listener"
    )


def reading(address: str, *, timeout: float, wait: float) -> Reads:
    """Return the reads of the database at an address of one host or several."""
    leader = Connections(pool(address, "read-write", timeout))
    several = "," in str(conninfo_to_dict(address).get("host", ""))
    near = leader
    if several:
        near = Connections(pool(address, "prefer-standby", timeout), prefers=True)
    return Reads(leader, near, wait=wait)


def _rows(
    by: Connections, sql: str, values: Sequence[object], *, again: bool
) -> list[tuple[Any, ...]]:
    if any(isinstance(each, str) and _NUL.search(each) for each in values):
        return []
    said = spoken(sql)
    return by.ask(lambda c: c.execute(said, values).fetchall(), again=again)


def _begin(connection: Impatient) -> Head:
    """Begin to read as of one moment; return its head."""
    return _head(connection, _BEGIN)


def _head(connection: Impatient, sql: LiteralString = HEAD) -> Head:
    """Return a server's head; revision -1 while its database is still to be filled."""
    connection.patience = _HASTE
    try:
        cursor = connection.execute(sql)
    except UndefinedTable:
        return Head(-1)
    finally:
        connection.patience = _PATIENCE
    while cursor.nextset():
        pass
    ((revision, epoch),) = cursor.fetchall()
    return Head(int(revision), epoch or "")


def _end(by: Connections) -> None:
    """End a snapshot, if its connection was not lost.

    It has only read, so nothing is kept by a commit; a rollback would make psycopg
    forget the statements that it has prepared, and the server plan each of them anew.
    """
    if by.ready:
        with suppress(StoreError):
            by.ask(lambda connection: connection.commit(), again=False)
