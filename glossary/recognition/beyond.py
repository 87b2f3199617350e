"""What a longer wording says beyond the one that lies inside it.

*Oppose "Taiwan independence"* is told apart from the independence itself; but where the
source has 反对 somewhere around 台独, the longer wording says nothing that it does not.
"""

import re
from typing import Final

from glossary import late_pattern
from glossary.entry import Entry
from glossary.recognition.occurrences import Occurrence
from glossary.recognition.vocabulary import chinese_words, english_of
from glossary.text import NEGATING, NEGATING_HAN, are_kin, content, has_han, heads

_NEGATION: Final = re.compile(rf"{NEGATING_HAN}|\b(?:{NEGATING})\b", re.IGNORECASE)
_VERB: Final = "verb"
_QUOTES: Final = "\"'“”‘’「」『』"
_HAN_RUN: Final = late_pattern("[\u3400-\u9fff]+")


def is_only_done(at: Occurrence, text: str, entry: Entry, other: str) -> bool:
    """Say whether a place says what is done to an entry, and the other text does too.

    It is a phrase with a verb around a wording of the entry, and all that it says
    beyond that stands in the other text, though not beside the wording.
    """
    longer = text[at.start : at.end]
    return any(sense.term.part_of_speech == _VERB for sense in at.senses) and any(
        is_of_source(longer, term.text.strip(_QUOTES), other)
        for term in entry.terms
        if term.part_of_speech != _VERB
    )


def is_of_source(longer: str, inner: str, source: str) -> bool:
    """Say whether a source has all that a wording says beyond one inside it.

    >>> source = "反对任何形式的“台湾独立”"
    >>> longer, inner = 'oppose "Taiwan independence', "Taiwan independence"
    >>> is_of_source(longer, inner, source), is_of_source(longer, inner, "“台独”")
    (True, False)
    >>> is_of_source("not support Taiwan independence", inner, source)
    False
    """
    at = longer.casefold().find(inner.casefold())
    if at < 0:
        return False
    more = f"{longer[:at]} {longer[at + len(inner) :]}"
    if _NEGATION.search(more) and not _NEGATION.search(source):
        return False
    if has_han(longer):
        theirs = list(heads(source))
        return all(
            any(are_kin(head, other) for head in english_of(word) for other in theirs)
            for run in _HAN_RUN.findall(more)
            for word in chinese_words(run)
        )
    renderings = [
        head
        for run in _HAN_RUN.findall(source)
        for word in chinese_words(run)
        for head in english_of(word)
    ]
    return all(
        any(are_kin(word, head) for head in renderings) for word in content(more)
    )
