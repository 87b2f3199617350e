"""Text made comparable, and the way back to the original offsets.

Folding is for matching only; stored text is never rewritten. It makes one of:

* letter case, full width and compatibility forms, accents (`ＭＡＪＯＲ`, `Démarche`);
* traditional and simplified characters, by OpenCC's tables, one by one;
* hyphens, spaces and punctuation: between words they become one space, beside Han
  characters they vanish (`不冲突、不对抗`, `“不冲突不对抗”`);
* British and American spellings, and prefixes written apart or together.

What only numbers a note or an item is left out (`ceasefire¹`, `停火①`), and so are
trade marks, soft hyphens and spaces of no width.

Offsets count code points of the text as given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from glossary import late
from glossary.text import simple
from glossary.text.characters import (
    COMMA,
    DELETE,
    DOT,
    EXPAND,
    IDEOGRAPH,
    KEEP,
    NO_WIDTH,
    RAISED,
    SPACE,
    TABLES,
    expanded,
)
from glossary.text.function_words import LEADING_ARTICLE
from glossary.text.lemma import is_known
from glossary.text.spelling import AMERICAN, SEPARABLE_PREFIXES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = late("numpy")

#: So few full stops and commas are looked at one by one sooner than all at once.
_FEW: Final = 40
#: Folded texts up to so many characters are remembered.
_REMEMBERED: Final = 150
#: Up to so many characters, numpy's own cost is about what it saves.
_SHORT: Final = 650
_PLAIN_WORDS = re.compile(r"[a-z0-9]++(?: [a-z0-9]++)*+")
_PLAIN_HAN = re.compile("[\u4e00-\u9fff]+")
_WORD = re.compile(r"[a-z]{3,}")
#: What is too short to be respelt may yet be a prefix: co-op.
_PREFIXABLE = re.compile(r"[a-z]{2}")
_APART = re.compile(rf"(?<![a-z])(?:{'|'.join(SEPARABLE_PREFIXES)}) (?=[a-z])")
_RUN_BEFORE = re.compile(r"[A-Za-z]*\Z|[0-9]*\Z")
_LETTERS_BEFORE = re.compile(r"[A-Za-z]*\Z")
_LETTERS = re.compile(r"[A-Za-z]*")
#: What has a power, so that a raised figure behind it is no note: 5 km², 10⁶.
_RAISED_TO: Final = frozenset("10 m mm cm dm km in ft yd mi s".split())
#: The longest run of letters or figures that is looked at beside one character.
_LONGEST_RUN: Final = 40
_ARTICLE = re.compile(LEADING_ARTICLE)


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


def fold(text: str) -> Folded:
    """Fold a text for matching; the same input always gives the same output.

    >>> fold("“不衝突、不對抗”").text, fold("Ｍajor‑Country").text
    ('不冲突不对抗', 'major country')
    >>> fold("构建 新型大国关系").span(2, 8)
    (3, 9)
    """
    return _remembered(text) if len(text) <= _REMEMBERED else _folded(text)


def _folded(text: str) -> Folded:
    plain, places = _letters_of(text)
    if not isinstance(places, list | range):
        places = cast("NDArray[np.intp]", places).tolist()
    if _PREFIXABLE.search(plain):
        plain, places = _respelled(plain, places)
    # A list would be shared by all who ask for the same text.
    return Folded(text, plain, tuple(places) if isinstance(places, list) else places)


#: Whoever writes or compares terms asks for the same ones again and again.
_remembered: Final = lru_cache(maxsize=4096)(_folded)


def letters(text: str) -> Folded:
    """Fold all but spellings: for who reads word by word and respells then.

    The origin of a long text is an array, whose numbers are numpy's.

    >>> letters("Non-Proliferation Programmes").text
    'non proliferation programmes'
    """
    plain, places = _letters_of(text)
    return Folded(text, plain, cast("Sequence[int]", places))


def folded_text(text: str) -> str:
    """Return what a text is folded to, without the way back.

    >>> folded_text("Non-Proliferation Programmes of the U.N.")
    'nonproliferation programs of the un'
    """
    quick = _plain(text)
    plain = quick[0] if quick else simple.folded_text(text)
    if plain is None:
        return fold(text).text
    is_spaced = plain.isascii() and plain.replace(" ", "").isalpha()
    words = plain.split(" ") if is_spaced else _WORD.findall(plain)
    if not AMERICAN.keys().isdisjoint(words):
        plain = _WORD.sub(_american, plain)
    return _APART.sub(_joined, plain)


def _american(match: re.Match[str]) -> str:
    return AMERICAN.get(match[0], match[0])


def _joined(match: re.Match[str]) -> str:
    return match[0][:-1]


def _letters_of(text: str) -> tuple[str, Sequence[int] | NDArray[np.intp]]:
    plain = _plain(text)
    if plain is None and len(text) <= _SHORT:
        plain = simple.folded(text)
    return plain or _general(text)


def has_accents(text: str) -> bool:
    """Say whether a text has letters with accents, composed or not.

    >>> has_accents("attaché"), has_accents("De\u0301marche"), has_accents("ＵＮ")
    (True, True, False)
    """
    if text.isascii():
        return False
    decomposed = unicodedata.normalize("NFD", text)
    return any(map(unicodedata.combining, decomposed))


def is_traditional(text: str) -> bool:
    """Say whether any character is of traditional script alone.

    One that simplified texts have too says nothing: 么, 著, 乾, 藉.

    >>> is_traditional("關係"), is_traditional("什么著作"), is_traditional("朝乾夕惕")
    (True, False, False)
    """
    return not text.isascii() and any(
        map(TABLES.is_traditional, set(TABLES.other_than_simplified.findall(text)))
    )


def simplified(text: str) -> str:
    """Return a text with its characters simplified as folding does, one by one."""
    if text.isascii() or TABLES.other_than_simplified.search(text) is None:
        return text
    return text.translate(TABLES.simplified)


def simplified_characters() -> str:
    """Return every character that folding simplifies, each before what it becomes."""
    table = TABLES.simplified.items()
    return "".join(chr(code) + chr(letter) for code, letter in table)


def _plain(text: str) -> tuple[str, Sequence[int]] | None:
    """Fold what needs no offsets moved, as most queries do; None for the rest.

    It gives what `_general` gives, in a tenth of the time.
    """
    if text.isascii():
        letters = text.lower().replace("-", " ")
        if _PLAIN_WORDS.fullmatch(letters) is None:
            return None
    elif _PLAIN_HAN.fullmatch(text):
        letters = simplified(text)
    else:
        return None
    return letters, range(len(letters))


def _general(text: str) -> tuple[str, NDArray[np.intp]]:
    """Fold any text by table look-up over all its code points at once."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    kinds = TABLES.kinds.take(codes)
    if (kinds == RAISED).any() or (kinds == NO_WIDTH).any():
        _settle_marks(text, kinds)
    origin: NDArray[np.intp] | None = None
    if (kinds == EXPAND).any():
        codes, origin = _expanded(text, codes, kinds)
        final_kinds = kinds.take(origin)
        kinds = np.where(final_kinds == EXPAND, TABLES.kinds.take(codes), final_kinds)
    if (kinds == DELETE).any():
        present = np.flatnonzero(kinds != DELETE)
        origin = present if origin is None else origin[present]
        codes, kinds = codes.take(present), kinds.take(present)
    letters = TABLES.letters.take(codes)
    if _settle(kinds, letters):
        present = np.flatnonzero(kinds != DELETE)
        origin = present if origin is None else origin[present]
        letters, kinds = letters.take(present), kinds.take(present)
    indexes = _uncollapsed(kinds)
    plain = letters.take(indexes).tobytes().decode("utf-32-le", "surrogatepass")
    return plain, indexes if origin is None else origin.take(indexes)


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """Return what a text is matched by: folded, without a leading article."""
    plain = folded_text(text)
    match = _ARTICLE.match(plain)
    return plain[match.end() :] if match else plain


