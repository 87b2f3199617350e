"""Where in a document a finding stands, as the document's editor counts places."""

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import Final

from lsprotocol import types
from pygls.workspace import TextDocument

from glossary.bitext import Segment
from glossary.entry import Finding
from glossary.recognition import measure

#: A wording of a pair is looked for in so many lines from where the pair begins.
_LINES: Final = 200
_LINE_END: Final = re.compile("\n")
_WORD: Final = re.compile(r"\w+")
_UNITS: Final[dict[object, str]] = {
    types.PositionEncodingKind.Utf8: "utf8",
    types.PositionEncodingKind.Utf16: "utf16",
    types.PositionEncodingKind.Utf32: "codepoint",
}


def _places(text: str, wording: str, begin: int, end: int) -> list[int]:
    """Return where a wording stands in a part of a text."""
    places = []
    at = text.find(wording, begin, end)
    while at >= 0:
        places.append(at)
        at = text.find(wording, at + len(wording), end)
    return places


class Ruler:
    """The places of a document as its editor counts them; it is measured once."""

    def __init__(self, document: TextDocument) -> None:
        self._text = text = document.source
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
        unit = _UNITS.get(document.position_codec.encoding, "utf16")
        self._units = measure(text, unit)
        # Of many findings in one place, the same wording is looked for but once.
        self._find = cache(text.find)
        self._places = cache(_places)

    def range(self, start: int, end: int) -> types.Range:
        """Return a span of code points."""
        return types.Range(self._position(start), self._position(end))

    def wording(self, segment: Segment, finding: Finding) -> types.Range | None:
        """Return where the wording of a finding stands; None where it is not found.

        Of what the translation lacks, the wording is the source's. The file may have it
        in another way: over two lines, or with marks inside.
        """
        span, side = finding.target or finding.source, segment.pair.source
        if span is None or not span.text:
            return None
        begin, end = self._lines(segment.line)
        if finding.target is not None:
            # What is translated stands before its translation.
            begin = max(self._find(side, begin, end) + len(side), begin)
            side = segment.pair.target
        at = self._find(side, begin, end)
        if at >= 0:
            at += span.start
        else:
            number = bisect_left(
                self._places(side, span.text, 0, len(side)), span.start
            )
            places = self._places(self._text, span.text, begin, end)
            if number >= len(places):
                return None
            at = places[number]
        return self.range(at, at + len(span.text))

    def first_word(self, line: int) -> types.Range:
        """Return where the first word of a pair stands that begins in a line."""
        begin, end = self._lines(line)
        word = _WORD.search(self._text, begin, end)
        return self.range(*(word.span() if word else (begin, begin)))

    def _lines(self, line: int) -> tuple[int, int]:
        """Return where the lines begin and end that a pair may have."""
        first = min(max(line - 1, 0), len(self._starts) - 1)
        return self._starts[first], self._start(first + _LINES)

    def _start(self, line: int) -> int:
        """Return where a line begins; behind the last one, where the text ends."""
        return self._starts[line] if line < len(self._starts) else len(self._text)

    def _position(self, at: int) -> types.Position:
        line = bisect_right(self._starts, at) - 1
        units = self._units
        return types.Position(line, units(at) - units(self._starts[line]))
