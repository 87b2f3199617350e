"""The order in which a reader looks for names: the alphabet, pinyin or strokes.

Readers of Simplified Chinese find 安全 before 北约, by pinyin and tone, as a dictionary
has them; readers of Traditional Chinese find 中 before 安, by the number of strokes and
then by radical, as a register in Taiwan has them. What is written in letters comes
before what is written in Han characters.

`strokes.txt` is made from Unicode's data: a character each for U+3400 to U+9FFF, of the
code point 48 + the number of strokes that Taiwan writes, `kTotalStrokes` in Unihan.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from glossary.text.reading import derived
from glossary.text.script import HAN, UNSPACED

#: A place among others: what is compared first stands first.
Place = tuple[tuple[int | str, ...], ...]
_RUNS: Final = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
#: The code point that the table begins with, and that of the character for no strokes.
_FIRST: Final = 0x3400
_NO_STROKES: Final = 48
#: The marks of the four tones as Unicode takes them apart; no mark is the fifth.
_TONES: Final = ("\u0304", "\u0301", "\u030c", "\u0300")
#: The names of a page or two: those of every subject, issuer and document in use.
_MOST: Final = 4096


@lru_cache(maxsize=_MOST)
def collation_key(text: str, locale: str) -> Place:
    """Return what sorts texts for a reader of `en`, `zh-Hans` or `zh-Hant`.

    Punctuation counts for nothing, nor does letter case; figures come before letters.

    >>> names = ["中國", "安全", "北約", "APEC"]
    >>> sorted(names, key=lambda name: collation_key(name, "zh-Hans"))
    ['APEC', '安全', '北約', '中國']
    >>> sorted(names, key=lambda name: collation_key(name, "zh-Hant"))
    ['APEC', '中國', '北約', '安全']
    """
    runs: list[str] = _RUNS.findall(text)
    if locale == "zh-Hant":
        keys = [_by_strokes(run) if HAN.match(run) else _letters(run) for run in runs]
    else:
        syllables = iter(_syllables(text))
        keys = [
            _by_sound(next(syllables, ""), run) if HAN.match(run) else _letters(run)
            for run in runs
        ]
    return (*keys, (), (text,))


def _letters(word: str) -> tuple[int | str, ...]:
    bare = unicodedata.normalize("NFD", word.casefold())
    return 1, "".join(c for c in bare if not unicodedata.combining(c))


def _by_strokes(han: str) -> tuple[int | str, ...]:
    """Return the place of a character: fewer strokes first, then by its radical.

    Code points are in the order of radicals.
    """
    return 2, _strokes(han), han


def _by_sound(syllable: str, han: str) -> tuple[int | str, ...]:
    """Return the place of a character: its syllable, its tone, its strokes."""
    parts = unicodedata.normalize("NFD", syllable.casefold())
    tone = next((at for at, mark in enumerate(_TONES) if mark in parts), len(_TONES))
    bare = "".join(c for c in parts if c not in _TONES)
    return 2, bare, tone, _strokes(han), han


def _syllables(text: str) -> list[str]:
    """Return how each Han character of a text is read, within its words."""
    runs = re.findall(f"[{UNSPACED}]+", text)
    return [syllable for run in runs for syllable in derived(run).split()]


def _strokes(han: str) -> int:
    """Return the strokes of a character; very many for one that is not in the table."""
    at = ord(han) - _FIRST
    table = _table()
    number = ord(table[at]) - _NO_STROKES if 0 <= at < len(table) else 0
    return number or 99


@cache
def _table() -> str:
    path = Path(__file__).with_name("strokes.txt")
    return path.read_text(encoding="ascii").replace("\n", "")
