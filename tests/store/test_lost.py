"""A store that was lost is never replaced by an empty one."""

import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient

from glossary.curation import changes
from glossary.errors import StoreError, StoreMissing, StoreOutdated, StoreUnreadable
from glossary.store import SqliteStore, Store, open_store, store_at
from glossary.store.sqlite.health import _PAGE, FileHealth, Illness
from glossary.store.sqlite.migrations import MIGRATIONS
from glossary.transfer.backup import backup, restore
from tests.answers import API, problem
from tests.nouns import entry, major_country
from tests.running import run


@pytest.mark.parametrize(
    "command",
    [
        ["serve"],
        ["lookup", "主权"],
        ["show", "sovereignty"],
        ["missed"],
        ["lint"],
        ["export", "--format", "csv"],
        ["token", "list"],
        ["token", "create", "editor"],
        ["backup", "copy.db"],
        ["db", "upgrade"],
    ],
)
def test_only_what_fills_a_store_makes_one(tmp_path: Path, command: list[str]) -> None:
    path = tmp_path / "glossary.db"
    done = run(*command, database=path)
    assert done.returncode == 74
    assert "There is no store at" in done.stderr
    assert "glossary load-fixtures" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_no_glossary_to_serve(tmp_path: Path) -> None:
    path = tmp_path / "glossary.db"
    path.touch()
    done = run("serve", database=path)
    assert done.returncode == 74
    assert "There is no store at" in done.stderr
    assert path.stat().st_size == 0


@pytest.mark.parametrize(
    "command",
    [
        ["serve"],
        ["load-fixtures"],
        ["load-fixtures", "--if-empty"],
        ["db", "create"],
        ["import", "terms.csv"],
        ["lookup", "主权"],
    ],
)
@pytest.mark.parametrize("how", ["deleted", "emptied"])
def test_nothing_takes_the_place_of_a_lost_glossary(
    tmp_path: Path, command: list[str], how: str
) -> None:
    path = tmp_path / "glossary.db"
    open_store(str(path)).close()
    (tmp_path / "terms.csv").write_text("zh,en\n和平共处,peaceful coexistence\n")
    command = [str(tmp_path / c) if c.endswith(".csv") else c for c in command]
    path.unlink() if how == "deleted" else os.truncate(path, 0)
    done = run(*command, database=path)
    assert done.returncode == 74, done.stderr
    assert f"The store at {path} is gone" in done.stderr
    assert f"{path}.marker" in done.stderr
    assert not path.exists() or path.stat().st_size == 0


def test_who_gives_a_lost_glossary_up_says_so_and_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "glossary.db"
    open_store(str(path)).close()
    path.unlink()
    path.with_name("glossary.db.marker").unlink()
    terms = tmp_path / "terms.csv"
    terms.write_text("zh,en\n主权,sovereignty\n")
    assert run("import", str(terms), database=path).returncode == 0
    assert run("lookup", "主权", database=path).returncode == 0


def test_a_lost_glossary_comes_back_from_its_backup(
    tmp_path: Path, curated_file: Path
) -> None:
    path = tmp_path / "glossary.db"
    shutil.copy(curated_file, path)
    store = open_store(str(path))
    backup(store, tmp_path / "backup.db")
    store.close()
    path.unlink()
    restore(tmp_path / "backup.db", str(path))
    assert open_store(str(path), new=False).entry("sovereignty")


def test_an_empty_glossary_is_made_on_purpose_and_once(tmp_path: Path) -> None:
    path = tmp_path / "glossary.db"
    assert run("db", "create", database=path).returncode == 0
    again = run("db", "create", database=path)
    assert (again.returncode, "already" in again.stderr) == (65, True)
    imported = tmp_path / "terms.csv"
    imported.write_text("zh,en\n和平共处,peaceful coexistence\n")
    assert run("import", str(imported), database=path).returncode == 0
    assert run("lookup", "和平共处", database=path).returncode == 0


def test_an_empty_place_is_refused_unless_one_is_to_be_made(fresh: str) -> None:
    with pytest.raises(StoreMissing, match="glossary db create"):
        open_store(fresh, new=False)
    open_store(fresh).close()
    open_store(fresh, new=False).close()


@pytest.mark.usefixtures("only_sqlite")
def test_a_file_deleted_under_a_server_takes_no_more_writes(
    client: FlaskClient, database: Path, editor: dict[str, str]
) -> None:
    assert client.get(f"{API}/lookup?q=主权").status_code == 200
    hidden = database.rename(database.with_name("elsewhere.db"))
    for method, path in (
        ("GET", f"{API}/lookup?q=主权"),
        ("GET", f"{API}/stats"),
        ("GET", f"{API}/export?format=csv"),
        ("GET", "/readyz"),
        ("GET", "/?q=主权"),
        ("POST", f"{API}/entries"),
    ):
        json = major_country() if method == "POST" else None
        answer = client.open(path, method=method, json=json, headers=editor)
        problem(answer, 503, "store-missing")
        assert "is gone" in answer.get_json()["detail"]
    assert not database.exists()
    hidden.rename(database)
    assert client.get(f"{API}/lookup?q=主权").status_code == 200
    assert client.get("/readyz").status_code == 200
    json = major_country(id="as-before")
    answer = client.post(f"{API}/entries", json=json, headers=editor)
    assert answer.status_code == 201


