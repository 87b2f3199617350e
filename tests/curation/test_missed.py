from flask import Flask
from flask.testing import FlaskClient

from glossary.curation.missed import Missed
from glossary.store import SqliteStore


def test_queries_that_found_nothing_are_counted_and_nothing_else(
    client: FlaskClient,
) -> None:
    for _ in range(2):
        assert not client.get("/api/v1/lookup?q=红烧牛肉").json["hits"]  # type: ignore[index]
    client.get("/api/v1/lookup?q=banana bread")
    client.get("/api/v1/lookup?q=新型大国关系")
    assert client.get("/api/v1/missed").json == {
        "items": [{"q": "红烧牛肉", "count": 2}, {"q": "banana bread", "count": 1}]
    }


def test_what_is_asked_while_typing_is_not_counted(client: FlaskClient) -> None:
    client.get("/api/v1/lookup?q=红烧", headers={"Glossary-Typing": "1"})
    assert client.get("/api/v1/missed").json == {"items": []}


def test_a_page_that_found_nothing_is_counted(client: FlaskClient) -> None:
    client.get("/?q=红烧牛肉")
    assert client.get("/api/v1/missed").json == {
        "items": [{"q": "红烧牛肉", "count": 1}]
    }


def test_counting_moves_no_revision(app: Flask, client: FlaskClient) -> None:
    store = app.extensions["glossary"].store
    before = store.revision()
    client.get("/api/v1/lookup?q=红烧牛肉")
    client.get("/api/v1/missed")
    assert store.revision() == before


def test_counting_can_be_switched_off(store: SqliteStore) -> None:
    missed = Missed(store, most=0)
    missed.note("红烧牛肉")
    missed.flush()
    assert store.missed(limit=9) == []


def test_only_the_most_frequent_are_kept(store: SqliteStore) -> None:
    missed = Missed(store, most=2)
    for q in ("a", "b", "b", "c", "c", "c"):
        missed.note(f" {q} ")
    missed.flush()
    assert store.missed(limit=9) == [("c", 3), ("b", 2)]


def test_counts_add_up(store: SqliteStore) -> None:
    missed = Missed(store, most=9)
    for _ in range(3):
        missed.note("合作")
        missed.flush()
    assert store.missed(limit=9) == [("合作", 3)]
