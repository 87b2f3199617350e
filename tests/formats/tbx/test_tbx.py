"""TBX in: what producers really ship."""

from io import BytesIO
from typing import Any

import pytest

from glossary.errors import UnreadableFile
from glossary.formats.record import Limits, ReadOptions, Record, Refused
from glossary.formats.tbx.read import read
from tests.formats.whole_entries import records, whole

_ED_2 = "urn:iso:std:iso:30042:ed-2"
_V3 = f'<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="{_ED_2}">'


def _v2(inside: str, root: str = '<martif type="TBX" xml:lang="en">') -> bytes:
    file = f'<?xml version="1.0"?>\n{root}<text><body>{inside}</body></text></martif>'
    return file.encode()


def _one(file: bytes) -> dict[str, Any]:
    (record,) = records(read, file)
    whole(record.data)
    return record.data


def _refused(file: bytes, limits: Limits | None = None) -> Refused:
    options = ReadOptions(limits=limits or Limits())
    (refused,) = read(BytesIO(file), options).records
    assert isinstance(refused, Refused)
    return refused


_TERMS = [
    {"lang": "en", "text": "peaceful development"},
    {"lang": "zh-Hans", "text": "和平发展"},
]
_TIG = (
    '<langSet xml:lang="en"><tig><term>peaceful development</term></tig></langSet>'
    '<langSet xml:lang="zh-CN"><tig><term>和平发展</term></tig></langSet>'
)
_NTIG = _TIG.replace("<tig>", "<ntig><termGrp>").replace("</tig>", "</termGrp></ntig>")
_SEC = _TIG.replace("langSet", "langSec").replace("tig>", "termSec>")
_MIN = _TIG.replace("langSet", "langGroup").replace("tig>", "termGroup>")
_MARTIF_DTD = (
    '<!DOCTYPE martif PUBLIC "ISO 12200:1999A//DTD MARTIF core (DXFcdV04)//EN"'
    ' "TBXcdv04.dtd">\n'
)


_V2_ENTRY = f'<termEntry id="x">{_TIG}</termEntry>'
_NTIG_ENTRY = f'<termEntry id="x">{_NTIG}</termEntry>'
_V3_ENTRY = f'<conceptEntry id="x">{_SEC}</conceptEntry>'
_MIN_ENTRY = f'<conceptEntry id="x">{_MIN}</conceptEntry>'
_BASIC_DTD = '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">\n'
_LISA = "http://www.lisa.org/TBX-Specification.3.0"


@pytest.mark.parametrize(
    ("root", "entry"),
    [
        ('<martif type="TBX">', _V2_ENTRY),
        (f'{_MARTIF_DTD}<martif type="TBX">', _NTIG_ENTRY),
        (f'{_BASIC_DTD}<martif type="TBX-Basic">', _V2_ENTRY),
        (f'<martif type="TBX" xmlns="{_ED_2}">', _V2_ENTRY),
        ('<TBX dialect="TBX-Min">', _MIN_ENTRY),
        (_V3, _V3_ENTRY),
        ('<tbx type="TBX-Core" xmlns="urn:iso:std:iso:30042:ed:3.0">', _V3_ENTRY),
        (f'<tbx type="TBX-anything" xmlns="{_LISA}">', _V3_ENTRY),
    ],
    ids="v2 martif-2002 basic-v2 hybrid min-2013 v3 draft lisa".split(),
)
def test_every_generation_gives_the_same_record(root: str, entry: str) -> None:
    end = root.rpartition("<")[2].split()[0]
    file = f"{root}<text><body>{entry}</body></text></{end}>"
    assert _one(file.encode()) == {"id": "x", "terms": _TERMS}


def test_a_lokalize_entry_has_several_terms_in_a_language() -> None:
    file = _v2(
        '<termEntry id="kde-1"><langSet xml:lang="en_US"><ntig><termGrp><term>'
        '&amp;About</term></termGrp></ntig></langSet><langSet xml:lang="zh_CN"><ntig>'
        "<termGrp><term>关于</term></termGrp></ntig><ntig><termGrp><term>关于(&amp;A)</term>"
        "</termGrp></ntig></langSet></termEntry>"
    )
    assert _one(file)["terms"] == [
        {"lang": "en-US", "text": "&About"},
        {"lang": "zh-Hans", "text": "关于"},
        {"lang": "zh-Hans", "text": "关于(&A)"},
    ]


