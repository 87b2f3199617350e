"""Whether a check may miss a term, where nobody has said it."""

import pytest

from glossary.entry import expectation
from tests.nouns import entry


@pytest.mark.parametrize(
    ("lang", "text", "part", "expected"),
    [
        ("zh-Hans", "坚持", "verb", "advice"),
        ("zh-Hans", "推动", "verb", "advice"),
        ("zh-Hans", "尽快", "adverb", "advice"),
        ("zh-Hant", "儘快", "adverb", "advice"),
        ("zh-Hans", "致力于", "verb", "always"),
        ("zh-Hans", "主权", "noun", "always"),
        ("zh-Hans", "主权", None, "always"),
        ("zh-Hans", "双方", "noun", "advice"),
        ("zh-Hant", "雙方", None, "advice"),
        ("zh-Hans", "中方", "noun", "advice"),
        ("zh-Hans", "美方", None, "advice"),
        ("zh-Hans", "缔约方", "noun", "always"),
        ("zh-Hans", "南方", "noun", "always"),
        ("en", "uphold", "verb", "advice"),
        ("en", "swiftly", "adverb", "advice"),
        ("en", "sovereignty", "noun", "always"),
        ("en", "be committed to", "verb", "always"),
        ("en", "the two sides", "noun", "advice"),
        ("en", "both parties", "noun", "advice"),
        ("en", "the Chinese side", "noun", "advice"),
        ("en", "the United States side", None, "advice"),
        ("en", "contracting party", "noun", "always"),
        ("en", "lean to one side", "verb", "always"),
        ("en", "not take sides", "verb", "always"),
    ],
)
def test_everyday_verbs_adverbs_and_sides_may_be_missed(
    lang: str, text: str, part: str | None, expected: str
) -> None:
    term = {"lang": lang, "text": text, "part_of_speech": part}
    made = entry(id="e", terms=[term])
    assert expectation(made, made.terms[0]) == expected
    assert made.terms[0].expected is None


def test_what_is_said_of_one_script_holds_for_the_other() -> None:
    terms = [
        {"lang": "zh-Hans", "text": "坚持", "part_of_speech": "verb"},
        {"lang": "zh-Hant", "text": "堅持", "part_of_speech": "verb"},
    ]
    terms[0]["expected"] = "always"
    made = entry(id="e", terms=terms, expected="never")
    assert [expectation(made, term) for term in made.terms] == ["always", "always"]
