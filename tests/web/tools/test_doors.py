"""The doors of other tools: what is odd is refused in words, never an error."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary.people import access
from tests.web.tools.behind import behind

MAJOR = "new-model-of-major-country-relationship"
NUMBERS = ("²", "１２x", "-1", "1e9", "9" * 30, "9" * 5000)
#: What JSON has no word for (NaN, Infinity) is no shape of it.
NUMBER = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
SHAPES = st.recursive(
    st.none() | st.booleans() | NUMBER | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["query", "type", "limit", "properties", "pid", "v", "id", "ids"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(name=st.sampled_from(["queries", "extend"]), shape=SHAPES)
def test_reconciliation_answers_json_of_any_shape(
    client: FlaskClient, name: str, shape: Any
) -> None:
    odd = client.post("/reconcile", data={name: json.dumps(shape)})
    assert odd.status_code in {200, 400, 404}
    among = {"a": shape, "b": {"query": "主权"}}
    answer = client.post("/reconcile", data={"queries": json.dumps(among)})
    assert answer.json is not None
    assert answer.json["b"]["result"][0]["id"] == "sovereignty"


def test_a_property_may_have_several_values(client: FlaskClient) -> None:
    several = {
        "pid": "en",
        "v": [{"id": "x"}, "new model of major-country relationship"],
    }
    query = {
        "query": "新型大国关系",
        "type": [{"id": "entry"}],
        "properties": [several],
    }
    sent = json.dumps({"q": query})
    answer = client.post("/reconcile", data={"queries": sent})
    assert answer.json is not None
    (first, *_) = answer.json["q"]["result"]
    assert (first["id"], first["score"]) == (MAJOR, 100)


@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_no_number_is_refused_where_a_number_is_asked(
    client: FlaskClient, number: str
) -> None:
    unit = {"source": "主权", "min_similarity": number}
    assert client.get("/tmserver/zh/en/unit/", query_string=unit).status_code == 422
    limit = client.get("/reconcile/properties", query_string={"limit": number})
    assert limit.status_code == 400
    for path in ("/api/v1/proposals/{}", "/api/v1/entries/sovereignty/versions/{}"):
        assert client.get(path.format(number)).status_code == 404
    assert client.post(f"/proposals/{number}").status_code in {404, 405}


def test_who_asks_what_may_be_asked_needs_no_key(client: FlaskClient) -> None:
    for path in ("/v2/glossaries", "/v3/glossaries", "/tmserver/languages/"):
        answer = client.options(path, headers={"Origin": "https://terms.example"})
        assert answer.status_code == 200, path
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "POST" not in answer.headers["Access-Control-Allow-Methods"]
        assert "GET" in answer.headers["Allow"]
        assert client.head(path).status_code == 200, path


@pytest.mark.usefixtures("only_sqlite")
def test_weblate_is_told_of_a_store_that_cannot_be_read(
    client: FlaskClient, database: Path
) -> None:
    assert client.get("/tmserver/zh/en/unit/主权").json
    other = sqlite3.connect(database)
    other.execute("update entry set document = '{' where id = 'sovereignty'")
    other.commit()
    other.close()
    answer = client.get("/tmserver/zh/en/unit/主权")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["code"] == "store-damaged"


def dictionary(entries: Any, **more: Any) -> dict[str, Any]:
    return {"source_lang": "ZH", "target_lang": "EN", "entries": entries, **more}


@pytest.mark.parametrize(
    "sent",
    [
        *(
            {"name": "外交", "dictionaries": odd}
            for odd in (
                [dictionary("主权,sovereignty\x00", entries_format="csv")],
                [dictionary("主" * 200_000 + ",x", entries_format="csv")],
                [dictionary("主权\tsovereignty", entries_format="xlsx")],
                [dictionary(["主权", "sovereignty"])],
                [[]],
                {},
            )
        ),
        {"name": ["外交"], "dictionaries": [dictionary("主权\tsovereignty")]},
        {"name": "外\x00交", "dictionaries": [dictionary("主权\tsovereignty")]},
        [],
        7,
    ],
)
def test_an_odd_list_of_deepls_is_refused_as_deepl_does(
    client: FlaskClient, sent: Any
) -> None:
    store = client.application.extensions["glossary"].store
    key = {"Authorization": f"DeepL-Auth-Key {access.create(store, 'weblate')}"}
    answer = client.post("/v3/glossaries", json=sent, headers=key)
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["message"]


@pytest.mark.parametrize(
    "nonsense",
    [
        [],
        {"matches": [1]},
        {"matches": [{"offset": "0", "length": 1, "message": "x"}]},
        {"matches": [{"offset": 0, "message": "x"}]},
        {"matches": [{"offset": 1.5, "length": None, "message": "x"}]},
        {"matches": {"offset": 0, "length": 1}},
        {"matches": [{"offset": 10**30, "length": 1, "message": "x"}]},
        {"matches": [{"offset": 0, "length": 1, "message": "x", "rule": 1}]},
    ],
)
def test_nonsense_of_the_server_behind_is_an_answer_that_is_not_whole(
    database: Path, monkeypatch: pytest.MonkeyPatch, nonsense: Any
) -> None:
    def answer(self: Any) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(nonsense)

    def languages(self: Any) -> None:
        self.answer([{"name": 1}, 2])

    with behind(database, monkeypatch, do_POST=answer, do_GET=languages) as client:
        sent = {"text": "new type of great power relations", "language": "en-US"}
        checked = client.post("/v2/check", data=sent).json
        assert checked is not None
        assert checked["warnings"]["incompleteResults"] is True
        assert [match["offset"] for match in checked["matches"]] == [0]
        listed = client.get("/v2/languages").json
        assert listed is not None
        assert {each["longCode"] for each in listed} >= {"en-US", "zh-CN"}


@pytest.mark.parametrize(
    "data",
    [
        *("[]", '"x"', "{}", '{"text":1}', '{"annotation":1}', '{"annotation":[{}]}'),
        '{"annotation":[{"text":["x"]}]}',
        '{"annotation":[{"markup":"<b>","interpretAs":1}]}',
    ],
)
def test_a_text_that_is_not_annotated_is_refused(
    client: FlaskClient, data: str
) -> None:
    answer = client.post("/v2/check", data={"data": data, "language": "en"})
    assert (answer.status_code, answer.text[:6]) == (400, "Error:")


@pytest.mark.parametrize("path", ["/entries/x%0Ay", "/%0A", "//evil.example/", "/"])
def test_a_language_is_chosen_on_this_site_whatever_the_address(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(f"{path}?lang=en&q=%0A", base_url="http://terms.example")
    assert answer.status_code in {303, 308, 404}
    place = answer.headers.get("Location", "/")
    assert place.startswith(("/", "http://terms.example/"))
    assert not place.startswith("//")


@pytest.mark.parametrize("path", ["/", "/reconcile", "/v2/check", "/api/v1/lookup"])
def test_a_query_string_that_is_not_utf_8_is_refused(
    client: FlaskClient, path: str
) -> None:
    environ = {"QUERY_STRING": "q=\xff\xfe"}
    answer = client.get(path, environ_overrides=environ)
    assert answer.status_code == 400


def test_a_page_to_propose_by_refuses_odd_versions(client: FlaskClient) -> None:
    for version in ("abc", "²", "9" * 5000, "-1", "0", "99"):
        form = {"version": version, "lang-0": "en", "text-0": "x"}
        answer = client.post("/entries/sovereignty/propose", data=form)
        assert answer.status_code == 422, version
