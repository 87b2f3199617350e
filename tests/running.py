"""The real programs that tests start: the command line, servers, a browser."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, TypeVar

import pytest

from tests import postgresql
from tests.answers import API
from tests.warm import Process

T = TypeVar("T")

IN_CI = os.environ.get("CI") == "true"


def needs(part: str | None, what: str) -> str:
    """Return the part, or skip aloud; in CI its absence is a failure."""
    if part:
        return part
    if IN_CI:
        pytest.fail(f"CI must have {what}")
    pytest.skip(f"{what} is not installed here")


class Server:
    """A real server in a process of its own, on a port of its own."""

    def __init__(self, database: Path | str, **environment: str) -> None:
        self.port = postgresql.free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        # Pages are tried on busy machines too; who is refused there is tried elsewhere.
        self.environment = {
            "GLOSSARY_MAX_WAIT": "30",
            **os.environ,
            "GLOSSARY_DATABASE": str(database),
            **environment,
        }
        self.start()

    def start(self) -> None:
        command = ["serve", "--port", str(self.port), "--workers", "2"]
        self.process = Process(command, self.environment)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                self.call("GET", "/readyz")
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("the server did not start")

    def kill(self) -> None:
        """Kill the server and its workers at once, as a power cut would."""
        os.killpg(self.process.pid, 9)
        self.process.wait()

    def call(
        self,
        method: str,
        path: str,
        document: object = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, Any]:
        """Return status and JSON of an answer."""
        body = None if document is None else json.dumps(document).encode()
        kind = {"Content-Type": "application/json"} if body else {}
        request = urllib.request.Request(
            self.address + path, body, {**kind, **(headers or {})}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read())


def chromium() -> str:
    """Return where Chromium is, or skip aloud."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return needs(found, "Chromium")


def run(
    *arguments: str, database: Path | str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the real program."""
    with TemporaryFile() as stdout, TemporaryFile() as stderr:
        process = Process(
            arguments,
            {
                **os.environ,
                "GLOSSARY_DATABASE": str(database),
                "LC_ALL": "C.UTF-8",
                **environment,
            },
            stdout=stdout,
            stderr=stderr,
        )
        code = process.wait()
        told = []
        for stream in (stdout, stderr):
            stream.seek(0)
            told.append(stream.read().decode())
    return subprocess.CompletedProcess(arguments, code, *told)


def apart(work: Coroutine[Any, Any, T]) -> T:
    """Do something in a thread of its own; a browser keeps a loop in the main one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def waited(
    server: Server, address: str, states: set[str], writer: dict[str, str]
) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    headers = {"Authorization": writer["Authorization"]}
    while time.monotonic() < deadline:
        _, report = server.call("GET", address, headers=headers)
        if report["state"] in states:
            found: dict[str, Any] = report
            return found
        time.sleep(0.1)
    raise TimeoutError(report)


def big(number: int) -> bytes:
    rows = (f"词语{n}号,term number {n}\n" for n in range(number))
    return ("zh,en\n" + "".join(rows)).encode()


def posted(server: Server, content: bytes, headers: dict[str, str]) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{server.address}{API}/imports", content, headers, method="POST"
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 202
        report: dict[str, Any] = json.loads(answer.read())
        assert answer.headers["Location"] == f"{API}/imports/{report['id']}"
        return report


def killed(import_id: str) -> None:
    """Kill the process that works on an import."""
    assert import_id
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        # A process of another test may end between its listing and its reading.
        with suppress(FileNotFoundError, ProcessLookupError):
            if import_id.encode() in process.read_bytes():
                os.kill(int(process.parent.name), signal.SIGKILL)
