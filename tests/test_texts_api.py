"""`POST /annotate` as clients meet it."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from tests.conftest import major_country

CHINESE = "😀构建中美新型大国关系"


def asked(client: FlaskClient, **body: Any) -> Any:
    answer = client.post("/api/v1/annotate", json=body)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.data)


@pytest.mark.parametrize(
    ("unit", "codec", "size"),
    [("codepoint", "utf-32-le", 4), ("utf16", "utf-16-le", 2), ("utf8", "utf-8", 1)],
)
def test_offsets_slice_the_text_in_the_callers_unit(
    client: FlaskClient, unit: str, codec: str, size: int
) -> None:
    text = CHINESE + "，坚持相互尊重"
    matches = asked(client, text=text, offsets=unit)["matches"]
    assert len(matches) == 2
    for match in matches:
        raw = text.encode(codec)[match["start"] * size : match["end"] * size]
        assert raw.decode(codec) == match["text"]


def test_several_texts_are_answered_in_their_order(client: FlaskClient) -> None:
    answer = asked(client, texts=["mutual respect", "", CHINESE])
    assert [len(text["matches"]) for text in answer["texts"]] == [1, 0, 1]
    assert [text["from"] for text in answer["texts"]] == ["en", "en", "zh-Hans"]
    assert answer["revision"] > 0
    assert asked(client, texts=[])["texts"] == []


def test_a_term_saved_now_is_recognised_at_once(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    body = {"id": "tiaozi", "terms": [{"lang": "zh-Hans", "text": "批条子办大事"}]}
    assert asked(client, text="批条子办大事")["matches"] == []
    assert client.post("/api/v1/entries", json=body, headers=editor).status_code == 201
    (match,) = asked(client, text="批条子办大事")["matches"]
    assert match["entry"] == "tiaozi"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "a", "texts": ["a"]},
        {"text": 1},
        {"text": "a", "offsets": "byte"},
        {"text": "a", "from": "?"},
        {"text": "a", "glossary": "diplomatic"},
        {"texts": "a"},
    ],
)
def test_a_body_that_breaks_a_rule_is_refused(
    client: FlaskClient, body: dict[str, Any]
) -> None:
    assert client.post("/api/v1/annotate", json=body).status_code == 422


def test_reading_by_post_needs_no_token_unless_reads_are_closed(
    client: FlaskClient,
) -> None:
    wrong = {"Authorization": "Bearer gls_wrong"}
    answer = client.post("/api/v1/annotate", json={"text": "a"}, headers=wrong)
    assert answer.status_code == 401


def test_the_answer_is_what_the_document_says(client: FlaskClient) -> None:
    spec = json.loads(client.get("/openapi.json").data)
    shape = {"$ref": "#/components/schemas/Annotate", "components": spec["components"]}
    closed = json.loads(json.dumps(shape))
    for described in closed["components"]["schemas"].values():
        described["additionalProperties"] = False
    check = Draft202012Validator(closed)
    assert major_country()["id"] in json.dumps(asked(client, text=CHINESE))
    for body in ({"text": CHINESE}, {"texts": [CHINESE, "new model"]}):
        assert list(check.iter_errors(asked(client, **body))) == []
