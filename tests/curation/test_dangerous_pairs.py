"""What says the contrary of a phrase, or more, passes for its rendering nowhere."""

import re

import pytest
from flask.testing import FlaskClient

from glossary.entry import Entry
from tests.answers import findings
from tests.nouns import curated_entries


@pytest.mark.parametrize(
    ("source", "target", "entry"),
    [
        (
            "美方不支持“台独”。",
            "The US side opposes “Taiwan independence”.",
            "not-support-taiwan-independence",
        ),
        (
            "各方承诺保持自我克制。",
            "The parties undertake to complicate or escalate disputes.",
            "exercise-self-restraint",
        ),
        (
            "他被控犯有危害人类罪。",
            "His acts may constitute international crimes.",
            "crimes-against-humanity",
        ),
        (
            "实行准入前国民待遇加负面清单管理制度。",
            "A negative list is applied.",
            "pre-establishment-national-treatment",
        ),
        (
            "中国坚持和平崛起。",
            "China is committed to peaceful development.",
            "peaceful-rise",
        ),
        (
            "授予完全市场经济地位。",
            "Market economy status was granted.",
            "market-economy-status",
        ),
        (
            "享有刑事管辖豁免。",
            "They enjoy immunity from jurisdiction.",
            "immunity-from-jurisdiction",
        ),
        (
            "16+1合作取得进展。",
            "17+1 cooperation progressed.",
            "china-ceec-cooperation",
        ),
        ("“产能过剩论”站不住脚。", "Overcapacity is untenable.", "overcapacity"),
        ("藏南地区属于中国。", "Arunachal Pradesh belongs to China.", "zangnan"),
        (
            "中方关注乌克兰危机。",
            "China follows Russia's war of aggression against Ukraine.",
            "ukraine-crisis",
        ),
        (
            "新疆维吾尔自治区繁荣稳定。",
            "East Turkistan is prosperous and stable.",
            "xinjiang-uygur-autonomous-region",
        ),
        ("缴纳会费。", "They paid voluntary contributions.", "assessed-contributions"),
        (
            "中方支持“两国方案”。",
            "China supports a “two-states theory”.",
            "two-state-solution",
        ),
        (
            "实行最惠国待遇。",
            "National treatment applies.",
            "most-favored-nation-treatment",
        ),
        (
            "台湾地区代表出席。",
            "A representative of China's Taiwan region attended.",
            "taiwan-region",
        ),
        (
            "谴责一切形式的恐怖主义。",
            "They condemn terrorism in all its forms and manifestations.",
            "terrorism-in-all-its-forms-and-manifestations",
        ),
        (
            "决定继续处理此案。",
            "Decides to remain actively seized of the matter.",
            "decide-to-remain-seized-of-the-matter",
        ),
        (
            "消除非关税壁垒。",
            "Eliminate non-tariff measures.",
            "non-tariff-barriers",
        ),
        (
            "行使自卫权。",
            "Exercise the inherent right of individual or collective self-defence.",
            "inherent-right-of-individual-or-collective-self-defence",
        ),
        ("公职人员应廉洁。", "Civil servants should be honest.", "public-official"),
    ],
)
def test_another_wording_does_not_pass_for_a_rendering(
    client: FlaskClient, source: str, target: str, entry: str
) -> None:
    verdicts = [
        f["verdict"] for f in findings(client, source, target) if f["entry"] == entry
    ]
    assert verdicts
    assert not {"ok", "admitted"} & set(verdicts)


@pytest.mark.parametrize(
    ("source", "target", "entry"),
    [
        (
            "美方不支持“台独”。",
            "The United States does not support Taiwan independence.",
            "not-support-taiwan-independence",
        ),
        (
            "中方坚决反对“台独”。",
            "China firmly opposes “Taiwan independence”.",
            "oppose-taiwan-independence",
        ),
        (
            "各方承诺保持自我克制。",
            "The parties undertake to exercise self-restraint.",
            "exercise-self-restraint",
        ),
        (
            "不采取使争议复杂化、扩大化的行动。",
            "activities that would complicate or escalate disputes",
            "complicate-or-escalate-disputes",
        ),
        (
            "美方欢迎中国和平崛起。",
            "The United States welcomes the peaceful rise of China.",
            "peaceful-rise",
        ),
        ("外商投资负面清单", "a negative list for foreign investment", "negative-list"),
        (
            "美方对乌克兰提供安全保障。",
            "The United States gives Ukraine security guarantees.",
            "security-guarantees",
        ),
        (
            "维护伊朗核问题全面协议。",
            "Uphold the JCPOA.",
            "joint-comprehensive-plan-of-action",
        ),
        (
            "中方对此表示强烈不满和坚决反对。",
            "China is strongly dissatisfied with and firmly opposes this.",
            "strong-dissatisfaction-and-firm-opposition",
        ),
        (
            "台湾地区代表出席。",
            "A representative of the Taiwan region attended.",
            "taiwan-region",
        ),
        (
            "他被控犯有危害人类罪。",
            "He was charged with crimes against humanity.",
            "crimes-against-humanity",
        ),
    ],
)
def test_the_right_rendering_is_said_to_be_right(
    client: FlaskClient, source: str, target: str, entry: str
) -> None:
    (verdict,) = {
        f["verdict"] for f in findings(client, source, target) if f["entry"] == entry
    }
    assert verdict in {"ok", "admitted"}


