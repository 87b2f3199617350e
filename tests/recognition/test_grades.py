"""Words that grade or negate a term, and terms that have changed places."""

import pytest

from glossary.recognition.snapshot import Snapshot
from glossary.store import SqliteStore
from tests.nouns import one
from tests.recognition.reading import checked, known

PARTNERSHIP = "中方表示，双方建立永久全面战略伙伴关系，将落实共同行动计划。"


def approved(id_: str, english: str, chinese: str, **more: object) -> dict[str, object]:
    return one(id_, english, chinese) | {"state": "approved"} | more


@pytest.fixture
def terms(store: SqliteStore) -> Snapshot:
    contrast = [{"type": "contrast", "entry": "policy"}]
    back = [{"type": "contrast", "entry": "principle"}]
    return known(
        store,
        approved(
            "partnership", "comprehensive strategic partnership", "全面战略伙伴关系"
        ),
        approved("plan", "joint action plan", "共同行动计划"),
        approved("weapons", "nuclear weapons", "核武器"),
        approved("communiques", "three joint communiqués", "三个联合公报"),
        approved("premier", "Vice Premier", "副总理"),
        approved("settlement", "peaceful settlement of disputes", "和平解决争端"),
        approved(
            "principle", "one-China principle", "一个中国原则", relations=contrast
        ),
        approved("policy", "one-China policy", "一个中国政策", relations=back),
        approved("xizang", "Xizang-related issues", "涉藏问题"),
        approved("stop", "stop interfering in internal affairs", "停止干涉内政"),
        approved("resolution", "General Assembly Resolution 2758", "联大第2758号决议"),
        approved(
            "recognition",
            "acknowledge the Chinese position",
            "认识到中国的立场",
            terms=[
                {"lang": "zh-Hans", "text": "认识到中国的立场"},
                {"lang": "en", "text": "acknowledge the Chinese position"},
                {
                    "lang": "en",
                    "text": "recognize the Chinese position",
                    "status": "deprecated",
                },
            ],
        ),
        approved("macao", "Macao Special Administrative Region", "澳门特别行政区"),
    )


def told(snapshot: Snapshot, source: str, target: str) -> list[tuple[str, str | None]]:
    """Return the entries that a check accuses of, and why."""
    return [
        (finding.entry or "", finding.reason)
        for finding in checked(snapshot, source, target)
        if finding.verdict in {"missing", "forbidden"} and not finding.advice
    ]


@pytest.mark.parametrize(
    ("target", "accused"),
    [
        ("Both established a comprehensive strategic partnership", ["grade"]),
        ("Both established a permanent comprehensive strategic partnership", []),
        ("Their comprehensive strategic partnership is to last for ever", []),
    ],
)
def test_a_grade_that_stands_before_a_term_on_one_side_alone_is_told(
    terms: Snapshot, target: str, accused: list[str]
) -> None:
    english = f"China said: {target}, and it will implement the joint action plan."
    expected = [("partnership", reason) for reason in accused]
    assert told(terms, PARTNERSHIP, english) == expected
    assert told(terms, english, PARTNERSHIP) == expected


@pytest.mark.parametrize(
    ("chinese", "english", "reasons"),
    [
        (
            "各方重申不得使用核武器。",
            "All reaffirmed that they may use nuclear weapons.",
            ["negation"],
        ),
        (
            "各方重申可以使用核武器。",
            "Nuclear weapons must never be used, they said.",
            ["negation"],
        ),
        (
            "各方重申不得使用核武器。",
            "Nuclear weapons must never be used, they said.",
            [],
        ),
        (
            "各方承诺不得扩散核武器。",
            "All refrain from spreading nuclear weapons.",
            [],
        ),
        (
            "各方不断削减核武器数量。",
            "All steadily reduce their nuclear weapons.",
            [],
        ),
        ("各方不仅拥有核武器。", "All have nuclear weapons, and more.", []),
        ("这些不是废铁而是核武器。", "These are nuclear weapons.", []),
        ("這些並非廢鐵反而是核武器。", "These are nuclear weapons.", []),
        ("这些是核武器。", "These are not scrap but nuclear weapons.", []),
    ],
)
def test_what_is_not_to_be_done_to_a_term_is_told_where_the_other_side_has_no_trace(
    terms: Snapshot, chinese: str, english: str, reasons: list[str]
) -> None:
    expected = [("weapons", reason) for reason in reasons]
    assert told(terms, chinese, english) == expected
    assert told(terms, english, chinese) == expected


def test_a_negation_of_the_next_sentence_is_no_trace_of_this_ones(
    terms: Snapshot,
) -> None:
    source = "各方重申不得使用核武器。他们不接受外来干涉。"
    target = (
        "All reaffirmed the use of nuclear weapons. They do not accept interference."
    )
    assert told(terms, source, target) == [("weapons", "negation")]


@pytest.mark.parametrize(
    ("source", "wrong", "right", "entry"),
    [
        (
            "双方恪守三个联合公报。",
            "Both observe the two joint communiqués.",
            "Both observe the joint communiqués, all three of them.",
            "communiques",
        ),
        (
            "副总理出席了开幕式。",
            "The Premier attended the opening.",
            "The Deputy Premier attended the opening.",
            "premier",
        ),
        (
            "双方主张和平解决争端。",
            "Both stand for the settlement of disputes.",
            "Both want disputes settled by peaceful means.",
            "settlement",
        ),
        (
            "双方讨论了涉藏问题。",
            "Both discussed Tibet-related issues.",
            "Both discussed the issues of Xizang.",
            "xizang",
        ),
        (
            "美方应停止干涉内政。",
            "The US should go on interfering in internal affairs.",
            "The US should cease to interfere in internal affairs.",
            "stop",
        ),
        (
            "联大第2758号决议不容挑战。",
            "General Assembly Resolution 2785 brooks no challenge.",
            "The General Assembly's resolution no. 2758 brooks no challenge.",
            "resolution",
        ),
    ],
)
def test_what_keeps_most_words_of_a_term_but_not_what_grades_it_is_no_paraphrase(
    terms: Snapshot, source: str, wrong: str, right: str, entry: str
) -> None:
    assert told(terms, source, wrong) == [(entry, None)]
    assert told(terms, source, right) == []


