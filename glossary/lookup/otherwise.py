"""A query as ours would word it: what Taiwan says otherwise, two languages in one.

*東協* is 东盟, and who types *UN宪章* or *SCO天津峰会* means the Chinese wording of the
acronym. What this finds is named in the `via` of a hit.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product
from typing import Final

from glossary.entry import USABLE, Entry
from glossary.lookup.settled import Asked
from glossary.text import fold, has_han, mainland, primary

#: Letters beside Han characters, as the key of a query has them.
_LETTERS: Final = re.compile("[a-z][a-z0-9+ ]*(?<! )")
#: More of them are no phrase but a text.
_MOST_PIECES: Final = 2
#: So many senses of an acronym, and wordings of each, are put in its place.
_SENSES: Final = 3
_WORDINGS: Final = 3
_MOST: Final = 6


def otherwise(question: Asked) -> Iterator[tuple[Asked, str]]:
    """Yield a Chinese query in other words, with what each way is called."""
    if has_han(question.key):
        for text in mainland(question.folded.source):
            yield replace(question, folded=fold(text)), "wording"
        for text in islice(_in_one_language(question), _MOST):
            yield replace(question, folded=fold(text)), "mixed"


def _in_one_language(question: Asked) -> Iterator[str]:
    """Yield the key with Chinese in place of the English that stands in it."""
    pieces = list(_LETTERS.finditer(question.key))
    if not 1 <= len(pieces) <= _MOST_PIECES:
        return
    wordings = [_in_chinese(question, piece[0]) for piece in pieces]
    for chosen in product(*wordings):
        text, done = "", 0
        for piece, wording in zip(pieces, chosen, strict=True):
            text += question.key[done : piece.start()] + wording
            done = piece.end()
        yield text + question.key[done:]


def _in_chinese(question: Asked, english: str) -> list[str]:
    """Return what the entries that an English wording names are called in Chinese."""
    senses = question.store.search.equal(english, question.within("en"), _SENSES)
    texts = [text for *_, entry in senses for text in _chinese(entry)[:_WORDINGS]]
    return list(dict.fromkeys(texts))


def _chinese(entry: Entry) -> list[str]:
    keys = [
        fold(term.text).key
        for term in entry.terms
        if primary(term.lang) == "zh" and term.status in USABLE
    ]
    return list(dict.fromkeys(key for key in keys if has_han(key)))
