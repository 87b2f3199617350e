"""The language of columns that do not name it, told by the characters in them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from glossary.formats.record import ReadOptions
from glossary.formats.speech import part_of_speech_of
from glossary.formats.status import truth_of
from glossary.formats.table.aliases import KINDS_OF_TERMS
from glossary.formats.table.alphabet import HAN, LATIN, chinese_script, script_of
from glossary.formats.table.columns import TERMS, Column, Doubt
from glossary.message import N_, Message
from glossary.text import canonical, has_han, primary

#: Headings that rate the terms of a row with yes or no.
_RATES: Final = frozenset({"forbidden", "preferred", "deprecated"})
_TAG: Final = re.compile(r"[A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?")
_WORDLESS: Final = re.compile(r"[\d\W_]*|https?://\S*")
_STRANGE: Final = N_(
    "It is unclear which language the column “%(column)s” is in. Give the "
    "languages with source=… and target=… (--from, --to), or as in "
    "map=en=%(column)s."
)
SEVERAL_PAIRS: Final = N_(
    "There are several pairs of languages side by side, and it is unclear "
    "which terms belong together. Name the columns of one pair, as in "
    "map=zh=%(zh)s and map=en=%(en)s."
)
#: Fewer cells may look like terms by chance.
_ENOUGH: Final = 4
#: Notes are longer than terms, by more than that.
_AS_LONG: Final = 1.5
_UNTOLD: Final = N_(
    "It is unclear which column is in which language. Give the languages "
    "with source=… and target=… (--from, --to), or name a column for each, "
    "as in map=zh=1 and map=en=2."
)


def with_languages(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], options: ReadOptions
) -> list[Column]:
    """Give every term column its language, save where each row says its own.

    Raise Doubt when source and target look alike or are neither Chinese nor English,
    and were not declared.
    """
    in_rows = {column.field for column in columns}
    declared = {"source": options.source, "target": options.target}
    columns_now = []
    for column in columns:
        if column.field not in TERMS or column.lang or _in_row(column, in_rows):
            columns_now.append(column)
            continue
        tag = canonical(declared.get(column.side) or "")
        cells = cells_of(rows, column.index)
        lang = tag or (_language(cells) if cells else None)
        if cells and lang is None:
            message = Message(_STRANGE, column=column.heading)
            raise Doubt(message, columns)
        columns_now.append(replace(column, lang=lang))
    return _paired(columns_now, in_rows, declared)


def with_rated_terms(
    columns: Sequence[Column], rows: Sequence[Sequence[str]]
) -> list[Column]:
    """Take a column for terms whose heading says their status or their type.

    Below “禁用” may stand a mark, yes or no, or the wording that is forbidden.
    """
    columns_now = []
    for column in columns:
        cells = cells_of(rows, column.index)
        is_mark = not are_words(cells) or any(truth_of(c) is not None for c in cells)
        if column.field in _RATES and not is_mark:
            columns_now.append(replace(column, field="term", status=column.field))
        elif column.field in KINDS_OF_TERMS:
            as_terms = replace(column, field="term", kind=column.field)
            aside = replace(column, field="extra", lang=None)
            columns_now.append(aside if is_mark else as_terms)
        else:
            columns_now.append(column)
    return columns_now


def _in_row(column: Column, fields: set[str]) -> bool:
    name = f"{column.side}_lang" if column.side else "lang"
    return name in fields


def _paired(
    columns: list[Column], fields: set[str], declared: dict[str, str | None]
) -> list[Column]:
    """Settle what source and target leave open by what the other one is."""
    terms = [c for c in columns if c.field in TERMS and not _in_row(c, fields)]
    for column in [c for c in terms if c.side]:
        others = [c.lang for c in terms if c.side != column.side and c.lang]
        clash = column.lang in others and not declared[column.side]
        # Where both languages stand there, it is another wording in its own.
        if column.lang and (not clash or {"zh", "en"} <= set(map(primary, others))):
            continue
        if clash and all(c.side for c in terms):
            raise Doubt(Message(_UNTOLD), columns)
        column_now = replace(column, lang=_opposite(others))
        columns = [column_now if c.index == column.index else c for c in columns]
    return [
        replace(c, lang="zh-Hans")
        if c.field in TERMS and not c.lang and not _in_row(c, fields)
        else c
        for c in columns
    ]


def _opposite(langs: Sequence[str]) -> str:
    return "en" if any(primary(lang) == "zh" for lang in langs) else "zh-Hans"


def by_script(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], options: ReadOptions
) -> list[Column]:
    """Find the term columns among columns whose headings say nothing.

    The declared languages stand for the first two columns. Otherwise the first column
    that is mostly Chinese and the first one that is mostly not are taken; a third
    column of words is a note. Raise Doubt when there is no such pair.
    """
    by_index = {c.index: c for c in columns}
    free = [at for at, c in by_index.items() if c.field == "extra"]
    cells = {at: cells_of(rows, at) for at in free}
    tags = [at for at in free if _are_tags(cells[at])]
    wordy = [at for at in free if at not in tags and _are_words(cells[at])]
    pair = _declared_pair(free, wordy, tags, cells, options) or _told_pair(wordy, cells)
    if pair is None:
        raise Doubt(Message(_UNTOLD), columns)
    for at, lang in pair.items():
        by_index[at] = replace(by_index[at], field="term", lang=lang)
    if len(tags) == len(pair) == 2 and not (options.source or options.target):
        # DeepL's columns 3 and 4 say the languages of each row.
        for side, at, tag in zip(("source", "target"), sorted(pair), tags, strict=True):
            by_index[at] = replace(by_index[at], lang=None, side=side)
            by_index[tag] = replace(by_index[tag], field=f"{side}_lang")
    rest = [at for at in wordy if at not in pair]
    if {_language(cells[at]) for at in rest} >= {"en"} and any(
        _language(cells[at]) != "en" for at in rest
    ):
        zh, en = sorted(pair, key=lambda at: pair[at] == "en")[:2]
        raise Doubt(Message(SEVERAL_PAIRS, zh=zh + 1, en=en + 1), columns)
    for at in rest:
        _must_be_no_term(by_index[at], pair, cells, columns)
    if rest and not any(c.field == "note" for c in by_index.values()):
        parts = all(map(part_of_speech_of, cells[rest[0]]))
        by_index[rest[0]] = replace(by_index[rest[0]], field="pos" if parts else "note")
    return list(by_index.values())


def _must_be_no_term(
    column: Column,
    pair: dict[int, str],
    cells: dict[int, list[str]],
    columns: Sequence[Column],
) -> None:
    """Refuse to take for notes what may be a second wording: 機率 beside 概率.

    There is one in most rows, each another one, and as short as a term.
    """
    texts = cells[column.index]
    lang = _language(texts)
    alike = [at for at, tag in pair.items() if lang and primary(tag) == primary(lang)]
    if len(texts) < _ENOUGH or len(set(texts)) * 10 < 8 * len(texts) or not alike:
        return
    beside = cells[alike[0]]
    longest = sum(map(len, beside)) / len(beside) * _AS_LONG
    if len(texts) * 2 < len(beside) or sum(map(len, texts)) / len(texts) > longest:
        return
    template = N_(
        "The column “%(column)s” may hold terms or notes. Say which, as in "
        "map=%(lang)s=%(number)s or map=note=%(number)s."
    )
    values = {"column": column.heading, "number": column.index + 1}
    values["lang"] = primary(lang or "")
    raise Doubt(Message(template, **values), columns)


def other_language(
    columns: list[Column], rows: Sequence[Sequence[str]]
) -> list[Column]:
    """Find the column of the other language, when a person has named that of one."""
    langs = {primary(c.lang) for c in columns if c.field in TERMS and c.lang}
    if len(langs) != 1 or any(c.field in TERMS and not c.lang for c in columns):
        return columns
    for column in columns:
        cells = cells_of(rows, column.index)
        lang = _language(cells) if cells else None
        loose = column.field == "extra" and not column.fixed and _are_words(cells)
        if loose and lang is not None and primary(lang) not in langs:
            column_now = replace(column, field="term", lang=lang)
            return [column_now if c is column else c for c in columns]
    return columns


def _declared_pair(
    free: Sequence[int],
    wordy: Sequence[int],
    tags: Sequence[int],
    cells: dict[int, list[str]],
    options: ReadOptions,
) -> dict[int, str] | None:
    """Return the pair that the caller declares, or that DeepL's columns 3 and 4 do."""
    source, target = (canonical(t or "") for t in (options.source, options.target))
    if not (source or target) and len(tags) == 2 and len(wordy) >= 2:
        common = [Counter(cells[at]).most_common(1)[0][0] for at in tags]
        source, target = canonical(common[0]), canonical(common[1])
        free = wordy
    if not (source or target) or len(free) < 2:
        return None
    source = source or _language(cells[free[0]])
    target = target or _language(cells[free[1]])
    if source is None or target is None or source == target:
        return None
    return {free[0]: source, free[1]: target}


