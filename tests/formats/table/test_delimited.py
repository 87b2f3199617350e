"""Every producer of tables, and every trap that their files hold."""

import io
import json
import re
import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.errors import UnreadableFile
from glossary.formats.record import (
    Dropped,
    FileReading,
    Limits,
    ReadOptions,
    Record,
    Refused,
    Remark,
)
from glossary.formats.table.delimited import delimiter_of, read, write_csv, write_tsv
from glossary.schema import EntrySchema, load

Pair = tuple[str, str]


def reading(text: str, **options: Any) -> FileReading:
    return read(io.BytesIO(text.encode()), ReadOptions(**options))


def records(text: str, **options: Any) -> list[Record]:
    given = reading(text, **options).records
    found = [each for each in given if not isinstance(each, Remark)]
    assert all(isinstance(record, Record) for record in found), found
    return [record for record in found if isinstance(record, Record)]


def terms(record: Record | Refused) -> list[Pair]:
    assert isinstance(record, Record)
    return [(term["lang"], term["text"]) for term in record.data["terms"]]


def only(text: str, **options: Any) -> Record:
    (record,) = records(text, **options)
    load(EntrySchema(), record.data)
    return record


def pair(zh: str, en: str) -> list[Pair]:
    return [("zh-Hans", zh), ("en", en)]


# --- Producers


def test_omegat_csv_without_heading_has_a_comment() -> None:
    found = records('summit,峰会,"a meeting, high"\nworld,世界,globe\n')
    assert terms(found[0]) == [("en", "summit"), ("zh-Hans", "峰会")]
    assert found[0].data["note"] == "a meeting, high"
    assert found[0].columns == {
        "/terms/0/text": "column 1",
        "/terms/1/text": "column 2",
        "/note": "column 3",
    }


def test_deepl_names_its_languages_in_columns_three_and_four() -> None:
    found = records("summit,峰会,EN,ZH\nworld,世界,EN,ZH\n")
    assert terms(found[1]) == [("en", "world"), ("zh-Hans", "世界")]
    found = records("hello\thallo\tEN\tDE\nworld\tWelt\tEN\tDE\n")
    assert terms(found[0]) == [("en", "hello"), ("de", "hallo")]


def test_google_has_two_columns_and_no_heading() -> None:
    assert terms(only("一带一路\tthe Belt and Road\n")) == pair(
        "一带一路", "the Belt and Road"
    )


def test_google_equivalent_term_sets_are_headed_by_tags() -> None:
    text = "en,zh_CN,pos,description\nresource,资源,noun,what is used\nresource,资源\n"
    found = records(text)
    assert terms(found[0]) == [("en", "resource"), ("zh-Hans", "资源")]
    assert found[0].data["definition"] == {"en": "what is used"}
    assert [t["part_of_speech"] for t in found[0].data["terms"]] == ["noun", "noun"]
    assert terms(found[1]) == terms(found[0])


def test_a_part_of_speech_may_be_said_in_many_words_and_an_unknown_one_is_kept() -> (
    None
):
    first, second, third = records(
        "中文,英文,词性\n协调,coordinate,动词\n双赢的,win-win,adj.\n关于,on,介词\n"
    )
    assert [t["part_of_speech"] for t in first.data["terms"]] == ["verb", "verb"]
    assert second.data["terms"][0]["part_of_speech"] == "adjective"
    assert "part_of_speech" not in third.data["terms"][0]
    assert third.data["extra"] == {"csv": {"词性": "介词"}}


def test_letter_case_is_said_of_terms_that_have_any() -> None:
    found = only("term;case sensitive;zh-CN;en\nPAC;true;和合;PAC\n")
    assert [t.get("case_sensitive") for t in found.data["terms"]] == [True, None]


def test_tico_19_names_the_languages_in_each_row() -> None:
    found = only(
        "stringID,sourceLang,targetLang,pos,description,sourceString,targetString\n"
        "41,en,zh-CN,noun,,coronavirus,冠状病毒\n"
    )
    assert terms(found) == [("en", "coronavirus"), ("zh-Hans", "冠状病毒")]
    assert found.data["id"] == "c41"
    assert found.data["extra"]["id"] == "41"


