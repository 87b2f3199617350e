"""Spreadsheets: XLSX in and out, ODS and XLS in."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from typing import Any, BinaryIO, Final

import orjson
import python_calamine
import xlsxwriter

from glossary.errors import UnreadableFile
from glossary.formats.imprint import NAMELESS, Imprint
from glossary.formats.noun import is_noun, split
from glossary.formats.record import (
    Drop,
    FileReading,
    Given,
    ReadOptions,
    Record,
    Refused,
    Remark,
    UnsettledColumns,
)
from glossary.formats.table import wide
from glossary.formats.table.cells import guarded, guarded_row, unguarded
from glossary.formats.table.columns import Row
from glossary.formats.table.extras import Extras, extras_of
from glossary.formats.table.package import must_be_a_package
from glossary.formats.table.rows import reading
from glossary.formats.table.termrows import FILE, NOUN, table_of
from glossary.formats.table.textsheet import TextSheet, fits, fitting
from glossary.message import N_, Message
from glossary.text import canonical, primary

#: The rows that a sheet of XLSX holds at most.
_MOST_ROWS: Final = 1_048_576
#: A merged cell over more rows than this is a frame, not a category.
_MOST_MERGED: Final = 10_000
#: Sheets of ours that hold no entries.
NOUNS_SHEET: Final = "sources"
IMPRINT_SHEET: Final = "about"
#: What is to be read of what entries name; the last column has the whole.
NOUNS_HEADING: Final = (
    *"kind id name date issuer url symbol licence release publisher".split(),
    NOUN,
)
#: Where nouns of the several kinds have their names.
_NAMES: Final = ("title", "label", "names")
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
    visible = [sheet.name for sheet in book.sheets_metadata if _is_table(sheet)]
    for name in options.sheets:
        if name not in book.sheet_names:
            raise UnreadableFile(
                N_("There is no sheet “%(name)s”. The sheets are: %(names)s."),
                name=name,
                names=", ".join(book.sheet_names)[:300],
            )
    extras = extras_of(stream, book.sheet_names) if zipped else {}
    names = options.sheets or visible
    sheets = [Sheet(book, name, extras.get(name, Extras())) for name in names]
    ours = [sheet for sheet in sheets if sheet.is_ours]
    sheets = [sheet for sheet in sheets if not sheet.is_ours]
    hidden = [name for name in book.sheet_names if name not in names]
    others = [Sheet(book, name, Extras()) for name in hidden if not options.sheets]
    reading = _chosen(sheets, book.sheet_names, options)
    skipped = [_skipped(other.name, other.size) for other in others if other.size]
    nouns = chain.from_iterable(map(Sheet.nouns, ours))
    return replace(reading, records=chain(nouns, reading.records, skipped))


def _is_table(sheet: python_calamine.SheetMetadata) -> bool:
    """Say whether a sheet holds cells and is shown."""
    is_shown = sheet.visible == python_calamine.SheetVisibleEnum.Visible
    return is_shown and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet


def _chosen(
    sheets: Sequence["Sheet"], all_names: Sequence[str], options: ReadOptions
) -> FileReading:
    """Read the sheets that go together; ask when none is understood."""
    readings: list[tuple[str, FileReading]] = []
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
        form = (_languages(one.mapping), one.headed)
        if not readings:
            shape = form
        if form == shape or options.sheets:
            readings.append((sheet.name, one))
        else:
            skipped.append(_skipped(sheet.name, sheet.size))
    if not readings or (options.sheets and reasons):
        if not reasons:
            raise UnreadableFile(N_("The workbook has no sheets."))
        unsettled_reasons = [
            reason for reason in reasons if isinstance(reason[1], UnsettledColumns)
        ]
        raise max(unsettled_reasons or reasons, key=itemgetter(0))[1]
    several = len(all_names) > 1
    records = (
        replace(item, sheet=name) if several else item
        for name, one in readings
        for item in one.records
    )
    mapping = dict(
        item for _, one in reversed(readings) for item in one.mapping.items()
    )
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
            "sheet=%(name)s (--sheet) to read it."
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

    @property
    def is_ours(self) -> bool:
        """Whether it says what entries name, or what the file is, in a file of ours."""
        if self.name not in {NOUNS_SHEET, IMPRINT_SHEET} or not self.size:
            return False
        first = tuple(map(_text, next(iter(self._sheet.iter_rows()))))
        return first == {NOUNS_SHEET: NOUNS_HEADING, IMPRINT_SHEET: (FILE,)}[self.name]

    def nouns(self) -> Iterator[Given]:
        """Yield what entries name, of such a sheet."""
        if self.name == NOUNS_SHEET:
            for row in self.rows():
                if isinstance(row, Row) and row.line > 1:
                    yield _noun_of(row, self.name)

    def rows(self) -> Iterator[Row | Given]:
        """Yield the rows with their numbers, blank ones left out."""
        down, across = self._merged()
        above: list[str] = []
        line = 0
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
                unworked = self._extras.unworked.get(line, {})
                if any(texts) or unworked:
                    if line in self._extras.hidden:
                        yield self._hidden(line, texts)
                    note = "\n".join(self._extras.notes.get(line, ()))
                    spans = line in across
                    yield Row(line, texts, frozenset(filled), spans, note, unworked)
        except (python_calamine.CalamineError, OSError, ValueError) as error:
            raise _broken(error) from None
        for below in sorted(n for n in self._extras.unworked if n > line):
            yield Row(below, [""], unworked=self._extras.unworked[below])

    def _merged(self) -> tuple[dict[int, set[int]], set[int]]:
        """Return which cells go on from the row above, and which rows are wide."""
        down: dict[int, set[int]] = {}
        across: set[int] = set()
        ranges = self._sheet.merged_cell_ranges or self._extras.merged
        for (top, first), (bottom, last) in ranges:
            if bottom == top and last > first:
                across.add(top + 1)
            if bottom - top > _MOST_MERGED:
                continue
            for row in range(top + 1, bottom + 1):
                down.setdefault(row + 1, set()).add(first)
        return down, across

    def _hidden(self, line: int, texts: Sequence[str]) -> Remark:
        message = Message(
            N_("Line %(line)s is hidden in the workbook; it was read all the same."),
            line=line,
        )
        value = " ".join(filter(None, texts))[:200]
        return Remark(line, None, "hidden-row", message, value, lost=False)


def _noun_of(row: Row, sheet: str) -> Given:
    try:
        noun = orjson.loads(row.cells[-1])
    except orjson.JSONDecodeError:
        noun = None
    if isinstance(noun, dict) and is_noun(noun):
        return Record(row.line, noun, sheet=sheet)
    message = Message(
        N_(
            "Line %(line)s: the column “%(column)s” holds our own JSON; "
            "leave it as it was exported."
        ),
        line=row.line,
        column=NOUN,
    )
    value = row.cells[-1][:200]
    return Refused(row.line, NOUN, "bad-noun", message, value, sheet=sheet)


def _broken(error: Exception) -> UnreadableFile:
    return UnreadableFile(
        N_("The workbook cannot be opened: %(reason)s. Save it again as XLSX."),
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


def write(
    entries: Iterable[Mapping[str, Any] | str | bytes],
    stream: BinaryIO,
    drop: Drop,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write XLSX, one term a row; a further sheet where one is full.

    What the entries name stands on a sheet of its own, what the file is on another. A
    cell that could be taken for a formula gets an apostrophe before it. Tell `drop`
    of cells too long for a spreadsheet.
    """
    nouns, rest = split(iter(entries))
    heading, rows = table_of(rest)
    _write(rows, stream, drop, heading=heading, imprint=imprint, nouns=nouns)


