"""Signing in over the pages: cookies, forms from elsewhere, closed reads, tokens."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from glossary import config
from glossary.entry import EVERY, Person, Token
from glossary.people import members
from glossary.web import create_app
from glossary.web.pages.account import safe

API = "/api/v1"
GOOD = "四海之内皆兄弟也 harmony"
PAGE = {"Accept": "text/html"}
ROOT = members.at_the_machine()


@pytest.fixture
def closed(database: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An application whose reads are closed, with an admin and an editor."""
    monkeypatch.setenv("GLOSSARY_OPEN_READS", "0")
    config.settings.cache_clear()
    app = create_app()
    store = app.extensions["glossary"].store
    members.create(store, Person("root"), by=ROOT, roles={EVERY: "admin"})
    members.create(
        store, Person("mei", "陈梅"), by=ROOT, roles={"diplomatic": "editor"}
    )
    yield app
    store.close()


def link(app: Flask, name: str) -> str:
    code = members.reset(app.extensions["glossary"].store, name, by=ROOT, hours=1)
    return f"/sign-in/link/{code}"


def entered(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    answer = client.post(link(app, name), data={"password": GOOD})
    assert answer.status_code == 303, answer.text
    return client


def csrf(page: TestResponse) -> str:
    match = re.search(r'name="csrf" value="([0-9a-f]{64})"', page.text)
    assert match
    return match[1]


def test_closed_pages_ask_to_sign_in_and_lead_back(closed: Flask) -> None:
    client = entered(closed, "mei")
    assert client.get("/", headers=PAGE).status_code == 200
    other = closed.test_client()
    asked = other.get("/browse?subject=trade", headers=PAGE)
    assert asked.status_code == 401
    assert 'name="next" value="/browse?subject=trade"' in asked.text
    form = {"name": "mei", "password": GOOD, "next": "/browse?subject=trade"}
    answer = other.post("/sign-in", data=form)
    assert (answer.status_code, answer.location) == (303, "/browse?subject=trade")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert other.get("/account").status_code == 200
    out = other.post("/sign-out", data={"csrf": csrf(other.get("/account"))})
    assert out.status_code == 303
    assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert other.get("/", headers=PAGE).status_code == 401


@pytest.mark.parametrize(
    ("base", "prefix"),
    [("https://localhost", "__Host-"), ("https://localhost/terms", "__Secure-")],
)
def test_over_tls_no_other_host_can_set_the_cookie_of_a_session(
    closed: Flask, base: str, prefix: str
) -> None:
    entered(closed, "mei")
    client = closed.test_client()
    form = {"name": "mei", "password": GOOD}
    answer = client.post("/sign-in", data=form, base_url=base)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{prefix}glossary-session=")
    assert "; Secure" in cookie
    assert client.get("/", headers=PAGE, base_url=base).status_code == 200
    planted = closed.test_client()
    secret = cookie.partition("=")[2].partition(";")[0]
    planted.set_cookie("glossary-session", secret)
    assert planted.get("/", headers=PAGE, base_url=base).status_code == 401


def test_a_place_to_lead_back_to_is_ours() -> None:
    assert safe("/entries/sovereignty?x=1#y") == "/entries/sovereignty?x=1#y"
    for place in (
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "x",
        "/\n/x",
    ):
        assert safe(place) == ""


@pytest.mark.parametrize(
    ("headers", "with_token", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, True, 403),
        ({"Sec-Fetch-Site": "same-site"}, True, 403),
        ({"Sec-Fetch-Site": "none"}, True, 403),
        ({"Sec-Fetch-Site": "same-origin"}, False, 201),
        ({"Origin": "https://evil.example"}, True, 403),
        ({"Origin": "http://localhost"}, False, 201),
        ({"Origin": "null"}, True, 201),
        ({"Origin": "null"}, False, 403),
        ({}, True, 201),
        ({}, False, 403),
    ],
)
def test_a_form_of_another_site_does_nothing(
    closed: Flask, headers: dict[str, str], *, with_token: bool, status: int
) -> None:
    client = entered(closed, "mei")
    token = csrf(client.get("/account"))
    sent = {
        "name": "laptop",
        "scope": "editor",
        **({"csrf": token} if with_token else {}),
    }
    answer = client.post("/account/tokens", data=sent, headers=headers)
    assert answer.status_code == status
    made = closed.extensions["glossary"].store.people.tokens("mei")
    assert [each.name for each in made] == (["laptop"] if status == 201 else [])


def test_a_form_to_sign_in_by_is_not_taken_from_another_site(closed: Flask) -> None:
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example"},
    ):
        client = closed.test_client()
        answer = client.post("/sign-in", data={"name": "mei"}, headers=headers)
        assert answer.status_code == 403


def test_a_wrong_password_is_told_beside_the_form(closed: Flask) -> None:
    answer = closed.test_client().post(
        "/sign-in",
        data={"name": "mei", "password": "x"},
        headers={"Accept-Language": "zh"},
    )
    assert answer.status_code == 422
    assert "用户名或密码不正确" in answer.text
    assert 'value="mei"' in answer.text


