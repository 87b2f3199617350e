"""The names of States: every one is there, and each wording leads to its own like."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.answers import findings
from tests.nouns import curated_entries

#: The United Nations have 193 Members; the Holy See and Palestine observe.
STATES = 193 + 2
#: They stand among the set phrases, since their wording is a matter of dispute.
DISPUTED = {
    "democratic-peoples-republic-of-korea",
    "peoples-republic-of-china",
    "republic-of-korea",
}


def test_every_state_has_both_names_in_both_languages() -> None:
    named = {each.id: each for each in curated_entries()}
    states = [each for each in named.values() if "states" in each.subjects]
    assert len({each.id for each in states} | (DISPUTED & named.keys())) == STATES
    for entry in states:
        for lang in ("zh-Hans", "zh-Hant", "en"):
            assert [term for term in entry.terms if term.lang == lang], entry.id
        assert all(t.reading for t in entry.terms if t.lang == "zh-Hans"), entry.id


def test_a_capital_is_that_of_a_state_with_its_article() -> None:
    bare = re.compile(
        r"of (?!the )(\w+ )*(Republic|Federated|Kingdom|Union|United|Bolivarian)\b"
        r"|of (?!the )(\w+ )*(States|Islands|Emirates)\."
    )
    capitals = [each for each in curated_entries() if "capitals" in each.subjects]
    assert len(capitals) > 100
    said = {each.id: each.definition["en"] for each in capitals}
    assert [name for name, text in said.items() if bare.search(text)] == []


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("科特迪瓦", "Côte d'Ivoire"),
        ("義大利", "Italy"),
        ("意大利", "Italy"),
        ("沙特", "Saudi Arabia"),
        ("美国", "United States"),
        (
            "大不列颠及北爱尔兰联合王国",
            "United Kingdom of Great Britain and Northern Ireland",
        ),
        ("阿拉伯埃及共和国", "Arab Republic of Egypt"),
        ("Viet Nam", "越南"),
        ("Russia", "俄罗斯"),
    ],
)
def test_a_name_leads_to_its_like(client: FlaskClient, query: str, best: str) -> None:
    answer: Any = client.get("/api/v1/lookup", query_string={"q": query}).json
    assert answer["hits"][0]["equivalents"][0]["text"] == best


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("美国代表发言。", "The American representative spoke."),
        ("土耳其外长来访。", "The Turkish foreign minister visits."),
        ("土耳其总统来访。", "The President of Turkey visits."),
        ("英国表示欢迎。", "The UK welcomed it."),
        ("The Dutch delegation left.", "荷兰代表团离开了。"),
        ("The Philippine side agreed.", "菲律宾方面同意了。"),
    ],
)
def test_an_adjective_or_a_former_name_is_no_fault(
    client: FlaskClient, source: str, target: str
) -> None:
    verdicts = {finding["verdict"] for finding in findings(client, source, target)}
    assert verdicts == {"ok"}
