"""Characters that look like others: letters of other alphabets, forms, radicals.

The letters are those of Unicode's confusables (UTS 39) that pass for Latin ones in
print, and for figures; compatibility forms (mathematical letters, radicals) become what
they stand for by NFKC. Full-width forms are Chinese typography: they stand for
themselves.
"""

import re
import unicodedata
from types import MappingProxyType
from typing import Final

_CYRILLIC: Final = "АВЕЅІЈКМНОРСТУХаеіјорсухѕһԁԛԝӏ"
_AS_CYRILLIC: Final = "ABESIJKMHOPCTYXaeijopcyxshdqwl"
_GREEK: Final = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονυ"
_AS_GREEK: Final = "ABEZHIKMNOPTYXovu"
_ARMENIAN: Final = "ՕՍհոսց"
_AS_ARMENIAN: Final = "OUhnug"
_OTHERS: Final = "ıɑɡɩʏ\u01c0\u2223"
_AS_OTHERS: Final = "iagiY||"
_LETTERS: Final = MappingProxyType(
    {
        ord(one): other
        for many, as_ in (
            (_CYRILLIC, _AS_CYRILLIC),
            (_GREEK, _AS_GREEK),
            (_ARMENIAN, _AS_ARMENIAN),
            (_OTHERS, _AS_OTHERS),
        )
        for one, other in zip(many, as_, strict=True)
    }
)
#: Blocks whose characters are only forms of others: radicals, compatibility ideographs,
#: letter-like signs in mathematics.
_FORMS: Final = (
    range(0x2E80, 0x2FE0),
    range(0xF900, 0xFB00),
    range(0x1D400, 0x1D800),
    range(0x2F800, 0x2FA20),
)
#: What nobody sees and nobody means in a wording: spaces of no width, marks of an order
#: of bytes, hints to break a word. (Joiners stay: other scripts are written with them.)
_UNSEEN: Final = re.compile("[\u00ad\u180e\u200b\u2060\ufeff]")


def visible(text: str) -> str:
    """Return a wording without what nobody sees.

    >>> visible("主\u200b权")
    '主权'
    """
    return _UNSEEN.sub("", text)


def unseen(text: str) -> list[str]:
    """Return the names of what nobody sees in a wording.

    >>> unseen("co\u00adop\u00aderation")
    ['U+00AD']
    """
    if text.isascii() or _UNSEEN.search(text) is None:
        return []
    return [f"U+{ord(letter):04X}" for letter in dict.fromkeys(_UNSEEN.findall(text))]


def passes_for(character: str) -> str:
    """Return what a character looks like, if it is something else; or nothing.

    >>> passes_for("а"), passes_for("a"), passes_for("⼀"), passes_for("一")
    ('a', '', '一', '')
    """
    code = ord(character)
    if code < 0x80:
        return ""
    if code in _LETTERS:
        return _LETTERS[code]
    if any(code in block for block in _FORMS):
        form = unicodedata.normalize("NFKC", character)
        return form if form != character else ""
    return ""