def test_an_admin_makes_a_person_who_comes_in_and_an_owner_gives_a_role(
    closed: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = entered(closed, "root")
    token = csrf(root.get("/people"))
    made = root.post(
        "/people", data={"csrf": token, "id": "ann", "name": "Ann", "role": "reader"}
    )
    assert made.status_code == 201
    match = re.search(r"http://localhost(/sign-in/link/[\w-]+)", made.text)
    assert match
    ann = closed.test_client()
    assert "password" in ann.get(match[1]).text
    assert ann.post(match[1], data={"password": GOOD}).status_code == 303
    assert ann.get("/people", headers=PAGE).status_code == 403
    role = {"csrf": token, "role": "owner", "glossary": "diplomatic"}
    assert root.post("/people/ann/role", data=role).status_code == 303
    # The form shows what they are, so that pressing it anew takes nothing away.
    own = root.get("/people").text.partition('<section id="ann">')[2]
    own = own.partition("</section>")[0]
    chosen = re.findall(r'<option value="([^"]+)" selected>', own)
    assert chosen in (["*", "reader"], ["diplomatic", "owner"])
    page = ann.get("/people")
    assert page.status_code == 200
    assert "reset" not in page.text
    log = root.get("/log").text
    assert "role.change" in log
    assert "127.0.0.1" in log
    table = root.get("/log?csv=1&action=role")
    assert table.mimetype == "text/csv"
    assert table.text.count("role.change") == 4
    # All of it comes, however few lines a page of it has.
    extension = closed.extensions["glossary"]
    few = replace(extension.settings, max_page=3)
    monkeypatch.setattr(extension, "settings", few)
    assert root.get("/log?csv=1&action=role").text == table.text


def test_a_token_does_not_take_over_the_account_that_it_is_of(closed: Flask) -> None:
    store = closed.extensions["glossary"].store
    members.give(store, "mei", "diplomatic", "owner", by=ROOT)
    for name in ("read", "other"):
        wanted = Token(name, "read", "", person="mei")
        token = members.make_token(store, wanted, by=ROOT)
    session = entered(closed, "mei")
    client = closed.test_client()
    bearer = {"Authorization": f"Bearer {token}"}
    theirs = {"name": "Mei", "email": "evil@example.com"}
    client.post("/sign-in", data={"token": token})
    site = {"Sec-Fetch-Site": "same-origin"}
    (ours,) = (
        row["id"]
        for row in session.get(f"{API}/sessions").get_json()["items"]
        if row["current"]
    )
    for ask in (
        lambda: client.put(f"{API}/users/mei", json=theirs, headers=bearer),
        lambda: client.delete(f"{API}/tokens/read", headers=bearer),
        lambda: client.delete(f"{API}/sessions/{ours}", headers=bearer),
        lambda: client.post(f"{API}/tokens", json={"name": "more"}, headers=bearer),
        # The same in a browser that the token let in.
        lambda: client.post("/account", data=theirs, headers=site),
        lambda: client.post(
            "/account/password", data={"password": "对外话语体系2026"}, headers=site
        ),
        lambda: client.post(f"/account/sessions/{ours}/end", headers=site),
    ):
        assert ask().status_code in {403, 422}
    mei = session.get(f"{API}/users/mei").get_json()
    assert (mei["email"], mei["roles"]) == ("", {"diplomatic": "owner"})
    assert {row.name for row in store.people.tokens("mei")} == {"other", "read"}
    # It ends itself, as a secret that was lost may.
    assert client.delete(f"{API}/tokens/other", headers=bearer).status_code == 204


def test_tokens_and_sessions_over_rest_show_no_secret(closed: Flask) -> None:
    mei = entered(closed, "mei")
    token = csrf(mei.get("/account"))
    here = {"Sec-Fetch-Site": "same-origin"}
    made = mei.post(
        "/api/v1/tokens", json={"name": "laptop", "scope": "admin"}, headers=here
    )
    assert made.status_code == 201, made.text
    secret = made.get_json()["token"]
    headers = {"Authorization": f"Bearer {secret}"}
    program = closed.test_client()
    me = program.get("/api/v1/me", headers=headers).get_json()
    assert (me["name"], me["roles"]) == ("mei", {"diplomatic": "editor"})
    (listed,) = program.get("/api/v1/tokens", headers=headers).get_json()["items"]
    assert listed["used"]
    assert listed["prefix"] == secret[:10]
    assert "token" not in listed
    again = {"name": "more", "scope": "read"}
    assert (
        program.post("/api/v1/tokens", json=again, headers=headers).status_code == 403
    )
    assert mei.delete("/api/v1/tokens/laptop").status_code == 403, "no proof of origin"
    assert mei.delete("/api/v1/tokens/laptop", headers=here).status_code == 204
    assert program.get("/api/v1/me", headers=headers).status_code == 401
    (session,) = mei.get("/api/v1/sessions").get_json()["items"]
    assert session["current"]
    assert token
    gone = mei.delete(f"/api/v1/sessions/{session['id']}", headers=here)
    assert gone.status_code == 204
    assert mei.get("/api/v1/sessions").status_code == 401
