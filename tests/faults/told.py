"""What each fault of a disk or a file tells a client, the balancer and the operator.

    python -m tests.faults.told

A server of its own over a file of its own meets one fault after the other; what a
write, a look-up, `/readyz` and `glossary doctor` said meanwhile is printed, and then
whether all is as it was: nothing that was refused is there, what was acknowledged is.
Exits with 1 where it is not. Disks that fill up or may not be written need root.
"""

import json
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from glossary.curation import load_curated
from glossary.store import open_store
from tests.answers import API
from tests.faults.disks import filled, remounted, room_for, small_disk, spoil
from tests.faults.running import (
    Running,
    Serve,
    bearer,
    locked,
    posted,
    servers,
    until,
)
from tests.running import run


class Site:
    """A server, its file, and who may write."""

    def __init__(self, serve: Serve, path: Path, editor: dict[str, str]) -> None:
        self._serve, self.path, self.editor = serve, path, editor
        self.start()

    def start(self) -> None:
        """Start a server over the file."""
        options = {"GLOSSARY_BUSY_TIMEOUT": "1"}
        self.server: Running = self._serve(self.path, "--workers", "1", **options)
        until(lambda: "Serving" in self.server.text and self.server.takes())

    def tell(self) -> dict[str, str]:
        """Return what everybody is told now."""
        reads = self.server.get(f"{API}/lookup?q=主权")
        return {
            "write": _of(posted(self.server.url, self.editor, "meanwhile")),
            "look-up": _of(reads),
            "/readyz": _of(self.server.get("/readyz")),
            "/healthz": _of(self.server.get("/healthz")),
            "doctor": self.doctor(),
        }

    def doctor(self) -> str:
        """Return what the doctor finds wrong or advises."""
        done = run("doctor", "--json", database=self.path)
        with suppress(ValueError):
            checks = json.loads(done.stdout)
            wrong = [each for each in checks if each["verdict"] == "wrong"]
            return "; ".join(f"{w['check']}: {w['detail']}" for w in wrong) or "well"
        return done.stderr.strip()

    def is_whole(self) -> bool:
        """Say whether all is well again, and only what was acknowledged is there."""
        until(self.server.answers)
        after = posted(self.server.url, self.editor, "afterwards")
        entries = {
            name: self.server.get(f"{API}/entries/{name}").status_code
            for name in ("before", "meanwhile", "afterwards")
        }
        return (
            after.status_code == 201
            and entries == {"before": 200, "meanwhile": 404, "afterwards": 200}
            and self.doctor() == "well"
        )


def _of(answer: httpx.Response) -> str:
    body: Any = {}
    with suppress(ValueError):
        body = answer.json()
    return f"{answer.status_code} {body.get('code', '')}".strip()


@contextmanager
def full(site: Site) -> Iterator[None]:
    """Leave no room on the disk."""
    with filled(site.path.parent):
        yield


@contextmanager
def read_only(site: Site) -> Iterator[None]:
    """Let nobody write the disk; a server that has it open would not let it be so."""
    site.server.signal(signal.SIGTERM)
    site.server.ended()
    remounted(site.path.parent, "ro")
    site.start()
    yield
    remounted(site.path.parent, "rw")


@contextmanager
def small_files(site: Site) -> Iterator[None]:
    """Let no process of the server write more into a file."""
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in _all(site)}
    for pid, (_, hard) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, hard))
    yield
    for pid, limits in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def _all(site: Site) -> list[int]:
    return [site.server.process.pid, *site.server.workers()]


@contextmanager
def gone(site: Site) -> Iterator[None]:
    """Take the file away."""
    aside = site.path.with_name("aside.db")
    site.path.rename(aside)
    yield
    aside.rename(site.path)


@contextmanager
def replaced(site: Site) -> Iterator[None]:
    """Put another store in the place of the file."""
    folder = site.path.parent
    other, aside = folder / "other" / site.path.name, folder / "aside"
    other.parent.mkdir()
    aside.mkdir()
    open_store(str(other)).close()
    names = [each.name for each in folder.glob(f"{site.path.name}*") if each.is_file()]
    for name in names:
        (folder / name).rename(aside / name)
    shutil.copy(other, site.path)
    yield
    for each in folder.glob(f"{site.path.name}-*"):
        each.unlink()
    for name in names:
        (aside / name).replace(folder / name)


@contextmanager
def busy(site: Site) -> Iterator[None]:
    """Keep the lock of the store."""
    with locked(site.path):
        yield


@contextmanager
def damaged(site: Site) -> Iterator[None]:
    """Overwrite the pages of a table, which nothing but a backup mends.

    A server that has read them knows them by heart and may write on: it is another one
    that meets them.
    """
    site.server.signal(signal.SIGTERM)
    site.server.ended()
    spoil(site.path, "version")
    site.start()
    site.server.get(f"{API}/entries/before/versions")
    yield


FAULTS: dict[str, Callable[[Site], Any]] = {
    "a full disk": full,
    "a read-only disk": read_only,
    "a limit on the size of files": small_files,
    "a file that is gone": gone,
    "another store in its place": replaced,
    "a lock that another process holds": busy,
    "damaged pages": damaged,
}


def met(name: str, whole: Path) -> bool:
    """Let a fault strike a server of its own; print what was told; say if it ended."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "disk"
        if name.endswith("disk"):
            stack.enter_context(small_disk(folder, room_for(whole)))
        else:
            folder.mkdir()
        path = folder / "glossary.db"
        shutil.copy(whole, path)
        editor = bearer(path)
        serve = stack.enter_context(servers())
        site = Site(serve, path, editor)
        before = posted(site.server.url, editor, "before").status_code
        with FAULTS[name](site):
            told = site.tell()
        lasts = name == "damaged pages"
        is_refused = told["write"].startswith("503") if lasts else site.is_whole()
        is_whole = before == 201 and is_refused
    print(f"{name}:")  # noqa: T201 - it is what it is run for.
    for who, what in told.items():
        print(f"  {who}: {what}")  # noqa: T201 - as above.
    over = "it stays so until a backup is restored" if lasts else f"whole: {is_whole}"
    print(f"  afterwards, {over}", flush=True)  # noqa: T201 - as above.
    return is_whole


def main() -> None:
    """Let every fault strike."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "glossary.db"
        store = open_store(str(whole))
        load_curated(store)
        store.close()
        results = []
        for name in FAULTS:
            try:
                results.append(met(name, whole))
            except pytest.skip.Exception as reason:
                print(f"{name}: not here, {reason}")  # noqa: T201 - as above.
    sys.exit(not all(results))


if __name__ == "__main__":
    main()
