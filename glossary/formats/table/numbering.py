"""Numbers that stand before each cell of a column and are no part of it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from glossary.formats.table.columns import TERMS, Column
from glossary.formats.table.script import cells_of

_BEFORE: Final = re.compile(r"[(（]?(\d{1,4})(?:[.．、)）]\s*|\s*[:：]\s*)(?=\D)")
#: Fewer cells may begin so by chance.
_ENOUGH: Final = 3


def numbered(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[Column]:
    """Mark the columns of terms whose cells count the rows: `1. 和平`, `2. 主权`."""
    return [
        replace(column, numbered=True)
        if column.field in TERMS and counts_rows(cells_of(rows, column.index))
        else column
        for column in columns
    ]


def counts_rows(cells: Sequence[str]) -> bool:
    """Say whether cells begin with 1, 2, 3 …, from one anew where a part begins.

    >>> counts_rows(["1. 和平", "2. 主权", "3. 发展"])
    True
    >>> counts_rows(["3. 和平", "1. 主权", "7. 发展"])
    False
    """
    numbers = [int(m[1]) for cell in cells if (m := _BEFORE.match(cell))]
    return (
        len(numbers) == len(cells) >= _ENOUGH
        and numbers[0] == 1
        and all(b in {a + 1, 1} for a, b in pairwise(numbers))
    )


def without_number(cell: str) -> str:
    """Return a cell without the number before it.

    >>> without_number("12、主权"), without_number("G20峰会")
    ('主权', 'G20峰会')
    """
    match = _BEFORE.match(cell)
    return cell[match.end() :] if match else cell
