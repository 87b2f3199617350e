"""Imports that outlive a request: each is a folder with the file and what became of it.

    ID/upload          the file as it came
    ID/import.json     the import as the API shows it, replaced as a whole
    ID/problems.ndjson every refused record
    ID/records.ndjson  every record that changes something
    ID/lock            held by the process that works on it
    ID/cancel          there once somebody wants it stopped
    ID/digest          of an upload that may be sent again

A process that dies lets go of the lock; an import that says it is running while nobody
holds its lock was cut off. A file is one transaction, which notes the import's id, so
the store tells whether all of it was written or nothing.
"""

import fcntl
import hashlib
import json
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, Final

from glossary import document
from glossary.config import Settings
from glossary.errors import N_, Conflict, Message, NotFound
from glossary.formats import of_file
from glossary.formats.record import UnreadableFile
from glossary.query import Once, Order
from glossary.store import Store, beside
from glossary.store.once import reused
from glossary.store.writing import moved
from glossary.work import Import, Watch, Work, kept

__all__ = ["Import", "Imports"]

#: States in which work is still to be done.
OPEN: Final = frozenset({"queued", "running"})
_CHUNK: Final = 1 << 20


class Imports:
    """The imports of one store."""

    def __init__(self, settings: Settings) -> None:
        self._folder = Path(settings.imports or beside(settings.database, "imports"))
        self._settings = settings

    def submit(
        self,
        stream: BinaryIO | IO[bytes],
        order: Order,
        *,
        by: str,
        once: Once | None = None,
    ) -> Import:
        """Keep an uploaded file and return its import, queued.

        One that was sent before (`once`) is returned as it is by now.

        Raise UnreadableFile when the file is empty, too large, or in no known format.
        """
        self._sweep()
        folder = self._folder / _made_id()
        folder.mkdir(parents=True)
        try:
            with (folder / "upload").open("w+b") as upload:
                size = self._copy(stream, upload)
                upload.seek(0)
                format_ = order.format or of_file(upload, order.filename).name
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        made = Import(
            id=folder.name,
            state="queued",
            format=format_,
            glossary=order.glossary or self._settings.glossary,
            mode=order.mode,
            on_error=order.on_error,
            dry_run=order.dry_run,
            by=by,
            created=_now(),
            size=size,
            filename=order.filename,
            asked=asdict(order),
        )
        self._keep(made)
        return made if once is None else self._kept_once(made, once)

    def get(self, import_id: str, store: Store) -> Import:
        """Return an import as it is now; raise NotFound.

        One that was cut off is failed, unless the store knows that it was written.
        """
        found = self._read(import_id)
        if self._is_abandoned(found):
            with self._locked(import_id) as mine:
                if mine:
                    # Nobody works on it; it may have ended since it was read.
                    found = self._read(import_id)
                    if self._is_abandoned(found):
                        found = _cut_off(found, store.imported(import_id))
                        self._keep(found)
        return found

    def run(
        self, import_id: str, store: Store, *, watch: Watch = lambda *_: None
    ) -> Import:
        """Do the work of a queued import and return what came of it.

        Raise NotFound, and Conflict when another process works on it.
        """
        with self._locked(import_id) as mine:
            if not mine:
                raise Conflict(N_("The import “%(id)s” is running."), id=import_id)
            job = self._read(import_id)
            if job.state != "queued":
                return job
            job = replace(job, state="running")
            self._keep(job)
            folder = self._place(import_id)
            work = Work(job, folder, self._settings, keep=self._keep, watch=watch)
            try:
                done = work.done(store)
            except KeyboardInterrupt:
                self._keep(replace(job, state="cancelled"))
                raise
            self._keep(done)
            if done.state != "planned":
                (folder / "upload").unlink()
            return done

    def apply(self, import_id: str, store: Store) -> Import:
        """Queue a planned import, to do exactly what was planned.

        Raise Conflict when it is not planned, and Stale when the store has moved.
        """
        job = self.get(import_id, store)
        if job.state != "planned":
            raise Conflict(
                N_("The import “%(id)s” is %(state)s; only a planned one is applied."),
                id=import_id,
                state=job.state,
            )
        if (now := store.revision()) != job.revision:
            raise moved(now, job.revision)
        job = replace(job, state="queued", dry_run=False, problems=(), records=())
        self._keep(job)
        return job

    def cancel(self, import_id: str, store: Store) -> None:
        """Stop an import, or forget one that has ended; raise NotFound."""
        job = self.get(import_id, store)
        folder = self._place(import_id)
        (folder / "cancel").touch()
        if job.state == "queued":
            self._keep(replace(job, state="cancelled"))
        elif job.state not in OPEN:
            shutil.rmtree(folder, ignore_errors=True)

    def lines(self, import_id: str, name: str) -> Iterator[dict[str, Any]]:
        """Return every problem or record of an import; `name` says which.

        Raise NotFound.
        """
        self._read(import_id)
        return _lines(self._place(import_id) / f"{name}.ndjson")

    def _kept_once(self, made: Import, once: Once) -> Import:
        """Move an import to the place that its key names, unless one is there."""
        folder = self._place(made.id)
        with (folder / "upload").open("rb") as upload:
            digest = once.digest + hashlib.file_digest(upload, "sha256").hexdigest()
        name = hashlib.sha256(f"{made.by}\n{once.key}".encode()).hexdigest()[:32]
        (folder / "digest").write_text(digest)
        (folder / "import.json").write_bytes(document.write(replace(made, id=name)))
        try:
            folder.rename(self._place(name))
        except OSError:
            # A folder that holds something cannot be replaced: this was sent before.
            shutil.rmtree(folder)
            if (self._place(name) / "digest").read_text() != digest:
                raise reused() from None
        return self._read(name)

    def _is_abandoned(self, job: Import) -> bool:
        """Say whether an import looks as if nobody were working on it.

        One that is queued is begun at once, so a minute is more than it waits.
        """
        if job.state == "queued":
            kept = (self._place(job.id) / "import.json").stat().st_mtime
            return time.time() - kept > 60
        return job.state == "running"

    def _read(self, import_id: str) -> Import:
        path = self._place(import_id) / "import.json"
        try:
            return Import(**json.loads(path.read_bytes()))
        except FileNotFoundError:
            raise _no_such(import_id) from None

    def _place(self, import_id: str) -> Path:
        if not import_id.isalnum():
            raise _no_such(import_id)
        return self._folder / import_id

    def _keep(self, job: Import) -> None:
        folder = self._place(job.id)
        fresh = folder / f"import.{secrets.token_hex(4)}"
        fresh.write_bytes(document.write(job))
        fresh.replace(folder / "import.json")

    def _copy(self, stream: BinaryIO | IO[bytes], upload: IO[bytes]) -> int:
        size = 0
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > self._settings.max_import:
                raise UnreadableFile(
                    N_("The file has more than %(most)s bytes (%(setting)s)."),
                    most=self._settings.max_import,
                    setting="GLOSSARY_MAX_IMPORT",
                )
            upload.write(chunk)
        return size

    @contextmanager
    def _locked(self, import_id: str) -> Iterator[bool]:
        """Try to hold the lock of an import; yield whether it is held."""
        with (self._place(import_id) / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def _sweep(self) -> None:
        """Remove imports that have outlived their days."""
        if not self._folder.exists():
            return
        oldest = time.time() - self._settings.import_days * 86_400
        for folder in self._folder.iterdir():
            with suppress(FileNotFoundError):
                if folder.stat().st_mtime < oldest:
                    shutil.rmtree(folder, ignore_errors=True)


def _cut_off(job: Import, written: tuple[int, dict[str, int]] | None) -> Import:
    """Return what an import that nobody works on came to."""
    if written is None:
        cut = Message(N_("The import was cut off; nothing was written."))
        return replace(job, state="failed", error=kept(cut))
    revision, counts = written
    return replace(job, state="succeeded", revision=revision, counts=counts)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        with path.open("rb") as file:
            yield from (json.loads(line) for line in file)


def _no_such(import_id: str) -> NotFound:
    return NotFound(N_("There is no import “%(id)s”."), id=import_id)


def _made_id() -> str:
    return datetime.now(UTC).strftime("%Y%m%d%H%M%S") + secrets.token_hex(4)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
