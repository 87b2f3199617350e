"""What tests ask of the HTTP contract, and how they read its answers."""

import json
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

API = "/api/v1"


def json_of(answer: TestResponse) -> Any:
    assert answer.mimetype == "application/json"
    return json.loads(answer.data)


def problem(answer: TestResponse, status: int, code: str) -> dict[str, Any]:
    """Return the body of a problem after checking that it has the one shape."""
    assert answer.status_code == status, answer.data
    assert answer.mimetype == "application/problem+json"
    body: dict[str, Any] = json.loads(answer.data)
    assert set(body) == {"type", "title", "status", "detail", "code", "errors"}
    assert (body["status"], body["code"]) == (status, code)
    assert body["title"]
    assert body["detail"]
    return body


def findings(
    client: FlaskClient, source: str, target: str, **more: object
) -> list[dict[str, Any]]:
    """Return all that a check says of a pair of texts, what is right too."""
    pair = {"id": "1", "source": source, "target": target}
    body = {"pairs": [pair], "all": True, **more}
    answer = client.post(f"{API}/check", json=body)
    assert answer.status_code == 200, answer.text
    pairs: list[dict[str, Any]] = json_of(answer)["pairs"]
    return list(pairs[0]["findings"])


def keyed(headers: dict[str, str], key: str = "k-1", **more: str) -> dict[str, str]:
    return {**headers, "Idempotency-Key": key, **more}
