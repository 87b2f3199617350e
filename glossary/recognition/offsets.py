"""Offsets into a text in the units that callers count in."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from glossary.entry import Match, Span

#: Code points (Python), UTF-16 code units (JavaScript, Java, C#), bytes (Rust, Go).
UNITS: Final = ("codepoint", "utf16", "utf8")


def measure(text: str, unit: str) -> Callable[[int], int]:
    """Return what turns code point offsets, asked in rising order, into a unit.

    >>> at = measure("a😀b", "utf16")
    >>> at(1), at(2), measure("a😀b", "utf8")(2)
    (1, 3, 5)
    """
    if unit == UNITS[0] or text.isascii():
        return lambda offset: offset
    codec, size = ("utf-16-le", 2) if unit == "utf16" else ("utf-8", 1)
    done = [(0, 0)]

    def converted(offset: int) -> int:
        seen, units = done[-1]
        if offset < seen:
            seen, units = 0, 0
        units += len(text[seen:offset].encode(codec, "surrogatepass")) // size
        done[-1] = (offset, units)
        return units

    return converted


def measured(text: str, matches: Iterable[Match], unit: str) -> list[Match]:
    """Return matches with their offsets in a unit."""
    if unit == UNITS[0] or text.isascii():
        return list(matches)
    at = measure(text, unit)
    return [
        match._replace(
            start=at(match.start),
            end=at(match.end),
            parts=tuple((at(start), at(end)) for start, end in match.parts),
        )
        for match in matches
    ]


def placed(text: str, span: Span | None, unit: str) -> Span | None:
    """Return a span with its offsets in a unit."""
    if span is None:
        return None
    at = measure(text, unit)
    return replace(span, start=at(span.start), end=at(span.end))
