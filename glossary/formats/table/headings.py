"""Which column of a table is what.

The headings are read by position, since tools repeat them. What the caller maps wins;
then the aliases; then what the cells themselves look like. Where that is not enough the
columns are in doubt, and a person is asked.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from glossary.errors import UnreadableFile
from glossary.formats.record import ReadOptions
from glossary.formats.table.aliases import (
    HeadingMeaning,
    is_open,
    meaning,
    normal,
)
from glossary.formats.table.beside import side_by_side
from glossary.formats.table.columns import TERMS, Column, Doubt, Layout
from glossary.formats.table.doubt import must_be_understood
from glossary.formats.table.heads import (
    DIRECTIONS,
    TableHead,
    head_of,
    is_heading,
    may_be_heading,
)
from glossary.formats.table.names import FIELDS
from glossary.formats.table.numbering import numbered
from glossary.formats.table.script import (
    by_script,
    chinese_of,
    in_their_script,
    other_language,
    with_languages,
    with_rated_terms,
)
from glossary.message import N_, Message
from glossary.speech import registered
from glossary.text import canonical

__all__ = ["is_heading", "layout_of", "meaning_of_field"]

#: Columns that say something of one term, so that a repeated one belongs to the term
#: before it.
_OF_A_TERM: Final = frozenset(
    "definition note usage pos type status forbidden preferred deprecated reading"
    " term_info issuer since until match case_sensitive".split()
)
#: What only tables of ours say.
OWN: Final = frozenset(
    "glossary relations more renders ban expected not_preceded_by not_followed_by"
    " concept_since concept_until concept_expected checked checked_by version"
    " noun".split()
)
#: Fewer rows may be too long by a slip.
_ENOUGH: Final = 3
_AVOIDED: Final = frozenset({"forbidden", "deprecated", "superseded"})
_TO_USE: Final = frozenset({"use", "do", "dos"})
_WEBLATE: Final = frozenset({"developercomments", "translatorcomments", "fuzzy"})


def layout_of(
    sample: Sequence[Sequence[str]],
    options: ReadOptions,
    *,
    heading: int | None = None,
    bare: bool = False,
) -> Layout:
    """Decide what the columns are, from the first rows of a table.

    `heading` is the place of the heading among them, if the caller names one; `bare`
    says that there is none.

    Raise Doubt when the columns are understood by half only, and UnreadableFile when
    there are too many, or one that is mapped is not there.
    """
    first = sample[0] if sample else []
    if len(first) > options.limits.columns:
        raise UnreadableFile(
            N_("The first row has %(count)s columns; at most %(most)s are allowed."),
            count=len(first),
            most=options.limits.columns,
        )
    head = None if bare else head_of(sample, options.mapping, at=heading)
    if head is None:
        return _unnamed(sample, options, sure=bare)
    return _named(head, sample[head.rows :], options)


def _named(
    head: TableHead, below: Sequence[Sequence[str]], options: ReadOptions
) -> Layout:
    width = len(head.names)
    head = _widened(head, below)
    names = _unique(head.names)
    parts = side_by_side(head.names, options.mapping)
    layouts = []
    for places in parts or [list(range(len(names)))]:
        headings = [head.names[at] for at in places]
        meanings = [meaning(heading) or HeadingMeaning("extra") for heading in headings]
        fixed = _mapped(meanings, headings, options.mapping)
        _settle_context(meanings, headings, fixed)
        _settle_source(meanings, fixed)
        _settle_use(meanings, headings, fixed)
        columns = [
            Column(
                index=at,
                heading=names[at],
                field=m.field,
                lang=m.lang,
                is_open=m.lang == "zh-Hans" and is_open(fixed.get(place, heading)),
                fixed=place in fixed,
                status=m.status,
            )
            for place, (at, heading, m) in enumerate(
                zip(places, headings, meanings, strict=True)
            )
        ]
        columns = _blocks([_sided(column) for column in columns], headings)
        layouts.append(_settled(columns, head, below, options))
    whole, *others = layouts
    for column in whole.columns:
        if column.index >= width and not column.fixed:
            template = N_(
                "Most rows have more cells than there are headings. Say what "
                "column %(number)s is, as in map=note=%(number)s, or set it "
                "aside with map=extra=%(number)s."
            )
            raise Doubt(Message(template, number=column.index + 1), whole.columns)
    return replace(whole, width=len(names), beside=tuple(others))


def _widened(head: TableHead, below: Sequence[Sequence[str]]) -> TableHead:
    """Give the heading as many cells as most rows below it have."""
    width = len(head.names)
    lengths = [
        max((at for at, cell in enumerate(row, start=1) if cell.strip()), default=0)
        for row in below
    ]
    longer = Counter(length for length in lengths if length > width)
    if longer.total() < _ENOUGH or longer.total() * 2 < len(lengths):
        return head
    most = longer.most_common(1)[0][0]
    return replace(head, names=head.names + ("",) * (most - width))


def _settled(
    columns: list[Column],
    head: TableHead,
    below: Sequence[Sequence[str]],
    options: ReadOptions,
) -> Layout:
    """Return the layout of columns whose headings were read."""
    fields = {column.field for column in columns}
    own = {"id", "lang", "text"} <= fields
    if not own:
        columns = in_their_script(columns, below)
        columns = with_rated_terms(columns, below)
    columns = with_languages(columns, below, options)
    if not any(column.field in TERMS for column in columns):
        columns = by_script(columns, below, options)
    must_be_understood(columns, below, own=own)
    return Layout(
        columns=tuple(columns if own else numbered(columns, below)),
        heads=head.rows,
        titles=head.titles,
        own=own,
        chinese=chinese_of(columns),
        width=len(head.names),
    )


def _unnamed(
    sample: Sequence[Sequence[str]], options: ReadOptions, *, sure: bool
) -> Layout:
    counts = Counter(len(row) for row in sample if any(map(str.strip, row)))
    width = _width(counts, sample)
    if width < 2:
        raise UnreadableFile(
            N_(
                "The rows have only one column. A glossary needs two: put "
                "the translations beside the terms, separated by TAB, “;” or "
                "“,”."
            )
        )
    names = [f"column {at + 1}" for at in range(width)]
    meanings = [HeadingMeaning("extra") for _ in names]
    fixed = _mapped(meanings, names, options.mapping)
    columns = [
        Column(
            index=at,
            heading=names[at],
            field=m.field,
            lang=m.lang,
            fixed=at in fixed,
            status=m.status,
        )
        for at, m in enumerate(meanings)
    ]
    columns = with_rated_terms([_sided(column) for column in columns], sample)
    if any(column.field in TERMS for column in columns):
        columns = other_language(with_languages(columns, sample, options), sample)
    else:
        columns = by_script(columns, sample, options)
    must_be_understood(columns, sample, own=False)
    if not sure and may_be_heading(sample):
        raise Doubt(
            Message(
                N_(
                    "The first row may be a heading or the first entry. Say "
                    "which with heading=1 or heading=0 (--heading)."
                )
            ),
            columns,
        )
    columns = numbered(columns, sample)
    return Layout(columns=tuple(columns), chinese=chinese_of(columns))


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
    meanings: list[HeadingMeaning], headings: Sequence[str], mapping: Mapping[str, str]
) -> dict[int, str]:
    """Let what the caller says win; the field may be a tag or a word of the table.

    Return the places that were named, and by what. Raise UnreadableFile
    where that has no effect.
    """
    fixed: dict[int, str] = {}
    for field, heading in mapping.items():
        places = _places(heading, headings)
        if not places:
            raise UnreadableFile(
                N_("There is no column “%(heading)s”. The columns are: %(columns)s."),
                heading=heading,
                columns=", ".join(filter(None, headings))[:300],
            )
        meaning_given = meaning_of_field(field)
        if fixed.keys() & set(places):
            raise UnreadableFile(
                N_("The column “%(heading)s” is mapped twice."), heading=heading
            )
        if meaning_given.field in OWN and not {"id", "lang", "text"} <= {
            m.field for m in meanings
        }:
            raise UnreadableFile(
                N_("“%(field)s” has a meaning only in tables exported from here."),
                field=field,
            )
        for at, was in enumerate(meanings):
            if was == meaning_given and at not in fixed:
                meanings[at] = HeadingMeaning("extra")
        for at in places:
            meanings[at] = meaning_given
        fixed.update(dict.fromkeys(places, field))
    return fixed


def meaning_of_field(field: str) -> HeadingMeaning:
    """Return what a field's name in `--map` means: `zh`, `note`, `definition_en`.

    Raise UnreadableFile when it is none.
    """
    if field in FIELDS or field == "extra":
        return HeadingMeaning(field)
    if meaning_of_cell := meaning(field):
        return meaning_of_cell
    if (tag := canonical(field)) and registered(field.replace("_", "-")):
        return HeadingMeaning("term", tag)
    raise UnreadableFile(
        N_("“%(field)s” is neither a language tag nor one of: %(fields)s."),
        field=field[:40],
        fields=", ".join(sorted(FIELDS)),
    )


def _places(heading: str, headings: Sequence[str]) -> list[int]:
    """Return the columns of a heading, a number, or several with `|` between them."""
    places = [at for at, name in enumerate(headings) if normal(name) == normal(heading)]
    if not places and "|" in heading:
        parts = [_places(part.strip(), headings) for part in heading.split("|")]
        return [at for part in parts for at in part] if all(parts) else []
    if not places and heading in map(str, range(1, len(headings) + 1)):
        return [int(heading) - 1]
    return places


def _settle_context(
    meanings: list[HeadingMeaning], headings: Sequence[str], fixed: Mapping[int, str]
) -> None:
    """Take “context” for an example, save in Weblate's files, where it tells apart."""
    weblate = any(normal(heading) in _WEBLATE for heading in headings)
    for at, m in enumerate(meanings):
        if m.field == "context" and at not in fixed:
            meanings[at] = HeadingMeaning("extra" if weblate else "usage", m.lang)


