"""Verdicts on pairs of a source and its translation."""

from typing import Any

import pytest

from glossary.entry.register import Issuer
from glossary.recognition.snapshot import Snapshot
from glossary.store import SqliteStore
from tests.nouns import one
from tests.recognition.reading import checked, known, seas, verdicts


def relations(store: SqliteStore) -> Snapshot:
    """The phrase with its drift: right until 2013, superseded since, and forbidden."""
    english = [
        {
            "text": "new model of major-country relationship",
            "status": "preferred",
            "since": "2013-06",
        },
        {
            "text": "new model of major-country relations",
            "status": "admitted",
            "issuer": "China Daily",
        },
        {
            "text": "new type of great power relations",
            "status": "superseded",
            "since": "2012",
            "until": "2013-06",
        },
        {"text": "G2", "status": "forbidden", "ban": "anywhere"},
        {"text": "club of two", "status": "forbidden", "ban": "anywhere"},
    ]
    terms = [{"lang": "zh-Hans", "text": "新型大国关系", "status": "preferred"}]
    terms += [{"lang": "en", **term} for term in english]
    return known(store, {"id": "nm", "terms": terms, "state": "approved"})


SOURCE = "双方同意构建新型大国关系。"


def test_the_preferred_wording_is_right_in_any_form(store: SqliteStore) -> None:
    snapshot = relations(store)
    for target in (
        "to build a new model of major-country relationship",
        "Building the New Models of Major Country Relationships",
    ):
        assert verdicts(snapshot, SOURCE, target) == ["ok"]


def test_another_allowed_wording_of_the_kind_is_right_too(store: SqliteStore) -> None:
    target = "a new model of major-country relations"
    (finding,) = checked(relations(store), SOURCE, target)
    assert (finding.verdict, finding.advice) == ("ok", False)
    assert finding.source
    assert finding.source.text == "新型大国关系"
    assert finding.target
    assert finding.target.text == target[2:]
    assert finding.expected[0] == "new model of major-country relationship"


def test_an_acronym_is_admitted_for_a_full_name_and_a_name_of_any_length_is_right(
    store: SqliteStore,
) -> None:
    snapshot = known(
        store,
        {
            "id": "wto",
            "state": "approved",
            "terms": [
                {"lang": "zh-Hans", "text": "世界贸易组织", "status": "preferred"},
                {"lang": "zh-Hans", "text": "世贸组织", "type": "shortForm"},
                {"lang": "en", "text": "World Trade Organization"},
                {"lang": "en", "text": "WTO", "type": "acronym"},
            ],
        },
    )
    target = "within the WTO"
    (finding,) = checked(snapshot, "在世界贸易组织框架内", target)
    assert finding.verdict == "admitted"
    assert (
        finding.message == "“WTO” is allowed; “World Trade Organization” is preferred."
    )
    assert verdicts(snapshot, "在世贸组织框架内", target) == ["ok"]
    assert verdicts(snapshot, target, "在世贸组织框架内", from_="en") == ["ok"]
    long = "within the World Trade Organization"
    assert verdicts(snapshot, "在世贸组织框架内", long) == ["ok"]


def test_a_superseded_wording_was_right_in_its_time(store: SqliteStore) -> None:
    snapshot = relations(store)
    target = "a new type of great power relations"
    (finding,) = checked(snapshot, SOURCE, target)
    assert finding.verdict == "forbidden"
    assert finding.message == (
        "“new type of great power relations” is superseded; "
        "use “new model of major-country relationship”."
    )
    assert verdicts(snapshot, SOURCE, target, as_of="2012-12") == ["ok"]
    today = "a new model of major-country relationship"
    assert verdicts(snapshot, SOURCE, today, as_of="2012-12") == ["admitted?"]


def test_the_issuers_own_wording_is_right_for_it(store: SqliteStore) -> None:
    terms = [
        {"lang": "zh-Hans", "text": "人类命运共同体", "status": "preferred"},
        {
            "lang": "en",
            "text": "community with a shared future for humanity",
            "status": "preferred",
        },
        {
            "lang": "en",
            "text": "community of common destiny",
            "status": "admitted",
            "issuer": "China Daily",
        },
    ]
    snapshot = known(store, {"id": "cc", "terms": terms, "state": "approved"})
    source, ours = "构建人类命运共同体", "a community of common destiny"
    usual = "a community with a shared future for humanity"
    assert verdicts(snapshot, source, usual, issuer="China Daily") == ["admitted"]
    assert verdicts(snapshot, source, ours, issuer="China Daily") == ["ok"]


