"""LanguageTool's interface: the bytes that clients send, the answers they read."""

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from tests.web.tools.behind import Behind, behind

OLD = "new type of great power relations"
NEW = "new model of major-country relationship"
FORM = "application/x-www-form-urlencoded"


def check(client: FlaskClient, **fields: str) -> list[dict[str, Any]]:
    answer = client.post("/v2/check", data=fields)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = json.loads(answer.data)["matches"]
    return found


def cut(text: str, match: dict[str, Any]) -> str:
    """Return what a client that counts in UTF-16 marks."""
    start, length = 2 * match["offset"], 2 * match["length"]
    return text.encode("utf-16-le")[start : start + length].decode("utf-16-le")


def test_a_superseded_wording_is_marked_with_what_to_use(client: FlaskClient) -> None:
    text = f"They discussed a {OLD}."
    (match,) = check(client, text=text, language="en-US")
    assert cut(text, match) == OLD
    assert match["message"] == f"“{OLD}” is superseded; use “{NEW}”."
    assert match["replacements"][0] == {"value": NEW}
    assert match["rule"]["id"] == "GLOSSARY_SUPERSEDED"
    assert match["rule"]["urls"][0]["value"].endswith(
        "/entries/new-model-of-major-country-relationship"
    )
    context = match["context"]
    shown = context["text"][context["offset"] :][: context["length"]]
    assert shown == OLD
    assert match["sentence"] == text


