"""What the gate answers itself, before a thread sees it: counted and written down."""

import logging
import threading
import time
from collections.abc import Mapping
from typing import Any, Final

from glossary import config
from glossary.web.lanes import lane_of
from glossary.web.tally import Tally

#: The codes of what the gate answers.
CODES: Final = ("overloaded", "too-slow")
_LOG: Final = logging.getLogger("glossary.access")
#: Seconds for which further lines are only counted, without an access log.
_PAUSE: Final = 1.0


class _Quiet:
    """When a line was written, and how many were not since."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = float("-inf")
        self._left_out = 0

    def due(self) -> int | None:
        """Return how many requests a line stands for; None when none is due."""
        with self._lock:
            self._left_out += 1
            now = time.monotonic()
            if now - self._last < _PAUSE:
                return None
            count, self._left_out, self._last = self._left_out, 0, now
            return count


_LINES: Final = _Quiet()
_TALLIES: Final[list[Tally]] = []


def number_of(code: str) -> str:
    """Return the name of the number of what was turned away by a code."""
    return f"gate {code}"


def count_in(tally: Tally) -> None:
    """Have what is turned away counted in the numbers of this process."""
    _TALLIES[:] = [tally]


def turned_away(environ: Mapping[str, Any], status: int, code: str) -> None:
    """Note a request that the gate has answered.

    Without an access log a crowd is one line a second, with the number of them.
    """
    for tally in _TALLIES:
        tally.add({number_of(code): 1.0})
    every = config.settings().access_log
    count = 1 if every else _LINES.due()
    if count is None:
        return
    facts = {
        "method": environ.get("REQUEST_METHOD", ""),
        "lane": lane_of(
            environ.get("REQUEST_METHOD", ""), environ.get("PATH_INFO", "")
        ),
        "status": status,
        "code": code,
        "address": environ.get("REMOTE_ADDR", ""),
        "requests": count,
    }
    _LOG.warning("turned away", extra={"told": facts})
