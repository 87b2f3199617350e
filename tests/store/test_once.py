"""A write that is sent again, because its answer was lost, is done once."""

import threading
from concurrent.futures import ThreadPoolExecutor

from flask.testing import FlaskClient

from tests.answers import keyed
from tests.running import Server

PHRASE = {"terms": [{"lang": "zh-Hans", "text": "共商共建共享"}]}
TABLE = "中文,English\n共商共建共享,extensive consultation\n".encode()
ADDRESS = "/api/v1/entries"


def test_an_entry_that_is_sent_again_is_made_once(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    first = client.post(ADDRESS, json=PHRASE, headers=keyed(editor))
    again = client.post(ADDRESS, json=PHRASE, headers=keyed(editor))
    assert (first.status_code, again.status_code) == (201, 201)
    assert (first.json, first.headers["Location"]) == (
        again.json,
        again.headers["Location"],
    )
    other = client.post(ADDRESS, json=PHRASE, headers=keyed(editor, "k-2"))
    assert other.json is not None
    assert first.json is not None
    assert other.json["id"] != first.json["id"]


def test_a_change_that_is_sent_again_is_answered_as_it_was_first(
    client: FlaskClient, editor: dict[str, str], admin: dict[str, str]
) -> None:
    place = f"{ADDRESS}/sovereignty"
    patch = keyed(editor, "p", **{"If-Match": '"1"'})
    first = client.patch(place, json={"note": "一"}, headers=patch)
    assert first.status_code == 200
    client.patch(place, json={"note": "二"}, headers={**editor, "If-Match": '"2"'})
    again = client.patch(place, json={"note": "一"}, headers=patch)
    assert (again.status_code, again.json, again.headers["ETag"]) == (
        200,
        first.json,
        '"2"',
    )
    assert client.get(place).json["note"] == "二"  # type: ignore[index]
    purge = keyed(admin, "d", **{"If-Match": '"3"'})
    for _ in range(2):
        assert client.delete(f"{place}?purge=true", headers=purge).status_code == 204


def test_a_key_is_not_taken_for_another_request_or_another_caller(
    client: FlaskClient, editor: dict[str, str], admin: dict[str, str]
) -> None:
    client.post(ADDRESS, json=PHRASE, headers=keyed(editor))
    other = {"terms": [{"lang": "en", "text": "win-win"}]}
    refused = client.post(ADDRESS, json=other, headers=keyed(editor))
    assert refused.status_code == 422
    assert refused.json is not None
    assert refused.json["errors"][0]["pointer"] == "/Idempotency-Key"
    assert client.post(ADDRESS, json=other, headers=keyed(admin)).status_code == 201
    odd = client.post(ADDRESS, json=other, headers=keyed(editor, "no space"))
    assert odd.status_code == 422


def test_a_write_that_failed_may_be_sent_again_with_its_key(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    stale = keyed(editor, "p", **{"If-Match": '"7"'})
    place = f"{ADDRESS}/sovereignty"
    assert client.patch(place, json={"note": "一"}, headers=stale).status_code == 412
    fresh = {**stale, "If-Match": '"1"'}
    assert client.patch(place, json={"note": "一"}, headers=fresh).status_code == 200


def test_an_import_that_is_sent_again_is_the_same_import(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    headers = keyed(editor, "i")
    first = client.post("/api/v1/imports?mode=add", data=TABLE, headers=headers)
    again = client.post("/api/v1/imports?mode=add", data=TABLE, headers=headers)
    assert first.json == again.json
    assert first.json is not None
    assert first.json["counts"]["created"] == 1
    for query, data in (("", TABLE), ("?mode=add", TABLE + b"\n")):
        other = client.post(f"/api/v1/imports{query}", data=data, headers=headers)
        assert other.status_code == 422


def test_the_same_write_from_eight_callers_at_once_is_done_once(
    server: Server, writer: dict[str, str]
) -> None:
    before = server.call("GET", "/api/v1/stats")[1]["revision"]
    gate = threading.Barrier(8)

    def send(_: int) -> tuple[int, object]:
        gate.wait()
        return server.call("POST", ADDRESS, PHRASE, keyed(writer))

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert {status for status, _ in answers} == {201}
    assert all(answer == answers[0] for answer in answers)
    assert server.call("GET", "/api/v1/stats")[1]["revision"] == before + 1
