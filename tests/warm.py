"""The program without the second and a half that Python needs to load it.

A process that has loaded all that the program is made of, but for `glossary.cli`, waits
for orders and forks for each: the fork reads its arguments and its environment and runs
`glossary.cli` as `python -m` would. What is read at import, such as the language of the
messages, is read by the fork.
"""

import atexit
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Any, Final

import glossary
from glossary.lookup import lookup
from glossary.query import Query, Wanted
from glossary.recognition import Recognition, check
from glossary.schema import load_entry
from glossary.store import open_store

_PIPES: Final = 3
_ENOUGH: Final = 1 << 20
_TERMS: Final = [
    {"lang": "zh-Hans", "text": "主权", "status": "preferred"},
    {"lang": "en", "text": "sovereignty", "status": "preferred"},
]


class Process:
    """A process as `subprocess.Popen` has them, which the waiting process has forked.

    Each stream is a file with a descriptor or None, which is nowhere.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        *,
        stdout: IO[bytes] | None = None,
        stderr: IO[bytes] | None = None,
    ) -> None:
        order = [list(arguments), dict(environment), str(Path.cwd())]
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._line.connect(str(_waiting()))
        with Path(os.devnull).open("r+b") as nowhere:
            streams = [nowhere, stdout or nowhere, stderr or nowhere]
            descriptors = [each.fileno() for each in streams]
            text = json.dumps(order).encode() + b"\n"
            socket.send_fds(self._line, [text[:1]], descriptors)
            self._line.sendall(text[1:])
        self._told = self._line.makefile("rb")
        self.pid = int(self._told.readline())
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal; None while it runs."""
        if self.returncode is None and select.select([self._line], [], [], 0)[0]:
            self.returncode = int(self._told.readline())
            self._told.close()
            self._line.close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end, at most so many seconds, and return the exit code."""
        line = [self._line]
        if self.returncode is None and not select.select(line, [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("glossary", timeout or 0)
        code = self.poll()
        assert code is not None
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, if it still runs."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


@cache
def _waiting() -> Path:
    """Start the process that waits, once; return the socket that it listens at."""
    place = Path(tempfile.mkdtemp(prefix="glossary-warm-")) / "orders"
    # It ends when this process does: nobody holds the other end of its input then.
    waiting = subprocess.Popen(
        [sys.executable, "-m", "tests.warm", str(place)],
        stdin=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    atexit.register(waiting.communicate)
    deadline = time.monotonic() + 120
    while not place.exists():
        if time.monotonic() > deadline:
            raise TimeoutError("the waiting process did not start")
        time.sleep(0.02)
    return place


def _wait(place: Path) -> None:
    """Load the program and fork for every order until the input ends."""
    house = Path(glossary.__file__).parent
    for module in sorted(house.rglob("[a-z]*.py")):
        names = module.relative_to(house.parent).with_suffix("").parts
        if names[1] != "cli":
            importlib.import_module(".".join(names))
    _read_words()
    gc.freeze()
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(f"{place}.soon")
    listening.listen(64)
    Path(f"{place}.soon").rename(place)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        ready, _, _ = select.select([listening, 0], [], [])
        if 0 in ready:
            break
        line, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _heed(line)
        line.close()
    place.unlink()
    place.parent.rmdir()


def _read_words() -> None:
    """Look up and check once, so that all dictionaries that this reads are there."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"{folder}/glossary.db")
        with store.write(by="tests") as write:
            write.create(load_entry({"id": "sovereignty", "terms": _TERMS}))
        recognition = Recognition(store)
        for text in ("主权", "主權平等", "zhuquan", "sovereignties", "sovreignty"):
            lookup(store, Query(text), candidates=10, recognition=recognition)
        recognition.settle()
        check(recognition.snapshot(), "尊重主权。", "They respect it.", Wanted())
        store.close()
    assert threading.active_count() == 1


def _heed(line: socket.socket) -> None:
    """Fork once more for an order, and tell how that ended.

    Nobody is left at the other end of the line once the run of tests was killed: what
    was ordered is killed then, with all of its group.
    """
    head, streams, _, _ = socket.recv_fds(line, 1, _PIPES)
    text = head
    while not text.endswith(b"\n"):
        text += line.recv(_ENOUGH)
    arguments, environment, folder = json.loads(text)
    pid = os.fork()
    if pid == 0:
        line.close()
        _run(arguments, environment, folder, streams)
    for each in streams:
        os.close(each)
    with suppress(OSError):
        line.sendall(b"%d\n" % pid)
    either: list[Any] = [os.pidfd_open(pid), line]
    if line in select.select(either, [], [])[0]:
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:
            os.kill(pid, signal.SIGKILL)  # It has no group of its own yet.
    _, status = os.waitpid(pid, 0)
    with suppress(OSError):
        line.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _run(
    arguments: list[str], environment: dict[str, str], folder: str, streams: list[int]
) -> None:
    """Become the program."""
    code: Any = 0
    try:
        os.setsid()
        os.chdir(folder)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["glossary", *arguments]
        sys.orig_argv = [sys.executable, "-m", "glossary.cli", *arguments]
        runpy.run_module("glossary.cli", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code
        if isinstance(code, str):
            sys.stderr.write(f"{code}\n")
            code = 1
    except BaseException:  # noqa: BLE001 - it is the end of a process.
        traceback.print_exc()
        code = 1
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code or 0)


if __name__ == "__main__":
    _wait(Path(sys.argv[1]))
