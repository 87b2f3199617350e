"""How much one address or token may ask in a time."""

import fcntl
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.web.counters import Counters, alone

API = "/api/v1"
Limited = Callable[..., FlaskClient]


@pytest.fixture
def limited(served: Limited) -> Limited:
    def make(**limits: str) -> FlaskClient:
        return served(**{f"rate_{name}": limit for name, limit in limits.items()})

    return make


def test_what_is_too_much_is_refused_and_it_is_said_when_to_come_back(
    limited: Limited,
) -> None:
    client = limited(reads="3/minute")
    left = []
    for _ in range(3):
        answer = client.get(f"{API}/lookup?q=主权")
        assert answer.status_code == 200
        assert answer.headers["RateLimit-Policy"] == '"reads";q=3;w=60'
        left.append(answer.headers["RateLimit"].split(";")[1])
    assert left == ["r=2", "r=1", "r=0"]
    refused = client.get(f"{API}/lookup?q=主权")
    assert (refused.status_code, refused.get_json()["code"]) == (429, "too-fast")
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    text = client.post(f"{API}/annotate", json={"text": "坚持主权平等"})
    assert text.headers["RateLimit-Policy"].startswith('"long";q=1200')
    page = client.get(
        "/", headers={"Accept": "text/html", "Accept-Language": "zh-Hans"}
    )
    assert page.status_code == 429
    assert "秒后再来" in page.get_data(as_text=True)
    other = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get(f"{API}/lookup?q=主权", environ_base=other).status_code == 200


def test_an_ipv6_network_counts_as_one_and_a_made_up_token_gains_little(
    limited: Limited,
) -> None:
    client = limited(reads="2/minute")
    asked = [
        client.get(
            f"{API}/lookup?q=主权", environ_base={"REMOTE_ADDR": f"2001:db8::{n}"}
        )
        for n in range(3)
    ]
    assert [each.status_code for each in asked] == [200, 200, 429]
    statuses = [
        client.get(
            f"{API}/lookup?q=主权", headers={"Authorization": f"Bearer gls_{n}"}
        ).status_code
        for n in range(12)
    ]
    assert 429 not in statuses[:10]
    assert statuses[10:] == [429, 429]


def test_proposals_have_a_limit_of_their_own(limited: Limited) -> None:
    client = limited(proposals="2/hour")
    proposal = {"comment": "请补充新词", "entry": {"terms": []}}
    asked = [client.post(f"{API}/proposals", json=proposal) for _ in range(3)]
    assert asked[2].status_code == 429
    assert 429 not in {each.status_code for each in asked[:2]}
    assert asked[2].headers["RateLimit-Policy"] == '"proposals";q=2;w=3600'


def test_a_limit_may_be_lifted(limited: Limited) -> None:
    client = limited(reads="")
    assert "RateLimit" not in client.get(f"{API}/lookup?q=主权").headers


def test_processes_count_together() -> None:
    counters = Counters()
    workers = []
    for _ in range(4):
        if (pid := os.fork()) == 0:
            for _ in range(250):
                counters.hit("address 192.0.2.1", 60)
            os._exit(0)
        workers.append(pid)
    for pid in workers:
        os.waitpid(pid, 0)
    assert counters.hit("address 192.0.2.1", 60)[0] == 1001
    assert counters.hit("address 192.0.2.2", 60)[0] == 1


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=3), max_size=30))
def test_each_key_is_counted_alone(keys: list[str]) -> None:
    counters = Counters()
    for key in keys:
        counters.hit(key, 60)
    for key in dict.fromkeys(keys):
        count, ends = counters.hit(key, 60)
        assert count == keys.count(key) + 1
        assert time.time() < ends <= time.time() + 60
        time_over = Counters()
        assert [time_over.hit(key, 0)[0] for _ in range(2)] == [1, 1]


def test_who_counts_is_never_taken_for_deadlocked(tmp_path: Path) -> None:
    """Of two processes each holds a lock, and another thread waits for the other's.

    The system sees processes and not their threads, and refuses the last one who asks.
    """
    with (tmp_path / "one").open("w") as one, (tmp_path / "two").open("w") as two:
        fcntl.lockf(one, fcntl.LOCK_EX)
        ear, tells = os.pipe()
        child = os.fork()
        if not child:
            try:
                fcntl.lockf(two, fcntl.LOCK_EX)
                os.write(tells, b".")
                time.sleep(0.1)
                with alone(threading.Lock(), one.fileno()):
                    os._exit(0)
            finally:
                os._exit(1)
        os.read(ear, 1)

        def ask() -> None:
            with alone(threading.Lock(), two.fileno()):
                counts.append(1)

        counts: list[int] = []
        waiting = threading.Thread(target=ask)
        waiting.start()
        time.sleep(0.2)
        fcntl.lockf(one, fcntl.LOCK_UN)
        waiting.join(10)
        assert counts == [1]
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    os.close(ear)
    os.close(tells)
