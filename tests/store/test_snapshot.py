"""What an answer says is of one moment: its revision and all of its body."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from glossary.curation import changes as curate
from glossary.errors import StoreError
from glossary.lookup import lookup
from glossary.query import Query
from glossary.recognition.snapshot import Recognition
from glossary.store import Store, open_store
from tests.answers import API, json_of
from tests.nouns import entry, major_country, numbered


def test_a_snapshot_stays_as_it_is_while_others_write(store: Store, fresh: str) -> None:
    curate.create(store, entry(**major_country()), by="one")
    other = open_store(fresh)
    with store.snapshot() as revision:
        curate.create(other, entry(**numbered(1)), by="two")
        with store.snapshot() as inner:
            assert inner == store.revision() == revision
        assert store.stats()["terms"] == {"en": 1, "zh": 1}
        assert [each.id for each in store.all_entries()] == [major_country()["id"]]
    assert store.revision() == revision + 1
    assert store.stats()["terms"] == {"en": 2, "zh": 2}
    other.close()


def test_a_snapshot_ends_with_an_error_and_the_next_one_is_new(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.snapshot():
        raise ZeroDivisionError
    with pytest.raises(StoreError), store.snapshot():
        store.rows("select nothing from nowhere")
    curate.create(store, entry(**major_country()), by="one")
    with store.snapshot() as revision:
        assert store.stats()["terms"]["en"] == revision == 1


def test_a_term_is_read_as_it_was_when_the_snapshot_of_a_text_was_taken(
    store: Store, fresh: str
) -> None:
    kept = curate.create(store, entry(**numbered(1)), by="one")
    recognition = Recognition(store, Path(f"{fresh}.lexicon"))
    snapshot = recognition.snapshot()
    document = numbered(2) | {"id": kept.id}
    curate.replace(store, kept.id, entry(**document), knows=lambda _: True, by="one")
    (sense,) = snapshot.main.senses(0)[:1] or snapshot.delta.senses(0)[:1]
    assert "1" in sense.term.text
    assert sense.entry == kept


@pytest.fixture
def busy(database: Path | str) -> Iterator[int]:
    """Somebody writes all the time: every revision has one entry more.

    Yields the revision before the first of them.
    """
    stop = threading.Event()
    idle = open_store(str(database))
    before = idle.revision()
    idle.close()

    def write() -> None:
        store = open_store(str(database))
        for number in range(400):
            curate.create(store, entry(**numbered(number)), by="somebody")
            if stop.wait(0.002):
                break
        store.close()

    writer = threading.Thread(target=write)
    writer.start()
    yield before
    stop.set()
    writer.join()


def test_revision_and_body_agree_while_others_write(
    client: FlaskClient, busy: int
) -> None:
    first = json_of(client.get(f"{API}/stats"))
    seen = set()
    for turn in range(60):
        answer = client.get(f"{API}/stats")
        stats = json_of(answer)
        moment = f"{stats['epoch']}-{stats['revision']}"
        assert answer.headers["ETag"].startswith(f'"{moment}-')
        newer = stats["revision"] - first["revision"]
        assert stats["terms"]["en"] == first["terms"]["en"] + newer
        seen.add(newer)
        listed = client.get(f"{API}/changes?since={first['revision']}&limit=500")
        moved = json_of(listed)
        assert len(moved["changes"]) == moved["revision"] - first["revision"]
        found = json_of(
            client.get(f"{API}/lookup?q=silk+road+number&limit={turn % 50 + 1}")
        )
        assert found["revision"] >= moved["revision"]
    assert len(seen) > 5


def test_the_terms_of_a_text_agree_with_their_revision_while_others_write(
    client: FlaskClient, busy: int
) -> None:
    text = "，".join(f"第{n}条丝绸之路" for n in range(400))
    seen = set()
    rounds = 0
    while rounds < 30 or (len(seen) < 4 and rounds < 300):
        rounds += 1
        answer = client.post(f"{API}/annotate", json={"text": text})
        found = json_of(answer)
        assert len(found["matches"]) == found["revision"] - busy
        seen.add(len(found["matches"]))
        if not found["matches"]:
            continue
        changes = f"{API}/changes?since={found['revision'] - 1}&limit=1"
        newest = json_of(client.get(changes))["changes"][0]
        assert newest["revision"] == found["revision"]
        assert found["matches"][-1]["entry"] == newest["entry"]
    assert len(seen) > 3


@pytest.mark.usefixtures("only_postgres")
def test_a_look_up_is_planned_once_and_not_for_every_reader(curated: Store) -> None:
    def planned() -> set[str]:
        rows = curated.rows("select statement from pg_prepared_statements")
        return {statement for (statement,) in rows}

    for phrase in ("主权", "sovereignty", "新型大国关系", "zhuquan", "sovreignty"):
        for _ in range(8):
            with curated.snapshot():
                lookup(curated, Query(phrase), candidates=99)
    with curated.snapshot():
        kept = planned()
    assert any("from term" in statement for statement in kept)
    with curated.snapshot():
        lookup(curated, Query("主权"), candidates=99)
    with curated.snapshot():
        assert kept <= planned()


@pytest.mark.usefixtures("only_postgres")
def test_a_read_that_failed_leaves_its_connection_usable(store: Store) -> None:
    curate.create(store, entry(**major_country()), by="one")
    for _ in range(8):
        with pytest.raises(StoreError), store.snapshot():
            store.rows("select 1 / 0 from entry")
        with store.snapshot() as revision:
            assert store.rows("select count(*) from entry") == [(1,)]
        assert revision == 1
