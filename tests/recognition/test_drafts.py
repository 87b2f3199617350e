"""Drafts that cover approved terms: where nothing answers them, they hide nothing."""

import random
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from glossary.entry.nouns import Finding
from glossary.query import Wanted
from glossary.recognition import Recognition, Snapshot, occurrences
from glossary.store import SqliteStore, open_store
from glossary.text import has_han
from tests.nouns import entry, one
from tests.recognition.marks import DIRECTIONS, accusations, marked
from tests.recognition.reading import checked, known

APPROVED = {"state": "approved"}
DRAFT = {"state": "draft"}
#: Characters that a random draft has more than the term that it covers, at most.
_MORE = 12
_DRAFTS = 60


def _told(findings: tuple[Finding, ...]) -> set[tuple[str | None, str]]:
    return {(f.entry, f.verdict + "?" * f.advice) for f in findings}


@pytest.fixture
def partnerships(store: SqliteStore) -> Snapshot:
    verb, noun = {"part_of_speech": "verb"}, {"part_of_speech": "noun"}
    principle = one("principle", "one-China principle", "一个中国原则") | APPROVED
    principle["relations"] = [{"type": "contrast", "entry": "policy"}]
    ban = {"lang": "en", "text": "One Belt One Road", "status": "forbidden"}
    road = one("road", "Belt and Road", "一带一路") | APPROVED
    road["terms"] = [*road["terms"], ban | {"ban": "anywhere"}]  # type: ignore[misc]
    return known(
        store,
        principle,
        road,
        one("policy", "one-China policy", "一个中国政策") | APPROVED,
        one("forum", "Forum on China-Africa Cooperation", "中非合作论坛") | APPROVED,
        one("code", "code of conduct", "行为准则", **noun) | APPROVED,
        one("adhere", "keep to the principle", "恪守一个中国原则", **verb) | DRAFT,
        one("state", "keep to it now", "重申恪守一个中国原则", **verb) | DRAFT,
        one("summit", "summit meeting of the forum", "中非合作论坛峰会", **noun)
        | DRAFT,
        one("plan", "plan of One Belt One Road work", "路线图", **noun) | DRAFT,
        one("change", "uphold its one-China policy now", "改弦更张", **verb) | DRAFT,
        one("torn", "draw up the text", "制定行为准", **verb) | DRAFT,
    )


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        pytest.param(
            "会议期间，两国外长重申恪守一个中国原则。",
            "At the meeting, both ministers reaffirmed the one-China policy.",
            {("principle", "forbidden")},
            id="within a draft within a draft, what is told apart is named",
        ),
        pytest.param(
            "会议期间，两国外长重申恪守一个中国原则。",
            "At the meeting, both ministers reaffirmed the one-China principle.",
            {("principle", "ok"), ("state", "missing?")},
            id="what the draft covers is right, and it is only advice",
        ),
        pytest.param(
            "会议期间，两国外长重申恪守一个中国原则。",
            "At the meeting, both ministers keep to it now.",
            {("state", "ok")},
            id="a draft that is rendered covers what lies within it",
        ),
        pytest.param(
            "双方同意共建一带一路。",
            "Both sides agreed on the plan of One Belt One Road work.",
            {("road", "forbidden")},
            id="a draft's wording of the target hides no wording that is banned",
        ),
        pytest.param(
            "双方重申坚持一个中国原则。",
            "Both sides said they uphold its one-China policy now.",
            {("principle", "forbidden")},
            id="nor one that is told apart",
        ),
        pytest.param(
            "各方正在制定行为准则文本。",
            "The parties are at work on that text, and they are glad of that.",
            {("code", "missing"), ("torn", "missing?")},
            id="a draft that crosses a term hides it no more",
        ),
    ],
)
def test_a_draft_that_nothing_answers_hides_nothing(
    partnerships: Snapshot, source: str, target: str, said: set[tuple[str, str]]
) -> None:
    assert _told(checked(partnerships, source, target)) == said


@pytest.mark.parametrize("expected", ["advice", "never"])
def test_what_a_check_may_miss_is_confirmed_only_where_it_is_approved(
    store: SqliteStore, expected: str
) -> None:
    asked = {"expected": expected}
    snapshot = known(
        store,
        one("drill", "military drill", "军事演练") | DRAFT | asked,
        one("law", "international law", "国际法准则") | APPROVED | asked,
        one("use", "use of force", "使用武力") | DRAFT,
    )
    source = "使用武力和军事演练都应符合国际法准则。"
    target = "Any use of force and any military drill must respect international law."
    assert _told(checked(snapshot, source, target)) == {("law", "ok"), ("use", "ok")}
    astray = checked(
        snapshot, source, "Any use of force must respect international law."
    )
    told = {("drill", "missing?")} if expected == "advice" else set()
    assert _told(astray) == {("law", "ok"), ("use", "ok")} | told


