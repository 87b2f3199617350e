"""Entries are changed together, merged and split on pages; nothing is done twice."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from glossary.entry import Person
from glossary.people import members
from tests.nouns import numbered

ROOT = members.at_the_machine()
API = "/api/v1"
HOME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def chen(app: Flask) -> FlaskClient:
    """The browser of a reviewer who is signed in."""
    store = app.extensions["glossary"].store
    members.create(store, Person("chen"), by=ROOT, roles={"diplomatic": "reviewer"})
    members.create(store, Person("mei"), by=ROOT, roles={"diplomatic": "editor"})
    code = members.reset(store, "chen", by=ROOT, hours=1)
    client = app.test_client()
    password = {"password": "四海之内皆兄弟也 harmony"}
    assert client.post(f"/sign-in/link/{code}", data=password).status_code == 303
    return client


def make(client: FlaskClient, editor: dict[str, str], *numbers: int) -> None:
    for n in numbers:
        made = {**numbered(n), "subjects": ["caravan-roads"]}
        assert (
            client.post(f"{API}/entries", json=made, headers=editor).status_code == 201
        )


def sent(client: FlaskClient, place: str, form: dict[str, Any]) -> TestResponse:
    return client.post(place, data=form, headers=HOME)


def entry(client: FlaskClient, name: str) -> Any:
    return client.get(f"{API}/entries/{name}").get_json()


def test_what_is_ticked_is_previewed_changed_and_undone(
    chen: FlaskClient, editor: dict[str, str]
) -> None:
    make(chen, editor, 1, 2, 3)
    page = chen.get("/browse?subject=caravan-roads").text
    assert page.count('name="entries"') == 3
    form = {"entries": ["road-1", "road-2"], "to-state": "in-review", "reason": "请审"}
    preview = sent(chen, "/bulk", {**form, "do": "preview"})
    assert "Changed: 2" in preview.text
    assert entry(chen, "road-1")["state"] == "draft"
    planned = re.search(r'name="revision" value="(\d+)"', preview.text)
    assert planned
    done = sent(chen, "/bulk", {**form, "do": "change", "revision": planned[1]})
    assert done.status_code == 303, done.text
    assert [entry(chen, f"road-{n}")["state"] for n in (1, 2, 3)] == [
        *("in-review", "in-review", "draft")
    ]
    assert "请审" in chen.get("/entries/road-1").text
    # What was planned before somebody else wrote is planned anew.
    stale = sent(chen, "/bulk", {**form, "do": "change", "revision": planned[1]})
    assert stale.status_code == 422
    undone = sent(chen, done.headers["Location"], {"do": "undo", "reason": "误改"})
    assert undone.status_code == 303
    assert entry(chen, "road-1")["state"] == "draft"
    nothing = sent(chen, "/bulk", {"entries": ["road-1"], "do": "preview"})
    assert nothing.status_code == 422
    assert "Say what to change." in nothing.text


def test_an_entry_moves_to_another_glossary(
    chen: FlaskClient, app: Flask, editor: dict[str, str]
) -> None:
    make(chen, editor, 1)
    form = {"entries": ["road-1"], "to-glossary": "trade", "do": "change"}
    assert sent(chen, "/bulk", form).status_code == 422
    store = app.extensions["glossary"].store
    members.give(store, "chen", "trade", "reviewer", by=ROOT)
    assert sent(chen, "/bulk", form).status_code == 303
    assert entry(chen, "road-1")["glossary"] == "trade"


def test_two_entries_are_merged_and_one_is_split_on_pages(
    chen: FlaskClient, editor: dict[str, str]
) -> None:
    make(chen, editor, 1, 2)
    one = {"note": "甲", "extra": {"desk": "7"}, "since": "2013", "expected": "advice"}
    match = {**editor, "If-Match": '"1"'}
    chen.patch(f"{API}/entries/road-1", json=one, headers=match)
    assert "road-1/merge" in chen.get("/entries/road-1").text
    form = {"into": "road-2", "version": "1", "reason": "同一概念"}
    assert sent(chen, "/entries/road-1/merge", form).status_code == 422
    merged = sent(chen, "/entries/road-1/merge", {**form, "version": "2"})
    assert (merged.status_code, merged.location) == (303, "/entries/road-2")
    both = entry(chen, "road-2")
    assert (both["extra"], both["since"], both["expected"]) == (
        {"desk": "7"},
        "2013",
        "advice",
    )
    assert "同一概念" in chen.get("/entries/road-1?history=true").text
    parts = {f"part-{n}": "1" if n < 2 else "2" for n in range(len(both["terms"]))}
    wrong = dict.fromkeys(parts, "1") | {"version": str(both["version"])}
    refused = sent(chen, "/entries/road-2/split", wrong)
    assert (refused.status_code, "Part 2 has no wording." in refused.text) == (
        422,
        True,
    )
    right = {**parts, "version": str(both["version"]), "reason": "两个概念"}
    split = sent(chen, "/entries/road-2/split", right)
    assert split.status_code == 303, split.text
    old = entry(chen, "road-2")
    assert (old["state"], len(old["replaced_by"])) == ("retired", 2)
    kept = [entry(chen, name) for name in old["replaced_by"]]
    assert [len(each["terms"]) for each in kept] == [2, 2]
    assert [each["note"] for each in kept] == ["甲", ""]
    page = chen.get("/entries/road-2").text
    assert all(f"/entries/{name}" in page for name in old["replaced_by"])


def test_a_change_of_many_that_is_sent_again_is_not_done_again(
    chen: FlaskClient, editor: dict[str, str]
) -> None:
    make(chen, editor, 1, 2, 3)
    asked = {"select": {"subject": "caravan-roads"}, "set": {"add_subjects": ["x"]}}

    def twice(place: str, body: object, key: str, **more: str) -> tuple[Any, Any]:
        headers = {**editor, "Idempotency-Key": key, **more}
        first, again = (
            chen.post(f"{API}{place}", json=body, headers=headers) for _ in range(2)
        )
        assert first.status_code == again.status_code == 200, (first.text, again.text)
        return first.get_json(), again.get_json()

    first, again = twice("/bulk", asked, "k1")
    assert first == again
    assert (entry(chen, "road-1")["version"], len(first["changed"])) == (2, 3)
    first, again = twice(f"/changesets/{first['revision']}/undo", None, "k2")
    assert first == again
    assert entry(chen, "road-1")["version"] == 3
    first, again = twice(
        "/entries/road-1/merge", {"into": "road-2"}, "k3", **{"If-Match": '"3"'}
    )
    assert first == again
    document = entry(chen, "road-2")
    parts = [{**numbered(2), "id": "a-1"}, {**numbered(1), "id": "a-2"}]
    match = {"If-Match": f'"{document["version"]}"'}
    first, again = twice("/entries/road-2/split", {"parts": parts}, "k4", **match)
    assert first == again
    assert [each["id"] for each in again["items"]] == ["a-1", "a-2"]


def test_entries_are_assigned_on_the_page_of_what_waits(
    chen: FlaskClient, editor: dict[str, str]
) -> None:
    make(chen, editor, 1)
    patch = {"state": "in-review"}
    match = {**editor, "If-Match": '"1"'}
    chen.patch(f"{API}/entries/road-1", json=patch, headers=match)
    assert "silk road number 1" in chen.get("/queue?list=to-review").text
    form = {"person": "mei", "due": "2026-12-24", "note": "核对", "next": "/queue"}
    assigned = sent(chen, "/entries/road-1/assignment", form)
    assert (assigned.status_code, assigned.location) == (303, "/queue")
    page = chen.get("/queue?list=to-review").text
    assert "2026-12-24" in page
    assert "核对" in page
    wrong = sent(chen, "/entries/road-1/assignment", {"person": "nobody"})
    assert wrong.status_code == 422
    listed = chen.get(f"{API}/queue?list=to-review").get_json()["items"]
    assert [(i["entry"], i["assigned"]["person"]) for i in listed] == [
        ("road-1", "mei")
    ]
    # Nobody has checked it, which the day of its last change does not hide.
    assert "never checked" in page
    assert listed[0]["checked"] is None
    checked = {"checked": {"date": "2026-01-03", "by": "chen"}}
    match = {**editor, "If-Match": '"2"'}
    chen.patch(f"{API}/entries/road-1", json=checked, headers=match)
    (listed,) = chen.get(f"{API}/queue?list=to-review").get_json()["items"]
    assert listed["checked"] == "2026-01-03"
    assert "never checked" not in chen.get("/queue?list=to-review").text
    gone = sent(chen, "/entries/road-1/assignment", {"do": "release"})
    assert gone.status_code == 303
