"""TMX: translation units with a segment in each of two languages."""

from collections.abc import Iterator
from typing import BinaryIO, Final

from lxml import etree

from glossary.bitext.segment import Languages, Segment
from glossary.formats import (
    Limits,
    children,
    elements,
    language_of_element,
    line_in,
    line_of,
    local,
)
from glossary.query import Pair
from glossary.text import canonical, primary

_CODES: Final = frozenset({"bpt", "ept", "ph", "it", "ut"})


def read(stream: BinaryIO, languages: Languages, limits: Limits) -> Iterator[Segment]:
    """Yield the units that have the source language; another segment is the target.

    Raise UnreadableFile when the file is no TMX, and TextTooLong.
    """
    names = {"header", "tu"}
    number = 0
    for element in elements(
        stream, names, roots={"tmx"}, expected="TMX", limits=limits
    ):
        if local(element) == "header":
            srclang = canonical(element.get("srclang", "").replace("*all*", ""))
            languages = languages.or_else(srclang, None)
            continue
        number += 1
        texts = {
            canonical(language_of_element(variant)) or "": line_in(
                segment, limits, without=_CODES
            )
            for variant in children(element)
            if local(variant) == "tuv"
            for segment in children(variant)
            if local(segment) == "seg"
        }
        yield from _segment(element, number, texts, languages)


def _segment(
    unit: etree._Element, number: int, texts: dict[str, str], languages: Languages
) -> Iterator[Segment]:
    from_ = _of(texts, languages.from_) or next(iter(texts), None)
    if from_ is None:
        return
    others = {tag: text for tag, text in texts.items() if tag != from_}
    to = _of(others, languages.to) or next(iter(others), None)
    pair = Pair(unit.get("tuid") or str(number), texts[from_], texts[to] if to else "")
    yield Segment(pair, line_of(unit), Languages(from_ or None, to or None))


def _of(texts: dict[str, str], lang: str | None) -> str | None:
    """Return the tag among these that is of a language, the same script first."""
    if lang is None:
        return None
    if lang in texts:
        return lang
    return next((tag for tag in texts if primary(tag) == primary(lang)), None)
