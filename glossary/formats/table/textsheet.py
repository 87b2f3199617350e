"""A sheet of XLSX that takes whole rows of texts, and has the bytes of any other.

The library writes a cell in ten steps, which is most of the time that a large sheet
takes; a row of texts is written here in one.
"""

import html
import re
from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from glossary.formats.record import Drop, Dropped
from glossary.message import N_, Message

#: UTF-16 units that a cell holds at most.
_LONGEST_CELL: Final = 32_767
#: Characters that fit into a cell whichever they are.
_SURELY_FITS: Final = 16_000
#: What a text has that cannot stand in XML, or not in a cell, as it is.
_ODD: Final = re.compile(
    r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|\A\s|\s\Z"
)
_SPACE_AT_AN_END: Final = re.compile(r"\A\s|\s\Z")


class TextSheet(Worksheet):  # type: ignore[misc]
    """A sheet of a workbook that is written row by row (`constant_memory`)."""

    def write_texts(self, row: int, texts: Sequence[str]) -> None:
        """Write the cells of a row below all others; an empty text is no cell.

        A text is at most as long as a cell may be, and is shown as it is.
        """
        self._write_single_row(row)
        columns = [at for at, text in enumerate(texts) if text]
        if not columns:
            return
        for at in (columns[0], columns[-1]):
            self._check_dimensions(row, at)
        rest = f'{row + 1}" t="inlineStr"><is><t'
        some = [texts[at] for at in columns]
        begins = [_BEGINS[at] if at < len(_BEGINS) else _begin(at) for at in columns]
        if not _are_plain(some):
            cells = self._cells(some, begins, rest)
        else:
            cells = [
                f"{begin}{rest}>{text}</t></is></c>"
                for begin, text in zip(begins, some, strict=True)
            ]
        self.fh.write(f'<row r="{row + 1}">{"".join(cells)}</row>')

    def _cells(
        self, texts: Sequence[str], begins: Sequence[str], rest: str
    ) -> list[str]:
        """Return the cells of texts any of which may be odd."""
        cells = []
        for begin, cell in zip(begins, texts, strict=True):
            text, attribute = cell, ""
            if _ODD.search(cell) is not None:
                text, attribute = self._odd(cell)
            cells.append(f"{begin}{rest}{attribute}>{text}</t></is></c>")
        return cells

    def _odd(self, text: str) -> tuple[str, str]:
        """Return a text as it stands in XML, and what keeps the spaces at its ends."""
        xml: Any = self._escape_control_characters(text)
        has_space = _SPACE_AT_AN_END.search(xml) is not None
        attribute = ' xml:space="preserve"' if has_space else ""
        return html.escape(xml, quote=False), attribute


def _are_plain(texts: Sequence[str]) -> bool:
    """Say whether no text of a row can be odd, which is soon known of most rows."""
    joined = " ".join(texts)
    return (
        joined.isprintable()
        and "  " not in joined
        and not joined.startswith(" ")
        and not joined.endswith(" ")
        and "&" not in joined
        and "<" not in joined
        and ">" not in joined
        and "_x" not in joined
    )


def _begin(column: int) -> str:
    """Return how a cell begins, up to the number of its row; columns count from 0."""
    return f'<c r="{xl_col_to_name(column)}'


#: How the cells of the columns begin that nearly every table has.
_BEGINS: Final = tuple(map(_begin, range(200)))


def fitting(cells: Sequence[str], heading: Sequence[str], drop: Drop) -> Sequence[str]:
    """Return the cells of a row without those that are too long."""
    if max(map(len, cells)) < _SURELY_FITS:
        return cells
    texts = zip(heading, cells, strict=False)
    return [text if fits(cells[0], name, text, drop) else "" for name, text in texts]


def fits(entry: str, column: str, text: str, drop: Drop) -> bool:
    """Say whether a cell holds a text; tell `drop` if not."""
    if len(text.encode("utf-16-le")) // 2 < _LONGEST_CELL:
        return True
    message = Message(
        N_("A cell in a spreadsheet holds at most %(most)s characters."),
        most=_LONGEST_CELL,
    )
    pointer = "/" + column.replace("_", "/", 1)
    drop(Dropped(entry, pointer, message, text[:200]))
    return False
