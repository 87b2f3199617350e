"""What a lookup reads whole: entries, and the documents that they cite."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

from glossary.entry import Entry, Source, read_entry, read_noun, write
from glossary.store.connection import Rows
from glossary.store.memory import Memory


class Documents:
    """Reads over one function that runs SQL.

    Inside one snapshot nothing is asked twice: what is known of grams, words, sizes
    and entries is remembered until it ends, by each thread for itself.
    """

    #: Whether a statement costs a way to a server and back.
    is_far = False
    #: Tells a text that is in a short list, which is sent as JSON.
    among = "in (select value from json_each(?))"

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        #: Opened by every snapshot.
        self.memory = Memory()

    def foresee(self, *questions: Callable[[Self], object]) -> None:
        """Ask together what will be asked one by one, where that saves ways.

        A question calls methods of the search that it is given; what is read for it is
        remembered, so the same calls then ask nothing.
        """

    def entries(self, numbers: Sequence[int]) -> dict[int, Entry]:
        """Return the entries of these numbers."""
        return self.memory.many("entry", numbers, self._entries)

    def sources(self, names: Iterable[str]) -> dict[str, Source]:
        """Return the sources of these ids, as far as they are described."""
        return self.memory.lasting("source", sorted(names), self._sources)

    def documents(self, numbers: Sequence[int]) -> dict[int, str | bytes]:
        """Return the entries of these numbers as they are stored, asked anew."""
        marks = ", ".join("?" * len(numbers))
        rows = self._rows(
            f"select n, document from entry where n in ({marks})",  # noqa: S608 - marks only.  # nosec B608
            numbers,
        )
        return dict(rows)

    def _entries(self, numbers: list[int]) -> dict[int, Entry]:
        return {n: read_entry(d) for n, d in self.documents(numbers).items()}

    def _sources(self, names: list[str]) -> dict[str, Source]:
        rows = self._rows(
            f"select document from source where id {self.among}",  # noqa: S608 - fixed words only.  # nosec B608
            [write(names).decode()],
        )
        return sources_by_id(row[0] for row in rows)

    def _read(self, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """Return what a statement answers, asked once in a snapshot."""
        return self.memory.once((sql, *values), lambda: self._rows(sql, values))


def sources_by_id(documents: Iterable[str | bytes]) -> dict[str, Source]:
    """Return the sources that the store wrote, by id."""
    sources = (read_noun(document, Source) for document in documents)
    return {source.id: source for source in sources}
