"""Entries as the rows of our own tables: one term a row.

The first row of an entry holds what the entry says; every row holds its id, its
glossary and its state, so that a spreadsheet can filter by them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

import orjson

from glossary.entry import BANS, MATCHES
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
    "issuer",
    "since",
    "until",
    "usage",
    "match",
    "case_sensitive",
    "renders",
    "ban",
    "expected",
    "not_preceded_by",
    "not_followed_by",
)
_PLACES: Final = {name: at for at, name in enumerate(_OF_TERM)}
#: What a cell is left empty for.
_USUAL: Final = {"match": MATCHES[-1], "ban": BANS[0]}
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
        checked = entry.get("checked") or {}
        rest = [_relations_cell(entry), *concept]
        rest += [checked.get("date") or "", checked.get("by") or ""]
        rest += [str(entry.get("version") or ""), _more_cell(entry)]
        for term in entry["terms"]:
            term_cells = [""] * len(_OF_TERM)
            # Of a term, which has a place for everything, most is empty.
            for name, value in term.items():
                if value and (at := _PLACES.get(name)) is not None:
                    term_cells[at] = _cell(value, name)
            citations = citations_cell(term.get("citations") or ())
            yield [*whole, subjects, *term_cells, *prose, note, citations, *rest]
            subjects = note = ""
            prose, rest = ["" for _ in prose], ["" for _ in rest]


def _cell(value: Any, name: str) -> str:
    if value is True:
        return "true"
    if isinstance(value, list | tuple):
        return texts_cell(value)
    return "" if value == _USUAL.get(name) else str(value)


def _relations_cell(entry: Mapping[str, Any]) -> str:
    """Return the cell that says `part: mutual-respect | contrast: peaceful-rise`."""
    relations = entry.get("relations") or ()
    return " | ".join(
        f"{relation['type']}: {relation['entry']}" for relation in relations
    )


def _more_cell(entry: Mapping[str, Any]) -> str:
    """Return as JSON what has no column: other definitions, fields of other tools."""
    definition = {
        lang: text
        for lang, text in (entry.get("definition") or {}).items()
        if lang not in _DEFINITIONS
    }
    more = {"definition": definition, "extra": entry.get("extra") or {}}
    fields = {name: value for name, value in more.items() if value}
    return orjson.dumps(fields).decode() if fields else ""
