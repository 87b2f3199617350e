import pytest
from hypothesis import given

from glossary.text.difference import ORDER, differences
from glossary.text.fold import fold
from tests.nouns import MIXED, ONE_PHRASE

CASES = [
    ("不冲突、不对抗", "不冲突，不对抗", ("punctuation",)),
    ("不冲突、不对抗", "不衝突、不對抗", ("script",)),
    ("不冲突、不对抗", "“不冲突不对抗”", ("punctuation",)),
    ("major-country", "major country", ("hyphen",)),
    ("major-country", "MAJOR COUNTRY", ("case", "hyphen")),
    ("major country", "ｍａｊｏｒ　ｃｏｕｎｔｒｙ", ("width",)),
    ("good-neighborly", "good-neighbourly", ("spelling",)),
    ("the Belt and Road", "Belt and Road", ("article",)),
    ("démarche", "demarche", ("accent",)),
    ("co-operation", "cooperation", ("hyphen",)),
    ("G20峰会", "G20 峰会", ("space",)),
    ("ﬁne", "fine", ("width",)),
    ("fulfil", "fulfill", ("spelling",)),
    ("ceasefire", "ceasefire¹", ("punctuation",)),
    ("ceasefire agreement", "ceasefire① agreement", ("punctuation",)),
    ("persona non grata", "persona non grata™", ("punctuation",)),
    ("停火", "停\u200b火", ("space",)),
    ("主权", "主权", ()),
]


@pytest.mark.parametrize(("one", "other", "expected"), CASES)
def test_a_difference_is_named(one: str, other: str, expected: tuple[str, ...]) -> None:
    assert differences(fold(one), fold(other)) == expected
    assert differences(fold(other), fold(one)) == expected


@pytest.mark.parametrize("wordings", ONE_PHRASE, ids=lambda w: w[0])
def test_two_wordings_of_one_phrase_always_differ_in_something(
    wordings: list[str],
) -> None:
    for other in wordings[1:]:
        if other != wordings[0]:
            assert differences(fold(wordings[0]), fold(other))


@given(MIXED)
def test_any_text_can_be_compared_with_its_folded_form(text: str) -> None:
    folded = fold(text)
    again = fold(folded.text)
    if folded.key == again.key:
        assert set(differences(folded, again)) <= set(ORDER)
