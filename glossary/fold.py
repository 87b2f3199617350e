"""Text made comparable, and the way back to the original offsets.

Folding is for matching only; stored text is never rewritten. It makes one of:

* letter case, full width and compatibility forms, accents (`ＭＡＪＯＲ`, `Démarche`);
* traditional and simplified characters, by OpenCC's tables, one by one;
* hyphens, spaces and punctuation: between words they become one space, beside Han
  characters they vanish (`不冲突、不对抗`, `“不冲突不对抗”`);
* British and American spellings, and prefixes written apart or together.

Offsets count code points of the text as given.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray
from opencc import OpenCC

from glossary.language import HAN, UNSPACED
from glossary.spelling import AMERICAN, SEPARABLE_PREFIXES

_KEEP, _SPACE, _DELETE, _EXPAND, _DOT, _COMMA, _HAN = range(7)
#: Signs that are part of a name or a figure: S&ED, 100%, #1.
_MEANINGFUL: Final = frozenset("&%#@§")
_SIGNS: Final = {
    **dict.fromkeys(_MEANINGFUL, _KEEP),
    **dict.fromkeys("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85", _SPACE),
    ".": _DOT,
    ",": _COMMA,
}
_CATEGORIES: Final = {
    **dict.fromkeys(("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"), _SPACE),
    **dict.fromkeys(("Zs", "Zl", "Zp"), _SPACE),
    **dict.fromkeys(("Cf", "Cc"), _DELETE),
}
#: So few full stops and commas are looked at one by one sooner than all at once.
_FEW: Final = 40
_APOSTROPHES: Final = frozenset("'’‘ʼ`´")
#: Up to so many characters, numpy's own cost is more than it saves.
_SHORT: Final = 150
_PLAIN_WORDS = re.compile(r"[a-z0-9]++(?: [a-z0-9]++)*+")
_PLAIN_HAN = re.compile("[\u4e00-\u9fff]+")
_WORD = re.compile(r"[a-z]{3,}")
_APART = re.compile(rf"(?<![a-z])(?:{'|'.join(SEPARABLE_PREFIXES)}) (?=[a-z])")
_ARTICLE = re.compile(r"(?:the|an|a) (?=.)")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text with the way back.

    `origin[i]` is the code point offset, in `source`, of the character that
    `text[i]` came from; it never falls.
    """

    source: str
    text: str
    origin: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open code point span of `source` behind `text[start:end]`.

        Raise IndexError for an empty span or one outside the folded text.
        """
        if not 0 <= start < end <= len(self.text):
            raise IndexError(f"no span {start}:{end} in {len(self.text)} characters")
        return self.origin[start], self.origin[end - 1] + 1

    @property
    def key(self) -> str:
        """The folded text without a leading English article."""
        return self.text[self.article :]

    @property
    def article(self) -> int:
        """The length of the leading article with its space, 0 without one."""
        match = _ARTICLE.match(self.text)
        return match.end() if match else 0


class _Tables:
    """What each code point becomes, built once, on first use (30 ms)."""

    @cached_property
    def letters(self) -> NDArray[np.uint32]:
        return self._built[0]

    @cached_property
    def kinds(self) -> NDArray[np.uint8]:
        return self._built[1]

    @cached_property
    def simplified(self) -> dict[int, int]:
        codes = np.arange(0x4E00, 0xA000)
        changed = codes[self.letters[codes] != codes]
        return dict(zip(changed.tolist(), self.letters[changed].tolist(), strict=True))

    @cached_property
    def traditional(self) -> re.Pattern[str]:
        return re.compile(f"[{''.join(map(chr, self.simplified))}]")

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
            kinds[span] = np.where(kinds[span] == _KEEP, _HAN, kinds[span])
        letters[kinds == _SPACE] = ord(" ")
        return letters, kinds


_TABLES: Final = _Tables()


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
    form = character if character in _MEANINGFUL else _letters(character)
    if len(form) > 1 and character not in _APOSTROPHES:
        return _EXPAND, ord(character)
    if not form or character in _APOSTROPHES or form in _APOSTROPHES:
        return _DELETE, 0
    kind = _SIGNS.get(form)
    if kind is None:
        kind = _CATEGORIES.get(unicodedata.category(form), _KEEP)
    if kind == _KEEP and HAN.match(form):
        kind = _HAN
    return kind, ord(form)


def _letters(character: str) -> str:
    """Return compatibility form, lower case, without accents on alphabets."""
    form = unicodedata.normalize("NFKC", character).casefold()
    if any("\u3040" <= c <= "\u30ff" or "\uac00" <= c <= "\ud7a3" for c in form):
        return form
    parts = unicodedata.normalize("NFKD", form)
    return "".join(c for c in parts if unicodedata.category(c) not in {"Mn", "Me"})


def fold(text: str) -> Folded:
    """Fold a text for matching; the same input always gives the same output.

    >>> fold("“不衝突、不對抗”").text, fold("Ｍajor‑Country").text
    ('不冲突不对抗', 'major country')
    >>> fold("构建 新型大国关系").span(2, 8)
    (3, 9)
    """
    return _remembered(text) if len(text) <= _SHORT else _folded(text)


@lru_cache(maxsize=4096)
def _remembered(text: str) -> Folded:
    """Fold a short text once: whoever writes or compares terms asks again and again."""
    return _folded(text)


def _folded(text: str) -> Folded:
    folded, places = _letters_of(text)
    if isinstance(places, np.ndarray):
        places = places.tolist()
    if _WORD.search(folded):
        folded, places = _respelled(folded, places)
    return Folded(text, folded, places)


def letters(text: str) -> Folded:
    """Fold all but spellings: for who reads word by word and respells then.

    The origin of a long text is an array, whose numbers are numpy's.

    >>> letters("Non-Proliferation Programmes").text
    'non proliferation programmes'
    """
    folded, places = _letters_of(text)
    return Folded(text, folded, cast("Sequence[int]", places))


def _letters_of(text: str) -> tuple[str, Sequence[int] | NDArray[np.intp]]:
    return _plain(text) or _short(text) or _general(text)


def is_traditional(text: str) -> bool:
    """Say whether any character is simplified by folding."""
    return not text.isascii() and _TABLES.traditional.search(text) is not None


def simplified(text: str) -> str:
    """Return a text with its characters simplified as folding does, one by one."""
    return text.translate(_TABLES.simplified) if is_traditional(text) else text


def _plain(text: str) -> tuple[str, Sequence[int]] | None:
    """Fold what needs no offsets moved, as most queries do; None for the rest.

    It gives what `_general` gives, in a tenth of the time.
    """
    if text.isascii():
        folded = text.lower().replace("-", " ")
        if _PLAIN_WORDS.fullmatch(folded) is None:
            return None
    elif _PLAIN_HAN.fullmatch(text):
        folded = text.translate(_TABLES.simplified)
    else:
        return None
    return folded, range(len(folded))


def _short(text: str) -> tuple[str, Sequence[int]] | None:
    """Fold a short text letter by letter; None when a letter needs its neighbours.

    It gives what `_general` gives, in a quarter of the time.
    """
    if len(text) > _SHORT:
        return None
    parts: list[str] = []
    places: list[int] = []
    before, gap = _SPACE, -1
    for place, character in enumerate(text):
        kind, letter = _looked_up(character)
        if kind == _SPACE:
            gap = place if gap < 0 else gap
        elif kind in {_KEEP, _HAN}:
            if gap >= 0 and before == kind == _KEEP:
                parts.append(" ")
                places.append(gap)
            gap, before = -1, kind
            parts.append(letter)
            places.append(place)
        elif kind != _DELETE:
            return None
    return "".join(parts), places


@lru_cache(maxsize=65_536)
def _looked_up(character: str) -> tuple[int, str]:
    """Return the kind of a character and what it becomes."""
    code = ord(character)
    return int(_TABLES.kinds[code]), chr(_TABLES.letters[code])


def _general(text: str) -> tuple[str, NDArray[np.intp]]:
    """Fold any text by table look-up over all its code points at once."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    kinds = _TABLES.kinds.take(codes)
    origin: NDArray[np.intp] | None = None
    if (kinds == _EXPAND).any():
        codes, origin = _expanded(text, codes, kinds)
        kinds = _TABLES.kinds.take(codes)
    if (kinds == _DELETE).any():
        present = np.flatnonzero(kinds != _DELETE)
        origin = present if origin is None else origin[present]
        codes, kinds = codes.take(present), kinds.take(present)
    letters = _TABLES.letters.take(codes)
    if _settle(kinds, letters):
        present = np.flatnonzero(kinds != _DELETE)
        origin = present if origin is None else origin[present]
        letters, kinds = letters.take(present), kinds.take(present)
    kept = _uncollapsed(kinds)
    folded = letters.take(kept).tobytes().decode("utf-32-le", "surrogatepass")
    return folded, kept if origin is None else origin.take(kept)


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """Return what a text is matched by: folded, without a leading article."""
    return fold(text).key


