"""What becomes of the errors of disks and of SQLite: errors of the store, in words."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from glossary.errors import StoreDamaged, StoreError, StoreFull
from glossary.message import N_

#: What a system says where there is no room: on the disk, for this user, in one file.
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NO_ROOM: Final = N_("There is no room left on the disk: %(reason)s")
DAMAGED: Final = N_(
    "The store is damaged: %(reason)s. Bring a backup back (glossary restore FILE)."
)
UNREAD: Final = N_("The store cannot be read: %(reason)s")
UNWRITTEN: Final = N_("The store cannot be written: %(reason)s")
_OF_FILES: Final = N_("A file of the store cannot be used: %(reason)s")


@contextmanager
def on_disk() -> Iterator[None]:
    """Raise StoreFull or StoreError for what a system says of files meanwhile."""
    try:
        yield
    except OSError as error:
        kind, said = StoreError, _OF_FILES
        if error.errno in _NO_ROOM:
            kind, said = StoreFull, NO_ROOM
        raise kind(said, reason=error.strerror or type(error).__name__) from error


@contextmanager
def on_sqlite(otherwise: str) -> Iterator[None]:
    """Raise StoreFull, StoreDamaged or StoreError for what SQLite says meanwhile.

    `otherwise` is the text of what is neither.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise of_sqlite(error, otherwise) from error


def of_sqlite(error: sqlite3.Error, otherwise: str) -> StoreError:
    """Return the error of the store for one of SQLite's; `otherwise` is its text."""
    # The lowest byte is the kind; the others say more of it.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return StoreFull(NO_ROOM, reason=error)
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return StoreDamaged(DAMAGED, reason=error)
    return StoreError(otherwise, reason=error)
