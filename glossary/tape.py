"""A text as the automaton reads it, and the way back to the text as it is written.

Each English word becomes its stem with a space on either side, so that a phrase can
only be found where its words begin and end; articles are left out. Han characters and
signs stand as they are, next to each other: between them a phrase may begin anywhere.
The same is done to a term, so that the term is found where its tape is part of the
text's tape.

    >>> tape("Establishing the New Model").text
    ' establish  new  model '
    >>> tape("构建G20新型大国关系").text
    '构建 g20 新型大国关系'
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate
from operator import add
from typing import Final

from glossary.fold import Folded, letters
from glossary.inflect import stem
from glossary.language import UNSPACED
from glossary.spelling import AMERICAN, SEPARABLE_PREFIXES

ARTICLES: Final = frozenset({"a", "an", "the"})
#: Stands after a prefix until it is known whether a word follows.
_JOINT: Final = "\x03"
_SIGN: Final = re.compile("[^a-z0-9 ]")
_LETTER: Final = rf"[^\W_{UNSPACED}]"
_PIECES: Final = re.compile(
    rf"{_LETTER}+(?:\.[0-9]+)*|(?:[{UNSPACED}]|[^\w ]|_)+", re.DOTALL
)
_ONE_WORD: Final = re.compile(rf"{_LETTER}+(?:\.[0-9]+)*")
_MARKS: Final = "'’‘ʼ`´＇"
_S: Final = frozenset("sSｓＳ")
_LONE: Final = re.compile(f"{_JOINT}(?! [a-z])")
_JOINED: Final = re.compile(f"{_JOINT} ")
#: So many words are remembered; a text of random letters must not fill the memory.
_MOST_WORDS: Final = 200_000
_LONG: Final = 40


class _Forms(dict[str, str]):
    """What each word of a folded text becomes on the tape; what is no word, nothing."""

    def __missing__(self, word: str) -> str:
        form = _form(word)
        if len(word) < _LONG:
            if len(self) >= _MOST_WORDS:
                self.clear()
            self[word] = form
        return form


def _form(word: str) -> str:
    if word in ARTICLES or not _ONE_WORD.fullmatch(word):
        return ""
    if word in SEPARABLE_PREFIXES:
        return f" {word}{_JOINT}"
    return _word(word)


def _word(word: str) -> str:
    return f" {stem(AMERICAN.get(word, word))} "


def _bare(piece: str) -> str:
    """Return what a piece becomes that does not stand by itself, between two spaces."""
    return _word(piece) if _ONE_WORD.fullmatch(piece) else piece


_FORMS: Final = _Forms()


class Tape:
    """The tape of one text. `text` is what is searched."""

    def __init__(self, folded: Folded) -> None:
        self.source = folded.source
        self.folded = folded.text
        self._origin = folded.origin
        self._pieces = folded.text.split(" ")
        self._forms = list(map(_FORMS.__getitem__, self._pieces))
        #: Spaces behind each piece; None where there is one behind every one.
        self._gaps: list[int] | None = None
        possessive = self._unpossess()
        if _SIGN.search(folded.text):
            self._cut(possessive)
        text = "".join(self._forms)
        #: Where on the tape a prefix was joined to its word, two signs shorter.
        self._joints: list[int] = []
        if _JOINT in text:
            text = _LONE.sub(" ", text)
            joined = enumerate(_JOINED.finditer(text))
            self._joints = [match.start() - 2 * i for i, match in joined]
            text = text.replace(f"{_JOINT} ", "")
        self.text = text

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the folded text behind a span of the tape."""
        if self._joints:
            start += 2 * bisect_right(self._joints, start)
            end += 2 * bisect_left(self._joints, end)
        ends, pieces, sizes = self._ends, self._pieces, self._sizes
        first, last = bisect_right(ends, start), bisect_left(ends, end)
        begin, finish = sizes[first], sizes[last] + len(pieces[last])
        if self._gaps is None:
            begin, finish = begin + first, finish + last
        # A piece that is no word stands on the tape as it is, letter by letter.
        if self._forms[first] == pieces[first]:
            begin += start - (ends[first - 1] if first else 0)
        if self._forms[last] == pieces[last]:
            finish += end - ends[last]
        return begin, finish

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the source behind a span of the folded text.

        Marks that combine with the last character belong to it, and the last stop of
        U.S. does.
        """
        source = self.source
        first, last = int(self._origin[start]), int(self._origin[end - 1]) + 1
        follows = source[last : last + 1]
        if follows == " ":
            return first, last
        if follows == "." and source[last - 2 : last - 1] == ".":
            return first, last + 1
        while last < len(source) and unicodedata.combining(source[last]):
            last += 1
        return first, last

    @cached_property
    def _ends(self) -> list[int]:
        """Where on the tape each piece ends."""
        return list(accumulate(map(len, self._forms)))

    @cached_property
    def _sizes(self) -> list[int]:
        """How many letters the pieces before each have, with the spaces in it all."""
        if self._gaps is None:
            return list(accumulate(map(len, self._pieces), initial=0))
        sizes = map(add, map(len, self._pieces), self._gaps)
        return list(accumulate(sizes, initial=0))

    def _cut(self, possessive: set[int]) -> None:
        """Cut what is more than a word into its words and what stands between them."""
        folded = self.folded
        pieces: list[str] = []
        forms: list[str] = []
        gaps: list[int] = []
        at = done = seen = 0
        sign = _SIGN.search(folded)
        while sign:
            at += folded.count(" ", seen, sign.start())
            parts = _PIECES.findall(self._pieces[at])
            pieces += [*self._pieces[done:at], *parts]
            forms += [*self._forms[done:at], *map(_bare, parts)]
            gaps += [1] * (at - done) + [0] * (len(parts) - 1) + [1]
            if at in possessive:
                forms[-1] = _word(parts[-1][:-1])
            elif parts[-1] in SEPARABLE_PREFIXES:
                forms[-1] = _FORMS[parts[-1]]
            done = at + 1
            seen = folded.find(" ", sign.start())
            sign = _SIGN.search(folded, seen) if seen >= 0 else None
        self._pieces = pieces + self._pieces[done:]
        self._forms = forms + self._forms[done:]
        self._gaps = gaps + [1] * (len(self._pieces) - len(gaps))

    def _unpossess(self) -> set[int]:
        """Take the s of possessives off where it is not taken for a plural.

        Return the numbers of the pieces that end in one.
        """
        origin, folded, pieces = self._origin, self.folded, self._pieces
        found = set()
        piece = seen = 0
        for place in _possessives(self.source):
            at = bisect_left(origin, place)
            if at >= len(folded) or origin[at] != place:
                continue
            piece, seen = piece + folded.count(" ", seen, at), at
            if folded[at + 1 : at + 2] in {"", " "} and len(pieces[piece]) > 1:
                found.add(piece)
                self._forms[piece] = _word(pieces[piece][:-1])
        return found


def _possessives(source: str) -> list[int]:
    """Return the places of an s after an apostrophe, at the end of a word."""
    found = []
    for mark in _MARKS:
        at = source.find(mark)
        while at >= 0:
            if source[at + 1 : at + 2] in _S and not source[at + 2 : at + 3].isalnum():
                found.append(at + 1)
            at = source.find(mark, at + 1)
    return sorted(found)


def tape(text: str) -> Tape:
    """Return the tape of a text, of any length."""
    return Tape(letters(text))


def wording(folded: str) -> str:
    """Return the tape of a text that is folded already, as the store's keys are."""
    return Tape(Folded(folded, folded, range(len(folded)))).text


def trailing_article(key: str) -> str:
    """Return the article that a key ends in, as Plan A does, or nothing.

    It is not on the tape, so whoever finds the rest must look for it.
    """
    last = key.rpartition(" ")[2]
    return last if last in ARTICLES and last != key else ""
