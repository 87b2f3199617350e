"""What a word that may be mistyped is meant for, of the words of the glossary."""

from collections.abc import Iterable
from typing import Final

from glossary.lookup.settled import Asked
from glossary.store import Search
from glossary.text import are_kin, mistakes, pieces, same_word, whole

#: So many words are taken for what a mistyped one may have meant.
_MEANT: Final = 4
#: A word's beginning and end by which one with two mistakes is found.
_EDGE: Final = 4


def near_words(question: Asked, words: Iterable[str]) -> dict[str, list[str]]:
    """Return words of the glossary that mistyped ones may be, the nearest first.

    What is too short to tell, or no word, may be nothing else.
    """
    search = question.store.search
    near: dict[str, list[str]] = {word: [] for word in words}
    doubtful = [w for w in near if mistakes(len(w)) and w.isalpha() and w.isascii()]

    def ask(new: list[str]) -> dict[str, list[str]]:
        return _near_words(search, new)

    # Several ways to mend a query doubt the same word, and a word is mistyped again.
    return near | search.memory.lasting("words near", doubtful, ask)


def _near_words(search: Search, words: list[str]) -> dict[str, list[str]]:
    """Return the words that may be meant, asked for together, the nearest first."""
    pieces_of = {word: pieces(word, of_query=len(word) < 16) for word in words}
    having = search.having_pieces(set().union(*pieces_of.values()))
    halves = _halves(search, words)
    nearest = {}
    for word, own in pieces_of.items():
        others = {w for piece in own for w in having.get(piece, ())}
        if mistakes(len(word)) > 1:
            others |= {*search.words_beginning(word[:_EDGE])}
            others |= {*search.words_ending(word[-_EDGE:])}
        near = [w for w in others if same_word(word, w) or are_kin(word, w)]
        near.sort(key=lambda w: (abs(len(w) - len(word)), w[0] != word[0], w))
        near += [half for half in halves[word] if half not in near]
        nearest[word] = near[:_MEANT]
    return nearest


def _halves(search: Search, words: list[str]) -> dict[str, list[str]]:
    """Return the first of two words that were run together, for each word."""
    cuts = {w: [(w[:at], w[at:]) for at in range(3, len(w) - 2)] for w in words}
    there = search.frequencies(whole(a) for ways in cuts.values() for a, _ in ways)
    likely = {w: [(a, b) for a, b in cuts[w] if there[whole(a)]] for w in words}
    rest = [whole(b) for ways in likely.values() for _, b in ways]
    there |= search.frequencies(rest) if rest else {}
    return {w: [a for a, b in likely[w] if there[whole(b)]] for w in words}
