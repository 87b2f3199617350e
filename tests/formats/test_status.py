import pytest

from glossary.entry import STATUSES
from glossary.formats.status import DRAFT, status_of, truth_of


@pytest.mark.parametrize(
    ("word", "ours"),
    [
        ("preferredTerm-admn-sts", "preferred"),
        ("admittedTerm-admn-sts", "admitted"),
        ("legalTerm-admn-sts", "admitted"),
        ("standardizedTerm-admn-sts", "admitted"),
        ("deprecatedTerm-admn-sts", "deprecated"),
        ("supersededTerm-admn-sts", "superseded"),
        ("notRecommended", "deprecated"),
        ("obsolete", "superseded"),
        ("approved", "preferred"),
        ("provisional", "admitted"),
        ("non-standard", "deprecated"),
        ("standardized", "preferred"),
        ("Do not use", "forbidden"),
        ("PROHIBITED", "forbidden"),
        ("not_recommended", "deprecated"),
        ("outdated", "superseded"),
        ("旧译", "superseded"),
        ("禁用", "forbidden"),
        ("待审", DRAFT),
        ("proposed", DRAFT),
        ("fuzzy", DRAFT),
    ],
)
def test_words_of_other_tools_become_ours(word: str, ours: str) -> None:
    assert status_of(word) == ours


def test_our_own_words_stay() -> None:
    assert [status_of(word) for word in STATUSES] == list(STATUSES)


def test_a_word_that_nobody_knows_is_no_status() -> None:
    assert status_of("veraltet?") is None
    assert status_of("") is None
    assert status_of("term") is None


@pytest.mark.parametrize(
    "word", ["true", "Yes", "Y", "1", "x", "是", "真", "WAHR", "vrai"]
)
def test_true_is_true_in_every_language(word: str) -> None:
    assert truth_of(word) is True


def test_false_and_silence_are_two_things() -> None:
    assert truth_of("No") is False
    assert truth_of("否") is False
    assert truth_of("") is None
    assert truth_of("CaseSense") is None
