"""Entries are made ready by a child as this process would make them."""

import os
import signal
import threading
from collections.abc import Callable
from typing import Any, BinaryIO

import pytest

from glossary.curation import forked
from glossary.curation.fixtures import entries
from glossary.entry import Entry, codec
from glossary.store import Ready

_AT = "2026-01-02T03:04:05Z"

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


_SEND = forked._send


def _breaks_off(pipe: BinaryIO, some: list[Entry], at: str) -> None:
    _SEND(pipe, some[:70], at)
    pipe.write((1000).to_bytes(8, "big") + b"half a message")
    pipe.flush()
    os.kill(os.getpid(), signal.SIGKILL)


def _fails(_pipe: BinaryIO, _some: list[Entry], _at: str) -> None:
    raise MemoryError


@pytest.fixture(scope="module")
def curated() -> list[Entry]:
    return entries()[-600:]


@pytest.fixture(scope="module")
def alone(curated: list[Entry]) -> list[object]:
    return [_plain(forked._ready_to_store(entry, _AT)) for entry in curated]


def _plain(ready: Ready) -> tuple[Entry, str, object, str]:
    rows: Any = codec.read_plain(codec.write(ready.rows))
    return ready.entry, ready.document, rows, ready.at


@pytest.mark.parametrize(
    ("send", "made_here"), [(_SEND, 180), (_breaks_off, 530), (_fails, 600)]
)
def test_entries_are_made_ready_in_order_by_a_child_or_without_it(
    curated: list[Entry],
    alone: list[object],
    send: Callable[..., None],
    made_here: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here: list[str] = []
    make = forked._ready_to_store

    def noted(entry: Entry, at: str) -> Ready:
        here.append(entry.id)
        return make(entry, at)

    children: list[int] = []
    fork = os.fork

    def forking() -> int:
        children.append(fork())
        return children[0]

    monkeypatch.setattr(os, "fork", forking)
    monkeypatch.setattr(forked, "_may_fork", lambda: True)
    monkeypatch.setattr(forked, "_send", send)
    monkeypatch.setattr(forked, "_ready_to_store", noted)
    with forked.readied(curated, _AT) as all_ready:
        assert list(map(_plain, all_ready)) == alone
    assert len(here) == made_here
    with pytest.raises(ChildProcessError):
        os.waitpid(children[0], os.WNOHANG)


def test_there_is_no_child_beside_another_thread_or_on_one_processor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(forked, "cores", lambda: 2)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert forked._may_fork()
    monkeypatch.setattr(forked, "cores", lambda: 1)
    assert not forked._may_fork()
    monkeypatch.setattr(forked, "cores", lambda: 2)
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert not forked._may_fork()
