"""What is sent with a call: a body where none is taken, files in a broken form."""

from typing import IO, Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from glossary.web.operations import OPERATIONS
from glossary.web.request import Request
from tests.web.every_route import address, routes

API = "/api/v1"


def without_a_body(app: Flask) -> list[tuple[str, str]]:
    return [
        (method, address(rule))
        for rule, method in routes(app)
        if method != "GET"
        and rule.endpoint in OPERATIONS
        and OPERATIONS[rule.endpoint].body is None
        and not OPERATIONS[rule.endpoint].file
        and not OPERATIONS[rule.endpoint].either
    ]


def test_every_call_that_takes_no_body_refuses_one(
    app: Flask, admin: dict[str, str]
) -> None:
    client, calls = app.test_client(), without_a_body(app)
    assert ("DELETE", f"{API}/entries/sovereignty") in calls
    for method, path in calls:
        answer = client.open(path, method=method, json={"dry_run": True}, headers=admin)
        assert answer.status_code == 422, (method, path)
        assert "takes no body" in answer.text, (method, path)


@pytest.mark.parametrize("body", ["", "{}", " null\n"])
def test_an_empty_body_says_nothing(
    client: FlaskClient, editor: dict[str, str], body: str
) -> None:
    """Libraries send one unasked."""
    kind = {**editor, "Content-Type": "application/json"}
    answer = client.delete(f"{API}/comments/7", data=body, headers=kind)
    assert answer.status_code == 404


def test_an_undo_is_only_tried_where_its_body_says_so(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    terms = [
        {"lang": "zh-Hans", "text": "试一试"},
        {"lang": "en", "text": "a first try"},
    ]
    made = client.post(
        f"{API}/entries", json={"id": "try", "terms": terms}, headers=editor
    )
    (version,) = client.get(f"{API}/entries/try/versions").get_json()["items"]
    path = f"{API}/changesets/{version['revision']}/undo"
    assert made.status_code == 201
    tried = client.post(path, json={"dry_run": True}, headers=editor).get_json()
    assert (tried["dry_run"], tried["retired"]) == (True, ["try"])
    assert client.get(f"{API}/entries/try").get_json()["state"] == "draft"
    both = client.post(f"{path}?dry_run=true", json={"reason": "x"}, headers=editor)
    assert both.status_code == 422
    wrong = client.post(path, json={"dryrun": True}, headers=editor)
    assert wrong.status_code == 422
    assert client.post(path, json={"reason": "x"}, headers=editor).status_code == 200
    assert client.get(f"{API}/entries/try").get_json()["state"] == "retired"


def part(said: str, text: str = "a") -> str:
    return f"--b\r\nContent-Disposition: form-data; {said}\r\n\r\n{text}\r\n"


FORM = "multipart/form-data; boundary=b"
FILE = part('name="file"; filename="a.csv"', "zh,en\n" * 99)
#: Forms of which the parser makes nothing after it has begun with a file.
BROKEN = {
    "whole": FILE + "--b--\r\n",
    "cut off within the file": FILE[:-9],
    "a head without an end": FILE + "--b\r\nContent-Disposition",
    "a part without a name": FILE + "--b\r\nX: 1\r\n\r\na\r\n--b--\r\n",
    "too many parts": FILE + part('name="x"') * 1_100 + "--b--\r\n",
    "too large a field": FILE + part('name="x"', "a" * 600_000) + "--b--\r\n",
}


def test_files_of_a_form_are_closed_when_the_request_ends(
    app: Flask, editor: dict[str, str]
) -> None:
    streams: list[IO[bytes]] = []

    class Watched(Request):
        def _get_file_stream(self, *args: Any, **options: Any) -> IO[bytes]:
            streams.append(super()._get_file_stream(*args, **options))
            return streams[-1]

    app.request_class = Watched
    client, headers = app.test_client(), {**editor, "Content-Type": FORM}
    for form, text in BROKEN.items():
        for path in (f"{API}/imports", "/v2/check"):
            streams.clear()
            client.post(path, data=text, headers=headers)
            assert [stream.closed for stream in streams] == [True], (form, path)
