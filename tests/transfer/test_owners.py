"""An import belongs to who has sent it."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from glossary import config
from glossary.errors import NotFound
from glossary.people import Actor, access
from glossary.query import Order
from glossary.transfer import Imports
from tests.answers import API, json_of, problem
from tests.running import run

GOOD = "zh,en\n暖心早茶,warm morning tea\n睡前故事,bedtime story\n,nothing\n"


@pytest.fixture
def sender(app: Flask) -> Callable[..., dict[str, str]]:
    """Makes the headers of somebody with a token."""

    def made(name: str, *, scope: str = "write") -> dict[str, str]:
        store = app.extensions["glossary"].store
        return {"Authorization": f"Bearer {access.create(store, name, scope=scope)}"}

    return made


def sent(client: FlaskClient, headers: dict[str, str], query: str = "") -> Any:
    query = f"on_error=skip&{query}"
    answer = client.post(f"{API}/imports?{query}", data=GOOD.encode(), headers=headers)
    assert answer.status_code == 200, answer.data
    return json_of(answer)


CALLS = [
    ("GET", ""),
    ("GET", "/problems"),
    ("GET", "/warnings"),
    ("GET", "/records"),
    ("POST", "/apply"),
    ("DELETE", ""),
]


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_to_another_writer_an_import_is_not_there(
    client: FlaskClient,
    sender: Callable[..., dict[str, str]],
    method: str,
    path: str,
) -> None:
    mine, other, reader = sender("mei"), sender("ann"), sender("lee", scope="read")
    plan = sent(client, mine, "dry_run=true")
    address = f"{API}/imports/{plan['id']}{path}"
    refused = client.open(address, method=method, headers=other)
    found = problem(refused, 404, "not-found")
    never = client.open(
        address.replace(plan["id"], "0" * 32), method=method, headers=other
    )
    said = problem(never, 404, "not-found")["detail"]
    assert said.replace("0" * 32, plan["id"]) == found["detail"]
    code, name = (404, "not-found") if method == "GET" else (403, "forbidden")
    problem(client.open(address, method=method, headers=reader), code, name)
    problem(client.open(address, method=method), 401, "unauthorized")
    assert json_of(client.get(f"{API}/imports/{plan['id']}", headers=mine)) == plan


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_an_admin_may_do_all_with_an_import(
    client: FlaskClient,
    sender: Callable[..., dict[str, str]],
    method: str,
    path: str,
) -> None:
    plan = sent(client, sender("mei"), "dry_run=true")
    address = f"{API}/imports/{plan['id']}{path}"
    answer = client.open(address, method=method, headers=sender("root", scope="admin"))
    assert answer.status_code in {200, 204}


def test_what_an_admin_applies_is_recorded_as_theirs_and_stays_the_senders(
    client: FlaskClient, sender: Callable[..., dict[str, str]]
) -> None:
    mine, admin = sender("mei"), sender("root", scope="admin")
    plan = sent(client, mine, "dry_run=true")
    assert (plan["by"], plan["owner"]) == ("mei", "mei")
    address = f"{API}/imports/{plan['id']}"
    done = json_of(client.post(f"{address}/apply", headers=admin))
    assert (done["state"], done["by"], done["owner"]) == ("succeeded", "root", "mei")
    (entry,) = {record["entry"] for record in done["records"] if record["line"] == 2}
    (version,) = json_of(client.get(f"{API}/entries/{entry}/versions"))["items"]
    assert version["by"] == "root"
    assert json_of(client.get(address, headers=mine)) == done


def test_ids_of_imports_are_secrets(
    client: FlaskClient, sender: Callable[..., dict[str, str]]
) -> None:
    mine, other = sender("mei"), sender("ann")
    ids = {sent(client, mine)["id"] for _ in range(5)}
    assert len(ids) == 5
    assert all(len(each) == 32 for each in ids)
    for place in range(32):
        assert len({each[place] for each in ids}) > 1, "nothing in it may be guessed"
    keyed = {"Idempotency-Key": "1"}
    again = {sent(client, {**mine, **keyed})["id"] for _ in range(2)}
    assert len(again) == 1
    assert sent(client, {**other, **keyed})["id"] not in again
    renewed = sender("mei2")
    assert sent(client, {**renewed, **keyed})["id"] not in again


def test_an_id_says_nothing_of_name_and_key(
    client: FlaskClient, sender: Callable[..., dict[str, str]], app: Flask
) -> None:
    store = app.extensions["glossary"].store
    keyed = {"Idempotency-Key": "1"}
    first = sent(client, {**sender("mei"), **keyed})
    with store.write(by="admin") as write:
        write.people.remove_token("mei")
    second = sent(client, {**sender("mei"), **keyed})
    assert first["id"] != second["id"]


def test_what_a_command_on_the_machine_brings_in_is_an_admins(
    client: FlaskClient,
    sender: Callable[..., dict[str, str]],
    database: Path,
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(GOOD, encoding="utf-8")
    options = ("--on-error", "skip", "--json")
    done = run("import", str(path), *options, database=database)
    report = json.loads(done.stdout)
    assert report["owner"] is None
    address = f"{API}/imports/{report['id']}"
    problem(client.get(address, headers=sender("cli")), 404, "not-found")
    admin = sender("root", scope="admin")
    assert json_of(client.get(address, headers=admin))["state"] == "succeeded"


def test_an_import_kept_by_an_older_version_is_its_senders(app: Flask) -> None:
    store = app.extensions["glossary"].store
    mine = Imports(config.settings(), store, asker=Actor("mei", {"*": "reviewer"}))
    other = Imports(config.settings(), store, asker=Actor("ann", {"*": "reviewer"}))
    job = mine.submit(io.BytesIO(GOOD.encode()), Order(), by="mei")
    text = mine._queue.read(job.id)
    assert text is not None
    mine._queue.keep(job.id, text.replace(b'"owner":"mei",', b""), open_=True)
    assert (mine.get(job.id).id, mine.get(job.id).owner) == (job.id, "mei")
    with pytest.raises(NotFound):
        other.get(job.id)
