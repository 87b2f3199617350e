"""A filled store of the version before is brought up to date, in both engines.

`before_lemmas.json` has the rows of a store as the version before m012 (SQLite) and
m008 (PostgreSQL) wrote them, table by table; there *humane* was a form of *human*.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from glossary import config
from glossary.entry.codec import read_entry
from glossary.errors import StoreOutdated
from glossary.lookup import lookup
from glossary.query import Query
from glossary.serving import Diagnosis, examine
from glossary.store import SqliteStore, Store, open_store, store_at
from glossary.store.postgres import schema
from glossary.store.postgres import store as engine_of_postgres
from glossary.store.postgres.index import _lexemes
from glossary.store.postgres.store import PostgresStore
from glossary.store.sqlite.migrations import MIGRATIONS
from tests.nouns import entry

BEFORE: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "before_lemmas.json").read_text(encoding="utf-8")
)
ENTRIES = [read_entry(row[-1]) for row in BEFORE["entry"]["rows"]]
#: What the migrations fill anew; terms by all but their running number.
FILLED = {
    "term": "entry, ordinal, lang, rank, key, stem, sound, initials",
    "frequency": "gram, n",
    "word": "word, backward",
    "near": "piece, word",
    "tally": "kind, name, n",
    "facet": "kind, value, place, entry",
}


def inserts(*, grams: str, prose: str) -> Iterator[tuple[str, list[list[Any]]]]:
    for table, content in BEFORE.items():
        if table in {"grams", "prose", "head"}:
            continue
        columns = ", ".join(f'"{name}"' for name in content["columns"])
        marks = ", ".join("?" * len(content["columns"]))
        sql = f"insert into {table} ({columns}) values ({marks})"  # noqa: S608 - ours.
        yield sql, content["rows"]
    yield grams, BEFORE["grams"]["rows"]
    yield prose, BEFORE["prose"]["rows"]


def old_sqlite(path: str, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a store of the version before, filled, not yet upgraded."""
    every = [*MIGRATIONS.all]
    names = [each.name for each in every]
    before = every[: names.index("m012_words_by_their_lemma")]
    with monkeypatch.context() as then:
        then.setattr(MIGRATIONS, "all", before)
        open_store(path).close()
    with sqlite3.connect(path) as db:
        for sql, rows in inserts(
            grams="insert into gram (rowid, grams) values (?, ?)",
            prose="insert into prose (rowid, definition, note) values (?, ?, ?)",
        ):
            db.executemany(sql, rows)
        db.execute("update head set revision = 1")
    db.close()
    return SqliteStore(path, busy_timeout=1)


def as_far_as(then: pytest.MonkeyPatch, steps: Sequence[Callable[..., None]]) -> None:
    """Have the program for PostgreSQL be that of so many steps."""
    then.setattr(engine_of_postgres, "MIGRATIONS", tuple(steps))
    known = frozenset(each.__name__ for each in steps)
    then.setattr(engine_of_postgres, "_KNOWN", known)


def old_postgres(address: str, monkeypatch: pytest.MonkeyPatch) -> Store:
    every = schema.MIGRATIONS
    at = every.index(schema.m008_words_by_their_lemma)
    with monkeypatch.context() as then:
        as_far_as(then, every[:at])
        open_store(address).close()
    with psycopg.connect(address) as db, db.cursor() as cursor:
        for sql, rows in inserts(
            grams="update term set grams = ?::tsvector where n = ?",
            prose="insert into prose (n, grams) values (?, ?::tsvector)",
        ):
            told = rows
            if sql.startswith("update term"):
                told = [[_lexemes(grams.split()), n] for n, grams in rows]
            elif sql.startswith("insert into prose"):
                told = [
                    [n, _lexemes([f"d{g}" for g in d.split()] + [f"n{g}" for g in s])]
                    for n, d, s in rows
                ]
            cursor.executemany(sql.replace("?", "%s"), told)
        cursor.execute("update head set revision = 1")
    return PostgresStore(address, busy_timeout=1, standby_wait=1)


