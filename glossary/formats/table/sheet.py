"""Spreadsheets: XLSX in and out, ODS in."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, BinaryIO, Final

import python_calamine
import xlsxwriter

from glossary.errors import UnreadableFile
from glossary.formats.record import Drop, Dropped, Reading, ReadOptions, Record, Refused
from glossary.formats.table.cells import guarded, unguarded
from glossary.formats.table.package import check
from glossary.formats.table.rows import Row, reading
from glossary.formats.table.termrows import COLUMNS, rows_of
from glossary.message import N_, Message

#: What a sheet of XLSX holds at most: rows, and UTF-16 units in a cell.
_MOST_ROWS: Final = 1_048_576
_LONGEST_CELL: Final = 32_767
_WIDTHS: Final = {"text": 40, "usage": 30, "note": 30, "citations": 30, "id": 24}


def read(stream: BinaryIO, options: ReadOptions) -> Reading:
    """Read the first sheet with terms, and those after it with the same heading.

    The package is checked before it is unpacked. Raise UnreadableFile when it is
    broken, over the limits or protected, or when no sheet has terms.
    """
    check(stream, options.limits)
    stream.seek(0)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(stream)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _broken(error) from None
    reason: UnreadableFile | None = None
    for at, name in enumerate(book.sheet_names):
        rows = _rows(book, name)
        heading = next(rows, None)
        try:
            found = reading(chain([heading] if heading else [], rows), options)
        except UnreadableFile as error:
            reason = reason or error
            continue
        more = _continued(book, book.sheet_names[at + 1 :], heading, options)
        return Reading(chain(found.records, more), found.mapping)
    raise reason or UnreadableFile(N_("The workbook has no sheet."))


def _continued(
    book: python_calamine.CalamineWorkbook,
    names: Iterable[str],
    heading: Row | None,
    options: ReadOptions,
) -> Iterator[Record | Refused]:
    """Yield the records of sheets that go on where a full one ended."""
    for name in names:
        rows = _rows(book, name)
        first = next(rows, None)
        if first is not None and heading is not None and first[1] == heading[1]:
            yield from reading(chain([first], rows), options).records


def _broken(error: Exception) -> UnreadableFile:
    return UnreadableFile(
        N_("The workbook cannot be opened: %(reason)s. Save it anew as XLSX."),
        reason=str(error)[:200],
    )


def _rows(book: python_calamine.CalamineWorkbook, name: str) -> Iterator[Row]:
    """Yield the rows of a sheet with their numbers, blank ones left out."""
    try:
        sheet = book.get_sheet_by_name(name)
        for line, cells in enumerate(sheet.iter_rows(), start=1):
            texts = [unguarded(_text(cell)) for cell in cells]
            if any(texts):
                yield line, texts
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _broken(error) from None


def _text(cell: object) -> str:
    """Return what a cell shows: whole numbers without a point, dates in ISO 8601."""
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n")
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)


def write(entries: Iterable[Mapping[str, Any]], stream: BinaryIO, drop: Drop) -> None:
    """Write XLSX, one term a row; a further sheet where one is full.

    A cell that could be taken for a formula gets an apostrophe before it. Tell `drop`
    of cells too long for a spreadsheet.
    """
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    book = xlsxwriter.Workbook(stream, options)
    # The time of making would make the same glossary another file each time.
    book.set_properties({"created": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)})
    bold = book.add_format({"bold": True})
    sheet, row = _new_sheet(book, bold), 1
    for cells in rows_of(entries):
        if row == _MOST_ROWS:
            sheet, row = _new_sheet(book, bold), 1
        for at, text in enumerate(cells):
            if text and _fits(cells[0], COLUMNS[at], text, drop):
                sheet.write_string(row, at, guarded(text))
        row += 1
    book.close()


def _new_sheet(book: Any, bold: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for at, name in enumerate(COLUMNS):
        sheet.set_column(at, at, _WIDTHS.get(name, 14))
        sheet.write_string(0, at, name, bold)
    return sheet


def _fits(entry: str, column: str, text: str, drop: Drop) -> bool:
    if len(text.encode("utf-16-le")) // 2 < _LONGEST_CELL:
        return True
    said = Message(
        N_("A cell of a spreadsheet holds %(most)s characters."), most=_LONGEST_CELL
    )
    pointer = "/" + column.replace("_", "/", 1)
    drop(Dropped(entry, pointer, said, text[:200]))
    return False
