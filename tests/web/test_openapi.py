import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from marshmallow import Schema
from openapi_spec_validator import validate

from glossary.entry import VIAS
from glossary.query import TIERS
from glossary.schema import (
    answer,
    curation,
    editing,
    lookup_answer,
    noun_answer,
    people,
)
from glossary.speech.words import WORDS
from glossary.web import contract
from glossary.web.app import create_app
from glossary.web.contract import described
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
    for each in closed["components"]["schemas"].values():
        each["additionalProperties"] = False
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
        told = operations["get"]["responses"]["200"]["headers"]
        assert ("Glossary-Revision" in answer.headers) == (
            "Glossary-Revision" in told
        ), path
        sent = [p["name"] for p in operations["get"]["parameters"] if p["in"] != "path"]
        assert ("Glossary-Revision" in sent) == ("Glossary-Revision" in told), path


def test_the_documents_limits_are_the_settings(spec: dict[str, Any]) -> None:
    parameters = spec["paths"]["/api/v1/lookup"]["get"]["parameters"]
    by_name = {p["name"]: p["schema"] for p in parameters if p["in"] == "query"}
    assert by_name["q"]["maxLength"] == 500
    assert (by_name["limit"]["minimum"], by_name["limit"]["maximum"]) == (1, 100)
    assert by_name["tier"]["enum"] == list(TIERS)
    assert set(by_name) == {
        *("q", "from", "to", "glossary", "subject", "as_of", "issuer", "tier", "limit"),
        *("field", "fields", "glossaries", "state", "proof", "profile"),
    }


def test_the_docs_page_shows_every_call_and_needs_no_other_host(
    client: FlaskClient, spec: dict[str, Any]
) -> None:
    page = client.get("/docs").text
    for path in spec["paths"]:
        assert path in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    own = r'<script src="/static/\w+/(?:words\.en|frame)\.js" (?:defer|type="module")>'
    assert re.findall(r"<script[^>]*>", page) == re.findall(own, page)
    assert "[]" not in page
    assert ">integer 1–100, " in page.replace('<td lang="en">', ">")


def test_every_call_has_a_tag_a_description_and_says_who_may_make_it(
    spec: dict[str, Any],
) -> None:
    tags = {tag["name"] for tag in spec["tags"]}
    calls = [call for path in spec["paths"].values() for call in path.values()]
    assert {tag for call in calls for tag in call["tags"]} == tags
    assert all(call["description"].endswith(".") for call in calls)
    lookup = spec["paths"]["/api/v1/lookup"]["get"]["security"]
    assert lookup == [{}, {"token": []}, {"session": []}]
    assert {} not in spec["paths"]["/api/v1/me"]["get"]["security"]
    assert {} not in spec["paths"]["/api/v1/entries"]["post"]["security"]
    assert spec["paths"]["/healthz"]["get"]["security"] == []


