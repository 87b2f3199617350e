"""Definitions and notes made findable by their words."""

from collections.abc import Iterable

from glossary.text.fold import fold
from glossary.text.inflect import stemmed
from glossary.text.script import RUN


def prose_grams(texts: Iterable[str]) -> set[str]:
    """Return what prose is indexed by: stems of words, Han characters and bigrams.

    >>> sorted(prose_grams(["Relations 关系"]))
    ['=relation', '关', '关系', '系']
    """
    grams: set[str] = set()
    for run in RUN.finditer(stemmed(fold("\n".join(texts)))):
        if han := run["han"]:
            grams.update(han)
            grams.update(_bigrams(han))
        else:
            grams.add(f"={run['word']}")
    return grams


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
