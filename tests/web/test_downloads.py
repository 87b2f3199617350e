"""Files that were made last come again while the store has not moved."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import IO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

from glossary.curation import changes
from glossary.formats import Dropped
from glossary.message import N_, Message
from glossary.serving import gate
from glossary.web import downloads
from glossary.web.api import transfers
from glossary.web.downloads import Downloads
from tests.answers import API
from tests.nouns import entry, numbered


def writer(text: bytes, calls: list[bytes]) -> Callable[..., int]:
    def make(file: IO[bytes], drop: Callable[[Dropped], None]) -> int:
        calls.append(text)
        file.write(text)
        drop(Dropped("road-1", "/note", Message(N_("This is left out."))))
        return 1

    return make


def test_each_reader_of_a_file_reads_all_of_it_and_it_is_made_once() -> None:
    kept, calls = Downloads(), []
    first = kept.get("a", writer(b"one two", calls))
    second = kept.get("a", writer(b"other", calls))
    assert first.file.read(3) == b"one"
    assert second.file.read() == b"one two"
    assert first.file.read() == b" two"
    assert (first.size, first.entries, len(second.dropped)) == (7, 1, 1)
    assert calls == [b"one two"]
    first.file.close()
    second.file.close()


def test_the_oldest_files_make_room_and_who_reads_one_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(downloads, "_MOST", 2)
    monkeypatch.setattr(downloads, "_ROOM", 10)
    kept, calls = Downloads(), []
    before = len([*Path("/proc/self/fd").iterdir()])
    readers = [kept.get(tag, writer(b"1234", calls)) for tag in "abc"]
    readers.append(kept.get("large", writer(b"x" * 11, calls)))
    assert [len(reader.file.read()) for reader in readers] == [4, 4, 4, 11]
    for reader in readers:
        reader.file.close()
    assert len([*Path("/proc/self/fd").iterdir()]) == before


def test_a_file_that_cannot_be_made_is_none() -> None:
    kept, calls = Downloads(), []

    def failing(file: IO[bytes], _: object) -> int:
        file.write(b"half")
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - it is our own.
        kept.get("a", failing)
    assert kept.get("a", writer(b"whole", calls)).file.read() == b"whole"


def test_a_file_that_several_want_at_once_is_made_once() -> None:
    kept, calls = Downloads(), []
    begun, done, sizes = Event(), Event(), list[int]()

    def slow(file: IO[bytes], drop: Callable[[Dropped], None]) -> int:
        begun.set()
        done.wait(10)
        return writer(b"whole", calls)(file, drop)

    def ask() -> None:
        with kept.get("a", slow).file as file:
            sizes.append(len(file.read()))

    threads = [Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    begun.wait(10)
    # Who wants another one does not wait.
    assert kept.get("b", writer(b"other", [])).file.read() == b"other"
    done.set()
    for thread in threads:
        thread.join()
    assert (sizes, calls) == ([5, 5, 5], [b"whole"])


def test_an_export_is_made_once_at_a_revision(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls, take_out = [], transfers.take_out

    def counted(*args: object, **options: object) -> int:
        calls.append(options)
        return take_out(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(transfers, "take_out", counted)
    address = f"{API}/export?format=csv&subject=climate"
    one, two = client.get(address), client.get(address)
    assert (one.data, one.headers["Glossary-Dropped"]) == (
        two.data,
        two.headers["Glossary-Dropped"],
    )
    report = client.get(f"{address}&report=true").get_json()
    assert str(len(report["dropped"])) == one.headers["Glossary-Dropped"]
    assert len(calls) == 1
    store = app.extensions["glossary"].store
    changes.create(store, entry(**numbered(1)), by="me")
    assert client.get(address).headers["ETag"] != one.headers["ETag"]
    assert len(calls) == 2


def test_the_system_sends_a_file_that_is_there_without_a_copy(
    app: Flask, client: FlaskClient
) -> None:
    address = f"{API}/export?format=csv&subject=climate"
    environ = EnvironBuilder(path=address).get_environ()
    status, headers, body = gate._whole(app.wsgi_app, environ)
    assert not isinstance(body, bytes)
    with body:
        sent = Path(f"/dev/fd/{body.fileno()}").read_bytes()
    assert (status, len(sent)) == (200, int(dict(headers)["Content-Length"]))
    assert sent == client.get(address).data
