"""What a term is by itself, whatever text it stands in: told once, and kept with it."""

import re
from typing import Final, NamedTuple

from glossary.entry import is_draft
from glossary.recognition.demand import Demand
from glossary.recognition.naming import is_understood
from glossary.text import (
    FUNCTION_WORDS,
    HAN,
    content,
    has_han,
    is_word,
    key,
    primary,
    readable,
)

#: Parts of speech of which one word that means something is an everyday one.
EVERYDAY: Final = frozenset({"verb", "adverb", "other"})
_MOST_HAN: Final = 3
_SLOT: Final = "…"
#: A noun of so many Han characters is a set phrase, whoever has approved it.
_PHRASE: Final = 4
_NOUN: Final = "noun"
#: A word of so many letters has many senses.
_LONGEST: Final = 8
_SHORT: Final = 2
_PLAIN_WORD: Final = re.compile("[a-z]+")
_FULL: Final = "fullForm"
_SHORT_FORMS: Final = frozenset({"acronym", "abbreviation"})


class Nature(NamedTuple):
    """What a demand is by itself."""

    #: Codes for why a good translation leaves it out or says it otherwise.
    excuses: frozenset[str]
    #: Whether it has several words, all in capitals.
    is_title: bool
    #: Whether it has one word that means something.
    is_plain: bool
    #: Whether it is of a draft, and may be no term.
    is_unsure: bool
    #: Whether it is one word that any text has.
    is_common: bool


def nature(demand: Demand) -> Nature:
    """Return what a demand is by itself."""
    own: Nature | None = demand.memory.get(Nature)
    if own is None:
        own = demand.memory[Nature] = Nature(
            frozenset(
                code
                for code, is_so in _KINDS
                if not demand.is_insisted and is_so(demand)
            ),
            _is_title(demand.term.text),
            _is_plain(demand.term.text),
            _is_unsure(demand),
            _is_common(demand),
        )
    return own


def is_phrase(text: str) -> bool:
    """Say whether a text has as many Han characters as a set phrase."""
    return len(HAN.findall(text)) >= _PHRASE


def _is_unsure(demand: Demand) -> bool:
    """Say whether a term of a draft may be no term: one that is no set noun.

    Nor is a noun that is rendered by anything else: *mutual assistance*, 守望相助.
    """
    if not is_draft(demand.entry.state):
        return False
    texts = (demand.term.text, *demand.expected[:1])
    return any(
        term.part_of_speech != _NOUN
        for term in demand.entry.terms
        if readable(term.text) in texts
    ) or not any(map(is_phrase, texts))


def _is_everyday(demand: Demand) -> bool:
    """Say whether it is a verb or the like that is one word, or is rendered by one.

    A Chinese set phrase is none, nor what is rendered around something: 一致认为,
    应…邀请.
    """
    if demand.term.part_of_speech not in EVERYDAY:
        return False
    text, *others = demand.term.text, *demand.expected[:1]
    if (has_han(text) and len(text) > _MOST_HAN) or any(
        _SLOT in text for text in others
    ):
        return False
    return any(map(_is_plain, (text, *others)))


def _is_plain(text: str) -> bool:
    """Say whether a wording has one word that means something: *call for*, 致力于."""
    if has_han(text):
        return len(text) <= _MOST_HAN
    return len(content(text)) < _SHORT


def _is_name(demand: Demand) -> bool:
    return demand.term.type != _FULL and is_understood(
        demand.term.text, *demand.expected
    )


def _is_title(text: str) -> bool:
    """Say whether a wording of several words is written in capitals, as a title is."""
    words = [word for word in text.split() if word.lower() not in FUNCTION_WORDS]
    return len(words) > 1 and all(word[:1].isupper() for word in words)


def _is_one_word(demand: Demand) -> bool:
    """Say whether a wording is one English word that may well have another sense.

    It is short for a longer one of its entry (*accession*), or it is rendered by two
    characters only (*minister*).
    """
    text = demand.term.text
    if has_han(text):
        return len(text) <= _SHORT and demand.term.type in _SHORT_FORMS
    words = content(text)
    if len(words) > 1 or not is_word(key(text)):
        return False
    if len(text) <= _LONGEST or all(len(other) <= _SHORT for other in demand.expected):
        return True
    longer = (
        content(term.text)
        for term in demand.entry.terms
        if primary(term.lang) == primary(demand.term.lang)
    )
    return any(len(other) > 1 and set(words) <= set(other) for other in longer)


def _is_common(demand: Demand) -> bool:
    """Say whether a Chinese wording is one word that any text has: 挑衅, 领事馆.

    It has up to three characters and is rendered by one word that is no name.
    """
    text, best = demand.term.text, demand.expected[0]
    is_short = has_han(text) and len(text) <= _MOST_HAN
    return is_short and not demand.is_insisted and bool(_PLAIN_WORD.fullmatch(best))


#: Kinds of terms that a good translation leaves out or says otherwise, unless an editor
#: has said that they are always expected.
_KINDS: Final = (
    ("everyday", _is_everyday),
    ("name", _is_name),
    ("one-word", _is_one_word),
)
#: The codes, the first that fits counts.
EXCUSES: Final = tuple(code for code, _ in _KINDS)
