"""What other nodes do is heard at once, or found out by looking every few seconds."""

import threading
import time
from collections.abc import Callable
from typing import Any, Final

import psycopg

#: Where a write says the revision that it has made.
CHANNEL: Final = "glossary"
#: Seconds between two looks when nothing is heard, and after a connection was lost.
LOOK: Final = 2.0


class Listening:
    """A thread with a connection to the leader, where notes are sent.

    `heard` is called at the beginning, whenever a note has come, and now and then.
    """

    def __init__(
        self,
        connected: Callable[[], psycopg.Connection[Any]],
        call: Callable[[], None],
    ) -> None:
        self._connected = connected
        self._call = call
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening; wait until what was begun has ended."""
        self._end.set()
        if self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        while not self._end.is_set():
            begin = time.monotonic()
            try:
                self._listen()
            except psycopg.Error:
                # There may be no leader now: looking goes on.
                self._hear()
                self._end.wait(max(0.0, begin + LOOK - time.monotonic()))

    def _listen(self) -> None:
        with self._connected() as connection:
            connection.execute(f"listen {CHANNEL}")
            while not self._end.is_set():
                self._hear()
                last = time.monotonic() + LOOK
                while not self._end.is_set() and time.monotonic() < last:
                    if list(connection.notifies(timeout=_STEP, stop_after=1)):
                        break

    def _hear(self) -> None:
        if not self._end.is_set():
            self._call()


#: Seconds after which an end is noticed.
_STEP: Final = 0.2
