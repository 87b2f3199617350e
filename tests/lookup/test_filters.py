"""Which entries a look-up, a completion and an annotation look at."""

import pytest
from flask.testing import FlaskClient

from glossary.lookup import lookup, suggest
from glossary.query import Filters, Query, Wanted
from glossary.recognition import Recognition, annotate
from glossary.store import SqliteStore
from tests.nouns import entry

ENTRIES = (
    ("a", "climate", "approved", "emissions", "排放交易", "emissions trading"),
    ("b", "trade", "draft", "trade", "排放交易", "emission trading scheme"),
    ("c", "trade", "approved", "trade", "贸易战", "trade war"),
)


@pytest.fixture
def filled(store: SqliteStore) -> SqliteStore:
    with store.write(by="me") as write:
        for name, glossary, state, subject, zh, en in ENTRIES:
            terms = [
                {"lang": "zh-Hans", "text": zh, "status": "preferred"},
                {"lang": "en", "text": en, "status": "preferred"},
            ]
            more = {"glossary": glossary, "state": state, "subjects": [subject]}
            write.create(entry(id=name, terms=terms, **more))
    return store


WANTED: tuple[tuple[dict[str, object], set[str]], ...] = (
    ({}, {"a", "b"}),
    ({"glossaries": frozenset({"climate"})}, {"a"}),
    ({"glossaries": frozenset({"climate", "trade"})}, {"a", "b"}),
    ({"glossaries": frozenset({"nothing"})}, set()),
    ({"state": "approved"}, {"a"}),
    ({"state": "draft"}, {"b"}),
    ({"subject": "trade"}, {"b"}),
    ({"proof": "none"}, {"a", "b"}),
    ({"proof": "pair"}, set()),
)


@pytest.mark.parametrize(("filters", "entries"), WANTED)
@pytest.mark.parametrize("q", ["排放交易", "排放", "emission tradng", "排放教易"])
def test_filters_say_which_entries_are_looked_at(
    filled: SqliteStore, q: str, filters: dict[str, object], entries: set[str]
) -> None:
    query = Query(q, **filters)  # type: ignore[arg-type]
    found = lookup(filled, query, candidates=400).hits
    assert {hit.entry for hit in found} == entries


@pytest.mark.parametrize(("filters", "entries"), WANTED)
def test_completions_and_texts_have_the_same_filters(
    filled: SqliteStore, filters: dict[str, object], entries: set[str]
) -> None:
    chosen = Filters(**filters)  # type: ignore[arg-type]
    found = suggest(filled, "排放", limit=8, candidates=400, filters=chosen)
    assert {each.entry for each in found} == entries
    wanted = Wanted(**filters)  # type: ignore[arg-type]
    snapshot = Recognition(filled).snapshot()
    matches = annotate(snapshot, "排放交易市场", wanted).matches
    assert {n for m in matches for n in (m.entry, *m.also)} == entries


def test_glossaries_come_in_a_list_or_with_commas(client: FlaskClient) -> None:
    of_all = {"queries": ["主权"]}
    answers = [
        client.post("/api/v1/lookup", json=of_all | {"glossaries": names}).json
        for names in (["diplomatic", "other"], "diplomatic, other", [], "other")
    ]
    hits = [[len(each["hits"]) > 0 for each in a["answers"]] for a in answers]
    assert hits == [[True], [True], [True], [False]]
    assert answers[0]["answers"] == answers[1]["answers"]
    wrong = client.post("/api/v1/lookup", json=of_all | {"glossaries": ["No Name", 3]})
    assert wrong.status_code == 422
    assert wrong.json["errors"][0]["pointer"].startswith("/glossaries")


def test_what_the_filters_left_out_is_counted(filled: SqliteStore) -> None:
    query = Query("排放交易", subject="culture")
    answer = lookup(filled, query, candidates=400)
    assert (answer.hits, answer.elsewhere) == ((), 2)
    assert not answer.is_missed
    assert lookup(filled, Query("贸易战"), candidates=400).elsewhere == 0


def test_many_queries_are_looked_up_at_once(client: FlaskClient) -> None:
    body = {"queries": ["合作共赢", "Cold War mentality", "红烧肉"], "limit": 2}
    answer = client.post("/api/v1/lookup", json=body)
    assert answer.status_code == 200
    found = answer.json["answers"]
    assert [each["query"]["q"] for each in found] == body["queries"]
    for each in found:
        single = client.get(
            "/api/v1/lookup", query_string={"q": each["query"]["q"], "limit": 2}
        ).json
        for name in ("revision", "epoch"):
            assert single.pop(name) == answer.json[name]
        assert each == single


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"queries": ["主权"] * 501}, "/queries"),
        ({"queries": ["主权", ""]}, "/queries/1"),
        ({"queries": ["主权"], "state": "retired"}, "/state"),
        ({}, "/queries"),
    ],
)
def test_what_cannot_be_asked_at_once_is_refused_with_its_place(
    client: FlaskClient, body: dict[str, object], pointer: str
) -> None:
    answer = client.post("/api/v1/lookup", json=body)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == pointer


