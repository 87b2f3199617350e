"""Every export says of which glossary it is, its licence, its release and its date."""

import csv
import io
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from lxml import etree
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL

from glossary.formats import FORMATS, WRITABLE, by_name
from glossary.formats.tbx.write import write_v2, write_v3
from tests.formats.imprints import MADE, text_of
from tests.formats.tbx.rules import faults
from tests.formats.whole_entries import entry, records

FACTS = ("CC-BY-4.0", "2026.11", "0123abcd-12", "2026-11-28", "mfa")
IMPRINTED = [n for n in WRITABLE if by_name(n).imprinted]
WIDE = [f"{each.name} wide" for each in FORMATS if each.wide]


def _file(name: str, *, nouns: bool = False) -> bytes:
    name, _, wide = name.partition(" ")
    format_, stream = by_name(name), io.BytesIO()
    entries = [entry(state="approved")]
    first = [{"kind": "glossary", "id": "mfa", "version": 1}] if nouns else []
    if wide:
        assert format_.wide
        langs = ("zh-Hans", "en")
        format_.wide(entries, stream, lambda _: None, langs, imprint=MADE)
    else:
        assert format_.write
        format_.write([*first, *entries], stream, lambda _: None, imprint=MADE)
    return stream.getvalue()


@pytest.mark.parametrize("name", [*IMPRINTED, *WIDE])
def test_a_file_says_glossary_licence_release_revision_and_date(name: str) -> None:
    text = text_of(name, _file(name, nouns=name == "ndjson"))
    assert [fact for fact in FACTS if fact not in text] == []


@pytest.mark.parametrize("name", [n for n in IMPRINTED if by_name(n).read] + WIDE)
def test_what_a_file_says_of_itself_is_no_entry(name: str) -> None:
    file = _file(name, nouns=name == "ndjson")
    read = by_name(name.partition(" ")[0]).read
    assert read
    found = [each.data for each in records(read, file) if "terms" in each.data]
    assert [each["terms"][0]["text"] for each in found] == ["双重标准"]


def test_xml_that_says_it_is_valid() -> None:
    streams = io.BytesIO(), io.BytesIO()
    for write, stream in zip((write_v3, write_v2), streams, strict=True):
        write([entry()], stream, lambda _: None, imprint=MADE)
    assert faults(streams[0].getvalue()) == []
    for file in (*(each.getvalue() for each in streams), _file("multiterm")):
        etree.fromstring(file)
    (header,) = etree.fromstring(_file("tmx")).findall("header")
    assert [note.text for note in header.findall("note")] == MADE.lines


def test_skos_says_licence_title_version_and_what_proves_an_entry() -> None:
    cited = [
        {"lang": "zh-Hans", "text": "双重标准"},
        {
            "lang": "en",
            "text": "double standards",
            "citations": [{"source": "speech-2013", "quote": "no double standards"}],
        },
    ]
    source = {
        "kind": "source",
        "id": "speech-2013",
        "title": {"en": "Speech", "zh-Hans": "讲话"},
        "date": "2013-04-07",
        "url": "https://example.org/讲话 1",
    }
    stream = io.BytesIO()
    write = by_name("skos").write
    assert write
    write([source, entry(terms=cited)], stream, lambda _: None, imprint=MADE)
    graph = Graph().parse(io.BytesIO(stream.getvalue()), format="turtle")
    scheme = URIRef("urn:glossary:scheme:mfa")
    assert graph.value(scheme, DCTERMS.license) == Literal("CC-BY-4.0")
    assert graph.value(scheme, OWL.versionInfo) == Literal("2026.11")
    assert Literal("外交用语", lang="zh-Hans") in graph.objects(scheme, DCTERMS.title)
    concept = URIRef("urn:glossary:entry:double-standards")
    (document,) = graph.objects(concept, DCTERMS.source)
    assert Literal("Speech", lang="en") in graph.objects(document, DCTERMS.title)
    assert graph.value(document, DCTERMS.date) == Literal("2013-04-07")


@pytest.mark.parametrize("name", WRITABLE)
def test_every_download_says_it_in_its_headers(name: str, client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/export?format={name}&entry=sovereignty")
    assert answer.status_code == 200, answer.data
    said = {key: unquote(text) for key, text in answer.headers.items()}
    assert said["Glossary-Ids"] == "diplomatic"
    assert said["Glossary-Licence"] == "CC-BY-4.0"
    assert said["Glossary-Release"]
    assert len(said["Glossary-Date"]) == 10
    if not by_name(name).imprinted:
        assert "CC-BY-4.0" in said["Content-Disposition"]


@pytest.mark.parametrize("name", [n for n in WRITABLE if not by_name(n).imprinted])
def test_a_list_of_pairs_alone_has_no_comment_in_it(
    name: str, client: FlaskClient
) -> None:
    answer = client.get(f"/api/v1/export?format={name}&entry=sovereignty")
    text = answer.get_data(as_text=True)
    assert "CC-BY" not in text
    if name != "qwen":
        delimiter = "\t" if name == "azure" else ","
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
        assert {len(row) for row in rows} <= {2, 3}
