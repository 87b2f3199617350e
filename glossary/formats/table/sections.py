"""Rows that head a section of a table, and name the subject of what follows."""

import re
from collections.abc import Sequence
from typing import Final

from glossary.formats.table.columns import Layout, Row
from glossary.formats.table.draft import Draft, name_subject
from glossary.text import primary

#: How sections are numbered, the widest first.
_LEVELS: Final = (
    re.compile(r"第\s*[一二三四五六七八九十百\d]+\s*[编編部章篇]\s*[:：、.．]?"),
    re.compile(r"(?:[一二三四五六七八九十百]+|[IVX]{1,5})\s*[、.．:：]"),
    re.compile(
        r"[(（][一二三四五六七八九十百]+[)）]|第\s*[一二三四五六七八九十百\d]+\s*[节節条條]"
    ),
    re.compile(r"\d{1,3}(?:\.\d{1,3})*\s*[、.．)）]|[(（]\d{1,3}[)）]|[A-Z][.)、]"),
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
        self._names: dict[int, str] = {}

    def opens(self, row: Row, values: Sequence[str]) -> bool:
        """Say whether a row heads a section, and remember it.

        Its one cell is numbered as sections are, or reaches over others.
        """
        if not self._is_used:
            return False
        texts = [
            value.strip()
            for column in self._layout.columns
            if column.field != "number" and (value := values[column.index]).strip()
        ]
        # The same in both languages is a term that is not translated, as V.34 is.
        is_repeated = len(texts) > 1 and not row.spans
        if len(set(texts)) != 1 or is_repeated or len(text := texts[0]) > _LONGEST:
            return False
        level, name = _numbered(text)
        if level is None and not row.spans:
            return False
        level = len(_LEVELS) if level is None else level
        self._names = {at: held for at, held in self._names.items() if at < level}
        self._names[level] = name
        return True

    def name(self, draft: Draft) -> None:
        """Give an entry the subjects of the sections that it stands in."""
        for name in self._names.values():
            name_subject(draft, name)


def _numbered(text: str) -> tuple[int | None, str]:
    """Return the level of a numbered heading, and its name without the number."""
    for level, pattern in enumerate(_LEVELS):
        match = pattern.match(text)
        if match is not None and (name := text[match.end() :].strip()):
            return level, name
    return None, text
