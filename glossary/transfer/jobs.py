"""Imports that outlive a request: a file in a queue, and what became of it.

Whoever works on an import holds its lease, which is free again when that process is
gone. A file is one transaction, which notes the import's id, so the store tells whether
all of it was written or nothing. An import that was cut off has failed where the queue
is a folder of this machine; where all nodes share it, the next one begins it anew.
"""

import hashlib
import json
import re
import secrets
import subprocess  # nosec B404 - our own program.
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, Final

from glossary.config import Settings
from glossary.entry import codec
from glossary.errors import Conflict, NotConfirmed, NotFound, StoreError, UnreadableFile
from glossary.formats import of_file
from glossary.message import N_, Message
from glossary.people import Actor
from glossary.query import Moment, Once, Order
from glossary.store import Store, beside, moved, reused
from glossary.transfer.again import done_again, is_again, seal
from glossary.transfer.run import OURS, Import, Watch, Work, refusal, storable

__all__ = ["OURS", "Import", "Imports", "begin", "refusal", "under_way"]

#: States in which work is still to be done.
OPEN: Final = frozenset({"queued", "running"})
_CHUNK: Final = 1 << 20
#: What an import may be called: nothing that leads out of the queue.
_ID: Final = re.compile(r"[0-9a-f]{16,64}")
#: So often an import is begun anew that took its process down with it.
_TRIES: Final = 3


