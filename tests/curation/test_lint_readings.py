"""Lint doubts a reading that no dictionary has for the word, and no other."""

import re
from collections.abc import Sequence

import pytest

from glossary.curation.lint.unlikely import flaws
from glossary.curation.lint.words import Words, dictionary, of_cedict, of_phrases
from glossary.text import derived, primary
from tests.nouns import curated_entries, entry

_PAUSE = re.compile("[、，；]")
_COMMA = re.compile("[,;]")
DICTIONARIES = pytest.mark.parametrize("words", [of_phrases, of_cedict])


def doubted(text: str, reading: str, words: Words, /, **more: object) -> Sequence[str]:
    """Return the words of a Chinese term whose reading is doubted."""
    term = {"lang": "zh-Hans", "text": text, "reading": reading, **more}
    return [
        flaw.message.values["word"]
        for flaw in flaws(entry(id="e", terms=[term]), words)
    ]


@DICTIONARIES
@pytest.mark.parametrize(
    ("text", "wrong", "right", "word"),
    [
        ("多边框架", "duōbiān kuāngjià", "duōbiān kuàngjià", "框架"),
        ("多邊框架", "duōbiān kuāngjià", "duōbiān kuàngjià", "框架"),
        ("朝鲜半岛", "cháoxiān bàndǎo", "Cháoxiǎn bàndǎo", "朝鲜"),
        ("以人民为中心", "yǐ rénmín wèi zhōngxīn", "yǐ rénmín wéi zhōngxīn", "为"),
        ("加勒比共同体", "jiālēibǐ gòngtóngtǐ", "Jiālèbǐ gòngtóngtǐ", "加勒比"),
        ("摒弃冷战思维", "bǐngqì lěngzhàn sīwéi", "bìngqì lěngzhàn sīwéi", "摒弃"),
        ("澎湖列岛", "pēnghú lièdǎo", "Pénghú lièdǎo", "澎湖"),
        ("悬崖勒马", "xuányá lēimǎ", "xuányá lèmǎ", "悬崖勒马"),
        ("重要共识", "chóngyào gòngshí", "zhòngyào gòngshí", "重要"),
        ("中国银行", "Zhōngguó Yínxíng", "Zhōngguó Yínháng", "银行"),
        ("重庆谈判", "zhòngqìng tánpàn", "Chóngqìng tánpàn", "重庆"),
        ("供应链", "gōngyīngliàn", "gōngyìngliàn", "供应"),
        ("尼泊尔", "nípō'ěr", "Níbó'ěr", "尼泊尔"),
        ("几内亚共和国", "jǐnèiyà gònghéguó", "Jīnèiyà Gònghéguó", "几内亚"),
        ("提供便利", "tígòng biànlì", "tígōng biànlì", "提供"),
    ],
)
def test_a_word_that_is_read_otherwise_is_named_and_the_right_reading_is_not(
    text: str, wrong: str, right: str, word: str, words: Words
) -> None:
    (named,) = doubted(text, wrong, words)
    assert word in named
    assert doubted(text, right, words) == []


@DICTIONARIES
@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("坚定不移地支持", "jiāndìng bùyí de zhīchí"),
        ("中间道路", "zhōngjiān dàolù"),
        ("反弹道导弹条约", "fǎn dàndào dǎodàn tiáoyuē"),
        ("本质的区别", "běnzhì de qūbié"),
        ("指明了方向", "zhǐmíng le fāngxiàng"),
        ("提升为全面战略伙伴关系", "tíshēng wéi quánmiàn zhànlüè huǒbàn guānxì"),
        ("为和平而努力", "wèi hépíng ér nǔlì"),
        ("以色列为和平所做的努力", "yǐsèliè wèi hépíng suǒ zuò de nǔlì"),
        ("应邀访问", "yìngyāo fǎngwèn"),
        ("亚投行", "Yàtóuháng"),
        ("塞尔维亚共和国", "Sài'ěrwéiyà Gònghéguó"),
        ("藏传佛教", "Zàngchuán Fójiào"),
        ("长臂管辖", "chángbì guǎnxiá"),
        ("一个中国", "yí gè Zhōngguó"),
        ("一个中国", "yīgè Zhōngguó"),
        ("不冲突、不对抗", "bù chōngtū, bú duìkàng"),
        ("朋友", "péngyou"),
        ("多边框架", "duobian kuangjia"),
        ("正当和必要反应", "zhèngdàng hé bìyào fǎnyìng"),
        ("合作正当其时", "hézuò zhèngdāng qí shí"),
        ("正当两国合作之际", "zhèngdāng liǎngguó hézuò zhījì"),
        ("倾倒废物", "qīngdào fèiwù"),
        ("倾倒", "qīngdǎo"),
        ("携手同行", "xiéshǒu tóngxíng"),
    ],
)
def test_readings_that_are_right_are_not_doubted(
    text: str, reading: str, words: Words
) -> None:
    assert doubted(text, reading, words) == []


def test_a_name_is_read_as_its_usage_says() -> None:
    doubt = "重庆路", "zhòngqìng lù"
    assert doubted(*doubt, of_phrases) == ["重庆"]
    assert doubted(*doubt, of_phrases, usage="Here it is read zhòngqìng.") == []


def test_a_reading_made_by_rule_is_nobodys_and_not_doubted() -> None:
    made = "duōbiān kuāngjià"
    assert doubted("多边框架", made, of_phrases, reading_derived=True) == []


def test_readings_made_by_rule_are_those_that_lint_expects() -> None:
    for text in (
        "多边框架",
        "朝鲜半岛",
        "加勒比共同体",
        "摒弃冷战思维",
        "澎湖列岛",
        "正当权益",
        "正当其时",
    ):
        assert doubted(text, derived(text), dictionary()) == []


@DICTIONARIES
def test_of_the_curated_readings_none_is_doubted(words: Words) -> None:
    assert [flaw for each in curated_entries() for flaw in flaws(each, words)] == []


def test_where_a_curated_wording_pauses_its_reading_has_a_comma() -> None:
    assert [
        (entry.id, term.text)
        for entry in curated_entries()
        for term in entry.terms
        if primary(term.lang) == "zh"
        and term.reading
        and len(_PAUSE.findall(term.text)) != len(_COMMA.findall(term.reading))
    ] == []
