"""Tables as people keep them by hand: each gives the right entries, or a question."""

import io
from typing import Any

import pytest
import xlsxwriter

from glossary.formats import ReadOptions, Record, Refused, Remark, of_file
from glossary.formats.record import Given, UnsettledColumns

PEACE = ["zh-Hans:和平", "en:peace"]


def given(content: str | bytes, name: str = "a.csv") -> list[Given]:
    data = content.encode() if isinstance(content, str) else content
    read = of_file(io.BytesIO(data), name).read
    assert read
    return [*read(io.BytesIO(data), ReadOptions()).records]


def terms(found: list[Given]) -> list[list[str]]:
    return [
        [f"{term['lang']}:{term['text']}" for term in each.data["terms"]]
        for each in found
        if isinstance(each, Record)
    ]


def told(found: list[Given]) -> list[tuple[int, str]]:
    """Return line and code of all that is no record."""
    return [
        (each.line, each.code) for each in found if isinstance(each, Remark | Refused)
    ]


def book(rows: list[list[Any]], *merged: str) -> bytes:
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream)
    sheet = made.add_worksheet("术语")
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    for area in merged:
        row, column = xlsxwriter.utility.xl_cell_to_rowcol(area.partition(":")[0])
        sheet.merge_range(area, rows[row][column])
    made.close()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("heading", "lang"),
    [
        ("中文 Chinese", "zh-Hans"),
        ("英文 English", "en"),
        ("English(英语)", "en"),
        ("繁體中文 Traditional Chinese", "zh-Hant"),
        ("维吾尔文", "ug"),
        ("UK English", "en"),
    ],
)
def test_a_heading_may_say_a_language_twice(heading: str, lang: str) -> None:
    other = "中文" if lang in {"en", "ug"} else "English"
    text = {"en": "peace", "ug": "تىنچلىق", "zh-Hant": "和平", "zh-Hans": "和平"}[lang]
    found = given(
        f"{heading},{other}\n{text},{'和平' if other == '中文' else 'peace'}\n"
    )
    assert f"{lang}:{text}" in terms(found)[0]


def test_a_group_of_english_has_regions_and_one_of_chinese_has_scripts() -> None:
    rows = [
        ["外交术语表 2024", "", "", "", "", ""],
        ["序号", "中文 Chinese", "", "English", "", "领域"],
        ["", "简体", "繁體", "US", "UK", ""],
        [
            1,
            "睦邻友好",
            "睦鄰友好",
            "good-neighborliness",
            "good-neighbourliness",
            "外交",
        ],
    ]
    found = given(book(rows, "B2:C2", "D2:E2", "A2:A3", "F2:F3"), "a.xlsx")
    assert terms(found) == [
        [
            "zh-Hans:睦邻友好",
            "zh-Hant:睦鄰友好",
            "en:good-neighborliness",
            "en:good-neighbourliness",
        ]
    ]


def test_a_section_is_headed_in_both_languages_and_no_entry() -> None:
    rows = [
        ["中文", "英文"],
        ["一、双边关系", "I. Bilateral relations"],
        ["战略伙伴", "strategic partner"],
        ["（二）多边外交", "(2) Multilateral diplomacy"],
        ["多边主义", "multilateralism"],
        ["十二、其他", "XII. Others"],
    ]
    found = given(book(rows), "a.xlsx")
    assert terms(found) == [
        ["zh-Hans:战略伙伴", "en:strategic partner"],
        ["zh-Hans:多边主义", "en:multilateralism"],
    ]
    records = [each for each in found if isinstance(each, Record)]
    names = [*records[1].data["extra"]["subjects"].values()]
    assert names == ["双边关系 Bilateral relations", "多边外交 Multilateral diplomacy"]
    # What heads nothing is not lost in silence.
    assert told(found) == [(6, "title")]
    # Numbers that differ, and those of a list, are part of the terms.
    for zh, en in (("一、甲", "V. B"), ("1. 主权", "1. sovereignty")):
        assert len(terms(given(f"中文,英文\n{zh},{en}\n和平,peace\n"))) == 2


@pytest.mark.parametrize("figure", ["1", "一", "万"])
def test_a_run_of_five_thousand_figures_is_no_number_wherever_it_stands(
    figure: str,
) -> None:
    run = figure * 5_000
    found = given(f"中文,英文,{run}\n{run}、,({run}) Law,{run}\n和平,peace,{run}\n")
    assert terms(found)[-1] == PEACE


