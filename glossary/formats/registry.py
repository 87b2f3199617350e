"""The one table of formats; help, docs, upload and download menus are made from it.

The module of a format is read when a file in it is first read or written.
"""

from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Final

from glossary import late_functions
from glossary.errors import UnreadableFile
from glossary.formats.outward import DIALECTS, ENGINES, READERS
from glossary.formats.record import EntryPieces, Format
from glossary.formats.sniff import HEAD, sniff
from glossary.message import N_

if TYPE_CHECKING:
    from glossary.formats import (
        cedict,
        linked,
        multiterm,
        multiterm_out,
        ndjson,
        omegat,
        parallel,
        po,
        skos,
        tmx,
        utx,
    )
    from glossary.formats.table import delimited, sheet
    from glossary.formats.tbx import read as tbx
    from glossary.formats.tbx import write as tbx_write

late_functions(__name__)

_TBX: Final = "application/x-tbx+xml"
FORMATS: Final = (
    Format(
        name="ndjson",
        label="NDJSON",
        suffixes=(".ndjson", ".jsonl", ".json"),
        media_type="application/x-ndjson",
        read=ndjson.read,
        write=ndjson.write,
        derived=True,
        nouns=True,
        described=True,
    ),
    Format(
        name="tbx3",
        label="TBX-Basic 3 (ISO 30042:2019)",
        suffixes=(".tbx",),
        media_type=_TBX,
        read=tbx.read,
        write=tbx_write.write_v3,
        directed=tbx_write.write_directed_v3,
        closed=True,
        nouns=True,
        described=True,
    ),
    Format(
        name="tbx2",
        label="TBX-Basic 2 (ISO 30042:2008)",
        suffixes=(".tbx",),
        media_type=_TBX,
        read=tbx.read,
        write=tbx_write.write_v2,
        directed=tbx_write.write_directed_v2,
        closed=True,
        nouns=True,
        described=True,
    ),
    *DIALECTS,
    Format(
        name="csv",
        label="CSV",
        suffixes=(".csv",),
        media_type="text/csv",
        read=delimited.read,
        write=delimited.write_csv,
        lean=True,
        wide=delimited.write_wide_csv,
        tabular=True,
        nouns=True,
    ),
    Format(
        name="tsv",
        label="TSV",
        suffixes=(".tsv", ".tab"),
        media_type="text/tab-separated-values",
        read=delimited.read,
        write=delimited.write_tsv,
        lean=True,
        wide=delimited.write_wide_tsv,
        tabular=True,
        nouns=True,
    ),
    Format(
        name="xlsx",
        lean=True,
        label="Excel",
        suffixes=(".xlsx",),
        media_type=(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        ),
        read=sheet.read,
        write=sheet.write,
        wide=sheet.write_wide,
        tabular=True,
        nouns=True,
        described=True,
    ),
    Format(
        name="ods",
        label="OpenDocument",
        suffixes=(".ods",),
        media_type="application/vnd.oasis.opendocument.spreadsheet",
        read=sheet.read,
        tabular=True,
    ),
    Format(
        name="xls",
        label="Excel 97–2003",
        suffixes=(".xls",),
        media_type="application/vnd.ms-excel",
        read=sheet.read,
        tabular=True,
    ),
    Format(
        name="omegat",
        label="OmegaT",
        suffixes=(".txt", ".utf8"),
        media_type="text/plain",
        read=omegat.read,
        write=omegat.write,
        tabular=True,
        directed=omegat.write,
        pieces=EntryPieces(omegat.head, omegat.piece),
    ),
    Format(
        name="utx",
        label="UTX",
        suffixes=(".utx",),
        media_type="text/plain",
        read=utx.read,
        write=utx.write,
    ),
    Format(
        name="tmx",
        label="TMX 1.4",
        suffixes=(".tmx",),
        media_type="application/x-tmx+xml",
        read=tmx.read,
        write=tmx.write,
    ),
    Format(
        name="skos",
        label="SKOS (Turtle)",
        suffixes=(".ttl", ".rdf", ".jsonld"),
        media_type="text/turtle",
        read=linked.read,
        write=skos.write,
        nouns=True,
        described=True,
    ),
    Format(
        name="deepl",
        imprinted=False,
        label="DeepL (CSV)",
        suffixes=(".csv",),
        media_type="text/csv",
        read=parallel.read,
        write=parallel.write,
        tabular=True,
        directed=parallel.write,
    ),
    *ENGINES,
    Format(
        name="multiterm",
        label="MultiTerm XML",
        suffixes=(".xml",),
        media_type="application/xml",
        read=multiterm.read,
        write=multiterm_out.write,
    ),
    *READERS,
    Format(
        name="cedict",
        label="CC-CEDICT",
        suffixes=(".u8",),
        media_type="text/plain",
        read=cedict.read,
    ),
    Format(
        name="po",
        label="PO",
        suffixes=(".po", ".pot"),
        media_type="text/x-gettext-translation",
        read=po.read,
    ),
)
READABLE: Final = tuple(f.name for f in FORMATS if f.read is not None)
WRITABLE: Final = tuple(f.name for f in FORMATS if f.write is not None)


def by_name(name: str) -> Format:
    """Return the format of this name; raise KeyError."""
    return _BY_NAME[name]


def of_file(stream: BinaryIO, filename: str = "") -> Format:
    """Return the format a seekable stream is in, by its content, else by its suffix.

    Leave the stream where it was. Raise UnreadableFile for an empty file, a PDF, and
    one that cannot be told.
    """
    place = stream.tell()
    head = stream.read(HEAD)
    stream.seek(place)
    if not head.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise UnreadableFile(N_("The file is empty."))
    name = sniff(head)
    if name == "pdf":
        raise UnreadableFile(N_("This is a PDF; import the table it was made from."))
    suffix = PurePath(filename).suffix.casefold()
    alike = [f for f in _reading(suffix) if name is None or _same_shape(f.name, name)]
    if alike and (name is None or name in {"csv", "tsv"}):
        return alike[0]
    if name is not None:
        return by_name(name)
    raise UnreadableFile(
        N_(
            "The format cannot be recognised from the content; name it with "
            "format=%(names)s (--format)."
        ),
        names=" | ".join(READABLE),
    )


def of_name(filename: str) -> str | None:
    """Return the format that files of such a name are usually written in, if any is.

    >>> of_name("terms.tbx"), of_name("terms.CSV"), of_name("terms")
    ('tbx3', 'csv', None)
    """
    suffix = PurePath(filename).suffix.casefold()
    return next((name for name in WRITABLE if suffix in by_name(name).suffixes), None)


def _reading(suffix: str) -> Iterator[Format]:
    return (f for f in FORMATS if f.read is not None and suffix in f.suffixes)


def _same_shape(name: str, sniffed: str) -> bool:
    """Say whether a suffix may decide between formats that look alike."""
    return name == sniffed or {name, sniffed} <= {"csv", "tsv", "omegat"}


_BY_NAME: Final = {f.name: f for f in FORMATS}
