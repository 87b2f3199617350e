"""Which script a cell is written in, as far as a table must know it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from glossary.speech import usual_script
from glossary.text import is_traditional, primary

LATIN: Final = "latin"
HAN: Final = "han"
#: Anything else: kana, Cyrillic, Tibetan, Hangul, Arabic …
OTHER: Final = "other"
_OURS: Final = {
    "LATIN": LATIN,
    "FULLWIDTH": LATIN,
    "MODIFIER": "",
    "FEMININE": "",
    "MASCULINE": "",
    "CJK": HAN,
    "IDEOGRAPHIC": "",
    "BOPOMOFO": HAN,
    # Symbols of science stand in texts of any language.
    "GREEK": "greek",
    "MICRO": "",
    "OHM": "",
    "KELVIN": "",
    "ANGSTROM": "",
    "DOUBLE-STRUCK": "",
    "MATHEMATICAL": "",
    "SCRIPT": "",
}
_KANA: Final = ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HALFWIDTH")
#: Chinese writes it for 的 on signs.
_AT_HOME: Final = "の"
#: A column is in another language than English where one cell of so many has accents.
_ACCENTED: Final = 5
_ASCII: Final = 0x7F
#: So many Greek letters and no other are a word, and no symbol.
_A_WORD: Final = 3


_HAN_WORDS: Final = r"[\u3400-\u9fff、，·“”]{2,}"
_LATIN_WORDS: Final = r"[A-Za-z][A-Za-z ,.'’\-]{2,}"
_TWO_LANGUAGES: Final = re.compile(
    rf"{_HAN_WORDS}\s*[\s(（:：/—\-]\s*{_LATIN_WORDS}[)）]?"
    rf"|{_LATIN_WORDS}\s*[\s(（:：/—\-]\s*{_HAN_WORDS}[)）]?"
)
#: Characters that are Han by their names.
_HAN_ALONE: Final = re.compile("[\u4e00-\u9fa5]+")


@lru_cache(maxsize=8192)
def _letter(character: str) -> str:
    """Return the script of a letter, “kana” for Japanese, or nothing for any other."""
    if not character.isalpha() or character == _AT_HOME:
        return ""
    word = unicodedata.name(character, "CJK").split()[0]
    return "kana" if word in _KANA else _OURS.get(word, OTHER)


@lru_cache(maxsize=4096)
def scripts(text: str) -> MappingProxyType[str, int]:
    """Return how many letters of each script a text has.

    >>> dict(scripts("доверие")), dict(scripts("3C认证"))
    ({'other': 7}, {'latin': 1, 'han': 2})
    """
    if _HAN_ALONE.fullmatch(text):
        return MappingProxyType(Counter({HAN: len(text)}))
    counts = Counter(map(_letter, text))
    del counts[""]
    greek = counts.pop("greek", 0)
    if greek >= _A_WORD and not (counts[LATIN] or counts[HAN]):
        counts[OTHER] += greek
    return MappingProxyType(+counts)


def is_foreign(text: str, lang: str) -> bool:
    """Say whether a text is in a script in which its language is not written.

    Only English and Chinese are judged, and only letters: kana are neither, nor
    is a text that has letters of other scripts alone.

    >>> is_foreign("доверие", "en"), is_foreign("信頼する", "zh-Hans")
    (True, True)
    >>> is_foreign("Windows", "zh-Hans"), is_foreign("北京", "en")
    (False, False)
    """
    if text.isascii() or primary(lang) not in {"en", "zh"}:
        return False
    counts = scripts(text)
    if not counts:
        return False
    if counts["kana"]:
        return True
    return not (counts[LATIN] or counts[HAN])


def is_in_script_of(text: str, lang: str) -> bool:
    """Say whether a text has a letter that its language is written in, or no letter.

    >>> is_in_script_of("peace", "uk"), is_in_script_of("мир", "uk")
    (False, True)
    >>> is_in_script_of("和平", "fr"), is_in_script_of("2030", "ru")
    (False, True)
    """
    counts, script = scripts(text), usual_script(lang)
    if not counts or not script:
        return True
    if script == "Latn":
        return LATIN in counts
    if script in {"Hans", "Hant", "Jpan", "Hani"}:
        return bool(counts.keys() & {HAN, "kana"})
    return OTHER in counts or (script == "Kore" and HAN in counts)


def is_of_another_script(cells: Sequence[str]) -> bool:
    """Say whether most cells have letters, and neither Latin nor Han ones.

    >>> is_of_another_script(["ཞི་བདེ"]), is_of_another_script(["paix", "和平"])
    (True, False)
    """
    others = sum(
        bool(counts) and not (counts[LATIN] or (counts[HAN] and not counts["kana"]))
        for counts in map(Counter, map(scripts, cells))
    )
    return others * 2 > len(cells)


def is_han_alone(text: str) -> bool:
    """Say whether a text has Han characters and no letter of another script.

    >>> is_han_alone("主权"), is_han_alone("G20峰会"), is_han_alone("sovereignty")
    (True, False, False)
    """
    return not text.isascii() and scripts(text).keys() == {HAN}


def is_mixed(text: str) -> bool:
    """Say whether a text has Han characters and Latin letters.

    >>> is_mixed("sovereignty 主权"), is_mixed("主权")
    (True, False)
    """
    return not text.isascii() and scripts(text).keys() >= {HAN, LATIN}


def is_bilingual(text: str) -> bool:
    """Say whether Chinese and some English words stand one after the other.

    >>> is_bilingual("和平（peace）"), is_bilingual("world peace 世界和平")
    (True, True)
    >>> is_bilingual("G20峰会"), is_bilingual("和平")
    (False, False)
    """
    return _TWO_LANGUAGES.fullmatch(text.strip()) is not None


def script_of(cells: Sequence[str]) -> str:
    """Return the script that most cells are in: `han`, `latin` or `other`.

    Where half of the cells have Han characters, the column is Chinese, unless a tenth
    of them has kana. Latin with many accents is `other`: it is not English.
    """
    if not cells:
        return LATIN
    kinds = [scripts(cell) for cell in cells]
    kana = sum(bool(kind["kana"]) for kind in kinds)
    han = sum(bool(kind[HAN]) for kind in kinds)
    if (han + kana) * 2 >= len(cells):
        return OTHER if kana * 10 >= len(cells) else HAN
    if sum(kind[OTHER] > kind[LATIN] for kind in kinds) * 2 >= len(cells):
        return OTHER
    accented = sum(any(map(_is_accented, cell)) for cell in cells)
    return OTHER if accented > 1 and accented * _ACCENTED >= len(cells) else LATIN


def _is_accented(character: str) -> bool:
    return ord(character) > _ASCII and _letter(character) == LATIN


def chinese_script(text: str) -> str | None:
    """Return `zh-Hans` or `zh-Hant` where a text can be only that, else None.

    >>> chinese_script("戰略"), chinese_script("战略"), chinese_script("和平")
    ('zh-Hant', 'zh-Hans', None)
    """
    simplified, traditional = _fits(text, "gb2312"), _fits(text, "big5")
    if traditional and not simplified and is_traditional(text):
        return "zh-Hant"
    return "zh-Hans" if simplified and not traditional else None


@lru_cache(maxsize=4096)
def _fits(text: str, encoding: str) -> bool:
    is_han = _HAN_ALONE.fullmatch(text) is not None
    han = text if is_han else "".join(c for c in text if _letter(c) == HAN)
    try:
        han.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
