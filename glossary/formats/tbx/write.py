"""TBX out: version 3 (ISO 30042:2019, DCA style) and version 2 (martif).

TBX-Basic holds whole entries. The narrower dialects hold what they have a data category
for, and what is a note; the rest is reported. A dialect without statuses holds no
wording that is not to be used: nobody could tell it from the others.

Fields without a data category of TBX-Basic are written as notes that our reader turns
back (see `tbx_note`), so that nothing of an entry is lost but what is reported.
`version`, `created` and `modified` are the store's, and are not written.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import BinaryIO, Final

from glossary.formats.imprint import NAMELESS, Imprint
from glossary.formats.noun import KIND, SECTIONS, flat, split
from glossary.formats.record import Drop
from glossary.formats.tbx.back import Back
from glossary.formats.tbx.basic import CONCEPT, LANGUAGE, TERM, refuse_whole
from glossary.formats.tbx.category import subjects_of
from glossary.formats.tbx.direction import one_way
from glossary.formats.tbx.frame import V2, V3, TbxVersion
from glossary.formats.tbx.item import Item
from glossary.formats.tbx.note import (
    ENTRY_FIELDS,
    FORBIDDEN,
    TERM_FIELDS,
    counterpart_note,
    note_of,
    notes_of,
    remark_of,
    source_note,
)
from glossary.formats.tbx.outgoing import Entry, Outgoing
from glossary.formats.xml.fragment import LANG, Element, add, fit_for, group, put
from glossary.message import N_, Message

#: Kept items that the reader would take for a field of the term.
_MODELLED: Final = frozenset(
    {"context", "source", "termType", "partOfSpeech", "administrativeStatus"}
)
#: Kept without a text, they are what stood with something that the term has itself.
_SPOKEN: Final = frozenset({"admin", "descrip", "termNote"})
#: What is meant of a term whose file does not say it.
_UNSAID: Final = {"status": "admitted", "type": "phrase"}


def write(
    entries: Iterable[Entry],
    stream: BinaryIO,
    drop: Drop,
    *,
    version: TbxVersion,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write whole entries in a version of TBX, and tell `drop` what it cannot hold."""
    stream.write(version.opening(imprint).encode())
    empty, back = True, Back()
    nouns, rest = split(iter(entries))
    for noun in nouns:
        items = [{"type": place, "text": text} for place, text in flat(noun)]
        value = {"section": SECTIONS.get(noun[KIND], noun[KIND]), "items": items}
        back.put(f"{noun[KIND]}.{noun['id']}", value, fit_for(noun["id"], drop))
    for entry in rest:
        concept = _concept(Outgoing(entry, drop, version, back))
        if concept is not None:
            stream.write(b"  <body>\n" if empty else b"")
            empty = False
            put(stream, concept)
    stream.write(version.empty.encode() if empty else b"  </body>\n")
    sections = list(back.elements(version.section))
    if sections:
        stream.write(b"  <back>\n")
        for section in sections:
            put(stream, section)
        stream.write(b"  </back>\n")
    stream.write(version.foot.encode())


