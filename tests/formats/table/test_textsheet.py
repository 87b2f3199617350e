"""A row that is written at once has the bytes that the library gives its cells."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import python_calamine
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from glossary.formats.table.textsheet import TextSheet

ODD = [
    ["id", "", "和平共处五项原则", "R&D <b> \"win-win\" 'quoted'"],
    ["", " 前有空格", "后有空格\u3000", "第一行\n第二行"],
    ["", "", "", ""],
    ["_x0041_", "_x005f_ and _xZZZZ_", "\x00\x1f\x0b", "\ttab\t"],
    ["\ufffe\uffff", "\r\n", "𠮷 🙂", "=1+1", "'=1+1"],
    ["only the first"],
    [""] * 230 + ["far to the right"],
]


def whole_rows(sheet: TextSheet, rows: Sequence[Sequence[str]]) -> None:
    for at, texts in enumerate(rows, start=1):
        sheet.write_texts(at, texts)


def cell_by_cell(sheet: TextSheet, rows: Sequence[Sequence[str]]) -> None:
    for at, texts in enumerate(rows, start=1):
        for column, text in enumerate(texts):
            if text:
                sheet.write_string(at, column, text)


def book_of(
    rows: Sequence[Sequence[str]],
    fill: Callable[[TextSheet, Sequence[Sequence[str]]], None],
) -> bytes:
    stream = io.BytesIO()
    book: Any = xlsxwriter.Workbook(stream, {"constant_memory": True})
    bold = book.add_format({"bold": True})
    for name in ("one", "two"):
        sheet = book.add_worksheet(name, TextSheet)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 0, 40)
        sheet.write_string(0, 0, "heading", bold)
        fill(sheet, rows)
    book.close()
    return stream.getvalue()


def sheets_of(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        return {n: package.read(n) for n in package.namelist() if "sheet" in n}


def test_whole_rows_have_the_bytes_of_their_cells() -> None:
    assert sheets_of(book_of(ODD, whole_rows)) == sheets_of(book_of(ODD, cell_by_cell))


@given(st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=6))
def test_rows_of_any_texts_have_the_bytes_of_their_cells(rows: list[list[str]]) -> None:
    whole = sheets_of(book_of(rows, whole_rows))
    assert whole == sheets_of(book_of(rows, cell_by_cell))


def test_a_text_that_looks_like_rich_text_is_shown_as_it_is() -> None:
    text = "<r><t>主权</t></r>"
    book = python_calamine.CalamineWorkbook.from_filelike(
        io.BytesIO(book_of([[text]], whole_rows))
    )
    assert book.get_sheet_by_name("one").to_python()[1][0] == text
