"""What the first bytes of an XML file say, and what is true: its encoding."""

import codecs
import re
from typing import BinaryIO, Final, Self

from glossary.errors import UnreadableFile
from glossary.message import N_

#: What may be read for one element before it ends, in bytes of UTF-8.
ELEMENT_BYTES: Final = 4_000_000
_CHUNK: Final = 1 << 16
#: So many characters of sound UTF-8 before the first fault are no accident.
_CONVINCING: Final = 8
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED: Final = re.compile(
    rb"\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([\w.:-]{1,40})[\"']"
)
#: Encodings of two bytes and more, which a file without their mark does not have.
_WIDE: Final = ("utf-16", "utf-32")
#: Both are part of GB 18030, and files in them use more of it than they declare.
_NATIONAL: Final = frozenset({"gb2312", "gbk"})


class XmlBytes:
    """An XML file as UTF-8 bytes, whatever it is in; refuses what never ends.

    Call `mark` whenever an element has been used: the bytes since then are what
    the parser keeps in memory.
    """

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = (
            None
            if encoding == "utf-8"
            else codecs.getincrementaldecoder(encoding)("strict")
        )
        self._encoding = encoding
        self._since_mark = 0
        self._line = 1

    @classmethod
    def of(cls, stream: BinaryIO) -> Self:
        """Find out the encoding of a stream, and stand at its beginning.

        Raise UnreadableFile when it is empty, no XML, or in no encoding known here.
        """
        start = stream.tell()
        encoding = _encoding(stream)
        stream.seek(start)
        if encoding == "utf-8-sig":
            stream.read(len(codecs.BOM_UTF8))
            encoding = "utf-8"
        return cls(stream, encoding)

    def mark(self) -> None:
        """Note that everything read so far has been used and let go."""
        self._since_mark = 0

    def read(self, size: int = _CHUNK) -> bytes:
        """Return the next bytes, nothing at the end.

        Raise UnreadableFile on bytes that are not of the encoding, and when one
        element takes more than ELEMENT_BYTES.
        """
        chunk = b""
        while not chunk:
            raw = self._stream.read(size)
            chunk = raw if self._decoder is None else self._decode(raw)
            if not raw:
                break
        self._line += chunk.count(b"\n")
        self._since_mark += len(chunk)
        if self._since_mark > ELEMENT_BYTES + size:
            raise UnreadableFile(
                N_(
                    "Line %(line)s: no entry has ended after %(most)s bytes; "
                    "the file is not a glossary, or it is damaged. Nothing "
                    "after this was read."
                ),
                line=self._line,
                most=ELEMENT_BYTES,
            )
        return chunk

    def _decode(self, raw: bytes) -> bytes:
        assert self._decoder is not None  # noqa: S101 - the caller has looked.  # nosec B101
        try:
            return self._decoder.decode(raw, final=not raw).encode()
        except UnicodeError:
            raise _broken(self._line, self._encoding) from None


def _broken(line: int, encoding: str) -> UnreadableFile:
    return UnreadableFile(
        N_(
            "Around line %(line)s, there are bytes that are not "
            "%(encoding)s. Save the file as UTF-8 and try again."
        ),
        line=line,
        encoding=encoding.upper(),
    )


def _encoding(stream: BinaryIO) -> str:
    start = stream.tell()
    head = stream.read(1024)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if not head.strip():
        raise UnreadableFile(N_("Line 1: the file is empty. Export it again."))
    if not head.lstrip().startswith(b"<"):
        raise _no_xml(head)
    for encoding in _candidates(head):
        stream.seek(start)
        if _decodes(stream, encoding):
            return encoding
    raise UnreadableFile(
        N_(
            "Line 1: the text is not in UTF-8, GB 18030 or Big5. Save the "
            "file as UTF-8 and try again."
        )
    )


def _no_xml(head: bytes) -> UnreadableFile:
    kind = {b"%PDF": "PDF", b"PK\3\4": "ZIP", b"\xd0\xcf\x11\xe0": "Office 97"}
    return UnreadableFile(
        N_(
            "Line 1: this is not XML (%(kind)s): it does not begin with “<”. "
            "Export the glossary again, as XML."
        ),
        kind=kind.get(head[:4], "?"),
    )


def _candidates(head: bytes) -> tuple[str, ...]:
    declared = _DECLARED.match(head)
    if declared is None:
        return ("utf-8", "gb18030", "big5")
    try:
        name = codecs.lookup(declared[1].decode()).name
        b"".decode(name)  # Refuses codecs that make no text, such as base64.
    except LookupError:
        name = "utf-8"
    if name in _NATIONAL:
        name = "gb18030"
    if name.startswith(_WIDE):
        name = "utf-8"
    return tuple(dict.fromkeys(("utf-8", name, "gb18030", "big5")))


def _decodes(stream: BinaryIO, encoding: str) -> bool:
    """Say whether the whole stream is of the encoding.

    Raise UnreadableFile when it plainly is UTF-8, but for some bytes.
    """
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    line, wide = 1, 0
    while True:
        chunk = stream.read(_CHUNK)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            sound = error.object[: error.start].decode(encoding, "ignore")
            if encoding == "utf-8" and wide + _wide(sound) >= _CONVINCING:
                raise _broken(line + sound.count("\n"), encoding) from None
            return False
        line += text.count("\n")
        wide += _wide(text)
        if not chunk:
            return True


def _wide(text: str) -> int:
    return 0 if text.isascii() else sum(character > "\x7f" for character in text)
