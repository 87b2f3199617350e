"""A profile says what a tool does not: which glossaries, in which order, whose."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from glossary import config
from glossary.entry import EVERY, Entry, Profile, Term
from glossary.people import Actor, Doer, members, profiles
from glossary.store import open_store
from glossary.web import create_app

API = "/api/v1"
ADMIN = Doer(Actor("root", {EVERY: "admin"}))


def entry(name: str, glossary: str, zh: str, **english: str) -> Entry:
    terms = [Term("zh-Hans", zh, "preferred")]
    terms += [
        Term("en", en.replace("_", " "), status) for en, status in english.items()
    ]
    return Entry(name, glossary, (), {}, "", (), tuple(terms), state="approved")


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
        write.create(Entry("power", "other", (), {}, "", (), terms, state="approved"))
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