def test_a_language_is_taken_from_the_root_where_none_is_said() -> None:
    file = _v2(
        '<termEntry id="a"><langSet><tig><term>treaty</term></tig></langSet>'
        '<langSet xml:lang="zh-CN"><tig><term>条约</term></tig></langSet></termEntry>',
        '<martif type="TBX" xml:lang="en_US">',
    )
    assert [term["lang"] for term in _one(file)["terms"]] == ["en-US", "zh-Hans"]


def test_no_language_anywhere_is_refused() -> None:
    file = _v2(
        '<termEntry id="a">\n<langSet><tig><term>treaty</term></tig></langSet>'
        "</termEntry>",
        '<martif type="TBX">',
    )
    refused = _refused(file)
    assert (refused.line, refused.column, refused.code) == (3, "langSet", "no-language")


@pytest.mark.parametrize(
    "inside",
    [
        "<descrip type='definition'>x</descrip>",
        "",
        '<langSet xml:lang="en"/>',
        '<langSet xml:lang="en"><tig><term> </term></tig></langSet>',
    ],
)
def test_an_entry_without_a_term_is_refused_and_the_next_one_read(inside: str) -> None:
    file = _v2(
        f'\n<termEntry id="cid-1">{inside}</termEntry>\n'
        f'<termEntry id="b">{_TIG}</termEntry>'
    )
    first, second = read(BytesIO(file), ReadOptions()).records
    assert isinstance(first, Refused)
    assert (first.line, first.code, first.value) == (3, "empty-entry", "cid-1")
    assert isinstance(second, Record)
    assert (second.line, second.data["id"]) == (4, "b")


def test_an_empty_term_beside_another_is_no_term() -> None:
    empty = '<langSet xml:lang="fr"><tig><term/></tig></langSet>'
    assert _one(_v2(f"<termEntry>{_TIG}{empty}</termEntry>")) == {"terms": _TERMS}


def test_a_microsoft_entry_keeps_its_id_and_part_of_speech() -> None:
    file = _v2(
        '<termEntry id="2_76365"><langSet xml:lang="en-us"><descripGrp><descrip type='
        '"definition">A promise between states.</descrip></descripGrp><ntig><termGrp>'
        '<term id="2_76365_t">treaty</term><termNote type="partOfSpeech">Noun'
        '</termNote></termGrp></ntig></langSet><langSet xml:lang="zh-CN"><ntig>'
        "<termGrp><term>条约</term></termGrp></ntig></langSet></termEntry>"
    )
    data = _one(file)
    assert data["id"] == "c2-76365"
    assert data["definition"] == {"en-US": "A promise between states."}
    assert data["terms"][0]["part_of_speech"] == "noun"
    assert data["extra"] == {"id": "2_76365"}


def test_a_part_of_speech_said_more_exactly_is_kept_beside_ours() -> None:
    file = _v2(
        '<termEntry id="e"><langSet xml:lang="en"><tig><term>Quad</term>'
        '<termNote type="partOfSpeech">properNoun</termNote></tig></langSet>'
        "</termEntry>"
    )
    data = _one(file)
    assert data["terms"][0]["part_of_speech"] == "noun"
    exact = {"element": "termNote", "type": "partOfSpeech", "text": "properNoun"}
    kept = {"lang": "en", "text": "Quad", "items": [exact]}
    assert data["extra"] == {"tbx": {"terms": [kept]}}


def test_an_iate_entry_has_subjects_and_a_reliability() -> None:
    file = (
        f'{_V3}<text><body><conceptEntry id="3567890"><descrip type="subjectField">'
        'INTERNATIONAL RELATIONS;defence</descrip><langSec xml:lang="en"><termSec>'
        '<term>arms control</term><termNote type="termType">fullForm</termNote>'
        '<descrip type="reliabilityCode">1</descrip></termSec></langSec></conceptEntry>'
        "</body></text></tbx>"
    )
    data = _one(file.encode())
    assert data["id"] == "c3567890"
    assert data["subjects"] == ["international-relations", "defence"]
    assert data["state"] == "draft"
    assert data["terms"][0]["type"] == "fullForm"
    kept = data["extra"]["tbx"]
    assert kept["concept"][0]["text"] == "INTERNATIONAL RELATIONS;defence"
    assert kept["terms"][0]["items"][0]["type"] == "reliabilityCode"


