"""Where the heading of a table is: below titles, in one row or in two."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from glossary.formats.table.aliases import (
    KINDS_OF_TERMS,
    HeadingMeaning,
    language_in,
    language_named,
    meaning,
    normal,
)
from glossary.formats.table.columns import TERMS
from glossary.formats.table.script import stands_out
from glossary.text import has_han, primary

#: So many rows may stand above the heading.
_MOST_TITLES: Final = 15
_OF_TERMS: Final = TERMS | KINDS_OF_TERMS
DIRECTIONS: Final = frozenset({"source", "target"})

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class TableHead:
    """The heading of a table: rows down to its end, titles among them, its names."""

    rows: int
    titles: int
    names: tuple[str, ...]


def head_of(
    rows: Rows, mapping: Mapping[str, str], *, at: int | None = None
) -> TableHead | None:
    """Return the heading among the first rows of a table, or None when there is none.

    `at` is the place of the row that the caller says it is.
    """
    if at is not None:
        return TableHead(at + 1, at, _names(rows[at]))
    first = next(
        (n for n in range(min(len(rows), _MOST_TITLES)) if _heads(rows, n, mapping)),
        None,
    )
    if first is None:
        return None
    names = _names(rows[first])
    below = _names(rows[first + 1]) if first + 1 < len(rows) else ()
    # A group reaches over cells that have a heading of their own in the next row.
    groups = any(
        not upper and lower for upper, lower in zip(names, below, strict=False)
    )
    if below and (groups or not _is_settled(names)):
        both = _joined(names, below)
        if _says_all(both, below) and _is_settled(both):
            return TableHead(first + 2, first, both)
    return TableHead(first + 1, first, names)


def is_heading(sample: Rows, mapping: Mapping[str, str]) -> bool:
    """Say whether the first row names the columns.

    One known word is not enough (`china,中国` is a term with its translation) unless
    another cell is in the wrong script for what stands below it.
    """
    if not sample:
        return False
    row = _names(sample[0])
    if _is_wanted(row, mapping):
        return True
    meanings = [
        meaning_of_cell
        for at, cell in enumerate(row)
        if (meaning_of_cell := meaning(cell)) and not _repeats(cell, sample[1:3], at)
    ]
    if all(m.status for m in meanings):
        # “官方译文,official translation” may be a term and its translation.
        meanings = []
    langs = Counter(m.lang for m in meanings if m.lang and m.field == "term")
    if not any(m.field in _OF_TERMS | DIRECTIONS for m in meanings):
        return sum(map(bool, row)) > 1 and stands_out(row, sample[1:])
    if len(meanings) == 1 and meanings[0].lang and is_composed(row):
        return True
    if len(meanings) == len(langs) == 1 or (len(meanings) == 2 and len(langs) == 1):
        return len(meanings) == len(set(meanings)) > 1 or stands_out(row, sample[1:])
    return len(meanings) >= 2 or len(row) == 1 or stands_out(row, sample[1:])


def is_composed(row: Sequence[str]) -> bool:
    """Say whether a cell names a language and a field together: `English name`."""
    return any(
        (m := meaning(cell))
        and m.lang
        and m.field in TERMS
        and not language_named(cell)
        for cell in row
    )


def may_be_heading(sample: Rows) -> bool:
    """Say whether the first row of a table without a heading looks out of place in it.

    Its cells name a language each, or are words in other scripts than all that stands
    below them, and no term that is left as it is.
    """
    row, *below = sample
    row = [cell.strip() for cell in row]
    texts = {cell for cell in row if cell}
    if not below or len(texts) < 2:
        return False
    langs = {tag for cell in texts if (tag := language_in(cell))}
    if len(langs) == len(texts):
        return True
    odd = wordy = 0
    for at, cell in enumerate(row):
        cells = [c for other in below if len(other) > at and (c := other[at].strip())]
        cells = [c for c in cells if any(map(str.isalpha, c))]
        if not any(map(str.isalpha, cell)) or not cells:
            continue
        wordy += 1
        chinese = sum(map(has_han, cells))
        odd += (has_han(cell) and not chinese) or (
            not has_han(cell) and chinese == len(cells)
        )
    return 0 < odd < wordy or odd == wordy == 1


def _heads(rows: Rows, at: int, mapping: Mapping[str, str]) -> bool:
    """Say whether a row is the heading, with nothing but titles above it."""
    if at == 0:
        return is_heading(rows, mapping)
    names = _names(rows[at])
    width = sum(map(bool, names))
    above = max(sum(map(bool, map(str.strip, row))) for row in rows[:at])
    if above >= width and above > 1:
        return False
    if _is_wanted(names, mapping) or (above <= 1 and is_heading(rows[at:], mapping)):
        return True
    return _is_settled(names) and not any(
        _repeats(cell, rows[at + 1 : at + 3], place)
        for place, cell in enumerate(names)
        if meaning(cell)
    )


def _is_wanted(row: Sequence[str], mapping: Mapping[str, str]) -> bool:
    names = [part for name in mapping.values() for part in (name, *name.split("|"))]
    headings = {normal(name) for name in names if not name.strip().isdecimal()}
    return any(normal(cell) in headings for cell in row if cell)


def _names(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.strip().lstrip("\ufeff#").strip() for cell in row)


def _is_settled(names: Sequence[str]) -> bool:
    """Say whether headings name terms in two languages, or a source and a target."""
    meanings = [m for name in names if name and (m := meaning(name))]
    langs = {primary(m.lang) for m in meanings if m.lang and m.field in _OF_TERMS}
    return len(langs) > 1 or {m.field for m in meanings} >= DIRECTIONS


def _joined(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """Return the headings that two rows make: a group, and what stands below it."""
    names, group = [], ""
    for at in range(max(len(above), len(below))):
        upper = above[at] if at < len(above) else ""
        lower = below[at] if at < len(below) else ""
        group = upper or (group if lower else "")
        if not lower or not group:
            names.append(lower or upper)
        elif _more(meaning(group), meaning(f"{group} {lower}"), meaning(lower)):
            names.append(f"{group} {lower}")
        else:
            names.append(lower)
    return tuple(names)


def _more(
    group: HeadingMeaning | None,
    both: HeadingMeaning | None,
    lower: HeadingMeaning | None,
) -> bool:
    """Say whether two headings together mean more than the lower one.

    Under a language, a tag of two letters is a region of it: UK under English.
    """
    if both is None:
        return False
    if lower is None or (both.lang and not lower.lang):
        return True
    return bool(group and group.lang and group.lang == both.lang != lower.lang)


def _says_all(names: Sequence[str], below: Sequence[str]) -> bool:
    """Say whether a second row of headings is one: each of its cells is understood."""
    filled = [at for at, cell in enumerate(below) if cell]
    return len(filled) > 1 and all(meaning(names[at]) for at in filled)


def _repeats(cell: str, below: Rows, at: int) -> bool:
    """Say whether the next rows have the same cell there: then it is no heading."""
    return bool(below) and all(
        len(row) > at and row[at].strip() == cell for row in below
    )
