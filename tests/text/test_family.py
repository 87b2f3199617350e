"""Words of one family, and words that only look like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.text.family import FUNCTION_WORDS, LIGHT, are_kin, content, head


@pytest.mark.parametrize(
    "family",
    [
        "reduce reduction reducing reduced",
        "normal normalize normalization",
        "cooperate cooperation cooperative",
        "sovereign sovereignty",
        "multilateral multilateralism",
        "benefit beneficial",
        "China Chinese",
        "France French",
        "Korea Korean",
        "enter entry",
        "poor poverty",
        "disarm disarmament",
    ],
)
def test_words_of_a_family_are_kin(family: str) -> None:
    heads = [head(word.lower()) for word in family.split()]
    assert all(are_kin(one, other) for one in heads for other in heads)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("general", "generate"),
        ("policy", "politics"),
        ("plan", "plane"),
        ("human", "humane"),
        ("moral", "morale"),
        ("principle", "policy"),
        ("state", "statement"),
        ("community", "communist"),
    ],
)
def test_words_that_only_look_alike_are_not(one: str, other: str) -> None:
    assert not are_kin(head(one), head(other))


def test_what_a_phrase_means_is_the_same_in_another_part_of_speech() -> None:
    assert set(content("the reduction of poverty")) == set(content("to reduce poverty"))
    assert content("entry into force") == content("came into force") == ("force",)
    assert content("hold talks") == ("talk",)
    assert content("take") == ("take",)
    assert content("of the") == ()


@given(st.text(), st.text())
def test_kinship_is_mutual(one: str, other: str) -> None:
    assert are_kin(one, one)
    assert are_kin(one, other) == are_kin(other, one)


@given(st.text())
def test_content_has_no_words_of_every_sentence(text: str) -> None:
    assert FUNCTION_WORDS.isdisjoint(content(text))
    assert LIGHT.isdisjoint(content(f"{text} sovereignty"))
