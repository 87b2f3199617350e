"""One worker: a process that answers requests until it is told to end, or is alone.

It is the only place that knows the server, granian, from inside: one of its workers is
run on a socket that others of ours accept from too.
"""

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from glossary import late
from glossary.serving.door import LINE, Door
from glossary.serving.gate import Bounds, Gate, Lanes, Told, Wsgi
from glossary.serving.line import ALIVE, CLOSING, END, HALT, LEAVE, READY, Line

if TYPE_CHECKING:
    import ctypes

    from granian import _granian, constants, http
    from granian.server import mp
else:
    ctypes = late("ctypes")
    _granian, constants, http, mp = map(
        late,
        ("granian._granian", "granian.constants", "granian.http", "granian.server.mp"),
    )

#: Seconds in which a request may still come by a connection that was just taken.
_LAST_REQUESTS: Final = 0.2
#: In the environ of a request once the server is about to stop.
_STOPPING: Final = "glossary.stopping"
#: New objects between two rounds of the collector, and rounds between larger ones. All
#: that a request waits for is gone over in one piece: 25,000 objects take some 5 ms.
_COLLECTING: Final = (2_500, 10, 160)
#: What glibc goes by, by the number of the option: arenas that all threads get their
#: memory from, and bytes from which a block comes from the system and goes back to it.
_MEMORY: Final = {-8: 2, -3: 1 << 18}
#: Seconds after which a thread that computes lets another one on. A question after
#: health is handed from thread to thread, and waits for each that computes each time.
_TURN: Final = 0.001
#: Seconds between two signs of life.
_BEAT: Final = 1.0


def is_stopping(environ: Mapping[str, Any]) -> bool:
    """Say whether the server that took a request will soon take none."""
    return bool(environ.get(_STOPPING))


class Worker(NamedTuple):
    """What a worker does.

    `make` makes the application, threads in `lanes` answer requests within `bounds`,
    `begun` tells how much is under way that no request waits for, `tell` hears of
    requests that no thread has seen, and `drain` seconds are there to end in.
    """

    make: Callable[[], Wsgi]
    lanes: Lanes
    bounds: Bounds
    drain: float
    begun: Callable[[], int]
    tell: Told

    def run(self, door: Door, line: Line) -> None:
        """Serve until SIGTERM, or until the main process is gone; never return."""
        code = 1
        _share_memory()
        sys.setswitchinterval(_TURN)
        try:
            leave = _Leave(self.make())
            _keep()
            number = door.hand_over()
            for number_of_signal in (signal.SIGINT, signal.SIGHUP):
                signal.signal(number_of_signal, signal.SIG_IGN)
            ear = _Ear(line, leave, number, drain=self.drain)
            gate = Gate(leave, self.lanes, self.bounds, tell=self.tell)
            _serve(gate, number, bounds=self.bounds, ready=ear.start)
            self._finish()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:  # noqa: BLE001 - it is the end of the process.
            sys.excepthook(*sys.exc_info())
        finally:
            with suppress(OSError, ValueError):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)

    def _finish(self) -> None:
        """Wait for what no request waits for, as long as there is time."""
        until = time.monotonic() + self.drain
        while self.begun() and time.monotonic() < until:
            time.sleep(0.05)


def _share_memory() -> None:
    """Have the threads share what memory one of them has used, as far as glibc is ours.

    Each would have an arena of its own, which keeps the most that it ever held; large
    answers would cut it in pieces. Other libraries of C have no such options, and a
    sandbox may keep `ctypes` out.
    """
    with suppress(AttributeError, ImportError, MemoryError, OSError):
        mallopt = ctypes.CDLL(None).mallopt
        for option, value in _MEMORY.items():
            mallopt(option, value)


