"""Terms for a query with typing mistakes, a word too many or too few, another order.

A mistake spoils few of a query's grams. Terms are asked for that hold the rest: every
unit but one (a word, a Han character), or one of three parts of a longer query. What
the store returns is then compared as a whole (`closeness`), and only what is close
enough counts.
"""

import re
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Final

from glossary.closeness import (
    SMALL_WORDS,
    Closeness,
    mistakes,
    of_characters,
    of_words,
    same_word,
)
from glossary.gram import pieces, whole
from glossary.inflect import stemmed
from glossary.language import UNSPACED, has_han, primary
from glossary.lookup.asked import Asked
from glossary.reading import derived, sound
from glossary.store.searching import Candidate, Wanted

_Found = list[tuple[Candidate, float, tuple[str, ...]]]
_UNITS: Final = re.compile(rf"[{UNSPACED}]|[^{UNSPACED}\s]+")
_HAN: Final = re.compile(f"[{UNSPACED}]")
#: A longer query is a text, and what stands in it is found otherwise.
_MOST_UNITS: Final = 30
_MOST_WORDS: Final = 12
#: So many words are taken for what a mistyped one may have meant.
_MEANT: Final = 4
#: A word's beginning and end by which one with two mistakes is found.
_EDGE: Final = 4
_FAR: Final = 0.5


def close(asked: Asked, *, enough: bool = True) -> _Found:
    """Return terms that may have been meant, the closest first, each entry once.

    Without `enough`, those too that are only the nearest there are.
    """
    if has_han(asked.key):
        found = _by_characters(asked, enough=enough)
    elif primary(asked.from_) == "zh":
        return []
    else:
        found = _by_words(asked, enough=enough)
    best: dict[int, tuple[Candidate, float, tuple[str, ...]]] = {}
    for each in sorted(found, key=lambda f: (-f[1], f[0].rank, len(f[0].key), f[0])):
        best.setdefault(each[0].entry, each)
    return list(best.values())[: 3 * asked.query.limit]


def _by_characters(asked: Asked, *, enough: bool) -> _Found:
    units = _UNITS.findall(asked.key)
    if not 2 <= len(units) <= _MOST_UNITS:
        return []
    homophones = asked.store.search.sounding(
        sound(derived(asked.key)), asked.within("zh"), asked.limit
    )
    found: _Found = [(c, 0.97, ("homophone",)) for c in homophones]
    wanted = _all_but_one(units) if len(units) > 2 else []
    if len(units) >= 6:
        wanted += _thirds(units)
    size = len(asked.key)
    candidates = asked.store.search.matching(
        wanted, asked.scope, asked.limit, lengths=(size * 3 // 5, size * 8 // 5 + 1)
    )
    return found + _compared(
        candidates, lambda c: of_characters(asked.key, c.key), enough=enough
    )


def _all_but_one(units: list[str]) -> list[list[list[str]]]:
    """Return what a term holds when one unit of the query is wrong or too much.

    Two neighbours that are both right stand together, but for a unit that is missing
    between them; that case is among the others.
    """
    return [_grams(units[:at], units[at + 1 :]) for at in range(len(units))]


def _thirds(units: list[str]) -> list[list[list[str]]]:
    """Return what a term holds when two units of the query are wrong."""
    third = -(-len(units) // 3)
    return [_grams(units[at : at + third]) for at in range(0, len(units), third)]


def _grams(*runs: list[str]) -> list[list[str]]:
    found: list[list[str]] = []
    for run in runs:
        pairs = [[a + b] for a, b in pairwise(run) if _HAN.match(a) and _HAN.match(b)]
        found += pairs or [[unit] for unit in run if _HAN.match(unit)]
        found += [[whole(unit)] for unit in run if not _HAN.match(unit)]
    return found


def _by_words(asked: Asked, *, enough: bool) -> _Found:
    text = stemmed(asked.folded)
    said = list(dict.fromkeys(w for w in asked.key.split() if w not in SMALL_WORDS))
    if not 1 <= len(said) <= _MOST_WORDS:
        return []
    for words in (_meant(asked, said, known=False), _meant(asked, said, known=True)):
        wants: list[Wanted] = [[words]]
        if len(words) > 2:
            wants.append([words[:at] + words[at + 1 :] for at in range(len(words))])
        for wanted in wants:
            candidates = asked.store.search.matching(
                wanted,
                asked.scope,
                asked.limit,
                lengths=(len(asked.key) * 2 // 5, len(asked.key) * 5 // 2 + 4),
            )
            found = _compared(
                candidates, lambda c: of_words(text, c.stem), enough=enough
            )
            if found:
                return found
    return []


def _meant(asked: Asked, said: Iterable[str], *, known: bool) -> list[list[str]]:
    """Return, for each word, the grams of what it may be: itself, what it is near to.

    A word that stands in some term is doubted only when `known` ones are, too.
    """
    own = {word: whole(word) for word in said}
    there = asked.store.search.frequencies(own.values())
    found = []
    for word, gram in own.items():
        others = [] if there[gram] and not known else _near(asked, word)
        choices = dict.fromkeys([gram, *map(whole, others)])
        found.append(list(choices) or [gram])
    return found


def _near(asked: Asked, word: str) -> list[str]:
    """Return the words of the glossary that a mistyped one may be."""
    if mistakes(len(word)) == 0 or not word.isalpha() or not word.isascii():
        return []
    search = asked.store.search
    found = set(search.near_words(pieces(word, asked=len(word) < 16)))
    if mistakes(len(word)) > 1:
        found |= set(search.words_like(word[:_EDGE], word[-_EDGE:], asked.limit))
    near = [other for other in found if same_word(word, other)]
    near.sort(key=lambda w: (abs(len(w) - len(word)), w[0] != word[0], w))
    near += [half for half in _halves(asked, word) if half not in near]
    return near[:_MEANT]


def _halves(asked: Asked, word: str) -> list[str]:
    """Return the first of two words that were run together."""
    cuts = [(word[:at], word[at:]) for at in range(3, len(word) - 2)]
    there = asked.store.search.frequencies(whole(w) for cut in cuts for w in cut)
    return [a for a, b in cuts if there[whole(a)] and there[whole(b)]]


def _compared(
    candidates: Iterable[Candidate],
    compare: Callable[[Candidate], Closeness],
    *,
    enough: bool,
) -> _Found:
    found: _Found = []
    for candidate in candidates:
        closeness = compare(candidate)
        if closeness.enough or (not enough and closeness.score >= _FAR):
            found.append((candidate, closeness.score, closeness.via))
    return found
