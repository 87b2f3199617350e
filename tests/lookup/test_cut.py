"""Words cut short, words of Taiwan, questions, and what is only most of a query."""

import pytest

from glossary.entry import Hit
from glossary.lookup import lookup, suggest
from glossary.query import Query
from glossary.store import SqliteStore
from glossary.text import asked_about


def first(store: SqliteStore, q: str) -> Hit:
    return lookup(store, Query(q), candidates=400).hits[0]


@pytest.mark.parametrize(
    ("q", "block", "text", "way"),
    [
        ("dip relations", "answer", "diplomatic relations", "expanded"),
        ("int'l criminal court", "answer", "International Criminal Court", "expanded"),
        ("Sec-Gen", "answer", "Secretary-General", "expanded"),
        ("UN Sec Gen", "answer", "UN Secretary-General", "expanded"),
        ("高峰會", "answer", "峰會", "wording"),
        ("俄烏戰爭", "answer", "俄烏戰爭", None),
        ("俄烏衝突", "answer", "俄烏衝突", None),
        ("烏俄衝突", "answer", "俄烏衝突", "wording"),
        ("專屬經濟海域", "answer", "專屬經濟區", "wording"),
        ("G二十", "answer", "G20", "numeral"),
        ("世卫", "answer", "世卫组织", None),
        ("3个公报", "similar", "三个联合公报", "numeral"),
        ("两种制度", "similar", "一个国家、两种制度", None),
        ("232条款调查", "similar", "232调查", "extra-character"),
        ("zero sum mentality", "similar", "zero-sum game", "missing-word"),
        ("Brics扩员", "answer", "金砖国家扩员", "mixed"),
        ("duojihua sijie", "known-parts", "多极化", "pinyin"),
        ("“脱钩”和“去风险”的区别", "known-parts", "“去风险”", "contained"),
        ("2个确立 两个一百年", "known-parts", "“两个一百年”奋斗目标", "contained"),
    ],
)
def test_what_is_written_in_short_or_in_other_words_is_found(
    curated: SqliteStore, q: str, block: str, text: str, way: str | None
) -> None:
    hit = first(curated, q)
    assert (hit.block, hit.term.text) == (block, text)
    assert way is None or way in hit.via


@pytest.mark.parametrize(
    "q", ["hair dryer", "biz trip", "gongshi yuan", "3+1", "pol sci"]
)
def test_what_is_cut_from_no_wording_or_read_in_many_ways_is_not(
    curated: SqliteStore, q: str
) -> None:
    assert lookup(curated, Query(q), candidates=400).hits == ()


def test_what_counts_another_thing_leads_no_completion(curated: SqliteStore) -> None:
    assert suggest(curated, "两种制度", limit=8, candidates=400) == []


@pytest.mark.parametrize(
    "question",
    [
        *(
            "求译：{}",
            "{}翻译成英语是什么",
            "{}怎么翻译比较准确？谢谢",
            "如何用英语表达{}",
        ),
        *("外交部怎么翻译{}", "{}的含义", "{}标准译法", "{} 英语 怎么说", "何谓{}？"),
        *(
            "how is {} translated into Chinese",
            "is there an official translation of {}?",
        ),
        *(
            "anyone know the Chinese for {}",
            "what would {} be in Chinese",
            "{} - Chinese",
        ),
    ],
)
def test_a_question_is_asked_in_many_ways(question: str) -> None:
    assert asked_about(question.format("arms control")) == "arms control"
