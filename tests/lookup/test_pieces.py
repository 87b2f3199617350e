"""What is right in a query leads to the wording: one of two languages, a sound."""

import pytest

from glossary.lookup import Answer, lookup, suggest
from glossary.query import Query
from glossary.store import SqliteStore
from tests.nouns import entry

#: Chinese and English of the entries.
PAIRS = (
    ("丝路精神", "Silk Road Spirit"),
    ("黑海粮食倡议", "Black Sea Grain Initiative"),
    ("全球人工智能治理倡议", "Global AI Governance Initiative"),
    ("“一国两制”", "One Country, Two Systems"),
    ("二战胜利成果", "victorious outcomes of World War II"),
    ("第二附加议定书", "Additional Protocol II"),
    ("照会", "diplomatic note"),
    ("痛惜", "deplore"),
    ("主权", "sovereignty"),
    ("提出抗议", "lodge a protest"),
    ("严正交涉", "serious démarche"),
    ("西藏", "Xizang"),
    ("苏瓦", "Suva"),
    ("战略伙伴关系", "strategic partnership"),
    ("召回大使", "recall the ambassador"),
    ("互派大使", "exchange ambassadors"),
    ("大使级外交关系", "ambassadorial relations"),
    ("批准条约", "ratify a treaty"),
    ("单独或集体自卫的固有权利", "inherent right of individual self-defence"),
    ("新型国际关系", "new type of international relations"),
    ("习惯国际法", "customary international law"),
)


@pytest.fixture
def filled(store: SqliteStore) -> SqliteStore:
    with store.write(by="me") as write:
        for at, (chinese, english) in enumerate(PAIRS):
            terms = [
                {"lang": "zh-Hans", "text": chinese},
                {"lang": "en", "text": english},
            ]
            write.create(entry(id=f"e{at}", terms=terms))
    return store


def asked(store: SqliteStore, q: str) -> Answer:
    return lookup(store, Query(q), candidates=400)


def chinese(store: SqliteStore, q: str, block: str) -> list[str]:
    return [PAIRS[int(hit.entry[1:])][0] for hit in asked(store, q).of(block)]


def test_what_is_right_in_a_query_leads_to_the_wording(filled: SqliteStore) -> None:
    for q, block, wording, via in (
        ("Silk Road精神", "answer", "丝路精神", "mixed"),
        ("Black Sea粮食倡议", "answer", "黑海粮食倡议", "mixed"),
        ("one country两制", "answer", "“一国两制”", "mixed"),
        ("AI治理", "similar", "全球人工智能治理倡议", "mixed"),
        ("1 country 2 systems", "answer", "“一国两制”", "numeral"),
        ("World War Two", "answer", "二战胜利成果", "numeral"),
        ("second additional protocol", "answer", "第二附加议定书", "numeral"),
        ("2nd Additional Protocol", "answer", "第二附加议定书", "numeral"),
        ("照令", "answer", "照会", "look-alike"),
        ("痛借", "answer", "痛惜", "look-alike"),
        ("享有主杈", "similar", "主权", "look-alike"),
        ("抗仪", "similar", "提出抗议", "homophone"),
        ("jiaoshe", "similar", "严正交涉", "pinyin"),
        ("huobanguanxi", "answer", "战略伙伴关系", "pinyin"),
        ("Xizeng", "similar", "西藏", "typo"),
        ("ratifying", "answer", "批准条约", "inflection"),
        ("selfdefense", "answer", "单独或集体自卫的固有权利", "space"),
        ("xinsin guoji guanxi", "answer", "新型国际关系", "slip"),
        ("hsi kuan kuo chi fa", "answer", "习惯国际法", "wade-giles"),
        ("xigua", "similar", "习惯国际法", "pinyin"),
    ):
        assert chinese(filled, q, block)[:1] == [wording], q
        assert via in asked(filled, q).of(block)[0].via, q


def test_a_word_is_found_then_its_forms_then_what_begins_so(
    filled: SqliteStore,
) -> None:
    found = ["互派大使", "召回大使", "大使级外交关系"]
    assert chinese(filled, "ambassadors", "answer") == found[:2]
    assert chinese(filled, "ambassador", "answer") == [found[1], found[2], found[0]]


def test_what_is_right_by_chance_leads_nowhere(filled: SqliteStore) -> None:
    for q in (
        "China菜",
        "AI公司",
        "Sea食",
        "天线",
        "shuiguo",
        "xigua",
        "hsi kua",
        "double chin",
        "3rd additional protocol",
    ):
        assert not asked(filled, q).answers, q


def test_a_word_that_only_begins_like_an_acronym_is_similar(
    filled: SqliteStore,
) -> None:
    assert chinese(filled, "SUV", "similar") == ["苏瓦"]
    assert not asked(filled, "SUV").answers
    assert [each.text for each in suggest(filled, "suv", limit=8, candidates=400)]


def test_a_word_is_no_other_word_mistyped(filled: SqliteStore) -> None:
    """通惜 is no word, so it may be 痛惜; 体惜 is one that means something else."""
    assert chinese(filled, "通惜", "answer") == ["痛惜"]
    assert not asked(filled, "珍惜").answers
