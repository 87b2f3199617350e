"""MultiTerm XML out: a concept for each entry, with the fields that people name so.

What MultiTerm users have a usual field for stands in it; the rest are notes in the form
of ours in TBX, which our reader turns back. Concepts are numbered, as MultiTerm wants;
the field `Entry ID` has our id.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final

from glossary.formats.imprint import NAMELESS, Imprint
from glossary.formats.record import Drop, Dropped
from glossary.formats.tbx.note import (
    ENTRY_FIELDS,
    TERM_FIELDS,
    counterpart_note,
    note_of,
    notes_of,
    remark_of,
    source_note,
)
from glossary.formats.xml.fragment import Element, Fit, add, fit_for, group, put, wrap
from glossary.message import N_, Message

Entry = Mapping[str, Any]

#: The field that holds an entry's own id.
ENTRY_ID: Final = "Entry ID"
_HEAD: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n<mtf>\n'
_FOOT: Final = b"</mtf>\n"
#: What MultiTerm calls a language: its code, and the name of its index field.
_LANGUAGES: Final = {
    "zh-Hans": ("ZH-CN", "Chinese (PRC)"),
    "zh-Hant": ("ZH-TW", "Chinese (Taiwan)"),
    "en": ("EN", "English"),
}
_OF_TERM: Final = {
    "status": "Status",
    "type": "Term Type",
    "part_of_speech": "Part of Speech",
    "issuer": "Customer",
}


def write(
    entries: Iterable[Entry],
    stream: BinaryIO,
    drop: Drop,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write whole entries as MultiTerm XML, and tell `drop` what it cannot hold."""
    stream.write(_HEAD)
    for line in imprint.lines:
        # Two hyphens would end the comment.
        comment = line.replace("--", "- -").rstrip("-")
        stream.write(f"<!-- {comment} -->\n".encode())
    for number, entry in enumerate(entries, start=1):
        put(stream, _concept(entry, number, drop))
    stream.write(_FOOT)


def _concept(entry: Entry, number: int, drop: Drop) -> Element:
    fit = fit_for(entry["id"], drop)
    element = Element(" ", "conceptGrp")
    add(element, "concept", str(number))
    _put(element, ENTRY_ID, entry["id"])
    for at, subject in enumerate(entry["subjects"]):
        _put(element, "Subject", fit(subject, f"/subjects/{at}"))
    values = {**entry, "id": entry["extra"].get("id")}
    for field, value in notes_of(values, ENTRY_FIELDS):
        _put(element, "Note", note_of(field, fit(value, f"/{field}")))
    if entry["note"]:
        _put(element, "Note", remark_of(fit(entry["note"], "/note")))
    for lang, text in entry["notes"].items():
        _put(element, "Note", remark_of(fit(text, f"/notes/{lang}")))
    for lang in _languages(entry):
        _language(element, entry, lang, fit)
    for loss in _lost(entry):
        drop(loss)
    return element


def _languages(entry: Entry) -> Iterator[str]:
    yield from dict.fromkeys(term["lang"] for term in entry["terms"])


def _language(parent: Element, entry: Entry, lang: str, fit: Fit) -> None:
    code, name = _LANGUAGES.get(lang, (lang.upper(), lang))
    element = group(parent, "languageGrp")
    add(element, "language", None, lang=code, type=name)
    if text := entry["definition"].get(lang):
        _put(element, "Definition", fit(text, f"/definition/{lang}"))
    for place, term in enumerate(entry["terms"]):
        if term["lang"] == lang:
            _term(group(element, "termGrp"), term, f"/terms/{place}", fit)


def _term(element: Element, term: Entry, pointer: str, fit: Fit) -> None:
    add(element, "term", fit(term["text"], f"{pointer}/text"))
    for field, name in _OF_TERM.items():
        if term[field]:
            _put(element, name, fit(term[field], f"{pointer}/{field}"))
    proofs = set()
    for at, citation in enumerate(term["citations"]):
        place = f"{pointer}/citations/{at}"
        source = fit(source_note(citation), place)
        if (source, citation["quote"]) in proofs:
            # Those that differ by their counterparts alone are one here.
            continue
        proofs.add((source, citation["quote"]))
        holder = element
        if citation["quote"]:
            holder = group(element, "descripGrp")
            add(holder, "descrip", fit(citation["quote"], place), type="Context")
        _put(holder, "Source", source)
    for field, value in notes_of(term, TERM_FIELDS):
        _put(element, "Note", note_of(field, fit(value, f"{pointer}/{field}")))


def _put(parent: Element, name: str, text: str) -> None:
    wrap(parent, "descripGrp", "descrip", text, type=name)


def _lost(entry: Entry) -> Iterator[Dropped]:
    there = set(_languages(entry))
    for lang, text in entry["definition"].items():
        if lang not in there:
            message = Message(
                N_("MultiTerm keeps a definition only in a language that has a term.")
            )
            yield Dropped(entry["id"], f"/definition/{lang}", message, text)
    for lang in entry["notes"]:
        message = Message(N_("MultiTerm does not say which language a note is in."))
        yield Dropped(entry["id"], f"/notes/{lang}", message, lang)
    for at, relation in enumerate(entry["relations"]):
        message = Message(N_("MultiTerm links entries by its own numbers."))
        yield Dropped(entry["id"], f"/relations/{at}", message, relation["entry"])
    for place, term in enumerate(entry["terms"]):
        for at, citation in enumerate(term["citations"]):
            if counterpart_note(citation):
                message = Message(N_("MultiTerm has no place for a counterpart."))
                pointer = f"/terms/{place}/citations/{at}/counterpart"
                yield Dropped(entry["id"], pointer, message)
    for name in entry["extra"]:
        if name != "id":
            message = Message(
                N_("MultiTerm has no place for what was kept from another file.")
            )
            yield Dropped(entry["id"], f"/extra/{name}", message)
