"""The records of a file, some hundreds at a time."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import BinaryIO, Final, NamedTuple

from glossary.errors import UnreadableFile
from glossary.formats import Given, Record, Refused, Remark
from glossary.store import Ready

#: So many records are read before the store is asked about all of them at once.
AHEAD: Final = 500


class Item(NamedTuple):
    """What a file says at one place; `ready` is made of a record that is sound.

    `is_named` says that the record has the id of its entry.
    """

    record: Record | Refused
    ready: Ready | None = None
    is_named: bool = False


class Batch(NamedTuple):
    """Some hundred records, what is said of the file between them, and where it is.

    `place` is how many bytes of the file were read.
    """

    items: list[Item]
    remarks: list[Remark]
    place: int


def gathered(records: Iterable[Given], stream: BinaryIO) -> Iterator[Batch]:
    """Yield what a file says in batches, those before an unreadable place too."""
    rest = iter(records)
    while True:
        batch = Batch([], [], 0)
        try:
            while len(batch.items) < AHEAD and (item := next(rest, None)) is not None:
                if isinstance(item, Remark):
                    batch.remarks.append(item)
                else:
                    batch.items.append(Item(item))
        except UnreadableFile:
            yield batch
            raise
        yield batch._replace(place=_place(stream))
        if len(batch.items) < AHEAD:
            return


def _place(stream: BinaryIO) -> int:
    with suppress(OSError, ValueError):
        return stream.tell()
    return 0
