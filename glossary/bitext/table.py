"""Tables with a source and a target in each row, and plain texts."""

import csv
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO, Final, Protocol

import python_calamine

from glossary.bitext.segment import Languages, Segment
from glossary.errors import UnreadableFile
from glossary.formats import (
    Limits,
    delimiter_of,
    lines,
    meaning,
    must_be_a_package,
    unguarded,
)
from glossary.message import N_
from glossary.query import Pair
from glossary.text import has_han, primary

#: Rows that tell which column has which language.
_SAMPLE: Final = 20
Row = tuple[int, Sequence[str]]


class _Reader(Protocol):
    """What `csv.reader` makes."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]:
        """Iterate over rows."""


def read_text(
    stream: BinaryIO, languages: Languages, limits: Limits
) -> Iterator[Segment]:
    """Yield the pairs of CSV, TSV and the like; raise UnreadableFile."""
    every = lines(stream, longest=limits.cell * 10)
    first = list(islice(every, _SAMPLE))
    delimiter = delimiter_of(first, {})
    reader = csv.reader(
        (f"{line}\n" for line in chain(first, every)), delimiter=delimiter
    )
    return pairs(_numbered(reader), languages)


def _numbered(reader: _Reader) -> Iterator[Row]:
    began = 1
    try:
        for row in reader:
            yield began, [unguarded(cell) for cell in row]
            began = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(
            N_("Line %(line)s: %(reason)s."), line=began, reason=error
        ) from None


def read_sheet(
    stream: BinaryIO, languages: Languages, limits: Limits
) -> Iterator[Segment]:
    """Yield the pairs of every sheet of a workbook; raise UnreadableFile."""
    must_be_a_package(stream, limits)
    stream.seek(0)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(stream)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableFile(
            N_("The workbook cannot be opened: %(reason)s. Save it again as XLSX."),
            reason=str(error)[:200],
        ) from None
    for name in book.sheet_names:
        rows = enumerate(book.get_sheet_by_name(name).to_python(), start=1)
        yield from pairs(
            ((number, [str(cell).strip() for cell in row]) for number, row in rows),
            languages,
        )


def paragraphs(stream: BinaryIO, limits: Limits) -> Iterator[str]:
    """Yield the lines of a plain text that are not empty."""
    return filter(None, map(str.strip, lines(stream, longest=limits.cell)))


def pairs(rows: Iterator[Row], languages: Languages) -> Iterator[Segment]:
    """Yield the pairs of a table; its headings or its scripts say what is what."""
    sample = list(islice(rows, _SAMPLE))
    columns = _headed(sample[0][1], languages) if sample else None
    begin = 1 if columns else 0
    columns = columns or _guess_columns([row for _, row in sample], languages)
    if columns is None:
        return
    source, target, tongues = columns
    for number, row in chain(sample[begin:], rows):
        texts = [row[at].strip() if at < len(row) else "" for at in (source, target)]
        if any(texts):
            yield Segment(Pair(str(number), *texts), number, tongues)


def _headed(
    headings: Sequence[str], languages: Languages
) -> tuple[int, int, Languages] | None:
    """Return the columns that the headings name, or None when they do not."""
    sides: dict[str, int] = {}
    tongues: dict[str, int] = {}
    for at, heading in enumerate(headings):
        column = meaning(heading.strip().lstrip("\ufeff"))
        if column is None:
            continue
        if column.field in {"source", "target"}:
            sides.setdefault(column.field, at)
        elif column.field == "term" and column.lang:
            tongues.setdefault(column.lang, at)
    if len(sides) == 2:
        return sides["source"], sides["target"], languages
    if len(tongues) < 2:
        return None
    tags = list(tongues)
    if languages.from_ and primary(languages.from_) != primary(tags[0]):
        tags.reverse()
    tongues_both = languages.or_else(tags[0], tags[1])
    return tongues[tags[0]], tongues[tags[1]], tongues_both


def _guess_columns(
    rows: Sequence[Sequence[str]], languages: Languages
) -> tuple[int, int, Languages] | None:
    """Return two columns of different scripts, else the first two with text."""
    width = max(map(len, rows), default=0)
    texts = ["".join(row[at] for row in rows if at < len(row)) for at in range(width)]
    filled = [at for at, text in enumerate(texts) if any(map(str.isalpha, text))]
    if len(filled) < 2:
        return None
    source = filled[0]
    han = has_han(texts[source])
    target = next((at for at in filled[1:] if has_han(texts[at]) != han), filled[1])
    if languages.from_ and (primary(languages.from_) == "zh") != han:
        source, target = target, source
    return source, target, languages
