"""The sentences and paragraphs of a text, Chinese or English, as half-open spans."""

import re
from typing import Final, NamedTuple

from glossary import late_pattern
from glossary.entry import Span

#: Ends of sentences: a Chinese stop, or one with a space behind it.
_ENDS: Final = re.compile(
    r"[。！？；]+[”’」』）)】》〉]*|[.!?;]+[\"”’'»)\]]*(?=\s)|\s*\n\s*"
)
#: What stands before a period that ends no sentence: U.S., Mr., No., a list's 1.
_ABBREVIATED: Final = late_pattern(
    r"(?:^|[^\w.])(?:[^\W\d_](?:\.[^\W\d_])*|[Nn]o|[Nn]os|[Mm]rs?|[Mm]s|[Dd]r|[Pp]rof|[Ss]t"
    r"|[Ss]r|[Jj]r|[Gg]en|[Cc]ol|[Ss]en|[Rr]ep|[Gg]ov|[Ll]t|[Aa]rt|[Pp]ara|[Vv]ol|[Vv]s"
    r"|[Ee]tc|[Ii]nc|[Cc]o|[Cc]orp|[Ll]td|[Dd]ept|[Jj]an|[Ff]eb|[Aa]ug|[Ss]ept?|[Oo]ct"
    r"|[Nn]ov|[Dd]ec|\d+)$"
)
#: Characters: no abbreviation with periods is longer (*i.e.*, *U.N.S.C.*).
_LONGEST_ABBREVIATION: Final = 12
_STARTS_LOW: Final = re.compile(r"\s*[a-z]")


class Piece(NamedTuple):
    """A part of a text: half-open, code points."""

    start: int
    end: int

    def moved(self, by: int) -> "Piece":
        """Return the same part of a text that begins so many code points earlier."""
        return Piece(self.start + by, self.end + by)

    def touches(self, other: "Piece | Span") -> bool:
        """Say whether another part of the same text has a code point of this one."""
        return self.start < other.end and other.start < self.end


def paragraphs(text: str) -> list[Piece]:
    """Return the lines of a text that have something in them."""
    pieces = []
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            pieces.append(Piece(at, at + len(line)))
        at += len(line)
    return pieces


def sentences(text: str, start: int, end: int) -> list[Piece]:
    """Return the sentences of a part of a text; they leave nothing out.

    >>> [tuple(p) for p in sentences("At 9 a.m. the U.S. came. He left.", 0, 33)]
    [(0, 24), (24, 33)]
    """
    pieces = []
    begin = start
    for match in _ENDS.finditer(text, start, end):
        stop = match.end()
        if stop <= begin or _goes_on(text, match):
            continue
        if text[begin:stop].strip():
            pieces.append(Piece(begin, stop))
            begin = stop
    if text[begin:end].strip() or not pieces:
        pieces.append(Piece(begin, end))
    else:
        pieces[-1] = Piece(pieces[-1].start, end)
    return pieces


def _goes_on(text: str, mark: re.Match[str]) -> bool:
    """Say whether a sentence goes on behind a period."""
    if mark[0][:1] != ".":
        return False
    before = text[max(mark.start() - _LONGEST_ABBREVIATION, 0) : mark.start()]
    if _ABBREVIATED.search(before):
        return True
    return _STARTS_LOW.match(text[mark.end() : mark.end() + 3]) is not None
