"""The entry editor works as one long form without scripts: make, edit, conflict."""

from dataclasses import MISSING
from dataclasses import fields as fields_of
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from glossary.entry import Entry, codec
from tests.nouns import curated_entries, major_country


def fields(page: str) -> dict[str, str]:
    """What a browser without scripts sends of the form of a page, as it stands.

    A field of one line holds no line ends, and those of others are sent as CR LF.
    """
    document: Any = html.fromstring(page)
    form = document.get_element_by_id("editor")
    several = {field.name for field in form.iter("textarea")}
    return {
        name: "\r\n".join((value or "").split("\n"))
        if name in several
        else (value or "").replace("\n", "")
        for name, value in form.form_values()
    }


@pytest.fixture
def token(editor: dict[str, str]) -> str:
    return editor["Authorization"].split()[1]


def row_of(sent: dict[str, str], lang: str) -> str:
    """The number of the first free row of a language."""
    return next(
        n
        for n in (name.removeprefix("lang-") for name in sent if name[:5] == "lang-")
        if sent[f"lang-{n}"] == lang and not sent[f"text-{n}"]
    )


def test_an_entry_is_made_with_a_new_source_as_one_revision(
    client: FlaskClient, token: str
) -> None:
    before = client.get("/api/v1/stats").get_json()["revision"]
    sent = fields(client.get("/edit?zh=人类命运共同体的晚餐").text)
    zh = next(n for n in "0123" if sent.get(f"text-{n}"))
    en = row_of(sent, "en")
    sent |= {
        f"text-{en}": "dinner of a shared future",
        f"source-{zh}-0": "dinner-speech-2026",
        f"quote-{zh}-0": "人类命运共同体的晚餐",
        "new-source-id": "dinner-speech-2026",
        "new-source-title-en": "Speech at dinner",
        "subjects": "protocol-matters, dinners",
        "definition-zh-Hant": "晚餐的說法",
        "relation-0": "belt-and-road-initiative",
        "reason": "新提法",
        "token": token,
        "do": "save",
    }
    made = client.post("/edit", data=sent)
    assert made.status_code == 303, made.text
    entry = client.get("/api/v1" + made.headers["Location"]).get_json()
    assert {t["text"]: t["status"] for t in entry["terms"]} == {
        "人类命运共同体的晚餐": "preferred",
        "dinner of a shared future": "preferred",
    }
    assert entry["terms"][0]["citations"][0]["source"] == "dinner-speech-2026"
    assert entry["subjects"] == ["protocol-matters", "dinners"]
    assert entry["definition"] == {"zh-Hant": "晚餐的說法"}
    versions = client.get(f"/api/v1/entries/{entry['id']}/versions").get_json()
    assert versions["items"][0]["reason"] == "新提法"
    assert client.get("/api/v1/sources/dinner-speech-2026").status_code == 200
    assert client.get("/api/v1/stats").get_json()["revision"] == before + 1


#: An entry of which every field says something, as no form of one line could.
FULL: dict[str, Any] = {
    "id": "road-of-every-field",
    "glossary": "diplomatic",
    "subjects": ["bilateral-relations", "diplomacy"],
    "definition": {"en": "One.\nTwo.", "zh-Hant": "定義", "fr": "Une définition"},
    "note": "谁也没说是哪种语言",
    "notes": {"zh-Hans": "第一行\n第二行", "en": "A note.", "ru": "Примечание"},
    "relations": [{"type": "contrast", "entry": "belt-and-road-initiative"}],
    "since": "2013",
    "until": "2020-05",
    "expected": "advice",
    "checked": {"date": "2020-01-02", "by": "somebody"},
    "state": "in-review",
    "extra": {"tool": {"x": 1}},
    "replaced_by": ["belt-and-road-initiative"],
    "terms": [
        {
            "lang": "zh-Hant-TW",
            "text": "甲；乙; 丙",
            "status": "deprecated",
            "type": "variant",
            "part_of_speech": "verb",
            "reading": "jiǎ yǐ bǐng",
            "issuer": "外交部",
            "since": "2013-01",
            "until": "2014",
            "usage": "一行\n又一行",
            "match": "exact",
            "case_sensitive": True,
            "renders": ["one; two", "three；four"],
            "ban": "anywhere",
            "expected": "never",
            "not_preceded_by": ["前, 後", "之; 前"],
            "not_followed_by": ["者"],
            "citations": [
                {
                    "source": "shanghai-communique-1972",
                    "locator": "p. 1",
                    "quote": "甲；乙; 丙\n丁",
                    "counterpart": {
                        "text": "one; two",
                        "quote": "one; two\nthree",
                        "locator": "para. 2",
                        "source": "joint-communique-1979",
                    },
                },
                {"source": "joint-communique-1979", "locator": "", "quote": ""},
            ],
        },
        {"lang": "fr", "text": "un", "reading": "œ̃", "status": "admitted"},
        {"lang": "en", "text": "one; two", "status": "preferred"},
        {"lang": "zh-Hans", "text": "無讀音", "status": "superseded"},
        {"lang": "en", "text": "three；four", "status": "admitted"},
    ],
}


