"""What the columns beside the terms say, put where an entry holds it."""

import re
from collections.abc import Callable, Sequence
from typing import Final

import orjson

from glossary.entry import MATCHES, STATES, STATUSES, TERM_TYPES
from glossary.formats.identifier import fits, identifier
from glossary.formats.noun import is_noun
from glossary.formats.speech import part_of_speech_of
from glossary.formats.status import DRAFT, status_of, truth_of
from glossary.formats.table.cells import alternatives, citations_in, date_of, texts_in
from glossary.formats.table.columns import Column
from glossary.formats.table.draft import JUDGED, Draft, append, name_subject
from glossary.formats.table.termrows import OF_CONCEPT
from glossary.message import N_, Message
from glossary.text import has_han, primary

#: Statuses that speak of a rendering, not of the phrase that is rendered.
_NEGATIVE: Final = frozenset({"deprecated", "superseded", "forbidden"})
_LISTS: Final = frozenset({"renders", "not_preceded_by", "not_followed_by"})
_VERSION: Final = re.compile(r"[0-9]{1,9}")
_TYPES: Final = {kind.casefold(): kind for kind in TERM_TYPES}

_OUR_JSON: Final = N_(
    "Line %(line)s: the column “%(column)s” holds our own JSON; leave it as exported."
)


def take(draft: Draft, line: int, values: Sequence[str]) -> None:
    """Put the cells of one row, all but its terms, into the entry.

    What an entry has no place for is kept under `extra`, by its heading.
    """
    for column in draft.layout.others:
        if value := values[column.index]:
            _TAKERS.get(column.field, _take_extra)(draft, line, column, value)


def _take_extra(draft: Draft, line: int, column: Column, value: str) -> None:
    own = draft.data.setdefault("extra", {}).setdefault("csv", {})
    append(own, column.heading, value)
    if column.field in JUDGED:
        draft.not_understood(line, column, value)


def _take_id(draft: Draft, _line: int, column: Column, value: str) -> None:
    draft.data["id"] = identifier(value, "c")
    draft.columns["/id"] = column.heading
    if draft.data["id"] != value:
        draft.data.setdefault("extra", {})["id"] = value


def _take_once(draft: Draft, line: int, column: Column, value: str) -> None:
    """Take what an entry has one of; two rows must not disagree on it."""
    if column.field != "state" and not draft.layout.own:
        return _take_extra(draft, line, column, value)
    if column.field == "state" and not draft.layout.own:
        state = value.casefold().replace(" ", "-").replace("_", "-")
        if state not in STATES and status_of(value) == DRAFT:
            state = DRAFT
        if state not in STATES:
            return _take_extra(draft, line, column, value)
        value = state
    return _put(draft, line, column, value)


def _take_definition(draft: Draft, line: int, column: Column, value: str) -> None:
    definition = draft.data.setdefault("definition", {})
    lang = column.lang
    if lang is None and column.of is not None:
        lang = next((term["lang"] for term in draft.of(column)), None)
    if lang is None:
        lang = draft.layout.chinese if has_han(value) else "en"
    if draft.layout.own:
        _put(draft, line, column, value, name=lang, inside="definition")
    else:
        append(definition, lang, value)
        draft.columns[f"/definition/{lang}"] = column.heading


def _put(
    draft: Draft,
    line: int,
    column: Column,
    value: str,
    *,
    name: str = "",
    inside: str = "",
) -> None:
    """Take what our own tables say once for an entry, or the same in each row."""
    holder = draft.data.setdefault(inside, {}) if inside else draft.data
    name = name or column.field
    if holder.setdefault(name, value) != value:
        message = Message(
            N_(
                "Line %(line)s: the rows of the entry “%(id)s” disagree in "
                "the column “%(column)s”. Write the same in each row, or "
                "only in the first."
            ),
            line=line,
            id=draft.key[:100],
            column=column.heading,
        )
        draft.refuse(line, column, "rows-disagree", message, value)
    pointer = f"/{inside}/{name}" if inside else f"/{name}"
    draft.columns.setdefault(pointer, column.heading)


def _take_note(draft: Draft, line: int, column: Column, value: str) -> None:
    if draft.layout.own:
        _put(draft, line, column, value)
    else:
        append(draft.data, "note", value)
        draft.columns["/note"] = column.heading


def _take_subjects(draft: Draft, _line: int, column: Column, value: str) -> None:
    if draft.layout.own:
        subjects = draft.data.setdefault("subjects", [])
        subjects += [s for s in value.split(" | ") if s not in subjects]
    else:
        for name in alternatives(value):
            name_subject(draft, name)
    draft.columns["/subjects"] = column.heading


