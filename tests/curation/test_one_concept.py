"""What is stronger, wider or another thing than a phrase has an entry of its own."""

import re
from itertools import permutations

import pytest
from flask.testing import FlaskClient

from glossary.entry.nouns import USABLE, Entry, Term
from glossary.entry.pairing import pairing
from glossary.text.fold import fold
from tests.answers import findings
from tests.nouns import by_id


def verdicts(client: FlaskClient, source: str, target: str, entry: str) -> set[str]:
    sides = {"from": "zh-Hans", "to": "en"}
    ours = (f for f in findings(client, source, target, **sides) if f["entry"] == entry)
    return {finding["verdict"] for finding in ours}


@pytest.mark.parametrize(
    ("source", "target", "entry"),
    [
        (
            "七国集团峰会在法国举行。",
            "The G8 summit was held in France.",
            "group-of-seven",
        ),
        (
            "会谈取得实质性进展。",
            "The talks made substantial progress.",
            "substantive-progress",
        ),
        (
            "双方高度赞赏这一贡献。",
            "Both sides spoke highly of this.",
            "highly-appreciate",
        ),
        (
            "我们强烈谴责这一行径。",
            "We condemn it in the strongest terms.",
            "strongly-condemn",
        ),
        ("反对脱钩断链。", "We oppose decoupling.", "decoupling"),
        (
            "两国元首举行会谈。",
            "The leaders of the two countries met.",
            "two-heads-of-state",
        ),
        ("发展可再生能源。", "to develop new energy", "renewable-energy"),
        (
            "台湾当局应当停止挑衅。",
            "The DPP authorities must stop.",
            "taiwan-authorities",
        ),
        ("中方深表遗憾。", "China deplores this.", "deeply-regret"),
        (
            "坚持一个中国原则。",
            "They uphold the one-China policy.",
            "one-china-principle",
        ),
        (
            "奉行一个中国政策。",
            "They pursue the one-China principle.",
            "one-china-policy",
        ),
        (
            "两国建立全面战略合作伙伴关系。",
            "They formed a comprehensive strategic partnership.",
            "comprehensive-strategic-cooperative-partnership",
        ),
        (
            "两国建立全天候战略伙伴关系。",
            "They formed a strategic partnership.",
            "all-weather-strategic-partnership",
        ),
        ("加入世界贸易组织", "resumption of GATT status", "accession-to-the-wto"),
    ],
)
def test_a_stronger_weaker_or_wider_wording_is_no_rendering(
    client: FlaskClient, source: str, target: str, entry: str
) -> None:
    said = verdicts(client, source, target, entry)
    assert said
    assert not {"ok", "admitted"} & said


@pytest.mark.parametrize(
    ("source", "target", "entry"),
    [
        ("八国集团外长会", "the G8 foreign ministers' meeting", "group-of-eight"),
        (
            "会谈取得重大进展。",
            "The talks made substantial progress.",
            "major-progress",
        ),
        (
            "两国关系发展顺利。",
            "Relations between the two countries go well.",
            "bilateral-relations",
        ),
        ("具有特别咨商地位", "in special consultative status", "consultative-status"),
        (
            "五常发表声明。",
            "The P5 issued a statement.",
            "permanent-members-of-the-security-council",
        ),
        (
            "外国船舶享有无害通过权。",
            "Ships enjoy the right of innocent passage.",
            "innocent-passage",
        ),
        (
            "人权维护者受到威胁。",
            "Human rights defenders are threatened.",
            "human-rights-defender",
        ),
        (
            "预防性外交、建立和平与维持和平",
            "preventive diplomacy, peacemaking",
            "peacemaking",
        ),
        ("中国台北派代表出席。", "Taipei,China sent delegates.", "taipei-china"),
        (
            "南沙群岛是中国的领土。",
            "Nansha Qundao is China's territory.",
            "nansha-islands",
        ),
        ("该裁决是无效的。", "The award is null and void.", "null-and-void"),
        (
            "非法无效的裁决",
            "an award that is illegal, null and void",
            "illegal-and-invalid",
        ),
        (
            "反对“脱钩断链”。",
            "We oppose decoupling and breaking supply chains.",
            "decoupling",
        ),
        (
            "香港享有终审权。",
            "Hong Kong has the power of final adjudication.",
            "power-of-final-adjudication",
        ),
        (
            "人类文明新形态",
            "a new form of human advancement",
            "new-form-of-human-advancement",
        ),
    ],
)
def test_each_has_the_rendering_that_is_its_own(
    client: FlaskClient, source: str, target: str, entry: str
) -> None:
    (verdict,) = verdicts(client, source, target, entry)
    assert verdict in {"ok", "admitted"}


def test_a_wording_said_to_be_for_one_chinese_phrase_is_bound_to_it() -> None:
    loose = [
        (entry.id, term.text)
        for entry in by_id().values()
        for term in entry.terms
        if term.status in USABLE
        and re.match(r"(For|With) [“\"]?[\u3400-\u9fff]", term.usage)
        and not term.renders
    ]
    assert not loose


def test_the_wordings_that_lead_in_either_language_render_each_other() -> None:
    apart = [
        (entry.id, chinese.text, english.text)
        for entry in by_id().values()
        for chinese in led_by(entry, "zh-Hans")
        for english in led_by(entry, "en")
        if english not in pairing(entry.terms, chinese, lang="en").terms
        or chinese not in pairing(entry.terms, english, lang="zh-Hans").terms
    ]
    assert not apart


def led_by(entry: Entry, lang: str) -> list[Term]:
    every = [t for t in entry.terms if t.lang == lang and t.status == "preferred"]
    return every[:1]


def test_no_document_is_quoted_with_a_wording_that_is_wrong_in_any_text() -> None:
    quotes = [
        (entry.id, fold(citation.quote))
        for entry in by_id().values()
        for term in entry.terms
        if term.status in USABLE
        for citation in term.citations
    ]
    for entry in by_id().values():
        for term in entry.terms:
            if term.ban == "anywhere":
                assert term.status not in USABLE, (entry.id, term.text)
                wrong = f" {fold(term.text)} "
                assert not [i for i, quote in quotes if wrong in f" {quote} "]


def test_a_grade_of_partnership_names_the_grades_it_is_taken_for() -> None:
    grades = {
        entry.id: term.text
        for entry in by_id().values()
        if "bilateral-relations" in entry.subjects
        for term in entry.terms
        if (term.lang, term.status) == ("zh-Hans", "preferred")
        and re.fullmatch("[^、，]*(战略|合作|全面)[^、，]*伙伴关系", term.text)
    }
    assert len(grades) > 15
    for one, other in permutations(grades, 2):
        inner, outer = grades[one].removesuffix("伙伴关系"), grades[other]
        if outer.endswith(grades[one]) or outer.startswith(inner):
            related = {relation.entry for relation in by_id()[one].relations}
            assert other in related, (grades[one], outer)