def test_a_chinese_subject_field_gets_an_id_and_keeps_its_name() -> None:
    subject = '<descrip type="subjectField">国际关系；外交</descrip>'
    data = _one(_v2(f"<termEntry>{subject}{_TIG}</termEntry>"))
    assert len(data["subjects"]) == 2
    assert data["extra"]["tbx"]["concept"][0]["text"] == "国际关系；外交"


@pytest.mark.parametrize(
    "group",
    [
        "<descripGrp>{}<descrip type='context'>x</descrip></descripGrp>",
        "<descripGrp>{}<admin type='source'>x</admin></descripGrp>",
        "{}",
    ],
)
def test_pontoon_puts_definitions_at_terms_and_two_in_a_group(group: str) -> None:
    said = group.format("<descrip type='definition'>a rise without war</descrip>")
    file = (
        f'{_V3}<text><body><conceptEntry id="9"><langSec xml:lang="en-US"><termSec>'
        f"<term>peaceful rise</term>{said}</termSec></langSec></conceptEntry></body>"
        "</text></tbx>"
    )
    assert _one(file.encode())["definition"] == {"en-US": "a rise without war"}


def test_groups_after_the_terms_of_a_language_are_read() -> None:
    file = _v2(
        '<termEntry id="p"><langSet xml:lang="en"><ntig><termGrp><term>consensus</term>'
        "</termGrp></ntig><descripGrp><descrip type='definition'>agreement</descrip>"
        "</descripGrp></langSet></termEntry>"
    )
    assert _one(file)["definition"] == {"en": "agreement"}


def test_dct_elements_are_read_like_dca_attributes() -> None:
    file = """<tbx type="TBX-Basic" style="dct" xml:lang="en"
      xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min"
      xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body>
      <conceptEntry id="c1"><min:subjectField>diplomacy</min:subjectField>
      <langSec xml:lang="zh-CN"><descripGrp>
      <basic:definition>以武力相威胁</basic:definition>
      <basic:source>外交部</basic:source></descripGrp>
      <termSec><term>武力威胁</term>
      <min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus>
      <min:partOfSpeech>noun</min:partOfSpeech>
      <basic:termType>phrase</basic:termType>
      <basic:geographicalUsage>CN</basic:geographicalUsage>
      <min:customerSubset>MFA of China</min:customerSubset>
      </termSec></langSec></conceptEntry></body></text></tbx>"""
    data = _one(file.encode())
    assert data["subjects"] == ["diplomacy"]
    assert data["definition"] == {"zh-Hans": "以武力相威胁"}
    assert data["terms"] == [
        {
            "lang": "zh-Hans",
            "text": "武力威胁",
            "status": "deprecated",
            "type": "phrase",
            "part_of_speech": "noun",
            "issuer": "MFA of China",
        }
    ]
    kept = data["extra"]["tbx"]
    assert kept["languages"]["zh-Hans"][0]["items"] == [
        {"element": "admin", "type": "source", "text": "外交部"}
    ]
    assert [item["type"] for item in kept["terms"][0]["items"]] == ["geographicalUsage"]


def test_tbx_min_of_2013_says_status_and_customer_in_elements() -> None:
    file = """<TBX dialect="TBX-Min">
      <header><languages source="zh" target="en"/></header>
      <body><conceptEntry id="C1"><subjectField>diplomacy</subjectField>
      <langGroup xml:lang="en"><termGroup><term>big power</term>
      <termStatus>notRecommended</termStatus><customer>UN</customer>
      <partOfSpeech>noun</partOfSpeech>
      <noteGrp><note>Say major country.</note></noteGrp>
      </termGroup></langGroup></conceptEntry></body></TBX>"""
    data = _one(file.encode())
    assert (data["id"], data["extra"]["id"]) == ("c1", "C1")
    assert data["terms"] == [
        {
            "lang": "en",
            "text": "big power",
            "status": "deprecated",
            "issuer": "UN",
            "part_of_speech": "noun",
            "usage": "Say major country.",
        }
    ]