def _expanded(
    text: str, codes: NDArray[np.uint32], kinds: NDArray[np.uint8]
) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """Replace characters that become several (`ﬁ`, `㎏`, `ß`) by what they become."""
    places = np.flatnonzero(kinds == EXPAND)
    forms = [expanded(text[place]) for place in places.tolist()]
    sizes = np.ones(len(codes), dtype=np.intp)
    sizes[places] = [len(form) for form in forms]
    origin = np.repeat(np.arange(len(codes)), sizes)
    widened = codes.take(origin)
    widened[kinds.take(origin) == EXPAND] = [ord(c) for form in forms for c in form]
    return widened, origin


def _settle_marks(text: str, kinds: NDArray[np.uint8]) -> None:
    """Decide, in place, what raised letters and figures and no-width spaces are."""
    run, end = "", 0
    for at in np.flatnonzero(kinds == RAISED).tolist():
        if at > end or not at:
            run = next(_RUN_BEFORE.finditer(text, max(at - _LONGEST_RUN, 0), at))[0]
        is_power = text[at].isdigit() and run in _RAISED_TO
        is_ordinal = not text[at].isdigit() and run.isdigit()
        kinds[at] = KEEP if is_power or is_ordinal else DELETE
        end = at + 1
    for at in np.flatnonzero(kinds == NO_WIDTH).tolist():
        kinds[at] = SPACE if _parts_words(text, at) else DELETE


