"""Entries by what is proved of them: lists, counts, a store of the version before."""

import json
from typing import Any

from flask.testing import FlaskClient

from glossary.store import Store, is_address, open_store
from tests.nouns import entry
from tests.running import run

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
    return [each.id for each in store.entries(limit=10, **chosen)]


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


def forget(store: Store) -> None:
    """Put a store back to the version before, which kept nothing of proof."""
    table = "migration" if is_address(store.path) else "_sqlite_migrations"
    with store.write(by="me") as write:
        execute, _ = write.copied
        execute("delete from facet where kind = 'proof'")
        execute("delete from tally where kind like 'proof%'")
        execute(f"delete from {table} where name like '%what_is_proved'")  # noqa: S608 - fixed words only.


def test_an_older_store_is_upgraded_with_a_report_of_its_approved_entries(
    fresh: str,
) -> None:
    old = open_store(fresh)
    fill(old)
    forget(old)
    assert ids(old, proof="pair") == []
    old.close()
    done = run("db", "upgrade", database=fresh).stdout.splitlines()
    assert [name[5:] for name in done[:-5]] == ["what_is_proved"]
    report = [line.split()[:2] for line in done[-4:]]
    assert report == [["1", "pair"], ["1", "both"], ["1", "one"], ["1", "none"]]
    again = run("db", "upgrade", "--json", database=fresh)
    assert json.loads(again.stdout) == {
        "applied": [],
        "approved": {"pair": 1, "both": 1, "one": 1, "none": 1},
    }
    new = open_store(fresh)
    is_listed(new)
    new.close()


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
    made = document("a", "pair", checked={"date": "2026-11-28", "by": "Li"})
    assert client.post("/api/v1/entries", json=made, headers=editor).status_code == 201
    page = client.get("/entries/a").text
    assert "pair proved · documents: 1" in page
    assert "last checked 2026-11-28" in page
    assert '"/entries/a"' in client.get("/browse?proof=pair").text
    assert "By proof of the leading pair" in client.get("/browse").text
    assert client.get("/browse?proof=half").status_code == 422
    assert "Proof of the approved entries" in client.get("/statistics").text
    evidence = client.get("/api/v1/entries/a/evidence").json
    assert evidence
    assert (evidence["proof"], evidence["proved_by"]) == ("pair", ["mfa-2023"])


def test_look_ups_texts_and_checks_say_what_is_proved_and_where(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    source = {"id": "mfa-2023", "title": {"en": "Talks"}, "date": "2023-06-19"}
    client.post("/api/v1/sources", json=source, headers=editor)
    quote = {"text": "互联互锁", "quote": "推进互联互锁"}
    cited = {**CITED, "quote": "mutual interlocking", "counterpart": quote}
    terms = [
        {"lang": "zh-Hans", "text": "互联互锁", "status": "preferred"},
        {"lang": "en", "text": "mutual interlocking", "status": "preferred"}
        | {"citations": [cited], "since": "2023"},
        {"lang": "en", "text": "mutual locking", "status": "superseded"}
        | {"since": "2012", "until": "2013-06"},
    ]
    made = {"id": "interlocking", "terms": terms, "state": "approved"}
    assert client.post("/api/v1/entries", json=made, headers=editor).status_code == 201
    answer = client.get("/api/v1/lookup?q=互联互锁&as_of=2013-01").json
    assert answer
    (hit,) = answer["hits"]
    assert (hit["proof"], hit["proved_by"], hit["proved_in"]) == (
        "pair",
        ["mfa-2023"],
        [2023],
    )
    assert hit["term"]["also_cited"][0]["quote"] == "推进互联互锁"
    assert [(t["text"], t["in_force"]) for t in hit["equivalents"]] == [
        ("mutual locking", "yes"),
        ("mutual interlocking", "not-yet"),
    ]
    assert [source["id"] for source in answer["sources"]] == ["mfa-2023"]
    text = {"text": "互联互锁", "as_of": "2013-01"}
    (match,) = client.post("/api/v1/annotate", json=text).json["matches"]  # type: ignore[index]
    assert (match["proof"], match["proved_by"]) == ("pair", ["mfa-2023"])
    assert [t["in_force"] for t in match["equivalents"]] == ["yes", "not-yet"]
    text["as_of"] = "2024"
    (match,) = client.post("/api/v1/annotate", json=text).json["matches"]  # type: ignore[index]
    assert [t["in_force"] for t in match["equivalents"]] == ["yes", "ended"]
    pairs = [{"source": "互联互锁", "target": "We agree."}]
    checked = client.post("/api/v1/check", json={"pairs": pairs}).json
    assert checked
    (finding,) = checked["pairs"][0]["findings"]
    assert (finding["verdict"], finding["proof"]) == ("missing", "pair")


def test_the_command_line_says_what_is_proved_and_what_was_in_force(
    fresh: str,
) -> None:
    made = document("a", "pair", checked={"date": "2026-11-28", "by": "Li"})
    made["terms"].append(
        {"lang": "en", "text": "delinking", "status": "superseded"}
        | {"since": "2012", "until": "2013-06"}
    )
    opened = open_store(fresh)
    with opened.write(by="test") as write:
        write.create(entry(**made))
    opened.close()
    shown = run("show", "a", database=fresh).stdout
    assert "pair proved · documents: 1" in shown
    assert "last checked 2026-11-28 · Li" in shown
    then = run("lookup", "脱钩", "--as-of", "2013-01", database=fresh).stdout
    assert "pair proved · documents: 1" in then
    assert "delinking  in force then, until 2013-06" in then
    assert "superseded" in run("lookup", "脱钩", database=fresh).stdout


def test_a_file_holds_what_is_proved_so_far(fresh: str, client: FlaskClient) -> None:
    opened = open_store(fresh)
    fill(opened)
    opened.close()
    chosen = "export", "--format", "ndjson", "--no-nouns", "--proof"
    lines = run(*chosen, "one", database=fresh).stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["c", "d"]
    pairs = client.get("/api/v1/export?format=ndjson&nouns=false&proof=pair")
    ids_ = [json.loads(line)["id"] for line in pairs.text.splitlines()]
    assert len(ids_) == client.get("/api/v1/stats").json["proof"]["pair"]  # type: ignore[index]
    other = client.get("/api/v1/export?format=ndjson&nouns=false&proof=both")
    assert json.loads(other.text.splitlines()[0])["id"] not in ids_
    assert other.headers["ETag"] != pairs.headers["ETag"]
    assert client.get("/api/v1/export?format=ndjson&proof=half").status_code == 422
