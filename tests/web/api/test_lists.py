"""Lists over HTTP: pages, their order, and the fields that are wanted."""

from collections.abc import Iterator

import httpx
import pytest
from flask.testing import FlaskClient

from glossary.client import Client
from glossary.entry import Source
from tests.answers import API, json_of, problem
from tests.web.conftest import Served


def followed(client: FlaskClient, address: str) -> Iterator[dict[str, object]]:
    """Yield the items of every page of a list."""
    going_on: str | None = address
    while going_on:
        page = json_of(client.get(going_on))
        yield from page["items"]
        going_on = page["next"]


@pytest.mark.parametrize("sort", ["id", "-id", "modified", "-modified"])
@pytest.mark.parametrize(
    "part", ["", "&subject=climate", "&subject=climate&proof=pair", "&state=draft"]
)
def test_a_list_of_entries_has_each_once_in_its_order(
    client: FlaskClient, sort: str, part: str
) -> None:
    # What an entry says beside its name and version is the same in every order.
    address = f"{API}/entries?sort={sort}{part}&fields=version"
    whole = list(followed(client, f"{address}&limit=500"))
    pages = list(followed(client, f"{address}&limit=157"))
    assert pages == whole
    ids = [str(entry["id"]) for entry in whole]
    plain = [
        str(e["id"])
        for e in followed(client, f"{API}/entries?limit=500&fields=version{part}")
    ]
    assert len(ids) > 5
    assert sorted(ids) == plain
    if sort.endswith("id"):
        assert ids == sorted(ids, reverse=sort.startswith("-"))


def test_what_was_changed_last_is_first_in_the_newest_first(
    client: FlaskClient, admin: dict[str, str]
) -> None:
    place = f"{API}/entries/sovereignty"
    how = {**admin, "If-Match": client.get(place).headers["ETag"]}
    assert client.patch(place, json={"note": "看过。"}, headers=how).status_code == 200
    newest = json_of(client.get(f"{API}/entries?sort=-modified&limit=1&fields=version"))
    assert newest["items"] == [
        {"id": "sovereignty", "version": json_of(client.get(place))["version"]}
    ]
    oldest = list(followed(client, f"{API}/entries?sort=modified&limit=500&fields=id"))
    assert oldest[-1] == {"id": "sovereignty"}


def test_a_cursor_of_another_order_or_another_store_is_refused(
    client: FlaskClient,
) -> None:
    by_time = json_of(client.get(f"{API}/entries?sort=modified&limit=2"))["next"]
    assert client.get(by_time).status_code == 200
    problem(client.get(by_time.replace("sort=modified", "sort=id")), 422, "invalid")
    other = by_time.replace("cursor=", "cursor=00000000-1%3Ax&old=")
    problem(client.get(other.partition("&old")[0]), 410, "revision-gone")
    problem(client.get(f"{API}/entries?sort=-modified&cursor=peace"), 422, "invalid")
    problem(client.get(f"{API}/entries?sort=random"), 422, "invalid")


def test_only_the_fields_that_are_wanted_come_and_the_name_always(
    client: FlaskClient,
) -> None:
    entries = json_of(client.get(f"{API}/entries?limit=3&fields=state,subjects"))
    wanted = {"id", "state", "subjects"}
    assert [set(entry) for entry in entries["items"]] == [wanted] * 3
    place = f"{API}/entries/sovereignty"
    entry = client.get(f"{place}?fields=terms")
    assert set(json_of(entry)) == {"id", "terms"}
    assert entry.headers["ETag"] == client.get(place).headers["ETag"]
    hits = json_of(client.get(f"{API}/lookup?q=主权&fields=score,via,tier"))["hits"]
    assert hits
    assert all(set(hit) == {"entry", "score", "via", "tier"} for hit in hits)
    sent = {"queries": ["主权", "sovereignty"], "fields": "tier"}
    many = json_of(client.post(f"{API}/lookup", json=sent))["answers"]
    assert [set(answer["hits"][0]) for answer in many] == [{"entry", "tier"}] * 2
    for kind in ("sources", "subjects", "issuers", "glossaries"):
        items = json_of(client.get(f"{API}/{kind}?fields=entries"))["items"]
        assert all(set(item) == {"id", "entries"} for item in items)
    versions = client.get(f"{API}/entries/sovereignty/versions?fields=by,at")
    assert [set(v) for v in json_of(versions)["items"]] == [{"version", "by", "at"}]


def test_a_field_that_is_none_is_named_with_those_that_are(client: FlaskClient) -> None:
    for address in ("entries?fields=term", "lookup?q=主权&fields=entries"):
        answer = problem(client.get(f"{API}/{address}"), 422, "invalid")
        assert answer["errors"][0]["pointer"] == "/fields"
        assert "term" in answer["errors"][0]["detail"]
    problem(client.get(f"{API}/entries?fields="), 422, "invalid")


@pytest.mark.parametrize("kind", ["sources", "subjects", "issuers", "glossaries"])
def test_nouns_come_in_pages(client: FlaskClient, kind: str) -> None:
    whole = json_of(client.get(f"{API}/{kind}"))
    assert whole["next"] is None
    limit = max(1, len(whole["items"]) // 3)
    first = client.get(f"{API}/{kind}?limit={limit}")
    assert len(json_of(first)["items"]) == min(limit, len(whole["items"]))
    if len(whole["items"]) > limit:
        assert 'rel="next"' in first.headers["Link"]
    assert list(followed(client, f"{API}/{kind}?limit={limit}")) == whole["items"]


def test_a_history_comes_in_pages_newest_first(
    client: FlaskClient, admin: dict[str, str]
) -> None:
    place = f"{API}/entries/sovereignty"
    source = f"{API}/sources/wang-yi-kerry-2014"
    for number in range(4):
        for address, change in (
            (place, {"note": f"第{number}次"}),
            (source, {"title": {"zh-Hans": f"第{number}稿"}}),
        ):
            how = {**admin, "If-Match": client.get(address).headers["ETag"]}
            assert client.patch(address, json=change, headers=how).status_code == 200
    for address in (place, source):
        whole = json_of(client.get(f"{address}/versions"))["items"]
        assert len(whole) == 5
        assert [v["version"] for v in whole] == sorted(
            (v["version"] for v in whole), reverse=True
        )
        assert list(followed(client, f"{address}/versions?limit=2")) == whole
    after = json_of(client.get(f"{place}/versions?cursor=1"))
    assert after == {"items": [], "next": None}
    assert (
        client.get(f"{API}/entries/nothing-here/versions?cursor=1").status_code == 404
    )


def test_the_client_follows_every_page(served: Served) -> None:
    app = served(max_page="90").application
    with Client("http://here.example", transport=httpx.WSGITransport(app)) as terms:
        sources = terms.nouns.all(Source)
        assert [source.id for source in terms.sources()] == [s.id for s in sources]
    assert len({source.id for source in sources}) == len(sources) > 300
