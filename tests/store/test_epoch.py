"""A store is told from its copies: nobody takes the state of one for the other's."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from glossary import config
from glossary.cli import main
from glossary.client import Client, FreshFile, OfflineCopy
from glossary.curation import changes
from glossary.errors import StoreUnreadable
from glossary.people import access
from glossary.store import open_store
from glossary.transfer.backup import backup, restore
from glossary.web import create_app
from tests.answers import API, json_of, problem
from tests.nouns import entry, numbered

HERE = "http://terms.example"
Serve = Callable[[str], Flask]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Make an application over a store."""
    made: list[Flask] = []

    def served(place: str) -> Flask:
        monkeypatch.setenv("GLOSSARY_DATABASE", place)
        config.settings.cache_clear()
        made.append(create_app())
        return made[-1]

    yield served
    for app in made:
        app.extensions["glossary"].store.close()


@pytest.fixture
def set_back(
    fresh: str, serve: Serve, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[FlaskClient, FlaskClient]]:
    """A store and one that its backup was restored into, both with two more entries.

    Both are at the same revision, each with other entries.
    """
    before = open_store(fresh)
    for number in (1, 2):
        changes.create(before, entry(**numbered(number)), by="me")
    kept = tmp_path / "kept.db"
    backup(before, kept)
    other = str(tmp_path / "back.db")
    if fresh.startswith("postgresql"):
        other = request.getfixturevalue("cluster").new()
    restore(kept, other)
    after = open_store(other)
    for store, more in ((before, (3, 4)), (after, (5, 6))):
        for number in more:
            changes.create(store, entry(**numbered(number)), by="me")
    assert before.revision() == after.revision()
    before.close()
    after.close()
    yield serve(fresh).test_client(), serve(other).test_client()
    if fresh.startswith("postgresql"):
        request.getfixturevalue("cluster").drop(other)


def test_a_restored_store_is_another_one(
    set_back: tuple[FlaskClient, FlaskClient],
) -> None:
    before, after = set_back
    lookup = f"{API}/lookup?q=silk+road+number+3"
    old = before.get(lookup)
    known = {"If-None-Match": old.headers["ETag"]}
    assert before.get(lookup, headers=known).status_code == 304
    fresh = after.get(lookup, headers=known)
    assert fresh.status_code == 200
    assert [h["entry"] for h in json_of(fresh)["hits"]] != ["road-3"]
    for path in ("/changes", "/changes/nouns"):
        now = json_of(before.get(API + path))
        since = f"{now['epoch']}-{now['revision']}"
        assert json_of(before.get(f"{API}{path}?since={since}"))["changes"] == []
        gone = after.get(f"{API}{path}?since={since}")
        problem(gone, 410, "revision-gone")
        assert "since=0" in gone.text


def test_a_cursor_of_another_store_is_gone(
    set_back: tuple[FlaskClient, FlaskClient],
) -> None:
    before, after = set_back
    page = json_of(before.get(f"{API}/changes?limit=1"))
    assert json_of(before.get(page["next"]))["changes"]
    problem(after.get(page["next"]), 410, "revision-gone")


def test_what_was_seen_of_another_store_is_no_demand(
    set_back: tuple[FlaskClient, FlaskClient],
) -> None:
    before, after = set_back
    seen = before.get(f"{API}/stats").headers["Glossary-Revision"]
    epoch, _, revision = seen.partition("-")
    ahead = {"Glossary-Revision": f"{epoch}-{int(revision) + 9}"}
    problem(before.get(f"{API}/stats", headers=ahead), 503, "store-behind")
    assert after.get(f"{API}/stats", headers=ahead).status_code == 200


def test_a_number_alone_is_of_this_store_and_on_its_way_out(
    client: FlaskClient,
) -> None:
    stats = client.get(f"{API}/stats")
    now = json_of(stats)["revision"]
    assert "Deprecation" not in stats.headers
    bare = client.get(f"{API}/changes?since={now}")
    assert (json_of(bare)["changes"], bare.headers["Deprecation"][0]) == ([], "@")
    whole = client.get(f"{API}/changes?since={stats.headers['Glossary-Revision']}")
    assert "Deprecation" not in whole.headers
    assert "Deprecation" not in client.get(f"{API}/changes?since=0").headers
    told = client.get(f"{API}/stats", headers={"Glossary-Revision": str(now)})
    assert "Deprecation" in told.headers
    problem(client.get(f"{API}/changes?since=999999"), 410, "revision-gone")
    for odd in ("x", "1f0c9a2b-", "1F0C9A2B-1", "1f0c9a2b-1-2", "-1"):
        problem(client.get(f"{API}/changes?since={odd}"), 422, "invalid")


