"""The language of columns that do not name it, told by the characters in them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from glossary.errors import UnreadableFile
from glossary.formats.record import ReadOptions
from glossary.formats.table.columns import TERMS, Column
from glossary.message import N_
from glossary.text import canonical, has_han, primary

_TAG: Final = re.compile(r"[A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?")
_WORDLESS: Final = re.compile(r"[\d\W_]*|https?://\S*")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_UNTOLD: Final = N_(
    "It cannot be told which column is in which language. Say it: the languages of "
    "source and target, or a column for each language (“zh=…”, “en=…”)."
)


def with_languages(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], options: ReadOptions
) -> list[Column]:
    """Give every term column its language, save where each row says its own.

    Raise UnreadableFile when source and target look alike and were not declared.
    """
    in_rows = {column.field for column in columns}
    declared = {"source": options.source, "target": options.target}
    settled = []
    for column in columns:
        if column.field not in TERMS or column.lang or _in_row(column, in_rows):
            settled.append(column)
            continue
        tag = canonical(declared.get(column.side) or "")
        cells = _cells(rows, column.index)
        lang = tag or (_language(cells) if cells else None)
        settled.append(replace(column, lang=lang))
    return _paired(settled, in_rows, declared)


def _in_row(column: Column, fields: set[str]) -> bool:
    named = f"{column.side}_lang" if column.side else "lang"
    return named in fields


def _paired(
    columns: list[Column], fields: set[str], declared: dict[str, str | None]
) -> list[Column]:
    """Settle what source and target leave open by what the other one is."""
    terms = [c for c in columns if c.field in TERMS and not _in_row(c, fields)]
    for column in [c for c in terms if c.side]:
        others = [c.lang for c in terms if c is not column and c.lang]
        clash = column.lang in others and not declared[column.side]
        if column.lang and not clash:
            continue
        if clash and all(c.side for c in terms):
            raise UnreadableFile(_UNTOLD)
        columns[column.index] = replace(column, lang=_opposite(others))
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
    column of words is a note. Raise UnreadableFile when there is no such pair.
    """
    found = {c.index: c for c in columns}
    free = [at for at, c in found.items() if c.field == "extra"]
    cells = {at: _cells(rows, at) for at in free}
    tags = [at for at in free if _are_tags(cells[at])]
    wordy = [at for at in free if at not in tags and _are_words(cells[at])]
    pair = _declared_pair(free, wordy, tags, cells, options) or _told_pair(wordy, cells)
    if pair is None:
        raise UnreadableFile(_UNTOLD)
    for at, lang in pair.items():
        found[at] = replace(found[at], field="term", lang=lang)
    left = [at for at in wordy if at not in pair]
    if left and not any(c.field == "note" for c in found.values()):
        found[left[0]] = replace(found[left[0]], field="note")
    return list(found.values())


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
        said = [Counter(cells[at]).most_common(1)[0][0] for at in tags]
        source, target = canonical(said[0]), canonical(said[1])
        free = wordy
    if not (source or target) or len(free) < 2:
        return None
    if not source:
        source = _language(cells[free[0]])
    if not target:
        target = _language(cells[free[1]])
    return {free[0]: source, free[1]: target} if source != target else None


def _told_pair(
    wordy: Sequence[int], cells: dict[int, list[str]]
) -> dict[int, str] | None:
    chinese = [at for at in wordy if _ratio(cells[at]) >= 0.5]
    others = [at for at in wordy if _ratio(cells[at]) < 0.5]
    if not chinese or not others:
        return None
    pair = {chinese[0]: _language(cells[chinese[0]]), others[0]: "en"}
    for at in chinese[1:]:
        lang = _language(cells[at])
        if lang == "zh-Hant" and lang not in pair.values():
            pair[at] = lang
    return pair


def stands_out(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Say whether Chinese stands over a column of at least five Latin cells."""
    return any(
        has_han(cell) and len(cells := _cells(below, at)) >= 5 and _ratio(cells) <= 0.1
        for at, cell in enumerate(row)
    )


def chinese_of(columns: Sequence[Column]) -> str:
    """Return the kind of Chinese that undeclared Chinese prose of a table is in."""
    tags = [c.lang for c in columns if c.lang and primary(c.lang) == "zh"]
    return "zh-Hant" if tags and set(tags) == {"zh-Hant"} else "zh-Hans"


def swapped(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the cells are in each other's columns, all of them."""
    chinese = [
        c for c in columns if c.field == "term" and primary(c.lang or "") == "zh"
    ]
    english = [
        c for c in columns if c.field == "term" and primary(c.lang or "") == "en"
    ]
    if not chinese or not english:
        return False
    below = [_cells(rows, c.index) for c in (chinese[0], english[0])]
    return (
        min(map(len, below)) >= 5 and _ratio(below[0]) == 0 and _ratio(below[1]) >= 0.9
    )


def _cells(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    return [cell for row in rows if len(row) > at and (cell := row[at].strip())]


def _ratio(cells: Sequence[str]) -> float:
    return sum(map(has_han, cells)) / len(cells) if cells else 0.0


def _language(cells: Sequence[str]) -> str:
    """Return `en`, `zh-Hans` or `zh-Hant` for what is written in a column.

    Traditional is what most often has characters that Big5 holds and GB2312 does not.
    """
    if _ratio(cells) < 0.5:
        return "en"
    texts = ["".join(_HAN.findall(cell)) for cell in cells]
    gb = sum(_fits(text, "gb2312") for text in texts)
    big5 = sum(_fits(text, "big5") for text in texts)
    return "zh-Hant" if big5 > gb else "zh-Hans"


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _are_tags(cells: Sequence[str]) -> bool:
    return bool(cells) and len(set(cells)) <= 2 and all(map(_TAG.fullmatch, cells))


def _are_words(cells: Sequence[str]) -> bool:
    wordless = sum(_WORDLESS.fullmatch(cell) is not None for cell in cells)
    return wordless * 2 < len(cells)