def test_where_reading_is_closed_the_document_lets_nobody_in_without_a_token(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOSSARY_OPEN_READS", "0")
    app = create_app()
    with app.test_request_context("/openapi.json"):
        spec = json.loads(described.__wrapped__())
    app.extensions["glossary"].store.close()
    calls = {
        path: call["security"]
        for path, calls in spec["paths"].items()
        for call in calls.values()
    }
    assert {path for path, ways in calls.items() if {} in ways} == set()
    assert {path for path, ways in calls.items() if not ways} == {"/healthz", "/readyz"}


_ASKED = {"lookup": "q=主权", "suggest": "q=主权", "export": "format=csv"}
_NAMES = {
    "entry_id": "sovereignty",
    "glossary_id": "diplomatic",
    "issuer_id": "un",
    "source_id": "un-charter",
    "subject_id": "law",
    "revision": "1",
}


def test_answers_have_the_headers_that_the_document_says_and_no_others(
    client: FlaskClient, spec: dict[str, Any]
) -> None:
    told = {"ETag", "Location", "Retry-After", "WWW-Authenticate", "X-Request-ID"}
    told |= {"RateLimit", "RateLimit-Policy"}
    asked = 0
    for pattern, calls in spec["paths"].items():
        if "get" not in calls:
            continue
        path = pattern
        for name, value in _NAMES.items():
            path = path.replace(f"{{{name}}}", value)
        if "{" in path:
            continue
        query = _ASKED.get(path.rpartition("/")[2])
        answer = client.get(path, query_string=query)
        described_here = calls["get"]["responses"][str(answer.status_code)]
        headers = set(described_here.get("headers", ()))
        assert {n for n in told if n in answer.headers} == headers & told, path
        if "Link" in answer.headers and answer.json is not None:
            assert "Link" in headers, path
        if "ETag" in headers:
            sent = {"If-None-Match": answer.headers["ETag"]}
            again = client.get(path, query_string=query, headers=sent)
            assert again.status_code == 304, path
            asked += 1
    assert asked > 15


def test_what_is_made_says_where_it_stands_and_its_tag(
    client: FlaskClient, spec: dict[str, Any]
) -> None:
    made = spec["paths"]["/api/v1/entries"]["post"]
    assert {"ETag", "Location", "Glossary-Revision"} <= set(
        made["responses"]["201"]["headers"]
    )
    assert "Idempotency-Key" in {p["name"] for p in made["parameters"]}
    later = spec["paths"]["/api/v1/imports"]["post"]
    assert {"Prefer", "Idempotency-Key"} <= {p["name"] for p in later["parameters"]}
    assert "Location" in later["responses"]["202"]["headers"]


@pytest.mark.parametrize(
    "query",
    [
        *(
            "主权",
            "XXDGGX",
            "xīnxíng dàguó guānxì",
            "new type of great power relations",
        ),
        *("新型大國關係", "不冲突不对抗", "soveriegnty", "国数位落差", "*主权"),
        *(
            "ㄓㄨˇ ㄑㄩㄢˊ",
            "chu ch'üan",
            "one china",
            "中国的主权",
            "respect  sovereignty",
        ),
    ],
)
def test_every_tier_and_way_of_a_hit_stands_in_the_document(
    client: FlaskClient, spec: dict[str, Any], query: str
) -> None:
    schema = {"$ref": "#/components/schemas/Lookup", "components": spec["components"]}
    answer = client.get("/api/v1/lookup", query_string={"q": query, "limit": 50})
    assert list(Draft202012Validator(schema).iter_errors(answer.json)) == []


def test_the_ways_of_the_document_are_those_that_pages_have_words_for() -> None:
    assert [way for way in VIAS if way not in WORDS] == []


def test_no_two_shapes_of_the_document_share_a_name() -> None:
    names: dict[str, set[str]] = {}
    for module in (answer, curation, editing, lookup_answer, noun_answer, people):
        for name, kind in vars(module).items():
            if isinstance(kind, type) and issubclass(kind, Schema):
                short = name.removesuffix("Schema").removesuffix("Answer")
                names.setdefault(short, set()).add(f"{kind.__module__}.{name}")
    assert {n: kinds for n, kinds in names.items() if len(kinds) > 1} == {}


def test_every_parameter_and_field_says_what_it_is(spec: dict[str, Any]) -> None:
    silent = [
        f"{method} {path}: {parameter['name']}"
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
        for parameter in operation["parameters"]
        if not parameter.get("description")
    ]
    for name, schema in spec["components"]["schemas"].items():
        for field, told in schema.get("properties", {}).items():
            if not {"description", "$ref"} & set(told):
                silent.append(f"{name}.{field}")
    assert silent == []


def test_no_meaning_is_kept_of_what_is_not_there(spec: dict[str, Any]) -> None:
    meanings = json.loads(
        (Path(contract.__file__).parent / "descriptions.json").read_bytes()
    )
    told = json.dumps(spec, ensure_ascii=False)
    kept = {text for kind in meanings.values() for text in kind.values()}
    assert {text for text in kept if json.dumps(text)[1:-1] not in told} == set()


_TEXT = {"text": "不冲突、不对抗"}
_TERMS = {**_TEXT, "shape": "terms"}
_PAIR = {"pairs": [{"source": "不冲突、不对抗", "target": "no conflict"}]}


@pytest.mark.parametrize(
    ("call", "body", "kind"),
    [
        ("annotate", {**_TERMS, "format": "tsv"}, "application/json"),
        ("annotate", {**_TERMS, "format": "markdown"}, "application/json"),
        ("annotate", _TEXT, "application/x-ndjson"),
        ("check", {**_PAIR, "format": "csv"}, "application/json"),
        ("check", {**_PAIR, "format": "sarif"}, "application/json"),
        ("check", _PAIR, "application/x-ndjson"),
    ],
)
def test_the_document_names_each_kind_that_a_text_is_sent_and_answered_as(
    client: FlaskClient, spec: dict[str, Any], call: str, body: Any, kind: str
) -> None:
    described = spec["paths"][f"/api/v1/{call}"]["post"]
    answer = client.post(f"/api/v1/{call}", data=json.dumps(body), content_type=kind)
    assert answer.status_code == 200, answer.text
    assert kind in described["requestBody"]["content"]
    schema = described["responses"]["200"]["content"][answer.mimetype]["schema"]
    is_json = answer.mimetype.endswith("+json") or answer.is_json
    assert (schema == {}) is is_json
