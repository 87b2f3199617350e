"""Definitions and notes made findable by their words."""

from collections.abc import Iterable

from glossary.text.fold import fold
from glossary.text.inflect import stemmed
from glossary.text.language import RUN


def prose_grams(texts: Iterable[str]) -> set[str]:
    """Return what prose is indexed by: stems of words, Han characters and bigrams.

    >>> sorted(prose_grams(["Relations 关系"]))
    ['=relation', '关', '关系', '系']
    """
    found: set[str] = set()
    for run in RUN.finditer(stemmed(fold("\n".join(texts)))):
        if han := run["han"]:
            found.update(han)
            found.update(_bigrams(han))
        else:
            found.add(f"={run['word']}")
    return found


def asked_grams(q: str) -> set[str]:
    """Return what prose must hold to answer a query: every word, every bigram.

    >>> sorted(asked_grams("great powers 关系"))
    ['=great', '=power', '关系']
    """
    found: set[str] = set()
    for run in RUN.finditer(stemmed(fold(q))):
        if han := run["han"]:
            found |= set(_bigrams(han)) or {han}
        else:
            found.add(f"={run['word']}")
    return found


def _bigrams(han: str) -> list[str]:
    return [han[i : i + 2] for i in range(len(han) - 1)]