def _expanded(
    text: str, codes: NDArray[np.uint32], kinds: NDArray[np.uint8]
) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """Replace characters that become several (`ﬁ`, `㎏`, `ß`) by what they become."""
    places = np.flatnonzero(kinds == _EXPAND)
    forms = [_letters(text[place]) for place in places.tolist()]
    sizes = np.ones(len(codes), dtype=np.intp)
    sizes[places] = [len(form) for form in forms]
    origin = np.repeat(np.arange(len(codes)), sizes)
    widened = codes.take(origin)
    widened[kinds.take(origin) == _EXPAND] = [ord(c) for form in forms for c in form]
    return widened, origin


def _settle(kinds: NDArray[np.uint8], letters: NDArray[np.uint32]) -> bool:
    """Decide, in place, what each full stop and comma is; say whether one is dropped.

    Between digits a stop is kept (3.5) and a comma dropped (1,000); after a single
    letter a stop is dropped (U.S.); anywhere else both are spaces.
    """
    places = np.flatnonzero((kinds == _DOT) | (kinds == _COMMA))
    if not len(places):
        return False
    unclear = places if len(places) < _FEW else _unclear(places, kinds, letters)
    for at in unclear.tolist():
        before_it = _letter(letters, kinds, at - 1)
        after_it = _letter(letters, kinds, at + 1)
        if before_it.isdigit() and after_it.isdigit():
            kinds[at] = _KEEP if kinds[at] == _DOT else _DELETE
        elif (
            kinds[at] == _DOT
            and before_it.isalpha()
            and not _letter(letters, kinds, at - 2).isalnum()
        ):
            kinds[at] = _DELETE
        else:
            kinds[at] = _SPACE
    settled = kinds.take(places)
    letters[places[settled == _SPACE]] = ord(" ")
    return bool((settled == _DELETE).any())


