"""Whether the columns of a table are understood well enough to read it."""

from collections import Counter
from collections.abc import Sequence

from glossary.formats.record import AskedColumn, Question
from glossary.formats.table.aliases import (
    HeadingMeaning,
    meaning,
    names_language,
    nearly_names_language,
)
from glossary.formats.table.alphabet import (
    HAN,
    LATIN,
    chinese_script,
    is_bilingual,
    is_foreign,
    is_in_script_of,
    is_of_another_script,
    script_of,
)
from glossary.formats.table.columns import TERMS, Column, Doubt, Row
from glossary.formats.table.script import SEVERAL_PAIRS, are_words, cells_of
from glossary.message import N_, Message
from glossary.text import derived, has_han, is_sound, primary, sound

#: So many rows are shown with a question.
_SHOWN = 6
#: A column without one cell that is right needs so many to be in the wrong place.
_ENOUGH = 5


def must_be_understood(
    columns: Sequence[Column], below: Sequence[Sequence[str]], *, own: bool
) -> None:
    """Raise Doubt when the columns are understood by half, or their cells disagree."""
    if own:
        return
    terms = [column for column in columns if column.field in TERMS]
    cells = {column.index: cells_of(below, column.index) for column in columns}
    for column in terms:
        _must_be_in_its_script(column, cells[column.index], columns)
    _must_not_be_swapped(terms, cells, columns)
    _must_be_no_pinyin(terms, below, columns)
    _must_alternate(terms, columns)
    in_rows = any(column.lang is None for column in terms)
    langs = {primary(column.lang) for column in terms if column.lang}
    loose = [
        column
        for column in columns
        if column.field == "extra"
        and not column.fixed
        and are_words(cells[column.index])
    ]
    if not in_rows and len(langs) < 2 and loose:
        template = N_(
            "Only one language was recognised, and the column “%(column)s” "
            "was not. Say what it is, as in map=%(lang)s=%(column)s."
        )
        other = "zh" if langs == {"en"} else "en"
        raise Doubt(Message(template, column=loose[0].heading, lang=other), columns)
    if not in_rows and len(langs) < 2:
        _must_be_of_one_language(terms, cells, columns)
        _must_not_define_in_another(langs, cells, columns)
    _must_hold_together(columns, cells)
    _must_name_its_language(terms, below, columns)
    for column in columns:
        if column.field == "extra" and not column.fixed:
            _must_be_no_language(column, cells, columns)


def _must_be_of_one_language(
    terms: Sequence[Column], cells: dict[int, list[str]], columns: Sequence[Column]
) -> None:
    """Refuse cells that hold a term and its translation: `和平 peace`."""
    for column in terms:
        both = [cell for cell in cells[column.index] if is_bilingual(cell)]
        if not column.fixed and both and len(both) * 2 > len(cells[column.index]):
            template = N_(
                "Cells in the column “%(column)s” hold two languages at "
                "once: “%(text)s”. Put each language in a column of its own; "
                "if they are terms as they stand, say so, as in "
                "map=zh=%(number)s."
            )
            values = {"column": column.heading, "number": column.index + 1}
            raise Doubt(Message(template, text=both[0][:40], **values), columns)


def _must_not_define_in_another(
    langs: set[str], cells: dict[int, list[str]], columns: Sequence[Column]
) -> None:
    """Refuse “释义” beside English alone when it is in Chinese: it may hold terms."""
    for column in columns:
        texts = cells[column.index]
        if column.field != "definition" or column.lang or column.fixed or not texts:
            continue
        other = "en" if script_of(texts) == LATIN else "zh"
        if other not in langs and langs <= {"en", "zh"}:
            template = N_(
                "Only one language was recognised, and the column "
                "“%(column)s” is in another. Say what it holds: "
                "map=%(lang)s=%(number)s for terms, or "
                "map=definition=%(number)s for definitions."
            )
            values = {"column": column.heading, "number": column.index + 1}
            raise Doubt(Message(template, lang=other, **values), columns)


def _must_name_its_language(
    terms: Sequence[Column], below: Sequence[Sequence[str]], columns: Sequence[Column]
) -> None:
    """Refuse “Term” beside columns of named languages, where it says something else."""
    for column in terms:
        if column.fixed or meaning(column.heading) != HeadingMeaning("term"):
            continue
        for other in terms:
            if other is column or other.lang != column.lang or other.side:
                continue
            last = max(column.index, other.index)
            pairs = [
                (row[column.index].strip(), row[other.index].strip())
                for row in below
                if len(row) > last
            ]
            both = [(a, b) for a, b in pairs if a and b]
            if sum(a.casefold() != b.casefold() for a, b in both) * 2 > len(both):
                template = N_(
                    "It is unclear what the column “%(column)s” is, beside "
                    "“%(other)s”. Say so, as in map=id=%(number)s, or "
                    "map=%(lang)s=%(number)s for a term in the same "
                    "language."
                )
                values = {"column": column.heading, "number": column.index + 1}
                values |= {"other": other.heading, "lang": primary(column.lang or "en")}
                raise Doubt(Message(template, **values), columns)


