"""What systemd is told, where it started the server: ready, reloading, alive, stopping.

The protocol is that of sd_notify(3): lines of text to a datagram socket.
"""

import socket
import time
from contextlib import suppress
from typing import NamedTuple


class Systemd(NamedTuple):
    """The socket that it listens on, and seconds between two signs of life; or none."""

    socket: str = ""
    watchdog: float = 0.0

    def ready(self, workers: int) -> None:
        """Say that requests are answered."""
        self._say("READY=1", f"STATUS=Serving with {workers} process(es)")

    def reloading(self) -> None:
        """Say that the program is being renewed."""
        now = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        self._say("RELOADING=1", f"MONOTONIC_USEC={now}", "STATUS=Reloading")

    def stopping(self, seconds: float) -> None:
        """Say that the server ends, in so many seconds at most."""
        micro = int((seconds + 5) * 1_000_000)
        self._say("STOPPING=1", f"EXTEND_TIMEOUT_USEC={micro}", "STATUS=Stopping")

    def alive(self) -> None:
        """Give the sign of life that the watchdog waits for."""
        self._say("WATCHDOG=1")

    def _say(self, *lines: str) -> None:
        if not self.socket:
            return
        # A name that begins with @ is one of the abstract namespace.
        place = "\0" + self.socket[1:] if self.socket[0] == "@" else self.socket
        kind = socket.SOCK_DGRAM | socket.SOCK_CLOEXEC
        with suppress(OSError), socket.socket(socket.AF_UNIX, kind) as end:
            end.sendto("\n".join(lines).encode(), place)
