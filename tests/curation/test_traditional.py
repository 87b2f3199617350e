"""The curated glossary writes a word in Traditional Chinese in one way throughout."""

from collections import defaultdict

from tests.nouns import curated_entries

#: Two characters that belong to two words, as of 外国 and 制裁 beside 中国 and 制造, of
#: 标准 beside 批准, of 体系 beside 关系 and 联系, of 召回 and 大使 beside 巡回, and of
#: 索马里 and 海域 beside the name 里海; 計畫 is of the title of a law of Taiwan.
OF_TWO_WORDS = {
    *("国制", "系和", "系重", "系协", "系国", "系中", "系改", "回大", "和干", "的准"),
    *("准、", "里海", "、复", "计划"),
}


def test_two_characters_that_follow_each_other_have_one_traditional_form() -> None:
    forms: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in curated_entries():
        simplified = [t.text for t in entry.terms if t.lang == "zh-Hans"]
        traditional = [t.text for t in entry.terms if t.lang == "zh-Hant"]
        for here, there in zip(simplified, traditional, strict=False):
            if len(here) == len(there):
                for at in range(len(here) - 1):
                    forms[here[at : at + 2]][there[at : at + 2]] = there
    assert {
        pair: sorted(words.values())
        for pair, words in forms.items()
        if len(words) > 1 and pair not in OF_TWO_WORDS
    } == {}
