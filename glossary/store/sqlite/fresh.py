"""A new file as all steps together make it, without taking them one by one.

`schema.json` says what they make of nothing: statements in their order, and the names
of the steps. `python -m tests.store.test_new_file` writes it, and its test holds it to
the steps, which cost a third of a second with the library that takes them.
"""

import sqlite3
from datetime import UTC, datetime
from importlib.resources import files

from glossary.entry import codec
from glossary.store.sqlite.steps import Steps
from glossary.store.writing import new_epoch

_NOTE = (
    "insert into _sqlite_migrations (migration_set, name, applied_at) values (?, ?, ?)"
)


def make_at_once(connection: sqlite3.Connection, steps: Steps) -> bool:
    """Make the whole schema in an open transaction; return whether it was done.

    It is not where anything stands already, or where the steps are others.
    """
    if connection.execute("select 1 from sqlite_master limit 1").fetchone():
        return False
    schema = codec.read_plain(
        (files("glossary.store.sqlite") / "schema.json").read_bytes()
    )
    names = [step.name for step in steps.all]
    if names != schema["steps"]:
        return False
    for statement in schema["statements"]:
        connection.execute(statement)
    connection.execute("update head set epoch = ?", [new_epoch()])
    now = str(datetime.now(UTC))
    connection.executemany(_NOTE, [(steps.name, name, now) for name in names])
    return True
