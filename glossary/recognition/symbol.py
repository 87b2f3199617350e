"""What a text says, word by word: stems of English words, Han characters, signs.

A word of English is told by its stem, British spellings and prefixes written apart are
made one with the others, articles are left out. Each stem has a symbol, a code point
beyond all scripts; two may share one, seldom, so who compares by symbols compares
`spelt` in the end.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple
from zlib import crc32

from glossary import late_pattern
from glossary.text import (
    AMERICAN,
    APOSTROPHES,
    ARTICLES,
    SEPARABLE_PREFIXES,
    UNSPACED,
    Folded,
    letters,
    stem,
    stem_of,
    unpossessed,
)

#: The first symbol of a word; all scripts written without spaces come before.
FIRST_SYMBOL: Final = 0x32400
_SYMBOLS: Final = 0x110000 - FIRST_SYMBOL
_LETTER: Final = rf"[^\W_{UNSPACED}]"
_WORD: Final = late_pattern(rf"{_LETTER}+(?:\.[0-9]+)*")
_NO_SPACES: Final = re.compile("[^ ]+")
_S: Final = frozenset("sSｓＳ")
_EDGES: Final = frozenset({"", " "})


class Read(NamedTuple):
    """The symbols of a text, and the half-open span of the text behind each.

    `ends_open` says that it ends in a prefix, which is one word with the next one.
    """

    symbols: str
    spans: tuple[tuple[int, int], ...]
    ends_open: bool


class Word(NamedTuple):
    """A word's stem, or a run of characters that are no words, and where it stands.

    `text[start:end]` is how it is written.
    """

    form: str
    start: int
    end: int
    is_word: bool


class _Token(NamedTuple):
    """A word's stem, or a run of characters that are no words; a span of the fold."""

    form: str
    start: int
    end: int
    is_word: bool = True


def read(text: str) -> Read:
    """Return what a text says, in symbols."""
    plain = letters(text)
    tokens, ends_open = _tokens(plain)
    symbols: list[str] = []
    spans: list[tuple[int, int]] = []
    for form, start, end, is_word in tokens:
        if is_word:
            symbols.append(symbol(form))
            spans.append(_source_span(plain, start, end))
        else:
            symbols.append(form)
            spans += [_source_span(plain, i, i + 1) for i in range(start, end)]
    return Read("".join(symbols), tuple(spans), ends_open)


def symbol(word: str) -> str:
    """Return the symbol of a word's stem."""
    return chr(FIRST_SYMBOL + crc32(word.encode("utf-8", "surrogatepass")) % _SYMBOLS)


@lru_cache(maxsize=16_384)
def spelt(text: str) -> str:
    """Return what a text says, with stems instead of their symbols.

    >>> spelt("Establishing the New Model"), spelt("构建G20新型大国关系")
    (' establish  new  model ', '构建 g20 新型大国关系')
    """
    return "".join(
        f" {token.form} " if token.is_word else token.form
        for token in _tokens(letters(text))[0]
    )


@lru_cache(maxsize=16_384)
def words(text: str) -> tuple[Word, ...]:
    """Return the words of a text, articles left out, and the signs between them.

    >>> [(w.form, "The U.S. issues"[w.start : w.end]) for w in words("The U.S. issues")]
    [('us', 'U.S'), ('issue', 'issues')]
    """
    plain = letters(text)
    return tuple(
        Word(form, *_source_span(plain, start, end), is_word)
        for form, start, end, is_word in _tokens(plain)[0]
    )


def trailing_article(key: str) -> str:
    """Return the article that a key ends in, as Plan A does, or nothing.

    It is not among the symbols, so whoever finds the rest must look for it.
    """
    last = key.rpartition(" ")[2]
    return last if last in ARTICLES and last != key else ""


def _tokens(plain: Folded) -> tuple[list[_Token], bool]:
    """Return the tokens of a folded text, and whether it ends in an open prefix."""
    text = plain.text
    possessive = _possessive_ends(plain)
    tokens: list[_Token] = []
    prefix: _Token | None = None
    end_before = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        if text[end_before:start] not in _EDGES:
            tokens += [prefix] if prefix else []
            prefix = None
            tokens += _signs(text, end_before, start)
        end_before = end
        word = match[0]
        ends = text[end : end + 1] in _EDGES
        if word in ARTICLES and ends and text[start - 1 : start] in _EDGES:
            continue
        opens = ends and word in SEPARABLE_PREFIXES
        if ends and end in possessive and len(word) > 1:
            word = unpossessed(word)
        word = AMERICAN.get(word, word)
        first = start
        if prefix and "a" <= word[0] <= "z":
            word, first = prefix.form + word, prefix.start
        elif prefix:
            tokens.append(prefix)
        form = word if opens else _form(plain, start, end, word)
        token = _Token(form, first, end)
        prefix = token if opens else None
        tokens += [] if opens else [token]
    if text[end_before:] not in _EDGES:
        tokens += [prefix] if prefix else []
        prefix = None
        tokens += _signs(text, end_before, len(text))
    return ([*tokens, prefix], True) if prefix else (tokens, False)


def _form(plain: Folded, start: int, end: int, word: str) -> str:
    """Return the stem of a word, joined with its prefix, by how its end is written."""
    if plain.source.isascii():
        return stem(word)
    return stem_of(word, plain.source[slice(*_source_span(plain, start, end))])


def _signs(text: str, start: int, end: int) -> Iterator[_Token]:
    """Yield what stands between words, without spaces."""
    for match in _NO_SPACES.finditer(text, start, end):
        yield _Token(match[0], *match.span(), is_word=False)


def _possessive_ends(plain: Folded) -> set[int]:
    """Return the places behind an s that follows an apostrophe and ends a word."""
    source, origin = plain.source, plain.origin
    ends = set()
    for mark in APOSTROPHES:
        at = source.find(mark)
        while at >= 0:
            if source[at + 1 : at + 2] in _S and not source[at + 2 : at + 3].isalnum():
                place = bisect_left(origin, at + 1)
                if place < len(origin) and origin[place] == at + 1:
                    ends.add(place + 1)
            at = source.find(mark, at + 1)
    return ends


def _source_span(plain: Folded, start: int, end: int) -> tuple[int, int]:
    """Return the half-open span of the source behind a span of the folded text."""
    return int(plain.origin[start]), int(plain.origin[end - 1]) + 1
