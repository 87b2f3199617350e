"""Reads from PostgreSQL: a connection for each thread, and views of one moment."""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg_pool import ConnectionPool, PoolTimeout

from glossary.errors import N_, StoreError
from glossary.store.postgres_transaction import spoken

#: Every question has its index. A plan that was made while a table was small, and is
#: kept while an import fills it, would not know.
_OPTIONS: Final = "-c enable_seqscan=off -c jit=off"
#: Seconds that a request waits for a connection, and that the pool tries for it: it
#: waits longer from trial to trial, and would be late where a new leader is there.
_CONNECTED: Final = 3.0
_RETRIED: Final = 2.0
#: A character that no text in PostgreSQL has, as it is and in JSON: nothing is equal.
_NUL: Final = re.compile(r"\x00|\\u0000")
#: Sent as one text, so that it costs one way to the server and back.
_BEGIN: Final = (
    "begin isolation level repeatable read, read only; select revision from head"
)
_Connection = psycopg.Connection[tuple[Any, ...]]
_T = TypeVar("_T")
_Pool = ConnectionPool[_Connection]


class Reading:
    """The reads of one store."""

    def __init__(self, connections: _Pool) -> None:
        self._pool = connections
        self._local = threading.local()

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a read; raise StoreError when PostgreSQL cannot.

        A connection that was lost is replaced once, so that the end of a server is
        no error while there is another; but not inside a snapshot, which ends with it.
        """
        if any(isinstance(each, str) and _NUL.search(each) for each in values):
            return []
        said = spoken(sql)
        again = self._held is None
        return self._asked(lambda c: c.execute(said, values).fetchall(), again=again)

    @contextmanager
    def snapshot(self) -> Iterator[int]:
        """Read as of one moment; inside another snapshot, as of that one's."""
        if self._held is not None:
            yield self._held
            return
        self._local.held = revision = self._asked(_begun, again=True)
        try:
            yield revision
        finally:
            self._local.held = None
            try:
                self._connection().rollback()
            except psycopg.Error:
                self._drop()

    @property
    def _held(self) -> int | None:
        """The revision of the snapshot that this thread is in."""
        return getattr(self._local, "held", None)

    def _asked(self, ask: Callable[[_Connection], _T], *, again: bool) -> _T:
        """Ask this thread's connection, and once another one if that was lost."""
        try:
            return ask(self._connection())
        except psycopg.OperationalError as error:
            self._drop()
            if not again:
                raise _unread(error) from error
        except (psycopg.Error, PoolTimeout) as error:
            raise _unread(error) from error
        return self._asked(ask, again=False)

    def _connection(self) -> _Connection:
        """Return this thread's connection for reading."""
        kept: _Connection | None = getattr(self._local, "connection", None)
        if kept is None or kept.closed:
            if self._held is not None:
                raise psycopg.OperationalError("the connection was lost")
            kept = self._local.connection = self._pool.getconn()
            kept.autocommit = True
        return kept

    def _drop(self) -> None:
        """Give up this thread's connection for reading."""
        kept: _Connection | None = getattr(self._local, "connection", None)
        self._local.connection = None
        if kept is not None:
            kept.close()
            self._pool.putconn(kept)


def pool(address: str, wanted: str, timeout: float) -> _Pool:
    """Return a pool of connections to a server that may do what is wanted."""
    given: dict[str, Any] = {
        "connect_timeout": 3,
        "target_session_attrs": wanted,
        "options": _OPTIONS,
        **conninfo_to_dict(address),
    }
    return ConnectionPool(
        make_conninfo(**given),
        min_size=0,
        max_size=64,
        timeout=min(timeout, _CONNECTED),
        reconnect_timeout=_RETRIED,
        open=True,
        kwargs={"application_name": "glossary"},
    )


def _begun(connection: _Connection) -> int:
    """Begin to read as of one moment; return its revision."""
    cursor = connection.execute(_BEGIN)
    cursor.nextset()
    ((revision,),) = cursor.fetchall()
    return int(revision)


def _unread(error: Exception) -> StoreError:
    return StoreError(N_("The store cannot be read: %(reason)s"), reason=error)
