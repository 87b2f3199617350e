"""OpenRefine's reconciliation interface, and a client that speaks it."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from tests.running import Server
from tests.web.tools import reconciliation as shapes
from tests.web.tools.installed import clients, ran

MAJOR = "new-model-of-major-country-relationship"


def asked(client: FlaskClient, path: str = "", **query: Any) -> Any:
    text = {k: v if isinstance(v, str) else json.dumps(v) for k, v in query.items()}
    answer = client.get(f"/reconcile{path}", query_string=text)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return json.loads(answer.data)


def candidates(client: FlaskClient, **query: Any) -> list[dict[str, Any]]:
    answer = client.post("/reconcile", data={"queries": json.dumps({"q0": query})})
    found = json.loads(answer.data)
    assert list(Draft202012Validator(shapes.BATCH).iter_errors(found)) == []
    result: list[dict[str, Any]] = found["q0"]["result"]
    return result


@pytest.mark.parametrize(
    ("path", "query", "shape"),
    [
        ("", {}, shapes.MANIFEST),
        (
            "",
            {"queries": {"a": {"query": "新型大国关系", "type": "entry"}}},
            shapes.BATCH,
        ),
        ("", {"queries": {"a": {"query": "relations", "limit": 3}}}, shapes.BATCH),
        ("", {"queries": {}}, shapes.BATCH),
        ("/suggest/entity", {"prefix": "新型"}, shapes.ENTITIES),
        ("/suggest/entity", {"prefix": ""}, shapes.ENTITIES),
        ("/suggest/property", {"prefix": "en"}, shapes.PAIRS),
        ("/suggest/type", {"prefix": ""}, shapes.PAIRS),
        ("/properties", {"type": "entry", "limit": 3}, shapes.PROPOSED),
        (
            "",
            {"extend": {"ids": [MAJOR, "nix"], "properties": [{"id": "en"}]}},
            shapes.EXTENDED,
        ),
    ],
)
def test_answers_have_the_shape_of_the_specification(
    client: FlaskClient, path: str, query: dict[str, Any], shape: dict[str, Any]
) -> None:
    answer = asked(client, path, **query)
    assert list(Draft202012Validator(shape).iter_errors(answer)) == []


def test_a_cell_with_one_sure_entry_is_matched_by_itself(client: FlaskClient) -> None:
    (first, *_) = candidates(client, query="new model of major country relationship")
    assert (first["id"], first["match"], first["score"]) == (MAJOR, True, 100)
    traditional = candidates(client, query="新型大國關係")[0]
    assert (traditional["id"], traditional["match"]) == (MAJOR, True)
    old = candidates(client, query="new type of great power relations")[0]
    assert old["name"] == "new model of major-country relationship"
    assert "superseded" in old["description"]
    loose = candidates(client, query="major-country relations with")
    assert loose
    assert not any(each["match"] for each in loose)


def test_types_and_properties_narrow_and_weigh(client: FlaskClient) -> None:
    every = candidates(client, query="sanctions", limit=50)
    kinds = {kind["id"] for each in every for kind in each["type"]} - {"entry"}
    narrowed = candidates(client, query="sanctions", type=min(kinds), limit=50)
    assert 0 < len(narrowed) < len(every)
    for one in ("glossary", "subject"):
        nothing = [{"pid": one, "v": "nix"}]
        assert candidates(client, query="sanctions", properties=nothing) == []
    right = [{"pid": "en", "v": "New model of major country relationship"}]
    wrong = [{"pid": "en", "v": "sovereignty"}]
    scores = [
        candidates(client, query="新型大国关系", properties=each)[0]["score"]
        for each in (right, wrong)
    ]
    assert scores == [100, 50]
    assert not candidates(client, query="新型大国关系", properties=wrong)[0]["match"]


def test_a_query_that_cannot_be_asked_does_not_spoil_the_batch(
    client: FlaskClient,
) -> None:
    queries = {"a": {"query": ""}, "b": {"query": "主权"}, "c": {"query": "长" * 9999}}
    found = asked(client, queries={**queries, "d": 1})
    assert [bool(found[name]["result"]) for name in "abcd"] == [
        False,
        True,
        False,
        False,
    ]


def test_columns_are_filled_from_entries(client: FlaskClient) -> None:
    names = [each["id"] for each in asked(client, "/properties")["properties"]]
    wanted = {"ids": [MAJOR, "nix"], "properties": [{"id": name} for name in names]}
    found = asked(client, extend=wanted)
    row = {k: [v["str"] for v in values] for k, values in found["rows"][MAJOR].items()}
    assert row["zh-Hans"][0] == "新型大国关系"
    assert row["en"][0] == "new model of major-country relationship"
    assert "new type of great power relations" in row["avoid"]
    assert "MFA of China" in row["issuer"]
    assert row["glossary"] == ["diplomatic"]
    assert not any(found["rows"]["nix"].values())


def test_a_preview_may_be_framed_by_any_page(client: FlaskClient) -> None:
    place = asked(client)["preview"]["url"].replace("{{id}}", MAJOR)
    answer = client.get(place.removeprefix("http://localhost"))
    assert "新型大国关系" in answer.text
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    page = client.get("/")
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_old_pages_may_ask_by_a_script(client: FlaskClient) -> None:
    answer = client.get("/reconcile?callback=jQuery.cb_1")
    assert answer.text.startswith("/**/jQuery.cb_1({")
    assert answer.mimetype == "application/javascript"
    assert client.get("/reconcile?callback=alert(1)//").mimetype == "application/json"


@pytest.mark.parametrize(
    "query", ["queries=[", "queries=[]", "extend={}", 'extend={"ids":1}']
)
def test_what_is_no_query_is_refused_in_json(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/reconcile?{query}")
    assert answer.status_code == 400
    assert json.loads(answer.data)["status"] == "error"


def test_the_client_reconciler_matches_a_column(server: Server) -> None:
    script = """
import json, sys
import numpy, pandas
numpy.NaN = numpy.nan  # reconciler calls it as NumPy 1 did
from reconciler import reconcile
column = pandas.Series(["新型大国关系", "core interests", "主权", "没有这个词语吧"])
found = reconcile(column, type_id="entry", reconciliation_endpoint=sys.argv[1])
print(json.dumps(found[["input_value", "id", "match"]].fillna("").values.tolist()))
glossary = pandas.Series(["diplomatic", "diplomatic", "nix", "nix"])
found = reconcile(column, type_id="entry", property_mapping={"glossary": glossary},
                  reconciliation_endpoint=sys.argv[1])
print(json.dumps(found[["input_value", "id"]].fillna("").values.tolist()))
"""
    first, second = ran(clients(), script, f"{server.address}/reconcile").splitlines()
    found = {cell: (name, match) for cell, name, match in json.loads(first)}
    assert found["新型大国关系"] == (MAJOR, True)
    assert found["core interests"] == ("core-interests", True)
    assert found["主权"][0] == "sovereignty"
    assert found["没有这个词语吧"] == ("", False)
    filtered = dict(json.loads(second))
    assert (filtered["新型大国关系"], filtered["主权"]) == (MAJOR, "")
