"""The file of a store: opened, never made by the way, told from others at its path.

SQLite keeps a log (`-wal`) and an index of it (`-shm`) beside the file. Where neither
is there and neither can be made, because the disk is read-only or full, the file alone
is all there is, and it is read like that as long as no log appears.
"""

import errno
import os
import sqlite3
import stat
import threading
from pathlib import Path
from typing import Final, NamedTuple

from glossary.errors import StoreError, StoreMissing, StoreUnreadable
from glossary.message import N_
from glossary.store.marker import OURS, Marker
from glossary.store.refusal import LITTLE, full, of_sqlite, of_system, read_only

_Place = tuple[int, int]


#: Where nobody writes, a log is read without the memory that connections of a process
#: share: it would stay read-only for all of them once the disk may be written.
_ALONE: Final = "pragma locking_mode = exclusive"


#: Kibibytes of the file that a connection keeps, and each thread has one: what is read
#: often the system keeps for all of them. Who writes keeps more, so that a long import
#: need not write its pages twice.
_CACHE: Final = 8_192
FOR_WRITING: Final = "pragma cache_size = -65536"


class Opened(NamedTuple):
    """A connection, and which file it is to; `frozen` when it is read without a log.

    One that `only_reads` was made while the file could not be written, and never can.
    """

    connection: sqlite3.Connection
    place: _Place
    frozen: bool
    only_reads: bool


class StoreFile:
    """The file at a path; a connection waits `timeout` seconds for a lock."""

    def __init__(self, path: str, *, timeout: float) -> None:
        self.path = path
        self.marker = Marker(path)
        self._timeout = timeout
        self._lock = threading.Lock()
        #: What tells the file that the first connection was to.
        self._first: _Place | None = None
        self._log = Path(f"{path}-wal")

    def make(self) -> None:
        """Make an empty file where there is none, for this user's eyes alone.

        What SQLite puts beside it (`-wal`, `-shm`) has the same rights.
        """
        self._must_have_folder()
        try:
            Path(self.path).touch(OURS)
        except OSError as error:
            raise of_system(error) or unopened(self.path, error) from error

    def open(self, *, writing: bool = False) -> Opened:
        """Return a new connection, to the file that the first was to; raise StoreError.

        With `writing`, the file alone is not enough.
        """
        if self._first not in {None, self.place()}:
            raise self.replaced()
        link = self._opened(writing=writing)
        try:
            self._must_be_first(link.place)
        except StoreError:
            link.connection.close()
            raise
        return link

    def forget(self) -> None:
        """Take the next file at the path for the first."""
        self._first = None

    def _must_be_first(self, place: _Place) -> None:
        """Raise where what was opened was replaced before or while it was opened."""
        with self._lock:
            if self.place() != place or self._first not in {None, place}:
                raise self.replaced()
            self._first = place

    def _opened(self, *, writing: bool) -> Opened:
        place = self.place()
        address = Path(self.path).absolute().as_uri()
        # What may not be written SQLite opens to be read, and does not say so.
        only_reads = not os.access(self.path, os.W_OK)
        if only_reads and writing:
            self.must_be_writable()
        try:
            if only_reads and self._has_log() and self._is_set():
                only = self._connected(f"{address}?mode=ro&vfs=unix-none", _ALONE)
                return Opened(only, place, frozen=False, only_reads=True)
            both = self._connected(f"{address}?mode=rw")
            return Opened(both, place, frozen=False, only_reads=only_reads)
        except sqlite3.OperationalError as error:
            if writing:
                self.must_be_writable()
            if writing or self._has_log():
                raise self._refusal(error) from error
            refused = error
        except sqlite3.DatabaseError as error:
            raise self._refusal(error) from error
        try:
            only = self._connected(f"{address}?mode=ro&immutable=1")
        except sqlite3.Error:
            raise self._refusal(refused) from refused
        return Opened(only, place, frozen=True, only_reads=True)

    def is_still(self, link: Opened) -> bool:
        """Say whether a connection is to the file at the path, as it is to be read.

        Raise StoreMissing when no file is there any more.
        """
        if link.frozen and self._has_log():
            return False
        if link.only_reads and not link.frozen and os.access(self.path, os.W_OK):
            return False
        return self.place() == link.place

    def place(self) -> _Place:
        """Return what tells the file at the path from any other; raise StoreMissing."""
        try:
            status = os.stat(self.path)  # noqa: PTH116 - three times as fast as Path's.
        except FileNotFoundError as error:
            self._must_have_folder()
            raise self.marker.missing() from error
        except OSError as error:
            raise of_system(error) or unopened(self.path, error) from error
        return status.st_dev, status.st_ino

    def replaced(self) -> StoreMissing:
        """Return the error of a path at which another file stands than was served."""
        return StoreMissing(
            N_(
                "%(path)s was replaced by another file while it was served; "
                "restart the server."
            ),
            path=self.path,
        )

    def must_be_writable(self) -> None:
        """Raise StoreReadOnly or StoreFull when plainly nothing can be written."""
        folder = Path(self.path).absolute().parent
        try:
            disk = os.statvfs(folder)
        except OSError as error:
            raise of_system(error) or unopened(self.path, error) from error
        if disk.f_flag & os.ST_RDONLY:
            raise read_only(os.strerror(errno.EROFS))
        if disk.f_bavail * disk.f_frsize < LITTLE or disk.f_files > disk.f_favail == 0:
            raise full(os.strerror(errno.ENOSPC))
        for place in (Path(self.path), folder):
            if not os.access(place, os.W_OK):
                raise read_only(f"{os.strerror(errno.EACCES)}: {place}")

    def _is_set(self) -> bool:
        """Say whether nobody can write here, since the disk may only be read."""
        try:
            folder = Path(self.path).absolute().parent
            return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
        except OSError:
            return False

    def _has_log(self) -> bool:
        try:
            return stat.S_ISREG(os.stat(self._log).st_mode)  # noqa: PTH116 - as above.
        except OSError:
            return False

    def _connected(self, address: str, first: str = "") -> sqlite3.Connection:
        connection = sqlite3.connect(
            address,
            uri=True,
            timeout=self._timeout,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        try:
            connection.execute(first)
            connection.execute("pragma synchronous = full")
            connection.execute(f"pragma cache_size = -{_CACHE}")
            connection.execute("select count(*) from sqlite_master")
        except BaseException:
            connection.close()
            raise
        return connection

    def _refusal(self, error: sqlite3.Error) -> StoreError:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_NOTADB:
            return StoreUnreadable(
                N_("%(path)s is not an SQLite file."), path=self.path
            )
        refusal = of_sqlite(error, self.path, writing=False)
        return unopened(self.path, error) if type(refusal) is StoreError else refusal

    def _must_have_folder(self) -> None:
        if not Path(self.path).absolute().parent.is_dir():
            raise StoreUnreadable(
                N_("The folder of %(path)s does not exist."), path=self.path
            )


def close_link(link: Opened) -> None:
    """Close a connection."""
    link.connection.close()


def unopened(path: str, error: Exception) -> StoreUnreadable:
    """Return the error of a file that cannot be opened."""
    return StoreUnreadable(
        N_("%(path)s cannot be opened: %(reason)s"), path=path, reason=error
    )