def write_directed(
    entries: Iterable[Entry],
    stream: BinaryIO,
    drop: Drop,
    sides: tuple[str, str],
    *,
    version: TbxVersion,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write a version of TBX for readers of one direction (see `one_way`)."""
    some = one_way(entries, sides, drop=drop)
    write(some, stream, drop, version=version, imprint=imprint)


write_v3: Final = partial(write, version=V3)
write_v2: Final = partial(write, version=V2)
write_directed_v3: Final = partial(write_directed, version=V3)
write_directed_v2: Final = partial(write_directed, version=V2)


def _concept(writer: Outgoing) -> Element | None:
    """Return the entry as an element, or None where none of its terms may stand."""
    entry = writer.entry
    if not writer.terms:
        reason = Message(N_("The entry has no usable term."))
        writer.refuse("", reason, entry["id"])
        return None
    element = Element("   ", writer.version.concept, id=entry["id"])
    _subjects(writer, element)
    languages = list(dict.fromkeys(term["lang"] for _, term in writer.terms))
    for lang in entry["definition"]:
        if lang not in languages:
            _definition(writer, element, lang, CONCEPT)
    _entry_notes(writer, element)
    _relations(writer, element)
    for place, item in enumerate(writer.extra.concept):
        if item.get("type") not in {"subjectField", "crossReference"}:
            writer.keep(
                element, writer.use(item), CONCEPT, f"/extra/tbx/concept/{place}"
            )
    for lang in languages:
        _language(writer, element, lang)
    writer.report()
    return element


def _subjects(writer: Outgoing, parent: Element) -> None:
    """Write the subjects, under the names and with what another file gave them."""
    subjects = writer.entry["subjects"]
    fields: dict[str, tuple[Item, frozenset[str]]] = {}
    for item in writer.extra.concept:
        if item.get("type") == "subjectField":
            subjects_there = frozenset(subjects_of(item.get("text", "")))
            if subjects_there and subjects_there <= set(subjects):
                writer.use(item)
                fields.update(dict.fromkeys(subjects_there, (item, subjects_there)))
    names: set[str] = set()
    for place, subject in enumerate(subjects):
        if subject in names:
            continue
        plain: Item = {"element": "descrip", "type": "subjectField", "text": subject}
        item, covered = fields.get(subject, (plain, frozenset({subject})))
        names |= covered
        writer.keep(parent, item, CONCEPT, f"/subjects/{place}")


def _definition(writer: Outgoing, parent: Element, lang: str, level: str) -> None:
    """Write a language's definition, with what stood beside it, and further ones."""
    pointer = f"/extra/tbx/languages/{lang}"
    definitions = [
        item
        for item in writer.extra.languages.get(lang, ())
        if item.get("type") == "definition"
    ]
    text = writer.entry["definition"].get(lang)
    if text:
        bare = [writer.use(item) for item in definitions if "text" not in item]
        beside = [one for item in bare for one in item.get("items", ())]
        item = {"element": "descrip", "type": "definition", "text": text}
        writer.keep(
            parent,
            {**item, "items": beside} | ({"lang": lang} if level == CONCEPT else {}),
            level,
            pointer if beside else f"/definition/{lang}",
        )
    for item in definitions:
        if "text" in item:
            writer.use(item)
            plain = {key: item[key] for key in item if key != "lang"}
            writer.keep(parent, plain if level == LANGUAGE else item, level, pointer)


def _entry_notes(writer: Outgoing, parent: Element) -> None:
    entry = writer.entry
    values = {**entry, "id": entry["extra"].get("id")}
    for field, value in notes_of(values, ENTRY_FIELDS):
        pointer = "/extra/id" if field == "id" else f"/{field}"
        add(parent, "note", note_of(field, writer.fit(value, pointer)))
    if entry["note"]:
        add(parent, "note", remark_of(writer.fit(entry["note"], "/note")))
    for lang, text in entry["notes"].items():
        remark = remark_of(writer.fit(text, f"/notes/{lang}"))
        add(parent, "note", remark, **{LANG: lang})


def _relations(writer: Outgoing, parent: Element) -> None:
    by_target = {
        item.get("target"): item
        for item in writer.extra.concept
        if item.get("type") == "crossReference" and item.get("text")
    }
    for place, relation in enumerate(writer.entry["relations"]):
        kind, target = relation["type"], relation["entry"]
        text = kind
        if kind == "related" and target in by_target:
            text = writer.use(by_target[target])["text"]
        if not writer.has("crossReference"):
            writer.lack("crossReference", f"/relations/{place}", f"{text}: {target}")
            continue
        add(
            parent,
            "ref",
            writer.fit(text, "/extra/tbx/concept"),
            type="crossReference",
            target=target,
        )


def _language(writer: Outgoing, parent: Element, lang: str) -> None:
    element = group(parent, writer.version.language, **{LANG: lang})
    _definition(writer, element, lang, LANGUAGE)
    for place, item in enumerate(writer.extra.languages.get(lang, ())):
        if item.get("type") != "definition":
            pointer = f"/extra/tbx/languages/{lang}/{place}"
            writer.keep(element, writer.use(item), LANGUAGE, pointer)
    for pointer, term in writer.terms:
        if term["lang"] == lang:
            _term(writer, element, _alone(writer, term, pointer), pointer)


def _alone(writer: Outgoing, term: Entry, pointer: str) -> Entry:
    """Return a term that names no wording of the entry which is left out."""
    if len(writer.terms) == len(writer.entry["terms"]):
        return term
    reason = Message(N_("The wording that it renders is left out."))
    for place, text in enumerate(term["renders"]):
        if text not in writer.texts:
            writer.refuse(f"{pointer}/renders/{place}", reason, text)
    return {**term, "renders": [t for t in term["renders"] if t in writer.texts]}


def _term(writer: Outgoing, parent: Element, term: Entry, pointer: str) -> None:
    element = group(parent, writer.version.term)
    add(element, "term", writer.fit(term["text"], f"{pointer}/text"))
    _term_notes(writer, element, term, pointer)
    items = list(_kept_of(writer, term))
    for at, item in items:
        if item.get("element") == "termNote":
            writer.keep(element, item, TERM, at)
    _issuer(writer, element, term, pointer)
    _citations(writer, element, term, pointer)
    if term["status"] == FORBIDDEN:
        add(element, "note", FORBIDDEN)
    for field, value in notes_of(term, TERM_FIELDS):
        text = writer.fit(value, f"{pointer}/{field}")
        add(element, "note", note_of(field, text))
    for at, item in items:
        if item.get("element") != "termNote":
            writer.keep(element, item, TERM, at)


def _term_notes(writer: Outgoing, element: Element, term: Entry, pointer: str) -> None:
    """Write a term's status, type and part of speech."""
    status = "deprecated" if term["status"] == FORBIDDEN else term["status"]
    fields = (
        ("administrativeStatus", "status", f"{status}Term-admn-sts"),
        ("termType", "type", term["type"]),
        ("partOfSpeech", "part_of_speech", term["part_of_speech"]),
    )
    for kind, field, value in fields:
        if writer.has(kind) and value:
            add(element, "termNote", value, type=kind)
        elif value and term[field] != _UNSAID.get(field):
            writer.lack(kind, f"{pointer}/{field}", term[field])


def _issuer(writer: Outgoing, element: Element, term: Entry, pointer: str) -> None:
    if term["issuer"] and not writer.has("customerSubset"):
        writer.lack("customerSubset", f"{pointer}/issuer", term["issuer"])
    elif term["issuer"]:
        issuer = writer.fit(term["issuer"], f"{pointer}/issuer")
        add(element, "admin", issuer, type="customerSubset")


def _kept_of(writer: Outgoing, term: Entry) -> Iterator[tuple[str, Item]]:
    for item in writer.extra.terms.get((term["lang"], term["text"]), ()):
        writer.use(item)
        kind = item.get("type")
        # Kept before terms had a part of speech, it is all that is known of it.
        unsaid = kind == "partOfSpeech" and not term["part_of_speech"]
        own = kind in _MODELLED and writer.has(kind) and not unsaid
        if own or (item.get("element") in _SPOKEN and "text" not in item):
            reason = Message(N_("In TBX, the term's own field says this."))
            refuse_whole(item, "/extra/tbx/terms", reason, writer.refuse)
        else:
            yield "/extra/tbx/terms", item


def _citations(writer: Outgoing, parent: Element, term: Entry, pointer: str) -> None:
    for place, citation in enumerate(term["citations"]):
        at = f"{pointer}/citations/{place}"
        if not writer.has("source"):
            texts = (source_note(citation), citation["quote"])
            writer.lack("source", at, ": ".join(filter(None, texts)))
            continue
        source = writer.fit(source_note(citation), f"{at}/locator")
        holder = parent
        note = writer.fit(counterpart_note(citation), f"{at}/counterpart")
        if citation["quote"]:
            holder = group(parent, "descripGrp")
            quote = writer.fit(citation["quote"], f"{at}/quote")
            add(holder, "descrip", quote, type="context")
        elif note:
            holder = group(parent, "adminGrp")
        add(holder, "admin", source, type="source")
        if note:
            add(holder, "note", note)
