"""`POST /annotate` and `POST /check` as clients meet it."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import docx
import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

COMMUNIQUE = (
    Path(__file__).parents[2] / "curation" / "communique-2014-02-14.txt"
).read_text("utf-8")
CHINESE = "😀构建中美新型大国关系"
OLD = "new type of great power relations"


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
    assert len(matches) > 1
    for match in matches:
        raw = text.encode(codec)[match["start"] * size : match["end"] * size]
        assert raw.decode(codec) == match["text"]


def test_several_texts_are_answered_in_their_order(client: FlaskClient) -> None:
    answer = asked(client, texts=["mutual respect", "", CHINESE])
    assert [bool(text["matches"]) for text in answer["texts"]] == [True, False, True]
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


def test_what_is_asked_again_is_answered_as_the_first_time(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    sent = json.dumps({"text": CHINESE})
    kind = {"Content-Type": "application/json"}
    first = client.post("/api/v1/annotate", data=sent, headers=kind)
    again = client.post("/api/v1/annotate", data=sent, headers=kind)
    assert again.data == first.data
    told = json.loads(first.data)
    now = f"{told['epoch']}-{told['revision']}"
    assert again.headers["Glossary-Revision"] == now
    wrong = client.post("/api/v1/annotate?x=1", data=sent, headers=kind)
    assert wrong.status_code == 422
    body = {"id": "zhongmei", "terms": [{"lang": "zh-Hans", "text": CHINESE[1:]}]}
    assert client.post("/api/v1/entries", json=body, headers=editor).status_code == 201
    new = json.loads(client.post("/api/v1/annotate", data=sent, headers=kind).data)
    assert new["matches"][0]["entry"] == "zhongmei"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "a", "texts": ["a"]},
        {"text": 1},
        {"text": "a", "offsets": "byte"},
        {"text": "a", "from": "?"},
        {"text": "a", "glossarium": "diplomatic"},
        {"texts": "a"},
    ],
)
def test_a_body_that_breaks_a_rule_is_refused(
    client: FlaskClient, body: dict[str, Any]
) -> None:
    assert client.post("/api/v1/annotate", json=body).status_code == 422


@pytest.mark.parametrize("path", ["annotate", "check"])
def test_what_is_wrong_with_a_body_is_told_before_the_wordings_are_gathered(
    client: FlaskClient, path: str
) -> None:
    recognition = client.application.extensions["glossary"].recognition
    assert client.post(f"/api/v1/{path}", json={"txt": "联合国"}).status_code == 422
    assert not recognition.is_gathered
    asked(client, text="联合国")
    assert recognition.is_gathered
    assert client.post(f"/api/v1/{path}", json={"txt": "联合国"}).status_code == 422


def test_reading_by_post_needs_no_token_unless_reads_are_closed(
    client: FlaskClient,
) -> None:
    wrong = {"Authorization": "Bearer gls_wrong"}
    answer = client.post("/api/v1/annotate", json={"text": "a"}, headers=wrong)
    assert answer.status_code == 401


def test_the_answers_are_what_the_document_says(client: FlaskClient) -> None:
    spec = json.loads(client.get("/openapi.json").data)
    for described in spec["components"]["schemas"].values():
        described["additionalProperties"] = False
    pairs = [
        {"source": CHINESE, "target": target}
        for target in ("", "China", "a new type of great power relations")
    ]
    calls: list[tuple[str, str, Any]] = [
        ("annotate", "Annotate", {"text": CHINESE}),
        ("annotate", "Annotate", {"texts": [CHINESE, "new model"]}),
        ("check", "Check", {"pairs": pairs, "all": True}),
    ]
    for path, shape, body in calls:
        answer = json.loads(client.post(f"/api/v1/{path}", json=body).data)
        described = {
            "$ref": f"#/components/schemas/{shape}",
            "components": spec["components"],
        }
        assert list(Draft202012Validator(described).iter_errors(answer)) == []


def test_pairs_are_checked_with_counts_and_spans(client: FlaskClient) -> None:
    pairs = [
        {"id": "1", "source": "😀新型大国关系", "target": "They met at noon."},
        {"id": "2", "source": "相互尊重", "target": "mutual respect"},
    ]
    body = {"pairs": pairs, "offsets": "utf16"}
    answer = client.post(
        "/api/v1/check", json=body, headers={"Accept-Language": "zh-CN"}
    )
    told = json.loads(answer.data)
    assert told["summary"] == {
        "pairs": 2,
        "ok": 1,
        "admitted": 0,
        "forbidden": 0,
        "missing": 1,
        "advice": 0,
    }
    (finding,) = told["pairs"][0]["findings"]
    assert finding["source"] == {"start": 2, "end": 8, "text": "新型大国关系"}
    assert finding["target"] is None
    assert finding["message"].startswith("“新型大国关系”没有译出")
    assert told["pairs"][1] == {"id": "2", "findings": []}
    every = json.loads(client.post("/api/v1/check", json={**body, "all": True}).data)
    assert every["pairs"][1]["findings"][0]["verdict"] == "ok"


def test_lines_are_answered_one_by_one_as_they_come(client: FlaskClient) -> None:
    lines = [{"text": "mutual respect"}, {"text": 1}, {"texts": [CHINESE]}]
    body = "\n".join([*map(json.dumps, lines), "{nonsense"])
    kind = {"Content-Type": "application/x-ndjson"}
    answer = client.post("/api/v1/annotate", data=body, headers=kind)
    assert answer.mimetype == "application/x-ndjson"
    told = [json.loads(line) for line in answer.text.splitlines()]
    assert told[0]["matches"][0]["text"] == "mutual respect"
    assert (told[1]["line"], told[1]["errors"][0]["pointer"]) == (2, "/text")
    assert told[2]["texts"][0]["matches"]
    assert (told[3]["line"], told[3]["code"]) == (4, "unreadable")
    pair = {"pairs": [{"source": "新型大国关系", "target": ""}]}
    answer = client.post("/api/v1/check", data=json.dumps(pair), headers=kind)
    assert json.loads(answer.text)["summary"]["missing"] == 1


def shaped(client: FlaskClient, how: str, text: str) -> Any:
    answer = client.post(f"/api/v1/annotate?{how}", json={"text": text})
    assert answer.status_code == 200, answer.text
    return answer


def test_each_term_of_a_text_is_listed_once_in_a_fraction_of_the_answer(
    client: FlaskClient,
) -> None:
    whole = client.post("/api/v1/annotate", json={"text": COMMUNIQUE})
    short = shaped(client, "shape=terms", COMMUNIQUE)
    assert len(short.data) * 20 < len(whole.data)
    matches, terms = json.loads(whole.data)["matches"], json.loads(short.data)["terms"]
    named: dict[str, set[tuple[str, str]]] = {}
    usable: dict[str, list[str]] = {}
    for match in matches:
        own = named.setdefault(match["text"], set())
        own.add((match["entry"], match["term"]["text"]))
        allowed = [
            each
            for each in match["equivalents"]
            if each["status"] in {"preferred", "admitted"}
        ]
        same = [e["text"] for e in allowed if e["lang"] == allowed[0]["lang"]]
        usable.setdefault(match["text"], same)
    sources = [term["source"] for term in terms]
    # The first text of each term, in the order of the text.
    firsts = [t for at, t in enumerate(named) if named[t] not in [*named.values()][:at]]
    assert sources == firsts
    for term in terms:
        expected = list(dict.fromkeys(usable[term["source"]]))
        assert term["target"][: len(expected)] == expected
        assert not set(term.get("avoid", ())) & set(term["target"])


def test_a_long_text_has_its_terms_in_fewer_characters_than_it_has_itself(
    client: FlaskClient,
) -> None:
    # For a model that is paid by the word.
    table = shaped(client, "shape=terms&format=tsv", COMMUNIQUE).text
    assert table.count("\n") > 100
    assert len(table) < len(COMMUNIQUE)
    asked_for = {"text": COMMUNIQUE, "state": "approved", "format": "tsv"}
    vouched = client.post("/api/v1/annotate?shape=terms", json=asked_for).text
    assert vouched.count("\n") > 50
    assert len(vouched) <= 4728
    # As JSON too, which says nothing of what is empty.
    asked_for["format"] = "json"
    answer = client.post("/api/v1/annotate?shape=terms", json=asked_for)
    assert len(answer.json["terms"]) > 50
    assert len(answer.text) <= 4728
    assert all(all(term.values()) for term in answer.json["terms"])


def test_a_term_is_listed_in_the_script_that_is_asked_for(client: FlaskClient) -> None:
    text = "Stressing mutual respect, both sides stressed win-win cooperation."
    for to, written in (("zh-Hans", "强调"), ("zh-Hant", "強調")):
        terms = asked(client, text=text, shape="terms", to=to)["terms"]
        (said,) = [t for t in terms if t["source"].casefold().startswith("stress")]
        assert said["source"] == "Stressing"
        assert said["target"][0] == written
        assert not ({"强调", "強調"} - {written}) & set(said["target"])


def test_what_not_to_write_and_what_nobody_vouches_for_is_said(
    client: FlaskClient,
) -> None:
    (term,) = asked(client, text="构建新型大国关系", shape="terms")["terms"]
    assert term["source"] == "新型大国关系"
    assert term["target"][0] == "new model of major-country relationship"
    assert "new type of great power relations" in term["avoid"]
    lines = asked(client, texts=[CHINESE, ""], shape="terms")["texts"]
    assert [len(each["terms"]) > 0 for each in lines] == [True, False]


def test_terms_are_had_as_tables(client: FlaskClient) -> None:
    text = "构建新型大国关系，相互尊重，相互尊重"
    tsv = shaped(client, "shape=terms&format=tsv", text)
    assert tsv.mimetype == "text/tab-separated-values"
    rows = list(csv.DictReader(io.StringIO(tsv.text), delimiter="\t"))
    assert [row["source"] for row in rows] == ["新型大国关系", "相互尊重"]
    markdown = shaped(client, "shape=terms&format=markdown", text)
    assert markdown.text.startswith("| source | target | avoid | note |\n| --- |")
    assert markdown.text.count("\n") == 4
    for wrong in ("format=tsv", "shape=words", "shape=terms&format=pdf"):
        answer = client.post(f"/api/v1/annotate?{wrong}", json={"text": text})
        assert answer.status_code == 422, wrong


def test_findings_are_had_as_csv_sarif_and_a_word_table(client: FlaskClient) -> None:
    pairs = [
        {"id": "a", "source": "相互尊重", "target": "mutual respect"},
        {"id": "b", "source": "新型大国关系", "target": f"a {OLD}"},
    ]
    csv_ = checked_as(client, "?format=csv", pairs=pairs, all=True)
    assert csv_.headers["Content-Disposition"].endswith("findings.csv")
    rows = list(csv.DictReader(io.StringIO(csv_.data.decode("utf-8-sig"))))
    assert [(row["line"], row["id"], row["verdict"]) for row in rows] == [
        ("1", "a", "ok"),
        ("2", "b", "forbidden"),
    ]
    log = json.loads(checked_as(client, pairs=pairs, format="sarif").data)
    (result,) = log["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("forbidden", "error")
    (place,) = result["locations"]
    assert place["physicalLocation"]["region"] == {"startLine": 2}
    assert place["logicalLocations"] == [{"name": "b", "kind": "element"}]
    table = checked_as(client, "?format=docx", "zh-CN", pairs=pairs)
    cells = [
        [cell.text for cell in row.cells]
        for row in docx.Document(io.BytesIO(table.data)).tables[0].rows
    ]
    assert cells[0] == ["原文", "译文", "检查结果"]
    assert cells[1] == ["相互尊重", "mutual respect", ""]
    assert cells[2][:2] == ["新型大国关系", f"a {OLD}"]
    line = json.dumps({"pairs": pairs, "format": "csv"})
    kind = {"Content-Type": "application/x-ndjson"}
    told = json.loads(client.post("/api/v1/check", data=line, headers=kind).data)
    assert told["errors"][0]["pointer"] == "/format"


def checked_as(
    client: FlaskClient, how: str = "", language: str = "en", **body: Any
) -> Any:
    headers = {"Accept-Language": language}
    answer = client.post(f"/api/v1/check{how}", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer


def test_each_entry_of_a_text_stands_once_and_its_places_name_it(
    client: FlaskClient,
) -> None:
    text = "相互尊重，新型大国关系，相互尊重"
    whole = asked(client, text=text)["matches"]
    told = json.loads(shaped(client, "shape=entries", text).data)
    names = [entry["entry"] for entry in told["entries"]]
    assert names == ["mutual-respect", "new-model-of-major-country-relationship"]
    entries = dict(zip(names, told["entries"], strict=True))
    for place, match in zip(told["places"], whole, strict=True):
        assert (place["start"], place["text"]) == (match["start"], match["text"])
        listed = entries[place["entry"]]["equivalents"]
        assert [listed[at] for at in place["equivalents"]] == match["equivalents"]
