"""The lemma of an English word, and which words there are, by simplemma's dictionary.

`lemmas.txt` is that dictionary, a word a line in the order of their bytes, with how
many letters of its end its lemma lacks (as a character from 0 on) and what it has
instead. All processes share its pages, and none has more of it than where its blocks
begin.

Its dictionary is made from Wiktionary and knows rare and obsolete words too, some of
which look like forms of other words (*bare* of *bear*, *opera* of *opus*). So only such
lemmas are taken as a regular ending leads to; `glossary.text.inflect` has the others.
"""

import mmap
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

_HISSING: Final = ("s", "x", "z", "ch", "sh", "o")
#: Letters of a word: *is* and *us* are no plurals of shorter words.
_LEAST: Final = 3
#: Bytes of the dictionary that are looked through for a word.
_BLOCK: Final = 1024
#: No English word begins behind it, so that Chinese does not wait for the dictionary.
_LATIN: Final = "\u024f"
_PRONOUNS: Final = frozenset("an him me them these those us".split())
#: Endings of words that English took over with their plurals.
_CLASSICAL: Final = (
    ("men", "man"),
    ("people", "person"),
    ("ses", "sis"),
    ("ices", "ix"),
    ("ices", "ex"),
    ("ia", "ium"),
    ("da", "dum"),
    ("ta", "tum"),
    ("la", "lum"),
    ("ra", "rum"),
    ("ena", "enon"),
    ("ria", "rion"),
    ("i", "us"),
    ("ae", "a"),
    ("eaux", "eau"),
    ("ieux", "ieu"),
    ("ves", "f"),
    ("ves", "fe"),
)


@lru_cache(maxsize=16_384)
def is_known(word: str) -> bool:
    """Say whether the dictionary has a word in lower case as an English word.

    Names and acronyms that only the dictionary writes in small letters are none.

    >>> [is_known(w) for w in ("trips", "us", "unesco", "april", "ceasefire", "ai")]
    [True, True, False, False, True, False]
    """
    base = None if word[:1] > _LATIN else written_lemma(word)
    if base is None:
        return False
    return base == word or word in _PRONOUNS or _is_form(word, base.lower())


@lru_cache(maxsize=65_536)
def lemma(word: str) -> str | None:
    """Return the lemma of a word in small letters, None for one that is not known.

    A word whose lemma no regular ending leads to is its own lemma: comparatives,
    adverbs, pronouns, irregular verbs; or it is the plural of another word.

    >>> [lemma(w) for w in ("humane", "cared", "planning", "statesmen", "largest")]
    ['humane', 'care', 'plan', 'statesman', 'largest']
    >>> [lemma(w) for w in ("skies", "russians")]
    ['sky', 'russian']
    """
    base_form = written_lemma(word)
    if base_form is None:
        return None
    base = base_form.lower()
    if base == word and not word.endswith("ians"):
        return word
    if _is_form(word, base):
        return base
    return next(filter(is_known, _singulars(word)), word)


def _singulars(word: str) -> Iterator[str]:
    """Yield what a word may be the plural of."""
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
    if len(word) > _LEAST and word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]


def _is_form(word: str, base: str) -> bool:
    """Say whether a word is its base with a regular ending."""
    if word.endswith("s") and word in _with_s(base):
        return True
    if word.endswith("ing"):
        return word[:-3] in _before_ending(base)
    if word.endswith("ed"):
        return word[:-2] in _before_ending(base) or word == f"{base}d"
    return any(
        word.endswith(many) and base == word.removesuffix(many) + one
        for many, one in _CLASSICAL
    )


def _with_s(base: str) -> set[str]:
    """Return how a plural or a third person may be written."""
    forms = {f"{base}s"}
    if base.endswith(_HISSING):
        forms |= {f"{base}es", f"{base}{base[-1]}es"}
    if base.endswith("y"):
        forms.add(f"{base[:-1]}ies")
    return forms


def _before_ending(base: str) -> set[str]:
    """Return what a base may become before -ed and -ing."""
    forms = {base, base.removesuffix("e"), base + base[-1]}
    if base.endswith("ie"):
        forms.add(f"{base[:-2]}y")
    if base.endswith("y"):
        forms.add(f"{base[:-1]}i")
    if base.endswith("c"):
        forms.add(f"{base}k")
    return forms


def written_lemma(word: str) -> str | None:
    """Return the lemma of a word as the dictionary writes it, None for an unknown one.

    >>> written_lemma("trips"), written_lemma("april"), written_lemma("belt-road")
    ('trip', 'April', None)
    """
    key = word.encode("utf-8", "surrogatepass")
    words, places = _blocks()
    at = bisect_right(words, key) - 1
    if at < 0 or b"\n" in key or b"\t" in key:
        return None
    table, start, end = _table(), places[at], places[at + 1]
    if words[at] != key:
        # A word stands before all that go on from it.
        start = table.find(b"\n%b" % key, start, end) + 1
        if not start or table[start + len(key)] not in b"\n\t":
            return None
    line = table[start : table.find(b"\n", start)]
    return _with_ending(word, line[len(key) + 1 :].decode())


@cache
def _blocks() -> tuple[tuple[bytes, ...], tuple[int, ...]]:
    """Return the first word of each block of the dictionary, and where blocks begin.

    The last place is the end of the dictionary.
    """
    table = _table()
    starts = range(0, len(table), _BLOCK)
    places = [table.rfind(b"\n", 0, at) + 1 for at in starts]
    lines = (table[at : table.find(b"\n", at)] for at in places)
    return tuple(line.partition(b"\t")[0] for line in lines), (*places, len(table))


def _with_ending(word: str, ending: str) -> str:
    """Return a word with its ending replaced as a line says."""
    return (
        word[: len(word) - ord(ending[0]) + ord("0")] + ending[1:] if ending else word
    )


@cache
def _table() -> mmap.mmap:
    """Return the dictionary, which the operating system reads as far as it is used."""
    with Path(__file__).with_name("lemmas.txt").open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
