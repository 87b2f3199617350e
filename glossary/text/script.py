"""The script of a text: Chinese, which has no spaces, and words, which have."""

import re
from typing import Final

from glossary import late_pattern

#: Han characters, kana and Bopomofo: scripts written without spaces between words.
UNSPACED: Final = (
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U000323af"
)
HAN: Final = re.compile(f"[{UNSPACED}]")
HAN_RUN: Final = late_pattern(f"[{UNSPACED}]+")
#: A word, or a Han character, which is its like.
UNIT: Final = late_pattern(rf"[{UNSPACED}]|[^{UNSPACED}\s]+")
#: A run of Han characters, or a word.
RUN: Final = late_pattern(rf"(?P<han>[{UNSPACED}]+)|(?P<word>[^{UNSPACED}\s]+)")


def has_han(text: str) -> bool:
    """Say whether any character is of a script written without spaces."""
    return not text.isascii() and HAN.search(text) is not None
