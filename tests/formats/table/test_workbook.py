"""Workbooks as people keep them: titles, merged cells, sections, comments, sheets."""

import base64
import io
import re
import zipfile
import zlib
from typing import Any

import pytest
import xlsxwriter

from glossary.errors import UnreadableFile
from glossary.formats import of_file
from glossary.formats.record import (
    Given,
    ReadOptions,
    Record,
    Refused,
    Remark,
    UnsettledColumns,
)
from glossary.formats.table.sheet import read

#: Saved by Excel 97's writer: a title, a heading, and two pairs.
OLD = (
    b"c-rk)O-NKx6#njeGtMY8<EW#cfeb=c<`B`QjZOvSs>!LKKOvoQvccg!9fZhD{v-w=1+9uUf}1w>v#6vN"
    b"wQC_5wFm;isb#bf3JTQMxo6(1nR4MkNyYsh_uTW&{qEm8_n!OSd$~}xG=0Azho8_69cxxO$_i|PQn_;z"
    b"1eIHsRGr*Q$x`^IQ0^s1mbvl7Kktz~l>W{^!#&q?lE6DkT^K;jG*aPB!~q^dkC0<%BPnp3ECJN>sH#~e"
    b"S=O+;%gm=N_pxP)WgBsq#Az%<V=a5_ReVxw;<5l_yN|feTej>*Endh~eCfK#bKTgVP4{H}&Vojl4>KUY"
    b"b)<|`wkNZM5IJxLpRF+P$=RvT!pgq6b^)?~DYkpovER^KzzD2vUf>h(L3ha#P0SygyS9RE>03LAx>GZ;"
    b"U40*~em&DSc>W4ih{PsSlr4`<rgR8@>_L2V*asM<5lNcHxlB4a<bv=X?>aIVPfXPS7t%(AQaEXv1GHR*"
    b"(xy=%Lpq0mU{MJ0^VaZ@>_sK(RlGrh6y#U#EWbLO=!~9a%Ls@4{Nb=w&IcAoWeutv;1Zq^b6Z&MWI4vI"
    b"ZehKFWr&tF<;|V7wsL5kIhVP#nflqocpcqVpl>IA;zRs#<HY;u4$@~ka>Jq7H_>S{(P7m~_2o5=R?#YM"
    b"-ISP%I=Qd|$s)`8UxJEP3)*wD>=UpOtEgbLilt--o?S6RFhk1xo%8%8Ut5Q-F<-a&`RDDj`T9D1o%wE?"
    b"uQOlztzE0eL)jPw!5^rAf`WpAf`WpAg2MOLcKN=j+b`;F`vbsZ|JPZiw5EQO{I@s?ldd89Fg*x^@+>Zv"
    b"w0`Q~7EW7YgLRz$g%T&I_bmF6;BoYqyng8eP87~(!xe+SZwr;$|5_>I{KNf!1DpEYcm"
)


def book(**sheets: list[list[Any]]) -> tuple[io.BytesIO, xlsxwriter.Workbook]:
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream)
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return stream, made


def given(stream: io.BytesIO, made: xlsxwriter.Workbook, **options: Any) -> list[Given]:
    made.close()
    stream.seek(0)
    return list(read(stream, ReadOptions(**options)).records)


def texts(found: list[Given]) -> list[list[str]]:
    return [
        [term["text"] for term in each.data["terms"]]
        for each in found
        if isinstance(each, Record)
    ]


def remarks(found: list[Given]) -> list[tuple[str, int, str, bool]]:
    return [
        (each.sheet, each.line, each.code, each.lost)
        for each in found
        if isinstance(each, Remark)
    ]


