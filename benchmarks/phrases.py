"""Real-looking entries in any number, made from the words of the curated glossary."""

import random
from collections.abc import Iterator
from itertools import pairwise

from glossary.curated import entries
from glossary.entry import Entry, Term
from glossary.store import SqliteStore


def made(number: int, *, seed: int = 1) -> Iterator[Entry]:
    """Yield entries of two or three curated phrases each, with distinct wordings."""
    chance = random.Random(seed)
    pairs = [
        (chinese.text, english.text)
        for entry in entries()
        if (chinese := entry.best("zh-Hans")) and (english := entry.best("en"))
    ]
    seen: set[str] = set()
    count = 0
    while count < number:
        chosen = chance.sample(pairs, chance.choice((2, 2, 3)))
        chinese = "".join(zh for zh, _ in chosen)
        english = " ".join(en for _, en in chosen)
        if chinese in seen or len(english) > 400:
            continue
        seen.add(chinese)
        count += 1
        yield Entry(
            id=f"p-{count}",
            glossary="made",
            subjects=(),
            definition={},
            note="",
            relations=(),
            terms=(
                Term("zh-Hans", chinese, "preferred"),
                Term("en", english, "preferred", issuer="MFA of China", since="2013"),
            ),
            state="approved",
        )


def fill(store: SqliteStore, number: int) -> None:
    """Store the curated glossary and as many made entries as make up the number."""
    curated = entries()[:number]
    rest = list(made(number - len(curated)))
    batches = [*range(0, len(rest), 5000), len(rest)]
    with store.write(by="benchmark") as write:
        for entry in curated:
            write.create(entry)
    for start, end in pairwise(batches):
        with store.write(by="benchmark") as write:
            for entry in rest[start:end]:
                write.create(entry)
