"""Terms in running texts, with the curated glossary and with made ones."""

from pathlib import Path

import pytest

from glossary.query import Wanted
from glossary.recognition.annotate import annotate
from glossary.recognition.snapshot import Recognition, Snapshot
from glossary.store import SqliteStore
from tests.nouns import major_country, one
from tests.recognition.reading import found, known, seas, wordings


@pytest.fixture(scope="module")
def curated_wordings(curated: SqliteStore) -> Snapshot:
    return Recognition(curated).snapshot()


def test_a_chinese_phrase_is_found_inside_running_text(store: SqliteStore) -> None:
    snapshot = known(store, major_country())
    (match,) = found(snapshot, "双方同意构建中美新型大国关系。")
    assert (match.start, match.end, match.text) == (8, 14, "新型大国关系")
    assert match.tier == "exact"
    assert match.equivalents[0].text == "new model of major-country relationship"


def test_folding_and_inflection_are_said(store: SqliteStore) -> None:
    snapshot = known(store, major_country())
    text = "establishing a New Model of major country relationships; 新型大國關係"
    english, chinese = found(snapshot, text)
    assert (english.text, english.tier) == (
        "New Model of major country relationships",
        "inflected",
    )
    assert english.via == ("inflection",)
    assert (chinese.tier, chinese.via) == ("folded", ("script",))


def test_the_longest_wins_and_lists_what_it_contains(store: SqliteStore) -> None:
    snapshot = known(
        store,
        one("sea", "sea", "海"),
        one("south-china-sea", "South China Sea", "南海"),
        one("china", "China", "中国"),
    )
    (match,) = found(snapshot, "in the South China Sea")
    assert match.contains == ("china", "sea")
    every = wordings(snapshot, "in the South China Sea", overlaps=True)
    assert every == ["South China Sea", "China", "Sea"]


def test_of_two_that_cross_the_longer_stays(store: SqliteStore) -> None:
    snapshot = known(
        store,
        one("a", "peace and development", "一"),
        one("b", "development goals of nations", "二"),
    )
    text = "peace and development goals of nations"
    assert wordings(snapshot, text) == ["development goals of nations"]


def test_of_two_that_cross_with_one_length_the_left_one_stays(
    store: SqliteStore,
) -> None:
    snapshot = known(store, one("x", "x", "甲乙丙"), one("y", "y", "丙丁戊"))
    assert wordings(snapshot, "甲乙丙丁戊") == ["甲乙丙"]


def test_an_approved_entry_is_likelier_than_a_draft(store: SqliteStore) -> None:
    draft, approved = one("a-draft", "x", "甲乙"), one("approved", "y", "甲乙")
    snapshot = known(store, draft, approved | {"state": "approved"})
    (match,) = found(snapshot, "甲乙")
    assert (match.entry, match.also) == ("approved", ("a-draft",))


def test_what_is_as_written_is_likelier_than_another_form(store: SqliteStore) -> None:
    draft = one("a-draft", "sea", "海")
    approved = one("b-approved", "seas", "诸海")
    approved["state"] = "approved"
    snapshot = known(store, draft, approved)
    (match,) = found(snapshot, "sea")
    assert (match.entry, match.tier, match.also) == (
        "a-draft",
        "exact",
        ("b-approved",),
    )
    (match,) = found(snapshot, "seas")
    assert (match.entry, match.tier) == ("b-approved", "exact")


def test_what_may_be_used_is_likelier_than_what_may_not(store: SqliteStore) -> None:
    wrong = one("a-wrong", "memorandum", "备忘", status="forbidden")
    right = one("b-right", "memorandum", "备忘录")
    (match,) = found(known(store, wrong, right), "a memorandum")
    assert (match.entry, match.also) == ("b-right", ("a-wrong",))


def test_one_in_pieces_inside_another_goes(store: SqliteStore) -> None:
    snapshot = known(
        store,
        one("pieces", "visit {…} officially", "对{…}进行访问"),
        one("whole", "pay a visit to Japan", "对日本进行访问"),
    )
    assert [m.entry for m in found(snapshot, "对日本进行访问")] == ["whole"]
    both = found(snapshot, "对日本进行访问，对法国进行访问")
    assert [m.entry for m in both] == ["whole", "pieces"]


