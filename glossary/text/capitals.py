"""Words in capitals: acronyms, abbreviations with periods, lines all in capitals.

An acronym is no word: *WHO* is not *who*, *TRIPS* is not *trips*, and *LAWS* is not the
plural of *LAW*. It has a plural (*NGOs*) and a possessive (*NATO's*), nothing else.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from glossary.text.function_words import POSSESSIVE
from glossary.text.inflect import is_word
from glossary.text.script import has_han

_POSSESSIVE: Final = re.compile(POSSESSIVE)
_DOTTED: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\.?")
_CAPITALS: Final = re.compile(r"[A-Z]{2,}")
_SMALL_LETTER: Final = re.compile(r"[a-z]")


@lru_cache(maxsize=65_536)
def is_acronym(word: str) -> bool:
    """Say whether a word, as it is written, is an acronym or abbreviation.

    That is one with periods between single letters, with more capitals than small
    letters and at least two of them, or of capitals and figures.

    >>> [is_acronym(w) for w in ("UN", "U.S.", "NGOs", "NATO's", "MoU", "G20", "a.i.")]
    [True, True, True, True, True, True, True]
    >>> [is_acronym(w) for w in ("Fund", "A", "McMahon", "who", "2nd", "1990s")]
    [False, False, False, False, False, False]
    """
    bare = _POSSESSIVE.sub("", unicodedata.normalize("NFKC", word))
    if _DOTTED.fullmatch(bare):
        return True
    capitals = sum(map(str.isupper, bare))
    small = sum(map(str.islower, bare)) - bare.endswith("s")
    if any(map(str.isdigit, bare)):
        return capitals > 0 >= small
    return capitals > max(small, 1)


def is_of_acronyms(text: str) -> bool:
    """Say whether a text is one acronym, or several and nothing else.

    >>> [is_of_acronyms(t) for t in ("TRIPS", "SCO RATS", "TRIPS Agreement", "")]
    [True, True, False, False]
    """
    words = text.split()
    return bool(words) and not has_han(text) and all(map(is_acronym, words))


def has_periods(word: str) -> bool:
    """Say whether a word is of single letters with periods between: U.S., H.E."""
    return _DOTTED.fullmatch(_POSSESSIVE.sub("", word)) is not None


@lru_cache(maxsize=65_536)
def letters_of(acronym: str) -> str:
    """Return an acronym in small letters, without periods, plural and possessive.

    >>> [letters_of(w) for w in ("U.S.", "NGOs", "NATO's", "TRIPS", "MoUs")]
    ['us', 'ngo', 'nato', 'trips', 'mou']
    """
    bare = _POSSESSIVE.sub("", unicodedata.normalize("NFKC", acronym))
    if bare.endswith("s") and is_acronym(bare[:-1]):
        bare = bare[:-1]
    return "".join(c for c in bare if c.isalnum() or c == "&").casefold()


class Lines:
    """The lines of a text, as far as somebody asks whether they are all in capitals."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._begin = self._end = -1
        #: From where to where the line has English words in capitals.
        self._words = (0, 0)

    def are_capitals(self, start: int, end: int) -> bool:
        """Say whether all of a line is in capitals, seen from what stands in it.

        It is when it has no small letters, and English words beside that place. Where
        there is Chinese, or only other acronyms, an acronym is told as anywhere else.

        >>> Lines("WHO DECLARES EMERGENCY").are_capitals(0, 3)
        True
        >>> Lines("WHO, UNESCO").are_capitals(0, 3)
        False
        """
        if not self._begin <= start < self._end:
            self._read(start)
        first, last = self._words
        return first < last and (first < start or last > end)

    def _read(self, place: int) -> None:
        """Turn to the line of a place."""
        self._begin = begin = self._text.rfind("\n", 0, place) + 1
        end = self._text.find("\n", place)
        self._end = len(self._text) if end < 0 else end
        line = self._text[begin : self._end]
        self._words = (0, 0)
        if not _SMALL_LETTER.search(line) and not has_han(line):
            words = (m for m in _CAPITALS.finditer(line) if is_word(m[0].lower()))
            spans = [word.span() for word in words]
            if spans:
                self._words = begin + spans[0][0], begin + spans[-1][1]
