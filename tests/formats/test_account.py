"""What a file says and no entry holds is accounted for; what is kept is valid again."""

from io import BytesIO

from lxml import etree

from glossary.formats import by_name
from glossary.formats.record import Read, ReadOptions, Remark
from glossary.formats.tbx import read as tbx
from glossary.formats.tbx.write import write_v2, write_v3
from glossary.formats.tmx import read as read_tmx
from glossary.query import Order, Part
from glossary.store import Store
from glossary.transfer import take_out
from glossary.transfer.records import bring_in
from tests.formats.tbx.rules import faults
from tests.formats.whole_entries import entry, read_back, told, whole

_TBX = """\
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
<conceptEntry id="c1">
 <transacGrp><transac type="transactionType">origination</transac>
  <transacNote type="responsibility" target="wang">Wang</transacNote>
  <date>2013-06-07</date></transacGrp>
 <langSec xml:lang="zh-Hans"><termSec id="t1"><term>核心利益</term></termSec></langSec>
 <langSec xml:lang="en"><termSec><term id="t2">core interests</term>
  <ref type="crossReference" target="t3">重大关切</ref></termSec></langSec>
</conceptEntry>
<conceptEntry id="c2">
 <langSec xml:lang="zh-Hans"><termSec id="t3"><term>重大关切</term>
  <ref type="crossReference" target="t4">major concerns</ref></termSec></langSec>
 <langSec xml:lang="en"><termSec id="t4"><term>major <ph>&lt;b&gt;</ph>concerns</term>
 </termSec></langSec>
</conceptEntry>
</body><back><refObjectSec type="respPerson">
 <refObject id="wang"><item type="fn">Wang Yi</item></refObject>
 <refObject id="li"><item type="fn">Li Bai</item></refObject>
</refObjectSec></back></text></tbx>"""

_TMX = """<tmx version="1.4"><header/><body>
<tu tuid="1" creationdate="20130607T000000Z" changeid="li" usagecount="3">
<tuv xml:lang="zh-CN" changedate="20140101T000000Z"><seg>核心利益</seg></tuv>
<tuv xml:lang="en"><seg><bpt i="1">&lt;b&gt;</bpt>core interests</seg></tuv></tu>
</body></tmx>"""


def _left(read: Read, file: str) -> list[tuple[str, str]]:
    given = read(BytesIO(file.encode()), ReadOptions()).records
    return [(r.code, r.value) for r in given if isinstance(r, Remark) and r.lost]


def test_what_a_tbx_file_says_and_no_entry_holds_is_accounted_for() -> None:
    assert sorted(_left(tbx.read, _TBX)) == [
        ("back-matter", "li: Li Bai"),
        *[("id", f"t{number}") for number in range(1, 5)],
        ("inline-code", "<b>"),
        ("reference", "t4"),
    ]


def test_what_a_tmx_file_says_and_no_entry_holds_is_accounted_for() -> None:
    assert sorted(_left(read_tmx, _TMX)) == [
        ("count", "3"),
        ("date", "20130607T000000Z"),
        ("date", "20140101T000000Z"),
        ("inline-code", "<b>"),
        ("person", "li"),
    ]


def test_back_matter_that_an_entry_names_is_written_again() -> None:
    first, second = read_back(tbx.read, _TBX.encode())
    file, _ = told(write_v3, [first, second])
    assert faults(file) == []
    assert b"Wang Yi" in file
    assert read_back(tbx.read, file)[0]["extra"]["tbx"]["back"] == {
        "_wang": {
            "section": "respPerson",
            "items": [{"type": "fn", "text": "Wang Yi"}],
        }
    }
    older, _ = told(write_v2, [first, second])
    root = etree.fromstring(older)
    assert root.xpath("//back/refObjectList/refObject/@id") == ["_wang"]
    assert root.xpath("//transacNote/@target") == ["_wang"]


def test_a_reference_to_a_term_is_one_to_its_entry() -> None:
    first, second = read_back(tbx.read, _TBX.encode())
    assert first["relations"] == [{"type": "related", "entry": "c2"}]
    assert second["relations"] == []


def test_two_objects_of_one_id_are_two_in_a_file() -> None:
    first, second = read_back(tbx.read, _TBX.encode())
    other = whole({**second, "extra": {"tbx": _renamed(first)}})
    file, _ = told(write_v3, [first, other])
    assert faults(file) == []
    assert b"Wang Yi" in file
    assert b"Wang Huning" in file


def _renamed(entry: dict[str, object]) -> object:
    extra = entry["extra"]
    assert isinstance(extra, dict)
    items = [{"type": "fn", "text": "Wang Huning"}]
    return {**extra["tbx"], "back": {"wang": {"section": "respPerson", "items": items}}}


def test_what_a_valid_file_cannot_say_is_left_out_and_told() -> None:
    item = {"element": "transac", "type": "transactionType", "text": "origination"}
    beside = {"element": "transacNote", "type": "responsibility", "text": "王毅"}
    lost = {**beside, "target": "nobody", "lang": "no tag"}
    kept = {"concept": [{**item, "items": [lost]}]}
    file, dropped = told(write_v3, [entry(extra={"tbx": kept})])
    assert faults(file) == []
    assert [each.value for each in dropped] == ["nobody", "no tag"]


def test_any_part_of_a_file_is_valid(store: Store) -> None:
    outcomes: list[object] = []
    stream = BytesIO(_TBX.encode())
    order = Order(glossary="test")
    bring_in(store, by_name("tbx3"), stream, order, by="test", heed=outcomes.append)
    for name in ("c1", "c2"):
        file = BytesIO()
        take_out(
            store,
            by_name("tbx3"),
            file,
            part=Part(entry=name),
            drop=lambda _: None,
        )
        assert faults(file.getvalue()) == []
