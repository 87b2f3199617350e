"""Names of States that are gone, and what stands in place of a term."""

from typing import Any

import pytest

from glossary.recognition import Recognition
from glossary.recognition.snapshot import Snapshot
from glossary.store import SqliteStore, Store
from tests.nouns import one
from tests.recognition.reading import checked, known


def state(id_: str, english: str, chinese: str, **more: Any) -> dict[str, object]:
    entry = one(id_, english, chinese) | {"state": "approved", "subjects": ["states"]}
    return entry | more


def approved(id_: str, english: str, chinese: str, **more: Any) -> dict[str, object]:
    return one(id_, english, chinese) | {"state": "approved"} | more


def told(snapshot: Snapshot, source: str, target: str) -> list[tuple[str, ...]]:
    """Return what a check has to say: the entry, why, and what stands instead."""
    return [
        (f.entry or "", f.reason or f.verdict, *([f.instead] if f.instead else []))
        for f in checked(snapshot, source, target)
        if f.verdict not in {"ok", "admitted"}
    ]


CAPITAL = {"type": "part", "entry": "nairobi"}


@pytest.fixture
def states(store: SqliteStore) -> Snapshot:
    return known(
        store,
        state(
            "kenya", "Kenya", "肯尼亚", relations=[{"type": "part", "entry": "nairobi"}]
        ),
        one("nairobi", "Nairobi", "内罗毕") | {"expected": "never"},
        state("niger", "Niger", "尼日尔"),
        state("nigeria", "Nigeria", "尼日利亚"),
        state("spain", "Spain", "西班牙"),
        state("turkey", "Turkey", "土耳其"),
        state("peru", "Peru", "秘鲁"),
        state("france", "France", "法国"),
        approved("summit", "summit meeting", "首脑会议"),
    )


@pytest.mark.parametrize(
    ("source", "target", "verdicts"),
    [
        (
            "肯尼亚总统出席开幕式。",
            "The President came.",
            ["missing"],
        ),
        ("秘鲁外长昨天抵达。", "The minister arrived yesterday.", ["missing"]),
        ("尼日利亚外长昨天抵达。", "The minister arrived yesterday.", ["missing"]),
        ("肯尼亚表示将派人参加。", "It said that it would send people.", ["name"]),
        ("肯尼亚表示将派人参加。", "Nairobi said that people would go.", ["name"]),
        ("土耳其人昨天赢得比赛。", "The Turks won the race yesterday.", ["name"]),
        ("肯尼亚经济去年增长。", "The country's economy grew last year.", ["name"]),
        ("法国财政部公布了数字。", "The Treasury published figures.", ["name"]),
    ],
)
def test_a_state_that_is_not_named_at_all_is_missing(
    states: Snapshot, source: str, target: str, verdicts: list[str]
) -> None:
    assert [reason for _, reason in told(states, source, target)] == verdicts


@pytest.mark.parametrize(
    ("source", "target", "verdict"),
    [
        ("The ministers of Spain and Peru met.", "西秘两国部长举行会晤。", "name"),
        ("The minister of Spain left for home.", "部长启程回国。", "missing"),
        ("A Peru delegation arrived.", "该国代表团抵达。", "name"),
        ("Nigeria supported the motion.", "尼方支持这项动议。", "name"),
    ],
)
def test_one_character_may_name_a_state(
    states: Snapshot, source: str, target: str, verdict: str
) -> None:
    assert {reason for _, reason in told(states, source, target)} == {verdict}


def test_another_state_that_stands_instead_is_named(states: Snapshot) -> None:
    source = "尼日利亚代表团抵达日内瓦。"
    for target in (
        "The delegation of Niger arrived in Geneva.",
        "It said that the delegation of Niger had arrived.",
    ):
        assert told(states, source, target) == [("nigeria", "missing", "niger")]
    # Even of one that would go without saying.
    assert told(states, "法国代表团抵达。", "The delegation of Peru arrived.") == [
        ("france", "missing", "peru")
    ]


def test_a_state_that_the_source_has_in_its_own_way_stands_for_nothing(
    states: Snapshot,
) -> None:
    source = "一些西籍肯尼亚人表示不满。"
    assert told(states, source, "Some people from Spain in Nairobi were unhappy.") == [
        ("kenya", "name")
    ]


