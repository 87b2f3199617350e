"""What a place that gives no record may still say of the entry that it was to be."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from glossary import late_pattern
from glossary.text import UNSPACED

#: Of a broken text so many characters are looked at, and so many wordings taken.
_MOST_CHARACTERS: Final = 20_000
_MOST_TEXTS: Final = 200
#: What stands between cells, whichever format it is.
_BETWEEN: Final = re.compile(r'[\t\n,;|"“”，；/\[\]<>{}]+')
#: Words of the two scripts that only a space keeps apart.
_SCRIPTS: Final = late_pattern(rf"[{UNSPACED}、·]+|[^{UNSPACED}、·]+")
_IN_JSON: Final = re.compile(r'"(id|text)"\s*:\s*"((?:[^"\\]|\\.){1,600})"')


def texts_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the wordings of a record, however odd the rest of it is.

    >>> texts_of({"terms": [{"text": "主权"}, {"text": 7}, None]})
    ('主权',)
    """
    terms = data.get("terms")
    wordings = [
        term["text"]
        for term in (terms if isinstance(terms, list) else [])
        if isinstance(term, dict) and isinstance(term.get("text"), str)
    ]
    return fit(wordings)


def id_of(data: Mapping[str, Any]) -> str:
    """Return the id that a record gives, or nothing."""
    name = data.get("id")
    return name if isinstance(name, str) else ""


def pieces_of(text: str) -> tuple[str, ...]:
    """Return whatever may be a wording in a text that could not be parsed.

    >>> pieces_of("战略互信 strategic trust")
    ('战略互信 strategic trust', '战略互信', 'strategic trust')
    """
    cells = [cell.strip() for cell in _BETWEEN.split(text[:_MOST_CHARACTERS])]
    runs = [run.strip() for cell in cells for run in _SCRIPTS.findall(cell)]
    return fit([text.strip(), *cells, *runs])


def pieces_of_json(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the id and the wordings in the text of a broken entry.

    >>> pieces_of_json('{"id": "peace", "terms": [{"text": "和平"}, {"text": "peace"')
    ('peace', ('和平', 'peace'))
    """
    fields = _IN_JSON.findall(text[:_MOST_CHARACTERS])
    name = next((value for field, value in fields if field == "id"), "")
    return name, fit([value for field, value in fields if field == "text"])


def fit(texts: Iterable[str]) -> tuple[str, ...]:
    """Return those texts, once each, that are no longer than a term may be."""
    short = (text for text in texts if 0 < len(text) <= 500)
    return tuple(dict.fromkeys(short))[:_MOST_TEXTS]