@pytest.mark.parametrize(
    ("kind", "said", "status"),
    [
        ("administrativeStatus", "preferredTerm-admn-sts", "preferred"),
        ("administrativeStatus", "legalTerm-admn-sts", "admitted"),
        ("administrativeStatus", "supersededTerm-admn-sts", "superseded"),
        ("usageStatus", "deprecated", "deprecated"),
        ("usageStatus", "notRecommended", "deprecated"),
        ("administrativeStatus", "obsolete", "superseded"),
        ("administrativeStatus", "forbidden", "forbidden"),
        ("normativeAuthorization", "standardizedTerm", "admitted"),
        ("administrativeStatus", "禁用", "forbidden"),
    ],
)
def test_a_status_is_understood(kind: str, said: str, status: str) -> None:
    note = f'<termNote type="{kind}">{said}</termNote>'
    file = _v2(f"<termEntry>{_TIG.replace('</term>', '</term>' + note, 1)}</termEntry>")
    data = _one(file)
    assert data["terms"][0]["status"] == status
    assert "extra" not in data


@pytest.mark.parametrize("said", ["unprocessed", "provisionallyProcessed", "proposed"])
def test_a_term_that_is_only_proposed_makes_a_draft(said: str) -> None:
    note = f'<termNote type="processStatus">{said}</termNote>'
    file = _v2(f"<termEntry>{_TIG.replace('</term>', '</term>' + note, 1)}</termEntry>")
    data = _one(file)
    assert data["state"] == "draft"
    assert "status" not in data["terms"][0]
    assert data["extra"]["tbx"]["terms"][0]["items"][0]["text"] == said


def test_an_unknown_status_is_kept() -> None:
    note = '<termNote type="administrativeStatus">grue</termNote>'
    data = _one(
        _v2(f"<termEntry>{_TIG.replace('</term>', '</term>' + note, 1)}</termEntry>")
    )
    assert "status" not in data["terms"][0]
    assert data["extra"]["tbx"]["terms"][0]["items"][0]["text"] == "grue"


def test_a_context_with_a_source_is_a_citation_and_one_without_is_usage() -> None:
    group = (
        "</term><descripGrp><descrip type='context'>China pursues peaceful development."
        "</descrip><admin type='source'>人民日报 2005-12-22</admin></descripGrp>"
        "<descrip type='context'>the path of peaceful development</descrip>"
        "<admin type='source'>white-paper-2005, ch. 1</admin>"
    )
    data = _one(_v2(f"<termEntry>{_TIG.replace('</term>', group, 1)}</termEntry>"))
    first, second = data["terms"][0]["citations"]
    assert first["locator"] == "人民日报 2005-12-22"
    assert first["quote"] == "China pursues peaceful development."
    assert second == {"source": "white-paper-2005", "locator": "ch. 1", "quote": ""}
    assert data["terms"][0]["usage"] == "the path of peaceful development"
    assert "extra" not in data


def test_links_become_relations() -> None:
    links = (
        '<ref type="crossReference" target="X1">see also</ref>'
        '<ref type="crossReference" target="war">contrast</ref>'
        '<descrip type="broaderConceptGeneric" target="#policy">policy</descrip>'
        '<xref type="externalCrossReference" target="https://example.org/a">a</xref>'
    )
    data = _one(_v2(f"<termEntry>{links}{_TIG}</termEntry>"))
    assert data["relations"] == [
        {"type": "related", "entry": "x1"},
        {"type": "contrast", "entry": "war"},
        {"type": "broader", "entry": "policy"},
    ]
    kept = [item["type"] for item in data["extra"]["tbx"]["concept"]]
    assert kept == ["crossReference", "broaderConceptGeneric", "externalCrossReference"]


def test_notes_of_every_level_find_a_place() -> None:
    file = _v2(
        '<termEntry><note>Used since 2004.</note><langSet xml:lang="zh"><note>中文说明'
        "</note><tig><term>和平发展</term><note>正式场合</note><note>since: 2004"
        "</note><note>since: long ago</note></tig></langSet></termEntry>"
    )
    data = _one(file)
    assert data["note"] == "Used since 2004.\n中文说明"
    (term,) = data["terms"]
    assert (term["usage"], term["since"]) == ("正式场合\nsince: long ago", "2004")