def _parts_words(text: str, at: int) -> bool:
    """Say whether a space of no width stands between two words, and not in one."""
    one = next(_LETTERS_BEFORE.finditer(text, max(at - _LONGEST_RUN, 0), at))[0].lower()
    other = cast("re.Match[str]", _LETTERS.match(text, at + 1))[0].lower()
    return is_known(one) and is_known(other) and not is_known(one + other)


def _settle(kinds: NDArray[np.uint8], letters: NDArray[np.uint32]) -> bool:
    """Decide, in place, what full stops and commas are; say whether one is dropped."""
    places = np.flatnonzero((kinds == DOT) | (kinds == COMMA))
    if not len(places):
        return False
    unclear = places if len(places) < _FEW else _unclear(places, kinds, letters)
    for at in unclear.tolist():
        near = slice(max(at - 2, 0), at + 2)
        around = [chr(code) for code in letters[near].tolist()]
        kinds[at] = _settled(kinds[near].tolist(), around, min(at, 2))
    final_kinds = kinds.take(places)
    letters[places[final_kinds == SPACE]] = ord(" ")
    return bool((final_kinds == DELETE).any())


def _unclear(
    places: NDArray[np.intp], kinds: NDArray[np.uint8], letters: NDArray[np.uint32]
) -> NDArray[np.intp]:
    """Settle, in place, the many that are surely spaces; return the others.

    What no letter follows is a space, but for a stop after what may be one letter.
    """
    keeps = np.zeros(len(kinds) + 2, dtype=bool)
    keeps[1:-1] = kinds == KEEP
    before = letters.take(np.maximum(places - 2, 0))
    word = keeps.take(np.maximum(places - 1, 0)) & (before >= ord("0")) & (before < 128)
    single = (kinds.take(places) == DOT) & keeps.take(places) & ~word
    plain = ~keeps.take(places + 2) & ~single
    kinds[places[plain]] = SPACE
    unclear: NDArray[np.intp] = places[~plain]
    return unclear


def _settled(kinds: Sequence[int], letters: Sequence[str], at: int) -> int:
    """Return what a full stop or a comma is, among what it stands between.

    Between digits a stop is kept (3.5) and a comma dropped (1,000); after a single
    letter a stop is dropped (U.S.); anywhere else both are spaces.
    """
    before = _letter(kinds, letters, at - 1)
    if before.isdigit() and _letter(kinds, letters, at + 1).isdigit():
        return KEEP if kinds[at] == DOT else DELETE
    is_initial = before.isalpha() and not _letter(kinds, letters, at - 2).isalnum()
    return DELETE if kinds[at] == DOT and is_initial else SPACE


def _letter(kinds: Sequence[int], letters: Sequence[str], at: int) -> str:
    """Return the folded character at a place, a space where there is none."""
    is_there = 0 <= at < len(letters) and kinds[at] == KEEP
    return letters[at] if is_there else " "


def _uncollapsed(kinds: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Return the places that stay: of spaces, one between two spaced words."""
    space = kinds == SPACE
    keep = ~space
    begins = np.flatnonzero(space[1:] & keep[:-1]) + 1
    if len(begins):
        ends = np.flatnonzero(space[:-1] & keep[1:])
        if space[0]:
            ends = ends[1:]
        begins = begins[: len(ends)]
        han = kinds == IDEOGRAPH
        if han.any():
            begins = begins[~(han.take(begins - 1) | han.take(ends + 1))]
        keep[begins] = True
    return np.flatnonzero(keep)


def _respelled(text: str, places: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Turn British words into American ones and join separable prefixes."""
    changes: list[tuple[int, int, str]] = []
    if not AMERICAN.keys().isdisjoint(_WORD.findall(text)):
        changes += [
            (m.start(), m.end(), american)
            for m in _WORD.finditer(text)
            if (american := AMERICAN.get(m[0])) is not None
        ]
    changes += [(m.end() - 1, m.end(), "") for m in _APART.finditer(text)]
    if not changes:
        return text, places
    parts: list[str] = []
    origin: list[int] = []
    end_before = 0
    for start, end, word in sorted(changes):
        parts += text[end_before:start], word
        origin += places[end_before:start]
        origin += _aligned(text[start:end], word, places[start:end])
        end_before = end
    return "".join(parts) + text[end_before:], [*origin, *places[end_before:]]


def _aligned(old: str, new: str, places: Sequence[int]) -> list[int]:
    """Give each letter of a respelled word a place; the last keeps the last place."""
    tail = len(old) - len(new)
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    origins = [
        places[i if i < same else min(max(same, i + tail), len(old) - 1)]
        for i in range(len(new))
    ]
    return [*origins[:-1], places[-1]] if new else []
