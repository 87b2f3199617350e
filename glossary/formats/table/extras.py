"""What a workbook says beside the values of its cells.

Comments, which rows are hidden, formulas that have no value, and in OpenDocument the
merged cells, which are with the cells elsewhere.
"""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final, TypeAlias

from lxml import etree

from glossary.formats.table.opendocument import CONTENT, Merged, marks_of
from glossary.formats.table.package import column_number

Element: TypeAlias = Any
_WORKBOOK: Final = "xl/workbook.xml"
#: Cells that hold an error, or a formula that no program has worked out yet.
_UNWORKED: Final[Any] = etree.XPath(
    "*[@t='e' or (*[local-name()='f'] and not(@t='str')"
    " and not(string(*[local-name()='v'])))]"
)
_BROKEN: Final = (zipfile.BadZipFile, KeyError, OSError, etree.XMLSyntaxError)


@dataclass(frozen=True, slots=True)
class Extras:
    """What a sheet says beside its cells, by the number of the row.

    `unworked` has the places of cells without a value, with their error or formula.
    """

    notes: Mapping[int, Sequence[str]] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    unworked: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    merged: Sequence[Merged] = ()


def extras_of(stream: BinaryIO, names: Sequence[str]) -> dict[str, Extras]:
    """Return what the sheets of a workbook say beside their cells, by name.

    The package was checked before. What cannot be read is left out: it is no part of
    the table.
    """
    extras = {}
    with zipfile.ZipFile(stream) as package:
        if CONTENT in package.namelist():
            return _of_document(package)
        if _WORKBOOK not in package.namelist():
            return {}
        links = _links(package, _WORKBOOK)
        for sheet in _elements(package, _WORKBOOK, "sheet"):
            name = sheet.get("name", "")
            key = next((v for k, v in sheet.items() if k.endswith("}id")), "")
            if name in names and key in links:
                extras[name] = _of_sheet(package, links[key][1])
    return extras


def _of_document(package: zipfile.ZipFile) -> dict[str, Extras]:
    try:
        return {
            name: Extras(
                marks.notes, frozenset(marks.hidden), marks.unworked, marks.merged
            )
            for name, marks in marks_of(package)
        }
    except _BROKEN:
        return {}


def _of_sheet(package: zipfile.ZipFile, part: str) -> Extras:
    hidden: set[int] = set()
    unworked: dict[int, dict[int, str]] = {}
    for row in _elements(package, part, "row"):
        number = row.get("r", "")[:20]
        if not number.isdecimal():
            continue
        if row.get("hidden") in {"1", "true"}:
            hidden.add(int(number))
        for cell in _UNWORKED(row):
            letters = cell.get("r", "").rstrip("0123456789")
            if letters.isascii() and letters.isalpha():
                at = column_number(letters) - 1
                unworked.setdefault(int(number), {})[at] = _content(cell)
    notes: dict[int, list[str]] = {}
    for kind, target in _links(package, part).values():
        if not kind.endswith("/comments"):
            continue
        for comment in _elements(package, target, "comment"):
            line = "".join(c for c in comment.get("ref", "") if c.isdecimal())
            text = "".join(comment.itertext("{*}t")).strip()
            if line and text:
                notes.setdefault(int(line), []).append(text)
    return Extras(notes, frozenset(hidden), unworked)


def _content(cell: Element) -> str:
    """Return the error that a cell holds, or its formula."""
    value = cell.findtext("{*}v") or ""
    return value or "=" + (cell.findtext("{*}f") or "")


def _links(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part of the package refers to: its kind and its place, by key."""
    folder, name = posixpath.split(part)
    links = {}
    for link in _elements(package, f"{folder}/_rels/{name}.rels", "Relationship"):
        target = link.get("Target", "")
        place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        links[link.get("Id", "")] = (link.get("Type", ""), place)
    return links


def _elements(package: zipfile.ZipFile, part: str, name: str) -> Iterator[Element]:
    """Yield the elements of a name in a part; one is gone when the next one comes."""
    try:
        with package.open(part) as stream:
            for _, element in etree.iterparse(
                stream, tag=f"{{*}}{name}", resolve_entities=False, no_network=True
            ):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except _BROKEN:
        return
