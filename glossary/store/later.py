"""What is written a while after it was noted, once for all that was noted meanwhile."""

import threading
from collections.abc import Callable
from contextlib import suppress


class Later:
    """A call in the back, so many seconds after it was first wanted.

    Whoever wants it while it is due gets that one. Where no thread can be had, nothing
    is due, and the next one who wants it tries again.
    """

    def __init__(self, call: Callable[[], None], *, seconds: float) -> None:
        self._call = call
        self._seconds = seconds
        self._lock = threading.Lock()
        self._is_due = False

    def want(self) -> None:
        """Have the call made, unless it is due already."""
        with self._lock, suppress(RuntimeError):
            if not self._is_due:
                timer = threading.Timer(self._seconds, self._run)
                timer.daemon = True
                timer.start()
                self._is_due = True

    def _run(self) -> None:
        with self._lock:
            # What is noted from here on may come too late for this call.
            self._is_due = False
        self._call()
