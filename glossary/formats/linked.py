"""SKOS in: Turtle, RDF/XML and JSON-LD, by the extra `rdf`.

A concept is an entry: `prefLabel` leads in its language, `altLabel` is admitted,
`hiddenLabel` deprecated. The whole graph is in memory, so its size is limited.
"""

import warnings
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import islice
from typing import Any, BinaryIO, Final

import orjson

from glossary.entry import STATES
from glossary.errors import UnreadableFile
from glossary.formats.encoding import decoded
from glossary.formats.identifier import fits, identifier, subject_id
from glossary.formats.record import FileReading, Given, ReadOptions, Record, Remark
from glossary.formats.xml.private import nearest
from glossary.message import N_, Message
from glossary.text import canonical, has_han

_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_XL: Final = "http://www.w3.org/2008/05/skos-xl#"
_DCT: Final = "http://purl.org/dc/terms/"
_LABELS: Final = {
    "prefLabel": "preferred",
    "altLabel": "admitted",
    "hiddenLabel": "deprecated",
}
_NOTES: Final = ("scopeNote", "note", "example", "historyNote", "changeNote")
_LINKS: Final = {
    "broader": "broader",
    "narrower": "narrower",
    "related": "related",
    "broaderTransitive": "broader",
    "narrowerTransitive": "narrower",
}
#: Characters of a file. A graph takes some fifty times as much memory.
_MOST: Final = 50_000_000
_STATE: Final = "state: "
_OURS: Final = "urn:glossary:"


def read(stream: BinaryIO, _options: ReadOptions) -> FileReading:
    """Read the concepts of a SKOS file; what a concept says beyond is left out, told.

    Raise UnreadableFile where it is no RDF, has no concept, or rdflib is not there.
    """
    text = "".join(_bounded(stream))
    graph = _graph(text)
    return FileReading(_records(graph))


def _bounded(stream: BinaryIO) -> Iterator[str]:
    size = 0
    for piece in decoded(stream):
        size += len(piece)
        if size > _MOST:
            raise UnreadableFile(
                N_("A SKOS file may have at most %(most)s characters; split it."),
                most=_MOST,
            )
        yield piece


def _graph(text: str) -> Any:
    try:
        rdflib = import_module("rdflib")
    except ImportError:
        raise UnreadableFile(
            N_("Reading SKOS needs rdflib: pip install 'glossary-termbase[rdf]'.")
        ) from None
    start = text.lstrip("\ufeff \t\r\n")[:1]
    format_ = {"<": "xml", "{": "json-ld", "[": "json-ld"}.get(start, "turtle")
    if format_ == "xml" and "<rdf:RDF" not in text[:10_000]:
        format_ = "turtle"
    if format_ == "xml" and "<!ENTITY" in text:
        raise UnreadableFile(
            N_(
                "This RDF defines XML entities, and such files are not read; "
                "write the text itself."
            )
        )
    if format_ == "json-ld" and _asks_the_web(_json(text)):
        raise UnreadableFile(
            N_(
                "This JSON-LD refers to a context on the web, which is not "
                "fetched; put the context into the file."
            )
        )
    graph = rdflib.Graph()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            graph.parse(data=text, format=format_)
    except Exception as error:  # noqa: BLE001 - each of rdflib's parsers has its own.
        reason = " ".join(str(error).split())[:200]
        raise UnreadableFile(
            N_("This cannot be read as RDF: %(reason)s"), reason=reason
        ) from None
    return graph


