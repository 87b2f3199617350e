"""The encoding of XML, said and true."""

from io import BytesIO

import pytest

from glossary.errors import UnreadableFile
from glossary.formats.xml.prolog import ELEMENT_BYTES, XmlBytes

_TEXT = "<a>中华人民共和国 is the PRC，一带一路</a>"


def _read(file: bytes) -> str:
    source = XmlBytes.of(BytesIO(file))
    return b"".join(iter(source.read, b"")).decode()


@pytest.mark.parametrize(
    ("said", "true"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("", "utf-16-le"),
        ("", "utf-16-be"),
        ("", "utf-32"),
        ("", "gb18030"),
        ("UTF-8", "utf-16"),
        ("UTF-8", "gb18030"),
        ("UTF-16", "utf-8"),
        ("UTF-16", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("UTF-16", "utf-16-be"),
        ("UTF-16", "gb18030"),
        ("GB2312", "gb18030"),
        ("GBK", "utf-8"),
        ("no-such-encoding", "utf-8"),
        ("base64", "utf-8"),
        ("ISO-8859-1", "utf-8"),
    ],
)
def test_what_an_encoding_is_counts_more_than_what_is_said(
    said: str, true: str
) -> None:
    prolog = f'<?xml version="1.0" encoding="{said}"?>' if said else ""
    assert _read((prolog + _TEXT).encode(true)) == prolog + _TEXT


def test_a_declared_single_byte_encoding_is_believed() -> None:
    text = '<?xml version="1.0" encoding="iso-8859-1"?><a>détente</a>'
    assert _read(text.encode("latin-1")) == text


def test_big5_is_told_when_it_is_said() -> None:
    text = '<?xml version="1.0" encoding="Big5"?><a>聯合國安全理事會</a>'
    assert _read(text.encode("big5")) == text


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\3\4" + b"\0" * 40, "ZIP"),
        (b"source,target\n", "begin"),
        (b"\xff\xfe\x00\xd8\x00\x00", "UTF-16"),
        ("<a>\n一二三四五六七八九".encode() + b"\xe4\xb8", "line 2"),
        (b"<a>\x80\x80\xff\xff\xff</a>", "not in UTF-8, GB 18030"),
    ],
)
def test_what_is_no_xml_text_is_refused_with_the_line(file: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said) as refusal:
        _read(file)
    assert "line" in str(refusal.value).lower()


def test_an_element_that_never_ends_is_refused_before_memory_runs_out() -> None:
    class Endless(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(size) or b" " * (size or 1)

    source = XmlBytes(Endless(b"<a>"), "utf-8")
    read = 0
    with pytest.raises(UnreadableFile, match="no entry has ended"):
        while True:
            read += len(source.read(1 << 16))
    assert read <= ELEMENT_BYTES + (2 << 16)
