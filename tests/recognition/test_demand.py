"""What a check asks for each wording, what it lets pass, and what it forbids."""

from collections.abc import Callable
from typing import Any

import pytest

from glossary.recognition.snapshot import Snapshot
from glossary.store import SqliteStore
from tests.recognition.reading import checked, known, verdicts

Term = dict[str, Any]


def zh(text: str, **more: Any) -> Term:
    return {"lang": "zh-Hans", "text": text, **more}


def en(text: str, **more: Any) -> Term:
    return {"lang": "en", "text": text, **more}


Known = Callable[..., Snapshot]


@pytest.fixture
def wordings(store: SqliteStore) -> Known:
    def make(*entries: list[Term], **more: Any) -> Snapshot:
        documents = (
            {"id": f"e{number}", "state": "approved", "terms": terms, **more}
            for number, terms in enumerate(entries)
        )
        return known(store, *documents)

    return make


SUPPORT = [
    zh("不支持“台独”", renders=["not support Taiwan independence"]),
    zh("反对“台独”", renders=["oppose Taiwan independence"]),
    en("not support Taiwan independence", status="preferred"),
    en("oppose Taiwan independence"),
]


def test_the_rendering_of_another_wording_is_missing_with_advice(
    wordings: Known,
) -> None:
    snapshot = wordings(SUPPORT)
    source, opposed = "美国不支持“台独”。", "The US opposes Taiwan independence."
    (finding,) = checked(snapshot, source, opposed)
    assert (finding.verdict, finding.advice) == ("missing", True)
    assert finding.expected == ("not support Taiwan independence",)
    assert finding.target
    assert finding.target.text == "opposes Taiwan independence"
    assert finding.message == (
        "“opposes Taiwan independence” renders another wording; “not support Taiwan "
        "independence” is expected."
    )
    assert verdicts(snapshot, "美国反对“台独”。", opposed) == ["ok"]
    right = "The US does not support Taiwan independence."
    assert verdicts(snapshot, source, right) == ["ok"]
    assert verdicts(snapshot, right, source, from_="en") == ["ok"]
    assert verdicts(snapshot, opposed, source, from_="en") == ["missing?"]


def test_each_wording_takes_the_place_that_renders_it(wordings: Known) -> None:
    snapshot = wordings(SUPPORT)
    both = "They oppose Taiwan independence and do not support Taiwan independence."
    assert verdicts(snapshot, "不支持“台独”，反对“台独”", both) == ["ok", "ok"]
    # What stands for another term is not named a second time.
    one = "They oppose Taiwan independence."
    found = checked(snapshot, "反对“台独”，不支持“台独”", one)
    assert [f.verdict + "?" * f.advice for f in found] == ["ok", "missing?"]
    assert found[1].target is None


def test_a_rendering_of_the_other_script_is_right(wordings: Known) -> None:
    snapshot = wordings(SUPPORT)
    assert verdicts(snapshot, "不支持“台獨”", "not support Taiwan independence") == [
        "ok"
    ]


def test_number_tense_and_part_of_speech_are_left_to_the_sentence(
    wordings: Known,
) -> None:
    snapshot = wordings(
        [
            zh("安全保证", part_of_speech="noun"),
            zh("提供安全保证", part_of_speech="verb"),
            en("security assurance", status="preferred", part_of_speech="noun"),
            en("assure", part_of_speech="verb"),
        ]
    )
    for source in ("安全保证", "提供安全保证"):
        for target in ("security assurances", "he assured", "a security assurance"):
            assert verdicts(snapshot, source, target) == ["ok"]


def test_a_ban_reaches_as_far_as_it_says(wordings: Known) -> None:
    rise = [
        zh("和平发展", status="preferred"),
        zh("和平崛起", renders=["peaceful rise"]),
        en("peaceful development", status="preferred"),
        en("peaceful rise"),
        en("peaceful ascent", status="deprecated", renders=["和平崛起"]),
        en("One Belt One Road", status="deprecated", ban="anywhere"),
    ]
    snapshot = wordings(rise)
    welcomes = "welcomes the peaceful rise of China"
    assert verdicts(snapshot, "欢迎中国和平崛起", welcomes) == ["ok"]
    ascent = "welcomes the peaceful ascent of China"
    (finding,) = checked(snapshot, "欢迎中国和平崛起", ascent)
    assert (finding.verdict, finding.expected) == ("forbidden", ("peaceful rise",))
    assert verdicts(snapshot, "中国和平发展", ascent) == ["missing?"]
    assert verdicts(snapshot, "欢迎", ascent) == []
    road = "the One Belt One Road initiative"
    assert verdicts(snapshot, "欢迎", road) == ["forbidden"]
    assert verdicts(snapshot, "和平崛起", f"peaceful rise, {road}") == [
        "ok",
        "forbidden",
    ]