def write_wide(
    entries: Iterable[Mapping[str, Any]],
    stream: BinaryIO,
    drop: Drop,
    languages: tuple[str, ...],
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write XLSX with an entry a row and columns for each language."""
    rows = wide.rows_of(entries, languages, drop)
    heading = wide.columns_of(languages)
    _write(rows, stream, drop, heading=heading, imprint=imprint)


def _write(
    rows: Iterable[Sequence[str]],
    stream: BinaryIO,
    drop: Drop,
    *,
    heading: Sequence[str],
    imprint: Imprint,
    nouns: Iterable[Mapping[str, Any]] = (),
) -> None:
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    book = xlsxwriter.Workbook(stream, options)
    # The time of making would make the same glossary another file each time.
    creation = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    properties = {"title": imprint.title, "comments": "\n".join(imprint.lines)}
    book.set_properties({"created": creation, **(properties if imprint.lines else {})})
    bold = book.add_format({"bold": True})
    sheet, row = _new_sheet(book, bold, heading), 1
    for cells in rows:
        if row == _MOST_ROWS:
            sheet, row = _new_sheet(book, bold, heading), 1
        sheet.write_texts(row, guarded_row(fitting(cells, heading, drop)))
        row += 1
    if nouns:
        _write_nouns(book, bold, nouns, drop)
    if imprint.lines:
        _write_imprint(book, bold, imprint)
    book.close()


def _write_nouns(
    book: Any, bold: Any, nouns: Iterable[Mapping[str, Any]], drop: Drop
) -> None:
    """Write sources, subjects, issuers and glossaries: to be read, and the whole."""
    heading = NOUNS_HEADING
    sheet = _new_sheet(book, bold, heading, name=NOUNS_SHEET)
    for row, noun in enumerate(nouns, start=1):
        names = [noun[key] for key in _NAMES if noun.get(key)]
        fields = {**noun, "name": " / ".join(names[0].values() if names else ())}
        cells = [str(fields.get(key) or "") for key in NOUNS_HEADING[:-1]]
        for at, text in enumerate([*cells, orjson.dumps(dict(noun)).decode()]):
            if text and fits(noun["id"], heading[at], text, drop):
                sheet.write_string(row, at, guarded(text))


def _write_imprint(book: Any, bold: Any, imprint: Imprint) -> None:
    sheet = book.add_worksheet(IMPRINT_SHEET)
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, FILE, bold)
    for row, line in enumerate(imprint.lines, start=1):
        sheet.write_string(row, 0, guarded(line))


def _new_sheet(book: Any, bold: Any, heading: Sequence[str], name: str = "") -> Any:
    sheet = book.add_worksheet(name or None, TextSheet)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(heading):
        wordy = 30 if canonical(column.partition(" ")[0]) else 14
        sheet.set_column(at, at, _WIDTHS.get(column, wordy))
        sheet.write_string(0, at, column, bold)
    return sheet
