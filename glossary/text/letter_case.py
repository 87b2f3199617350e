"""A suggestion in the letter case of what it is to replace."""

import re
from collections.abc import Callable
from enum import Enum
from typing import Final

from glossary.text.function_words import SMALL_IN_TITLES

_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'’]*")
_OPENERS: Final = frozenset("“‘\"'([")
_ENDS: Final = frozenset(".!?。！？\n")


class LetterCase(Enum):
    """What the letters of a wording say about what is to stand in its place."""

    OWN = 0
    """Nothing: it keeps its own."""
    BEGINNING = 1
    """It begins a sentence."""
    TITLE = 2
    """Each word has a capital."""
    CAPITALS = 3
    """It is all in capitals."""


def letter_case(text: str, start: int, end: int) -> LetterCase:
    """Return the letter case of `text[start:end]`, a span of code points.

    A lone acronym says nothing about the case of what replaces it.
    """
    words = [
        w for w in _WORD.findall(text, start, end) if w.lower() not in SMALL_IN_TITLES
    ]
    if not words:
        return LetterCase.OWN
    several = len(words) > 1
    if all(word.isupper() for word in words) and max(map(len, words)) > 1:
        return LetterCase.CAPITALS if several else LetterCase.OWN
    if several and all(word[0].isupper() for word in words):
        return LetterCase.TITLE
    if words[0][0].isupper() and _begins_sentence(text, start):
        return LetterCase.BEGINNING
    return LetterCase.OWN


def fitted(suggestion: str, text: str, start: int, end: int) -> str:
    """Return a suggestion for `text[start:end]` in the letter case found there.

    Capitals throughout and capitals at each word are kept; a capital that only begins a
    sentence begins the suggestion too. Capitals of the suggestion's own stay.

    >>> fitted("major-country relations", "GREAT POWER RELATIONS", 0, 21)
    'MAJOR-COUNTRY RELATIONS'
    >>> fitted("model of relations", "A New Type of Ties", 2, 18)
    'Model of Relations'
    >>> fitted("model of relations", "Great power relations are", 0, 21)
    'Model of relations'
    """
    return in_case(suggestion, letter_case(text, start, end))


def in_case(suggestion: str, case: LetterCase) -> str:
    """Return a suggestion in a letter case."""
    return _FITS[case](suggestion)


def _begins_sentence(text: str, at: int) -> bool:
    """Say whether nothing but spaces and opening marks stands before in a sentence."""
    while at and (text[at - 1] in _OPENERS or text[at - 1].isspace()):
        at -= 1
        if text[at] == "\n":
            return True
    return at == 0 or text[at - 1] in _ENDS


def _own(suggestion: str) -> str:
    return suggestion


def _begun(suggestion: str) -> str:
    return suggestion[:1].upper() + suggestion[1:]


def _titled(suggestion: str) -> str:
    return _WORD.sub(_capitalized, suggestion)


def _capitalized(match: re.Match[str]) -> str:
    word = match[0]
    if word in SMALL_IN_TITLES and match.start():
        return word
    return word[0].upper() + word[1:]


_FITS: Final[dict[LetterCase, Callable[[str], str]]] = {
    LetterCase.OWN: _own,
    LetterCase.BEGINNING: _begun,
    LetterCase.TITLE: _titled,
    LetterCase.CAPITALS: str.upper,
}
