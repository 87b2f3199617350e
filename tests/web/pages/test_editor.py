"""The entry editor works as one long form without scripts: make, edit, conflict."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.nouns import major_country


def fields(page: str) -> dict[str, str]:
    """What a browser without scripts sends of the form of a page, as it stands."""
    form: Any = html.fromstring(page).get_element_by_id("editor")
    return {name: value or "" for name, value in form.form_values()}


@pytest.fixture
def token(editor: dict[str, str]) -> str:
    return editor["Authorization"].split()[1]


def row_of(sent: dict[str, str], lang: str) -> str:
    """The number of the first free row of a language."""
    return next(
        n
        for n in (name.removeprefix("lang-") for name in sent if name[:5] == "lang-")
        if sent[f"lang-{n}"] == lang and not sent[f"text-{n}"]
    )


def test_an_entry_is_made_with_a_new_source_as_one_revision(
    client: FlaskClient, token: str
) -> None:
    before = client.get("/api/v1/stats").get_json()["revision"]
    sent = fields(client.get("/edit?zh=人类命运共同体的晚餐").text)
    zh = next(n for n in "0123" if sent.get(f"text-{n}"))
    en = row_of(sent, "en")
    sent |= {
        f"text-{en}": "dinner of a shared future",
        f"source-{zh}-0": "dinner-speech-2026",
        f"quote-{zh}-0": "人类命运共同体的晚餐",
        "new-source-id": "dinner-speech-2026",
        "new-source-title-en": "Speech at dinner",
        "subjects": "protocol-matters, dinners",
        "definition-zh-Hant": "晚餐的說法",
        "relation-0": "belt-and-road-initiative",
        "reason": "新提法",
        "token": token,
        "do": "save",
    }
    made = client.post("/edit", data=sent)
    assert made.status_code == 303, made.text
    entry = client.get("/api/v1" + made.headers["Location"]).get_json()
    assert {t["text"]: t["status"] for t in entry["terms"]} == {
        "人类命运共同体的晚餐": "preferred",
        "dinner of a shared future": "preferred",
    }
    assert entry["terms"][0]["citations"][0]["source"] == "dinner-speech-2026"
    assert entry["subjects"] == ["protocol-matters", "dinners"]
    assert entry["definition"] == {"zh-Hant": "晚餐的說法"}
    versions = client.get(f"/api/v1/entries/{entry['id']}/versions").get_json()
    assert versions["items"][0]["reason"] == "新提法"
    assert client.get("/api/v1/sources/dinner-speech-2026").status_code == 200
    assert client.get("/api/v1/stats").get_json()["revision"] == before + 1


def test_a_form_that_is_sent_back_as_it_is_changes_nothing(
    client: FlaskClient, token: str
) -> None:
    listed = client.get("/api/v1/entries?limit=60").get_json()["items"]
    for entry in listed:
        place = f"/entries/{entry['id']}/edit"
        sent = fields(client.get(place).text) | {"token": token, "do": "save"}
        assert client.post(place, data=sent).status_code == 303
        assert client.get(f"/api/v1/entries/{entry['id']}").get_json() == entry


def test_nothing_is_stored_without_a_token_and_what_was_typed_stays(
    client: FlaskClient,
) -> None:
    sent = fields(client.get("/edit?en=a+phrase+of+nobody").text)
    answer = client.post("/edit", data={**sent, "do": "save", "note": "留下"})
    assert answer.status_code == 422
    assert fields(answer.text)["note"] == "留下"
    assert "a phrase of nobody" in fields(answer.text).values()


def test_a_preview_names_flaws_and_the_same_wording(client: FlaskClient) -> None:
    sent = fields(client.get("/edit?zh=一带一路&en=Belt+and+Road+Initiative").text)
    page = client.post("/edit", data={**sent, "do": "preview"}).text
    assert "The same wording appears in" in page
    found = client.post("/edit", data={**sent, "do": "look"}).get_json()
    assert found["alike"]
    assert found["problems"] == []
    rows = len([n for n in fields(page) if n.startswith("text-")])
    more = client.post("/edit", data={**sent, "do": "more"}).text
    assert len([n for n in fields(more) if n.startswith("text-")]) > rows


def conflict(
    client: FlaskClient, editor: dict[str, str], theirs: dict[str, Any], note: str
) -> Any:
    document = major_country(id="road-of-two-editors", note="甲")
    client.post("/api/v1/entries", json=document, headers=editor)
    place = "/entries/road-of-two-editors/edit"
    sent = fields(client.get(place).text)
    match = {**editor, "If-Match": '"1"'}
    api = "/api/v1/entries/road-of-two-editors"
    assert client.patch(api, json=theirs, headers=match).status_code == 200
    token = editor["Authorization"].split()[1]
    return client.post(place, data={**sent, "note": note, "token": token, "do": "save"})


def test_two_editors_of_different_fields_are_put_together(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    answer = conflict(client, editor, {"subjects": ["diplomacy"]}, "乙")
    assert answer.status_code == 412
    sent = fields(answer.text)
    assert (sent["note"], sent["subjects"], sent["version"]) == ("乙", "diplomacy", "2")
    token = editor["Authorization"].split()[1]
    place = "/entries/road-of-two-editors/edit"
    again = client.post(place, data={**sent, "token": token, "do": "save"})
    assert again.status_code == 303
    entry = client.get("/api/v1/entries/road-of-two-editors").get_json()
    assert (entry["note"], entry["subjects"]) == ("乙", ["diplomacy"])


def test_two_editors_of_one_field_are_shown_both_versions(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    answer = conflict(client, editor, {"note": "丙"}, "乙")
    assert answer.status_code == 412
    assert "/note" in answer.text
    assert "<ins>丙</ins>" in answer.text
    assert "<ins>乙</ins>" in answer.text
    assert fields(answer.text)["note"] == "乙"
    assert client.get("/api/v1/entries/road-of-two-editors").get_json()["note"] == "丙"
