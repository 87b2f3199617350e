"""Queries made from stored terms, right and wrong, with the entry that they mean."""

import random
from typing import NamedTuple

from glossary.entry import Entry
from glossary.store import SqliteStore
from glossary.text import derived, initials, sound

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_HAN = (
    "的一是不了人我在有他这中大来上国和地到以说时要就出会可也你对生能而子那得于着下自之"
)


class Query(NamedTuple):
    """What is asked and the entry that it means; no entry where many would do."""

    text: str
    entry: str


def mistyped(text: str, chance: random.Random) -> str:
    """Return English with one letter changed, lost, doubled or swapped.

    The mistake is in a word of at least five letters if there is one.
    """
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return text
    at = chance.choice(long)
    word, place = words[at], chance.randrange(1, len(words[at]) - 1)
    words[at] = chance.choice(
        [
            word[:place] + chance.choice(_LETTERS) + word[place + 1 :],
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        ]
    )
    return " ".join(words)


def miswritten(text: str, chance: random.Random) -> str:
    """Return Chinese with a character wrong, missing, or 的 too much."""
    place = chance.randrange(1, len(text) - 1)
    return chance.choice(
        [
            text[:place] + chance.choice(_HAN) + text[place + 1 :],
            text[:place] + text[place + 1 :],
            text[:place] + "的" + text[place:],
        ]
    )


def reordered(text: str, chance: random.Random) -> str:
    """Return English with its first two words in the other order, or one left out."""
    words = text.split(" ")
    if len(words) < 4 or chance.random() < 0.5:
        return " ".join([*words[1:2], *words[:1], *words[2:]])
    drop = chance.randrange(1, len(words) - 1)
    return " ".join(words[:drop] + words[drop + 1 :])


def queries(
    store: SqliteStore, number: int, *, seed: int = 3
) -> dict[str, list[Query]]:
    """Return queries by kind, each kind from `number` entries drawn at random."""
    chance = random.Random(seed)
    (last,) = store.rows("select max(n) from entry")[0]
    chosen: dict[int, Entry] = {}
    while len(chosen) < min(number, last // 2):
        n = chance.randrange(1, last + 1)
        chosen |= store.search.entries([n])
    english, chinese = [], []
    for entry in chosen.values():
        for lang, into in (("en", english), ("zh-Hans", chinese)):
            term = entry.best(lang)
            if term is not None:
                into.append((term.text, entry.id))
    longer = [(zh, e) for zh, e in chinese if len(zh) > 3]
    several = [(en, e) for en, e in english if " " in en]
    parts = [(zh, chance.randrange(len(zh) - 1)) for zh, _ in chinese if len(zh) > 2]
    made = {
        "exact, English": english,
        "exact, Chinese": chinese,
        "everything, English": english,
        "everything, Chinese": chinese,
        "folded, English": [(en.upper().replace(" ", "-"), e) for en, e in english],
        "folded, Chinese": [("、".join([zh[:2], zh[2:]]), e) for zh, e in longer],
        "inflected": [(f"{en}s", e) for en, e in english],
        "pinyin": [(derived(zh), e) for zh, e in chinese],
        "pinyin, run together": [(sound(derived(zh)), e) for zh, e in chinese],
        "pinyin, initials": [(initials(derived(zh), zh), e) for zh, e in longer],
        "prefix, English": [(en[: len(en) * 2 // 3].strip(), "") for en, _ in english],
        "prefix, Chinese": [(zh[: len(zh) * 2 // 3], "") for zh, _ in longer],
        "part, English": [
            (en[len(en) // 4 : len(en) * 3 // 4].strip(), "") for en, _ in several
        ],
        "part, Chinese": [(zh[1:-1], "") for zh, _ in longer],
        "one character": [(zh[at], "") for zh, at in parts],
        "two characters": [(zh[at : at + 2], "") for zh, at in parts],
        "fuzzy, one mistake, English": [(mistyped(en, chance), e) for en, e in several],
        "fuzzy, two mistakes, English": [
            (mistyped(mistyped(en, chance), chance), e) for en, e in several
        ],
        "fuzzy, order or missing word": [
            (reordered(en, chance), e) for en, e in several
        ],
        "fuzzy, one mistake, Chinese": [
            (miswritten(zh, chance), e) for zh, e in longer
        ],
        "known parts, Chinese": [(f"请问{zh}用英语怎么说", "") for zh, _ in longer],
        "known parts, English": [
            (f"how does one say {en} in Chinese", "") for en, _ in several
        ],
        "did you mean": [
            (" ".join(reversed(en.split()[::2])) + " of nobody", "")
            for en, _ in several
        ],
        "suggest, English": [(en[: chance.randrange(1, 9)], "") for en, _ in english],
        "suggest, Chinese": [(zh[: chance.randrange(1, 4)], "") for zh, _ in chinese],
        "suggest, pinyin": [
            (sound(derived(zh))[: chance.randrange(2, 12)], "") for zh, _ in chinese
        ],
        "nothing there, English": [
            (" ".join("".join(chance.choices(_LETTERS, k=7)) for _ in range(3)), "")
            for _ in english
        ],
        "nothing there, Chinese": [
            ("".join(chr(chance.randrange(0x4E00, 0x9F00)) for _ in range(6)), "")
            for _ in chinese
        ],
    }
    return {
        kind: [Query(text, entry) for text, entry in asked if text]
        for kind, asked in made.items()
    }
