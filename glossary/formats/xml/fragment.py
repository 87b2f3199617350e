"""Pieces of XML on their way into a file."""

import re
from collections.abc import Callable
from typing import BinaryIO, Final

from lxml import etree

from glossary.formats.record import Drop, Dropped
from glossary.message import N_, Message

#: What XML 1.0 has no way to write.
_UNFIT: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

#: Makes a text fit for XML, given the pointer that it stands at.
Fit = Callable[[str, str], str]


def fit_for(entry: str, drop: Drop) -> Fit:
    """Make a function that replaces what XML cannot hold, and reports it."""

    def fit(text: str, pointer: str) -> str:
        unfit = _UNFIT.search(text)
        if unfit is None:
            return text
        reason = Message(
            N_("XML cannot hold the character U+%(code)s."),
            code=f"{ord(unfit[0]):04X}",
        )
        sound = _UNFIT.sub(_REPLACEMENT, text)
        drop(Dropped(entry, pointer, reason, sound))
        return sound

    return fit


def add(
    parent: etree._Element, name: str, text: str | None = None, **attributes: str
) -> etree._Element:
    """Put a new element at the end of another, and return it."""
    element = etree.SubElement(parent, name, attributes)
    element.text = text
    return element


def put(stream: BinaryIO, element: etree._Element, *, depth: int) -> None:
    """Write an element, indented as at that depth, with a line end after it."""
    etree.indent(element, space=" ", level=depth)
    stream.write(b" " * depth + etree.tostring(element, encoding="utf-8") + b"\n")
