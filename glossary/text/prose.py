"""Definitions and notes made findable by their words."""

from collections.abc import Iterable
from functools import lru_cache
from operator import add

from glossary.text.fold import fold, folded_text
from glossary.text.function_words import ARTICLES
from glossary.text.inflect import is_special, stem, stemmed, stemmed_words
from glossary.text.script import RUN


def prose_grams(texts: Iterable[str]) -> set[str]:
    """Return what prose is indexed by: stems of words, Han characters and bigrams.

    >>> sorted(prose_grams(["Relations 关系"]))
    ['=relation', '关', '关系', '系']
    """
    grams: set[str] = set()
    text = " ".join(texts)
    if not text:
        return grams
    if is_special(text):
        _add(grams, stemmed(fold(text)))
        return grams
    *words, last = folded_text(text).split(" ")
    for word in set(words):
        if gram := _gram(word):
            grams.add(gram)
        elif word not in ARTICLES:
            _add(grams, stemmed_words(f"{word} "))
    if gram := _gram(last):
        grams.add(gram)
    else:
        _add(grams, stemmed_words(last))
    return grams


@lru_cache(maxsize=16_384)
def _gram(word: str) -> str | None:
    """Return the gram of a word of letters and figures; None for any other."""
    is_plain = word.isascii() and word.isalnum() and word not in ARTICLES
    return f"={stem(word)}" if is_plain else None


def _add(grams: set[str], text: str) -> None:
    """Add the grams of a text whose words are stems."""
    for han, word in RUN.findall(text):
        if han:
            grams.update(han)
            grams.update(map(add, han, han[1:]))
        else:
            grams.add(f"={word}")


def asked_grams(q: str) -> set[str]:
    """Return what prose must hold to answer a query: every word, every bigram.

    >>> sorted(asked_grams("great powers 关系"))
    ['=great', '=power', '关系']
    """
    grams: set[str] = set()
    for run in RUN.finditer(stemmed(fold(q))):
        if han := run["han"]:
            grams |= set(_bigrams(han)) or {han}
        else:
            grams.add(f"={run['word']}")
    return grams


def _bigrams(han: str) -> list[str]:
    return [han[i : i + 2] for i in range(len(han) - 1)]
