import pytest

from glossary.entry.nouns import Term
from glossary.text import has_han
from glossary.text.reading import derived, initials, is_sound, sound
from tests.nouns import curated_entries, entry

CHINESE = [
    term
    for each in curated_entries()
    for term in each.terms
    if term.lang.startswith("zh")
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("重要共识", "zhòng yào gòng shí"),
        ("沟通和协调", "gōu tōng hé xié tiáo"),
        ("雙重標準", "shuāng chóng biāo zhǔn"),
        ("银行", "yín háng"),
        ("二十国集团（G20）", "èr shí guó jí tuán G20"),
        ("外交部发言人", "wài jiāo bù fā yán rén"),
    ],
)
def test_a_reading_is_made_from_phrases_not_from_characters(
    text: str, expected: str
) -> None:
    assert derived(text) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "xīnxíng dàguó guānxì",
        "xinxing daguo guanxi",
        "xin1 xing2 da4 guo2 guan1 xi4",
        "xinxingdaguoguanxi",
        "Xin Xing Da Guo Guan Xi",
        "xin1xing2da4guo2guan1xi4",
    ],
)
def test_pinyin_is_one_however_it_is_typed(typed: str) -> None:
    assert sound(typed) == "xinxingdaguoguanxi"


@pytest.mark.parametrize("typed", ["nǚquán", "nü3 quan2", "nu:3quan2", "nvquan"])
def test_u_with_two_dots_is_v(typed: str) -> None:
    assert sound(typed) == "nvquan"


@pytest.mark.parametrize(
    ("reading", "text", "expected"),
    [
        ("xīnxíng dàguó guānxì", "新型大国关系", "xxdggx"),
        ("xī'ān", "西安", "xa"),
        ("xiān", "先", "x"),
        ("G20 fēnghuì", "G20峰会", "g20fh"),
        ("rénlèi mìngyùn gòngtóngtǐ", "人类命运共同体", "rlmygtt"),
        ("chéngrèn", "承认", "cr"),
        ("jiārù shìmào zǔzhī", "加入世贸组织", "jrsmzz"),
        ("nángòngtǐ", "南共体", "ngt"),
        ("ā'ěrbāníyà", "阿尔巴尼亚", "aebny"),
    ],
)
def test_initials_follow_the_characters(reading: str, text: str, expected: str) -> None:
    assert initials(reading, text) == expected


def test_every_curated_reading_gives_as_many_initials_as_characters() -> None:
    written = [t for t in CHINESE if has_han(t.text)]
    assert [t.text for t in written if not initials(t.reading or "", t.text)] == []


def test_made_readings_agree_with_curated_ones_in_99_of_100() -> None:
    wrong = [
        t.text for t in CHINESE if sound(derived(t.text)) != sound(t.reading or "")
    ]
    assert len(wrong) <= len(CHINESE) / 100, wrong


def test_english_is_not_taken_for_pinyin() -> None:
    assert not any(map(is_sound, ["treaty", "mutual", "respect", "strategic"]))


def test_a_chinese_term_without_a_reading_gets_one_that_says_so() -> None:
    made = entry(terms=[{"lang": "zh-Hans", "text": "重要共识"}]).terms[0]
    assert (made.reading, made.reading_derived) == ("zhòng yào gòng shí", True)


def test_a_curated_reading_wins_and_is_not_marked() -> None:
    said = {"lang": "zh-Hans", "text": "重要共识", "reading": "zhòngyào gòngshí"}
    made = entry(terms=[said]).terms[0]
    assert (made.reading, made.reading_derived) == ("zhòngyào gòngshí", False)


def test_a_made_reading_that_is_sent_back_is_made_anew() -> None:
    said = {
        "lang": "zh-Hans",
        "text": "和平崛起",
        "reading": "zhòng yào gòng shí",
        "reading_derived": True,
    }
    assert entry(terms=[said]).terms[0].reading == "hé píng jué qǐ"


def test_an_english_term_has_no_reading_made() -> None:
    made = entry(terms=[{"lang": "en", "text": "mutual respect"}]).terms[0]
    assert made == Term("en", "mutual respect")