FORUM = [
    zh("中非合作论坛", status="preferred"),
    en("Forum on China-Africa Cooperation", status="preferred"),
    en("FOCAC", type="acronym"),
    en("China-Africa Cooperation Forum", status="deprecated"),
    en("African forum", status="deprecated"),
]


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        ("the Forum on China-Africa Cooperation (FOCAC)", ["ok"]),
        ("the China-Africa Cooperation Forum (FOCAC)", ["admitted", "forbidden"]),
        ("the China-Africa Cooperation Forum (“FOCAC”)", ["admitted", "forbidden"]),
        ("FOCAC, the China-Africa Cooperation Forum", ["admitted", "forbidden?"]),
        ("FOCAC (China-Africa Cooperation Forum)", ["admitted", "forbidden"]),
        ("FOCAC met. The African forum was new.", ["admitted", "forbidden?"]),
        ("FOCAC met. The African forums (two) were new.", ["admitted", "forbidden?"]),
        ("the China-Africa Cooperation Forum", ["forbidden"]),
    ],
)
def test_a_wrong_wording_beside_the_right_one_does_not_pass(
    wordings: Known, target: str, verdict: list[str]
) -> None:
    snapshot = wordings(FORUM)
    assert verdicts(snapshot, "中非合作论坛开幕", target) == verdict


def test_a_wording_that_may_mean_another_thing_is_not_accused_beside_the_right_one(
    wordings: Known,
) -> None:
    other = [zh("非洲的论坛"), en("African forum", status="preferred")]
    snapshot = wordings(FORUM, other)
    target = "FOCAC, an African forum"
    assert verdicts(snapshot, "中非合作论坛", target) == ["admitted"]
    assert verdicts(snapshot, "开幕", "China-Africa Cooperation Forum") == []


def test_a_draft_bans_nothing_anywhere(wordings: Known) -> None:
    terms = [zh("一带一路"), en("Belt and Road")]
    terms.append(en("OBOR", status="forbidden", ban="anywhere"))
    snapshot = wordings(terms, state="draft")
    assert verdicts(snapshot, "欢迎", "OBOR") == []


def test_a_chinese_wording_is_banned_like_an_english_one(wordings: Known) -> None:
    snapshot = wordings(
        [
            zh("朝鲜", status="preferred"),
            zh("北韩", status="forbidden", ban="anywhere"),
            {"lang": "zh-Hant", "text": "北韓", "status": "forbidden"},
            en("DPRK"),
        ]
    )
    assert verdicts(snapshot, "talks", "與北韓會談", from_="en") == ["forbidden"]


@pytest.mark.parametrize(
    ("term", "entry", "verdict"),
    [
        ({}, {}, ["missing"]),
        ({"expected": "advice"}, {}, ["missing?"]),
        ({"expected": "never"}, {}, []),
        ({}, {"expected": "advice"}, ["missing?"]),
        ({}, {"expected": "never"}, []),
        ({"expected": "always"}, {"expected": "never"}, ["missing"]),
        ({"part_of_speech": "noun"}, {}, ["missing"]),
    ],
)
def test_whether_a_term_may_be_missed_is_read_on_the_term_in_the_source(
    wordings: Known, term: Term, entry: Term, verdict: list[str]
) -> None:
    chinese = zh("相互尊重", status="preferred", **term)
    snapshot = wordings([chinese, en("mutual respect", expected="always")], **entry)
    assert verdicts(snapshot, "相互尊重", "they met") == verdict
    assert verdicts(snapshot, "相互尊重", "mutual respect") == ["ok"]


def test_a_wording_that_is_never_expected_is_still_banned(wordings: Known) -> None:
    snapshot = wordings(
        [
            zh("相互尊重", expected="never"),
            en("mutual respect"),
            en("reciprocal respect", status="forbidden"),
        ]
    )
    assert verdicts(snapshot, "相互尊重", "reciprocal respect") == ["forbidden"]


def test_everyday_verbs_and_sides_are_asked_for_by_advice(wordings: Known) -> None:
    snapshot = wordings(
        [zh("坚持", part_of_speech="verb"), en("uphold", part_of_speech="verb")],
        [zh("双方", part_of_speech="noun"), en("both sides", part_of_speech="noun")],
        [
            zh("尽快", part_of_speech="adverb"),
            en("as soon as possible", part_of_speech="adverb"),
        ],
    )
    source = "双方坚持尽快"
    assert verdicts(snapshot, source, "They will.") == ["missing?"] * 3
    back = "Both sides uphold it as soon as possible."
    assert verdicts(snapshot, back, "他们。") == ["missing?"] * 3


