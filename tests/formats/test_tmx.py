"""TMX in and out."""

from io import BytesIO
from typing import Any

import pytest
from lxml import etree

from glossary.errors import UnreadableFile
from glossary.formats.record import Limits, ReadOptions, Record, Refused
from glossary.formats.tmx import read, write
from tests.formats.whole_entries import (
    diplomatic,
    entry,
    read_back,
    records,
    told,
    whole,
    written,
)


def _tmx(inside: str) -> bytes:
    return f'<tmx version="1.4"><header/><body>{inside}</body></tmx>'.encode()


def _one(inside: str) -> dict[str, Any]:
    (record,) = records(read, _tmx(inside))
    whole(record.data)
    return record.data


_PAIR = (
    '<tuv xml:lang="EN-US"><seg>core interests</seg></tuv>'
    '<tuv lang="zh_CN"><seg>核心利益</seg></tuv>'
)


def test_a_unit_is_an_entry_and_its_languages_are_said_either_way() -> None:
    assert _one(f'<tu tuid="42">{_PAIR}</tu>') == {
        "id": "c42",
        "terms": [
            {"lang": "en-US", "text": "core interests"},
            {"lang": "zh-Hans", "text": "核心利益"},
        ],
        "extra": {"id": "42"},
    }


def test_codes_go_with_what_stands_in_them_and_highlighted_text_stays() -> None:
    data = _one(
        '<tu><tuv xml:lang="en"><seg><bpt i="1">&lt;b></bpt>core<ept i="1">/b</ept>'
        ' <ph>{0}<sub>x</sub></ph><it pos="begin">*</it><hi>interests</hi></seg></tuv>'
        "</tu>"
    )
    assert data["terms"][0]["text"] == "core interests"


def test_notes_and_properties_are_taken_or_kept() -> None:
    data = _one(
        '<tu><note>first</note><note>second</note><prop type="x-client">UN</prop>'
        '<prop type="x-state">unheard of</prop><tuv xml:lang="zh"><note>formal</note>'
        '<prop type="x-status">deprecated</prop><prop type="x-since">then</prop>'
        "<seg>照会</seg></tuv></tu>"
    )
    assert data["note"] == "first\nsecond"
    (term,) = data["terms"]
    assert (term["usage"], term["status"]) == ("formal", "deprecated")
    kept = data["extra"]["tmx"]
    assert [item["text"] for item in kept["concept"]] == ["UN", "unheard of"]
    assert kept["terms"][0]["items"][0]["text"] == "then"


@pytest.mark.parametrize(
    ("inside", "line", "code"),
    [
        ("<tu>\n<tuv xml:lang='en'><seg>" + "x " * 251 + "</seg></tuv></tu>", 2, ""),
        ("\n<tu><tuv xml:lang='en'><seg/></tuv></tu>", 2, "empty-entry"),
        ("\n<tu/>", 2, "empty-entry"),
        ("<tu>\n<tuv><seg>x</seg></tuv></tu>", 2, "no-language"),
    ],
)
def test_a_unit_that_is_no_term_is_refused(inside: str, line: int, code: str) -> None:
    inside += f"<tu>{_PAIR}</tu>"
    first, second = read(BytesIO(_tmx(inside)), ReadOptions()).records
    assert isinstance(first, Refused)
    assert (first.line, first.code) == (line, code or "too-long")
    assert not isinstance(second, Refused)


def test_a_text_over_the_limit_refuses_its_unit() -> None:
    options = ReadOptions(limits=Limits(cell=10))
    (refused,) = read(BytesIO(_tmx(f"<tu>{_PAIR}</tu>")), options).records
    assert isinstance(refused, Refused)
    assert (refused.column, refused.code) == ("seg", "too-long")


def test_the_same_text_twice_is_one_term() -> None:
    assert len(_one(f"<tu>{_PAIR}{_PAIR}</tu>")["terms"]) == 2


def test_utf_16_that_is_true_is_read() -> None:
    file = (
        '<?xml version="1.0" encoding="UTF-16"?>' + _tmx(f"<tu>{_PAIR}</tu>").decode()
    )
    assert len(records(read, file.encode("utf-16"))) == 1


