"""Lint reads what the usage of a term says, where the entry itself does not say it."""

from typing import Any

import pytest

from glossary.curation.lint.usage import flaws
from tests.nouns import entry

Terms = list[dict[str, Any]]


def term(lang: str, text: str, status: str = "admitted", **more: Any) -> dict[str, Any]:
    return {"lang": lang, "text": text, "status": status, **more}


def pair(chinese: str, english: str, *others: dict[str, Any]) -> Terms:
    return [
        term("zh-Hans", chinese, "preferred"),
        term("en", english, "preferred"),
        *others,
    ]


def codes(terms: Terms) -> list[tuple[str, str]]:
    """Return the codes of the flaws of an entry, each with its place."""
    return [(f.code, f.pointer) for f in flaws(entry(id="e", terms=terms))]


def of_usage(chinese: str, english: str, other: str, usage: str, **more: Any) -> bool:
    """Say whether another English wording is another concept's by its usage."""
    terms = pair(chinese, english, term("en", other, usage=usage, **more))
    assert {code for code, _ in codes(terms)} <= {"other-concept"}
    return bool(codes(terms))


@pytest.mark.parametrize(
    ("chinese", "english", "other", "usage"),
    [
        ("霸权主义", "hegemonism", "hegemony", "Strictly 霸权, but usual elsewhere."),
        ("尽快", "as soon as possible", "at the earliest possible date", "For 尽早."),
        (
            "不支持“台独”",
            'not support "Taiwan independence"',
            'oppose "Taiwan independence"',
            "For 反对“台独”, a stronger wording.",
        ),
        ("强烈谴责", "strongly condemn", "condemn in the strongest terms", "Stronger."),
        ("可再生能源", "renewable energy", "new energy", "Wider in Chinese policy."),
        ("咨商地位", "consultative status", "Roster", "One of the three classes."),
        (
            "贸易和投资便利化",
            "trade and investment facilitation",
            "trade facilitation",
            "Of trade alone.",
        ),
        (
            "保持自我克制",
            "exercise self-restraint",
            "complicate or escalate disputes",
            "What the parties undertake not to do.",
        ),
    ],
)
def test_a_wording_whose_usage_says_that_it_is_something_else_is_reported(
    chinese: str, english: str, other: str, usage: str
) -> None:
    assert of_usage(chinese, english, other, usage)


@pytest.mark.parametrize(
    ("chinese", "english", "other", "usage"),
    [
        ("裁军谈判会议", "Conference on Disarmament", "CD", "In such papers only."),
        ("贸易战", "trade war", "trade conflict", "For 贸易战 in the press."),
        ("贸易战", "trade war", "trade conflict", "Also for 贸易摩擦."),
        ("韬光养晦", "keep a low profile", "bide one's time", "韬光 does mean light."),
        ("访问", "visit", "trip", "No stronger than visit."),
        ("访问", "visit", "call", "Less formal."),
        ("访问", "visit", "trip", "In stronger use since 2001."),
        ("访问", "visit", "trip", ""),
    ],
)
def test_usage_that_says_where_a_wording_is_used_is_none(
    chinese: str, english: str, other: str, usage: str
) -> None:
    assert not of_usage(chinese, english, other, usage)


def test_a_wording_that_says_what_it_renders_is_answered() -> None:
    more = [term("zh-Hans", "关税战"), term("zh-Hans", "特别咨商地位", usage="Weaker.")]
    war = term("en", "tariff war", usage="关税战.", renders=["关税战"])
    special = term("en", "special status", usage="Weaker.", renders=["特别咨商地位"])
    assert codes(pair("贸易战", "trade war", more[0], war)) == []
    assert codes(pair("咨商地位", "consultative status", more[1], special)) == []
    war["renders"] = []
    assert codes(pair("贸易战", "trade war", more[0], war)) == [
        ("other-concept", "/terms/3")
    ]


def test_what_is_not_to_be_used_may_be_another_concept() -> None:
    wrong = term("en", "deplore", "deprecated", usage="Stronger than 遗憾.")
    assert codes(pair("深表遗憾", "deeply regret", wrong)) == []


@pytest.mark.parametrize(
    ("chinese", "english", "title"),
    [
        (
            "跨国有组织犯罪",
            "transnational organized crime",
            term("zh-Hans", "联合国打击跨国有组织犯罪公约"),
        ),
        (
            "跨国有组织犯罪",
            "transnational organized crime",
            term("en", "Convention against Transnational Organized Crime"),
        ),
        ("互免签证", "mutual visa exemption", term("zh-Hant", "互免簽證協定")),
    ],
)
def test_the_title_of_an_instrument_is_no_synonym_of_what_it_treats(
    chinese: str, english: str, title: dict[str, Any]
) -> None:
    terms = pair(chinese, english, term("zh-Hant", chinese, "preferred"), title)
    assert codes(terms) == [("title-as-synonym", "/terms/3")]


@pytest.mark.parametrize(
    ("chinese", "english", "title"),
    [
        ("巴黎协定", "Paris Agreement", term("en", "Paris Accord")),
        ("基加利修正案", "Kigali Amendment", term("en", "Amendment to the Protocol")),
        ("波茨坦公告", "Potsdam Proclamation", term("en", "Potsdam Declaration")),
        (
            "跨太平洋伙伴关系协定",
            "Trans-Pacific Partnership",
            term("en", "Trans-Pacific Partnership Agreement"),
        ),
        ("宪章精神", "spirit of the Charter", term("en", "spirit of the UN Charter")),
        ("达成一致", "reach agreement", term("en", "be in agreement")),
        ("公约", "convention", term("zh-Hans", "国际公约")),
    ],
)
def test_an_entry_about_an_instrument_may_have_its_titles(
    chinese: str, english: str, title: dict[str, Any]
) -> None:
    assert codes(pair(chinese, english, title)) == []


@pytest.mark.parametrize(
    "usage",
    [
        "Not used in Chinese official English.",
        "Common in foreign media; official Chinese English has question.",
        "Wording of the United States and others.",
        "What Washington says.",
        "台湾方面的说法。",
        "外媒用语。",
    ],
)
def test_another_sides_wording_that_is_banned_has_an_issuer(usage: str) -> None:
    banned = term("en", "Taiwan issue", "deprecated", usage=usage)
    place = "/terms/2"
    assert codes(pair("台湾问题", "Taiwan question", banned)) == [
        ("unowned-ban", place)
    ]
    owned = {**banned, "issuer": "United States"}
    assert codes(pair("台湾问题", "Taiwan question", owned)) == []
    admitted = {**banned, "status": "admitted"}
    assert codes(pair("台湾问题", "Taiwan question", admitted)) == []


@pytest.mark.parametrize(
    "usage",
    [
        "Literal; machine translation.",
        "Not idiomatic.",
        "Initiative is singular.",
        "The American text says acknowledge; the Chinese text has 承认.",
        "False friend; 人文 is not humanistic here.",
        "China's title is Premier.",
        "台湾问题不是国际问题。",
        "",
    ],
)
def test_a_wording_that_is_wrong_is_nobodys(usage: str) -> None:
    banned = term("en", "Taiwan issue", "forbidden", usage=usage)
    assert codes(pair("台湾问题", "Taiwan question", banned)) == []
