"""The timeline of an entry: a bar for each period, a dot for each document.

Lengths are units of the drawing, whose width is `WIDTH`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from glossary.entry import USABLE, Evidence, Point, Rendering, bounds

#: Units of the picture, which is drawn as wide as its column; and beside its ends.
WIDTH: Final = 560
_MARGIN: Final = 14
#: A scale has at most so many years written under it.
_MOST_TICKS: Final = 7
_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100)


@dataclass(frozen=True, slots=True)
class Dot:
    """A document: where its dot stands, and the document."""

    x: float
    point: Point


@dataclass(frozen=True, slots=True)
class Bar:
    """A rendering: from where to where, whether the ends are known, its dots."""

    rendering: Rendering
    start: float
    end: float
    is_open: bool
    dots: tuple[Dot, ...]

    @property
    def length(self) -> float:
        """The length of the bar, 0 when nothing is known of a period."""
        return round(self.end - self.start, 1)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars from above to below, and the years of the scale with their places."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, float], ...]
    width: int = WIDTH


def timeline(proofs: Evidence) -> Timeline | None:
    """Return the timeline of an entry, or None when no time is known."""
    if proofs.first is None or proofs.last is None:
        return None
    scale = _Scale(proofs.first, proofs.last + 1)
    bars = tuple(scale.bar(rendering) for rendering in proofs.renderings)
    return Timeline(bars, tuple(scale.ticks()))


class _Scale:
    """Turns dates into places, from the first day of a year to that of another."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        self._begin = date(first, 1, 1).toordinal()
        days = 365.25 * (last - first)
        self._unit = (WIDTH - 2 * _MARGIN) / days

    def at(self, day: date) -> float:
        place = _MARGIN + (day.toordinal() - self._begin) * self._unit
        return round(min(place, WIDTH - _MARGIN), 1)

    def bar(self, rendering: Rendering) -> Bar:
        dots = tuple(Dot(self._middle(p.date), p) for p in rendering.points)
        xs = [dot.x for dot in dots]
        start, end = rendering.since, rendering.until
        is_open = not end and rendering.status in USABLE and start is not None
        xs += [self.at(bounds(start)[0])] if start else []
        xs += [self.at(bounds(end)[1])] if end else []
        xs += [float(WIDTH - _MARGIN)] if is_open else []
        return Bar(rendering, min(xs), max(xs), is_open, dots)

    def _middle(self, text: str) -> float:
        """Return the place of a date that may be a whole year."""
        first, last = bounds(text)
        return self.at(date.fromordinal((first.toordinal() + last.toordinal()) // 2))

    def ticks(self) -> Iterator[tuple[int, float]]:
        """Yield round years with their places."""
        span = self.last - self.first
        step = next((s for s in _STEPS if span / s < _MOST_TICKS), _STEPS[-1])
        for year in range(self.first, self.last + 1):
            if year % step == 0:
                yield year, self.at(date(year, 1, 1))
