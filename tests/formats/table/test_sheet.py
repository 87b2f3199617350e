import datetime
import io
import json
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from glossary.errors import UnreadableFile
from glossary.formats.record import (
    Dropped,
    FileReading,
    Limits,
    ReadOptions,
    Record,
    Refused,
    Remark,
)
from glossary.formats.table.sheet import read, write


def workbook(*sheets: list[list[Any]]) -> io.BytesIO:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    for rows in sheets:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(at, column, cell, dates)
                elif cell is not None:
                    sheet.write(at, column, cell)
    book.close()
    stream.seek(0)
    return stream


def spreadsheet(rows: list[list[str]], times: tuple[int, int] = (1, 1)) -> io.BytesIO:
    document, table = OpenDocumentSpreadsheet(), Table(name="Glossary")
    document.spreadsheet.addElement(table)
    for row in rows:
        line = TableRow(numberrowsrepeated=times[0])
        table.addElement(line)
        for text in row:
            cell = TableCell(valuetype="string", numbercolumnsrepeated=times[1])
            cell.addElement(P(text=text))
            line.addElement(cell)
    empty = TableRow(numberrowsrepeated=1_048_000)
    empty.addElement(TableCell(numbercolumnsrepeated=16_384))
    table.addElement(empty)
    stream = io.BytesIO()
    document.write(stream)
    stream.seek(0)
    return stream


def found(stream: io.BytesIO, **options: Any) -> FileReading:
    return read(stream, ReadOptions(**options))


def texts(record: Record | Refused) -> list[str]:
    assert isinstance(record, Record), record
    return [term["text"] for term in record.data["terms"]]


def test_xlsx_is_read_by_its_headings() -> None:
    rows = [
        ["中文", "英文", "备注"],
        ["峰会", "summit", None],
        [],
        ["世界", "world", "球"],
    ]
    reading = found(workbook(rows))
    assert reading.mapping == {"中文": "zh-Hans", "英文": "en", "备注": "note"}
    first, second = reading.records
    assert texts(first) == ["峰会", "summit"]
    assert (first.line, second.line) == (2, 4)


def test_a_table_may_begin_below_a_title() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    for row, cells in enumerate([["zh", "en"], ["峰会", "summit"]], start=4):
        sheet.write_row(row, 2, cells)
    book.close()
    (record,) = found(stream).records
    assert record.line == 6


def test_phrase_tms_booleans_numbers_and_dates_are_text() -> None:
    rows = [
        ["id", "zh", "en", "Forbidden [en]", "since"],
        [12, "大国", "great power", True, datetime.date(2013, 6, 7)],
        [13.5, "峰会", "summit", False, 2014],
    ]
    first, second = found(workbook(rows)).records
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert first.data["id"] == "c12"
    assert first.data["terms"][1] == {
        "lang": "en",
        "text": "great power",
        "status": "forbidden",
        "since": "2013-06-07",
    }
    assert second.data["terms"][1]["since"] == "2014"


def test_the_first_sheet_with_terms_is_read_and_those_that_go_on() -> None:
    cover = [["Glossary of the ministry"], ["2014"]]
    one = [["zh", "en"], ["峰会", "summit"]]
    two = [["zh", "en"], ["世界", "world"]]
    other = [["Name", "Phone"], ["Li", "1"]]
    given = found(workbook(cover, one, other, two)).records
    records = [each for each in given if not isinstance(each, Remark)]
    assert [texts(record) for record in records] == [
        ["峰会", "summit"],
        ["世界", "world"],
    ]


def test_a_workbook_without_terms_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        found(workbook([["Name"], ["Li"]]))
    with pytest.raises(UnreadableFile, match="empty"):
        found(workbook([]))


def test_ods_is_read() -> None:
    (record,) = found(spreadsheet([["中文", "英文"], ["峰会", "summit"]])).records
    assert texts(record) == ["峰会", "summit"]


def test_a_sheet_without_headings_is_told_by_its_script() -> None:
    rows = [["summit", "峰会"], ["world", "世界"]]
    assert len(list(found(workbook(rows)).records)) == 2


# --- Hostile files


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"%PDF-1.7", b"zh,en\n"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        found(io.BytesIO(data))


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        found(stream)


def bomb(size: int) -> bytearray:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/worksheets/sheet1.xml", "w") as member,
    ):
        member.write(b"<x>")
        for _ in range(size // 1_000_000):
            member.write(b" " * 1_000_000)
    return bytearray(stream.getvalue())


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data, began = bomb(100_000_000), time.monotonic()
    with pytest.raises(UnreadableFile, match="would take more than"):
        found(io.BytesIO(data))
    with pytest.raises(UnreadableFile, match="more than 5000000 bytes"):
        found(io.BytesIO(bomb(6_000_000)), limits=Limits(unpacked_bytes=5_000_000))
    assert time.monotonic() - began < 1


def test_a_directory_that_lies_is_found_out() -> None:
    data = bomb(100_000_000)
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    with pytest.raises(UnreadableFile, match="would take more than"):
        found(io.BytesIO(data))


def test_a_cell_at_the_end_of_the_world_is_refused() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["zh", "en"])
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(UnreadableFile, match="Delete what lies far"):
        found(stream)


def test_cells_repeated_without_measure_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="repeats its cells"):
        found(spreadsheet([["中文", "英文"]], times=(1_000_000, 10_000)))


# --- Our own workbooks


def written(entries: list[dict[str, Any]]) -> tuple[io.BytesIO, list[Dropped]]:
    stream, dropped = io.BytesIO(), list[Dropped]()
    write(entries, stream, dropped.append)
    stream.seek(0)
    return stream, dropped


def read_back(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    records = found(written(entries)[0]).records
    return [record.data for record in records if isinstance(record, Record)]


def test_an_empty_glossary_is_a_sheet_with_headings() -> None:
    assert read_back([]) == []


def test_the_curated_glossary_comes_back() -> None:
    path = Path(__file__).parents[3] / "fixtures" / "diplomatic.ndjson"
    entries = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for entry, back in zip(entries, read_back(entries), strict=True):
        said = {k: v for k, v in entry.items() if v}
        assert back == said


def test_the_same_entries_give_the_same_bytes() -> None:
    entries = [{"id": "summit", "terms": [{"lang": "en", "text": "summit"}]}]
    assert written(entries)[0].getvalue() == written(entries)[0].getvalue()


def test_a_text_longer_than_a_cell_is_left_out_and_reported() -> None:
    entry = {
        "id": "x",
        "definition": {"en": "e" * 40_000},
        "terms": [{"lang": "en", "text": "x"}],
    }
    stream, dropped = written([entry])
    assert [(d.entry, d.pointer) for d in dropped] == [("x", "/definition/en")]
    (record,) = found(stream).records
    assert isinstance(record, Record)
    assert "definition" not in record.data


LINE = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1),
    st.sampled_from(
        ["=1+1", "'=x", "a;b", "-", "1.0", "TRUE", "2014-02-14", "_x0041_"]
    ),
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "id": st.from_regex("[a-z][a-z0-9-]{0,9}", fullmatch=True),
                "terms": st.lists(
                    st.fixed_dictionaries(
                        {"lang": st.sampled_from(["zh-Hans", "en"]), "text": LINE},
                        optional={"usage": LINE, "reading": LINE},
                    ),
                    min_size=1,
                    max_size=3,
                ),
            },
            optional={"note": LINE},
        ),
        max_size=4,
        unique_by=lambda entry: entry["id"],
    )
)
def test_entries_come_back_from_xlsx(entries: list[dict[str, Any]]) -> None:
    assert read_back(entries) == entries