def test_a_word_is_not_found_inside_another(store: SqliteStore) -> None:
    snapshot = known(store, one("un", "UN", "联合国"), one("sea", "sea", "海"))
    assert wordings(snapshot, "under the season's undersea fun") == []
    assert wordings(snapshot, "出席UN大会") == ["UN"]


def test_a_term_may_ask_for_its_own_letter_case(store: SqliteStore) -> None:
    snapshot = known(store, one("us", "US", "美国", case_sensitive=True))
    assert wordings(snapshot, "The US told us; US's Us U.S.") == ["US", "US's", "U.S."]


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        ("exact", ["core interest"]),
        ("folded", ["core interest", "Core-Interest"]),
        ("inflected", ["core interest", "Core-Interest", "core interests"]),
    ],
)
def test_a_term_may_bound_how_far_a_text_may_differ(
    store: SqliteStore, match: str, expected: list[str]
) -> None:
    snapshot = known(store, one("core", "core interest", "核心利益", match=match))
    text = "core interest, Core-Interest, core interests"
    assert wordings(snapshot, text) == expected


def test_no_term_goes_on_in_the_next_sentence(store: SqliteStore) -> None:
    snapshot = known(
        store,
        one("nation", "nation", "国家"),
        one("peace", "peace talks", "和谈"),
        one("non", "non-conflict, non-confrontation", "不冲突不对抗"),
    )
    assert wordings(snapshot, "发展中国。家庭") == []
    assert wordings(snapshot, "访问中国，家庭") == []
    assert wordings(snapshot, "They want peace. Talks began.") == []
    assert wordings(snapshot, "坚持不冲突、不对抗") == ["不冲突、不对抗"]
    assert wordings(snapshot, "国家") == ["国家"]


def test_only_the_glossaries_and_languages_asked_for(store: SqliteStore) -> None:
    snapshot = known(
        store,
        one("a", "mutual respect", "相互尊重") | {"glossary": "one"},
        one("b", "mutual respect", "互相尊重") | {"glossary": "two"},
    )
    (both,) = found(snapshot, "mutual respect")
    assert (both.entry, both.also) == ("a", ("b",))
    (only,) = found(snapshot, "mutual respect", glossaries=frozenset({"two"}))
    assert (only.entry, only.also) == ("b", ())
    text = "mutual respect 相互尊重"
    assert wordings(snapshot, text, from_="zh-Hans") == ["相互尊重"]


def test_a_term_that_ends_in_an_article_needs_it(store: SqliteStore) -> None:
    snapshot = known(store, one("plan", "Plan A", "甲方案"))
    assert wordings(snapshot, "the plan is: Plan A is better") == ["Plan A"]


def test_a_superseded_wording_says_what_to_use(curated_wordings: Snapshot) -> None:
    (match,) = found(curated_wordings, "a new type of great power relations")
    assert match.term.status == "superseded"
    assert match.use[0].text.startswith("new model of major-country")


def test_the_set_phrases_of_the_readout_are_found_where_they_stand(
    curated_wordings: Snapshot,
) -> None:
    folder = Path(__file__).parents[1] / "curation"
    text = (folder / "communique-2014-02-14.txt").read_text(encoding="utf-8")
    every = annotate(curated_wordings, text, Wanted(overlaps=True)).matches
    spans = {(match.start, match.end) for match in every}
    rows = (folder / "communique_marks.tsv").read_text(encoding="utf-8").splitlines()
    marks = {
        (int(start), int(end)) for start, end, _ in (r.split("\t") for r in rows[1:])
    }
    assert marks - spans == set()
    assert all(text[m.start : m.end] == m.text for m in every)


def test_a_shared_word_counts_for_both(store: SqliteStore) -> None:
    snapshot = seas(store)
    text = "issues regarding the East and South China Seas"
    east, south = found(snapshot, text)
    assert (east.entry, east.text) == ("east-china-sea", "East and South China Seas")
    assert [text[a:b] for a, b in east.parts] == ["East", "China Seas"]
    assert (east.tier, east.via) == ("inflected", ("coordination",))
    assert (south.entry, south.text, south.parts) == (
        "south-china-sea",
        "South China Seas",
        (),
    )
    assert wordings(snapshot, f"{text}; {text}").count(east.text) == 2
    assert wordings(snapshot, "East. And South China Seas") == ["South China Seas"]
    assert wordings(snapshot, "far and South China Seas") == ["South China Seas"]


