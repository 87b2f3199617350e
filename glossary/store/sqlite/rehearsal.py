"""The copy that a dry run works on: a folder of its own, gone afterwards.

A process that is killed leaves its folder, but not the lock on it; the next one that
looks removes it.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from glossary.errors import StoreError
from glossary.message import N_
from glossary.store.refusal import of_system

_PREFIX: Final = ".rehearsal-"
#: Seconds in which whoever makes a folder surely has its lock too.
_MADE: Final = 60.0


@contextmanager
def rehearsal(database: str) -> Iterator[Path]:
    """Yield the path of a copy of a store, to be made; raise StoreError."""
    sweep(database)
    try:
        folder = Path(mkdtemp(prefix=_PREFIX, dir=_home(database)))
        lock = _locked(folder)
    except OSError as error:
        raise of_system(error) or StoreError(
            N_("The store cannot be written: %(reason)s"), reason=error
        ) from error
    try:
        yield folder / "copy.db"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def sweep(database: str) -> None:
    """Remove the folders of dry runs of a store that are no longer under way."""
    with suppress(OSError):
        for folder in _home(database).glob(f"{_PREFIX}*"):
            if time.time() - folder.stat().st_mtime > _MADE or _is_old(folder):
                lock = _locked(folder)
                if lock is not None:
                    shutil.rmtree(folder, ignore_errors=True)
                    os.close(lock)


def _home(database: str) -> Path:
    return Path(database).absolute().parent


def _is_old(folder: Path) -> bool:
    """Say whether a folder has its copy already, and so had its lock."""
    return (folder / "copy.db").exists()


def _locked(folder: Path) -> int | None:
    """Lock a folder for as long as this process lives; None when another one has it."""
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock
