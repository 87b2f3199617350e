"""TBX-Min and TBX-Core: valid in their dialect, and all that is left out is named."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from glossary.entry import USABLE
from glossary.formats import by_name, of_file
from glossary.formats.record import Dropped
from glossary.formats.tbx import read as tbx
from tests.formats.imprints import MADE
from tests.formats.tbx.drawn import ENTRY, FOREIGN
from tests.formats.tbx.rules import faults
from tests.formats.whole_entries import diplomatic, entry, read_back, told

_DIALECTS = pytest.mark.parametrize("name", ["tbx-min", "tbx-core"])
_GROUPED = """<tbx type="TBX-Basic" style="dca" xml:lang="en"
 xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="c1">
<descripGrp><descrip type="subjectField">law</descrip>
<xref type="externalCrossReference" target="https://example.org/a">a</xref>
<note>of treaties</note></descripGrp>
<transacGrp><transac type="transactionType">origination</transac>
<transacNote type="responsibility" target="wang">Wang</transacNote></transacGrp>
<langSec xml:lang="en"><termSec><term>treaty</term>
<termNoteGrp><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
<note>since Vienna</note></termNoteGrp>
<termNoteGrp><termNote type="termType">fullForm</termNote><note>so called</note>
</termNoteGrp>
<adminGrp><admin type="customerSubset">UN</admin><note>all organs</note></adminGrp>
</termSec></langSec>
</conceptEntry></body><back><refObjectSec type="respPerson"><refObject id="wang">
<item type="fn">Wang Yi</item></refObject></refObjectSec></back></text></tbx>"""


def _out(name: str, entries: Any) -> tuple[bytes, list[Dropped]]:
    write = by_name(name).write
    assert write
    return told(write, entries)


@_DIALECTS
def test_the_curated_glossary_is_valid_in_a_dialect_and_settled(name: str) -> None:
    some = diplomatic()[::20]
    file, dropped = _out(name, some)
    assert faults(file) == []
    assert of_file(BytesIO(file)).name == "tbx3"
    back = read_back(tbx.read, file)
    assert len(back) == len(some) > 40
    assert _unnamed(some, back, dropped) == []
    assert _out(name, back) == (file, [])


@_DIALECTS
@settings(max_examples=15, deadline=None)
@given(ENTRY)
def test_any_entry_is_valid_and_what_does_not_come_back_is_named(
    name: str, fields: dict[str, Any]
) -> None:
    ours = entry(**fields)
    file, dropped = _out(name, [ours])
    assert faults(file) == []
    assert _unnamed([ours], read_back(tbx.read, file), dropped) == []


def _unnamed(
    ours: Any, back: list[dict[str, Any]], dropped: list[Dropped]
) -> list[tuple[str, str]]:
    """Return the places of entries that did not come back and were not named."""
    named = {(each.entry, each.pointer) for each in dropped}
    there = {each["id"]: each for each in back}
    return [
        (each["id"], pointer)
        for each in ours
        for pointer in _changed(each, there.get(each["id"]))
        if not any((each["id"], above) in named for above in _above(pointer))
    ]


def _changed(ours: Mapping[str, Any], back: Mapping[str, Any] | None) -> Iterator[str]:
    if back is None:
        yield ""
        return
    terms = {(term["lang"], term["text"]): term for term in back["terms"]}
    for at, term in enumerate(ours["terms"]):
        other = terms.get((term["lang"], term["text"]))
        yield from _different(term, other, f"/terms/{at}")
    for field in ours.keys() - {"terms"}:
        yield from _different(ours[field], back[field], f"/{field}")


def _different(ours: Any, theirs: Any, at: str) -> Iterator[str]:
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        for name in ours.keys() | theirs.keys():
            yield from _different(ours.get(name), theirs.get(name), f"{at}/{name}")
    elif isinstance(ours, list) and not theirs:
        yield from (f"{at}/{place}" for place, _ in enumerate(ours))
    elif ours != theirs:
        yield at


def _above(pointer: str) -> Iterator[str]:
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]
    yield ""


@pytest.mark.parametrize("name", ["tbx3", "tbx2", "tbx-min", "tbx-core"])
@pytest.mark.parametrize("said", [FOREIGN, _GROUPED], ids=["foreign", "grouped"])
def test_every_text_of_another_tool_is_written_or_named(name: str, said: str) -> None:
    file, dropped = _out(name, read_back(tbx.read, said.encode()))
    assert name == "tbx2" or faults(file) == []
    whole = file.decode() + " ".join(each.value for each in dropped)
    texts = (e.text for e in etree.fromstring(said).iter() if e.text)
    words = {word for text in texts for word in text.replace(";", " ").split()}
    plain = {word.removesuffix("Term-admn-sts").casefold() for word in words}
    assert [word for word in sorted(plain) if word not in whole.casefold()] == []


def test_a_link_out_of_a_file_stands_beside_a_group_as_the_rules_want_it() -> None:
    (read,) = read_back(tbx.read, _GROUPED.encode())
    file, dropped = _out("tbx3", [read])
    assert faults(file) == []
    assert {each.value for each in dropped} == {
        *("since Vienna", "so called"),
        "all organs",
    }
    assert b"https://example.org/a" in file
    again, dropped = _out("tbx3", read_back(tbx.read, file))
    assert read_back(tbx.read, again) == read_back(tbx.read, file)
    assert dropped == []
    wrong = _GROUPED.replace("<text>", f"{_HEADER}<text>").encode()
    assert [each for each in faults(wrong) if "in a group" in each] != []


_HEADER = (
    "<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>"
)
_TERMS = [
    {"lang": "zh-Hans", "text": "脱钩", "renders": ["decoupling", "cutting"]},
    {"lang": "en", "text": "decoupling", "status": "preferred"},
    {"lang": "en", "text": "cutting", "status": "forbidden", "usage": "Never."},
]


def test_core_has_no_wording_that_is_not_to_be_used() -> None:
    file, dropped = _out("tbx-core", [entry(terms=_TERMS)])
    assert b"cutting" not in file
    (back,) = read_back(tbx.read, file)
    assert [term["text"] for term in back["terms"]] == ["脱钩", "decoupling"]
    assert back["terms"][0]["renders"] == ["decoupling"]
    assert {(each.pointer, each.value) for each in dropped} == {
        ("/terms/0/renders/1", "cutting"),
        ("/terms/1/status", "preferred"),
        ("/terms/2", "cutting"),
    }
    file, dropped = _out("tbx-min", [entry(terms=_TERMS)])
    assert dropped == []
    (back,) = read_back(tbx.read, file)
    assert [term["status"] for term in back["terms"]][1:] == ["preferred", "forbidden"]


def test_an_entry_of_which_nothing_may_be_used_is_left_out_of_core_and_named() -> None:
    banned = [{**term, "status": "forbidden"} for term in _TERMS]
    banned = [{**term, "renders": []} for term in banned]
    file, dropped = _out("tbx-core", [entry(terms=banned)])
    assert faults(file) == []
    assert b"<body" not in file
    assert [(each.pointer, each.value) for each in dropped] == [
        ("", "double-standards")
    ]


def test_core_says_what_it_is_of_beside_its_title_as_both_grammars_take_it() -> None:
    stream = BytesIO()
    write = by_name("tbx-core").write
    assert write
    write([entry()], stream, lambda _: None, imprint=MADE)
    assert faults(stream.getvalue()) == []
    root = etree.fromstring(stream.getvalue())
    assert root.find(".//{*}publicationStmt") is None
    notes = [note.text for note in root.findall(".//{*}titleStmt/{*}note")]
    assert notes == MADE.lines


@_DIALECTS
def test_a_dialect_goes_one_way_too(name: str) -> None:
    directed = by_name(name).directed
    assert directed
    stream, dropped = BytesIO(), []
    directed(diplomatic()[::20], stream, dropped.append, ("en", "zh-Hans"))
    assert faults(stream.getvalue()) == []
    entries = read_back(tbx.read, stream.getvalue())
    for each in entries:
        assert list(dict.fromkeys(t["lang"] for t in each["terms"])) == [
            "en",
            "zh-Hans",
        ]
        assert {term["status"] for term in each["terms"]} <= USABLE
    assert len(entries) > 30


def test_our_rules_tell_the_dialects_apart() -> None:
    file, _ = _out("tbx3", diplomatic()[:5])
    for dialect in ("TBX-Min", "TBX-Core"):
        assert faults(file.replace(b"TBX-Basic", dialect.encode())) != []
    less, _ = _out("tbx-min", diplomatic()[:5])
    assert faults(less.replace(b"TBX-Min", b"TBX-Core")) != []
    assert faults(less.replace(b"TBX-Min", b"TBX-Basic")) == []
