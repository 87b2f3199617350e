"""Counts of requests that all processes of a server share, for `limits`.

They stand in memory that workers have from their main process, in a table of fixed
size, so that many addresses cost no more than few. Nothing is kept of who was counted
but a hash of the key, until the window is over.
"""

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

from limits.storage import Storage

_SLOTS: Final = 1 << 16
#: Places at which a key may stand; the one whose window ends first makes room.
_NEAR: Final = 8
#: The hash of a key, when its window ends, how much was counted.
_SLOT: Final = struct.Struct("<QdQ")


class Counters(Storage):
    """Counts by key, each for a window of time."""

    STORAGE_SCHEME = None

    def __init__(self) -> None:
        self._table = mmap.mmap(-1, _SLOTS * _SLOT.size)
        with TemporaryFile() as file:
            self._file = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._file)
        self._threads = threading.Lock()
        self._salt = secrets.token_bytes(16)
        super().__init__()

    @property
    def base_exceptions(self) -> type[Exception]:
        """What a failure to count is."""
        return OSError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count for a key, whose window lasts so many seconds; return the count."""
        digest, places = self._places(key)
        now = time.time()
        with self._alone():
            at, (known, ends, count) = self._slot(digest, places)
            if known != digest or ends <= now:
                ends, count = now + expiry, 0
            _SLOT.pack_into(self._table, at, digest, ends, count + amount)
        return count + amount

    def get(self, key: str) -> int:
        """Return what was counted in this window."""
        digest, places = self._places(key)
        known, ends, count = self._slot(digest, places)[1]
        return count if known == digest and ends > time.time() else 0

    def get_expiry(self, key: str) -> float:
        """Return when the window ends, in seconds since 1970."""
        digest, places = self._places(key)
        known, ends, _ = self._slot(digest, places)[1]
        return max(ends, time.time()) if known == digest else time.time()

    def check(self) -> bool:
        """Say that it works."""
        return True

    def reset(self) -> int | None:
        """Forget everything."""
        self._table[:] = bytes(len(self._table))
        return None

    def clear(self, key: str) -> None:
        """Forget a key."""
        digest, places = self._places(key)
        with self._alone():
            at, (known, *_) = self._slot(digest, places)
            if known == digest:
                _SLOT.pack_into(self._table, at, 0, 0.0, 0)

    def _places(self, key: str) -> tuple[int, list[int]]:
        # What stands where is nobody's to choose: the salt is this server's.
        found = hashlib.blake2b(key.encode(), digest_size=8, key=self._salt).digest()
        digest = int.from_bytes(found, "little") or 1
        first = digest % _SLOTS
        return digest, [(first + n) % _SLOTS * _SLOT.size for n in range(_NEAR)]

    def _slot(
        self, digest: int, places: list[int]
    ) -> tuple[int, tuple[int, float, int]]:
        """Return where a key stands, or is to stand, and what is there."""
        slots = [(at, _SLOT.unpack_from(self._table, at)) for at in places]
        for at, slot in slots:
            if slot[0] == digest:
                return at, slot
        return min(slots, key=lambda each: each[1][1])

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep others out; a process that is killed lets them in."""
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)
