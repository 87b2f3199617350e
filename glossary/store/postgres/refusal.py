"""What PostgreSQL refuses, as our errors, which say what to do."""

from collections.abc import Callable
from typing import Final

from psycopg import errors as refused

from glossary.errors import StoreBusy, StoreError
from glossary.message import N_, Message
from glossary.store.refusal import busy, damaged, exhausted, full, read_only

_Said = Callable[[object], StoreError]
_BUSY = (refused.LockNotAvailable, refused.DeadlockDetected)
_DAMAGED = (refused.DataCorrupted, refused.IndexCorrupted)
_NO_MORE = (
    refused.OutOfMemory,
    refused.TooManyConnections,
    refused.InsufficientResources,
)
_NO_WRITING = (refused.ReadOnlySqlTransaction, refused.InsufficientPrivilege)


def unread(error: object) -> StoreError:
    """Return our error for a read that PostgreSQL refused."""
    return _of_postgres(error) or StoreError(
        N_("The store cannot be read: %(reason)s"), reason=error
    )


def unwritten(error: object) -> StoreError:
    """Return our error for a write that PostgreSQL refused."""
    return _of_postgres(error) or StoreError(
        N_("The store cannot be written: %(reason)s"), reason=error
    )


def _of_postgres(error: object) -> StoreError | None:
    for kinds, make in _SAID:
        if isinstance(error, kinds):
            return make(error)
    return None


def _given_up(reason: object) -> StoreBusy:
    return StoreBusy(
        N_("The database gave up (%(reason)s); try again in a moment."), reason=reason
    )


_SAID: Final[tuple[tuple[tuple[type[Exception], ...], _Said], ...]] = (
    (_BUSY, lambda _: busy()),
    ((refused.QueryCanceled,), _given_up),
    ((refused.DiskFull,), full),
    (_NO_WRITING, read_only),
    (_DAMAGED, lambda error: damaged(Message(N_("The database")), error)),
    (_NO_MORE, exhausted),
)