def test_memoq_repeats_its_headings_and_each_belongs_to_the_term_before() -> None:
    found = only(
        "Entry_ID,Entry_Subject,Entry_Domain,Entry_Note,English_United_States_Def,"
        "English_United_States,Term_Info,Term_Example,Chinese_PRC_Def,Chinese_PRC,"
        "Term_Info,Term_Example\n"
        "7,dip,law,remember,A meeting.,summit,CaseSense;HalfPrefix,the NATO summit,"
        "会议。,峰会,CasePermissive;NoPrefix,北约峰会\n"
    )
    assert found.data["terms"] == [
        {
            "lang": "en",
            "text": "summit",
            "usage": "the NATO summit",
            "case_sensitive": True,
        },
        {"lang": "zh-Hans", "text": "峰会", "usage": "北约峰会"},
    ]
    assert found.data["definition"] == {"en": "A meeting.", "zh-Hans": "会议。"}
    assert found.data["subjects"] == ["dip", "law"]
    assert found.data["note"] == "remember"
    assert found.data["extra"]["csv"] == {
        "Term_Info": "CaseSense;HalfPrefix",
        "Term_Info (2)": "CasePermissive;NoPrefix",
    }


def test_memoq_in_utf_16_with_synonyms_in_repeated_blocks() -> None:
    text = (
        "Entry_ID;Chinese_PRC;Term_Info;Chinese_PRC;Term_Info;English;Term_Info\n"
        "1;峰会;CasePermissive;首脑会议;CasePermissive;summit;CasePermissive\n"
    )
    found = list(read(io.BytesIO(text.encode("utf-16")), ReadOptions()).records)
    assert terms(found[0]) == [
        ("zh-Hans", "峰会"),
        ("zh-Hans", "首脑会议"),
        ("en", "summit"),
    ]


def test_phrase_tms_says_true_in_the_language_of_its_user() -> None:
    text = (
        "zh,Forbidden [zh],en,Forbidden [en]\n峰会,假,summit,WAHR\n领保,真,x,FALSCH\n"
    )
    first, second = records(text)
    assert first.data["terms"][1]["status"] == "forbidden"
    assert "status" not in first.data["terms"][0]
    assert second.data["terms"][0]["status"] == "forbidden"


def test_phrase_strings_has_a_term_and_locales_in_any_order() -> None:
    found = only(
        "term;case sensitive;translatable;description;zh-CN;en\n"
        "summit;false;true;A meeting.;峰会;summit\n"
    )
    assert terms(found) == [("en", "summit"), ("zh-Hans", "峰会")]
    assert found.data["definition"] == {"en": "A meeting."}


def test_lokalise_names_the_language_before_the_field() -> None:
    found = only(
        "term;description;casesensitive;translatable;forbidden;tags;en;en_description;"
        "zh_CN\nsummit;A meeting.;no;yes;no;mfa;summit;Of heads.;峰会\n"
    )
    assert terms(found) == [("en", "summit"), ("zh-Hans", "峰会")]
    assert found.data["definition"] == {"en": "A meeting.\nOf heads."}
    assert found.data["extra"]["csv"]["tags"] == "mfa"


def test_tolgee_says_yes_and_no() -> None:
    text = (
        "term,description,translatable,casesensitive,abbreviation,forbidden,en,zh\n"
        "NATO,an alliance,No,Yes,Yes,No,NATO,\n"
    )
    found = only(text)
    assert terms(found) == [("en", "NATO"), ("zh-Hans", "NATO")]
    assert found.data["terms"][0]["case_sensitive"] is True


def test_lingohub_has_a_term_a_row_grouped_by_entry() -> None:
    first, second = records(
        "entryId,entryDescription,entryTranslatable,term,termLocale,termIsSource,"
        "translation_en\n"
        "1,why,true,多边主义,zh-CN,true,multilateralism\n"
        "1,why,true,多邊主義,zh-TW,true,\n"
        "2,,true,峰会,zh-CN,true,summit\n"
    )
    assert terms(first) == [
        ("zh-Hans", "多边主义"),
        ("en", "multilateralism"),
        ("zh-Hant", "多邊主義"),
    ]
    assert (first.line, second.line) == (2, 4)
    assert first.data["definition"] == {"en": "why"}


