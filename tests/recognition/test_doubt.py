"""When a check accuses, and when it only gives advice, with the reason."""

from typing import Any

import pytest

from benchmarks.alarms import DIRECTIONS, alarms, readout, rows
from glossary.entry import Finding
from glossary.query import Wanted
from glossary.recognition import Recognition, Snapshot, check
from glossary.store import SqliteStore, Store
from tests.nouns import one
from tests.recognition.reading import checked, known

APPROVED: dict[str, object] = {"state": "approved"}
#: The errors of the readout that are advice or silence.
NOT_FOUND = set[str]()
#: What is accused although it is right: no entry has 携手 for joint efforts.
FALSE = {"make-joint-efforts: 外长呼吁携手构建网络空间命运共同体。"}


def reason(snapshot: Snapshot, source: str, target: str, **how: Any) -> str | None:
    """Return why the only finding is advice, or what it accuses of."""
    (finding,) = [f for f in checked(snapshot, source, target, **how) if not _right(f)]
    assert finding.advice == (finding.reason is not None)
    return finding.reason or finding.verdict


def _right(finding: Finding) -> bool:
    return finding.verdict in {"ok", "admitted"}


def test_right_translations_raise_no_alarm_and_most_errors_of_a_readout_are_found(
    curated: Store,
) -> None:
    snapshot = Recognition(curated).snapshot()
    for from_, to in DIRECTIONS:
        for row in rows("alarms.tsv"):
            assert alarms(snapshot, row[from_], row[to]) == [], row[to]
    wrong = readout(snapshot, wrong=True)
    assert len(wrong.errors) == 30
    assert len({error.kind for error in wrong.errors}) >= 10
    missed = {error.sentence for error in wrong.errors if not error.is_found}
    assert missed == NOT_FOUND
    assert set(wrong.false) == FALSE
    assert set(readout(snapshot, wrong=False).false) == FALSE


@pytest.mark.parametrize(
    ("chinese", "english", "source", "target"),
    [
        (
            "减贫",
            "poverty reduction",
            "各国致力减贫。",
            "States work to reduce poverty.",
        ),
        ("生效", "entry into force", "条约已生效。", "The treaty came into force."),
        ("核裁军", "nuclear disarmament", "推动核裁军", "to disarm nuclear weapons"),
        ("中国企业", "Chinese companies", "中国企业来了", "Companies of China came."),
    ],
)
def test_what_is_said_in_other_words_is_advice(
    store: SqliteStore, chinese: str, english: str, source: str, target: str
) -> None:
    insisted = {"expected": "always"}
    snapshot = known(store, one("term", english, chinese) | APPROVED | insisted)
    assert reason(snapshot, source, target) == "paraphrase"
    assert reason(snapshot, source, "They left at noon.") == "missing"


def test_words_that_render_other_words_of_the_source_excuse_nothing(
    store: SqliteStore,
) -> None:
    snapshot = known(
        store, one("term", "international community", "国际社会") | APPROVED
    )
    source = "国际社会应当遵守国际规则。"
    target = "All should observe international rules."
    assert reason(snapshot, source, target) == "missing"
    target = "The global community should observe the rules."
    assert reason(snapshot, "国际社会应当遵守规则。", target) == "paraphrase"


def test_without_its_negation_a_term_is_not_said_in_other_words(
    store: SqliteStore,
) -> None:
    term = one("term", "non-interference in internal affairs", "不干涉内政") | APPROVED
    snapshot = known(store, term)
    source = "principle of non-interference in internal affairs"
    assert reason(snapshot, source, "干涉内政的原则") == "missing"
    assert reason(snapshot, source, "互不干涉各国的内政的原则") == "paraphrase"


def test_a_pronoun_stands_for_what_was_said_before(store: SqliteStore) -> None:
    snapshot = known(store, one("term", "core interests", "核心利益") | APPROVED)
    source = "他谈到核心利益。我们维护核心利益。"
    said = "He spoke of core interests."
    assert reason(snapshot, source, f"{said} We uphold them.") == "repeated"
    assert reason(snapshot, source, f"{said} We uphold order.") == "missing"


