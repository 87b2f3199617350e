"""The lemma of an English word, and which words there are, by simplemma's dictionary.

Its dictionary is made from Wiktionary and knows rare and obsolete words too, some of
which look like forms of other words (*bare* of *bear*, *opera* of *opus*). So only such
lemmas are taken as a regular ending leads to; `glossary.text.inflect` has the others.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from glossary import late

if TYPE_CHECKING:
    from simplemma.strategies.dictionaries import dictionary_factory
else:
    dictionary_factory = late("simplemma.strategies.dictionaries.dictionary_factory")

_LANGUAGE: Final = "en"
_HISSING: Final = ("s", "x", "z", "ch", "sh", "o")
#: Letters of a word: *is* and *us* are no plurals of shorter words.
_LEAST: Final = 3
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


def is_known(word: str) -> bool:
    """Say whether the dictionary has a word in lower case as an English word.

    Names and acronyms that only the dictionary writes in small letters are none.

    >>> [is_known(w) for w in ("trips", "us", "unesco", "april", "ceasefire", "ai")]
    [True, True, False, False, True, False]
    """
    base = None if word[:1] > _LATIN else _dictionary().get(word)
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
    base_form = _dictionary().get(word)
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


@cache
def _dictionary() -> MappingProxyType[str, str]:
    """Return the dictionary, word by lemma: read on first use, in 0.3 s and 25 MB."""
    return MappingProxyType(
        dictionary_factory.DEFAULT_DICTIONARY_FACTORY.get_dictionary(_LANGUAGE)
    )
