"""The real server in processes of its own: what holds under load and after a crash."""

import threading
import time
from pathlib import Path

import pytest

from glossary.store import open_store
from tests.running import Server


def phrase(name: str) -> dict[str, object]:
    return {"id": name, "terms": [{"lang": "en", "text": name.replace("-", " ")}]}


def test_eight_threads_of_fifty_writes_all_succeed(
    server: Server, writer: dict[str, str]
) -> None:
    before = server.call("GET", "/api/v1/stats")[1]["revision"]
    answers: list[int] = []

    def work(thread: int) -> None:
        for number in range(50):
            document = phrase(f"phrase-{thread}-{number}")
            answers.append(server.call("POST", "/api/v1/entries", document, writer)[0])

    threads = [threading.Thread(target=work, args=(t,)) for t in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [201] * 400
    assert server.call("GET", "/api/v1/stats")[1]["revision"] == before + 400
    address, seen = f"/api/v1/changes?since={before}&limit=500", set()
    while address:
        page = server.call("GET", address)[1]
        seen |= {change["revision"] for change in page["changes"]}
        address = page["next"]
    assert seen == set(range(before + 1, before + 401))
    for thread in range(8):
        versions = server.call("GET", f"/api/v1/entries/phrase-{thread}-49/versions")
        assert [v["by"] for v in versions[1]["items"]] == ["writer"]


def test_reads_are_answered_while_writes_wait(
    server: Server, writer: dict[str, str], database: Path | str
) -> None:
    if isinstance(database, Path):
        pytest.skip("with a file, a process answers one request at a time")
    store, answers = open_store(database), []

    def work(number: int) -> None:
        path, document = "/api/v1/entries", phrase(f"phrase-{number}")
        answers.append(server.call("POST", path, document, writer)[0])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    with store.write(by="somebody who takes long"):
        for thread in threads:
            thread.start()
        time.sleep(1)
        for _ in range(20):
            assert server.call("GET", "/api/v1/lookup?q=win-win")[0] == 200
        assert answers == []
    for thread in threads:
        thread.join()
    assert answers == [201] * 6
    store.close()
