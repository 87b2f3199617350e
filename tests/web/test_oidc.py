"""The code flow with a real provider, in Chromium: state, nonce, PKCE, log-out."""

import base64
import hashlib
import io
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit
from wsgiref.types import StartResponse

import httpx
import oidc_provider_mock
import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from werkzeug.serving import BaseWSGIServer, make_server

from glossary import config
from glossary.entry import Person
from glossary.people import members
from glossary.web import create_app

ROOT = members.at_the_machine()
#: The provider uses what its own library will drop one day.
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")


class Provider:
    """A provider that refuses a code without the verifier of its challenge (PKCE)."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.challenges: dict[str, str] = {}
        self.nonce: Callable[[str], str] = lambda nonce: nonce

    def __call__(
        self, environ: dict[str, Any], start: StartResponse
    ) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/oauth2/authorize":
            asked = dict(parse_qsl(environ["QUERY_STRING"]))
            self.challenges[asked["state"]] = asked["code_challenge"]
            assert asked["code_challenge_method"] == "S256"
            assert len(asked["state"]) > 40
            swapped = self.nonce(asked["nonce"])
            environ["QUERY_STRING"] = environ["QUERY_STRING"].replace(
                asked["nonce"], swapped
            )
        if path == "/oauth2/token":
            length = int(environ["CONTENT_LENGTH"])
            body = environ["wsgi.input"].read(length)
            verifier = parse_qs(body.decode())["code_verifier"][0]
            digest = hashlib.sha256(verifier.encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            if challenge not in self.challenges.values():
                start("400 Bad Request", [("Content-Type", "application/json")])
                return [b'{"error": "invalid_grant"}']
            environ["wsgi.input"] = io.BytesIO(body)
        answer: Iterable[bytes] = self._app(environ, start)
        return answer


@pytest.fixture
def provider() -> Iterator[tuple[Provider, str]]:
    user = oidc_provider_mock.User(
        sub="0042",
        claims={
            "preferred_username": "Chen.Mei",
            "name": "陈梅",
            "email": "mei@example.org",
            "email_verified": True,
            "groups": ["terminology", "all-staff"],
        },
    )
    made = Provider(oidc_provider_mock.app(user_claims=[user]))
    with Served(made) as server:
        yield made, f"http://localhost:{server.server_port}"


class Served:
    """Serves a WSGI application in a thread for as long as it is entered."""

    def __init__(self, app: Any) -> None:
        self._server = make_server("localhost", 0, app, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.05])

    def __enter__(self) -> BaseWSGIServer:
        self._thread.start()
        return self._server

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def here(
    provider: tuple[Provider, str], database: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Flask, str]]:
    """This service with closed reads, signed in to by the provider."""
    for name, value in {
        "OPEN_READS": "0",
        "OIDC_ISSUER": provider[1],
        "OIDC_CLIENT": "glossary",
        "OIDC_SECRET": "very-secret",
        "OIDC_NAME": "the Ministry",
        "OIDC_ROLES": "terminology=editor@diplomatic, heads=reviewer@diplomatic",
    }.items():
        monkeypatch.setenv(f"GLOSSARY_{name}", value)
    config.settings.cache_clear()
    app = create_app()
    with Served(app) as server:
        yield app, f"http://localhost:{server.server_port}"
    app.extensions["glossary"].store.close()


def test_somebody_signs_in_by_a_provider_has_the_roles_of_their_groups_and_signs_out(
    here: tuple[Flask, str], browser: Browser
) -> None:
    app, address = here
    store = app.extensions["glossary"].store
    members.create(
        store,
        Person("mei", "Mei", "mei@example.org"),
        by=ROOT,
        roles={"diplomatic": "reviewer", "trade": "reader"},
    )
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(f"{address}/browse")
    page.get_by_role("link", name="Sign in with the Ministry").click()
    page.get_by_role("button", name="0042").click()
    expect(page).to_have_url(f"{address}/browse")
    expect(page.get_by_role("link", name="mei")).to_be_visible()
    assert store.people.with_roles("mei")[1] == {
        "diplomatic": "editor",
        "trade": "reader",
    }
    (cookie,) = [c for c in context.cookies() if c["name"] == "glossary-session"]
    assert cookie["httpOnly"]
    page.get_by_role("link", name="mei").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile("/oauth2/end_session"))
    assert "id_token_hint=" in page.url
    assert store.people.sessions("mei") == []
    page.goto(f"{address}/browse")
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    context.close()


def trip(address: str, client: httpx.Client) -> httpx.Response:
    """Go to the provider and come back up to our own door, which is not entered yet."""
    to = client.get(f"{address}/sign-in/oidc")
    back = client.post(to.headers["Location"], data={"sub": "0042"})
    assert back.status_code in {302, 303}, back.text
    return back


def test_a_wrong_state_nonce_or_verifier_lets_nobody_in(
    here: tuple[Flask, str], provider: tuple[Provider, str]
) -> None:
    _, address = here
    with httpx.Client() as client, httpx.Client() as stranger:
        back = trip(address, client).headers["Location"]
        assert stranger.get(back).status_code == 422, "another browser"
        forged = re.sub(r"state=[^&]+", "state=x", back)
        assert client.get(forged).status_code == 422
        code = parse_qs(urlsplit(back).query)["code"][0]
        provider[0].challenges.clear()
        refused = client.get(back)
        assert refused.status_code == 422, "the verifier is not that of the challenge"
        assert code
    provider[0].nonce = lambda nonce: nonce[::-1]
    with httpx.Client() as client:
        answer = client.get(trip(address, client).headers["Location"])
        assert answer.status_code == 422
        assert "glossary-session" not in answer.headers.get("Set-Cookie", "")
    provider[0].nonce = lambda nonce: nonce
    with httpx.Client() as client:
        answer = client.get(trip(address, client).headers["Location"])
        assert answer.status_code == 303
        assert "chen.mei" in client.get(f"{address}/account").text
        again = client.get(answer.request.url)
        assert again.status_code == 422, "a code is good once"