def test_crowdin_puts_the_language_in_brackets() -> None:
    found = only(
        "Term [en],Description [en],Part of Speech [en],Status [en],Term [zh-CN],"
        "Status [zh-CN],Concept Definition,Concept Subject,Concept Note,Concept URL\n"
        "summit,Talks.,noun,preferred,首脑会议,obsolete,会议,dip,see NATO,https://x\n"
    )
    assert found.data["terms"] == [
        {
            "lang": "en",
            "text": "summit",
            "part_of_speech": "noun",
            "status": "preferred",
        },
        {"lang": "zh-Hans", "text": "首脑会议", "status": "superseded"},
    ]
    assert found.data["definition"] == {"en": "Talks.", "zh-Hans": "会议"}
    assert found.data["note"] == "see NATO"
    assert found.data["extra"]["csv"]["Concept URL"] == "https://x"


def test_weblate_context_tells_apart_and_is_no_example() -> None:
    found = only(
        "location,source,target,ID,fuzzy,context,translator_comments,"
        "developer_comments\n,summit,峰会,,False,politics,ours,theirs\n"
    )
    assert terms(found) == [("en", "summit"), ("zh-Hans", "峰会")]
    assert found.data["note"] == "ours\ntheirs"
    assert found.data["extra"]["csv"]["context"] == "politics"


def test_zanata_shortens_its_headings() -> None:
    found = only("en-US,zh-Hans,part of speech,desc\nsummit,峰会,noun,talks\n")
    assert terms(found) == [("en", "summit"), ("zh-Hans", "峰会")]
    assert found.data["definition"] == {"en": "talks"}


def test_supervertaler_forbids_the_target_and_not_the_source() -> None:
    found = only(
        "\ufeffSource Term\tTarget Term\tPriority\tDomain\tNotes\tProject\tClient\t"
        "Forbidden\n大国\tgreat power\t1\tlaw\tmajor country!\tp\tmfa\tTrue\n"
    )
    assert found.data["terms"] == [
        {"lang": "zh-Hans", "text": "大国"},
        {"lang": "en", "text": "great power", "status": "forbidden"},
    ]
    assert found.data["subjects"] == ["law", "mfa"]
    assert found.data["extra"]["csv"] == {"Priority": "1", "Project": "p"}


def test_matecat_has_notes_and_examples_per_language() -> None:
    found = only(
        "Forbidden,Domain,Subdomain,Definition,en-US,Notes,Example of use,zh-CN,Notes,"
        "Example of use\n,dip,nato,talks,summit,n1,a summit,峰会,n2,一次峰会\n"
    )
    assert [term["usage"] for term in found.data["terms"]] == ["a summit", "一次峰会"]
    assert found.data["note"] == "n1\nn2"


def test_a_list_of_one_language_is_refused_with_a_hint() -> None:
    with pytest.raises(UnreadableFile, match="Put each translation beside its term"):
        reading("multilateralism\nsummit\nstrategic trust\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "english,Taiwan,China\ncomputer,電腦,计算机\n",
            [("en", "computer"), ("zh-Hant", "電腦"), ("zh-Hans", "计算机")],
        ),
        (
            "ChineseTerm,EnglishTerm\n多边主义,multilateralism\n",
            pair("多边主义", "multilateralism"),
        ),
        ("原文,译文\nsummit,峰会\n", [("en", "summit"), ("zh-Hans", "峰会")]),
        ("原文,译文\n峰会,summit\n", pair("峰会", "summit")),
        ("术语,英译\n峰会,summit\n", pair("峰会", "summit")),
        ("中文名称;英文名称\n峰会;summit\n", pair("峰会", "summit")),
        (
            "english,中文,source\nsummit,峰会,mfa-2014\n",
            [("en", "summit"), ("zh-Hans", "峰会")],
        ),
        ("峰会;summit\n世界;world\n", pair("峰会", "summit")),
        ("sep=;\nen;zh\nsummit;峰会\n", [("en", "summit"), ("zh-Hans", "峰会")]),
        ("china,中国\njapan,日本\n", [("en", "china"), ("zh-Hans", "中国")]),
    ],
)
def test_tables_of_people_are_read(text: str, expected: Sequence[Pair]) -> None:
    assert terms(records(text)[0]) == expected


# --- Traps


def test_homographs_all_stay() -> None:
    chinese = "资源 资产 物力 财力 来源 办法 手段 机智 原料 富源 储备 人力".split()
    found = records("en,zh-CN\n" + "".join(f"resource,{zh}\n" for zh in chinese))
    assert [terms(record)[1][1] for record in found] == chinese