@pytest.mark.parametrize(
    ("source", "target", "entry"),
    [
        (
            "美方不支持“台独”。",
            "The United States opposes “Taiwan independence”.",
            "not-support-taiwan-independence",
        ),
        (
            "各国都应坚持一个中国原则。",
            "All countries should adhere to the one-China policy.",
            "one-china-principle",
        ),
    ],
)
def test_the_contrary_that_stands_instead_is_forbidden(
    client: FlaskClient, source: str, target: str, entry: str
) -> None:
    (finding,) = [f for f in findings(client, source, target) if f["entry"] == entry]
    assert (finding["verdict"], finding["advice"]) == ("forbidden", False)
    assert finding["instead"]


@pytest.mark.parametrize(
    ("source", "target", "entry"),
    [
        (
            "双方发表联合声明。",
            "The two sides issued joint statements.",
            "joint-statement",
        ),
        (
            "雙方發表聯合聲明。",
            "The two sides issued a joint statement.",
            "joint-statement",
        ),
        ("各国领事官员到场。", "The consular officer came.", "consular-officer"),
        ("他重申了立场。", "Reaffirming its position, he left.", "reaffirm"),
        ("船旗国应负责。", "Flag States are responsible.", "flag-state"),
        (
            "中國重視雙邊關係。",
            "China values its bilateral relations.",
            "bilateral-relations",
        ),
    ],
)
def test_number_tense_and_script_make_no_rendering_the_lesser(
    client: FlaskClient, source: str, target: str, entry: str
) -> None:
    verdicts = {
        f["verdict"] for f in findings(client, source, target) if f["entry"] == entry
    }
    assert verdicts == {"ok"}


@pytest.mark.parametrize(
    ("source", "target", "entry"),
    [
        (
            "香港特区政府对此强烈谴责。",
            "The Hong Kong SAR government strongly condemned this.",
            "hong-kong-special-administrative-region",
        ),
        (
            "脱贫攻坚取得胜利。",
            "We won the victory in poverty alleviation.",
            "battle-against-poverty",
        ),
        ("推进扶贫工作。", "Advance poverty alleviation.", "poverty-reduction"),
    ],
)
def test_everyday_short_forms_are_known(
    client: FlaskClient, source: str, target: str, entry: str
) -> None:
    (verdict,) = {
        f["verdict"] for f in findings(client, source, target) if f["entry"] == entry
    }
    assert verdict == "ok"


@pytest.mark.parametrize(
    ("source", "target", "entry"),
    [
        ("马里乌波尔局势紧张。", "The situation in Mariupol is tense.", "mali"),
        ("波兰斯基导演到场。", "The director Polanski was present.", "poland"),
    ],
)
def test_a_state_is_not_found_inside_another_name(
    client: FlaskClient, source: str, target: str, entry: str
) -> None:
    assert entry not in {f["entry"] for f in findings(client, source, target)}


@pytest.mark.parametrize(
    ("source", "target", "entry"),
    [
        ("中国同阿曼达成共识。", "China and Oman reached consensus.", "oman"),
        ("加纳利用自身优势。", "Ghana uses its own strengths.", "ghana"),
        ("马里布防。", "Mali deploys its troops.", "mali"),
    ],
)
def test_a_state_is_found_before_a_verb_that_could_be_part_of_a_name(
    client: FlaskClient, source: str, target: str, entry: str
) -> None:
    assert entry in {f["entry"] for f in findings(client, source, target)}


@pytest.mark.parametrize(
    ("source", "target", "entry"),
    [
        (
            "中方不承认“台湾独立”。",
            "China recognizes “Taiwan independence”.",
            "recognition",
        ),
        ("美方没有重申这一立场。", "The US side reaffirmed this position.", "reaffirm"),
        ("各方应加强合作。", "The parties should not strengthen it.", "strengthen"),
        ("China has never condemned it.", "中国谴责了此事。", "condemn"),
        (
            "双方不会达成共识。",
            "The two sides will reach consensus.",
            "reach-consensus",
        ),
    ],
)
def test_a_term_that_one_side_alone_negates_is_wrong(
    client: FlaskClient, source: str, target: str, entry: str
) -> None:
    (finding,) = [f for f in findings(client, source, target) if f["entry"] == entry]
    assert (finding["verdict"], finding["advice"]) == ("missing", False)
    assert finding["reason"] == "negation"


