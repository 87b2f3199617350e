"""When tokens and sessions were used last: gathered, and written now and then."""

import threading
from contextlib import suppress
from typing import Final

from glossary.errors import StoreError
from glossary.people import access
from glossary.store import Later, Store

#: Seconds for which uses are gathered before they are written.
_PATIENCE: Final = 60.0


class Uses:
    """The uses of one process. Reading stays reading: a thread writes them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._last_uses: dict[str, str] = {}
        self._later = Later(self.write, seconds=_PATIENCE)

    def note(self, digest: str) -> None:
        """Note that the secret with this digest was shown just now."""
        with self._lock:
            self._last_uses[digest] = access.now()
        self._later.want()

    def write(self) -> None:
        """Write what was gathered; where that cannot be, it is lost."""
        with self._lock:
            last_uses, self._last_uses = self._last_uses, {}
        if last_uses:
            with suppress(StoreError), self._store.write(by="") as write:
                write.people.note_used(last_uses)
