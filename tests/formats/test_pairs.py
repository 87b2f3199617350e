"""Formats that hold pairs only: OmegaT, UTX, and the files of DeepL and Google."""

import io
from typing import Any

import pytest

from glossary.errors import UnreadableFile
from glossary.formats import omegat, parallel, utx
from glossary.formats.record import Dropped, ReadOptions, Record, Refused

ENTRY: dict[str, Any] = {
    "id": "major-country",
    "modified": "2014-02-14T08:00:00Z",
    "definition": {"en": "A country\tof weight.\nSee 大国."},
    "terms": [
        {"lang": "zh-Hans", "text": "大国", "status": "admitted"},
        {"lang": "zh-Hans", "text": "主要国家", "status": "preferred"},
        {"lang": "zh-Hant", "text": "大國", "status": "preferred"},
        {"lang": "en", "text": "great power", "status": "superseded"},
        {"lang": "en", "text": "big country"},
        {"lang": "en", "text": "major country", "status": "preferred", "issuer": "MFA"}
        | {"part_of_speech": "noun"},
    ],
}
ALONE = {"id": "alone", "terms": [{"lang": "zh-Hans", "text": "孤独"}]}


def written(module: Any, *entries: dict[str, Any]) -> tuple[str, list[Dropped]]:
    stream, dropped = io.BytesIO(), list[Dropped]()
    module.write(entries, stream, dropped.append)
    return stream.getvalue().decode(), dropped


def found(module: Any, data: str | bytes, **options: Any) -> list[Record | Refused]:
    raw = data.encode() if isinstance(data, str) else data
    return list(module.read(io.BytesIO(raw), ReadOptions(**options)).records)


def texts(record: Record | Refused) -> list[str]:
    assert isinstance(record, Record), record
    return [f"{term['lang']}:{term['text']}" for term in record.data["terms"]]


# --- OmegaT


def test_omegat_gets_every_usable_pair_best_first() -> None:
    text, dropped = written(omegat, ENTRY, ALONE)
    what = "A country of weight. See 大国."
    assert text.splitlines() == [
        f"主要国家\tmajor country\tpreferred; issuer: MFA; {what}",
        f"主要国家\tbig country\tadmitted; {what}",
        f"大国\tmajor country\tpreferred; issuer: MFA; {what}",
        f"大国\tbig country\tadmitted; {what}",
    ]
    assert [(d.entry, d.pointer, d.value) for d in dropped] == [
        ("major-country", "/terms/2", "大國"),
        ("major-country", "/terms/3", "great power"),
        ("alone", "/terms/0", "孤独"),
    ]


def test_omegat_lines_hold_no_tab_and_never_look_like_comments() -> None:
    terms = [{"lang": "zh-Hans", "text": "#一\t二"}, {"lang": "en", "text": "# one"}]
    text, _ = written(omegat, {"id": "x", "terms": terms})
    assert text == " #一 二\t # one\tadmitted\n"
    assert texts(found(omegat, text)[0]) == ["zh-Hans:#一 二", "en:# one"]


@pytest.mark.parametrize("module", [omegat, utx])
@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+ more", "@who", "-ism"])
def test_no_line_begins_a_formula_and_each_is_read_as_it_was(
    module: Any, text: str
) -> None:
    terms = [
        {"lang": "zh-Hans", "text": "主权", "status": "preferred"},
        {"lang": "en", "text": text, "status": "preferred"},
    ]
    made, _ = written(module, {"id": "x", "terms": terms})
    assert not any(
        cell.startswith(text[0]) and cell.strip() != "-"
        for line in made.splitlines()
        for cell in line.split("\t")
    )
    assert f"en:{text}" in texts(found(module, made)[0])


def test_omegat_text_is_read_without_quoting() -> None:
    records = found(
        omegat,
        "# -*- coding: utf-8 -*-\n# comment\n"
        "一带一路\tthe Belt and Road\tnot “OBOR”\n\n"
        '"一带一路"倡议\t"Belt and Road" Initiative\n'
        "峰会\tsummit\n峰会\tsummit meeting\n",
    )
    assert [texts(r)[1] for r in records] == [
        "en:the Belt and Road",
        'en:"Belt and Road" Initiative',
        "en:summit",
        "en:summit meeting",
    ]
    assert isinstance(records[0], Record)
    assert records[0].data["note"] == "not “OBOR”"
    assert [r.line for r in records] == [3, 5, 6, 7]


def test_omegat_text_may_be_utf_16() -> None:
    data = "summit\t峰会\nworld\t世界\n".encode("utf-16-le")
    assert texts(found(omegat, data)[1]) == ["en:world", "zh-Hans:世界"]


def test_omegat_lines_without_a_tab_are_refused() -> None:
    whole, refused = found(omegat, "峰会\tsummit\nno tab here\n")
    assert isinstance(whole, Record)
    assert isinstance(refused, Refused)
    assert (refused.line, refused.code) == (2, "too-few-columns")


def test_omegat_text_takes_declared_languages() -> None:
    (record,) = found(omegat, "hello\thallo\n", source="en", target="de")
    assert texts(record) == ["en:hello", "de:hallo"]


def test_an_omegat_export_is_read_again() -> None:
    text, _ = written(omegat, ENTRY)
    assert len(found(omegat, text)) == 4


# --- UTX


