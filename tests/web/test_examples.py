"""The examples of the contract are answers, and those of this program."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from tests.web.examples import CALLS, PLACE, asked


def shape(value: Any) -> Any:
    """Return which fields an answer has, at any depth; a list as its first item."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else None


def operations(client: FlaskClient) -> tuple[dict[str, Any], dict[str, Any]]:
    spec = json.loads(client.get("/openapi.json").data)
    calls = {c["operationId"]: c for p in spec["paths"].values() for c in p.values()}
    return spec, calls


def test_an_example_has_the_fields_that_are_answered_today(client: FlaskClient) -> None:
    kept = json.loads(PLACE.read_text(encoding="utf-8"))
    today = asked(client)
    assert list(kept) == list(CALLS)
    for name, example in kept.items():
        assert set(example["answer"]) == set(today[name]["answer"]), name
        assert example.get("request") == today[name].get("request"), name
    for name in ("get_entry", "get_lookup", "post_check", "post_annotate"):
        fields = shape(today[name]["answer"])
        assert shape(kept[name]["answer"]) == fields, "python -m tests.web.examples"


@pytest.mark.parametrize("name", CALLS)
def test_an_example_stands_in_the_contract_and_fits_its_schema(
    client: FlaskClient, name: str
) -> None:
    spec, calls = operations(client)
    places = [calls[name]["responses"]["200"]["content"]["application/json"]]
    if CALLS[name][1]:
        places.append(calls[name]["requestBody"]["content"]["application/json"])
    for place in places:
        schema = {**place["schema"], "components": spec["components"]}
        assert list(Draft202012Validator(schema).iter_errors(place["example"])) == []
