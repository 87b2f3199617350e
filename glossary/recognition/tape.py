"""A text as the automaton reads it, and the way back to the text as it is written.

Each English word becomes one symbol (see `symbol`), so that a phrase can only
be found where its words begin and end. Han characters and signs stand as they are, next
to each other: between them a phrase may begin anywhere. The same is done to a term, so
that the term is found where its tape is part of the text's tape.

    >>> tape("Establishing the New Model").text == tape("establish new models").text
    True
    >>> len(tape("Establishing the New Model").text), len(tape("构建G20新型").text)
    (3, 5)

A text is cut into chunks whose symbols do not depend on what stands around: at its
spaces, or, where it has few, at the borders of its runs of Han characters. What such a
chunk says is found out only once in a process's life, so that most of a text is not
looked at letter by letter.
"""

import re
import unicodedata
from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Final

from glossary.recognition.symbol import Read, read
from glossary.text import has_han, simplified

Spans = Sequence[tuple[int, int]]
#: Stands behind a prefix that is one word with what follows it in the text.
_OPEN: Final = "\x03"
#: Stands for a chunk with Han in it, which must be read with those beside it.
_UNCLEAR: Final = "\x04"
_MARKS: Final = (_OPEN, _UNCLEAR)
_HAN_RUN: Final = re.compile("([\u4e00-\u9fff]+)")
#: A Han character, whichever: what it stands for is what Han does to its neighbours.
_HAN: Final = "\u4e00"
#: So many chunks are remembered; a text of random letters must not fill the memory.
_MOST_CHUNKS: Final = 200_000
#: So many are with their spans, a kilobyte each.
_MOST_SPANS: Final = 8_192
#: Texts with longer chunks than this have too few spaces to be cut at them.
_LONG: Final = 40


