"""The zip packages that spreadsheets are: what they would unpack to, before they do."""

import re
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO, Final
from xml.parsers import expat

from glossary.errors import UnreadableFile
from glossary.formats.record import Limits
from glossary.message import N_

#: More than this, and a text does not become so small by itself.
_RATIO: Final = 200
#: So much may be unpacked whatever the ratio is.
_HARMLESS: Final = 10_000_000
#: A sheet is held as a grid, empty cells included: so many for each that is written,
#: and so many in any case.
_SPARSE: Final = 20
_MOST_IDLE: Final = 1_000_000
#: So many bytes of text may the cells share out of a table of strings.
_MOST_TEXT: Final = 1_000_000_000
_STEP: Final = 1 << 20
_PLACE: Final = re.compile(r"([A-Za-z]+)(\d+)")
_ENCRYPTED: Final = 0x1
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    LookupError,
    ValueError,
    OSError,
    EOFError,
    NotImplementedError,
)


def must_be_a_package(stream: BinaryIO, limits: Limits) -> None:
    """Refuse a package that is no zip, is locked, or would unpack to too much.

    The sizes in the directory are looked at first, and what is really there second,
    since a directory can lie. Raise UnreadableFile.
    """
    try:
        with zipfile.ZipFile(stream) as package:
            members = package.infolist()
            _check_directory(members, limits)
            sizes = array("Q")
            for member in sorted(members, key=_strings_first):
                _check_member(stream, member, sizes, limits)
    except _BROKEN as error:
        raise UnreadableFile(
            N_("This is not a workbook, or it is damaged: %(reason)s."),
            reason=str(error)[:200],
        ) from None