def test_a_heading_may_be_wider_than_its_rows() -> None:
    assert len(records("en,zh_CN,pos,description\nresource,资源\nsummit,峰会\n")) == 2


@pytest.mark.parametrize("term", ["V.34", "X.25", "(一)", "I. Newton"])
def test_a_term_that_is_the_same_in_both_languages_heads_no_section(term: str) -> None:
    text = f"en,zh\nabort,中止\n{term},{term}\nreal address,实地址\n"
    found = [*read(io.BytesIO(text.encode()), ReadOptions()).records]
    records = [each for each in found if isinstance(each, Record)]
    lines = {each.line for each in found if isinstance(each, Record | Refused)}
    assert lines == {2, 3, 4}
    assert all("subjects" not in each.data for each in records)


def test_sections_blank_lines_and_marks_do_no_harm() -> None:
    found = records(
        "\n## 建筑\nLeaf，Leaves,叶\n## 其他\nserver,服务端，服务器\n"
        "cable,(?)线缆\npackage,(封裝)\n"
    )
    assert [record.line for record in found] == [3, 5, 6, 7]
    assert terms(found[0]) == [("en", "Leaf，Leaves"), ("zh-Hans", "叶")]
    assert terms(found[1])[1] == ("zh-Hans", "服务端，服务器")
    assert terms(found[2])[1] == ("zh-Hans", "线缆")
    assert found[2].data["state"] == "draft"
    assert terms(found[3])[1] == ("zh-Hans", "(封裝)")


def test_a_row_without_a_translation_is_refused_where_it_stands() -> None:
    found = list(reading("en,zh\nleaf,叶\nNitro-Carbon,\nbat,<根据语境>\n").records)
    refused = [each for each in found if isinstance(each, Refused)]
    assert [(each.line, each.column, each.code) for each in refused] == [
        (3, "zh", "empty-term"),
        (4, "zh", "empty-term"),
    ]


def test_a_third_column_tells_homographs_apart() -> None:
    found = records("Smelt,烧炼,概括\nSmelt,冶炼,矿物\n")
    assert [record.data["note"] for record in found] == ["概括", "矿物"]


def test_what_is_not_to_be_translated_is_its_own_translation() -> None:
    first, second = records(
        "source,en,note,keep\nNATO,,the alliance,true\n峰会,summit,,\n"
    )
    assert terms(first) == pair("NATO", "NATO")
    assert terms(second) == pair("峰会", "summit")


def test_prohibitions_in_prose_stay_prose() -> None:
    found = only('zh,en,note\n行政长官,chief executive,"never ""governor"""\n')
    assert found.data["note"] == 'never "governor"'


def test_prose_named_csv_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="This is not a table"):
        reading("外交是一门艺术。\nIt is said, that it is, an art.\nYes, maybe.\n\nno")


def test_capitals_and_open_brackets_are_kept() -> None:
    assert terms(only("en,zh\nSOUTH CHINA SEA,南海(中国\n"))[1] == (
        "zh-Hans",
        "南海(中国",
    )


def test_a_phrase_with_commas_is_not_cut_and_not_split() -> None:
    text = (
        '中文,英文\n不冲突、不对抗,"non-conflict, non-confrontation"\n'
        "不冲突，不对抗,non-conflict, non-confrontation\n"
    )
    quoted, bare = reading(text).records
    assert terms(quoted) == pair("不冲突、不对抗", "non-conflict, non-confrontation")
    assert isinstance(bare, Refused)
    assert (bare.line, bare.code, bare.value) == (
        3,
        "too-many-columns",
        " non-confrontation",
    )


def test_a_bare_comma_is_refused_without_headings_too() -> None:
    text = "".join(f"峰会{i},summit {i}\n" for i in range(9))
    *_, last = reading(text + "不冲突,non-conflict, non-confrontation\n").records
    assert isinstance(last, Refused)
    assert last.code == "too-many-columns"


def test_alternatives_in_a_cell_become_terms() -> None:
    found = only("zh,en\n峰会；首脑会议,summit; summit meeting\n")
    assert terms(found) == [
        ("zh-Hans", "峰会"),
        ("zh-Hans", "首脑会议"),
        ("en", "summit"),
        ("en", "summit meeting"),
    ]


def test_quotes_that_are_text_stay_text() -> None:
    found = records(
        'zh,en\n"一带一路"倡议,the "Belt and Road" Initiative\n峰会,summit\n'
    )
    assert terms(found[0]) == pair('"一带一路"倡议', 'the "Belt and Road" Initiative')


