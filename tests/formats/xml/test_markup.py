"""Parsing XML that may be broken or hostile."""

import codecs
import io
import subprocess
import sys
from io import BytesIO
from itertools import repeat
from pathlib import Path

import pytest

from glossary.errors import UnreadableFile
from glossary.formats.record import Limits
from glossary.formats.xml.markup import (
    TextTooLong,
    elements,
    language_of_element,
    line_of,
    text_of,
)

_LIMITS = Limits()


def _texts(file: bytes, limits: Limits = _LIMITS) -> list[str]:
    found = elements(BytesIO(file), {"e"}, roots={"r"}, expected="TBX", limits=limits)
    return [text_of(element, limits) for element in found]


class _Huge(io.BytesIO):
    """A file of one element that holds the same piece for a gigabyte.

    Looking for its encoding would take longer than a test may; it has a mark.
    """

    def __init__(self, piece: bytes) -> None:
        super().__init__(codecs.BOM_UTF8 + b"<r><e>")
        self._pieces = repeat(piece, 16_384)

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(size) or next(self._pieces, b"")


def test_elements_come_with_their_text_in_any_namespace() -> None:
    file = '<r xmlns="urn:x"><e>新型大国关系</e><o/><e><![CDATA[R&D]]></e></r>'
    assert _texts(file.encode()) == ["新型大国关系", "R&D"]


def test_comments_and_instructions_leave_no_gap() -> None:
    assert _texts(b"<r><e>win<!-- x -->-<?y z?>win</e></r>") == ["win-win"]


@pytest.mark.parametrize(
    "doctype",
    [
        b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/none.dtd">',
        b'<!DOCTYPE r PUBLIC "ISO 12200:1999A//DTD MARTIF//EN" "TBXcdv04.dtd">',
        b"<!DOCTYPE r [<!ELEMENT r ANY>]>",
    ],
)
def test_a_document_type_is_passed_over(doctype: bytes) -> None:
    assert _texts(doctype + b"<r><e>x</e></r>") == ["x"]


def test_a_character_of_html_is_understood_and_others_stay_as_written() -> None:
    file = b'<!DOCTYPE r SYSTEM "x.dtd"><r><e>d&eacute;tente &other; x</e></r>'
    assert _texts(file) == ["détente &other; x"]


_LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
).encode()


@pytest.mark.parametrize(
    "file",
    [
        b'<!DOCTYPE r [<!ENTITY l0 "ha">' + _LAUGHS + b"]>\n<r><e>&l9;</e></r>",
        b'<!DOCTYPE r [<!ENTITY l0 "ha">' + _LAUGHS + b']>\n<r><e a="&l9;"/></r>',
        b'<!DOCTYPE r [<!ENTITY l0 "ha">' + _LAUGHS + b']>\n<r a="&l9;"><e/></r>',
        b'<!DOCTYPE r [<!ENTITY x "short">]>\n<r><e>&x;</e></r>',
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<r><e>&x;</e></r>',
        b'<!DOCTYPE r [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>\n<r><e/></r>',
    ],
)
def test_a_file_that_defines_an_entity_is_refused(file: bytes) -> None:
    with pytest.raises(UnreadableFile, match="entity") as refusal:
        _texts(file)
    assert refusal.value.code == "unreadable-file"
    assert "ine " in str(refusal.value)


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("top secret")
    file = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret}">]><r><e>&x;</e></r>'
    with pytest.raises(UnreadableFile) as refusal:
        _texts(file.encode())
    assert "top secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("file", "line"),
    [
        (b"<r>\n<e>a</e>\n<e>\0</e></r>", 3),
        (b"<r>\n<e>a</e>\n<e>b", 3),
        (b"<r>\n<e>a</e>\n</x>", 3),
        (b"<r>\n<e>a & b</e></r>", 2),
        (b"<r>\n<e>a</e></r>\n<r/>", 3),
    ],
)
def test_broken_xml_is_refused_with_the_line(file: bytes, line: int) -> None:
    with pytest.raises(UnreadableFile, match=f"Line {line}: .*xport"):
        _texts(file)


