"""Sources, subjects, issuers and glossaries over HTTP, as entries are."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from glossary import config
from glossary.people import access
from tests.answers import json_of, problem

API = "/api/v1"
NOUNS: dict[str, dict[str, Any]] = {
    "sources": {
        "id": "nanning-2026",
        "title": {"en": "Nanning Declaration", "zh-Hans": "南宁宣言"},
        "date": "2026-05-04",
        "issuer": "China and ASEAN",
        "lang": "zh-Hans",
        "symbol": "A/80/123",
        "url": "https://example.org/nanning",
        "archived_url": "https://web.archive.org/web/2026/https://example.org/nanning",
        "edition": {
            "zh-Hans": {"text": "authentic", "issuer": None},
            "en": {"text": "translated", "issuer": "MFA of China"},
        },
    },
    "subjects": {
        "id": "polar-affairs",
        "label": {"en": "Polar affairs", "zh-Hans": "极地"},
    },
    "issuers": {
        "id": "yonhap",
        "names": {"en": "Yonhap News Agency", "zh-Hans": "韩联社"},
        "aliases": ["Yonhap", "韩国联合通讯社"],
        "speaks_for": [],
    },
    "glossaries": {
        "id": "trade",
        "title": {"en": "Trade terms", "zh-Hans": "贸易用语"},
        "description": {"en": "Terms of trade agreements."},
        "publisher": "A ministry",
        "licence": "CC-BY-4.0",
        "release": "2026-1",
    },
}
EACH = pytest.mark.parametrize(("kind", "noun"), NOUNS.items(), ids=NOUNS)
Headers = dict[str, str]


def post(
    client: FlaskClient, kind: str, noun: object, headers: Headers
) -> TestResponse:
    return client.post(f"{API}/{kind}", json=noun, headers=headers)


def english(**more: Any) -> dict[str, Any]:
    terms = [{"lang": "en", "text": "silk road on ice, again", **more.pop("term", {})}]
    return {"id": "ice-silk-road", "glossary": "test", "terms": terms, **more}


@EACH
def test_a_noun_is_made_read_changed_and_deleted(
    client: FlaskClient, editor: Headers, kind: str, noun: dict[str, Any]
) -> None:
    place = f"{API}/{kind}/{noun['id']}"
    made = post(client, kind, noun, editor)
    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    assert made.headers["Location"] == place
    assert made.json == {**noun, "version": 1}
    read = client.get(place)
    assert (read.json, read.headers["ETag"]) == (made.json, '"1"')
    assert client.get(place, headers={"If-None-Match": '"1"'}).status_code == 304
    assert post(client, kind, noun, editor).status_code == 409

    text = next(name for name in ("title", "label", "names") if name in noun)
    merge = {text: {"zh-Hant": "極地"}}
    changed = client.patch(place, json=merge, headers=editor | {"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')
    assert changed.json is not None
    assert changed.json[text] == {**noun[text], "zh-Hant": "極地"}
    back = client.put(place, json=noun, headers=editor | {"If-Match": '"2"'})
    assert back.json == {**noun, "version": 3}

    gone = client.delete(place, headers=editor | {"If-Match": '"3"'})
    # Of a glossary there is a report.
    assert gone.status_code == (200 if kind == "glossaries" else 204)
    assert client.get(place).status_code == 404
    assert post(client, kind, noun, editor).json == {**noun, "version": 5}


@EACH
def test_the_history_says_who_changed_what_and_any_version_can_be_restored(
    client: FlaskClient, editor: Headers, kind: str, noun: dict[str, Any]
) -> None:
    place = f"{API}/{kind}/{noun['id']}"
    post(client, kind, noun, editor)
    text = next(name for name in ("title", "label", "names") if name in noun)
    merge = {text: {"en": "Another name of it"}}
    client.patch(place, json=merge, headers=editor | {"If-Match": '"1"'})
    client.delete(place, headers=editor | {"If-Match": '"2"'})
    answer = client.get(f"{place}/versions").json
    assert answer is not None
    third, second, first = answer["items"]
    assert [v["action"] for v in (first, second, third)] == [
        "create",
        "update",
        "delete",
    ]
    assert {v["by"] for v in (first, second, third)} == {"editor"}
    assert second["changed"] == [f"/{text}/en"]
    assert (first["document"], third["document"]) == ({**noun, "version": 1}, None)
    restored = client.post(f"{place}/versions/1/restore", headers=editor)
    assert (restored.status_code, restored.json) == (200, {**noun, "version": 4})
    assert client.post(f"{place}/versions/3/restore", headers=editor).status_code == 404


@EACH
def test_changes_of_nouns_need_a_token_a_version_and_a_sound_document(
    client: FlaskClient, editor: Headers, kind: str, noun: dict[str, Any]
) -> None:
    place = f"{API}/{kind}/{noun['id']}"
    assert client.post(f"{API}/{kind}", json=noun).status_code == 401
    refused = post(client, kind, {**noun, "colour": "red"}, editor)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (
        422,
        "/colour",
    )  # type: ignore[index]
    assert post(client, kind, [], editor).status_code == 422
    post(client, kind, noun, editor)
    assert client.put(place, json=noun, headers=editor).status_code == 428
    assert client.delete(place, headers=editor).status_code == 428
    stale = editor | {"If-Match": '"7"'}
    assert client.put(place, json=noun, headers=stale).status_code == 412
    assert client.patch(place, json={}, headers=stale).status_code == 412
    assert client.delete(place, headers=stale).status_code == 412
    moved = {**noun, "id": "another"}
    now = editor | {"If-Match": '"1"'}
    assert client.put(place, json=moved, headers=now).status_code == 422
    assert client.put(place, json=noun, headers=now).headers["ETag"] == '"1"'
    assert client.get(f"{API}/{kind}/nobody").status_code == 404
    assert client.get(f"{place}?colour=red").status_code == 422


#: Who may describe a noun, by the scope of a token and the glossary it is for.
SCOPES = {
    ("reader", ""): (),
    ("proposer", ""): (),
    ("editor", ""): ("sources", "subjects", "issuers"),
    ("reviewer", "other"): ("sources", "subjects", "issuers"),
    ("reviewer", "trade"): tuple(NOUNS),
    ("reviewer", ""): tuple(NOUNS),
}


@EACH
def test_the_scope_of_a_token_says_which_nouns_it_may_describe(
    client: FlaskClient, editor: Headers, kind: str, noun: dict[str, Any]
) -> None:
    place = f"{API}/{kind}/{noun['id']}"
    store = client.application.extensions["glossary"].store
    for (scope, glossary), kinds in SCOPES.items():
        some = [glossary] if glossary else []
        name = f"{scope} of {glossary}"
        token = access.create(store, name, scope=scope, glossaries=some)
        headers = {"Authorization": f"Bearer {token}"}
        made = post(client, kind, noun, headers)
        assert made.status_code == (201 if kind in kinds else 403), name
        if kind not in kinds:
            post(client, kind, noun, editor)
        now = headers | {"If-Match": "*"}
        statuses = (
            client.patch(place, json={}, headers=now).status_code,
            client.put(place, json=noun, headers=now).status_code,
            client.delete(place, headers=now).status_code,
        )
        if kind in kinds:
            assert statuses[:2] == (200, 200), name
            assert statuses[2] in {200, 204}, name
        else:
            assert statuses == (403, 403, 403), name
            client.delete(place, headers=editor | {"If-Match": "*"})


@EACH
def test_a_write_with_a_key_is_done_once(
    client: FlaskClient, editor: Headers, kind: str, noun: dict[str, Any]
) -> None:
    keyed = editor | {"Idempotency-Key": "one"}
    first, again = (post(client, kind, noun, keyed) for _ in range(2))
    assert (first.status_code, first.json) == (again.status_code, again.json)
    assert again.headers["Location"] == first.headers["Location"]
    place = f"{API}/{kind}/{noun['id']}"
    removal = editor | {"Idempotency-Key": "two", "If-Match": '"1"'}
    for _ in range(2):
        status = 200 if kind == "glossaries" else 204
        assert client.delete(place, headers=removal).status_code == status
    other = {**noun, "id": "another"}
    assert post(client, kind, other, keyed).status_code == 422


@EACH
def test_the_list_counts_the_entries(
    client: FlaskClient, editor: Headers, kind: str, noun: dict[str, Any]
) -> None:
    post(client, kind, noun, editor)
    answer = client.get(f"{API}/{kind}")
    assert answer.json is not None
    items = {item["id"]: item for item in answer.json["items"]}
    assert items[noun["id"]] == {**noun, "version": 1, "entries": 0}
    used = {
        "sources": "wang-yi-kerry-2014",
        "subjects": "principles",
        "issuers": "mfa-china",
        "glossaries": "diplomatic",
    }
    assert items[used[kind]]["entries"] > 20
    tag = answer.headers["ETag"]
    again = client.get(f"{API}/{kind}", headers={"If-None-Match": tag})
    assert again.status_code == 304


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_what_an_entry_names_cannot_be_deleted(
    client: FlaskClient, editor: Headers, state: str
) -> None:
    for kind, noun in NOUNS.items():
        post(client, kind, noun, editor)
    # What is retired stands in no list, and is looked for by names as they are written.
    name = "韩联社" if state == "retired" else "韓聯社"
    term = {"issuer": name, "citations": [{"source": "nanning-2026"}]}
    naming = english(
        glossary="trade", subjects=["polar-affairs"], term=term, state=state
    )
    assert client.post(f"{API}/entries", json=naming, headers=editor).status_code == 201
    for kind, noun in NOUNS.items():
        place = f"{API}/{kind}/{noun['id']}"
        kept = client.delete(place, headers=editor | {"If-Match": '"1"'})
        assert (kept.status_code, kept.json["code"]) == (409, "in-use"), kind  # type: ignore[index]
        assert "ice-silk-road" in kept.json["detail"]  # type: ignore[index]
        assert client.get(place).status_code == 200


def test_an_issuer_that_a_source_or_another_issuer_names_cannot_be_deleted(
    client: FlaskClient, editor: Headers
) -> None:
    post(client, "issuers", NOUNS["issuers"], editor)
    place = f"{API}/issuers/yonhap"
    version = editor | {"If-Match": '"1"'}
    source = {"id": "dispatch", "title": {"en": "Dispatch"}, "issuer": "韩国联合通讯社"}
    post(client, "sources", source, editor)
    assert "dispatch" in client.delete(place, headers=version).json["detail"]  # type: ignore[index]
    edition = {"en": {"text": "translated", "issuer": "Yonhap"}}
    merge = {"issuer": None, "edition": edition}
    client.patch(
        f"{API}/sources/dispatch", json=merge, headers=editor | {"If-Match": '"1"'}
    )
    assert client.delete(place, headers=version).status_code == 409
    client.delete(f"{API}/sources/dispatch", headers=editor | {"If-Match": '"2"'})
    joint = {"id": "joint", "names": {"en": "Joint desk"}, "speaks_for": ["yonhap"]}
    post(client, "issuers", joint, editor)
    assert "joint" in client.delete(place, headers=version).json["detail"]  # type: ignore[index]
    client.delete(f"{API}/issuers/joint", headers=editor | {"If-Match": '"1"'})
    assert client.delete(place, headers=version).status_code == 204


def test_a_name_belongs_to_one_issuer(client: FlaskClient, editor: Headers) -> None:
    taken = {**NOUNS["issuers"], "aliases": ["外交部"]}
    refused = post(client, "issuers", taken, editor)
    assert refused.status_code == 409
    assert "mfa-china" in refused.json["detail"]  # type: ignore[index]
    for wrong in ({"names": {}}, {"aliases": ["？"]}, {"names": {"en": "…"}}):
        assert (
            post(client, "issuers", NOUNS["issuers"] | wrong, editor).status_code == 422
        )


def test_a_glossary_that_only_entries_name_can_be_described(
    client: FlaskClient, editor: Headers
) -> None:
    client.post(f"{API}/entries", json=english(), headers=editor)
    place = f"{API}/glossaries/test"
    bare = client.get(place)
    assert (bare.status_code, bare.headers["ETag"]) == (200, '"0"')
    merge = {"title": {"en": "Test"}, "licence": "CC0-1.0"}
    first = client.patch(place, json=merge, headers=editor | {"If-Match": '"0"'})
    assert first.json is not None
    assert (first.json["title"], first.json["version"]) == ({"en": "Test"}, 1)


def test_a_glossary_goes_with_its_retired_entries_for_an_admin(
    client: FlaskClient, editor: Headers, admin: Headers
) -> None:
    client.post(f"{API}/entries", json=english(), headers=editor)
    place = f"{API}/glossaries/test?purge=true"
    match = {"If-Match": '"0"'}
    assert client.delete(place, headers=editor | match).status_code == 403
    assert client.delete(place, headers=admin | match).status_code == 409
    entry = f"{API}/entries/ice-silk-road"
    client.delete(entry, headers=editor | {"If-Match": '"1"'})
    unsure = problem(client.delete(place, headers=admin | match), 422, "must-confirm")
    assert "confirm=1" in unsure["errors"][0]["detail"]
    assert client.get(entry).status_code == 200
    wrong = client.delete(f"{place}&confirm=2", headers=admin | match)
    assert wrong.status_code == 422
    gone = json_of(client.delete(f"{place}&confirm=1", headers=admin | match))
    assert (gone["entries"], gone["removed"]) == (1, ["ice-silk-road"])
    assert client.get(f"{API}/glossaries/test").status_code == 404
    assert client.get(entry).status_code == 404


CITING = english(term={"citations": [{"source": "nowhere"}]})


def test_an_unknown_source_is_flagged_in_the_answer(
    client: FlaskClient, editor: Headers
) -> None:
    made = client.post(f"{API}/entries", json=CITING, headers=editor)
    assert made.status_code == 201
    place = 'at="/terms/0/citations/0/source"'
    assert f"unknown-source;severity=error;{place}" in made.headers["Glossary-Flaws"]
    post(client, "sources", {"id": "nowhere", "title": {"en": "It"}}, editor)
    flaws = client.get(f"{API}/entries/ice-silk-road/flaws").json["items"]  # type: ignore[index]
    assert "unknown-source" not in {flaw["code"] for flaw in flaws}


def test_an_unknown_source_is_refused_where_the_setting_says_so(
    client: FlaskClient, editor: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOSSARY_REFUSE_UNKNOWN_SOURCES", "1")
    config.settings.cache_clear()
    refused = client.post(f"{API}/entries", json=CITING, headers=editor)
    assert refused.status_code == 422
    assert refused.json is not None
    assert refused.json["errors"][0]["pointer"] == "/terms/0/citations/0/source"
    counterpart = {"text": "冰上丝绸之路", "source": "nowhere-else"}
    cited = {"source": "wang-yi-kerry-2014", "counterpart": counterpart}
    terms = [
        {"lang": "zh-Hans", "text": "冰上丝绸之路"},
        {"lang": "en", "text": "road on ice", "citations": [cited]},
    ]
    answer = client.post(f"{API}/entries", json={"terms": terms}, headers=editor)
    (problem,) = answer.json["errors"]  # type: ignore[index]
    assert problem["pointer"] == "/terms/1/citations/0/counterpart/source"
    file = json.dumps(CITING).encode()
    place = f"{API}/imports?format=ndjson"
    report = client.post(place, data=file, headers=editor).json
    assert report is not None
    assert report["problems"][0]["code"] == "unknown-source"
    change = {"terms": CITING["terms"]}
    match = editor | {"If-Match": '"1"'}
    known = f"{API}/entries/sovereignty"
    assert client.patch(known, json=change, headers=match).status_code == 422
    post(client, "sources", {"id": "nowhere", "title": {"en": "It"}}, editor)
    made = client.post(f"{API}/entries", json=CITING, headers=editor)
    assert made.status_code == 201


def test_changes_of_nouns_are_listed_with_deletions(
    client: FlaskClient, editor: Headers
) -> None:
    since = int(client.get(f"{API}/stats").json["revision"])  # type: ignore[index]
    for kind, noun in NOUNS.items():
        post(client, kind, noun, editor)
    client.delete(f"{API}/issuers/yonhap", headers=editor | {"If-Match": '"1"'})
    seen: list[tuple[str, str, bool]] = []
    address = f"{API}/changes/nouns?since={since}&limit=2"
    while address:
        page = client.get(address).json
        assert page is not None
        assert page["revision"] == since + 5
        seen += [
            (c["kind"], c["action"], c["document"] is None) for c in page["changes"]
        ]
        address = page["next"]
    assert seen == [
        ("source", "create", False),
        ("subject", "create", False),
        ("glossary", "create", False),
        ("issuer", "delete", True),
    ]
    assert client.get(f"{API}/changes/nouns?cursor=1:x").status_code == 422


def test_an_issuer_that_nobody_is_is_refused_wherever_it_is_asked_for(
    client: FlaskClient,
) -> None:
    who = "Minstry of Foreign Afairs"
    asked = [
        client.get(f"{API}/lookup", query_string={"q": "主权", "issuer": who}),
        client.post(f"{API}/annotate", json={"text": "主权", "issuer": who}),
        client.post(
            f"{API}/check",
            json={"pairs": [{"source": "主权", "target": "power"}], "issuer": who},
        ),
        client.get("/", query_string={"q": "主权", "issuer": who}),
    ]
    for answer in asked:
        assert answer.status_code == 422
        assert "MFA of China" in answer.text


@pytest.mark.parametrize(
    "who", ["MFA of China", "外交部", "mfa-china", "Foreign Ministry"]
)
def test_names_of_an_issuer_lead_alike_wherever_it_is_asked_for(
    client: FlaskClient, editor: Headers, who: str
) -> None:
    terms = [
        {"lang": "zh-Hans", "text": "极地丝绸之路", "status": "preferred"},
        {"lang": "en", "text": "polar silk way", "status": "preferred"},
        {"lang": "en", "text": "silk road on ice", "issuer": "中华人民共和国外交部"},
    ]
    made = client.post(f"{API}/entries", json={"terms": terms}, headers=editor)
    assert made.status_code == 201
    asked: Any = {"q": "极地丝绸之路", "issuer": who}
    hit = client.get(f"{API}/lookup", query_string=asked).json["hits"][0]  # type: ignore[index]
    assert hit["equivalents"][0]["text"] == "silk road on ice"
    assert hit["equivalents"][0]["issuer"] == "中华人民共和国外交部"
    asked = {"text": "极地丝绸之路", "issuer": who}
    match = client.post(f"{API}/annotate", json=asked).json["matches"][0]  # type: ignore[index]
    assert match["equivalents"][0]["text"] == "silk road on ice"
    pair = {"source": "极地丝绸之路", "target": "the polar silk way"}
    asked = {"pairs": [pair], "issuer": who}
    (finding,) = client.post(f"{API}/check", json=asked).json["pairs"][0]["findings"]  # type: ignore[index]
    assert finding["verdict"] == "admitted"
    assert finding["expected"][0] == "silk road on ice"


def test_a_new_alias_is_known_in_the_next_request(
    client: FlaskClient, editor: Headers
) -> None:
    asked = {"text": "主权", "issuer": "蓝厅"}
    assert client.post(f"{API}/annotate", json=asked).status_code == 422
    old = client.get(f"{API}/issuers/mfa-china")
    assert old.json is not None
    merge = {"aliases": [*old.json["aliases"], "蓝厅"]}
    match = editor | {"If-Match": old.headers["ETag"]}
    client.patch(f"{API}/issuers/mfa-china", json=merge, headers=match)
    assert client.post(f"{API}/annotate", json=asked).status_code == 200
    query = {"q": "主权", "issuer": "蓝厅"}
    assert client.get(f"{API}/lookup", query_string=query).status_code == 200


def test_a_term_of_an_issuer_that_nobody_is_gets_the_nearest_names(
    client: FlaskClient, editor: Headers
) -> None:
    slip = english(term={"issuer": "MFA of Chian"})
    refused = client.post(f"{API}/entries", json=slip, headers=editor)
    assert refused.status_code == 422
    (problem,) = refused.json["errors"]  # type: ignore[index]
    assert problem["pointer"] == "/terms/0/issuer"
    assert "MFA of China" in problem["detail"]
    # An import keeps what another house calls its issuers, and flags it.
    file = json.dumps(slip).encode()
    place = f"{API}/imports?format=ndjson"
    assert client.post(place, data=file, headers=editor).json["counts"]["created"] == 1  # type: ignore[index]
    entry = f"{API}/entries/ice-silk-road"
    flaws = client.get(f"{entry}/flaws").json["items"]  # type: ignore[index]
    (flaw,) = [each for each in flaws if each["code"] == "unknown-issuer"]
    assert "MFA of China" in flaw["message"]
    # The name that is there may stay, another slip may not come.
    merge, match = {"note": "Seen."}, editor | {"If-Match": '"1"'}
    assert client.patch(entry, json=merge, headers=match).status_code == 200
    terms = [slip["terms"][0] | {"issuer": "MAF of China"}]
    match = editor | {"If-Match": '"2"'}
    assert client.patch(entry, json={"terms": terms}, headers=match).status_code == 422
