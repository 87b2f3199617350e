"""Entries by what is proved of them: lists, counts, a store of the version before."""

import json
from pathlib import Path
from typing import Any

import psycopg
from flask.testing import FlaskClient

from glossary.store import SqliteStore, Store, open_store, store_at
from glossary.store.postgres.schema import MIGRATIONS as POSTGRES_MIGRATIONS
from glossary.store.sqlite.migrations import MIGRATIONS
from tests import postgresql
from tests.cli.test_cli import run
from tests.conftest import entry

CITED = {"source": "mfa-2023"}
PROVED = {"pair": [CITED | {"counterpart": {"text": "脱钩"}}], "one": [CITED]}


def document(name: str, proved: str = "none", **more: Any) -> dict[str, Any]:
    chinese = [CITED] if proved == "both" else []
    english = PROVED.get(proved, [CITED] if proved == "both" else [])
    terms = [
        {"lang": "zh-Hans", "text": "脱钩", "citations": chinese},
        {"lang": "en", "text": "decoupling", "citations": english},
    ]
    return {"id": name, "terms": terms, "state": "approved", **more}


STORED = [
    document("a", "pair", subjects=["trade"]),
    document("b", "both", subjects=["trade"], glossary="other"),
    document("c", "one"),
    document("d", "one", state="draft", subjects=["trade"]),
    document("e"),
    document("f", "pair", state="retired"),
]


def fill(store: Store) -> None:
    with store.write(by="test") as write:
        for each in STORED:
            write.create(entry(**each))


def ids(store: Store, **chosen: str) -> list[str]:
    return [each.id for each in store.entries(limit=10, **chosen)]  # type: ignore[arg-type]


def is_listed(store: Store) -> None:
    """Assert that the store lists and counts its entries by what is proved."""
    assert ids(store, proof="pair") == ["a"]
    assert ids(store, proof="one") == ["c", "d"]
    assert ids(store, proof="one", state="draft") == ["d"]
    assert ids(store, proof="one", subject="trade") == ["d"]
    assert ids(store, proof="both", glossary="other") == ["b"]
    assert ids(store, proof="both", subject="trade", glossary="diplomatic") == []
    assert ids(store, proof="pair", state="retired") == []
    assert ids(store, proof="one", after="c") == ["d"]
    stats = store.stats()
    assert stats["proof"] == {"pair": 1, "both": 1, "one": 2, "none": 1}
    assert stats["proof_approved"] == {"pair": 1, "both": 1, "one": 1, "none": 1}


def test_entries_are_listed_and_counted_by_what_is_proved(store: Store) -> None:
    fill(store)
    is_listed(store)


def test_a_change_moves_an_entry_to_another_list(store: Store) -> None:
    fill(store)
    with store.write(by="test") as write:
        write.update(entry(**document("e", "pair")))
        write.update(entry(**document("c", "one", state="draft")))
        write.purge("a")
    assert ids(store, proof="pair") == ["e"]
    assert store.stats()["proof_approved"] == {
        "pair": 1,
        "both": 1,
        "one": 0,
        "none": 0,
    }


#: What the version before did not keep.
FORGET = (
    "delete from facet where kind = 'proof'",
    "delete from tally where kind in ('proof', 'proof-approved', 'proof-draft')",
)


def test_an_older_file_is_upgraded_with_its_entries(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.touch()
    old = SqliteStore(str(path), busy_timeout=1)
    MIGRATIONS.apply(old._db, stop_before="m014_what_is_proved")
    fill(old)
    for sql in FORGET:
        old.rows(sql)
    old.close()
    done = run("db", "upgrade", database=path)
    assert "m014_what_is_proved" in done.stdout
    report = [line.split()[:2] for line in done.stdout.splitlines()[-4:]]
    assert report == [["1", "pair"], ["1", "both"], ["1", "one"], ["1", "none"]]
    again = run("db", "upgrade", "--json", database=path)
    assert json.loads(again.stdout) == {
        "applied": [],
        "approved": {"pair": 1, "both": 1, "one": 1, "none": 1},
    }
    new = open_store(str(path))
    is_listed(new)
    new.close()


def test_an_older_database_is_upgraded_with_its_entries(
    cluster: postgresql.Cluster,
) -> None:
    address = cluster.new()
    opened = open_store(address)
    fill(opened)
    opened.close()
    last = POSTGRES_MIGRATIONS[-1].__name__
    with psycopg.connect(address) as connection:
        for sql in FORGET:
            connection.execute(sql.encode())
        connection.execute("delete from migration where name = %s", [last])
    old = store_at(address)
    assert old.upgrade() == ["m010_what_is_proved"]
    is_listed(old)
    old.close()
    cluster.drop(address)


def test_the_api_filters_by_proof_and_refuses_what_is_none(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    made = document("proved-pair", "pair", glossary="proofs")
    assert client.post("/api/v1/entries", json=made, headers=editor).status_code == 201
    answer = client.get("/api/v1/entries?proof=pair&glossary=proofs").json
    assert answer
    assert [item["id"] for item in answer["items"]] == ["proved-pair"]
    assert "proof" not in answer["items"][0]
    refused = client.get("/api/v1/entries?proof=half")
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (  # type: ignore[index]
        422,
        "/proof",
    )


def test_pages_list_and_show_what_is_proved(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    made = document("proved-pair", "pair", checked={"date": "2026-11-28", "by": "Li"})
    assert client.post("/api/v1/entries", json=made, headers=editor).status_code == 201
    page = client.get("/entries/proved-pair").text
    assert "pair proved · documents: 1" in page
    assert "last checked 2026-11-28" in page
    assert "proved-pair" in client.get("/browse?proof=pair").text
    assert "By what is proved of the leading pair" in client.get("/browse").text
    assert client.get("/browse?proof=half").status_code == 422
    assert "What is proved of the approved entries" in client.get("/statistics").text
    evidence = client.get("/api/v1/entries/proved-pair/evidence").json
    assert evidence
    assert (evidence["proof"], evidence["proved_by"]) == ("pair", ["mfa-2023"])
