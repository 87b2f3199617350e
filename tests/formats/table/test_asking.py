"""A table that is understood by half is asked about, and never guessed."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.errors import UnreadableFile
from glossary.formats.record import (
    FileReading,
    ReadOptions,
    Record,
    Refused,
    Remark,
    UnsettledColumns,
)
from glossary.formats.table.delimited import read

Pair = tuple[str, str]


def reading(text: str, **options: Any) -> FileReading:
    return read(io.BytesIO(text.encode()), ReadOptions(**options))


def terms(text: str, **options: Any) -> list[list[Pair]]:
    return [
        [(term["lang"], term["text"]) for term in each.data["terms"]]
        for each in reading(text, **options).records
        if isinstance(each, Record)
    ]


def remarks(text: str, **options: Any) -> list[tuple[int, str, str]]:
    return [
        (each.line, each.code, each.value)
        for each in reading(text, **options).records
        if isinstance(each, Remark)
    ]


@pytest.mark.parametrize(
    "text",
    [
        # The other language would go where nobody looks.
        "中文,笔译\n战略互信,strategic trust\n和平共处,peaceful coexistence\n",
        "English,Wording B\nmutual trust,互信\n",
        # Neither Chinese nor English, and not declared.
        "стратегическое доверие,战略互信\nмирное сосуществование,和平共处\n",
        "source,target\nстратегическое доверие,战略互信\n",
        "原文,译文\n信頼する,trust\n平和を守る,keep the peace\n",
        "བོད་ཡིག,Tibetan script\nཞི་བདེ,peace\n",
        "대국,great power\n평화,peace\n",
        "confiance stratégique,互信\ncoopération mutuelle,合作\nsouveraineté,主权\n",
        # Headings that the cells contradict.
        "中文,English\nдоверие,trust\nмир,peace\n",
        "中文,English\n信頼する,trust\n守る,keep\n",
        "中文,English\npeace,和平\n",
        "中文,English\npeace,peace 1\nsummit,summit 1\na,b\nc,d\ne,f\n",
        # What spells the Chinese is no English.
        "中文,English\n战略互信,zhàn lüè hù xìn\n和平,hé píng\n",
        "中文,English\n战略互信,zhan4lüe4 hu4xin4\n",
        "中文,English\n战略互信,zhanlue huxin\n和平,heping\n主权,sovereignty\n",
        # Several pairs in one row, in no order that tells them apart.
        "中文,英文,英文,中文\n和平,peace,war,战争\n",
        # The first row may be a heading, or not.
        "wording,rendu\nmutual trust,互信\npeace,和平\nsummit,峰会\n",
        "说的,译的\n互信,mutual trust\n和平,peace\n",
        # A third column in a third language, without a heading.
        "和平,peace,мир\n主权,sovereignty,суверенитет\n",
        # Two pairs beside each other, and no heading that says so.
        "和平,peace,主权,sovereignty\n发展,development,安全,security\n",
        # Both languages in each cell.
        "序号,术语\n1,和平 peace\n2,主权（sovereignty）\n",
        # What is beside two terms that are named is a term, a number, or neither.
        "术语,中文,英文\nT1,和平,peace\nT2,主权,sovereignty\n",
        # A heading names a language, or the cells are in one, and no more is known.
        "姓名,职务,英文姓名,英文职务\n王毅,外长,Wang Yi,Foreign Minister\n",
        "中文,英文,Заметка\n和平,peace,в договоре\n主权,sovereignty,право\n",
        "中文,英文,备考\n和平,peace,ཞི་བདེ\n主权,sovereignty,བདག་དབང\n",
        # A slip in the name of a language.
        "中文,Russian,Englishh\n和平,мир,peace\n主权,суверенитет,sovereignty\n",
        # English beside two languages that are not written in Latin letters.
        (
            "中文,Русский,Rendu\n和平,мир,peace\n主权,суверенитет,sovereignty\n"
            "峰会,саммит,summit\n互信,доверие,mutual trust\n共识,согласие,consensus\n"
        ),
        # UK is the tag of Ukrainian; FR that of French.
        "中文,UK\n和平,peace\n主权,sovereignty\n",
        "English,FR\npeace,和平\nsovereignty,主权\n",
        # What explains English in Chinese may be its translation.
        "Word,释义\npeace,和平\nsovereignty,主权\n",
        # Simplified by its heading, and traditional by all its cells.
        (
            "English,China\nsummit,峰會\nlibrary,圖書館\ntreaty,條約\npower,大國\n"
            "trade,貿易\n"
        ),
        # The first row names a language each, with something beside one of them.
        "0.0 English,中文\nbox,盒子\nkeyboard,键盘\n",
        # A third column that looks as much like terms as the second.
        (
            "probability,機率,概率\nfeedback,回饋,反饋\nbayes,貝氏,貝葉斯\n"
            "odds,勝算,優勢\n"
        ),
        # Most rows have one cell more than the heading.
        "中文,英文\n和平,peace,a\n主权,sovereignty,b\n峰会,summit,c\n共识,accord\n",
    ],
)
def test_what_is_understood_by_half_is_asked(text: str) -> None:
    with pytest.raises(UnsettledColumns) as error:
        list(reading(text).records)
    question = error.value.question
    assert question.rows[0][1][0] == text.partition(",")[0]
    assert [column.number for column in question.columns][:2] == [1, 2]


def test_a_question_names_what_each_column_was_taken_for() -> None:
    with pytest.raises(UnsettledColumns, match="笔译") as error:
        reading("术语表,,\n中文,笔译,备注\n战略互信,strategic trust,n\n和平,peace,\n")
    question = error.value.question
    assert question.heading == 2
    assert [(c.heading, c.meaning) for c in question.columns] == [
        ("中文", "zh-Hans"),
        ("笔译", "extra"),
        ("备注", "note"),
    ]


def test_what_was_asked_can_be_said() -> None:
    russian = "source,target\nдоверие,互信\nмир,和平\n"
    assert terms(russian, source="ru") == [
        [("ru", "доверие"), ("zh-Hans", "互信")],
        [("ru", "мир"), ("zh-Hans", "和平")],
    ]
    odd = "中文,笔译\n互信,mutual trust\n和平,peace\n"
    expected = [
        [("zh-Hans", "互信"), ("en", "mutual trust")],
        [("zh-Hans", "和平"), ("en", "peace")],
    ]
    assert terms(odd, mapping={"en": "笔译"}) == expected
    assert terms(odd, mapping={"en": "2"}, heading=1) == expected
    bare = "мир,和平\nдоверие,互信\n"
    assert terms(bare, mapping={"ru": "1", "zh": "2"})[0] == [
        ("ru", "мир"),
        ("zh-Hans", "和平"),
    ]
    first = "说的,译的\n互信,mutual trust\n和平,peace\n"
    assert terms(first, heading=1) == expected
    # As an entry it has Chinese under English.
    assert terms(first, heading=0) == expected


def test_a_name_that_is_spelt_as_it_sounds_is_english() -> None:
    assert terms("中文,English\n北京,Beijing\n习近平,Xi Jinping\n") == [
        [("zh-Hans", "北京"), ("en", "Beijing")],
        [("zh-Hans", "习近平"), ("en", "Xi Jinping")],
    ]
    odd = "中文,English\n气功,qigong\n太极,taiji\n"
    with pytest.raises(UnsettledColumns, match="map=reading=2"):
        reading(odd)
    assert terms(odd, mapping={"en": "2"})[0][1] == ("en", "qigong")
    spelt = "中文,English,B\n气功,qigong,breathing exercise\n太极,taiji,shadowboxing\n"
    assert terms(spelt, mapping={"reading": "2", "en": "3"})[0][1:] == [
        ("en", "breathing exercise")
    ]


def test_two_columns_may_be_mapped_to_one_field() -> None:
    text = "甲,乙,丙\n互信,相互信任,mutual trust\n"
    assert terms(text, mapping={"zh": "甲|乙", "en": "3"}) == [
        [("zh-Hans", "互信"), ("zh-Hans", "相互信任"), ("en", "mutual trust")]
    ]


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"zh": "原文"}, "no column “原文”"),
        ({"zh": "9"}, "no column “9”"),
        ({"renders": "备注"}, "only in tables exported from here"),
        ({"zh": "中文", "en": "中文"}, "mapped twice"),
        ({"qq": "中文"}, "neither a language tag"),
    ],
)
def test_a_mapping_without_effect_is_an_error(
    mapping: dict[str, str], message: str
) -> None:
    with pytest.raises(UnreadableFile, match=message):
        reading("中文,英文,备注\n互信,mutual trust,x\n", mapping=mapping)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("term_id,en_term,en_note,en_usage,zh_term,zh_note", ["note_en", "usage_en"]),
        ("id,en,en_abbr,en_link,zh,x", ["extra", "provenance_en"]),
    ],
)
def test_only_registered_subtags_are_languages(
    heading: str, expected: list[str]
) -> None:
    mapping = reading(f"{heading}\n1,strategic trust,n,u,战略互信,注\n").mapping
    assert list(mapping.values())[2:4] == expected


def test_chinese_is_of_the_script_that_it_is_written_in() -> None:
    text = "中文,English\n臺灣關係法,Taiwan Relations Act\n和平發展,development\n"
    assert [row[0][0] for row in terms(text)] == ["zh-Hant", "zh-Hant"]
    mixed = "中文,English\n和平发展,a\n双边关系,b\n戰略互信,c\n和平,d\n"
    assert [row[0][0] for row in terms(mixed)] == [
        "zh-Hans",
        "zh-Hans",
        "zh-Hant",
        "zh-Hans",
    ]
    declared = "简体中文,English\n臺灣關係法,Taiwan Relations Act\n"
    assert terms(declared)[0][0][0] == "zh-Hans"


def test_pairs_side_by_side_are_an_entry_each() -> None:
    text = "中文,英文,,中文,英文\n和平,peace,,主权,sovereignty\n互信,mutual trust,,,\n"
    assert terms(text) == [
        [("zh-Hans", "和平"), ("en", "peace")],
        [("zh-Hans", "主权"), ("en", "sovereignty")],
        [("zh-Hans", "互信"), ("en", "mutual trust")],
    ]


def test_a_cell_in_another_script_is_refused_where_it_stands() -> None:
    text = (
        "中文,English\n和平,peace\n信頼する,trust\n互信,доверие\n主权,sovereignty\n"
        "峰会,summit\n"
    )
    refused = [r for r in reading(text).records if isinstance(r, Refused)]
    assert [(r.line, r.column, r.code) for r in refused] == [
        (3, "中文", "wrong-script"),
        (4, "English", "wrong-script"),
    ]


def test_titles_and_two_rows_of_headings_are_no_entries() -> None:
    text = (
        "外交术语对照表,,,,\n术语,,其他,,\n中文,英文,领域,备注,序号\n"
        "和平,peace,外交,,1\n"
    )
    assert terms(text) == [[("zh-Hans", "和平"), ("en", "peace")]]
    assert [code for _, code, _ in remarks(text)] == ["title", "title", "column"]
    grouped = "英文,,中文,\n术语,定义,术语,定义\npeace,no war,和平,没有战争\n"
    (record,) = reading(grouped).records
    assert isinstance(record, Record)
    assert record.data["definition"] == {"en": "no war", "zh-Hans": "没有战争"}


def test_numbered_rows_of_one_cell_are_the_subjects_of_what_follows() -> None:
    text = (
        "中文,英文\n一、双边关系,\n和平,peace\n（一）会谈,\n会见,meeting\n"
        "二、多边,\n峰会,summit\n"
    )
    records = [r for r in reading(text).records if isinstance(r, Record)]
    names = [list(r.data["extra"]["subjects"].values()) for r in records]
    assert names == [["双边关系"], ["双边关系", "会谈"], ["多边"]]


def test_synonyms_in_a_cell_are_parted_when_it_is_asked() -> None:
    text = '中文,英文\n外交部/外交部门,MFA/"x"\n会谈、会见,"talks\nmeeting"\n'
    refused = [r for r in reading(text).records if isinstance(r, Refused)]
    assert [(r.line, r.code) for r in refused] == [(3, "several-lines")]
    assert terms(text)[0][0] == ("zh-Hans", "外交部/外交部门")
    assert [t for _, t in terms(text, split="/、\n")[1]] == [
        "会谈",
        "会见",
        "talks",
        "meeting",
    ]
    assert [t for _, t in terms(text, split="/\n")[0]][:2] == ["外交部", "外交部门"]
    assert terms(text, split="/\n")[1][0] == ("zh-Hans", "会谈、会见")


def test_marks_of_html_are_taken_off_and_said() -> None:
    text = "中文,英文,备注\n<b>和平</b>,peace&nbsp;,a &lt; b\n互信,mutual trust,x <y\n"
    assert terms(text)[0] == [("zh-Hans", "和平"), ("en", "peace")]
    assert remarks(text) == [(2, "markup", "<b>和平</b>")]


WORDS = st.sampled_from(
    ["和平", "主权", "peace", "trust", "доверие", "信頼する", "평화"]
)


@given(
    st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6),
    st.sampled_from(["", "中文,English\n", "zh,en\n", "source,target\n"]),
)
def test_no_cell_is_ever_stored_in_a_language_it_is_not_written_in(
    rows: list[Pair], heading: str
) -> None:
    text = heading + "".join(f"{one},{two}\n" for one, two in rows)
    try:
        found = terms(text)
    except UnreadableFile:
        return
    for row in found:
        for lang, term in row:
            assert (lang, term) not in {
                (tag, word)
                for tag in ("en", "zh-Hans", "zh-Hant")
                for word in ("доверие", "信頼する", "평화")
            }


@pytest.mark.parametrize(
    ("text", "mapping", "expected"),
    [
        (
            (
                "English,China\nsummit,峰會\nlibrary,圖書館\ntreaty,條約\npower,大國\n"
                "trade,貿易\n"
            ),
            {"zh-Hant": "China"},
            ("zh-Hant", "峰會"),
        ),
        ("中文,UK\n和平,peace\n", {"en": "UK"}, ("en", "peace")),
        ("Word,释义\npeace,和平\n", {"zh": "2"}, ("zh-Hans", "和平")),
        (
            (
                "probability,機率,概率\nfeedback,回饋,反饋\nbayes,貝氏,貝葉斯\n"
                "odds,勝算,優勢\n"
            ),
            {"en": "1", "zh-Hant": "2", "zh": "3"},
            ("zh-Hans", "概率"),
        ),
    ],
)
def test_what_a_question_offers_settles_it(
    text: str, mapping: dict[str, str], expected: Pair
) -> None:
    assert expected in terms(text, mapping=mapping)[0]


def test_rows_longer_than_the_heading_are_read_once_their_last_cell_is_named() -> None:
    text = "中文,英文\n和平,peace,a\n主权,sovereignty,b\n峰会,summit,c\n"
    first = next(iter(reading(text, mapping={"note": "3"}).records))
    assert isinstance(first, Record)
    assert first.data["note"] == "a"
    one = "中文,英文\n和平,peace\n主权,sovereignty,b\n峰会,summit\n"
    refused = [r for r in reading(one).records if isinstance(r, Refused)]
    assert [(r.line, r.code) for r in refused] == [(3, "too-many-columns")]


def test_a_dash_and_the_like_stand_for_an_empty_cell() -> None:
    text = (
        "中文,英文,法文,备注,领域\n和平,peace,-,N/A,—\n主权,sovereignty,/,无,nan\n"
        "NaN,not a number,——,-1,#\n"
    )
    records = [r.data for r in reading(text).records if isinstance(r, Record)]
    assert [len(data["terms"]) for data in records] == [2, 2, 2]
    assert [data.get("note") for data in records] == [None, None, "-1"]
    assert not any("subjects" in data for data in records)
    (refused,) = reading("中文,英文\n和平,-\n").records
    assert isinstance(refused, Refused)


def test_a_mark_in_brackets_says_that_a_term_is_not_used_any_more() -> None:
    text = "英文,中文\ntype variable,[弃] 类型变量；元变量\nhegemony,霸权（旧译）\n"
    records = [r.data for r in reading(text).records if isinstance(r, Record)]
    says = [
        [(t["text"], t.get("status")) for t in data["terms"][1:]] for data in records
    ]
    assert says == [
        [("类型变量", "deprecated"), ("元变量", None)],
        [("霸权", "superseded")],
    ]
    assert [code for _, code, _ in remarks(text)] == ["mark", "mark"]


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("中文,Use,Don't use", ("preferred", "forbidden")),
        ("中文,DO,DON'T", ("preferred", "forbidden")),
        ("中文,Correct,Wrong", ("preferred", "forbidden")),
        ("中文,正确译法,错误译法", ("preferred", "forbidden")),
        ("中文,推荐,不推荐", ("preferred", "deprecated")),
        ("中文,定译,旧译", ("preferred", "superseded")),
        ("中文,Use,Avoid", ("preferred", "deprecated")),
        ("术语,应译为,不要译为", ("preferred", "forbidden")),
    ],
)
def test_what_to_say_and_what_not_stand_in_columns_of_their_own(
    heading: str, status: Pair
) -> None:
    text = f"{heading}\n大国,major country,big country\n对话,dialogue,talk\n"
    first = next(iter(reading(text).records))
    assert isinstance(first, Record)
    assert [(t["lang"], t.get("status")) for t in first.data["terms"]] == [
        ("zh-Hans", None),
        ("en", status[0]),
        ("en", status[1]),
    ]


def test_cells_with_quotation_marks_inside_leave_empty_cells_in_their_places() -> None:
    text = 'Mark\tEnglish\tShort\tFull\tChinese\n\t"cohort" theory\t\t\t“股”论\n'
    assert [
        [(t["lang"], t["text"]) for t in r.data["terms"]]
        for r in reading(text).records
        if isinstance(r, Record)
    ] == [[("en", '"cohort" theory'), ("zh-Hans", "“股”论")]]


def test_a_rendering_beside_both_languages_is_in_that_of_its_cells() -> None:
    text = (
        "英文术语,中文术语,首选译法,禁用译法\npivot to Asia,,转向亚洲,亚太再平衡\n"
        "rebalance,平衡,再平衡,\n"
    )
    assert terms(text)[0] == [
        ("en", "pivot to Asia"),
        ("zh-Hans", "转向亚洲"),
        ("zh-Hans", "亚太再平衡"),
    ]


def test_cells_may_be_parted_by_a_bar() -> None:
    assert terms("中文|英文|备注\n和平|peace|\n主权|sovereignty|n\n")[0] == [
        ("zh-Hans", "和平"),
        ("en", "peace"),
    ]
    assert terms("和平|太平,peace\n主权|主權,sovereignty\n")[0][2] == ("en", "peace")


def test_a_column_of_parts_of_speech_without_a_heading_is_one() -> None:
    mapping = reading("和平,peace,n.\n合作,cooperate,v.\n").mapping
    assert list(mapping.values()) == ["zh-Hans", "en", "pos"]


def test_use_alone_says_nothing_of_wordings() -> None:
    mapping = reading("中文,English,Use\n阁下,Your Excellency,formal letters\n").mapping
    assert mapping["Use"] == "extra"
