"""A query with a short name in it written out: *UN Charter*, 联大主席, *sec gen*.

Who names a body in short within a longer title asks for the title as it stands, and
who cuts words short asks for the words.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Final

from glossary.entry import USABLE
from glossary.lookup.settled import Asked
from glossary.text import (
    SMALL_WORDS,
    fold,
    has_han,
    is_acronym,
    is_of_acronyms,
    is_word,
    key,
    primary,
    whole,
)

#: So many bodies that a short name may be, and wordings of each, are written out.
_SENSES: Final = 3
_MOST: Final = 4
#: More words or characters are no title but a text.
_WORDS: Final = 16
_CHARACTERS: Final = 24
#: Fewer letters begin too many words.
_CUT: Final = 3
#: A word is at least so much longer than what it was cut to.
_CUT_OFF: Final = 2
#: What holds the words is at most so many times as long as what they were cut to.
_LONGER: Final = 6
_WORD: Final = re.compile(r"[\w']+")
#: A Chinese short name has two to five characters, and a title at least two more.
_SHORT: Final = (2, 5)
_LEAST: Final = 2


def written_out(question: Asked) -> Iterator[Asked]:
    """Yield the query with the other names of what it names in short."""
    if has_han(question.key):
        texts = _of_chinese(question)
    else:
        texts = chain(_of_acronyms(question), _of_cut_words(question))
    for text in islice(dict.fromkeys(texts), _MOST):
        yield replace(question, plain=fold(text))


def _of_cut_words(question: Asked) -> Iterator[str]:
    """Yield an English query with whole words for what was cut short in it.

    Some wording has the words in this order, the ones beside one another first: *dip
    relations*, *int'l criminal court*, *min of defence*.
    """
    words = _WORD.findall(question.plain.source.casefold().replace("’", "'"))
    letters = [key(word.replace("'", "")) for word in words if word not in SMALL_WORDS]
    if not 1 < len(letters) <= _WORDS or not question.query.wants("fuzzy"):
        return
    search = question.store.search
    there = search.frequencies(map(whole, letters))
    ways: list[list[str]] = []
    for word in letters:
        is_there = bool(there[whole(word)])
        way = [word]
        if not (is_there and is_word(word)):
            beginning = search.words_beginning(word[:_CUT])
            way = [w for w in beginning if _is_cut(word, w)] or [word] * is_there
        if not way:
            return
        ways.append(way)
    if ways == [[word] for word in letters]:
        return
    size = sum(map(len, letters))
    candidates = search.matching(
        [[[*map(whole, way)] for way in ways]],
        question.scope,
        question.limit,
        lengths=(size, _LONGER * size),
    )
    wider: list[str] = []
    for candidate in sorted(candidates, key=lambda one: len(one.key)):
        content = [word for word in candidate.key.split() if word not in SMALL_WORDS]
        for at in range(len(content) - len(ways) + 1):
            match = content[at : at + len(ways)]
            if all(word in way for word, way in zip(match, ways, strict=True)):
                yield _from(candidate.key, match)
                break
        else:
            rest = iter(content)
            apart = [next((w for w in rest if w in way), "") for way in ways]
            if all(apart):
                wider.append(" ".join(apart))
    yield from wider


def _from(text: str, words: list[str]) -> str:
    """Return what of a text begins and ends with these words, in this order."""
    pattern = r"\b.*?\b".join(map(re.escape, words))
    part = re.search(rf"\b{pattern}\b", text)
    return part[0] if part else text


def _is_cut(short: str, word: str) -> bool:
    """Say whether a word may have been cut to these letters: *intl*, *dept*, *sec*.

    >>> _is_cut("intl", "international"), _is_cut("sec", "secretary")
    (True, True)
    >>> _is_cut("sec", "sect"), _is_cut("govt", "government")
    (False, True)
    """
    if len(short) < _CUT or len(word) < len(short) + _CUT_OFF:
        return False
    begins = word.startswith(short)
    return begins or (word.startswith(short[:-1]) and word.endswith(short[-1]))


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
    text = question.key
    ends = range(min(_SHORT[1], len(text) - _LEAST), _SHORT[0] - 1, -1)
    if len(text) > _CHARACTERS or not all(map(has_han, text[: _SHORT[0]])):
        return
    heads = [text[:end] for end in ends]
    there = question.store.search.having(heads, question.scope, len(heads) * _SENSES)
    for head in sorted({candidate.key for candidate in there}, key=len, reverse=True):
        for name in _names(question, head, "zh"):
            if has_han(name) and len(name) > len(head):
                yield name + text[len(head) :]


def _names(question: Asked, short: str, lang: str) -> Iterator[str]:
    """Yield what the bodies that a short name may be are called otherwise."""
    own = fold(short).key
    senses = question.store.search.equal(own, question.within(lang), _SENSES)
    for *_, entry in senses:
        for term in entry.terms:
            is_other = primary(term.lang) == lang and fold(term.text).key != own
            if is_other and term.status in USABLE:
                yield term.text
