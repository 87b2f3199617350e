"""What the server does, in numbers and in lines, and what is never written down."""

import json
import logging
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from glossary.web import tally, turned_away
from glossary.web.tally import Tally, share_numbers

API = "/api/v1"
Served = Callable[..., FlaskClient]
Watched = Served
SECRET = "机密的外交照会：我方拟于下周召见贵国大使"


@pytest.fixture
def watched(served: Served, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    # A server that was started in this process before has its numbers shared.
    monkeypatch.setattr(tally, "_numbers", [])
    yield served
    logger = logging.getLogger("glossary")
    logger.handlers = [each for each in logger.handlers if each.name != "glossary"]


def numbers(client: FlaskClient) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return {
        " ".join([sample.name, *sorted(sample.labels.values())]): sample.value
        for family in text_string_to_metric_families(answer.get_data(as_text=True))
        for sample in family.samples
    }


def test_requests_tiers_misses_and_the_state_of_the_store_are_counted(
    watched: Watched,
) -> None:
    client = watched()
    for _ in range(2):
        assert client.get(f"{API}/lookup?q=主权").status_code == 200
    client.get(f"{API}/lookup?q=qqqqzzzz")
    client.get(f"{API}/entries/nix")
    found = numbers(client)
    assert found["glossary_requests_total 2xx api.get_lookup"] == 3
    assert found["glossary_requests_total 4xx api.get_entry"] == 1
    assert found["glossary_lookups_total exact"] == 1
    assert found["glossary_missed_total"] == 1
    assert found["glossary_remembered_total hit"] == 1
    assert found["glossary_request_seconds_count read"] == 4
    assert found["glossary_request_seconds_bucket +Inf read"] == 4
    assert found["glossary_store_up"] == 1
    assert found["glossary_entries"] > 100
    assert found["glossary_revision"] >= 1
    assert found["glossary_revision_age_seconds"] >= 0
    assert found["glossary_lexicon_behind"] == 0


def test_processes_add_to_the_same_numbers() -> None:
    share_numbers()
    workers = []
    for _ in range(3):
        if (pid := os.fork()) == 0:
            mine = Tally(["a", "b"])
            for _ in range(200):
                mine.add({"a": 1, "b": 0.5, "unknown": 1})
            os._exit(0)
        workers.append(pid)
    for pid in workers:
        os.waitpid(pid, 0)
    ours = Tally(["a", "b"])
    assert (ours["a"], ours["b"]) == (600, 300)


def test_a_line_says_who_asked_for_what_and_how_it_went_but_not_what_was_asked(
    watched: Watched, capsys: pytest.CaptureFixture[str]
) -> None:
    client = watched(log="json", access_log="1")
    sent = {"X-Request-ID": "proxy-0123456789"}
    answer = client.get(f"{API}/lookup?q=主权", headers=sent)
    assert answer.headers["X-Request-ID"] == "proxy-0123456789"
    odd = client.get("/healthz", headers={"X-Request-ID": 'x"\t; evil'})
    assert odd.headers["X-Request-ID"] != 'x"\t; evil'
    first, *_ = map(json.loads, capsys.readouterr().err.splitlines())
    assert first["request"] == "proxy-0123456789"
    assert (first["method"], first["route"]) == ("GET", f"{API}/lookup")
    assert (first["status"], first["address"]) == (200, "127.0.0.1")
    assert first["revision"] == answer.headers["Glossary-Revision"]
    assert "主权" not in json.dumps(first, ensure_ascii=False)


def test_who_is_not_let_in_is_written_down_without_an_access_log(
    watched: Watched, capsys: pytest.CaptureFixture[str]
) -> None:
    client = watched(log="json")
    client.get(f"{API}/lookup?q=主权", headers={"Authorization": "Bearer gls_made-up"})
    client.post(f"{API}/entries", json={})
    lines = [*map(json.loads, capsys.readouterr().err.splitlines())]
    assert [each["message"] for each in lines] == ["barred", "barred"]
    assert [each["route"] for each in lines] == [f"{API}/lookup", f"{API}/entries"]
    assert "made-up" not in json.dumps(lines)


def test_a_crowd_that_is_turned_away_is_counted_and_is_one_line(
    watched: Watched, capsys: pytest.CaptureFixture[str]
) -> None:
    client = watched(log="json")
    asked = {"REQUEST_METHOD": "POST", "PATH_INFO": "/read", "REMOTE_ADDR": "::1"}
    for _ in range(5):
        turned_away(asked, 503, "overloaded")
    turned_away(asked, 408, "too-slow")
    counts = numbers(client)
    assert counts["glossary_turned_away_total overloaded"] == 5
    assert counts["glossary_turned_away_total too-slow"] == 1
    (line,) = map(json.loads, capsys.readouterr().err.splitlines())
    assert (line["message"], line["lane"]) == ("turned away", "long")


def test_every_answer_is_taken_for_what_it_says_and_over_tls_asks_for_tls(
    watched: Watched,
) -> None:
    client = watched()
    for path in (
        "/",
        f"{API}/lookup?q=主权",
        f"{API}/nix",
        "/healthz",
        "/v2/languages",
    ):
        plain, safe = (
            client.get(path, base_url=base)
            for base in ("http://terms.example", "https://terms.example")
        )
        assert plain.headers["X-Content-Type-Options"] == "nosniff", path
        assert "Strict-Transport-Security" not in plain.headers
        assert "max-age=31536000" in safe.headers["Strict-Transport-Security"], path


def test_queries_are_written_down_only_where_a_setting_wants_it(
    watched: Watched, capsys: pytest.CaptureFixture[str]
) -> None:
    watched(access_log="1", log_queries="1").get(f"{API}/lookup?q=主权 原则")
    line = capsys.readouterr().err
    assert 'q="主权 原则"' in line
    assert f"route={API}/lookup" in line


def test_a_slow_request_is_written_down_without_an_access_log(
    watched: Watched, capsys: pytest.CaptureFixture[str]
) -> None:
    client = watched(slow="0.000001")
    client.get(f"{API}/lookup?q=主权")
    assert "warning slow request" in capsys.readouterr().err
    client = watched(slow="0")
    client.get(f"{API}/lookup?q=主权")
    assert capsys.readouterr().err == ""


def test_no_text_that_is_read_or_checked_is_kept_or_written_down(
    watched: Watched, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = watched(access_log="1", slow="0.000001")
    pair = {"id": "1", "source": SECRET, "target": "Confidential: summon ambassador"}
    asked = [
        client.post(f"{API}/annotate", json={"text": SECRET}),
        client.post(f"{API}/annotate", json={"text": SECRET, "from": "klingon!"}),
        client.post(f"{API}/check", json={"pairs": [pair]}),
        client.post("/v2/check", data={"text": SECRET, "language": "zh-CN"}),
        client.post("/read", data={"text": SECRET, "source": SECRET}),
    ]
    assert [each.status_code for each in asked[:3]] == [200, 422, 200]
    lines = capsys.readouterr().err
    assert lines.count("slow request") == len(asked)
    assert "下周召见" not in lines
    assert "Confidential" not in lines
    for file in database.parent.rglob("*"):
        if file.is_file():
            assert "下周召见".encode() not in file.read_bytes(), file


def test_alerts_and_board_ask_for_numbers_that_there_are_and_each_has_a_run_book(
    watched: Watched,
) -> None:
    deploy = Path(__file__).parents[2] / "deploy"
    text = watched().get("/metrics").get_data(as_text=True)
    there = set(re.findall(r"^# TYPE (\w+)", text, re.MULTILINE))
    there |= {f"glossary_{name}" for name in ("standby_lag_seconds", "pool_")}
    alerts = (deploy / "alerts.yml").read_text()
    for file in (alerts, (deploy / "grafana.json").read_text()):
        for name in re.findall(r"glossary_[a-z_]+(?=[^a-z_])", file):
            plain = re.sub(r"_(bucket|count|sum)$", "", name)
            assert plain in there, name
    book = (deploy.parent / "docs" / "operations.md").read_text()
    for alert in re.findall(r"alert: (\w+)", alerts):
        assert f"### {alert}\n" in book
