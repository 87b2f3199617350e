"""Look-ups that found nothing: counted for editors, told to nobody else."""

import threading
import time
from dataclasses import fields, replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from glossary.curation.missed import Missed
from glossary.errors import StoreError
from glossary.message import N_
from glossary.people.access import create
from glossary.query import FIELDS, TIERS, Query
from glossary.store import Later, SqliteStore


def counted(client: FlaskClient, editor: dict[str, str]) -> list[tuple[str, int]]:
    answer = client.get("/api/v1/missed", headers=editor).get_json()
    assert answer["number"] == len(answer["items"])
    return [(item["q"], item["count"]) for item in answer["items"]]


def test_queries_that_found_nothing_are_counted_and_nothing_else(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    for _ in range(2):
        assert not client.get("/api/v1/lookup?q=红烧牛肉").json["hits"]  # type: ignore[index]
    client.get("/api/v1/lookup?q=banana bread")
    client.get("/api/v1/lookup?q=新型大国关系")
    assert counted(client, editor) == [("红烧牛肉", 2), ("banana bread", 1)]


def test_what_is_asked_while_typing_is_not_counted(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    client.get("/api/v1/lookup?q=红烧", headers={"Glossary-Typing": "1"})
    assert counted(client, editor) == []


def test_a_page_that_found_nothing_is_counted(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    client.get("/?q=红烧牛肉")
    assert counted(client, editor) == [("红烧牛肉", 1)]


@pytest.mark.parametrize(
    ("filters", "is_counted"),
    [
        ("", 2),
        ("from=zh&to=en&as_of=2014&issuer=MFA&limit=3", 2),
        ("field=all", 2),
        ("tier=fuzzy", 2),
        ("glossary=diplomatic", 0),
        ("subject=climate", 0),
        ("tier=part", 0),
        ("field=note", 0),
    ],
)
def test_only_a_look_up_that_looked_everywhere_is_counted(
    client: FlaskClient, editor: dict[str, str], filters: str, is_counted: int
) -> None:
    for path in ("/api/v1/lookup", "/"):
        client.get(f"{path}?q=红烧牛肉&{filters}")
    assert counted(client, editor) == [("红烧牛肉", is_counted)] * bool(is_counted)


@pytest.mark.parametrize("q", ['"红烧牛肉"', "红烧*牛肉", "banana bre??d"])
def test_a_pattern_and_a_quotation_leave_tiers_out(
    client: FlaskClient, editor: dict[str, str], q: str
) -> None:
    answer = client.get("/api/v1/lookup", query_string={"q": q})
    assert answer.get_json()["hits"] == []
    assert counted(client, editor) == []


def test_every_filter_leaves_something_out() -> None:
    """A filter that comes later is one too, without a word said here."""
    plain = Query("x")
    assert plain.looks_everywhere
    leave_nothing_out = {"q", "from_", "to", "as_of", "issuer", "issuers", "limit"}
    leave_nothing_out |= {field.name for field in fields(plain) if not field.compare}
    for name in {*Query.__slots__} - leave_nothing_out:
        value = {"tier": TIERS[0], "field": FIELDS[1]}.get(name, "something")
        assert not replace(plain, **{name: value}).looks_everywhere, name


@pytest.mark.parametrize("scope", [None, "read", "write", "admin"])
def test_only_who_may_write_sees_what_was_looked_up(
    app: Flask, client: FlaskClient, scope: str | None
) -> None:
    """People look up what is not published yet."""
    client.get("/api/v1/lookup?q=红烧牛肉")
    store = app.extensions["glossary"].store
    token = create(store, "somebody", scope=scope) if scope else ""
    headers = {"Authorization": f"Bearer {token}"} if scope else {}
    answer = client.get("/api/v1/missed", headers=headers)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.get_json()["number"] == 1
    sees = scope in {"write", "admin"}
    assert ("红烧牛肉" in answer.text) is sees
    assert "红烧牛肉" not in client.get("/statistics", headers=headers).text
    page = client.post("/statistics", data={"token": token})
    assert (page.status_code == 200, "红烧牛肉" in page.text) == (sees, sees)


def test_the_page_of_numbers_says_how_many(client: FlaskClient) -> None:
    client.get("/api/v1/lookup?q=红烧牛肉")
    page = client.get("/statistics").text
    assert "<b>1</b> different ones" in page
    assert 'name="token"' in page


def test_counting_moves_no_revision(app: Flask, client: FlaskClient) -> None:
    store = app.extensions["glossary"].store
    before = store.revision()
    client.get("/api/v1/lookup?q=红烧牛肉")
    client.get("/api/v1/missed")
    assert store.revision() == before


def of(store: SqliteStore, *, most: int = 9, of_address: int = 99) -> Missed:
    return Missed(store, most=most, of_address=of_address)


@pytest.mark.parametrize("switch", [{"most": 0}, {"of_address": 0}])
def test_counting_can_be_switched_off(
    store: SqliteStore, switch: dict[str, int]
) -> None:
    missed = of(store, **switch)
    missed.note("红烧牛肉", address="192.0.2.1")
    missed.flush()
    assert store.missed(limit=9) == []


def test_only_the_most_frequent_are_kept(store: SqliteStore) -> None:
    missed = of(store, most=2)
    for q in ("a", "b", "b", "c", "c", "c"):
        missed.note(f" {q} ", address="192.0.2.1")
    missed.flush()
    assert store.missed(limit=9) == [("c", 3), ("b", 2)]


def test_counts_add_up(store: SqliteStore) -> None:
    missed = of(store)
    for _ in range(3):
        missed.note("合作", address="192.0.2.1")
        missed.flush()
    assert store.missed(limit=9) == [("合作", 3)]


@pytest.mark.parametrize(
    ("addresses", "other"),
    [
        (["192.0.2.1"], "192.0.2.2"),
        (["2001:db8::1", "2001:db8::ffff", "2001:db8:0:0:1::"], "2001:db8:0:1::1"),
        (["::ffff:192.0.2.1", "192.0.2.1"], "::ffff:192.0.2.2"),
        (["", "nonsense"], "192.0.2.1"),
    ],
)
def test_nobody_fills_the_list_alone(
    store: SqliteStore, addresses: list[str], other: str
) -> None:
    """A network of IPv6 is one user's: they have as many addresses as they like."""
    missed = of(store, most=100, of_address=5)
    for number in range(50):
        missed.note(f"spam {number}", address=addresses[number % len(addresses)])
    missed.note("红烧牛肉", address=other)
    missed.flush()
    kept = [q for q, _ in store.missed(limit=99)]
    assert len(kept) == 6
    assert "红烧牛肉" in kept


def test_an_address_is_forgotten_after_a_day(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000.0
    monkeypatch.setattr("glossary.curation.missed.time.monotonic", lambda: now)
    missed = of(store, of_address=1)
    for _ in range(2):
        missed.note("合作", address="192.0.2.1")
    now += 86_400
    missed.note("合作", address="192.0.2.1")
    missed.flush()
    assert store.missed(limit=9) == [("合作", 2)]


def test_what_could_not_be_written_is_written_with_what_is_counted_next(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glossary.curation.missed._PATIENCE", 0.01)
    missed = of(store)

    def refused(*_: object, **__: object) -> None:
        raise StoreError(N_("The store cannot be written."))

    with monkeypatch.context() as broken:
        broken.setattr(store, "note_missed", refused)
        missed.note("合作", address="192.0.2.1")
        missed.flush()
    missed.note("共赢", address="192.0.2.1")
    until = time.monotonic() + 5
    while not store.missed(limit=9) and time.monotonic() < until:
        time.sleep(0.01)
    assert store.missed(limit=9) == [("共赢", 1), ("合作", 1)]


def test_a_reader_is_answered_where_no_thread_can_be_had_to_count(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    wishes: list[int] = []
    later = Later(lambda: wishes.append(1), seconds=0)
    with monkeypatch.context() as exhausted:
        exhausted.setattr(threading.Thread, "start", none_left)
        later.want()
    later.want()
    until = time.monotonic() + 5
    while not wishes and time.monotonic() < until:
        time.sleep(0.01)
    assert wishes == [1]