@pytest.mark.parametrize(
    ("source", "target", "entry"),
    [
        ("中方不承认该裁决。", "China does not recognize the award.", "recognition"),
        ("中方不承认该裁决。", "China refuses to recognize the award.", "recognition"),
        ("双方未重申立场。", "Neither side reaffirmed its position.", "reaffirm"),
        ("双方不断加强合作。", "They keep strengthening cooperation.", "strengthen"),
        ("不得不谴责。", "It is necessary to condemn this.", "condemn"),
        ("此次未来合作。", "This is future cooperation.", "strengthen"),
        (
            "声明不具有法律约束力。",
            "The statement is not legally binding.",
            "non-legally-binding",
        ),
    ],
)
def test_a_negation_that_both_sides_have_or_that_is_none_is_no_fault(
    client: FlaskClient, source: str, target: str, entry: str
) -> None:
    ours = [f for f in findings(client, source, target) if f["entry"] == entry]
    assert all(f["verdict"] == "ok" for f in ours)


@pytest.mark.parametrize(
    ("source", "target", "entry"),
    [
        ("中方予以谴责。", "China strongly condemns this.", "condemn"),
        (
            "各国应打击跨国有组织犯罪。",
            "States hail the UN Convention against Transnational Organized Crime.",
            "transnational-organized-crime",
        ),
        (
            "Financing of terrorism is a crime.",
            "制止向恐怖主义提供资助的国际公约是犯罪。",
            "financing-of-terrorism",
        ),
    ],
)
def test_what_lies_inside_a_wording_of_another_matter_renders_nothing(
    client: FlaskClient, source: str, target: str, entry: str
) -> None:
    (finding,) = [f for f in findings(client, source, target) if f["entry"] == entry]
    assert finding["verdict"] == "missing"


def test_a_convention_that_the_source_has_is_said_with_its_subject(
    client: FlaskClient,
) -> None:
    source = "该公约旨在打击跨国有组织犯罪。"
    target = "The Convention against Transnational Organized Crime aims at it."
    assert [
        f["verdict"]
        for f in findings(client, source, target)
        if f["entry"] == "transnational-organized-crime"
    ] == ["ok"]


def test_what_is_short_for_a_longer_name_is_not_a_wrong_word(
    client: FlaskClient,
) -> None:
    source = "《中英联合声明》经登记。《联合声明》保证自治。"
    target = (
        "The Sino-British Joint Declaration was registered. "
        "The Joint Declaration guarantees autonomy."
    )
    assert {f["verdict"] for f in findings(client, source, target)} == {"ok"}
    (other,) = findings(
        client, "两国发表联合声明。", "They issued a joint declaration."
    )
    assert other["verdict"] in {"ok", "admitted"}


def test_a_draft_does_not_take_what_undermines_for_what_upholds(
    client: FlaskClient,
) -> None:
    def verdict(verb: str) -> str:
        """Return what is said of the entry where English has this verb."""
        target = f"Both sides {verb} global strategic balance and stability."
        (finding,) = [
            f
            for f in findings(client, "双方维护全球战略平衡与稳定。", target)
            if f["entry"] == "global-strategic-balance-and-stability"
        ]
        return finding["verdict"]

    assert verdict("uphold") == "ok"
    assert verdict("undermine") != "ok"


@pytest.mark.parametrize(
    ("builds", "harms"),
    [
        ("uphold|safeguard|maintain|preserve", "undermine|disrupt|violate|damage"),
        ("support", "oppose"),
        ("strengthen|enhance", "weaken"),
        ("resume", "suspend|halt"),
        ("increase|raise", "reduce|cut|lower"),
        ("expand", "narrow"),
        ("accept", "reject|refuse"),
        ("improve", "worsen|deteriorate"),
        ("respect", "infringe|violate"),
        ("lift", "impose"),
    ],
)
def test_what_builds_up_and_what_harms_are_bound_where_an_entry_has_both(
    builds: str, harms: str
) -> None:
    def silent(entry: Entry, verbs: str) -> list[str]:
        """Return the English wordings with such a verb that render anything."""
        return [
            term.text
            for term in entry.terms
            if term.lang == "en"
            and term.status in {"preferred", "admitted"}
            and not term.renders
            and re.match(rf"(?:{verbs})\b", term.text)
        ]

    assert [
        entry.id
        for entry in curated_entries()
        if silent(entry, builds) and silent(entry, harms)
    ] == []
