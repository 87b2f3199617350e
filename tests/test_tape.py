from glossary.fold import key
from glossary.tape import tape, wording


def test_the_words_of_a_term_are_found_only_where_words_begin_and_end() -> None:
    assert tape("sea").text in tape("the Seas of China").text
    assert tape("sea").text not in tape("a season").text
    assert tape("sea").text not in tape("the undersea cable").text


def test_han_characters_are_found_anywhere_also_beside_letters() -> None:
    assert tape("新型大国关系").text in tape("构建中美新型大国关系").text
    assert tape("G20").text in tape("出席G20峰会").text
    assert tape("G20峰会").text in tape("出席G20峰会").text


def test_a_text_and_a_stored_key_have_one_tape() -> None:
    for text in (
        "new model of major-country relationship",
        "Non-Proliferation",
        "co-operation programmes",
        "The Hague",
        "不冲突、不对抗",
        "S&ED",
        "A股",
    ):
        assert tape(text).text == wording(key(text)), text


def test_a_prefix_apart_is_the_prefix_together() -> None:
    forms = {tape(t).text for t in ("non-proliferation", "nonproliferation")}
    assert forms == {tape("Non Proliferation").text} == {" nonproliferation "}


def test_a_span_leads_back_to_the_words_as_they_are_written() -> None:
    text = "The ‘Ｍajor‑Countries’ ﬁnd 新型大國關係 😀 in CO-operation’s name"
    read = tape(text)
    for wanted in ("Ｍajor‑Countries", "ﬁnd", "新型大國關係", "😀", "CO-operation’s"):
        part = tape(wanted).text
        at = read.text.index(part)
        first, last = read.source_span(*read.span(at, at + len(part)))
        assert text[first:last] == wanted


def test_a_mark_that_combines_with_the_last_letter_belongs_to_the_span() -> None:
    text = "a de\u0301marche\u0301 today"
    read = tape(text)
    at = read.text.index(tape("démarche").text)
    first, last = read.source_span(*read.span(at, at + len(tape("démarche").text)))
    assert text[first:last] == "de\u0301marche\u0301"
