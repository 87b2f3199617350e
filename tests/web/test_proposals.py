from typing import Any

import pytest
from flask.testing import FlaskClient

NAME = "new-model-of-major-country-relationship"
ENTRY = f"/api/v1/entries/{NAME}"


def proposal(client: FlaskClient, note: str = "Check 大国.") -> dict[str, Any]:
    document = {**client.get(ENTRY).get_json(), "note": note}
    return {"entry": NAME, "document": document, "comment": "见公报", "by": "李明"}


def test_anyone_proposes_and_an_editor_accepts(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    made = client.post("/api/v1/proposals", json=proposal(client))
    assert made.status_code == 201
    assert made.get_json()["state"] == "open"
    address = made.headers["Location"]
    assert client.post(f"{address}/accept").status_code == 401
    accepted = client.post(f"{address}/accept", headers=editor)
    assert accepted.get_json()["state"] == "accepted"
    now = client.get(ENTRY).get_json()
    assert (now["note"], now["version"], now["state"]) == ("Check 大国.", 2, "approved")
    versions = client.get(f"{ENTRY}/versions").get_json()["items"]
    assert (versions[0]["action"], versions[0]["by"]) == ("accept", "editor")
    again = client.post(f"{address}/accept", headers=editor)
    assert again.status_code == 409


def test_a_new_entry_can_be_proposed(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    terms = [{"lang": "zh", "text": "元首外交"}, {"lang": "en", "text": "summitry"}]
    made = client.post("/api/v1/proposals", json={"document": {"terms": terms}})
    assert client.get("/api/v1/entries/summitry").status_code == 404
    client.post(f"{made.headers['Location']}/accept", headers=editor)
    assert client.get("/api/v1/entries/summitry").get_json()["state"] == "draft"


def test_an_editor_rejects_with_a_reason(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    made = client.post("/api/v1/proposals", json=proposal(client))
    address = f"{made.headers['Location']}/reject"
    done = client.post(address, json={"reason": "没有出处"}, headers=editor)
    assert done.get_json()["reason"] == "没有出处"
    assert client.get(ENTRY).get_json()["version"] == 1
    listed = client.get("/api/v1/proposals?state=rejected").get_json()["items"]
    assert [each["decided_by"] for each in listed] == ["editor"]


def test_a_proposal_from_an_old_version_is_not_accepted(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    one = client.post("/api/v1/proposals", json=proposal(client, "one"))
    two = client.post("/api/v1/proposals", json=proposal(client, "two"))
    client.post(f"{one.headers['Location']}/accept", headers=editor)
    stale = client.post(f"{two.headers['Location']}/accept", headers=editor)
    assert stale.status_code == 412
    assert client.get(two.headers["Location"]).get_json()["state"] == "open"


def test_a_proposal_that_changes_nothing_is_refused(client: FlaskClient) -> None:
    body = {"entry": NAME, "document": client.get(ENTRY).get_json()}
    answer = client.post("/api/v1/proposals", json=body)
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"] == "/document"


def test_only_so_many_proposals_wait(
    monkeypatch: pytest.MonkeyPatch, client: FlaskClient
) -> None:
    extension = client.application.extensions["glossary"]
    settings = type(extension.settings)(max_proposals=1)
    monkeypatch.setattr(extension, "settings", settings)
    assert client.post("/api/v1/proposals", json=proposal(client)).status_code == 201
    more = client.post("/api/v1/proposals", json=proposal(client, "more"))
    assert (more.status_code, more.get_json()["code"]) == (429, "too-many")


def test_proposals_come_a_page_at_a_time(client: FlaskClient) -> None:
    for note in ("一", "二", "三"):
        client.post("/api/v1/proposals", json=proposal(client, note))
    first = client.get("/api/v1/proposals?limit=2")
    second = client.get(first.get_json()["next"])
    notes = [p["document"]["note"] for p in second.get_json()["items"]]
    assert notes == ["三"]
