"""The one way in which XML is parsed here: streaming, and deaf to what it asks for.

A document type declaration is passed over and never fetched; entities are neither
expanded nor loaded; what one element may cost is limited.
"""

import html
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any, BinaryIO, Final, cast

from lxml import etree

from glossary.errors import UnreadableFile
from glossary.formats.record import Limits, TextTooLong
from glossary.formats.xml.prolog import XmlBytes
from glossary.message import N_

XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
#: Above this line libxml2 gives the line of the text inside an element.
_SHORT_LINES: Final = 65_535
_LINE_END: Final = re.compile(r" *[\t\r\n][ \t\r\n]*")
_SPACES: Final = re.compile(r"[ \t\r\n]+")
#: What the parser says at the end of its messages, and we at the beginning.
_PLACE: Final = re.compile(r" ?, line \d+, column \d+$")


def elements(
    stream: BinaryIO,
    names: Collection[str],
    *,
    roots: Collection[str],
    expected: str,
    limits: Limits,
    bodies: bool = False,
) -> Iterator[etree._Element]:
    """Yield every complete element of one of the local names, in any namespace.

    An element is emptied as soon as the next one is asked for. Reading stops at the
    end of the first `body`, if there is one, unless there may be several `bodies`.
    `roots` are the local names that the document's root may have, and `expected` is
    what such a document is called.

    Raise UnreadableFile, naming the line, when the bytes are no well-formed XML, go
    over a limit, define an entity, or have another root and none of the elements.
    """
    source = XmlBytes.of(stream)
    events = etree.iterparse(
        source,
        events=("start", "end"),
        tag=[f"{{*}}{name}" for name in {*names, *roots, "body"}],
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    is_known = is_safe = False
    try:
        for event, element in events:
            name = local(element)
            if not is_safe:
                _refuse_entities(element)
                is_safe = True
            is_known = is_known or name in roots or name in names
            if event == "end" and name == "body" and not bodies:
                break
            if event == "end" and name in names:
                _refuse_depth(element, limits.depth)
                yield element
                _forget(element)
                source.mark()
    except etree.XMLSyntaxError as error:
        raise _malformed(error) from None
    if not is_known:
        raise UnreadableFile(
            N_("Line 1: this XML is not a %(expected)s file; choose the right format."),
            expected=expected,
        )


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements directly inside an element, entity references left out."""
    return (child for child in element if isinstance(child.tag, str))


def language_of_element(element: etree._Element) -> str:
    """Return the language an element is in, said by itself or by what it stands in.

    Return an empty text when nothing says it.
    """
    at: etree._Element | None = element
    while at is not None:
        tag = at.get(XML_LANG) or at.get("lang")
        if tag:
            return tag.strip()
        at = at.getparent()
    return ""


def line_of(element: etree._Element) -> int:
    """Return the line on which an element's start tag stands, from 1."""
    # The stubs say “int or …”; libxml2 gives a number for what it has parsed.
    line = cast("int | None", element.sourceline) or 1
    if line < _SHORT_LINES:
        return line
    at: etree._Element | None = element
    while at is not None and not at.text:
        at = next(children(at), None)
    return line if at is None else line - (at.text or "").count("\n")


def text_of(
    element: etree._Element, limits: Limits, *, without: Collection[str] = ()
) -> str:
    """Return all text in an element, without the elements named in `without`.

    A reference to one of HTML's characters (`&nbsp;`) becomes that character; any
    other stays as it is written. Raise TextTooLong.
    """
    text = "".join(_pieces(element, without)) if len(element) else element.text or ""
    if len(text) > limits.cell:
        raise TextTooLong(line_of(element), local(element), text, limits.cell)
    return text.strip()


def line_in(
    element: etree._Element, limits: Limits, *, without: Collection[str] = ()
) -> str:
    """Return all text in an element as one line, as `text_of` does.

    Line ends, with the spaces around them, become one space; so do spaces around
    what was left out. Other spaces are the author's. Raise TextTooLong.
    """
    text = text_of(element, limits, without=without)
    return (_SPACES if len(element) else _LINE_END).sub(" ", text)


def texts_in(element: etree._Element, name: str) -> Iterator[str]:
    """Yield the texts of the elements of a name, each on one line, whatever it is."""
    for node in element.iter(f"{{*}}{name}"):
        yield " ".join("".join(map(str, node.itertext("*"))).split())


def _pieces(element: etree._Element, without: Collection[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if not isinstance(child.tag, str):
            yield html.unescape(child.text or "")
        elif local(child) not in without:
            yield from _pieces(child, without)
        yield child.tail or ""


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _refuse_entities(element: etree._Element) -> None:
    # The stubs do not know what a DTD lists.
    declared = cast("Any", element.getroottree().docinfo.internalDTD)
    entity = None if declared is None else next(declared.iterentities(), None)
    if entity is not None:
        raise UnreadableFile(
            N_(
                "Before line %(line)s, the document type declaration defines "
                "an entity (“%(name)s”); such files are not read. Remove it "
                "and write the text itself."
            ),
            line=line_of(element),
            name=entity.name,
        )


def _refuse_depth(element: etree._Element, depth: int) -> None:
    if _deeper_than(depth)(element):
        raise UnreadableFile(
            N_(
                "Line %(line)s: elements are nested more than %(most)s "
                "levels deep, as in no glossary; export the file again."
            ),
            line=line_of(element),
            most=depth,
        )


@lru_cache(maxsize=8)
def _deeper_than(depth: int) -> etree.XPath:
    return etree.XPath(f"boolean({'/'.join('*' * depth)})")


def _malformed(error: etree.XMLSyntaxError) -> UnreadableFile:
    return UnreadableFile(
        N_(
            "Line %(line)s: this is not well-formed XML: %(reason)s. The "
            "file may have been cut off or edited by hand; export it again."
        ),
        line=error.lineno or 1,
        reason=_PLACE.sub("", " ".join((error.msg or "?").split())).rstrip("."),
    )
