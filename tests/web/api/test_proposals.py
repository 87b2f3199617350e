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


def changed(client: FlaskClient, editor: dict[str, str], **merge: Any) -> None:
    """Make a new version of the entry."""
    match = {**editor, "If-Match": client.get(ENTRY).headers["ETag"]}
    answer = client.patch(ENTRY, json=merge, headers=match)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("names", ["document", "top", "both", "form"])
def test_a_proposal_is_kept_with_the_version_that_it_was_made_from(
    client: FlaskClient, editor: dict[str, str], names: str
) -> None:
    sent = proposal(client, "proposed")
    assert sent["document"]["version"] == 1
    if names == "top":
        sent["version"] = sent["document"].pop("version")
    if names == "both":
        sent["version"] = 2
    changed(client, editor, note="changed meanwhile", state="draft")
    if names == "form":
        form = {**form_of(sent["document"]), "version": "1", "comment": "见公报"}
        done = client.post(f"/entries/{NAME}/propose", data=form)
        assert done.status_code == 303, done.text
        address = "/api/v1/proposals/1"
    else:
        address = client.post("/api/v1/proposals", json=sent).headers["Location"]
    kept = client.get(address).get_json()
    assert (kept["version"], kept["document"]["version"]) == (1, 1)
    refused = client.post(f"{address}/accept", headers=editor)
    assert refused.status_code == 412
    (place,) = refused.get_json()["errors"]
    assert place["pointer"] == "/note"
    assert "“changed meanwhile”" in place["detail"]
    assert "“proposed”" in place["detail"]
    assert client.get(ENTRY).get_json()["note"] == "changed meanwhile"
    assert client.get(address).get_json()["state"] == "open"


def form_of(document: dict[str, Any]) -> dict[str, str]:
    """Return the form to propose by, as a browser sends it."""
    shown = ("lang", "text", "status", "issuer", "since", "until", "usage")
    form = {
        f"{name}-{at}": term[name] or ""
        for at, term in enumerate(document["terms"])
        for name in shown
    }
    form |= {
        f"definition-{lang}": text for lang, text in document["definition"].items()
    }
    return {**form, "note": document["note"]}


