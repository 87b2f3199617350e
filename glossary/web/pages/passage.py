"""A text with places marked in it, as nested pieces that a page can show."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text, code points, and what is said of it there.

    `name` leads to it, `kind` is how it looks, `title` what a pointer over it shows.
    """

    start: int
    end: int
    name: str
    kind: str
    title: str


@dataclass(slots=True)
class MarkedPiece:
    """A marked piece with text and further pieces in it; unmarked without a place."""

    place: Place | None
    inside: "list[str | MarkedPiece]" = field(default_factory=list)


def paragraphs(text: str, places: Iterable[Place]) -> list[MarkedPiece]:
    """Return the lines of a text, each with its marked pieces.

    Marks nest; one that begins in another and ends outside of it is left out, as is
    one that runs over the end of a line.
    """
    waiting = sorted(places, key=lambda p: (-p.start, p.end))
    segments = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        own = []
        while waiting and waiting[-1].start < end:
            place = waiting.pop()
            if start <= place.start < place.end <= end:
                own.append(place)
        segments.append(_nested(text, start, end, own))
        start = end + 1
    return segments


def _nested(text: str, start: int, end: int, places: list[Place]) -> MarkedPiece:
    """Return one line; its places come by their starts, the longer ones first."""
    line = MarkedPiece(None)
    open_: list[tuple[int, MarkedPiece]] = [(end, line)]
    at = start
    for place in places:
        while open_[-1][0] <= place.start:
            at = _close(text, at, open_)
        if place.end > open_[-1][0]:
            continue
        _, outer = open_[-1]
        if at < place.start:
            outer.inside.append(text[at : place.start])
        piece = MarkedPiece(place)
        outer.inside.append(piece)
        open_.append((place.end, piece))
        at = place.start
    while open_:
        at = _close(text, at, open_)
    return line


def _close(text: str, at: int, open_: list[tuple[int, MarkedPiece]]) -> int:
    """Close the innermost piece with the text up to its end; return that end."""
    end, piece = open_.pop()
    if at < end:
        piece.inside.append(text[at:end])
    return end
