"""A whole store goes into another one and comes back the same."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossary import config
from glossary.cli import main
from glossary.curation import changes
from glossary.errors import Conflict, NotFound, StoreError, StoreUnreadable
from glossary.lookup import lookup
from glossary.people import access
from glossary.query import Once, Query
from glossary.store import Store, copying, open_store
from glossary.store.copying import copy, tell
from glossary.transfer.backup import backup, copied, restore, try_out
from tests.nouns import entry, major_country, numbered
from tests.postgresql import Cluster


@pytest.fixture
def lived(store: Store) -> Store:
    """A store in which all kinds of things have happened."""
    for number in range(30):
        changes.create(store, entry(**numbered(number)), by="one")
    made = changes.create(
        store, entry(**major_country()), by="two", once=Once("k", "digest")
    )
    changes.patch(store, made.id, {"note": "见 2013 年"}, knows=None, by="two")
    changes.retire(store, "road-3", knows=None, by="one")
    changes.purge(store, "road-4", knows=None, by="admin")
    changes.purge(store, "road-5", knows=None, by="admin")
    changes.create(store, entry(**numbered(5)), by="one")
    access.create(store, "editor")
    store.note_missed({"未收录": 2}, most=10)
    return store


@pytest.fixture
def places(cluster: Cluster, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Names of empty places to copy to, by engine."""
    address = cluster.new()
    yield {"sqlite": str(tmp_path / "copy.db"), "postgres": address}
    cluster.drop(address)


def works(store: Store) -> None:
    """Check that a copy is found in, written to, and numbered on."""
    query = Query(q="新型大国关系", limit=5)
    (hit, *_) = lookup(store, query, candidates=400).hits
    assert hit.entry == major_country()["id"]
    assert [v.version for v in store.versions(hit.entry)] == [2, 1]
    assert lookup(store, Query(q="road number 3"), candidates=400).hits
    before = store.revision()
    changes.create(store, entry(**numbered(99)), by="new")
    changes.patch(store, "road-7", {"note": "new"}, knows=None, by="new")
    assert store.revision() == before + 2
    assert changes.create(store, entry(**numbered(4)), by="new").version == 3


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_copy_holds_the_same_and_works(
    lived: Store, places: dict[str, str], kind: str
) -> None:
    target = open_store(places[kind])
    told = copy(lived, target)
    assert told == tell(lived) == tell(target)
    assert (told.revision, told.entries) == (lived.revision(), 30)
    assert target.missed(limit=5) == [("未收录", 2)]
    assert target.people.tokens() == lived.people.tokens()
    works(target)
    target.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_copy_that_was_interrupted_goes_on_though_the_source_has_moved(
    lived: Store, places: dict[str, str], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_BATCH", 7)
    target = open_store(places[kind])
    seen: list[int] = []

    def until(done: int, _total: int) -> None:
        seen.append(done)
        if done >= 14:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(lived, target, watch=until)
    with pytest.raises(StoreUnreadable, match="not finished"):
        open_store(places[kind])
    assert len(target.entries(limit=100, state="approved")) < 20
    changes.patch(lived, "road-1", {"note": "later"}, knows=None, by="one")
    changes.purge(lived, "road-2", knows=None, by="admin")
    changes.create(lived, entry(**numbered(77)), by="one")
    kept = target.rows("select n, document from entry where id = 'road-0'")
    told = copy(lived, target)
    assert target.rows("select n, document from entry where id = 'road-0'") == kept
    assert told == tell(lived) == tell(target)
    works(target)
    target.close()


def test_a_copy_goes_nowhere_where_something_is(
    lived: Store, places: dict[str, str]
) -> None:
    target = open_store(places["sqlite"])
    changes.create(target, entry(**numbered(1)), by="one")
    with pytest.raises(Conflict):
        copy(lived, target)
    assert target.revision() == 1
    target.close()


def test_a_difference_is_noticed(
    lived: Store, places: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = open_store(places["sqlite"])
    finish = copying._finish

    def careless(source: Store, write: object, *rest: object) -> None:
        finish(source, write, *rest)  # type: ignore[arg-type]
        write.copied[0]("update version set \"by\" = 'x' where version = 2")  # type: ignore[attr-defined]

    monkeypatch.setattr(copying, "_finish", careless)
    with pytest.raises(StoreError, match="not the same"):
        copy(lived, target)
    target.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_backup_is_made_while_others_write_and_can_be_restored(
    lived: Store, fresh: str, places: dict[str, str], tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "backup.db"
    told = backup(lived, path)
    assert told == tell(lived)
    changes.create(lived, entry(**numbered(88)), by="later")
    with pytest.raises(Conflict):
        backup(lived, path)
    assert restore(path, places[kind]) == told
    restored = open_store(places[kind])
    works(restored)
    restored.close()
    with pytest.raises(Conflict):
        restore(path, places[kind])
    with pytest.raises(NotFound):
        restore(tmp_path / "none.db", places[kind])


def test_a_copy_in_which_nothing_is_found_is_refused(lived: Store) -> None:
    try_out(lived)
    with lived.write(by="vandal") as write:
        run, _ = write.copied
        run("delete from term", [])
    with pytest.raises(StoreError, match="was not found in the copy"):
        try_out(lived)


def test_the_curated_glossary_goes_there_and_back(
    curated_file: Path, places: dict[str, str], tmp_path: Path
) -> None:
    curated = open_store(str(curated_file))
    there, back = open_store(places["postgres"]), tmp_path / "back.db"
    told = copy(curated, there)
    there.close()
    assert copied(places["postgres"], str(back)) == told
    returned = open_store(str(back))
    assert tell(returned) == told == tell(curated)
    returned.close()
    curated.close()


def test_the_commands_back_up_copy_and_restore(
    places: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: str, database: str, code: int = 0) -> str:
        monkeypatch.setenv("GLOSSARY_DATABASE", database)
        config.settings.cache_clear()
        done = CliRunner().invoke(main, words)
        assert done.exit_code == code, done.output
        return done.output

    here, saved = str(tmp_path / "here.db"), str(tmp_path / "saved.db")
    opened = open_store(here)
    changes.create(opened, entry(**major_country()), by="one")
    opened.close()
    told = json.loads(run("backup", saved, "--json", database=here))
    assert (told["entries"], told["revision"], len(told["digest"])) == (1, 1, 64)
    assert (
        json.loads(run("restore", saved, "--json", database=places["postgres"])) == told
    )
    again = run("db", "copy", places["postgres"], places["sqlite"], database=here)
    assert told["digest"] in again
    run("restore", saved, database=here, code=65)
    run("restore", str(tmp_path / "none"), database=here, code=1)
    config.settings.cache_clear()
