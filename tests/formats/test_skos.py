"""SKOS out, read by rdflib."""

from collections import Counter
from io import BytesIO
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS

from glossary.formats.skos import write
from tests.formats.whole_entries import diplomatic, entry, told


def _graph(entries: Any) -> Graph:
    file, _ = told(write, entries)
    return Graph().parse(BytesIO(file), format="turtle")


def _concept(name: str) -> URIRef:
    return URIRef(f"urn:glossary:entry:{name}")


def test_every_entry_is_a_concept_with_all_its_labels() -> None:
    graph = _graph(diplomatic())
    assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == len(diplomatic())
    labels = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
    for found in diplomatic():
        concept = _concept(found["id"])
        said = {
            (str(value.language).lower(), str(value))
            for label in labels
            for value in graph.objects(concept, label)
            if isinstance(value, Literal)
        }
        terms = {(term["lang"].lower(), term["text"]) for term in found["terms"]}
        assert said == terms
        assert graph.value(concept, SKOS.notation) == Literal(found["id"])


def test_a_language_has_one_preferred_label() -> None:
    graph = _graph(diplomatic())
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        labels = graph.objects(concept, SKOS.prefLabel)
        count = Counter(v.language for v in labels if isinstance(v, Literal))
        assert set(count.values()) == {1}


def test_the_best_term_leads_and_terms_to_avoid_are_hidden() -> None:
    terms = [
        {"lang": "en", "text": "admitted", "status": "admitted"},
        {"lang": "en", "text": "superseded", "status": "superseded"},
        {"lang": "en", "text": "preferred", "status": "preferred"},
        {"lang": "zh-Hans", "text": "只许用", "status": "admitted"},
        {"lang": "zh-Hans", "text": "禁用", "status": "forbidden"},
    ]
    graph = _graph([entry(terms=terms)])
    concept = _concept("double-standards")

    def labels(kind: URIRef) -> set[str]:
        return {str(value) for value in graph.objects(concept, kind)}

    assert labels(SKOS.prefLabel) == {"preferred", "只许用"}
    assert labels(SKOS.altLabel) == {"admitted"}
    assert labels(SKOS.hiddenLabel) == {"superseded", "禁用"}


def test_relations_scheme_and_definitions_are_said() -> None:
    relations = [
        {"type": kind, "entry": kind}
        for kind in (
            *("broader", "narrower", "related", "whole", "part", "contrast"),
            *("stronger", "weaker"),
        )
    ]
    file, dropped = told(
        write, [entry(relations=relations, definition={"zh-Hans": "双标"}, note="注")]
    )
    graph = Graph().parse(BytesIO(file), format="turtle")
    concept = _concept("double-standards")

    def targets(kind: URIRef) -> set[str]:
        return {str(v).rpartition(":")[2] for v in graph.objects(concept, kind)}

    assert targets(SKOS.broader) == {"broader", "whole"}
    assert targets(SKOS.narrower) == {"narrower", "part"}
    assert targets(SKOS.related) == {"related", "contrast", "stronger", "weaker"}
    scheme = graph.value(concept, SKOS.inScheme)
    assert (scheme, RDF.type, SKOS.ConceptScheme) in graph
    assert str(graph.value(concept, SKOS.definition)) == "双标"
    assert str(graph.value(concept, SKOS.scopeNote)) == "注"
    assert [lost.value for lost in dropped] == [
        *("whole", "part", "contrast", "stronger", "weaker")
    ]


def test_texts_of_all_kinds_come_through_whole() -> None:
    text = 'a "quoted" \\ back\\nslash\n\tnext line\x7f \U00020000 <b> \\u0041 """ '
    graph = _graph([entry(definition={"en": "x"}) | {"note": text}])
    assert str(graph.value(_concept("double-standards"), SKOS.scopeNote)) == text


def test_what_skos_cannot_hold_is_told() -> None:
    terms = [
        {
            "lang": "en",
            "text": "x",
            "status": "deprecated",
            "type": "acronym",
            "part_of_speech": "noun",
            "match": "exact",
            "case_sensitive": True,
            "since": "2013",
            "citations": [{"source": "a"}],
        }
    ]
    _, dropped = told(write, [entry(terms=terms, extra={"id": "1"})])
    assert {lost.pointer for lost in dropped} == {
        "/terms/0/type",
        "/terms/0/since",
        "/terms/0/part_of_speech",
        "/terms/0/match",
        "/terms/0/case_sensitive",
        "/terms/0/citations",
        "/terms/0/status",
        "/extra/id",
    }


def test_an_empty_glossary_is_valid_turtle() -> None:
    assert len(_graph([])) == 0


def test_every_glossary_is_a_scheme_once() -> None:
    names = ("a", "b", "a")
    entries = [entry(id=f"e{n}", glossary=name) for n, name in enumerate(names)]
    file, _ = told(write, entries)
    assert file.count(b"skos:ConceptScheme") == 2
