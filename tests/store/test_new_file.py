import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from glossary.store import open_store
from glossary.store.sqlite.fresh import make_at_once
from glossary.store.sqlite.migrations import APPLICATION, MIGRATIONS

#: FTS5 makes tables of its own beside each of its.
_OURS = "select name, type from pragma_table_list where type in ('table', 'virtual')"
_ROWS = "select name from pragma_table_list where type in ('table', 'shadow')"


@contextmanager
def by_steps() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        MIGRATIONS.apply(connection)
        yield connection


def stated() -> dict[str, Any]:
    """Return what `schema.json` is to say."""
    with by_steps() as connection:
        return stated_by(connection)


def stated_by(connection: sqlite3.Connection) -> dict[str, Any]:
    connection.execute("update head set epoch = ''")
    kinds = dict(connection.execute(_OURS).fetchall())
    statements = [
        sql
        for sql, table in connection.execute(
            "select sql, tbl_name from sqlite_master where sql is not null "
            "order by rowid"
        )
        if table in kinds
    ]
    for name in sorted(kinds.keys() - {"_sqlite_migrations", "sqlite_schema"}):
        if kinds[name] == "table":
            for row in connection.execute(f'select * from "{name}"'):  # noqa: S608 - our own table.
                values = ", ".join("null" if v is None else repr(v) for v in row)
                statements.append(f"insert into {name} values ({values})")  # noqa: S608 - as above.
    statements.append(f"pragma application_id = {APPLICATION}")
    return {"steps": [step.name for step in MIGRATIONS.all], "statements": statements}


def told(connection: sqlite3.Connection) -> dict[str, Any]:
    """Return all that a file holds, but for what differs from one to the next."""
    connection.execute("update head set epoch = ''")
    names = [row[0] for row in connection.execute(_ROWS)]
    rows = {
        name: list(connection.execute(f'select * from "{name}"'))  # noqa: S608 - our own.
        for name in names
    }
    rows["_sqlite_migrations"] = [row[:2] for row in rows["_sqlite_migrations"]]
    rows["sqlite_schema"] = [row[:3] + row[4:] for row in rows["sqlite_schema"]]
    pragmas = ("application_id", "user_version", "encoding", "auto_vacuum")
    return rows | {name: list(connection.execute(f"pragma {name}")) for name in pragmas}


def test_a_new_file_is_what_all_steps_would_make_of_it(tmp_path: Path) -> None:
    written = (files("glossary.store.sqlite") / "schema.json").read_text("utf-8")
    assert json.loads(written) == stated(), "run: python -m tests.store.test_new_file"
    place = tmp_path / "new.db"
    open_store(str(place)).close()
    with closing(sqlite3.connect(place)) as at_once:
        (epoch,) = at_once.execute("select epoch from head").fetchone()
        assert len(epoch) == 8
        assert MIGRATIONS.pending(at_once) == []
        assert not make_at_once(at_once, MIGRATIONS)
        with by_steps() as slowly:
            assert told(at_once) == told(slowly)


if __name__ == "__main__":
    text = json.dumps(stated(), ensure_ascii=False, indent=1)
    place = files("glossary.store.sqlite") / "schema.json"
    place.write_text(f"{text}\n", encoding="utf-8")  # type: ignore[attr-defined]
