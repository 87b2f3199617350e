"""What a glossary of DeepL is to hold, as its clients send it: pairs as TSV or CSV."""

import csv
import io
from collections.abc import Iterator, Sequence

from glossary import schema
from glossary.curation import Content
from glossary.errors import Invalid
from glossary.message import N_, Message, Problem
from glossary.schema import foreign

_DIRECTION = foreign.DirectionQuery()


def content_of(content: foreign.DictionaryLines) -> Content:
    """Return what a dictionary is to hold; raise Invalid."""
    pairs: dict[str, str] = {}
    for number, row in _rows(content):
        if not any(row):
            continue
        if len(row) < 2 or not all(cell.strip() for cell in row[:2]):
            message = Message(
                N_("Line %(line)s does not hold a source and a target."), line=number
            )
            raise invalid("entries", message)
        if len(row) > 3 and not _is_of(content, row):
            continue
        if row[0].strip() in pairs:
            message = Message(
                N_("Line %(line)s: the source stood before."), line=number
            )
            raise invalid("entries", message)
        pairs[row[0].strip()] = row[1].strip()
    if not pairs:
        raise invalid("entries", Message(N_("This must not be empty.")))
    return Content(content.source, content.target, pairs)


def _rows(content: foreign.DictionaryLines) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a list with their numbers; raise Invalid where it is none."""
    if content.format == "tsv":
        lines = content.entries.splitlines()
        yield from enumerate((line.split("\t") for line in lines), start=1)
        return
    rows = csv.reader(io.StringIO(content.entries, newline=""))
    try:
        yield from enumerate(rows, start=1)
    except csv.Error as error:
        message = Message(
            N_("Line %(line)s cannot be read: %(reason)s."),
            line=rows.line_num,
            reason=error,
        )
        raise invalid("entries", message) from error


def _is_of(content: foreign.DictionaryLines, row: Sequence[str]) -> bool:
    """Say whether a row is of the list's direction, by its third and fourth cell."""
    direction = {"source_lang": row[2], "target_lang": row[3]}
    try:
        return bool(
            schema.load(_DIRECTION, direction) == (content.source, content.target)
        )
    except Invalid:
        return False


def invalid(name: str, detail: Message) -> Invalid:
    """Return what is raised for a field of the body, or the body as a whole."""
    return Invalid([Problem(f"/{name}" if name else "", detail)])