def test_of_a_homograph_the_sense_that_may_be_missed_is_heard(wordings: Known) -> None:
    snapshot = wordings(
        [zh("声明"), en("statement")],
        [zh("声明", part_of_speech="verb"), en("declare")],
    )
    assert verdicts(snapshot, "声明", "They left.") == ["missing?"]


@pytest.mark.parametrize(
    ("leading", "other"),
    [
        ({"text": "common interest"}, {"text": "common interests"}),
        ({"text": "reach consensus"}, {"text": "reached consensus"}),
        (
            {"text": "oppose hegemonism", "part_of_speech": "verb"},
            {"text": "opposition to hegemonic practices", "part_of_speech": "noun"},
        ),
        ({"text": "reduce poverty"}, {"text": "the reduction of poverty"}),
        (
            {"text": "reduce poverty", "part_of_speech": "verb"},
            {"text": "poverty-reducing", "part_of_speech": "adjective"},
        ),
        (
            {"text": "early conclusion", "part_of_speech": "noun"},
            {"text": "conclude early"},
        ),
    ],
)
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"until": "2019"},
        {"since": "2090"},
    ],
)
def test_number_tense_and_part_of_speech_make_no_rendering_a_lesser_one(
    wordings: Known, leading: Term, other: Term, more: dict[str, str]
) -> None:
    snapshot = wordings(
        [zh("共同利益"), en(status="preferred", **leading), en(**other, **more)]
    )
    said = f"Of {other['text']}."
    (finding,) = checked(snapshot, "共同利益。", said, as_of="2025")
    assert finding.verdict == "ok"


@pytest.mark.parametrize(
    ("chinese", "other"), [("达成共识", "達成共識"), ("国际组织", "國際組織")]
)
def test_no_script_makes_a_rendering_a_lesser_one(
    wordings: Known, chinese: str, other: str
) -> None:
    snapshot = wordings(
        [
            en("the English of it", status="preferred"),
            zh(chinese, status="preferred"),
            {"lang": "zh-Hant", "text": other},
        ]
    )
    for said in (chinese, other):
        assert verdicts(snapshot, "It is the English of it.", said) == ["ok"]


def test_another_word_that_is_no_longer_said_is_admitted(wordings: Known) -> None:
    snapshot = wordings(
        [
            zh("共同利益"),
            en("common interests", status="preferred"),
            en("joint stakes", until="2019"),
        ]
    )
    said = verdicts(snapshot, "共同利益。", "Of joint stakes.", as_of="2025")
    assert [each.rstrip("?") for each in said] == ["admitted"]


@pytest.mark.parametrize(
    ("other", "verdict"),
    [("reduction of poverty", "ok"), ("fight against want", "admitted")],
)
def test_the_asked_issuers_wording_in_another_part_of_speech_is_theirs(
    wordings: Known, other: str, verdict: str
) -> None:
    snapshot = wordings(
        [zh("减贫"), en("reduce poverty", status="preferred", issuer="UN"), en(other)]
    )
    said = verdicts(
        snapshot, "减贫。", f"The {other}.", issuer="UN", issuers=frozenset({"un"})
    )
    assert [each.rstrip("?") for each in said] == [verdict]


def test_a_name_that_was_in_use_once_is_no_longer_the_best_one(wordings: Known) -> None:
    snapshot = wordings(
        [
            zh("北大西洋公约组织"),
            en("North Atlantic Treaty Organization"),
            en("North Atlantic Alliance", type="shortForm", until="2010"),
        ]
    )
    both = "北大西洋公约组织", "the North Atlantic Alliance"
    assert verdicts(snapshot, *both, as_of="2009") == ["ok"]
    assert verdicts(snapshot, *both, as_of="2015") == ["admitted?"]


@pytest.mark.parametrize(
    ("state", "verdict"), [("approved", "forbidden"), ("draft", "missing?")]
)
def test_a_draft_forbids_nothing_where_its_entry_is_asked_for(
    wordings: Known, state: str, verdict: str
) -> None:
    snapshot = wordings(
        [
            zh("新型大国关系"),
            en("new model of major-country relationship", status="preferred"),
            en("new type of great power relations", status="deprecated"),
        ],
        state=state,
    )
    target = "a new type of great power relations"
    assert verdicts(snapshot, "构建新型大国关系", target) == [verdict]
