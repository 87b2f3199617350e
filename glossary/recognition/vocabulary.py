"""The words that wordings are made of, and which of the two languages go together.

国际 is *international* in 国际社会, 国际法 and 国际秩序: what a word of a translation
may stand for is told from the curated glossary, once and for all
(`glossary.curation.vocabulary`). It only explains; it judges nothing.
"""

import re
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, NamedTuple

from glossary.recognition.borders import cut, is_han_word
from glossary.text import UNSPACED, simplified

_RUN: Final = re.compile(f"[{UNSPACED}]+")
#: Characters that say nothing of what a phrase means.
_EMPTY: Final = frozenset("的之和与并而以其在对向于为了着等各将把被由从所个及")
_LONG: Final = 4
#: A word of so few entries is rare.
_RARE: Final = 5
_SHORT: Final = 2


@lru_cache(maxsize=16_384)
def chinese_words(text: str) -> tuple[str, ...]:
    """Return the Chinese words of a text that mean something, simplified.

    A long word is taken for the shorter ones that it is made of.

    >>> chinese_words("國際社會的共識"), chinese_words("联合国大会")
    (('国际', '社会', '共识'), ('联合国', '大会'))
    """
    words: list[str] = []
    for run in _RUN.findall(simplified(text)):
        cuts = cut(run)
        for start, end in cuts.words:
            words += _taken_apart(run[start:end])
    return tuple(word for word in words if not _EMPTY.issuperset(word))


@lru_cache(maxsize=65_536)
def _taken_apart(word: str) -> tuple[str, ...]:
    """Return the words of two characters and more that a long word is made of."""
    if len(word) < _LONG:
        return (word,)
    for at in range(len(word) - _SHORT, _SHORT - 1, -1):
        if is_han_word(word[:at]) and is_han_word(word[at:]):
            return (*_taken_apart(word[:at]), *_taken_apart(word[at:]))
    return (word,)


def english_of(word: str) -> tuple[str, ...]:
    """Return the heads of English words that a Chinese one may be rendered by."""
    return _vocabulary().english.get(word, ())


def is_rare(word: str) -> bool:
    """Say whether few terms have a word: a Chinese one, or the head of an English one.

    >>> is_rare("gender"), is_rare("international"), is_rare("性别"), is_rare("国际")
    (True, False, True, False)
    """
    return _vocabulary().frequency[word] <= _RARE


class _Vocabulary(NamedTuple):
    english: MappingProxyType[str, tuple[str, ...]]
    frequency: MappingProxyType[str, int]


@cache
def _vocabulary() -> _Vocabulary:
    lines = (files("glossary.recognition") / "vocabulary.tsv").read_text("utf-8")
    english: dict[str, tuple[str, ...]] = {}
    frequency: Counter[str] = Counter()
    for line in lines.splitlines():
        word, head, *counts = line.split("\t")
        english[word] = (*english.get(word, ()), head)
        frequency[word], frequency[head] = map(int, counts)
    return _Vocabulary(MappingProxyType(english), MappingProxyType(frequency))
