"""What TBX-Basic has no category for, as notes that people and our reader understand.

A note of the form `since: 2013-06` holds one field. It means a field only where its
name and its value fit; any other note is what it seems to be, a remark.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from glossary.entry import BANS, EXPECTATIONS, MATCHES, STATES
from glossary.formats.identifier import fits, identifier
from glossary.formats.table.cells import (
    counterpart_in,
    counterpart_text,
    texts_cell,
    texts_in,
)
from glossary.text import canonical, primary

#: The note that tells a forbidden term from a deprecated one.
FORBIDDEN: Final = "forbidden"
#: Fields of a term, and of an entry, that are written as notes.
TERM_FIELDS: Final = (
    *("since", "until", "reading", "usage", "match", "case_sensitive"),
    *("renders", "ban", "expected", "not_preceded_by", "not_followed_by"),
)
ENTRY_FIELDS: Final = (
    *("state", "glossary", "id"),
    *("since", "until", "expected", "checked"),
)
#: The note beside a citation that says what it is in the other language.
COUNTERPART: Final = "counterpart"
#: What need not be said of a term.
_USUAL: Final = {"match": MATCHES[-1], "ban": BANS[0]}
_LISTS: Final = frozenset({"renders", "not_preceded_by", "not_followed_by"})
#: Fields whose values are a few words of the data.
_WORDS: Final = {
    "state": STATES,
    "match": MATCHES,
    "ban": BANS,
    "expected": EXPECTATIONS,
    "case_sensitive": ("true",),
}
_TRUE: Final = "true"
_NOTE: Final = re.compile(r"([a-z_]+): (.+)", re.DOTALL)
_DATE: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_CITED: Final = re.compile(r"([a-z][a-z0-9-]{0,99})(?:, (.+))?", re.DOTALL)
#: Characters of a locator, the most that the schema of a citation takes.
_LONGEST_LOCATOR: Final = 200


def notes_of(
    holder: Mapping[str, Any], fields: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Yield those of some fields of a term or an entry that a note has to say."""
    for field in fields:
        # Most fields of most terms are empty.
        if holder[field] and (text := said_of(holder, field)):
            yield field, text


def said_of(holder: Mapping[str, Any], field: str) -> str:
    """Return what a note has to say of a field of a term or an entry, or nothing."""
    value: Any = holder[field]
    if not value:
        return ""
    if value is True:
        return _TRUE
    if field in _LISTS:
        return texts_cell(value)
    if field == "checked":
        return ", ".join(filter(None, (value["date"], value["by"])))
    return "" if value == _USUAL.get(field) else str(value)


def value_of(field: str, text: str) -> Any:
    """Return the value of a field that a note says."""
    if field in _LISTS:
        return texts_in(text)
    if field == "checked":
        date, _, by = text.partition(", ")
        return {"date": date, "by": by or None}
    return True if field == "case_sensitive" else text


def note_of(field: str, value: str) -> str:
    """Return the note that holds a field."""
    return f"{field}: {value}"


def language_of_note(tag: str) -> str:
    """Return the language that a note says it is in; empty where it says none.

    >>> language_of_note("zh-TW"), language_of_note("und"), language_of_note("?")
    ('zh-Hant', '', '')
    """
    lang = canonical(tag) or ""
    return "" if primary(lang) == "und" else lang


def remark_of(text: str) -> str:
    """Return a remark as a note, marked as one when it could be taken for a field."""
    match = _NOTE.fullmatch(text)
    names = ("note", *TERM_FIELDS, *ENTRY_FIELDS)
    return note_of("note", text) if match and match[1] in names else text


def field_of(note: str, fields: tuple[str, ...]) -> tuple[str, str]:
    """Return the field that a note holds and its value; the field `note` for a remark.

    >>> field_of("since: 2013-06", TERM_FIELDS), field_of("since: then", TERM_FIELDS)
    (('since', '2013-06'), ('note', 'since: then'))
    """
    match = _NOTE.fullmatch(note)
    if match is None:
        return "note", note
    field, value = match[1], match[2].strip()
    if field == "note" or (field in fields and _suits(field, value)):
        return field, value
    return "note", note


def _suits(field: str, value: str) -> bool:
    if field in {"since", "until"}:
        return _DATE.fullmatch(value) is not None
    if field == "checked":
        return _DATE.fullmatch(value.partition(", ")[0]) is not None
    if field in _WORDS:
        return value in _WORDS[field]
    return field != "glossary" or fits(value)


def counterpart_note(citation: Mapping[str, Any]) -> str:
    """Return the note that holds the counterpart of a citation, or nothing."""
    counterpart = citation["counterpart"]
    return note_of(COUNTERPART, counterpart_text(counterpart)) if counterpart else ""


def counterpart_of(note: str) -> dict[str, str] | None:
    """Return the counterpart that a note beside a citation holds, or None."""
    field, value = field_of(note, (COUNTERPART,))
    return (counterpart_in(value) or None) if field == COUNTERPART else None


def source_note(citation: dict[str, Any]) -> str:
    """Return where a wording stands, as the text of an `admin` of the type source."""
    source, locator = str(citation["source"]), str(citation["locator"])
    if not locator:
        return source
    if not _CITED.fullmatch(locator) and identifier(locator, "source-") == source:
        return locator
    return f"{source}, {locator}"


def citation_of(source: str, quote: str = "") -> dict[str, Any]:
    """Return the citation that such a text describes.

    What does not begin with a source's id gets one made from it, and is kept as the
    locator, as far as that has room.

    >>> citation_of("wang-yi-kerry-2014, para. 2")
    {'source': 'wang-yi-kerry-2014', 'locator': 'para. 2', 'quote': ''}
    """
    match = _CITED.fullmatch(source)
    if match and len(match[2] or "") <= _LONGEST_LOCATOR:
        name, locator = match[1], (match[2] or "").strip()
    else:
        name, locator = identifier(source, "source-"), source[:_LONGEST_LOCATOR]
    return {"source": name, "locator": locator, "quote": quote}