def test_what_is_wrong_only_as_a_rendering_is_told_of_beside_its_source(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    terms = [
        {"lang": "zh-Hans", "text": "两会期间盛况", "status": "preferred"},
        {"lang": "en", "text": "festive sessions", "status": "preferred"},
        {"lang": "en", "text": "two meetings of joy", "status": "deprecated"},
    ]
    document = {"id": "sessions", "state": "approved", "terms": terms}
    assert (
        client.post("/api/v1/entries", json=document, headers=editor).status_code == 201
    )
    text = "They had two meetings of joy."
    assert check(client, text=text, language="en-US", level="picky") == []
    assert check(client, text=text, language="en-US", srctext="他们会面。") == []
    source = "两会期间盛况空前。"
    (match,) = check(client, text=text, language="en-US", srctext=source)
    assert match["replacements"] == [{"value": "festive sessions"}]
    (match,) = check(client, text="the One Belt One Road initiative", language="en-US")
    assert match["rule"]["id"] == "GLOSSARY_SUPERSEDED"


def test_wordings_that_render_two_things_are_not_inconsistent(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    terms = [
        {"lang": "zh-Hans", "text": "脱勾", "status": "preferred"},
        {"lang": "zh-Hans", "text": "脱勾断供"},
        {"lang": "en", "text": "unhooking"},
        {"lang": "en", "text": "unhooking of supplies", "renders": ["脱勾断供"]},
    ]
    document = {"id": "unhooking", "state": "approved", "terms": terms}
    assert (
        client.post("/api/v1/entries", json=document, headers=editor).status_code == 201
    )
    text = "Unhooking is one thing, the unhooking of supplies another."
    assert check(client, text=text, language="en-US", level="picky") == []


def test_offsets_are_utf_16(client: FlaskClient) -> None:
    text = f"𠮷野家🙂🙂 {OLD} 🙂 and again: {OLD}"
    matches = check(client, text=text, language="zh-CN")
    assert [cut(text, match) for match in matches] == [OLD, OLD]
    for match in matches:
        context = match["context"]
        assert cut(context["text"], context) == OLD


@pytest.mark.parametrize(
    ("body", "agent"),
    [
        (f"text=R&D 100% win+win “一带一路”;\n{OLD}&language=en-US", ""),
        (
            f"text=R&D 100% win+win “一带一路”;\n{OLD}&language=en-US&username=a",
            "",
        ),
        (
            urlencode(
                {"text": f"R&D 100% win+win “一带一路”;\n{OLD}", "language": "en-US"}
            ),
            "Java/17",
        ),
    ],
)
def test_libreoffices_raw_body_and_an_encoded_one_mean_the_same(
    client: FlaskClient, body: str, agent: str
) -> None:
    text = f"R&D 100% win+win “一带一路”;\n{OLD}"
    headers = {"User-Agent": agent, "Content-Type": FORM}
    answer = client.post("/v2/check", data=body.encode(), headers=headers)
    found = json.loads(answer.data)
    assert [cut(text, match) for match in found["matches"]] == [OLD]
    assert found["language"]["code"] == "en-US"


def test_what_omegat_sends_gets_a_bilingual_check(client: FlaskClient) -> None:
    body = urlencode(
        {
            "text": "China and the US should properly handle differences.",
            "srctext": "构建新型大国关系，妥善处理分歧。",
            "language": "en-US",
            "motherTongue": "zh-CN",
            "disabledCategories": "FOO",
        }
    )
    headers = {"User-Agent": "OmegaT", "Content-Type": FORM}
    answer = client.post("/v2/check", data=body.encode(), headers=headers)
    assert json.loads(answer.data)["matches"] == []
    body += "&level=picky"
    answer = client.post("/v2/check", data=body.encode(), headers=headers)
    (match,) = json.loads(answer.data)["matches"]
    assert match["rule"]["id"] == "GLOSSARY_MISSING"
    assert (match["offset"], match["length"]) == (0, len("China"))
    assert "新型大国关系" in match["message"]
    assert NEW in match["message"]
    assert (
        match["message"].startswith("“新型大国关系”未译出") or "应" in match["message"]
    )
    assert match["replacements"] == []
    right = f"Build a {NEW} and properly handle differences."
    fields = {"srctext": "构建新型大国关系，妥善处理分歧。", "language": "en-US"}
    assert check(client, text=right, **fields) == []
    (wrong,) = check(client, text=right.replace(NEW, OLD), **fields)
    assert (wrong["rule"]["id"], cut(right.replace(NEW, OLD), wrong)) == (
        "GLOSSARY_SUPERSEDED",
        OLD,
    )


def test_what_stands_instead_is_marked_where_it_stands(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    """Only for the picky where it is no wrong wording, but another term's."""

    def stored(
        id_: str, english: str, chinese: str, *relations: dict[str, str]
    ) -> None:
        terms = [
            {"lang": "en", "text": english, "status": "preferred"},
            {"lang": "zh-Hans", "text": chinese, "status": "preferred"},
        ]
        told = {"id": id_, "state": "approved", "terms": terms, "relations": relations}
        answer = client.post("/api/v1/entries", json=told, headers=editor)
        assert answer.status_code == 201, answer.text

    stored("grave", "gravely alarmed", "深感震惊")
    stored("shaken", "deeply shaken", "深受震撼", {"type": "weaker", "entry": "grave"})
    source, text = "代表团深受震撼。", "🙂 The delegates were GRAVELY ALARMED."
    asked = {"text": text, "language": "en", "srctext": source}
    assert check(client, **asked) == []
    (match,) = check(client, **asked, level="picky")
    assert (match["rule"]["id"], cut(text, match)) == (
        "GLOSSARY_MISSING",
        "GRAVELY ALARMED",
    )
    assert match["replacements"] == [{"value": "DEEPLY SHAKEN"}]


def test_what_need_not_be_wrong_is_told_to_the_picky_alone(
    client: FlaskClient,
) -> None:
    # A wrong wording of two words in another form is advice.
    text = "They had historical meetings."
    fields = {"srctext": "历史性会晤", "text": text, "language": "en"}
    assert check(client, **fields) == []
    (match,) = check(client, **fields, level="picky")
    assert cut(text, match) == "historical meetings"


def test_omegats_probe_and_an_empty_text_are_answered(client: FlaskClient) -> None:
    body = b"text=Test&language=en-US&disabledCategories=FOO"
    answer = client.post("/v2/check", data=body, content_type=FORM)
    found = json.loads(answer.data)
    assert (found["software"]["apiVersion"], found["matches"]) == (1, [])
    assert check(client, text="", srctext="新型大国关系", language="en") == []


def test_markup_is_skipped_and_offsets_are_those_of_the_whole(
    client: FlaskClient,
) -> None:
    parts = [
        {"markup": "<p>🙂"},
        {"text": "A new type of "},
        {"markup": "<b>"},
        {"text": "great power"},
        {"markup": "</b>", "interpretAs": ""},
        {"text": " relations."},
        {"markup": "<br/>", "interpretAs": "\n"},
        {"text": OLD},
    ]
    whole = "".join(part.get("text") or part["markup"] for part in parts)
    data = json.dumps({"annotation": parts})
    marked = [cut(whole, m) for m in check(client, data=data, language="en-GB")]
    assert marked == ["new type of <b>great power</b> relations", OLD]


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({"disabledRules": "GLOSSARY_SUPERSEDED,X"}, 0),
        ({"disabledCategories": "TERMINOLOGY"}, 0),
        ({"enabledOnly": "true", "enabledRules": "X"}, 0),
        ({"enabledOnly": "true", "enabledCategories": "TERMINOLOGY"}, 1),
        ({"language": "auto"}, 1),
        ({"language": "de-DE"}, 0),
    ],
)
def test_clients_choose_rules(
    client: FlaskClient, fields: dict[str, str], number: int
) -> None:
    found = check(client, **{"text": OLD, "language": "en", **fields})
    assert len(found) == number


def test_two_wordings_for_one_thing_are_a_hint_for_the_picky(
    client: FlaskClient,
) -> None:
    text = f"A {NEW} is no slogan. The new model of major-country relations matters."
    assert check(client, text=text, language="en") == []
    (match,) = check(client, text=text, language="en", level="picky")
    assert match["rule"]["id"] == "GLOSSARY_INCONSISTENT"
    assert match["replacements"] == [{"value": NEW}]


def test_every_variant_is_listed(client: FlaskClient) -> None:
    for answer in (client.get("/v2/languages"), client.post("/v2/languages")):
        listed = {each["longCode"] for each in json.loads(answer.data)}
        assert {"en", "en-US", "en-GB", "zh", "zh-CN", "zh-TW", "zh-HK"} <= listed
    assert client.get("/v2/healthcheck").text == "OK"


def test_errors_are_lines_of_text_and_pages_of_any_site_may_ask(
    client: FlaskClient,
) -> None:
    missing = client.post("/v2/check", data={"language": "en"})
    assert (missing.status_code, missing.mimetype) == (400, "text/plain")
    assert missing.text.startswith("Error: ")
    odd = client.get("/v2/check?text=a&language=?")
    assert odd.status_code == 400
    bad = client.post("/v2/check", data={"data": "{", "language": "en"})
    assert bad.status_code == 400
    preflight = client.options("/v2/check", headers={"Origin": "moz-extension://x"})
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"


def test_a_real_languagetool_behind_ours_adds_its_matches(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with behind(database, monkeypatch) as client:
        fields = {
            "text": f"teh {OLD}",
            "language": "en-US",
            "srctext": "",
            "apiKey": "x",
        }
        answer = json.loads(client.post("/v2/check", data=fields).data)
        assert [m["offset"] for m in answer["matches"]] == [0, 4]
        assert answer["warnings"] == {"incompleteResults": False}
        assert client.seen[0].startswith("text=teh+new+type")  # type: ignore[attr-defined]
        assert "apiKey" not in client.seen[0]  # type: ignore[attr-defined]
        listed = {
            each["longCode"] for each in json.loads(client.get("/v2/languages").data)
        }
        assert {"de-DE", "zh-CN"} <= listed


@pytest.mark.parametrize("how", [{"delay": 2.0}, {"status": 500}])
def test_when_it_fails_ours_come_alone_with_a_warning(
    database: Path, monkeypatch: pytest.MonkeyPatch, how: dict[str, Any]
) -> None:
    with behind(database, monkeypatch, **how) as client:
        for _ in range(2):
            fields = {"text": f"teh {OLD}", "language": "en-US"}
            answer = json.loads(client.post("/v2/check", data=fields).data)
            assert [m["offset"] for m in answer["matches"]] == [4]
            assert answer["warnings"]["incompleteResults"] is True
            assert "127.0.0.1" in answer["warnings"]["incompleteResultsReason"]
        # One that does not answer is left in peace for a while.
        assert len(client.seen) == (1 if "delay" in how else 2)  # type: ignore[attr-defined]


def test_one_that_answers_byte_by_byte_holds_nobody_up(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trickle(self: Behind, document: object) -> None:
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(OSError):
            for at in range(len(body)):
                self.wfile.write(body[at : at + 1])
                time.sleep(0.1)

    with behind(database, monkeypatch, answer=trickle) as client:
        fields = {"text": f"teh {OLD}", "language": "en-US"}
        begin = time.monotonic()
        answer = json.loads(client.post("/v2/check", data=fields).data)
        assert time.monotonic() - begin < 2
        assert [m["offset"] for m in answer["matches"]] == [4]
        assert answer["warnings"]["incompleteResults"] is True


@pytest.mark.parametrize(
    "wording",
    [
        *("two meetings", "joint declaration", "security guarantees", "deploring"),
        *("severe consequences", "G8", "Trans-Pacific Partnership", "military region"),
        *("phase out fossil fuels", "key interests", "early completion", "East Sea"),
        *("historical meeting", "Taiwan government", "internment camps", "hegemony"),
        *("strategic understanding", "peaceful unification", "conceal"),
    ],
)
def test_what_is_wrong_as_a_rendering_only_is_right_in_an_english_text(
    client: FlaskClient, wording: str
) -> None:
    assert check(client, text=f"They spoke of {wording}.", language="en-US") == []


def test_a_replacement_brings_no_second_article(client: FlaskClient) -> None:
    for text, better in (
        ("They joined the One Belt One Road plan.", "Belt and Road"),
        ("They joined One Belt One Road.", "the Belt and Road"),
    ):
        (match,) = check(client, text=text, language="en-US")
        assert match["replacements"][0]["value"].lower() == better.lower()


@pytest.mark.parametrize(
    "wording", ["One Belt One Road", "One Belt, One Road", "OBOR", "one belt, one road"]
)
def test_what_is_wrong_anywhere_is_marked_in_an_english_text(
    client: FlaskClient, wording: str
) -> None:
    text = f"They spoke of {wording}."
    (match,) = check(client, text=text, language="en-US")
    assert cut(text, match) == wording
    assert match["rule"]["id"] == "GLOSSARY_SUPERSEDED"
