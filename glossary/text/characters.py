"""What each character becomes when a text is folded, and what kind of character it is.

Built from Unicode's data and OpenCC's tables, once, on first use.
"""

import re
import unicodedata
from functools import cached_property
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray
from opencc import OpenCC

from glossary.text.function_words import APOSTROPHES
from glossary.text.language import HAN, UNSPACED

#: A character stays, is a space, is left out, becomes several, waits for its
#: neighbours (a full stop, a comma, a raised letter or figure, a space of no width), or
#: is Han.
KEEP, SPACE, DELETE, EXPAND, DOT, COMMA, RAISED, NO_WIDTH, IDEOGRAPH = range(9)
#: Signs that are part of a name or a figure: S&ED, 100%, #1.
_MEANINGFUL: Final = frozenset("&%#@§")
#: Figures and letters in circles or brackets, which number notes and items of lists.
_NUMBERING: Final = (
    "\u2460-\u24ff\u2776-\u2793\u3220-\u3229\u3248-\u324f\u3251-\u325f"
    "\u3280-\u3289\u32b1-\u32bf"
)
_SIGNS: Final = {
    **dict.fromkeys(_MEANINGFUL, KEEP),
    **dict.fromkeys("®©℗", DELETE),
    "\u200b": NO_WIDTH,
    **dict.fromkeys("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85", SPACE),
    ".": DOT,
    ",": COMMA,
}
_CATEGORIES: Final = {
    **dict.fromkeys(("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"), SPACE),
    **dict.fromkeys(("Zs", "Zl", "Zp"), SPACE),
    **dict.fromkeys(("Cf", "Cc"), DELETE),
}
_APOSTROPHES: Final = frozenset(APOSTROPHES)
_IS_NUMBERING: Final = re.compile(f"[{_NUMBERING}]")


class _Tables:
    """What each code point becomes, built once, on first use (30 ms)."""

    @cached_property
    def letters(self) -> NDArray[np.uint32]:
        return self._built[0]

    @cached_property
    def kinds(self) -> NDArray[np.uint8]:
        return self._built[1]

    @cached_property
    def simplified(self) -> MappingProxyType[int, int]:
        codes = np.arange(0x4E00, 0xA000)
        changed = codes[self.letters[codes] != codes]
        pairs = zip(changed.tolist(), self.letters[changed].tolist(), strict=True)
        return MappingProxyType(dict(pairs))

    @cached_property
    def traditional(self) -> re.Pattern[str]:
        characters = filter(_is_traditional_alone, map(chr, self.simplified))
        return re.compile(f"[{''.join(characters)}]")

    @cached_property
    def _built(self) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
        letters = np.arange(0x110000, dtype=np.uint32)
        kinds = np.zeros(0x110000, dtype=np.uint8)
        low = (*range(0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x10000))
        for code in (*low, *range(0x1D400, 0x1D800), *range(0xE0000, 0xE0200)):
            kinds[code], letters[code] = _folding(chr(code))
        letters = _simplified()[letters]
        for first, last in re.findall(r"(.)-(.)", UNSPACED):
            span = slice(ord(first), ord(last) + 1)
            kinds[span] = np.where(kinds[span] == KEEP, IDEOGRAPH, kinds[span])
        letters[(kinds == SPACE) | (kinds == NO_WIDTH)] = ord(" ")
        for table in (letters, kinds):
            table.flags.writeable = False
        return letters, kinds


TABLES: Final = _Tables()


def _is_traditional_alone(character: str) -> bool:
    """Say whether a character is none of GB 2312, the set of simplified script."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _simplified() -> NDArray[np.uint32]:
    """Return, for each code point, the mainland's simplified character."""
    characters = [chr(code) for code in range(0x3400, 0xA000)]
    table = np.arange(0x110000, dtype=np.uint32)
    # Taiwan's and Hong Kong's own forms (裏, 衞) come first; where the general table
    # knows the character, it has the last word.
    for direction in ("tw2s", "hk2s", "t2s"):
        converted = OpenCC(direction).convert("\n".join(characters)).split("\n")
        for old, new in zip(characters, converted, strict=True):
            if old != new and len(new) == 1:
                table[ord(old)] = ord(new)
    # A form may lead to another that is itself traditional; follow it to the end.
    return table[table][table]


def _folding(character: str) -> tuple[int, int]:
    """Return the kind of a character and the code point that it becomes."""
    if _IS_NUMBERING.match(character):
        return SPACE, ord(" ")
    form = character if character in _MEANINGFUL else expanded(character)
    is_raised = unicodedata.decomposition(character).startswith("<super>")
    if is_raised and not HAN.match(form):
        return (RAISED, ord(form)) if len(form) == 1 and form.isalnum() else (DELETE, 0)
    if len(form) > 1 and character not in _APOSTROPHES:
        return EXPAND, ord(character)
    if not form or character in _APOSTROPHES or form in _APOSTROPHES:
        return DELETE, 0
    kind = _SIGNS.get(form)
    if kind is None:
        kind = _CATEGORIES.get(unicodedata.category(form), KEEP)
    if kind == KEEP and HAN.match(form):
        kind = IDEOGRAPH
    return kind, ord(form)


def expanded(character: str) -> str:
    """Return compatibility form, lower case, without accents on alphabets."""
    form = unicodedata.normalize("NFKC", character).casefold()
    if any("\u3040" <= c <= "\u30ff" or "\uac00" <= c <= "\ud7a3" for c in form):
        return form
    parts = unicodedata.normalize("NFKD", form)
    return "".join(c for c in parts if unicodedata.category(c) not in {"Mn", "Me"})