def test_copies_on_other_machines_are_made_anew_after_a_restore(
    set_back: tuple[FlaskClient, FlaskClient], tmp_path: Path
) -> None:
    first, second = (
        Client(HERE, transport=httpx.WSGITransport(each.application))
        for each in set_back
    )
    copy = OfflineCopy(tmp_path / "copy.ndjson")
    copy.update(first)
    assert set(copy.entries) == {"road-1", "road-2", "road-3", "road-4"}
    again = OfflineCopy(copy.path)
    again.update(second)
    assert set(again.entries) == {"road-1", "road-2", "road-5", "road-6"}
    assert again.update(second) == 0
    path = tmp_path / "terms.txt"
    kept = FreshFile(first, path, "omegat")
    assert kept.refresh()
    kept._client = second
    assert kept.refresh()
    assert "number 5" in path.read_text("utf-8")


def test_a_plan_of_another_store_is_not_applied(
    set_back: tuple[FlaskClient, FlaskClient],
) -> None:
    before, _ = set_back
    store = before.application.extensions["glossary"].store
    editor = {"Authorization": f"Bearer {access.create(store, 'editor')}"}
    planned = before.post(
        f"{API}/imports?dry_run=true&format=csv",
        data="zh,en\n大象外交,elephant diplomacy\n".encode(),
        headers=editor,
    )
    job = json_of(planned)
    stats = json_of(before.get(f"{API}/stats"))
    assert (job["epoch"], job["revision"]) == (stats["epoch"], stats["revision"])
    with store.write(by="me") as write:
        write.begin_epoch()
    apply = before.post(f"{API}/imports/{job['id']}/apply", headers=editor)
    problem(apply, 412, "stale")


def test_a_running_server_follows_a_new_epoch(
    app: Flask, client: FlaskClient, database: Path
) -> None:
    text = {"text": "主权"}
    first = json_of(client.post(f"{API}/annotate", json=text))
    lookup = json_of(client.get(f"{API}/lookup?q=主权"))
    assert first["epoch"] == lookup["epoch"]
    done = CliRunner().invoke(main, ["db", "epoch", "--new"])
    epoch = done.output.strip()
    assert epoch != first["epoch"]
    assert json_of(client.get(f"{API}/lookup?q=主权"))["epoch"] == epoch
    again = json_of(client.post(f"{API}/annotate", json=text))
    assert again == {**first, "epoch": epoch}


@pytest.mark.usefixtures("only_sqlite")
def test_a_file_of_another_program_is_no_glossary(fresh: str, tmp_path: Path) -> None:
    open_store(fresh).close()
    with closing(sqlite3.connect(fresh)) as other:
        assert other.execute("pragma application_id").fetchone() == (0x474C4F53,)
        other.execute("pragma application_id = 1")
    with pytest.raises(StoreUnreadable):
        open_store(fresh)


def test_every_copy_has_an_epoch_of_its_own(fresh: str, tmp_path: Path) -> None:
    store = open_store(fresh)
    epochs = {store.epoch}
    changes.create(store, entry(**numbered(1)), by="me")
    backup(store, tmp_path / "kept.db")
    for number in range(3):
        place = str(tmp_path / f"{number}.db")
        restore(tmp_path / "kept.db", place)
        copy = open_store(place)
        assert [each.id for each in copy.all_entries()] == ["road-1"]
        epochs.add(copy.epoch)
        copy.close()
    kept = open_store(str(tmp_path / "kept.db"))
    epochs.add(kept.epoch)
    kept.close()
    assert len(epochs) == 5
    assert {len(epoch) for epoch in epochs} == {8}
    store.close()


def test_a_snapshot_is_of_its_own_epoch_while_another_thread_reads_a_new_one(
    fresh: str,
) -> None:
    store, other = open_store(fresh), open_store(fresh)
    with store.snapshot() as revision:
        before = store.moment()
        with other.write(by="me") as write:
            epoch = write.begin_epoch()
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(store.moment).result() == (revision, epoch)
        assert (store.moment(), store.epoch) == (before, before.epoch)
    assert store.moment() == (revision, epoch)
    other.close()
    store.close()
