"""SKOS out, as Turtle: one concept for each entry, one preferred label per language.

Terms that are not to be used are hidden labels, which a search finds and nobody is
shown. It is written by hand, so that nothing grows with the glossary.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final
from urllib.parse import quote

from glossary.entry import BANS, MATCHES, STATUSES, TERM_DETAILS, USABLE, Glossary
from glossary.formats.imprint import NAMELESS, Imprint
from glossary.formats.noun import KIND, split
from glossary.formats.record import Drop, Dropped
from glossary.message import N_, Message

Entry = Mapping[str, Any]

_HEAD: Final = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
"""
#: What SKOS says instead of our kind of relation. The first three are its own words.
_RELATIONS: Final = {
    "broader": "broader",
    "narrower": "narrower",
    "related": "related",
    "whole": "broader",
    "part": "narrower",
    "contrast": "related",
    "stronger": "related",
    "weaker": "related",
}
_EXACT: Final = frozenset({"broader", "narrower", "related"})
_UNSAID: Final = (
    "type",
    "part_of_speech",
    "reading",
    *TERM_DETAILS,
    "citations",
)
_UNSAID_OF_A_CONCEPT: Final = ("since", "until", "expected", "checked")
_USUAL: Final = {"type": "phrase", "match": MATCHES[-1], "ban": BANS[0]}
_UNFIT: Final = re.compile(r"[\x00-\x1f\"\\\x7f\ud800-\udfff]")
_ESCAPES: Final = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_ADDRESS: Final = "urn:glossary"
_IN_ADDRESS: Final = "%/:?#[]@!$&'()*+,;=~-._"
#: Where a noun has its names, and what it is.
_KINDS: Final = {
    "source": ("title", "dct:BibliographicResource"),
    "subject": ("label", "rdfs:Resource"),
    "issuer": ("names", "dct:Agent"),
}
_NAMING: Final = {
    "source": "dct:title",
    "subject": "rdfs:label",
    "issuer": "foaf:name",
}


#: Returns the address of an entry, a subject, a source or a scheme by kind and id.
Named = Callable[[str, str], str]
_SPACES: Final = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
}


def urn(kind: str, name: str) -> str:
    """Return an address that is one wherever the file goes, and leads nowhere."""
    return f"{_ADDRESS}:{kind}:{_part(name)}"


def json_ld(entry: Entry, uri: Named) -> dict[str, Any]:
    """Return an entry as JSON-LD, which says what its Turtle says."""
    document: dict[str, Any] = {
        "@context": _SPACES,
        "@id": uri("entry", entry["id"]),
        "@type": "skos:Concept",
    }
    for predicate, value, lang in _statements(entry, uri):
        if lang is None:
            value_node = {"@id": value}
        else:
            value_node = {"@value": value, **({"@language": lang} if lang else {})}
        document.setdefault(predicate, []).append(value_node)
    return document


def write(
    entries: Iterable[Entry],
    stream: BinaryIO,
    drop: Drop,
    *,
    imprint: Imprint = NAMELESS,
    uri: Named = urn,
) -> None:
    """Write whole entries as SKOS in Turtle, and tell `drop` what it cannot hold.

    Documents that entries cite are resources of their own, as are issuers and subjects.
    """
    stream.write(_HEAD.encode())
    nouns, rest = split(iter(entries))
    schemes: set[str] = set()
    for glossary in imprint.glossaries:
        schemes.add(glossary.id)
        stream.write(_scheme(glossary, imprint).encode())
    stream.writelines(_noun(noun).encode() for noun in nouns)
    for entry in rest:
        scheme = entry["glossary"]
        if scheme not in schemes:
            schemes.add(scheme)
            heading = f"\n<{uri('scheme', scheme)}> a skos:ConceptScheme .\n"
            stream.write(heading.encode())
        heading = " ;\n    ".join(
            f"{predicate} {f'<{value}>' if lang is None else _literal(value, lang)}"
            for predicate, value, lang in _statements(entry, uri)
        )
        name = uri("entry", entry["id"])
        stream.write(f"\n<{name}> a skos:Concept ;\n    {heading} .\n".encode())
        for loss in _lost(entry):
            drop(loss)


def _scheme(glossary: Glossary, imprint: Imprint) -> str:
    """Return what is said of a glossary."""
    lines = ["a skos:ConceptScheme", f"dct:identifier {_literal(glossary.id)}"]
    lines += [f"dct:title {_literal(t, lang)}" for lang, t in glossary.title.items()]
    descriptions = glossary.description.items()
    lines += [f"dct:description {_literal(text, lang)}" for lang, text in descriptions]
    facts = {
        "dct:publisher": glossary.publisher,
        "dct:license": glossary.licence,
        "owl:versionInfo": glossary.release,
        "dct:hasVersion": imprint.revision,
    }
    lines += [f"{name} {_literal(text)}" for name, text in facts.items() if text]
    if imprint.date:
        lines.append(f'dct:modified "{imprint.date}"^^xsd:date')
    body = " ;\n    ".join(lines)
    return f"\n<{_ADDRESS}:scheme:{_part(glossary.id)}> {body} .\n"


