"""Whose something is: any owner fills the slot of one's and its."""

import pytest

from glossary.text import fold, is_owner, of_anyone, stem, stemmed, stems, unowned

PRONOUNS = ["one's", "one’s", "its", "their", "his", "her", "our", "my", "your"]
SELVES = (
    "itself oneself myself ourselves yourself yourselves himself herself themselves"
).split()


@pytest.mark.parametrize("owner", [*PRONOUNS, "Its", "ONE’S"])
def test_all_owners_that_are_pronouns_are_one(owner: str) -> None:
    wording = fold(f"safeguard {owner} sovereignty")
    assert stemmed(wording) == stems(wording).text == "safeguard its sovereignty"


@pytest.mark.parametrize("word", SELVES)
def test_all_selves_are_one(word: str) -> None:
    assert stem(word) == "itself"


@pytest.mark.parametrize("other", ["it's", "ones", "one", "theirs", "self", "each"])
def test_other_words_are_no_owners(other: str) -> None:
    assert stemmed(fold(f"safeguard {other} sovereignty")) != (
        "safeguard its sovereignty"
    )


@pytest.mark.parametrize(
    "text",
    [
        *PRONOUNS,
        "its own",
        "China's",
        "China’s own",
        "the country's",
        "the two countries'",
        "both sides’",
        "each country's",
        "neighboring countries'",
        "the Republic of Korea's",
        "the People's Republic of China's",
        "former President Obama's",
        "US's",
        "the U.S.'s",
        "Trinidad and Tobago's",
    ],
)
def test_an_owner_has_a_name_or_none(text: str) -> None:
    assert is_owner(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the",
        "own",
        "China",
        "mistakes in the court's",
        "talks, China's",
        "mistakes that China's",
        "peace and China's",
        "a b c d's",
        "it's",
        "the old and new rules'",
    ],
)
def test_other_words_name_no_owner(text: str) -> None:
    assert not is_owner(text)


def test_a_wording_has_parts_around_its_owners() -> None:
    assert unowned("hide one's capabilities and bide one's time") == [
        "hide",
        "capabilities and bide",
        "time",
    ]
    assert unowned("reserve their respective positions") == [
        "reserve",
        "respective positions",
    ]
    for whole in ("its core interests", "commit oneself to", "one country", "is its"):
        assert unowned(whole) == [whole]


def test_a_name_may_own_what_its_names() -> None:
    assert "honor its commitment" in of_anyone("honor the two sides' commitment")
    assert "recall its ambassador" in of_anyone("recall China’s own ambassador")
    assert of_anyone("the rights of countries") == []