def test_what_points_at_a_term_rendered_beside_it_stands_for_it(
    store: SqliteStore,
) -> None:
    snapshot = known(
        store,
        one("agencies", "specialized agencies", "专门机关") | APPROVED,
        one("council", "Security Council", "安全理事会") | APPROVED,
    )
    source = "各种专门机关应提出报告。专门机关得派代表。"
    said = "The specialized agencies shall report."
    assert reason(snapshot, source, f"{said} Such agencies may come.") == "repeated"
    assert reason(snapshot, source, f"{said} Such rules may come.") == "missing"
    # What the source itself points at is not the term.
    source = "各种专门机关应提出报告。该机关及专门机关得派代表。"
    assert reason(snapshot, source, f"{said} That agency may come.") == "missing"
    source = "The Security Council was told. The Security Council may act."
    assert reason(snapshot, source, "已报告安全理事会。该会得采取行动。") == "repeated"
    assert reason(snapshot, source, "已报告安全理事会。大国得采取行动。") == "missing"


def test_what_any_text_has_in_other_words_is_advice_but_no_name(
    store: SqliteStore,
) -> None:
    snapshot = known(
        store,
        one("provocation", "provocation", "挑衅") | APPROVED,
        one("consulate", "consulate", "领事馆") | APPROVED,
        one("south-china-sea", "South China Sea", "南海") | APPROVED,
    )
    said = "China answered the aggression of yesterday."
    assert reason(snapshot, "中方回应了昨天的挑衅。", said) == "one-word"
    assert reason(snapshot, "昨天该市领事馆关门了。", "It was closed.") == "one-word"
    assert reason(snapshot, "会谈谈到南海。", "They talked of fish.") == "missing"


def test_a_party_may_be_called_just_that_but_one_of_many_is_none(
    store: SqliteStore,
) -> None:
    snapshot = known(
        store,
        one("cpc", "CPC", "中国共产党") | APPROVED,
    )
    source = "The CPC has always led the work."
    assert reason(snapshot, source, "党始终领导这项工作。") == "name"
    assert reason(snapshot, source, "各党派始终做这项工作。") == "acronym"


def test_what_stands_in_a_name_is_translated_in_its_own_way(store: SqliteStore) -> None:
    snapshot = known(
        store,
        one("common", "common development", "共同发展") | APPROVED,
    )
    source = "双方将商签共同发展经济伙伴关系协定。"
    named = "Both will negotiate the Economic Partnership for Shared Development."
    assert reason(snapshot, source, named) == "paraphrase"
    assert reason(snapshot, source, "Both will sign an accord on growth.") == "missing"


def test_each_place_that_points_at_a_term_stands_for_one(store: SqliteStore) -> None:
    term = one("agencies", "specialized agencies", "专门机关") | APPROVED
    snapshot = known(store, term)
    source = "专门机关应提出报告。专门机关得派代表，专门机关得发言。"
    target = "Specialized agencies shall report. Such agencies may come and speak."
    found = [f.reason for f in checked(snapshot, source, target) if not _right(f)]
    assert found == ["repeated", None]


def test_a_title_may_have_a_name_within(store: SqliteStore) -> None:
    snapshot = known(
        store,
        one("president", "President of the Kingdom", "王国主席") | APPROVED,
        one("kingdom", "Kingdom", "王国") | APPROVED,
    )
    target = "Our guest is President Ma of the Kingdom."
    assert reason(snapshot, "来宾是王国主席马先生。", target) == "paraphrase"
    assert reason(snapshot, "来宾是王国主席马先生。", "Our guest is Ma.") == "missing"


