"""What each thread has for itself, given back when the thread has ended."""

import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

T = TypeVar("T")


class ByThread(Generic[T]):
    """A thing for each thread, such as a connection, and how it is given back.

    That of a thread which has ended is given back once another thread takes one, so
    there are never more than there are threads at a time. All are with `close`, or when
    nobody has this any more.
    """

    def __init__(self, give_back: Callable[[T], None]) -> None:
        self._give_back = give_back
        self._local = threading.local()
        self._lock = threading.Lock()
        self._by_thread: dict[threading.Thread, T] = {}
        ending = weakref.finalize(self, _give_all, self._by_thread, give_back)
        ending.atexit = False

    def own(self) -> T | None:
        """Return what this thread has, if anything."""
        thing: T | None = getattr(self._local, "thing", None)
        return thing

    def take(self, thing: T) -> None:
        """Have something be this thread's own; it has nothing yet."""
        with self._lock:
            ended = [t for t in self._by_thread if not t.is_alive()]
            things = [self._by_thread.pop(thread) for thread in ended]
            self._by_thread[threading.current_thread()] = thing
        self._local.thing = thing
        for other in things:
            self._give_back(other)

    def leave(self) -> None:
        """Give back what this thread has, if anything."""
        thing = self.own()
        self._local.thing = None
        with self._lock:
            self._by_thread.pop(threading.current_thread(), None)
        if thing is not None:
            self._give_back(thing)

    def close(self) -> None:
        """Give back what any thread has."""
        self._local = threading.local()
        _give_all(self._by_thread, self._give_back)


def _give_all(
    by_thread: dict[threading.Thread, T], give_back: Callable[[T], None]
) -> None:
    with suppress(KeyError):
        while True:
            give_back(by_thread.popitem()[1])
