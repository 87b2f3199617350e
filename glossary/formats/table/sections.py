"""Rows that head a section of a table, and name the subject of what follows."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from glossary.formats.record import Remark
from glossary.formats.table.columns import Layout, Row
from glossary.formats.table.draft import Draft, name_subject
from glossary.message import N_, Message
from glossary.text import counted_by, has_han, primary

#: How sections are numbered, the widest first.
_LEVELS: Final = (
    re.compile(r"第\s*[一二三四五六七八九十百\d]+\s*[编編部章篇]\s*[:：、.．]?"),
    re.compile(r"(?:[一二三四五六七八九十百]+|[IVX]{1,5})\s*[、.．:：]"),
    re.compile(
        r"[(（][一二三四五六七八九十百]+[)）]|第\s*[一二三四五六七八九十百\d]+\s*[节節条條]"
    ),
    re.compile(r"\d{1,3}(?:\.\d{1,3})*\s*[、.．)）]|[(（]\d{1,3}[)）]|[A-Z][.)、]"),
)
#: The levels that no list of terms is numbered by.
_HEADING_LEVELS: Final = 3
_NUMBER: Final = re.compile(r"[一二三四五六七八九十百]+|\d{1,9}|[IVX]+|[A-Z](?=[.)、])")
_ROMAN: Final = {"I": 1, "V": 5, "X": 10}
#: How sections are numbered in English beside that.
_ENGLISH: Final = re.compile(
    r"(?:(?:part|chapter|section|article)\s+)?[(（]?(?:[IVX]{1,5}|\d{1,3}|[A-Z])"
    r"\s*[.、:：)）]?\s+",
    re.IGNORECASE,
)
#: Characters: a longer cell that stands alone is a note, not a heading.
_LONGEST: Final = 60


class Sections:
    """The sections that the row at hand stands in, by their level."""

    def __init__(self, layout: Layout) -> None:
        terms = {primary(c.lang) for c in layout.terms if c.lang}
        #: Only where each row has terms in two languages does one text alone say more.
        self._is_used = not layout.own and layout.heads > 0 and len(terms) > 1
        self._layout = layout
        self._places = [c.index for c in layout.columns if c.field != "number"]
        self._names: dict[int, str] = {}
        #: Headings, by line, since the last entry.
        self._idle: dict[int, str] = {}

    def opens(self, row: Row, values: Sequence[str]) -> bool:
        """Say whether a row heads a section, and remember it.

        Its one cell is numbered as sections are, or reaches over others.
        """
        if not self._is_used:
            return False
        texts = [text for at in self._places if (text := values[at].strip())]
        if len(texts) > 2 and not row.spans:
            return False
        # The same in both languages is a term that is not translated, as V.34 is.
        is_repeated = len(texts) > 1 and not row.spans
        if len(texts) == 2 and (both := self._in_both(values)):
            texts, is_repeated = [both], False
        if len(set(texts)) != 1 or is_repeated or len(text := texts[0]) > _LONGEST:
            return False
        level, name = _numbered(text)
        if level is None and not row.spans:
            return False
        level = len(_LEVELS) if level is None else level
        self._names = {at: title for at, title in self._names.items() if at < level}
        self._names[level] = name
        self._idle[row.line] = text
        return True

    def _in_both(self, values: Sequence[str]) -> str:
        """Return a heading in Chinese and English as one, or nothing.

        Both are numbered alike, the Chinese as no term of a list is.
        """
        there = {
            primary(c.lang): text
            for c in self._layout.terms
            if c.lang and (text := values[c.index].strip())
        }
        if there.keys() != {"zh", "en"} or not has_han(there["zh"]):
            return ""
        if max(map(len, there.values())) > _LONGEST:
            return ""
        level, _ = _numbered(there["zh"])
        match = _ENGLISH.match(there["en"])
        if level is None or level >= _HEADING_LEVELS or match is None:
            return ""
        same = _value(there["zh"]) == _value(match[0])
        return f"{there['zh']} {there['en'][match.end() :]}" if same else ""

    def name(self, draft: Draft) -> None:
        """Give an entry the subjects of the sections that it stands in."""
        self._idle.clear()
        for name in self._names.values():
            name_subject(draft, name)

    def idle(self) -> Iterator[Remark]:
        """Yield the headings under which no entry stands."""
        for line, text in self._idle.items():
            message = Message(
                N_("There is nothing under this heading; it was left out.")
            )
            yield Remark(line, None, "title", message, text)
        self._idle.clear()


def _value(text: str) -> int:
    """Return what the first number of a text counts to, 0 for none.

    >>> [_value(t) for t in ("第十二章", "XIV. Trade", "(3)", "B. Law", "一百二十、")]
    [12, 14, 3, 2, 120]
    """
    match = _NUMBER.search(text)
    if match is None:
        return 0
    number = match[0]
    if number.isdecimal() and number.isascii():
        return int(number)
    if set(number) <= _ROMAN.keys():
        values = [_ROMAN[letter] for letter in number]
        after = [*values[1:], 0]
        return sum(
            -one if one < other else one
            for one, other in zip(values, after, strict=True)
        )
    if number.isascii():
        return ord(number) - ord("A") + 1
    return counted_by(number) or 0


def _numbered(text: str) -> tuple[int | None, str]:
    """Return the level of a numbered heading, and its name without the number."""
    for level, pattern in enumerate(_LEVELS):
        match = pattern.match(text)
        if match is not None and (name := text[match.end() :].strip()):
            return level, name
    return None, text
