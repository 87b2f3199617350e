"""TMX 1.4 in and out: translation units that are terms.

The fields of an entry and of a term stand in `prop` elements of the types `x-state`,
`x-status`, `x-issuer` and so on. Terms that are not to be used are not written: a
translation memory would offer them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO, Final
from xml.sax.saxutils import escape  # nosec B406 - it only writes.

from lxml import etree

from glossary.entry import (
    BANS,
    EXPECTATIONS,
    MATCHES,
    PARTS_OF_SPEECH,
    STATES,
    STATUSES,
    TERM_TYPES,
    USABLE,
)
from glossary.formats.clue import fit
from glossary.formats.identifier import fits, identifier
from glossary.formats.imprint import NAMELESS, Imprint
from glossary.formats.record import (
    Drop,
    Dropped,
    FileReading,
    Given,
    Limits,
    ReadOptions,
    Record,
    Refused,
    Remark,
    TextTooLong,
)
from glossary.formats.tbx.item import Item
from glossary.formats.tbx.kept import Kept
from glossary.formats.tbx.note import language_of_note, notes_of, value_of
from glossary.formats.xml.fragment import (
    LANG,
    Element,
    Fit,
    add,
    fit_for,
    group,
    put,
)
from glossary.formats.xml.markup import (
    XML_LANG,
    children,
    elements,
    language_of_element,
    line_in,
    line_of,
    local,
    text_of,
    texts_in,
)
from glossary.formats.xml.private import settle_languages
from glossary.formats.xml.repeated import settle_name
from glossary.message import N_, Message
from glossary.text import canonical

Entry = Mapping[str, Any]
Data = dict[str, Any]

#: Above this a segment is a sentence or more, and no term.
_LONGEST: Final = 500
#: Codes of a layout: neither they nor what stands in them is text.
_CODES: Final = frozenset({"bpt", "ept", "ph", "it", "ut"})
#: What TMX says of a unit or a variant that no entry holds, and what kind that is of.
_ATTRIBUTES: Final = {
    "creationdate": "date",
    "changedate": "date",
    "lastusagedate": "date",
    "creationid": "person",
    "changeid": "person",
    "usagecount": "count",
    "segtype": "attribute",
    "creationtool": "attribute",
    "o-tmf": "attribute",
}
_DATE: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_ENTRY_PROPS: Final[Mapping[str, Callable[[str], object]]] = {
    "state": STATES.__contains__,
    "glossary": fits,
    "since": _DATE.fullmatch,
    "until": _DATE.fullmatch,
    "expected": EXPECTATIONS.__contains__,
    "checked": lambda value: _DATE.fullmatch(value.partition(", ")[0]),
}
_TERM_PROPS: Final[Mapping[str, Callable[[str], object]]] = {
    "status": STATUSES.__contains__,
    "type": TERM_TYPES.__contains__,
    "part_of_speech": PARTS_OF_SPEECH.__contains__,
    "reading": bool,
    "issuer": bool,
    "since": _DATE.fullmatch,
    "until": _DATE.fullmatch,
    "match": MATCHES.__contains__,
    "case_sensitive": {"true"}.__contains__,
    "renders": bool,
    "ban": BANS.__contains__,
    "expected": EXPECTATIONS.__contains__,
    "not_preceded_by": bool,
    "not_followed_by": bool,
}
_HEAD: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
 <header creationtool="Glossary" creationtoolversion="1" segtype="phrase"\
 o-tmf="Glossary" adminlang="en" srclang="*all*" datatype="plaintext"\
"""
_NO_PLACE: Final = N_("TMX has no place for this.")
_FOOT: Final = " </body>\n</tmx>\n"


def read(stream: BinaryIO, options: ReadOptions) -> FileReading:
    """Read the units of a TMX file as entries, lazily.

    Return a record for every unit, or a Refused where a segment is too long for a
    term or says no language, and where there is no text. Raise UnreadableFile, while
    the records are taken, where the file is no TMX.
    """
    return FileReading(_records(stream, options))


def _records(stream: BinaryIO, options: ReadOptions) -> Iterator[Given]:
    limits = options.limits
    digests: set[bytes] = set()
    for unit in elements(
        stream, {"header", "tu"}, roots={"tmx"}, expected="TMX", limits=limits
    ):
        if local(unit) == "header":
            yield from _head(unit)
            continue
        yield from settle_languages(unit)
        yield from settle_name(unit, digests, attribute="tuid")
        try:
            record = _record(unit, limits)
        except TextTooLong as long:
            record = _too_long(long.line, long.element, long.most, long.excerpt)
        if isinstance(record, Refused):
            name = unit.get("tuid", "").strip()
            entry = identifier(name, "c") if name else ""
            texts = fit(texts_in(unit, "seg"))
            record = replace(record, entry=entry, texts=texts)
        yield record
        yield from _left(unit)


