"""Which column of a table is what.

The headings are read by position, since tools repeat them. What the caller maps wins;
then the aliases; then what the cells themselves look like.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from glossary.errors import UnreadableFile
from glossary.formats.record import ReadOptions
from glossary.formats.table.aliases import FIELDS, Meaning, meaning, normal
from glossary.formats.table.columns import TERMS, Column, Layout
from glossary.formats.table.script import (
    by_script,
    chinese_of,
    stands_out,
    swapped,
    with_languages,
)
from glossary.message import N_
from glossary.text import canonical

_DIRECTIONS: Final = frozenset({"source", "target"})
#: Columns that say something of one term, so that a repeated one belongs to the term
#: before it.
_OF_A_TERM: Final = frozenset(
    "definition note usage pos type status forbidden preferred deprecated reading"
    " term_info issuer since until match case_sensitive".split()
)
_WEBLATE: Final = frozenset({"developercomments", "translatorcomments", "fuzzy"})


def layout_of(sample: Sequence[Sequence[str]], options: ReadOptions) -> Layout:
    """Decide what the columns are, from the first rows of a table.

    Raise UnreadableFile when no column holds terms, when a mapped column is not
    there, or when the languages cannot be told.
    """
    first = sample[0] if sample else []
    if len(first) > options.limits.columns:
        raise UnreadableFile(
            N_("The first row has %(count)s columns; %(most)s are allowed."),
            count=len(first),
            most=options.limits.columns,
        )
    if is_heading(sample, options.mapping):
        headings = [cell.strip().lstrip("\ufeff#").strip() for cell in first]
        return _named(headings, sample[1:], options)
    return _unnamed(sample, options)


def is_heading(sample: Sequence[Sequence[str]], mapping: Mapping[str, str]) -> bool:
    """Say whether the first row names the columns.

    One known word is not enough (`china,中国` is a term with its translation) unless
    another cell is in the wrong script for what stands below it.
    """
    if not sample:
        return False
    row = [cell.strip().lstrip("\ufeff#").strip() for cell in sample[0]]
    wanted = {normal(heading) for heading in mapping.values()}
    if any(normal(cell) in wanted for cell in row if cell):
        return True
    known = [
        found
        for at, cell in enumerate(row)
        if (found := meaning(cell)) and not _repeats(cell, sample[1:3], at)
    ]
    langs = Counter(m.lang for m in known if m.lang and m.field == "term")
    if not any(m.field in TERMS | _DIRECTIONS for m in known):
        return stands_out(row, sample[1:])
    if len(known) == len(langs) == 1 or (len(known) == 2 and len(langs) == 1):
        return len(known) == len(set(known)) > 1 or stands_out(row, sample[1:])
    return len(known) >= 2 or len(row) == 1 or stands_out(row, sample[1:])


def _repeats(cell: str, below: Sequence[Sequence[str]], at: int) -> bool:
    """Say whether the next rows have the same cell there: then it is no heading."""
    return bool(below) and all(
        len(row) > at and row[at].strip() == cell for row in below
    )


def _named(
    headings: Sequence[str], below: Sequence[Sequence[str]], options: ReadOptions
) -> Layout:
    found = [meaning(heading) or Meaning("extra") for heading in headings]
    _mapped(found, headings, options.mapping)
    _settle_context(found, headings)
    _settle_source(found)
    names = _unique(headings)
    columns = [
        Column(index=at, heading=names[at], field=m.field, lang=m.lang)
        for at, m in enumerate(found)
    ]
    columns = _blocks([_sided(column) for column in columns], headings)
    fields = {column.field for column in columns}
    own = {"id", "lang", "text"} <= fields
    columns = with_languages(columns, below, options)
    if not any(column.field in TERMS for column in columns):
        columns = by_script(columns, below, options)
    if swapped(columns, below):
        raise UnreadableFile(
            N_(
                "The headings and the cells do not agree: Chinese stands under an "
                "English heading and English under a Chinese one. Correct the headings."
            )
        )
    return Layout(
        columns=tuple(columns),
        has_heading=True,
        own=own,
        chinese=chinese_of(columns),
    )


def _unnamed(sample: Sequence[Sequence[str]], options: ReadOptions) -> Layout:
    counts = Counter(len(row) for row in sample if any(map(str.strip, row)))
    width = _width(counts, sample)
    if width < 2:
        raise UnreadableFile(
            N_(
                "The rows have one column only. A glossary needs two: put the "
                "translations beside the terms, separated by TAB, “;” or “,”."
            )
        )
    columns = [
        Column(index=at, heading=f"column {at + 1}", field="extra")
        for at in range(width)
    ]
    columns = by_script(columns, sample, options)
    return Layout(
        columns=tuple(columns), has_heading=False, chinese=chinese_of(columns)
    )


def _width(counts: Counter[int], sample: Sequence[Sequence[str]]) -> int:
    """Return the usual number of cells, or more when longer rows are no accident.

    A third cell that begins with a space is the rest of an unquoted phrase.
    """
    if not counts:
        return 0
    usual = counts.most_common(1)[0][0]
    longer = [
        len(row)
        for row in sample
        if len(row) > usual and not row[usual].startswith((" ", "\u3000"))
    ]
    if len(longer) * 20 >= len(sample) and len(longer) >= 2:
        return max(usual, min(longer))
    return usual


def _mapped(
    found: list[Meaning], headings: Sequence[str], mapping: Mapping[str, str]
) -> None:
    """Let what the caller says win; the field may be a tag or a word of the table."""
    for field, heading in mapping.items():
        wanted = normal(heading)
        places = [at for at, name in enumerate(headings) if normal(name) == wanted]
        if not places and heading.isdecimal() and 0 < int(heading) <= len(headings):
            places = [int(heading) - 1]
        if not places:
            raise UnreadableFile(
                N_("There is no column “%(heading)s”. The columns are: %(columns)s."),
                heading=heading,
                columns=", ".join(headings)[:300],
            )
        said = asked(field)
        for at, was in enumerate(found):
            if was == said:
                found[at] = Meaning("extra")
        for at in places:
            found[at] = said


def asked(field: str) -> Meaning:
    """Return what a field's name in `--map` means: `zh`, `note`, `definition_en`.

    Raise UnreadableFile when it is none.
    """
    if field in FIELDS or field == "extra":
        return Meaning(field)
    if said := meaning(field):
        return said
    if tag := canonical(field):
        return Meaning("term", tag)
    raise UnreadableFile(
        N_("“%(field)s” is neither a language tag nor one of: %(fields)s."),
        field=field[:40],
        fields=", ".join(sorted(FIELDS)),
    )


def _settle_context(found: list[Meaning], headings: Sequence[str]) -> None:
    """Take “context” for an example, save in Weblate's files, where it tells apart."""
    weblate = any(normal(heading) in _WEBLATE for heading in headings)
    for at, m in enumerate(found):
        if m.field == "context":
            found[at] = Meaning("extra" if weblate else "usage", m.lang)