def test_transactions_are_kept_with_their_dates_and_people() -> None:
    group = (
        '<transacGrp><transac type="transactionType">origination</transac><transacNote '
        'type="responsibility" target="p1">王</transacNote><date>2010-04-17</date>'
        "</transacGrp>"
    )
    data = _one(_v2(f"<termEntry>{group}{_TIG}</termEntry>"))
    (kept,) = data["extra"]["tbx"]["concept"]
    assert kept["text"] == "origination"
    assert kept["items"] == [
        {
            "element": "transacNote",
            "type": "responsibility",
            "text": "王",
            "target": "p1",
        },
        {"element": "date", "text": "2010-04-17"},
    ]


def test_one_wording_given_twice_is_one_term() -> None:
    twice = (
        '<langSet xml:lang="zh-CN"><tig><term>和平发展</term></tig></langSet>'
        '<langSet xml:lang="zh-SG"><tig><term>和平发展</term><termNote type="termType">'
        "phrase</termNote></tig></langSet>"
    )
    data = _one(_v2(f"<termEntry>{twice}</termEntry>"))
    assert data["terms"] == [{"lang": "zh-Hans", "text": "和平发展", "type": "phrase"}]


def test_a_second_definition_is_kept() -> None:
    first, second = (f"<descrip type='definition'>{text}</descrip>" for text in "ab")
    data = _one(_v2(f"<termEntry>{first}{second}{_TIG}</termEntry>"))
    assert data["definition"] == {"en": "a"}
    assert data["extra"]["tbx"]["languages"]["en"][0]["text"] == "b"


def test_a_chinese_definition_under_an_english_root_is_chinese() -> None:
    definition = "<descrip type='definition'>不以武力崛起</descrip>"
    data = _one(_v2(f"<termEntry>{definition}{_TIG}</termEntry>"))
    assert data["definition"] == {"zh-Hans": "不以武力崛起"}


def test_inline_elements_are_read_as_text_and_codes_are_not() -> None:
    file = _v2(
        '<termEntry><langSet xml:lang="en"><tig><term>win-<hi type="italics">win</hi>'
        " <ph>{1}</ph>cooperation\n   and more</term></tig></langSet></termEntry>"
    )
    assert _one(file)["terms"][0]["text"] == "win-win cooperation and more"


def test_a_place_is_told_for_every_term() -> None:
    (record,) = records(read, _v2(f"\n<termEntry>{_TIG}</termEntry>"))
    assert record.line == 3
    assert record.columns == {
        "/terms/0/text": "langSet[en]/tig/term",
        "/terms/1/text": "langSet[zh-CN]/tig/term",
    }


def test_a_text_over_the_limit_refuses_only_its_entry() -> None:
    file = _v2(f"<termEntry>\n{_TIG.replace('peaceful', 'x' * 200)}</termEntry>")
    refused = _refused(file, Limits(cell=100))
    assert (refused.line, refused.column, refused.code) == (3, "term", "too-long")


@pytest.mark.parametrize(
    ("said", "true"),
    [
        ("UTF-16", "utf-16"),
        ("UTF-16", "utf-8"),
        ("UTF-8", "gb18030"),
        ("", "utf-8-sig"),
    ],
)
def test_encodings_that_are_told_wrongly_are_read(said: str, true: str) -> None:
    prolog = f'<?xml version="1.0" encoding="{said}"?>' if said else ""
    file = _v2(f"<termEntry>{_TIG}</termEntry>").decode().partition("\n")[2]
    assert _one((prolog + file).encode(true))["terms"] == _TERMS


def test_three_megabytes_on_one_line_give_every_entry() -> None:
    inside = "".join(f'<termEntry id="{n}">{_TIG}</termEntry>' for n in range(16_000))
    found = records(read, _v2(inside).replace(b"\n", b""))
    assert len(found) == 16_000
    assert {record.line for record in found} == {1}


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"%PDF-1.7",
        b"<xliff><file/></xliff>",
        b'<martif><text><body><termEntry id="a">',
        b"<martif>\0</martif>",
        b'<!DOCTYPE martif [<!ENTITY a "b">]><martif>&a;</martif>',
    ],
)
def test_what_is_no_tbx_is_refused_with_its_line(file: bytes) -> None:
    with pytest.raises(UnreadableFile, match="ine 1"):
        list(read(BytesIO(file), ReadOptions()).records)


def test_a_file_without_entries_gives_no_record() -> None:
    assert records(read, b"<tbx><tbxHeader/><text/></tbx>") == []
