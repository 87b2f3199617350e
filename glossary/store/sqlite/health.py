"""What the processes of one server know of a store's illness, and when it is over.

They share a page of memory, made before the workers are: what one of them meets, all of
them say when they are asked whether the server is ready. What is remembered is not
believed for ever: whoever is asked tries again what went wrong.
"""

import mmap
import threading
import time
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import orjson

#: Bytes of what the processes of a server share, and of the length before the text.
_SIZE: Final = 65_536
_HEAD: Final = 8
_PAGE: Final = mmap.mmap(-1, _SIZE)
_LOCK: Final = threading.Lock()
#: Seconds between two looks through the whole file of a store.
_SELDOM: Final = 60.0


class Illness(NamedTuple):
    """A question to the store that could not be answered; none when it was a write."""

    path: str
    question: str = ""
    values: tuple[Any, ...] = ()


class FileHealth:
    """The health of the store at a path."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._looked = 0.0

    def note(self, question: str = "", values: Sequence[object] = ()) -> None:
        """Remember a question, or a write, that the store refused for long."""
        _keep(orjson.dumps([self._path, question, list(values)], default=str))

    def illness(self) -> Illness | None:
        """Return what is remembered of this store, to be tried again."""
        with _LOCK:
            size = int.from_bytes(_PAGE[:_HEAD], "little")
            text = _PAGE[_HEAD : _HEAD + size]
        if not size:
            return None
        try:
            path, question, values = orjson.loads(text)
        except ValueError:
            # Two processes wrote at a time, or one is writing: what, a write tells.
            return Illness(self._path)
        return Illness(path, question, tuple(values)) if path == self._path else None

    def well(self, illness: Illness) -> None:
        """Forget an illness, unless another was noted while this one was tried."""
        if self.illness() == illness:
            _keep(b"")

    def may_look(self) -> bool:
        """Say whether it is time to look through the whole file; it is then noted."""
        now = time.monotonic()
        if now - self._looked < _SELDOM:
            return False
        self._looked = now
        return True


def _keep(text: bytes) -> None:
    if len(text) > _SIZE - _HEAD:
        return
    with _LOCK:
        _PAGE[_HEAD : _HEAD + len(text)] = text
        _PAGE[:_HEAD] = len(text).to_bytes(_HEAD, "little")
