"""The quick way to fold: of texts in which each character becomes one, or none.

It gives what folding by tables gives (`fold`), without them, and nothing where a
character needs more than its neighbours.
"""

import re
from collections.abc import Sequence
from typing import Final

from glossary.text.characters import (
    COMMA,
    DELETE,
    DOT,
    EXPAND,
    IDEOGRAPH,
    KEEP,
    SPACE,
    TABLES,
    expanded,
)
from glossary.text.script import HAN, UNSPACED

#: What is left out stands as this until all is settled, and what is not simple as that.
_NONE, _OTHER = "\0", "\1"
#: So many characters are remembered with what they become, some hundred bytes each.
_MOST: Final = 65_536
_MARK: Final = re.compile(r"[.,]")
#: Spaces and what is left out, of which one space stays, or nothing.
_GAP: Final = re.compile(f"[ {_NONE}]+")
_BESIDE_HAN: Final = re.compile(f" (?:(?=[{UNSPACED}])|(?<=[{UNSPACED}] ))")


class _Becoming(dict[int, str]):
    """What each code point becomes, as `str.translate` asks for it."""

    def __missing__(self, code: int) -> str:
        kind, letter = TABLES.one(chr(code))
        if kind in {KEEP, IDEOGRAPH, DOT, COMMA}:
            now = letter
        elif kind == EXPAND and set(expanded(letter)) == {"."}:
            # Of several full stops, as an ellipsis is, nothing stays but a space.
            now = " "
        else:
            now = {SPACE: " ", DELETE: _NONE}.get(kind, _OTHER)
        if len(self) >= _MOST:
            self.clear()
        self[code] = now
        return now


_BECOMING: Final = _Becoming()


def folded(text: str) -> tuple[str, Sequence[int]] | None:
    """Return a folded text but for spellings, and where each character came from.

    None is for a text that is not simple.

    >>> folded("Ｍajor-Country, U.S."), folded("5 km²")
    (('major country us', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 17]), None)
    """
    letters = _settled(text)
    if letters is None:
        return None
    is_ascii, last = letters.isascii(), len(letters)
    parts: list[str] = []
    places: list[int] = []
    end = 0
    for gap in _GAP.finditer(letters):
        start, behind = gap.span()
        if is_ascii and gap[0] == " " and start and behind < last:
            continue
        parts.append(letters[end:start])
        places += range(end, start)
        if _parts_words(gap):
            parts.append(" ")
            places.append(start + gap[0].index(" "))
        end = behind
    if not end:
        return letters, range(len(letters))
    parts.append(letters[end:])
    places += range(end, len(letters))
    return "".join(parts), places


def folded_text(text: str) -> str | None:
    """Return what `folded` does, without the way back.

    >>> folded_text("“不冲突、 不对抗”"), folded_text("the Group of 77, etc.")
    ('不冲突不对抗', 'the group of 77 etc')
    """
    letters = _settled(text)
    if letters is None:
        return None
    spaced = " ".join(filter(None, letters.replace(_NONE, "").split(" ")))
    return spaced if spaced.isascii() else _BESIDE_HAN.sub("", spaced)


def _settled(text: str) -> str | None:
    """Return what each character becomes, in its place; None for no simple text."""
    now = text.translate(_BECOMING)
    if _OTHER in now:
        return None
    # What is no figure follows most commas.
    now = now.replace(", ", "  ")
    return _MARK.sub(_settled_mark, now) if "." in now or "," in now else now


def _settled_mark(match: re.Match[str]) -> str:
    """Return what a full stop or a comma is, among what it stands between.

    Between digits a stop is kept (3.5) and a comma dropped (1,000); after a single
    letter a stop is dropped (U.S.); anywhere else both are spaces.
    """
    text, at = match.string, match.start()
    before = _beside(text, at, -1)
    one = _spaced(text, before)
    if one.isdigit() and _spaced(text, _beside(text, at, 1)).isdigit():
        return "." if match[0] == "." else _NONE
    if match[0] == "." and one.isalpha():
        is_initial = not _spaced(text, _beside(text, before, -1)).isalnum()
        return _NONE if is_initial else " "
    return " "


def _beside(text: str, at: int, step: int) -> int:
    """Return the place of the next character one way that is not left out."""
    at += step
    while 0 <= at < len(text) and text[at] == _NONE:
        at += step
    return at


def _spaced(text: str, at: int) -> str:
    """Return the character at a place; a space where none is, or one of Han."""
    is_one = 0 <= at < len(text) and HAN.match(text, at) is None
    return text[at] if is_one else " "


def _parts_words(gap: re.Match[str]) -> bool:
    """Say whether a space stays: between two words, not beside Han or at an end."""
    text, start, end = gap.string, gap.start(), gap.end()
    if " " not in gap[0] or not start or end == len(text):
        return False
    return not (HAN.match(text, start - 1) or HAN.match(text, end))
