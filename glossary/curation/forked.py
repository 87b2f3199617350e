"""New entries made ready to be stored, some by this process and most by a child of it.

What makes an entry findable takes twice as long as writing it does. The child makes the
later ones ready while this process does the first, writes them and then what the child
has sent. It touches neither the store nor anything else of its parent's; whatever goes
wrong with it, this process makes ready what it has not sent.
"""

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from queue import SimpleQueue
from typing import BinaryIO, Final, NamedTuple

import msgspec

from glossary.config import cores
from glossary.entry import Entry, codec
from glossary.store import Findable, Ready, findable, framed, messages

#: So few entries are made ready by the time that another process would take to begin.
_FEWEST: Final = 500
#: What part the writer makes ready itself, so that both are done at the same time.
_OWN: Final = 0.3
#: So many are sent at once, at some three kilobytes each.
_AT_ONCE: Final = 50


class _Derived(NamedTuple):
    """What is made of an entry: how it is stored, and what finds it."""

    document: str
    rows: Findable


@contextmanager
def readied(entries: Sequence[Entry], at: str) -> Iterator[Iterator[Ready]]:
    """Yield entries as they are stored for the first time at a time, in their order.

    A child helps where they are many, there is a processor for it, and no other thread
    runs here, which a child would not have. It is gone afterwards.
    """
    own = len(entries)
    with ExitStack() as stack:
        queue = None
        if own >= _FEWEST and _may_fork():
            own = round(own * _OWN)
            queue = stack.enter_context(_child(entries[own:], at))
        yield _in_order(entries, at, own, queue)


def _in_order(
    entries: Sequence[Entry],
    at: str,
    own: int,
    queue: "SimpleQueue[list[_Derived] | None] | None",
) -> Iterator[Ready]:
    count = own
    for entry in entries[:own]:
        yield _ready_to_store(entry, at)
    while queue is not None and (batch := queue.get()) is not None:
        for derived in batch:
            first = _first(entries[count], at)
            yield Ready(first, derived.document, derived.rows, at)
            count += 1
    for entry in entries[count:]:
        yield _ready_to_store(entry, at)


def _first(entry: Entry, at: str) -> Entry:
    return replace(entry, version=1, created=at, modified=at)


def _ready_to_store(entry: Entry, at: str) -> Ready:
    """Return an entry as it is stored when it is not there yet."""
    first = _first(entry, at)
    return Ready(first, codec.write(first).decode(), findable(first), at)


def _may_fork() -> bool:
    return hasattr(os, "fork") and cores() > 1 and threading.active_count() == 1


@contextmanager
def _child(
    entries: Sequence[Entry], at: str
) -> Iterator["SimpleQueue[list[_Derived] | None]"]:
    """Have a child make entries ready; yield what it sends, and None at its end."""
    to_read, to_write = os.pipe()
    child = os.fork()
    if child == 0:
        # It must not come back into what its parent does, whatever happens.
        try:
            os.close(to_read)
            with os.fdopen(to_write, "wb") as out:
                _send(out, entries, at)
        finally:
            os._exit(0)
    os.close(to_write)
    queue: SimpleQueue[list[_Derived] | None] = SimpleQueue()
    pipe = os.fdopen(to_read, "rb")
    reader = threading.Thread(target=_receive, args=(pipe, queue), daemon=True)
    reader.start()
    try:
        yield queue
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        reader.join()


def _send(pipe: BinaryIO, entries: Sequence[Entry], at: str) -> None:
    for start in range(0, len(entries), _AT_ONCE):
        readies = (
            _ready_to_store(entry, at) for entry in entries[start : start + _AT_ONCE]
        )
        batch = [(one.document, one.rows) for one in readies]
        pipe.write(framed(_ENCODER.encode(batch)))
        pipe.flush()


def _receive(pipe: BinaryIO, queue: "SimpleQueue[list[_Derived] | None]") -> None:
    """Queue what a child sends; what it broke off is left out."""
    with pipe:
        for message in messages(pipe):
            queue.put(_DECODER.decode(message))
    queue.put(None)


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(list[_Derived])