def test_a_negation_of_a_later_clause_is_no_trace_of_this_ones(
    terms: Snapshot,
) -> None:
    source = "各方表示不使用核武器，无意对抗。"
    wrong = "All said that they use nuclear weapons, and want no confrontation."
    right = (
        "All said that, with no wish for confrontation, they use no nuclear weapons."
    )
    assert told(terms, source, wrong) == [("weapons", "negation")]
    assert told(terms, source, right) == []


def test_a_wrong_phrase_is_wrong_in_another_form_too(terms: Snapshot) -> None:
    source = "美方认识到中国的立场。"
    assert told(terms, source, "The US recognizes the Chinese position.") == [
        ("recognition", None)
    ]


def test_a_name_is_there_in_another_spelling_too(terms: Snapshot) -> None:
    assert (
        told(terms, "澳门特别行政区行政长官致辞。", "The Macau Special Region spoke.")
        == []
    )


def test_terms_told_apart_that_changed_places_within_a_sentence_are_both_named(
    terms: Snapshot,
) -> None:
    source = "中方坚持一个中国原则，美方奉行一个中国政策。"
    right = "China upholds the one-China principle, and the US its one-China policy."
    wrong = "China upholds the one-China policy, and the US its one-China principle."
    assert told(terms, source, right) == told(terms, right, source) == []
    for pair in ((source, wrong), (wrong, source)):
        findings = [f for f in checked(terms, *pair) if f.verdict == "forbidden"]
        assert {(f.entry, f.instead) for f in findings} == {
            ("principle", "policy"),
            ("policy", "principle"),
        }


def test_what_is_told_apart_may_stand_in_another_order_within_a_clause(
    terms: Snapshot,
) -> None:
    source = "一个中国原则与一个中国政策有别。"
    target = "The one-China policy is another matter than the one-China principle."
    assert told(terms, source, target) == []


@pytest.mark.parametrize(
    ("chinese", "english", "entry"),
    [
        ("各方支持联合国峰会。", "All support the United Nations.", "un"),
        ("各方支持联合国峰会。", "All support the United Nations Summit.", None),
        (
            "各方支持联合国峰会。",
            "All support the meeting at the United Nations.",
            None,
        ),
        (
            "各方坚持共同但有区别的责任。",
            "All uphold common responsibilities.",
            "responsibilities",
        ),
        (
            "各方坚持共同但有区别的责任。",
            "All uphold responsibilities, common though differentiated.",
            None,
        ),
        ("各方遵守南海行为准则。", "All observe the East Sea Code of Conduct.", "code"),
        ("各方要求无条件释放人质。", "All want the release of hostages.", "release"),
        (
            "各方要求无条件释放人质。",
            "All want the unconditional release of hostages.",
            None,
        ),
    ],
)
def test_what_makes_another_thing_of_a_name_is_told_where_it_is_gone(
    store: SqliteStore, chinese: str, english: str, entry: str | None
) -> None:
    snapshot = known(
        store,
        approved("un", "United Nations", "联合国"),
        approved(
            "responsibilities",
            "common but differentiated responsibilities",
            "共同但有区别的责任",
        ),
        approved("code", "Code of Conduct in the South China Sea", "南海行为准则"),
        approved("release", "release of hostages", "释放人质"),
    )
    names = [name for name, _ in told(snapshot, chinese, english)]
    assert names == ([entry] if entry else [])


def test_terms_of_one_subject_that_left_what_is_said_of_them_have_changed_places(
    store: SqliteStore,
) -> None:
    subject = {"state": "approved", "subjects": ["security"]}
    snapshot = known(
        store,
        one("energy", "energy security", "能源安全") | subject,
        one("food", "food security", "粮食安全") | subject,
    )
    source = "双方在能源安全上加强协调，在粮食安全上增加投入。"
    right = "Strengthen coordination on energy security and spend more on food security"
    turned = (
        "Spend more on food security and strengthen coordination on energy security"
    )
    wrong = "Strengthen coordination on food security and spend more on energy security"
    for target, swapped in ((right, []), (turned, []), (wrong, ["energy", "food"])):
        for pair in ((source, target), (target, source)):
            findings = [f for f in checked(snapshot, *pair) if f.verdict == "forbidden"]
            assert sorted(f.instead or "" for f in findings) == swapped


def test_terms_that_left_the_years_that_are_said_of_them_have_changed_places(
    store: SqliteStore,
) -> None:
    subject = {"state": "approved", "subjects": ["climate"]}
    snapshot = known(
        store,
        one("peak", "peak carbon emissions", "碳达峰") | subject,
        one("neutral", "carbon neutrality", "碳中和") | subject,
    )
    source = "2030年前实现碳达峰、2060年前实现碳中和。"
    target = "Achieve carbon neutrality before {} and peak carbon emissions before {}."
    for years, swapped in (((2060, 2030), []), ((2030, 2060), ["neutral", "peak"])):
        for pair in ((source, text := target.format(*years)), (text, source)):
            findings = [f for f in checked(snapshot, *pair) if f.verdict == "forbidden"]
            assert sorted(f.instead or "" for f in findings) == swapped
