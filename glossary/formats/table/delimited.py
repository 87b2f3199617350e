"""CSV and TSV: a table as text."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, BinaryIO, Final

from glossary.errors import UnreadableFile
from glossary.formats.clue import pieces_of
from glossary.formats.encoding import lines as lines_of
from glossary.formats.imprint import NAMELESS, Imprint
from glossary.formats.record import Drop, FileReading, Limits, ReadOptions, Refused
from glossary.formats.table import wide
from glossary.formats.table.cells import guarded_rows, unguarded
from glossary.formats.table.columns import SAMPLE, Row
from glossary.formats.table.heads import is_heading
from glossary.formats.table.rows import reading
from glossary.formats.table.termrows import table_of, with_imprint
from glossary.message import N_, Message

_SEPARATOR: Final = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
#: A row may be as long as so many of its longest cells.
_CELLS_IN_A_ROW: Final = 10
#: So many rows are written at once.
_ROWS_AT_ONCE: Final = 200


def read(stream: BinaryIO, options: ReadOptions) -> FileReading:
    """Read CSV or TSV, whatever separates its cells.

    Return the columns' meanings and the records. Raise UnreadableFile when the file is
    no text, no table, or its columns cannot be told.
    """
    longest = options.limits.cell * _CELLS_IN_A_ROW
    lines = lines_of(stream, longest=longest)
    first = list(_first(lines, longest))
    if first and (match := _SEPARATOR.fullmatch(first[0])):
        delimiter = match[1]
        first[0] = ""
    else:
        delimiter = delimiter_of(first, options.mapping)
    rows = _rows(chain(first, lines), delimiter, options.limits)
    return reading(_unguarded(rows), options)


def _first(lines: Iterator[str], most: int) -> Iterator[str]:
    """Yield the first lines, no more than so many characters of them in all."""
    for line in islice(lines, SAMPLE):
        yield line
        most -= len(line)
        if most < 0:
            return


def _unguarded(rows: Iterator[Row | Refused]) -> Iterator[Row | Refused]:
    for row in rows:
        if isinstance(row, Refused):
            yield row
        else:
            yield row._replace(cells=[unguarded(cell) for cell in row.cells])


def delimiter_of(sample: Sequence[str], mapping: Mapping[str, str]) -> str:
    """Return what separates the cells of a table, by vote of its first lines.

    The separator that makes the first line a heading wins; then the one by which most
    lines have the same number of cells, of TAB, `;`, `,` and `|` the first. Raise
    UnreadableFile when there is none, as in prose.
    """
    best, share = "", 0.0
    full = [line for line in sample if line.strip() and not line.startswith("##")]
    if not full:
        return ","
    # A comment has as many cells as it likes.
    lines_read = [line for line in full if not line.startswith("#")] or full
    for delimiter in "\t;,|":
        heads, rows = _parsed(full, delimiter), _parsed(lines_read, delimiter)
        counts = Counter(len(row) for row in rows if row)
        if not counts:
            continue
        if len(heads[0]) > 1 and is_heading(heads, mapping):
            return delimiter
        cells, votes = counts.most_common(1)[0]
        if cells > 1 and votes / len(rows) > share:
            best, share = delimiter, votes / len(rows)
    if share >= 0.5:
        return best
    raise UnreadableFile(
        N_(
            "This is not a table: its lines differ in the number of cells "
            "separated by TAB, “;” or “,”. Put each translation beside its "
            "term, one pair per line."
        )
    )


def _parsed(lines: Iterable[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader((f"{line}\n" for line in lines), delimiter=delimiter))
    except csv.Error:
        return [line.split(delimiter) for line in lines]


class _Feed:
    """The lines given to the CSV parser, with those of the row at hand kept."""

    def __init__(self, lines: Iterator[str], longest: int) -> None:
        self.lines, self.longest = lines, longest
        self.of_row: list[str] = []
        self.again: list[str] = []
        self.line = 1
        self.size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.size > self.longest:
            raise csv.Error
        line = self.again.pop() if self.again else next(self.lines)
        self.of_row.append(line)
        self.size += len(line) + 1
        return f"{line}\n"

    def start(self) -> int:
        """Return the line on which the row at hand began, and go on to the next."""
        began = self.line
        self.line += len(self.of_row)
        self.of_row.clear()
        self.size = 0
        return began

    def give_back(self) -> tuple[int, str]:
        """Return the first line of the row at hand; the others will come again."""
        first = self.of_row[0]
        self.again.extend(reversed(self.of_row[1:]))
        del self.of_row[1:]
        return self.start(), first


def _rows(
    lines: Iterator[str], delimiter: str, limits: Limits
) -> Iterator[Row | Refused]:
    """Parse the rows. A row whose quotes do not close is refused, not what follows."""
    feed = _Feed(lines, limits.cell * _CELLS_IN_A_ROW)
    cut = re.escape(delimiter)
    literal = re.compile(rf'(?:"((?:[^"]|"")*)"|([^{cut}]*)) *(?:{cut}|$)')
    while True:
        try:
            for cells in csv.reader(feed, delimiter=delimiter, strict=True):
                yield Row(feed.start(), cells)
        except csv.Error:
            line, text = feed.give_back()
            if text.count('"') % 2:
                yield _unclosed(line, text)
            else:
                matches = literal.findall(text)[: len(text) + 1]
                cells = [quoted.replace('""', '"') or bare for quoted, bare in matches]
                whole = text.endswith(delimiter)
                yield Row(line, cells[: None if whole else -1])
        else:
            return


def _unclosed(line: int, text: str) -> Refused:
    message = Message(
        N_(
            "Line %(line)s: a quotation mark is opened but not closed. Close "
            "it, or double it if it belongs to the text."
        ),
        line=line,
    )
    texts = pieces_of(text)
    return Refused(
        line, None, "unclosed-quote", message, text[:200], texts=texts, guessed=True
    )


def write_csv(
    entries: Iterable[Mapping[str, Any] | str | bytes],
    stream: BinaryIO,
    _drop: Drop,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write CSV, one term a row, in UTF-8 with a byte order mark as spreadsheets want.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    heading, rows = table_of(entries, imprint)
    _write(rows, stream, ",", heading=heading)


def write_tsv(
    entries: Iterable[Mapping[str, Any] | str | bytes],
    stream: BinaryIO,
    _drop: Drop,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write TSV, one term a row, in UTF-8, guarded like CSV."""
    heading, rows = table_of(entries, imprint)
    _write(rows, stream, "\t", heading=heading)