def _keep() -> None:
    """Take what stands at the start out of what the collector looks through.

    It would look through all of it again and again, within requests.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTING)


class _Leave:
    """The application, which ends connections once this worker is to leave."""

    def __init__(self, app: Wsgi) -> None:
        self._app = app
        self.leaving = self.closing = False

    def __call__(
        self, environ: dict[str, Any], start: Callable[..., Any]
    ) -> Iterable[bytes]:
        if not self.leaving:
            return self._app(environ, start)
        environ[_STOPPING] = self.closing

        def begin(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start(status, [*headers, ("Connection", "close")], *rest)

        return self._app(environ, begin)


class _Ear(threading.Thread):
    """Gives signs of life and does what the main process says, or ends after it."""

    def __init__(self, line: Line, leave: _Leave, number: int, *, drain: float) -> None:
        super().__init__(daemon=True)
        self._line = line
        self._leave = leave
        self._number = number
        self._drain = drain
        self._halted = False

    def run(self) -> None:
        """Listen as long as there is a main process."""
        while not _is_watched(self._number):
            time.sleep(0.01)
        self._line.say(READY)
        while (words := self._line.heard(_BEAT)) is not None:
            self._leave.leaving = self._leave.leaving or LEAVE in words
            self._leave.closing = self._leave.closing or CLOSING in words
            if HALT in words:
                self._halt()
            if END in words:
                _end()
            self._line.say(ALIVE)
        self._leave.leaving = True
        self._halt()
        time.sleep(_LAST_REQUESTS)
        _end()
        time.sleep(self._drain)
        os._exit(1)

    def _halt(self) -> None:
        """Take no more connections; a system that has no such socket goes on."""
        if self._halted:
            return
        self._halted = True
        with suppress(OSError):
            other = Door.replacement()
            os.dup2(other, self._number, inheritable=False)
            os.close(other)


def _is_watched(number: int) -> bool:
    """Say whether this process waits for connections at a socket, if that is known."""
    infos = Path("/proc/self/fdinfo")
    for info in infos.iterdir() if infos.is_dir() else ():
        with suppress(OSError):
            for line in info.read_text().splitlines():
                if line.startswith("tfd:") and int(line.split()[1]) == number:
                    return True
    return not infos.is_dir()


def _end() -> None:
    """Have the main thread end the worker.

    A signal to the process may be taken by a thread of granian's, and the main thread
    would sleep on.
    """
    main = threading.main_thread().ident
    assert main is not None  # noqa: S101 - it has begun.  # nosec B101
    signal.pthread_kill(main, signal.SIGTERM)


def _serve(
    gate: Gate, number: int, *, bounds: Bounds, ready: Callable[[], None]
) -> None:
    """Answer requests at a socket until SIGTERM, and those that have come by then."""

    def loaded() -> Gate:
        ready()
        return gate

    # What granian itself calls in a new process, with the socket that it takes from its
    # parent where sockets are not made anew in each worker. A connection holds its
    # place until it ends, so that "backpressure" is the number of connections.
    holder = _granian.SocketHolder(number, False, LINE)  # type: ignore[call-arg]  # noqa: FBT003
    mp.MPServer._spawn_rsgi_worker(
        worker_id=1,
        process_name=None,
        callback_loader=loaded,
        sock=((None, holder), None),
        ipc=None,
        loop_impl=constants.Loops.auto,
        log_enabled=True,
        log_level="warning",
        log_config=None,
        env_files=(),
        runtime_mode=constants.RuntimeModes.mt,
        runtime_threads=1,
        runtime_blocking_threads=512,
        blocking_threads=1,
        blocking_threads_idle_timeout=30,
        backpressure=bounds.connections,
        task_impl=constants.TaskImpl.asyncio,
        http_mode=constants.HTTPModes.http1,
        http1_settings=http.HTTP1Settings(header_read_timeout=int(bounds.idle * 1000)),
        http2_settings=None,
        websockets=False,
        static_path=None,
        log_access_fmt=None,
        ssl_ctx=(False, None, None, None, "tls1.3", None, [], False),
        scope_opts={"url_path_prefix": None},
        metrics=(None, None),
    )
