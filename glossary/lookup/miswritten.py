"""Hits for a Chinese query of which one word is mistyped, where it is no whole wording.

享有主杈 is 享有 and a word that nobody knows; what it may have been typed for is 主权.
What this finds is only similar: the query as a whole is in no wording.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from glossary.entry import Hit
from glossary.lookup.settled import Asked
from glossary.lookup.tiers import around
from glossary.recognition import are_han_words, han_words_among
from glossary.text import fold, has_han, typed_for

#: Characters of the shortest word.
_LEAST: Final = 2
#: Characters of the longest query that is read so.
_LONGEST: Final = 12
#: Characters of the longest word: idioms have four.
_LONGEST_WORD: Final = 4
#: So many words that may have been meant are looked for inside wordings.
_MEANT: Final = 6


def miswritten(question: Asked) -> Iterator[list[Hit]]:
    """Yield the wordings that hold the query, or a word of it, once it is mended."""
    key = question.key
    if not _LEAST <= len(key) <= _LONGEST or not all(map(has_han, key)):
        return
    for start, end in _unknown(key):
        ways = _meant(question, key[start:end])
        for word, how in islice(ways.items(), _MEANT):
            mended = replace(question, plain=fold(key[:start] + word + key[end:]))
            for hits in around(mended):
                yield [_similar(question, hit, how) for hit in hits]
        if end - start < len(key):
            likely = question.store.search.having(list(ways), question.scope, _MEANT)
            terms = [(c, 0.0, ()) for c in likely]
            hits = question.hits("fuzzy", terms)
            yield [_similar(question, h, ways[fold(h.term.text).key]) for h in hits]


def _unknown(key: str) -> Iterator[tuple[int, int]]:
    """Yield where a query has characters that are no word, between words."""
    for size in range(_LEAST, _LONGEST_WORD + 1):
        for start in range(len(key) - size + 1):
            end = start + size
            is_between = are_han_words(key[:start]) and are_han_words(key[end:])
            if is_between and not are_han_words(key[start:end]):
                yield start, end


def _meant(question: Asked, piece: str) -> dict[str, str]:
    """Return the words that a piece may have been typed for, and how it is alike.

    Their first two characters stand together in some wording.
    """
    likely = {
        piece[:at] + other + piece[at + 1 :]: how
        for at, character in enumerate(piece)
        for other, how in typed_for(character).items()
    }
    words = han_words_among(likely)
    there = question.store.search.frequencies(word[:_LEAST] for word in words)
    return {word: likely[word] for word in words if there[word[:_LEAST]]}


def _similar(question: Asked, hit: Hit, how: str) -> Hit:
    """Return a hit as what is only similar: it shares all but one character, or less.

    The score is the share of the longer of the two that is alike in both.
    """
    sizes = sorted((len(question.key), len(fold(hit.term.text).key)))
    score = round(0.9 * sizes[0] / sizes[1], 3)
    (similar,) = question.similar([replace(hit, tier="fuzzy", via=(how,), score=score)])
    return similar