def test_filters_are_taken_by_every_address(client: FlaskClient) -> None:
    asked = {"q": "主权", "glossaries": "diplomatic,other", "state": "approved"}
    answer = client.get("/api/v1/lookup", query_string=asked)
    assert {hit["state"] for hit in answer.json["hits"]} == {"approved"}
    told = client.get("/api/v1/suggest", query_string=asked | {"state": "draft"})
    assert {each["state"] for each in told.json["suggestions"]} <= {"draft"}
    text = {"text": "尊重主权", "glossary": "no-such", "state": "approved"}
    assert client.post("/api/v1/annotate", json=text).json["matches"] == []


def test_words_of_a_definition_lead_to_its_term_but_never_as_a_hit(
    store: SqliteStore,
) -> None:
    prose = {
        "nap": ("non-aggression", "A promise of two States not to use force."),
        "ban": ("arms embargo", "An order to sell no weapons to a State."),
    }
    with store.write(by="me") as write:
        for name, (text, told) in prose.items():
            terms = [{"lang": "en", "text": text, "status": "preferred"}]
            write.create(entry(id=name, terms=terms, definition={"en": told}))
    answer = lookup(store, Query("promise of force"), candidates=400)
    assert answer.hits == ()
    assert [(s.text, s.via) for s in answer.did_you_mean] == [
        ("non-aggression", "definition")
    ]
    found = lookup(store, Query("sell weapons"), candidates=400)
    assert [each.entry for each in found.did_you_mean] == ["ban"]
    assert not lookup(store, Query("grow tomatoes"), candidates=400).did_you_mean


def test_what_a_definition_says_now_leads_to_its_term_and_not_what_it_said(
    store: SqliteStore,
) -> None:
    terms = [{"lang": "en", "text": "non-aggression"}]

    def offered(q: str) -> list[str]:
        with store.snapshot():
            answer = lookup(store, Query(q), candidates=400)
        return [suggestion.entry for suggestion in answer.did_you_mean]

    with store.write(by="me") as write:
        told = {"en": "A promise of two States not to use force."}
        write.create(entry(id="nap", terms=terms, definition=told))
    assert [offered("promise of force"), offered("sell weapons")] == [["nap"], []]
    with store.write(by="me") as write:
        told = {"en": "An order to sell no weapons to a State."}
        write.update(entry(id="nap", terms=terms, definition=told))
    assert [offered("promise of force"), offered("sell weapons")] == [[], ["nap"]]


def test_words_of_a_term_in_another_order_lead_to_it(store: SqliteStore) -> None:
    with store.write(by="me") as write:
        for name, text in (
            ("visit", "official visit of a head of government"),
            ("fund", "government fund"),
            ("head", "head of mission"),
        ):
            write.create(entry(id=name, terms=[{"lang": "en", "text": text}]))
    answer = lookup(store, Query("visit paid by the head of a state"), candidates=400)
    assert [(hit.entry, hit.block) for hit in answer.hits] == [("visit", "similar")]


def test_lines_that_were_pasted_are_one_phrase(client: FlaskClient) -> None:
    for q in (
        "主权\n领土完整",
        "persona non\r\n  grata",
        "主权\t平等",
        "主权\u2028平等",
    ):
        for path in ("/api/v1/lookup", "/api/v1/suggest", "/"):
            answer = client.get(path, query_string={"q": q})
            assert answer.status_code == 200, (q, path)
    answer = client.get("/api/v1/lookup", query_string={"q": "persona non\r\n  grata"})
    assert answer.get_json()["query"]["q"] == "persona non grata"
    assert answer.get_json()["hits"][0]["tier"] == "exact"
    many = {"queries": ["主权\n平等"]}
    (first,) = client.post("/api/v1/lookup", json=many).get_json()["answers"]
    assert first["hits"][0]["term"]["text"] == "主权平等"
    assert client.get("/api/v1/lookup?q=%00").status_code == 422


def test_what_the_filters_left_out_is_said_with_their_names(
    client: FlaskClient,
) -> None:
    page = client.get("/?q=主权&subject=climate").get_data(as_text=True)
    assert "Nothing in Climate; 10 elsewhere" in page
    page = client.get("/?q=主权&proof=pair&state=draft").get_data(as_text=True)
    assert "Without the filters there are" in page
