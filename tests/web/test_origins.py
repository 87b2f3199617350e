from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from glossary.web.app import create_app

_SITE = "https://cat.example"


@pytest.fixture
def opened(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    monkeypatch.setenv("GLOSSARY_ORIGINS", f"https://words.example {_SITE}")
    app = create_app()
    yield app.test_client()
    app.extensions["glossary"].store.close()


def _asks(client: FlaskClient, address: str, method: str) -> str | None:
    headers = {"Origin": _SITE, "Access-Control-Request-Method": method}
    answer = client.options(address, headers=headers)
    return answer.headers.get("Access-Control-Allow-Origin")


def test_a_page_of_a_named_site_may_read_and_nothing_else(opened: FlaskClient) -> None:
    answer = opened.get("/api/v1/lookup?q=主权", headers={"Origin": _SITE})
    assert answer.headers["Access-Control-Allow-Origin"] == _SITE
    assert "Glossary-Revision" in answer.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Origin" in answer.headers["Vary"]
    assert _asks(opened, "/api/v1/lookup", "GET") == _SITE
    assert _asks(opened, "/api/v1/check", "POST") == _SITE
    for address, method in (
        ("/api/v1/entries", "POST"),
        ("/api/v1/entries/sovereignty", "DELETE"),
        ("/api/v1/me", "GET"),
        ("/api/v1/nix", "GET"),
        ("/", "GET"),
    ):
        assert _asks(opened, address, method) is None, address
    sent = opened.post("/api/v1/entries", json={"terms": []}, headers={"Origin": _SITE})
    assert "Access-Control-Allow-Origin" not in sent.headers


def test_a_page_of_any_other_site_may_not_read(opened: FlaskClient) -> None:
    headers = {"Origin": "https://evil.example"}
    other = opened.get("/api/v1/lookup?q=主权", headers=headers)
    assert "Access-Control-Allow-Origin" not in other.headers


def test_no_page_of_another_site_may_read_where_none_is_named(
    client: FlaskClient,
) -> None:
    closed = client.get("/api/v1/lookup?q=主权", headers={"Origin": _SITE})
    assert "Access-Control-Allow-Origin" not in closed.headers


def test_every_site_may_read_where_the_setting_says_so(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOSSARY_ORIGINS", "*")
    app = create_app()
    answer = app.test_client().get("/api/v1", headers={"Origin": _SITE})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    app.extensions["glossary"].store.close()


def test_the_index_leads_to_where_a_caller_may_begin(client: FlaskClient) -> None:
    index = client.get("/api/v1").json
    assert index is not None
    for name, place in index["links"].items():
        query = {"q": "主权"} if name in {"lookup", "suggest"} else {}
        if name == "export":
            query = {"format": "csv"}
        answer = client.get(place, query_string=query)
        assert answer.status_code == (405 if name in {"annotate", "check"} else 200)
