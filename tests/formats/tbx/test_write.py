"""TBX-Basic out, and what comes back."""

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from translate.storage.tbx import tbxfile

from glossary.formats.record import Write
from glossary.formats.tbx import read as tbx
from glossary.formats.tbx.write import write_v2, write_v3
from tests.formats.tbx.drawn import ENTRY, FOREIGN
from tests.formats.tbx.rules import faults
from tests.formats.whole_entries import (
    diplomatic,
    entry,
    read_back,
    told,
    whole,
    written,
)

_BOTH = pytest.mark.parametrize("write", [write_v3, write_v2], ids=["v3", "v2"])
_ZH = {"lang": "zh-Hans", "text": "双重标准"}


@_BOTH
def test_the_curated_glossary_comes_back_equal(write: Write) -> None:
    file = written(write, diplomatic())
    assert read_back(tbx.read, file) == list(diplomatic())


def test_the_curated_glossary_is_valid_tbx_basic() -> None:
    assert faults(written(write_v3, diplomatic())) == []


def test_written_version_2_is_read_by_the_translate_toolkit_with_every_term() -> None:
    units = tbxfile(BytesIO(written(write_v2, diplomatic()))).units
    assert len(units) == len(diplomatic())
    for unit, ours in zip(units, diplomatic(), strict=True):
        found = {
            (language.get("{http://www.w3.org/XML/1998/namespace}lang"), term.text)
            for language in unit.getlanguageNodes()
            for term in language.iter("term")
        }
        assert found == {(term["lang"], term["text"]) for term in ours["terms"]}
        english = [t["text"] for t in ours["terms"] if t["lang"] == "en"]
        assert [t.text for t in unit.get_target_terms("en")] == english


def _full() -> dict[str, Any]:
    return entry(
        subjects=["diplomacy", "law"],
        definition={
            "en": "One rule & <another>.",
            "fr": "Deux poids.",
            "zh-Hans": "双标",
        },
        note="state: is a word.\n  Second line.",
        state="retired",
        relations=[{"type": "contrast", "entry": "double-standards"}],
        terms=[
            {**_ZH, "status": "preferred", "reading": "shuāngchóng biāozhǔn"},
            {
                "lang": "en",
                "text": "two-faced rules",
                "status": "forbidden",
                "type": "variant",
                "part_of_speech": "noun",
                "match": "exact",
                "case_sensitive": True,
                "issuer": "MFA of China",
                "since": "2013-06",
                "until": "2014",
                "usage": "since: not a date\nforbidden",
                "citations": [
                    {"source": "a-speech", "locator": "", "quote": ""},
                    {
                        "source": "a-speech",
                        "locator": "a-speech",
                        "quote": "“双重标准”",
                    },
                    {"source": "source-5", "locator": "5", "quote": "line\nline"},
                    {"source": "b", "locator": "para. 2, 3", "quote": ""},
                ],
            },
            {"lang": "en", "text": "old wording", "status": "superseded"},
            {"lang": "en", "text": "poor wording", "status": "deprecated"},
        ],
        extra={"id": "2_76365"},
    )


@_BOTH
def test_every_field_comes_back(write: Write) -> None:
    assert read_back(tbx.read, written(write, [_full()])) == [_full()]


@given(ENTRY)
def test_any_entry_comes_back_equal_and_is_valid(fields: dict[str, Any]) -> None:
    ours = entry(**fields)
    three, two = written(write_v3, [ours]), written(write_v2, [ours])
    assert read_back(tbx.read, three) == [ours]
    assert read_back(tbx.read, two) == [ours]
    assert [f for f in faults(three) if "leads nowhere" not in f] == []


def test_every_field_is_valid_tbx_basic() -> None:
    assert faults(written(write_v3, [_full()])) == []


@_BOTH
def test_what_another_tool_says_beside_is_written_back(write: Write) -> None:
    entries = read_back(tbx.read, FOREIGN.encode())
    assert read_back(tbx.read, written(write, entries)) == entries


def test_what_another_tool_says_beside_is_written_where_it_is_valid() -> None:
    file = written(write_v3, read_back(tbx.read, FOREIGN.encode()))
    assert faults(file) == []
    for said in ("International Relations;国际法", "Oxford", "2010-04-17", "toolTip"):
        assert said in file.decode()


def test_what_tbx_basic_has_no_place_for_is_told_and_not_written() -> None:
    items = [
        {"element": "termNote", "type": "partOfSpeech", "text": "Noun"},
        {"element": "termNote", "type": "partOfSpeech", "text": "properNoun"},
        {"element": "termNote", "type": "etymology", "text": "Latin"},
        {"element": "descrip", "type": "definition", "text": "at a term"},
        {"element": "descrip", "type": "context", "items": []},
        {"element": "xref", "type": "externalCrossReference", "target": "file:x"},
        {"element": "ref", "type": "crossReference", "target": "2_1"},
        {"element": "transac", "type": "transactionType", "text": "deletion"},
        {"element": "termNote", "type": "termType", "text": "initialism"},
    ]
    kept = {"terms": [{**_ZH, "items": items}]}
    file, dropped = told(write_v3, [entry(extra={"tbx": kept, "csv": {"a": "b"}})])
    assert faults(file) == []
    assert [lost.pointer for lost in dropped] == ["/extra/tbx/terms"] * 8 + [
        "/extra/csv"
    ]
    assert all(lost.entry == "double-standards" and lost.reason for lost in dropped)
    assert b">noun<" in file