def _unclear(
    places: NDArray[np.intp], kinds: NDArray[np.uint8], letters: NDArray[np.uint32]
) -> NDArray[np.intp]:
    """Settle, in place, the many that are surely spaces; return the others.

    What no letter follows is a space, but for a stop after what may be one letter.
    """
    kept = np.zeros(len(kinds) + 2, dtype=bool)
    kept[1:-1] = kinds == _KEEP
    before = letters.take(np.maximum(places - 2, 0))
    word = kept.take(np.maximum(places - 1, 0)) & (before >= ord("0")) & (before < 128)
    single = (kinds.take(places) == _DOT) & kept.take(places) & ~word
    plain = ~kept.take(places + 2) & ~single
    kinds[places[plain]] = _SPACE
    unclear: NDArray[np.intp] = places[~plain]
    return unclear


def _letter(letters: NDArray[np.uint32], kinds: NDArray[np.uint8], at: int) -> str:
    """Return the folded character at a place, a space where there is none."""
    if not 0 <= at < len(letters) or kinds[at] != _KEEP:
        return " "
    return chr(letters[at])


def _uncollapsed(kinds: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Return the places that stay: of spaces, one between two spaced words."""
    space = kinds == _SPACE
    keep = ~space
    begins = np.flatnonzero(space[1:] & keep[:-1]) + 1
    if len(begins):
        ends = np.flatnonzero(space[:-1] & keep[1:])
        if space[0]:
            ends = ends[1:]
        begins = begins[: len(ends)]
        han = kinds == _HAN
        if han.any():
            begins = begins[~(han.take(begins - 1) | han.take(ends + 1))]
        keep[begins] = True
    return np.flatnonzero(keep)


def _respelled(text: str, places: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Turn British words into American ones and join separable prefixes."""
    changes: list[tuple[int, int, str]] = [
        (m.start(), m.end(), american)
        for m in _WORD.finditer(text)
        if (american := AMERICAN.get(m[0])) is not None
    ]
    changes += [(m.end() - 1, m.end(), "") for m in _APART.finditer(text)]
    if not changes:
        return text, places
    parts: list[str] = []
    origin: list[int] = []
    done = 0
    for start, end, word in sorted(changes):
        parts += text[done:start], word
        origin += places[done:start]
        origin += _aligned(text[start:end], word, places[start:end])
        done = end
    return "".join(parts) + text[done:], [*origin, *places[done:]]


def _aligned(old: str, new: str, places: Sequence[int]) -> list[int]:
    """Give each letter of a respelled word a place; the last keeps the last place."""
    tail = len(old) - len(new)
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    found = [
        places[i if i < same else min(max(same, i + tail), len(old) - 1)]
        for i in range(len(new))
    ]
    return [*found[:-1], places[-1]] if new else []
