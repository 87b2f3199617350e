"""The back matter of a TBX file: persons and sources that its entries name by an id.

It stands behind the entries, so a file that has one is walked twice. What an entry
names of it is kept with the entry, and written again behind the entries that name it.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

from lxml import etree

from glossary.errors import UnreadableFile
from glossary.formats.noun import KIND, nested
from glossary.formats.record import (
    Limits,
    Record,
    Remark,
    TextTooLong,
)
from glossary.formats.tbx.item import CODES
from glossary.formats.xml.fragment import Element, Fit, add, group
from glossary.formats.xml.markup import (
    children,
    elements,
    line_of,
    local,
    text_of,
)
from glossary.formats.xml.prolog import XmlBytes
from glossary.message import N_, Message

#: What an object of the back matter says: its section, and items of a kind and a text.
Object = Mapping[str, Any]

_OBJECT: Final = "refObject"
_GROUPS: Final = frozenset({"itemGrp", "itemSet"})
#: A file without either of these refers to nothing.
_CLUES: Final = (b"<back", b"target=")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
#: Ids of entries have capitals and underscores nowhere.
_OURS: Final = re.compile(r"[a-z][a-z0-9-]*")
_UNFIT: Final = re.compile(r"[^A-Za-z0-9._-]")


@dataclass(slots=True)
class Survey:
    """What the entries of a file may refer to by an id.

    `objects` are those of the back matter, `lines` where they stand; `owners` are the
    concepts that hold what has an id.
    """

    objects: dict[str, Object] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    references: set[str] = field(default_factory=set)

    def settle(self, concept: etree._Element, name: str) -> Iterator[Remark]:
        """Have a concept refer to concepts and objects; yield what is left out of it.

        What refers to a part of another concept refers to that concept then.
        """
        for element in concept.iter("*"):
            if element is not concept and (value := element.get("id")):
                yield _left(
                    element, "id", N_("Ids within an entry are left out."), value
                )
            if local(element) in CODES:
                text = "".join(map(str, element.itertext()))
                value = N_("Layout codes are left out.")
                yield _left(element, "inline-code", value, text)
            target = (element.get("target") or "").strip().removeprefix("#")
            if not target or target in self.objects:
                continue
            owner = self.owners.get(target)
            if owner is not None and owner == name:
                del element.attrib["target"]
                value = N_("References within an entry are left out.")
                yield _left(element, "reference", value, target)
            elif owner is not None:
                element.set("target", owner)

    def of(self, concept: etree._Element) -> dict[str, Object]:
        """Return the objects that a concept names, and note that it does."""
        targets = (node.get("target") or "" for node in concept.iter("*"))
        names = dict.fromkeys(t.strip().removeprefix("#") for t in targets)
        objects = {name: self.objects[name] for name in names if name in self.objects}
        self.references.update(objects)
        return objects

    def nouns(self) -> Iterator[Record]:
        """Yield the sources, subjects, issuers and glossaries that we wrote there."""
        for name, value in self.objects.items():
            items = [(item["type"], item["text"]) for item in value["items"]]
            if (KIND in dict(items)) and "id" in dict(items):
                self.references.add(name)
                yield Record(self.lines[name], nested(iter(items)))

    def rest(self) -> Iterator[Remark]:
        """Yield the objects that no concept names: they are left out."""
        for name, value in self.objects.items():
            if name not in self.references:
                message = Message(
                    N_("No entry refers to this item of the back matter.")
                )
                texts = ", ".join(item["text"] for item in value["items"])
                line = self.lines[name]
                whole = f"{name}: {texts}" if texts else name
                yield Remark(line, _OBJECT, "back-matter", message, whole)


def empty_terms(concept: etree._Element) -> Iterator[Remark]:
    """Yield the terms of a concept that have no text, where others have one."""
    terms = list(concept.iter("{*}term"))
    bare = [term for term in terms if not "".join(map(str, term.itertext())).strip()]
    for term in bare if len(bare) < len(terms) else ():
        message = Message(N_("A term without text is left out."))
        yield Remark(line_of(term), "term", "empty-term", message, lost=False)


def survey(
    stream: BinaryIO, concepts: frozenset[str], *, roots: frozenset[str], limits: Limits
) -> Survey:
    """Walk a file for what its entries may refer to; leave the stream where it was.

    A file that cannot be read to its end is surveyed up to there.
    """
    survey_of_file = Survey()
    place = stream.tell()
    try:
        if not _refers(stream):
            return survey_of_file
        stream.seek(place)
        tags = {*concepts, _OBJECT}
        for element in elements(
            stream, tags, roots=roots, expected="TBX", limits=limits, bodies=True
        ):
            if local(element) == _OBJECT:
                _note(survey_of_file, element, limits)
            elif name := element.get("id", "").strip():
                inner = (child.get("id") for child in element.iter("*"))
                names = (i.strip() for i in inner if i)
                survey_of_file.owners.update((i, name) for i in names if i != name)
    except (UnreadableFile, TextTooLong):
        pass
    finally:
        stream.seek(place)
    return survey_of_file


def _refers(stream: BinaryIO) -> bool:
    source, end = XmlBytes.of(stream), b""
    while chunk := source.read():
        source.mark()
        if any(clue in end + chunk for clue in _CLUES):
            return True
        end = chunk[-16:]
    return False


def _note(whole: Survey, element: etree._Element, limits: Limits) -> None:
    name = element.get("id", "").strip()
    parent = element.getparent()
    section = "" if parent is None else parent.get("type", "")
    if name:
        items = [
            {"type": item.get("type", ""), "text": text}
            for item in _items(element)
            if (text := text_of(item, limits))
        ]
        whole.objects[name] = {"section": section, "items": items}
        whole.lines[name] = line_of(element)


def _items(element: etree._Element) -> Iterator[etree._Element]:
    for child in children(element):
        if local(child) in _GROUPS:
            yield from _items(child)
        else:
            yield child


def _left(element: etree._Element, code: str, template: str, value: str) -> Remark:
    return Remark(
        line_of(element), local(element), code, Message(template), value[:500]
    )


class Back:
    """The back matter of a file that is being written."""

    def __init__(self) -> None:
        self._sections: dict[str, dict[str, tuple[Object, Fit]]] = {}
        self._objects: dict[str, Object] = {}

    def put(self, name: str, value: Object, fit: Fit) -> str:
        """Have an object in the file, once; return its id there.

        It is no entry's id, and that of no other object.
        """
        name = _name(name)
        if self._objects.get(name, value) != value:
            name += (
                "." + hashlib.blake2b(repr(value).encode(), digest_size=4).hexdigest()
            )
        if name not in self._objects:
            self._objects[name] = value
            section = str(value.get("section", "")) or "other"
            self._sections.setdefault(section, {})[name] = (value, fit)
        return name

    def elements(self, section: str) -> Iterator[Element]:
        """Yield the sections, which this version of TBX calls `section`."""
        for kind, objects in self._sections.items():
            part = Element("   ", section, type=kind)
            for name, (value, fit) in objects.items():
                element = group(part, _OBJECT, id=name)
                for item in value.get("items") or [{"type": "name", "text": name}]:
                    text = fit(str(item.get("text", "")), "/extra/tbx/back")
                    add(element, "item", text, type=str(item.get("type", "")))
            yield part


#: Gives the target of a reference as it may stand in a file, or None.
Resolve = Callable[[str], str | None]


def _name(name: str) -> str:
    """Return an id as XML has them, and as no entry has one.

    >>> _name("pe-1"), _name("US5001"), _name("3a b")
    ('_pe-1', 'US5001', '_3a_b')
    """
    name = _UNFIT.sub("_", name)
    return name if _NAME.fullmatch(name) and not _OURS.fullmatch(name) else f"_{name}"
