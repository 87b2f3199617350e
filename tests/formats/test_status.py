import pytest

from glossary.entry.nouns import STATUSES
from glossary.formats.status import DRAFT, status_of, truth_of
from glossary.speech.locale import LOCALES, say
from glossary.speech.words import WORDS


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
        ("停用", "forbidden"),
        ("已停用", "superseded"),
        ("待审", DRAFT),
        ("proposed", DRAFT),
        ("fuzzy", DRAFT),
    ],
)
def test_words_of_other_tools_become_ours(word: str, ours: str) -> None:
    assert status_of(word) == ours


@pytest.mark.parametrize("locale", LOCALES)
def test_what_a_page_calls_a_status_is_read_back_from_a_file(locale: str) -> None:
    for status in (*STATUSES, DRAFT):
        assert status_of(say(WORDS[status], locale)) == status


def test_a_forbidden_term_is_called_so_in_both_scripts() -> None:
    assert [say(WORDS["forbidden"], locale) for locale in LOCALES[1:]] == [
        "禁用",
        "禁用",
    ]


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