def test_a_heading_that_is_repeated_is_no_entry() -> None:
    found = given("中文,英文\n和平,peace\n中文,英文\n主权,sovereignty\n")
    assert terms(found) == [PEACE, ["zh-Hans:主权", "en:sovereignty"]]
    assert told(found) == [(3, "title")]


def test_a_text_in_the_wrong_column_is_refused_where_it_stands() -> None:
    found = given("中文,英文\n和平,peace\nsovereignty,主权\n发展,development\n,外交\n")
    assert terms(found) == [PEACE, ["zh-Hans:发展", "en:development"]]
    assert told(found) == [(3, "wrong-script"), (5, "empty-term")]
    # The same text in both is a term that stays as it is.
    assert len(terms(given("中文,英文\n和平,peace\n微信,微信\n发展,growth\n"))) == 3
    with pytest.raises(UnsettledColumns):
        given("English,Chinese\nειρήνη,和平\n")
    assert told(given("中文,英文\nβ受体,β\n和平,peace\n主权,αβγδ\n")) == [
        (4, "wrong-script")
    ]


def test_two_languages_in_a_cell_are_warned_of() -> None:
    found = given(
        "中文,English\n和平 peace,peace\n主权,sovereignty 主权\nG20峰会,G20 Summit\n"
        "一带一路 (B&R),the Belt and Road\n微信 WeChat,微信 WeChat\n"
    )
    assert len(terms(found)) == 5
    assert told(found) == [(2, "mixed-script"), (3, "mixed-script")]


def test_comments_of_omegat_come_before_rows_of_any_width() -> None:
    text = "# 注释\n# another; one\n和平\tpeace\tcomment\n主权\tsovereignty\n"
    found = given(text, "a.tsv")
    assert terms(found) == [PEACE, ["zh-Hans:主权", "en:sovereignty"]]
    assert told(found) == [(1, "comment"), (2, "comment")]


def test_languages_in_columns_three_and_four_are_those_of_each_row() -> None:
    found = given("peace,和平,en,zh\nSicherheit,安全,de,zh\n")
    assert terms(found) == [
        ["en:peace", "zh-Hans:和平"],
        ["de:Sicherheit", "zh-Hans:安全"],
    ]
    assert told(found) == []


def test_rows_in_one_language_each_need_something_that_holds_them_together() -> None:
    text = "term,lang,concept\npeace,en,1\n和平,zh,1\n"
    with pytest.raises(UnsettledColumns, match="map=id=concept"):
        given(text)
    read = of_file(io.BytesIO(text.encode()), "a.csv").read
    assert read
    options = ReadOptions(mapping={"id": "concept"})
    found = [*read(io.BytesIO(text.encode()), options).records]
    assert terms(found) == [["en:peace", "zh-Hans:和平"]]


def test_a_question_names_the_language_that_is_missing() -> None:
    with pytest.raises(UnsettledColumns, match="map=zh=Spalte"):
        given("English,Spalte,备注\npeace,和平,x\nwar,战争,y\n")


def test_a_status_that_nobody_knows_is_kept_and_accounted_for() -> None:
    found = given(
        "中文,英文,状态,词性\n和平,peace,首选,名\n主权,sovereignty,待定什么,怪词\n"
    )
    assert told(found) == [(3, "value"), (3, "value")]
    assert {e.value for e in found if isinstance(e, Remark)} == {"待定什么", "怪词"}


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("英文,中文\n和平,peace\n主权,sovereignty\n", "map=zh=1 and map=en=2"),
        ("zh,en\n和平,мир\n主权,суверенитет\n", "map=ru=2"),
        ("中文,译文,语种\n和平,peace,英语\n和平,мир,俄语\n", "map=en=译文"),
        ("和平,ཞི་བདེ\n主权,བདག་དབང\n", "--from, --to"),
    ],
)
def test_a_question_names_the_flag_that_settles_it(text: str, flag: str) -> None:
    with pytest.raises(UnsettledColumns, match=flag):
        given(text)


