"""From the rows of a table to records, one at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from glossary.errors import UnreadableFile
from glossary.formats.clue import fit
from glossary.formats.identifier import identifier
from glossary.formats.record import Limits, Reading, ReadOptions, Record, Refused
from glossary.formats.table.attributes import take
from glossary.formats.table.cells import alternatives
from glossary.formats.table.columns import SAMPLE, Layout
from glossary.formats.table.draft import Draft
from glossary.formats.table.headings import layout_of
from glossary.message import N_, Message

#: The line of a row, and its cells.
Row = tuple[int, Sequence[str]]
#: More terms than this under one id are no entry, and would fill the memory.
MOST_TERMS = 1000


def reading(rows: Iterator[Row | Refused], options: ReadOptions) -> Reading:
    """Read a table: settle its columns by its first rows, then give its records.

    Raise UnreadableFile when there is no row, or the columns cannot be settled.
    """
    first: list[Row | Refused] = []
    sample: list[Sequence[str]] = []
    for row in rows:
        first.append(row)
        if not isinstance(row, Refused) and not _says_nothing(row[1], heads=not sample):
            sample.append(row[1])
        if len(first) >= SAMPLE:
            break
    if not sample:
        for row in first:
            if isinstance(row, Refused):
                raise UnreadableFile(row.message.template, **row.message.values)
        raise UnreadableFile(N_("The file is empty: it has no row with a term."))
    layout = layout_of(sample, options)
    return Reading(records(_rest(first, rows), layout, options.limits), layout.mapping)


def _rest(
    first: list[Row | Refused], rows: Iterator[Row | Refused]
) -> Iterator[Row | Refused]:
    yield from first
    first.clear()
    yield from rows


def records(
    rows: Iterable[Row | Refused], layout: Layout, limits: Limits
) -> Iterator[Record | Refused]:
    """Yield a record for each entry, or why a row gives none.

    Rows that stand together and have one id are one entry.
    """
    key_at = _id_column(layout)
    draft: Draft | None = None
    for row in _table_rows(rows, layout, limits):
        if isinstance(row, Refused):
            yield row
            continue
        line, cells = row
        values = layout.values(cells)
        key = values[key_at].strip() if key_at is not None else ""
        if draft is None or draft.key != key or draft.is_full(MOST_TERMS):
            if draft is not None:
                yield draft.finish()
            draft = Draft(line, layout, key)
        draft.add_terms(line, values)
        take(draft, line, values)
        if not key:
            yield draft.finish()
            draft = None
    if draft is not None:
        yield draft.finish()


def _table_rows(
    rows: Iterable[Row | Refused], layout: Layout, limits: Limits
) -> Iterator[Row | Refused]:
    """Leave out the heading, blank rows and comments; refuse rows that do not fit."""
    heads = True
    for row in rows:
        if isinstance(row, Refused):
            yield row
        elif not _says_nothing(row[1], heads=heads):
            if not (heads and layout.has_heading):
                yield _unfit(*row, layout, limits) or row
            heads = False


def _says_nothing(cells: Sequence[str], *, heads: bool) -> bool:
    """Say whether a row is blank or a comment, such as a `## heading` in between."""
    first = cells[0].strip() if cells else ""
    if first.startswith("#"):
        return first.startswith("##") or (
            (len(cells) == 1 or not any(map(str.strip, cells[1:])))
            and not (heads and len(cells) > 1)
        )
    return not first and not any(map(str.strip, cells))


def _unfit(
    line: int, cells: Sequence[str], layout: Layout, limits: Limits
) -> Refused | None:
    width = len(layout.columns)
    if len(cells) > width and any(map(str.strip, cells[width:])):
        extra = next(cell for cell in cells[width:] if cell.strip())
        message = Message(
            N_(
                "Line %(line)s has %(count)s cells; there are %(width)s columns. Put a "
                "cell that holds the separator between quotation marks."
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
                "Line %(line)s: a cell has %(length)s characters; %(most)s are allowed."
            ),
            line=line,
            length=len(cells[at]),
            most=limits.cell,
        )
        heading = layout.columns[at].heading if at < width else None
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