# --- What the caller says, statuses and other columns


def test_a_mapping_wins_over_the_headings() -> None:
    text = "原文,译文,term\nsummit,峰会,noun\n"
    said = {"en": "原文", "zh": "译文", "note": "term"}
    found = reading(text, mapping=said)
    assert found.mapping == {"原文": "en", "译文": "zh-Hans", "term": "note"}
    assert terms(next(found.records)) == [("en", "summit"), ("zh-Hans", "峰会")]


def test_a_mapping_may_count_columns() -> None:
    found = records("w1,w2\nsummit,峰会\n", mapping={"zh": "w2", "en": "1"})
    assert terms(found[0]) == [("en", "summit"), ("zh-Hans", "峰会")]


def test_a_mapped_column_must_be_there() -> None:
    with pytest.raises(UnreadableFile, match="no column “汉语”"):
        reading("zh,en\n峰会,summit\n", mapping={"zh": "汉语"})
    with pytest.raises(UnreadableFile, match="neither a language tag nor one of"):
        reading("zh,en\n峰会,summit\n", mapping={"unsinn!": "zh"})


def test_languages_that_look_alike_must_be_declared() -> None:
    with pytest.raises(UnreadableFile, match="It is unclear"):
        reading("hello,hallo\nworld,welt\n")
    with pytest.raises(UnreadableFile, match="It is unclear"):
        reading("source,target\nhello,hallo\n")
    found = records("source,target\nhello,hallo\n", source="en", target="de")
    assert terms(found[0]) == [("en", "hello"), ("de", "hallo")]


def test_cells_under_each_others_headings_are_refused() -> None:
    rows = "".join(f"summit {i},峰会{i}\n" for i in range(9))
    with pytest.raises(UnreadableFile, match="the cells disagree"):
        reading(f"中文,英文\n{rows}")


def test_a_status_of_a_row_speaks_of_the_rendering() -> None:
    first, second, third = records(
        "zh,en,状态\n大国,great power,旧译\n大国,major country,首选\n峰会,summit,待审\n"
    )
    assert [t.get("status") for t in first.data["terms"]] == [None, "superseded"]
    assert [t["status"] for t in second.data["terms"]] == ["preferred", "preferred"]
    assert third.data["state"] == "draft"


def test_an_unknown_status_is_kept_and_not_guessed() -> None:
    found = only("zh,en,status\n峰会,summit,whatever\n")
    assert found.data["extra"] == {"csv": {"status": "whatever"}}
    assert "status" not in found.data["terms"][0]


def test_issuer_dates_and_reading_find_their_term() -> None:
    found = only(
        "zh,pinyin,en,issuer,since,until,例句,出处\n"
        "大国关系,dàguó guānxì,major-country relations,MFA,2013/6,2014年,用大国关系,"
        "mfa-2013\n"
    )
    chinese, english = found.data["terms"]
    assert chinese["reading"] == "dàguó guānxì"
    assert chinese["usage"] == "用大国关系"
    assert english == {
        "lang": "en",
        "text": "major-country relations",
        "issuer": "MFA",
        "since": "2013-06",
        "until": "2014",
        "citations": [{"source": "mfa-2013"}],
    }


def test_subjects_get_ids_and_keep_their_names() -> None:
    found = only("zh,en,领域\n公海,high seas,海洋法; Law of the Sea\n")
    first, second = found.data["subjects"]
    assert found.data["extra"]["subjects"] == {
        first: "海洋法",
        second: "Law of the Sea",
    }


def test_a_row_without_a_term_is_refused_by_name() -> None:
    (refused,) = reading("zh,en,note\n,,only a note\n,,\n").records
    assert isinstance(refused, Refused)
    assert (refused.line, refused.column, refused.code) == (2, "zh", "empty-term")


def test_an_unknown_language_in_a_row_is_refused() -> None:
    (refused,) = reading("id,lang,text\na,klingonisch!,x\n").records
    assert isinstance(refused, Refused)
    assert (refused.code, refused.column) == ("unknown-language", "lang")


def test_rows_of_one_entry_must_agree() -> None:
    text = "id,lang,text,note\na,zh-Hans,峰会,one\na,en,summit,two\nb,en,x,\n"
    refused, record = reading(text).records
    assert isinstance(refused, Refused)
    assert (refused.line, refused.column, refused.code) == (3, "note", "rows-disagree")
    assert isinstance(record, Record)


