"""Offsets into a text in the units that callers count in."""

from collections.abc import Callable
from itertools import accumulate
from typing import Final

from glossary.entry import Span

#: Code points (Python), UTF-16 code units (JavaScript, Java, C#), bytes (Rust, Go).
UNITS: Final = ("codepoint", "utf16", "utf8")
#: A text is measured in pieces of so many code points.
_STEP: Final = 128


def measure(text: str, unit: str) -> Callable[[int], int]:
    """Return what turns code point offsets, asked in any order, into a unit.

    The text is measured once; each offset then costs no more than a few characters.

    >>> at = measure("a😀b", "utf16")
    >>> at(2), at(1), measure("a😀b", "utf8")(2)
    (3, 1, 5)
    """
    if unit == UNITS[0] or text.isascii():
        return lambda offset: offset
    codec, size = ("utf-16-le", 2) if unit == "utf16" else ("utf-8", 1)

    def units(start: int, end: int) -> int:
        return len(text[start:end].encode(codec, "surrogatepass")) // size

    steps = (units(at, at + _STEP) for at in range(0, len(text), _STEP))
    marks = list(accumulate(steps, initial=0))

    def converted(offset: int) -> int:
        mark = min(offset // _STEP, len(marks) - 1)
        return marks[mark] + units(mark * _STEP, offset)

    return converted


def placed(span: Span | None, at: Callable[[int], int]) -> Span | None:
    """Return a span with its offsets in the unit that `measure` was asked for."""
    if span is None:
        return None
    return span.but(start=at(span.start), end=at(span.end))
