"""What a store's name says: a file of this machine, or the address of a database."""

import hashlib
import os
from pathlib import Path
from tempfile import gettempdir

from glossary.errors import StoreUnreadable
from glossary.message import N_


def is_address(database: str) -> bool:
    """Say whether a store's name is an address of PostgreSQL, not a file."""
    return database.startswith(("postgresql://", "postgres://"))


def beside(database: str, suffix: str) -> Path:
    """Return where this machine keeps a file or folder that goes with a store.

    For a file it is next to it; for a database, in a folder among the temporary files
    that only this user can read.
    """
    if not is_address(database):
        return Path(f"{database}.{suffix}")
    folder = Path(gettempdir()) / f"glossary-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise StoreUnreadable(N_("%(path)s belongs to somebody else."), path=folder)
    place = database.partition("://")[2].rpartition("@")[2].partition("?")[0]
    return folder / f"{hashlib.sha256(place.encode()).hexdigest()[:16]}.{suffix}"
