import json
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from glossary.curation import changes
from glossary.store import open_store
from tests.nouns import entry
from tests.running import Server

NEW = "new model of major-country relationship"


def units(client: FlaskClient, path: str) -> list[dict[str, Any]]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = json.loads(answer.data)
    return found


def test_weblate_asks_for_languages_and_then_for_a_segment(client: FlaskClient) -> None:
    known = json.loads(client.get("/tmserver/languages/").data)
    assert {"zh_hans", "en"} <= set(known["sourceLanguages"])
    text = quote("新型大国关系", safe="")
    first, *rest = units(client, f"/tmserver/zh_hans/en/unit/{text}")
    assert (first["source"], first["target"]) == ("新型大国关系", NEW)
    assert (first["quality"], first["context"]) == (100.0, "")
    assert all(each["quality"] < 100 for each in rest)
    assert not any("great power" in each["target"] for each in rest)


def test_case_and_hyphens_cost_a_little(client: FlaskClient) -> None:
    text = quote("New Model of Major Country Relationship", safe="")
    first = units(client, f"/tmserver/en/zh_cn/unit/{text}")[0]
    assert (first["target"], first["quality"]) == ("新型大国关系", 99.0)


@pytest.mark.parametrize("text", ["战/略//伙/伴", "100% /?&+#", "a/../b"])
def test_slashes_and_signs_in_the_text_are_text(
    server: Server, database: Any, text: str
) -> None:
    from_store(database, text)
    for root in ("/tmserver", "/api/v1"):
        path = f"{root}/zh/en/unit/{quote(text, safe='')}"
        found = server.call("GET", path)[1]
        assert (found[0]["target"], found[0]["quality"]) == ("rendering", 100.0)
        assert all(each["quality"] < 100 for each in found[1:])


def from_store(database: Any, text: str) -> None:
    store = open_store(str(database))
    terms = [
        {"lang": "zh-Hans", "text": text, "status": "preferred"},
        {"lang": "en", "text": "rendering", "status": "preferred"},
    ]
    changes.create(store, entry(id="odd", terms=terms), by="test")
    store.close()


def test_amagama_takes_the_text_as_a_parameter_and_bounds(client: FlaskClient) -> None:
    path = "/api/v1/zh/en/unit/?source=新型大国关系&min_similarity=100&max_candidates=9"
    assert [each["target"] for each in units(client, path)] == [NEW]
    assert units(client, "/api/v1/zh/en/unit/?source=") == []
    assert units(client, "/api/v1/xx1/en/unit/?source=主权") == []
    called = client.get("/api/v1/zh/en/unit/?source=主权&jsonp=cb")
    assert called.text.startswith("/**/cb([")
