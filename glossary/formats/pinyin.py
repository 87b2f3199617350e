"""Pinyin with tone numbers as pinyin with tone marks."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_SYLLABLE: Final = re.compile(r"([A-Za-zü:ÜêÊ]+)([1-5])")
_UMLAUT: Final = re.compile(r"(?:u:|v)", re.IGNORECASE)
_MARKS: Final = {"1": "\u0304", "2": "\u0301", "3": "\u030c", "4": "\u0300", "5": ""}
#: Where the mark stands: on a or e, on the o of ou, else on the last vowel; on the
#: consonant of m2 and ng4.
_BEARER: Final = re.compile(
    r"[ae]|o(?=u)|[iouüê](?=[^aeiouüê]*$)|^[mn](?=g?$)", re.IGNORECASE
)


def with_marks(numbered: str) -> str:
    """Return a reading with tone marks for one with numbers, whatever else is in it.

    >>> with_marks("Zhong1 guo2"), with_marks("lu:4 shi1"), with_marks("3 C")
    ('Zhōng guó', 'lǜ shī', '3 C')
    """
    return _SYLLABLE.sub(lambda match: _marked(match[1], match[2]), numbered)


@lru_cache(maxsize=4096)
def _marked(syllable: str, tone: str) -> str:
    syllable = _UMLAUT.sub(lambda m: "Ü" if m[0][0].isupper() else "ü", syllable)
    bearer = _BEARER.search(syllable)
    if bearer is None:
        return syllable
    end = bearer.end()
    marked = f"{syllable[:end]}{_MARKS[tone]}{syllable[end:]}"
    return unicodedata.normalize("NFC", marked)
