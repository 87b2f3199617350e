"""A profile says what a tool does not: which glossaries, in which order, whose."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from glossary import config
from glossary.entry import EVERY, Entry, Profile, Term
from glossary.people import Actor, Doer, members, profiles
from glossary.store import open_store
from glossary.web import create_app
from tests.nouns import of_terms

API = "/api/v1"
ADMIN = Doer(Actor("root", {EVERY: "admin"}))


def entry(name: str, glossary: str, zh: str, **english: str) -> Entry:
    terms = [Term("zh-Hans", zh, "preferred")]
    terms += [
        Term("en", en.replace("_", " "), status) for en, status in english.items()
    ]
    return of_terms(name, glossary, *terms)


@pytest.fixture
def client(fresh: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """A client of an application over three glossaries and two profiles."""
    monkeypatch.setenv("GLOSSARY_DATABASE", fresh)
    config.settings.cache_clear()
    store = open_store(fresh)
    with store.write(by="cli") as write:
        write.create(
            entry(
                "ours",
                "ministry",
                "人类命运共同体",
                community="preferred",
                destiny="forbidden",
            )
        )
        write.create(
            entry(
                "theirs",
                "agency",
                "人类命运共同体",
                destiny="preferred",
                shared="admitted",
            )
        )
        write.create(entry("else", "other", "人类命运共同体", humanity="preferred"))
    for name, glossaries in {
        "ministry-first": ("ministry", "agency"),
        "agency-first": ("agency", "ministry"),
    }.items():
        profiles.put(store, Profile(name, {}, glossaries), by=ADMIN)
    store.close()
    app: Flask = create_app()
    yield app.test_client()
    app.extensions["glossary"].store.close()
    config.settings.cache_clear()


def hits(client: FlaskClient, path: str) -> list[tuple[str, dict[str, str]]]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    found: list[Any] = answer.get_json()["hits"]
    return [
        (hit["entry"], {each["text"]: each["status"] for each in hit["equivalents"]})
        for hit in found
    ]


def test_the_order_ranks_hits_and_the_first_status_of_a_pair_counts(
    client: FlaskClient,
) -> None:
    q = "lookup?q=人类命运共同体"
    assert hits(client, f"{API}/{q}&profile=ministry-first") == [
        ("ours", {"community": "preferred", "destiny": "forbidden"}),
        ("theirs", {"shared": "admitted", "destiny": "forbidden"}),
    ]
    assert hits(client, f"/p/agency-first{API}/{q}") == [
        ("theirs", {"destiny": "preferred", "shared": "admitted"}),
        ("ours", {"community": "preferred", "destiny": "preferred"}),
    ]
    assert len(hits(client, f"{API}/{q}")) == 3, "nothing stays of a profile"


def test_what_is_asked_outright_overrules_and_no_such_profile_is_404(
    client: FlaskClient,
) -> None:
    path = f"{API}/lookup?q=人类命运共同体"
    named = hits(client, f"{path}&profile=agency-first&glossary=other")
    assert [name for name, _ in named] == ["else"]
    for wrong in (f"{path}&profile=nobody", "/p/nobody/v2/check?text=x&language=en"):
        assert client.get(wrong).status_code == 404
    assert client.get(f"/p/nobody{path}").get_json()["code"] == "not-found"
    assert client.get(f"{API}/stats?profile=agency-first").status_code == 422


def test_completions_texts_exports_and_pages_ask_by_it(client: FlaskClient) -> None:
    suggested = client.get(f"{API}/suggest?q=hum&profile=agency-first").get_json()
    assert suggested["suggestions"] == []
    assert client.get(f"{API}/suggest?q=hum").get_json()["suggestions"]
    body = {"text": "构建人类命运共同体"}
    for profile, entries in (("agency-first", {"theirs", "ours"}), (None, None)):
        query = f"?profile={profile}" if profile else ""
        answer = client.post(f"{API}/annotate{query}", json=body).get_json()
        (match,) = answer["matches"]
        named = {match["entry"], *match.get("also", ())}
        assert named == entries if entries else "else" in named
    lines = client.get(f"{API}/export?format=ndjson&profile=agency-first").text
    assert '"theirs"' in lines
    assert '"else"' not in lines
    page = client.get("/p/agency-first/?q=人类命运共同体").text
    assert "humanity" not in page
    assert 'href="/p/agency-first/read"' in page


def test_only_an_admin_keeps_profiles_and_names_an_issuer_that_is_known(
    client: FlaskClient,
) -> None:
    store = client.application.extensions["glossary"].store
    sent = {"glossaries": ["ministry"]}
    assert client.put(f"{API}/profiles/mine", json=sent).status_code == 401
    token = members.make_token(
        store, members.Token("root-token", "admin", ""), by=members.at_the_machine()
    )
    headers = {"Authorization": f"Bearer {token}"}
    made = client.put(f"{API}/profiles/mine", json=sent, headers=headers)
    assert made.status_code == 200
    assert client.get(f"{API}/profiles/mine").get_json()["glossaries"] == ["ministry"]
    odd = {**sent, "issuer": "Ministry of Silly Walks"}
    assert (
        client.put(f"{API}/profiles/mine", json=odd, headers=headers).status_code == 422
    )
    gone = client.delete(f"{API}/profiles/mine", headers=headers)
    assert gone.status_code == 204
    assert client.get(f"{API}/lookup?q=x&profile=mine").status_code == 404


def test_a_tool_that_is_told_an_address_only_checks_by_the_profile_in_it(
    client: FlaskClient,
) -> None:
    store = client.application.extensions["glossary"].store
    with store.write(by="cli") as write:
        banned = Term("en", "big power", "forbidden", ban="anywhere")
        used = Term("en", "major country", "preferred")
        terms = (Term("zh-Hans", "大国", "preferred"), used, banned)
        write.create(of_terms("power", "other", *terms))
    body = {"text": "A big power acts.", "language": "en-US"}
    told = client.post("/v2/check", data=body).get_json()["matches"]
    assert [match["length"] for match in told] == [len("big power")]
    quiet = client.post("/p/agency-first/v2/check", data=body)
    assert quiet.get_json()["matches"] == []
    profiles.put(store, Profile("other-only", {}, ("other",)), by=ADMIN)
    again = client.post("/p/other-only/v2/check", data=body).get_json()["matches"]
    assert again
    segment = client.get("/p/agency-first/tmserver/zh/en/unit/大国").get_json()
    assert segment == []


def check(client: FlaskClient, profile: str, target: str) -> tuple[str, str, list[str]]:
    pair = {"source": "构建人类命运共同体", "target": target}
    body = {"pairs": [pair], "all": True}
    answer = client.post(f"{API}/check?profile={profile}", json=body)
    assert answer.status_code == 200, answer.text
    (finding,) = answer.get_json()["pairs"][0]["findings"]
    return finding["verdict"], finding["status"], finding["expected"]


def test_a_check_takes_the_status_of_the_first_glossary_that_has_the_pair(
    client: FlaskClient,
) -> None:
    ministry, agency = "ministry-first", "agency-first"
    destiny = "They build a destiny together."
    assert check(client, ministry, destiny) == ("forbidden", "forbidden", ["community"])
    assert check(client, agency, destiny)[:2] == ("ok", "preferred")
    for profile in (ministry, agency):
        assert check(client, profile, "They build a community.")[0] == "ok"
    pair = {"source": "构建人类命运共同体", "target": destiny}
    body = {"pairs": [pair], "glossaries": ["agency"]}
    outright = client.post(f"{API}/check?profile={ministry}", json=body).get_json()
    assert outright["pairs"][0]["findings"] == [], "what is asked outright overrules"


def test_a_text_is_marked_by_the_first_glossary_that_has_the_pair(
    client: FlaskClient,
) -> None:
    for profile, entry_id, status in (
        ("ministry-first", "ours", "forbidden"),
        ("agency-first", "theirs", "preferred"),
    ):
        path = f"/p/{profile}{API}/annotate"
        answer = client.post(path, json={"text": "Our destiny is shared."}).get_json()
        match = answer["matches"][0]
        assert (match["entry"], match["term"]["status"]) == (entry_id, status)
        assert [each["text"] for each in match["use"]] == (
            ["community"] if status == "forbidden" else []
        )
        terms = client.post(
            f"{path}?shape=terms", json={"text": "构建人类命运共同体"}
        ).get_json()["terms"]
        assert ("destiny" in terms[0].get("avoid", ())) == (status == "forbidden")


def test_a_look_up_the_other_way_round_takes_the_first_status_too(
    client: FlaskClient,
) -> None:
    for profile, status in (
        ("ministry-first", "forbidden"),
        ("agency-first", "preferred"),
    ):
        found = client.get(f"{API}/lookup?q=destiny&profile={profile}").get_json()
        assert {hit["term"]["status"] for hit in found["hits"]} == {status}
        one = client.get(f"{API}/lookup?q=destiny&limit=1&profile={profile}").get_json()
        assert one["hits"][0] == found["hits"][0]


def test_a_file_has_the_glossaries_in_order_and_the_first_status_of_a_pair(
    client: FlaskClient,
) -> None:
    for profile, names, status in (
        ("ministry-first", ["ours", "theirs"], "forbidden"),
        ("agency-first", ["theirs", "ours"], "preferred"),
    ):
        lines = client.get(f"/p/{profile}{API}/export?format=ndjson").text.splitlines()
        entries = [json.loads(line) for line in lines]
        assert [each["id"] for each in entries] == names
        statuses = {
            term.get("status", "admitted")
            for each in entries
            for term in each["terms"]
            if term["text"] == "destiny"
        }
        assert statuses == {status}
        pairs = client.get(f"/p/{profile}{API}/export?format=omegat").text
        assert ("destiny" in pairs) == (status == "preferred")
    only = client.get(f"/p/ministry-first{API}/export?format=omegat&glossary=agency")
    assert "destiny" in only.text, "what is asked outright overrules"
    asked = f"{API}/export?format=ndjson&status=forbidden&profile=ministry-first"
    assert client.get(asked).text.count("\n") == 2


def test_lists_of_other_tools_leave_out_what_the_first_glossary_forbids(
    client: FlaskClient,
) -> None:
    lists = "/v2/glossaries/agency.zh-en/entries"
    assert "destiny" in client.get(f"/p/agency-first{lists}").text
    assert "destiny" not in client.get(f"/p/ministry-first{lists}").text
    asked = {"extend": '{"ids": ["theirs"], "properties": [{"id": "avoid"}]}'}
    for profile, avoided in (
        ("ministry-first", [{"str": "destiny"}]),
        ("agency-first", []),
    ):
        answer = client.post(f"/p/{profile}/reconcile", data=asked).get_json()
        assert answer["rows"]["theirs"]["avoid"] == avoided
    unit = "/tmserver/zh/en/unit/人类命运共同体"
    targets = [each["target"] for each in client.get(f"/p/ministry-first{unit}").json]
    assert targets == ["community", "shared"]


def test_what_nobody_has_approved_decides_nothing(client: FlaskClient) -> None:
    store = client.application.extensions["glossary"].store
    with store.write(by="cli") as write:
        write.update(replace(store.entry("ours"), state="in-review"))
    destiny = "They build a destiny together."
    assert check(client, "ministry-first", destiny)[:2] == ("ok", "preferred")
    pairs = client.get(f"/p/ministry-first{API}/export?format=omegat").text
    assert "destiny" in pairs
