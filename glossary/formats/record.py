"""What passes between a file and the rest of the house: records, with their place.

A record is a dict of the shape of an entry (docs/data.md), as far as the file says it.
Formats know nothing of paths, of validation, or of the store.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NamedTuple

from glossary.errors import UnreadableFile
from glossary.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedColumn:
    """A column of a question: its number from 1, its heading, what it was taken for."""

    number: int
    heading: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a person must say of a table before it can be read.

    `heading` is the line of the row that was taken for the heading, 0 for none.
    `rows` are the first ones, each a line and its cells.
    """

    columns: tuple[AskedColumn, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    heading: int = 0
    sheet: str = ""
    sheets: tuple[str, ...] = ()


class UnsettledColumns(UnreadableFile):
    """What the columns of a table are is understood by half; a person must say it."""

    code = "unsettled-columns"

    def __init__(self, message: Message, question: Question) -> None:
        super().__init__(message.template, **message.values)
        self.question = question


@dataclass(frozen=True, slots=True)
class Record:
    """One entry as a file gives it.

    `line` counts from 1 (a row in a sheet, the line of an element's start tag).
    `columns` says, for RFC 6901 pointers into `data`, which column or element of the
    file a value came from: `{"/terms/0/text": "中文"}`.
    """

    line: int
    data: dict[str, Any]
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to be said of a file that is neither a record nor a refusal.

    `lost` says that it stands in no entry afterwards: then it belongs to the account
    of what was left out, under `code`. Else it is a warning.
    """

    line: int
    column: str | None
    code: str
    message: Message
    value: str = ""
    sheet: str = ""
    lost: bool = True


@dataclass(frozen=True, slots=True)
class Refused:
    """A place in a file that gives no record, and why.

    `code` is stable (`empty-term`, `too-few-columns` …), `value` the offending text.
    `entry` is the id that stands there all the same, and `texts` what may be wordings:
    they tell whose record this was to be. `guessed` says that it could not be parsed,
    and that the wordings were cut out of it all the same.
    """

    line: int
    column: str | None
    code: str
    message: Message
    value: str = ""
    entry: str = ""
    texts: tuple[str, ...] = ()
    guessed: bool = False
    sheet: str = ""


class TextTooLong(Exception):
    """The text of one element is longer than the limit; the entry cannot be read."""

    def __init__(self, line: int, element: str, text: str, most: int) -> None:
        self.line, self.element, self.most = line, element, most
        self.excerpt = text[:40]
        super().__init__(self.element)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a file may cost. Lengths are in characters unless they say bytes."""

    cell: int = 100_000
    columns: int = 1_000
    unpacked_bytes: int = 4_000_000_000
    depth: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the caller says about a file.

    `mapping` (field → column heading, as `--map zh=原文`) wins over what headings
    seem to mean; `source` and `target` are the BCP 47 tags that the words “source”
    and “target” stand for, and the first two columns of a file without headings.
    `heading` is the line of the heading, 0 where there is none, None to find out.
    `sheets` are those to be read, `split` the characters that part synonyms in a cell.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None
    target: str | None = None
    heading: int | None = None
    sheets: tuple[str, ...] = ()
    split: str = ""
    limits: Limits = field(default_factory=Limits)


Given = Record | Refused | Remark


@dataclass(frozen=True, slots=True)
class FileReading:
    """A file being read: which column is taken for what, and its records, lazily.

    `headed` says that a table has a heading.
    """

    records: Iterator[Given]
    mapping: Mapping[str, str] = field(default_factory=dict)
    headed: bool = False


class Dropped(NamedTuple):
    """Something that a format could not hold: whose, where, and why it was left out."""

    entry: str
    pointer: str
    reason: Message
    value: str = ""


Drop = Callable[[Dropped], None]
Read = Callable[[BinaryIO, ReadOptions], FileReading]
#: Takes entries, a stream and `drop`; of an `imprinted` format also `imprint=`.
Write = Callable[..., None]
#: The same with the languages of source and target.
Directed = Callable[..., None]
#: The same with the languages that have a column.
Wide = Callable[..., None]


class EntryPieces(NamedTuple):
    """How a file is written that is a head with a piece for each entry behind it.

    `head` takes the imprint; `piece` an entry, `drop` and the languages of source and
    target. A piece depends on nothing else, nor on who checked the entry.
    """

    head: Callable[[Any], bytes]
    piece: Callable[[Mapping[str, Any], Drop, tuple[str, str]], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One row of the table of formats.

    `write` takes whole entries (the JSON shape of an entry, every key present) in
    the order they are to stand, and a function that is told what was left out.
    Neither closes the stream. `read` may seek in it. In a `closed` format an entry may
    refer only to entries of the same file. Only a `derived` format is given readings
    that nobody has checked: any other would give them back as if somebody had.
    `directed` writes pairs in one direction, from a language to another one.
    A `tabular` one has columns, so that a mapping of them means something; `wide`
    writes a table with an entry a row and a column for each of some languages. Where
    `nouns` is true, `write` takes what entries name before them (docs/formats.md); they
    are there unasked where `described` is. An `imprinted` one says inside the file
    which glossary it is of, its licence, release and date. Where there are `pieces`,
    `write` writes what they make. A `lean` one needs little of an entry: `write` takes
    entries as the JSON that the store has, derived readings and all.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    media_type: str
    read: Read | None = None
    write: Write | None = None
    closed: bool = False
    derived: bool = False
    tabular: bool = False
    nouns: bool = False
    described: bool = False
    imprinted: bool = True
    lean: bool = False
    directed: Directed | None = None
    wide: Wide | None = None
    pieces: EntryPieces | None = None


def without_derived(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an entry without the readings of its terms that nobody has checked."""
    if not any(term["reading_derived"] for term in entry["terms"]):
        return entry
    bare = {"reading": None, "reading_derived": False}
    terms = [t | bare if t["reading_derived"] else t for t in entry["terms"]]
    return {**entry, "terms": terms}