@pytest.fixture
def old(engine: str, fresh: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    make = old_sqlite if engine == "sqlite" else old_postgres
    made = make(fresh, monkeypatch)
    yield made
    made.close()


@pytest.fixture
def new(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store of this version with the same entries."""
    name = str(tmp_path / "new.db")
    if engine == "postgres":
        name = request.getfixturevalue("cluster").new()
    made = open_store(name)
    with made.write(by="test") as write:
        for entry in ENTRIES:
            write.create(entry)
    yield made
    made.close()


def rows(store: Store, table: str) -> list[tuple[Any, ...]]:
    sql = f"select {FILLED[table]} from {table}"  # noqa: S608 - our own words.
    found = store.search._rows(sql, [])
    # The store of the version before was filled on another day.
    told = (tuple(row) for row in found if row[0] not in {"day", "checked"})
    return sorted(told, key=repr)


def found(store: Store, q: str) -> list[tuple[str, str]]:
    hits = lookup(store, Query(q), candidates=400).hits
    return [(hit.entry, hit.tier) for hit in hits]


def test_a_store_of_the_version_before_must_be_upgraded(old: Store, fresh: str) -> None:
    with pytest.raises(StoreOutdated):
        open_store(fresh)
    heard: list[tuple[int, int]] = []
    applied = old.upgrade(tell=lambda done, of: heard.append((done, of)))
    assert any("words_by_their_lemma" in name for name in applied)
    assert heard[-1] == (len(ENTRIES), len(ENTRIES))
    assert old.upgrade() == []


def test_an_upgraded_store_finds_what_a_new_one_finds(old: Store, new: Store) -> None:
    assert ("humane-treatment", "inflected") in found(old, "human treatments")
    old.upgrade()
    for table in FILLED:
        assert rows(old, table) == rows(new, table), table
    for q in ("human treatments", "law", "NGO", "attached", "ceasefires", "promoted"):
        assert found(old, q) == found(new, q), q
    telling = Query("promoting", field="definition")
    (one, other) = (lookup(s, telling, candidates=400).hits for s in (old, new))
    assert [h.entry for h in one] == [h.entry for h in other]
    assert len(one) == len(ENTRIES)


def test_an_upgraded_store_tells_words_apart_that_only_look_alike(old: Store) -> None:
    old.upgrade()
    assert found(old, "human treatments")[:1] != [("humane-treatment", "inflected")]
    assert found(old, "law")[0] == ("rule-of-law", "part")
    assert ("laws", "inflected") not in found(old, "law")
    assert found(old, "NGO") == [("ngos", "inflected")]
    assert found(old, "ceasefire")[0][0] == "ceasefire"


def test_what_is_written_after_an_upgrade_is_indexed_and_unindexed(old: Store) -> None:
    old.upgrade()
    with old.write(by="test") as write:
        write.purge("humane-treatment")
    assert "humane-treatment" not in {
        name for name, _ in found(old, "humane treatment")
    }


@pytest.fixture
def owning(engine: str, fresh: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store of the version before m013 and m009: each owner has its own stem."""
    is_sqlite = engine == "sqlite"
    with monkeypatch.context() as then:
        if is_sqlite:
            every = [*MIGRATIONS.all]
            at = [each.name for each in every].index("m013_owners_as_one")
            then.setattr(MIGRATIONS, "all", every[:at])
        else:
            steps = schema.MIGRATIONS
            at = steps.index(schema.m009_owners_as_one)
            as_far_as(then, steps[:at])
        made = open_store(fresh)
        with made.write(by="test") as write:
            write.create(entry(**CREDENTIALS))
        made.close()
    stem = ("present his credential", "present its credential")
    if is_sqlite:
        with sqlite3.connect(fresh) as db:
            db.execute("update term set stem = ? where stem = ?", stem)
        db.close()
        yield (old := SqliteStore(fresh, busy_timeout=1))
    else:
        with psycopg.connect(fresh) as pg:
            pg.execute("update term set stem = %s where stem = %s", stem)
        yield (old := PostgresStore(fresh, busy_timeout=1, standby_wait=1))
    old.close()


CREDENTIALS: dict[str, Any] = {
    "id": "present-his-credentials",
    "terms": [
        {"lang": "zh-Hans", "text": "递交国书"},
        {"lang": "en", "text": "present his credentials"},
    ],
}


def test_an_upgraded_store_takes_all_owners_for_one(owning: Store) -> None:
    assert found(owning, "presented their credentials")[:1] != [
        ("present-his-credentials", "inflected")
    ]
    assert any("owners_as_one" in name for name in owning.upgrade())
    for q in ("presented their credentials", "present one's credentials"):
        assert found(owning, q)[0] == ("present-his-credentials", "inflected")


def copied_to_sqlite(path: str, made: Path) -> None:
    """Fill the tables of an older store with what those of a new one hold."""
    with sqlite3.connect(path) as db:
        db.execute("attach ? as made", [str(made)])
        own = "select name from {} where type = 'table' and sql not like '%virtual%'"
        old, new = (
            {name for (name,) in db.execute(own.format(master))}
            for master in ("sqlite_master", "made.sqlite_master")
        )
        for table in sorted((old & new) - {"_sqlite_migrations", "sqlite_sequence"}):
            columns = ", ".join(
                f'"{c}"'
                for (c,) in db.execute(
                    "select name from pragma_table_info(:table) where name in "
                    "(select name from pragma_table_info(:table, 'made'))",
                    {"table": table},
                )
            )
            db.execute(f'delete from main."{table}"')  # noqa: S608 - names of ours.
            db.execute(
                f'insert into main."{table}" ({columns}) '  # noqa: S608 - names of ours.
                f'select {columns} from made."{table}"'
            )
    db.close()


def copied_to_postgres(address: str, made: str) -> None:
    asked = (
        "select table_name, column_name from information_schema.columns "
        "where table_schema = 'public' order by ordinal_position"
    )
    with psycopg.connect(made) as source, psycopg.connect(address) as target:
        new = set(source.execute(asked))
        kept: dict[str, list[str]] = {}
        for table, column in target.execute(asked):
            if (table, column) in new and table != "migration":
                kept.setdefault(table, []).append(column)
        for table, columns in kept.items():
            names = ", ".join(f'"{c}"' for c in columns)
            texts = ", ".join(f'"{c}"::text' for c in columns)
            marks = ", ".join(["%s"] * len(columns))
            target.execute(f'delete from "{table}"'.encode())  # noqa: S608 - ours.
            for row in source.execute(f'select {texts} from "{table}"'.encode()):  # noqa: S608 - ours.
                target.execute(
                    f'insert into "{table}" ({names}) values ({marks})'.encode(),  # noqa: S608 - ours.
                    row,
                )


def test_a_filled_store_of_every_version_is_brought_up_to_date(
    engine: str,
    new: Store,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    is_sqlite = engine == "sqlite"
    every = [*MIGRATIONS.all] if is_sqlite else [*schema.MIGRATIONS]
    made = tmp_path / "filled.db"
    if not is_sqlite:
        made = request.getfixturevalue("cluster").new()
    filled = open_store(str(made))
    with filled.write(by="test") as write:
        for each in ENTRIES:
            write.create(each)
    filled.close()
    # A new database of PostgreSQL takes a second; `make soak` goes through all.
    step = 1 if is_sqlite or os.environ.get("FAULTS") == "all" else 4
    for count in range(1, len(every), step):
        name = str(tmp_path / f"{count}.db")
        with monkeypatch.context() as then:
            if is_sqlite:
                then.setattr(MIGRATIONS, "all", every[:count])
            else:
                name = request.getfixturevalue("cluster").new()
                as_far_as(then, every[:count])
            store_at(name).make()
        if is_sqlite:
            copied_to_sqlite(name, made)
        else:
            copied_to_postgres(name, str(made))
        older = store_at(name)
        with pytest.raises(StoreOutdated):
            older.check()
        assert len(older.upgrade()) == len(every) - count
        older.check()
        wrong = [f for f in examined(name) if f.verdict == "wrong"]
        assert wrong == [], (count, wrong)
        assert {e.id for e in older.entries(limit=100)} == {e.id for e in ENTRIES}
        for q in ("human treatments", "NGO", "ceasefires"):
            assert found(older, q) == found(new, q), (count, q)
        older.close()


def examined(name: str) -> list[Diagnosis]:
    return [*examine(replace(config.Settings(), database=name))]
