"""The pieces of a key that the store indexes, so that any part of it can be found.

Han characters give single characters and bigrams: a phrase of two characters is as
findable as one of ten. Other words give trigrams, with `_` marking where a word
begins or ends, and their first letter.
"""

import re
from collections.abc import Iterator
from typing import Final

from glossary.language import UNSPACED

#: Letters of English from the most frequent to the rarest, after the edge of a word.
_BY_FREQUENCY: Final = "_etaoinsrhldcumfpgwybvkxjqz"
_RUN: Final = re.compile(rf"(?P<han>[{UNSPACED}]+)|(?P<word>[^{UNSPACED}\s]+)")


def grams(key: str) -> set[str]:
    """Return every gram of a key, as it is indexed.

    >>> sorted(grams("两国 un"))
    ['_u', '_un', 'un_', '两', '两国', '国']
    """
    found: set[str] = set()
    for run in _RUN.finditer(key):
        if han := run["han"]:
            found.update(han)
            found.update([han[i : i + 2] for i in range(len(han) - 1)])
        else:
            word = f"_{run['word']}_"
            found.add(word[:2])
            found.update([word[i : i + 3] for i in range(len(word) - 2)])
    return found


def required(part: str) -> set[str]:
    """Return grams that every key with this part in it has.

    Where the part begins or ends inside a word is not known, so its own ends are
    left open; a lone word of one or two letters is taken to begin a word.

    >>> sorted(required("country rel")), sorted(required("un")), required("国")
    (['_re', 'cou', 'ntr', 'oun', 'rel', 'ry_', 'try', 'unt'], ['_un'], {'国'})
    """
    found: set[str] = set()
    runs = list(_RUN.finditer(part))
    for at, run in enumerate(runs):
        if han := run["han"]:
            found |= set(_windows(han, 2)) or {han}
        else:
            begins = "_" if at > 0 else ""
            ends = "_" if at + 1 < len(runs) else ""
            found |= set(_windows(f"{begins}{run['word']}{ends}", 3))
    if not found and runs:
        word = runs[-1]["word"]
        found = {f"_{word}"} if len(word) < 3 else set()
    return found


def rarest(found: set[str], most: int) -> list[str]:
    """Return the grams that stand in the fewest keys, as far as letters tell.

    >>> rarest({"ion", "xyz", "the", "关系"}, 2)
    ['关系', 'xyz']
    """
    return sorted(found, key=lambda gram: (-_rarity(gram), gram))[:most]


def _rarity(gram: str) -> float:
    """Return how rare the letters of a gram are on average; Han is rarer than any."""
    places = [_BY_FREQUENCY.find(letter) for letter in gram]
    return sum(len(_BY_FREQUENCY) if at < 0 else at for at in places) / len(gram)


def _windows(text: str, size: int) -> Iterator[str]:
    return (text[i : i + size] for i in range(len(text) - size + 1))
