"""One concept of a file as a record: any XML of concepts, languages and terms.

The three levels are told apart by what they hold, so that the names of every
generation of TBX, and of MultiTerm, do.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from lxml import etree

from glossary.formats.clue import fit
from glossary.formats.identifier import identifier
from glossary.formats.record import (
    Limits,
    Record,
    Refused,
    TextTooLong,
)
from glossary.formats.tbx.category import (
    hold_in_entry,
    hold_in_language,
    hold_in_term,
)
from glossary.formats.tbx.item import CODES, Item, items_of
from glossary.formats.xml.markup import (
    children,
    language_of_element,
    line_in,
    line_of,
    local,
    texts_in,
)
from glossary.message import N_, Message
from glossary.text import canonical

LANGUAGES: Final = frozenset(
    {"langSet", "langSec", "langGroup", "langGrp", "languageGrp", "languageGroup"}
)
_TERM_GROUPS: Final = frozenset({"termGrp", "termGroup", "tig", "ntig", "termSec"})


def _same(item: Item) -> Item:
    return item


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What differs between families of files.

    `family` names the place in `extra` for what an entry does not model; `language`
    and `concept_id` read an element; `translate` gives an item TBX's own words.
    """

    family: str = "tbx"
    language: Callable[[etree._Element], str] = language_of_element
    concept_id: Callable[[etree._Element], str] = lambda element: element.get("id", "")
    translate: Callable[[Item], Item] = _same
    passed_over: frozenset[str] = frozenset()


class _Concept:
    """A record that grows while its element is walked."""

    def __init__(self, dialect: Dialect, limits: Limits) -> None:
        self.dialect, self.limits = dialect, limits
        self.data: dict[str, Any] = {"terms": []}
        self.extra: dict[str, Any] = {}
        self.columns: dict[str, str] = {}
        self._places: dict[tuple[str, str], int] = {}

    def items(self, element: etree._Element) -> Iterator[Item]:
        """Yield the items of a direct child of a level."""
        if local(element) not in self.dialect.passed_over:
            yield from map(self.dialect.translate, items_of(element, self.limits))

    def term(self, lang: str, text: str, column: str) -> dict[str, Any]:
        """Return the term of that wording: a new one unless it is there already."""
        terms: list[dict[str, Any]] = self.data["terms"]
        place = self._places.setdefault((lang, text), len(terms))
        if place == len(terms):
            self.columns[f"/terms/{place}/text"] = column
            terms.append({"lang": lang, "text": text})
        return terms[place]

    def keep(self, item: Item | None) -> None:
        """Keep what the entry does not model of an item of the concept level."""
        if item is None:
            return
        if item.get("type") == "definition":
            self.keep_in_language(item, item["lang"])
        else:
            self.extra.setdefault("concept", []).append(item)

    def keep_in_language(self, item: Item | None, lang: str) -> None:
        """Keep what the entry does not model of an item of the language level."""
        if item is None:
            return
        if item.get("type") == "subjectField":
            self.keep(item)
        else:
            languages = self.extra.setdefault("languages", {})
            languages.setdefault(lang, []).append(item)

    def keep_in_term(self, item: Item | None, term: dict[str, Any]) -> None:
        """Keep what the entry does not model of an item of the term level."""
        if item is None:
            return
        if item.get("type") == "subjectField":
            self.keep(item)
            return
        if item.get("type") == "definition":
            self.keep_in_language(item, item["lang"])
            return
        terms_kept = self.extra.setdefault("terms", [])
        name = {"lang": term["lang"], "text": term["text"]}
        if not terms_kept or {key: terms_kept[-1][key] for key in name} != name:
            terms_kept.append({**name, "items": []})
        terms_kept[-1]["items"].append(item)

    def record(self, line: int, name: str) -> Record:
        """Return what has been gathered; `name` is the concept's id in the file."""
        extra = self.data.pop("extra", {})
        if name:
            self.data["id"] = identifier(name, "c")
            if self.data["id"] != name:
                extra["id"] = name
        if self.extra:
            extra[self.dialect.family] = self.extra
        if extra:
            self.data["extra"] = extra
        return Record(line, self.data, self.columns)


def record_of(
    element: etree._Element, limits: Limits, dialect: Dialect
) -> Record | Refused:
    """Return the record of one concept, or why there is none."""
    record = _gathered(element, limits, dialect)
    if isinstance(record, Record):
        return record
    name = dialect.concept_id(element).strip()
    entry = identifier(name, "c") if name else ""
    return replace(record, entry=entry, texts=fit(texts_in(element, "term")))


def _gathered(
    element: etree._Element, limits: Limits, dialect: Dialect
) -> Record | Refused:
    concept = _Concept(dialect, limits)
    try:
        return _gather(concept, element, line_of(element))
    except TextTooLong as long:
        reason = Message(
            N_(
                "<%(element)s> has more than %(most)s characters; shorten it or "
                "split the entry."
            ),
            element=long.element,
            most=long.most,
        )
        return Refused(long.line, long.element, "too-long", reason, long.excerpt)


def _gather(concept: _Concept, element: etree._Element, line: int) -> Record | Refused:
    language = language_of_element(element)
    languages = []
    for child in children(element):
        if local(child) in LANGUAGES:
            languages.append(child)
            continue
        for item in concept.items(child):
            concept.keep(hold_in_entry(concept.data, item, language))
    for child in languages:
        if not concept.dialect.language(child):
            return _no_language(child)
        _language(concept, child)
    name = concept.dialect.concept_id(element).strip()
    if not concept.data["terms"]:
        return _empty(element, line, name)
    return concept.record(line, name)


def _language(concept: _Concept, element: etree._Element) -> None:
    tag = concept.dialect.language(element)
    lang = canonical(tag) or tag
    column = f"{local(element)}[{tag}]"
    terms = []
    for child in children(element):
        if local(child) == "term" or next(child.iter("{*}term"), None) is not None:
            terms.append(child)
            continue
        for item in concept.items(child):
            rest = hold_in_language(concept.data, item, lang)
            concept.keep_in_language(rest, lang)
    for child in terms:
        _term(concept, child, lang, f"{column}/{local(child)}")


def _term(concept: _Concept, element: etree._Element, lang: str, column: str) -> None:
    texts: list[str] = []
    notes: list[Item] = []
    items: list[Item] = []
    for part in _parts(element):
        if local(part) == "term":
            texts.append(line_in(part, concept.limits, without=CODES))
            continue
        for item in concept.items(part):
            (notes if item["element"] == "note" else items).append(item)
    for text in filter(None, texts):
        term = concept.term(lang, text, f"{column}/term")
        for item in (*items, *notes):
            rest = hold_in_term(concept.data, term, item)
            concept.keep_in_term(rest, term)
        items, notes = [], []


def _parts(element: etree._Element) -> Iterator[etree._Element]:
    """Yield a term and what is said of it, without the groups around the term."""
    if local(element) not in _TERM_GROUPS:
        yield element
        return
    for child in children(element):
        if local(child) in _TERM_GROUPS:
            yield from _parts(child)
        else:
            yield child


def _empty(element: etree._Element, line: int, name: str) -> Refused:
    reason = Message(
        N_("The entry <%(element)s> has no term. Give it one, or remove it."),
        element=local(element),
    )
    return Refused(line, local(element), "empty-entry", reason, name)


def _no_language(element: etree._Element) -> Refused:
    reason = Message(
        N_("<%(element)s> does not say which language it is in. Add xml:lang."),
        element=local(element),
    )
    return Refused(line_of(element), local(element), "no-language", reason)
