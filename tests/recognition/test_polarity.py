"""Sentences that only one side negates, and acronyms that are another's."""

import pytest

from glossary.recognition.snapshot import Snapshot
from glossary.store import SqliteStore
from tests.nouns import one
from tests.recognition.reading import checked, known

RESPECT = ("双方坚持相互尊重，", "The two sides uphold mutual respect, ")


@pytest.fixture
def terms(store: SqliteStore) -> Snapshot:
    approved = {"state": "approved"}
    cbd = one("cbd", "CBD", "生物多样性公约", type="acronym") | approved
    full = {"lang": "en", "text": "Convention on Biological Diversity"}
    return known(
        store,
        one("respect", "mutual respect", "相互尊重") | approved,
        cbd | {"terms": [*cbd["terms"], full]},
    )


def told(terms: Snapshot, source: str, target: str) -> list[tuple[str, str, str]]:
    """Return the verdicts that are no praise, with their reasons and places."""
    return [
        (
            f"{finding.verdict}{' advice' if finding.advice else ''}",
            finding.reason or "",
            "".join(span.text for span in (finding.target or finding.source,) if span),
        )
        for finding in checked(terms, source, target)
        if finding.verdict not in {"ok", "admitted"}
    ]


@pytest.mark.parametrize(
    ("chinese", "english", "place"),
    [
        ("不附加政治条件。", "and attach political conditions.", "不附加政治条件"),
        (
            "不向冲突方提供武器。",
            "and provide weapons to parties.",
            "不向冲突方提供武器",
        ),
        (
            "不同岛国发展官方关系。",
            "and develop ties with them.",
            "不同岛国发展官方关系",
        ),
        ("并未参与有关安排。", "and take part in it.", "并未参与有关安排"),
        ("没有提供别国武器。", "and provide special arms.", "没有提供别国武器"),
    ],
)
def test_what_only_the_source_negates_is_missing_whatever_it_speaks_of(
    terms: Snapshot, chinese: str, english: str, place: str
) -> None:
    ours, theirs = RESPECT[0] + chinese, RESPECT[1] + english
    assert told(terms, ours, theirs) == [("missing", "negation", place)]
    assert told(terms, ours, theirs.replace("and ", "and do not ")) == []


def test_what_only_the_target_negates_is_named_there(terms: Snapshot) -> None:
    source, target = RESPECT[1] + "and use force.", RESPECT[0] + "绝不使用武力。"
    assert told(terms, source, target) == [("missing", "negation", "绝不使用武力")]


@pytest.mark.parametrize(
    "target",
    ["任何国家可以干涉别国内政。", "任何国家未来可干涉非洲国防。"],
)
def test_nobody_may_is_a_negation_and_special_is_no_trace_of_one(
    terms: Snapshot, target: str
) -> None:
    source = f"{RESPECT[1]}and no country may interfere in it."
    place = "no country may interfere in it"
    assert told(terms, source, RESPECT[0] + target) == [("missing", "negation", place)]
    right = f"{RESPECT[0]}任何国家不得干涉。"
    assert told(terms, source, right) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "Plans for mutual respect have not seen the light.",
            "尚未出台计划，以相互尊重为宗旨。",
        ),
        ("它从来不是一个国家而是相互尊重的典范。", "It is a model of mutual respect."),
    ],
)
def test_what_is_not_done_to_something_else_negates_no_term(
    terms: Snapshot, source: str, target: str
) -> None:
    assert told(terms, source, target) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("不断发展合作。", "and keep developing cooperation."),
        ("参与不同程度的合作。", "and cooperate in varying degrees."),
        ("不接受单边制裁。", "and reject unilateral sanctions."),
        ("不允许违约。", "and stop all breaches."),
        ("不得不接受现实。", "and had to accept reality."),
    ],
)
def test_what_has_a_trace_of_a_negation_or_is_none_contradicts_nothing(
    terms: Snapshot, source: str, target: str
) -> None:
    assert told(terms, RESPECT[0] + source, RESPECT[1] + target) == []


def test_everyday_prose_says_things_the_other_way_round(terms: Snapshot) -> None:
    assert told(terms, "他不接受记者采访。", "He turned down all interviews.") == []
    assert told(terms, "图片质量实在不能接受。", "The visual quality is poor.") == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Shops in the CBD are closed.", "市中心的商店关门了。"),
        (
            f"{RESPECT[1]}and visited the central business district. The CBD is open.",
            f"{RESPECT[0]}并参观了中央商务区。商务区开放。",
        ),
    ],
)
def test_letters_that_the_text_does_not_tell_may_be_another_s(
    terms: Snapshot, source: str, target: str
) -> None:
    assert told(terms, source, target) == [("missing advice", "acronym", "CBD")]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "The Convention on Biological Diversity met. Parties to the CBD came.",
            "大会再次举行。各方到会。",
        ),
        (f"{RESPECT[1]}and implement the CBD.", f"{RESPECT[0]}并予落实。"),
    ],
)
def test_letters_are_missed_where_the_text_names_them_or_is_official(
    terms: Snapshot, source: str, target: str
) -> None:
    assert ("missing", "", "CBD") in told(terms, source, target)


def test_what_is_too_long_for_a_sentence_is_not_said_to_be_negated(
    terms: Snapshot,
) -> None:
    chinese, english = RESPECT
    negated = f"{english}and shall not attach political conditions."
    short = told(terms, f"{chinese}附加政治条件。", negated)
    assert [reason for _, reason, _ in short] == ["negation"]
    long = f"{chinese}附加政治条件{'，双方坚持相互尊重' * 80}。"
    assert [r for _, r, _ in told(terms, long, negated) if r == "negation"] == []


def test_clauses_that_go_together_by_their_words_negate_together(
    terms: Snapshot,
) -> None:
    source = (
        f"{RESPECT[1]}stressing that no country has the right to interfere in the "
        "internal affairs of others, and never use the issue of human rights."
    )
    right = (
        f"{RESPECT[0]}强调任何国家无权干涉他国，不得干涉他国内政，从未利用人权问题。"
    )
    wrong = (
        f"{RESPECT[0]}强调任何国家有权干涉他国，也可干涉他国内政，从未利用人权问题。"
    )
    place = "no country has the right to interfere in the internal affairs of others"
    assert told(terms, source, right) == []
    assert told(terms, source, wrong) == [("missing", "negation", place)]


def test_an_english_clause_may_share_the_negation_of_the_one_before(
    terms: Snapshot,
) -> None:
    source = f"{RESPECT[0]}不干涉内政，不使用武力，不附加条件。"
    target = f"{RESPECT[1]}and do not interfere in internal affairs, use force, "
    assert told(terms, source, f"{target}or attach conditions.") == []


@pytest.mark.parametrize(
    ("chinese", "english", "place"),
    [
        ("中欧是伙伴而非对手。", "China and Europe are partners{} rivals.", "而非对手"),
        ("这是去风险，不是脱钩。", "this is de-risking{} decoupling.", "，不是脱钩"),
    ],
)
def test_what_something_is_not_is_said_by_the_other_side_too(
    terms: Snapshot, chinese: str, english: str, place: str
) -> None:
    source, target = RESPECT[0] + chinese, RESPECT[1] + english
    assert told(terms, source, target.format(" and")) == [
        ("missing", "negation", place)
    ]
    assert told(terms, source, target.format(", not")) == []
