"""Which data category of TBX goes where in an entry, and what is left to keep.

Each function takes an item, puts what the entry models of it in its place, and
returns what has to be kept beside the entry: the item, a part of it, or None.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from glossary.entry import RELATIONS, TERM_TYPES
from glossary.formats.identifier import identifier, subject_id
from glossary.formats.speech import part_of_speech_of
from glossary.formats.status import DRAFT, status_of, truth_of
from glossary.formats.tbx.note import (
    ENTRY_FIELDS,
    FORBIDDEN,
    TERM_FIELDS,
    citation_of,
    counterpart_of,
    field_of,
    language_of_note,
    value_of,
)
from glossary.text import canonical, has_han, primary

if TYPE_CHECKING:
    from glossary.formats.tbx.item import Item

Data = dict[str, Any]

_STATUS_TYPES: Final = frozenset(
    {
        *("administrativeStatus", "usageStatus", "processStatus"),
        *("normativeAuthorization", "language-planningQualifier"),
        # As TermWeb, memoQ and EuroTermBank call it.
        *("status", "Status", "termStatus", "approvalStatus", "entryStatus"),
    }
)
#: Process statuses of TBX 2 that mean: not yet agreed.
_UNFINISHED: Final = frozenset({"unprocessed", "provisionallyProcessed"})
#: Yes-or-no fields of other tools that say a status.
_FLAGS: Final = frozenset({"forbidden", "Forbidden", "preferred", "Preferred"})
_NOT_VERIFIED: Final = "1"
#: Term types of TBX 2 that TBX-Basic and our entries call something else.
_TERM_TYPES: Final = {
    **{name: name for name in TERM_TYPES},
    "initialism": "acronym",
    "abbreviatedForm": "abbreviation",
    "clippedTerm": "shortForm",
    "shortFormOfTerm": "shortForm",
    "phraseologicalUnit": "phrase",
    "setPhrase": "phrase",
    "standardText": "phrase",
    "spellingVariant": "variant",
}
#: Kinds of links to other concepts, in TBX 2's words.
_LINKS: Final = {
    "crossReference": "related",
    "seeAlso": "related",
    "relatedConcept": "related",
    "associatedConcept": "related",
    "broaderConceptGeneric": "broader",
    "superordinateConceptGeneric": "broader",
    "relatedConceptBroader": "broader",
    "broaderConceptPartitive": "whole",
    "superordinateConceptPartitive": "whole",
    "subordinateConceptGeneric": "narrower",
    "relatedConceptNarrower": "narrower",
    "subordinateConceptPartitive": "part",
    "antonymConcept": "contrast",
}
#: Characters of a locator, the most that the schema of a citation takes.
_LONGEST_LOCATOR: Final = 200


def hold_in_entry(data: Data, item: Item, language: str) -> Item | None:
    """Put an item of the concept level into the entry; return what is left of it.

    `language` is the one that the file says its texts are in, or empty.
    """
    if item["element"] == "note":
        return _note(data, item)
    kind = item.get("type")
    if kind == "subjectField":
        return _subjects(data, item)
    if kind == "definition":
        return hold_definition(data, item, _language(item, language))
    if kind in _LINKS:
        return _relation(data, item, _LINKS[kind])
    if kind in _STATUS_TYPES and status_of(item.get("text", "")) == DRAFT:
        data["state"] = DRAFT
    return item


def hold_in_language(data: Data, item: Item, language: str) -> Item | None:
    """Put an item of the language level into the entry; return what is left of it."""
    if item["element"] == "note":
        data["note"] = _joined(data.get("note", ""), item.get("text", ""))
        return None
    return _of_entry(data, item, language)


def hold_in_term(data: Data, term: Data, item: Item) -> Item | None:
    """Put an item of the term level into the term, or into its entry; return the rest.

    Notes have to come last: `forbidden` speaks of the status.
    """
    if item["element"] == "note":
        return _term_note(term, item)
    kind = item.get("type")
    if kind in _STATUS_TYPES:
        return _beside(item, _status(data, term, item))
    if hold := _IN_TERM.get(kind or ""):
        return _beside(item, hold(term, item))
    if kind in _FLAGS and truth_of(item.get("text", "")):
        return _status(data, term, {**item, "text": kind})
    if kind == "reliabilityCode" and item.get("text") == _NOT_VERIFIED:
        data["state"] = DRAFT
    return _of_entry(data, item, term["lang"])


def _beside(item: Item, rest: Item | None) -> Item | None:
    """Return what is left of an item: where nothing is, what stood in its group."""
    kind = item.get("type")
    if rest is not None or "items" not in item or kind in {"context", "source"}:
        return rest
    return {key: value for key, value in item.items() if key != "text"}


def _of_entry(data: Data, item: Item, language: str) -> Item | None:
    """Put an item that speaks of the whole entry into it; return what is left."""
    kind = item.get("type")
    if kind == "definition":
        return hold_definition(data, item, language)
    if kind == "subjectField":
        return _subjects(data, item)
    if kind in _LINKS:
        return _relation(data, item, _LINKS[kind])
    return item


def hold_definition(data: Data, item: Item, language: str) -> Item | None:
    """Take the first definition of a language; return a second one, or the rest.

    What is left of a definition that was taken has no text. Both name the language.
    """
    definitions = data.setdefault("definition", {})
    if language in definitions or not item.get("text"):
        return {**item, "lang": language}
    definitions[language] = item["text"]
    if "items" not in item:
        return None
    rest = {key: value for key, value in item.items() if key not in {"text", "lang"}}
    return {**rest, "lang": language}


def subjects_of(text: str) -> dict[str, str]:
    """Return the ids of the subjects that a subject field lists, with their names."""
    names = (part.strip() for part in text.replace("；", ";").split(";"))
    return {subject_id(name): name for name in names if name}


def _language(item: Item, language: str) -> str:
    if tag := item.get("lang"):
        return canonical(tag) or tag
    tag = canonical(language) or "en"
    if has_han(item.get("text", "")) and primary(tag) not in {"zh", "ja", "ko"}:
        return "zh-Hans"
    return tag


def _joined(first: str, second: str) -> str:
    return f"{first}\n{second}" if first and second else first or second


def _subjects(data: Data, item: Item) -> Item | None:
    subjects = subjects_of(item.get("text", ""))
    subjects_there = data.setdefault("subjects", [])
    subjects_there.extend(name for name in subjects if name not in subjects_there)
    plain = len(subjects) == 1 and item["text"] in subjects and "items" not in item
    return None if plain else item


def _relation(data: Data, item: Item, kind: str) -> Item | None:
    target = item.get("target", "").removeprefix("#")
    if not target or "://" in target:
        return item
    text = item.get("text", "")
    name = identifier(target, "c")
    relation = {"type": text if text in RELATIONS else kind, "entry": name}
    relations = data.setdefault("relations", [])
    if relation not in relations:
        relations.append(relation)
    plain = "items" not in item and (not text or text in RELATIONS)
    return None if plain else {**item, "target": name}


def _note(data: Data, item: Item) -> Item | None:
    field, value = field_of(item.get("text", ""), ENTRY_FIELDS)
    if field == "id":
        data.setdefault("extra", {})["id"] = value
    elif field == "note" and (lang := language_of_note(item.get("lang", ""))):
        notes = data.setdefault("notes", {})
        notes[lang] = _joined(notes.get(lang, ""), value)
    elif field == "note":
        data["note"] = _joined(data.get("note", ""), value)
    else:
        data[field] = value_of(field, value)
    return None


def _term_note(term: Data, item: Item) -> Item | None:
    note = item.get("text", "")
    if note == FORBIDDEN and term.get("status") == "deprecated":
        term["status"] = FORBIDDEN
        return None
    field, value = field_of(note, TERM_FIELDS)
    if field in {"note", "usage"}:
        term["usage"] = _joined(term.get("usage", ""), value)
    else:
        term[field] = value_of(field, value)
    return None


def _status(data: Data, term: Data, item: Item) -> Item | None:
    text = item.get("text", "")
    status = DRAFT if text in _UNFINISHED else status_of(text)
    if status == DRAFT:
        data["state"] = DRAFT
        return None if text == DRAFT else item
    if status is None or term.get("status", status) != status:
        return item
    term["status"] = status
    return None


def _term_type(term: Data, item: Item) -> Item | None:
    text = item.get("text", "")
    if text not in _TERM_TYPES or "type" in term:
        return item
    term["type"] = _TERM_TYPES[text]
    return None if term["type"] == text else item


def _part_of_speech(term: Data, item: Item) -> Item | None:
    text = item.get("text", "")
    part = part_of_speech_of(text)
    if part is None or "part_of_speech" in term:
        return item
    term["part_of_speech"] = part
    return None if part == text.casefold() and "items" not in item else item


def _issuer(term: Data, item: Item) -> Item | None:
    if "issuer" in term or not item.get("text"):
        return item
    term["issuer"] = item["text"]
    return None


def _context(term: Data, item: Item) -> Item | None:
    quote, items = item.get("text", ""), item.get("items", [])
    sources = [one for one in items if one.get("type") == "source" and "text" in one]
    if sources:
        text = sources[0]["text"]
        items = _cite(term, citation_of(text, quote), items)
        if len(text) <= _LONGEST_LOCATOR:
            items = [one for one in items if one is not sources[0]]
    else:
        term["usage"] = _joined(term.get("usage", ""), quote)
    rest = {key: value for key, value in item.items() if key != "text"}
    return {**rest, "items": items} if items else None


def _source(term: Data, item: Item) -> Item | None:
    text, items = item.get("text", ""), item.get("items", [])
    if text:
        items = _cite(term, citation_of(text), items)
    if len(text) <= _LONGEST_LOCATOR and not items:
        return None
    bare = {key: value for key, value in item.items() if key != "items"}
    return {**bare, "items": items} if items else bare


def _cite(term: Data, citation: Data, items: list[Item]) -> list[Item]:
    """Give a term a citation with its counterpart; return the other companions."""
    notes = (one for one in items if one.get("element") == "note")
    for note in notes:
        if counterpart := counterpart_of(note.get("text", "")):
            citation["counterpart"] = counterpart
            items = [one for one in items if one is not note]
            break
    term.setdefault("citations", []).append(citation)
    return items


_IN_TERM: Final[dict[str, Callable[[Data, Item], Item | None]]] = {
    "termType": _term_type,
    "partOfSpeech": _part_of_speech,
    "customerSubset": _issuer,
    "context": _context,
    "source": _source,
}
