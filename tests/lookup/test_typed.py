"""Queries as translators type them, written without looking at what is found.

`typed/queries.txt` holds kind, query and a wording of the entry that is meant,
`nothing` queries without an answer, `near` queries that look like a wording and mean
another. What is known to fail stands by name in `failing`; nothing else may.
"""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from glossary.entry import Hit
from glossary.lookup import lookup, suggest
from glossary.query import Query
from glossary.store import SqliteStore

HERE = Path(__file__).parent / "typed"


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line[:1] != "#")


@pytest.fixture(scope="module")
def entries_of(curated: SqliteStore) -> dict[str, set[str]]:
    """Return the entries that have each wording."""
    wordings: dict[str, set[str]] = {}
    for entry in curated.all_entries():
        for term in entry.terms:
            wordings.setdefault(term.text, set()).add(entry.id)
    return wordings


def hits(store: SqliteStore, q: str) -> tuple[Hit, ...]:
    return lookup(store, Query(q), candidates=400).hits


def answers(store: SqliteStore, q: str) -> tuple[Hit, ...]:
    return lookup(store, Query(q), candidates=400).answers


def led(store: SqliteStore, q: str) -> list[str]:
    return [each.entry for each in suggest(store, q, limit=8, candidates=400)][:1]


def test_there_are_enough_queries_of_every_kind() -> None:
    kinds = Counter(kind for kind, _, _ in rows("queries"))
    assert sum(kinds.values()) >= 400
    assert len(kinds) >= 20
    assert len(rows("nothing")) >= 150
    assert len(rows("near")) >= 60
    assert len({q for _, q, _ in rows("queries")}) == sum(kinds.values())


def test_no_query_fails_that_is_not_known_to_fail(
    curated: SqliteStore, entries_of: dict[str, set[str]]
) -> None:
    places = {}
    for _, q, texts in rows("queries"):
        wanted = set().union(*map(entries_of.__getitem__, texts.split(" / ")))
        found = [hit.entry in wanted for hit in hits(curated, q)]
        places[q] = found.index(True) if True in found else 99
    failing = {q for q, place in places.items() if place}
    assert failing == {q for (q,) in rows("failing")}


def test_what_is_not_there_has_no_answer(curated: SqliteStore) -> None:
    wrong = [q for (q,) in rows("nothing") if answers(curated, q) or led(curated, q)]
    assert wrong == [
        *("office chair", "warn", "第八章", "warp", "SUV", "LED", "GPS"),
        *("chaofan", "weixin", "帐篷"),
    ]


@pytest.mark.parametrize(("q", "wording"), rows("near"), ids=lambda text: text)
def test_a_near_miss_is_never_an_answer(
    curated: SqliteStore, entries_of: dict[str, set[str]], q: str, wording: str
) -> None:
    other = entries_of[wording]
    assert not other & {hit.entry for hit in answers(curated, q)}
    assert not other & set(led(curated, q))
