import io
import zipfile

import pytest

from glossary.formats.sniff import sniff

PAIRS = "新型大国关系{0}new model\n不冲突、不对抗{0}non-conflict\n"


def zipped(*names: str, mimetype: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        if mimetype:
            package.writestr("mimetype", mimetype)
        for name in names:
            package.writestr(name, "<x/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (PAIRS.format(",").encode(), "csv"),
        (PAIRS.format(";").encode("gb18030"), "csv"),
        (PAIRS.format("\t").encode("utf-16"), "tsv"),
        ("zh,en\n".encode("utf-8-sig"), "csv"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (
            zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            "ods",
        ),
        (zipped("word/document.xml"), None),
        (b'<tbx type="TBX-Basic" style="dca" xml:lang="en">', "tbx3"),
        (b'<?xml version="1.0"?>\n<!-- <martif> -->\n<tbx type="TBX-Core">', "tbx3"),
        (b'<TBX dialect="TBX-Min">', "tbx3"),
        (
            b"<!DOCTYPE martif SYSTEM 'TBXcoreStructV02.dtd'><martif type='TBX'>",
            "tbx2",
        ),
        (b'<!DOCTYPE martif [<!ENTITY a "<x>">]><martif type="TBX">', "tbx2"),
        (b'<martif xmlns="urn:iso:std:iso:30042:ed-2">', "tbx2"),
        ('<?xml version="1.0" encoding="UTF-16"?><mtf>'.encode("utf-16"), "multiterm"),
        (b'<?xml version="1.0" encoding="UTF-16"?><mtf><conceptGrp>', "multiterm"),
        (b'\n<?xml version="1.0"?><tmx version="1.4">', "tmx"),
        (b"<html><body>", None),
        (b'{"id": "a"}\n', "ndjson"),
        (b'\n [{"id": "a"}]', "ndjson"),
        (b"#UTX 1.11; zh-CN/en\n#src\ttgt\n", "utx"),
        (b"#UTX-S 1.00; en/zh\n", "utx"),
        (b"# -*- coding: utf-8 -*-\nsummit\t\xe5\xb3\xb0\xe4\xbc\x9a\n", "omegat"),
        (b'# Poedit\nmsgid ""\nmsgstr ""\n', "po"),
        (b'#. x\nmsgctxt "a"\nmsgid "b"\n', "po"),
        ("# CC-CEDICT\n峰會 峰会 [feng1 hui4] /summit/\n".encode(), "cedict"),
        (b"%PDF-1.7\n\xe2\xe3", "pdf"),
        ("外交是一门艺术。\nIt is said, that it, is.\n\nYes.\n".encode(), None),
        (b"summit\nworld\n", None),
        (b"", None),
        (b"\x00\x01\x02\x03" * 50, None),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", None),
    ],
)
def test_the_content_tells_the_format(head: bytes, name: str | None) -> None:
    assert sniff(head) == name


def test_the_head_may_end_anywhere() -> None:
    text = PAIRS.format(",").encode() * 100
    assert {sniff(text[:end]) for end in range(100, 200)} == {"csv"}
