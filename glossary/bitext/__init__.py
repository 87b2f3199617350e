"""Files that hold a text with its translation, read as pairs.

`read` takes a stream and what is known of it, and gives pairs lazily with the line (in
a sheet or a document: the row, the paragraph) where each stands. Two files that hold
one text each are paired paragraph by paragraph by `together`. `report` gives back what
a check found in them, as a file.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from glossary import late_functions
from glossary.bitext.checked import CheckedSegment, Say
from glossary.bitext.listing import listing
from glossary.bitext.sarif import sarif
from glossary.bitext.segment import Languages, Segment
from glossary.entry import codec
from glossary.errors import UnreadableFile
from glossary.formats import Limits, TextTooLong
from glossary.message import N_
from glossary.query import Pair

if TYPE_CHECKING:
    from glossary.bitext import docx, po, table, tmx, xliff
    from glossary.bitext import word as documents

late_functions(__name__)

__all__ = [
    "REPORTS",
    "SUFFIXES",
    "CheckedSegment",
    "Languages",
    "ReportKind",
    "Segment",
    "read",
    "report",
    "sarif",
    "together",
]


class ReportKind(NamedTuple):
    """A kind of file that findings are saved as."""

    suffix: str
    media_type: str


#: By name, what findings are saved as.
REPORTS: Final = {
    "docx": ReportKind(
        ".docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "csv": ReportKind(".csv", "text/csv"),
    "sarif": ReportKind(".sarif", "application/sarif+json"),
}


def report(
    kind: str, segments: Iterable[CheckedSegment], say: Say, *, lang: str
) -> bytes:
    """Return findings as a file of a kind of `REPORTS`, for a reader of `lang`.

    Word documents have every pair, the others findings alone; `say` puts messages into
    the reader's language.
    """
    if kind == "docx":
        return documents.word(segments, say, lang=lang)
    if kind == "csv":
        return listing(segments, say)
    return codec.write(sarif(segments, say))


_Read = Callable[[BinaryIO, Languages, Limits], Iterator[Segment]]
_READERS: Final[dict[str, _Read]] = {
    ".xlf": xliff.read,
    ".xliff": xliff.read,
    ".mxliff": xliff.read,
    ".sdlxliff": xliff.read,
    ".mqxliff": xliff.read,
    ".tmx": tmx.read,
    ".po": po.read,
    ".csv": table.read_text,
    ".tsv": table.read_text,
    ".tab": table.read_text,
    ".txt": table.read_text,
    ".xlsx": table.read_sheet,
    ".ods": table.read_sheet,
    ".docx": docx.read_table,
}
SUFFIXES: Final = tuple(_READERS)
_PARAGRAPHS: Final[dict[str, Callable[[BinaryIO, Limits], Iterator[str]]]] = {
    ".docx": docx.paragraphs,
    ".txt": table.paragraphs,
}


def read(
    stream: BinaryIO, filename: str, languages: Languages, limits: Limits
) -> Iterator[Segment]:
    """Yield the pairs of a file, whose name's ending tells its format.

    Raise UnreadableFile when the ending is not known or the file is not what it says.
    """
    reader = _READERS.get(PurePath(filename).suffix.casefold())
    if reader is None:
        raise UnreadableFile(
            N_("“%(name)s” is not of a kind that can be checked: %(kinds)s."),
            name=filename,
            kinds=" ".join(SUFFIXES),
        )
    try:
        yield from reader(stream, languages, limits)
    except TextTooLong as long:
        raise UnreadableFile(
            N_("Line %(line)s: a text has more than %(most)s characters."),
            line=long.line,
            most=long.most,
        ) from None


def together(
    source: tuple[BinaryIO, str],
    target: tuple[BinaryIO, str],
    languages: Languages,
    limits: Limits,
) -> Iterator[Segment]:
    """Yield the paragraphs of two documents, given with their names, as pairs.

    Raise UnreadableFile when they do not have the same number of paragraphs.
    """
    texts = [_paragraphs(stream, name, limits) for stream, name in (source, target)]
    if len(texts[0]) != len(texts[1]):
        raise UnreadableFile(
            N_(
                "Paragraphs of the source: %(source)s, of the target: %(target)s; "
                "they cannot be paired."
            ),
            source=len(texts[0]),
            target=len(texts[1]),
        )
    for number, (one, other) in enumerate(zip_longest(*texts), start=1):
        pair = Pair(str(number), one, other)
        yield Segment(pair, number, languages)


def _paragraphs(stream: BinaryIO, name: str, limits: Limits) -> list[str]:
    reader = _PARAGRAPHS.get(PurePath(name).suffix.casefold())
    if reader is None:
        raise UnreadableFile(
            N_("“%(name)s” is not of a kind that can be paired: %(kinds)s."),
            name=name,
            kinds=" ".join(_PARAGRAPHS),
        )
    return list(reader(stream, limits))