def test_words_of_the_issuers_families_are_its_own(store: SqliteStore) -> None:
    snapshot = relations(store)
    ministry = "a new model of major-country relationship"
    assert verdicts(snapshot, SOURCE, ministry, issuer="China Daily") == ["ok"]


def test_what_is_banned_anywhere_is_named_without_a_source(store: SqliteStore) -> None:
    snapshot = relations(store)
    (finding,) = checked(snapshot, "双方会谈。", "The G2 held talks.")
    assert (finding.verdict, finding.source) == ("forbidden", None)
    assert finding.target
    assert finding.target.start == 4
    assert verdicts(snapshot, "会谈", "Clubs of two") == ["forbidden?"]


def test_what_is_banned_as_a_rendering_is_named_only_where_it_renders(
    store: SqliteStore,
) -> None:
    snapshot = relations(store)
    target = "a new type of great power relations"
    assert verdicts(snapshot, "双方会谈。", target) == []
    assert verdicts(snapshot, SOURCE, target) == ["forbidden"]


def test_a_suggestion_has_the_case_of_what_it_replaces(store: SqliteStore) -> None:
    target = "On a New Type of Great Power Relations"
    (finding,) = checked(relations(store), SOURCE, target)
    assert finding.expected[0] == "New Model of Major-Country Relationship"


@pytest.mark.parametrize(
    ("source", "target", "best"),
    [
        ("一个中国原则", "THE ONE-CHINA POLICY", "ONE-CHINA PRINCIPLE"),
        ("坚持一个中国原则。", "Uphold the One-China Policy.", "One-China Principle"),
        ("强烈反对", "Resolutely opposed", "Strongly oppose"),
        ("不支持分裂。", "THEY OPPOSE SECESSION", "NOT SUPPORT SECESSION"),
    ],
)
def test_what_should_stand_instead_of_another_entry_has_the_case_of_that(
    store: SqliteStore, source: str, target: str, best: str
) -> None:
    def approved(id_: str, english: str, chinese: str, **more: Any) -> Any:
        return one(id_, english, chinese) | {"state": "approved"} | more

    def related(kind: str, entry: str) -> Any:
        return {"relations": [{"type": kind, "entry": entry}]}

    terms = [
        {"lang": "zh-Hans", "text": "不支持分裂", "renders": ["not support secession"]},
        {"lang": "zh-Hans", "text": "反对分裂", "renders": ["oppose secession"]},
        {"lang": "en", "text": "not support secession", "status": "preferred"},
        {"lang": "en", "text": "oppose secession"},
    ]
    secession: dict[str, object] = {"id": "it", "state": "approved", "terms": terms}
    snapshot = known(
        store,
        approved("policy", "one-China policy", "一个中国政策"),
        approved(
            "principle",
            "one-China principle",
            "一个中国原则",
            **related("contrast", "policy"),
        ),
        approved("resolute", "resolutely opposed", "坚决反对"),
        approved(
            "strong", "strongly oppose", "强烈反对", **related("weaker", "resolute")
        ),
        secession,
    )
    (finding,) = checked(snapshot, source, target)
    assert finding.expected[0] == best
    assert f"“{best}” is expected" in finding.message


def test_occurrences_are_counted(store: SqliteStore) -> None:
    snapshot = known(
        store, one("respect", "mutual respect", "相互尊重") | {"state": "approved"}
    )
    twice = "相互尊重，再次相互尊重。"
    assert verdicts(snapshot, twice, "mutual respect and mutual respect") == [
        "ok",
        "ok",
    ]
    assert verdicts(snapshot, twice, "mutual respect, again") == ["ok", "missing"]
    assert verdicts(snapshot, twice, "mutual respect, and it again") == [
        "ok",
        "missing?",
    ]
    assert verdicts(snapshot, twice, "again") == ["missing", "missing"]


def test_an_empty_target_is_one_finding(store: SqliteStore) -> None:
    snapshot = relations(store)
    (finding,) = checked(snapshot, SOURCE * 2, " \n")
    assert (finding.verdict, finding.entry, finding.target) == ("missing", None, None)
    assert checked(snapshot, "", "") == ()


def test_what_lies_inside_a_longer_term_is_not_asked_for(store: SqliteStore) -> None:
    snapshot = known(
        store,
        one("order", "international order", "国际秩序") | {"state": "approved"},
        one("new", "new international order", "国际新秩序") | {"state": "approved"},
        one("just", "just international order", "公正国际秩序") | {"state": "approved"},
    )
    target = "build a just international order"
    assert verdicts(snapshot, "建立公正国际秩序", target) == ["ok"]
    both = "建立公正国际秩序，维护国际秩序"
    assert verdicts(snapshot, both, target) == ["ok", "missing"]
    assert verdicts(snapshot, "国际秩序", target) == ["ok"]


