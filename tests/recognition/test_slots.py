"""Terms with something of the text's own in them: 应…邀请, take … to a new level."""

from dataclasses import replace
from typing import Any

import pytest

from glossary.lookup import lookup
from glossary.query import Query, Wanted
from glossary.recognition.annotate import annotate
from glossary.recognition.check import check
from glossary.recognition.snapshot import Recognition, Snapshot
from glossary.recognition.symbol import read
from glossary.store import SqliteStore
from tests.nouns import entry


def made(name: str, english: list[str], chinese: list[str]) -> dict[str, Any]:
    """Return an approved entry's document; the first wording of a side is preferred."""
    return {
        "id": name,
        "state": "approved",
        "terms": [
            {"lang": lang, "text": text, "status": "admitted" if at else "preferred"}
            for lang, texts in (("zh-Hans", chinese), ("en", english))
            for at, text in enumerate(texts)
        ],
    }


ENTRIES = (
    made("invitation", ["at the invitation of …"], ["应…邀请", "应…的邀请"]),
    made("visit", ["pay a state visit to {…}"], ["对…进行国事访问"]),
    made("state-visit", ["state visit"], ["国事访问"]),
    made("views", ["exchange views on"], ["就…交换意见", "就…深入交换意见"]),
    made("level", ["take ... to a new level"], ["将__提升到新水平"]),
    made("basis", ["on the basis of"], ["在…基础上"]),
    made("phone", ["speak with … on the phone"], ["通电话"]),
    made(
        "government",
        ["recognize … as the sole legal government of …"],
        ["承认…为…的唯一合法政府"],
    ),
)


@pytest.fixture
def snapshot(store: SqliteStore) -> Snapshot:
    with store.write(by="test") as write:
        for document in ENTRIES:
            write.create(entry(**document))
    return Recognition(store).snapshot()


def found(snapshot: Snapshot, text: str) -> list[tuple[str, str]]:
    matches = annotate(snapshot, text, Wanted()).matches
    return [(match.entry, match.text) for match in matches]


def verdicts(snapshot: Snapshot, source: str, target: str) -> list[str]:
    findings = check(snapshot, source, target, Wanted())
    return [f"{f.entry} {f.verdict}{'?' * f.advice}" for f in findings]


ENGLISH = "At the invitation of President Xi, the King paid a state visit to China."
CHINESE = "应习近平主席邀请，国王对中国进行国事访问。"


def test_a_wording_with_a_slot_is_found_and_rendered_both_ways(
    snapshot: Snapshot,
) -> None:
    assert found(snapshot, CHINESE) == [
        ("invitation", "应习近平主席邀请"),
        ("visit", "对中国进行国事访问"),
    ]
    for source, target in ((CHINESE, ENGLISH), (ENGLISH, CHINESE)):
        assert verdicts(snapshot, source, target) == ["invitation ok", "visit ok"]


def test_what_lies_inside_the_pieces_is_not_asked_for_by_itself(
    snapshot: Snapshot,
) -> None:
    (match, *rest) = annotate(snapshot, "对中国进行国事访问", Wanted()).matches
    assert (match.entry, match.contains, rest) == ("visit", ("state-visit",), [])
    assert found(snapshot, "国事访问期间") == [("state-visit", "国事访问")]
    assert verdicts(snapshot, "a state visit", "对中国进行国事访问") == [
        "state-visit ok"
    ]


def test_of_two_with_the_same_pieces_the_longer_stays(snapshot: Snapshot) -> None:
    text = "双方就半岛局势深入交换意见。"
    assert found(snapshot, text) == [("views", "就半岛局势深入交换意见")]
    assert verdicts(snapshot, text, "They exchanged views on it.") == ["views ok"]
    twice = "They exchanged views on this and exchanged views on that."
    assert verdicts(snapshot, twice, text) == ["views ok", "views missing"]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("就地区局势和成就交换意见", "就地区局势和成就交换意见"),
        ("双方就此交换意见", "就此交换意见"),
        ("应其邀请访华", "应其邀请"),
        ("应王毅外长邀请访华", "应王毅外长邀请"),
        ("应莫迪总理的邀请访印", "应莫迪总理的邀请"),
        ("應國家主席習近平的邀請", "應國家主席習近平的邀請"),
        ("在相互尊重的基础上", "在相互尊重的基础上"),
        ("将中非合作提升到新水平", "将中非合作提升到新水平"),
        ("They took the ties to new levels", "took the ties to new levels"),
        (
            "It recognizes the Government of the PRC as the sole legal government of X",
            "recognizes the Government of the PRC as the sole legal government of",
        ),
        (
            "承认中华人民共和国政府为中国的唯一合法政府",
            "承认中华人民共和国政府为中国的唯一合法政府",
        ),
    ],
)
def test_a_slot_begins_at_the_nearest_word(
    snapshot: Snapshot, text: str, piece: str
) -> None:
    assert [text for _, text in found(snapshot, text)] == [piece]


