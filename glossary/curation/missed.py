"""Look-ups that found nothing, counted: what the glossary lacks.

Only the text of a query and a number are kept, never who asked or when; and only
editors see the texts, for people look up what is not published yet. A process gathers
counts and writes them in the background, so that reading stays reading. It remembers
for a day how many it took from an address, so that nobody fills the list alone.
"""

import threading
import time
from collections import Counter
from typing import Final

from glossary.errors import StoreError
from glossary.people import network
from glossary.store import Later, Store

#: Seconds after which gathered counts are written.
_PATIENCE: Final = 2.0
#: So many queries wait at most while they cannot be written.
_WAITING: Final = 20_000
#: Seconds after which addresses are forgotten.
_DAY: Final = 86_400.0
#: So many addresses are told apart in a day; together, the others are one.
_MOST_ADDRESSES: Final = 50_000


class Missed:
    """Counts the queries of one process; `most` bounds how many the store keeps.

    `of_address` bounds how many are counted of one address in a day. With either of
    them 0, nothing is counted.
    """

    def __init__(self, store: Store, *, most: int, of_address: int) -> None:
        self._store = store
        self._most = most
        self._of_address = of_address
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._later = Later(self.flush, seconds=_PATIENCE)
        self._by_address: Counter[str] = Counter()
        self._since = time.monotonic()

    def note(self, q: str, *, address: str) -> None:
        """Count a query that found nothing, and came from an address."""
        text = " ".join(q.split())
        if not self._most or not text:
            return
        with self._lock:
            if not self._takes(network(address)):
                return
            if text in self._counts or len(self._counts) < _WAITING:
                self._counts[text] += 1
        self._later.want()

    def flush(self) -> None:
        """Write what was counted; keep it for the next time when that cannot be."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if not counts:
            return
        try:
            self._store.note_missed(counts, most=self._most)
        except StoreError:
            with self._lock:
                self._counts.update(counts)

    def _takes(self, place: str) -> bool:
        """Say whether a network has something left of its share of the day; use it."""
        now = time.monotonic()
        if now - self._since >= _DAY:
            self._by_address.clear()
            self._since = now
        if place not in self._by_address and len(self._by_address) >= _MOST_ADDRESSES:
            place = ""
        if self._by_address[place] >= self._of_address:
            return False
        self._by_address[place] += 1
        return True
