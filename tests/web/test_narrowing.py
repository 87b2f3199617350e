"""Who may read some glossaries only, with reads closed: shown those, everywhere."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from glossary import config
from glossary.curation import proposals
from glossary.entry import (
    Citation,
    Entry,
    Person,
    Profile,
    Proposal,
    Source,
    Term,
    Token,
)
from glossary.people import access, members, profiles
from glossary.store import Store, open_store
from glossary.web import create_app
from tests.web.every_route import entry, fill

API = "/api/v1"
ROOT = members.at_the_machine()


class Shut(NamedTuple):
    """A client of a closed application, what a reader of one glossary sends to it."""

    client: FlaskClient
    reader: dict[str, str]
    store: Store


@pytest.fixture
def shut(fresh: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shut]:
    """A closed application over two glossaries, and somebody who reads trade alone."""
    monkeypatch.setenv("GLOSSARY_DATABASE", fresh)
    monkeypatch.setenv("GLOSSARY_IMPORTS", str(tmp_path / "imports"))
    monkeypatch.setenv("GLOSSARY_OPEN_READS", "0")
    config.settings.cache_clear()
    made = open_store(fresh)
    fill(made)
    with made.write(by="cli") as write:
        for glossary, zh, en, wrong in (
            ("diplomatic", "自治权", "autonomy", "home rule"),
            ("trade", "免税", "duty-free", "tax exempted"),
        ):
            banned = Term(lang="en", text=wrong, status="forbidden")
            good = entry(en, glossary, zh, en)
            write.create(replace(good, terms=(*good.terms, banned)))
    made.close()
    app = create_app()
    store: Store = app.extensions["glossary"].store
    members.create(store, Person("mei"), by=ROOT, roles={"trade": "reader"})
    token = members.make_token(store, Token("mei-t", "admin", "", "mei"), by=ROOT)
    yield Shut(app.test_client(), bearer(token), store)
    store.close()
    config.settings.cache_clear()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def profile(store: Store, name: str, *glossaries: str) -> str:
    profiles.put(store, Profile(name, {}, glossaries), by=ROOT)
    return f"/p/{name}"


def asked_by_tools(
    client: FlaskClient, headers: dict[str, str], below: str = ""
) -> dict[str, Any]:
    """Ask every protocol for a term of either glossary; return what each answers."""

    def get(path: str, **form: str) -> TestResponse:
        how: dict[str, Any] = {"headers": headers}
        place = below + path
        if form:
            return client.post(place, data=form, **how)
        return client.get(place, **how)

    batch = {"a": {"query": "主权"}, "b": {"query": "关税"}}
    wanted = {"ids": ["sovereignty", "tariff"], "properties": [{"id": "en"}]}
    text = {"text": "Home rule, tax exempted.", "srctext": "自治权，免税。"}
    return {
        "languagetool": get("/v2/check", **text, language="en"),
        "reconcile": get("/reconcile", queries=json.dumps(batch)),
        "extend": get("/reconcile", extend=json.dumps(wanted)),
        "entity": get("/reconcile/suggest/entity?prefix=主"),
        "entity here": get("/reconcile/suggest/entity?prefix=关"),
        "preview": get("/reconcile/preview/tariff"),
        "tmserver": get("/tmserver/zh/en/unit/主权"),
        "tmserver here": get("/tmserver/zh/en/unit/关税"),
        "amagama": get("/api/v1/zh/en/unit/?source=主权"),
        "deepl": get("/v2/glossaries"),
        "deepl 3": get("/v3/glossaries"),
        "deepl pairs": get("/v3/glossaries/trade/entries"),
        "search bar": get("/opensearch/suggestions?q=主"),
        "search bar here": get("/opensearch/suggestions?q=关"),
        "omegat": get("/tools/omegat/finder.xml"),
    }


@pytest.mark.parametrize("below", ["", "trade", "both"])
def test_tools_of_who_reads_one_glossary_are_answered_from_it(
    shut: Shut, below: str
) -> None:
    client, reader, store = shut
    prefix = {
        "": lambda: "",
        "trade": lambda: profile(store, "alone", "trade"),
        "both": lambda: profile(store, "both", "diplomatic", "trade"),
    }[below]()
    all_ = asked_by_tools(client, bearer(access.create(store, "m", scope="reader")))
    mine = asked_by_tools(client, reader, prefix)
    assert {name: a.status_code for name, a in mine.items()} == dict.fromkeys(mine, 200)
    whole = {name: answer.text for name, answer in all_.items()}
    for name, answer in mine.items():
        assert "overeignty" not in answer.text.replace('"sovereignty":', ""), name
    texts = {name: answer.text for name, answer in mine.items()}
    assert "autonomy" in whole["languagetool"]
    assert "autonomy" not in texts["languagetool"]
    assert "duty-free" in texts["languagetool"]
    both = mine["reconcile"].get_json(force=True)
    assert [len(both[name]["result"]) for name in "ab"] == [0, 1]
    rows = mine["extend"].get_json(force=True)["rows"]
    assert rows["sovereignty"]["en"] == []
    assert [cell["str"] for cell in rows["tariff"]["en"]] == ["tariff"]
    for name in ("entity", "tmserver", "search bar"):
        assert len(whole[name]) > len(texts[name]), name
    for name in ("entity here", "tmserver here", "search bar here", "deepl pairs"):
        assert "tariff" in texts[name], name
    listed = [each["name"] for each in mine["deepl 3"].get_json()["glossaries"]]
    assert listed == ["trade"]
    again = asked_by_tools(client, bearer(access.create(store, "n", scope="reader")))
    assert {name: answer.text for name, answer in again.items()} == whole


def test_a_tool_is_refused_what_it_names_and_may_not_read(shut: Shut) -> None:
    client, reader, store = shut
    other = profile(store, "other", "diplomatic")
    asked = asked_by_tools(client, reader, other)
    about_none = {"preview", "omegat"}
    for name, answer in asked.items():
        assert answer.status_code == 403 or name in about_none, (name, answer.text)
    for path in (
        "/reconcile/preview/sovereignty",
        "/v2/glossaries/diplomatic.zh-en",
        "/v2/glossaries/diplomatic.zh-en/entries",
        "/v3/glossaries/diplomatic",
        "/v3/glossaries/diplomatic/entries",
        "/opensearch/suggestions?q=主&glossaries=diplomatic",
    ):
        assert client.get(path, headers=reader).status_code == 403, path
    query = {"query": "主权", "properties": [{"pid": "glossary", "v": "diplomatic"}]}
    sent = {"queries": json.dumps({"a": query})}
    assert client.post("/reconcile", data=sent, headers=reader).status_code == 403


def test_who_reads_one_glossary_is_shown_that_one(shut: Shut) -> None:
    client, trade, store = shut

    def get(path: str) -> TestResponse:
        return client.get(f"{API}{path}", headers=trade)

    assert [h["entry"] for h in get("/lookup?q=关税").get_json()["hits"]] == ["tariff"]
    hidden = get("/lookup?q=主权").get_json()
    assert (hidden["hits"], hidden["did_you_mean"]) == ([], [])
    assert get("/lookup?q=主权&glossary=diplomatic").status_code == 403
    assert get("/lookup?q=主权&glossaries=trade,diplomatic").status_code == 403
    listed = [e["id"] for e in get("/entries").get_json()["items"]]
    assert listed == ["duty-free", "tariff"]
    assert get("/entries/sovereignty").status_code == 403
    assert get("/export?format=ndjson&entry=sovereignty").status_code == 403
    assert "主权" not in get("/export?format=ndjson").text
    assert get("/suggest?q=主").get_json()["suggestions"] == []
    assert get("/missed").status_code == 403
    for name in ("sovereignty", "tariff"):
        wanted = replace(store.entry(name), note="新")
        proposals.propose(store, Proposal(wanted, entry=name), by="mei", most=9)
    assert [p["entry"] for p in get("/proposals").get_json()["items"]] == ["tariff"]
    assert get("/proposals/1").status_code == 403
    assert get("/proposals/2").get_json()["entry"] == "tariff"
    page = client.get("/proposals", headers={**trade, "Accept": "text/html"})
    assert ("tariff" in page.text, "sovereignty" in page.text) == (True, False)


def cited(name: str, glossary: str, source: str, issuer: str) -> Entry:
    """An entry with a document, an issuer and a subject that only it names."""
    made = entry(name, glossary, f"{name}词", name)
    term = replace(made.terms[1], issuer=issuer, citations=(Citation(source),))
    return replace(made, subjects=(f"about-{name}",), terms=(made.terms[0], term))


def test_sources_subjects_and_issuers_are_told_to_whom_they_concern(shut: Shut) -> None:
    client, reader, store = shut
    with store.write(by="cli") as write:
        for name in ("ours-2020", "secret-2020", "unused-2020"):
            write.nouns.create(Source(name, {"en": name}))
        write.create(cited("tolls", "trade", "ours-2020", "商务部"))
        write.create(cited("pact", "diplomatic", "secret-2020", "外交部"))
    members.create(store, Person("ed"), by=ROOT, roles={"trade": "editor"})
    made = members.make_token(store, Token("ed-t", "admin", "", "ed"), by=ROOT)

    def ids(kind: str, headers: dict[str, str]) -> dict[str, int]:
        answer = client.get(f"{API}/{kind}?limit=500", headers=headers)
        assert answer.status_code == 200, answer.text
        return {each["id"]: each["entries"] for each in answer.get_json()["items"]}

    assert ids("sources", reader) == {"ours-2020": 1}
    assert ids("subjects", reader) == {"about-tolls": 1}
    assert ids("glossaries", reader).keys() == {"trade"}
    issuers = client.get(f"{API}/issuers", headers=reader).get_json()
    assert issuers["unlisted"] == {"商务部": 1}
    sources = {"ours-2020": 1, "secret-2020": 0, "unused-2020": 0}
    assert ids("sources", bearer(made)) == sources
    assert ids("glossaries", bearer(made)).keys() == {"trade"}
    first = client.get(f"{API}/sources?limit=1", headers=bearer(made))
    assert [each["id"] for each in first.get_json()["items"]] == ["ours-2020"]
    onward = client.get(first.get_json()["next"], headers=bearer(made)).get_json()
    assert [each["id"] for each in onward["items"]] == ["secret-2020"]
    for place, mine, theirs in (
        ("/sources/ours-2020", 200, 200),
        ("/sources/ours-2020/versions", 200, 200),
        ("/sources/secret-2020", 403, 200),
        ("/sources/secret-2020/versions", 403, 200),
        ("/sources/not-there", 403, 404),
        ("/glossaries/diplomatic", 403, 403),
    ):
        seen = [client.get(API + place, headers=h) for h in (reader, bearer(made))]
        assert [answer.status_code for answer in seen] == [mine, theirs], place
    names = [
        {change["id"] for change in answer.get_json()["changes"]}
        for headers in (reader, bearer(made))
        for answer in [client.get(f"{API}/changes/nouns?since=0", headers=headers)]
    ]
    assert names == [{"ours-2020"}, {"ours-2020", "secret-2020", "unused-2020"}]
    page = client.get("/edit", headers=reader).text
    assert ("ours-2020" in page, "secret-2020" in page) == (True, False)
    assert "secret-2020" in client.get("/edit", headers=bearer(made)).text


def test_what_moved_and_how_much_there_is_are_told_of_ones_own_glossary(
    shut: Shut,
) -> None:
    client, reader, store = shut
    whole = bearer(access.create(store, "all", scope="reader"))

    def get(path: str, headers: dict[str, str]) -> Any:
        answer = client.get(API + path, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def moved(path: str, headers: dict[str, str]) -> list[tuple[str, bool]]:
        rows = get(path, headers)["changes"]
        return [(row["entry"], row["document"] is None) for row in rows]

    assert len(moved("/changes?since=0", whole)) == 5
    mine = [("tariff", False), ("duty-free", False)]
    assert moved("/changes?since=0", reader) == mine
    page = get("/changes?since=0&limit=1", reader)
    assert [row["entry"] for row in page["changes"]] == ["tariff"]
    assert (
        get(page["next"].removeprefix(API), reader)["changes"][0]["entry"] == mine[1][0]
    )
    since = get("/changes?since=0", reader)["revision"]
    with store.write(by="cli") as write:
        write.update(replace(write.entry("tariff"), glossary="diplomatic"))
        write.update(replace(write.entry("sovereignty"), note="改"))
    assert moved(f"/changes?since={since}", reader) == [("tariff", True)]
    assert len(moved(f"/changes?since={since}", whole)) == 2
    events = client.get(f"{API}/changes/events?since={since}", headers=reader).text
    assert ("tariff" in events, "sovereignty" in events) == (True, False)
    assert sum(get("/stats", whole)["entries"].values()) == 5
    stats = get("/stats", reader)
    assert stats["entries"] == {"approved": 1}
    assert (stats["glossaries"], stats["terms"]) == (1, {"en": 2, "zh": 1})
    assert get("/stats", whole)["glossaries"] == 2
    page = client.get("/statistics", headers={**reader, "Accept": "text/html"})
    assert page.status_code == 200
    assert "<b>1</b> entries in use" in page.text
    assert "found nothing" not in page.text


def test_texts_of_who_reads_one_glossary_are_read_by_that_one(shut: Shut) -> None:
    client, trade, store = shut
    body = {"text": "主权与关税"}
    other = {**body, "glossary": "diplomatic"}
    asked = client.post(f"{API}/annotate", json=other, headers=trade)
    assert asked.status_code == 403
    annotated = client.post(f"{API}/annotate", json=body, headers=trade).get_json()
    assert [match["entry"] for match in annotated["matches"]] == ["tariff"]
    everything = bearer(access.create(store, "all", scope="reader"))
    whole = client.post(f"{API}/annotate", json=body, headers=everything).get_json()
    assert len(whole["matches"]) == 2
    again = client.post(f"{API}/annotate", json=body, headers=trade).get_json()
    assert again == annotated
    named = {**body, "glossary": "trade"}
    (match,) = client.post(f"{API}/annotate", json=named, headers=trade).get_json()[
        "matches"
    ]
    assert match["entry"] == "tariff"
    page = client.get("/?q=关税", headers={**trade, "Accept": "text/html"})
    assert "tariff" in page.text
    many = {"queries": ["关税", "主权"], "glossary": "trade"}
    answers = client.post(f"{API}/lookup", json=many, headers=trade).get_json()
    assert [len(each["hits"]) for each in answers["answers"]] == [1, 0]
    many = {"queries": ["主权"]}
    (answer,) = client.post(f"{API}/lookup", json=many, headers=trade).get_json()[
        "answers"
    ]
    assert answer["hits"] == []
    many = {"queries": ["主权"], "glossary": "diplomatic"}
    assert client.post(f"{API}/lookup", json=many, headers=trade).status_code == 403
    site = {**trade, "Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
    read = client.post("/read", data={"text": "主权与关税"}, headers=site)
    assert "/entries/tariff" in read.text
    assert "/entries/sovereignty" not in read.text
    named = {"text": "主权与关税", "glossaries": "diplomatic"}
    assert client.post("/read", data=named, headers=site).status_code == 403


def test_pages_to_wander_by_show_who_reads_one_glossary_that_one(shut: Shut) -> None:
    client, reader, store = shut
    cited = Term(
        lang="en",
        text="secret treaty",
        status="preferred",
        issuer="Hidden Bureau",
        citations=(Citation("hidden-paper", quote="secret treaty"),),
    )
    with store.write(by="cli") as write:
        write.nouns.put(Source("hidden-paper", {"en": "A paper of theirs"}))
        theirs = replace(
            entry("treaty", "diplomatic", "密约", "pact"), subjects=("war",)
        )
        write.create(replace(theirs, terms=(*theirs.terms, cited)))
        own = entry("quota", "trade", "配额", "quota")
        write.create(replace(own, subjects=("customs",)))

    def get(path: str) -> str:
        answer = client.get(path, headers=reader)
        assert answer.status_code == 200, (path, answer.text)
        return answer.text

    index = get("/browse")
    assert "customs" in index
    for hidden in ("subject=war", "hidden-paper", "A paper of theirs", "Hidden Bureau"):
        assert hidden not in index, hidden
    assert "quota" in get("/browse?subject=customs")
    assert "/entries/tariff" in get("/browse?en=t")
    for list_ in ("proof=none", "zh=z", "en=s", "subject=war", "source=hidden-paper"):
        page = get(f"/browse?{list_}")
        assert "/entries/treaty" not in page, list_
        assert "A paper of theirs" not in page, list_
        assert "/entries/sovereignty" not in page, list_
    for path in ("/changes", "/changes.atom", "/changes?glossary=trade"):
        moved = get(path)
        assert "/entries/quota" in moved, path
        assert "/entries/treaty" not in moved, path
    refused = client.get("/changes?glossary=diplomatic", headers=reader)
    assert refused.status_code == 403
    loads = get("/transfers")
    assert 'value="trade"' in loads
    assert "diplomatic" not in loads


def test_what_is_worth_checking_says_nothing_of_entries_that_may_not_be_read(
    shut: Shut,
) -> None:
    client, reader, store = shut
    everything = bearer(access.create(store, "all", scope="reader"))

    def flaws(headers: dict[str, str]) -> set[tuple[str, str]]:
        answer = client.get(f"{API}/entries/tariff/flaws", headers=headers).get_json()
        return {(flaw["code"], flaw["pointer"]) for flaw in answer["items"]}

    places = {("one-way-relation", f"/relations/{at}") for at in range(3)}
    assert places <= flaws(everything)
    assert flaws(reader) == flaws(everything) - places
    members.give(store, "mei", "trade", "editor", by=ROOT)
    form = {
        "do": "look",
        "glossary": "diplomatic",
        "lang-0": "zh-Hans",
        "text-0": "主权",
        "lang-1": "en",
        "text-1": "sovereignty",
    }
    site = {**reader, "Sec-Fetch-Site": "same-origin"}
    page = client.post("/edit", data=form, headers=site).text
    assert "/entries/sovereignty" not in page
    assert "“sovereignty” says the same" not in page


def test_who_works_in_one_glossary_sees_and_undoes_what_was_changed_in_it(
    shut: Shut,
) -> None:
    client, reader, store = shut
    members.give(store, "mei", "trade", "reviewer", by=ROOT)
    wish = {"select": {"glossary": "trade"}, "set": {"add_subjects": ["customs"]}}
    done = client.post(f"{API}/bulk", json=wish, headers=reader).get_json()
    own = done["revision"]
    page = client.get(f"/changes/{own}", headers=reader)
    assert "/entries/tariff" in page.text
    shown = client.get(f"{API}/changesets/{own}", headers=reader).get_json()
    assert {item["entry"] for item in shown["items"]} == {"tariff", "duty-free"}
    with store.write(by="cli") as write:
        write.update(replace(store.entry("sovereignty"), note="别人的"))
        write.update(replace(store.entry("tariff"), note="自己的"))
    other = store.revision()
    site = {**reader, "Sec-Fetch-Site": "same-origin"}
    for answer in (
        client.get(f"/changes/{other}", headers=reader),
        client.post(f"/changes/{other}", headers=site),
        client.get(f"{API}/changesets/{other}", headers=reader),
        client.post(f"{API}/changesets/{other}/undo", headers=reader),
    ):
        assert answer.status_code == 403
        assert "别人的" not in answer.text
    undone = client.post(f"{API}/changesets/{own}/undo", headers=reader)
    assert undone.status_code == 200
    assert store.entry("duty-free").subjects == ()
