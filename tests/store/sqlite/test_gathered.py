"""The grams of terms stand in one piece once many were written."""

from collections.abc import Iterable

import pytest

from glossary.lookup import lookup
from glossary.query import Query
from glossary.store import SqliteStore, open_store
from tests.nouns import entry

pytestmark = pytest.mark.usefixtures("only_sqlite")


def pieces(store: SqliteStore) -> list[int]:
    """Return how many pieces FTS5 has of the grams of terms and of prose."""
    counts = [
        store.rows(f"select count(distinct segid) from {table}_idx")  # noqa: S608 - ours.
        for table in ("gram", "prose")
    ]
    return [n for ((n,),) in counts]


def written(store: SqliteStore, numbers: Iterable[int]) -> None:
    with store.write(by="me") as write:
        for n in numbers:
            terms = [
                {"lang": "zh-Hans", "text": f"第{n}号决议"},
                {"lang": "en", "text": f"Resolution {n}"},
            ]
            definition = {"en": f"What the Council decided as number {n}."}
            write.create(entry(id=f"r-{n}", terms=terms, definition=definition))


def test_many_new_terms_leave_one_piece_and_few_do_not_touch_the_rest(
    fresh: str,
) -> None:
    store = open_store(fresh)
    assert isinstance(store, SqliteStore)
    written(store, range(2000, 2040))
    assert pieces(store) == [1, 1]
    for n in (2040, 2041, 2042):
        written(store, [n])
    assert pieces(store) == [4, 4]
    written(store, range(2100, 2120))
    assert pieces(store) == [1, 1]
    for q in ("resolution 2041", "2110号决议"):
        assert lookup(store, Query(q), candidates=9).answers
    store.close()


def test_an_index_that_is_made_anew_is_one_piece(fresh: str) -> None:
    store = open_store(fresh)
    assert isinstance(store, SqliteStore)
    written(store, range(2000, 2040))
    for n in (2040, 2041):
        written(store, [n])
    assert pieces(store) == [3, 3]
    store.repair()
    assert pieces(store) == [1, 1]
    assert lookup(store, Query("resolution 2041"), candidates=9).answers
    store.close()
