"""What other tools call a part of speech."""

import unicodedata
from functools import lru_cache
from typing import Final

_WORDS: Final = {
    "noun": "noun n substantive substantiv nom propernoun nounphrase 名词 名詞 名",
    "verb": "verb v vb vt vi verbphrase 动词 動詞 动 動",
    "adjective": "adjective adj a adjektiv adjectif 形容词 形容詞 形",
    "adverb": "adverb adv adverbe 副词 副詞 副",
    "other": "other 其他 其它",
}
_PART: Final = {word: ours for ours, words in _WORDS.items() for word in words.split()}
_MADE_OF: Final = str.maketrans("", "", " _-.")


@lru_cache(maxsize=1024)
def part_of_speech_of(value: str) -> str | None:
    """Return our part of speech for another tool's word, or None for an unknown one.

    >>> part_of_speech_of("Noun"), part_of_speech_of("adj."), part_of_speech_of("动词")
    ('noun', 'adjective', 'verb')
    >>> part_of_speech_of("preposition")
    """
    word = unicodedata.normalize("NFKC", value).casefold().translate(_MADE_OF)
    return _PART.get(word)