def says_everything(noun: object, *besides: str) -> bool:
    """Whether no field of a noun has the value that it has when nothing is said."""
    return all(
        getattr(noun, field.name)
        != (
            field.default
            if field.default_factory is MISSING
            else field.default_factory()
        )
        for field in fields_of(noun)  # type: ignore[arg-type]
        if field.name not in besides
    )


def test_every_field_comes_back_from_the_form_as_it_was(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    client.post("/api/v1/entries", json=FULL, headers=editor)
    place = "/api/v1/entries/road-of-every-field"
    before = client.get(place).get_json()
    noun = codec.as_noun(before, Entry)
    first = noun.terms[0]
    assert says_everything(noun)
    # A reading of a person is no derived one, and the other way round.
    assert says_everything(first, "reading_derived")
    assert noun.terms[3].reading_derived
    assert says_everything(first.citations[0])
    assert says_everything(first.citations[0].counterpart)
    token = editor["Authorization"].split()[1]
    page = client.get("/entries/road-of-every-field/edit").text
    sent = {**fields(page), "token": token, "do": "save"}
    # Nothing hides behind the version that the form was made from.
    sent |= {name: "" for name in sent if name.startswith("at-")}
    for shown in ("2020-01-02", "tool", "belt-and-road-initiative"):
        assert shown in page
    answer = client.post("/entries/road-of-every-field/edit", data=sent)
    assert answer.status_code == 303, answer.text
    assert client.get(place).get_json() == before


def shape(noun: object) -> frozenset[str]:
    """Which fields an entry says something in, and its terms, and their citations."""
    plain, names = codec.plain(noun), set()
    for term in plain["terms"]:
        for citation in term["citations"]:
            names |= {f"c:{name}" for name, value in citation.items() if value}
            other = citation["counterpart"] or {}
            names |= {f"o:{name}" for name, value in other.items() if value}
        names |= {f"t:{name}={value}" for name, value in term.items() if name in CODED}
        names |= {f"t:{name}" for name, value in term.items() if value}
    return frozenset(names | {name for name, value in plain.items() if value})


CODED = {"lang", "status", "type", "part_of_speech", "match", "ban", "expected"}


def of_every_kind() -> list[str]:
    """Curated entries that have among them whatever an entry of the glossary has."""
    chosen, covered = [], set[str]()
    for entry in sorted(curated_entries(), key=lambda e: -len(shape(e))):
        if more := shape(entry) - covered:
            covered |= more
            chosen.append(entry.id)
    return chosen


def test_a_form_that_is_sent_back_as_it_is_changes_nothing(
    client: FlaskClient, token: str
) -> None:
    before = client.get("/api/v1/stats").get_json()["revision"]
    chosen = of_every_kind()
    assert len(chosen) > 10
    for name in chosen:
        place = f"/entries/{name}/edit"
        entry = client.get(f"/api/v1/entries/{name}").get_json()
        sent = fields(client.get(place).text) | {"token": token, "do": "save"}
        answer = client.post(place, data=sent)
        assert answer.status_code == 303, answer.text
        assert client.get(f"/api/v1/entries/{name}").get_json() == entry
    assert client.get("/api/v1/stats").get_json()["revision"] == before


def test_what_is_emptied_in_the_form_is_gone_and_what_is_new_wants_a_source(
    client: FlaskClient, editor: dict[str, str], token: str
) -> None:
    client.post("/api/v1/entries", json=FULL, headers=editor)
    place = "/entries/road-of-every-field/edit"
    sent = fields(client.get(place).text) | {"token": token, "do": "save"}
    at = next(n[7:] for n in sent if n[:7] == "source-" and "shanghai" in sent[n])
    n = at.partition("-")[0]
    wrong = {**sent, f"quote-{n}-2": "没有出处的引文"}
    refused = client.post(place, data=wrong)
    assert refused.status_code == 422
    assert "没有出处的引文" in fields(refused.text).values()
    sent |= {f"usage-{n}": "", f"source-{at}": "", f"part_of_speech-{n}": ""}
    sent |= {f"case_sensitive-{n}": "no", "note-en": "", "note": ""}
    assert client.post(place, data=sent).status_code == 303
    entry = client.get("/api/v1/entries/road-of-every-field").get_json()
    term = next(t for t in entry["terms"] if t["text"] == "甲；乙; 丙")
    assert (term["usage"], term["part_of_speech"]) == ("", None)
    assert term["case_sensitive"] is False
    sources = [(c["source"], c["counterpart"]) for c in term["citations"]]
    assert sources == [("joint-communique-1979", None)]
    assert (entry["note"], sorted(entry["notes"])) == ("", ["ru", "zh-Hans"])


def test_a_retired_entry_stays_so_when_its_form_is_saved(
    client: FlaskClient, editor: dict[str, str], token: str
) -> None:
    document = major_country(id="road-out-of-use")
    client.post("/api/v1/entries", json=document, headers=editor)
    client.delete(
        "/api/v1/entries/road-out-of-use", headers={**editor, "If-Match": "*"}
    )
    place = "/entries/road-out-of-use/edit"
    sent = fields(client.get(place).text) | {"token": token, "note-zh-Hans": "停用"}
    assert client.post(place, data={**sent, "do": "save"}).status_code == 303
    entry = client.get("/api/v1/entries/road-out-of-use").get_json()
    assert (entry["state"], entry["notes"]) == ("retired", {"zh-Hans": "停用"})


def test_nothing_is_stored_without_a_token_and_what_was_typed_stays(
    client: FlaskClient,
) -> None:
    sent = fields(client.get("/edit?en=a+phrase+of+nobody").text)
    answer = client.post("/edit", data={**sent, "do": "save", "note": "留下"})
    assert answer.status_code == 422
    assert fields(answer.text)["note"] == "留下"
    assert "a phrase of nobody" in fields(answer.text).values()


def test_a_preview_names_flaws_and_the_same_wording(client: FlaskClient) -> None:
    sent = fields(client.get("/edit?zh=一带一路&en=Belt+and+Road+Initiative").text)
    page = client.post("/edit", data={**sent, "do": "preview"}).text
    assert "The same wording appears in" in page
    found = client.post("/edit", data={**sent, "do": "look"}).get_json()
    assert found["alike"]
    assert found["problems"] == []
    rows = len([n for n in fields(page) if n.startswith("text-")])
    more = client.post("/edit", data={**sent, "do": "more"}).text
    assert len([n for n in fields(more) if n.startswith("text-")]) > rows


def conflict(
    client: FlaskClient, editor: dict[str, str], theirs: dict[str, Any], note: str
) -> Any:
    document = major_country(id="road-of-two-editors", note="甲")
    client.post("/api/v1/entries", json=document, headers=editor)
    place = "/entries/road-of-two-editors/edit"
    sent = fields(client.get(place).text)
    match = {**editor, "If-Match": '"1"'}
    api = "/api/v1/entries/road-of-two-editors"
    assert client.patch(api, json=theirs, headers=match).status_code == 200
    token = editor["Authorization"].split()[1]
    return client.post(place, data={**sent, "note": note, "token": token, "do": "save"})


def test_two_editors_of_different_fields_are_put_together(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    answer = conflict(client, editor, {"subjects": ["diplomacy"]}, "乙")
    assert answer.status_code == 412
    sent = fields(answer.text)
    assert (sent["note"], sent["subjects"], sent["version"]) == ("乙", "diplomacy", "2")
    token = editor["Authorization"].split()[1]
    place = "/entries/road-of-two-editors/edit"
    again = client.post(place, data={**sent, "token": token, "do": "save"})
    assert again.status_code == 303
    entry = client.get("/api/v1/entries/road-of-two-editors").get_json()
    assert (entry["note"], entry["subjects"]) == ("乙", ["diplomacy"])


def test_two_editors_of_one_field_are_shown_both_versions(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    answer = conflict(client, editor, {"note": "丙"}, "乙")
    assert answer.status_code == 412
    assert "/note" in answer.text
    assert "<ins>丙</ins>" in answer.text
    assert "<ins>乙</ins>" in answer.text
    assert fields(answer.text)["note"] == "乙"
    assert client.get("/api/v1/entries/road-of-two-editors").get_json()["note"] == "丙"
