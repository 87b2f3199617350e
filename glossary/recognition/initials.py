"""Acronyms that are another's: CBD, a central business district.

A few letters stand for many things. Where a text writes them out as something else, or
speaks of everyday matters and never names what an entry means by them, it is not the
entry that is missing from its translation.
"""

import re
from collections.abc import Iterable
from typing import Final

from glossary.text import FUNCTION_WORDS, key

#: Any two words have the initials of two letters; of more than four, few things have.
_LETTERS: Final = re.compile(r"([A-Z]{3,4})s?")
_WORD: Final = re.compile(r"[A-Za-z][\w’']*")
#: What ends a phrase that is written out.
_END: Final = re.compile(r"[.;:!?,]\s")


def capitals_of(word: str) -> str | None:
    """Return the letters of an acronym, None for other words.

    >>> capitals_of("ETFs"), capitals_of("Etf"), capitals_of("COVID-19")
    ('ETF', None, None)
    """
    match = _LETTERS.fullmatch(word)
    return match[1] if match else None


def phrase_of(text: str, letters: str) -> str | None:
    """Return the words of a text that some letters are the initials of.

    >>> phrase_of("the central business district. A CBD", "CBD")
    'central business district'
    >>> phrase_of("the Convention on Biological Diversity (CBD)", "CBD")
    'Convention on Biological Diversity'
    """
    initials = letters.lower()
    for clause in _END.split(text):
        words = _WORD.findall(clause)
        telling = [i for i, w in enumerate(words) if w.lower() not in FUNCTION_WORDS]
        at = "".join(words[i][0].lower() for i in telling).find(initials)
        if at >= 0:
            last = telling[at + len(initials) - 1]
            return " ".join(words[telling[at] : last + 1])
    return None


def are_spelt(wordings: Iterable[str], phrase: str) -> bool:
    """Say whether a phrase has all words of one of some wordings of several words.

    >>> are_spelt(["CBD", "Convention on Biological Diversity"], "central bank digital")
    False
    """
    words = set(key(phrase).split())
    names = (set(key(wording).split()) for wording in wordings)
    return any(len(name) > 1 and name <= words for name in names)