def _take_status(draft: Draft, line: int, column: Column, value: str) -> None:
    status = value if draft.layout.own else status_of(value)
    if status is None:
        _take_extra(draft, line, column, value)
    elif status == DRAFT:
        draft.data["state"] = DRAFT
    else:
        _set_status(draft, column, status)


def _take_of_target(draft: Draft, line: int, column: Column, value: str) -> None:
    """Take what UTX of ours says of the rendering alone."""
    field = column.field.removeprefix("target_")
    terms = [term for term, place in draft.row if place.side == "target"]
    if not terms or (field == "status" and value not in STATUSES):
        return _take_extra(draft, line, column, value)
    if field == "definition":
        append(draft.data.setdefault(field, {}), terms[0]["lang"], value)
        return None
    for term in terms:
        term[field] = value
        draft.came_from(term, field, column)
    return None


def _take_approved(draft: Draft, line: int, column: Column, value: str) -> None:
    """Take whether an entry was approved; what nobody has approved is a draft."""
    truth = truth_of(value)
    if truth is None:
        _take_extra(draft, line, column, value)
    else:
        draft.data["state"] = "approved" if truth else DRAFT


def _take_flag(draft: Draft, line: int, column: Column, value: str) -> None:
    truth = truth_of(value)
    if truth:
        _set_status(draft, column, column.field)
    elif truth is None:
        _take_extra(draft, line, column, value)


def _set_status(draft: Draft, column: Column, status: str) -> None:
    negative = status in _NEGATIVE
    for term in draft.renderings(column) if negative else draft.of(column):
        # A term that stands in several rows keeps what the first of them says.
        is_free = draft.is_new(term) or "status" not in term
        if term.get("status") not in _NEGATIVE and is_free:
            term["status"] = status
            draft.came_from(term, "status", column)


def _take_of_term(draft: Draft, line: int, column: Column, value: str) -> None:
    """Take what a term has one of: reading, issuer, since, until, type."""
    field = column.field
    if field in {"since", "until"}:
        value = date_of(value)
    if field == "type" and not draft.layout.own:
        kind = _TYPES.get(value.casefold().replace(" ", ""))
        if kind is None:
            return _take_extra(draft, line, column, value)
        value = kind
    terms = draft.of(column) if field == "type" else draft.renderings(column)
    if field == "reading" and not draft.layout.own:
        terms = [t for t in draft.of(column) if primary(t["lang"]) == "zh"][:1]
    for term in terms:
        term[field] = value
        draft.came_from(term, field, column)
    return None


def _take_pos(draft: Draft, line: int, column: Column, value: str) -> None:
    """Take a part of speech: of both sides, or of the one that the heading names."""
    part = value if draft.layout.own else part_of_speech_of(value)
    side = column.field.removesuffix("pos").rstrip("_")
    terms = [t for t, c in draft.row if c.side == side] if side else draft.of(column)
    if part is None or not terms:
        return _take_extra(draft, line, column, value)
    for term in terms:
        term["part_of_speech"] = part
        draft.came_from(term, "part_of_speech", column)
    return None


def _take_match(draft: Draft, line: int, column: Column, value: str) -> None:
    if not draft.layout.own and value not in MATCHES:
        return _take_extra(draft, line, column, value)
    for term in draft.of(column):
        term["match"] = value
        draft.came_from(term, "match", column)
    return None


def _take_case(draft: Draft, line: int, column: Column, value: str) -> None:
    """Take whether letter case counts, for the terms that have any."""
    own, truth = draft.layout.own, truth_of(value)
    if truth is None and not own:
        return _take_extra(draft, line, column, value)
    for term in draft.of(column):
        has_case = term["text"].lower() != term["text"].upper()
        if own or (truth and has_case):
            term["case_sensitive"] = value if truth is None else truth
            draft.came_from(term, "case_sensitive", column)
    return None


def _take_own(draft: Draft, line: int, column: Column, value: str) -> None:
    """Take what only our own tables say of a term."""
    if not draft.layout.own:
        return _take_extra(draft, line, column, value)
    content = texts_in(value) if column.field in _LISTS else value
    for term in draft.of(column):
        term[column.field] = content
        draft.came_from(term, column.field, column)
    return None


def _take_concept(draft: Draft, line: int, column: Column, value: str) -> None:
    """Take what only our own tables say of the concept as a whole."""
    if not draft.layout.own:
        return _take_extra(draft, line, column, value)
    return _put(draft, line, column, value, name=OF_CONCEPT[column.field])


def _take_checked(draft: Draft, line: int, column: Column, value: str) -> None:
    """Take when an entry was last checked, and by whom."""
    if not draft.layout.own:
        return _take_extra(draft, line, column, value)
    name = "date" if column.field == "checked" else "by"
    return _put(draft, line, column, value, name=name, inside="checked")


