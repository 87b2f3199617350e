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
from glossary.text import canonical

_FIRST: Final = ("id", "glossary", "state", "version", "subjects")
#: What a row says of each wording, once it is one a term.
_OF_A_TERM: Final = ("lang", "text", "status")
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
_UNSAID_OF_AN_ENTRY: Final = (
    "notes relations since until expected checked extra".split()
)
_LEADING: Final = ("zh-Hans", "zh-Hant", "en")
#: Why something is left out, by its field: each is said of thousands of wordings.
_REASONS: Final[Mapping[str, Message]] = {
    field: Message(
        N_("A table with one column per language has no column for “%(field)s”."),
        field=field,
    )
    for field in (*_UNSAID, *_UNSAID_OF_AN_ENTRY)
}


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
        kinds = _kinds(entry["terms"])
        for term, kind in zip(entry["terms"], kinds, strict=True):
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
        for loss in _lost(entry):
            drop(loss)


def long_rows(rows: Iterator[Row | Given]) -> Iterator[Row | Given]:
    """Yield the rows of a table of this kind a term a row; any other as it is.

    Columns may be missing, stand in another order, or be added.
    """
    before: list[Row | Given] = []
    for row in rows:
        before.append(row)
        if isinstance(row, Row):
            break
    head = before[-1] if before else None
    names = [cell.strip() for cell in head.cells] if isinstance(head, Row) else []
    words = [name for name in names if _is_of_words(name)]
    is_ours = tuple(names[: len(_FIRST)]) == _FIRST or any(" " in w for w in words)
    if not isinstance(head, Row) or not is_ours:
        yield from chain(before, rows)
        return
    first = [name for name in _FIRST if name in names]
    if "id" not in first:
        # Without the entry that they are of, these two say nothing.
        names = ["" if name in {"glossary", "version"} else name for name in names]
        first = [name for name in first if name in names]
    rest = [n for n in names if n not in {"", *first, *words, _ADMITTED, FILE}]
    yield from before[:-1]
    yield Row(head.line, [*first, *_OF_A_TERM, *rest])
    for row in rows:
        if isinstance(row, Row):
            cells = [*row.cells, *[""] * len(names)]
            yield from _long(row, dict(zip(names, cells, strict=False)), first, rest)
        else:
            yield row


def _is_of_words(name: str) -> bool:
    """Say whether a heading is that of wordings, such as `en` or `zh-Hans also`.

    >>> [_is_of_words(n) for n in ("en", "zh-Hans avoid", "id", "definition_en")]
    [True, True, False, False]
    """
    tag, space, kind = name.partition(" ")
    return name not in _FIRST and canonical(tag) == tag and f"{space}{kind}" in _STATUS


def _long(
    row: Row, cells: Mapping[str, str], first: Sequence[str], rest: Sequence[str]
) -> Iterator[Row]:
    """Yield a row for each wording; the leading one has the status that is said."""
    of_entry = [cells[name] for name in first]
    more = [cells[name] for name in rest]
    leading = _STATUS[""] if _ADMITTED in cells else ""
    admitted = texts_in(cells.get(_ADMITTED, ""))
    # What is not the first goes on with its entry, as a merged cell does.
    down: frozenset[int] = frozenset()
    for name in filter(_is_of_words, cells):
        tag, space, kind = name.partition(" ")
        usual = _STATUS[f"{space}{kind}"] if kind else leading
        if not kind and tag in admitted:
            usual = _STATUS[_ALSO]
        for text in texts_in(cells[name]):
            match = _MARKED.fullmatch(text)
            word, status = match.groups() if match else (text, usual)
            values = [*of_entry, tag, word, status, *more]
            yield Row(row.line, values, down=down, note=row.note if not down else "")
            more = ["" for _ in more]
            down = frozenset({len(first) + 1})


def _kinds(terms: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the columns of terms: what is allowed leads where nothing is preferred."""
    with_preferred = {t["lang"] for t in terms if t["status"] == _STATUS[""]}
    kinds = []
    for term in terms:
        lang = term["lang"]
        if term["status"] not in USABLE:
            kinds.append(_AVOID)
        elif term["status"] == _STATUS[""] or lang not in with_preferred:
            kinds.append("")
            with_preferred.add(lang)
        else:
            kinds.append(_ALSO)
    return kinds


def _marked(term: Mapping[str, Any], usual: str) -> str:
    text, status = str(term["text"]), term["status"]
    is_plain = status == usual and not _MARKED.fullmatch(text)
    return text if is_plain else f"{text} [{status}]"


def _lost(entry: Mapping[str, Any]) -> Iterator[Dropped]:
    for field in _UNSAID_OF_AN_ENTRY:
        if entry[field]:
            value = entry[field] if isinstance(entry[field], str) else ""
            yield Dropped(entry["id"], f"/{field}", _REASONS[field], value)
    for place, term in enumerate(entry["terms"]):
        for field, usual in _UNSAID.items():
            if term[field] and term[field] != usual:
                value = term[field] if isinstance(term[field], str) else ""
                pointer = f"/terms/{place}/{field}"
                yield Dropped(entry["id"], pointer, _REASONS[field], value)
