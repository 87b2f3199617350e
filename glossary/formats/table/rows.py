"""From the rows of a table to records, one at a time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from glossary.errors import UnreadableFile
from glossary.formats.clue import fit
from glossary.formats.identifier import identifier
from glossary.formats.record import (
    FileReading,
    Given,
    Limits,
    ReadOptions,
    Refused,
    Remark,
    UnsettledColumns,
)
from glossary.formats.table.attributes import take
from glossary.formats.table.cells import alternatives, without_markup
from glossary.formats.table.columns import SAMPLE, TERMS, Column, Doubt, Layout, Row
from glossary.formats.table.doubt import question_of
from glossary.formats.table.draft import Draft, append
from glossary.formats.table.headings import layout_of
from glossary.formats.table.heads import head_of
from glossary.formats.table.numbering import without_number
from glossary.formats.table.sections import Sections
from glossary.formats.table.wide import long_rows
from glossary.message import N_, Message

#: What a spreadsheet shows in place of a value that it could not work out.
_ERRORS = frozenset("#N/A #DIV/0! #NAME? #NULL! #NUM! #REF! #VALUE! #SPILL!".split())
#: What people write where there is nothing, and programs for an empty cell.
_FILLER = re.compile(r"[-–—−―_/\\#*.·…]+|n/?a|nan|null|none|nil|[无無]", re.IGNORECASE)
_DASHES = re.compile(r"[-–—−―_]+|[/\\]")
#: Columns of words, in which a dash says nothing.
_WORDS = frozenset(
    "definition note usage subjects target_usage target_definition reading issuer since"
    " until provenance id term synonyms".split()
)
#: More terms than this under one id are no entry, and would fill the memory.
MOST_TERMS = 1000


def reading(rows: Iterator[Row | Given], options: ReadOptions) -> FileReading:
    """Read a table: settle its columns by its first rows, then give its records.

    Raise UnreadableFile when there is no row, and UnsettledColumns when a person must
    say what the columns are.
    """
    rows = long_rows(rows)
    first: list[Row | Given] = []
    sample: list[Row] = []
    for row in rows:
        first.append(row)
        if isinstance(row, Row) and not _says_nothing(row.cells, heads=not sample):
            sample.append(row)
        if len(first) >= SAMPLE:
            break
    if not sample:
        for row in first:
            if isinstance(row, Refused):
                raise UnreadableFile(row.message.template, **row.message.values)
        raise UnreadableFile(N_("The file is empty: it has no row with a term."))
    heading = _place_of(options.heading, sample)
    try:
        layout = layout_of(
            [row.cells for row in sample],
            options,
            heading=heading,
            bare=options.heading == 0,
        )
    except Doubt as doubt:
        head = head_of([row.cells for row in sample], options.mapping, at=heading)
        bare = head is None or options.heading == 0
        line = 0 if bare or head is None else sample[head.rows - 1].line
        raise UnsettledColumns(
            doubt.message, question_of(doubt, sample, line)
        ) from None
    rest = _rest(first, rows)
    return FileReading(
        records(rest, layout, options), layout.mapping, headed=layout.heads > 0
    )


def _place_of(line: int | None, sample: Sequence[Row]) -> int | None:
    """Return where the row of a line stands among the first; raise UnreadableFile."""
    if not line:
        return None
    for place, row in enumerate(sample):
        if row.line == line:
            return place
    raise UnreadableFile(
        N_("Line %(line)s is not among the first rows, so it cannot be the heading."),
        line=line,
    )


def _rest(
    first: list[Row | Given], rows: Iterator[Row | Given]
) -> Iterator[Row | Given]:
    yield from first
    first.clear()
    yield from rows


def records(
    rows: Iterable[Row | Given], layout: Layout, options: ReadOptions
) -> Iterator[Given]:
    """Yield a record for each entry, why a row gives none, and what is left out.

    Rows that stand together and have one id are one entry.
    """
    tables = [
        Table(layout_of_one, options.split)
        for layout_of_one in (replace(layout, beside=()), *layout.beside)
    ]
    for row in _table_rows(rows, layout, options.limits):
        if not isinstance(row, Row) or not row.down:
            for table in tables:
                yield from table.pause()
        if isinstance(row, Row):
            for table in tables:
                yield from table.take(row)
        else:
            yield row
    for table in tables:
        yield from table.finish()


class Table:
    """One table while its rows are read: the entry at hand, and its section."""

    def __init__(self, layout: Layout, split: str) -> None:
        self._layout, self._split = layout, split
        self._key_at = _id_column(layout)
        self._draft: Draft | None = None
        self._sections = Sections(layout)
        self._numbered = dict.fromkeys((c for c in layout.columns if c.numbered), 0)
        self._term_places = frozenset(c.index for c in layout.terms)
        self._unused = dict.fromkeys(
            (c for c in layout.columns if c.field in {"extra", "number"}), 0
        )

    def take(self, row: Row) -> Iterator[Given]:
        """Read one row; yield what it completes."""
        values = self._layout.values(row.cells)
        if not self._layout.own:
            yield from self._without_markup(row.line, values)
            self._without_fillers(values)
        for column in self._numbered:
            cell = values[column.index]
            values[column.index] = without_number(cell)
            self._numbered[column] += values[column.index] != cell
        unworked = self._unworked(row, values)
        if not unworked and not any(
            values[column.index].strip() for column in self._layout.columns
        ):
            return
        if self._sections.opens(row, values):
            yield from self._end()
            return
        for column in self._unused:
            self._unused[column] += bool(values[column.index])
        key = values[self._key_at].strip() if self._key_at is not None else ""
        draft = self._draft
        goes_on = bool(row.down & self._term_places) or (
            key and draft and draft.key == key
        )
        if draft is None or not goes_on or draft.is_full(MOST_TERMS):
            yield from self._end()
            draft = self._draft = Draft(row.line, self._layout, key, self._split)
        for column, content in unworked:
            draft.has_no_value(row.line, column, content)
        draft.add_terms(row.line, values)
        take(draft, row.line, values)
        self._sections.name(draft)
        if row.note:
            append(draft.data, "note", row.note)

    def _unworked(self, row: Row, values: list[str]) -> list[tuple[Column, str]]:
        """Return the columns in which the row has an error or a bare formula."""
        unworked = []
        for column in self._layout.columns:
            content = row.unworked.get(column.index, "")
            if not self._layout.own and values[column.index] in _ERRORS:
                content, values[column.index] = values[column.index], ""
            if content:
                unworked.append((column, content))
        return unworked

    def _without_fillers(self, values: list[str]) -> None:
        """Empty the cells in which something stands for nothing: a dash, `N/A`, `nan`.

        A term may be a dash or 无; it is empty only where others stand in its row.
        """
        for column in self._layout.columns:
            stands_for = _DASHES if column.field in TERMS else _FILLER
            has_words = column.field in _WORDS
            if has_words and stands_for.fullmatch(values[column.index]):
                values[column.index] = ""

    def _without_markup(self, line: int, values: list[str]) -> Iterator[Remark]:
        for column in self._layout.columns:
            text, had_tags = without_markup(values[column.index])
            if had_tags:
                message = Message(N_("HTML markup in a cell was left out."))
                value = values[column.index][:500]
                yield Remark(line, column.heading, "markup", message, value)
            values[column.index] = text

    def pause(self) -> Iterator[Given]:
        """Yield the entry at hand, unless rows with its id may follow."""
        if self._draft is not None and not self._draft.key:
            yield from self._end()

    def finish(self) -> Iterator[Given]:
        """Yield the last entry, and the columns that nothing was taken from."""
        yield from self._end()
        yield from self._sections.idle()
        for column, count in self._numbered.items():
            if count:
                template = N_(
                    "The numbers before the cells in the column “%(column)s” "
                    "only number the rows; they were left out."
                )
                message = Message(template, column=column.heading)
                yield Remark(0, column.heading, "numbering", message, str(count))
        for column, count in self._unused.items():
            if count:
                is_lost = column.field == "number"
                template = (
                    N_(
                        "The column “%(column)s” only numbers the rows; it "
                        "was left out."
                    )
                    if is_lost
                    else N_(
                        "The column “%(column)s” was not understood. Its "
                        "%(count)s cell(s) are kept with the entries but not "
                        "used."
                    )
                )
                message = Message(template, column=column.heading, count=count)
                yield Remark(0, column.heading, "column", message, str(count))

    def _end(self) -> Iterator[Given]:
        if self._draft is not None:
            yield self._draft.finish()
            yield from self._draft.remarks
        self._draft = None


def _table_rows(
    rows: Iterable[Row | Given], layout: Layout, limits: Limits
) -> Iterator[Row | Given]:
    """Leave out the heading, titles, blank rows and comments; refuse what does not fit.

    What is left out and says something is accounted for.
    """
    heads = 0
    heading: list[str] = []
    for row in rows:
        if not isinstance(row, Row):
            yield row
        elif not row.unworked and _says_nothing(row.cells, heads=not heads):
            if text := " ".join(filter(None, map(str.strip, row.cells))):
                message = Message(N_("A comment between the rows was left out."))
                yield Remark(row.line, None, "comment", message, text[:500])
        elif heads < layout.heads:
            heads += 1
            if heads <= layout.titles:
                text = " ".join(filter(None, map(str.strip, row.cells)))
                message = Message(N_("What is above the heading was left out."))
                yield Remark(row.line, None, "title", message, text[:500])
            heading = [cell.strip() for cell in row.cells]
        elif (
            heading
            and row.cells[0].strip() == heading[0]
            and [cell.strip() for cell in row.cells] == heading
        ):
            message = Message(N_("The heading is repeated here; it was left out."))
            text = " ".join(filter(None, heading))
            yield Remark(row.line, None, "title", message, text[:500])
        else:
            heads = heads or 1
            yield _unfit(row, layout, limits) or row


def _says_nothing(cells: Sequence[str], *, heads: bool) -> bool:
    """Say whether a row is blank or a comment, such as a `## heading` in between."""
    first = cells[0].strip() if cells else ""
    if first.startswith("#"):
        is_comment = first.startswith("# ") and not heads
        return (
            is_comment
            or first.startswith("##")
            or (
                (len(cells) == 1 or not any(map(str.strip, cells[1:])))
                and not (heads and len(cells) > 1)
            )
        )
    return not first and not any(map(str.strip, cells))


def _unfit(row: Row, layout: Layout, limits: Limits) -> Refused | None:
    line, cells = row.line, row.cells
    width = layout.width
    if len(cells) > width and any(map(str.strip, cells[width:])):
        extra = next(cell for cell in cells[width:] if cell.strip())
        message = Message(
            N_(
                "Line %(line)s has %(count)s cells, but there are %(width)s "
                "columns. Put a cell that contains the separator in "
                "quotation marks."
            ),
            line=line,
            count=len(cells),
            width=width,
        )
        refused = Refused(line, None, "too-many-columns", message, extra[:200])
        return replace(_with_clues(refused, cells, layout), guessed=True)
    if max(map(len, cells)) > limits.cell:
        at = next(at for at, cell in enumerate(cells) if len(cell) > limits.cell)
        message = Message(
            N_(
                "Line %(line)s: a cell has %(length)s characters; at most "
                "%(most)s are allowed."
            ),
            line=line,
            length=len(cells[at]),
            most=limits.cell,
        )
        heading = next((c.heading for c in layout.columns if c.index == at), None)
        refused = Refused(line, heading, "cell-too-long", message, cells[at][:200])
        return _with_clues(refused, cells, layout)
    return None


def _with_clues(refused: Refused, cells: Sequence[str], layout: Layout) -> Refused:
    """Add what the cells say of the entry, in whichever columns they stand."""
    bare = [cell.strip() for cell in cells]
    key_at = _id_column(layout)
    key = bare[key_at] if key_at is not None and key_at < len(bare) else ""
    entry = identifier(key, "c") if key else ""
    whole = layout.values(cells)
    texts = [
        text
        for column in layout.terms
        for text in alternatives(whole[column.index].strip(), suggested=True)
    ]
    return replace(refused, entry=entry, texts=fit([*texts, *bare]))


def _id_column(layout: Layout) -> int | None:
    return next((c.index for c in layout.columns if c.field == "id"), None)