def test_what_stands_before_the_break_has_been_given() -> None:
    found = elements(
        BytesIO(b"<r><e>a</e>\n<e>"), {"e"}, roots={"r"}, expected="TBX", limits=_LIMITS
    )
    assert text_of(next(found), _LIMITS) == "a"
    with pytest.raises(UnreadableFile):
        next(found)


def test_another_kind_of_xml_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="not a TBX file"):
        _texts(b"<html><p>x</p></html>")


def test_a_right_root_without_elements_is_an_empty_file() -> None:
    assert _texts(b"<r/>") == []


@pytest.mark.parametrize("depth", [60, 5_000])
def test_elements_too_deep_are_refused(depth: int) -> None:
    file = b"<r><e>" + b"<i>" * depth + b"</i>" * depth + b"</e></r>"
    with pytest.raises(UnreadableFile, match="Line 1"):
        _texts(file)


def test_a_text_over_the_limit_is_told_with_its_line() -> None:
    with pytest.raises(TextTooLong) as long:
        _texts(b"<r>\n<e>" + b"x" * 101 + b"</e></r>", Limits(cell=100))
    assert (long.value.line, long.value.element, long.value.most) == (2, "e", 100)


@pytest.mark.parametrize(
    "piece", [b" " * 65_536, b"<i/>" * 16_384, b"<i>" + b"x" * 65_000 + b"</i>"]
)
def test_a_gigabyte_in_one_element_is_refused_early(piece: bytes) -> None:
    with pytest.raises(UnreadableFile, match="no entry has ended"):
        list(elements(_Huge(piece), {"e"}, roots={"r"}, expected="TBX", limits=_LIMITS))


_CHILD = """
import io, resource, sys
from glossary.formats.xml.markup import elements
from glossary.formats.record import Limits
count = int(sys.argv[1])
piece = b"<!-- c --><o>x</o><e>\\n<t>x</t><t/></e>\\n"
pieces = iter([piece * 1000] * (count // 1000) + [b"</r>"])
class Generated(io.BytesIO):
    def read(self, size=-1):
        return super().read(size) or next(pieces, b"")
file = Generated(b"\\xef\\xbb\\xbf<r>")
found = elements(file, {"e"}, roots={"r"}, expected="TBX", limits=Limits())
assert sum(1 for _ in found) == count
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_does_not_grow_with_the_file() -> None:
    def kilobytes(count: int) -> int:
        command = [sys.executable, "-c", _CHILD, str(count)]
        return int(subprocess.run(command, check=True, capture_output=True).stdout)

    assert kilobytes(200_000) < kilobytes(1_000) + 5_000


def test_three_megabytes_on_one_line_are_read() -> None:
    file = "<r>" + "<e><t>主权</t>sovereignty</e>" * 100_000 + "</r>"
    found = elements(
        BytesIO(file.encode()), {"e"}, roots={"r"}, expected="TBX", limits=_LIMITS
    )
    assert {line_of(element) for element in found} == {1}


@pytest.mark.parametrize("inside", ["<t>x</t>", "\n <t>x</t>", "<t>\nx\n</t>", ""])
def test_lines_are_right_far_down(inside: str) -> None:
    entry = f"<e>{inside}</e>\n"
    file = ("<r>\n" + entry * 40_000 + "</r>").encode()
    found = elements(BytesIO(file), {"e"}, roots={"r"}, expected="TBX", limits=_LIMITS)
    lines = [line_of(element) for element in found]
    assert lines == [2 + number * entry.count("\n") for number in range(40_000)]


def test_a_language_is_inherited() -> None:
    file = (
        b'<r xml:lang="en_US"><s><e/></s><s xml:lang="zh-CN"><e/></s><e lang="fr"/></r>'
    )
    found = elements(BytesIO(file), {"e"}, roots={"r"}, expected="TBX", limits=_LIMITS)
    assert [language_of_element(element) for element in found] == [
        "en_US",
        "zh-CN",
        "fr",
    ]
