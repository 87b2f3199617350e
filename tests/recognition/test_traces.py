"""What is left of a term that is rendered in other words, or is another's."""

import pytest

from glossary.recognition import Snapshot
from glossary.store import SqliteStore
from tests.nouns import one
from tests.recognition.reading import checked, known


def approved(id_: str, english: str, chinese: str, **more: object) -> dict[str, object]:
    return one(id_, english, chinese) | {"state": "approved"} | more


def reasons(snapshot: Snapshot, source: str, target: str) -> dict[str, str]:
    """Return what is said of each entry that is not right: why, or the verdict."""
    return {
        finding.entry or "": finding.reason or finding.verdict
        for finding in checked(snapshot, source, target)
        if finding.verdict not in {"ok", "admitted"}
    }


def test_a_term_beside_a_longer_one_may_be_rendered_within_that(
    store: SqliteStore,
) -> None:
    snapshot = known(
        store,
        approved("assembly", "General Assembly", "联大"),
        approved("resolution", "General Assembly resolution 2758", "第2758号决议"),
    )
    target = "General Assembly resolution 2758 settles the question."
    assert reasons(snapshot, "联大第2758号决议解决了问题。", target) == {
        "assembly": "within"
    }
    assert reasons(snapshot, "联大开会，第2758号决议解决了问题。", target) == {
        "assembly": "missing"
    }
    snapshot = known(
        store,
        approved("council", "State Council", "国务院"),
        approved("vice", "Vice Premier", "国务院副总理"),
    )
    target = "国务院副总理丁薛祥出席了会议。"
    for holder, reason in (
        ("Ding Xuexiang of", "within"),
        ("was there, and", "missing"),
    ):
        source = f"Vice Premier {holder} the State Council attended the meeting."
        assert reasons(snapshot, source, target) == {"council": reason}


def test_a_wording_of_the_entry_that_renders_others_is_named_with_advice(
    store: SqliteStore,
) -> None:
    terms = [
        {"lang": "zh-Hans", "text": "联合国大会"},
        {"lang": "zh-Hans", "text": "联大全体会议"},
        {"lang": "en", "text": "General Assembly", "renders": ["联合国大会"]},
        {"lang": "en", "text": "plenary meeting", "renders": ["联大全体会议"]},
    ]
    snapshot = known(
        store, approved("assembly", "General Assembly", "联合国大会", terms=terms)
    )
    source = "联合国大会今天上午通过了一项重要决议。"
    target = "The plenary meeting adopted an important resolution this morning."
    assert reasons(snapshot, source, target) == {"assembly": "other-wording"}
    target = "They adopted an important resolution this morning."
    assert reasons(snapshot, source, target) == {"assembly": "missing"}


def test_a_term_that_stands_in_the_target_as_it_is_is_untranslated(
    store: SqliteStore,
) -> None:
    snapshot = known(store, approved("face", "face-saving formula", "保全面子的办法"))
    source = "各方今天在会上商定了一个保全面子的办法。"
    target = "They agreed on a 保全面子的办法 at the meeting today."
    assert reasons(snapshot, source, target) == {"face": "untranslated"}
    target = "They agreed on something at the meeting today."
    assert reasons(snapshot, source, target) == {"face": "missing"}


def test_of_two_named_together_one_that_is_gone_is_missed(store: SqliteStore) -> None:
    snapshot = known(
        store,
        approved("both", "sovereignty and territorial integrity", "主权和领土完整"),
        approved("peace", "peaceful use of space", "和平利用外空"),
    )
    source = "各方尊重主权和领土完整，支持和平利用外空。"
    right = "All respect territorial integrity and others' sovereignty."
    assert reasons(snapshot, source, right).get("both") == "paraphrase"
    cut = "All respect sovereignty and support the peaceful use of space."
    assert reasons(snapshot, source, cut) == {"both": "missing"}


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("Premier Li Qiang arrived today with a delegation.", "paraphrase"),
        ("President Li Qiang arrived today with a delegation.", "missing"),
    ],
)
def test_a_title_before_a_name_needs_no_office(
    store: SqliteStore, target: str, reason: str
) -> None:
    premier = approved("premier", "Premier of the State Council", "国务院总理")
    snapshot = known(store, premier)
    source = "国务院总理李强今天率领一个代表团抵达。"
    assert reasons(snapshot, source, target) == {"premier": reason}


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("All call for a settlement of the political crisis.", "paraphrase"),
        ("All call for a solution by politics to the crisis.", "paraphrase"),
        ("All call for a military settlement of the crisis.", "missing"),
    ],
)
def test_what_is_of_another_field_is_no_paraphrase(
    store: SqliteStore, target: str, reason: str
) -> None:
    snapshot = known(
        store, approved("crisis", "political settlement of the crisis", "危机政治解决")
    )
    source = "各方都呼吁尽快推动危机政治解决。"
    assert reasons(snapshot, source, target) == {"crisis": reason}


