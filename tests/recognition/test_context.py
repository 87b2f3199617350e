"""Texts beside which a wording is not a term."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.query import Wanted
from glossary.recognition.annotate import annotate
from glossary.recognition.context import Guard
from glossary.recognition.snapshot import Recognition, Snapshot
from glossary.store import SqliteStore
from tests.nouns import entry
from tests.recognition.reading import known


def held(store: SqliteStore, *terms: dict[str, Any]) -> Snapshot:
    documents = (
        {"id": f"e{number}", "state": "approved", "terms": [term]}
        for number, term in enumerate(terms)
    )
    return known(store, *documents)


def marked(snapshot: Snapshot, text: str) -> list[str]:
    return [match.text for match in annotate(snapshot, text, Wanted()).matches]


@pytest.fixture
def snapshot(store: SqliteStore) -> Snapshot:
    return held(
        store,
        {"lang": "zh-Hans", "text": "萨德", "not_preceded_by": ["阿"]},
        {"lang": "zh-Hans", "text": "特区", "not_preceded_by": ["华盛顿"]},
        {"lang": "zh-Hans", "text": "外交部长", "not_followed_by": ["长期"]},
        {"lang": "zh-Hans", "text": "防长", "not_followed_by": ["期"]},
        {
            "lang": "en",
            "text": "Minister",
            "not_preceded_by": ["Prime", "Deputy Prime"],
            "not_followed_by": ["of the Interior"],
        },
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("叙利亚总统阿萨德", []),
        ("部署萨德系统", ["萨德"]),
        ("阿、萨德", ["萨德"]),
        ("阿 萨德", ["萨德"]),
        ("華盛頓特區", []),
        ("华盛顿特区和香港特区", ["特区"]),
        ("外交部长长期坚持", []),
        ("外交部长会见", ["外交部长"]),
        ("国防长期规划", []),
        ("Prime Minister Abe", []),
        ("PRIME MINISTER", []),
        ("the Deputy Prime Minister", []),
        ("Prime\nMinister", []),
        ("Prime, Minister", ["Minister"]),
        ("a subprime Minister", ["Minister"]),
        ("sub-prime Minister", []),
        ("Minister of the Interiors", ["Minister"]),
        ("Minister of the interior", []),
        ("Minister", ["Minister"]),
        ("the Minister", ["Minister"]),
    ],
)
def test_a_wording_beside_a_context_is_not_the_term(
    snapshot: Snapshot, text: str, found: list[str]
) -> None:
    assert marked(snapshot, text) == found


def test_a_context_holds_for_both_scripts_of_a_wording(store: SqliteStore) -> None:
    terms = [
        {"lang": "zh-Hans", "text": "萨德", "not_preceded_by": ["阿"]},
        {"lang": "zh-Hant", "text": "薩德"},
    ]
    document = {"id": "thaad", "terms": terms}
    snapshot = known(store, document)
    assert marked(snapshot, "阿薩德，阿萨德") == []
    assert marked(snapshot, "薩德") == ["薩德"]


def test_only_the_term_that_says_so_is_barred(store: SqliteStore) -> None:
    snapshot = held(
        store,
        {"lang": "en", "text": "district", "not_preceded_by": ["Capital"]},
        {"lang": "en", "text": "district", "usage": "any"},
    )
    (match,) = annotate(snapshot, "the capital district", Wanted()).matches
    assert match.entry == "e1"


def test_a_context_that_was_written_since_bars_too(store: SqliteStore) -> None:
    term = {"lang": "en", "text": "Minister"}
    with store.write(by="test") as write:
        write.create(entry(id="minister", terms=[term]))
    recognition = Recognition(store)
    assert marked(recognition.snapshot(), "Prime Minister") == ["Minister"]
    guarded = {**term, "not_preceded_by": ["prime"]}
    with store.write(by="test") as write:
        write.update(entry(id="minister", terms=[guarded]))
    assert marked(recognition.snapshot(), "Prime Minister") == []


_TEXT = st.text("a阿 -,.“萨", max_size=12)


@given(_TEXT, st.text("a阿萨", min_size=1, max_size=3), _TEXT)
def test_a_context_that_stands_there_bars_and_nothing_else_is_looked_at(
    before: str, context: str, after: str
) -> None:
    text = f"{before} {context}萨德{after}"
    at = len(before) + 1 + len(context)
    guard = Guard((context,), ())
    assert guard.bars(text, at, at + 2)
    assert not Guard((), ()).bars(text, at, at + 2)
    assert Guard((), (context,)).bars(f"x{context}", 1, 1)
