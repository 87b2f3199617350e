"""MultiTerm XML, in and out."""

from io import BytesIO
from typing import Any

import pytest
from lxml import etree

from glossary.errors import UnreadableFile
from glossary.formats.multiterm import read
from glossary.formats.multiterm_out import write
from glossary.formats.record import ReadOptions, Refused
from tests.formats.whole_entries import diplomatic, read_back, records, told, whole

_FILE = """<?xml version="1.0" encoding="UTF-16"?>
<mtf><conceptGrp><concept>1</concept>
<system type="entryClass">1</system>
<transacGrp><transac type="origination">super</transac><date>2021-03-01T10:00:00</date>
</transacGrp>
<descripGrp><descrip type="Auteur">王毅</descrip></descripGrp>
<descripGrp><descrip type="Domaine">Diplomatie</descrip></descripGrp>
<descripGrp><descrip type="Note">Siehe 2014.</descrip></descripGrp>
<languageGrp><language lang="EN" type="English"/>
<descripGrp><descrip type="Definition">Ties between major countries.</descrip>
<descripGrp><descrip type="Source">MFA</descrip></descripGrp></descripGrp>
<termGrp><term>new model of major-country relationship</term>
<descripGrp><descrip type="Status">preferred</descrip></descripGrp>
<descripGrp><descrip type="Context">build a new model</descrip>
<descripGrp><descrip type="Source">mfa-2014</descrip></descripGrp></descripGrp>
<descripGrp><descrip type="Wortart">Noun</descrip></descripGrp>
<descripGrp><descrip type="Region">GB</descrip></descripGrp></termGrp>
<termGrp><term>new type of great power relations</term>
<descripGrp><descrip type="Forbidden">TRUE</descrip></descripGrp></termGrp>
</languageGrp>
<languageGrp><language lang="ZH-CN" type="Chinese (PRC)"/>
<termGrp><term>新型大国关系</term>
<descripGrp><descrip type="状态">首选</descrip></descripGrp></termGrp>
</languageGrp></conceptGrp></mtf>
"""


@pytest.mark.parametrize("true", ["utf-16", "utf-8", "utf-8-sig", "utf-16-le"])
def test_a_concept_is_read_whether_utf_16_is_true_or_not(true: str) -> None:
    (record,) = records(read, _FILE.encode(true))
    whole(record.data)
    data = record.data
    assert record.line == 2
    assert (data["id"], data["extra"]["id"]) == ("c1", "1")
    assert data["subjects"] == ["diplomatie"]
    assert data["note"] == "Siehe 2014."
    assert data["definition"] == {"en": "Ties between major countries."}
    assert data["terms"] == [
        {
            "lang": "en",
            "text": "new model of major-country relationship",
            "status": "preferred",
            "part_of_speech": "noun",
            "citations": [
                {"source": "mfa-2014", "locator": "", "quote": "build a new model"}
            ],
        },
        {
            "lang": "en",
            "text": "new type of great power relations",
            "status": "forbidden",
        },
        {"lang": "zh-Hans", "text": "新型大国关系", "status": "preferred"},
    ]


def test_fields_with_names_of_their_own_are_kept() -> None:
    (record,) = records(read, _FILE.encode())
    kept = record.data["extra"]["multiterm"]
    author = {"element": "descrip", "type": "Auteur", "text": "王毅"}
    assert author in kept["concept"]
    assert kept["terms"][0]["items"][0]["type"] == "geographicalUsage"
    assert kept["concept"][0]["items"] == [
        {"element": "date", "text": "2021-03-01T10:00:00"}
    ]


@pytest.mark.parametrize(
    ("said", "lang"),
    [
        ('lang="EN" type="English"', "en"),
        ('lang="ZH" type="Chinese"', "zh-Hans"),
        ('lang="ZH-TW" type="中文"', "zh-Hant"),
        ('type="English (United States)"', "en"),
        ('type="Chinese_PRC"', "zh-Hans"),
        ('type="Chinese (Taiwan)"', "zh-Hant"),
        ('type="Chinese (Traditional, Hong Kong S.A.R.)"', "zh-Hant"),
        ('type="繁體中文"', "zh-Hant"),
        ('name="Chinese" locale="zh_CN"', "zh-Hans"),
        ('name="English" locale="en_US"', "en-US"),
        ('type="fr"', "fr"),
    ],
)
def test_a_language_is_told_by_its_code_or_its_name(said: str, lang: str) -> None:
    file = (
        f"<mtf><conceptGrp><concept>7</concept><languageGrp><language {said}/><termGrp>"
        "<term>x</term></termGrp></languageGrp></conceptGrp></mtf>"
    )
    (record,) = records(read, file.encode())
    assert record.data["terms"] == [{"lang": lang, "text": "x"}]


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ('<languageGrp><language type="Index A"/>{}</languageGrp>', "no-language"),
        ('<languageGrp><language lang="EN"/></languageGrp>', "empty-entry"),
        ("", "empty-entry"),
    ],
)
def test_a_concept_without_terms_or_language_is_refused(inside: str, code: str) -> None:
    term = inside.format("<termGrp><term>x</term></termGrp>")
    file = f"<mtf>\n<conceptGrp><concept>1</concept>{term}</conceptGrp></mtf>"
    (refused,) = read(BytesIO(file.encode()), ReadOptions()).records
    assert isinstance(refused, Refused)
    assert (refused.line, refused.code) == (2, code)


def test_a_cross_reference_inside_a_text_is_part_of_it() -> None:
    file = _FILE.replace("Siehe 2014.", 'Siehe <xref Tlink="a">主权</xref>.')
    (record,) = records(read, file.encode())
    assert record.data["note"] == "Siehe 主权."


def test_what_is_no_multiterm_file_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="MultiTerm"):
        list(read(BytesIO(b"<tbx/>"), ReadOptions()).records)


def test_what_is_written_is_what_multiterm_has_and_is_read_again() -> None:
    some = list(diplomatic()[::15])
    file, dropped = told(write, some)
    root = etree.fromstring(file)
    assert [e.text for e in root.iter("concept")] == [
        str(at) for at in range(1, len(some) + 1)
    ]
    first = root.find("conceptGrp/languageGrp")
    assert next(child.tag for child in first) == "language"  # type: ignore[union-attr]
    back = read_back(read, file)
    for was, now in zip(some, back, strict=True):
        for name in ("id", "glossary", "state", "subjects", "definition", "note"):
            assert now[name] == was[name], name
        assert _words(now) == _words(was)
    assert {d.pointer.split("/")[1] for d in dropped} <= {"relations", "terms", "extra"}


def _words(entry: dict[str, Any]) -> list[tuple[Any, ...]]:
    names = ("lang", "text", "status", "type", "part_of_speech", "issuer", "renders")
    said = (*names, "since", "until", "usage", "match", "ban")
    return sorted(tuple(map(str, map(term.get, said))) for term in entry["terms"])
