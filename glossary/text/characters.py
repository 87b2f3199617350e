"""What each character becomes when a text is folded, and what kind of character it is.

Built from Unicode's data and OpenCC's tables, once, on first use. `simplified.txt` is
what OpenCC's tables say: the mainland's simplified character for each that has another.
Taiwan's and Hong Kong's own forms (裏, 衞) come first; where the general table knows
one, it has the last word. A form that leads to another is followed to the end.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from glossary import late
from glossary.text.function_words import APOSTROPHES
from glossary.text.script import HAN, UNSPACED

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = late("numpy")

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
#: Blocks with characters that folding changes; the others hold Han alone, or nothing.
_FOLDED: Final = (
    range(0x3400),
    range(0xA000, 0xAC00),
    range(0xF900, 0x10000),
    range(0x1D400, 0x1D800),
    range(0xE0000, 0xE0200),
)
#: Where the block of common Han characters begins.
_FIRST_COMMON: Final = 0x4E00
_IS_UNSPACED: Final = re.compile(f"[{UNSPACED}]")
_IS_NUMBERING: Final = re.compile(f"[{_NUMBERING}]")


class _Tables:
    """What each code point becomes, built on first use: in part, or all (30 ms)."""

    @cached_property
    def letters(self) -> NDArray[np.uint32]:
        return self._built[0]

    @cached_property
    def kinds(self) -> NDArray[np.uint8]:
        return self._built[1]

    @cached_property
    def simplified(self) -> MappingProxyType[int, int]:
        pairs = Path(__file__).with_name("simplified.txt").read_text(encoding="utf-8")
        return MappingProxyType({ord(p[0]): ord(p[1]) for p in pairs.split()})

    @cached_property
    def other_than_simplified(self) -> re.Pattern[str]:
        """A character that has a simplified form: most texts have none."""
        return re.compile(f"[{''.join(map(chr, self.simplified))}]")

    def is_traditional(self, character: str) -> bool:
        """Say whether a character is one that simplified texts do not have."""
        code = ord(character)
        if code < _FIRST_COMMON or code not in self.simplified:
            return False
        return _is_traditional_alone(character)

    def one(self, character: str) -> tuple[int, str]:
        """Return the kind of a character and what it becomes, without the tables."""
        code = ord(character)
        kind, letter = KEEP, code
        if any(code in block for block in _FOLDED):
            kind, letter = _folding(character)
        letter = self.simplified.get(letter, letter)
        if kind == KEEP and _IS_UNSPACED.match(character):
            kind = IDEOGRAPH
        return kind, " " if kind in {SPACE, NO_WIDTH} else chr(letter)

    @cached_property
    def _built(self) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
        letters = np.arange(0x110000, dtype=np.uint32)
        kinds = np.zeros(0x110000, dtype=np.uint8)
        for code in chain.from_iterable(_FOLDED):
            kinds[code], letters[code] = _folding(chr(code))
        targets = np.arange(0x110000, dtype=np.uint32)
        targets[list(self.simplified)] = list(self.simplified.values())
        letters = targets[letters]
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