def test_the_members_of_a_sequence_are_counted(store: SqliteStore) -> None:
    members = {
        "conflict": ("non-conflict, non-confrontation", "不冲突、不对抗"),
        "respect": ("mutual respect", "相互尊重"),
        "win": ("win-win cooperation", "合作共赢"),
    }
    whole = one(
        "whole",
        "non-conflict, non-confrontation, mutual respect and win-win cooperation",
        "不冲突、不对抗、相互尊重、合作共赢",
    )
    whole["relations"] = [{"type": "part", "entry": name} for name in members]
    whole["state"] = "approved"
    parts = [one(name, *texts) for name, texts in members.items()]
    snapshot = known(store, *parts, whole)
    source = "坚持不冲突、不对抗、相互尊重、合作共赢"
    scattered = "mutual respect, win-win cooperation, non-conflict, non-confrontation"
    (finding,) = checked(snapshot, source, scattered)
    assert (finding.verdict, finding.rendered, finding.of) == ("ok", 3, 3)
    (finding,) = checked(
        snapshot, source, "win-win cooperation; non-conflict, non-confrontation"
    )
    assert (finding.verdict, finding.rendered, finding.of) == ("missing", 2, 3)
    assert finding.lacking == ("相互尊重",)
    assert finding.message == "2 of 3 members rendered; missing 相互尊重."


def sequence(store: SqliteStore, text: str, *parts: dict[str, object]) -> Snapshot:
    """A whole with its parts, all approved; no English text renders the whole."""
    whole = one("whole", "a whole of its own", text)
    whole["relations"] = [{"type": "part", "entry": part["id"]} for part in parts]
    return known(store, *({**each, "state": "approved"} for each in (*parts, whole)))


def test_a_member_in_a_forbidden_wording_is_not_rendered(store: SqliteStore) -> None:
    respect = one("respect", "mutual respect", "相互尊重")
    respect["terms"] = [
        *respect["terms"],  # type: ignore[misc]
        {"lang": "en", "text": "reciprocal respect", "status": "forbidden"},
    ]
    win = one("win", "win-win cooperation", "合作共赢")
    snapshot = sequence(store, "相互尊重、合作共赢", respect, win)
    target = "reciprocal respect, then win-win cooperation"
    finding = checked(snapshot, "相互尊重、合作共赢", target)[0]
    assert (finding.verdict, finding.entry) == ("missing", "whole")
    assert (finding.rendered, finding.of) == (1, 2)
    assert finding.lacking == ("相互尊重",)


def test_one_member_is_no_sequence(store: SqliteStore) -> None:
    respect = one("respect", "mutual respect", "相互尊重")
    snapshot = sequence(store, "我们相互尊重", respect)
    (finding,) = checked(snapshot, "我们相互尊重", "mutual respect")
    assert (finding.verdict, finding.entry) == ("missing", "whole")
    assert finding.rendered is None


def test_where_an_issuer_has_no_wording_anybodys_is_right(store: SqliteStore) -> None:
    note = one("note", "note verbale", "照会") | {"state": "approved"}
    with store.write(by="me") as write:
        write.nouns.put(Issuer("xinhua", {"en": "Xinhua"}))
    snapshot = known(store, note)
    assert verdicts(snapshot, "照会", "a note verbale", issuer="Xinhua") == ["ok"]


def test_a_shared_word_renders_both(store: SqliteStore) -> None:
    assert verdicts(seas(store), "东海和南海问题", "the East and South China Seas") == [
        "ok",
        "ok",
    ]


def test_a_term_that_is_not_to_be_translated_must_stand_in_the_target(
    store: SqliteStore,
) -> None:
    gee = {
        "id": "gee",
        "state": "approved",
        "terms": [{"lang": "mul", "text": "RIMPAC"}],
    }
    snapshot = known(store, gee)
    assert verdicts(snapshot, "参加RIMPAC演习", "joins RIMPAC") == ["ok"]
    assert verdicts(snapshot, "参加RIMPAC演习", "joins the exercise") == ["missing"]


def test_another_form_of_a_word_never_accuses(store: SqliteStore) -> None:
    meet = one("meet", "meet", "会见") | {"state": "approved", "expected": "always"}
    snapshot = known(store, meet)
    assert verdicts(snapshot, "the meeting", "会议", from_="en") == ["missing?"]
    assert verdicts(snapshot, "they meet", "他们会谈", from_="en") == ["missing"]