def _check_directory(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise UnreadableFile(N_("The workbook is encrypted. Remove its password."))
    if unpacked > limits.unpacked_bytes:
        raise _too_much(limits.unpacked_bytes)
    if unpacked > max(_HARMLESS, packed * _RATIO):
        raise _too_much(max(_HARMLESS, packed * _RATIO))


def _too_much(most: int) -> UnreadableFile:
    return UnreadableFile(
        N_("The workbook would take more than %(most)s bytes when unpacked."),
        most=most,
    )


def _strings_first(member: zipfile.ZipInfo) -> bool:
    return not member.filename.endswith("sharedStrings.xml")


def _check_member(
    stream: BinaryIO, member: zipfile.ZipInfo, sizes: "array[int]", limits: Limits
) -> None:
    is_xml = member.filename.endswith((".xml", ".rels"))
    part = _part(member, sizes) if is_xml else None
    size = 0
    for piece in _unpacked(stream, member):
        size += len(piece)
        if size > min(member.file_size, limits.unpacked_bytes):
            raise _too_much(member.file_size)
        if part is not None:
            part.parser.Parse(piece, False)  # noqa: FBT003 - expat has no names.
    if part is not None and size:
        part.parser.Parse(b"", True)  # noqa: FBT003 - the same.
        part.finish()


def _refuse_doctype(*_: object) -> None:
    raise UnreadableFile(
        N_("The workbook declares a document type, which no real workbook does.")
    )


def _unpacked(stream: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a member step by step, past the size that the directory gives it."""
    stream.seek(member.header_offset + 26)
    lengths = stream.read(4)
    if len(lengths) < 4:
        raise zipfile.BadZipFile(member.filename)
    stream.seek(
        int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little"), 1
    )
    size = member.compress_size
    if member.compress_type == zipfile.ZIP_STORED:
        while size > 0 and (piece := stream.read(min(_STEP, size))):
            size -= len(piece)
            yield piece
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile(member.filename)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    while not inflate.eof:
        chunk = inflate.unconsumed_tail or stream.read(min(_STEP, max(size, 0)))
        if not inflate.unconsumed_tail:
            size -= len(chunk)
        piece = inflate.decompress(chunk, _STEP)
        if not chunk and not piece:
            return
        yield piece


class _Part:
    """A part of the package: its XML is whole, and its counts are possible.

    The reader of workbooks waits for ever for an element that is not closed, and makes
    room for as many things as a count announces.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = _refuse_doctype
        self.parser.StartElementHandler = self.start

    def start(self, _name: str, attributes: dict[str, str]) -> None:
        """Look at one more element."""
        for key in ("count", "uniqueCount"):
            value = attributes.get(key, "")
            if value.isdecimal() and int(value[:20]) > self.size:
                raise UnreadableFile(
                    N_(
                        "The workbook claims to hold %(count)s items, more "
                        "than it has room for."
                    ),
                    count=value[:20],
                )

    def finish(self) -> None:
        """Judge the part as a whole."""


class _Strings(_Part):
    """The texts that cells share, and how long each is."""

    def __init__(self, size: int, sizes: "array[int]") -> None:
        super().__init__(size)
        self.sizes, self.began = sizes, -1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Look at one more element; note where a text begins."""
        super().start(name, attributes)
        if name.rpartition(":")[2] == "si":
            self.finish()
            self.began = self.parser.CurrentByteIndex

    def finish(self) -> None:
        """Note the length of the text before."""
        if self.began >= 0:
            self.sizes.append(max(self.parser.CurrentByteIndex - self.began, 0))


class _Sheet(_Part):
    """A sheet of XLSX: how far its cells reach, and how much text they share."""

    def __init__(self, size: int, sizes: "array[int]") -> None:
        super().__init__(size)
        self.parser.CharacterDataHandler = self.take
        self.sizes, self.text = sizes, 0
        self.is_shared = self.in_value = False
        self.cells = self.rows = self.columns = self.row = self.column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Look at one more element, most often a cell."""
        kind = name.rpartition(":")[2]
        self.in_value = kind == "v"
        if kind == "c":
            self.is_shared = attributes.get("t") == "s"
            self.cells += 1
            self.column += 1
            if match := _PLACE.fullmatch(attributes.get("r", "")):
                self.column, self.row = column_number(match[1]), int(match[2][:20])
            self.rows = max(self.rows, self.row)
            self.columns = max(self.columns, self.column)
        elif self.in_value:
            return
        elif kind == "row":
            number = attributes.get("r", "")
            self.row = int(number[:20]) if number.isdecimal() else self.row + 1
            self.column = 0
        else:
            super().start(name, attributes)

    def take(self, data: str) -> None:
        """Add up the shared text that a cell points to."""
        if self.in_value and self.is_shared and data.isdecimal():
            at = int(data[:20])
            self.text += self.sizes[at] if at < len(self.sizes) else 0
            if self.text > _MOST_TEXT:
                raise _too_much(_MOST_TEXT)

    def finish(self) -> None:
        """Refuse a sheet that reaches far beyond what is written in it."""
        if self.rows * self.columns > _MOST_IDLE + _SPARSE * self.cells:
            raise UnreadableFile(
                N_(
                    "The sheet extends over %(rows)s rows and %(columns)s "
                    "columns. Delete what lies far from the table."
                ),
                rows=self.rows,
                columns=self.columns,
            )


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """Return the number of a column by its name.

    >>> column_number("A"), column_number("ab")
    (1, 28)
    """
    number = 0
    for letter in letters[:9].upper():
        number = number * 26 + ord(letter) - 64
    return number


class _Content(_Part):
    """The sheets of an ODS, and how many cells their repetitions make."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.values = self.cells = self.pending = 0
        self.row = 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Look at one more element; only cells that say a thing are counted.

        Spreadsheets fill the rest of a sheet with repeated empty cells.
        """
        kind = name.rpartition(":")[2]
        if kind == "table-row":
            self.row = _repeated(attributes)
        elif kind in {"table-cell", "covered-table-cell"}:
            self.pending = self.row * _repeated(attributes)
            if any("value" in key or "formula" in key for key in attributes):
                self._count()
        elif kind == "p":
            self._count()

    def _count(self) -> None:
        self.values += 1
        self.cells, self.pending = self.cells + self.pending, 0

    def finish(self) -> None:
        """Refuse a content that is mostly repetition."""
        if self.cells > _MOST_IDLE + _SPARSE * self.values:
            raise UnreadableFile(
                N_("The sheet repeats its cells until there are %(count)s of them."),
                count=self.cells,
            )


def _repeated(attributes: dict[str, str]) -> int:
    for key, value in attributes.items():
        if key.endswith(("rows-repeated", "columns-repeated")) and value.isdecimal():
            return int(value[:20])
    return 1


def _part(member: zipfile.ZipInfo, sizes: "array[int]") -> _Part:
    if member.filename.endswith("sharedStrings.xml"):
        return _Strings(member.file_size, sizes)
    if "worksheets/" in member.filename and member.filename.endswith(".xml"):
        return _Sheet(member.file_size, sizes)
    if member.filename == "content.xml":
        return _Content(member.file_size)
    return _Part(member.file_size)
