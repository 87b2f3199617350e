"""The main process: it keeps the door and the workers, and answers no request itself.

A worker that ends is replaced, one that gives no sign of life is killed. SIGTERM and
SIGINT let the workers finish what has begun, within a bound. SIGHUP renews the program:
a trial start shows that it can, then this process becomes the new program, with the
same number and the same door, and each worker goes as soon as a new one serves.
"""

import os
import selectors
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL, Popen  # nosec B404 - our own program.
from typing import Final, NamedTuple

from glossary.message import N_, Message
from glossary.serving.child import SIGNALS, Child, noted, started
from glossary.serving.door import Door
from glossary.serving.line import CLOSING, END, HALT, LEAVE, READY, Line
from glossary.serving.systemd import Systemd
from glossary.serving.worker import Worker

#: Seconds in which a worker must have started.
_STARTED: Final = 120.0
#: Seconds between two looks at the workers, where nothing happens.
_LOOK: Final = 0.5
#: Seconds that a worker that is to go goes on answering, so that clients that keep
#: their connections hear of it with an answer.
_LEAVING: Final = 1.0
#: Seconds in which requests may still come by connections that were just taken.
_LAST_REQUESTS: Final = 0.2
#: Seconds before a worker that ended at once is replaced, doubled each time up to the
#: last.
_FIRST_PAUSE: Final = 0.5
_LAST_PAUSE: Final = 15.0


class Plan(NamedTuple):
    """How many workers there are to be, and the bounds in seconds.

    `drain` is how long requests under way may take, `linger` how long requests are
    still answered once the server is told to stop, `stuck` after how long without a
    sign of life a worker is killed (0: never).
    """

    workers: int
    drain: float
    linger: float
    stuck: float


