"""When tokens and sessions were used last: gathered, and written now and then."""

import threading
import time
from contextlib import suppress
from typing import Final

from glossary.errors import StoreError
from glossary.people import access
from glossary.store import Store

#: Seconds for which uses are gathered before they are written.
_PATIENCE: Final = 60.0


class Uses:
    """The uses of one process. Reading stays reading: a thread writes them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._used: dict[str, str] = {}
        self._since = time.monotonic()

    def note(self, digest: str) -> None:
        """Note that the secret with this digest was shown just now."""
        with self._lock:
            if not self._used:
                self._since = time.monotonic()
            self._used[digest] = access.now()

    def write_if_due(self) -> None:
        """Have what was gathered written in the back, once it has waited long."""
        if self._used and time.monotonic() - self._since > _PATIENCE:
            threading.Thread(target=self.write, daemon=True).start()

    def write(self) -> None:
        """Write what was gathered; where that cannot be, it is lost."""
        with self._lock:
            used, self._used = self._used, {}
        if used:
            with suppress(StoreError), self._store.write(by="") as write:
                write.people.note_used(used)
