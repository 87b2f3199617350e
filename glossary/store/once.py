"""Writes that may be sent again: what a key stood for, and what it made."""

from datetime import UTC, datetime, timedelta
from typing import Final

from glossary.errors import Invalid
from glossary.message import N_, Problem
from glossary.query import Once
from glossary.store.connection import Connection

#: How long a key is remembered.
_KEPT: Final = timedelta(hours=24)


class DoneBefore(Exception):
    """The write was done when it was sent first; it made this version of an entry."""

    def __init__(self, entry: str, version: int) -> None:
        super().__init__(entry, version)
        self.entry, self.version = entry, version


def must_be_new(connection: Connection, once: Once, by: str) -> None:
    """Raise DoneBefore when the write was done; Invalid when the key was another's."""
    row = connection.execute(
        'select digest, entry, version from once where key = ? and "by" = ?',
        [once.key, by],
    ).fetchone()
    if row is None:
        return
    digest, entry, version = row
    if digest != once.digest:
        raise reused()
    raise DoneBefore(entry, version)


def note(connection: Connection, once: Once, by: str, maker: tuple[str, int]) -> None:
    """Remember, with the write itself, what it made; forget keys older than a day."""
    now = datetime.now(UTC)
    connection.execute("delete from once where at < ?", [(now - _KEPT).isoformat()])
    connection.execute(
        'insert into once (key, "by", digest, entry, version, at) '
        "values (?, ?, ?, ?, ?, ?)",
        [once.key, by, once.digest, *maker, now.isoformat()],
    )


def reused() -> Invalid:
    """Return the error of a key that was sent before with something else."""
    template = N_("This key was sent before, with another request.")
    return Invalid([Problem("/Idempotency-Key", template)])