@pytest.mark.parametrize(
    "text",
    [
        "他们应该接受邀请",
        "各国应接受中国的邀请",
        "应邀请各国参加",
        "反应迅速。邀请各国",
        "取得的成就值得交换意见",
        "应联合国要求，他们接受邀请",
        "in place, they spoke with pride; on the phone",
        "They spoke with a reporter, then talked on the phone",
        "take it. To a new level",
        "take to a new level",
        "在" + "各国" * 31 + "基础上",
    ],
)
def test_a_slot_holds_something_within_a_clause(snapshot: Snapshot, text: str) -> None:
    assert found(snapshot, text) == []


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        (
            "They take our ties, old and new, to a new level",
            "take our ties, old and new, to a new level",
        ),
        (
            "recognizes the PRC, founded in 1949, as the sole legal government of it",
            "recognizes the PRC, founded in 1949, as the sole legal government of",
        ),
    ],
)
def test_an_aside_between_commas_may_stand_in_an_english_slot(
    snapshot: Snapshot, text: str, piece: str
) -> None:
    assert [text for _, text in found(snapshot, text)] == [piece]


@pytest.mark.parametrize(
    "text",
    [
        "They take notes, then go to a new level",
        "They take notes, they say, and go to a new level",
        "take it; so it is said, to a new level",
        "就此，他表示，交换意见",
        "应美国，法国，邀请",
    ],
)
def test_other_commas_end_a_clause_in_a_slot(snapshot: Snapshot, text: str) -> None:
    assert found(snapshot, text) == []


def test_a_comma_in_a_slot_excuses_a_rendering(snapshot: Snapshot) -> None:
    target = "双方就半岛局势，特别是核问题，交换意见。"
    assert verdicts(snapshot, "They exchanged views on it.", target) == ["views ok"]
    assert found(snapshot, target) == []
    assert verdicts(snapshot, target, "They met.") == []


def test_a_longer_term_may_cross_the_pieces(store: SqliteStore) -> None:
    whole = made("sole", ["sole legal government of China"], ["中国的唯一合法政府"])
    with store.write(by="test") as write:
        for document in (*ENTRIES, whole):
            write.create(entry(**document))
    snapshot = Recognition(store).snapshot()
    source = "承认中华人民共和国政府为中国的唯一合法政府"
    target = "recognizes its Government as the sole legal government of China"
    expected = ["government ok", "sole ok"]
    assert verdicts(snapshot, source, target) == expected
    assert verdicts(snapshot, target, source) == expected


def test_an_article_is_no_end_of_a_slot(store: SqliteStore) -> None:
    with store.write(by="test") as write:
        write.create(entry(**made("way", ["the … way", "a … of"], ["道"])))
    snapshot = Recognition(store).snapshot()
    assert found(snapshot, "the only way") == [("way", "way")]


def test_bare_wordings_that_are_stored_already_have_slots(store: SqliteStore) -> None:
    old = entry(**made("visit", ["pay a state visit to …"], ["对{…}进行国事访问"]))
    bare = [replace(old.terms[0], text="对…进行国事访问"), *old.terms[1:]]
    with store.write(by="before") as write:
        write.create(replace(old, terms=tuple(bare)))
    assert store.entry("visit").terms[0].text == "对…进行国事访问"
    snapshot = Recognition(store).snapshot()
    assert found(snapshot, "对法国进行国事访问") == [("visit", "对法国进行国事访问")]


def test_what_is_expected_is_said_without_braces(snapshot: Snapshot) -> None:
    (finding,) = check(snapshot, "exchange views on it", "会谈", Wanted())
    assert finding.expected == ("就…交换意见", "就…深入交换意见")
    (finding,) = check(snapshot, "应他的邀请", "He came.", Wanted())
    assert finding.expected == ("at the invitation of",)


OWNED = (
    made("sovereignty", ["safeguard one's sovereignty"], ["捍卫主权"]),
    made("credentials", ["present one's credentials"], ["递交国书"]),
    made("bide", ["hide one's capabilities and bide one's time"], ["韬光养晦"]),
    made("avail", ["avail oneself of this opportunity"], ["借此机会"]),
    made("interests", ["its core interests"], ["自身核心利益"]),
    made("china", ["China"], ["中国"]),
)