def _must_be_no_language(
    column: Column, cells_by_place: dict[int, list[str]], columns: Sequence[Column]
) -> None:
    """Refuse to put aside what another language may be in, by its heading or cells."""
    cells = cells_by_place[column.index]
    if not are_words(cells):
        return
    is_alone = _is_alone(column, cells_by_place, columns)
    if is_alone or is_of_another_script(cells):
        template = N_(
            "The column “%(column)s” is in another script and was not "
            "recognised. Say which language it is in, as in "
            "map=%(lang)s=%(number)s, or set it aside with "
            "map=extra=%(number)s."
        )
    elif names_language(column.heading) or nearly_names_language(column.heading):
        template = N_(
            "The heading “%(column)s” names a language, but not what the "
            "column holds. If it holds terms, say so, as in "
            "map=en=%(number)s, or set it aside with map=extra=%(number)s."
        )
    else:
        return
    values = {"column": column.heading, "number": column.index + 1}
    values["lang"] = "en" if is_alone else "bo"
    raise Doubt(Message(template, **values), columns)


def _is_alone(
    column: Column, cells: dict[int, list[str]], columns: Sequence[Column]
) -> bool:
    """Say whether a column has as many different Latin words as the terms, in no Latin.

    Beside Russian and Chinese it may be the English.
    """
    terms = [c for c in columns if c.field in TERMS]
    texts = cells[column.index]
    return (
        len(texts) >= _ENOUGH
        and script_of(texts) == LATIN
        and len(set(texts)) * 10 >= 8 * len(texts)
        and not any(script_of(cells[c.index]) == LATIN for c in terms)
        and len(texts) * 2 >= max((len(cells[c.index]) for c in terms), default=0)
    )


def _must_hold_together(columns: Sequence[Column], cells: dict[int, list[str]]) -> None:
    """Refuse terms a row each, in several languages, that nothing holds together."""
    fields = {column.field for column in columns}
    langs = {cell for c in columns if c.field == "lang" for cell in cells[c.index]}
    loose = [
        column
        for column in columns
        if column.field == "extra" and not column.fixed and cells[column.index]
    ]
    terms = [column for column in columns if column.field in TERMS]
    if len(terms) == 1 and len(langs) > 1 and loose and "id" not in fields:
        template = N_(
            "Each row has a term in only one language, and nothing says "
            "which rows belong together. Name the column that does, as in "
            "map=id=%(column)s, or set it aside with map=extra=%(column)s."
        )
        raise Doubt(Message(template, column=loose[0].heading), columns)


def _must_be_in_its_script(
    column: Column, cells: Sequence[str], columns: Sequence[Column]
) -> None:
    if column.lang is None or not cells:
        return
    foreign = sum(is_foreign(cell, column.lang) for cell in cells)
    if not column.fixed and primary(column.lang) not in {"en", "zh"}:
        foreign = sum(not is_in_script_of(cell, column.lang) for cell in cells)
    other = _other_chinese(column, cells)
    if other:
        template = N_(
            "The cells in the column “%(column)s” are not in the script of "
            "“%(lang)s”. Say which Chinese they are in, as in "
            "map=%(other)s=%(number)s, or map=%(lang)s=%(number)s if they "
            "are right as they stand."
        )
        values = {"column": column.heading, "number": column.index + 1}
        values |= {"lang": column.lang, "other": other}
        raise Doubt(Message(template, **values), columns)
    if foreign * 2 >= len(cells):
        template = N_(
            "The cells in the column “%(column)s” are not in the script of "
            "“%(lang)s”. Say which language they are in, as in "
            "map=%(other)s=%(number)s."
        )
        values = {"column": column.heading, "number": column.index + 1}
        values |= {"lang": column.lang}
        likely = {LATIN: "en", HAN: "zh"}.get(script_of(cells), "ru")
        raise Doubt(Message(template, other=likely, **values), columns)


def _other_chinese(column: Column, cells: Sequence[str]) -> str:
    """Return the Chinese that a column is in, where its heading says the other one."""
    if column.fixed or column.is_open or column.lang not in {"zh-Hans", "zh-Hant"}:
        return ""
    scripts = [script for cell in cells if (script := chinese_script(cell))]
    others = [script for script in scripts if script != column.lang]
    is_other = len(others) >= _ENOUGH and len(others) * 10 >= 9 * len(scripts)
    return others[0] if is_other else ""