DRAFT = one("draft", "joint patrol", "联合巡航")


def test_what_stands_instead_weighs_more_than_that_a_term_is_a_draft(
    store: SqliteStore,
) -> None:
    snapshot = known(store, DRAFT, approved("fund", "climate fund", "气候基金"))
    source = "双方将开展联合巡航。"
    assert told(snapshot, source, "They will begin.") == [("draft", "draft")]
    told_of = told(snapshot, source, "They will begin a climate fund.")
    assert told_of == [("draft", "missing", "fund")]
    # Where the source has it too, in whatever words, it stands for itself.
    source = "双方将就气候开展联合巡航。"
    told_of = told(snapshot, source, "They will begin a climate fund.")
    assert told_of == [("draft", "draft")]


def test_a_set_noun_of_a_draft_is_missing_only_where_nothing_of_it_is_left(
    store: SqliteStore,
) -> None:
    def noun(id_: str, english: str, chinese: str) -> dict[str, object]:
        terms = [
            {"lang": "zh-Hans", "text": chinese, "part_of_speech": "noun"},
            {"lang": "en", "text": english, "part_of_speech": "noun"},
        ]
        return {"id": id_, "terms": terms}

    snapshot = known(
        store,
        noun("cooperation", "economic and trade cooperation", "经贸合作"),
        noun("envoy", "envoy", "特使"),
        one("hold", "hold talks", "举行会谈"),
    )
    source = "双方谈到经贸合作。"
    assert told(snapshot, source, "The two leaders met.") == [
        ("cooperation", "missing")
    ]
    for target in ("They spoke of trade.", "They spoke of it.", "They cooperate."):
        assert told(snapshot, source, target)[0][1] in {"draft", "paraphrase"}
    assert told(snapshot, "特使来了。", "The man came.") == [("envoy", "draft")]
    assert told(snapshot, "双方举行会谈。", "The men came.") == [("hold", "draft")]


def test_a_draft_that_is_no_set_noun_on_both_sides_is_only_a_draft(
    store: SqliteStore,
) -> None:
    def term(lang: str, text: str, part: str) -> dict[str, str]:
        return {"lang": lang, "text": text, "part_of_speech": part}

    both = [
        ("help", term("zh-Hans", "守望相助", "other"), "mutual help"),
        ("lean", term("zh-Hans", "“一边倒”", "noun"), "leaning to one side"),
        ("trade", term("zh-Hans", "经贸往来", "noun"), "trade exchanges"),
    ]
    snapshot = known(
        store,
        *({"id": i, "terms": [zh, term("en", en, "noun")]} for i, zh, en in both),
    )
    target = "The men came."
    assert told(snapshot, "他们一边倒。", target) == [("lean", "draft")]
    assert told(snapshot, "他们谈到经贸往来。", target) == [("trade", "missing")]
    assert told(snapshot, "They spoke of mutual help.", "他们来了。") == [
        ("help", "draft")
    ]


def test_words_that_stand_about_excuse_nothing_where_another_term_stands(
    store: SqliteStore,
) -> None:
    snapshot = known(
        store,
        approved("environment", "business environment", "营商环境"),
        approved("rights", "inalienable rights", "不可剥夺的权利"),
    )
    source = "我们改善营商环境，为工商界服务。"
    target = "We improve {} and serve business."
    assert told(snapshot, source, target.format("it"))[0][1] == "paraphrase"
    told_of = told(snapshot, source, target.format("inalienable rights"))
    assert told_of == [("environment", "missing", "rights")]