class Tape(ABC):
    """The tape of a text. `text` is what is searched."""

    source: str
    text: str
    _chunks: list[str]
    _symbols: list[str]
    #: Characters between two chunks.
    _gap: int

    @abstractmethod
    def _spans(self, chunk: int) -> Spans:
        """Return the spans of a chunk that its symbols stand for."""

    @abstractmethod
    def _is_run(self, chunk: int) -> bool:
        """Say whether each character of a chunk stands for itself."""

    @cached_property
    def _places(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Where each chunk begins: on the tape, and in the source but for the gaps."""
        starts = tuple(accumulate(map(len, self._symbols), initial=0))
        return starts, tuple(accumulate(map(len, self._chunks), initial=0))

    def source_spans(self, places: Iterable[tuple[int, ...]]) -> list[tuple[int, int]]:
        """Return the half-open spans of the source behind spans of the tape.

        Marks that combine with the last character belong to it, and the last stop of
        U.S. does. Of each place, only the first two numbers count.
        """
        gap, inner, source = self._gap, self._spans, self.source
        starts, begins = self._places
        spans = []
        for place in places:
            start, end = place[0], place[1]
            i = bisect_right(starts, start) - 1
            k = i if end <= starts[i + 1] else bisect_left(starts, end) - 1
            if i == k and self._is_run(i):
                begin = begins[i] + start - starts[i]
                finish = begin + end - start
            else:
                begin = begins[i] + i * gap + inner(i)[start - starts[i]][0]
                finish = begins[k] + k * gap + inner(k)[end - 1 - starts[k]][1]
            follows = source[finish : finish + 1]
            if follows == "." and source[finish - 2 : finish - 1] == ".":
                finish += 1
            elif not follows.isascii():
                while follows and unicodedata.combining(follows):
                    finish += 1
                    follows = source[finish : finish + 1]
            spans.append((begin, finish))
        return spans


class _ChunkTapes(dict[str, str]):
    """The tapes of chunks between spaces; those with Han in them are not clear."""

    def __missing__(self, chunk: str) -> str:
        symbols_read = read(chunk)
        if has_han(symbols_read.symbols):
            return _UNCLEAR
        symbols = (
            f"{symbols_read.symbols}{_OPEN}"
            if symbols_read.ends_open
            else symbols_read.symbols
        )
        if len(chunk) < _LONG:
            if len(self) >= _MOST_CHUNKS:
                self.clear()
            self[chunk] = symbols
        return symbols


_KNOWN: Final = _ChunkTapes()


class _Spaced(Tape):
    """The tape of a text that is cut at its spaces."""

    _gap = 1

    def __init__(self, source: str) -> None:
        self.source = source
        self._long: dict[int, Spans] = {}
        self._chunks = source.split(" ")
        self._symbols = list(map(_KNOWN.__getitem__, self._chunks))
        text = "".join(self._symbols)
        if _OPEN in text or _UNCLEAR in text:
            self._join()
            text = "".join(self._symbols)
        self.text = text

    def _spans(self, chunk: int) -> Spans:
        text = self._chunks[chunk]
        if len(text) < _LONG:
            return _spans_known(text)
        if chunk not in self._long:
            self._long[chunk] = _spans(text)
        return self._long[chunk]

    def _is_run(self, chunk: int) -> bool:  # noqa: ARG002 - the other tape's matter.
        return False

    def _join(self) -> None:
        """Make one chunk of an open prefix and what follows, and of Han and its likes.

        Beside Han a space is none, so that words there are told in another way.
        """
        groups: list[tuple[int, int]] = []
        for i, symbols in enumerate(self._symbols):
            if symbols[-1:] in _MARKS:
                first = self._next(i, -1) if symbols == _UNCLEAR else i
                if groups and first < groups[-1][1]:
                    first = groups.pop()[0]
                groups.append((first, self._next(i, 1) + 1))
        chunks: list[str] = []
        pieces: list[str] = []
        end_before = 0
        for first, end in groups:
            runs = _Runs(" ".join(self._chunks[first:end]))
            chunks += [*self._chunks[end_before:first], runs.source]
            pieces += [*self._symbols[end_before:first], runs.text]
            end_before = end
        self._chunks = chunks + self._chunks[end_before:]
        self._symbols = pieces + self._symbols[end_before:]

    def _next(self, chunk: int, step: int) -> int:
        """Return the next chunk that says anything, or the last in that direction."""
        last = len(self._chunks) - 1 if step > 0 else 0
        while chunk != last:
            chunk += step
            if self._symbols[chunk]:
                break
        return chunk


class _Each(Sequence[tuple[int, int]]):
    """The spans of characters that stand for themselves."""

    def __getitem__(self, at: int) -> tuple[int, int]:  # type: ignore[override]
        return at, at + 1

    def __len__(self) -> int:
        raise NotImplementedError


_EACH: Final = _Each()


class _Runs(Tape):
    """The tape of a text that is cut at the borders of its runs of Han characters.

    Every second chunk is such a run, and the others have Han on either side.
    """

    _gap = 0

    def __init__(self, source: str) -> None:
        self.source = source
        #: What long chunks say, which is remembered for the time of this tape only.
        self._long: dict[int, Read] = {}
        self._chunks = chunks = _HAN_RUN.split(source)
        self._symbols = symbols = chunks.copy()
        symbols[2:-1:2] = map(_BETWEEN.__getitem__, chunks[2:-1:2])
        begin, end = self._read(0), self._read(len(chunks) - 1)
        symbols[0], symbols[-1] = begin.symbols, end.symbols
        self.text = simplified("".join(symbols))

    def _is_run(self, chunk: int) -> bool:
        return chunk % 2 == 1

    def _spans(self, chunk: int) -> Spans:
        return _EACH if chunk % 2 else self._read(chunk).spans

    def _read(self, chunk: int) -> Read:
        """Return what a chunk says that is no run."""
        before = _HAN if chunk else ""
        behind = _HAN if chunk < len(self._chunks) - 1 else ""
        text = self._chunks[chunk]
        if len(text) < _LONG:
            return _beside_known(text, before, behind)
        if chunk not in self._long:
            self._long[chunk] = _beside(text, before, behind)
        return self._long[chunk]


class _Between(dict[str, str]):
    """The tapes of chunks between runs of Han characters."""

    def __missing__(self, chunk: str) -> str:
        if len(chunk) >= _LONG:
            return _beside(chunk, _HAN, _HAN).symbols
        symbols = _beside_known(chunk, _HAN, _HAN).symbols
        if len(self) >= _MOST_CHUNKS:
            self.clear()
        self[chunk] = symbols
        return symbols


_BETWEEN: Final = _Between()


def _beside(chunk: str, before: str, behind: str) -> Read:
    """Return what a chunk says between others, without them."""
    symbols_read = read(before + chunk + behind)
    own = slice(len(before), len(symbols_read.symbols) - len(behind))
    spans = [(a - len(before), b - len(before)) for a, b in symbols_read.spans[own]]
    return Read(symbols_read.symbols[own], tuple(spans), symbols_read.ends_open)


_beside_known = lru_cache(maxsize=_MOST_SPANS)(_beside)


def _spans(chunk: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of a chunk between spaces that its symbols stand for."""
    runs = _Runs(chunk)
    return tuple(runs.source_spans((i, i + 1) for i in range(len(runs.text))))


_spans_known = lru_cache(maxsize=_MOST_SPANS)(_spans)


def tape(text: str) -> Tape:
    """Return the tape of a text, of any length."""
    is_spaced = text.count(" ") * _LONG >= len(text) - _LONG
    return _Spaced(text) if is_spaced else _Runs(text)
