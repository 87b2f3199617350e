"""What befalls PostgreSQL: what a client, the balancer and the doctor are told."""

import contextlib
import json
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import httpx
import psycopg
import pytest

from glossary.people import access
from glossary.store import open_store
from tests.answers import API
from tests.faults.disks import filled, small_disk
from tests.faults.running import Running, servers, until
from tests.nouns import entry, numbered
from tests.postgresql import Server, program
from tests.running import needs, run

#: Seconds that a write waits for another one here.
BUSY = "2"


class Site:
    """A server over a database that things befall."""

    def __init__(self, running: Running, address: str, token: str) -> None:
        self.running, self.address = running, address
        self._headers = {"Authorization": f"Bearer {token}"}
        self._numbers = count(1_000)

    def read(self) -> str:
        """Return how a look-up is answered: its status, and its code if refused."""
        return told(self.running.get(f"{API}/lookup?q=丝绸之路"))

    def write(self) -> str:
        """Return how a write is answered."""
        document = numbered(next(self._numbers))
        url = f"{self.running.url}{API}/entries"
        return told(httpx.post(url, json=document, headers=self._headers, timeout=30))

    def ready(self) -> str:
        return told(self.running.get("/readyz"))

    def doctor(self) -> dict[str, str]:
        """Return what the doctor finds wrong, by check."""
        done = run("doctor", "--json", database=self.address)
        found = json.loads(done.stdout)
        return {e["check"]: e["detail"] for e in found if e["verdict"] == "wrong"}

    def is_whole(self) -> None:
        """Wait until all is as before, and look whether nothing was lost."""
        until(lambda: (self.read(), self.ready()) == ("200", "200"))
        until(lambda: self.write() == "201")
        assert self.doctor() == {}


def told(answer: httpx.Response) -> str:
    if answer.status_code < 400:
        return str(answer.status_code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    return f"{answer.status_code} {answer.json()['code']}"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    needs(program("initdb"), "PostgreSQL")
    made = Server()
    yield made
    made.stop()


def filled_with_roads(address: str) -> str:
    """Fill a database with a few entries; return a token of an editor."""
    store = open_store(address)
    with store.write(by="somebody") as write:
        for number in range(100, 140):
            write.create(entry(**numbered(number)))
    token = access.create(store, "editor")
    store.close()
    return token


@pytest.fixture(scope="module")
def site(postgres: Server) -> Iterator[Site]:
    postgres.run("create database roads")
    address = postgres.address("roads")
    token = filled_with_roads(address)
    with servers() as serve:
        running = serve(address, GLOSSARY_BUSY_TIMEOUT=BUSY)
        yield Site(running.ready(), address, token)


@contextlib.contextmanager
def told_by_another(address: str, *statements: str) -> Iterator[None]:
    """Do something in another session, and undo it at the end."""
    with psycopg.connect(address) as other:
        for statement in statements:
            other.execute(statement.encode())
        yield
        other.rollback()


def cut(postgres: Server) -> None:
    """End every session of the database, and wait for their ends."""
    postgres.run(
        "select pg_terminate_backend(pid, 10000) from pg_stat_activity "
        "where datname = 'roads'"
    )


def test_connections_that_are_cut_are_made_anew_and_nobody_notices(
    site: Site, postgres: Server
) -> None:
    for _ in range(3):
        cut(postgres)
        assert (site.read(), site.ready(), site.write()) == ("200", "200", "201")
    site.is_whole()


def test_a_stopped_server_is_said_and_all_goes_on_when_it_is_back(
    site: Site, postgres: Server
) -> None:
    postgres.halt()
    try:
        assert site.write() == "503 store"
        assert site.ready() == "503 store"
        assert site.read() == "503 store"
        assert site.running.get("/healthz").status_code == 200
        assert "cannot be reached" in site.doctor()["store"]
    finally:
        postgres.start()
    site.is_whole()


def test_a_lock_that_another_session_holds_is_waited_for_and_reads_go_on(
    site: Site,
) -> None:
    with told_by_another(site.address, "select * from head for update"):
        assert site.write() == "503 store-busy"
        assert (site.read(), site.ready()) == ("200", "200")
        assert site.doctor() == {}
    site.is_whole()


def test_a_statement_that_takes_too_long_is_given_up_in_words(
    site: Site, postgres: Server
) -> None:
    postgres.run("alter database roads set statement_timeout = '500ms'")
    cut(postgres)
    with told_by_another(site.address, "lock table entry, term, head"):
        assert site.read() == "503 store-busy"
        assert site.write() == "503 store-busy"
        assert site.ready() == "503 store-busy"
        assert "store" in site.doctor()
    postgres.run("alter database roads reset statement_timeout")
    cut(postgres)
    site.is_whole()


def test_a_server_that_only_reads_is_read_and_said_to_be_so(
    site: Site, postgres: Server
) -> None:
    postgres.run("alter database roads set default_transaction_read_only = on")
    cut(postgres)
    try:
        for _ in range(3):
            assert site.write() == "503 store-read-only"
            assert site.read() == "200"
        assert site.ready() == "503 store-read-only"
        assert "store" in site.doctor()
    finally:
        postgres.run("alter database roads reset default_transaction_read_only")
    site.is_whole()


def test_a_full_disk_of_the_database_refuses_writes_and_reads_go_on(
    postgres: Server, tmp_path: Path
) -> None:
    with small_disk(postgres.folder / "small", 40) as disk:
        shutil.chown(disk, "postgres", "postgres")
        postgres.run(f"create tablespace small location '{disk}'")
        postgres.run("create database little tablespace small")
        address = postgres.address("little")
        token = filled_with_roads(address)
        with servers() as serve:
            running = serve(
                address, GLOSSARY_BUSY_TIMEOUT=BUSY, GLOSSARY_WORKERS="1"
            ).ready()
            site = Site(running, address, token)
            with filled(disk):
                while (answer := site.write()) == "201":
                    pass
                assert answer == "507 store-full"
                assert site.read() == "200"
                # A vacuum that ends meanwhile makes a little room again.
                until(lambda: (site.write(), site.ready()) == ("507 store-full",) * 2)
            site.is_whole()
        postgres.run("drop database little with (force)")
        postgres.run("drop tablespace small")


def test_a_damaged_table_of_the_database_is_said_and_others_are_read(
    site: Site, postgres: Server
) -> None:
    with psycopg.connect(site.address) as asked:
        row = asked.execute("select pg_relation_filepath('version')").fetchone()
    assert row is not None
    postgres.halt()
    file = postgres.folder / "data" / row[0]
    whole = file.read_bytes()
    file.write_bytes(b"\xde\xad\xbe\xef" * (len(whole) // 4))
    postgres.start()
    try:
        history = site.running.get(f"{API}/entries/road-100/versions")
        assert told(history) == "503 store-damaged"
        assert site.read() == "200"
        assert "history" in site.doctor()
    finally:
        postgres.halt()
        file.write_bytes(whole)
        postgres.start()
    site.is_whole()
