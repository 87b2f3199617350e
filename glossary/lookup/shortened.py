"""A query with a short name in it written out: *UN Charter* and 联大主席.

Who names a body in short within a longer title asks for the title as it stands.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from glossary.entry import USABLE
from glossary.lookup.settled import Asked
from glossary.text import fold, has_han, is_acronym, is_of_acronyms, primary

#: So many bodies that a short name may be, and wordings of each, are written out.
_SENSES: Final = 3
_MOST: Final = 4
#: More words or characters are no title but a text.
_WORDS: Final = 16
_CHARACTERS: Final = 24
#: A Chinese short name has two to five characters, and a title at least two more.
_SHORT: Final = (2, 5)
_LEAST: Final = 2


def written_out(question: Asked) -> Iterator[Asked]:
    """Yield the query with the other names of what it names in short."""
    ways = _of_chinese if has_han(question.key) else _of_acronyms
    for text in islice(dict.fromkeys(ways(question)), _MOST):
        yield replace(question, plain=fold(text))


def _of_acronyms(question: Asked) -> Iterator[str]:
    """Yield an English query with each acronym in it as words."""
    words = question.plain.source.split()
    if not 1 < len(words) <= _WORDS or is_of_acronyms(question.plain.source):
        return
    for at, word in enumerate(words):
        if is_acronym(word):
            for name in _names(question, word, "en"):
                if not is_of_acronyms(name):
                    yield " ".join([*words[:at], name, *words[at + 1 :]])


def _of_chinese(question: Asked) -> Iterator[str]:
    """Yield a Chinese query with the short name that it begins with as a longer one."""
    key = question.key
    ends = range(min(_SHORT[1], len(key) - _LEAST), _SHORT[0] - 1, -1)
    if len(key) > _CHARACTERS or not all(map(has_han, key[: _SHORT[0]])):
        return
    heads = [key[:end] for end in ends]
    there = question.store.search.having(heads, question.scope, len(heads) * _SENSES)
    for head in sorted({candidate.key for candidate in there}, key=len, reverse=True):
        for name in _names(question, head, "zh"):
            if has_han(name) and len(name) > len(head):
                yield name + key[len(head) :]


def _names(question: Asked, short: str, lang: str) -> Iterator[str]:
    """Yield what the bodies that a short name may be are called otherwise."""
    own = fold(short).key
    senses = question.store.search.equal(own, question.within(lang), _SENSES)
    for *_, entry in senses:
        for term in entry.terms:
            is_other = primary(term.lang) == lang and fold(term.text).key != own
            if is_other and term.status in USABLE:
                yield term.text