def test_a_merged_category_is_filled_down_and_a_merged_term_has_many_renderings() -> (
    None
):
    stream, made = book(
        词表=[
            ["类别", "中文", "英文"],
            ["原则", "不冲突", "non-conflict"],
            ["", "不对抗", "non-confrontation"],
            ["目标", "合作共赢", "win-win cooperation"],
            ["", "", "mutual benefit"],
            ["", "和平", "peace"],
        ]
    )
    sheet = made.worksheets()[0]
    sheet.merge_range("A2:A3", "原则")
    sheet.merge_range("A4:A5", "目标")
    sheet.merge_range("B4:B5", "合作共赢")
    found = given(stream, made)
    assert texts(found) == [
        ["不冲突", "non-conflict"],
        ["不对抗", "non-confrontation"],
        ["合作共赢", "win-win cooperation", "mutual benefit"],
        ["和平", "peace"],
    ]
    names = [
        list(each.data.get("extra", {}).get("subjects", {}).values())
        for each in found
        if isinstance(each, Record)
    ]
    assert names == [["原则"], ["原则"], ["目标"], []]


def test_a_row_merged_over_the_table_heads_a_section() -> None:
    stream, made = book(
        词表=[
            ["中文", "英文"],
            ["双边关系"],
            ["会见", "meeting"],
            ["多边"],
            ["峰会", "summit"],
        ]
    )
    sheet = made.worksheets()[0]
    sheet.merge_range("A2:B2", "双边关系")
    sheet.merge_range("A4:B4", "多边")
    records = [r for r in given(stream, made) if isinstance(r, Record)]
    assert [list(r.data["extra"]["subjects"].values()) for r in records] == [
        ["双边关系"],
        ["多边"],
    ]


def test_comments_are_notes_and_hidden_rows_are_said() -> None:
    stream, made = book(
        词表=[
            ["中文", "英文"],
            ["会见", "meeting"],
            ["峰会", "summit"],
            ["和平", "peace"],
        ]
    )
    sheet = made.worksheets()[0]
    sheet.write_comment("B2", "用于双边场合")
    sheet.set_row(2, None, None, {"hidden": True})
    found = given(stream, made)
    assert texts(found)[1] == ["峰会", "summit"]
    records = [each for each in found if isinstance(each, Record)]
    assert [r.data.get("note", "") for r in records] == ["用于双边场合", "", ""]
    assert remarks(found) == [("", 3, "hidden-row", False)]


def test_an_error_and_a_formula_without_a_value_are_said_where_they_stand() -> None:
    stream, made = book(
        词表=[
            ["中文", "英文", "备注"],
            ["会见"],
            ["峰会"],
            ["和平"],
            ["主权", "sovereignty"],
        ]
    )
    sheet = made.worksheets()[0]
    # As programs write workbooks that no spreadsheet has worked out.
    sheet.write_formula("B2", "=C2", value="")
    sheet.write_formula("B3", "=1/0", value="#DIV/0!")
    sheet.write_formula("B4", '=LOWER("Peace")', value="peace")
    sheet.write_formula("C4", "=NA()", value="#N/A")
    sheet.write_formula("A6", "=C6", value="")
    sheet.write_formula("B6", "=C6", value="")
    found = given(stream, made)
    refused = [each for each in found if isinstance(each, Refused)]
    assert [(r.line, r.column, r.code, r.value) for r in refused] == [
        (2, "英文", "no-value", "=C2"),
        (3, "英文", "no-value", "#DIV/0!"),
        (6, "中文", "no-value", "=C6"),
    ]
    assert texts(found) == [["和平", "peace"], ["主权", "sovereignty"]]
    assert remarks(found) == [("", 4, "no-value", True)]


def test_sheets_with_the_same_columns_in_any_order_are_read_and_others_named() -> None:
    stream, made = book(
        说明=[["本词表由翻译司编制"]],
        甲=[["中文", "英文"], ["不冲突", "non-conflict"]],
        乙=[["英文", "中文", "备注"], ["win-win", "合作共赢", "常用"]],
        法文=[["中文", "法文"], ["和平", "paix"]],
        别的=[["Name", "Phone"], ["Li", "1"]],
    )
    found = given(stream, made)
    assert texts(found) == [["不冲突", "non-conflict"], ["win-win", "合作共赢"]]
    assert [r.sheet for r in found if isinstance(r, Record)] == ["甲", "乙"]
    assert [(name, code) for name, _, code, _ in remarks(found)] == [
        ("说明", "sheet"),
        ("法文", "sheet"),
        ("别的", "sheet"),
    ]


