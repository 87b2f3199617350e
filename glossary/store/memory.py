"""What the reads of one snapshot remember, so that nothing is asked twice inside it."""

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

#: So many answers, and so many of one kind, are remembered of a snapshot at most: one
#: that lasts, such as a check of a long document, must not hold the whole store.
_MOST: Final = 10_000
#: So many of one kind outlast a snapshot, until somebody writes.
_LASTING: Final = 4_096
_MISSING: Final = object()
_K = TypeVar("_K", bound=Hashable)
_T = TypeVar("_T")


class _OfThread(threading.local):
    """What a thread remembers of its open snapshot, and of which moment that is."""

    rows: dict[Any, Any] | None = None
    moment: Hashable = None


class Memory:
    """Answers of the open snapshot, by each thread for itself; else none at all.

    What is remembered is handed out again as it is, so nobody may change it.
    """

    def __init__(self) -> None:
        self._local = _OfThread()
        #: What holds for every snapshot of a moment, kind by kind.
        self._lasting: tuple[Hashable, dict[str, dict[Any, Any]]] = (None, {})

    @contextmanager
    def open(self) -> Iterator[None]:
        """Remember until the end; inside another one it is that one."""
        if self._local.rows is not None:
            yield
            return
        self.begin()
        try:
            yield
        finally:
            self.end()

    def begin(self) -> None:
        """Remember from here on what this thread reads, in no other's `open`."""
        self._local.rows = {}

    def end(self) -> None:
        """Forget what was remembered since the beginning."""
        self._local.rows = self._local.moment = None

    def is_of(self, moment: Hashable) -> None:
        """Note as of which moment the open snapshot of this thread reads."""
        self._local.moment = moment

    @property
    def is_open(self) -> bool:
        """Whether this thread is in a snapshot."""
        return self._local.rows is not None

    def once(self, name: Hashable, ask: Callable[[], _T]) -> _T:
        """Return what is remembered under a name, or ask for it."""
        memory = self._local.rows
        if memory is None:
            return ask()
        answer: _T
        if name in memory:
            answer = memory[name]
            return answer
        answer = ask()
        if len(memory) >= _MOST:
            memory.clear()
        memory[name] = answer
        return answer

    def many(
        self,
        name: str,
        keys: Iterable[_K],
        ask: Callable[[list[_K]], dict[_K, _T]],
    ) -> dict[_K, _T]:
        """Return what is remembered of some things, and ask for the others at once.

        What `ask` leaves out is not there; it is asked for again.
        """
        rows: dict[_K, _T] = self.once(("each", name), dict)
        return _of_some(rows, keys, ask, most=_MOST)

    def lasting(
        self,
        name: str,
        keys: Iterable[_K],
        ask: Callable[[list[_K]], dict[_K, _T]],
    ) -> dict[_K, _T]:
        """Return what `many` does, remembered beyond the snapshot until a write.

        Where it is not noted of which moment a snapshot is, it is only `many`.
        """
        moment = self._local.moment
        if moment is None:
            return self.many(name, keys, ask)
        lasting = self._lasting
        if lasting[0] != moment:
            lasting = self._lasting = moment, {}
        rows: dict[_K, _T] | None = lasting[1].get(name)
        if rows is None:
            rows = lasting[1].setdefault(name, {})
        return _of_some(rows, keys, ask, most=_LASTING)


def _of_some(
    rows: dict[_K, _T],
    keys: Iterable[_K],
    ask: Callable[[list[_K]], dict[_K, _T]],
    *,
    most: int,
) -> dict[_K, _T]:
    """Return what is remembered in `rows`, which other threads may empty meanwhile."""
    keys = list(keys)
    try:
        return {one: rows[one] for one in keys}
    except KeyError:
        there: dict[_K, _T] = {}
    for one in keys:
        if (value := rows.get(one, _MISSING)) is not _MISSING:
            there[one] = value  # type: ignore[assignment]
    if new := [one for one in keys if one not in there]:
        more = ask(new)
        if len(rows) >= most:
            rows.clear()
        rows.update(more)
        there |= more
    return there
