"""A file beside a store that says that one stands there, so that its loss is noticed.

Whoever opens a store leaves it. Where the store is gone and its marker is not, nobody
puts an empty one in its place: what was lost is put back, or given up in so many words.
"""

from contextlib import suppress
from pathlib import Path
from typing import Final

from glossary.errors import StoreMissing
from glossary.message import N_

#: The rights of files that nobody else on the machine is to read.
OURS: Final = 0o600
_TEXT: Final = (
    "A glossary stands beside this file. As long as the file is here, no command puts "
    "an empty glossary in its place.\n"
)


class Marker:
    """The marker of the store in a file of that name."""

    def __init__(self, store: str) -> None:
        self._store = store
        self.path = Path(f"{store}.marker")

    def leave(self) -> None:
        """Say that a store stands here; where nothing can be written, do nothing."""
        with suppress(OSError):
            if not self.path.exists():
                self.path.touch(OURS)
                self.path.write_text(_TEXT)

    def missing(self) -> StoreMissing:
        """Return the error of a store that is not there; it tells lost from new."""
        if self.path.exists():
            return StoreMissing(
                N_(
                    "The store at %(path)s is gone. Put the file back, restore a "
                    "backup (glossary restore FILE), or remove %(marker)s to give it "
                    "up."
                ),
                path=self._store,
                marker=self.path,
            )
        return missing(self._store)


def missing(place: str) -> StoreMissing:
    """Return the error of a place where a store has still to be made."""
    return StoreMissing(
        N_(
            "There is no store at %(path)s. Create one with the curated entries "
            "(glossary load-fixtures), from files (glossary import) or empty (glossary "
            "db create)."
        ),
        path=place,
    )
