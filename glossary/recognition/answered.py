"""What the findings of terms have answered already, on both sides of a pair.

What sentences say against each other is looked for in what is left of them: a word in a
term that is rendered is answered with that.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Final

from glossary.entry import Finding
from glossary.recognition.sentences import Piece
from glossary.text import has_han

_BEGIN: Final = attrgetter("start")
_BLANK: Final = " "
#: Characters of a Chinese word.
_WORD: Final = 2
#: What excuses a term whatever stands there excuses nothing else.
_LOOSE: Final = frozenset({"draft", "everyday"})


class Answered:
    """The places of a source that are accused, and those that are rendered."""

    def __init__(self, texts: tuple[str, str], findings: Iterable[Finding]) -> None:
        self._texts = texts
        self._accused: list[Piece] = []
        self._excused: list[Piece] = []
        self._pieces: tuple[list[Piece], list[Piece]] = ([], [])
        self._phrases: tuple[list[Piece], list[Piece]] = ([], [])
        self._rests: dict[tuple[int, Piece, bool], str] = {}
        #: What findings name in the target.
        self._other_places: list[Piece] = []
        for finding in findings:
            source, target = finding.source, finding.target
            if source and not finding.is_right:
                place = Piece(source.start, source.end)
                if not finding.advice:
                    self._accused.append(place)
                elif finding.reason not in _LOOSE:
                    self._excused.append(place)
            elif source and target:
                for side, at in enumerate((source, target)):
                    self._pieces[side].append(Piece(at.start, at.end))
                    if not _is_word(source.text, target.text):
                        self._phrases[side].append(Piece(at.start, at.end))
            is_loose = finding.advice and finding.reason in _LOOSE
            if target and not finding.is_right and not is_loose:
                self._other_places.append(Piece(target.start, target.end))
        ours = self._accused, self._excused, self._other_places
        for places in (*ours, *self._pieces, *self._phrases):
            places.sort()

    def is_accused(self, piece: Piece) -> bool:
        """Say whether a finding names something of a piece of the source."""
        return _touches(self._accused, piece)

    def is_excused(self, piece: Piece) -> bool:
        """Say whether a piece of the source is of a term that need not stand there."""
        return _touches(self._excused, piece)

    def is_named(self, piece: Piece) -> bool:
        """Say whether a finding names something of a piece of the target."""
        return _touches(self._other_places, piece)

    def left(self, side: int, piece: Piece, *, has_words: bool = False) -> str:
        """Return a piece of the source, 0, or the target, 1, without what is rendered.

        That is blank, so that places stay what they are. With `has_words`, single words
        stay: each may be right by itself, and not where another is told from it.
        """
        name = side, piece, has_words
        rest = self._rests.get(name)
        if rest is None:
            places = (self._phrases if has_words else self._pieces)[side]
            rest = self._rests[name] = _without(self._texts[side], piece, places)
        return rest


def _without(text: str, piece: Piece, places: Sequence[Piece]) -> str:
    """Return a piece of a text in which some places are blank."""
    parts: list[str] = []
    at, last = piece
    for start, end in _within(places, piece):
        first, behind = max(start, at), min(end, last)
        if first < behind:
            parts += (text[at:first], _BLANK * (behind - first))
            at = behind
    return "".join((*parts, text[at:last]))


def _is_word(*texts: str) -> bool:
    """Say whether what goes together is one word in each language: 承认, *accepts*."""
    return all(
        len(text) <= _WORD if has_han(text) else " " not in text for text in texts
    )


def _touches(places: Sequence[Piece], piece: Piece) -> bool:
    return any(map(piece.touches, _within(places, piece)))


def _within(places: Sequence[Piece], piece: Piece) -> Sequence[Piece]:
    """Return the sorted places that lie in a piece, or reach into it."""
    first = bisect_left(places, piece.start, key=_BEGIN)
    behind = bisect_left(places, piece.end, key=_BEGIN)
    return places[max(first - 1, 0) : behind]
