"""Bytes as text: which encoding a file has, and its lines, one at a time.

The encodings are tried in a fixed order: a byte order mark, UTF-16 told by its zero
bytes, UTF-8, GB18030 (and so GBK and GB2312), Big5. Latin-1 is never guessed, since it
takes any bytes for text. Only the first bytes beyond ASCII are looked at ahead.
"""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from glossary.errors import UnreadableFile
from glossary.message import N_

CHUNK: Final = 1 << 16
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BIG5: Final = "big5hkscs"
_IN_UTF8: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_BEYOND_ASCII: Final = re.compile(rb"[\x80-\xff]+")
_PAIR: Final = re.compile(rb"[\x81-\xfe][\x30-\x39\x40-\x7e\x80-\xfe]")
#: The rows of everyday characters and of punctuation, in GB2312 and in Big5.
_EVERYDAY_GB: Final = re.compile(rb"[\xa1-\xa9\xb0-\xd7][\xa1-\xfe]")
_ANY_GB2312: Final = re.compile(rb"[\xa1-\xa9\xb0-\xf7][\xa1-\xfe]")
_EVERYDAY_BIG5: Final = re.compile(rb"[\xa1-\xc6][\x40-\x7e\xa1-\xfe]")


def lines(stream: BinaryIO, *, longest: int) -> Iterator[str]:
    """Yield the lines of a file without their ends, whatever the ends are.

    Raise UnreadableFile, naming the line, when bytes are no text or a line has more
    than `longest` characters; no more than that is ever held.
    """
    number, tail = 1, ""
    for text in decoded(stream):
        pieces = (tail + text).split("\n")
        tail = pieces.pop()
        if len(tail) > longest or any(len(piece) > longest for piece in pieces):
            sizes = [*map(len, pieces), len(tail)]
            number += next(at for at, size in enumerate(sizes) if size > longest)
            raise UnreadableFile(
                N_("Line %(line)s has more than %(longest)s characters."),
                line=number,
                longest=longest,
            )
        number += len(pieces)
        yield from pieces
    if tail:
        yield tail


def decoded(stream: BinaryIO) -> Iterator[str]:
    """Yield the text of a file in pieces, with every line end as a newline.

    Raise UnreadableFile, naming the line, at the first bytes that are no text.
    """
    newlines = io.IncrementalNewlineDecoder(None, translate=True)
    line = 1
    for piece in _pieces(stream):
        text = newlines.decode(piece)
        if "\0" in text:
            raise UnreadableFile(
                N_("Line %(line)s contains a NUL byte, so this is not a text file."),
                line=line + text.count("\n", 0, text.index("\0")),
            )
        line += text.count("\n")
        if text:
            yield text
    if rest := newlines.decode("", final=True):
        yield rest


def encoding_of(sample: bytes, *, whole: bool = True) -> str | None:
    """Return the encoding of bytes that go beyond ASCII, or None when none fits.

    `whole` says that nothing follows, so that half a character at the end counts
    as broken. What is nearly all UTF-8 is UTF-8 with an error in it, never Chinese of
    another encoding that happens to be decodable.
    """
    if wide := _utf16(sample):
        return wide
    if _decodes(sample, "utf-8", whole=whole) or _share(_IN_UTF8, sample) >= 0.7:
        return "utf-8"
    pairs = _PAIR.findall(b" ".join(_paired(sample)))
    if not pairs:
        return None
    gb = sum(map(bool, map(_EVERYDAY_GB.fullmatch, pairs))) / len(pairs)
    any_gb = sum(map(bool, map(_ANY_GB2312.fullmatch, pairs))) / len(pairs)
    big5 = sum(map(bool, map(_EVERYDAY_BIG5.fullmatch, pairs))) / len(pairs)
    is_gb = any_gb >= 0.4 and _decodes(sample, "gb18030", whole=whole)
    is_big5 = big5 >= 0.4 and _decodes(sample, _BIG5, whole=whole)
    if is_big5 and (not is_gb or big5 > gb):
        return _BIG5
    return "gb18030" if is_gb else None


def head_text(head: bytes) -> str:
    """Return what the first bytes of a file say, as far as they are text."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    encoding = encoding_of(head, whole=False) or "utf-8"
    return head.decode(encoding, "replace")


def _pieces(stream: BinaryIO) -> Iterator[str]:
    """Decode as it comes: ASCII until the first bytes beyond it settle the encoding."""
    chunk = _full(stream)
    encoding: str | None = None
    for mark, name in _MARKS:
        if chunk.startswith(mark):
            encoding, chunk = name, chunk[len(mark) :]
            break
    line = 1
    while encoding is None and chunk:
        if b"\0" in chunk or not chunk.isascii():
            chunk += _full(stream)
            encoding = encoding_of(chunk, whole=len(chunk) < 2 * CHUNK) or "utf-8"
            break
        line += chunk.count(b"\n") or chunk.count(b"\r")
        yield chunk.decode("ascii")
        chunk = _full(stream)
    decoder = codecs.getincrementaldecoder(encoding or "utf-8")()
    try:
        while chunk:
            text = decoder.decode(chunk)
            yield text
            line += text.count("\n")
            chunk = stream.read(CHUNK)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(error.encoding, "replace")
        raise UnreadableFile(
            N_(
                "Line %(line)s: the bytes %(bytes)s are not text in UTF-8, "
                "UTF-16, GB18030 or Big5. Save the file as UTF-8 and send it "
                "again."
            ),
            line=line + before.count("\n"),
            bytes=error.object[error.start : error.start + 4].hex(" "),
        ) from None


def _full(stream: BinaryIO) -> bytes:
    """Read a whole chunk even from a pipe that gives less at a time."""
    chunk = stream.read(CHUNK)
    while chunk and len(chunk) < CHUNK and (more := stream.read(CHUNK - len(chunk))):
        chunk += more
    return chunk


def _utf16(sample: bytes) -> str | None:
    high, low = sample[1::2].count(0), sample[::2].count(0)
    if max(high, low) * 10 < len(sample) or min(high, low) * 20 > max(high, low):
        return None
    encoding = "utf-16-le" if high > low else "utf-16-be"
    even = sample[: len(sample) // 2 * 2]
    return encoding if _decodes(even, encoding, whole=False) else None


def _decodes(sample: bytes, encoding: str, *, whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _share(pattern: re.Pattern[bytes], sample: bytes) -> float:
    """Return how much of what lies beyond ASCII the pattern covers."""
    beyond = sum(map(len, _BEYOND_ASCII.findall(sample)))
    return sum(map(len, pattern.findall(sample))) / beyond if beyond else 1.0


def _paired(sample: bytes) -> Iterator[bytes]:
    """Yield the runs beyond ASCII, each with the one ASCII byte that may end a pair."""
    for run in _BEYOND_ASCII.finditer(sample):
        yield sample[run.start() : run.end() + 1]
