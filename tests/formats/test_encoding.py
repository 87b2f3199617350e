import io
import time
import tracemalloc
from typing import BinaryIO, cast

import pytest

from glossary.errors import UnreadableFile
from glossary.formats.encoding import CHUNK, decoded, encoding_of, head_text, lines

SIMPLIFIED = "中文,英文\n新型大国关系,new model of major-country relationship\n"
TRADITIONAL = "中文,英文\n不衝突、不對抗,non-conflict\n臺灣,Taiwan\n灣區,bay area\n"


def text_of(data: bytes) -> str:
    return "".join(decoded(io.BytesIO(data)))


@pytest.mark.parametrize(
    "encoding",
    "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 gb18030 gbk gb2312".split(),
)
def test_simplified_chinese_is_read_in_every_encoding(encoding: str) -> None:
    assert text_of(SIMPLIFIED.encode(encoding)) == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gbk", "gb18030", "utf-16-le"])
def test_traditional_chinese_is_read_in_every_encoding(encoding: str) -> None:
    assert text_of(TRADITIONAL.encode(encoding)) == TRADITIONAL


def test_the_encoding_may_show_late_in_the_file() -> None:
    text = "summit,meeting\n" * 20_000 + "峰会,summit\n新型大国关系,x\n"
    assert text_of(text.encode("gb18030")) == text


def test_a_character_may_lie_across_two_chunks() -> None:
    text = "中" + "a" * (CHUNK - 5) + "新型大国关系\n" * 10
    assert text_of(text.encode()) == text
    assert text_of(text.encode("utf-16")) == text


def test_latin_1_is_never_guessed() -> None:
    with pytest.raises(UnreadableFile, match="Line 2"):
        text_of("a,b\nRésumé,x\ncafé\n".encode("latin-1"))


def test_half_a_character_is_named_by_its_line_not_taken_for_other_chinese() -> None:
    cut = SIMPLIFIED.encode() + "峰会,核心利".encode() + "益".encode()[:2]
    with pytest.raises(UnreadableFile, match="Line 3: the bytes e7 9b"):
        text_of(cut)
    broken = SIMPLIFIED.encode().replace("型".encode(), "型".encode()[:2])
    with pytest.raises(UnreadableFile, match="Line 2"):
        text_of(broken)


def test_a_nul_byte_is_named_by_its_line() -> None:
    with pytest.raises(UnreadableFile, match="Line 2 contains a NUL byte"):
        text_of(b"zh,en\na\0b,c\nd,e\nf,g\nh,i\nj,k\nl,m\n")


def test_all_line_ends_are_one() -> None:
    data = b"a\r\nb\rc\nd"
    assert list(lines(io.BytesIO(data), longest=10)) == ["a", "b", "c", "d"]


def test_only_line_ends_end_a_line() -> None:
    text = "a\x0bb\u2028c\x85d\n"
    assert list(lines(io.BytesIO(text.encode()), longest=10)) == ["a\x0bb\u2028c\x85d"]


def test_an_empty_file_has_no_lines() -> None:
    assert list(lines(io.BytesIO(b""), longest=10)) == []
    assert list(lines(io.BytesIO("\ufeff".encode()), longest=10)) == []


def test_a_pipe_may_give_a_byte_at_a_time() -> None:
    class Drip(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(1 if size else 0)

    assert (
        list(lines(Drip(SIMPLIFIED.encode("gbk")), longest=99))
        == SIMPLIFIED.split("\n")[:2]
    )


class Spaces:
    """A gigabyte of spaces that nobody stores."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        self.given += size
        return b" " * size if self.given < 1_000_000_000 else b""


def test_a_gigabyte_on_one_line_is_refused_after_a_little() -> None:
    spaces, began = Spaces(), time.monotonic()
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFile, match="Line 1 has more than 1000000"):
            list(lines(cast("BinaryIO", spaces), longest=1_000_000))
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert spaces.given < 3_000_000
    assert time.monotonic() - began < 2


def test_the_line_that_is_too_long_is_named() -> None:
    with pytest.raises(UnreadableFile, match="Line 3 has more than 5 "):
        list(lines(io.BytesIO(b"a\nb\n123456\nc\n"), longest=5))


def test_a_head_may_end_inside_a_character() -> None:
    assert head_text(SIMPLIFIED.encode()[:5]).startswith("中")
    assert head_text(b"\xff\xfe" + "中a".encode("utf-16-le")) == "中a"


def test_bytes_that_are_nothing_have_no_encoding() -> None:
    assert encoding_of(b"\xff\xff\xff\x80\x80") is None
