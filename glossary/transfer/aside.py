"""What other processes make ready while one writes a large file.

Each reads the file for itself and makes every so-manieth batch ready, so that nothing
but finished work goes from one process to another, and the batches are written in the
order of the file. A pipe holds a process up that is far ahead, and one whose writer is
gone ends with it. Whatever goes wrong aside, the writer reads on by itself from the
first batch that it lacks, and says what is wrong where there is something.
"""

import gc
import os
import subprocess  # nosec B404 - our own program.
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO, BinaryIO, Final, NamedTuple

from glossary.config import Settings, cores, go_by, settings_in_force
from glossary.curation import made_id
from glossary.entry import codec
from glossary.errors import Invalid
from glossary.formats import ReadOptions, Record, Refused, Remark, by_name
from glossary.query import Order
from glossary.store import Findable, Ready, findable, framed, messages
from glossary.transfer.batches import Batch, Item, gathered
from glossary.transfer.packing import packer, unpacker
from glossary.transfer.register import names_noun
from glossary.transfer.soundness import entry_of

#: A process of its own costs a second at its start; a smaller file is done by then.
LARGE: Final = 1_000_000
#: One that writes keeps up with no more.
_MOST: Final = 3
#: So many batches of a process wait for the writer at most, at some megabytes each.
_WAITING: Final = 4
#: Whoever waits for the writer for so much of the time that the work takes is held up.
_HELD_UP: Final = 0.05
#: So much more or less of a batch is taken on at once.
_STEP: Final = 0.05
#: The collector looks through what is new after so many more objects than were freed.
_ALLOCATIONS: Final = 50_000
_END: Final = b""


class Readying(NamedTuple):
    """What a process is to make ready: of all batches those from `first` by `step`."""

    path: str
    format: str
    options: ReadOptions
    order: Order
    at: str
    first: int
    step: int
    settings: Settings


class _Sent(NamedTuple):
    """An item as it goes from process to process: what it can be made of again."""

    record: Record | None
    refused: Refused | None = None
    document: str = ""
    rows: Findable | None = None
    is_named: bool = False


class _SentBatch(NamedTuple):
    items: list[_Sent]
    remarks: list[Remark]
    place: int


def is_worth_it(stream: BinaryIO) -> bool:
    """Say whether a file is so large, and there are processors, that others help."""
    try:
        size = os.fstat(stream.fileno()).st_size
    except OSError:
        return False
    path = getattr(stream, "name", None)
    return isinstance(path, str) and size >= LARGE and cores() > 1


@contextmanager
def ahead(
    stream: BinaryIO, format_: str, options: ReadOptions, order: Order, *, at: str
) -> Iterator[Iterator[Batch]]:
    """Have other processes read a file; yield its batches, the sound records ready.

    `at` is when what they make will be stored. The processes are gone afterwards.
    """
    step = min(cores() - 1, _MOST)
    path = str(Path(str(getattr(stream, "name", ""))).resolve())
    with ExitStack() as stack:
        stack.callback(gc.unfreeze)
        stack.callback(gc.set_threshold, *gc.get_threshold())
        _collect_seldom()
        queues = [
            stack.enter_context(
                _process(
                    Readying(
                        path,
                        format_,
                        options,
                        replace(order, confirm=None),
                        at,
                        first,
                        step,
                        settings_in_force(),
                    )
                )
            )
            for first in range(step)
        ]
        yield _in_order(queues, at, stream, format_, options)


def _in_order(
    queues: list["Queue[bytes | None]"],
    at: str,
    stream: BinaryIO,
    format_: str,
    options: ReadOptions,
) -> Iterator[Batch]:
    """Yield batches as they come; where one does not, go on without the others."""
    count = 0
    for queue in cycle(queues):
        message = queue.get()
        if message == _END:
            return
        if message is None:
            break
        batch = _DECODER.decode(message)
        # Whoever shows how far an import is asks the stream.
        stream.seek(batch.place)
        yield Batch([_item(one, at) for one in batch.items], batch.remarks, batch.place)
        count += 1
    stream.seek(0)
    readable = by_name(format_)
    assert readable.read is not None  # noqa: S101 - it was read before.  # nosec B101
    reading = readable.read(stream, options)
    yield from islice(gathered(reading.records, stream), count, None)


