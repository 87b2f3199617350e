"""TBX-Basic out: version 3 (ISO 30042:2019, DCA style) and version 2 (martif).

Fields without a data category are written as notes that our reader turns back (see
`tbx_note`), so that nothing of an entry is lost but what is reported. `version`,
`created` and `modified` are the store's, and are not written.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from typing import Any, BinaryIO, Final

from lxml import etree

from glossary.formats.imprint import NAMELESS, Imprint
from glossary.formats.noun import KIND, SECTIONS, flat, split
from glossary.formats.record import Drop, Dropped
from glossary.formats.tbx.back import Back
from glossary.formats.tbx.basic import CONCEPT, LANGUAGE, TERM, put_item
from glossary.formats.tbx.category import subjects_of
from glossary.formats.tbx.direction import one_way
from glossary.formats.tbx.frame import V2, V3, TbxVersion
from glossary.formats.tbx.item import Item
from glossary.formats.tbx.kept import Kept
from glossary.formats.tbx.note import (
    ENTRY_FIELDS,
    FORBIDDEN,
    TERM_FIELDS,
    counterpart_note,
    note_of,
    remark_of,
    said_of,
    source_note,
)
from glossary.formats.xml.fragment import Fit, add, fit_for, put
from glossary.formats.xml.markup import XML_LANG
from glossary.message import N_, Message

Entry = Mapping[str, Any]
#: Kept items that the reader would take for a field of the term.
_MODELLED: Final = frozenset(
    {"context", "source", "termType", "partOfSpeech", "administrativeStatus"}
)
_ADDRESS: Final = re.compile(r"https?://\S+")


def write_v3(
    entries: Iterable[Entry],
    stream: BinaryIO,
    drop: Drop,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write whole entries as TBX-Basic 3, and tell `drop` what it cannot hold."""
    _write(entries, stream, drop, V3, imprint=imprint)


