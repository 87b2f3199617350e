"""The threads of a lane and who waits for one of them: not for long, and nobody alone.

More than can be answered soon is not let in: whoever would wait too long is told so at
once, and before any work was done for them. Who is let in waits in the order of coming.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

T = TypeVar("T")

#: The part of a line that one sender may fill while others may come.
HALF: Final = 0.5
#: So many wait in any case: a long text or two are no crowd.
_FEW: Final = 3
#: Who waits so many times as long as was to be expected at most, waits no longer.
_LATE: Final = 4
#: How much the latest request counts in what one is expected to take.
_LATEST: Final = 0.1


class Full(Exception):
    """There is no room for another request, or it has waited too long."""


class Turns:
    """The threads of one lane.

    At most `most` requests wait, and none is let in that would probably wait for more
    than `patience` seconds, but for a few. A `share` of both is for whoever has more
    than half of what is under way.
    """

    def __init__(
        self,
        lane: str,
        *,
        threads: int,
        most: int,
        patience: float,
        share: float = HALF,
    ) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=lane)
        self._threads = threads
        self._most = most
        self._patience = patience
        self._share = share
        self._pace = 0.0
        self._under_way: Counter[str] = Counter()
        self._number = 0

    def must_have_room(self, sender: str) -> None:
        """Raise Full where another request of a sender is not let in now."""
        waiting = self._number - self._threads
        if waiting < 0:
            return
        if waiting >= self._most:
            raise Full
        if waiting < _FEW:
            return
        has_most = self._under_way[sender] > HALF * self._number
        share = self._share if has_most else 1.0
        expected = (waiting + 1) * self._pace / self._threads
        if waiting >= self._most * share or expected > self._patience * share:
            raise Full

    async def take(self, sender: str, work: Callable[[], T]) -> T:
        """Return what a thread makes of some work; raise Full where none will do it."""
        self.must_have_room(sender)
        loop = asyncio.get_running_loop()
        future = self._pool.submit(_timed, work)
        late = None
        if self._number >= self._threads:
            late = loop.call_later(_LATE * self._patience, future.cancel)
        self._number += 1
        self._under_way[sender] += 1
        try:
            result, seconds = await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            if future.cancelled() and not _is_cancelled():
                raise Full from None
            raise
        finally:
            if late is not None:
                late.cancel()
            self._leave(sender)
        # One that takes very long tells little about those that come after it.
        self._pace += _LATEST * (min(seconds, self._patience) - self._pace)
        return result

    def _leave(self, sender: str) -> None:
        self._number -= 1
        self._under_way[sender] -= 1
        if not self._under_way[sender]:
            del self._under_way[sender]


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    begun = time.monotonic()
    result = work()
    return result, time.monotonic() - begun


def _is_cancelled() -> bool:
    """Say whether it is the task at hand that is to end, not what it waits for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
