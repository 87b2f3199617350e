"""Connections to PostgreSQL: one a thread for reads, from pools of a kind of server.

A network that is cut, and a server that stands still, are noticed within seconds.
"""

import select
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, NamedTuple, TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import AdminShutdown, QueryCanceled
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool, PoolTimeout

from glossary.store.by_thread import ByThread
from glossary.store.postgres.refusal import unread

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
#: Seconds after which a server that does not answer a read is given up, or does not
#: even say its revision; and for which a standby is then not asked again.
PATIENCE: Final = 5.0
HASTE: Final = 2.0
AVOIDED: Final = 10.0
#: Seconds after which one who had to go to the leader tries for a standby again.
_TRIED: Final = 30.0

_T = TypeVar("_T")


class Impatient(psycopg.Connection[tuple[Any, ...]]):
    """A connection that is lost when the server stands still."""

    patience = PATIENCE
    _is_ending = False

    def wait(self, gen: Any, *args: Any, **options: Any) -> Any:
        """Wait for the server, but not for long."""
        return super().wait(gen, *args, **{"timeout": self.patience, **options})

    def end(self) -> None:
        """End a transaction that has only read, without waiting for the server.

        What it says of it is read by `settle`, before anything else is asked.
        """
        self.pgconn.send_query(b"commit")
        self._is_ending = True

    def settle(self) -> None:
        """Read what the server says of the end of a transaction, where it is to come.

        A connection that is lost, or on which it says nothing in haste, is closed.
        """
        if not self._is_ending:
            return
        self._is_ending = False
        until = time.monotonic() + HASTE
        try:
            poll = select.poll()
            poll.register(self.fileno(), select.POLLIN)
            while self.pgconn.is_busy():
                if not poll.poll(1000 * max(0.0, until - time.monotonic())):
                    self.close()
                    return
                self.pgconn.consume_input()
        except psycopg.OperationalError:
            self.close()
            return
        while self.pgconn.get_result() is not None:
            pass


class _Lent(NamedTuple):
    """A connection, and the pool that it goes back to."""

    connection: Impatient
    pool: ConnectionPool[Impatient]


class Connections:
    """A connection for each thread to a server of a kind.

    What `prefers` a standby goes to the leader when there is none, and not for good.
    Where the pool has no connection, one of the `spare` pool will do.
    """

    def __init__(
        self,
        pool: ConnectionPool[Impatient],
        *,
        prefers: bool = False,
        spare: ConnectionPool[Impatient] | None = None,
    ) -> None:
        self.pool = pool
        self._spare = spare
        self._spared_until = 0.0
        self._prefers = prefers
        self._tried_from = 0.0
        self._lent = ByThread[_Lent](_give_back)

    def close(self) -> None:
        """Close every connection, also those that threads have."""
        self.pool.close()
        if self._spare is not None:
            self._spare.close()
        self._lent.close()

    def ask(self, question: Callable[[Impatient], _T], *, again: bool) -> _T:
        """Ask this thread's connection; with `again`, once more if that was lost.

        So the end of a server is no error while there is another. Raise StoreError.
        """
        try:
            return question(self._connection())
        except QueryCanceled as error:
            raise unread(error) from error
        except psycopg.OperationalError as error:
            self.drop()
            if not again:
                raise unread(error) from error
            # The pool may hold several that were ended; each of them says so at once.
            again = isinstance(error, AdminShutdown)
        except (psycopg.Error, PoolTimeout) as error:
            raise unread(error) from error
        return self.ask(question, again=again)

    @property
    def ready(self) -> bool:
        """Whether this thread has a connection that is not lost."""
        lent = self._lent.own()
        return lent is not None and not lent.connection.closed

    def drop(self) -> None:
        """Give up this thread's connection."""
        self._lent.leave()

    def _connection(self) -> Impatient:
        lent = self._lent.own()
        if lent is not None and not lent.connection.closed:
            lent.connection.settle()
        if lent is not None and (
            lent.connection.closed
            or self._is_makeshift(lent.connection)
            or self._is_spare(lent)
        ):
            self.drop()
            lent = None
        if lent is None:
            lent = self._fresh()
            lent.connection.autocommit = True
            self._lent.take(lent)
            later = time.monotonic() + _TRIED
            self._tried_from = 0.0 if _is_standby(lent.connection) else later
        return lent.connection

    def _fresh(self) -> _Lent:
        """Return a connection of the pool, or while it has none of the spare one."""
        if self._spare is None:
            return _Lent(self.pool.getconn(), self.pool)
        if time.monotonic() >= self._spared_until:
            with suppress(PoolTimeout):
                return _Lent(self.pool.getconn(), self.pool)
            self._spared_until = time.monotonic() + AVOIDED
        return _Lent(self._spare.getconn(), self._spare)

    def _is_spare(self, lent: _Lent) -> bool:
        """Say whether to ask the pool itself again, after a while."""
        idle = lent.connection.info.transaction_status is TransactionStatus.IDLE
        is_spare = lent.pool is self._spare
        return is_spare and idle and time.monotonic() >= self._spared_until

    def _is_makeshift(self, connection: Impatient) -> bool:
        """Say whether to try for a standby instead; one thread does so first."""
        now = time.monotonic()
        if not self._prefers or now < self._tried_from:
            return False
        idle = connection.info.transaction_status is TransactionStatus.IDLE
        if not idle or _is_standby(connection):
            return False
        self._tried_from = now + _TRIED
        return True


def _give_back(lent: _Lent) -> None:
    lent.connection.close()
    lent.pool.putconn(lent.connection)


def _is_standby(connection: Impatient) -> bool:
    """Say what the server has told last, without asking it."""
    return connection.info.parameter_status("in_hot_standby") == "on"


def _must_be_open(connection: psycopg.Connection[Any]) -> None:
    """Raise where the server has ended a connection; ask it only if it said anything.

    Unasked, it says but that it ends: so a connection is lent without a way to the
    server and back. One that is cut in silence fails at its first statement, as late as
    it would at a question before it.
    """
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if poll.poll(0):
        ConnectionPool.check_connection(connection)


def pool(
    address: str, attributes: str, timeout: float, *, patient: bool = False
) -> ConnectionPool[Any]:
    """Return a pool of connections to a server that may do what is wanted.

    With `patient`, a connection is looked at before it is lent; statements may last.
    """
    parameters = {
        **_GIVEN,
        "target_session_attrs": attributes,
        **conninfo_to_dict(address),
    }
    kind = psycopg.Connection if patient else Impatient
    return ConnectionPool(
        make_conninfo(**parameters),
        connection_class=kind,
        min_size=0,
        max_size=64,
        timeout=min(timeout, _CONNECTED),
        reconnect_timeout=_RETRIED,
        open=True,
        check=_must_be_open if patient else None,
        kwargs={"application_name": "glossary"},
    )


def listener(address: str) -> psycopg.Connection[tuple[Any, ...]]:
    """Return a connection of its own to the leader."""
    parameters = {"target_session_attrs": "read-write", **_GIVEN}
    parameters |= conninfo_to_dict(address)
    return psycopg.connect(
        make_conninfo(**parameters),
        autocommit=True,
        application_name="glossary-listener",
    )
