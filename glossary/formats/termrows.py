"""Entries as the rows of our own tables: one term a row.

The first row of an entry holds what the entry says; every row holds its id, its
glossary and its state, so that a spreadsheet can filter by them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from glossary.errors import N_, Message
from glossary.formats.cells import citations_cell
from glossary.formats.record import Drop, Dropped

_DEFINITIONS: Final = ("en", "zh-Hans", "zh-Hant")
_OF_TERM: Final = (
    "lang",
    "text",
    "status",
    "type",
    "reading",
    "issuer",
    "since",
    "until",
    "usage",
)
COLUMNS: Final = (
    "id",
    "glossary",
    "state",
    "subjects",
    *_OF_TERM,
    *(f"definition_{lang}" for lang in _DEFINITIONS),
    "note",
    "citations",
)


def rows_of(
    entries: Iterable[Mapping[str, Any]], drop: Drop
) -> Iterator[Sequence[str]]:
    """Yield the rows of entries; tell `drop` what a table has no column for."""
    for entry in entries:
        _drop_the_rest(entry, drop)
        definition = entry.get("definition") or {}
        whole = [entry.get(name) or "" for name in ("id", "glossary", "state")]
        subjects = " | ".join(entry.get("subjects") or ())
        prose = [definition.get(lang, "") for lang in _DEFINITIONS]
        note = entry.get("note") or ""
        for term in entry["terms"]:
            said = [term.get(name) or "" for name in _OF_TERM]
            citations = citations_cell(term.get("citations") or ())
            yield [*whole, subjects, *said, *prose, note, citations]
            subjects = note = ""
            prose = ["" for _ in prose]


def _drop_the_rest(entry: Mapping[str, Any], drop: Drop) -> None:
    for at, relation in enumerate(entry.get("relations") or ()):
        drop(
            Dropped(
                entry["id"],
                f"/relations/{at}",
                Message(N_("A table has no column for relations.")),
                f"{relation['type']} {relation['entry']}",
            )
        )
    for lang, text in (entry.get("definition") or {}).items():
        if lang not in _DEFINITIONS:
            said = Message(
                N_("A table has no column for a definition in “%(lang)s”."), lang=lang
            )
            drop(Dropped(entry["id"], f"/definition/{lang}", said, text))
    for name, value in (entry.get("extra") or {}).items():
        step = str(name).replace("~", "~0").replace("/", "~1")
        said = Message(N_("A table has no column for fields of other tools."))
        drop(Dropped(entry["id"], f"/extra/{step}", said, str(value)[:200]))
