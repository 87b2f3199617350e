"""Which format a file is in, told by its first bytes and never by its name."""

import re
from typing import TYPE_CHECKING, Final

from glossary import late
from glossary.errors import GlossaryError
from glossary.formats.encoding import head_text

if TYPE_CHECKING:
    from glossary.formats import cedict
    from glossary.formats.table import delimited
else:
    cedict = late("glossary.formats.cedict")
    delimited = late("glossary.formats.table.delimited")

#: So much of a file is enough to tell.
HEAD: Final = 1 << 16
_ROOT: Final = re.compile(
    r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)"
)
_PROLOG: Final = re.compile(r"<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ROOTS: Final = {
    "tbx": "tbx3",
    "martif": "tbx2",
    "mtf": "multiterm",
    "tmx": "tmx",
    "rdf": "skos",
}
_MARKS: Final = {b"%PDF": "pdf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "xls"}
_CODING: Final = re.compile(r"#.*coding[:=]")
#: Says that JSON is JSON-LD.
_LINKED: Final = re.compile(r'"@(?:context|graph|id)"\s*:')
_TURTLE: Final = re.compile(r"(?:@prefix|@base|prefix|base)\s+\S", re.IGNORECASE)
_PO: Final = re.compile(r'^(?:msgid|msgctxt)\s+"', re.MULTILINE)


def sniff(head: bytes) -> str | None:
    """Return the name of the format that a file's first 64 KiB are in, or None.

    The names are csv tsv xlsx xls ods tbx3 tbx2 multiterm tmx ndjson omegat utx cedict
    po skos and pdf, which nothing reads.
    """
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return name
    if head.startswith(b"PK"):
        return _zipped(head)
    text = head_text(head[:HEAD]).lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return _marked_up(text)
    if text.startswith(("{", "[")) and not text.startswith("[["):
        return "skos" if _LINKED.search(text) else "ndjson"
    if "\0" in text or not text:
        return None
    return "skos" if _TURTLE.match(text) and "<" in text[:2000] else _plain(text)


def _zipped(head: bytes) -> str | None:
    if b"opendocument.spreadsheet" in head[:200]:
        return "ods"
    if b"xl/" in head or b"[Content_Types].xml" in head:
        return "xlsx"
    return None


def _marked_up(text: str) -> str | None:
    match = _ROOT.search(_PROLOG.sub("", text))
    return _ROOTS.get(match[1].casefold()) if match else None


def _plain(text: str) -> str | None:
    if text[:4].casefold() == "#utx":
        return "utx"
    lines = re.split(r"\r\n|\r|\n", text)
    if _CODING.match(lines[0]):
        return "omegat"
    if _PO.search(text):
        return "po"
    texts = [line for line in lines[:-1] or lines if line and not line.startswith("#")]
    if texts and cedict.LINE.fullmatch(texts[0]):
        return "cedict"
    try:
        return "tsv" if delimited.delimiter_of(lines[:200], {}) == "\t" else "csv"
    except GlossaryError:
        return None
