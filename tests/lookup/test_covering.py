"""A whole that has all of a query stands before the pieces of it, as similar."""

import pytest

from glossary.lookup import lookup, suggest
from glossary.query import Query
from glossary.store import SqliteStore
from tests.nouns import entry

#: The wordings of each entry, by its id.
WORDINGS = {
    "cease-fire": ("停火", "ceasefire", "truce"),
    "keep-the-ceasefire": ("维持停火并撤军", "uphold the ceasefire, withdraw troops"),
    "beneficial": ("互惠", "mutually beneficial"),
    "mutual-benefit": ("互惠开放的战略", "trading strategy of mutual benefit"),
    "france": ("法国", "France", "French"),
    "entente": ("中法战略安全会晤", "China-France strategic security meeting"),
    "restricting": ("单边限制渔业", "unilateral restrictive fishing"),
    "restriction": ("进口限制", "restriction on imported fishing"),
    "coastal": ("两岸同属一家", "people of the two coasts are all of one family"),
    "lawful": ("法律能力", "lawful capacity"),
    "department": ("条约与法律事务司", "Department of Treaty Affairs"),
    "court": ("条约法院", "court of treaties"),
    "strengthening": ("扩大捕鱼与通航", "broaden fishing and navigation"),
    "navigation": ("捕鱼通航", "fishing, navigation"),
    "broaden": ("扩大", "broaden"),
    "islands": ("群岛和环礁", "islands and atolls"),
    "commission": ("群山列岛和环礁渔业会", "Commission for the Fishing of the Islands"),
    "harbour": ("港口国家圣彼得堡峰会", "Harbour Summit in Saint Petersburg"),
}


@pytest.fixture
def filled(store: SqliteStore) -> SqliteStore:
    with store.write(by="me") as write:
        for name, (chinese, *english) in WORDINGS.items():
            terms = [{"lang": "en", "text": text} for text in english]
            write.create(
                entry(id=name, terms=[{"lang": "zh-Hans", "text": chinese}, *terms])
            )
    return store


def blocks(store: SqliteStore, q: str) -> list[tuple[str, str]]:
    answer = lookup(store, Query(q), candidates=400)
    return [(hit.block, hit.entry) for hit in answer.hits]


@pytest.mark.parametrize(
    ("q", "name", "part"),
    [
        ("uphold truce and withdraw troops", "keep-the-ceasefire", "cease-fire"),
        ("mutually beneficial trading strategy", "mutual-benefit", "beneficial"),
        ("Sino-French strategic security meetings", "entente", "france"),
        ("扩大捕鱼通航", "strengthening", "navigation"),
        ("群岛和环礁渔业会", "commission", "islands"),
    ],
)
def test_a_whole_stands_before_a_part_that_is_worded_otherwise_in_it(
    filled: SqliteStore, q: str, name: str, part: str
) -> None:
    hits = blocks(filled, q)
    assert hits[0] == ("similar", name)
    assert part not in [entry for _, entry in hits]


def test_a_part_stands_where_no_whole_has_more_of_the_query(
    filled: SqliteStore,
) -> None:
    assert blocks(filled, "truce on Mars")[0] == ("known-parts", "cease-fire")
    assert blocks(filled, "French strategic autonomy")[0] == ("known-parts", "france")


def test_what_has_all_words_in_some_form_is_found_behind_what_has_a_rare_one(
    filled: SqliteStore,
) -> None:
    hits = blocks(filled, "unilateral restriction fishing")
    assert hits[0] == ("similar", "restricting")


@pytest.mark.parametrize(
    ("q", "name"),
    [
        ("one family across two coasts", "coastal"),
        ("lawful identity and capacity", "lawful"),
        ("港口圣彼峰会", "harbour"),
        ("条法司", "department"),
    ],
)
def test_a_whole_that_has_all_of_a_query_is_similar_and_never_an_answer(
    filled: SqliteStore, q: str, name: str
) -> None:
    assert blocks(filled, q)[0] == ("similar", name)
    assert suggest(filled, q, limit=8, candidates=400) == []


def test_what_lacks_more_of_a_query_is_not_similar(filled: SqliteStore) -> None:
    for q in ("family of tree frogs", "capacity of a green bucket", "条款司", "条约馆"):
        assert blocks(filled, q) == [], q


def test_a_name_that_a_query_is_clipped_from_stands_once(store: SqliteStore) -> None:
    with store.write(by="me") as write:
        terms = [
            {"lang": "zh-Hans", "text": "国际经济司"},
            {"lang": "zh-Hant", "text": "國際經濟司"},
            {"lang": "en", "text": "Department of International Economic Affairs"},
        ]
        write.create(entry(id="economy", terms=terms))
    assert blocks(store, "国经司") == [("similar", "economy")]
    assert blocks(store, "國經司") == [("similar", "economy")]