def test_more_terms_under_one_id_than_an_entry_has_are_cut_apart() -> None:
    text = "id,lang,text\n" + "".join(f"a,en,x{i}\n" for i in range(2500))
    assert [len(r.data["terms"]) for r in records(text)] == [1000, 1000, 500]


# --- Hostile files


def test_an_unclosed_quote_is_refused_where_it_opens_and_the_rest_is_read() -> None:
    text = 'zh,en\n峰会,"summit\n世界,world\n' + "".join(
        f"词{i},w{i}\n" for i in range(9)
    )
    found = list(reading(text).records)
    assert isinstance(found[0], Refused)
    assert (found[0].line, found[0].code) == (2, "unclosed-quote")
    assert [r.line for r in found[1:]] == list(range(3, 13))


def test_a_cell_of_several_lines_is_one_cell() -> None:
    first, second = records('zh,en,note\n峰会,summit,"one\r\ntwo"\n世界,world,\n')
    assert first.data["note"] == "one\ntwo"
    assert (first.line, second.line) == (2, 4)


def test_a_cell_over_the_limit_is_refused() -> None:
    long = "峰" * 100_001
    first, second = reading(f"zh,en\n{long},summit\n世界,world\n").records
    assert isinstance(first, Refused)
    assert (first.code, first.column, len(first.value)) == ("cell-too-long", "zh", 200)
    assert isinstance(second, Record)