class Imports:
    """The imports of one store, as far as `asker` may see and change them.

    An import belongs to who has sent it. To anybody else but an admin it is not there.
    Without an asker, who works on the machine itself sees all of them.
    """

    def __init__(
        self, settings: Settings, store: Store, *, asker: Actor | None = None
    ) -> None:
        self._asker = asker
        folder = Path(settings.imports or beside(settings.database, "imports"))
        self._store = store
        self._queue = store.queue(folder)
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
        self._queue.sweep(days=self._settings.import_days)
        with self._queue.upload() as place:
            with place.open("w+b") as upload:
                size, digest = self._copy(stream, upload)
                upload.seek(0)
                format_ = order.format or of_file(upload, order.filename).name
            job = Import(
                id=secrets.token_hex(16) if once is None else _id_of(once),
                state="queued",
                format=format_,
                glossary=order.glossary or self._settings.glossary,
                mode=order.mode,
                on_error=order.on_error,
                dry_run=order.dry_run,
                by=by,
                owner=self._asker.name if self._asker else None,
                roles=self._asker.roles if self._asker else None,
                created=_now(),
                size=size,
                digest=seal(digest),
                filename=order.filename,
                asked=asdict(order),
            )
            digests = once.digest + digest if once else ""
            if self._queue.add(job.id, codec.write(job), place, digests):
                return job
        if self._queue.digest(job.id) != digests:
            raise reused()
        return self._read(job.id)

    def get(self, import_id: str) -> Import:
        """Return an import as it is now; raise NotFound.

        One that was cut off, and that nobody will go on with, is failed, unless the
        store knows that it was written.
        """
        text = self._read(import_id)
        if self._is_abandoned(text):
            with self._queue.lease(import_id) as mine:
                if mine:
                    # Nobody works on it; it may have ended since it was read.
                    text = self._read(import_id)
                    if self._is_abandoned(text):
                        text = self._cut_off(text)
        return text

    def run(self, import_id: str, *, watch: Watch = lambda *_: None) -> Import:
        """Do the work of an import and return what came of it.

        Raise NotFound, and Conflict when another process works on it.
        """
        with self._queue.lease(import_id) as attempt:
            if not attempt:
                self._read(import_id)
                raise Conflict(N_("The import “%(id)s” is running."), id=import_id)
            job = self._read(import_id)
            if job.state not in OPEN:
                return job
            if self._store.imported(import_id) is not None or attempt > _TRIES:
                return self._cut_off(job)
            return self._worked_on(replace(job, state="running"), watch)

    def at_work(self) -> int:
        """Return how many imports of all senders are worked on."""
        return self._queue.at_work()

    def due(self) -> list[str]:
        """Return the imports that were cut off and should be begun anew."""
        return self._queue.due()

    def apply(self, import_id: str, *, confirm: int | None = None) -> Import:
        """Queue a planned import, to do exactly what was planned, in the asker's name.

        Raise Conflict when it is not planned, Stale when the store has moved, and
        NotConfirmed when the plan asks for another number than `confirm`.
        """
        job = self.get(import_id)
        if job.state != "planned":
            raise Conflict(
                N_(
                    "The import “%(id)s” is %(state)s; only a planned one "
                    "can be applied."
                ),
                id=import_id,
                state=job.state,
            )
        now = self._store.moment()
        if now != (then := Moment(job.revision or 0, job.epoch or now.epoch)):
            raise moved(now, then)
        if job.confirm is not None and job.confirm != confirm:
            raise NotConfirmed(job.confirm)
        job = replace(
            job,
            state="queued",
            by=self._asker.name if self._asker else job.by,
            roles=self._asker.roles if self._asker else job.roles,
            dry_run=False,
            problems=(),
            warnings=(),
            records=(),
            asked={**job.asked, "confirm": confirm},
        )
        self._keep(job)
        return job

    def cancel(self, import_id: str) -> None:
        """Stop an import, or forget one that has ended; raise NotFound."""
        job = self.get(import_id)
        self._queue.cancel(import_id)
        if job.state == "queued":
            self._keep(replace(job, state="cancelled"))
        elif job.state not in OPEN:
            self._queue.remove(import_id)

    def lines(self, import_id: str, name: str) -> Iterator[dict[str, Any]]:
        """Return every problem or record of an import; `name` says which.

        Raise NotFound.
        """
        self._read(import_id)
        return map(json.loads, self._queue.lines(import_id, name))

    def _worked_on(self, job: Import, watch: Watch) -> Import:
        before = self._before(job)
        if before is not None:
            return self._done_again(job, before)
        self._keep(job)
        with self._queue.folder(job.id) as folder:
            work = Work(
                job,
                folder,
                self._settings,
                keep=self._keep,
                cancelled=lambda: self._queue.cancelled(job.id),
                watch=watch,
            )
            try:
                job_now = work.done(self._store)
            except KeyboardInterrupt:
                self._keep(replace(job, state="cancelled"))
                raise
        if job_now.state == "failed" and self._store.imported(job.id) is not None:
            return self._cut_off(job)
        self._keep(job_now)
        if job_now.state != "planned":
            self._queue.done_with(job.id)
        return job_now

    def _before(self, job: Import) -> Import | None:
        """Return the import of the same file that made the store what it is, if any."""
        last = self._store.last_import()
        document = self._queue.read(last) if last and last != job.id else None
        before = _import_of(document) if document is not None else None
        if before is None or before.epoch != self._store.epoch:
            return None
        return before if is_again(job, before) else None

    def _done_again(self, job: Import, before: Import) -> Import:
        """End an import that would change nothing, with its reports."""
        job_now, warning = done_again(job, before)
        with self._queue.folder(job.id) as folder:
            lines = b"".join(
                line.rstrip(b"\n") + b"\n"
                for line in self._queue.lines(before.id, "left-out")
            )
            (folder / "left-out.ndjson").write_bytes(lines)
            (folder / "warnings.ndjson").write_bytes(codec.write(warning) + b"\n")
            for name in ("problems", "records"):
                (folder / f"{name}.ndjson").touch()
        self._keep(job_now)
        if job_now.state != "planned":
            self._queue.done_with(job.id)
        return job_now

    def _cut_off(self, job: Import) -> Import:
        """Return what an import that nobody will go on with came to, and keep it."""
        result = self._store.imported(job.id)
        if result is None:
            cut = Message(N_("The import was interrupted; nothing was written."))
            job = replace(job, state="failed", error=storable(cut))
        else:
            revision, counts = result
            job = replace(job, state="succeeded", revision=revision, counts=counts)
            job = replace(job, epoch=self._store.epoch)
        with suppress(StoreError):
            # On a full disk it is not kept, but said all the same.
            self._keep(job)
        return job

    def _is_abandoned(self, job: Import) -> bool:
        """Say whether it looks as if nobody worked on an import, or ever will.

        One that is queued is begun at once, so a minute is more than it waits.
        """
        if self._queue.hands_on or job.state not in OPEN:
            return False
        return job.state == "running" or self._queue.age(job.id) > 60

    def _read(self, import_id: str) -> Import:
        text = self._queue.read(import_id) if _ID.fullmatch(import_id) else None
        job = _import_of(text) if text is not None else None
        if job is None or (self._asker and not self._asker.owns(job.owner)):
            raise NotFound(N_("There is no import “%(id)s”."), id=import_id)
        return job

    def _keep(self, job: Import) -> None:
        self._queue.keep(job.id, codec.write(job), open_=job.state in OPEN)

    def _copy(self, stream: BinaryIO | IO[bytes], upload: IO[bytes]) -> tuple[int, str]:
        """Copy a file; return its size and its digest."""
        size, digest = 0, hashlib.sha256()
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > self._settings.max_import:
                raise UnreadableFile(
                    N_("The file has more than %(most)s bytes (%(setting)s)."),
                    most=self._settings.max_import,
                    setting="GLOSSARY_MAX_IMPORT",
                )
            upload.write(chunk)
            digest.update(chunk)
        return size, digest.hexdigest()


