import re
import unicodedata
from importlib import import_module

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from glossary.text import simple
from glossary.text.fold import fold, is_traditional, key
from tests.nouns import MIXED, ONE_PHRASE

folding = import_module("glossary.text.fold")


@pytest.mark.parametrize("wordings", ONE_PHRASE, ids=lambda w: w[0])
def test_wordings_that_differ_only_on_paper_are_one_phrase(wordings: list[str]) -> None:
    assert len({key(wording) for wording in wordings}) == 1
    for wording in wordings:
        assert folding.folded_text(wording) == fold(wording).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("新型大国关系", "新型国际关系"),
        ("four", "for"),
        ("3.5%", "35%"),
        ("relation", "relations"),
        ("不冲突", "冲突"),
        ("S&ED", "SED"),
        ("nonetheless", "none the less"),
    ],
)
def test_different_phrases_stay_different(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_offsets_lead_back_through_deleted_and_expanded_characters() -> None:
    folded = fold("推动“不衝突、不對抗”的 ﬁne㎏ 关系")
    start = folded.text.index("不冲突不对抗")
    assert folded.source[slice(*folded.span(start, start + 6))] == "不衝突、不對抗"
    start = folded.text.index("fine")
    assert folded.source[slice(*folded.span(start, start + 4))] == "ﬁne"


def test_offsets_of_a_british_word_cover_the_whole_word() -> None:
    folded = fold("A good‑neighbourly policy, fulfil it.")
    start = folded.text.index("neighborly")
    span = folded.span(start, start + len("neighborly"))
    assert folded.source[slice(*span)] == "neighbourly"
    start = folded.text.index("fulfill")
    assert folded.source[slice(*folded.span(start, start + 7))] == "fulfil"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("the G20. Next", "the g20 next"),
        ("Plan A2. Then", "plan a2 then"),
        ("trade.The", "trade the"),
        ("the U.S. and the E.U.", "the us and the eu"),
        ("1.5°C, 3.5", "1.5°c 3.5"),
        ("1,000 people", "1000 people"),
        ("1000 people", "1000 people"),
        ("10,000,000; 1, 2", "10000000 1 2"),
        ("peace,security", "peace security"),
    ],
)
def test_a_stop_or_comma_is_what_its_neighbours_make_of_it(
    text: str, folded: str
) -> None:
    assert fold(text).text == folded
    # Many of them are settled in another way than few.
    assert fold(f"{text} {'a, b. ' * 120}").text.startswith(folded)


@pytest.mark.parametrize(
    ("text", "word", "written"),
    [
        ("programme now", "program", "programme"),
        ("a centre of", "center", "centre"),
        ("to organise", "organize", "organise"),
        ("fulfil it", "fulfill", "fulfil"),
        ("labour law", "labor", "labour"),
    ],
)
def test_a_respelled_word_leads_back_to_all_of_what_is_written(
    text: str, word: str, written: str
) -> None:
    folded = fold(text)
    start = folded.text.index(word)
    assert text[slice(*folded.span(start, start + len(word)))] == written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the G20. Next", "g20 next"),
        ("trade.The", "trade the"),
        ("1,000 people", "1000 people"),
        ("3.5 per cent, 4,5", "3.5 per cent 45"),
        ("U.S.-China", "us china"),
        ("J. Nye", "j nye"),
        ("v.2 and 5. then", "v2 and 5 then"),
        ("a, b", "b"),
        ("e.g. trade", "eg trade"),
        (".5 or 5,", "5 or 5"),
        ("甲.乙,丙", "甲乙丙"),
        ("N.A.T.O. summit", "nato summit"),
        ("x,y", "x y"),
        ("R&D. then", "r&d then"),
        ("甲A.B乙", "甲ab乙"),
        ("4G.网络", "4g网络"),
        ("by 3…5, U… or …国", "by 3 5 u or国"),
    ],
)
def test_a_stop_ends_a_sentence_parts_a_number_or_shortens_a_word(
    text: str, expected: str
) -> None:
    """However many there are: many are settled in another way than few."""
    assert key(text) == expected
    few, many = (fold(" and ".join([text] * times)) for times in (2, 200))
    assert many.text == fold(" and ".join([fold(text).text] * 200)).text
    size = len(few.text)
    assert many.text[:size] == few.text
    assert list(many.origin[:size]) == list(few.origin)


@pytest.mark.parametrize("span", [(-1, 2), (1, 1), (2, 2), (0, 99)])
def test_a_span_outside_the_text_is_an_error(span: tuple[int, int]) -> None:
    with pytest.raises(IndexError):
        fold("主权").span(*span)


def test_an_article_alone_is_no_article() -> None:
    assert key("the") == "the"
    assert key("a") == "a"


def test_traditional_text_is_told_from_simplified() -> None:
    assert is_traditional("新型大國關係")
    assert not is_traditional("新型大国关系")
    assert not is_traditional("major country")


@given(MIXED)
def test_every_folded_character_comes_from_a_place_in_order(text: str) -> None:
    folded = fold(text)
    assert len(folded.origin) == len(folded.text)
    assert list(folded.origin) == sorted(folded.origin)
    assert all(0 <= place < len(text) for place in folded.origin)


@given(MIXED)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@pytest.mark.parametrize("text", ["co-op", "Co-Op", "co-ed", 'CO"A', "an anti-G suit"])
def test_a_short_word_is_joined_with_its_prefix_by_either_way(text: str) -> None:
    assert fold(text).key == key(text)


@given(MIXED)
def test_the_quick_way_gives_what_the_general_way_gives(text: str) -> None:
    slow_text, slow_origin = folding._general(text)
    for quick in (folding._plain(text), simple.folded(text)):
        if quick is not None:
            assert (quick[0], list(quick[1])) == (slow_text, list(slow_origin))
    assert simple.folded_text(text) in {slow_text, None}
    assert folding.folded_text(text) == fold(text).text


@given(MIXED, st.data())
def test_a_span_of_whole_words_folds_to_the_words(
    text: str, data: st.DataObject
) -> None:
    folded = fold(text)
    edges = [
        i
        for i in range(len(folded.text) + 1)
        if i in {0, len(folded.text)} or folded.text[i - 1] == " "
    ]
    start = data.draw(st.sampled_from(edges))
    end = data.draw(st.sampled_from(edges))
    if start < end and (found := folded.text[start:end].strip()):
        again = fold(text[slice(*folded.span(start, start + len(found)))]).text
        assert again.replace(" ", "") == found.replace(" ", "")


@given(MIXED)
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    # Hangul and kana are compared as composed; the store keeps NFC.
    assume(not re.search("[\u1100-\u11ff\u3040-\u30ff]", decomposed))
    assert fold(decomposed).text == fold(unicodedata.normalize("NFC", text)).text
