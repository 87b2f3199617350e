"""A server as an operator starts it, with what it says and the processes it has."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from glossary.people import access
from glossary.store import open_store
from tests.answers import API
from tests.nouns import major_country
from tests.postgresql import free_port
from tests.warm import Process

#: A machine that runs other tests beside this one may be slow.
PATIENCE = 60.0


def until(what: Callable[[], Any], seconds: float = PATIENCE) -> float:
    """Wait until something is so; return the seconds that it took."""
    begin = time.monotonic()
    while not what():
        assert time.monotonic() < begin + seconds, "it did not come about in time"
        time.sleep(0.02)
    return time.monotonic() - begin


def runs(pid: int) -> bool:
    """Say whether a process is there and not merely waiting to be taken note of."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep every write to a store waiting, as another program would."""
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("begin immediate")
    yield
    other.execute("rollback")
    other.close()


class Running:
    """`glossary serve`, on a port of its own."""

    def __init__(
        self,
        database: Path | str,
        *arguments: str,
        port: int = 0,
        before: tuple[str, ...] = (),
        cwd: Path | None = None,
        **environment: str,
    ) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.text = ""
        command = ["serve", "--port", str(self.port), "--workers", "2", *arguments]
        variables = {
            **os.environ,
            "GLOSSARY_DATABASE": str(database),
            "LC_ALL": "C.UTF-8",
            **environment,
        }
        reading, writing = os.pipe()
        self._errors = os.fdopen(reading)
        with os.fdopen(writing, "wb") as stderr:
            self.process: subprocess.Popen[bytes] | Process = (
                subprocess.Popen(
                    [*before, sys.executable, "-m", "glossary.cli", *command],
                    env=variables,
                    cwd=cwd,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=stderr,
                    start_new_session=True,
                )
                if before or cwd
                else Process(command, variables, stderr=stderr)
            )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self._errors:
            self.text += line

    def get(self, path: str, **options: Any) -> httpx.Response:
        return httpx.get(self.url + path, timeout=PATIENCE, **options)

    def ready(self) -> "Running":
        until(lambda: "Serving" in self.text or self.process.poll() is not None)
        until(lambda: self.answers() or self.process.poll() is not None)
        assert self.process.poll() is None, self.text
        return self

    def answers(self) -> bool:
        try:
            return self.get("/readyz").status_code == 200
        except httpx.TransportError:
            return False

    def takes(self) -> bool:
        """Say whether a connection that is opened now is answered."""
        try:
            return self.get("/healthz").status_code == 200
        except httpx.TransportError:
            return False

    def workers(self) -> list[int]:
        """Return the processes that answer requests."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        try:
            return [pid for pid in map(int, path.read_text().split()) if runs(pid)]
        except OSError:
            return []

    def signal(self, number: int) -> None:
        os.kill(self.process.pid, number)

    def ended(self, seconds: float = PATIENCE) -> int:
        """Return the exit code once the server has ended and said its last word."""
        code = self.process.wait(seconds)
        self._reader.join(2)
        return code

    def end(self) -> None:
        """End whatever is left of the server."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._reader.join(2)
        self._errors.close()


def posted(server_url: str, headers: dict[str, str], name: str) -> httpx.Response:
    document = major_country(id=name)
    return httpx.post(
        f"{server_url}{API}/entries", json=document, headers=headers, timeout=30
    )


def bearer(path: Path) -> dict[str, str]:
    store = open_store(str(path))
    token = access.create(store, "editor")
    store.close()
    return {"Authorization": f"Bearer {token}"}


Serve = Callable[..., Running]


@contextlib.contextmanager
def servers() -> Iterator[Serve]:
    """Yield what starts servers; none of them is left at the end."""
    started: list[Running] = []

    def serve(*arguments: Any, **options: Any) -> Running:
        started.append(Running(*arguments, **options))
        return started[-1]

    yield serve
    for each in started:
        each.end()