def _told_pair(
    wordy: Sequence[int], cells: dict[int, list[str]]
) -> dict[int, str] | None:
    langs_by_column = {
        at: lang for at in wordy if (lang := _language(cells[at])) is not None
    }
    chinese = [at for at, lang in langs_by_column.items() if lang != "en"]
    others = [at for at, lang in langs_by_column.items() if lang == "en"]
    if not chinese or not others or len(langs_by_column) < len(wordy):
        return None
    pair = {chinese[0]: langs_by_column[chinese[0]], others[0]: "en"}
    for at in chinese[1:]:
        if langs_by_column[at] == "zh-Hant" and "zh-Hant" not in pair.values():
            pair[at] = "zh-Hant"
    return pair


def stands_out(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Say whether Chinese stands over a column of at least five Latin cells."""
    return any(
        has_han(cell)
        and len(cells := [c for c in cells_of(below, at) if _is_wordy(c)]) >= 5
        and _ratio(cells) <= 0.1
        for at, cell in enumerate(row)
    )


def chinese_of(columns: Sequence[Column]) -> str:
    """Return the kind of Chinese that undeclared Chinese prose of a table is in."""
    tags = [c.lang for c in columns if c.lang and primary(c.lang) == "zh"]
    return "zh-Hant" if tags and set(tags) == {"zh-Hant"} else "zh-Hans"


def in_their_script(
    columns: Sequence[Column], rows: Sequence[Sequence[str]]
) -> list[Column]:
    """Give the columns that say Chinese, and not which, the script of their cells."""
    other = {c.lang for c in columns if not c.is_open}
    columns_now = []
    for column in columns:
        if column.is_open and column.field in TERMS and column.lang == "zh-Hans":
            scripts = [chinese_script(cell) for cell in cells_of(rows, column.index)]
            traditional = scripts.count("zh-Hant") > scripts.count("zh-Hans")
            if traditional and "zh-Hant" not in other:
                column = replace(column, lang="zh-Hant")  # noqa: PLW2901 - the same one.
        columns_now.append(column)
    chinese = chinese_of([c for c in columns_now if c.field in TERMS])
    return [
        replace(c, lang=chinese)
        if c.is_open and c.field not in TERMS and c.lang == "zh-Hans"
        else c
        for c in columns_now
    ]


def cells_of(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    """Return the cells of a column that are not empty."""
    return [cell for row in rows if len(row) > at and (cell := row[at].strip())]


def are_words(cells: Sequence[str]) -> bool:
    """Say whether most cells of a column are words, not figures or addresses."""
    return bool(cells) and _are_words(cells)


def _ratio(cells: Sequence[str]) -> float:
    return sum(map(has_han, cells)) / len(cells) if cells else 0.0


def _language(cells: Sequence[str]) -> str | None:
    """Return `en`, `zh-Hans` or `zh-Hant` for what is written in a column, or None.

    Chinese is Traditional where more cells can be only that than only Simplified.
    """
    script = script_of(cells)
    if script == LATIN:
        return "en"
    if script != HAN:
        return None
    scripts = [chinese_script(cell) for cell in cells]
    simplified = scripts.count("zh-Hans")
    return "zh-Hant" if scripts.count("zh-Hant") > simplified else "zh-Hans"


def _are_tags(cells: Sequence[str]) -> bool:
    return bool(cells) and len(set(cells)) <= 2 and all(map(_TAG.fullmatch, cells))


def _are_words(cells: Sequence[str]) -> bool:
    return sum(map(_is_wordy, cells)) * 2 > len(cells)


def _is_wordy(cell: str) -> bool:
    return _WORDLESS.fullmatch(cell) is None
