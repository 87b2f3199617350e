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
from typing import Final

from glossary.fold import Folded, letters
from glossary.inflect import stem
from glossary.language import UNSPACED
from glossary.spelling import AMERICAN, SEPARABLE_PREFIXES

ARTICLES: Final = frozenset({"a", "an", "the"})
#: Stands after a prefix until it is known whether a word follows.
_JOINT: Final = "\x03"
_ONLY_WORDS: Final = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_LETTER: Final = rf"[^\W_{UNSPACED}]"
_PIECES: Final = re.compile(
    rf" |{_LETTER}+(?:\.[0-9]+)*|(?:[{UNSPACED}]|[^\w ]|_)+", re.DOTALL
)
_WORD: Final = re.compile(_LETTER)
_POSSESSIVE: Final = re.compile(r"['’‘ʼ`´＇][sSｓＳ]\b")
#: So many words are remembered; a text of random letters must not fill the memory.
_MOST_WORDS: Final = 200_000


class _Forms(dict[str, str]):
    """What each piece of a folded text becomes on the tape."""

    def __missing__(self, piece: str) -> str:
        if len(self) >= _MOST_WORDS:
            self.clear()
        form = _form(piece)
        self[piece] = form
        return form


def _form(piece: str) -> str:
    if piece in ARTICLES or piece == " ":
        return ""
    if piece in SEPARABLE_PREFIXES:
        return f" {piece}{_JOINT}"
    return _word(piece) if _WORD.match(piece) else piece


def _word(word: str) -> str:
    return f" {stem(AMERICAN.get(word, word))} "


_FORMS: Final = _Forms()


class Tape:
    """The tape of one text. `text` is what is searched."""

    def __init__(self, folded: Folded) -> None:
        self.source = folded.source
        self.folded = folded.text
        self._origin = folded.origin
        self._gap = 0
        if _ONLY_WORDS.fullmatch(folded.text):
            self._gap = 1
            self._pieces = folded.text.split(" ")
            self._forms = list(map(_FORMS.__getitem__, self._pieces))
        else:
            self._pieces = _PIECES.findall(folded.text)
            self._forms = [_FORMS[p] if len(p) < 40 else _form(p) for p in self._pieces]
            self._keep_lone_articles()
        if _POSSESSIVE.search(self.source):
            self._unpossess()
        text = "".join(self._forms)
        if _JOINT in text:
            self._join()
            text = "".join(self._forms)
        self.text = text

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the folded text behind a span of the tape."""
        first, last = bisect_right(self._ends, start), bisect_left(self._ends, end)
        begin, finish = self._starts[first], self._starts[last]
        if self._is_bare(first) and first:
            begin += start - self._ends[first - 1]
        elif self._is_bare(first):
            begin += start
        if self._is_bare(last):
            finish += end - (self._ends[last - 1] if last else 0)
        else:
            finish += len(self._pieces[last])
        return begin, finish

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the source behind a span of the folded text.

        Marks that combine with the last character belong to it, and the last stop of
        U.S. does.
        """
        first, last = self._origin[start], self._origin[end - 1] + 1
        source = self.source
        while last < len(source) and unicodedata.combining(source[last]):
            last += 1
        if source[last : last + 1] == "." and source[last - 2 : last - 1] == ".":
            last += 1
        return int(first), int(last)

    @cached_property
    def _ends(self) -> list[int]:
        """Where on the tape each piece ends."""
        return list(accumulate(map(len, self._forms)))

    @cached_property
    def _starts(self) -> list[int]:
        """Where in the folded text each piece begins."""
        gap = self._gap
        return list(accumulate((len(p) + gap for p in self._pieces), initial=0))

    def _is_bare(self, at: int) -> bool:
        """Say whether a piece stands on the tape as it is, letter by letter."""
        return self._forms[at] == self._pieces[at]

    def _keep_lone_articles(self) -> None:
        """Keep the letter of A股: an article stands before a space."""
        pieces = self._pieces
        for at, piece in enumerate(pieces):
            if piece in ARTICLES and pieces[at + 1 : at + 2] not in ([" "], []):
                self._forms[at] = _word(piece)

    def _unpossess(self) -> None:
        """Take the s of a possessive off where it is not taken for a plural."""
        origin, starts = self._origin, self._starts
        for match in _POSSESSIVE.finditer(self.source):
            at = bisect_left(origin, match.end() - 1)
            piece = bisect_right(starts, at) - 1
            if at >= len(self.folded) or origin[at] != match.end() - 1:
                continue
            word = self._pieces[piece]
            if len(word) > 1 and starts[piece] + len(word) == at + 1:
                self._forms[piece] = _word(word[:-1])

    def _join(self) -> None:
        """Write a prefix and the word after it as one, as if they were written so."""
        pieces, forms = self._pieces, self._forms
        for at, form in enumerate(forms):
            if not form.endswith(_JOINT):
                continue
            after = at + 1 if self._gap else at + 2
            follows = pieces[after][:1] if after < len(pieces) else ""
            apart = not self._gap and pieces[at + 1 : at + 2] != [" "]
            if apart or not ("a" <= follows <= "z") or not forms[after]:
                forms[at] = form[:-1] + " "
            else:
                forms[at], forms[after] = form[:-1], forms[after][1:]


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
