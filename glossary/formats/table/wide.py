"""Tables with an entry a row and a column a language, as people read them.

Each language has three columns: the wordings that lead, other ones that are allowed,
and those to avoid. A status that the column does not say follows in brackets; the
last column names the languages whose leading wording is admitted, not preferred. Our
reader takes such a table for one with a term a row, so it comes home as it went.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from glossary.entry import BANS, MATCHES, STATUSES, TERM_TYPES, USABLE
from glossary.formats.record import Drop, Dropped, Given
from glossary.formats.table.cells import texts_cell, texts_in
from glossary.formats.table.columns import Row
from glossary.formats.table.termrows import FILE
from glossary.message import N_, Message

_FIRST: Final = ("id", "glossary", "state", "version", "subjects")
_ALSO: Final = " also"
_AVOID: Final = " avoid"
#: The status that a wording has by the column it stands in.
_STATUS: Final = {"": "preferred", _ALSO: "admitted", _AVOID: "deprecated"}
_DEFINITION: Final = "definition_"
_ADMITTED: Final = "admitted"
_MARKED: Final = re.compile(rf"(.*) \[({'|'.join(STATUSES)})\]", re.DOTALL)
#: What a wording may say that has no place in a cell, and what it says by default.
_UNSAID: Final = {
    "type": TERM_TYPES[0],
    "match": MATCHES[-1],
    "ban": BANS[0],
    **dict.fromkeys(
        "part_of_speech reading issuer since until usage case_sensitive renders"
        " expected not_preceded_by not_followed_by citations".split()
    ),
}
_UNSAID_OF_AN_ENTRY: Final = "relations since until expected checked extra".split()
_LEADING: Final = ("zh-Hans", "zh-Hant", "en")


def languages_of(entries: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the languages of wordings and definitions, ours first."""
    tags: set[str] = set()
    for entry in entries:
        tags.update(term["lang"] for term in entry["terms"])
        tags.update(entry["definition"])
    ours = [tag for tag in _LEADING if tag in tags]
    return (*ours, *sorted(tags.difference(_LEADING)))


def columns_of(languages: Iterable[str]) -> tuple[str, ...]:
    """Return the heading of a table in these languages."""
    tags = [*languages]
    words = [f"{tag}{kind}" for tag in tags for kind in _STATUS]
    return (
        *_FIRST,
        *words,
        *(f"{_DEFINITION}{tag}" for tag in tags),
        "note",
        _ADMITTED,
    )


def rows_of(
    entries: Iterable[Mapping[str, Any]], languages: Sequence[str], drop: Drop
) -> Iterator[Sequence[str]]:
    """Yield a row for each entry; tell `drop` what has no column."""
    for entry in entries:
        cells: dict[tuple[str, str], list[str]] = {}
        admitted: dict[str, None] = {}
        for term in entry["terms"]:
            kind = _kind(term, entry["terms"])
            usual = _STATUS[kind]
            if not kind and term["status"] == _STATUS[_ALSO]:
                admitted[term["lang"]] = None
                usual = _STATUS[_ALSO]
            text = _marked(term, usual)
            cells.setdefault((term["lang"], kind), []).append(text)
        words = [texts_cell(cells.get((t, k), ())) for t in languages for k in _STATUS]
        prose = [entry["definition"].get(tag, "") for tag in languages]
        first = [str(entry[name] or "") for name in _FIRST[:-1]]
        subjects = " | ".join(entry["subjects"])
        yield [*first, subjects, *words, *prose, entry["note"], texts_cell(admitted)]
        for lost in _lost(entry):
            drop(lost)


def long_rows(rows: Iterator[Row | Given]) -> Iterator[Row | Given]:
    """Yield the rows of a table of this kind a term a row; any other as it is."""
    before: list[Row | Given] = []
    for row in rows:
        before.append(row)
        if isinstance(row, Row):
            break
    head = before[-1] if before else None
    if not isinstance(head, Row) or tuple(head.cells[: len(_FIRST)]) != _FIRST:
        yield from chain(before, rows)
        return
    rest = list(head.cells[len(_FIRST) :])
    prose = [name for name in rest if name.startswith(_DEFINITION) or name == "note"]
    yield from before[:-1]
    yield Row(head.line, [*_FIRST, "lang", "text", "status", *prose])
    for row in rows:
        if isinstance(row, Row):
            yield from _long(row, rest, prose)
        else:
            yield row


def _long(row: Row, rest: Sequence[str], prose: Sequence[str]) -> Iterator[Row]:
    first = [*row.cells, *[""] * (len(_FIRST) + len(rest))]
    cells_of_rest = dict(zip(rest, first[len(_FIRST) :], strict=False))
    more = [cells_of_rest[name] for name in prose]
    admitted = texts_in(cells_of_rest.get(_ADMITTED, ""))
    for name in rest:
        if name in prose or name in {_ADMITTED, FILE}:
            continue
        tag, _, kind = name.partition(" ")
        usual = _STATUS.get(f" {kind}" if kind else "", "")
        if not kind and tag in admitted:
            usual = _STATUS[_ALSO]
        for text in texts_in(cells_of_rest[name]):
            match = _MARKED.fullmatch(text)
            word, status = match.groups() if match else (text, usual)
            cells = [*first[: len(_FIRST)], tag, word, status, *more]
            yield Row(row.line, cells, note=row.note)
            more = ["" for _ in more]


def _kind(term: Mapping[str, Any], terms: Iterable[Mapping[str, Any]]) -> str:
    """Return the column of a term: what is allowed leads where nothing is preferred."""
    if term["status"] not in USABLE:
        return _AVOID
    usable = [t for t in terms if t["lang"] == term["lang"] and t["status"] in USABLE]
    preferred = [t for t in usable if t["status"] == _STATUS[""]]
    leading = preferred or usable[:1]
    return "" if any(t is term for t in leading) else _ALSO


def _marked(term: Mapping[str, Any], usual: str) -> str:
    text, status = str(term["text"]), term["status"]
    is_plain = status == usual and not _MARKED.fullmatch(text)
    return text if is_plain else f"{text} [{status}]"


def _lost(entry: Mapping[str, Any]) -> Iterator[Dropped]:
    for field in _UNSAID_OF_AN_ENTRY:
        if entry[field]:
            message = Message(
                N_("A table with a column a language has none for “%(field)s”."),
                field=field,
            )
            value = entry[field] if isinstance(entry[field], str) else ""
            yield Dropped(entry["id"], f"/{field}", message, value)
    for place, term in enumerate(entry["terms"]):
        for field, usual in _UNSAID.items():
            if term[field] and term[field] != usual:
                message = Message(
                    N_("A table with a column a language has none for “%(field)s”."),
                    field=field,
                )
                value = term[field] if isinstance(term[field], str) else ""
                yield Dropped(entry["id"], f"/terms/{place}/{field}", message, value)