def test_other_words_do_not_pass_for_the_right_rendering(store: SqliteStore) -> None:
    pairs = {
        "人道待遇": ("humane treatment", "human treatment"),
        "理由": ("rationale", "a rational"),
        "普通照会": ("note verbale", "not verbal"),
        "士气": ("morale", "moral"),
        "联合国": ("United Nations", "the unit nations"),
        "照料": ("care", "a car"),
        "飞机": ("plane", "a plan"),
        "凝视": ("stare", "a star"),
        "希望": ("hope", "a hop"),
        "唱名表决": ("roll-call vote", "a role-call vote"),
    }
    entries = [
        one(f"e{number}", right, chinese)
        for number, (chinese, (right, _)) in enumerate(pairs.items())
    ]
    snapshot = known(store, *(e | {"state": "approved"} for e in entries))
    for chinese, (right, wrong) in pairs.items():
        assert verdicts(snapshot, chinese, f"It is {right} here.") == ["ok"], right
        for text in (f"It is {wrong} here.", f"It is {wrong}s here."):
            (finding,) = checked(snapshot, chinese, text)
            assert finding.verdict == "missing", wrong


def test_a_finding_has_the_status_of_the_wording_that_stands_there(
    store: SqliteStore,
) -> None:
    snapshot = relations(store)
    wordings = {
        "a new model of major-country relations": "admitted",
        "a new type of great power relations": "superseded",
        "a club of two": "forbidden",
        "nothing of the kind": None,
    }
    for target, status in wordings.items():
        assert [f.status for f in checked(snapshot, SOURCE, target)] == [status]


def test_the_entries_of_a_text_and_its_translation_are_read_at_once(
    store: SqliteStore,
) -> None:
    snapshot = known(
        store, one("a", "sovereign equality", "主权平等"), one("b", "win-win", "共赢")
    )
    asked: list[str] = []
    store._connection.set_trace_callback(asked.append)
    assert verdicts(snapshot, "主权平等，合作共赢。", "Sovereign equality and win-win.")
    store._connection.set_trace_callback(None)
    assert len(asked) == len(set(asked))
    assert sum("document from entry" in each for each in asked) == 1


def test_of_a_homograph_the_sense_that_is_rendered_best_is_meant(
    store: SqliteStore,
) -> None:
    """*Memo* is wrong for the one 照会; *diplomatic note* is right for the other."""
    chinese = {"lang": "zh-Hans", "text": "照会", "status": "preferred"}
    banned = {"lang": "en", "text": "memo", "status": "forbidden", "ban": "anywhere"}
    snapshot = known(
        store,
        {
            "id": "a-note",
            "state": "approved",
            "terms": [chinese, {"lang": "en", "text": "note verbale"}, banned],
        },
        {
            "id": "b-note",
            "state": "approved",
            "terms": [chinese, {"lang": "en", "text": "diplomatic note"}],
        },
    )
    target = "The embassy sent no memo but a diplomatic note."
    findings = checked(snapshot, "大使馆递交了照会。", target)
    assert ("ok", "diplomatic note") in [
        (finding.verdict, finding.target.text) for finding in findings if finding.target
    ]


def test_a_member_that_goes_on_behind_its_list_is_none_of_it(
    store: SqliteStore,
) -> None:
    parts = [{"type": "part", "entry": name} for name in ("peace", "cooperation")]

    def pair(entry_id: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
        terms = [
            {"lang": "zh-Hans", "text": zh, "status": "preferred"},
            {"lang": "en", "text": en, "status": "preferred"},
        ]
        return {"id": entry_id, "state": "approved", "terms": terms, **more}

    snapshot = known(
        store,
        pair("both", "和平合作", "peaceful cooperation", relations=parts),
        pair("peace", "和平", "peace"),
        pair("cooperation", "合作共赢", "win-win cooperation"),
    )
    findings = checked(snapshot, "坚持和平合作共赢。", "We stand for peace.")
    assert [(finding.verdict, finding.lacking) for finding in findings] == [
        ("missing", ())
    ]


@pytest.mark.parametrize(
    "target",
    [
        (
            "Once a new type of great power relations, a new model of major-country "
            "relationship it is."
        ),
        (
            "A new model of major-country relationship, once a new type of great power "
            "relations."
        ),
    ],
)
def test_of_two_renderings_in_a_sentence_the_better_is_taken_wherever_it_stands(
    store: SqliteStore, target: str
) -> None:
    rendered, *others = checked(relations(store), SOURCE, target)
    assert rendered.verdict == "ok"
    assert rendered.target is not None
    assert rendered.target.text.lower().endswith("major-country relationship")
    assert [other.advice for other in others] == [True]