def _settle_source(meanings: list[HeadingMeaning], fixed: Mapping[int, str]) -> None:
    """Take “source” for provenance once terms in two languages are there."""
    langs = {m.lang for m in meanings if m.field == "term" and m.lang}
    targets = any(m.field == "target" for m in meanings)
    if len(langs) >= 2 or "text" in {m.field for m in meanings}:
        for at, m in enumerate(meanings):
            if at in fixed:
                continue
            if m.field == "source":
                meanings[at] = HeadingMeaning("provenance")
            elif m.field == "target" and not targets:
                meanings[at] = HeadingMeaning("extra")


def _settle_use(
    meanings: list[HeadingMeaning], headings: Sequence[str], fixed: Mapping[int, str]
) -> None:
    """Take “Use” for wordings only beside those not to use; else it is anything."""
    if any(m.field in _AVOIDED or m.status in _AVOIDED for m in meanings):
        return
    for at, heading in enumerate(headings):
        if normal(heading) in _TO_USE and at not in fixed:
            meanings[at] = HeadingMeaning("extra")


def _unique(headings: Sequence[str]) -> list[str]:
    """Return the headings with a number where one is repeated or empty."""
    counts: Counter[str] = Counter()
    names = []
    for at, heading in enumerate(headings):
        name = heading or f"column {at + 1}"
        counts[name] += 1
        names.append(f"{name} ({counts[name]})" if counts[name] > 1 else name)
    return names


def _sided(column: Column) -> Column:
    if column.field in DIRECTIONS:
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
