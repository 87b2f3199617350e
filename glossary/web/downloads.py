"""Files that were made last, for who wants them again while the store has not moved.

They stand in files without a name, so that they cost a process no memory, and each
reader reads at a place of their own.
"""

import io
import os
from collections.abc import Callable
from tempfile import TemporaryFile
from threading import Lock
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from glossary.formats import Dropped
from glossary.store import Makers

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

#: So many files are kept, and so many bytes of them in all.
_MOST: Final = 16
_ROOM: Final = 64_000_000


class OpenFile(NamedTuple):
    """An open file of its own reader, how many entries it holds, and what it lacks."""

    file: IO[bytes]
    size: int
    entries: int
    dropped: tuple[Dropped, ...]


class _File(NamedTuple):
    number: int
    size: int
    entries: int
    dropped: tuple[Dropped, ...]

    def opened(self) -> OpenFile:
        """Return it for one more reader."""
        reader = io.BufferedReader(_OwnPlace(os.dup(self.number)))
        return OpenFile(reader, self.size, self.entries, self.dropped)


class Downloads:
    """The files that were made last, by what tells them from any other."""

    def __init__(self) -> None:
        self._files: dict[str, _File] = {}
        self._lock = Lock()
        self._makers = Makers()

    def get(
        self, tag: str, make: Callable[[IO[bytes], Callable[[Dropped], None]], int]
    ) -> OpenFile:
        """Return the file of a tag, made now if it is not there.

        `make` writes it, tells what it leaves out, and returns how many entries it has.
        Whoever asks for it meanwhile waits for it.
        """
        with self._makers.alone(tag):
            return self._there(tag) or self._new(tag, make)

    def _there(self, tag: str) -> OpenFile | None:
        with self._lock:
            file = self._files.get(tag)
            return file and file.opened()

    def _new(
        self, tag: str, make: Callable[[IO[bytes], Callable[[Dropped], None]], int]
    ) -> OpenFile:
        dropped: list[Dropped] = []
        with TemporaryFile() as stream:
            entries = make(stream, dropped.append)
            stream.flush()
            size = stream.tell()
            new = _File(os.dup(stream.fileno()), size, entries, tuple(dropped))
        download = new.opened()
        with self._lock:
            self._files[tag] = new
            old_files = []
            while len(self._files) > _MOST or self._bytes() > _ROOM:
                old_files.append(self._files.pop(next(iter(self._files))))
        for file in old_files:
            os.close(file.number)
        return download

    def _bytes(self) -> int:
        return sum(file.size for file in self._files.values())


class _OwnPlace(io.RawIOBase):
    """A file that others read too, from its beginning."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._at = 0

    def fileno(self) -> int:
        """Return the number that the system knows the file by."""
        return self._number

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, room: "WriteableBuffer", /) -> int:
        """Fill some room with what comes next; return how many bytes those are."""
        with memoryview(room).cast("B") as view:
            piece = os.pread(self._number, len(view), self._at)
            view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        """Let go of the file."""
        if not self.closed:
            os.close(self._number)
        super().close()