def _head(header: etree._Element) -> Iterator[Remark]:
    """Yield what the head of somebody else's file says of it in its own words."""
    if header.get("creationtool") == "Glossary":
        return
    for element in header.iter("{*}note", "{*}prop"):
        field = element.get("type", local(element))
        note = Message(N_("“%(field)s” in the TMX file is left out."), field=field)
        if text := " ".join("".join(map(str, element.itertext())).split()):
            yield Remark(line_of(element), field, "header", note, text[:500])


def _left(unit: etree._Element) -> Iterator[Remark]:
    """Yield what stands beside the text of a unit and is taken nowhere."""
    for element in unit.iter("*"):
        name, line, parent = local(element), line_of(element), element.getparent()
        if name in _CODES and parent is not None and local(parent) not in _CODES:
            note = Message(N_("Layout codes are left out."))
            text = " ".join("".join(map(str, element.itertext("*"))).split())
            yield Remark(line, name, "inline-code", note, text[:500])
        for field, code in _ATTRIBUTES.items() if name in {"tu", "tuv"} else ():
            if value := element.get(field):
                note = Message(
                    N_("“%(field)s” in the TMX file is left out."), field=field
                )
                yield Remark(line, field, code, note, value[:500])


def _record(unit: etree._Element, limits: Limits) -> Record | Refused:
    data: Data = {"terms": []}
    extra: Data = {}
    columns: dict[str, str] = {}
    for child in children(unit):
        if local(child) == "tuv":
            refused = _variant(data, extra, columns, child, limits)
            if refused is not None:
                return refused
        elif local(child) == "note":
            tag = language_of_note(child.get(XML_LANG, ""))
            holder = data.setdefault("notes", {}) if tag else data
            _add_line(holder, tag or "note", text_of(child, limits))
        elif not _hold_prop(data, child, limits):
            extra.setdefault("concept", []).append(_prop(child, limits))
    line, name = line_of(unit), unit.get("tuid", "").strip()
    if not data["terms"]:
        reason = Message(N_("The unit <tu> has no text. Fill it in, or remove it."))
        return Refused(line, "tu", "empty-entry", reason, name)
    if name:
        data["id"] = identifier(name, "c")
        if data["id"] != name:
            data.setdefault("extra", {})["id"] = name
    if extra:
        data.setdefault("extra", {})["tmx"] = extra
    return Record(line, data, columns)


def _variant(
    data: Data,
    extra: Data,
    columns: dict[str, str],
    element: etree._Element,
    limits: Limits,
) -> Refused | None:
    segment = next((c for c in children(element) if local(c) == "seg"), element)
    text = line_in(segment, limits, without=_CODES)
    if not text or segment is element:
        return None
    tag = language_of_element(element)
    if not tag:
        reason = Message(
            N_("<%(element)s> does not say which language it is in. Add xml:lang."),
            element="tuv",
        )
        return Refused(line_of(element), "tuv", "no-language", reason, text[:40])
    if len(text) > _LONGEST:
        return _too_long(line_of(segment), "seg", _LONGEST, text[:40])
    term: Data = {"lang": canonical(tag) or tag, "text": text}
    if any((t["lang"], t["text"]) == (term["lang"], text) for t in data["terms"]):
        return None
    columns[f"/terms/{len(data['terms'])}/text"] = f"tuv[{tag}]/seg"
    data["terms"].append(term)
    items = []
    for child in children(element):
        if local(child) == "note":
            _add_line(term, "usage", text_of(child, limits))
        elif local(child) == "prop" and not _hold_term_prop(term, child, limits):
            items.append(_prop(child, limits))
    if items:
        leftover = {"lang": term["lang"], "text": text, "items": items}
        extra.setdefault("terms", []).append(leftover)
    return None


def _too_long(line: int, element: str, most: int, value: str) -> Refused:
    reason = Message(
        N_(
            "<%(element)s> has more than %(most)s characters, so it is a "
            "sentence and not a term. Remove it."
        ),
        element=element,
        most=most,
    )
    return Refused(line, element, "too-long", reason, value)


def _add_line(data: Data, field: str, text: str) -> None:
    data[field] = f"{data[field]}\n{text}" if data.get(field) else text


def _prop(element: etree._Element, limits: Limits) -> Item:
    item = {"element": local(element), "type": element.get("type", "")}
    if lang := element.get(XML_LANG) or element.get("lang"):
        item["lang"] = lang
    return {**item, "text": text_of(element, limits)}


def _hold_prop(data: Data, element: etree._Element, limits: Limits) -> bool:
    item = _prop(element, limits)
    kind, text = item["type"].removeprefix("x-"), item["text"]
    if kind == "subject" and fits(text):
        data.setdefault("subjects", []).append(text)
        return True
    if kind == "definition" and text:
        tag = item.get("lang") or language_of_element(element)
        definitions = data.setdefault("definition", {})
        return bool(definitions.setdefault(canonical(tag) or "en", text) == text)
    if kind == "id" and text:
        data.setdefault("extra", {})["id"] = text
        return True
    return _held(data, kind, text, _ENTRY_PROPS)


