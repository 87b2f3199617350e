"""What the columns of a table are, once that is decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from glossary.message import Message

#: So many rows are looked at before the columns are settled.
SAMPLE: Final = 200
#: The columns that hold terms.
TERMS: Final = frozenset({"term", "text", "synonyms"})


class Row(NamedTuple):
    """One row of a table: its line and its cells.

    `down` has the places of cells that reach down from the row above, `spans` says that
    a cell reaches over others, `note` is what is written beside the cells. `unworked`
    has what stands in cells without a value, by their places: a formula, or an error.
    """

    line: int
    cells: Sequence[str]
    down: frozenset[int] = frozenset()
    spans: bool = False
    note: str = ""
    unworked: Mapping[int, str] = MappingProxyType({})


class Doubt(Exception):
    """What the columns are cannot be told; they are given as far as they are known."""

    def __init__(self, message: Message, columns: "Sequence[Column]") -> None:
        super().__init__(message)
        self.message, self.columns = message, tuple(columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its place, its heading, and what its cells are.

    `field` is a word of the table of aliases, or "extra". `lang` is None where the
    language is not the column's. `of` is the place of the term column that it says
    something of, or None when it speaks of the row. `side` is “source” or “target”
    where the heading says so, `status` and `kind` (a type) what it says of the terms.
    `is_open` tells a heading that says Chinese and not which script, `fixed` a column
    that the caller has named, `numbered` one whose cells begin with their number.
    """

    index: int
    heading: str
    field: str
    lang: str | None = None
    of: int | None = None
    side: str = ""
    is_open: bool = False
    fixed: bool = False
    status: str = ""
    kind: str = ""
    numbered: bool = False

    @property
    def meaning(self) -> str:
        """Say what the column is taken for, in one word."""
        if self.lang and (says := self.status or self.kind):
            return f"{says}_{self.lang}"
        if self.field in {"term", "text"}:
            return self.lang or self.side or self.field
        return f"{self.field}_{self.lang}" if self.lang else self.field


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a table's columns are, and how many rows its heading takes.

    Of these `heads` the first `titles` are no part of it. `own` tells a
    table of ours, one term a row, whose cells are taken word for word. Tables that
    stand `beside` this one in the same rows have their own columns.
    """

    columns: tuple[Column, ...]
    heads: int = 0
    titles: int = 0
    own: bool = False
    chinese: str = "zh-Hans"
    width: int = 0
    beside: tuple["Layout", ...] = ()
    terms: tuple[Column, ...] = field(init=False)
    others: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        terms = [c for c in self.columns if c.field in TERMS]
        # A short form does not lead the term that it stands for.
        terms.sort(key=lambda column: bool(column.kind))
        others = tuple(c for c in self.columns if c.field not in TERMS)
        width = self.width or len(self.columns)
        object.__setattr__(self, "width", width)
        object.__setattr__(self, "terms", tuple(terms))
        object.__setattr__(self, "others", others)

    def values(self, cells: Sequence[str]) -> list[str]:
        """Return a cell for every column; only in our own tables, word for word."""
        values = list(cells) if self.own else [cell.strip() for cell in cells]
        return values + [""] * (self.width - len(values))

    @property
    def mapping(self) -> Mapping[str, str]:
        """Return heading → meaning, for the report."""
        layouts = (self, *self.beside)
        return {c.heading: c.meaning for layout in layouts for c in layout.columns}