def test_what_stands_just_where_a_noun_should_weighs_more_than_that_it_is_everyday(
    store: SqliteStore,
) -> None:
    organs = one("organs", "principal organs", "主要机关") | {"expected": "advice"}
    organs["terms"] = [
        {**term, "part_of_speech": "noun"}
        for term in organs["terms"]  # type: ignore[attr-defined]
    ]
    snapshot = known(
        store,
        organs | {"state": "approved"},
        approved("fund", "climate fund", "气候基金"),
        approved("assembly", "General Assembly", "大会", expected="advice"),
    )
    source = "{}提请各国注意，各国应遵守有关规定，并就此向秘书处提出详细报告。"
    target = "{} brought it to the notice of States, which observe rules and report {}."
    organ = source.format("主要机关")
    assert told(snapshot, organ, target.format("They", "to it")) == [
        ("organs", "everyday")
    ]
    assert told(snapshot, organ, target.format("The climate fund", "to it")) == [
        ("organs", "missing", "fund")
    ]
    assert told(snapshot, organ, target.format("They", "to the climate fund")) == [
        ("organs", "everyday")
    ]
    # A word of two characters is said in any way.
    short = source.format("大会")
    assert told(snapshot, short, target.format("The climate fund", "to it")) == [
        ("assembly", "everyday")
    ]


def test_half_of_a_set_phrase_is_a_paraphrase(store: SqliteStore) -> None:
    snapshot = known(store, approved("term", "win-win cooperation", "合作共赢"))
    source = "It is an era of win-win cooperation."
    assert told(snapshot, source, "这是共赢的时代。") == [("term", "paraphrase")]
    # Half of it is two characters, whether they are one word or not: 两国.
    presidents = approved("heads", "two presidents", "两国元首")
    two = known(store, presidents)
    assert told(two, "The two presidents met.", "两国总统见面了。") == [
        ("heads", "paraphrase")
    ]
    assert told(two, "The two presidents met.", "他们见面了。") == [
        ("heads", "missing")
    ]
    assert told(snapshot, source, "这是新的时代。") == [("term", "missing")]


@pytest.fixture
def courts(store: SqliteStore) -> Snapshot:
    contrast = {
        "justice": [{"type": "contrast", "entry": "criminal"}],
        "criminal": [{"type": "contrast", "entry": "justice"}],
    }
    return known(
        store,
        one("justice", "International Court of Justice", "国际法院")
        | {"relations": contrast["justice"]},
        approved(
            "criminal",
            "International Criminal Court",
            "国际刑事法院",
            relations=contrast["criminal"],
        ),
    )


def test_a_contrast_that_is_approved_is_wrong_for_a_draft_too(
    courts: Snapshot,
) -> None:
    target = "It went to the International Criminal Court."
    told_of = told(courts, "案件已提交国际法院。", target)
    assert told_of == [("justice", "forbidden", "criminal")]


def test_a_contrast_beside_the_right_rendering_is_wrong(courts: Snapshot) -> None:
    source = "Disputes go to the International Court of Justice under its Statute."
    right = "争端按国际法院规约提交国际法院。"
    assert told(courts, source, right) == []
    wrong = "争端按国际法院规约提交国际刑事法院。"
    assert told(courts, source, wrong) == [("justice", "forbidden", "criminal")]


def test_a_negated_contrast_is_no_contrast(store: SqliteStore) -> None:
    snapshot = known(
        store,
        approved(
            "not",
            "non-binding",
            "无约束力",
            relations=[{"type": "contrast", "entry": "binding"}],
        ),
        approved("binding", "legally binding", "具有约束力"),
    )
    told_of = told(snapshot, "The text is non-binding.", "文本不具有约束力。")
    assert [(reason, *rest) for _, reason, *rest in told_of] != [
        ("forbidden", "binding")
    ]
    told_of = told(snapshot, "The text is non-binding.", "文本具有约束力。")
    assert told_of == [("not", "forbidden", "binding")]


def test_names_in_other_names_are_not_asked_for(curated: Store) -> None:
    snapshot = Recognition(curated).snapshot()
    for source, target in (
        ("他住在华盛顿哥伦比亚特区。", "He lives in D.C."),
        ("他生于捷克斯洛伐克。", "He was born in the CSSR."),
        ("他来自北爱尔兰。", "He is from Ulster."),
        ("飓风经过墨西哥湾。", "The hurricane crossed the Gulf."),
    ):
        assert told(snapshot, source, target) == [], source


