"""The line between the main process and one of its workers: words of one byte.

When either end is gone the other one hears it, however it ended: a worker whose main
process was killed ends too.
"""

import socket
from contextlib import suppress
from typing import Final

#: A worker says that it serves, and then every second that it is alive.
READY: Final = b"r"
ALIVE: Final = b"a"
#: A worker is told to end each connection with its next answer, to say that the server
#: is about to stop, to take no more connections, and to end.
LEAVE: Final = b"l"
CLOSING: Final = b"c"
HALT: Final = b"h"
END: Final = b"e"


class Line:
    """One end of a line."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    @classmethod
    def pair(cls) -> "tuple[Line, Line]":
        """Return both ends of a new line: the main process's, and the worker's."""
        ours, theirs = socket.socketpair()
        ours.settimeout(0.0)
        return cls(ours), cls(theirs)

    @classmethod
    def inherited(cls, number: int) -> "Line":
        """Return the end that this process has had before it was renewed."""
        return cls(socket.socket(fileno=number))

    def fileno(self) -> int:
        """Return the descriptor, to wait for."""
        return self._end.fileno()

    def say(self, word: bytes) -> None:
        """Send a word; where nobody is left to hear it, do nothing."""
        with suppress(OSError):
            self._end.send(word)

    def heard(self, patience: float | None = None) -> bytes | None:
        """Return the words that have come, or None when the other end is gone.

        Wait so many seconds for one; without `patience`, not at all.
        """
        self._end.settimeout(patience or 0.0)
        try:
            return self._end.recv(256) or None
        except (BlockingIOError, TimeoutError):
            return b""
        except OSError:
            return None

    def keep_open(self) -> None:
        """Keep this end when the process runs another program."""
        self._end.set_inheritable(True)

    def close(self) -> None:
        """Hang up."""
        self._end.close()