def _must_not_be_swapped(
    terms: Sequence[Column], cells: dict[int, list[str]], columns: Sequence[Column]
) -> None:
    """Refuse to read Chinese under an English heading and the other way round."""
    chinese = [cells[c.index] for c in terms if primary(c.lang or "") == "zh"]
    english = [cells[c.index] for c in terms if primary(c.lang or "") == "en"]
    if not chinese or not english:
        return
    right = sum(map(has_han, chinese[0]))
    wrong = sum(map(has_han, english[0]))
    few = min(len(chinese[0]), len(english[0]))
    if few and not right and wrong * 10 >= 9 * len(english[0]):
        template = N_(
            "The headings and the cells disagree: there is Chinese under an "
            "English heading and English under a Chinese one. Correct the "
            "headings, or give map=zh=%(zh)s and map=en=%(en)s."
        )
        by_language = {primary(c.lang or ""): c.index + 1 for c in reversed(terms)}
        places = {"zh": by_language["en"], "en": by_language["zh"]}
        raise Doubt(Message(template, **places), columns)
    # A column of Chinese that is never Chinese is something else, such as pinyin.
    if few >= _ENOUGH and not right:
        template = N_(
            "No cell in the column “%(column)s” is Chinese. Say what it "
            "holds, as in map=reading=%(column)s."
        )
        column = next(c for c in terms if primary(c.lang or "") == "zh")
        raise Doubt(Message(template, column=column.heading), columns)


def _must_be_no_pinyin(
    terms: Sequence[Column], below: Sequence[Sequence[str]], columns: Sequence[Column]
) -> None:
    """Refuse an English column whose cells spell the Chinese beside them.

    A name is no pinyin: with a capital and without tones it may be English (Beijing).
    """
    chinese = next((c for c in terms if primary(c.lang or "") == "zh"), None)
    for column in terms:
        if chinese is None or primary(column.lang or "") != "en" or column.fixed:
            continue
        last = max(chinese.index, column.index)
        pairs = [
            (row[chinese.index].strip(), cell)
            for row in below
            if len(row) > last and (cell := row[column.index].strip())
        ]
        spelt = [cell for han, cell in pairs if _is_pinyin(cell, han)]
        is_sure = len(spelt) > 1 or any(map(_has_tones, spelt))
        if len(spelt) * 2 > len(pairs) and is_sure:
            template = N_(
                "The cells in the column “%(column)s” are the Chinese in "
                "pinyin, not English. Say what the column is, as in "
                "map=reading=%(number)s, or map=en=%(number)s if it is "
                "English after all."
            )
            values = {"column": column.heading, "number": column.index + 1}
            raise Doubt(Message(template, **values), columns)


def _is_pinyin(cell: str, han: str) -> bool:
    """Say whether a cell spells the Chinese beside it, and is no name.

    ü may be written as u there.

    >>> _is_pinyin("hé píng", "和平"), _is_pinyin("heping", "和平")
    (True, True)
    >>> _is_pinyin("Beijing", "北京"), _is_pinyin("peace", "和平")
    (False, False)
    """
    if not has_han(han) or (cell != cell.lower() and not _has_tones(cell)):
        return False
    cell_sound = sound(cell).replace("v", "u")
    if not is_sound(cell_sound):
        return False
    return cell_sound == sound(derived(han)).replace("v", "u")


def _has_tones(cell: str) -> bool:
    """Say whether tones stand in a cell, as marks or figures."""
    return not cell.isascii() or any(character in "12345" for character in cell)


def _must_alternate(terms: Sequence[Column], columns: Sequence[Column]) -> None:
    """Refuse two languages that both have several columns of terms, in any order."""
    # What is rated, or a short form, is another wording of the same.
    plain = [c for c in terms if c.field != "synonyms" and not (c.status or c.kind)]
    counts = Counter(primary(c.lang) for c in plain if c.lang and not c.fixed)
    repeated = Counter(c.lang for c in plain if c.lang and not c.fixed)
    if len(counts) > 1 and sum(count > 1 for count in repeated.values()) > 1:
        order = [c.lang for c in plain]
        blocks = [
            lang for at, lang in enumerate(order) if not at or order[at - 1] != lang
        ]
        if len(blocks) > len(set(blocks)):
            places = {primary(c.lang or ""): c.index + 1 for c in reversed(terms)}
            pair = {"zh": places.get("zh", 1), "en": places.get("en", 2)}
            raise Doubt(Message(SEVERAL_PAIRS, **pair), columns)


def question_of(doubt: Doubt, rows: Sequence[Row], heading: int) -> Question:
    """Return what a person is asked: the columns, as what they were taken, rows."""
    return Question(
        columns=tuple(
            AskedColumn(number=c.index + 1, heading=c.heading, meaning=c.meaning)
            for c in doubt.columns
        ),
        rows=tuple(
            (row.line, tuple(cell.strip()[:200] for cell in row.cells[:100]))
            for row in rows[:_SHOWN]
        ),
        heading=heading,
    )
