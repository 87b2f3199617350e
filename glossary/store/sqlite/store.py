"""The store in one SQLite file, through sqlite-utils.

Each thread keeps one connection. Readers see the newest commit and are never
blocked (WAL). Writers go through one door, `SqliteStore.write`, which begins
IMMEDIATE, so that two of them queue instead of failing.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlite_utils import Database

from glossary.errors import StoreMissing, StoreOutdated, StoreUnreadable
from glossary.message import N_
from glossary.query import Once
from glossary.store.indexing import SqliteIndex
from glossary.store.marker import Marker
from glossary.store.searching import Search
from glossary.store.sqlite.migrations import MIGRATIONS
from glossary.store.store import ADD_MISSED, FORGET_MISSED, Store, busy
from glossary.store.trouble import UNREAD, UNWRITTEN, of_sqlite, on_disk, on_sqlite
from glossary.store.writing import Write


class SqliteStore(Store):
    """Entries, their history, sources, subjects and tokens in one file."""

    def __init__(self, path: str, *, busy_timeout: float) -> None:
        super().__init__()
        self.path = path
        self._marker = Marker(path)
        self.search = Search(self.rows)
        self._busy_timeout = busy_timeout
        self._local = threading.local()
        self._door = threading.Lock()
        self._open: list[sqlite3.Connection] = []

    def clone(self, path: Path) -> bool:
        """Write an exact copy to a file, as of one moment; nobody has to wait."""
        path.unlink(missing_ok=True)
        with on_sqlite(UNWRITTEN), closing(sqlite3.connect(path)) as copy:
            self._db.conn.backup(copy)
        return True

    def listen(self, heard: Callable[[], None]) -> None:
        """Do nothing: a file has no other machines that would write to it."""

    def close(self) -> None:
        """Close every thread's connection."""
        while self._open:
            self._open.pop().close()
        self._local = threading.local()

    def stands(self) -> bool:
        """Say whether anything stands here; raise when it is no file of SQLite."""
        try:
            with on_sqlite(UNREAD):
                return bool(self._db.table_names())
        except StoreMissing:
            return False

    def lost(self) -> bool:
        """Say whether a store stood here that is gone."""
        return self._marker.path.exists()

    def mark(self) -> None:
        """Leave word that a store stands here."""
        self._marker.leave()

    def make(self) -> None:
        """Make an empty store where nothing stands."""
        try:
            Path(self.path).touch()
        except OSError as error:
            raise unopened(self.path, error) from error
        self.upgrade()

    def check(self) -> None:
        """Raise when what stands here cannot serve as it is, or nothing does."""
        if not self.stands():
            raise self._marker.missing()
        with on_sqlite(UNREAD):
            tables = set(self._db.table_names())
        if "head" not in tables or "_sqlite_migrations" not in tables:
            raise StoreUnreadable(
                N_("%(path)s is an SQLite file, but no glossary."), path=self.path
            )
        if self.pending():
            raise StoreOutdated(
                N_("%(path)s was made by an older version; run: glossary db upgrade"),
                path=self.path,
            )

    def pending(self) -> list[str]:
        """Return the names of the migrations that `upgrade` would apply."""
        with on_sqlite(UNREAD):
            return [migration.name for migration in MIGRATIONS.pending(self._db)]

    def upgrade(self) -> list[str]:
        """Bring the file's schema up to date; return the names of what was applied."""
        self._keep_log_aside()
        with self._transaction():
            names = self.pending()
            MIGRATIONS.apply(self._db)
        return names

    def _keep_log_aside(self) -> None:
        # SQLite does not wait for a lock that two connections want to raise at once,
        # as several processes do that begin with the same new file.
        until = time.monotonic() + self._busy_timeout
        while self._db.journal_mode != "wal":
            try:
                self._db.enable_wal()
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise of_sqlite(error, UNWRITTEN) from error
                if time.monotonic() > until:
                    raise busy() from error
                time.sleep(0.01)

    def note_missed(self, counts: Mapping[str, int], *, most: int) -> None:
        """Add to the numbers of look-ups that found nothing; keep the `most` frequent.

        This is no change of the glossary: the revision stays.
        """
        with self._door, self._transaction():
            run = self._db.conn.executemany
            run(ADD_MISSED, sorted(counts.items()))
            run(FORGET_MISSED, [[most]])

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
                connection = self._db.conn
                write = Write(connection, SqliteIndex(connection), by, once)
                yield write
                write.finish()
        finally:
            self._door.release()

    @contextmanager
    def rehearse(self, *, by: str) -> Iterator[Write]:
        """Open a write that is never kept and holds nobody up.

        It works on a copy of the file, which is gone afterwards.
        """
        folder = Path(self.path).absolute().parent
        with on_disk(), TemporaryDirectory(prefix=".rehearsal-", dir=folder) as name:
            target = str(Path(name) / "copy.db")
            self.clone(Path(target))
            other = SqliteStore(target, busy_timeout=self._busy_timeout)
            try:
                other.rows("pragma synchronous = off")
                with other.write(by=by) as write:
                    yield write
            finally:
                other.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a read; raise StoreError when SQLite cannot."""
        try:
            return self._db.conn.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise of_sqlite(error, UNREAD) from error

    @contextmanager
    def snapshot(self, at_least: int = 0) -> Iterator[int]:  # noqa: ARG002 - a file is always new.
        """Read as of one moment: yield its revision, which all reads inside agree with.

        It is this thread's, and inside another one it is that one. Nothing is written
        inside.
        """
        connection = self._db.conn
        if connection.in_transaction:
            yield super().revision()
            return
        self._must_be_there()
        self.rows("begin")
        try:
            yield super().revision()
        finally:
            _undo(connection)

    def revision(self, at_least: int = 0) -> int:
        """Return the number of write transactions so far."""
        self._must_be_there()
        return super().revision(at_least)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._must_be_there()
        connection = self._db.conn
        try:
            connection.execute("begin immediate")
        except sqlite3.OperationalError as error:
            locked = "locked" in str(error)
            raise busy() if locked else of_sqlite(error, UNWRITTEN) from error
        except sqlite3.Error as error:
            raise of_sqlite(error, UNWRITTEN) from error
        try:
            with on_sqlite(UNWRITTEN):
                yield
                connection.execute("commit")
        finally:
            _undo(connection)

    @property
    def _db(self) -> Database:
        db: Database | None = getattr(self._local, "db", None)
        if db is None:
            db = self._local.db = self._connected()
        return db

    def _must_have_folder(self) -> None:
        if not Path(self.path).absolute().parent.is_dir():
            raise StoreUnreadable(
                N_("The folder of %(path)s does not exist."), path=self.path
            )

    def _must_be_there(self) -> None:
        """Raise when the file that this thread has open is not the one at the path.

        SQLite would go on with a file that was deleted, and lose what is written.
        """
        opened = getattr(self._local, "file", None)
        if opened is not None and opened != self._file():
            raise StoreMissing(
                N_(
                    "%(path)s was replaced by another file while it was served; start "
                    "the server anew."
                ),
                path=self.path,
            )

    def _file(self) -> tuple[int, int]:
        """Return what tells the file at the path from any other; raise StoreMissing."""
        try:
            found = os.stat(self.path)  # noqa: PTH116 - three times as fast as Path's.
        except FileNotFoundError as error:
            self._must_have_folder()
            raise self._marker.missing() from error
        except OSError as error:
            raise unopened(self.path, error) from error
        return found.st_dev, found.st_ino

    def _connected(self) -> Database:
        place = self._file()
        try:
            connection = sqlite3.connect(
                f"{Path(self.path).absolute().as_uri()}?mode=rw",
                uri=True,
                timeout=self._busy_timeout,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=256,
            )
            connection.execute("pragma synchronous = full")
            connection.execute("pragma cache_size = -65536")
            connection.execute("select count(*) from sqlite_master")
        except sqlite3.OperationalError as error:
            raise unopened(self.path, error) from error
        except sqlite3.DatabaseError:
            raise StoreUnreadable(
                N_("%(path)s is not an SQLite file."), path=self.path
            ) from None
        self._open.append(connection)
        self._local.file = place
        return Database(connection)


def _undo(connection: sqlite3.Connection) -> None:
    """Undo an open transaction; SQLite itself ends one that an error has spoilt."""
    with suppress(sqlite3.Error):
        if connection.in_transaction:
            connection.execute("rollback")


def unopened(path: str, error: Exception) -> StoreUnreadable:
    """Return the error of a file that cannot be opened."""
    return StoreUnreadable(
        N_("%(path)s cannot be opened: %(reason)s"), path=path, reason=error
    )