def _json(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise UnreadableFile(
            N_("This cannot be read as RDF: %(reason)s"), reason=error.msg
        ) from None


def _asks_the_web(data: Any) -> bool:
    """Say whether JSON-LD has a context that stands elsewhere."""
    waiting = [data]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            context = node.get("@context", [])
            some = context if isinstance(context, list) else [context]
            if "@import" in node or any(isinstance(c, str) for c in some):
                return True
            waiting += node.values()
    return False


def _records(graph: Any) -> Iterator[Given]:
    rdflib = import_module("rdflib")
    skos, kind = rdflib.Namespace(_SKOS), rdflib.RDF.type
    concepts = sorted(set(graph.subjects(kind, skos.Concept)), key=str)
    if not concepts and len(graph) and (None, kind, skos.ConceptScheme) not in graph:
        raise UnreadableFile(
            N_("This RDF contains no SKOS concept, so there is no entry in it.")
        )
    for number, concept in enumerate(concepts, start=1):
        data, leftovers = _GraphConcept(graph, concept, rdflib).record()
        yield Record(number, data)
        for name, value in leftovers:
            message = Message(N_("“%(name)s” has no place in an entry."), name=name)
            yield Remark(number, name, "property", message, value[:500])


class _GraphConcept:
    """One concept of a graph on its way to a record."""

    def __init__(self, graph: Any, concept: Any, rdflib: Any) -> None:
        self._graph, self._concept, self._rdflib = graph, concept, rdflib
        self._predicates: set[Any] = {rdflib.RDF.type}
        self._data: dict[str, Any] = {"terms": []}

    def record(self) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """Return the data of an entry, and names and values of what is left out."""
        data, address = self._data, str(self._concept)
        notations = [str(value) for value in self._all(_SKOS + "notation")]
        if not (isinstance(self._concept, self._rdflib.BNode) and not notations):
            data["id"] = self._id(self._concept)
            if data["id"] != _bare(address):
                data["extra"] = {"id": address}
        for name, status in _LABELS.items():
            for text in self._labels(name):
                self._add_term(text, status)
        for text in self._all(_SKOS + "definition"):
            tag = _tag(text)
            definitions = data.setdefault("definition", {})
            text_there = definitions.get(tag)
            definitions[tag] = f"{text_there}\n{text}" if text_there else str(text)
        notes = self._notes()
        for text in map(str, self._all(_SKOS + "editorialNote")):
            state = text.removeprefix(_STATE)
            if text.startswith(_STATE) and state in STATES:
                data["state"] = state
            else:
                notes.append(text)
        if notes:
            data["note"] = "\n".join(notes)
        self._links()
        return data, self._left()

    def _notes(self) -> list[str]:
        """Take the notes that say their language; return the others."""
        others = []
        for text in (text for name in _NOTES for text in self._all(_SKOS + name)):
            if not getattr(text, "language", None):
                others.append(str(text))
                continue
            notes, tag = self._data.setdefault("notes", {}), _tag(text)
            notes[tag] = f"{notes[tag]}\n{text}" if tag in notes else str(text)
        return others

    def _links(self) -> None:
        relations = [
            {"type": ours, "entry": self._id(value)}
            for name, ours in _LINKS.items()
            for value in self._all(_SKOS + name)
        ]
        subjects = [_bare(str(value)) for value in self._all(_DCT + "subject")]
        schemes = [str(value) for value in self._all(_SKOS + "inScheme")]
        self._all(_SKOS + "topConceptOf")
        if relations:
            self._data["relations"] = relations
        if subjects:
            self._data["subjects"] = [subject_id(s) for s in subjects]
        if schemes and schemes[0].startswith(_OURS) and fits(_bare(schemes[0])):
            self._data["glossary"] = _bare(schemes[0])

    def _id(self, concept: Any) -> str:
        address = str(concept)
        if address.startswith(_OURS):
            return identifier(_bare(address), "c")
        field = self._rdflib.URIRef(_SKOS + "notation")
        notation = self._graph.value(concept, field)
        # One that several concepts have tells none of them from the others.
        if len(set(islice(self._graph.subjects(field, notation), 2))) > 1:
            notation = None
        return identifier(str(notation or _bare(address)), "c")

    def _labels(self, name: str) -> Iterator[Any]:
        yield from self._all(_SKOS + name)
        literal = self._rdflib.URIRef(_XL + "literalForm")
        for label in self._all(_XL + name):
            yield from self._graph.objects(label, literal)

    def _add_term(self, text: Any, status: str) -> None:
        wording = " ".join(str(text).split())
        term = {"lang": _tag(text), "text": wording, "status": status}
        names = {(t["lang"], t["text"]) for t in self._data["terms"]}
        if wording and (term["lang"], wording) not in names:
            self._data["terms"].append(term)

    def _all(self, address: str) -> Sequence[Any]:
        """Return what a property has, in one order whatever the graph has."""
        name = self._rdflib.URIRef(address)
        self._predicates.add(name)
        return sorted(self._graph.objects(self._concept, name), key=_order)

    def _left(self) -> list[tuple[str, str]]:
        rest = self._graph.predicate_objects(self._concept)
        return sorted(
            (_bare(str(name)), str(value))
            for name, value in rest
            if name not in self._predicates
        )


def _order(value: Any) -> tuple[bool, str, str]:
    """Return what texts are sorted by: Chinese leads, a graph has no order."""
    lang = str(getattr(value, "language", None) or "")
    return not lang.startswith("zh"), lang, str(value)


def _tag(text: Any) -> str:
    lang = getattr(text, "language", None) or ""
    if lang:
        return canonical(lang) or nearest(lang)
    return "zh-Hans" if has_han(str(text)) else "en"


def _bare(address: str) -> str:
    """Return the last part of an address.

    >>> _bare("http://x.org/v#c12"), _bare("urn:glossary:entry:treaty")
    ('c12', 'treaty')
    """
    return address.rstrip("/#").replace("#", "/").replace(":", "/").rpartition("/")[2]