class _Begun:
    """The imports that processes of their own work on for this one."""

    def __init__(self) -> None:
        self._wanted_again: dict[str, bool] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._wanted_again)

    def claim(self, import_id: str) -> bool:
        """Note an import as worked on.

        For one that is already, return False, and note that it is wanted again: its
        process may have done its work and only not have ended.
        """
        with self._lock:
            is_new = import_id not in self._wanted_again
            self._wanted_again[import_id] = not is_new
        return is_new

    def release(self, import_id: str) -> bool:
        """Note that nobody works on an import; say whether it was wanted again."""
        with self._lock:
            return self._wanted_again.pop(import_id, False)


_BEGUN: Final = _Begun()


def begin(import_id: str) -> None:
    """Have a process of its own work on an import, which outlives this one.

    While such a process runs that this one began there is no second beside it, which
    may not have come to its work yet on a machine that is busy; where one was wanted
    meanwhile, it follows.
    """
    if not _BEGUN.claim(import_id):
        return
    command = [sys.executable, "-m", "glossary.cli", "run-import", import_id]
    try:
        process = subprocess.Popen(  # noqa: S603 - our own program and an id we made.  # nosec B603
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        # Somebody must take note of its end, or it stays in the table of processes.
        watch = threading.Thread(target=_watch, args=(import_id, process), daemon=True)
        watch.start()
    except BaseException:
        _BEGUN.release(import_id)
        raise


def _watch(import_id: str, process: "subprocess.Popen[bytes]") -> None:
    process.wait()
    if _BEGUN.release(import_id):
        with suppress(OSError):
            begin(import_id)


def under_way() -> int:
    """Return how many imports that this process began are still worked on."""
    return len(_BEGUN)


def _import_of(text: bytes) -> Import:
    """Return a kept import; what an older version kept belongs to who had it done."""
    fields = json.loads(text)
    return Import(**{"owner": fields["by"], **fields})


def _id_of(once: Once) -> str:
    """Return the id that a key stands for: the same on every node, and a secret.

    It is made from a token, so that nobody else can guess it.
    """
    return hashlib.sha256(f"{once.seal}\n{once.key}".encode()).hexdigest()[:32]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
