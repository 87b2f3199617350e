"""Who is slow, silent or does not read holds a connection, and nobody who reads."""

import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from glossary.people import access
from glossary.store import open_store
from tests.faults.running import Running, locked, servers, until
from tests.nouns import major_country

API = "/api/v1"
POST = (
    "POST {path} HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
    "Content-Length: 100\r\n\r\n{{"
)


@pytest.fixture(scope="module")
def patient(
    curated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Running, Path]]:
    """A server of short patience, and its file."""
    path = tmp_path_factory.mktemp("slow") / "glossary.db"
    path.write_bytes(curated_file.read_bytes())
    with servers() as serve:
        bounds = {
            "GLOSSARY_IDLE_TIMEOUT": "3",
            "GLOSSARY_BODY_TIMEOUT": "3",
            "GLOSSARY_BUSY_TIMEOUT": "60",
            "GLOSSARY_MAX_WAITING": "2",
        }
        running = serve(path, "--workers", "1", **bounds).ready()
        running.get(f"{API}/lookup?q=主权")
        yield running, path


def opened(server: Running, sent: str = "") -> socket.socket:
    end = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    end.sendall(sent.encode())
    return end


def answer(end: socket.socket) -> tuple[bytes, float]:
    begun = time.monotonic()
    text = b""
    while part := end.recv(1000):
        text += part
    end.close()
    return text, time.monotonic() - begun


def test_silent_and_half_requests_hold_no_reader_and_are_ended_in_time(
    patient: tuple[Running, Path],
) -> None:
    server, _ = patient
    silent = [opened(server) for _ in range(300)]
    heads = [opened(server, "GET / HTTP/1.1\r\nHost") for _ in range(20)]
    bodies = [opened(server, POST.format(path=f"{API}/annotate")) for _ in range(20)]
    writes = [opened(server, POST.format(path=f"{API}/entries")) for _ in range(20)]
    for path in (f"{API}/lookup?q=主权", "/healthz", "/readyz"):
        begun = time.monotonic()
        assert server.get(path).status_code == 200
        assert time.monotonic() - begun < 2
    assert answer(silent[0])[0] == b""
    assert answer(heads[0])[0] == b""
    for late in (bodies[0], writes[0]):
        text, seconds = answer(late)
        assert text.startswith(b"HTTP/1.1 408 ")
        assert b"too-slow" in text
        assert seconds < 10
    numbers = server.get("/metrics").text
    assert re.search(r'turned_away_total\{code="too-slow"\} [1-9]', numbers)
    for end in [*silent, *heads, *bodies, *writes]:
        end.close()


def test_who_does_not_read_an_export_holds_no_reader(
    patient: tuple[Running, Path],
) -> None:
    server, _ = patient
    ask = f"GET {API}/export?format=ndjson HTTP/1.1\r\nHost: here\r\n\r\n"
    asked = [opened(server, ask) for _ in range(3)]
    first = asked[0].recv(100)
    assert first.startswith(b"HTTP/1.1 200 ")
    assert server.get(f"{API}/lookup?q=主权").status_code == 200
    assert server.get(f"{API}/export?format=tsv").status_code == 200
    whole = len(server.get(f"{API}/export?format=ndjson").content)
    asked[0].settimeout(5)
    size = len(first)
    while size < whole:
        part = asked[0].recv(1 << 16)
        assert part
        size += len(part)
    for end in asked:
        end.close()


def test_writes_wait_in_a_line_of_their_own_which_is_not_endless(
    patient: tuple[Running, Path],
) -> None:
    server, path = patient
    store = open_store(str(path))
    key = access.create(store, "patient")
    store.close()
    headers = {"Authorization": f"Bearer {key}"}

    def post(number: int) -> httpx.Response:
        made = major_country(id=f"waiting-{number}")
        url = f"{server.url}{API}/entries"
        return httpx.post(url, json=made, headers=headers, timeout=60)

    with ThreadPoolExecutor(6) as pool, locked(path):
        posts = [pool.submit(post, number) for number in range(6)]
        until(lambda: sum(each.done() for each in posts) >= 3, 8)
        for read in (f"{API}/lookup?q=主权", "/healthz"):
            begun = time.monotonic()
            assert server.get(read).status_code == 200
            assert time.monotonic() - begun < 2
        refused = [each.result() for each in posts if each.done()][:3]
        # One waits for the store, two for it, and the other three are not kept.
        assert {each.status_code for each in refused} == {503}
        assert {each.json()["code"] for each in refused} == {"overloaded"}
        assert {each.headers["Retry-After"] for each in refused} == {"1"}
        numbers = server.get("/metrics").text
        assert 'glossary_turned_away_total{code="overloaded"} 3.0' in numbers
    assert sorted(each.result().status_code for each in posts) == [201] * 3 + [503] * 3