def _noun(noun: Entry) -> str:
    """Return what is said of a document, a subject or an issuer."""
    kind = noun[KIND]
    if kind not in _KINDS:
        return ""
    names, type_ = _KINDS[kind]
    lines = [f"a {type_}", f"dct:identifier {_literal(noun['id'])}"]
    lines += [
        f"{_NAMING[kind]} {_literal(text, lang)}" for lang, text in noun[names].items()
    ]
    facts = {"dct:date": "date", "dct:publisher": "issuer", "dct:language": "lang"}
    facts |= {"dct:bibliographicCitation": "symbol"}
    lines += [
        f"{name} {_literal(noun[field])}"
        for name, field in facts.items()
        if noun.get(field)
    ]
    pages = [noun.get("url"), noun.get("archived_url")]
    lines += [f"foaf:page <{quote(page, safe=_IN_ADDRESS)}>" for page in pages if page]
    body = " ;\n    ".join(lines)
    return f"\n<{_ADDRESS}:{kind}:{_part(noun['id'])}> {body} .\n"


def _part(name: str) -> str:
    """Return an id as it may stand in an address."""
    return quote(name, safe="")


def _cited(entry: Entry) -> Iterator[str]:
    """Yield the ids of the documents that an entry cites, each once."""
    names: dict[str, None] = {}
    for term in entry["terms"]:
        for citation in term["citations"]:
            names[citation["source"]] = None
            counterpart = citation.get("counterpart") or {}
            if counterpart.get("source"):
                names[counterpart["source"]] = None
    yield from names


def _statements(entry: Entry, uri: Named) -> Iterator[tuple[str, str, str | None]]:
    """Yield predicate, value and its language: empty for none, None for an address."""
    yield "skos:inScheme", uri("scheme", entry["glossary"]), None
    yield "skos:notation", entry["id"], ""
    led: set[str] = set()
    # Sorting is stable: of two terms of one status, the first leads.
    for term in sorted(entry["terms"], key=lambda t: STATUSES.index(t["status"])):
        label = "hiddenLabel"
        if term["status"] in USABLE:
            label = "altLabel" if term["lang"] in led else "prefLabel"
            led.add(term["lang"])
        yield f"skos:{label}", term["text"], term["lang"]
    for lang, text in entry["definition"].items():
        yield "skos:definition", text, lang
    if entry["note"]:
        yield "skos:scopeNote", entry["note"], ""
    for lang, text in entry["notes"].items():
        yield "skos:scopeNote", text, lang
    yield "skos:editorialNote", "state: " + entry["state"], ""
    for source in _cited(entry):
        yield "dct:source", uri("source", source), None
    for subject in entry["subjects"]:
        yield "dct:subject", uri("subject", subject), None
    for relation in entry["relations"]:
        kind = _RELATIONS[relation["type"]]
        yield f"skos:{kind}", uri("entry", relation["entry"]), None


def _literal(text: str, lang: str = "") -> str:
    escaped = _UNFIT.sub(_escape, text)
    return f'"{escaped}"@{lang}' if lang else f'"{escaped}"'


def _escape(unfit: re.Match[str]) -> str:
    escape = _ESCAPES.get(unfit[0])
    if escape is not None:
        return escape
    if "\ud800" <= unfit[0] <= "\udfff":
        return "\N{REPLACEMENT CHARACTER}"
    return f"\\u{ord(unfit[0]):04X}"


def _lost(entry: Entry) -> Iterator[Dropped]:
    name = entry["id"]
    for field in _UNSAID_OF_A_CONCEPT:
        if entry[field]:
            message = Message(N_("SKOS has no place for “%(field)s”."), field=field)
            value = entry[field] if isinstance(entry[field], str) else ""
            yield Dropped(name, f"/{field}", message, value)
    for place, term in enumerate(entry["terms"]):
        for field in _UNSAID:
            if term[field] and term[field] != _USUAL.get(field):
                reason = Message(
                    N_("A SKOS label is only a text; it has no “%(field)s”."),
                    field=field,
                )
                value = term[field] if isinstance(term[field], str) else ""
                yield Dropped(name, f"/terms/{place}/{field}", reason, value)
        if term["status"] in {"deprecated", "superseded", "forbidden"}:
            reason = Message(N_("SKOS does not say why a label is hidden."))
            yield Dropped(name, f"/terms/{place}/status", reason, term["status"])
    for place, relation in enumerate(entry["relations"]):
        if relation["type"] not in _EXACT:
            reason = Message(
                N_("SKOS can say this relation only less exactly, as “%(kind)s”."),
                kind=_RELATIONS[relation["type"]],
            )
            yield Dropped(name, f"/relations/{place}/type", reason, relation["type"])
    for field in entry["extra"]:
        reason = Message(N_("SKOS has no place for what was kept from another file."))
        yield Dropped(name, f"/extra/{field}", reason)
