"""The pieces of a key that the store indexes, so that any part of it can be found.

Han characters give single characters and bigrams: a phrase of two characters is as
findable as one of ten. Other words give trigrams, with `_` marking where a word
begins or ends, their first letter, and, after `=`, their stem as a whole. What a key
begins with stands after `^`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations
from operator import add
from typing import Final, NamedTuple

from glossary.text.inflect import stem
from glossary.text.script import HAN, RUN, UNSPACED

#: Letters of English from the most frequent to the rarest, after the edge of a word.
_BY_FREQUENCY: Final = "_etaoinsrhldcumfpgwybvkxjqz"
_FIRST_UNSPACED: Final = UNSPACED[0]
_PLAIN_WORD: Final = re.compile(r"[a-z]{3,24}")
_LONG_WORD: Final = 8
_LONGEST_WORD: Final = 40


def grams(key: str) -> set[str]:
    """Return every gram of a key, as it is indexed.

    >>> sorted(grams("两国 un"))
    ['=un', '^两', '^两国', '_u', '_un', 'un_', '两', '两国', '国']
    """
    return cut(key).grams


class Cut(NamedTuple):
    """A key in pieces: its grams, those that are counted, and its words."""

    grams: set[str]
    counted: set[str]
    words: set[str]


def cut(key: str) -> Cut:
    """Return the grams of a key, those that are counted, and its words, in one go.

    >>> pieces_of_key = cut("两国 un")
    >>> sorted(pieces_of_key.counted), pieces_of_key.words
    (['=un', '两', '两国', '国'], {'un'})
    """
    pieces_of_key = {f"^{start}" for start in _starts(key)}
    counted_pieces: set[str] = set()
    words_of_key: set[str] = set()
    for han, word in RUN.findall(key):
        if han:
            counted_pieces.update(han)
            counted_pieces.update(map(add, han, han[1:]))
        else:
            of_word, counted_of_word = _of_word(word)
            pieces_of_key.update(of_word)
            counted_pieces.update(counted_of_word)
            if len(word) <= _LONGEST_WORD:
                words_of_key.add(word)
    pieces_of_key.update(counted_pieces)
    return Cut(pieces_of_key, counted_pieces, words_of_key)


@lru_cache(maxsize=16_384)
def _of_word(word: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the grams of one word, and those of them that are counted."""
    edged = f"_{word}_"
    of_word = {edged[:2], whole(word)}
    of_word.update([edged[i : i + 3] for i in range(len(edged) - 2)])
    return frozenset(of_word), tuple(counted(of_word))


#: A look-up asks for the same words dozens of times.
@lru_cache(maxsize=16_384)
def whole(word: str) -> str:
    """Return the gram of a whole word in any of its English forms."""
    return f"={stem(word)}"


def glossary_gram(glossary: str) -> str:
    """Return the gram that all terms of a glossary have."""
    return f"@{glossary.replace('-', '_')}"


def subject_gram(subject: str) -> str:
    """Return the gram that all terms of a subject field have."""
    return f"#{subject.replace('-', '_')}"


def beginning(start: str) -> str:
    """Return the gram that every key has that goes on after this start.

    >>> beginning("new mo"), beginning("新型")
    ('^new', '^新型')
    """
    *_, longest = _starts(start)
    return f"^{longest}"


def required(part: str, *, begins: bool = False, ends: bool = False) -> set[str]:
    """Return grams that every key with this part in it has.

    Where the part begins or ends inside a word is not known, so its own ends are
    left open, unless it is known that it `begins` or `ends` with a whole word; a lone
    word of one or two letters is taken to begin a word.

    >>> sorted(required("un country rel")), sorted(required("un")), required("国")
    (['=country', '_re', 'rel', 'un_'], ['_un'], {'国'})
    """
    keys: set[str] = set()
    runs = list(RUN.finditer(part))
    for at, run in enumerate(runs):
        head = at > 0 or begins
        tail = at + 1 < len(runs) or ends
        if han := run["han"]:
            keys |= set(_windows(han, 2)) or {han}
        elif head and tail:
            keys.add(whole(run["word"]))
        else:
            word = "_" * head + run["word"] + "_" * tail
            keys |= set(_windows(word, 3))
    if not keys and runs:
        word = runs[-1]["word"]
        keys = {f"_{word}"} if len(word) < 3 else set()
    return keys


def counted(grams: Iterable[str]) -> list[str]:
    """Return those grams whose frequency the store keeps: Han and whole words.

    >>> counted(["国", "^国", "=un", "_un"])
    ['国', '=un']
    """
    return [g for g in grams if g[0] == "=" or g[0] >= _FIRST_UNSPACED]


def rarity(gram: str) -> float:
    """Return how rare a gram is, as far as its letters tell; Han is rarer than any."""
    places = [_BY_FREQUENCY.find(letter) for letter in gram]
    return sum(len(_BY_FREQUENCY) if at < 0 else at for at in places) / len(gram)


def plain(word: str) -> bool:
    """Say whether a word is one that a mistyped word may be led back to."""
    return _PLAIN_WORD.fullmatch(word) is not None


def pieces(word: str, *, of_query: bool = False) -> set[str]:
    """Return a word and what is left of it when a letter is taken out.

    Two words with a piece in common are one or two typing mistakes apart. Of a long
    word that is asked for, any two letters are taken out too.

    >>> sorted(pieces("un")), len(pieces("dialog"))
    (['n', 'u', 'un'], 7)
    >>> len(pieces("dialogue", of_query=True))
    37
    """
    most = 2 if of_query and len(word) >= _LONG_WORD else 1
    return {
        "".join(rest)
        for size in range(len(word) - most, len(word) + 1)
        for rest in combinations(word, size)
    }


def _starts(key: str) -> Iterator[str]:
    """Return what a key begins with: one character, two, and three of no Han."""
    longest = 2 if HAN.match(key) else 3
    start = key[:longest].replace(" ", "_")
    return (start[:size] for size in range(1, len(start) + 1))


def _windows(text: str, size: int) -> Iterator[str]:
    return (text[i : i + size] for i in range(len(text) - size + 1))