@pytest.mark.parametrize("expected", ["advice", "never"])
def test_a_negation_beside_what_a_check_may_miss_is_told_of_the_words_that_negate(
    store: SqliteStore, expected: str
) -> None:
    renounce = one("renounce", "renounce the use of force", "放弃使用武力")
    snapshot = known(store, renounce | DRAFT | {"expected": expected})
    target = "Both sides renounce the use of force."
    assert not checked(snapshot, "双方放弃使用武力。", target)
    (astray,) = checked(snapshot, "双方决不放弃使用武力。", target)
    assert (astray.entry, astray.verdict, astray.reason) == (
        None,
        "missing",
        "negation",
    )


def test_a_rendering_answers_one_of_two_places_of_a_draft(
    partnerships: Snapshot,
) -> None:
    source = "双方重申恪守一个中国原则，各国也应当重申恪守一个中国原则。"
    target = "Both sides keep to it now, and all States should keep to the weather."
    findings = checked(partnerships, source, target)
    assert [f.entry for f in findings if f.verdict == "ok"] == ["state"]
    assert ("principle", "missing") in _told(findings)


def test_a_draft_that_is_surely_gone_is_told_instead_of_what_lies_in_it(
    partnerships: Snapshot,
) -> None:
    source = "中国领导人出席中非合作论坛峰会开幕式并发表主旨演讲。"
    findings = checked(partnerships, source, "The leader went abroad and gave a talk.")
    assert _told(findings) == {("summit", "missing")}


@pytest.mark.parametrize("name", ["canberra", "geneva", "riyadh", "samarkand"])
def test_random_drafts_that_nothing_answers_hide_no_error_of_a_readout(
    name: str, database: Path
) -> None:
    choose = random.Random(name)  # noqa: S311
    pairs = [
        (marked(name, from_, wrong=False), marked(name, to, wrong=True))
        for from_, to in DIRECTIONS
    ]
    with closing(open_store(str(database))) as store:
        recognition = Recognition(store)
        before = recognition.snapshot()
        accused = [accusations(before, *pair) for pair in pairs]
        drafts = [
            draft
            for text in [side.text for pair in pairs for side in pair]
            for draft in _drafts(before, text, choose)
        ]
        assert len(drafts) > 2 * _DRAFTS
        with store.write(by="test") as write:
            for number, draft in enumerate(drafts):
                write.create(entry(**draft | {"id": f"random-{number}"}))
        after = recognition.snapshot()
        for pair, findings in zip(pairs, accused, strict=True):
            there = accusations(after, *pair)
            hidden = [f for f in findings if not any(_says(o, f) for o in there)]
            assert hidden == []


def _drafts(
    snapshot: Snapshot, text: str, choose: random.Random
) -> Iterator[dict[str, object]]:
    """Yield drafts that cover terms of a text, and are rendered by what no text has."""
    places = occurrences(snapshot, text, Wanted())
    is_chinese = has_han(text)
    for number in range(_DRAFTS):
        place = choose.choice(places)
        start = max(place.start - choose.randrange(_MORE), 0)
        end = min(place.end + choose.randrange(_MORE), len(text))
        if not is_chinese:
            start = text.rfind(" ", 0, start + 1) + 1
            end = (text.find(" ", end) + 1 or len(text) + 1) - 1
        wording = text[start:end].strip()
        is_longer = len(wording) > place.end - place.start
        if is_longer and not re.search(r"[.。\n…{}]", wording):
            other = f"zyzzyva quux {number}" if is_chinese else f"无人之境{number}"
            english, chinese = (other, wording) if is_chinese else (wording, other)
            kind = choose.choice(["noun", "verb", "other"])
            yield one("random", english, chinese, part_of_speech=kind) | DRAFT


def _says(other: Finding, finding: Finding) -> bool:
    """Say whether a finding is another one, or accuses a longer term at its place."""
    if (other.entry, other.verdict, other.source) == (
        finding.entry,
        finding.verdict,
        finding.source,
    ):
        return True
    mine, its = finding.source, other.source
    return bool(mine and its) and its.start < mine.end and mine.start < its.end  # type: ignore[union-attr]
