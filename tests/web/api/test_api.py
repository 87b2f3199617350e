import json

import pytest
from flask.testing import FlaskClient

from glossary import config
from glossary.entry import today
from glossary.people import access
from glossary.web import create_app
from tests.answers import API, json_of, problem
from tests.nouns import major_country

NEW_MODEL = f"{API}/entries/new-model-of-major-country-relationship"
TWO = [
    {"lang": "zh", "text": "战略定力", "status": "preferred"},
    {"lang": "en", "text": "strategic composure", "status": "preferred"},
]


def test_lookup_leads_from_english_to_chinese_and_back(client: FlaskClient) -> None:
    q = "new model of major country relationship"
    body = json_of(client.get(f"{API}/lookup", query_string={"q": q}))
    assert body["query"] == {"q": q, "from": "en", "to": "zh-Hans"}
    assert body["hits"][0]["equivalents"][0]["text"] == "新型大国关系"
    body = json_of(client.get(f"{API}/lookup?q=新型大国关系"))
    text = body["hits"][0]["equivalents"][0]["text"]
    assert text == "new model of major-country relationship"


def test_a_traditional_query_is_answered(client: FlaskClient) -> None:
    body = json_of(client.get(f"{API}/lookup?q=新型大國關係&to=en"))
    assert body["query"]["from"] == "zh-Hant"
    assert body["hits"][0]["entry"] == "new-model-of-major-country-relationship"


def test_lookup_leads_with_the_rendering_of_the_time(client: FlaskClient) -> None:
    body = json_of(client.get(f"{API}/lookup?q=新型大国关系&as_of=2012-12"))
    lead = body["hits"][0]["equivalents"][0]
    assert (lead["status"], lead["until"]) == ("superseded", "2013-06")


def test_suggest_completes_what_is_typed(client: FlaskClient) -> None:
    body = json_of(client.get(f"{API}/suggest?q=新型大国&limit=2"))
    assert body["suggestions"][0] == {
        "text": "新型大国关系",
        "lang": "zh-Hans",
        "entry": "new-model-of-major-country-relationship",
        "equivalent": "new model of major-country relationship",
        "state": "approved",
        "via": "",
    }


@pytest.mark.parametrize(
    ("query", "status", "pointer"),
    [
        ("q=", 422, "/q"),
        ("", 422, "/q"),
        ("q=%20%20", 422, "/q"),
        ("q=" + "x" * 10_000, 422, "/q"),
        ("q=a&limit=0", 422, "/limit"),
        ("q=a&limit=-1", 422, "/limit"),
        ("q=a&limit=1e9", 422, "/limit"),
        ("q=a&colour=red", 422, "/colour"),
        ("q=a&q=b", 422, "/q"),
        ("q=a&from=klingon!", 422, "/from"),
        ("q=a&as_of=2013-13", 422, "/as_of"),
        ("q=a&tier=close", 422, "/tier"),
        ("q=a%00b", 422, "/q"),
        ("q=%ED%A0%80", 400, None),
        ("q=%FF", 400, None),
        ("&".join(f"a{i}=1" for i in range(200)), 400, None),
    ],
)
def test_a_bad_query_is_told_where_and_why(
    client: FlaskClient, query: str, status: int, pointer: str | None
) -> None:
    code = "invalid" if status == 422 else "unreadable"
    body = problem(client.get(f"{API}/lookup?{query}"), status, code)
    assert (pointer is None) or pointer in [e["pointer"] for e in body["errors"]]


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("en", "The request breaks a rule"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "请求不合规则"),
        ("zh-TW", "請求不合規則"),
        ("fr", "The request breaks a rule"),
        ("*", "The request breaks a rule"),
        ("zh;q=0, en", "The request breaks a rule"),
    ],
)
def test_a_problem_speaks_the_readers_language(
    client: FlaskClient, wanted: str, title: str
) -> None:
    answer = client.get(f"{API}/lookup?q=", headers={"Accept-Language": wanted})
    assert problem(answer, 422, "invalid")["title"] == title
    assert answer.headers["Content-Language"] in {"en", "zh-Hans", "zh-Hant"}


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ({"terms": []}, "/terms"),
        ({}, "/terms"),
        ({"terms": [TWO[0], TWO[0]]}, "/terms/1/text"),
        ({"terms": [{**TWO[0], "since": "2013-02-30"}]}, "/terms/0/since"),
        ({"terms": [{**TWO[0], "lang": "c"}]}, "/terms/0/lang"),
        ({"terms": TWO, "id": "Not An Id"}, "/id"),
        ({"terms": TWO, "colour": "red"}, "/colour"),
        (["terms"], ""),
    ],
)
def test_a_bad_entry_is_told_where_and_why(
    client: FlaskClient, editor: dict[str, str], document: object, pointer: str
) -> None:
    answer = client.post(f"{API}/entries", json=document, headers=editor)
    body = problem(answer, 422, "invalid")
    assert pointer in [error["pointer"] for error in body["errors"]]