def test_utx_says_every_rendering_with_its_status() -> None:
    text, dropped = written(utx, ENTRY)
    rest = "A country of weight. See 大国.\t-\t-\tmajor-country"
    heading = (
        "#src\ttgt\tsrc:pos\ttgt:pos\tterm status\ttgt:status\ttgt:definition"
        "\ttgt:usage\tstate\tconcept ID"
    )
    assert text.split("\r\n") == [
        "#UTX 1.11; zh-CN/en; 2014-02-14T08:00:00+00:00; bidirectional;",
        heading,
        f"主要国家\tmajor country\t-\tnoun\tapproved\tpreferred\t{rest}",
        f"主要国家\tbig country\t-\t-\tprovisional\tadmitted\t{rest}",
        f"主要国家\tgreat power\t-\t-\tnon-standard\tsuperseded\t{rest}",
        "",
    ]
    assert [d.value for d in dropped] == ["大国", "大國"]


def test_an_empty_utx_is_headed() -> None:
    text, _ = written(utx)
    assert text.startswith("#UTX 1.11; zh-CN/en; 1970-01-01T00:00:00+00:00;")
    assert found(utx, text) == []


def test_utx_is_read_with_its_languages_and_dashes() -> None:
    records = found(
        utx,
        "#UTX 1.11; en/zh-CN; 2013-12-20T17:00:45; copyright: LTAC; license: CC-BY; "
        "bidirectional; Dictionary ID: X;\r\n#Description: test;\r\n"
        "#src\ttgt\tsrc:pos\tterm status\ttgt:comment\r\n"
        "summit\t峰会\tnoun\tapproved\t-\r\n# a comment\r\n"
        "leaders' meeting\t峰会\tnoun\tforbidden\tno\r\n",
    )
    first, second = records
    assert texts(first) == ["en:summit", "zh-Hans:峰会"]
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert first.data["terms"][1]["status"] == "preferred"
    assert first.data["terms"][0]["part_of_speech"] == "noun"
    assert "part_of_speech" not in first.data["terms"][1]
    assert "note" not in first.data
    assert second.data["terms"][1]["status"] == "forbidden"
    assert [r.line for r in records] == [4, 6]


def test_an_older_utx_without_status_is_read() -> None:
    (record,) = found(
        utx, "#UTX-S 1.00; en/zh\n#src\ttgt\tsrc:pos\nworld\t世界\tnoun\n"
    )
    assert texts(record) == ["en:world", "zh-Hans:世界"]


def test_values_shifted_against_the_columns_make_no_status() -> None:
    record, *remarks = found(
        utx,
        "#UTX 1.11; en/zh-CN\n#src\ttgt\tsrc:pos\tterm status\n"
        "world\t世界\tapproved\tsome comment\n",
    )
    assert isinstance(record, Record)
    assert all("status" not in term for term in record.data["terms"])
    assert record.data["extra"]["csv"]["term status"] == "some comment"
    assert {each.code for each in remarks} == {"value"}


def test_what_is_no_utx_is_refused() -> None:
    for text in ("", "a\tb\n", "#UTX 1.11; en/zh\n"):
        with pytest.raises(UnreadableFile, match="not UTX"):
            found(utx, text)


def test_a_utx_export_is_read_again_as_one_entry() -> None:
    (record,) = found(utx, written(utx, ENTRY)[0])
    assert isinstance(record, Record)
    assert record.data["id"] == "major-country"
    assert [t.get("status") for t in record.data["terms"] if t["lang"] == "en"] == [
        "preferred",
        "admitted",
        "superseded",
    ]


def test_a_draft_is_told_from_an_approved_entry_or_that_is_reported() -> None:
    draft = ENTRY | {"state": "draft"}
    assert "\tdraft; preferred; issuer: MFA; A country" in written(omegat, draft)[0]
    assert "draft" not in written(omegat, ENTRY | {"state": "approved"})[0]
    (record,) = found(utx, written(utx, draft)[0])
    assert isinstance(record, Record)
    assert record.data["state"] == "draft"
    text, dropped = written(parallel, draft)
    assert text == ""
    assert ("/state", "draft") in [(d.pointer, d.value) for d in dropped]


# --- DeepL and Google


def test_deepl_gets_one_rendering_of_a_source() -> None:
    same = {**ENTRY, "id": "same"}
    text, dropped = written(parallel, ENTRY, same, ALONE)
    assert text == "主要国家,major country\r\n大国,major country\r\n"
    reasons = {str(d.reason) for d in dropped}
    assert "Another entry already has the same source." in reasons
    assert "This format holds one rendering for each source." in reasons
    assert "This format holds no terms that are superseded." in reasons


def test_deepl_gets_no_term_over_1024_bytes() -> None:
    terms = [
        {"lang": "zh-Hans", "text": "峰" * 342},
        {"lang": "zh-Hans", "text": "峰" * 341},
        {"lang": "en", "text": "e" * 1025, "status": "preferred"},
        {"lang": "en", "text": 'a "b", c'},
    ]
    text, dropped = written(parallel, {"id": "long", "terms": terms})
    assert text == f'{"峰" * 341},"a ""b"", c"\r\n'
    assert [d.pointer for d in dropped] == ["/terms/0", "/terms/2"]


def test_deepl_files_are_read_with_and_without_the_languages() -> None:
    (bare,) = found(parallel, "双赢,win-win\r\n")
    assert texts(bare) == ["zh-Hans:双赢", "en:win-win"]
    several = "win-win,双赢,EN,ZH\npaix,和平,FR,ZH\n"
    assert [texts(each) for each in found(parallel, several)] == [
        ["en:win-win", "zh-Hans:双赢"],
        ["fr:paix", "zh-Hans:和平"],
    ]
    (told,) = found(parallel, "paix\t和平\n", source="fr", target="zh-Hans")
    assert texts(told) == ["fr:paix", "zh-Hans:和平"]
