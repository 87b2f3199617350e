"""Where imports are kept: in a folder of this machine, for the embedded store.

    ID/upload          the file as it came
    ID/import.json     the import as the API shows it, replaced as a whole
    ID/problems.ndjson every refused record
    ID/warnings.ndjson every record that deserves a look
    ID/left-out.ndjson what stands in no entry afterwards
    ID/records.ndjson  every record that changes something
    ID/lock            held by the process that works on it
    ID/cancel          there once somebody wants it stopped
    ID/digest          of an upload that may be sent again

A process that dies lets go of the lock.
"""

import errno
import fcntl
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Final, Protocol

from glossary.store.refusal import of_files

#: Seconds after which an upload that did not end was cut off.
_UNFINISHED: Final = 86_400
#: The reports of a run, by the names of their files.
REPORTS = ("problems", "warnings", "left-out", "records")


class Queue(Protocol):
    """What a place for imports does; each import has a name of letters and digits."""

    #: Whether another process goes on with an import that was cut off.
    hands_on: bool

    def upload(self) -> AbstractContextManager[Path]:
        """Open a place for a file that comes in; it is gone at the end, or added."""

    def add(self, name: str, document: bytes, upload: Path, digest: str) -> bool:
        """Keep a new import with its file; return False when there is one already."""

    def digest(self, name: str) -> str:
        """Return the digest that an import was added with."""

    def read(self, name: str) -> bytes | None:
        """Return an import as it was kept last, or None when there is none."""

    def keep(self, name: str, document: bytes, *, open_: bool) -> None:
        """Keep an import; `open_` says whether work is still to be done."""

    def age(self, name: str) -> float:
        """Return the seconds since an import was kept last."""

    def lease(self, name: str) -> AbstractContextManager[int]:
        """Try to be the only one who works on an import, until the end or death.

        Yield how many have begun it, this one included; 0 when somebody works on it,
        or when there is none.
        """

    def folder(self, name: str) -> AbstractContextManager[Path]:
        """Open a folder with the import's file; reports that are put there are kept."""

    def done_with(self, name: str) -> None:
        """Remove an import's file; its reports stay."""

    def lines(self, name: str, report: str) -> Iterator[bytes]:
        """Yield the lines of a report."""

    def cancel(self, name: str) -> None:
        """Let it be known that an import is to be stopped."""

    def cancelled(self, name: str) -> bool:
        """Say whether an import is to be stopped."""

    def remove(self, name: str) -> None:
        """Remove an import and all that belongs to it."""

    def sweep(self, *, days: int) -> None:
        """Remove imports that are older."""

    def due(self) -> list[str]:
        """Return the imports that somebody should go on with."""

    def at_work(self) -> int:
        """Return how many imports somebody works on."""


class FolderQueue:
    """A folder for each import."""

    hands_on = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def upload(self) -> Iterator[Path]:
        """Open a place for a file that comes in; it is gone at the end, or added."""
        place = self._folder / f".upload-{secrets.token_hex(8)}"
        with of_files():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                yield place
            finally:
                place.unlink(missing_ok=True)

    @of_files()
    def add(self, name: str, document: bytes, upload: Path, digest: str) -> bool:
        """Keep a new import with its file; return False when there is one already."""
        folder = self._folder / f".new-{secrets.token_hex(8)}"
        try:
            folder.mkdir()
            upload.rename(folder / "upload")
            (folder / "digest").write_text(digest)
            (folder / "import.json").write_bytes(document)
            folder.rename(self._folder / name)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            # A folder that holds something cannot be replaced.
            if error.errno in {errno.ENOTEMPTY, errno.EEXIST}:
                return False
            raise
        return True

    @of_files()
    def digest(self, name: str) -> str:
        """Return the digest that an import was added with."""
        return (self._folder / name / "digest").read_text()

    @of_files()
    def read(self, name: str) -> bytes | None:
        """Return an import as it was kept last, or None when there is none."""
        try:
            return (self._folder / name / "import.json").read_bytes()
        except FileNotFoundError:
            return None

    @of_files()
    def keep(self, name: str, document: bytes, *, open_: bool) -> None:  # noqa: ARG002 - it says so itself.
        """Keep an import; `open_` says whether work is still to be done."""
        fresh = self._folder / name / f"import.{secrets.token_hex(4)}"
        try:
            fresh.write_bytes(document)
            fresh.replace(self._folder / name / "import.json")
        except OSError:
            fresh.unlink(missing_ok=True)
            raise

    @of_files()
    def age(self, name: str) -> float:
        """Return the seconds since an import was kept last."""
        # Where the clock has gone back since, it was kept in what is the future now.
        return abs(time.time() - (self._folder / name / "import.json").stat().st_mtime)

    @contextmanager
    def lease(self, name: str) -> Iterator[int]:
        """Try to be the only one who works on an import, until the end or death.

        Yield 1, or 0 when somebody works on it or there is none.
        """
        folder = self._folder / name
        if not folder.is_dir():
            yield 0
            return
        with of_files():
            file = (folder / "lock").open("w")
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield 0
            else:
                yield 1

    @contextmanager
    def folder(self, name: str) -> Iterator[Path]:
        """Open a folder with the import's file; reports that are put there are kept."""
        yield self._folder / name

    @of_files()
    def done_with(self, name: str) -> None:
        """Remove an import's file; its reports stay."""
        (self._folder / name / "upload").unlink()

    def lines(self, name: str, report: str) -> Iterator[bytes]:
        """Yield the lines of a report."""
        path = self._folder / name / f"{report}.ndjson"
        with of_files():
            file = path.open("rb") if path.exists() else None
        if file is not None:
            with file:
                yield from file

    @of_files()
    def cancel(self, name: str) -> None:
        """Let it be known that an import is to be stopped."""
        (self._folder / name / "cancel").touch()

    @of_files()
    def cancelled(self, name: str) -> bool:
        """Say whether an import is to be stopped."""
        return (self._folder / name / "cancel").exists()

    def remove(self, name: str) -> None:
        """Remove an import and all that belongs to it."""
        shutil.rmtree(self._folder / name, ignore_errors=True)

    @of_files()
    def sweep(self, *, days: int) -> None:
        """Remove imports that are older."""
        if not self._folder.exists():
            return
        oldest = time.time() - days * 86_400
        unfinished = max(oldest, time.time() - _UNFINISHED)
        for place in self._folder.iterdir():
            with suppress(FileNotFoundError):
                is_unfinished = place.name.startswith((".upload-", ".new-"))
                if place.stat().st_mtime < (unfinished if is_unfinished else oldest):
                    if place.is_dir():
                        shutil.rmtree(place, ignore_errors=True)
                    else:
                        place.unlink()

    def due(self) -> list[str]:
        """Return nothing: an import of a folder that was cut off has failed."""
        return []

    @of_files()
    def at_work(self) -> int:
        """Return how many imports somebody works on."""
        return sum(map(_is_locked, self._folder.glob("*/lock")))


def _is_locked(path: Path) -> bool:
    with suppress(FileNotFoundError), path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