def _item(row: _Sent, at: str) -> Item:
    record = row.record or row.refused
    assert record is not None  # noqa: S101 - a process sends one of them.  # nosec B101
    if not row.document:
        return Item(record)
    entry = codec.read_entry(row.document)
    return Item(record, Ready(entry, row.document, row.rows, at), row.is_named)


@contextmanager
def _process(task: Readying) -> Iterator["Queue[bytes | None]"]:
    """Run a process; yield what it sends, then `_END`, or None where it broke off."""
    process = subprocess.Popen(  # nosec B603 - our own program.
        [sys.executable, "-m", "glossary.transfer.aside"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None  # noqa: S101 - a pipe.  # nosec B101
    assert process.stdout is not None  # noqa: S101 - a pipe.  # nosec B101
    queue: Queue[bytes | None] = Queue(_WAITING)
    reader = Thread(target=_received, args=(process.stdout, queue), daemon=True)
    try:
        with suppress(BrokenPipeError), process.stdin as stdin:
            stdin.write(_ENCODER.encode(task))
        reader.start()
        yield queue
    finally:
        process.kill()
        while reader.is_alive():
            with suppress(Exception):
                queue.get(timeout=0.01)
        process.wait()
        process.stdout.close()


def _received(pipe: IO[bytes], queue: "Queue[bytes | None]") -> None:
    for message in messages(pipe):
        queue.put(message)
        if message == _END:
            return
    queue.put(None)


class Share:
    """How much of each batch is made findable aside, and how much where it is written.

    Who is held up by the writer takes more on, and who keeps it waiting takes less.
    """

    def __init__(self) -> None:
        self.of_all = 1.0

    def settle(self, worked: float, held_up: float) -> None:
        """Note how long a batch took to be made, and how long to be sent."""
        if held_up > worked * _HELD_UP:
            self.of_all = min(self.of_all + _STEP, 1.0)
        else:
            self.of_all = max(self.of_all - _STEP, 0.0)


def make_ready(task: Readying, share: Share) -> Iterator[bytes]:
    """Yield the batches of a task, and `_END`, as they are sent."""
    format_ = by_name(task.format)
    assert format_.read is not None  # noqa: S101 - the writer has read it.  # nosec B101
    with Path(task.path).open("rb") as stream:
        records = format_.read(stream, task.options).records
        number = -1
        for number, batch in enumerate(gathered(records, stream)):
            if number % task.step == task.first:
                most = round(len(batch.items) * share.of_all)
                items = [
                    _readied(item.record, task, whole=at < most)
                    for at, item in enumerate(batch.items)
                ]
                whole = _SentBatch(items, batch.remarks, batch.place)
                yield _ENCODER.encode(whole)
        if (number + 1) % task.step == task.first:
            yield _END


def _readied(record: Record | Refused, task: Readying, *, whole: bool) -> _Sent:
    """Return a record with what is made of it alone, where it is sound."""
    if isinstance(record, Refused):
        return _Sent(None, record)
    if names_noun(record):
        return _Sent(record)
    try:
        entry = entry_of(record, task.order)
    except Invalid:
        # The writer says what is wrong, in its place.
        return _Sent(record)
    is_named = bool(entry.id)
    new = replace(
        entry,
        id=entry.id or made_id(entry),
        version=1,
        created=task.at,
        modified=task.at,
    )
    document = codec.write(new).decode()
    rows = findable(new) if whole else None
    return _Sent(record, None, document, rows, is_named)


def _collect_seldom() -> None:
    """Spare the collector what stands already, and what is gone after each batch."""
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS, 20, 100)


_ENCODER: Final = packer()
_DECODER: Final = unpacker(_SentBatch)


def main() -> None:
    """Do the task that stands on the standard input."""
    task = unpacker(Readying).decode(sys.stdin.buffer.read())
    go_by(lambda: task.settings)
    _collect_seldom()
    out, share = sys.stdout.buffer, Share()
    start = time.monotonic()
    with suppress(BrokenPipeError):
        for message in make_ready(task, share):
            sending = time.monotonic()
            out.write(framed(message))
            out.flush()
            end = time.monotonic()
            share.settle(sending - start, end - sending)
            start = end
    os._exit(0)


if __name__ == "__main__":
    main()
