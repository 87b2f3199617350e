"""What a server does beside its requests: tell of changes, call webhooks, send mail."""

import logging
import threading
from typing import Final

from glossary.config import Settings
from glossary.curation import digest, hooks, watching
from glossary.errors import GlossaryError
from glossary.store import Store

_LOG: Final = logging.getLogger(__name__)
#: Seconds between two rounds.
_PAUSE: Final = 2.0


def round_(store: Store, settings: Settings) -> tuple[int, int, int]:
    """Tell of changes, call what is due, send the day's mail; return how many each."""
    notices, calls = watching.follow(store), hooks.deliver(store)
    mails = digest.send(store, settings) if digest.is_due(store, settings) else 0
    return notices, calls, mails


class Teller(threading.Thread):
    """Makes a round now and then, as long as the process lives."""

    def __init__(self, store: Store, settings: Settings) -> None:
        super().__init__(daemon=True)
        self._store, self._settings = store, settings
        self._end = threading.Event()

    def run(self) -> None:
        """Make rounds; what goes wrong is written down, and the next one is made."""
        while not self._end.wait(_PAUSE):
            try:
                round_(self._store, self._settings)
            except GlossaryError as error:
                _LOG.warning("nobody is told: %s", error)
            except Exception:  # noqa: BLE001 - whatever goes wrong, the next round is made.
                _LOG.exception("nobody is told")
