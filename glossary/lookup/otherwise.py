"""A query as ours would word it: what Taiwan says otherwise, two languages in one.

*東協* is 东盟, and who types *UN宪章* or *SCO天津峰会* means the Chinese wording of the
acronym. What this finds is named in the `via` of a hit.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product
from typing import Final

from glossary.entry import USABLE, Entry, Hit
from glossary.lookup.settled import Asked
from glossary.store import Candidate
from glossary.text import content, fold, has_han, mainland, numbered, primary, variants

#: Letters beside Han characters, as the key of a query has them.
_LETTERS: Final = re.compile("[a-z][a-z0-9+ ]*(?<! )")
_FIGURES: Final = re.compile("[0-9]")
#: More of them are no phrase but a text.
_MOST_PIECES: Final = 2
#: So many senses of an acronym, and wordings of each, are put in its place.
_SENSES: Final = 3
_WORDINGS: Final = 3
_MOST: Final = 6
#: So many wordings that hold the English of a query are read.
_HOLDING: Final = 40
#: An English word is at most so many characters of Chinese.
_CHARACTERS: Final = 4


def otherwise(question: Asked) -> Iterator[tuple[Asked, str]]:
    """Yield a Chinese query in other words, with what each way is called."""
    if has_han(question.key):
        for text in mainland(question.plain.source):
            yield replace(question, plain=fold(text)), "wording"
        if _FIGURES.search(question.key):
            ways = (way for way in variants(question.key) if not _FIGURES.search(way))
            for text in islice(ways, _WORDINGS):
                yield replace(question, plain=fold(text)), "numeral"
        for text in islice(_in_one_language(question), _MOST):
            yield replace(question, plain=fold(text)), "mixed"


def _in_one_language(question: Asked) -> Iterator[str]:
    """Yield the key with Chinese in place of the English that stands in it."""
    pieces = list(_LETTERS.finditer(question.key))
    if not 1 <= len(pieces) <= _MOST_PIECES:
        return
    wordings = [_in_chinese(question, piece[0]) for piece in pieces]
    for way in product(*wordings):
        text, end = "", 0
        for piece, wording in zip(pieces, way, strict=True):
            text += question.key[end : piece.start()] + wording
            end = piece.end()
        yield text + question.key[end:]


def in_both(question: Asked) -> list[Hit]:
    """Return the entries of which a query says one end in English, one in Chinese.

    *Silk Road精神* is 丝路精神 where *Silk Road Spirit* is its English. What the two
    ends are not must be little in both languages; else the entry is only similar. The
    English is whole words: BRI合作 has nothing to do with BRICS.
    """
    pieces = list(_LETTERS.finditer(question.key))
    if len(pieces) != 1:
        return []
    english, (start, end) = pieces[0][0], pieces[0].span()
    before, behind = question.key[:start].rstrip(), question.key[end:].lstrip()
    candidates = [
        candidate
        for way in [english, *numbered(english)]
        for candidate in question.store.search.containing(
            way, question.within("en"), _HOLDING, inside=False
        )
        if re.search(rf"\b{re.escape(way)}(?:e?s)?\b", candidate.key)
    ]
    numbers = list(dict.fromkeys(candidate.entry for candidate in candidates))
    entries = question.store.search.entries(numbers) if numbers else {}
    hits = [
        _in_chinese_too(question, entries[one.entry], one, (before, english, behind))
        for one in candidates
        if one.entry in entries
    ]
    best: dict[tuple[str, str], Hit] = {}
    for hit in sorted(filter(None, hits), key=lambda hit: -hit.score):
        best.setdefault((hit.entry, hit.block), hit)
    return list(best.values())


def _in_chinese_too(
    question: Asked, entry: Entry, candidate: Candidate, parts: tuple[str, str, str]
) -> Hit | None:
    """Return an entry whose Chinese has what the query says in Chinese."""
    before, english, behind = parts
    size = len(before) + len(behind)
    more = len(content(candidate.key)) - len(content(english))
    best: Hit | None = None
    for term in entry.terms:
        text = fold(term.text).key if primary(term.lang) == "zh" else ""
        at = text.find(before) + len(before) if before in text else -1
        if at < 0 or behind not in text[at:] or not has_han(text):
            continue
        is_whole = text.startswith(before) and text.endswith(behind)
        surplus = len(text) - size
        score = round(size / len(text), 3)
        if best is not None and (best.score >= score or not surplus):
            continue
        best = question.hit(entry, term, "part", score=score, via=("mixed",))
        if not is_whole or more > size or surplus > _CHARACTERS * len(english.split()):
            (best,) = question.similar([best])
    return best


def _in_chinese(question: Asked, english: str) -> list[str]:
    """Return what the entries that an English wording names are called in Chinese."""
    search, scope = question.store.search, question.within("en")
    senses = search.equal(english, scope, _SENSES)
    if not senses and (ways := variants(english)):
        keys = {candidate.key for candidate in search.having(ways, scope, _SENSES)}
        senses = [row for way in keys for row in search.equal(way, scope, _SENSES)]
    texts = [text for *_, entry in senses for text in _chinese(entry)[:_WORDINGS]]
    return list(dict.fromkeys(texts))


def _chinese(entry: Entry) -> list[str]:
    keys = [
        fold(term.text).key
        for term in entry.terms
        if primary(term.lang) == "zh" and term.status in USABLE
    ]
    return list(dict.fromkeys(key for key in keys if has_han(key)))