def _hold_term_prop(term: Data, element: etree._Element, limits: Limits) -> bool:
    item = _prop(element, limits)
    return _held(term, item["type"].removeprefix("x-"), item["text"], _TERM_PROPS)


def _held(
    data: Data, kind: str, text: str, fields: Mapping[str, Callable[[str], object]]
) -> bool:
    if kind not in fields or kind in data or not fields[kind](text):
        return False
    data[kind] = value_of(kind, text)
    return True


def write(
    entries: Iterable[Entry],
    stream: BinaryIO,
    drop: Drop,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write the usable terms of whole entries as TMX 1.4, a unit for each entry.

    Tell `drop` what is left out: terms not to be used, citations and relations.
    """
    stream.write(_HEAD.encode())
    if imprint.lines:
        notes = "".join(f"  <note>{escape(line)}</note>\n" for line in imprint.lines)
        stream.write(f">\n{notes} </header>\n <body>\n".encode())
    else:
        stream.write(b"/>\n <body>\n")
    for entry in entries:
        for loss in _lost(entry):
            drop(loss)
        if any(term["status"] in USABLE for term in entry["terms"]):
            put(stream, _unit(entry, fit_for(entry["id"], drop)))
    stream.write(_FOOT.encode())


def _unit(entry: Entry, fit: Fit) -> Element:
    unit = Element("  ", "tu", tuid=entry["id"])
    own = Kept.of(entry["extra"].get("tmx"))
    if entry["note"]:
        add(unit, "note", fit(entry["note"], "/note"))
    for lang, text in entry["notes"].items():
        add(unit, "note", fit(text, f"/notes/{lang}"), **{LANG: lang})
    for subject in entry["subjects"]:
        add(unit, "prop", subject, type="x-subject")
    for lang, text in entry["definition"].items():
        text_fit = fit(text, f"/definition/{lang}")
        add(unit, "prop", text_fit, **{"type": "x-definition", LANG: lang})
    for field, text in notes_of(entry, _ENTRY_PROPS):
        add(unit, "prop", fit(text, f"/{field}"), type=f"x-{field}")
    if name := entry["extra"].get("id"):
        add(unit, "prop", fit(str(name), "/extra/id"), type="x-id")
    _props(unit, own.concept, fit)
    texts = {t["text"] for t in entry["terms"] if t["status"] in USABLE}
    for place, term in enumerate(entry["terms"]):
        if term["status"] in USABLE:
            items = own.terms.get((term["lang"], term["text"]), ())
            renders = [text for text in term["renders"] if text in texts]
            bare = {**term, "renders": renders}
            _put_term(unit, bare, items, f"/terms/{place}", fit)
    return unit


def _put_term(
    unit: Element, term: Entry, items: Iterable[Item], pointer: str, fit: Fit
) -> None:
    variant = group(unit, "tuv", **{LANG: term["lang"]})
    if term["usage"]:
        add(variant, "note", fit(term["usage"], f"{pointer}/usage"))
    for field, text in notes_of(term, _TERM_PROPS):
        add(variant, "prop", fit(text, f"{pointer}/{field}"), type=f"x-{field}")
    _props(variant, items, fit)
    add(variant, "seg", fit(term["text"], f"{pointer}/text"))


def _props(parent: Element, items: Iterable[Item], fit: Fit) -> None:
    for item in items:
        attributes = {"type": item.get("type", "")}
        if "lang" in item:
            attributes[LANG] = item["lang"]
        add(parent, "prop", fit(item.get("text", ""), "/extra/tmx"), **attributes)


def _lost(entry: Entry) -> Iterator[Dropped]:
    name = entry["id"]
    texts = {t["text"] for t in entry["terms"] if t["status"] in USABLE}
    for place, term in enumerate(entry["terms"]):
        pointer = f"/terms/{place}"
        if term["status"] not in USABLE:
            reason = Message(
                N_("Terms to avoid are not put into a translation memory.")
            )
            yield Dropped(name, pointer, reason, term["text"])
            continue
        if term["citations"]:
            yield Dropped(name, f"{pointer}/citations", Message(_NO_PLACE))
        for at, text in enumerate(term["renders"]):
            if text not in texts:
                reason = Message(N_("The term referred to is not in this file."))
                yield Dropped(name, f"{pointer}/renders/{at}", reason, text)
    if entry["relations"]:
        yield Dropped(name, "/relations", Message(_NO_PLACE))
    for field in entry["extra"]:
        if field not in {"id", "tmx"}:
            yield Dropped(name, f"/extra/{field}", Message(_NO_PLACE))
    if not Kept.of(entry["extra"].get("tmx")).whole:
        yield Dropped(name, "/extra/tmx", Message(_NO_PLACE))
