"""What a word that may be mistyped is meant for, of the words of the glossary."""

from typing import Final

from glossary.lookup.settled import Asked
from glossary.store import Search
from glossary.text import are_kin, mistakes, pieces, same_word, whole

#: So many words are taken for what a mistyped one may have meant.
_MEANT: Final = 4
#: A word's beginning and end by which one with two mistakes is found.
_EDGE: Final = 4


def near_words(question: Asked, word: str) -> list[str]:
    """Return words of the glossary that a mistyped one may be, the nearest first."""
    if mistakes(len(word)) == 0 or not word.isalpha() or not word.isascii():
        return []
    search = question.store.search

    def ask(new: list[str]) -> dict[str, list[str]]:
        return {one: _near_words(search, one) for one in new}

    # Several ways to mend a query doubt the same word, and a word is mistyped again.
    return search.memory.lasting("words near", [word], ask)[word]


def _near_words(search: Search, word: str) -> list[str]:
    """Return the words that may be meant, those nearest to a word first."""
    words = set(search.near_words(pieces(word, of_query=len(word) < 16)))
    if mistakes(len(word)) > 1:
        words |= {*search.words_beginning(word[:_EDGE])}
        words |= {*search.words_ending(word[-_EDGE:])}
    near = [w for w in words if same_word(word, w) or are_kin(word, w)]
    near.sort(key=lambda w: (abs(len(w) - len(word)), w[0] != word[0], w))
    near += [half for half in _halves(search, word) if half not in near]
    return near[:_MEANT]


def _halves(search: Search, word: str) -> list[str]:
    """Return the first of two words that were run together."""
    cuts = [(word[:at], word[at:]) for at in range(3, len(word) - 2)]
    first = search.frequencies(whole(a) for a, _ in cuts)
    likely = [(a, b) for a, b in cuts if first[whole(a)]]
    second = search.frequencies(whole(b) for _, b in likely) if likely else {}
    return [a for a, b in likely if second[whole(b)]]
