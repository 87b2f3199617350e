"""What an OpenDocument spreadsheet says beside the values of its cells.

Comments, hidden rows, merged cells, errors, and formulas that have no value.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from lxml import etree

Element: TypeAlias = Any
CONTENT: Final = "content.xml"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_HIDDEN: Final = frozenset({"collapse", "filter"})

#: From the first cell to the last one, both by row and column from 0.
Merged: TypeAlias = tuple[tuple[int, int], tuple[int, int]]


@dataclass(slots=True)
class Marks:
    """What a sheet says beside its cells, by the number of the row."""

    notes: dict[int, list[str]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    unworked: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)


def marks_of(package: zipfile.ZipFile) -> Iterator[tuple[str, Marks]]:
    """Yield the sheets of a package by their names, with what they say beside cells."""
    marks, line = Marks(), 1
    with package.open(CONTENT) as stream:
        for event, element in etree.iterparse(
            stream,
            events=("start", "end"),
            tag=(f"{_TABLE}table", f"{_TABLE}table-row"),
            resolve_entities=False,
            no_network=True,
            huge_tree=True,
        ):
            is_row = element.tag == f"{_TABLE}table-row"
            if event == "start":
                if not is_row:
                    marks, line = Marks(), 1
            elif is_row:
                _look(element, line, marks)
                line += _number(element, "number-rows-repeated")
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            else:
                yield element.get(f"{_TABLE}name", ""), marks


def _look(row: Element, line: int, marks: Marks) -> None:
    """Note what the cells of a row say; a blank row that is hidden says nothing."""
    at = 0
    for cell in row.iterchildren(*_CELLS):
        for comment in cell.iterchildren(f"{_OFFICE}annotation"):
            text = "\n".join(_texts(comment)).strip()
            if text:
                marks.notes.setdefault(line, []).append(text)
        if (content := _unworked(cell)) is not None:
            marks.unworked.setdefault(line, {})[at] = content
        down = _number(cell, "number-rows-spanned") - 1
        right = _number(cell, "number-columns-spanned") - 1
        if down or right:
            marks.merged.append(((line - 1, at), (line - 1 + down, at + right)))
        at += _number(cell, "number-columns-repeated")
    if row.get(f"{_TABLE}visibility") in _HIDDEN:
        some = range(min(_number(row, "number-rows-repeated"), _MOST_ALIKE))
        marks.hidden.update(line + further for further in some)


#: So many rows in one element are looked at; more are the rest of an empty sheet.
_MOST_ALIKE: Final = 10_000


def _unworked(cell: Element) -> str | None:
    """Return the error that a cell holds, or its formula where it has no value."""
    if cell.get(f"{_CALC}value-type") == "error":
        return " ".join(_texts(cell)) or "#VALUE!"
    formula: str = cell.get(f"{_TABLE}formula", "")
    if formula and f"{_OFFICE}value-type" not in cell.attrib and not _texts(cell):
        return "=" + formula.partition("=")[2]
    return None


def _texts(element: Element) -> list[str]:
    """Return the paragraphs that stand in an element itself."""
    return ["".join(p.itertext()) for p in element.iterchildren("{*}p")]


def _number(element: Element, name: str) -> int:
    value = element.get(f"{_TABLE}{name}", "")
    return max(int(value), 1) if value.isdecimal() and len(value) < 8 else 1