def test_if_match_says_which_version_a_proposal_may_be_made_against(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    sent, etag = proposal(client, "proposed"), client.get(ENTRY).headers["ETag"]
    changed(client, editor, note="changed meanwhile")
    stale = client.post("/api/v1/proposals", json=sent, headers={"If-Match": etag})
    assert stale.status_code == 412
    assert [each["pointer"] for each in stale.get_json()["errors"]] == ["/note"]
    sent["document"] = client.get(ENTRY).get_json() | {"note": "proposed"}
    now = {"If-Match": client.get(ENTRY).headers["ETag"]}
    made = client.post("/api/v1/proposals", json=sent, headers=now)
    assert (made.status_code, made.get_json()["version"]) == (201, 2)


@pytest.mark.parametrize("version", [2, 99, 2**53])
def test_a_version_that_there_is_not_is_refused(
    client: FlaskClient, version: int
) -> None:
    sent = proposal(client)
    del sent["document"]["version"]
    answer = client.post("/api/v1/proposals", json={**sent, "version": version})
    assert answer.status_code == 422
    assert [e["pointer"] for e in answer.get_json()["errors"]] == ["/version"]
    for odd in ("abc", "²", str(version), "-1"):
        form = {**form_of(client.get(ENTRY).get_json()), "version": odd}
        page = client.post(f"/entries/{NAME}/propose", data=form)
        assert page.status_code in {404, 422}, odd


def test_what_does_not_collide_is_put_together(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    sent = proposal(client, "proposed")
    made = client.post("/api/v1/proposals", json=sent).headers["Location"]
    changed(client, editor, definition={"en": "Changed meanwhile."})
    accepted = client.post(f"{made}/accept", headers=editor)
    assert accepted.status_code == 200, accepted.text
    now = client.get(ENTRY).get_json()
    assert (now["version"], now["note"]) == (3, "proposed")
    assert now["definition"]["en"] == "Changed meanwhile."
    assert accepted.get_json()["document"]["definition"] == now["definition"]


def test_the_page_says_what_became_of_the_entry_meanwhile(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    client.post("/api/v1/proposals", json=proposal(client, "proposed"))
    assert "the entry is at version" not in client.get("/proposals").text
    changed(client, editor, definition={"en": "Changed meanwhile."})
    page = client.get("/proposals").text
    assert "Made from version 1; the entry is now at version 2." in page
    assert "Later changes are kept." in page
    assert "Changed meanwhile." not in page
    changed(client, editor, note="another")
    page = client.get("/proposals").text
    assert "<code>/note</code>" in page
    token = editor["Authorization"].partition(" ")[2]
    form = {"decision": "accepted", "token": token}
    refused = client.post("/proposals/1", data=form)
    assert refused.status_code == 422
    assert "/note:" in refused.text


def test_who_proposed_a_version_and_why_stays_in_its_history(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    sent = proposal(client)
    made = client.post("/api/v1/proposals", json=sent)
    named = {**sent, "document": {**sent["document"], "definition": {"en": "A tie."}}}
    other = client.post("/api/v1/proposals", json=named, headers=editor)
    for each in (made, other):
        client.post(f"{each.headers['Location']}/accept", headers=editor)
    newest, older, first = client.get(f"{ENTRY}/versions").get_json()["items"]
    assert first["proposal"] is None
    origin = older["proposal"]
    assert (origin["id"], origin["comment"], origin["version"]) == (1, "见公报", 1)
    assert (origin["by"], origin["signed"]) == ("", "李明")
    assert (newest["proposal"]["by"], newest["proposal"]["signed"]) == ("editor", "")
    page = client.get(f"/entries/{NAME}").text
    history = page[page.index('class="history"') :]
    assert history.count("Proposed by") == 2
    assert history.count("见公报") == 2
    assert "somebody who signs “李明”" in history
    terms = [{"lang": "zh", "text": "元首外交"}, {"lang": "en", "text": "summitry"}]
    new = {"document": {"terms": terms}, "comment": "常见", "by": "王芳"}
    made = client.post("/api/v1/proposals", json=new)
    client.post(f"{made.headers['Location']}/accept", headers=editor)
    (only,) = client.get("/api/v1/entries/summitry/versions").get_json()["items"]
    assert (only["proposal"]["signed"], only["proposal"]["comment"]) == ("王芳", "常见")


def test_whoever_has_no_token_is_nobody_whatever_they_sign_with(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    """A name that a token has is no proof of it."""
    made = client.post("/api/v1/proposals", json={**proposal(client), "by": "editor"})
    assert (made.get_json()["by"], made.get_json()["signed"]) == ("", "editor")
    page = client.get("/proposals").text
    assert "somebody who signs “editor”" in page
    sent = {**proposal(client, "mine"), "by": "somebody else"}
    mine = client.post("/api/v1/proposals", json=sent, headers=editor).get_json()
    assert (mine["by"], mine["signed"]) == ("editor", "")


def test_a_proposal_that_is_sent_twice_waits_once(client: FlaskClient) -> None:
    sent = proposal(client)
    one, two = (client.post("/api/v1/proposals", json=sent) for _ in range(2))
    assert one.get_json() == two.get_json()
    assert len(client.get("/api/v1/proposals").get_json()["items"]) == 1


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


def test_unknown_people_fill_no_queue_but_their_own(
    client: FlaskClient, editor: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    extension = client.application.extensions["glossary"]
    plain = type(extension.settings)
    monkeypatch.setattr(extension, "settings", plain(max_anonymous=1))
    sent = "/api/v1/proposals"
    assert client.post(sent, json=proposal(client)).status_code == 201
    more = client.post(sent, json=proposal(client, "more"))
    assert (more.status_code, more.get_json()["code"]) == (429, "too-many")
    known = client.post(sent, json=proposal(client, "more"), headers=editor)
    assert known.status_code == 201
    monkeypatch.setattr(extension, "settings", plain(max_anonymous=0))
    none = client.post(sent, json=proposal(client, "none"))
    assert none.status_code == 401


def test_one_address_fills_no_queue_of_others_whom_nobody_knows(
    client: FlaskClient, editor: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    extension = client.application.extensions["glossary"]
    monkeypatch.setattr(
        extension, "settings", type(extension.settings)(max_anonymous=20)
    )
    sent = "/api/v1/proposals"
    nets = ("192.0.2.7", "2001:db8:0:1::5", "2001:db8:0:1:ffff::6", "198.51.100.9")
    notes = iter(range(100))

    def propose(address: str) -> tuple[int, int]:
        answer = client.post(
            sent,
            json=proposal(client, f"note {next(notes)}"),
            environ_base={"REMOTE_ADDR": address},
        )
        return answer.status_code, answer.get_json().get("id", 0)

    first = [propose(nets[0]) for _ in range(3)]
    assert [status for status, _ in first] == [201, 201, 429]
    # All addresses of one network of IPv6 are one person's.
    assert [propose(net)[0] for net in (nets[1], nets[2], nets[2])] == [201, 201, 429]
    assert propose(nets[3])[0] == 201
    # What is decided makes room, and what others have waiting takes none.
    done = client.post(f"{sent}/{first[0][1]}/reject", headers=editor)
    assert done.status_code == 200
    assert [propose(nets[0])[0] for _ in range(2)] == [201, 429]
    deeds = extension.store.people.deeds(limit=99, action="propose")
    places = {deed.address for deed in deeds}
    assert places == {nets[0], "2001:db8:0:1::/64", nets[3]}


def test_what_is_only_added_is_a_change_and_what_is_there_already_is_none(
    client: FlaskClient,
) -> None:
    now = client.get(ENTRY).get_json()
    term = {"lang": "en", "text": "a wording that nobody had"}
    cited = {**now["terms"][-1], "citations": [{"source": "wang-yi-kerry-2014"}]}
    for more in (
        {"notes": {"zh-Hans": "见公报"}},
        {"definition": {**now["definition"], "zh-Hant": "新的定義"}},
        {"terms": [*now["terms"], term]},
        {"terms": [*now["terms"][:-1], cited]},
        {"terms": [now["terms"][1], now["terms"][0], *now["terms"][2:]]},
    ):
        sent = {"entry": NAME, "document": {**now, **more}}
        made = client.post("/api/v1/proposals", json=sent)
        assert made.status_code == 201, (more, made.text)
    refused = client.post("/api/v1/proposals", json={"entry": NAME, "document": now})
    assert refused.status_code == 422
    assert "changes nothing" in refused.text