def test_what_a_term_is_told_apart_from_is_named_where_it_stands(
    store: SqliteStore,
) -> None:
    principle = one("principle", "one-China principle", "一个中国原则")
    principle["relations"] = [{"type": "contrast", "entry": "policy"}]
    policy = one("policy", "one-China policy", "一个中国政策")
    policy["relations"] = [{"type": "contrast", "entry": "principle"}]
    snapshot = known(store, principle | APPROVED, policy | APPROVED)
    source = "中方坚持一个中国原则。美方奉行一个中国政策。"
    right = "China upholds the one-China principle. The US has a one-China policy."
    swapped = "China upholds the one-China policy. The US has a one-China principle."
    assert all(map(_right, checked(snapshot, source, right)))
    found = checked(snapshot, source, swapped)
    assert [(f.verdict, f.advice, f.entry, f.instead) for f in found] == [
        ("forbidden", False, "principle", "policy"),
        ("forbidden", False, "policy", "principle"),
    ]
    assert found[0].target
    assert found[0].target.text == "one-China policy"
    assert all(map(_right, checked(snapshot, source, swapped, align="none")))


def test_another_rung_of_a_ladder_is_named(store: SqliteStore) -> None:
    grave = one("grave", "grave concern", "严重关切")
    grave["relations"] = [{"type": "weaker", "entry": "deep"}]
    deep = one("deep", "deep concern", "深表关切")
    deep["relations"] = [{"type": "stronger", "entry": "grave"}]
    snapshot = known(store, grave | APPROVED, deep | APPROVED)
    (finding,) = checked(snapshot, "中方表示严重关切。", "China voiced deep concern.")
    assert (finding.verdict, finding.advice) == ("missing", False)
    assert (finding.entry, finding.instead) == ("grave", "deep")


def test_an_acronym_in_brackets_need_not_be_rendered(store: SqliteStore) -> None:
    forum = one("forum", "Forum on China-Africa Cooperation", "中非合作论坛")
    forum["terms"] = [
        *forum["terms"],  # type: ignore[misc]
        {"lang": "en", "text": "FOCAC", "type": "acronym"},
    ]
    snapshot = known(store, forum | APPROVED)
    source = "The Forum on China-Africa Cooperation (FOCAC) was held."
    assert all(map(_right, checked(snapshot, source, "中非合作论坛已举行。")))


def test_what_an_editor_always_expects_is_no_matter_of_style(
    store: SqliteStore,
) -> None:
    term = one("term", "accession", "加入条约") | APPROVED
    term["terms"] = [*term["terms"], {"lang": "en", "text": "accession to a treaty"}]  # type: ignore[misc]
    source, target = "the accession of States", "各国的立场"
    assert reason(known(store, term), source, target) == "one-word"
    always = term | {"id": "other", "expected": "always"}
    always["terms"] = [
        {"lang": "en", "text": "denunciation"},
        {"lang": "zh-Hans", "text": "退出条约"},
    ]
    snapshot = known(store, always)
    assert reason(snapshot, "the denunciation by States", target) == "missing"


def test_sentences_that_nobody_translated_are_one_finding(store: SqliteStore) -> None:
    snapshot = known(store, one("term", "core interests", "核心利益") | APPROVED)
    source = "双方会谈。" + "".join(
        f"第{day}天，双方谈到核心利益和其他许多问题。" for day in range(11, 31)
    )
    found = checked(snapshot, source, "The two sides held talks. On day 11 they left.")
    (omitted,) = [f for f in found if not f.advice and f.entry is None]
    assert (omitted.verdict, omitted.reason) == ("missing", "omitted")
    assert omitted.source
    assert len(omitted.source.text) > 0.8 * len(source)


def test_an_empty_target_names_the_term_that_the_source_is(store: SqliteStore) -> None:
    snapshot = known(store, one("term", "core interests", "核心利益") | APPROVED)
    (finding,) = check(snapshot, " 核心利益 ", "", Wanted())
    assert (finding.entry, finding.expected) == ("term", ("core interests",))
    (finding,) = check(snapshot, "维护核心利益", "", Wanted())
    assert (finding.entry, finding.expected) == (None, ())
