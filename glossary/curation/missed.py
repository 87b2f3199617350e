"""Look-ups that found nothing, counted: what the glossary lacks.

Only the text of a query and a number are kept, never who asked or when. A process
gathers counts and writes them in the background, so that reading stays reading.
"""

import threading
from collections import Counter
from typing import Final

from glossary.errors import StoreError
from glossary.store import Store

#: Seconds after which gathered counts are written.
_PATIENCE: Final = 2.0


class Missed:
    """Counts the queries of one process; `most` bounds how many the store keeps.

    With `most` 0, nothing is counted.
    """

    def __init__(self, store: Store, *, most: int) -> None:
        self._store = store
        self._most = most
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    def note(self, q: str) -> None:
        """Count a query that found nothing."""
        text = " ".join(q.split())
        if not self._most or not text:
            return
        with self._lock:
            first = not self._counts
            self._counts[text] += 1
        if first:
            timer = threading.Timer(_PATIENCE, self.flush)
            timer.daemon = True
            timer.start()

    def flush(self) -> None:
        """Write what was counted; keep it for another time when that cannot be."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if not counts:
            return
        try:
            self._store.note_missed(counts, most=self._most)
        except StoreError:
            with self._lock:
                self._counts.update(counts)