class Keeper:
    """Keeps workers behind a door until it is told to stop.

    `again` returns the command that renews this process, which is told what it must
    know; with `--trial` it only shows whether it would start. `say` prints a line for
    whoever runs the server.
    """

    def __init__(
        self,
        door: Door,
        worker: Worker,
        plan: Plan,
        *,
        systemd: Systemd,
        again: Callable[[dict[str, object]], list[str]],
        say: Callable[[Message], None],
    ) -> None:
        self._door = door
        self._worker = worker
        self._plan = plan
        self._systemd = systemd
        self._again = again
        self._say = say
        self._workers: list[Child] = []
        self._selector = selectors.DefaultSelector()
        self._trial: Popen[bytes] | None = None
        self._stop = self._served = False
        self._stop_at = 0.0
        self._pause = _FIRST_PAUSE
        self._spawn_at = self._told_at = 0.0
        self._has_terminal = _terminal()

    def take_over(self, inherited: list[tuple[int, int]]) -> None:
        """Take the workers over that this process has had before it was renewed."""
        for pid, number in inherited:
            self._know(Child(pid, Line.inherited(number), old=True, ready=True))
        self._served = bool(inherited)

    def run(self) -> int:
        """Serve until told to stop; return the exit code."""
        ear, tells = os.pipe()
        for end in (ear, tells):
            os.set_blocking(end, False)
        before = {number: signal.signal(number, noted) for number in SIGNALS}
        old_fd = signal.set_wakeup_fd(tells, warn_on_full_buffer=False)
        self._selector.register(ear, selectors.EVENT_READ)
        self._signals = ear
        try:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
            return self._keep()
        finally:
            self._kill_all()
            self._door.close()
            signal.set_wakeup_fd(old_fd)
            for number, handler in before.items():
                signal.signal(number, handler)

    def _keep(self) -> int:
        while True:
            code = self._reaped()
            if code is not None and not self._served and not self._stop:
                return max(code, 1)
            if self._stop and not self._workers:
                return 0
            self._spawn()
            self._retire()
            self._end_overdue()
            self._give_sign()
            for key, _ in self._selector.select(self._patience()):
                if key.data is None:
                    self._heed(os.read(self._signals, 64))
                else:
                    self._listen(key.data)

    def _patience(self) -> float:
        """Return the seconds for which nothing need be looked at unless it is heard."""
        moving = self._stop or any(worker.ends is not None for worker in self._workers)
        return _LAST_REQUESTS if moving else _LOOK

    def _heed(self, numbers: bytes) -> None:
        """Do what signals ask for."""
        for number in numbers:
            if number == signal.SIGHUP and not (self._has_terminal and not _terminal()):
                self._try_again()
            elif number in {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}:
                self._begin_to_stop(at_once=number == signal.SIGINT)

    def _begin_to_stop(self, *, at_once: bool) -> None:
        """Stop; when it is asked for at the keyboard a second time, without waiting."""
        if self._stop:
            if at_once:
                self._kill_all()
            return
        self._stop = True
        linger = 0.0 if at_once else self._plan.linger
        self._systemd.stopping(linger + self._plan.drain)
        self._say(Message(N_("Stopping: what has begun is finished first.")))
        now = time.monotonic()
        for worker in self._workers:
            worker.line.say(LEAVE + CLOSING)
            worker.halts = now + linger
            worker.ends = now + linger + _LAST_REQUESTS
        self._stop_at = now + linger

    def _spawn(self) -> None:
        """Start the workers that are wanting: one at a time while old ones serve."""
        new = [
            worker for worker in self._workers if not worker.old and worker.ends is None
        ]
        renewing = any(worker.old for worker in self._workers)
        while (
            not self._stop
            and len(new) < self._plan.workers
            and time.monotonic() >= self._spawn_at
            and not (renewing and any(not worker.ready for worker in new))
        ):
            try:
                new.append(self._start())
            except OSError as error:
                self._say(
                    Message(
                        N_("No process can be started now: %(reason)s"), reason=error
                    )
                )
                self._put_off()

    def _start(self) -> Child:
        """Start a worker; raise OSError when there is no room for another process."""
        lines = [worker.line for worker in self._workers]

        def run(line: Line) -> None:
            self._selector.close()
            for item in lines:
                item.close()
            self._worker.run(self._door, line)

        worker = started(run)
        self._know(worker)
        return worker

    def _know(self, worker: Child) -> None:
        self._workers.append(worker)
        self._selector.register(worker.line, selectors.EVENT_READ, worker)

    def _listen(self, worker: Child) -> None:
        """Hear what a worker says."""
        if worker not in self._workers:
            return
        words = worker.line.heard()
        if words is None:
            with suppress(KeyError):
                self._selector.unregister(worker.line)
            return
        if READY in words and not worker.ready:
            worker.ready = True
            self._pause = _FIRST_PAUSE
            self._note_ready()
        if words:
            worker.alive = time.monotonic()

    def _note_ready(self) -> None:
        """Let an old worker go for the new one, and say so once all serve.

        A worker that serves when the door is closed already serves nobody.
        """
        if self._stop:
            return
        old = [worker for worker in self._workers if worker.old and worker.ends is None]
        new = [worker for worker in self._workers if not worker.old and worker.ready]
        is_complete = len(new) >= self._plan.workers
        for worker in old if is_complete else old[:1]:
            self._let_go(worker)
        if is_complete:
            self._systemd.ready(len(new))
        if not self._served:
            self._served = True
            self._say(Message(N_("Serving http://%(at)s"), at=self._door.address))

    def _let_go(self, worker: Child) -> None:
        worker.line.say(LEAVE + HALT)
        worker.ends = time.monotonic() + _LEAVING

    def _retire(self) -> None:
        """Tell those whose time has come to finish."""
        now = time.monotonic()
        if self._stop and now >= self._stop_at:
            self._door.close()
        for worker in self._workers:
            if worker.halts is not None and now >= worker.halts:
                worker.line.say(HALT)
                worker.halts = None
            if worker.ends is not None and worker.killed is None and now >= worker.ends:
                worker.line.say(END)
                worker.signal(signal.SIGTERM)
                worker.killed = now + self._plan.drain

    def _end_overdue(self) -> None:
        """Kill workers that do not finish in time, or give no sign of life."""
        now, stuck = time.monotonic(), self._plan.stuck
        for worker in self._workers:
            late = worker.killed is not None and now >= worker.killed
            patience = stuck if worker.ready else max(stuck, _STARTED)
            silent = stuck and now - worker.alive > patience
            if late or silent:
                self._say(
                    Message(
                        N_("Process %(pid)s did not finish in time and was ended.")
                        if late
                        else N_("Process %(pid)s gave no sign of life and was ended."),
                        pid=worker.pid,
                    )
                )
                worker.signal(signal.SIGKILL)
                worker.killed, worker.alive = now + _LAST_PAUSE, now

    def _reaped(self) -> int | None:
        """Take note of workers that have ended; return the exit code of one."""
        last = None
        for worker in list(self._workers):
            code = worker.ended()
            if code is None:
                continue
            last = code
            self._forget(worker)
            if worker.ends is None and not self._stop:
                self._note_loss(worker, code)
        if self._trial is not None and self._trial.poll() is not None:
            self._tried(self._trial)
        return last

    def _note_loss(self, worker: Child, code: int) -> None:
        """Say that a worker ended by itself, and when it is replaced."""
        if not self._served:
            return
        self._say(
            Message(
                N_("Process %(pid)s ended by itself (%(code)s) and is replaced."),
                pid=worker.pid,
                code=code,
            )
        )
        if not worker.ready:
            self._put_off()

    def _put_off(self) -> None:
        """Start no worker for a while, longer each time."""
        self._spawn_at = time.monotonic() + self._pause
        self._pause = min(2 * self._pause, _LAST_PAUSE)

    def _forget(self, worker: Child) -> None:
        self._workers.remove(worker)
        with suppress(KeyError, ValueError):
            self._selector.unregister(worker.line)
        worker.line.close()

    def _try_again(self) -> None:
        """See whether the program would start as it is now, before it is renewed."""
        if self._trial is None and not self._stop:
            self._say(Message(N_("Reloading …")))
            self._systemd.reloading()
            command = [*self._again(self._state()), "--trial"]
            try:
                self._trial = Popen(command, stdin=DEVNULL)  # noqa: S603 - our own program.  # nosec B603
            except OSError:
                self._stay()

    def _tried(self, trial: "Popen[bytes]") -> None:
        self._trial = None
        if self._stop:
            return
        if trial.returncode == 0:
            self._renew()
        else:
            self._stay()

    def _stay(self) -> None:
        self._systemd.ready(len(self._workers))
        self._say(
            Message(N_("It would not start with these settings; nothing was changed."))
        )

    def _renew(self) -> None:
        """Become the new program, with the same process number, door and workers."""
        self._door.keep_open()
        for worker in self._workers:
            worker.line.keep_open()
        command = self._again(self._state())
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        try:
            os.execv(command[0], command)  # noqa: S606 - our own program.  # nosec B606
        except OSError:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
            self._stay()

    def _state(self) -> dict[str, object]:
        """Return what the renewed process must know."""
        workers = [[worker.pid, worker.line.fileno()] for worker in self._workers]
        return {"door": self._door.numbers, "workers": workers}

    def _give_sign(self) -> None:
        """Tell systemd's watchdog that this process and a worker are alive."""
        often, now = self._systemd.watchdog / 2, time.monotonic()
        if not often or now < self._told_at + often:
            return
        starting = not any(worker.ready for worker in self._workers)
        if starting or any(now - worker.alive < often for worker in self._workers):
            self._systemd.alive()
            self._told_at = now

    def _kill_all(self) -> None:
        for worker in list(self._workers):
            worker.signal(signal.SIGKILL)
            worker.wait()
            self._forget(worker)


def _terminal() -> bool:
    """Say whether this process has a terminal."""
    try:
        with Path("/dev/tty").open():
            return sys.stdin is not None
    except OSError:
        return False
