import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from glossary.text.fold import fold
from glossary.text.inflect import is_word, stem, stemmed, stems


@pytest.mark.parametrize(
    "forms",
    [
        "relation relations",
        "establish establishes established establishing",
        "promote promotes promoted promoting",
        "country countries",
        "commit commits committed committing",
        "agree agrees agreed agreeing",
        "process processes processed processing",
        "hold holds held holding",
        "exchange exchanges exchanged exchanging",
        "policy policies",
        "controlled control controlling",
        "crisis crises",
        "carry carries carried carrying",
        "uphold upholds upheld upholding",
        "analysis analyses",
        "meeting meetings meet meets",
        "understanding understandings understood",
    ],
)
def test_all_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nation", "national"),
        ("status", "state"),
        ("us", "u"),
        ("thing", "th"),
        ("consensus", "consent"),
        ("g20", "g2"),
        ("un", "us"),
        ("development", "develop"),
    ],
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("establishing new models", "establish new model"),
        ("the two countries' leaders", "two country leader"),
        ("the EU's position", "eu position"),
        ("G20’s members", "g20 member"),
        ("an in-depth exchange of the views", "in depth exchange of view"),
        ("构建the新型关系", "构建the新型关系"),
        ("不冲突、不对抗", "不冲突不对抗"),
    ],
)
def test_a_phrase_is_cut_to_stems_without_articles(text: str, expected: str) -> None:
    assert stems(fold(text)).text == expected


def test_a_stem_leads_back_to_the_whole_word_as_written() -> None:
    text = "They held in-depth exchanges of views."
    cut = stems(fold(text))
    start = cut.text.index("exchange")
    assert text[slice(*cut.span(start, start + len("exchange")))] == "exchanges"


@given(
    st.text(
        st.sampled_from("abcdeghinorstuyABES' '’-，。、新型大国關係ﬁ㎏ßİ\u0301🙂0123"),
        max_size=60,
    )
)
def test_stems_keep_the_way_back_to_the_source(text: str) -> None:
    cut = stems(fold(text))
    assert len(cut.origin) == len(cut.text)
    assert list(cut.origin) == sorted(cut.origin)
    assert all(0 <= place < max(len(text), 1) for place in cut.origin)
    assert stemmed(fold(text)) == cut.text


@given(st.text(st.sampled_from("abcdeginorstuyl"), min_size=1, max_size=12))
def test_a_plural_that_no_dictionary_knows_has_the_stem_of_its_singular(
    word: str,
) -> None:
    if len(word) > 3 and word[-1] in "dgnrtl":
        assume(not is_word(word) and not is_word(f"{word}s"))
        assert stem(f"{word}s") == stem(word)


@pytest.mark.parametrize(
    "forms",
    ["demarche demarches", "unescap unescaps", "ngo ngos", "mou mous", "ebox eboxes"],
)
def test_what_no_dictionary_knows_has_a_plural(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("decoupled", "decouple"),
        ("derisking", "derisk"),
        ("anti-spreading", "anti-spread"),
        ("non-bindings", "non-binding"),
    ],
)
def test_new_words_have_the_forms_of_those_that_they_are_made_of(
    word: str, base: str
) -> None:
    assert stems(fold(word)).text == stems(fold(base)).text


@given(
    st.lists(st.sampled_from("the a an eu's relations' held of views 大国 G20".split()))
)
def test_the_short_way_gives_the_same_stems(words: list[str]) -> None:
    folded = fold(" ".join(words))
    assert stemmed(folded) == stems(folded).text
