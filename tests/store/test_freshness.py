"""Whoever has seen a revision never sees an older one, whoever answers."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from glossary import config
from glossary.client import Client
from glossary.curation import changes
from glossary.errors import StoreBehind
from glossary.people import access
from glossary.query import Moment
from glossary.store import Store, open_store
from glossary.store.postgres import connections
from glossary.store.postgres.store import PostgresStore
from glossary.web import create_app
from tests.answers import API, json_of, problem
from tests.nouns import entry, numbered
from tests.postgresql import Cluster, Standby

HERE = "http://terms.example"


@pytest.fixture(scope="module")
def standby(cluster: Cluster) -> Iterator[Standby]:
    made = Standby(cluster)
    yield made
    made.follow()
    made.stop()


@pytest.fixture
def following(standby: Standby) -> Iterator[Standby]:
    """A standby that follows again when the test has ended."""
    yield standby
    standby.follow()


@pytest.fixture
def both(cluster: Cluster, standby: Standby, following: None) -> Iterator[str]:
    """The address of a database by its leader and its standby."""
    address = cluster.new()
    name = address.rpartition("/")[2]
    open_store(address).close()
    standby.has(name)
    yield by_both(cluster, standby, name)
    standby.follow()
    cluster.drop(address)


def by_both(cluster: Cluster, standby: Standby, name: str) -> str:
    """Return the address of a database by its leader and its standby."""
    hosts = f"127.0.0.1:{cluster.port},127.0.0.1:{standby.port}"
    return f"postgresql://glossary@{hosts}/{name}"


def caught_up(store: Store, revision: int) -> None:
    """Wait until the standby has a revision."""
    deadline = time.monotonic() + 20
    while read_by(store) != ("standby", revision):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def read_by(store: Store, at_least: int = 0) -> tuple[str, int]:
    """Return who answers a read inside a snapshot, and its revision."""
    with store.snapshot(at_least) as revision:
        ((recovering,),) = store.rows("select pg_is_in_recovery()")
        return ("standby" if recovering else "leader"), revision


def written(store: Store, number: int) -> int:
    changes.create(store, entry(**numbered(number)), by="somebody")
    return store.newest().revision


def test_reads_go_to_the_standby_and_writes_to_the_leader(both: str) -> None:
    store = open_store(both, standby_wait=5.0)
    assert written(store, 1) == 1
    assert read_by(store) == ("standby", 1)
    with store.snapshot():
        assert store.entry("road-1").version == 1
    store.close()


def test_what_a_process_wrote_it_reads_from_the_leader_when_the_standby_is_behind(
    both: str, standby: Standby
) -> None:
    store = open_store(both, standby_wait=0.05)
    other = open_store(both, standby_wait=0.05)
    written(store, 1)
    caught_up(store, 1)
    standby.hold()
    assert written(store, 2) == 2
    assert read_by(store) == ("leader", 2)
    assert read_by(other) == ("standby", 1), "it has not seen anything newer"
    assert read_by(other, at_least=2) == ("leader", 2)
    assert read_by(other) == ("leader", 2), "it has seen something newer by now"
    standby.follow()
    caught_up(other, 2)
    store.close()
    other.close()


def test_who_found_no_standby_goes_to_it_once_it_is_there(
    cluster: Cluster, standby: Standby, following: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_TRIED", 0.1)
    standby.hold()
    address = cluster.new()
    name = address.rpartition("/")[2]
    store = open_store(by_both(cluster, standby, name), standby_wait=0.05)
    assert read_by(store) == ("leader", 0), "the standby has no such database yet"
    with store.snapshot():
        time.sleep(0.2)
        assert store.revision() == 0, "a snapshot stays where it was begun"
    standby.follow()
    caught_up(store, 0)
    store.close()
    cluster.drop(address)


def test_a_read_waits_a_moment_for_the_standby(both: str, standby: Standby) -> None:
    store = open_store(both, standby_wait=10.0)
    written(store, 1)
    caught_up(store, 1)
    standby.hold()
    written(store, 2)
    standby.follow()
    assert read_by(store) == ("standby", 2)
    store.close()


def test_tokens_and_proposals_are_known_at_once(both: str, standby: Standby) -> None:
    store = open_store(both, standby_wait=0.05)
    standby.hold()
    token = access.create(store, "editor")
    assert access.bearer(store, f"Bearer {token}", action="edit").name == "editor"
    store.close()


@pytest.fixture
def nodes(both: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Flask]]:
    """Two web nodes over one database with a standby."""
    monkeypatch.setenv("GLOSSARY_DATABASE", both)
    monkeypatch.setenv("GLOSSARY_STANDBY_WAIT", "0.05")
    config.settings.cache_clear()
    made = [create_app(), create_app()]
    yield made
    for app in made:
        app.extensions["glossary"].store.close()
    config.settings.cache_clear()


def revision(answer: TestResponse) -> int:
    """Return the revision that an answer says that it is of."""
    return Moment.read(answer.headers["Glossary-Revision"]).revision


def test_every_answer_says_its_revision_and_no_later_one_is_older(
    both: str, nodes: list[Flask], standby: Standby
) -> None:
    one, two = (app.test_client() for app in nodes)
    store = nodes[0].extensions["glossary"].store
    token = access.create(store, "editor")
    headers = {"Authorization": f"Bearer {token}"}
    first = one.post(f"{API}/entries", json=numbered(1), headers=headers)
    assert (first.status_code, revision(first)) == (201, 1)
    caught_up(store, 1)
    two.get(f"{API}/stats")
    standby.hold()
    made = one.post(f"{API}/entries", json=numbered(2), headers=headers)
    assert revision(made) == 2
    text = {"text": "第2条丝绸之路"}
    plain = two.get(f"{API}/entries/road-2")
    assert plain.status_code == 404, "the standby is behind, and nobody demands more"
    seen = {"Glossary-Revision": made.headers["Glossary-Revision"]}
    for path in ("entries/road-2", "lookup?q=silk+road+number+2", "stats", "changes"):
        answer = two.get(f"{API}/{path}", headers=seen)
        assert (answer.status_code, revision(answer)) == (200, 2)
    assert json_of(two.get(f"{API}/lookup?q=silk+road+number+2", headers=seen))["hits"]
    (match,) = json_of(two.post(f"{API}/annotate", json=text, headers=seen))["matches"]
    assert match["entry"] == "road-2"
    page = two.get("/entries/road-2", headers=seen)
    assert (page.status_code, revision(page)) == (200, 2)


def test_a_tag_and_the_cookie_of_a_write_are_enough(
    nodes: list[Flask], standby: Standby
) -> None:
    one, two, three = (*(app.test_client() for app in nodes), nodes[1].test_client())
    store = nodes[0].extensions["glossary"].store
    headers = {"Authorization": f"Bearer {access.create(store, 'editor')}"}
    caught_up(store, 0)
    standby.hold()
    from_page = headers | {"Origin": "http://localhost"}
    made = one.post(f"{API}/entries", json=numbered(1), headers=from_page)
    now = made.headers["Glossary-Revision"]
    assert made.headers["Set-Cookie"].startswith(f"Glossary-Revision={now};")
    tag = json_of(two.get(f"{API}/stats"))["revision"]
    assert tag == 0
    newest = one.get(f"{API}/stats", headers={"Glossary-Revision": now})
    known = {"If-None-Match": newest.headers["ETag"]}
    assert two.get(f"{API}/stats", headers=known).status_code == 304
    three.set_cookie("Glossary-Revision", now)
    assert "silk road number 1" in three.get("/entries/road-1").text


def test_the_python_client_never_sees_an_older_state(
    nodes: list[Flask], standby: Standby
) -> None:
    store = nodes[0].extensions["glossary"].store
    token = access.create(store, "editor")
    turn = iter(range(1_000_000))
    kinds = [httpx.WSGITransport(app) for app in nodes]

    class Balanced(httpx.BaseTransport):
        """Sends each request to another node, as a balancer does."""

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            return kinds[next(turn) % 2].handle_request(request)

    caught_up(store, 0)
    standby.hold()
    terms = Client(HERE, token=token, transport=Balanced())
    for number in range(1, 9):
        terms.create(numbered(number))
        assert terms.entry(f"road-{number}").version == 1
        assert terms.stats()["revision"] == number
        assert terms.lookup(f"silk road number {number}").hits


def test_a_store_older_than_what_was_seen_says_so(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    now = json_of(client.get(f"{API}/stats"))["revision"]
    seen = {"Glossary-Revision": str(now + 1)}
    for path in ("stats", "lookup?q=peace", "entries", "export?format=csv"):
        answer = client.get(f"{API}/{path}", headers=seen)
        problem(answer, 503, "store-behind")
        assert answer.headers["Retry-After"]
    text = {"text": "peace"}
    problem(
        client.post(f"{API}/annotate", json=text, headers=seen), 503, "store-behind"
    )
    made = client.post(f"{API}/entries", json=numbered(1), headers=editor)
    assert revision(made) == now + 1
    answer = client.get(f"{API}/stats", headers=seen)
    assert revision(answer) == now + 1
    for odd in ("-1", "one", "1.5", "1" * 40):
        bad = client.get(f"{API}/stats", headers={"Glossary-Revision": odd})
        problem(bad, 422, "invalid")


def test_the_client_begins_anew_with_a_store_that_was_set_back(app: Flask) -> None:
    terms = Client(HERE, attempts=1, transport=httpx.WSGITransport(app))
    now = terms.stats()["revision"]
    terms._wire._newest = Moment(now + 5, terms.stats()["epoch"])
    with pytest.raises(StoreBehind):
        terms.stats()
    assert terms.stats()["revision"] == now


@pytest.mark.usefixtures("only_postgres")
@pytest.mark.parametrize("writes", [False, True])
def test_a_lost_revision_is_given_up_unless_this_process_writes_meanwhile(
    store: PostgresStore, monkeypatch: pytest.MonkeyPatch, *, writes: bool
) -> None:
    reads = store._reading
    begin = reads.head(0)
    lost = begin._replace(revision=begin.revision + 1)
    reads.note(lost)
    ask = reads._leader.ask

    def meanwhile(*args: Any, **options: Any) -> Any:
        head = ask(*args, **options)
        if writes:
            reads.note(lost._replace())
        return head

    monkeypatch.setattr(reads._leader, "ask", meanwhile)
    with store.snapshot() as revision:
        assert revision == begin.revision
    assert reads.newest == (lost if writes else begin)
