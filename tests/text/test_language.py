import pytest

from glossary.text.language import canonical, primary
from glossary.text.script import has_han


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh-CN", "zh-Hans"),
        ("zh_TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-SG", "zh-Hans"),
        ("ZH", "zh-Hans"),
        ("zh-hant-hk", "zh-Hant-HK"),
        ("zh-Hans-TW", "zh-Hans"),
        ("chi", "zh-Hans"),
        ("EN", "en"),
        ("en_us", "en-US"),
        ("eng", "en"),
        ("pt-br", "pt-BR"),
        ("sr-latn", "sr-Latn"),
        ("de-1996", None),
        ("Chinese", None),
        ("", None),
        ("e", None),
        ("en-", None),
        ("en gb", None),
    ],
)
def test_a_tag_is_written_as_in_this_house(tag: str, expected: str | None) -> None:
    assert canonical(tag) == expected


def test_the_primary_language_is_what_stands_before_the_script() -> None:
    assert primary("zh-Hant") == "zh"


def test_one_han_character_makes_a_text_chinese() -> None:
    assert has_han("G20峰会")
    assert not has_han("Group of 20")