def test_ten_million_columns_are_refused_early() -> None:
    class Commas(io.BytesIO):
        given = 0

        def read(self, size: int | None = -1) -> bytes:
            self.given += size or 0
            return b"a," * ((size or 0) // 2) if self.given < 20_000_000 else b""

    stream = Commas()
    with pytest.raises(UnreadableFile, match="more than 1000000 characters"):
        read(stream, ReadOptions())
    assert stream.given < 3_000_000
    with pytest.raises(
        UnreadableFile, match="has 1100 columns; at most 1000 are allowed"
    ):
        reading("zh," + "en," * 1098 + "\n")


def test_an_endless_record_is_refused_in_bounded_memory() -> None:
    text = 'zh,en\n峰会,"' + "line without a quote\n" * 1200
    limits = Limits(cell=500)
    first, *rest = reading(text, limits=limits).records
    assert isinstance(first, Refused)
    assert (first.line, first.code) == (2, "unclosed-quote")
    assert len(rest) == 1199


def test_a_row_of_cells_without_end_is_refused() -> None:
    text = "zh,en\n峰会,summit\n" + '"\n",' * 10_000
    *_, last = reading(text, limits=Limits(cell=500)).records
    assert isinstance(last, Refused)


def test_memory_does_not_grow_with_the_file() -> None:
    row = "新型大国关系,new model of major-country relationship\n".encode()

    class Rows(io.BytesIO):
        given = 0

        def read(self, size: int | None = -1) -> bytes:
            self.given += size or 0
            return row * ((size or 0) // len(row)) if self.given < 1_000_000 else b""

    tracemalloc.start()
    try:
        found = read(Rows(), ReadOptions())
        assert sum(1 for _ in found.records) > 14_000
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("data", [b"", b"\n\n\n", "\ufeff".encode(), b"# only this\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read(io.BytesIO(data), ReadOptions())


def test_a_pdf_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        read(io.BytesIO(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<"), ReadOptions())


# --- Our own tables


def written(entries: list[dict[str, Any]], write: Any) -> tuple[bytes, list[Dropped]]:
    stream, dropped = io.BytesIO(), list[Dropped]()
    write(entries, stream, dropped.append)
    return stream.getvalue(), dropped


def read_back(data: bytes) -> list[dict[str, Any]]:
    found = read(io.BytesIO(data), ReadOptions()).records
    return [record.data for record in found if isinstance(record, Record)]


def test_an_empty_glossary_is_a_file_with_headings() -> None:
    data, _ = written([], write_csv)
    assert data.startswith("\ufeffid,glossary,state".encode())
    assert read_back(data) == []


def test_the_curated_glossary_comes_back() -> None:
    path = Path(__file__).parents[3] / "fixtures" / "diplomatic.ndjson"
    entries = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for write in (write_csv, write_tsv):
        data, dropped = written(entries, write)
        assert dropped == []
        for entry, back in zip(entries, read_back(data), strict=True):
            said = {k: v for k, v in entry.items() if v}
            assert back == said


def test_relations_other_definitions_and_fields_of_other_tools_come_back() -> None:
    entry = {
        "id": "summit",
        "terms": [{"lang": "en", "text": "summit"}],
        "definition": {"fr": "sommet"},
        "relations": [
            {"type": "broader", "entry": "meeting"},
            {"type": "contrast", "entry": "peak"},
        ],
        "extra": {"csv": {"Priority": "1"}},
    }
    for write in (write_csv, write_tsv):
        data, dropped = written([entry], write)
        assert dropped == []
        assert read_back(data) == [entry]


def test_a_cell_of_ours_that_was_spoilt_is_refused() -> None:
    content = "id,lang,text,more\nsummit,en,summit,{spoilt\n"
    (refused,) = reading(content).records
    assert isinstance(refused, Refused)
    assert (refused.column, refused.code) == ("more", "bad-more")


@pytest.mark.parametrize("write", [write_csv, write_tsv])
def test_formulas_are_guarded_and_read_as_they_were(write: Any) -> None:
    entry = {"id": "x", "terms": [{"lang": "en", "text": "=HYPERLINK(1)"}]}
    made = written([entry], write)[0]
    assert b"'=HYPERLINK(1)" in made
    assert not re.search(rb'(^|[\t,"\n])=HYPERLINK', made)
    assert read_back(made)[0]["terms"] == entry["terms"]


IDS = st.from_regex("[a-z][a-z0-9-]{0,20}", fullmatch=True)
LINE = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1),
    st.sampled_from(
        ["不冲突、不对抗", "=1+1", "'=x", "a;b", "a | b", "-", '"', "a,b", "#x"]
    ),
)
PROSE = st.one_of(LINE, st.sampled_from(["one\ntwo", 'a\t"b"', "@x", "a\\#b|c"]))
TERM = st.fixed_dictionaries(
    {"lang": st.sampled_from(["zh-Hans", "zh-Hant", "en", "fr"]), "text": LINE},
    optional={
        "status": st.sampled_from(["preferred", "admitted", "superseded", "forbidden"]),
        "type": st.sampled_from(["phrase", "acronym"]),
        "part_of_speech": st.sampled_from(["noun", "other"]),
        "match": st.sampled_from(["exact", "folded"]),
        "case_sensitive": st.sampled_from([True]),
        "reading": LINE,
        "issuer": LINE,
        "since": st.sampled_from(["2013", "2013-06"]),
        "usage": PROSE,
        "citations": st.lists(
            st.fixed_dictionaries({"source": IDS}, optional={"quote": PROSE}),
            min_size=1,
            max_size=2,
        ),
    },
)
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {"id": IDS, "terms": st.lists(TERM, min_size=1, max_size=4)},
        optional={
            "glossary": IDS,
            "state": st.sampled_from(["draft", "approved", "retired"]),
            "subjects": st.lists(IDS, min_size=1, max_size=3, unique=True),
            "definition": st.dictionaries(
                st.sampled_from(["en", "zh-Hans", "zh-Hant"]), PROSE, min_size=1
            ),
            "note": PROSE,
        },
    ),
    max_size=5,
    unique_by=lambda entry: entry["id"],
)


@settings(max_examples=60, deadline=None)
@given(ENTRIES)
def test_entries_come_back_from_csv_and_tsv(entries: list[dict[str, Any]]) -> None:
    assert read_back(written(entries, write_csv)[0]) == entries
    assert read_back(written(entries, write_tsv)[0]) == entries


def test_the_vote_prefers_what_makes_a_heading() -> None:
    assert delimiter_of(["zh,en", "a;b,c", "d;e,f"], {}) == ","
    assert delimiter_of(["峰会;summit", "世界;world"], {}) == ";"
    assert delimiter_of(["峰会\tsummit, the", "世界\tworld, the"], {}) == "\t"


def test_the_errors_of_a_spreadsheet_are_no_terms() -> None:
    stream = io.BytesIO("中文,英文\n和平,peace\n峰会,#N/A\n#REF!,summit\n".encode())
    given = list(read(stream, ReadOptions()).records)
    assert [getattr(each, "code", "") for each in given] == ["", "no-value", "no-value"]