def _take_version(draft: Draft, line: int, column: Column, value: str) -> None:
    """Take the version that an entry had when our own table was made."""
    if not draft.layout.own or not _VERSION.fullmatch(value):
        return _take_extra(draft, line, column, value)
    draft.data["version"] = int(value)
    draft.columns["/version"] = column.heading
    return None


def _take_term_info(draft: Draft, line: int, column: Column, value: str) -> None:
    """Take what memoQ says of a term's letter case, and keep all that it says."""
    if "CaseSense" in value.split(";"):
        _take_case(draft, line, column, "true")
    _take_extra(draft, line, column, value)


def _take_usage(draft: Draft, line: int, column: Column, value: str) -> None:
    terms = draft.of(column)
    if column.of is None and column.lang is None:
        is_chinese = has_han(value)
        same = [t for t in terms if (primary(t["lang"]) == "zh") == is_chinese]
        terms = same or terms
    if terms:
        append(terms[0], "usage", value)
    else:
        _take_extra(draft, line, column, value)


def _take_citations(draft: Draft, _line: int, column: Column, value: str) -> None:
    for term in draft.of(column):
        term["citations"] = citations_in(value)


def _take_provenance(draft: Draft, line: int, column: Column, value: str) -> None:
    if fits(value):
        for term in draft.renderings(column):
            term.setdefault("citations", []).append({"source": value})
    else:
        _take_extra(draft, line, column, value)


def _take_relations(draft: Draft, line: int, column: Column, value: str) -> None:
    if not draft.layout.own:
        return _take_extra(draft, line, column, value)
    parts = [part.partition(":") for part in value.split("|")]
    draft.data["relations"] = [
        {"type": kind.strip(), "entry": entry.strip()} for kind, _, entry in parts
    ]
    draft.columns["/relations"] = column.heading
    return None


def _take_more(draft: Draft, line: int, column: Column, value: str) -> None:
    """Take what our own tables say as JSON; anything else is kept as it is."""
    if not draft.layout.own:
        return _take_extra(draft, line, column, value)
    try:
        fields = orjson.loads(value)
        for name in ("definition", "notes", "extra"):
            if name in fields:
                draft.data.setdefault(name, {}).update(fields[name])
    except (orjson.JSONDecodeError, AttributeError, TypeError, ValueError):
        message = Message(_OUR_JSON, line=line, column=column.heading)
        draft.refuse(line, column, "bad-more", message, value[:200])
    return None


def _take_noun(draft: Draft, line: int, column: Column, value: str) -> None:
    """Take what entries name, which a row of our own table is instead of a term."""
    if not draft.layout.own:
        return _take_extra(draft, line, column, value)
    try:
        noun = orjson.loads(value)
    except orjson.JSONDecodeError:
        noun = None
    if isinstance(noun, dict) and is_noun(noun):
        draft.noun = noun
        return None
    message = Message(_OUR_JSON, line=line, column=column.heading)
    return draft.refuse(line, column, "bad-noun", message, value[:200])


def _take_nothing(_draft: Draft, _line: int, _column: Column, _value: str) -> None:
    """Leave what was taken already, or says what a file of ours is."""


_TAKERS: Final[dict[str, Callable[[Draft, int, Column, str], None]]] = {
    "id": _take_id,
    "glossary": _take_once,
    "state": _take_once,
    "definition": _take_definition,
    "note": _take_note,
    "subjects": _take_subjects,
    "status": _take_status,
    "target_status": _take_of_target,
    "target_usage": _take_of_target,
    "target_definition": _take_of_target,
    "approved": _take_approved,
    "number": _take_nothing,
    "forbidden": _take_flag,
    "preferred": _take_flag,
    "deprecated": _take_flag,
    "type": _take_of_term,
    "pos": _take_pos,
    "source_pos": _take_pos,
    "target_pos": _take_pos,
    "match": _take_match,
    "case_sensitive": _take_case,
    "term_info": _take_term_info,
    "reading": _take_of_term,
    "issuer": _take_of_term,
    "since": _take_of_term,
    "until": _take_of_term,
    "usage": _take_usage,
    "citations": _take_citations,
    "provenance": _take_provenance,
    "relations": _take_relations,
    "more": _take_more,
    "noun": _take_noun,
    "imprint": _take_nothing,
    "renders": _take_own,
    "ban": _take_own,
    "expected": _take_own,
    "not_preceded_by": _take_own,
    "not_followed_by": _take_own,
    "concept_since": _take_concept,
    "concept_until": _take_concept,
    "concept_expected": _take_concept,
    "checked": _take_checked,
    "checked_by": _take_checked,
    "version": _take_version,
    "lang": _take_nothing,
    "source_lang": _take_nothing,
    "target_lang": _take_nothing,
}