def test_exchanged_headings_are_settled_as_the_question_says() -> None:
    content = "英文,中文\n和平,peace\n主权,sovereignty\n".encode()
    read = of_file(io.BytesIO(content), "a.csv").read
    assert read
    options = ReadOptions(mapping={"zh": "1", "en": "2"})
    found = [*read(io.BytesIO(content), options).records]
    assert terms(found) == [PEACE, ["zh-Hans:主权", "en:sovereignty"]]


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("推荐译法", "preferred"),
        ("官方英文", "preferred"),
        ("其他译法", "admitted"),
        ("不推荐译法", "deprecated"),
        ("旧译", "superseded"),
        ("错误译法", "forbidden"),
        ("禁用", "forbidden"),
        ("Forbidden term", "forbidden"),
        ("English (avoid)", "deprecated"),
        ("Preferred translation", "preferred"),
    ],
)
def test_a_heading_may_rate_the_terms_below_it(heading: str, status: str) -> None:
    text = (
        f"中文,英文,{heading}\n一带一路,Belt and Road,One Belt One Road\n和平,peace,\n"
    )
    first, second = [each for each in given(text) if isinstance(each, Record)]
    rated = first.data["terms"][2]
    assert (rated["text"], rated["lang"]) == ("One Belt One Road", "en")
    assert rated["status"] == status
    assert len(second.data["terms"]) == 2
    assert all("status" not in term for term in first.data["terms"][:2])


def test_a_mark_below_a_rating_is_no_term() -> None:
    found = given("中文,英文,禁用\n和平,peace,\n一带一路,One Belt One Road,是\n")
    (*_, last) = [each.data["terms"] for each in found if isinstance(each, Record)]
    assert [t.get("status") for t in last] == [None, "forbidden"]


def test_columns_that_are_numbered_are_several_terms() -> None:
    for text in (
        "中文,译法1,译法2\n命运共同体,common destiny,shared future\n和平,peace,\n",
        "原文,译文一,译文二\n命运共同体,common destiny,shared future\n和平,peace,\n",
        "中文,EN 1,EN 2\n命运共同体,common destiny,shared future\n和平,peace,\n",
    ):
        expected = ["zh-Hans:命运共同体", "en:common destiny", "en:shared future"]
        found = given(text)
        assert terms(found) == [expected, PEACE]
        assert told(found) == []


def test_a_phrase_that_reads_as_a_heading_is_an_entry() -> None:
    found = given("官方译文,official translation\n旧译,former rendering\n和平,peace\n")
    assert len(terms(found)) == 3


def test_numbers_that_count_the_rows_are_left_out_and_told() -> None:
    found = given("1. 和平,1) peace\n2. 主权,2) sovereignty\n3. 发展,3) development\n")
    assert terms(found)[0] == PEACE
    assert told(found) == [(0, "numbering"), (0, "numbering")]
    # Numbers that count nothing stay.
    found = given("2030年议程,2030 Agenda\n1.5度目标,1.5-degree goal\n和平,peace\n")
    assert terms(found)[1] == ["zh-Hans:1.5度目标", "en:1.5-degree goal"]
    assert told(found) == []


@pytest.mark.parametrize(
    ("heading", "lang"), [("བོད་ཡིག", "bo"), ("ئۇيغۇر تىلى", "ug"), ("藏文", "bo")]
)
def test_languages_of_china_head_their_columns_in_their_own_words(
    heading: str, lang: str
) -> None:
    found = given(f"中文,英文,{heading}\n和平,peace,ཞི་བདེ\n")
    assert terms(found) == [[*PEACE, f"{lang}:ཞི་བདེ"]]


def test_short_forms_are_terms_of_their_type() -> None:
    found = given(
        "中文全称,中文简称,英文全称,英文缩写\n世界贸易组织,世贸组织,World Trade "
        "Organization,WTO\n"
    )
    (record,) = [each for each in found if isinstance(each, Record)]
    said = [(t["lang"], t["text"], t.get("type")) for t in record.data["terms"]]
    assert said == [
        ("zh-Hans", "世界贸易组织", None),
        ("en", "World Trade Organization", None),
        ("zh-Hans", "世贸组织", "shortForm"),
        ("en", "WTO", "abbreviation"),
    ]
    # A heading without a language takes that of its cells.
    found = given("缩写,英文,中文\nIMF,International Monetary Fund,国际货币基金组织\n")
    assert terms(found)[0] == [
        "en:International Monetary Fund",
        "zh-Hans:国际货币基金组织",
        "en:IMF",
    ]
    assert told(found) == []
