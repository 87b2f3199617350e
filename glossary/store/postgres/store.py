"""The store in PostgreSQL, through psycopg and its pool.

Writers queue at the row of the table `head`, so the order of revisions is the order of
commits. SQL is shared with the embedded store; `spoken` says in PostgreSQL's words what
that one calls otherwise.
"""

import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import PoolTimeout

from glossary.errors import (
    StoreError,
    StoreFull,
    StoreOutdated,
    StoreReadOnly,
    StoreUnreadable,
)
from glossary.message import N_, Message
from glossary.query import Moment, Once
from glossary.store.counting import ADD_MISSED, FORGET_MISSED
from glossary.store.marker import missing
from glossary.store.postgres.connections import listener, pool
from glossary.store.postgres.copies import AFTER_COPY, REHEARSAL
from glossary.store.postgres.index import PostgresIndex, PostgresSearch
from glossary.store.postgres.listening import CHANNEL, Listening
from glossary.store.postgres.queue import PostgresQueue
from glossary.store.postgres.reading import HEAD, Head, is_alone, reading
from glossary.store.postgres.refusal import unread, unwritten
from glossary.store.postgres.schema import MIGRATIONS, TIDY, refilled
from glossary.store.postgres.transaction import Transaction
from glossary.store.progress import Tell, watched
from glossary.store.queue import Queue
from glossary.store.refusal import must_not_be_newer, read_only
from glossary.store.store import Store
from glossary.store.writing import Write

#: A key of our own for the lock that one upgrade holds.
_UPGRADE: Final = 0x676C6F73
#: What only reads: a standby, or a database that was told to.
_ONLY_READS: Final = (
    "select pg_is_in_recovery() or "
    "current_setting('default_transaction_read_only')::bool"
)
#: A megabyte, which is written for a trial and not kept.
_TRIAL: Final = (
    "create table trial (filler text)",
    "insert into trial select repeat(md5(n::text), 60) from generate_series(1, 520) n",
)
_KNOWN: Final = frozenset(migration.__name__ for migration in MIGRATIONS)
_Connection = psycopg.Connection[tuple[Any, ...]]


