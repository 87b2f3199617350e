"""Numbers that all processes of a server add to, by name.

They stand in memory that workers have from their main process, so that whichever worker
is asked knows all of them, and a worker that ends takes nothing with it.
"""

import mmap
import os
import struct
import threading
import weakref
from collections.abc import Iterable, Mapping
from tempfile import TemporaryFile
from typing import Final

from glossary.web.counters import alone

_NUMBER: Final = struct.Struct("<d")
_MOST: Final = 1 << 14


class Numbers:
    """Memory for so many numbers, shared with processes that are started later."""

    def __init__(self) -> None:
        self.memory = mmap.mmap(-1, _MOST * _NUMBER.size)
        with TemporaryFile() as file:
            self.file = os.dup(file.fileno())
        weakref.finalize(self, os.close, self.file)


_numbers: list[Numbers] = []


def share_numbers() -> None:
    """Have all processes that this one starts add to the same numbers."""
    _numbers[:] = [Numbers()]


class Tally:
    """Numbers by name; the names are the same in every process of a server."""

    def __init__(self, names: Iterable[str]) -> None:
        self._at = {name: n * _NUMBER.size for n, name in enumerate(sorted(set(names)))}
        assert len(self._at) <= _MOST  # noqa: S101 - names are ours.  # nosec B101
        self._numbers = _numbers[0] if _numbers else Numbers()
        self._threads = threading.Lock()

    def add(self, amounts: Mapping[str, float]) -> None:
        """Add to several numbers at once; a name that is not known is passed over."""
        memory = self._numbers.memory
        with alone(self._threads, self._numbers.file):
            for name, amount in amounts.items():
                if (at := self._at.get(name)) is not None:
                    (before,) = _NUMBER.unpack_from(memory, at)
                    _NUMBER.pack_into(memory, at, before + amount)

    def __getitem__(self, name: str) -> float:
        """Return a number."""
        (number,) = _NUMBER.unpack_from(self._numbers.memory, self._at[name])
        return float(number)
