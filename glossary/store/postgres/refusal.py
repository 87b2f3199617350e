"""What PostgreSQL refuses, as our errors, which say what to do."""

from psycopg import errors as refused

from glossary.errors import StoreError
from glossary.message import N_, Message
from glossary.store.refusal import busy, damaged, exhausted, full, read_only

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
    if isinstance(error, _BUSY):
        return busy()
    if isinstance(error, refused.DiskFull):
        return full(error)
    if isinstance(error, _NO_WRITING):
        return read_only(error)
    if isinstance(error, _DAMAGED):
        return damaged(Message(N_("The database")), error)
    if isinstance(error, _NO_MORE):
        return exhausted(error)
    return None
