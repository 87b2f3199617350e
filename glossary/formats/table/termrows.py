"""Entries as the rows of our own tables: one term a row.

The first row of an entry holds what the entry says; every row holds its id, its
glossary and its state, so that a spreadsheet can filter by them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Any, Final

import orjson

from glossary.entry import BANS, MATCHES, TERM_DETAILS, Relation, codec
from glossary.formats.imprint import NAMELESS, Imprint
from glossary.formats.noun import split
from glossary.formats.table.cells import citations_cell, texts_cell

_DEFINITIONS: Final = ("en", "zh-Hans", "zh-Hant")
_OF_TERM: Final = (
    "lang",
    "text",
    "status",
    "type",
    "part_of_speech",
    "reading",
    *TERM_DETAILS,
)
_VALUES: Final = attrgetter(*_OF_TERM)
_READING: Final = _OF_TERM.index("reading")
_CASE: Final = _OF_TERM.index("case_sensitive")
_LISTS: Final = tuple(
    map(_OF_TERM.index, ("renders", "not_preceded_by", "not_followed_by"))
)
_MATCH: Final = _OF_TERM.index("match")
_BAN: Final = _OF_TERM.index("ban")
#: Columns of what an entry says of its concept, by the name of its field.
OF_CONCEPT: Final = {
    "concept_since": "since",
    "concept_until": "until",
    "concept_expected": "expected",
}
#: The column of what entries name.
NOUN: Final = "noun"
#: The column of what the file itself is.
FILE: Final = "exported_from"
COLUMNS: Final = (
    "id",
    "glossary",
    "state",
    "subjects",
    *_OF_TERM,
    *(f"definition_{lang}" for lang in _DEFINITIONS),
    "note",
    "citations",
    "relations",
    *OF_CONCEPT,
    "checked",
    "checked_by",
    "version",
    "more",
)
_NO_PROSE: Final = [""] * len(_DEFINITIONS)


@dataclass(slots=True)
class _Wording:
    """What a row says of its term. Fields are named as those of `glossary.entry`."""

    lang: str
    text: str
    status: str | None = None
    type: str | None = None
    part_of_speech: str | None = None
    reading: str | None = None
    reading_derived: bool = False
    issuer: str | None = None
    since: str | None = None
    until: str | None = None
    usage: str | None = None
    match: str | None = None
    case_sensitive: bool = False
    renders: tuple[str, ...] = ()
    ban: str | None = None
    expected: str | None = None
    not_preceded_by: tuple[str, ...] = ()
    not_followed_by: tuple[str, ...] = ()
    citations: tuple[Mapping[str, Any], ...] = ()


@dataclass(slots=True)
class _Check:
    date: str | None = None
    by: str | None = None


@dataclass(slots=True)
class _EntryRows:
    """What the rows of an entry say. The noun itself takes three times as long."""

    id: str
    terms: tuple[_Wording, ...]
    glossary: str | None = None
    state: str | None = None
    subjects: tuple[str, ...] = ()
    definition: Mapping[str, str] | None = None
    note: str | None = None
    relations: tuple[Relation, ...] = ()
    since: str | None = None
    until: str | None = None
    expected: str | None = None
    checked: _Check | None = None
    version: int | None = None
    extra: Mapping[str, Any] | None = None
    notes: Mapping[str, str] | None = None


_read: Final = codec.reader(_EntryRows)
#: What an entry says of relations, its concept, the last check, its version and more.
_NOTHING_ELSE: Final = [""] * (1 + len(OF_CONCEPT) + 4)


def table_of(
    records: Iterable[Mapping[str, Any] | str | bytes], imprint: Imprint = NAMELESS
) -> tuple[Sequence[str], Iterator[Sequence[str]]]:
    """Return the heading of a table of ours, and its rows.

    It has a column for everything that entries say; one may come as its JSON. What they
    name has a row each before them, with one cell in a column that only such a table
    has. The last column says in the first row what the file is.
    """
    nouns, entries = split(iter(records))
    if not nouns:
        return with_imprint(COLUMNS, rows_of(entries), imprint=imprint)
    blank = [""] * len(COLUMNS)
    noun_rows = ([*blank, orjson.dumps(dict(noun)).decode()] for noun in nouns)
    rows = chain(noun_rows, rows_of(entries))
    return with_imprint((*COLUMNS, NOUN), rows, imprint=imprint)


def with_imprint(
    heading: Sequence[str], rows: Iterator[Sequence[str]], *, imprint: Imprint
) -> tuple[Sequence[str], Iterator[Sequence[str]]]:
    """Return a table with a column more, whose first cell says what the file is."""
    if not imprint.lines:
        return heading, rows
    return (*heading, FILE), _imprinted(rows, len(heading), imprint)


def _imprinted(
    rows: Iterator[Sequence[str]], width: int, imprint: Imprint
) -> Iterator[Sequence[str]]:
    for first in rows:
        blank = [""] * (width - len(first))
        yield [*first, *blank, "\n".join(imprint.lines)]
        break
    yield from rows


def rows_of(
    entries: Iterable[Mapping[str, Any] | str | bytes],
) -> Iterator[Sequence[str]]:
    """Yield the rows of entries, as dicts or as their JSON: a row for each term."""
    for entry in map(_concept, entries):
        definition = entry.definition
        whole = [entry.id, entry.glossary or "", entry.state or ""]
        subjects = " | ".join(entry.subjects)
        prose = (
            [definition.get(lang, "") for lang in _DEFINITIONS]
            if definition
            else _NO_PROSE
        )
        note = entry.note or ""
        rest = _other_cells(entry)
        for term in entry.terms:
            citations = citations_cell(term.citations) if term.citations else ""
            cells = _term_cells(term)
            yield [*whole, subjects, *cells, *prose, note, citations, *rest]
            subjects = note = ""
            prose, rest = _NO_PROSE, _NOTHING_ELSE


def _concept(entry: Mapping[str, Any] | str | bytes) -> _EntryRows:
    if isinstance(entry, str | bytes):
        return _read(entry)
    return codec.as_noun(entry, _EntryRows)


def _term_cells(term: _Wording) -> list[str]:
    """Return the cells of a term; a reading that nobody has checked is no cell."""
    cells = [value or "" for value in _VALUES(term)]
    if term.reading_derived:
        cells[_READING] = ""
    if term.case_sensitive:
        cells[_CASE] = "true"
    if term.match == MATCHES[-1]:
        cells[_MATCH] = ""
    if term.ban == BANS[0]:
        cells[_BAN] = ""
    if term.renders or term.not_preceded_by or term.not_followed_by:
        for at in _LISTS:
            cells[at] = texts_cell(cells[at])
    return cells


def _other_cells(entry: _EntryRows) -> list[str]:
    """Return the cells of relations, concept, the last check, version and more."""
    check = entry.checked
    return [
        _relations_cell(entry) if entry.relations else "",
        entry.since or "",
        entry.until or "",
        entry.expected or "",
        (check and check.date) or "",
        (check and check.by) or "",
        str(entry.version or ""),
        _more_cell(entry) if entry.definition or entry.notes or entry.extra else "",
    ]


def _relations_cell(entry: _EntryRows) -> str:
    """Return the cell that says `part: mutual-respect | contrast: peaceful-rise`."""
    return " | ".join(f"{one.type}: {one.entry}" for one in entry.relations)


def _more_cell(entry: _EntryRows) -> str:
    """Return as JSON what has no column: notes by language, fields of tools."""
    definition = {
        lang: text
        for lang, text in (entry.definition or {}).items()
        if lang not in _DEFINITIONS
    }
    more = {"definition": definition, "notes": entry.notes, "extra": entry.extra}
    fields = {name: value for name, value in more.items() if value}
    return orjson.dumps(fields).decode() if fields else ""
