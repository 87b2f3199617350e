"""What the doctor says of a store that is well, and of one that something befell."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from glossary import config
from glossary.cli import main
from glossary.curation.fixtures import sources
from glossary.lookup import lookup
from glossary.query import Query
from glossary.store import open_store
from tests.nouns import curated_entries


@pytest.fixture(scope="module")
def file_of_few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of forty curated entries: to compare an index takes a while."""
    path = tmp_path_factory.mktemp("few") / "glossary.db"
    store = open_store(str(path))
    few = [each for each in curated_entries() if each.id != "sovereignty"][:39]
    few += [each for each in curated_entries() if each.id == "sovereignty"]
    known = {each.id for each in few}
    with store.write(by="somebody") as write:
        for source in sources():
            write.nouns.put(source)
        for each in few:
            related = [r for r in each.relations if r.entry in known]
            write.create(replace(each, relations=tuple(related)))
    store.close()
    return path


@pytest.fixture
def few(
    file_of_few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    path = tmp_path / "few.db"
    shutil.copy(file_of_few, path)
    monkeypatch.setenv("GLOSSARY_DATABASE", str(path))
    config.settings.cache_clear()
    yield path
    config.settings.cache_clear()


@pytest.fixture(autouse=True)
def imports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOSSARY_IMPORTS", str(tmp_path / "imports"))


def examined(*options: str) -> dict[str, dict[str, str]]:
    """Return what the doctor finds that is not well, by check."""
    done: Result = CliRunner().invoke(main, ["doctor", "--json", *options])
    found = json.loads(done.stdout)
    wrong = any(each["verdict"] == "wrong" for each in found)
    assert done.exit_code == int(wrong), done.output
    return {each["check"]: each for each in found if each["verdict"] != "ok"}


def told(path: Any, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as other:
        for statement in statements:
            other.execute(statement)
        other.commit()


def test_a_store_that_is_well_is_said_to_be(database: Path | str) -> None:
    if isinstance(database, Path):
        database.chmod(0o600)
    assert examined() == {}


def test_a_store_that_is_well_is_said_to_be_in_words(few: Path) -> None:
    done = CliRunner().invoke(main, ["doctor"])
    assert "ok: index: The index matches the entries." in done.stdout


@pytest.mark.parametrize(
    "statement",
    [
        "delete from term where key = '主权'",
        "update term set stem = 'x' where key = 'sovereignty'",
        "insert into facet values ('subject', 'x', 'x', 1)",
        "delete from facet where entry = 7",
        "update frequency set n = n + 1 where gram = '主'",
        "update tally set n = n + 1",
        "delete from word",
        "insert into gram (gram) values ('delete-all')",
    ],
)
def test_an_index_that_is_not_that_of_the_entries_is_found_and_made_anew(
    few: Path, statement: str
) -> None:
    told(few, statement)
    found = examined()
    assert found["index"]["verdict"] == "wrong"
    assert "--repair" in found["index"]["remedy"]
    store = open_store(str(few))
    before = store.revision()
    assert "index" not in examined("--repair")
    assert store.revision() == before + 1, "what was answered may have been wrong"
    hits = lookup(store, Query(q="主权"), candidates=400).hits
    assert hits[0].entry == "sovereignty"
    store.close()


@pytest.mark.parametrize(
    ("check", "statement"),
    [
        ("entries", "update entry set document = '{' where id = 'sovereignty'"),
        ("entries", "update entry set state = 'retired' where id = 'sovereignty'"),
        ("history", "delete from version where entry = 'sovereignty'"),
        ("history", "delete from entry where id = 'sovereignty'"),
        ("history", "update entry set revision = 1000000 where id = 'sovereignty'"),
        ("store", "pragma application_id = 7"),
        ("store", "update head set revision = -1"),
        ("store", "delete from _sqlite_migrations where name like 'm015%'"),
    ],
)
def test_what_no_index_can_mend_is_said_with_what_to_do(
    few: Path, check: str, statement: str
) -> None:
    told(few, statement)
    found = examined()[check]
    assert found["verdict"] == "wrong"
    if check != "store":
        assert "sovereignty" in found["detail"]
        assert "glossary restore" in found["remedy"]


@pytest.mark.usefixtures("only_sqlite")
def test_a_file_with_damaged_pages_is_said_to_be(
    database: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(database)) as other:
        other.execute("pragma wal_checkpoint(truncate)")
        (size,) = other.execute("pragma page_size").fetchone()
    pages = database.stat().st_size // size
    with database.open("r+b") as file:
        for number in range(pages // 2, pages // 2 + 40):
            file.seek(number * size)
            file.write(os.urandom(size))
    assert examined()["integrity"]["verdict"] == "wrong"


def test_what_is_only_to_be_watched_is_advice(few: Path) -> None:
    few.chmod(0o644)
    (few.parent / ".rehearsal-abcd").mkdir()
    later = "2199-01-01T00:00:00.000Z"
    told(few, "update version set at = '2199-01-01T00:00:00.000Z'")
    found = examined()
    verdicts = {check: each["verdict"] for check, each in found.items()}
    assert verdicts == dict.fromkeys(("rights", "leftovers", "clock"), "advice")
    assert later in found["clock"]["detail"]


def test_a_store_that_is_not_there_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone.db"
    monkeypatch.setenv("GLOSSARY_DATABASE", str(gone))
    config.settings.cache_clear()
    assert "There is no store" in examined()["store"]["detail"]
    open_store(str(gone)).close()
    gone.unlink()
    assert "is gone" in examined()["store"]["detail"]
    assert not gone.exists()
    config.settings.cache_clear()


def test_a_folder_that_takes_no_imports_is_named(
    few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOSSARY_IMPORTS", str(tmp_path / "a" / "b"))
    config.settings.cache_clear()
    assert "imports" in examined()["settings"]["detail"].lower()
