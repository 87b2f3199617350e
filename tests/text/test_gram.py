from hypothesis import given
from hypothesis import strategies as st

from glossary.text.fold import key
from glossary.text.gram import grams, required

KEYS = st.text(
    st.sampled_from("新型大国关系冲突 abcdeno20&"), min_size=1, max_size=25
).map(key)


def test_two_characters_of_chinese_are_one_gram() -> None:
    assert required("主权") == {"主权"}
    assert "主权" in grams("国家主权")


def test_one_character_of_chinese_is_a_gram() -> None:
    assert required("和") == {"和"}
    assert "和" in grams("和平共处五项原则")


def test_a_short_latin_word_is_looked_for_where_words_begin() -> None:
    assert required("un") == {"_un"}
    assert "_un" in grams("un security council")


@given(KEYS, st.data())
def test_a_key_has_every_gram_that_a_part_of_it_requires(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    part = text[start : data.draw(st.integers(start, len(text)))]
    lone = part.strip()
    begins_a_word = (
        start == 0 or not text[start - 1].isascii() or text[start - 1] == " "
    )
    if len(lone) < 3 and lone.isascii() and not begins_a_word:
        return
    assert required(part.strip() or part) <= grams(text)
