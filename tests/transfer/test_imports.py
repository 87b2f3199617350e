"""Imports and exports over HTTP: reports, jobs, plans, downloads."""

import csv
import io
import json
import subprocess
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from glossary import config
from glossary.query import Order
from glossary.transfer import jobs
from glossary.transfer.jobs import Imports, begin, under_way
from tests.answers import API, json_of, problem
from tests.running import Server, big, killed, posted, waited

GOOD = "中文,英文,状态\n暖心早茶,warm morning tea,首选\n睡前故事,bedtime story,\n"
BAD = "中文,英文\n暖心早茶,warm morning tea\n,bottom line\n"


def sent(
    client: FlaskClient, headers: dict[str, str], content: str | bytes, query: str = ""
) -> dict[str, Any]:
    answer = client.post(
        f"{API}/imports?{query}",
        data=content,
        content_type="application/octet-stream",
        headers=headers,
    )
    assert answer.status_code == 200, answer.data
    found: dict[str, Any] = json_of(answer)
    return found


def all_ended() -> None:
    """Wait until no process works on an import any more."""
    deadline = time.monotonic() + 60
    while under_way():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_small_file_is_imported_at_once_with_a_report(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    report = sent(client, editor, GOOD)
    assert (report["state"], report["format"]) == ("succeeded", "csv")
    assert report["counts"]["created"] == 2
    assert report["mapping"] == {"中文": "zh-Hans", "英文": "en", "状态": "status"}
    assert report["progress"] == {"done": 2, "total": 2, "share": 100}
    assert report["revision"] == json_of(client.get(f"{API}/stats"))["revision"]
    again = sent(client, editor, GOOD)
    assert (again["counts"]["created"], again["counts"]["unchanged"]) == (0, 2)
    hits = json_of(client.get(f"{API}/lookup?q=暖心早茶"))["hits"]
    assert hits[0]["equivalents"][0]["text"] == "warm morning tea"


def test_a_form_field_is_taken_too(client: FlaskClient, editor: dict[str, str]) -> None:
    answer = client.post(
        f"{API}/imports",
        data={"file": (io.BytesIO(GOOD.encode("gb18030")), "术语.csv")},
        headers=editor,
    )
    report = json_of(answer)
    assert (report["state"], report["filename"]) == ("succeeded", "术语.csv")


def test_a_dry_run_is_a_plan_that_can_be_applied(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    before = json_of(client.get(f"{API}/stats"))["revision"]
    plan = sent(client, editor, GOOD, "dry_run=true")
    assert (plan["state"], plan["counts"]["created"]) == ("planned", 2)
    assert [r["action"] for r in plan["records"]] == ["create", "create"]
    texts = [each["after"] for each in plan["records"][0]["changes"]]
    assert texts == ["暖心早茶", "warm morning tea"]
    assert json_of(client.get(f"{API}/stats"))["revision"] == before == plan["revision"]
    address = f"{API}/imports/{plan['id']}"
    assert json_of(client.get(address, headers=editor))["state"] == "planned"
    done = json_of(client.post(f"{address}/apply", headers=editor))
    assert (done["state"], done["counts"]) == ("succeeded", plan["counts"])
    assert done["revision"] == before + 1
    problem(client.post(f"{address}/apply", headers=editor), 409, "exists")


def test_a_plan_is_not_applied_once_the_store_has_moved(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    plan = sent(client, editor, GOOD, "dry_run=true")
    sent(client, editor, "zh,en\n午后甜点,afternoon dessert\n")
    address = f"{API}/imports/{plan['id']}/apply"
    problem(client.post(address, headers=editor), 412, "stale")


def test_a_refused_record_undoes_the_file_and_says_where(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    before = json_of(client.get(f"{API}/stats"))["revision"]
    report = sent(client, {**editor, "Accept-Language": "zh-CN"}, BAD)
    assert report["state"] == "failed"
    (found,) = report["problems"]
    assert (found["line"], found["column"], found["code"]) == (3, "中文", "empty-term")
    assert any("\u4e00" <= c <= "\u9fff" for c in found["message"])
    assert "未写入" in report["error"]
    assert json_of(client.get(f"{API}/stats"))["revision"] == before
    skipped = sent(client, editor, BAD, "on_error=skip")
    assert (skipped["state"], skipped["counts"]["created"]) == ("succeeded", 1)


def test_problems_are_listed_up_to_a_limit_and_all_can_be_downloaded(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    rows = "".join(f",term {n}\n" for n in range(250))
    report = sent(client, editor, "zh,en\n=1+1,sum\n" + rows, "dry_run=true")
    assert (len(report["problems"]), report["counts"]["rejected"]) == (100, 250)
    address = f"{API}/imports/{report['id']}/problems"
    lines = client.get(address, headers=editor).data.splitlines()
    assert len(lines) == 250
    assert json.loads(lines[-1])["line"] == 252
    table = client.get(f"{address}?format=csv", headers=editor).data.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(table)))) == 250
    address = f"{API}/imports/{report['id']}/records"
    records = client.get(address, headers=editor).data.splitlines()
    assert [json.loads(line)["action"] for line in records] == ["create"]


@pytest.mark.parametrize(
    ("content", "query"),
    [
        (b"", ""),
        (b"%PDF-1.7 \xe2\xe3\xcf\xd3" + b"x" * 500, ""),
        (b"\x00" * 4096, ""),
        (b"zh,en\n\xe4\xb8", ""),
        ("一段没有任何表格的文字。".encode(), "format=tbx3"),
        (b"<tbx><text>", ""),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><martif type="TBX">&a;</martif>', ""),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_reason(
    client: FlaskClient, editor: dict[str, str], content: bytes, query: str
) -> None:
    before = json_of(client.get(f"{API}/stats"))["revision"]
    answer = client.post(
        f"{API}/imports?{query}",
        data=content,
        content_type="application/octet-stream",
        headers=editor,
    )
    if answer.status_code == 422:
        problem(answer, 422, "unreadable-file")
    else:
        report = json_of(answer)
        assert report["state"] == "failed"
        assert report["error"]
    assert json_of(client.get(f"{API}/stats"))["revision"] == before


@pytest.mark.parametrize(
    "query", ["mode=upsert", "format=docx", "glossary=A B", "colour=red", "map=zh"]
)
def test_a_bad_parameter_is_an_error(
    client: FlaskClient, editor: dict[str, str], query: str
) -> None:
    answer = client.post(f"{API}/imports?{query}", data=GOOD, headers=editor)
    problem(answer, 422, "invalid")


def test_imports_need_a_token_and_unknown_ones_are_not_found(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    problem(client.post(f"{API}/imports", data=GOOD), 401, "unauthorized")
    for path in ("nix", "nix/problems", "..%2F..%2Fetc", "nix/records"):
        problem(client.get(f"{API}/imports/{path}", headers=editor), 404, "not-found")
    problem(client.delete(f"{API}/imports/nix", headers=editor), 404, "not-found")


def test_columns_can_be_named(client: FlaskClient, editor: dict[str, str]) -> None:
    content = "第一列,第二列\n睡前故事,bedtime story\n"
    report = sent(client, editor, content, "map=zh=第一列,en=第二列")
    assert report["counts"]["created"] == 1
    assert report["mapping"] == {"第一列": "zh-Hans", "第二列": "en"}


def test_an_ended_import_can_be_forgotten(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    report = sent(client, editor, GOOD)
    address = f"{API}/imports/{report['id']}"
    assert client.delete(address, headers=editor).status_code == 204
    problem(client.get(address, headers=editor), 404, "not-found")


@pytest.mark.parametrize(
    "name", ["tbx3", "tbx2", "csv", "xlsx", "ndjson", "omegat", "skos", "deepl"]
)
def test_an_export_is_a_download_with_a_strong_tag(
    client: FlaskClient, name: str
) -> None:
    part = "glossary=diplomatic&subject=summit-and-protocol"
    address = f"{API}/export?format={name}&{part}"
    answer = client.get(address)
    assert answer.status_code == 200
    assert int(answer.headers["Content-Length"]) == len(answer.data) > 1000
    assert "attachment" in answer.headers["Content-Disposition"]
    tag = answer.headers["ETag"]
    assert not tag.startswith("W/")
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    report = json_of(client.get(f"{address}&report=true"))
    assert len(report["dropped"]) == int(answer.headers["Glossary-Dropped"])


@pytest.fixture
def long_imports_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOSSARY_SYNC_IMPORT", "50000000")


def test_what_is_exported_is_imported_without_a_change(
    long_imports_wait: None, client: FlaskClient, editor: dict[str, str]
) -> None:
    part = "subject=summit-and-protocol"
    for name in ("ndjson", "tbx3"):
        content = client.get(f"{API}/export?format={name}&{part}").data
        report = sent(client, editor, content, "dry_run=true")
        total = report["counts"]["read"]
        assert report["counts"]["unchanged"] == total > 100


@pytest.fixture
def many(engine: str) -> int:
    """A number of records that takes the engine a while."""
    return 6_000 if engine == "sqlite" else 3_000


def test_a_large_file_is_imported_in_the_back_and_seen_as_a_whole(
    server: Server, importer: dict[str, str], many: int
) -> None:
    stats = server.call("GET", f"{API}/stats")[1]
    before, terms = stats["revision"], stats["terms"]["en"]
    report = posted(server, big(many), importer)
    seen = set()
    address = f"{API}/imports/{report['id']}"
    sender = {"Authorization": importer["Authorization"]}
    while server.call("GET", address, headers=sender)[1]["state"] in {
        "queued",
        "running",
    }:
        stats = server.call("GET", f"{API}/stats")[1]
        seen.add((stats["revision"] - before, stats["terms"]["en"] - terms))
        # Who never rests comes to the limit of reads when an import takes long.
        time.sleep(0.01)
    report = waited(server, address, {"succeeded", "failed"}, importer)
    assert (report["state"], report["counts"]["created"]) == ("succeeded", many)
    assert seen <= {(0, 0), (1, many)}
    assert server.call("GET", f"{API}/stats")[1]["revision"] == before + 1


def test_a_running_import_can_be_cancelled(
    server: Server, importer: dict[str, str], many: int
) -> None:
    before = server.call("GET", f"{API}/stats")[1]["revision"]
    report = posted(server, big(5 * many), importer)
    address = f"{API}/imports/{report['id']}"
    waited(server, address, {"running"}, importer)
    headers = {"Authorization": importer["Authorization"]}
    assert server.call("DELETE", address, headers=headers)[0] == 204
    waited(server, address, {"cancelled"}, importer)
    assert server.call("GET", f"{API}/stats")[1]["revision"] == before


def test_an_import_survives_the_server(
    server: Server, importer: dict[str, str], many: int
) -> None:
    kept = posted(server, big(many), importer)
    waited(server, f"{API}/imports/{kept['id']}", {"running"}, importer)
    server.kill()
    server.start()
    address = f"{API}/imports/{kept['id']}"
    report = waited(server, address, {"succeeded"}, importer)
    assert report["counts"]["created"] == many


def test_an_import_is_begun_once_however_often_it_is_found_to_be_due(
    only_sqlite: None, database: Path
) -> None:
    """On a busy machine a process takes long to come to its work."""
    for _ in range(5):
        begin("0123456789abcdef")
        assert under_way() == 1
    all_ended()


def test_an_import_applied_before_the_process_that_planned_it_has_ended_is_worked_on(
    app: Flask, client: FlaskClient, editor: dict[str, str]
) -> None:
    """A person may press a button sooner than a process is gone."""
    plan = sent(client, editor, GOOD, "dry_run=true")
    with subprocess.Popen(["sleep", "1"]) as late:
        assert jobs._BEGUN.claim(plan["id"])
        threading.Thread(target=jobs._watch, args=(plan["id"], late)).start()
        answer = client.post(
            f"{API}/imports/{plan['id']}/apply",
            headers={**editor, "Prefer": "respond-async"},
        )
        assert (answer.status_code, json_of(answer)["state"]) == (202, "queued")
    all_ended()
    done = json_of(client.get(f"{API}/imports/{plan['id']}", headers=editor))
    assert (done["state"], done["counts"]["created"]) == ("succeeded", 2)


def test_an_import_that_is_cut_off_is_failed(
    only_sqlite: None, server: Server, importer: dict[str, str], many: int
) -> None:
    cut = posted(server, big(5 * many), importer)
    waited(server, f"{API}/imports/{cut['id']}", {"running"}, importer)
    killed(cut["id"])
    report = waited(server, f"{API}/imports/{cut['id']}", {"failed"}, importer)
    assert "interrupted" in report["error"]
    assert (
        server.call("GET", f"{API}/lookup?q=term+number+{5 * many - 1}&tier=exact")[1][
            "hits"
        ]
        == []
    )


def test_an_import_that_died_after_it_was_written_is_known_to_have_succeeded(
    app: Flask, client: FlaskClient, editor: dict[str, str]
) -> None:
    report = sent(client, editor, GOOD)
    imports = Imports(config.settings(), app.extensions["glossary"].store)
    written = imports.get(report["id"])
    imports._keep(replace(written, state="running", counts={}))
    if imports._queue.hands_on:
        assert imports.run(report["id"]) == written
    found = json_of(client.get(f"{API}/imports/{report['id']}", headers=editor))
    assert (found["state"], found["counts"]) == ("succeeded", report["counts"])


def test_old_imports_are_swept_away(
    app: Flask,
    client: FlaskClient,
    editor: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = sent(client, editor, GOOD)
    monkeypatch.setenv("GLOSSARY_IMPORT_DAYS", "0")
    config.settings.cache_clear()
    time.sleep(0.02)
    Imports(config.settings(), app.extensions["glossary"].store).submit(
        io.BytesIO(GOOD.encode()), Order(glossary="diplomatic"), by="me"
    )
    problem(client.get(f"{API}/imports/{old['id']}", headers=editor), 404, "not-found")


def test_a_table_understood_by_half_is_a_question_and_its_answer_settles_it(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    half = "中文,笔译\n暖心早茶,warm morning tea\n睡前故事,bedtime story\n"
    data = {"data": half.encode(), "content_type": "text/csv", "headers": editor}
    answer = client.post(f"{API}/imports?dry_run=true&heading=1", **data)
    assert answer.status_code == 422
    body = json.loads(answer.data)
    assert body["code"] == "unsettled-columns"
    assert [(c["number"], c["meaning"]) for c in body["question"]["columns"]] == [
        (1, "zh-Hans"),
        (2, "extra"),
    ]
    assert body["question"]["rows"][1]["cells"] == ["暖心早茶", "warm morning tea"]
    settled = sent(client, editor, half, "dry_run=true&heading=1&map=en%3D2")
    assert settled["counts"]["created"] == 2
    assert settled["question"] is None


def test_what_is_left_out_is_counted_listed_and_downloaded(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    text = "早茶词表,,,\n序号,中文,英文,页码\n1,暖心早茶,warm morning tea,12\n"
    report = sent(client, editor, text)
    assert report["left_out"] == {"title": 1, "column": 2}
    assert [each["column"] for each in report["left"]] == [None, "序号", "页码"]
    got = client.get(f"{API}/imports/{report['id']}/left-out", headers=editor)
    assert len(got.get_data(as_text=True).splitlines()) == 3


def test_a_second_definition_of_a_pair_is_added_and_a_second_status_is_accounted_for(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    heading = "中文,英文,定义,状态\n"
    text = f"{heading}早茶,morning tea,一种茶点,首选\n早茶,morning tea,一顿饭,可用\n"
    report = sent(client, editor, text)
    assert report["left_out"] == {"second-value": 2}
    made = next(r["entry"] for r in report["records"] if r["action"] == "create")
    entry = json_of(client.get(f"{API}/entries/{made}"))
    assert entry["definition"] == {"zh-Hans": "一种茶点\n一顿饭"}
    assert sent(client, editor, text)["counts"]["unchanged"] == 2


def test_columns_are_not_spoken_of_where_there_are_none(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    line = '{"terms": [{"lang": "en", "text": "tea"}, {"lang": "zh", "text": "茶"}]}'
    report = sent(client, editor, line, "map=zh%3D1")
    assert (report["state"], report["code"]) == ("failed", "unreadable-file")


def test_what_nobody_sees_is_left_out_of_a_wording_and_named(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    table = "zh,en\n主\u200b权归\u200b属,who is sover\u00adeign\n峰会啊,sum\u202emit\n"
    told = sent(client, editor, table, "format=csv&on_error=skip")
    assert told["counts"]["created"] == 1
    codes = [each["code"] for each in told["warnings"]]
    assert codes == ["unseen-character"] * 2
    assert "U+200B" in told["warnings"][0]["message"]
    assert "U+00AD" in told["warnings"][1]["message"]
    found = client.get(f"{API}/lookup", query_string={"q": "主权归属", "tier": "exact"})
    (hit,) = json_of(found)["hits"]
    assert hit["term"]["text"] == "主权归属"
    assert hit["equivalents"][0]["text"] == "who is sovereign"
    # A mark that turns the direction of what follows is no accident: it is refused.
    (refused,) = told["problems"]
    assert "U+202E" in refused["message"]


def test_an_import_whose_process_could_not_be_watched_may_be_begun_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none_left(*_: object, **__: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(jobs.subprocess, "Popen", lambda *_, **__: None)
    monkeypatch.setattr(threading.Thread, "start", none_left)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            begin("0" * 32)
    assert "0" * 32 not in jobs._BEGUN._wanted_again
