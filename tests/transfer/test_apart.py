"""A large file is made by a process of its own, and nothing else differs."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from glossary import config
from glossary.config import Settings
from glossary.curation import changes
from glossary.formats import Dropped, by_name
from glossary.query import Export
from glossary.store import Store
from glossary.transfer import apart, take_out
from glossary.web.downloads import Downloads
from tests.answers import API
from tests.nouns import entry, numbered


def settings_of(database: str) -> Settings:
    return replace(config.settings(), database=database)


def stored(store: Store, count: int = 40) -> None:
    for number in range(count):
        changes.create(store, entry(**numbered(number)), by="me")


def both(
    database: str, store: Store, export: Export
) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """Return what a process of its own makes of an export, and what is made here."""
    outcomes = []
    for takes_apart in (True, False):
        losses: list[Dropped] = []
        with TemporaryFile() as stream, store.snapshot():
            if takes_apart:
                count = apart.take_out_apart(
                    settings_of(database), store, export, stream, drop=losses.append
                )
            else:
                count = take_out(
                    store,
                    by_name(export.format),
                    stream,
                    part=export,
                    drop=losses.append,
                    source=export.source,
                    target=export.target,
                    nouns=export.nouns,
                    layout=export.layout,
                )
            size = stream.tell()
            stream.seek(0)
            text = stream.read()
            assert size == len(text)
            outcomes.append((count, text, losses))
    return outcomes[0], outcomes[1]


@pytest.mark.parametrize(
    "export",
    [
        Export(format="ndjson", nouns=True),
        Export(format="csv", glossaries=frozenset({"diplomatic", "other"})),
        Export(format="csv", layout="wide"),
        Export(format="deepl", source="en", target="zh-Hans"),
        Export(format="skos", state="draft"),
    ],
    ids=lambda export: f"{export.format} {export.layout} {export.source}",
)
def test_a_process_of_its_own_makes_the_same_file_and_tells_the_same(
    fresh: str, store: Store, export: Export
) -> None:
    stored(store)
    there, here = both(fresh, store, export)
    assert there == here
    assert there[0] is not None


def test_of_a_store_that_has_moved_a_process_makes_nothing(
    fresh: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(store, 3)
    by_process: Callable[..., object] = apart._by_process

    def later(task: apart._Making, number: int) -> object:
        os.write(number, b"what another one had begun")
        return by_process(task._replace(moment="1-1"), number)

    monkeypatch.setattr(apart, "_by_process", later)
    with TemporaryFile() as stream:
        count = apart.take_out_apart(
            settings_of(fresh), store, Export(format="csv"), stream, drop=pytest.fail
        )
        assert (count, stream.tell(), os.fstat(stream.fileno()).st_size) == (None, 0, 0)


def test_where_a_process_breaks_off_nothing_is_written(
    store: Store, tmp_path: Path
) -> None:
    stored(store, 3)
    nowhere = settings_of(str(tmp_path / "nowhere" / "glossary.db"))
    with TemporaryFile() as stream:
        count = apart.take_out_apart(
            nowhere, store, Export(format="csv"), stream, drop=pytest.fail
        )
        assert (count, os.fstat(stream.fileno()).st_size) == (None, 0)


def test_no_more_processes_run_at_a_time_than_there_is_room_for(
    fresh: str, store: Store
) -> None:
    stored(store, 3)
    export = Export(format="csv")
    with TemporaryFile() as stream:
        for _ in range(apart._MOST):
            assert apart._ROOM.acquire(blocking=False)
        try:
            count = apart.take_out_apart(
                settings_of(fresh), store, export, stream, drop=pytest.fail
            )
        finally:
            for _ in range(apart._MOST):
                apart._ROOM.release()
        assert count is None
        assert (
            apart.take_out_apart(
                settings_of(fresh), store, export, stream, drop=lambda _: None
            )
            == 3
        )


def test_an_export_by_a_process_of_its_own_is_downloaded_as_any_other(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: list[int | None] = []
    take_out_apart = apart.take_out_apart

    def noted(*args: object, **options: object) -> int | None:
        counts.append(take_out_apart(*args, **options))  # type: ignore[arg-type]
        return counts[-1]

    monkeypatch.setattr(apart, "take_out_apart", noted)
    addresses = [f"{API}/export?format={name}" for name in ("csv", "omegat")]
    here = [client.get(address) for address in addresses]
    assert counts == []
    monkeypatch.setattr(apart, "LARGE", 1)
    monkeypatch.setattr(app.extensions["glossary"], "downloads", Downloads())
    there = [client.get(address) for address in addresses]
    assert [answer.data for answer in there] == [answer.data for answer in here]
    names = "Glossary-Entries", "Glossary-Dropped", "ETag", "Content-Length"
    for name in names:
        assert [a.headers[name] for a in there] == [a.headers[name] for a in here]
    assert [str(count) for count in counts if count is not None] == [
        answer.headers["Glossary-Entries"]
        for answer, address in zip(there, addresses, strict=True)
        if not by_name(address.rpartition("=")[2]).pieces
    ]
