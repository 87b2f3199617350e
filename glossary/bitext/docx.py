"""DOCX: tables with a source and a target in each row, or paragraphs to be paired."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from lxml import etree

from glossary.bitext.segment import Languages, Segment
from glossary.bitext.table import pairs
from glossary.errors import UnreadableFile
from glossary.formats import Limits, elements
from glossary.message import N_

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY: Final = "word/document.xml"


def read_table(
    stream: BinaryIO, languages: Languages, limits: Limits
) -> Iterator[Segment]:
    """Yield the pairs of the tables of a document, row by row.

    Raise UnreadableFile when it is no DOCX, or has no table: then give the translation
    as a second document.
    """
    rows = [
        (number, [_text(cell) for cell in row.iterchildren(f"{_W}tc")])
        for number, row in enumerate(_elements(stream, "tr", limits), start=1)
    ]
    if not rows:
        raise UnreadableFile(
            N_("The document has no table. Give its translation as a second document.")
        )
    return pairs(iter(rows), languages)


def paragraphs(stream: BinaryIO, limits: Limits) -> Iterator[str]:
    """Yield the paragraphs of a document that are not empty; raise UnreadableFile."""
    return filter(None, map(_text, _elements(stream, "p", limits)))


def _elements(stream: BinaryIO, name: str, limits: Limits) -> Iterator[etree._Element]:
    try:
        with zipfile.ZipFile(stream) as package:
            size = package.getinfo(_BODY).file_size
            if size > limits.unpacked_bytes:
                raise UnreadableFile(N_("The document is too large to be unpacked."))
            with package.open(_BODY) as body:
                copied = io.BytesIO(body.read(limits.unpacked_bytes + 1))
        yield from elements(
            copied, {name}, roots={"document"}, expected="Word", limits=limits
        )
    except (zipfile.BadZipFile, zlib.error, LookupError, OSError, EOFError) as error:
        raise UnreadableFile(
            N_("This is not a Word document: %(reason)s."), reason=str(error)[:200]
        ) from None


def _text(element: etree._Element) -> str:
    """Return what is written in a cell or a paragraph; deleted text is left out."""
    texts: list[str] = []
    for node in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}p"):
        if node.tag == f"{_W}t":
            texts.append(node.text or "")
        else:
            texts.append("\t" if node.tag == f"{_W}tab" else "\n")
    return "".join(texts).strip()
