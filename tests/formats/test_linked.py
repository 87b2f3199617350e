"""SKOS in: Turtle, RDF/XML and JSON-LD."""

from io import BytesIO
from typing import Any

import pytest

from glossary.errors import UnreadableFile
from glossary.formats import of_file
from glossary.formats.linked import read
from glossary.formats.record import ReadOptions, Record, Remark
from glossary.formats.skos import write
from tests.formats.whole_entries import entry, read_back, told

_TURTLE = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix ex: <http://example.org/terms/> .
ex:c1 a skos:Concept ; skos:prefLabel "条约"@zh-CN, "treaty"@en ;
  skos:altLabel "约章"@zh-CN ; skos:hiddenLabel "pact"@en ;
  skos:definition "An agreement between States."@en ; skos:scopeNote "UN" ;
  skos:broader ex:c2 ; skos:exactMatch <http://example.org/x> .
ex:c2 a skos:Concept ; xl:prefLabel [ xl:literalForm "文书"@zh ], \
[ xl:literalForm "instrument"@en ] .
"""
_XML = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<skos:Concept rdf:about="http://example.org/1">
<skos:prefLabel xml:lang="zh">条约</skos:prefLabel>
<skos:prefLabel xml:lang="en">treaty</skos:prefLabel></skos:Concept></rdf:RDF>"""
_JSON = """{"@context": {"skos": "http://www.w3.org/2004/02/skos/core#"},
"@graph": [{"@id": "http://example.org/1", "@type": "skos:Concept",
"skos:prefLabel": [{"@value": "条约", "@language": "zh"},
{"@value": "treaty", "@language": "en"}]}]}"""


def _texts(data: dict[str, Any]) -> list[tuple[str, str, str]]:
    return sorted((t["lang"], t["text"], t["status"]) for t in data["terms"])


def test_a_concept_of_skos_is_an_entry_and_what_is_left_out_is_told() -> None:
    given = list(read(BytesIO(_TURTLE.encode()), ReadOptions()).records)
    left = [each for each in given if isinstance(each, Remark)]
    assert [(each.code, each.column) for each in left] == [("property", "exactMatch")]
    first, second = (each.data for each in given if isinstance(each, Record))
    assert _texts(first) == [
        ("en", "pact", "deprecated"),
        ("en", "treaty", "preferred"),
        ("zh-Hans", "条约", "preferred"),
        ("zh-Hans", "约章", "admitted"),
    ]
    assert first["definition"] == {"en": "An agreement between States."}
    assert first["note"] == "UN"
    assert first["relations"] == [{"type": "broader", "entry": "c2"}]
    assert _texts(second)[1] == ("zh-Hans", "文书", "preferred")


@pytest.mark.parametrize("file", [_TURTLE, _XML, _JSON])
def test_skos_is_told_by_its_content(file: str) -> None:
    assert of_file(BytesIO(file.encode())).name == "skos"
    data = read_back(read, file.encode())[0]
    assert {("zh-Hans", "条约"), ("en", "treaty")} <= {
        (t["lang"], t["text"]) for t in data["terms"]
    }


def test_our_own_skos_comes_back_as_it_was() -> None:
    made = entry(
        subjects=["bilateral-relations"],
        definition={"en": "One rule for you.", "zh-Hans": "双标"},
        state="draft",
        note="A note.",
    )
    file, _ = told(write, [made])
    assert read_back(read, file) == [made]


@pytest.mark.parametrize(
    "file",
    [
        "@prefix skos: <x> . broken",
        '{"@context": "http://example.org/context.json", "@graph": []}',
        '{"@context": [{"@vocab": "x:"}, "http://example.org/c"], "@id": "x:y"}',
        "@prefix a: <urn:a:> . a:b a a:c .",
        '<!DOCTYPE x [<!ENTITY a "b">]><rdf:RDF xmlns:rdf="r"/>',
    ],
)
def test_what_is_no_skos_or_asks_the_web_is_refused(file: str) -> None:
    with pytest.raises(UnreadableFile):
        list(read(BytesIO(file.encode()), ReadOptions()).records)
