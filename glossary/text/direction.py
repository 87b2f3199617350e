"""Which language a text is in, told by its script, and which one it is put into."""

import re
from typing import Final

from glossary.text.fold import is_traditional
from glossary.text.language import primary
from glossary.text.script import HAN_RUN, has_han

_LATIN: Final = re.compile("[A-Za-z]+")
#: So many characters of a text tell what it is written in.
_ENOUGH: Final = 2_000


def language_of(text: str) -> str:
    """Return the language that a running text is mostly in: `en`, `zh-Hans`, `zh-Hant`.

    A Han character counts as much as a Latin word.
    """
    begin = text[:_ENOUGH]
    if begin.isascii():
        return "en"
    han = sum(map(len, HAN_RUN.findall(begin)))
    words = len(_LATIN.findall(begin)) if han else 1
    if words > han:
        return "en"
    return _chinese(begin)


def language_of_query(text: str) -> str:
    """Return the language of a query: Chinese with any Han character, else `en`."""
    return _chinese(text) if has_han(text) else "en"


def other_language(tag: str) -> str:
    """Return the language that a text of this language is put into."""
    return "en" if primary(tag) == "zh" else "zh-Hans"


def _chinese(text: str) -> str:
    return "zh-Hant" if is_traditional(text) else "zh-Hans"
