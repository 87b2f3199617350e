"""A call that takes no body does nothing when one is sent."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from glossary.web.operations import OPERATIONS
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
