"""A large file that a process of its own makes, so that nobody else waits for it.

Whoever looks a phrase up meanwhile would otherwise wait for the interpreter each time
that the store or the network had been waited for. Nothing else differs: the process
reads the store as of the moment that it is told, or makes nothing, and whatever goes
wrong there, the file is made here.
"""

import os
import subprocess  # nosec B404 - our own program.
import sys
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import IO, Final, NamedTuple

from glossary.config import Settings, go_by
from glossary.formats import Dropped, by_name
from glossary.query import Export
from glossary.store import Store, open_store
from glossary.transfer.packing import packer, unpacker
from glossary.transfer.taking import take_out

#: Entries of a glossary whose file a process is begun for: starting it takes as long as
#: some thousands take.
LARGE: Final = 10_000
#: So many such processes run at a time; a further file is made here.
_MOST: Final = 2
#: How much the process gives way to those that answer, of 19.
_NICE: Final = 10
_ROOM: Final = BoundedSemaphore(_MOST)


class _Making(NamedTuple):
    """What a process is to make, of which moment of the store."""

    export: Export
    moment: str
    settings: Settings


class _Contents(NamedTuple):
    entries: int
    dropped: tuple[Dropped, ...]


def is_worth_it(store: Store, export: Export) -> bool:
    """Say whether a file is so large that a process of its own is to make it.

    Formats that remember what each entry is in a file remember it here.
    """
    if export.entry or by_name(export.format).pieces:
        return False
    names = store.glossaries()
    count = sum(n for name, n in names if export.glossary in (None, name))
    return count >= LARGE


def take_out_apart(
    settings: Settings,
    store: Store,
    export: Export,
    stream: IO[bytes],
    *,
    drop: Callable[[Dropped], None],
) -> int | None:
    """Have a process write an export to a file; return how many entries it holds.

    `stream` must be a file of the system, and `drop` is told what the format cannot
    hold. Return None, with nothing written and nothing told, where the store has moved,
    the process broke off, or enough of them run.
    """
    if not _ROOM.acquire(blocking=False):
        return None
    try:
        task = _Making(export, str(store.moment()), settings)
        stream.flush()
        file = _by_process(task, stream.fileno())
    finally:
        _ROOM.release()
    if file is None:
        stream.seek(0)
        stream.truncate()
        return None
    stream.seek(0, os.SEEK_END)
    for loss in file.dropped:
        drop(loss)
    return file.entries


def _by_process(task: _Making, number: int) -> _Contents | None:
    process = subprocess.run(  # noqa: S603 - our own program and a number.  # nosec B603
        [sys.executable, "-m", "glossary.transfer.apart", str(number)],
        input=packer().encode(task),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=(number,),
        check=False,
    )
    return (
        unpacker(_Contents).decode(process.stdout) if process.returncode == 0 else None
    )


def make(task: _Making, stream: IO[bytes]) -> _Contents | None:
    """Write the file of a task; return what it holds, None if the store has moved."""
    go_by(lambda: task.settings)
    export, settings = task.export, task.settings
    losses: list[Dropped] = []
    store = open_store(
        settings.database,
        new=False,
        busy_timeout=settings.busy_timeout,
        standby_wait=settings.standby_wait,
    )
    with store.snapshot():
        if str(store.moment()) != task.moment:
            return None
        entries = take_out(
            store,
            by_name(export.format),
            stream,  # type: ignore[arg-type] # a file is a BinaryIO in all but name.
            part=export,
            drop=losses.append,
            source=export.source,
            target=export.target,
            nouns=export.nouns,
            layout=export.layout,
        )
    return _Contents(entries, tuple(losses))


def main() -> None:
    """Do the task on the standard input, into the file whose number is given."""
    os.nice(_NICE)
    task = unpacker(_Making).decode(sys.stdin.buffer.read())
    with os.fdopen(int(sys.argv[1]), "wb", closefd=False) as stream:
        file = make(task, stream)
    if file is None:
        sys.exit(1)
    sys.stdout.buffer.write(packer().encode(file))


if __name__ == "__main__":
    main()
