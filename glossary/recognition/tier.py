"""Whether a wording in a text is a term, and how near it is to the term as written."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

from glossary.entry import MATCHES, Term
from glossary.recognition.pauses import are_parted, is_parted
from glossary.recognition.symbol import spelt, words
from glossary.text import (
    HAN_RUN,
    POSSESSIVE,
    differences,
    fold,
    has_accents,
    has_han,
    has_periods,
    is_acronym,
    is_word,
    key,
    letters_of,
    singular,
)

INFLECTION: Final = "inflection"
#: Where a wording is the term: in any line, only in one that is not all in capitals, or
#: only in one that is; or not as the first word of a sentence without its article.
ANYWHERE, CALM, LOUD, INSIDE = "", "calm", "loud", "inside"
#: A longer word in capitals is taken for a word.
_LONGEST_ACRONYM: Final = 5
_NOUN: Final = "noun"
_ARTICLE: Final = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_CAPITALIZED: Final = re.compile(r"[A-Z][a-z]+")


class Likeness(NamedTuple):
    """How near a wording is to a term: tier, `via`, and the places where it counts."""

    tier: str
    via: tuple[str, ...]
    where: str = ANYWHERE


class _Both(NamedTuple):
    """A word as it is written in a text, and as the term has it."""

    wording: str
    own: str


@lru_cache(maxsize=65_536)
def likeness(wording: str, term: Term, matched_by: str) -> Likeness | None:
    """Return how a wording whose tape is a term's is that term; None when it is not.

    Words with one symbol on the tape are told apart here.

    >>> from glossary.entry.nouns import Term
    >>> likeness("Seas", Term("en", "sea"), "sea")[:2]
    ('inflected', ('inflection',))
    >>> likeness("trips", Term("en", "TRIPS"), "trips") is None
    True
    """
    if wording == term.text:
        return Likeness("exact", (), _where(wording, term, "exact"))
    plain = fold(wording)
    if plain.key == matched_by:
        tier, via = "folded", differences(plain, fold(term.text))
    elif spelt(wording) == spelt(term.text) and not _is_verbal(wording, term):
        tier, via = "inflected", (INFLECTION,)
    else:
        return None
    if MATCHES.index(tier) > MATCHES.index(term.match):
        return None
    if HAN_RUN.fullmatch(wording) and HAN_RUN.fullmatch(term.text):
        # There are no words that something could part, and no letters of either case.
        return Likeness(tier, via)
    if is_parted(wording, term.text) or not _are_forms(
        _both([wording], [term.text]), term
    ):
        return None
    return Likeness(tier, via, _where(wording, term, tier))


def _is_verbal(wording: str, term: Term) -> bool:
    """Say whether a word is a verb's form of what is a noun: *sponsored*.

    With a hyphen it is several words: *consulates-general*.
    """
    if term.part_of_speech != _NOUN or has_han(term.text):
        return False
    own = _bare(term.text)
    return " " not in own and singular(_bare(wording)) != singular(own)


def in_pieces_like(
    parts: Sequence[str], own: Sequence[str], term: Term, *, is_shared: bool
) -> bool:
    """Say whether pieces of a text may be taken for the pieces of a term.

    `own` are the term's pieces; where words are shared with another term, they are not
    told apart. What stands between the pieces is not asked here.
    """
    if term.match != MATCHES[-1]:
        return False
    if not is_shared and any(
        are_parted(part, words(part), piece, words(piece))
        for part, piece in zip(parts, own, strict=True)
    ):
        return False
    return _are_forms(_both(parts, own), term)


def _both(parts: Iterable[str], own: Iterable[str]) -> list[_Both] | None:
    """Return the words of wordings beside those of a term, None if they do not pair."""
    text_words = list(chain.from_iterable(map(_words, parts)))
    own_words = list(chain.from_iterable(map(_words, own)))
    if len(text_words) != len(own_words):
        return None
    return [_Both(*pair) for pair in zip(text_words, own_words, strict=True)]


def _words(text: str) -> list[str]:
    """Return the words of a text as they are written, without signs and articles."""
    return [text[word.start : word.end] for word in words(text) if word.is_word]


def _are_forms(both: list[_Both] | None, term: Term) -> bool:
    """Say whether words may be those of a term: letter case, accents, acronyms."""
    if both is None:
        return not term.case_sensitive
    is_chinese = has_han(term.text)
    for pair in both:
        if term.case_sensitive and not _same_case(*pair):
            return False
        if is_acronym(pair.own) and not is_chinese:
            if not is_acronym(pair.wording):
                return False
            if letters_of(pair.wording) != letters_of(pair.own):
                return False
        elif (has_accents(pair.own) or has_accents(pair.wording)) and (
            singular(_bare(pair.wording)) != singular(_bare(pair.own))
        ):
            return False
    return True


def _where(wording: str, term: Term, tier: str) -> str:
    """Return in which places a wording is the term that it is like."""
    if has_han(term.text):
        return ANYWHERE
    if _spells_words(term.text):
        return ANYWHERE if has_periods(wording) else CALM
    both = _both([wording], [term.text]) or []
    if tier == MATCHES[-1] and any(_is_another(*pair) for pair in both):
        is_loud = len(both) > 1 and all(pair.wording.isupper() for pair in both)
        return ANYWHERE if is_loud else LOUD
    if len(both) == 1 and term.case_sensitive and _ARTICLE.match(term.text):
        return INSIDE if _CAPITALIZED.fullmatch(both[0].own) else ANYWHERE
    return ANYWHERE


def _is_another(wording: str, own: str) -> bool:
    """Say whether a form in capitals is rather an acronym: AIDS, no plural of aid."""
    return (
        len(wording) <= _LONGEST_ACRONYM
        and is_acronym(wording)
        and not is_acronym(own)
        and letters_of(wording) != letters_of(own)
    )


@lru_cache(maxsize=65_536)
def _spells_words(text: str) -> bool:
    """Say whether a term is nothing but acronyms that are English words too.

    A letter or figure of its own is as good as a word: START I.
    """
    text_words = _words(text)
    acronyms = list(filter(is_acronym, text_words))
    return (
        bool(acronyms)
        and all(is_word(letters_of(word)) for word in acronyms)
        and all(len(word) == 1 for word in text_words if not is_acronym(word))
    )


@lru_cache(maxsize=65_536)
def _bare(word: str) -> str:
    """Return a word folded, without the s of its possessive."""
    return key(re.sub(POSSESSIVE, "", word))


def _same_case(wording: str, own: str) -> bool:
    """Say whether the letters that two words share are of the same case."""
    pairs = zip(
        (c for c in wording if c.isalnum()),
        (c for c in own if c.isalnum()),
        strict=False,
    )
    return all(a == b or a.casefold() != b.casefold() for a, b in pairs)