def write_v2(
    entries: Iterable[Entry],
    stream: BinaryIO,
    drop: Drop,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write whole entries as TBX-Basic 2, and tell `drop` what it cannot hold."""
    _write(entries, stream, drop, V2, imprint=imprint)


def write_directed_v3(
    entries: Iterable[Entry],
    stream: BinaryIO,
    drop: Drop,
    sides: tuple[str, str],
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write TBX-Basic 3 for readers of one direction (see `one_way`)."""
    write_v3(one_way(entries, sides, drop=drop), stream, drop, imprint=imprint)


def write_directed_v2(
    entries: Iterable[Entry],
    stream: BinaryIO,
    drop: Drop,
    sides: tuple[str, str],
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write TBX-Basic 2 for readers of one direction (see `one_way`)."""
    write_v2(one_way(entries, sides, drop=drop), stream, drop, imprint=imprint)


def _write(
    entries: Iterable[Entry],
    stream: BinaryIO,
    drop: Drop,
    version: TbxVersion,
    *,
    imprint: Imprint,
) -> None:
    stream.write(version.opening(imprint).encode())
    empty, back = True, Back()
    nouns, rest = split(iter(entries))
    for noun in nouns:
        items = [{"type": place, "text": text} for place, text in flat(noun)]
        value = {"section": SECTIONS.get(noun[KIND], noun[KIND]), "items": items}
        back.put(f"{noun[KIND]}.{noun['id']}", value, fit_for(noun["id"], drop))
    for entry in rest:
        if empty:
            stream.write(b"  <body>\n")
            empty = False
        put(stream, _Writer(entry, drop, version, back).concept(), depth=3)
    stream.write(version.empty.encode() if empty else b"  </body>\n")
    sections = list(back.elements(version.section))
    if sections:
        stream.write(b"  <back>\n")
        for section in sections:
            put(stream, section, depth=3)
        stream.write(b"  </back>\n")
    stream.write(version.foot.encode())


class _Writer:
    """Writes one entry; knows its id, and whom to tell of what is left out."""

    def __init__(
        self, entry: Entry, drop: Drop, version: TbxVersion, back: Back
    ) -> None:
        self.entry, self.version = entry, version
        self._back = back
        self._related = {relation["entry"] for relation in entry["relations"]}
        self.extra = Kept.of(entry["extra"].get("tbx"))
        self._drop = drop
        self._used: set[int] = set()
        self.fit: Fit = fit_for(entry["id"], drop)

    def refuse(self, pointer: str, reason: Message, value: str = "") -> None:
        """Tell that something is left out."""
        self._drop(Dropped(self.entry["id"], pointer, reason, value))

    def concept(self) -> etree._Element:
        """Return the entry as an element."""
        entry = self.entry
        element = etree.Element(self.version.concept, {"id": entry["id"]})
        _subjects(self, element)
        languages = list(dict.fromkeys(term["lang"] for term in entry["terms"]))
        for lang in entry["definition"]:
            if lang not in languages:
                _definition(self, element, lang, CONCEPT)
        _entry_notes(self, element)
        _relations(self, element)
        for place, item in enumerate(self.extra.concept):
            if item.get("type") not in {"subjectField", "crossReference"}:
                self.keep(
                    element, self.use(item), CONCEPT, f"/extra/tbx/concept/{place}"
                )
        for lang in languages:
            _language(self, element, lang)
        self._report()
        return element

    def use(self, item: Item) -> Item:
        """Return a kept item that is written or reported, and remember that it is."""
        self._used.add(id(item))
        return item

    def keep(
        self, parent: etree._Element, item: Item, level: str, pointer: str
    ) -> None:
        """Write an item that another file brought, where TBX-Basic has a place."""
        put_item(
            parent,
            item,
            level=level,
            pointer=pointer,
            fit=self.fit,
            refuse=self.refuse,
            resolve=self._resolved,
        )

    def _resolved(self, target: str) -> str | None:
        """Return a target as it may stand: an address, an entry, or back matter."""
        target = target.removeprefix("#")
        if target in self.extra.back:
            return self._back.put(target, self.extra.back[target], self.fit)
        if target in self._related or _ADDRESS.fullmatch(target):
            return target
        return None

    def _report(self) -> None:
        runs = [lang for lang, _ in groupby(t["lang"] for t in self.entry["terms"])]
        if len(runs) > len(set(runs)):
            self.refuse(
                "/terms",
                Message(N_("TBX groups terms by language; their order has changed.")),
            )
        self._report_stale()
        for name in self.entry["extra"]:
            if name not in {"tbx", "id"} or (name == "tbx" and not self.extra.whole):
                reason = Message(
                    N_("TBX has no place for what a file of another kind brought.")
                )
                self.refuse(f"/extra/{name}", reason)

    def _report_stale(self) -> None:
        """Tell what is kept of something that the entry no longer has."""
        reason = Message(N_("The entry no longer has what this was said of."))
        groups = (
            self.extra.concept,
            *self.extra.languages.values(),
            *self.extra.terms.values(),
        )
        for item in chain.from_iterable(groups):
            if id(item) not in self._used:
                self.refuse("/extra/tbx", reason, item.get("text", ""))


def _subjects(writer: _Writer, parent: etree._Element) -> None:
    subjects = writer.entry["subjects"]
    names: dict[str, tuple[str, frozenset[str]]] = {}
    for item in writer.extra.concept:
        if item.get("type") == "subjectField":
            subjects_there = frozenset(subjects_of(item.get("text", "")))
            if subjects_there and subjects_there <= set(subjects):
                writer.use(item)
                names.update(
                    dict.fromkeys(subjects_there, (item["text"], subjects_there))
                )
    written: set[str] = set()
    for place, subject in enumerate(subjects):
        if subject in written:
            continue
        text, covered = names.get(subject, (subject, frozenset({subject})))
        written |= covered
        text = writer.fit(text, f"/subjects/{place}")
        add(parent, "descrip", text, type="subjectField")


def _definition(writer: _Writer, parent: etree._Element, lang: str, level: str) -> None:
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


def _entry_notes(writer: _Writer, parent: etree._Element) -> None:
    entry = writer.entry
    values = {**entry, "id": entry["extra"].get("id")}
    for field in ENTRY_FIELDS:
        if value := said_of(values, field):
            pointer = "/extra/id" if field == "id" else f"/{field}"
            text = writer.fit(value, pointer)
            add(parent, "note", note_of(field, text))
    if entry["note"]:
        add(parent, "note", remark_of(writer.fit(entry["note"], "/note")))


def _relations(writer: _Writer, parent: etree._Element) -> None:
    by_target = {
        item.get("target"): item
        for item in writer.extra.concept
        if item.get("type") == "crossReference" and item.get("text")
    }
    for relation in writer.entry["relations"]:
        kind, target = relation["type"], relation["entry"]
        text = kind
        if kind == "related" and target in by_target:
            text = writer.use(by_target[target])["text"]
        add(
            parent,
            "ref",
            writer.fit(text, "/extra/tbx/concept"),
            type="crossReference",
            target=target,
        )


def _language(writer: _Writer, parent: etree._Element, lang: str) -> None:
    element = add(parent, writer.version.language, **{XML_LANG: lang})
    _definition(writer, element, lang, LANGUAGE)
    for place, item in enumerate(writer.extra.languages.get(lang, ())):
        if item.get("type") != "definition":
            pointer = f"/extra/tbx/languages/{lang}/{place}"
            writer.keep(element, writer.use(item), LANGUAGE, pointer)
    for place, term in enumerate(writer.entry["terms"]):
        if term["lang"] == lang:
            _term(writer, element, term, f"/terms/{place}")


def _term(writer: _Writer, parent: etree._Element, term: Entry, pointer: str) -> None:
    element = add(parent, writer.version.term)
    add(element, "term", writer.fit(term["text"], f"{pointer}/text"))
    status = "deprecated" if term["status"] == FORBIDDEN else term["status"]
    add(element, "termNote", f"{status}Term-admn-sts", type="administrativeStatus")
    add(element, "termNote", term["type"], type="termType")
    if term["part_of_speech"]:
        add(element, "termNote", term["part_of_speech"], type="partOfSpeech")
    items = list(_kept_of(writer, term))
    for at, item in items:
        if item.get("element") == "termNote":
            writer.keep(element, item, TERM, at)
    if term["issuer"]:
        issuer = writer.fit(term["issuer"], f"{pointer}/issuer")
        add(element, "admin", issuer, type="customerSubset")
    _citations(writer, element, term, pointer)
    if term["status"] == FORBIDDEN:
        add(element, "note", FORBIDDEN)
    for field in TERM_FIELDS:
        if value := said_of(term, field):
            text = writer.fit(value, f"{pointer}/{field}")
            add(element, "note", note_of(field, text))
    for at, item in items:
        if item.get("element") != "termNote":
            writer.keep(element, item, TERM, at)


def _kept_of(writer: _Writer, term: Entry) -> Iterator[tuple[str, Item]]:
    for item in writer.extra.terms.get((term["lang"], term["text"]), ()):
        writer.use(item)
        kind = item.get("type")
        # Kept before terms had a part of speech, it is all that is known of it.
        unsaid = kind == "partOfSpeech" and not term["part_of_speech"]
        if kind in _MODELLED and not unsaid:
            reason = Message(N_("The term's own field says this in TBX."))
            writer.refuse("/extra/tbx/terms", reason, item.get("text", ""))
        else:
            yield "/extra/tbx/terms", item


def _citations(
    writer: _Writer, parent: etree._Element, term: Entry, pointer: str
) -> None:
    for place, citation in enumerate(term["citations"]):
        at = f"{pointer}/citations/{place}"
        source = writer.fit(source_note(citation), f"{at}/locator")
        group = parent
        note = writer.fit(counterpart_note(citation), f"{at}/counterpart")
        if citation["quote"]:
            group = add(parent, "descripGrp")
            quote = writer.fit(citation["quote"], f"{at}/quote")
            add(group, "descrip", quote, type="context")
        elif note:
            group = add(parent, "adminGrp")
        add(group, "admin", source, type="source")
        if note:
            add(group, "note", note)
