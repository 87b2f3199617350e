"""Where reads are closed, no protocol of another tool is a way around."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from glossary import config
from glossary.people import access
from glossary.web import create_app

READS = [
    "/v2/check?text=主权&language=zh-CN",
    "/v2/languages",
    "/v2/glossaries",
    "/v2/glossaries/diplomatic.zh-en/entries",
    "/v3/glossaries",
    "/reconcile",
    "/reconcile/suggest/entity?prefix=主权",
    "/reconcile/preview/sovereignty",
    "/tmserver/languages/",
    "/tmserver/zh/en/unit/主权",
    "/api/v1/zh/en/unit/主权",
    "/tools/omegat/finder.xml",
]


@pytest.fixture
def closed(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[FlaskClient, str]]:
    """An application whose reads need a token, and a token that may read."""
    monkeypatch.setenv("GLOSSARY_OPEN_READS", "0")
    config.settings.cache_clear()
    app = create_app()
    store = app.extensions["glossary"].store
    yield app.test_client(), access.create(store, "reader", scope="read")
    store.close()


@pytest.mark.parametrize("path", READS)
def test_a_token_is_asked_for_and_may_be_the_password_in_the_address(
    closed: tuple[FlaskClient, str], path: str
) -> None:
    client, token = closed
    wrong = base64.b64encode(b"x:gls_wrong").decode()
    right = base64.b64encode(f"x:{token}".encode()).decode()
    assert client.get(path).status_code in {401, 403}
    for status, headers in (
        ({401, 403}, {"Authorization": f"Basic {wrong}"}),
        ({200}, {"Authorization": f"Basic {right}"}),
        ({200}, {"Authorization": f"Bearer {token}"}),
    ):
        assert client.get(path, headers=headers).status_code in status


def test_keys_of_the_protocols_themselves_are_taken(
    closed: tuple[FlaskClient, str],
) -> None:
    client, token = closed
    body = {"text": "主权", "language": "zh-CN", "username": "x"}
    assert client.post("/v2/check", data=body).status_code == 401
    assert client.post("/v2/check", data={**body, "apiKey": token}).status_code == 200
    deepl = {"Authorization": f"DeepL-Auth-Key {token}"}
    assert client.get("/v2/glossaries", headers=deepl).status_code == 200
    made = {"name": "x", "source_lang": "zh", "target_lang": "en", "entries": "甲\ta"}
    assert client.post("/v2/glossaries", json=made, headers=deepl).status_code == 403