@pytest.mark.parametrize(
    "text", ["", "{", "{'terms': []}", '{"a": "\\ud800"}', "[" * 5000, "\xff", "NaN"]
)
def test_a_body_that_is_no_json_is_told_line_and_column(
    client: FlaskClient, editor: dict[str, str], text: str
) -> None:
    answer = client.post(
        f"{API}/entries",
        data=text.encode("latin-1"),
        content_type="application/json",
        headers=editor,
    )
    assert "line" in problem(answer, 400, "unreadable")["detail"]


def test_another_content_type_is_refused(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    answer = client.post(f"{API}/entries", data={"terms": "x"}, headers=editor)
    problem(answer, 415, "unsupported-media-type")


def test_a_body_over_the_limit_is_refused(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    answer = client.post(
        f"{API}/entries",
        data=b" " * 1_048_577,
        content_type="application/json",
        headers=editor,
    )
    assert "1048576" in problem(answer, 413, "too-large")["detail"]


@pytest.mark.parametrize("path", ["/entries/no-such-entry", "/entries/%00", "/nowhere"])
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    problem(client.get(API + path), 404, "not-found")


def test_a_method_that_is_not_offered_says_which_are(client: FlaskClient) -> None:
    answer = client.delete(f"{API}/lookup")
    problem(answer, 405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"]


def test_an_entry_is_made_read_changed_and_retired(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    answer = client.post(f"{API}/entries", json={"terms": TWO}, headers=editor)
    made = json_of(answer)
    address = f"{API}/entries/strategic-composure"
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
    assert answer.headers["Location"] == address
    assert (made["id"], made["glossary"], made["state"]) == (
        "strategic-composure",
        "diplomatic",
        "draft",
    )

    answer = client.put(
        address,
        json={**made, "state": "approved"},
        headers={**editor, "If-Match": '"1"'},
    )
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    assert json_of(answer)["state"] == "approved"

    answer = client.patch(
        address,
        data='{"note": "Of a nation.", "state": null}',
        content_type="application/merge-patch+json",
        headers={**editor, "If-Match": '"2"'},
    )
    patched = json_of(answer)
    assert (patched["note"], patched["state"]) == ("Of a nation.", "draft")
    assert patched["terms"] == made["terms"]

    answer = client.delete(address, headers={**editor, "If-Match": '"3"'})
    assert (answer.status_code, answer.data) == (204, b"")
    assert json_of(client.get(address))["state"] == "retired"
    found = json_of(client.get(f"{API}/lookup?q=strategic composure"))["hits"]
    assert "strategic-composure" not in [hit["entry"] for hit in found]

    answer = client.post(f"{address}/versions/2/restore", headers=editor)
    assert json_of(answer)["state"] == "approved"
    history = json_of(client.get(f"{address}/versions"))["items"]
    assert [(v["version"], v["action"], v["by"]) for v in history] == [
        (5, "restore", "editor"),
        (4, "retire", "editor"),
        (3, "update", "editor"),
        (2, "approve", "editor"),
        (1, "create", "editor"),
    ]
    assert history[2]["changed"] == ["/note", "/state"]
    assert [v["entry"]["version"] for v in history] == [5, 4, 3, 2, 1]


def test_a_change_must_name_the_version_it_changes(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    for call in (client.put, client.patch):
        problem(
            call(NEW_MODEL, json=major_country(), headers=editor), 428, "match-required"
        )
    problem(client.delete(NEW_MODEL, headers=editor), 428, "match-required")


@pytest.mark.parametrize("tag", ['"7"', 'W/"1"', '"x", "y"', "nonsense"])
def test_a_change_of_an_old_version_is_refused(
    client: FlaskClient, editor: dict[str, str], tag: str
) -> None:
    headers = {**editor, "If-Match": tag}
    answer = client.put(NEW_MODEL, json=major_country(), headers=headers)
    assert "version 1" in problem(answer, 412, "stale")["detail"]
    assert json_of(client.get(NEW_MODEL))["version"] == 1


@pytest.mark.parametrize("tag", ['"1"', '"0", "1"', "*"])
def test_a_change_of_the_known_version_is_taken(
    client: FlaskClient, editor: dict[str, str], tag: str
) -> None:
    headers = {**editor, "If-Match": tag}
    answer = client.put(NEW_MODEL, json=major_country(), headers=headers)
    assert answer.status_code == 200


def test_a_duplicate_id_is_a_conflict(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    answer = client.post(f"{API}/entries", json=major_country(), headers=editor)
    problem(answer, 409, "exists")


def test_an_entry_without_an_id_gets_the_next_free_one(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    made = [
        json_of(client.post(f"{API}/entries", json={"terms": TWO}, headers=editor))[
            "id"
        ]
        for _ in range(3)
    ]
    assert made == [
        "strategic-composure",
        "strategic-composure-2",
        "strategic-composure-3",
    ]


def test_an_id_cannot_be_changed(client: FlaskClient, editor: dict[str, str]) -> None:
    headers = {**editor, "If-Match": "*"}
    document = major_country(id="another")
    problem(client.put(NEW_MODEL, json=document, headers=headers), 422, "invalid")
    problem(client.patch(NEW_MODEL, json={"id": "x"}, headers=headers), 422, "invalid")


def test_an_unknown_version_is_not_found(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    answer = client.post(f"{NEW_MODEL}/versions/99/restore", headers=editor)
    problem(answer, 404, "not-found")


def test_writes_need_a_token_and_a_bad_one_is_never_anonymous(
    client: FlaskClient,
) -> None:
    answer = client.post(f"{API}/entries", json={"terms": TWO})
    problem(answer, 401, "unauthorized")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    for value in ("Bearer gls_wrong", "Basic eDp5", "gls_wrong", "Bearer"):
        answer = client.get(f"{API}/stats", headers={"Authorization": value})
        problem(answer, 401, "unauthorized")


def test_only_an_admin_purges(
    client: FlaskClient, editor: dict[str, str], admin: dict[str, str]
) -> None:
    headers = {"If-Match": "*"}
    answer = client.delete(f"{NEW_MODEL}?purge=true", headers={**editor, **headers})
    problem(answer, 403, "forbidden")
    answer = client.delete(f"{NEW_MODEL}?purge=true", headers={**admin, **headers})
    assert answer.status_code == 204
    problem(client.get(NEW_MODEL), 404, "not-found")
    since = json_of(client.get(f"{API}/changes?since=1"))["changes"]
    assert since[-1]["action"] == "purge"
    assert since[-1]["document"] is None


def test_entries_come_in_pages_that_link_to_the_next(client: FlaskClient) -> None:
    seen: list[str] = []
    address = f"{API}/entries?limit=100&subject=bilateral-relations"
    while address:
        answer = client.get(address)
        body = json_of(answer)
        seen += [item["id"] for item in body["items"]]
        address = body["next"]
        if address:
            assert answer.headers["Link"] == f'<{address}>; rel="next"'
        else:
            assert "Link" not in answer.headers
    assert seen == sorted(set(seen))
    assert len(seen) > 10


def test_every_page_together_is_the_whole_glossary(client: FlaskClient) -> None:
    total = sum(json_of(client.get(f"{API}/stats"))["entries"].values())
    address, seen = f"{API}/entries?limit=7", 0
    while address:
        body = json_of(client.get(address))
        seen += len(body["items"])
        address = body["next"]
    assert seen == total


def test_changes_since_a_revision_carry_the_entries(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    before = json_of(client.get(f"{API}/stats"))["revision"]
    client.post(f"{API}/entries", json={"terms": TWO}, headers=editor)
    body = json_of(client.get(f"{API}/changes", query_string={"since": before}))
    (change,) = body["changes"]
    assert change["document"]["terms"][0]["text"] == "战略定力"
    assert change["revision"] == body["revision"]
    page = json_of(client.get(f"{API}/changes?limit=3"))
    more = json_of(client.get(page["next"]))
    both = [c["entry"] for c in page["changes"] + more["changes"]]
    assert len(set(both)) == len(both)


@pytest.mark.parametrize(
    "query", ["since=-1", "since=x", "cursor=x", f"since={10**30}"]
)
def test_a_bad_place_in_the_changes_is_an_error(
    client: FlaskClient, query: str
) -> None:
    problem(client.get(f"{API}/changes?{query}"), 422, "invalid")


def test_lists_count_what_is_there(client: FlaskClient) -> None:
    (glossary,) = json_of(client.get(f"{API}/glossaries"))["items"]
    assert glossary["id"] == "diplomatic"
    assert glossary["entries"] >= 150
    subjects = json_of(client.get(f"{API}/subjects"))["items"]
    (bilateral,) = [s for s in subjects if s["id"] == "bilateral-relations"]
    assert bilateral["label"]["zh-Hans"] == "双边关系"
    assert bilateral["entries"] > 10
    sources = json_of(client.get(f"{API}/sources"))["items"]
    (readout,) = [s for s in sources if s["id"] == "wang-yi-kerry-2014"]
    assert readout["date"] == "2014-02-14"


READS = [
    "/lookup?q=主权",
    "/suggest?q=主",
    "/entries",
    "/changes",
    "/glossaries",
    "/subjects",
    "/sources",
    "/stats",
    "/entries/sovereignty/versions",
]


@pytest.mark.parametrize("path", READS)
def test_a_read_is_tagged_with_the_revision_and_known_ones_are_304(
    client: FlaskClient, editor: dict[str, str], path: str
) -> None:
    answer = client.get(API + path)
    tag = answer.headers["ETag"]
    stats = json_of(client.get(f"{API}/stats"))
    assert tag.startswith(f'"{stats["epoch"]}-{stats["revision"]}-')
    assert tag.endswith(f'-{today()}"') == path.startswith("/lookup")
    again = client.get(API + path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    client.post(f"{API}/entries", json={"terms": TWO}, headers=editor)
    after = client.get(API + path, headers={"If-None-Match": tag})
    assert after.status_code == 200


def test_an_entry_is_tagged_with_its_version(client: FlaskClient) -> None:
    answer = client.get(NEW_MODEL)
    assert answer.headers["ETag"] == f'"{json_of(answer)["version"]}"'
    again = client.get(NEW_MODEL, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_an_answer_is_never_older_than_the_last_write(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    address = f"{API}/lookup?q=战略定力&tier=exact&glossary=own"
    assert json_of(client.get(address))["hits"] == []
    sent = {"terms": TWO, "glossary": "own"}
    client.post(f"{API}/entries", json=sent, headers=editor)
    assert len(json_of(client.get(address))["hits"]) == 1


def test_reads_can_be_closed(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOSSARY_OPEN_READS", "0")
    config.settings.cache_clear()
    app = create_app()
    closed = app.test_client()
    problem(closed.get(f"{API}/stats"), 401, "unauthorized")
    assert closed.get("/", headers={"Accept": "text/html"}).status_code == 401
    store = app.extensions["glossary"].store
    reader = access.create(store, "reader", scope="read")
    headers = {"Authorization": f"Bearer {reader}"}
    assert closed.get(f"{API}/stats", headers=headers).status_code == 200
    answer = closed.post(f"{API}/entries", json={"terms": TWO}, headers=headers)
    problem(answer, 403, "forbidden")
    store.close()


def test_an_unexpected_error_is_logged_and_says_nothing_of_the_inside(
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret of the inside")

    monkeypatch.setattr("glossary.web.current.lookup", broken)
    body = problem(client.get(f"{API}/lookup?q=主权"), 500, "unexpected")
    assert "secret" not in json.dumps(body)
    assert "secret of the inside" in caplog.text
