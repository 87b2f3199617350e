"""The labelled queries: what a translator half remembers, and what it has to find.

`lookup_queries.tsv` holds kind, query and the entry that it means. The queries were
made from wordings of the curated glossary that no two entries share: as written,
folded, inflected, spelt in pinyin, or given one or two mistakes at random.
"""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from glossary.lookup import lookup
from glossary.query import Query
from glossary.store import SqliteStore

HERE = Path(__file__).parent
#: Kind → among how many hits the right one has to be.
DEMANDED = {"exact": 1, "folded": 1, "inflected": 1, "pinyin": 1, "fuzzy": 3}
#: What is known not to be found; nothing else may be lost.
LOST = {
    # A word is left out, another lacks a letter, and it is said to be quoted.
    '"one country on side"',
    # Two letters are amiss in a wording of three short words.
    "shit the bame",
}


@cache
def labelled() -> list[tuple[str, ...]]:
    text = (HERE / "lookup_queries.tsv").read_text(encoding="utf-8")
    return [tuple(line.split("\t")) for line in text.splitlines()]


def without_answer() -> list[str]:
    text = (HERE / "lookup_without_answer.txt").read_text(encoding="utf-8")
    return text.splitlines()


def found(store: SqliteStore, q: str) -> list[str]:
    return [h.entry for h in lookup(store, Query(q), candidates=400).hits]


def test_there_are_at_least_four_hundred_labelled_queries_of_every_kind() -> None:
    kinds = Counter(kind for kind, _, _ in labelled())
    assert sum(kinds.values()) >= 400
    assert set(kinds) == set(DEMANDED)
    assert min(kinds.values()) >= 40


@pytest.mark.parametrize("kind", DEMANDED)
def test_the_right_entry_is_found_for_all_but_what_is_named(
    curated: SqliteStore, kind: str
) -> None:
    first = DEMANDED[kind]
    asked = [(q, entry) for k, q, entry in labelled() if k == kind]
    lost = {q for q, e in asked if e not in found(curated, q)[:first]}
    assert lost == LOST & {q for q, _ in asked}


def test_a_hundred_queries_without_an_answer_find_nothing(curated: SqliteStore) -> None:
    asked = without_answer()
    assert len(asked) == 100
    answered = [q for q in asked if lookup(curated, Query(q), candidates=400).answers]
    assert answered == []
