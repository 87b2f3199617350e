"""Several web nodes over one database: they share jobs, keys and news."""

import io
import json
import os
import signal
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from psycopg_pool import ConnectionPool

from glossary import config
from glossary.curation import changes
from glossary.errors import Conflict
from glossary.query import Order
from glossary.store import open_store
from glossary.store.postgres.connections import Impatient
from glossary.store.postgres.listening import LOOK
from glossary.transfer.jobs import Imports
from glossary.web import create_app
from tests.answers import API, keyed
from tests.nouns import entry, numbered
from tests.running import Server, big, killed, posted, waited

MANY = 3_000


@pytest.fixture
def pair(database: str) -> Iterator[tuple[Server, Server]]:
    """Two real servers over one database."""
    made = Server(database), Server(database)
    yield made
    for server in made:
        if server.process.poll() is None:
            server.kill()


def test_an_import_goes_on_when_its_node_dies_and_is_done_once(
    only_postgres: None,
    pair: tuple[Server, Server],
    importer: dict[str, str],
    database: str,
) -> None:
    one, two = pair
    before = two.call("GET", f"{API}/stats")[1]["revision"]
    report = posted(one, big(MANY), importer)
    address = f"{API}/imports/{report['id']}"
    waited(two, address, {"running"}, importer)
    one.kill()
    killed(report["id"])
    done = waited(two, address, {"succeeded", "failed"}, importer)
    assert (done["state"], done["counts"]["created"]) == ("succeeded", MANY)
    assert done["revision"] == before + 1
    with psycopg.connect(database) as connection:
        asked = "select tries, open from job where id = %s"
        assert connection.execute(asked, [report["id"]]).fetchone() == (2, False)
    time.sleep(LOOK)
    seen = {"Glossary-Revision": str(done["revision"])}
    stats = two.call("GET", f"{API}/stats", headers=seen)[1]
    assert stats["revision"] == before + 1
    query = f"{API}/lookup?q=term+number+{MANY - 1}&tier=exact"
    (hit,) = two.call("GET", query)[1]["hits"]
    versions = two.call("GET", f"{API}/entries/{hit['entry']}/versions")[1]["items"]
    assert [each["version"] for each in versions] == [1]


def test_an_import_that_takes_its_process_down_each_time_is_given_up(
    only_postgres: None, app: Flask
) -> None:
    store = app.extensions["glossary"].store
    imports = Imports(config.settings(), store)
    job = imports.submit(io.BytesIO(big(5)), Order(glossary="test"), by="me")
    queue = store.queue(Path())
    for number in (1, 2, 3):
        with queue.lease(job.id) as begun:
            assert begun == number
            with ThreadPoolExecutor(1) as another:
                with pytest.raises(Conflict):
                    another.submit(imports.run, job.id).result()
                assert another.submit(queue.due).result() == []
    done = imports.run(job.id)
    assert (done.state, store.imported(job.id)) == ("failed", None)
    assert "interrupted" in str(done.error)


def test_a_key_is_known_to_every_node(
    pair: tuple[Server, Server], importer: dict[str, str]
) -> None:
    before = pair[0].call("GET", f"{API}/stats")[1]["revision"]
    gate = threading.Barrier(8)
    token = {"Authorization": importer["Authorization"]}

    def send(turn: int) -> tuple[int, object]:
        gate.wait()
        node = pair[turn % 2]
        return node.call("POST", f"{API}/entries", numbered(1), keyed(token))

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert {status for status, _ in answers} == {201}
    assert all(answer == answers[0] for answer in answers)
    assert pair[1].call("GET", f"{API}/stats")[1]["revision"] == before + 1
    pair[0].kill()
    again = pair[1].call("POST", f"{API}/entries", numbered(1), keyed(token))
    assert again == answers[0]


