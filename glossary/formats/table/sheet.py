"""Spreadsheets: XLSX in and out, ODS and XLS in."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from typing import Any, BinaryIO, Final

import python_calamine
import xlsxwriter

from glossary.errors import UnreadableFile
from glossary.formats.record import (
    Drop,
    Dropped,
    FileReading,
    Given,
    ReadOptions,
    Remark,
    UnsettledColumns,
)
from glossary.formats.table import wide
from glossary.formats.table.cells import guarded, unguarded
from glossary.formats.table.columns import Row
from glossary.formats.table.extras import Extras, extras_of
from glossary.formats.table.package import must_be_a_package
from glossary.formats.table.rows import reading
from glossary.formats.table.termrows import table_of
from glossary.message import N_, Message
from glossary.text import canonical, primary

#: What a sheet of XLSX holds at most: rows, and UTF-16 units in a cell.
_MOST_ROWS: Final = 1_048_576
_LONGEST_CELL: Final = 32_767
#: A merged cell over more rows than this is a frame, not a category.
_MOST_MERGED: Final = 10_000
_WIDTHS: Final = {"text": 40, "usage": 30, "note": 30, "citations": 30, "id": 24}


def read(stream: BinaryIO, options: ReadOptions) -> FileReading:
    """Read the first sheet with terms, and all others with terms in its languages.

    The others are named as skipped, as are rows that are hidden. The package is checked
    before it is unpacked. Raise UnreadableFile when it is broken, over the limits or
    protected, or has no sheet of the name that is asked for; UnsettledColumns when
    no sheet is understood.
    """
    stream.seek(0)
    zipped = stream.read(2) == b"PK"
    stream.seek(0)
    if zipped:
        must_be_a_package(stream, options.limits)
        stream.seek(0)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(stream)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _broken(error) from None
    shown = [sheet.name for sheet in book.sheets_metadata if _is_table(sheet)]
    for name in options.sheets:
        if name not in book.sheet_names:
            raise UnreadableFile(
                N_("There is no sheet “%(name)s”. The sheets are: %(names)s."),
                name=name,
                names=", ".join(book.sheet_names)[:300],
            )
    extras = extras_of(stream, book.sheet_names) if zipped else {}
    names = options.sheets or shown
    sheets = [Sheet(book, name, extras.get(name, Extras())) for name in names]
    hidden = [name for name in book.sheet_names if name not in names]
    others = [Sheet(book, name, Extras()) for name in hidden if not options.sheets]
    chosen = _chosen(sheets, book.sheet_names, options)
    skipped = [_skipped(other.name, other.size) for other in others if other.size]
    return replace(chosen, records=chain(chosen.records, skipped))


def _is_table(sheet: python_calamine.SheetMetadata) -> bool:
    """Say whether a sheet holds cells and is shown."""
    is_shown = sheet.visible == python_calamine.SheetVisibleEnum.Visible
    return is_shown and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet


def _chosen(
    sheets: Sequence["Sheet"], all_names: Sequence[str], options: ReadOptions
) -> FileReading:
    """Read the sheets that go together; ask when none is understood."""
    taken: list[tuple[str, FileReading]] = []
    skipped: list[Remark] = []
    reasons: list[tuple[int, UnreadableFile]] = []
    shape: tuple[frozenset[str], bool] = (frozenset(), True)
    for sheet in sheets:
        try:
            one = reading(sheet.rows(), options)
        except UnreadableFile as error:
            if options.sheets and not isinstance(error, UnsettledColumns):
                raise
            reasons.append((sheet.size, _in_sheet(error, sheet.name, all_names)))
            if sheet.size:
                skipped.append(_skipped(sheet.name, sheet.size))
            continue
        found = (_languages(one.mapping), one.headed)
        if not taken:
            shape = found
        if found == shape or options.sheets:
            taken.append((sheet.name, one))
        else:
            skipped.append(_skipped(sheet.name, sheet.size))
    if not taken or (options.sheets and reasons):
        if not reasons:
            raise UnreadableFile(N_("The workbook has no sheet."))
        asked = [each for each in reasons if isinstance(each[1], UnsettledColumns)]
        raise max(asked or reasons, key=itemgetter(0))[1]
    several = len(all_names) > 1
    records = (
        replace(given, sheet=name) if several else given
        for name, one in taken
        for given in one.records
    )
    mapping = dict(item for _, one in reversed(taken) for item in one.mapping.items())
    return FileReading(chain(records, skipped), mapping)


def _languages(mapping: Mapping[str, str]) -> frozenset[str]:
    """Return the languages that the columns of a sheet have terms in."""
    tags = {tag for value in mapping.values() if (tag := canonical(value))}
    return frozenset(primary(tag) for tag in tags)


def _in_sheet(error: UnreadableFile, name: str, names: Sequence[str]) -> UnreadableFile:
    if not isinstance(error, UnsettledColumns):
        return error
    question = replace(error.question, sheet=name, sheets=tuple(names))
    return UnsettledColumns(error.message, question)


def _skipped(name: str, size: int) -> Remark:
    message = Message(
        N_(
            "The sheet “%(name)s” was skipped, with %(count)s row(s). Name it with "
            "sheet=%(name)s to read it."
        ),
        name=name,
        count=size,
    )
    return Remark(0, None, "sheet", message, str(size), name)


class Sheet:
    """One sheet of a workbook: its rows, with what is merged, noted or hidden."""

    def __init__(
        self, book: python_calamine.CalamineWorkbook, name: str, extras: Extras
    ) -> None:
        self.name = name
        self._extras = extras
        try:
            self._sheet = book.get_sheet_by_name(name)
        except (python_calamine.CalamineError, OSError, ValueError) as error:
            raise _broken(error) from None
        #: How many rows it reaches over.
        self.size = self._sheet.height
        self._first = self._sheet.start or (0, 0)

    def rows(self) -> Iterator[Row | Given]:
        """Yield the rows with their numbers, blank ones left out."""
        down, across = self._merged()
        above: list[str] = []
        try:
            for line, cells in enumerate(self._sheet.iter_rows(), start=1):
                texts = [unguarded(_text(cell)) for cell in cells]
                filled = {
                    at
                    for at in down.get(line, ())
                    if at < min(len(texts), len(above)) and not texts[at]
                }
                for at in filled:
                    texts[at] = above[at]
                above = texts
                if any(texts):
                    if line in self._extras.hidden:
                        yield self._hidden(line, texts)
                    note = "\n".join(self._extras.notes.get(line, ()))
                    spans = line in across
                    yield Row(line, texts, frozenset(filled), spans, note)
        except (python_calamine.CalamineError, OSError, ValueError) as error:
            raise _broken(error) from None

    def _merged(self) -> tuple[dict[int, set[int]], set[int]]:
        """Return which cells go on from the row above, and which rows are wide."""
        down: dict[int, set[int]] = {}
        across: set[int] = set()
        for (top, left), (bottom, right) in self._sheet.merged_cell_ranges or ():
            if bottom == top and right > left:
                across.add(top + 1)
            if bottom - top > _MOST_MERGED:
                continue
            for row in range(top + 1, bottom + 1):
                down.setdefault(row + 1, set()).add(left)
        return down, across

    def _hidden(self, line: int, texts: Sequence[str]) -> Remark:
        said = Message(
            N_("Line %(line)s is hidden in the workbook; it was read."), line=line
        )
        value = " ".join(filter(None, texts))[:200]
        return Remark(line, None, "hidden-row", said, value, lost=False)


def _broken(error: Exception) -> UnreadableFile:
    return UnreadableFile(
        N_("The workbook cannot be opened: %(reason)s. Save it anew as XLSX."),
        reason=str(error)[:200],
    )


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
    heading, rows = table_of(entries)
    _write(rows, stream, drop, heading=heading)


def write_wide(
    entries: Iterable[Mapping[str, Any]],
    stream: BinaryIO,
    drop: Drop,
    languages: tuple[str, ...],
) -> None:
    """Write XLSX with an entry a row and columns for each language."""
    rows = wide.rows_of(entries, languages, drop)
    _write(rows, stream, drop, heading=wide.columns_of(languages))


def _write(
    rows: Iterable[Sequence[str]],
    stream: BinaryIO,
    drop: Drop,
    *,
    heading: Sequence[str],
) -> None:
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    book = xlsxwriter.Workbook(stream, options)
    # The time of making would make the same glossary another file each time.
    book.set_properties({"created": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)})
    bold = book.add_format({"bold": True})
    sheet, row = _new_sheet(book, bold, heading), 1
    for cells in rows:
        if row == _MOST_ROWS:
            sheet, row = _new_sheet(book, bold, heading), 1
        for at, text in enumerate(cells):
            if text and _fits(cells[0], heading[at], text, drop):
                sheet.write_string(row, at, guarded(text))
        row += 1
    book.close()


def _new_sheet(book: Any, bold: Any, heading: Sequence[str]) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for at, name in enumerate(heading):
        wordy = 30 if canonical(name.partition(" ")[0]) else 14
        sheet.set_column(at, at, _WIDTHS.get(name, wordy))
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
