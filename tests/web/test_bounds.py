"""How much text one request may ask about, said clearly where it is too much."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from glossary.recognition import snapshot
from glossary.store import open_store
from tests.nouns import entry, major_country

OLD = "new type of great power relations"
Limited = Callable[..., FlaskClient]


@pytest.fixture
def limited(served: Limited) -> Limited:
    """What makes a client of a server with some limits."""

    def made(**limits: int) -> FlaskClient:
        return served(**{name: str(most) for name, most in limits.items()})

    return made


def refused(client: FlaskClient, path: str, body: dict[str, Any]) -> str:
    """Return what is said of a body that is too large."""
    answer = client.post(f"/api/v1/{path}", json=body)
    assert answer.status_code == 413, answer.text
    problem = json.loads(answer.data)
    assert problem["code"] == "too-large"
    detail: str = problem["detail"]
    return detail


def test_a_text_that_is_too_long_is_refused_with_the_setting(limited: Limited) -> None:
    client = limited(max_text=20)
    detail = refused(client, "annotate", {"text": "国" * 21})
    assert detail == (
        "The text has 21 characters, and 20 are taken at a time; send it in parts, or "
        "raise GLOSSARY_MAX_TEXT."
    )
    refused(client, "annotate", {"texts": ["国" * 11, "国" * 10]})
    right = client.post("/api/v1/annotate", json={"texts": ["国" * 10, "国" * 10]})
    assert right.status_code == 200


def test_all_pairs_of_a_request_count_together(limited: Limited) -> None:
    client = limited(max_check=20)
    pairs = [{"source": "国" * 5, "target": "a" * 5}] * 2
    body = {"pairs": pairs}
    assert client.post("/api/v1/check", json=body).status_code == 200
    body["pairs"] = [*pairs, {"source": "", "target": "a"}]
    assert "GLOSSARY_MAX_CHECK" in refused(client, "check", body)


def test_how_long_a_request_waits_for_wordings_is_a_setting(
    served: Limited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Any store is a large one, whose wordings another process gathers.
    monkeypatch.setattr(snapshot, "_SMALL", -1)
    place = str(tmp_path / "large.db")
    with closing(open_store(place)) as store, store.write(by="a") as write:
        write.create(entry(**major_country()))
    body = {"text": "新型大国关系"}
    answers = [
        served(database=place, gather_timeout=seconds).post(
            "/api/v1/annotate", json=body
        )
        for seconds in ("0", "60")
    ]
    assert [answer.status_code for answer in answers] == [503, 200]
    assert json.loads(answers[0].data)["code"] == "not-ready"


def test_many_empty_texts_are_too_many(limited: Limited) -> None:
    client = limited(max_texts=3)
    texts = client.post("/api/v1/annotate", json={"texts": [""] * 3})
    assert texts.status_code == 200
    said = refused(client, "annotate", {"texts": [""] * 4})
    assert said.startswith("4 texts are too many, 3 are taken at a time")
    refused(client, "check", {"pairs": [{"source": "", "target": ""}] * 4})


def test_an_answer_may_not_become_too_large(limited: Limited) -> None:
    client = limited(max_answer=5_000)
    assert "GLOSSARY_MAX_ANSWER" in refused(client, "annotate", {"text": "UN " * 20})
    pairs = [{"source": "新型大国关系，" * 20, "target": OLD}]
    assert "GLOSSARY_MAX_ANSWER" in refused(client, "check", {"pairs": pairs})
    few = client.post(
        "/api/v1/check", json={"pairs": [{"source": "国", "target": "a"}]}
    )
    assert few.status_code == 200


def test_languagetool_is_bounded_too_and_says_so_in_its_way(limited: Limited) -> None:
    client = limited(max_text=100, max_check=50, max_answer=2_000)

    def asked(**fields: str) -> tuple[int, str]:
        answer = client.post("/v2/check", data={"language": "en-US", **fields})
        return answer.status_code, answer.text

    assert asked(text=OLD)[0] == 200
    status, text = asked(text="a" * 101)
    assert (status, text.partition(" ")[0]) == (413, "Error:")
    assert "GLOSSARY_MAX_TEXT" in text
    status, text = asked(text="a" * 40, srctext="国" * 11)
    assert status == 413
    assert "GLOSSARY_MAX_CHECK" in text
    status, text = asked(text=f"{OLD} {OLD} {OLD}"[:100])
    assert status == 413
    assert "GLOSSARY_MAX_ANSWER" in text


def test_a_stream_may_have_so_many_bytes(limited: Limited) -> None:
    client = limited(max_stream=100, max_text=30)
    line = json.dumps({"text": "mutual respect"}) + "\n"
    kind = {"Content-Type": "application/x-ndjson"}
    short = client.post("/api/v1/annotate", data=line * 2, headers=kind)
    assert [*map(json.loads, short.text.splitlines())][1]["matches"]
    long = client.post("/api/v1/annotate", data=line * 5, headers=kind)
    assert long.status_code == 413
    assert "GLOSSARY_MAX_STREAM" in json.loads(long.data)["detail"]
    odd = client.post(
        "/api/v1/annotate",
        data=json.dumps({"text": "a" * 31}) + "\n" + line,
        headers=kind,
    )
    refused_line, right = map(json.loads, odd.text.splitlines())
    assert (refused_line["line"], refused_line["code"]) == (1, "too-large")
    assert right["matches"]


def test_the_page_reads_no_more_than_the_settings_allow(limited: Limited) -> None:
    client = limited(max_check=60)
    answer = client.post("/read", data={"text": "国" * 31, "target": ""})
    assert answer.status_code == 422
    assert client.post("/read", data={"text": "国" * 30}).status_code == 200
