"""A worker as the main process knows it: its number, its line, and what is due."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from glossary.serving.line import Line

#: What the main process heeds, and a worker forgets.
SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)


@dataclass(slots=True, eq=False)
class Child:
    """A worker; times are those of `time.monotonic`.

    It is `old` when it was started by the program that this process was before. At
    `halts` it is told to take no more connections, at `ends` to finish, and at `killed`
    it is not waited for any longer.
    """

    pid: int
    line: Line
    old: bool = False
    ready: bool = False
    alive: float = field(default_factory=time.monotonic)
    halts: float | None = None
    ends: float | None = None
    killed: float | None = None

    def signal(self, number: int) -> None:
        """Send a signal, if the process is still there."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def ended(self) -> int | None:
        """Return the exit code, negative for a signal; None while it runs."""
        try:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
        except ChildProcessError:
            return 0
        return os.waitstatus_to_exitcode(status) if ended else None

    def wait(self) -> None:
        """Wait for its end."""
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


def started(run: Callable[[Line], None]) -> Child:
    """Start a process that runs a function which never returns; raise OSError.

    The function is given the process's end of the line.
    """
    ours, theirs = Line.pair()
    # What is sent to the new process before it has forgotten the handlers of this one
    # would be lost.
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        pid = os.fork()
    except OSError:
        ours.close()
        theirs.close()
        raise
    else:
        if pid == 0:
            _forget()
            ours.close()
            run(theirs)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    theirs.close()
    return Child(pid, ours)


def noted(_number: int, _frame: Any) -> None:
    """Do nothing on a signal: its number has been written for the main loop to read."""


def _forget() -> None:
    signal.set_wakeup_fd(-1)
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
