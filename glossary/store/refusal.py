"""What the operating system or SQLite refuses, as our errors, which say what to do."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from glossary.errors import (
    Exhausted,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreMissing,
    StoreOutdated,
    StoreReadOnly,
)
from glossary.message import N_

#: With less room than this, in bytes, a disk is full for a store.
LITTLE: Final = 1_000_000
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_WRITING: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_NO_MORE: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})


def of_system(error: OSError) -> StoreError | None:
    """Return our error for one of the system that anybody may meet, or None."""
    if "temporary directory" in str(error):
        # Python tried to write a file in each, and forgets why it could not.
        return exhausted(error) if _is_exhausted() else full(error.strerror)
    if error.errno in _NO_ROOM:
        return full(error.strerror)
    if error.errno in _NO_WRITING:
        return read_only(f"{error.strerror}: {error.filename}")
    if error.errno in _NO_MORE:
        return exhausted(error.strerror)
    return None


@contextmanager
def of_files() -> Iterator[None]:
    """Raise StoreError for what the system says of a store's own files meanwhile."""
    try:
        yield
    except OSError as error:
        raise of_system(error) or StoreError(
            N_("A file of the store cannot be used: %(reason)s"),
            reason=error.strerror or type(error).__name__,
        ) from error


def of_sqlite(error: sqlite3.Error, path: str, *, writing: bool) -> StoreError:
    """Return our error for what SQLite refused with the file at a path."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    kind = code & 0xFF
    if kind == sqlite3.SQLITE_IOERR and _is_full(path):
        kind = sqlite3.SQLITE_FULL
    elif "not decode to UTF-8" in str(error):
        kind = sqlite3.SQLITE_CORRUPT
    elif kind not in _KINDS and _is_exhausted():
        kind = sqlite3.SQLITE_NOMEM
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return StoreMissing(N_("%(path)s was moved away."), path=path)
    if kind in _KINDS:
        return _KINDS[kind](error, path)
    if writing:
        return StoreError(N_("The store cannot be written: %(reason)s"), reason=error)
    return StoreError(N_("The store cannot be read: %(reason)s"), reason=error)


def busy() -> StoreBusy:
    """Return the error of a write that waited for another one in vain."""
    return StoreBusy(N_("Another write is under way; try again in a moment."))


def full(reason: object) -> StoreFull:
    """Return the error of a disk, or a share of it, that is full."""
    return StoreFull(
        N_(
            "There is no room to write (%(reason)s). Make room on the disk; nothing "
            "was changed, and nothing needs restarting."
        ),
        reason=reason,
    )


def read_only(reason: object) -> StoreReadOnly:
    """Return the error of a store that this process may not write."""
    return StoreReadOnly(
        N_(
            "The store cannot be written (%(reason)s). Check its disk and the "
            "permissions of its file and folder; nothing needs restarting."
        ),
        reason=reason,
    )


def damaged(path: str, reason: object) -> StoreDamaged:
    """Return the error of a store that is not what was written."""
    return StoreDamaged(
        N_(
            "%(path)s is damaged (%(reason)s). Run glossary doctor: it says what is "
            "wrong and whether that can be repaired. If not, restore a backup "
            "(glossary restore FILE)."
        ),
        path=path,
        reason=reason,
    )


def room(path: str) -> int:
    """Return the bytes that are free on the disk of a file."""
    return shutil.disk_usage(Path(path).absolute().parent).free


def exhausted(reason: object) -> Exhausted:
    """Return the error of a process, or a server, that may have no more open."""
    return Exhausted(
        N_(
            "The server has as many files open, or as much in memory, as it may "
            "(%(reason)s); try again in a moment."
        ),
        reason=reason,
    )


def _is_full(path: str) -> bool:
    with suppress(OSError):
        return room(path) < LITTLE
    return False


def _is_exhausted() -> bool:
    """Say whether this process may not open another file."""
    try:
        os.close(os.open(os.devnull, os.O_RDONLY))
    except OSError as error:
        return error.errno in _NO_MORE
    return False


#: What SQLite's kinds of errors are.
_KINDS: Final[Mapping[int, Callable[[object, str], StoreError]]] = {
    sqlite3.SQLITE_BUSY: lambda _error, _path: busy(),
    sqlite3.SQLITE_LOCKED: lambda _error, _path: busy(),
    sqlite3.SQLITE_PROTOCOL: lambda _error, _path: busy(),
    sqlite3.SQLITE_FULL: lambda error, _path: full(error),
    sqlite3.SQLITE_READONLY: lambda error, _path: read_only(error),
    sqlite3.SQLITE_CORRUPT: lambda error, path: damaged(path, error),
    sqlite3.SQLITE_NOTADB: lambda error, path: damaged(path, error),
    sqlite3.SQLITE_NOMEM: lambda error, _path: exhausted(error),
}


def must_not_be_newer(place: str, unknown: Collection[str]) -> None:
    """Raise StoreOutdated for a store that has taken steps this program knows not."""
    if unknown:
        raise StoreOutdated(
            N_(
                "%(path)s was made by a newer version (%(steps)s); install that, or "
                "restore a backup of this one."
            ),
            path=place,
            steps=", ".join(sorted(unknown)),
        )
