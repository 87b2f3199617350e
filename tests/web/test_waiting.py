"""Who asks what has moved may wait for it, and keeps nobody from being answered."""

import json
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from glossary.curation import changes
from glossary.store import Store, open_store
from tests.nouns import entry, numbered
from tests.running import Server


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("waiting") / "glossary.db"
    open_store(str(path)).close()
    return path


def at(home: Server) -> str:
    _, stats = home.call("GET", "/api/v1/stats")
    return f"{stats['epoch']}-{stats['revision']}"


def test_a_request_waits_until_something_moves(home: Server, kept: Store) -> None:
    since = at(home)
    begun = time.monotonic()
    _, nothing = home.call("GET", f"/api/v1/changes?since={since}&wait=1")
    assert nothing["changes"] == []
    assert time.monotonic() - begun >= 1

    def write() -> None:
        time.sleep(1)
        changes.create(kept, entry(**numbered(1)), by="mei")

    writer = threading.Thread(target=write)
    writer.start()
    _, told = home.call("GET", f"/api/v1/changes?since={since}&wait=25")
    writer.join()
    assert [c["entry"] for c in told["changes"]] == ["road-1"]


def test_those_who_wait_hold_no_thread(home: Server) -> None:
    address = f"/api/v1/changes?since={at(home)}&wait=6"
    with ThreadPoolExecutor(40) as waiting:
        asked = [waiting.submit(home.call, "GET", address) for _ in range(40)]
        time.sleep(1)
        begun = time.monotonic()
        status, _ = home.call("GET", "/api/v1/lookup?q=road")
        took = time.monotonic() - begun
        assert not any(each.done() for each in asked)
        assert [each.result()[0] for each in asked] == [200] * 40
    assert status == 200
    assert took < 5


def test_a_wait_is_one_request_however_often_the_server_looks(place: Path) -> None:
    few = Server(place, GLOSSARY_RATE_READS="6/minute")
    try:
        since = at(few)
        for left in (4, 3):
            address = f"{few.address}/api/v1/changes?since={since}&wait=2"
            with urllib.request.urlopen(address, timeout=20) as answer:
                assert json.loads(answer.read())["changes"] == []
                assert f"r={left};" in answer.headers["RateLimit"]
        with urllib.request.urlopen(f"{few.address}/metrics", timeout=20) as answer:
            lines = answer.read().decode().splitlines()
        told = [each for each in lines if each.startswith("glossary_requests_total")]
        assert [each.split()[-1] for each in told if 'changes"' in each] == ["2.0"]
    finally:
        few.kill()


def test_changes_are_told_as_server_sent_events(home: Server, kept: Store) -> None:
    since = at(home)
    changes.create(kept, entry(**numbered(2)), by="mei")
    request = urllib.request.Request(
        f"{home.address}/api/v1/changes/events?wait=1",
        headers={"Last-Event-ID": since, "Accept": "text/event-stream"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        text = answer.read().decode()
    _, event, *_ = text.split("\n\n")
    fields = dict(line.split(": ", 1) for line in event.splitlines())
    assert fields["id"] == at(home)
    assert json.loads(fields["data"])["entry"] == "road-2"
    again = urllib.request.Request(
        f"{home.address}/api/v1/changes/events?wait=1",
        headers={"Last-Event-ID": fields["id"]},
    )
    with urllib.request.urlopen(again, timeout=20) as answer:
        assert "data:" not in answer.read().decode()