def test_usable_terms_of_the_curated_glossary_come_back() -> None:
    def usable(found: dict[str, Any]) -> dict[str, Any]:
        terms = [
            {**term, "citations": []}
            for term in found["terms"]
            if term["status"] in {"preferred", "admitted"}
        ]
        return {**found, "terms": terms, "relations": []}

    file, dropped = told(write, diplomatic())
    assert read_back(read, file) == [usable(found) for found in diplomatic()]
    told_of = {(lost.entry, lost.pointer) for lost in dropped}
    for found in diplomatic():
        for place, term in enumerate(found["terms"]):
            if term["status"] not in {"preferred", "admitted"}:
                assert (found["id"], f"/terms/{place}") in told_of
            elif term["citations"]:
                assert (found["id"], f"/terms/{place}/citations") in told_of
        if found["relations"]:
            assert (found["id"], "/relations") in told_of


def test_what_another_memory_said_is_written_back() -> None:
    inside = (
        '<tu tuid="A 1"><note>n</note><prop type="x-client" xml:lang="en">UN</prop>'
        '<tuv xml:lang="en"><prop type="x-mt">no</prop><seg>core interests</seg></tuv>'
        "</tu>"
    )
    entries = read_back(read, _tmx(inside))
    assert read_back(read, written(write, entries)) == entries


def test_several_terms_of_a_language_are_variants_of_one_unit() -> None:
    terms = [
        {"lang": "en", "text": "core interests", "status": "preferred"},
        {"lang": "en", "text": "vital interests", "status": "admitted"},
        {"lang": "en", "text": "central interests", "status": "forbidden"},
    ]
    file, dropped = told(write, [entry(terms=terms)])
    found = etree.fromstring(file).findall("body/tu/tuv/seg")
    assert [segment.text for segment in found] == ["core interests", "vital interests"]
    assert [lost.value for lost in dropped] == ["central interests"]


def test_an_entry_without_a_usable_term_is_left_out() -> None:
    terms = [{"lang": "en", "text": "OBOR", "status": "superseded"}]
    file, dropped = told(write, [entry(terms=terms)])
    assert records(read, file) == []
    assert [lost.pointer for lost in dropped] == ["/terms/0"]


def test_the_order_of_elements_is_what_tmx_wants() -> None:
    file, _ = told(write, diplomatic())
    root = etree.fromstring(file)
    assert [header.get("srclang") for header in root.iter("header")] == ["*all*"]
    for unit in root.iter("tu", "tuv"):
        names = [child.tag for child in unit]
        last = "seg" if unit.tag == "tuv" else "tuv"
        first = names.index(last)
        assert set(names[:first]) <= {"note", "prop"}
        assert set(names[first:]) == {last}


@pytest.mark.parametrize("kept", ["x", {"concept": 3}, {"terms": [{}]}])
def test_anything_that_somebody_sent_as_extra_is_survived(kept: Any) -> None:
    file, dropped = told(write, [entry(extra={"tmx": kept, "csv": 1})])
    assert read_back(read, file) == [entry()]
    assert {lost.pointer for lost in dropped} == {"/extra/csv", "/extra/tmx"}


def test_an_empty_glossary_is_an_empty_memory() -> None:
    assert records(read, written(write, [])) == []


def test_what_is_no_tmx_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="TMX"):
        list(read(BytesIO(b"<xliff/>"), ReadOptions()).records)


def test_what_the_head_of_another_memory_says_is_named_as_left_out() -> None:
    head = "<note>张三 2019 年校</note><prop type='domain'>外交</prop>"
    unit = (
        "<tu><tuv xml:lang='zh'><seg>主权</seg></tuv>"
        "<tuv xml:lang='en'><seg>sovereignty</seg></tuv></tu>"
    )
    for tool, lost in (("Déjà Vu", ["张三 2019 年校", "外交"]), ("Glossary", [])):
        file = (
            f"<tmx version='1.4'><header creationtool='{tool}'>{head}</header>"
            f"<body>{unit}</body></tmx>"
        ).encode()
        *remarks, record = read(BytesIO(file), ReadOptions()).records
        assert [(r.code, r.value) for r in remarks] == [("header", v) for v in lost]
        assert isinstance(record, Record)
