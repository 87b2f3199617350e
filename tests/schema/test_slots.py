"""A bare ellipsis in a wording is a slot once it is in, wherever it comes in."""

import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from glossary.schema import load_entry
from glossary.store import SqliteStore
from tests.nouns import entry

VISIT: dict[str, Any] = {
    "id": "visit",
    "terms": [
        {"lang": "zh-Hans", "text": "对…进行国事访问", "reading": "duì…jìnxíng"},
        {
            "lang": "en",
            "text": "pay a state visit to …",
            "renders": ["对...进行国事访问"],
            "citations": [
                {
                    "source": "communique",
                    "quote": "paid a state visit to …",
                    "counterpart": {"text": "对__进行国事访问"},
                }
            ],
        },
    ],
}


def test_wordings_and_what_names_them_have_slots() -> None:
    chinese, english = load_entry(VISIT).terms
    assert chinese.text == "对{…}进行国事访问"
    assert chinese.reading == "duì…jìnxíng"
    assert english.text == "pay a state visit to {…}"
    assert english.renders == (chinese.text,)
    (citation,) = english.citations
    assert citation.quote == "paid a state visit to …"
    assert citation.counterpart
    assert citation.counterpart.text == chinese.text


def test_one_wording_written_in_two_ways_stands_twice() -> None:
    terms = [{"lang": "en", "text": text} for text in ("take … up", "take ... up")]
    with pytest.raises(Exception, match="stands in this entry twice"):
        load_entry({"id": "x", "terms": terms})


def test_an_entry_that_is_sent_comes_back_with_slots_and_is_found(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    body = {
        "id": "a-toast",
        "state": "approved",
        "terms": [
            {"lang": "zh-Hans", "text": "举杯为……祝福", "status": "preferred"},
            {"lang": "en", "text": "raise a glass to", "status": "preferred"},
        ],
    }
    made = client.post("/api/v1/entries", json=body, headers=editor)
    assert made.status_code == 201
    assert json.loads(made.data)["terms"][0]["text"] == "举杯为{…}祝福"
    found = client.post("/api/v1/annotate", json={"text": "举杯为中法友谊祝福"})
    (match,) = (m for m in json.loads(found.data)["matches"] if m["entry"] == "a-toast")
    assert (match["via"], match["parts"]) == (["gap"], [[0, 3], [7, 9]])
    patch = {"terms": [*body["terms"], {"lang": "en", "text": "drink to …"}]}  # type: ignore[misc]
    kind = {"Content-Type": "application/merge-patch+json", "If-Match": '"1"'}
    changed = client.patch(
        "/api/v1/entries/a-toast", data=json.dumps(patch), headers={**editor, **kind}
    )
    texts = [term["text"] for term in json.loads(changed.data)["terms"]]
    assert texts == ["举杯为{…}祝福", "raise a glass to", "drink to {…}"]


def test_a_file_brings_slots_and_brings_nothing_new_the_second_time(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    table = "zh-Hans,en\n举杯为…祝福,raise a glass to ...\n".encode()
    reports = []
    for _ in range(2):
        query = {"format": "csv", "glossary": "test", "filename": "a.csv"}
        sent = client.post(
            "/api/v1/imports", query_string=query, data=table, headers=editor
        )
        reports.append(json.loads(sent.data)["counts"])
    assert reports[0]["created"] == 1
    assert reports[1]["unchanged"] == 1
    lines = client.get("/api/v1/export?format=ndjson&glossary=test").data
    (stored,) = (json.loads(line) for line in io.BytesIO(lines) if b"terms" in line)
    assert {term["text"] for term in stored["terms"]} == {
        "举杯为{…}祝福",
        "raise a glass to {…}",
    }


@pytest.mark.parametrize("name", ["ndjson", "tbx3", "tbx2", "csv", "tsv", "xlsx"])
def test_slots_come_back_from_every_format(
    client: FlaskClient, editor: dict[str, str], name: str
) -> None:
    lines = json.dumps({**VISIT, "id": "a-visit-in-pieces"}, ensure_ascii=False)

    def sent(data: bytes, form: str) -> dict[str, int]:
        query = {"format": form, "glossary": "test", "filename": f"a.{form}"}
        answer = client.post(
            "/api/v1/imports", query_string=query, data=data, headers=editor
        )
        counts: dict[str, int] = json.loads(answer.data)["counts"]
        return counts

    assert sent(lines.encode(), "ndjson")["created"] == 1
    exported = client.get(f"/api/v1/export?format={name}&glossary=test").data
    again = sent(exported, name)
    # Some formats take along the nouns that the entry names.
    assert again["unchanged"] == again["read"] >= 1
    (entry_id,) = {
        hit["entry"]
        for hit in json.loads(
            client.get("/api/v1/lookup?q=对…进行国事访问&glossary=test").data
        )["hits"]
    }
    assert entry_id == "a-visit-in-pieces"


def test_a_page_shows_a_slot_as_an_ellipsis(client: FlaskClient) -> None:
    page = client.get("/entries/at-the-invitation-of").text
    assert "应…邀请" in page
    assert "{…}" not in page


def test_the_curated_wordings_have_no_bare_ellipsis(curated: SqliteStore) -> None:
    wordings = [t.text for e in curated.all_entries() for t in e.terms]
    assert "应{…}邀请" in wordings
    assert not [text for text in wordings if "…" in text.replace("{…}", "")]
    assert entry(**VISIT).terms[0].text in wordings
