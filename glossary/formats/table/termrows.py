"""Entries as the rows of our own tables: one term a row.

The first row of an entry holds what the entry says; every row holds its id, its
glossary and its state, so that a spreadsheet can filter by them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, Final

import orjson

from glossary.entry import BANS, MATCHES, TERM_DETAILS
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
_VALUES: Final = itemgetter(*_OF_TERM)
_CASE: Final = _OF_TERM.index("case_sensitive")
_LISTS: Final = tuple(
    map(_OF_TERM.index, ("renders", "not_preceded_by", "not_followed_by"))
)
#: What a cell is left empty for, by its place.
_USUAL: Final = {
    _OF_TERM.index("match"): MATCHES[-1],
    _OF_TERM.index("ban"): BANS[0],
}
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
#: What an entry says of relations, its concept, the last check, its version and more.
_NOTHING_ELSE: Final = [""] * (1 + len(OF_CONCEPT) + 4)


def table_of(
    records: Iterable[Mapping[str, Any]], imprint: Imprint = NAMELESS
) -> tuple[Sequence[str], Iterator[Sequence[str]]]:
    """Return the heading of a table of ours, and its rows.

    It has a column for everything that entries say. What they name has a row each
    before them, with one cell in a column that only such a table has. The last column
    says in the first row what the file is.
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


def rows_of(entries: Iterable[Mapping[str, Any]]) -> Iterator[Sequence[str]]:
    """Yield the rows of entries: a row for each term."""
    for entry in entries:
        definition = entry.get("definition") or {}
        whole = [entry.get(name) or "" for name in ("id", "glossary", "state")]
        subjects = " | ".join(entry.get("subjects") or ())
        prose = [definition.get(lang, "") for lang in _DEFINITIONS]
        note = entry.get("note") or ""
        concept = [entry.get(name) or "" for name in OF_CONCEPT.values()]
        check = entry.get("checked") or {}
        rest = [_relations_cell(entry), *concept]
        rest += [check.get("date") or "", check.get("by") or ""]
        rest += [str(entry.get("version") or ""), _more_cell(entry)]
        for term in entry["terms"]:
            proofs = term.get("citations")
            citations = citations_cell(proofs) if proofs else ""
            cells = _term_cells(term)
            yield [*whole, subjects, *cells, *prose, note, citations, *rest]
            subjects = note = ""
            prose, rest = _NO_PROSE, _NOTHING_ELSE


def _term_cells(term: Mapping[str, Any]) -> list[str]:
    """Return the cells of a term, which has a place for everything."""
    try:
        values = _VALUES(term)
    except KeyError:
        values = [term.get(name) for name in _OF_TERM]
    cells = [value or "" for value in values]
    if cells[_CASE]:
        cells[_CASE] = "true"
    for at in _LISTS:
        if cells[at]:
            cells[at] = texts_cell(cells[at])
    for at, usual in _USUAL.items():
        if cells[at] == usual:
            cells[at] = ""
    return cells


def _relations_cell(entry: Mapping[str, Any]) -> str:
    """Return the cell that says `part: mutual-respect | contrast: peaceful-rise`."""
    relations = entry.get("relations")
    if not relations:
        return ""
    return " | ".join(
        f"{relation['type']}: {relation['entry']}" for relation in relations
    )


def _more_cell(entry: Mapping[str, Any]) -> str:
    """Return as JSON what has no column: notes by language, fields of tools."""
    if not any(entry.get(name) for name in ("definition", "notes", "extra")):
        return ""
    definition = {
        lang: text
        for lang, text in (entry.get("definition") or {}).items()
        if lang not in _DEFINITIONS
    }
    more = {"definition": definition}
    more |= {name: entry.get(name) or {} for name in ("notes", "extra")}
    fields = {name: value for name, value in more.items() if value}
    return orjson.dumps(fields).decode() if fields else ""
