import io
import zipfile

import pytest

from glossary.errors import UnreadableFile
from glossary.formats.record import Limits
from glossary.formats.table.package import must_be_a_package


def package(content: bytes, name: str = "xl/worksheets/sheet1.xml") -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream


def test_a_modest_package_passes() -> None:
    must_be_a_package(
        package(b'<x><row r="1"><c r="A1"/><c r="B1"/></row></x>'), Limits()
    )


def test_a_cell_reference_may_lie_across_two_steps() -> None:
    content = b"<x>" + b" " * ((1 << 20) - 10) + b'<c s="1" r="XFD1048576"/></x>'
    with pytest.raises(UnreadableFile, match="1048576 rows and 16384 columns"):
        must_be_a_package(package(content), Limits())


def test_repeated_empty_cells_are_no_cells() -> None:
    row = (
        b'<table:table-row xmlns:table="t" xmlns:office="o" '
        b'table:number-rows-repeated="1048576">'
        b'<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    must_be_a_package(package(row, "content.xml"), Limits())
    full = row.replace(b'"16384"/>', b'"16384" office:value="1"/>')
    with pytest.raises(UnreadableFile, match="repeats its cells until"):
        must_be_a_package(package(full, "content.xml"), Limits())


def test_a_locked_package_is_refused() -> None:
    data = bytearray(package(b"<x/>").getvalue())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match="Remove its password"):
        must_be_a_package(io.BytesIO(data), Limits())


def test_a_broken_member_is_refused() -> None:
    data = bytearray(package(b"<x>" + b"abcdefgh" * 100 + b"</x>").getvalue())
    at = data.index(b"sheet1.xml") + len("sheet1.xml")
    data[at : at + 4] = b"\xff\xff\xff\xff"
    with pytest.raises(UnreadableFile, match="it is damaged"):
        must_be_a_package(io.BytesIO(data), Limits())


@pytest.mark.parametrize(
    "content", [b"<a><b></a>", b"<a>", b"<a/><b/>", b"<a>&x;</a>", b"\xff\xfe<"]
)
def test_xml_that_is_not_whole_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="it is damaged"):
        must_be_a_package(package(content, "content.xml"), Limits())


def test_a_document_type_is_refused() -> None:
    laughs = b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>'
    with pytest.raises(UnreadableFile, match="document type"):
        must_be_a_package(package(laughs, "content.xml"), Limits())


def test_a_count_that_cannot_be_is_refused() -> None:
    strings = b'<sst count="4" uniqueCount="4000000000"><si><t>a</t></si></sst>'
    with pytest.raises(UnreadableFile, match="hold 4000000000 items"):
        must_be_a_package(package(strings, "xl/sharedStrings.xml"), Limits())


def test_rows_without_places_are_counted_too() -> None:
    content = b"<x><row r=\"4000000\"><c/><c r='&#66;9'/></row></x>"
    with pytest.raises(UnreadableFile, match="4000000 rows and 2 columns"):
        must_be_a_package(package(content), Limits())


def test_a_long_text_that_many_cells_share_is_counted_for_each() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        cells = b'<c t="s"><v>1</v></c>' * 20_000
        archive.writestr("xl/worksheets/sheet1.xml", b"<row>" + cells + b"</row>")
        texts = b"<si><t>a</t></si><si><t>" + b"b" * 60_000 + b"</t></si>"
        archive.writestr("xl/sharedStrings.xml", b"<sst>" + texts + b"</sst>")
    with pytest.raises(UnreadableFile, match="take more than 1000000000"):
        must_be_a_package(stream, Limits())
