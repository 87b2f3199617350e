"""Counts of requests that all processes of a server share.

They stand in memory that workers have from their main process, in a table of fixed
size, so that many addresses cost no more than few. Nothing is kept of who was counted
but a hash of the key, until the window is over.
"""

import errno
import fcntl
import hashlib
import mmap
import os
import secrets
import struct
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import Final

_SLOTS: Final = 1 << 16
#: Places at which a key may stand; the one whose window ends first makes room.
_NEAR: Final = 8
#: Seconds until a lock is asked for again that was refused for nothing.
_AGAIN: Final = 0.001
#: The hash of a key, when its window ends, how much was counted.
_SLOT: Final = struct.Struct("<QdQ")


class Counters:
    """Counts by key, each for a window of time."""

    def __init__(self) -> None:
        self._table = mmap.mmap(-1, _SLOTS * _SLOT.size)
        with TemporaryFile() as file:
            self._file = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._file)
        self._threads = threading.Lock()
        self._salt = secrets.token_bytes(16)

    def hit(self, key: str, seconds: int) -> tuple[int, float]:
        """Count for a key, whose window lasts so many seconds.

        Return the count, and when the window ends, in seconds since 1970.
        """
        digest = self._digest(key)
        now = time.time()
        with alone(self._threads, self._file):
            at, (owner, ends, count) = self._slot(digest)
            if owner != digest or ends <= now:
                ends, count = now + seconds, 0
            _SLOT.pack_into(self._table, at, digest, ends, count + 1)
        return count + 1, ends

    def _digest(self, key: str) -> int:
        # What stands where is nobody's to choose: the salt is this server's.
        digest = hashlib.blake2b(key.encode(), digest_size=8, key=self._salt).digest()
        return int.from_bytes(digest, "little") or 1

    def _slot(self, digest: int) -> tuple[int, tuple[int, float, int]]:
        """Return where a key stands, or is to stand, and what is there."""
        slots = []
        for place in range(digest % _SLOTS, digest % _SLOTS + _NEAR):
            at = place % _SLOTS * _SLOT.size
            slot = _SLOT.unpack_from(self._table, at)
            if slot[0] == digest:
                return at, slot
            slots.append((at, slot))
        return min(slots, key=lambda slot: slot[1][1])


@contextmanager
def alone(threads: threading.Lock, file: int) -> Iterator[None]:
    """Keep other threads and processes out; a process that is killed lets them in."""
    with threads:
        _lock(file)
        try:
            yield
        finally:
            fcntl.lockf(file, fcntl.LOCK_UN)


def _lock(file: int) -> None:
    """Wait until no other process of a server counts, and keep them out.

    Nothing is waited for by whoever counts, but the system sees processes and not
    their threads: it takes one for deadlocked of which another thread waits.
    """
    while True:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX)
        except OSError as error:
            if error.errno != errno.EDEADLK:
                raise
            time.sleep(_AGAIN)
        else:
            return