def test_what_is_kept_of_something_gone_is_told() -> None:
    pos = {"element": "termNote", "type": "partOfSpeech", "text": "noun"}
    source = {"element": "admin", "type": "source", "text": "Oxford"}
    definition = {"element": "descrip", "type": "definition", "items": [source]}
    picture = {"element": "xref", "type": "xGraphic", "target": "https://a.example"}
    subject = {"element": "descrip", "type": "subjectField", "text": "Law"}
    link = {
        "element": "ref",
        "type": "crossReference",
        "target": "war",
        "text": "see also",
    }
    kept = {
        "concept": [subject, link],
        "languages": {"en": [{**definition, "lang": "en"}], "fr": [picture]},
        "terms": [{"lang": "en", "text": "gone", "items": [pos]}],
    }
    file, dropped = told(write_v3, [entry(extra={"tbx": kept})])
    assert read_back(tbx.read, file) == [entry()]
    assert [lost.value for lost in dropped] == ["Law", "see also", "", "", "noun"]


def test_companions_without_a_place_are_told() -> None:
    transac = {
        "element": "transac",
        "type": "transactionType",
        "text": "modification",
        "items": [
            {"element": "date", "text": "yesterday"},
            {"element": "date", "text": "2014-02-14"},
        ],
    }
    file, dropped = told(write_v3, [entry(extra={"tbx": {"concept": [transac]}})])
    assert faults(file) == []
    assert [lost.value for lost in dropped] == ["yesterday"]
    assert b"2014-02-14" in file


@pytest.mark.parametrize(
    "kept",
    [
        "text",
        [],
        {"concept": "x"},
        {"concept": [{"text": "no element"}]},
        {"concept": [{"element": "note", "text": 5}]},
        {"languages": ["en"]},
        {"terms": [{"lang": "en"}, 3]},
        {"other": {}},
    ],
)
@_BOTH
def test_anything_that_somebody_sent_as_extra_is_survived(
    write: Write, kept: Any
) -> None:
    file, dropped = told(write, [entry(extra={"tbx": kept})])
    assert read_back(tbx.read, file) == [entry()]
    assert [lost.pointer for lost in dropped] == ["/extra/tbx"]


def test_terms_in_mixed_order_are_grouped_and_that_is_told() -> None:
    terms = [
        {"lang": lang, "text": text} for lang, text in zip("abac", "1234", strict=True)
    ]
    terms = [{**term, "lang": f"{term['lang']}a"} for term in terms]
    file, dropped = told(write_v3, [entry(terms=terms)])
    assert faults(file) == []
    (back,) = read_back(tbx.read, file)
    assert [term["text"] for term in back["terms"]] == ["1", "3", "2", "4"]
    assert [lost.pointer for lost in dropped] == ["/terms"]


def test_a_character_that_xml_cannot_hold_is_replaced_and_told() -> None:
    file, dropped = told(write_v3, [entry(note="a\uffffb")])
    assert faults(file) == []
    assert read_back(tbx.read, file)[0]["note"] == "a\ufffdb"
    assert [(lost.pointer, lost.value) for lost in dropped] == [("/note", "a\ufffdb")]


def test_an_empty_glossary_is_valid() -> None:
    assert faults(written(write_v3, [])) == []
    assert read_back(tbx.read, written(write_v3, [])) == []
    assert read_back(tbx.read, written(write_v2, [])) == []
    assert tbxfile(BytesIO(written(write_v2, []))).units == []


def test_entries_are_written_as_they_come() -> None:
    stream = BytesIO()
    sizes = []

    def entries() -> Any:
        for number in range(3):
            sizes.append(stream.tell())
            yield entry(id=f"entry-{number}")

    write_v3(entries(), stream, lambda _: None)
    assert sizes == sorted(set(sizes))
    assert not stream.closed


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('type="termType">phrase', 'type="termType">idiom'),
        ('id="double-standards"', 'id="1"'),
        ('style="dca"', 'style="dcx"'),
        ("<term>", "<note>x</note><term>"),
        ('type="definition"', 'type="context"'),
        ("</body>", '<conceptEntry id="x"/></body>'),
        ('target="double-standards"', 'target="nowhere"'),
        ("<sourceDesc>", "<sourceDesc>text"),
    ],
)
def test_our_rules_find_what_breaks_them(right: str, wrong: str) -> None:
    file = written(write_v3, [_full()]).decode()
    assert right in file
    assert faults(file.replace(right, wrong, 1).encode()) != []


def test_whole_entries_are_what_the_schema_makes() -> None:
    assert whole(entry()) == entry()