def _settle_source(found: list[Meaning]) -> None:
    """Take “source” for provenance once terms in two languages are there."""
    langs = {m.lang for m in found if m.field == "term" and m.lang}
    targets = any(m.field == "target" for m in found)
    if len(langs) >= 2 or "text" in {m.field for m in found}:
        for at, m in enumerate(found):
            if m.field == "source":
                found[at] = Meaning("provenance")
            elif m.field == "target" and not targets:
                found[at] = Meaning("extra")


def _unique(headings: Sequence[str]) -> list[str]:
    """Return the headings with a number where one is repeated or empty."""
    seen: Counter[str] = Counter()
    names = []
    for at, heading in enumerate(headings):
        name = heading or f"column {at + 1}"
        seen[name] += 1
        names.append(f"{name} ({seen[name]})" if seen[name] > 1 else name)
    return names


def _sided(column: Column) -> Column:
    if column.field in _DIRECTIONS:
        return replace(column, field="term", side=column.field)
    return column


def _blocks(columns: list[Column], headings: Sequence[str]) -> list[Column]:
    """Give repeated columns, and memoQ's, to the term column before them."""
    repeated = Counter(normal(heading) for heading in headings)
    memoq = any(column.field == "term_info" for column in columns)
    placed, term = [], None
    for column, heading in zip(columns, headings, strict=True):
        if column.field in TERMS:
            term = column.index
        of_term = column.lang is None and column.field in _OF_A_TERM
        mine = repeated[normal(heading)] > 1 or (
            memoq and column.field in {"term_info", "usage"}
        )
        if of_term and mine and term is not None:
            placed.append(replace(column, of=term))
        else:
            placed.append(column)
    return placed
