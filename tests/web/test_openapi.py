import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from glossary.query import TIERS
from glossary.web.operations import OPERATIONS
from glossary.web.tools import NAMES


@pytest.fixture
def spec(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get("/openapi.json").data)
    return found


def test_the_document_is_openapi_3_1(spec: dict[str, Any]) -> None:
    assert spec["openapi"] == "3.1.0"
    validate(spec)


def test_every_route_is_described_and_nothing_else(app: Flask) -> None:
    pages = {"static", "openapi.document", "openapi.docs", "openapi.metrics"}
    routes = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in pages
        and not rule.endpoint.startswith("pages.")
        # Protocols of other tools are described where they come from.
        and rule.endpoint.partition(".")[0] not in NAMES
    }
    assert routes == set(OPERATIONS)


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/api/v1/lookup?q=新型大国关系", "Lookup"),
        ("/api/v1/lookup?q=new type of great power relations", "Lookup"),
        ("/api/v1/suggest?q=new", "Suggest"),
        ("/api/v1/entries?limit=500", "Entries"),
        ("/api/v1/entries/sovereignty", "Entry"),
        ("/api/v1/entries/sovereignty/versions", "Versions"),
        ("/api/v1/changes?limit=20", "Changes"),
        ("/api/v1/glossaries", "Glossaries"),
        ("/api/v1/subjects", "Subjects"),
        ("/api/v1/sources", "Sources"),
        ("/api/v1/stats", "Stats"),
        ("/api/v1/entries/nix", "Problem"),
        ("/api/v1/lookup?q=", "Problem"),
        ("/healthz", "Health"),
        ("/readyz", "Health"),
    ],
)
def test_answers_are_what_the_document_says(
    client: FlaskClient, spec: dict[str, Any], path: str, shape: str
) -> None:
    schema = {"$ref": f"#/components/schemas/{shape}", "components": spec["components"]}
    closed = json.loads(json.dumps(schema))
    for described in closed["components"]["schemas"].values():
        described["additionalProperties"] = False
    answer = json.loads(client.get(path).data)
    assert list(Draft202012Validator(closed).iter_errors(answer)) == []


def test_the_document_says_which_answers_tell_their_revision(
    client: FlaskClient, spec: dict[str, Any]
) -> None:
    asked = {"lookup": "q=主权", "suggest": "q=主权", "export": "format=csv"}
    for path, operations in spec["paths"].items():
        if "get" not in operations or "{" in path:
            continue
        answer = client.get(path, query_string=asked.get(path.rpartition("/")[2]))
        described = operations["get"]["responses"]["200"].get("headers", {})
        assert ("Glossary-Revision" in answer.headers) == bool(described), path
        sent = [p["name"] for p in operations["get"]["parameters"] if p["in"] != "path"]
        assert ("Glossary-Revision" in sent) == bool(described), path


def test_the_documents_limits_are_the_settings(spec: dict[str, Any]) -> None:
    parameters = spec["paths"]["/api/v1/lookup"]["get"]["parameters"]
    by_name = {p["name"]: p["schema"] for p in parameters if p["in"] == "query"}
    assert by_name["q"]["maxLength"] == 500
    assert (by_name["limit"]["minimum"], by_name["limit"]["maximum"]) == (1, 100)
    assert by_name["tier"]["enum"] == list(TIERS)
    assert set(by_name) == {
        *("q", "from", "to", "glossary", "subject", "as_of", "issuer", "tier", "limit"),
        *("field", "glossaries", "state", "proof"),
    }


def test_the_docs_page_shows_every_call_and_needs_no_other_host(
    client: FlaskClient, spec: dict[str, Any]
) -> None:
    page = client.get("/docs").text
    for path in spec["paths"]:
        assert path in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert re.findall(r"<script[^>]*>", page) == re.findall(
        r'<script src="/static/\w+/frame.js" type="module">', page
    )
    assert "[]" not in page
    assert ">integer 1–100, " in page.replace('<td lang="en">', ">")