def write_wide_csv(
    entries: Iterable[Mapping[str, Any]],
    stream: BinaryIO,
    drop: Drop,
    languages: tuple[str, ...],
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write CSV with an entry a row, guarded like the other."""
    rows = wide.rows_of(entries, languages, drop)
    heading, rows = with_imprint(wide.columns_of(languages), rows, imprint=imprint)
    _write(rows, stream, ",", heading=heading)


def write_wide_tsv(
    entries: Iterable[Mapping[str, Any]],
    stream: BinaryIO,
    drop: Drop,
    languages: tuple[str, ...],
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write TSV with an entry a row, guarded like CSV."""
    rows = wide.rows_of(entries, languages, drop)
    heading, rows = with_imprint(wide.columns_of(languages), rows, imprint=imprint)
    _write(rows, stream, "\t", heading=heading)


def _write(
    rows: Iterator[Sequence[str]],
    stream: BinaryIO,
    delimiter: str,
    *,
    heading: Sequence[str],
) -> None:
    if delimiter == ",":
        stream.write(codecs.BOM_UTF8)
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=delimiter)
    writer.writerow(heading)
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        writer.writerows(guarded_rows(some))
        stream.write(lines.getvalue().encode())
        lines.seek(0)
        lines.truncate()
    stream.write(lines.getvalue().encode())
