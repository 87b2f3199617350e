"""What the columns of a table are, once that is decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

#: So many rows are looked at before the columns are settled.
SAMPLE: Final = 200
#: The columns that hold terms.
TERMS: Final = frozenset({"term", "text", "synonyms"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its place, its heading, and what its cells are.

    `field` is a word of the table of aliases, or "extra". `lang` is None where the
    language is not the column's. `of` is the place of the term column that it says
    something of, or None when it speaks of the row. `side` is “source” or “target”
    where the heading says so.
    """

    index: int
    heading: str
    field: str
    lang: str | None = None
    of: int | None = None
    side: str = ""

    @property
    def meaning(self) -> str:
        """Say what the column is taken for, in one word."""
        if self.field in {"term", "text"}:
            return self.lang or self.field
        return f"{self.field}_{self.lang}" if self.lang else self.field


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a table's columns are, and whether its first row names them.

    `own` tells a table of ours, one term a row, whose cells are taken word for word.
    """

    columns: tuple[Column, ...]
    has_heading: bool
    own: bool = False
    chinese: str = "zh-Hans"
    terms: tuple[Column, ...] = field(init=False)
    others: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        terms = tuple(c for c in self.columns if c.field in TERMS)
        others = tuple(c for c in self.columns if c.field not in TERMS)
        object.__setattr__(self, "terms", terms)
        object.__setattr__(self, "others", others)

    def values(self, cells: Sequence[str]) -> list[str]:
        """Return a cell for every column; only in our own tables, word for word."""
        values = list(cells) if self.own else [cell.strip() for cell in cells]
        return values + [""] * (len(self.columns) - len(values))

    @property
    def mapping(self) -> Mapping[str, str]:
        """Return heading → meaning, for the report."""
        return {column.heading: column.meaning for column in self.columns}
