"""Pieces of XML on their way into a file: lines that are made once and never again.

A tree of a library is walked twice, to be indented and to be written, and costs three
times as much as the texts that it holds.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import BinaryIO, Final

from glossary.formats.record import Drop, Dropped
from glossary.message import N_, Message

#: What XML 1.0 has no way to write.
_UNFIT: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
#: The attribute that says in which language an element is.
LANG: Final = "xml:lang"
#: What an attribute keeps only when it is written as a reference.
_REFERENCES: Final = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
_REFERRED: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", **_REFERENCES}
)

#: Makes a text fit for XML, given the pointer that it stands at.
Fit = Callable[[str, str], str]


class Element:
    """An element that holds others, behind a margin; each stands on lines of its own.

    `parts` are the lines of those that are whole, and those that may still get some;
    before each of them stands `indent`.
    """

    __slots__ = ("_end", "indent", "parts")

    def __init__(self, margin: str, name: str, **attributes: str) -> None:
        self.indent = f"{margin} "
        self.parts: list[str | Element] = [f"{margin}{_begin(name, **attributes)}>"]
        self._end = f"{margin}</{name}>"

    def lines(self, into: list[str]) -> None:
        """Put all lines of it behind some others."""
        for part in self.parts:
            if isinstance(part, str):
                into.append(part)
            else:
                part.lines(into)
        into.append(self._end)


def fit_for(entry: str, drop: Drop) -> Fit:
    """Make a function that replaces what XML cannot hold, and reports it."""

    def fit(text: str, pointer: str) -> str:
        # What can be printed fits, and that is known in no time.
        unfit = None if text.isprintable() else _UNFIT.search(text)
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


def group(parent: Element, name: str, **attributes: str) -> Element:
    """Put a new element at the end of another, which is to hold some; return it."""
    element = Element(parent.indent, name, **attributes)
    parent.parts.append(element)
    return element


def add(parent: Element, name: str, text: str | None, **attributes: str) -> None:
    """Put a new element at the end of another, with a text, or with none at all."""
    end = "/>" if text is None else f">{_escaped(text)}</{name}>"
    parent.parts.append(f"{parent.indent}{_begin(name, **attributes)}{end}")


def wrap(
    parent: Element, wrapper: str, name: str, text: str, **attributes: str
) -> None:
    """Put a new element, which holds one with a text, at the end of another."""
    indent = parent.indent
    parent.parts.append(
        f"{indent}<{wrapper}>\n{indent} {_begin(name, **attributes)}>"
        f"{_escaped(text)}</{name}>\n{indent}</{wrapper}>"
    )


def put(stream: BinaryIO, element: Element) -> None:
    """Write an element, with a line end after each of its lines."""
    lines: list[str] = []
    element.lines(lines)
    lines.append("")
    stream.write("\n".join(lines).encode())


@lru_cache(maxsize=512)
def _begin(name: str, **attributes: str) -> str:
    """Return a start tag without its last character; few of them are not the same."""
    texts = (
        f' {key}="{_UNFIT.sub(_REPLACEMENT, text).translate(_REFERRED)}"'
        for key, text in attributes.items()
    )
    return f"<{name}{''.join(texts)}"


def _escaped(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text.replace("\r", "&#13;") if "\r" in text else text