def test_a_key_of_an_import_is_known_to_every_node(
    pair: tuple[Server, Server], importer: dict[str, str]
) -> None:
    headers = {**keyed(importer), "Prefer": "respond-async"}
    first = posted(pair[0], big(10), headers)
    done = waited(pair[1], f"{API}/imports/{first['id']}", {"succeeded"}, importer)
    request = urllib.request.Request(
        f"{pair[1].address}{API}/imports", big(10), headers, method="POST"
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert (answer.status, json.loads(answer.read())) == (200, done)
    assert done["counts"]["created"] == 10


@pytest.fixture
def other(app: Flask) -> Iterator[Flask]:
    """Another node, in this process too."""
    made = create_app()
    yield made
    made.extensions["glossary"].store.close()


def test_what_another_node_wrote_is_taken_in_before_anybody_asks(
    only_postgres: None, app: Flask, other: Flask
) -> None:
    running = other.extensions["glossary"]
    begin = running.recognition.snapshot().revision
    time.sleep(LOOK / 4)
    changes.create(app.extensions["glossary"].store, entry(**numbered(1)), by="one")
    said = time.monotonic()
    while running.recognition.newest() == begin:
        assert time.monotonic() < said + LOOK / 2, "not before the next look"
        time.sleep(0.005)
    assert running.recognition.newest() == begin + 1


def test_a_lost_connection_for_news_is_made_anew(
    only_postgres: None, app: Flask, database: str
) -> None:
    recognition = app.extensions["glossary"].recognition
    begin = recognition.snapshot().revision
    deadline = time.monotonic() + 30
    store = open_store(database)
    ended = (
        "select pg_terminate_backend(pid) from pg_stat_activity where "
        "application_name = 'glossary-listener' and datname = current_database()"
    )
    for _ in range(2):
        while not store.rows(ended):
            assert time.monotonic() < deadline
            time.sleep(0.05)
    changes.create(store, entry(**numbered(1)), by="one")
    while recognition.newest() == begin:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    store.close()


def test_a_connection_is_lent_unasked_unless_the_server_has_ended_it(
    only_postgres: None, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions: list[object] = []
    check = ConnectionPool.check_connection

    def noted(connection: Any) -> None:
        questions.append(connection)
        check(connection)

    monkeypatch.setattr(ConnectionPool, "check_connection", noted)
    store = open_store(database)

    def lent() -> int:
        with store._writing.connection() as connection:  # type: ignore[attr-defined]
            return int(connection.info.backend_pid)

    first = lent()
    assert lent() == first
    assert not questions
    store.rows("select pg_terminate_backend(?)", [first])
    deadline = time.monotonic() + 30
    while store.rows("select 1 from pg_stat_activity where pid = ?", [first]):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert lent() != first
    assert len(questions) == 1
    changes.create(store, entry(**numbered(1)), by="one")
    store.close()


def test_the_server_is_waited_for_once_to_begin_a_read_and_once_for_each_question(
    only_postgres: None, fresh: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[object] = []
    wait = Impatient.wait

    def counted(connection: Impatient, gen: Any, *args: Any, **options: Any) -> Any:
        waits.append(gen)
        return wait(connection, gen, *args, **options)

    store = open_store(fresh)
    changes.create(store, entry(**numbered(1)), by="me")
    with store.snapshot():
        store.rows("select count(*) from entry")
    monkeypatch.setattr(Impatient, "wait", counted)
    for _ in range(3):
        waits.clear()
        with store.snapshot():
            assert store.rows("select count(*) from entry") == [(1,)]
            assert store.rows("select count(*) > 1 from term") == [(True,)]
        assert len(waits) == 3
    with psycopg.connect(fresh) as connection:
        # The server has been told that each of them ended.
        open_ones = "select count(*) from pg_stat_activity where state like 'idle in%'"
        assert connection.execute(open_ones).fetchone() == (0,)
    store.close()


@pytest.mark.parametrize("fault", ["ended", "stopped"])
def test_a_server_that_fails_after_a_read_is_noticed_by_the_next_one(
    only_postgres: None, fresh: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Impatient, "patience", 0.2)
    store = open_store(fresh)
    changes.create(store, entry(**numbered(1)), by="me")
    with store.snapshot():
        ((number,),) = store.rows("select pg_backend_pid()")
        if fault == "stopped":
            os.kill(number, signal.SIGSTOP)
    try:
        if fault == "ended":
            with psycopg.connect(fresh) as connection:
                connection.execute("select pg_terminate_backend(%s, 2000)", [number])
        with store.snapshot():
            assert store.rows("select count(*) from entry") == [(1,)]
            assert store.rows("select pg_backend_pid()") != [(number,)]
    finally:
        if fault == "stopped":
            os.kill(number, signal.SIGCONT)
    store.close()