@pytest.fixture
def owned(store: SqliteStore) -> Snapshot:
    with store.write(by="test") as write:
        for document in OWNED:
            write.create(entry(**document))
    return Recognition(store).snapshot()


@pytest.mark.parametrize(
    "text",
    [
        "safeguards its sovereignty",
        "safeguarding Their sovereignty",
        "safeguard one’s sovereignty",
        "safeguard our sovereignty",
        "safeguarded China's sovereignty",
        "safeguard the two countries' sovereignty",
        "safeguard its own sovereignty",
        "safeguard the Republic of Korea’s sovereignty",
        "present his credentials",
        "presented Ambassador Smith's credentials",
        "hide their capabilities and bide their time",
        "hide China's capabilities and bide its time",
        "avail ourselves of this opportunity",
        "avails itself of this opportunity",
        "their core interests",
    ],
)
def test_any_owner_fills_the_slot_of_ones_and_its(owned: Snapshot, text: str) -> None:
    matches = annotate(owned, f"They will {text} now.", Wanted()).matches
    terms = [match for match in matches if match.entry != "china"]
    assert [match.text for match in terms] == [text]
    assert {match.tier for match in terms} <= {"exact", "folded", "inflected"}


@pytest.mark.parametrize(
    "text",
    [
        "safeguard sovereignty",
        "safeguard the sovereignty",
        "safeguard it's sovereignty",
        "safeguard rules, China's sovereignty",
        "safeguard peace and China's sovereignty",
        "safeguard China sovereignty",
        "avail its of this opportunity",
        "China's core interests",
        "one core interests",
    ],
)
def test_what_owns_nothing_fills_no_slot(owned: Snapshot, text: str) -> None:
    names = {name for name, _ in found(owned, text)}
    assert names <= {"china"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("present Ambassador Smith's credentials", "present some credentials"),
        ("safeguard China's sovereignty", "safeguard the sovereignty"),
        ("speak with her on the phone", "speak with her. Go on the phone"),
    ],
)
def test_pieces_are_no_term_because_they_were_one_elsewhere(
    store: SqliteStore, right: str, wrong: str
) -> None:
    with store.write(by="test") as write:
        for document in (*OWNED, ENTRIES[6]):
            write.create(entry(**document))
    now = Recognition(store).snapshot()
    for text in (f"{right}; {wrong}; {right}", f"{wrong}; {right}; {wrong}"):
        texts = [written for _, written in found(now, text)]
        assert texts.count(right) == text.count(right)
        assert wrong not in texts


def test_the_name_of_an_owner_is_asked_for_by_itself(owned: Snapshot) -> None:
    source = "中国捍卫主权"
    assert verdicts(owned, source, "safeguard China's sovereignty") == [
        "china ok",
        "sovereignty ok",
    ]
    assert verdicts(owned, "safeguard China's sovereignty", "捍卫主权") == [
        "sovereignty ok",
        "china missing?",
    ]


def test_owners_are_one_when_a_phrase_is_looked_up(store: SqliteStore) -> None:
    with store.write(by="test") as write:
        for document in OWNED:
            write.create(entry(**document))
    for q in (
        "safeguard its sovereignty",
        "safeguarding their sovereignty",
        "safeguard China's own sovereignty",
        "safeguard the two countries' sovereignty",
    ):
        (hit, *_) = lookup(store, Query(q), candidates=100).hits
        assert (hit.entry, hit.tier) == ("sovereignty", "inflected")


def test_a_term_of_slots_alone_is_found_once_it_is_written(store: SqliteStore) -> None:
    with store.write(by="test") as write:
        write.create(entry(**made("trust", ["mutual trust"], ["互信"])))
    recognition = Recognition(store)
    text = "在两国元首领导下取得重大进展"
    assert not annotate(recognition.snapshot(), text, Wanted()).matches
    slotted = made("led", ["make … under …"], ["在…领导下取得…进展"])
    with store.write(by="test") as write:
        write.create(entry(**slotted))
    (match,) = annotate(recognition.snapshot(), text, Wanted()).matches
    assert (match.text, match.entry) == (text, "led")


def test_a_word_of_the_same_symbol_is_no_piece_of_a_term(store: SqliteStore) -> None:
    # Of the words of English some 1,500 share their symbol with another, as these do.
    assert read("abide").symbols == read("hazard").symbols
    with store.write(by="test") as write:
        write.create(entry(**made("abide", ["abide … by the treaty"], ["恪守条约"])))
    snapshot = Recognition(store).snapshot()
    assert found(snapshot, "They abide in peace by the treaty.")
    assert not found(snapshot, "They hazard in peace by the treaty.")
