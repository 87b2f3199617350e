"""What is made once a run, by the first of its processes that needs it."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

from glossary.curation.fixtures import load_curated
from glossary.recognition.snapshot import build
from glossary.store import beside, open_store


def once(root: Path, name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder of a name, which `make` has filled in this or another process.

    A folder that is there is whole: it gets its name when it is filled.
    """
    folder = root / name
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = root / f"{name}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder


def fill(address: str) -> None:
    """Load the curated glossary into a store, and gather its wordings beside it."""
    store = open_store(address)
    load_curated(store)
    build(store, beside(address, "lexicon"))
    store.close()


def lent(wordings: Path, place: Path) -> None:
    """Put gathered wordings where another store has its own.

    Such a file is never written into, but replaced as a whole: one does for all.
    """
    try:
        place.hardlink_to(wordings)
    except OSError:
        shutil.copy(wordings, place)


def copied(glossary: Path, place: Path) -> Path:
    """Copy a file of a store with its wordings, which each reader would gather anew."""
    shutil.copy(glossary, place)
    lent(beside(str(glossary), "lexicon"), beside(str(place), "lexicon"))
    return place
