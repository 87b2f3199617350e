"""Dictionaries that GoldenDict, Lingvo and StarDict look words up in.

A DSL file is UTF-16 with a heading of `#` lines, headwords at the margin and bodies
behind a tab (lingvo.helpmax.net/en/troubleshooting/dsl-compiler). A StarDict dictionary
is three files: `.ifo` says what it is, `.idx` has each headword with offset and size of
its article in `.dict` (StarDict's doc/StarDictFileFormat); they are put into one zip.
"""

import html
import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final

from glossary.formats.article import Article, articles_of
from glossary.formats.folder import member
from glossary.formats.imprint import NAMELESS, Imprint
from glossary.formats.pairs import DEFAULT_SIDES
from glossary.formats.record import Drop, Dropped
from glossary.message import N_, Message
from glossary.text import primary

Entries = Iterable[Mapping[str, Any] | str | bytes]
Sides = tuple[str, str]

#: What Lingvo calls the languages; it knows no others of ours.
_LINGVO: Final = {"zh-Hans": "ChinesePRC", "zh-Hant": "ChineseTaiwan", "en": "English"}
#: The headword under which a dictionary says what it is.
_ABOUT: Final = "00-database-info"
_LONGEST: Final = 255
_MARKS: Final = {ord(mark): f"\\{mark}" for mark in "\\[](){}~@#^<>"}


def write_dsl(
    entries: Entries,
    stream: BinaryIO,
    drop: Drop,
    sides: Sides = DEFAULT_SIDES,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write a dictionary in one direction as DSL; tell `drop` of the rest."""
    langs = [_LINGVO.get(side, side) for side in sides]
    title = f"{imprint.title} ({sides[0]} → {sides[1]})".replace('"', "'")
    head = [f'#NAME "{_flat(title)}"']
    head += [f'#INDEX_LANGUAGE "{langs[0]}"', f'#CONTENTS_LANGUAGE "{langs[1]}"']
    stream.write("\ufeff".encode("utf-16-le"))
    lines = [*head, "", _ABOUT, *(f"\t{_plain(line)}" for line in imprint.lines)]
    stream.write(_coded(lines))
    for entry in entries:
        for article in articles_of(entry, drop, sides):
            body = [_plain(line) for line in article.lines]
            stream.write(_coded(["", _plain(article.head), *(f"\t{b}" for b in body)]))


def write_stardict(
    entries: Entries,
    stream: BinaryIO,
    drop: Drop,
    sides: Sides = DEFAULT_SIDES,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write a dictionary in one direction for StarDict, as one zip.

    Tell `drop` of headwords over 255 bytes, which StarDict does not take.
    """
    index: list[tuple[bytes, int, int]] = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        with package.open(member("glossary/glossary.dict"), "w") as bodies:
            at = 0
            for article in _short(entries, drop, sides):
                body = _html(article)
                index.append((article.head.encode(), at, len(body)))
                bodies.write(body)
                at += len(body)
        # StarDict compares without the case of ASCII, then byte by byte.
        index.sort(key=lambda row: (row[0].lower(), row))
        rows = b"".join(w + b"\0" + struct.pack(">II", *n) for w, *n in index)
        lines = {
            "version": "3.0.0",
            "bookname": _flat(f"{imprint.title} ({sides[0]} → {sides[1]})"),
            "wordcount": len(index),
            "idxfilesize": len(rows),
            "sametypesequence": "h",
            "lang": "-".join(map(primary, sides)),
            "date": imprint.date.replace("-", "."),
            "description": "<br>".join(html.escape(line) for line in imprint.lines),
        }
        facts = "".join(f"{name}={value}\n" for name, value in lines.items() if value)
        package.writestr(member("glossary/glossary.idx"), rows)
        ifo = f"StarDict's dict ifo file\n{facts}"
        package.writestr(member("glossary/glossary.ifo"), ifo)


def _short(entries: Entries, drop: Drop, sides: Sides) -> Iterator[Article]:
    for entry in entries:
        for article in articles_of(entry, drop, sides):
            if len(article.head.encode()) <= _LONGEST:
                yield article
                continue
            message = Message(N_("A headword in StarDict may have at most 255 bytes."))
            drop(Dropped(article.entry, "/terms", message, article.head))


def _html(article: Article) -> bytes:
    parts = [f"<i>{html.escape(article.reading)}</i>"] if article.reading else []
    parts += [f"<b>{html.escape(text)}</b>" for text in article.renderings]
    parts += [f"<s>{html.escape(text)}</s>" for text in article.avoid]
    parts += [html.escape(t) for t in (article.definition, article.note) if t]
    parts += ["(draft)"] if article.is_draft else []
    return "<br>".join(parts).encode()


def _coded(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("utf-16-le")


def _plain(text: str) -> str:
    """Return a text on one line in which nothing is taken for a tag of DSL."""
    return _flat(text).translate(_MARKS)


def _flat(text: str) -> str:
    return " ".join(text.split())
