"""OmegaT's glossary text: source TAB target TAB comment, a pair a line, no quotes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO, Final

from glossary.entry import is_draft
from glossary.formats.clue import pieces_of
from glossary.formats.encoding import lines
from glossary.formats.imprint import NAMELESS, Imprint
from glossary.formats.pairs import DEFAULT_SIDES, TARGET, Term, pairs_of, status_of_term
from glossary.formats.record import (
    Drop,
    FileReading,
    Given,
    ReadOptions,
    Record,
    Refused,
)
from glossary.formats.status import DRAFT
from glossary.formats.table.cells import TAKEN_AMISS
from glossary.formats.table.columns import Row
from glossary.formats.table.rows import reading
from glossary.message import N_, Message

#: A comment of ours: draft where it is one, the status, the issuer, the definition.
_OURS: Final = re.compile(
    r"(?:(draft); )?(preferred|admitted)(?:; issuer: ([^;]+))?(?:; (.+))?"
)


def read(stream: BinaryIO, options: ReadOptions) -> FileReading:
    """Read OmegaT's text: lines beginning with `#` are comments, quotes are text.

    Without declared languages the script of the cells tells them. Raise
    UnreadableFile when the file is no text or its languages cannot be told.
    """
    texts = lines(stream, longest=10 * options.limits.cell)
    read = reading(_rows(texts), options)
    return replace(read, records=map(_with_comment, read.records))


def _with_comment(item: Given) -> Given:
    """Take what a comment of ours says; any other stays a note."""
    if not isinstance(item, Record) or len(item.data["terms"]) != 2:
        return item
    match = _OURS.fullmatch(item.data.get("note", ""))
    if match is None:
        return item
    data = {name: value for name, value in item.data.items() if name != "note"}
    draft, status, issuer, definition = match.groups()
    source, target = data["terms"]
    fields = {"status": status, "issuer": issuer}
    target = {**target, **{name: value for name, value in fields.items() if value}}
    data["terms"] = [source, target]
    if draft:
        data["state"] = DRAFT
    if definition:
        data["definition"] = {TARGET: definition}
    return replace(item, data=data)


def _rows(texts: Iterable[str]) -> Iterator[Row | Refused]:
    for line, text in enumerate(texts, start=1):
        if not text.strip() or text.startswith("#"):
            continue
        cells = text.split("\t", 3)
        if len(cells) < 2:
            message = Message(
                N_("Line %(line)s: no TAB separates the term from its translation."),
                line=line,
            )
            texts = pieces_of(text)
            yield Refused(
                line,
                None,
                "too-few-columns",
                message,
                text[:200],
                texts=texts,
                guessed=True,
            )
        else:
            yield Row(line, [*cells, ""][:3] if len(cells) < 4 else cells)


def write(
    entries: Iterable[Mapping[str, Any]],
    stream: BinaryIO,
    drop: Drop,
    sides: tuple[str, str] = DEFAULT_SIDES,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write a line for each usable source term with each usable target one.

    Comments before them say what the file is; that of a line says draft where it is
    one, the status, the issuer and the definition. Tell `drop` of terms that are in no
    pair.
    """
    stream.write(head(imprint))
    stream.writelines(piece(entry, drop, sides) for entry in entries)


def head(imprint: Imprint) -> bytes:
    """Return the comments that say what a file is."""
    return "".join(f"# {line}\n" for line in imprint.lines).encode()


def piece(entry: Mapping[str, Any], drop: Drop, sides: tuple[str, str]) -> bytes:
    """Return the lines of an entry; tell `drop` of its terms that are in no pair."""
    lines = []
    for source, target in pairs_of(entry, drop, sides=sides):
        cells = (source["text"], target["text"], _comment(entry, target))
        lines.append("\t".join(map(_line, cells)) + "\n")
    return "".join(lines).encode()


def _comment(entry: Mapping[str, Any], target: Term) -> str:
    definition = entry.get("definition") or {}
    draft = is_draft(entry.get("state")) and DRAFT
    issuer = target.get("issuer") or ""
    by = f"issuer: {issuer}" if issuer and ";" not in issuer else ""
    comment_parts = (draft, status_of_term(target), by, definition.get(TARGET))
    return "; ".join(part for part in comment_parts if part)


def _line(cell: str) -> str:
    """Return a cell on one line, which looks like no comment and no formula."""
    flat = " ".join(cell.split())
    return f" {flat}" if flat.startswith(TAKEN_AMISS) else flat