def test_a_rung_that_is_but_a_part_of_the_whole_stands_for_nothing(
    store: SqliteStore,
) -> None:
    ladder = [{"type": "weaker", "entry": "strong"}]
    snapshot = known(
        store,
        approved("strong", "strongly deplore", "强烈不满"),
        approved(
            "both",
            "strongly deplore and firmly oppose",
            "强烈不满和坚决反对",
            relations=ladder,
        ),
        approved("talks", "summit talks", "首脑会谈"),
    )
    source = "We strongly deplore and firmly oppose the plan of the summit talks."
    target = "我们对首脑会谈的计划强烈不满、坚决反对。"
    assert reasons(snapshot, source, target) == {"both": "paraphrase"}
    target = "我们对首脑会谈的计划强烈不满。"
    assert reasons(snapshot, source, target) == {"both": "missing"}


@pytest.mark.parametrize(
    ("target", "reason"),
    [("中欧关系发展顺利，令人鼓舞。", "name"), ("关系发展顺利，令人鼓舞。", "missing")],
)
def test_a_union_is_named_beside_a_country_by_one_character(
    store: SqliteStore, target: str, reason: str
) -> None:
    snapshot = known(store, approved("union", "European Union", "欧盟"))
    source = "Relations with the European Union are developing well."
    assert reasons(snapshot, source, target) == {"union": reason}


def test_letters_of_a_rendering_may_be_written_out(store: SqliteStore) -> None:
    snapshot = known(store, approved("ai", "AI security code", "人工智能安全守则"))
    source = "各方今天提出了关于人工智能安全守则的若干意见。"
    target = "They have views today on a code for Artificial Intelligence."
    assert reasons(snapshot, source, target) == {"ai": "paraphrase"}
    target = "They have views today on a code for all of the industry."
    assert reasons(snapshot, source, target) == {"ai": "missing"}


def test_a_member_of_a_list_is_gone_though_another_has_a_word_of_it(
    store: SqliteStore,
) -> None:
    spirit = "openness, mutual learning and mutual benefit"
    snapshot = known(store, approved("spirit", spirit, "开放包容、互学互鉴、互利共赢"))
    source = "弘扬开放包容、互学互鉴、互利共赢的精神。"
    for target, told in (
        ("uphold openness and mutual benefit.", "missing"),
        ("uphold openness, learning from each other and mutual benefit.", "paraphrase"),
    ):
        assert reasons(snapshot, source, target) == {"spirit": told}


def test_a_phrase_said_again_is_said_for_short_but_in_no_other_words(
    store: SqliteStore,
) -> None:
    partnership = ("partnership", "comprehensive strategic partnership")
    snapshot = known(store, approved(*partnership, "全面战略伙伴关系"))
    source = "两国建立了全面战略伙伴关系。全面战略伙伴关系发展顺利。"
    first = "The two established a comprehensive strategic partnership."
    for second, told in (
        ("The partnership goes well.", {"partnership": "repeated"}),
        (
            "The comprehensive friendly partnership goes well.",
            {"partnership": "missing"},
        ),
    ):
        assert reasons(snapshot, source, f"{first} {second}") == told


def test_a_draft_beside_a_rendered_member_of_its_list_is_missed(
    store: SqliteStore,
) -> None:
    common = one("common", "seek common ground", "求同存异") | {"state": "draft"}
    snapshot = known(store, approved("respect", "mutual respect", "相互尊重"), common)
    target = "uphold mutual respect"
    for source, told in (
        ("坚持相互尊重、求同存异。", "missing"),
        ("坚持相互尊重，也要求同存异。", "draft"),
    ):
        assert reasons(snapshot, source, f"{target}.") == {"common": told}
        assert reasons(snapshot, source, f"{target} and common ground.") == {
            "common": "draft"
        }
