import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glossary.recognition.symbol import read, spelt, symbol
from glossary.recognition.tape import tape
from glossary.text import ARTICLES, key
from tests.recognition.phrases import text
from tests.text.united import pairs


def test_the_words_of_a_term_are_found_only_where_words_begin_and_end() -> None:
    assert tape("sea").text in tape("the Seas of China").text
    assert tape("sea").text not in tape("a season").text
    assert tape("sea").text not in tape("the undersea cable").text


def test_han_characters_are_found_anywhere_also_beside_letters() -> None:
    assert tape("新型大国关系").text in tape("构建中美新型大国关系").text
    assert tape("G20").text in tape("出席G20峰会").text
    assert tape("G20峰会").text in tape("出席G20峰会").text


def test_a_text_and_a_stored_key_have_one_tape() -> None:
    for wording in (
        "new model of major-country relationship",
        "Non-Proliferation",
        "co-operation programmes",
        "The Hague",
        "不冲突、不对抗",
        "S&ED",
        "A股",
        "LAWS",
        "SDRs",
        "TRIPS Agreement",
        "U.S. Secretary of State",
        "aide-mémoire",
        "exposés",
        "ceasefire¹",
        "anti-spreading",
        "non-binding",
        "co-ordinated",
        "counter-measures",
    ):
        assert tape(wording).text == tape(key(wording)).text, wording


@given(
    st.sampled_from(("non", "anti", "co", "counter", "multi")),
    st.sampled_from(
        sorted({w for pair in pairs() for w in pair.split() if w.isascii()} - ARTICLES)
    ),
)
def test_a_word_with_a_prefix_has_the_tape_of_its_key(prefix: str, word: str) -> None:
    for wording in (f"{prefix}-{word}", f"{prefix} {word}", f"{prefix}{word}"):
        assert tape(wording).text == tape(key(wording)).text


def test_a_prefix_apart_is_the_prefix_together() -> None:
    forms = {tape(t).text for t in ("non-proliferation", "nonproliferation")}
    assert forms == {tape("Non Proliferation").text} == {symbol("nonproliferation")}


def spans(text: str, wanted: str) -> list[tuple[int, int]]:
    read, part = tape(text), tape(wanted).text
    at = read.text.index(part)
    return read.source_spans([(at, at + len(part))])


@pytest.mark.parametrize("between", [" ", "，"])
def test_a_span_leads_back_to_the_words_as_they_are_written(between: str) -> None:
    words = "Ｍajor‑Countries ﬁnd 新型大國關係 😀 CO-operation’s U.S.".split(" ")
    text = f"The ‘{between.join(words)}’ {between * 40}"
    for wanted in words:
        ((first, last),) = spans(text, wanted)
        assert text[first:last] == wanted


def test_a_mark_that_combines_with_the_last_letter_belongs_to_the_span() -> None:
    text = "a de\u0301marche\u0301 today"
    ((first, last),) = spans(text, "démarche")
    assert text[first:last] == "de\u0301marche\u0301"


def test_beside_han_a_single_letter_is_no_article() -> None:
    assert spelt("买A股") == spelt("买 A 股") == "买 a 股"
    assert tape("买A股 market").text == tape("买 A 股 market").text
    assert spelt("A market") == " market "


pieces = st.lists(
    st.one_of(
        text,
        st.sampled_from(["counter", "non", "the", "A", "3.5", "'s", "&", "A股", "㍿"]),
        st.sampled_from([" ", "  ", "\n", "，", "—", "\u0301", "…"]),
    )
).map("".join)


@settings(max_examples=300, deadline=None)
@given(pieces)
@example("counter the 中国 non the proliferation anti")
@example("甲A 级, the 中\u0301 a — 国 counter")
def test_a_text_cut_into_chunks_says_what_it_says_as_a_whole(written: str) -> None:
    whole = read(written)
    for each in (
        tape(written),
        tape(f"{written} {'.' * 99}"),
        tape(f"{written} . . ."),
    ):
        assert each.text == whole.symbols
        found = [each.source_spans([(i, i + 1)])[0] for i in range(len(each.text))]
        starts = [start for start, _ in found]
        assert starts == [start for start, _ in whole.spans]
