"""Inside one snapshot no question is asked of the store twice."""

from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.formats import by_name
from glossary.lookup import lookup
from glossary.query import Part, Query
from glossary.store import Store, open_store
from glossary.store.memory import Memory
from glossary.text import sound
from glossary.transfer.taking import take_out
from tests.nouns import curated_entries, entry, numbered


@pytest.fixture
def asked(curated: Store, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts what a lookup asks of the store, with its values."""
    return questions(curated, monkeypatch)


def questions(store: Store, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    counts: Counter[str] = Counter()
    rows = store.search._rows

    def noted(sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        counts[f"{sql} {values}"] += 1
        return rows(sql, values)

    monkeypatch.setattr(store.search, "_rows", noted)
    return counts


@pytest.mark.parametrize(
    "q",
    [
        "新型大国关系",
        "mutual respect",
        "zhuquan",
        "mutal respct",
        "respct mutal equlity",
        "win-win coperation and mutual respect",
        "合作共嬴",
        "new*relations",
        "xyzzy plugh",
    ],
)
def test_a_look_up_asks_nothing_twice(
    curated: Store, asked: Counter[str], q: str
) -> None:
    forgetful = lookup(curated, Query(q=q), candidates=400)
    asked.clear()
    with curated.snapshot():
        answer = lookup(curated, Query(q=q), candidates=400)
    assert asked
    assert [text for text, times in asked.items() if times > 1] == []
    assert answer == forgetful


@st.composite
def queries(draw: st.DrawFn) -> str:
    """Wordings as they are, parts of them, and with a slip."""
    terms = [term.text for each in curated_entries() for term in each.terms]
    text = draw(st.sampled_from(terms))
    begin = draw(st.integers(0, max(len(text) - 2, 0)))
    end = draw(st.integers(begin + 1, len(text)))
    at = draw(st.integers(0, len(text) - 1))
    slip = text[:at] + text[at + 1 :]
    return draw(st.sampled_from([text, text[begin:end], slip, sound(text)[:40]]))


@settings(max_examples=25, deadline=None)
@given(queries(), st.sampled_from(["exact", "pinyin", "part", "fuzzy"]))
def test_what_is_asked_together_is_found_as_one_by_one(
    curated: Store, q: str, tier: str
) -> None:
    query = Query(q=q, tier=tier)
    alone = lookup(curated, query, candidates=400)
    with curated.snapshot():
        assert lookup(curated, query, candidates=400) == alone


@pytest.mark.parametrize(
    ("q", "most"),
    [
        ("新型大国关系", 4),
        ("mutual respect", 6),
        ("zhuquan", 6),
        ("主权&tier=exact", 3),
    ],
)
def test_a_look_up_goes_to_a_server_of_the_store_a_few_times(
    only_postgres: None,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    q: str,
    most: int,
) -> None:
    assert client.get("/api/v1/lookup?q=和平共处").status_code == 200
    statements = []
    execute = psycopg.Cursor.execute

    def noted(self: Any, query: Any, *values: Any, **options: Any) -> Any:
        statements.append(query)
        return execute(self, query, *values, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", noted)
    answer = client.get(f"/api/v1/lookup?q={q}")
    assert answer.json["hits"][0]["tier"] in {"exact", "pinyin"}
    assert 1 < len(statements) <= most
    statements.clear()
    assert client.get(f"/api/v1/lookup?q={q}").data == answer.data
    assert len(statements) == 1


def test_what_is_remembered_ends_with_the_snapshot(store: Store) -> None:
    for number in (1, 2):
        with store.write(by="me") as write:
            write.create(entry(**numbered(number)))
        with store.snapshot():
            grams = [f"=road-{number}", "=silk"]
            assert store.search.frequencies(grams) == store.search.frequencies(grams)
            assert store.search.size() == 2 * number
            assert {e.id for e in store.search.entries([1, 2, 3]).values()} == {
                f"road-{n}" for n in range(1, number + 1)
            }


def test_a_memory_remembers_only_while_it_is_open() -> None:
    memory, asked = Memory(), []

    def ask(numbers: list[int]) -> dict[int, str]:
        asked.append(numbers)
        return {n: str(n) for n in numbers if n != 7}

    assert memory.many("one", [1], ask) == memory.many("one", [1], ask)
    assert asked == [[1], [1]]
    asked.clear()
    with memory.open():
        assert memory.many("one", [1, 2], ask) == {1: "1", 2: "2"}
        with memory.open():
            assert memory.many("one", [2, 3, 7], ask) == {2: "2", 3: "3"}
        assert memory.many("one", [7, 1], ask) == {1: "1"}
        assert memory.once("x", lambda: asked.append([0])) is None
        memory.once("x", lambda: asked.append([0]))
    assert asked == [[1, 2], [3, 7], [7], [0]]
    memory.many("one", [1], ask)
    assert asked[-1] == [1]


def test_a_memory_of_much_forgets_and_stays_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("glossary.store.memory._MOST", 3)
    memory = Memory()
    with memory.open():
        for start in range(20):
            wanted = [start, start + 1, start + 2, start + 3]
            there = memory.many("n", wanted, lambda new: {n: -n for n in new})
            assert there == {n: -n for n in wanted}


def test_relations_of_an_export_are_asked_for_a_page_at_a_time(
    curated: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = 0
    in_use = curated.in_use

    def counted(ids: Sequence[str], glossary: str | None = None) -> set[str]:
        nonlocal times
        times += 1
        return in_use(ids, glossary)

    monkeypatch.setattr(curated, "in_use", counted)
    stream = BytesIO()
    with curated.snapshot():
        take_out(curated, by_name("tbx3"), stream, part=Part(), drop=lambda _: None)
    entries = stream.getvalue().count(b"<conceptEntry")
    assert entries > 1_500
    assert 0 < times <= -(-entries // 500)


def test_what_outlasts_a_snapshot_is_forgotten_when_somebody_writes(
    database: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = open_store(str(database))
    asked = questions(own, monkeypatch)

    def look_up() -> tuple[str, int]:
        asked.clear()
        with own.snapshot():
            answer = lookup(own, Query(q="mutal respct"), candidates=400)
            sizes = own.search.frequencies(["=respect"])
        return repr(answer), sizes["=respect"]

    first = look_up()
    assert any("from frequency" in text for text in asked)
    assert look_up() == first
    assert not any("from frequency" in text for text in asked)
    terms = [
        {"lang": "zh-Hans", "text": "对测试的尊重", "status": "preferred"},
        {"lang": "en", "text": "respect for tests", "status": "preferred"},
    ]
    with own.write(by="ann") as write:
        write.create(entry(id="respect-for-tests", terms=terms))
    assert look_up()[1] == first[1] + 1
    own.close()
