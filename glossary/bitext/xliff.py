"""XLIFF 1.2 and 2: units with a source and a target."""

from collections.abc import Iterator
from typing import BinaryIO, Final

from lxml import etree

from glossary.bitext.segment import Languages, Segment
from glossary.formats import Limits, children, elements, line_in, line_of, local
from glossary.query import Pair
from glossary.text import canonical

#: Codes of a layout in 1.2: neither they nor what stands in them is text.
_CODES: Final = frozenset({"bpt", "ept", "ph", "it"})
_LANGUAGES: Final = (
    ("source-language", "target-language"),
    ("srcLang", "trgLang"),
)


def read(stream: BinaryIO, languages: Languages, limits: Limits) -> Iterator[Segment]:
    """Yield the segments that are to be translated, an empty target as an empty text.

    Raise UnreadableFile when the file is no XLIFF, and TextTooLong.
    """
    names = {"trans-unit", "unit"}
    for unit in elements(
        stream, names, roots={"xliff"}, expected="XLIFF", limits=limits, bodies=True
    ):
        if _attribute(unit, "translate") == "no":
            continue
        tongues = languages.or_else(*_languages(unit))
        if local(unit) == "trans-unit":
            yield _segment(unit, unit.get("id", ""), tongues, limits)
            continue
        for number, part in enumerate(_parts(unit), start=1):
            inner = part.get("id") or str(number)
            yield _segment(part, f"{unit.get('id', '')}/{inner}", tongues, limits)


def _parts(unit: etree._Element) -> Iterator[etree._Element]:
    return (child for child in children(unit) if local(child) == "segment")


def _segment(
    part: etree._Element, name: str, languages: Languages, limits: Limits
) -> Segment:
    texts = {
        local(child): line_in(child, limits, without=_CODES)
        for child in children(part)
        if local(child) in {"source", "target"}
    }
    pair = Pair(name, texts.get("source", ""), texts.get("target", ""))
    return Segment(pair, line_of(part), languages)


def _languages(unit: etree._Element) -> tuple[str | None, str | None]:
    for from_, to in _LANGUAGES:
        source, target = _attribute(unit, from_), _attribute(unit, to)
        if source or target:
            return canonical(source), canonical(target)
    return None, None


def _attribute(element: etree._Element, name: str) -> str:
    """Return what an element or what it stands in says of itself, or nothing."""
    at: etree._Element | None = element
    while at is not None:
        if value := at.get(name):
            return value
        at = at.getparent()
    return ""