class PostgresStore(Store):
    """Entries, their history, sources, subjects and tokens in a PostgreSQL database."""

    after_copy = AFTER_COPY

    def __init__(
        self, address: str, *, busy_timeout: float, standby_wait: float
    ) -> None:
        try:
            self._reading = reading(address, timeout=busy_timeout, wait=standby_wait)
        except psycopg.ProgrammingError:
            # What libpq says of it may hold the password.
            raise StoreUnreadable(
                N_(
                    "This is not a PostgreSQL address; special characters in a name or "
                    "password are percent-encoded."
                )
            ) from None
        super().__init__()
        self.path = address
        self.search = PostgresSearch(self.rows)
        self._busy_timeout = busy_timeout
        self._alone = is_alone(address)
        #: The last write that found no room, until one since was tried with success.
        self._full: StoreFull | None = None
        self._listening: list[Listening] = []
        self._writing = pool(address, "read-write", busy_timeout, patient=True)
        # Python 3.13 waits 5 s at its end for each thread of a pool that is open.
        weakref.finalize(self, _close, self._writing, self._reading)

    @property
    def shown(self) -> str:
        """The address without the password."""
        return _shown(self.path)

    def listen(self, call: Callable[[], None]) -> None:
        """Call a function in the back: when anybody has written, and now and then.

        It ends with `close`.
        """
        self._listening.append(Listening(lambda: listener(self.path), call))

    def close(self) -> None:
        """Stop listening and close every connection."""
        while self._listening:
            self._listening.pop().close()
        self._writing.close()
        self._reading.close()

    def stands(self) -> bool:
        """Say whether the database holds a glossary; raise when it is not reached."""
        return bool(self._reached())

    def _reached(self) -> set[str]:
        """Return the migrations of the database; raise when it is not reached."""
        try:
            with self._writing.connection() as connection:
                return _done(connection)
        except (psycopg.Error, PoolTimeout) as error:
            raise StoreUnreadable(
                N_("The database cannot be reached: %(reason)s"), reason=error
            ) from error

    def make(self) -> None:
        """Make the tables of an empty glossary in an empty database."""
        self.upgrade()

    def check(self) -> None:
        """Raise when the database cannot serve as it is, or holds no glossary."""
        names = self._reached()
        if not names:
            raise missing(self.shown)
        must_not_be_newer(self.shown, names - _KNOWN)
        if _KNOWN - names:
            raise StoreOutdated(
                N_("%(path)s was made by an older version; run: glossary db upgrade"),
                path=self.shown,
            )

    def must_be_well(self) -> None:
        """Raise when the database cannot be read, or is known to take no writes.

        With several hosts a leader may be missing for a while: reads go on meanwhile,
        so that is no reason to send nobody here.
        """
        super().must_be_well()
        if self._alone and self._only_reads():
            raise _unwritable()
        if self._full:
            self.must_be_writable()

    def must_be_writable(self) -> None:
        """Raise when a megabyte cannot be written; it is not kept."""
        full = self._full
        with self._transaction() as connection:
            for statement in _TRIAL:
                connection.execute(statement)
            connection.undo()
        if self._full is full:
            self._full = None

    def _only_reads(self) -> bool:
        """Say whether the database can be read and takes no writes."""
        try:
            return bool(self.fresh(_ONLY_READS)[0][0])
        except StoreError:
            return False

    def pending(self) -> list[str]:
        """Return the names of the migrations that `upgrade` would apply."""
        names = self._done()
        return [
            migration.__name__
            for migration in MIGRATIONS
            if migration.__name__ not in names
        ]

    def _done(self) -> set[str]:
        try:
            with self._writing.connection() as connection:
                return _done(connection)
        except (psycopg.Error, PoolTimeout) as error:
            raise unread(error) from error

    def upgrade(self, *, tell: Tell | None = None) -> list[str]:
        """Bring the database up to date; return the names of what was applied."""
        must_not_be_newer(self.shown, self._done() - _KNOWN)
        try:
            with watched(tell):
                return self._upgraded()
        except (psycopg.Error, PoolTimeout) as error:
            raise unwritten(error) from error

    def _upgraded(self) -> list[str]:
        with self._writing.connection() as connection:
            connection.execute("select pg_advisory_xact_lock(%s)", [_UPGRADE])
            # Making the table comes first: what another node made while this one waited
            # for the lock is not seen before something else is locked.
            connection.execute(
                "create table if not exists migration (name text primary key)"
            )
            names = _done(connection)
            missing = [
                migration for migration in MIGRATIONS if migration.__name__ not in names
            ]
            for migration in missing:
                migration(connection)
                connection.execute(
                    "insert into migration values (%s)", [migration.__name__]
                )
        return [migration.__name__ for migration in missing]

    def repair(self) -> None:
        """Make everything anew that is derived from entries; the revision moves."""
        with self._writing.connection() as connection:
            refilled(connection)
            connection.execute("update head set revision = revision + 1")

    def note_missed(self, counts: Mapping[str, int], *, most: int) -> None:
        """Add to the numbers of look-ups that found nothing; keep the `most` frequent.

        This is no change of the glossary: the revision stays.
        """
        with self._transaction() as connection:
            connection.executemany(ADD_MISSED, sorted(counts.items()))
            connection.execute(FORGET_MISSED, [most])

    def queue(self, folder: Path) -> Queue:  # noqa: ARG002 - all nodes share the database.
        """Return where imports are kept."""
        return PostgresQueue(self._writing)

    @contextmanager
    def write(self, *, by: str, once: Once | None = None) -> Iterator[Write]:
        """Open the one write door; commit at the end, or undo all on an error.

        Raise StoreBusy when another writer does not finish in time, and DoneBefore
        when `once` names a write that was done already.
        """
        with self._transaction() as connection:
            connection.execute(
                f"set local lock_timeout = {self._busy_timeout * 1000:.0f}"
            )
            cursor = connection.execute(f"{HEAD} for update")
            # What is written now, or was written before under the key of `once`,
            # is seen by whoever asks this process.
            revision, epoch = cursor.fetchone()
            head = Head(revision, epoch or "")
            self._reading.note(head)
            index = PostgresIndex(connection)
            write = Write(connection, index, by, once)
            yield write
            write.finish()
            index.gather()
            if write.new_revision:
                connection.flush()
                connection.execute(TIDY)
                connection.execute(
                    "select pg_notify(?, ?)", [CHANNEL, str(write.new_revision)]
                )
        self._reading.note(head._replace(revision=write.new_revision))

    @contextmanager
    def rehearse(self, *, by: str) -> Iterator[Write]:
        """Open a write that is never kept and holds nobody up.

        It works on temporary copies of the tables, which hide the real ones.
        """
        with self._transaction() as connection:
            connection.execute("set transaction isolation level repeatable read")
            for statement in REHEARSAL:
                connection.execute(statement)
            try:
                yield Write(connection, PostgresIndex(connection), by)
            finally:
                connection.undo()

    def connections(self) -> dict[str, float]:
        """Return the connections of this process, and how far standbys are behind.

        How far is known to a database user with the rights of `pg_monitor`.
        """
        statistics = [pool.get_stats() for pool in self._reading.pools]
        numbers = {
            f"pool_{name}": float(sum(stats.get(key, 0) for stats in statistics))
            for name, key in (
                ("size", "pool_size"),
                ("available", "pool_available"),
                ("waiting", "requests_waiting"),
            )
        }
        behind = self.fresh(
            "select extract(epoch from max(replay_lag)) from pg_stat_replication"
        )[0][0]
        if behind is not None:
            numbers["standby_lag_seconds"] = float(behind)
        return numbers

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a read; raise StoreError when PostgreSQL cannot."""
        return self._reading.rows(sql, values)

    def fresh(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a read of what the leader holds now; raise StoreError when it cannot."""
        return self._reading.fresh(sql, values)

    @contextmanager
    def snapshot(self, at_least: int = 0) -> Iterator[int]:
        """Read as of one moment: yield its revision, which all reads inside agree with.

        It is this thread's, and inside another one it is that one. Nothing is written
        inside. It is at least as new as what this process has written or read, and as
        `at_least`, if there is such a revision. Raise StoreError when PostgreSQL
        cannot.
        """
        memory = self.search.memory
        with self._reading.snapshot(at_least) as revision, memory.open():
            memory.is_of(self.moment())
            yield revision

    def moment(self, at_least: int = 0) -> Moment:
        """Return the moment that `snapshot` would read as of."""
        return Moment(*self._reading.head(at_least))

    @property
    def epoch(self) -> str:
        """What tells this store from its copies.

        It is that of the snapshot at hand, or else that of what was read last.
        """
        return self._reading.epoch or super().epoch

    def newest(self) -> Moment:
        """Return the newest moment that this process has written or read."""
        return Moment(*self._reading.newest)

    @contextmanager
    def _transaction(self) -> Iterator[Transaction]:
        try:
            with self._writing.connection() as connection:
                transaction = Transaction(connection)
                yield transaction
                transaction.flush()
        except PoolTimeout as error:
            if self._alone and self._only_reads():
                raise _unwritable() from error
            raise unwritten(error) from error
        except psycopg.Error as error:
            refusal = unwritten(error)
            if isinstance(refusal, StoreFull):
                self._full = refusal
            raise refusal from error


def _unwritable() -> StoreReadOnly:
    return read_only(Message(N_("the database takes no writes")))


def _done(connection: _Connection) -> set[str]:
    """Return the names of the migrations that the database has been through."""
    row = connection.execute("select to_regclass('migration')").fetchone()
    if row is None or row[0] is None:
        return set()
    return {name for (name,) in connection.execute("select name from migration")}


def _close(*pools: Any) -> None:
    for connections in pools:
        connections.close()


def _shown(address: str) -> str:
    """Return an address without its password."""
    parameters = conninfo_to_dict(address)
    return f"postgresql://{parameters.get('host', '')}/{parameters.get('dbname', '')}"