def test_a_shared_verb_counts_for_both(store: SqliteStore) -> None:
    snapshot = known(
        store,
        one("coordination", "strengthen coordination", "加强协调"),
        one("communication", "strengthen communication", "加强沟通"),
    )
    text = "strengthening communication and coordination"
    entries = {m.entry: m.via for m in found(snapshot, text)}
    assert entries == {
        "communication": ("inflection",),
        "coordination": ("coordination",),
    }


def test_a_slot_may_hold_a_few_words(store: SqliteStore) -> None:
    snapshot = known(
        store,
        one("build", "build {…} between {…}", "构建{…}新型大国关系"),
    )
    text = "China and the US are building a new relationship between the two."
    (match,) = found(snapshot, text)
    assert match.text == "building a new relationship between"
    assert (match.tier, match.via) == ("inflected", ("gap",))
    assert [text[a:b] for a, b in match.parts] == ["building", "between"]
    (match,) = found(snapshot, "双方构建中美新型大国关系。")
    assert match.text == "构建中美新型大国关系"
    assert found(snapshot, "We build it. The border between") == []
    assert found(snapshot, "build " + "very " * 20 + "long walls between") == []


def test_a_term_that_is_not_to_be_translated_is_of_every_language(
    store: SqliteStore,
) -> None:
    snapshot = known(store, {"id": "gee", "terms": [{"lang": "mul", "text": "RIMPAC"}]})
    assert wordings(snapshot, "参加RIMPAC演习", from_="zh-Hans") == ["RIMPAC"]
    assert wordings(snapshot, "joins RIMPAC", from_="en") == ["RIMPAC"]


def test_an_everyday_verb_that_a_draft_lists_is_shown_to_who_asks_for_drafts(
    store: SqliteStore,
) -> None:
    def term(lang: str, text: str, status: str = "preferred") -> dict[str, str]:
        return {"lang": lang, "text": text, "status": status, "part_of_speech": "verb"}

    both = [term("zh-Hans", "铭记"), term("en", "bear in mind")]
    of_draft = {"id": "mind", "terms": [*both, term("en", "remember", "admitted")]}
    kin = [term("zh-Hans", "扩大"), term("en", "make broader")]
    of_kin = {"id": "broad", "terms": [*kin, term("en", "broaden", "admitted")]}
    snapshot = known(store, of_draft, of_kin)

    def texts(text: str, state: str | None = None) -> list[str]:
        wanted = Wanted(from_="en", state=state)
        return [match.text for match in annotate(snapshot, text, wanted).matches]

    assert texts("Remember your password.") == []
    assert texts("Remember your password.", "draft") == ["Remember"]
    assert texts("Bear in mind that they broaden ties.") == ["Bear in mind", "broaden"]


def test_a_noun_has_no_forms_of_a_verb(store: SqliteStore) -> None:
    sponsor = {"lang": "en", "text": "sponsor", "part_of_speech": "noun"}
    snapshot = known(store, {"id": "sponsor", "terms": [sponsor]})
    text = "The sponsors met. It sponsored the sponsor's sponsoring of it."
    matches = annotate(snapshot, text, Wanted(from_="en")).matches
    assert [match.text for match in matches] == ["sponsors", "sponsor's"]


def test_a_match_names_the_other_entries_that_stand_within_it(
    store: SqliteStore,
) -> None:
    """Not its own entry, and not what goes on behind it."""
    snapshot = known(
        store,
        {
            "id": "mutual-respect",
            "terms": [
                {"lang": "zh-Hans", "text": "相互尊重"},
                {"lang": "en", "text": "mutual respect"},
                {"lang": "en", "text": "respect"},
            ],
        },
        one("respect-for-sovereignty", "respect for sovereignty", "尊重主权"),
    )
    text = "mutual respect for sovereignty"
    matches = found(snapshot, text, overlaps=True, from_="en")
    assert [(match.text, match.contains) for match in matches] == [
        ("mutual respect", ()),
        ("respect for sovereignty", ("mutual-respect",)),
        ("respect", ()),
    ]


def test_a_plural_may_stand_before_the_hyphen_of_a_noun(store: SqliteStore) -> None:
    snapshot = known(
        store, one("post", "consulate-general", "总领事馆", part_of_speech="noun")
    )
    for text in ("consulates-general", "consulates general", "Consulate-Generals"):
        assert wordings(snapshot, text) == [text]
