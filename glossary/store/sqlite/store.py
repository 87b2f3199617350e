"""The store in one SQLite file, through sqlite-utils.

Each thread keeps one connection. Readers see the newest commit and are never
blocked (WAL). Writers go through one door, `SqliteStore.write`, which begins
IMMEDIATE, so that two of them queue instead of failing.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from glossary.errors import (
    StoreBusy,
    StoreDamaged,
    StoreMissing,
    StoreOutdated,
    StoreReadOnly,
    StoreUnreadable,
)
from glossary.message import N_, Message
from glossary.query import Moment, Once
from glossary.store.by_thread import ByThread
from glossary.store.counting import ADD_MISSED, FORGET_MISSED
from glossary.store.indexing import SqliteIndex
from glossary.store.marker import OURS
from glossary.store.progress import Tell, watched
from glossary.store.refusal import (
    busy,
    damaged,
    must_not_be_newer,
    of_sqlite,
    of_system,
)
from glossary.store.searching import Search
from glossary.store.sqlite.file import (
    FOR_WRITING,
    Opened,
    StoreFile,
    close_link,
    unopened,
)
from glossary.store.sqlite.fresh import make_at_once
from glossary.store.sqlite.health import FileHealth
from glossary.store.sqlite.migrations import APPLICATION, MIGRATIONS, reindex
from glossary.store.sqlite.rehearsal import rehearsal, sweep
from glossary.store.sqlite.transaction import SqliteTransaction
from glossary.store.store import Store
from glossary.store.writing import Write

#: A question that goes through the whole file.
_LOOK_THROUGH: Final = "pragma quick_check(1)"
_TABLES: Final = "select name from sqlite_master where type = 'table'"
#: What a write of ours causes, not the disk.
_OURS: Final = (
    sqlite3.IntegrityError,
    sqlite3.ProgrammingError,
    sqlite3.DataError,
    sqlite3.NotSupportedError,
)


class SqliteStore(Store):
    """Entries, their history, sources, subjects and tokens in one file."""

    def __init__(self, path: str, *, busy_timeout: float) -> None:
        super().__init__()
        self.path = path
        self._file = StoreFile(path, timeout=busy_timeout)
        self._health = FileHealth(path)
        self.search = Search(self.rows)
        self._busy_timeout = busy_timeout
        self._links = ByThread[Opened](close_link)
        self._door = threading.Lock()

    def clone(self, path: Path) -> bool:
        """Write an exact copy to a file, as of one moment; nobody has to wait."""
        path.unlink(missing_ok=True)
        try:
            path.touch(OURS)
        except OSError as error:
            raise of_system(error) or unopened(str(path), error) from error
        try:
            with closing(sqlite3.connect(path)) as copy:
                self._connection.backup(copy)
        except sqlite3.Error as error:
            raise of_sqlite(error, str(path), writing=True) from error
        return True

    def tidy(self) -> None:
        """Remove what dry runs that were killed have left."""
        sweep(self.path)

    def listen(self, call: Callable[[], None]) -> None:
        """Do nothing: a file has no other machines that would write to it."""

    def close(self) -> None:
        """Close every thread's connection."""
        self._links.close()
        self._file.forget()

    def stands(self) -> bool:
        """Say whether anything stands here; raise when it is no file of SQLite."""
        try:
            return bool(self._tables())
        except StoreMissing:
            return False

    def _tables(self) -> set[str]:
        return {row[0] for row in self.rows(_TABLES)}

    def lost(self) -> bool:
        """Say whether a store stood here that is gone."""
        return self._file.marker.path.exists()

    def mark(self) -> None:
        """Leave word that a store stands here."""
        self._file.marker.leave()

    def make(self) -> None:
        """Make an empty store where nothing stands."""
        self._file.make()
        self.upgrade()

    def check(self) -> None:
        """Raise when what stands here cannot serve as it is, or nothing does."""
        if not self.stands():
            raise self._file.marker.missing()
        tables = self._tables()
        if "head" not in tables or "_sqlite_migrations" not in tables:
            raise self._no_glossary()
        must_not_be_newer(self.path, self._unknown())
        if self.pending():
            raise StoreOutdated(
                N_("%(path)s was made by an older version; run: glossary db upgrade"),
                path=self.path,
            )
        # Before there was an epoch there was no mark either.
        if self.rows("pragma application_id") not in ([(0,)], [(APPLICATION,)]):
            raise self._no_glossary()

    def _no_glossary(self) -> StoreUnreadable:
        return StoreUnreadable(
            N_("%(path)s is an SQLite file, but not a glossary."), path=self.path
        )

    def must_be_well(self) -> None:
        """Raise when the store cannot be read, or it is known that writing would fail.

        What went wrong before, in any process of this server, is tried again.
        """
        self.revision()
        self._file.must_be_writable()
        ill = self._health.illness()
        if ill is None:
            return
        if ill.question == _LOOK_THROUGH:
            if not self._health.may_look():
                raise damaged(self.path, Message(N_("found when it was written")))
            self._must_be_whole()
        elif ill.question:
            self.rows(ill.question, ill.values)
        else:
            self._try_to_write()
        self._health.well(ill)

    def _must_be_whole(self) -> None:
        ((first,), *_) = self.rows(_LOOK_THROUGH)
        if first != "ok":
            raise damaged(self.path, first)

    def _try_to_write(self) -> None:
        """Write a number that is there already; it is the disk that is tried."""
        ((version,),) = self.rows("pragma user_version")
        with suppress(StoreBusy), self._transaction():
            self._connection.execute(f"pragma user_version = {version:d}")

    def pending(self) -> list[str]:
        """Return the names of the migrations that `upgrade` would apply."""
        try:
            return [
                migration.name for migration in MIGRATIONS.pending(self._connection)
            ]
        except sqlite3.Error as error:
            raise of_sqlite(error, self.path, writing=False) from error

    def _unknown(self) -> set[str]:
        try:
            return MIGRATIONS.unknown(self._connection)
        except sqlite3.Error as error:
            raise of_sqlite(error, self.path, writing=False) from error

    def upgrade(self, *, tell: Tell | None = None) -> list[str]:
        """Bring the file's schema up to date; return the names of what was applied."""
        must_not_be_newer(self.path, self._unknown())
        self._keep_log_aside()
        with self._transaction(), watched(tell):
            names = self.pending()
            if not make_at_once(self._connection, MIGRATIONS):
                MIGRATIONS.apply(self._connection)
        return names

    def _keep_log_aside(self) -> None:
        # SQLite does not wait for a lock that two connections want to raise at once,
        # as several processes do that begin with the same new file.
        until = time.monotonic() + self._busy_timeout
        while self._mode() != "wal":
            try:
                self._connection.execute("pragma journal_mode = wal")
            except sqlite3.OperationalError as error:
                refusal = of_sqlite(error, self.path, writing=True)
                if not isinstance(refusal, StoreBusy) or time.monotonic() > until:
                    raise refusal from error
                time.sleep(0.01)

    def _mode(self) -> str:
        row = self._connection.execute("pragma journal_mode").fetchone()
        return str(row[0])

    def damage(self) -> list[str]:
        """Return what SQLite finds damaged of the file."""
        lines = [str(row[0]) for row in self.rows("pragma integrity_check(20)")]
        return [] if lines == ["ok"] else lines

    def repair(self) -> None:
        """Make everything anew that is derived from entries; the revision moves."""
        with self._door, self._transaction():
            self._connection.execute("reindex")
            reindex(self._connection)
            self._connection.execute("update head set revision = revision + 1")
        self.rows("pragma wal_checkpoint(truncate)")

    def grams(self) -> list[tuple[Any, ...]] | None:
        """Return each gram of the index with its number of terms."""
        make = "create virtual table if not exists temp.told using fts5vocab"
        self.rows(f"{make}(main, gram, row)")
        return self.rows("select term, doc from temp.told order by term")

    def note_missed(self, counts: Mapping[str, int], *, most: int) -> None:
        """Add to the numbers of look-ups that found nothing; keep the `most` frequent.

        This is no change of the glossary: the revision stays.
        """
        with self._door, self._transaction():
            execute = self._connection.executemany
            execute(ADD_MISSED, sorted(counts.items()))
            execute(FORGET_MISSED, [[most]])

    @contextmanager
    def write(self, *, by: str, once: Once | None = None) -> Iterator[Write]:
        """Open the one write door; commit at the end, or undo all on an error.

        Raise StoreBusy when another writer does not finish in time, and DoneBefore
        when `once` names a write that was done already.
        """
        if not self._door.acquire(timeout=self._busy_timeout):
            raise busy()
        try:
            with self._transaction():
                connection = SqliteTransaction(self._connection)
                index = SqliteIndex(connection)
                write = Write(connection, index, by, once)
                yield write
                write.finish()
                connection.flush()
                index.gather()
        finally:
            self._door.release()

    @contextmanager
    def rehearse(self, *, by: str) -> Iterator[Write]:
        """Open a write that is never kept and holds nobody up.

        It works on a copy of the file, which is gone afterwards.
        """
        with rehearsal(self.path) as target:
            self.clone(target)
            other = SqliteStore(str(target), busy_timeout=self._busy_timeout)
            try:
                other.rows("pragma synchronous = off")
                with other.write(by=by) as write:
                    yield write
            finally:
                other.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a read; raise StoreError when SQLite cannot."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            refusal = of_sqlite(error, self.path, writing=False)
            if isinstance(refusal, StoreDamaged):
                self._health.note(sql, values)
            raise refusal from error

    @contextmanager
    def snapshot(self, at_least: int = 0) -> Iterator[int]:  # noqa: ARG002 - a file is always new.
        """Read as of one moment: yield its revision, which all reads inside agree with.

        It is this thread's, and inside another one it is that one. Nothing is written
        inside.
        """
        connection = self._connection
        if connection.in_transaction:
            yield super().moment().revision
            return
        connection = self._current().connection
        connection.execute("begin")
        memory = self.search.memory
        memory.begin()
        try:
            moment = super().moment()
            memory.is_of(moment)
            yield moment.revision
        finally:
            memory.end()
            _undo(connection)

    def moment(self, at_least: int = 0) -> Moment:
        """Return the number of write transactions so far, and the epoch."""
        self._current()
        return super().moment(at_least)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            connection = self._begun()
            try:
                yield
                connection.execute("commit")
            finally:
                _undo(connection)
        except sqlite3.DatabaseError as error:
            if isinstance(error, _OURS):
                raise
            refusal = of_sqlite(error, self.path, writing=True)
            if isinstance(refusal, StoreDamaged):
                self._health.note(_LOOK_THROUGH)
            elif not isinstance(refusal, StoreBusy | StoreMissing):
                self._health.note()
            raise refusal from error

    def _begun(self) -> sqlite3.Connection:
        """Begin to write; a connection that can only read is first made anew."""
        link = self._current()
        for last in (link.only_reads, True):
            if link.only_reads:
                link = self._anew(writing=True)
            try:
                link.connection.execute(FOR_WRITING)
                link.connection.execute("begin immediate")
                break
            except sqlite3.OperationalError as error:
                refusal = of_sqlite(error, self.path, writing=True)
                if last or not isinstance(refusal, StoreReadOnly):
                    raise
                link = self._anew(writing=True)
        return link.connection

    @property
    def _connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        link = self._links.own()
        return (link or self._anew()).connection

    def _current(self) -> Opened:
        """Return this thread's connection, if it is to what is at the path now.

        SQLite would go on with a file that was deleted, and lose what is written. Raise
        StoreMissing when the file is gone, or another one.
        """
        link = self._links.own()
        if link is None:
            return self._anew()
        if link.connection.in_transaction or self._file.is_still(link):
            return link
        return self._anew()

    def _anew(self, *, writing: bool = False) -> Opened:
        """Give this thread a new connection, to the file that the first one was to."""
        self._links.leave()
        link = self._file.open(writing=writing)
        self._links.take(link)
        return link


def _undo(connection: sqlite3.Connection) -> None:
    """End a transaction; after some errors SQLite has ended it already."""
    with suppress(sqlite3.Error):
        if connection.in_transaction:
            connection.execute("rollback")
