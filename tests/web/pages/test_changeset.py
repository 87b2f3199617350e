"""The page of a revision says what it did, and takes it back at a button."""

from flask.testing import FlaskClient

from tests.nouns import numbered


def test_a_bulk_edit_is_undone_on_its_page(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    for n in (1, 2):
        made = {**numbered(n), "subjects": ["caravan-roads"]}
        client.post("/api/v1/entries", json=made, headers=editor)
    asked = {"select": {"subject": "caravan-roads"}, "set": {"state": "in-review"}}
    done = client.post("/api/v1/bulk", json=asked, headers=editor).get_json()
    assert done["counts"] == {"changed": 2, "retired": 0, "unchanged": 0, "left": 0}
    place = f"/changes/{done['revision']}"
    listed = client.get(f"/api/v1/changesets/{done['revision']}").get_json()
    assert [i["entry"] for i in listed["items"]] == ["road-1", "road-2"]
    assert "silk road number 1" in client.get(place).text
    assert client.post(place, data={"do": "undo"}).status_code == 422
    token = editor["Authorization"].split()[1]
    preview = client.post(place, data={"token": token, "do": "preview"})
    assert "Changed: 2" in preview.text
    assert client.get("/api/v1/entries/road-1").get_json()["state"] == "in-review"
    undone = client.post(place, data={"token": token, "do": "undo", "reason": "误改"})
    assert undone.status_code == 303
    entry = client.get("/api/v1/entries/road-1").get_json()
    assert (entry["state"], entry["version"]) == ("draft", 3)
    assert "误改" in client.get(undone.headers["Location"]).text


def test_a_merged_entry_leads_on(client: FlaskClient, editor: dict[str, str]) -> None:
    for n in (1, 2):
        client.post("/api/v1/entries", json=numbered(n), headers=editor)
    place = "/api/v1/entries/road-1/merge"
    assert (
        client.post(place, json={"into": "road-2"}, headers=editor).status_code == 428
    )
    match = {**editor, "If-Match": '"1"'}
    made = client.post(place, json={"into": "road-2"}, headers=match).get_json()
    assert made["id"] == "road-2"
    old = client.get("/api/v1/entries/road-1").get_json()
    assert (old["state"], old["replaced_by"]) == ("retired", ["road-2"])
    page = client.get("/entries/road-1")
    assert (page.status_code, page.headers["Location"]) == (301, "/entries/road-2")
    assert "merged" in client.get("/entries/road-1?history=true").text
