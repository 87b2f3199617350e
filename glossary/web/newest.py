"""What was made last: so many of it, and so many bytes."""

from collections.abc import Hashable
from threading import Lock
from typing import Final, Generic, TypeVar

T = TypeVar("T")

#: Bytes of an answer as it usually is: of long ones fewer are kept.
_USUAL: Final = 4_096


class Newest(Generic[T]):
    """The newest `most` of what is kept, by name, and no more than it usually takes.

    >>> newest = Newest[str](2)
    >>> for name in "abc":
    ...     newest.keep(name, name.upper(), size=1)
    >>> newest.get("a"), newest.get("c")
    (None, 'C')
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._room = _USUAL * most
        self._by_name: dict[Hashable, tuple[T, int]] = {}
        self._lock = Lock()

    def get(self, name: Hashable) -> T | None:
        """Return what is kept under a name, if it still is."""
        pair = self._by_name.get(name)
        return None if pair is None else pair[0]

    def keep(self, name: Hashable, what: T, *, size: int) -> None:
        """Keep something as the newest; `size` is in bytes."""
        with self._lock:
            self._lose(name)
            self._by_name[name] = what, size
            self._room -= size
            while self._by_name and (len(self._by_name) > self._most or self._room < 0):
                self._lose(next(iter(self._by_name)))

    def _lose(self, name: Hashable) -> None:
        pair = self._by_name.pop(name, None)
        if pair is not None:
            self._room += pair[1]