def test_a_set_phrase_is_no_everyday_word(curated: Store) -> None:
    snapshot = Recognition(curated).snapshot()
    for source, target in (
        ("应国王邀请，部长昨天抵达。", "The minister arrived yesterday."),
        ("At the invitation of the King, he came.", "他昨天来了。"),
    ):
        assert told(snapshot, source, target)[0][1] == "missing"


@pytest.fixture
def initiatives(store: SqliteStore) -> Snapshot:
    """Names that differ in a word, a list, and titles."""

    def related(other: str) -> dict[str, Any]:
        return {"relations": [{"type": "related", "entry": other}]}

    return known(
        store,
        approved("mutual", "non-interference in each other's affairs", "互不干涉内政"),
        approved(
            "none",
            "non-interference in the affairs of States",
            "不干涉内政",
            **related("mutual"),
        ),
        approved("gdi", "Global Development Initiative", "全球发展倡议"),
        approved("gsi", "Global Security Initiative", "全球安全倡议", **related("gdi")),
        approved(
            "four", "patience, candour, courage and good faith", "耐心坦诚勇敢诚信"
        ),
        approved("envoy", "Special Envoy for Quiet Waters", "静水特使"),
        approved("chair", "acting chairperson of waters", "代理水务主席"),
    )


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        (
            "中方提出全球安全倡议。",
            "China proposed the Global Security Initiative.",
            [],
        ),
        (
            "中方提出全球安全倡议。",
            "China proposed the Global Development Initiative.",
            [("gsi", "missing", "gdi")],
        ),
        (
            "The Global Security Initiative was proposed.",
            "提出了全球发展倡议。",
            [("gsi", "missing", "gdi")],
        ),
        # What is said for each other is said for one, and the other way round.
        (
            "各国不干涉内政。",
            "They want non-interference in each other's affairs.",
            [("none", "paraphrase")],
        ),
        # What tells the two apart stands in the source too.
        (
            "中方为了发展提出全球安全倡议。",
            "China proposed the Global Development Initiative.",
            [("gsi", "paraphrase")],
        ),
    ],
)
def test_a_name_that_differs_in_a_word_stands_for_the_other(
    initiatives: Snapshot, source: str, target: str, said: list[tuple[str, ...]]
) -> None:
    assert told(initiatives, source, target) == said


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("They ask for patience, candour, courage and good faith.", []),
        (
            "They ask for patience, candour and good faith.",
            [("four", "missing")],
        ),
        (
            "They ask for courage and candour, patience and faith.",
            [("four", "paraphrase")],
        ),
    ],
)
def test_a_member_of_a_list_that_is_left_out_is_missed(
    initiatives: Snapshot, target: str, said: list[tuple[str, ...]]
) -> None:
    assert told(initiatives, "他们要求耐心坦诚勇敢诚信。", target) == said


def test_a_title_in_small_letters_is_missed_where_another_stands_for_it(
    initiatives: Snapshot,
) -> None:
    source = "He met the special envoy for quiet waters."
    assert told(initiatives, source, "他会见了代理水务主席。") == [
        ("envoy", "missing", "chair")
    ]
    assert told(initiatives, source, "他会见了客人。") == [("envoy", "case")]


def test_nothing_stands_for_a_term_that_a_check_may_miss(store: SqliteStore) -> None:
    plan = approved("plan", "strategic plan of work", "战略工作规划", expected="advice")
    snapshot = known(store, plan, approved("talks", "summit talks", "首脑会谈"))
    source = "The strategic plan of work was praised by everyone."
    assert told(snapshot, source, "首脑会谈受到各方好评。") == [("plan", "everyday")]


def test_what_lies_in_a_term_is_left_of_it_though_another_sentence_asks_for_it(
    store: SqliteStore,
) -> None:
    snapshot = known(
        store,
        approved("principle", "one-China principle", "一个中国原则"),
        approved("uphold", "uphold the one-China principle", "恪守一个中国原则"),
        approved("respect", "mutual respect", "相互尊重"),
    )
    source = "各方恪守一个中国原则，坚持相互尊重。此外，一个中国原则不容挑战。"
    target = (
        "All abide by the one-China principle and have mutual respect. "
        "Besides, the one-China principle brooks no challenge."
    )
    assert ("uphold", "paraphrase") in told(snapshot, source, target)