def test_a_sheet_may_be_named_and_must_be_there() -> None:
    sheets = {
        "甲": [["中文", "英文"], ["不冲突", "non-conflict"]],
        "法文": [["中文", "法文"], ["和平", "paix"]],
    }
    assert texts(given(*book(**sheets), sheets=("法文",))) == [["和平", "paix"]]
    with pytest.raises(UnreadableFile, match="no sheet “乙”"):
        given(*book(**sheets), sheets=("乙",))


def test_a_question_says_which_sheet_it_is_of() -> None:
    with pytest.raises(UnsettledColumns) as error:
        given(
            *book(
                说明=[["x"]],
                词表=[["中文", "笔译"], ["和平", "peace"], ["战争", "war"]],
            )
        )
    assert error.value.question.sheet == "词表"
    assert error.value.question.sheets == ("说明", "词表")


def test_workbooks_of_excel_97_are_read() -> None:
    stream = io.BytesIO(zlib.decompress(base64.b85decode(OLD)))
    assert of_file(stream, "x").name == "xls"
    found = list(read(stream, ReadOptions()).records)
    assert texts(found) == [
        ["不冲突", "non-conflict"],
        ["合作共赢", "win-win cooperation"],
    ]
    assert remarks(found) == [("", 1, "title", True)]


OPEN_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
><office:body><office:spreadsheet><table:table table:name="术语">
<table:table-row>{heading}</table:table-row>
<table:table-row>
 <table:table-cell office:value-type="string" table:number-rows-spanned="2">
  <text:p>外交</text:p></table:table-cell>
 <table:table-cell office:value-type="string"><text:p>和平</text:p>
  <office:annotation><text:p>不是平静</text:p></office:annotation></table:table-cell>
 <table:table-cell table:formula="of:=LOWER(&quot;PEACE&quot;)"
  office:value-type="string" office:string-value="peace"><text:p>peace</text:p>
 </table:table-cell></table:table-row>
<table:table-row table:visibility="collapse"><table:covered-table-cell/>
 <table:table-cell office:value-type="string"><text:p>峰会</text:p></table:table-cell>
 <table:table-cell office:value-type="string"><text:p>summit</text:p>
 </table:table-cell></table:table-row>
<table:table-row><table:table-cell table:number-columns-repeated="1"/>
 <table:table-cell office:value-type="string"><text:p>主权</text:p></table:table-cell>
 <table:table-cell table:formula="of:=1/0" office:value-type="string"
  office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p>
 </table:table-cell></table:table-row>
<table:table-row><table:table-cell/>
 <table:table-cell office:value-type="string"><text:p>互信</text:p></table:table-cell>
 <table:table-cell table:formula="of:=B9"/></table:table-row>
<table:table-row table:number-rows-repeated="1048570" table:visibility="collapse">
 <table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>
"""


def test_what_an_open_document_says_beside_its_cells_is_read_too() -> None:
    cell = (
        '<table:table-cell office:value-type="string"><text:p>{}</text:p>'
        "</table:table-cell>"
    )
    heading = "".join(map(cell.format, ["类别", "中文", "英文"]))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        text = OPEN_DOCUMENT.format(heading=heading)
        package.writestr("content.xml", re.sub(r">\s+<", "><", text))
    given = list(read(stream, ReadOptions()).records)
    records = [each for each in given if isinstance(each, Record)]
    refused = [each for each in given if isinstance(each, Refused)]
    assert [[t["text"] for t in r.data["terms"]] for r in records] == [
        ["和平", "peace"],
        ["峰会", "summit"],
    ]
    assert records[0].data["note"] == "不是平静"
    # The merged cell is filled down.
    assert records[0].data["subjects"] == records[1].data["subjects"] != []
    assert [(r.line, r.code, r.value) for r in refused] == [
        (4, "no-value", "#DIV/0!"),
        (5, "no-value", "=B9"),
    ]
    hidden = [r.line for r in given if isinstance(r, Remark) and r.code == "hidden-row"]
    assert hidden == [3]
