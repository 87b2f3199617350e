"""The steps that make a file's schema: each once, what repeats another not at all."""

import sqlite3

from sqlite_utils import Database

from glossary.store.sqlite.steps import Steps

STEPS = Steps("of this test")


@STEPS()
def m001_table(db: Database) -> None:
    db.table("done").create({"name": str})


@STEPS(is_repeated=True)
def m002_filled(db: Database) -> None:
    db.table("done").insert({"name": "first filling"})


@STEPS()
def m003_more(db: Database) -> None:
    db.table("done").insert({"name": "more"})


@STEPS(is_repeated=True)
def m004_filled_again(db: Database) -> None:
    db.table("done").insert({"name": "last filling"})


def done(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("select name from done")]


def test_of_steps_that_fill_the_index_only_the_last_is_taken() -> None:
    connection = sqlite3.connect(":memory:")
    STEPS.apply(connection)
    assert done(connection) == ["more", "last filling"]
    assert not STEPS.pending(connection)
    connection.close()


def test_a_file_that_stops_before_the_last_is_filled_by_the_one_before() -> None:
    connection = sqlite3.connect(":memory:")
    STEPS.apply(connection, stop_before="m004_filled_again")
    assert done(connection) == ["first filling", "more"]
    assert [step.name for step in STEPS.pending(connection)] == ["m004_filled_again"]
    STEPS.apply(connection)
    assert done(connection) == ["first filling", "more", "last filling"]
    connection.close()
