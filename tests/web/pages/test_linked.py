"""An entry as linked data, read by rdflib."""

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, SKOS

ENTRY = "/entries/new-model-of-major-country-relationship"
HERE = f"http://localhost{ENTRY}"


def graph(client: FlaskClient, kind: str, form: str) -> Graph:
    answer = client.get(ENTRY, headers={"Accept": kind})
    assert answer.mimetype == kind
    assert "Accept" in answer.headers["Vary"]
    return Graph().parse(data=answer.data, format=form)


def test_the_address_of_an_entry_names_the_concept_and_leads_on(
    client: FlaskClient,
) -> None:
    turtle = graph(client, "text/turtle", "turtle")
    concept = URIRef(HERE)
    assert (concept, RDF.type, SKOS.Concept) in turtle
    assert Literal("新型大国关系", lang="zh-Hans") in set(
        turtle.objects(concept, SKOS.prefLabel)
    )
    near = {str(each) for each in turtle.objects(concept, SKOS.related)}
    assert "http://localhost/entries/major-country-diplomacy" in near
    (scheme,) = turtle.objects(concept, SKOS.inScheme)
    for address in (*sorted(near)[:3], str(scheme)):
        path = address.removeprefix("http://localhost")
        assert client.get(path).status_code == 200, path


# rdflib's own reader of JSON-LD still uses what rdflib means to drop.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_turtle_and_json_ld_say_the_same(client: FlaskClient) -> None:
    turtle = graph(client, "text/turtle", "turtle")
    turtle.remove((None, RDF.type, SKOS.ConceptScheme))
    assert isomorphic(turtle, graph(client, "application/ld+json", "json-ld"))


@pytest.mark.parametrize(
    "accept",
    [
        "text/html,application/xhtml+xml,*/*;q=0.8",
        "*/*",
        "text/html, text/turtle;q=0.5",
    ],
)
def test_a_browser_gets_the_page(client: FlaskClient, accept: str) -> None:
    assert client.get(ENTRY, headers={"Accept": accept}).mimetype == "text/html"