@pytest.mark.usefixtures("only_sqlite")
def test_a_file_replaced_under_a_store_is_not_mixed_with_the_old_one(
    tmp_path: Path,
) -> None:
    path, other = tmp_path / "glossary.db", tmp_path / "other.db"
    store, second = open_store(str(path)), open_store(str(other))
    changes.create(second, entry(**major_country()), by="me")
    second.close()
    other.replace(path)
    with pytest.raises(StoreError, match="replaced"):
        store.revision()
    # Nor by a thread that has read nothing of the old one.
    with ThreadPoolExecutor(1) as fresh:
        for read in (store.revision, store.sources, lambda: store.entry("nix")):
            with pytest.raises(StoreError, match="replaced"):
                fresh.submit(read).result()
    with pytest.raises(StoreError, match="replaced"):
        changes.create(store, entry(**major_country()), by="me")
    store.close()


@pytest.mark.parametrize(
    "name",
    ["", " ", ":memory:", "file:x.db?mode=memory", "sqlite:///x.db", "mysql://h/d"],
)
def test_a_name_that_sqlite_would_misread_is_refused(name: str) -> None:
    with pytest.raises(StoreUnreadable, match="does not name a store"):
        store_at(name)


@pytest.mark.parametrize("name", ["/dev/null", "/dev", "x" * 300])
def test_what_is_no_file_is_refused(name: str) -> None:
    with pytest.raises(StoreUnreadable):
        store_at(name)


@pytest.mark.parametrize(
    "address",
    ["postgresql://glossary:p%zz@db1/glossary", "postgresql://db1:http/glossary?x=y"],
)
def test_an_odd_address_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(StoreUnreadable, match="not a PostgreSQL address") as refused:
        store_at(address)
    assert "p%zz" not in str(refused.value)


def test_a_store_of_a_newer_version_is_refused_in_words(
    store: Store, fresh: str
) -> None:
    with store.write(by="me") as write:
        write.create(entry(id="peace", terms=[{"lang": "en", "text": "peace"}]))
    if isinstance(store, SqliteStore):
        with closing(sqlite3.connect(store.path)) as connection, connection:
            connection.execute(
                "insert into _sqlite_migrations (migration_set, name, applied_at) "
                "values (?, 'm999_of_tomorrow', '2031')",
                [MIGRATIONS.name],
            )
    else:
        with psycopg.connect(fresh) as connection:
            connection.execute("insert into migration values ('m999_of_tomorrow')")
    for refuses in (lambda: open_store(fresh), store.upgrade, store.check):
        with pytest.raises(StoreOutdated, match=r"newer version \(m999_of_tomorrow\)"):
            refuses()
    assert store.entry("peace").terms[0].text == "peace", "nothing was touched"


def test_what_a_store_is_kept_in_is_for_its_user_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        store = open_store(str(tmp_path / "own.db"))
        with store.write(by="test") as write:
            write.create(entry(**major_country()))
        store.close()
        backup(again := open_store(str(tmp_path / "own.db")), tmp_path / "b.db")
        again.close()
    finally:
        os.umask(before)
    rights = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.iterdir()}
    assert {"own.db", "own.db.marker", "b.db"} <= rights.keys()
    assert set(rights.values()) == {0o600}, rights


@pytest.mark.usefixtures("only_sqlite")
def test_a_file_that_is_replaced_while_it_is_opened_is_not_read(
    fresh: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (fresh, f"{tmp_path}/other.db"):
        open_store(place).close()
    connected = sqlite3.connect

    def late(*args: Any, **options: Any) -> sqlite3.Connection:
        Path(f"{tmp_path}/other.db").replace(fresh)
        return connected(*args, **options)

    store = SqliteStore(fresh, busy_timeout=1.0)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(sqlite3, "connect", late)
        with pytest.raises(StoreMissing):
            store.revision()
    assert store.revision() == 0
    store.close()


def test_what_is_noted_of_a_store_outlasts_what_was_tried_before_it(
    tmp_path: Path,
) -> None:
    health = FileHealth(f"{tmp_path}/glossary.db")
    health.note("select 1")
    first = health.illness()
    assert first is not None
    health.note("select 2")
    health.well(first)
    second = health.illness()
    assert second is not None
    assert second.question == "select 2"
    health.well(second)
    assert health.illness() is None


def test_what_two_processes_noted_at_a_time_is_tried_by_a_write(tmp_path: Path) -> None:
    health = FileHealth(f"{tmp_path}/glossary.db")
    health.note("select 1")
    _PAGE[20:30] = b"\0" * 10
    mixed = health.illness()
    assert mixed == Illness(f"{tmp_path}/glossary.db")
    health.well(mixed)
    assert health.illness() is None
