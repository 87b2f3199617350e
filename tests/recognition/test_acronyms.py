"""Acronyms are no words, and words are no acronyms: in running text and in look-ups."""

import pytest

from glossary.lookup import lookup
from glossary.query import Query, Wanted
from glossary.recognition.annotate import annotate
from glossary.recognition.snapshot import Recognition, Snapshot
from glossary.recognition.tier import likeness
from glossary.store import SqliteStore
from tests.nouns import one
from tests.recognition.reading import english, known

ACRONYMS = {
    "WHO": "世界卫生组织",
    "TRIPS": "与贸易有关的知识产权协定",
    "LAWS": "致命性自主武器系统",
    "RATS": "地区反恐怖机构",
    "BASIC": "基础四国",
    "ESCAP": "亚太经社会",
    "NGOs": "非政府组织",
    "MOU": "谅解备忘录",
    "UN": "联合国",
    "H.E.": "阁下",
    "G20": "二十国集团",
    "U.S. Secretary of State": "美国国务卿",
    "UN General Assembly": "联合国大会",
    "TRIPS Agreement": "知识产权协定",
    "chargé d'affaires a.i.": "临时代办",
}


@pytest.fixture
def acronyms(store: SqliteStore) -> Snapshot:
    entries = [
        one(f"e{number}", english, chinese)
        for number, (english, chinese) in enumerate(ACRONYMS.items())
    ]
    return known(store, *entries)


@pytest.mark.parametrize(
    "text",
    [
        "He said so, and he went home.",
        "Who took field trips, and whose trip was it?",
        "The laws of the land; a basic law; rats and a rat",
        "Please escape before the trip ends; they escaped.",
        "un amigo, a mou, who else",
        "Who said so? He did.",
        "They told us secretary of state is a hard job.",
        "the un general assembly",
        "the trips agreement of the two sides",
        "the chargé d'affaires ai",
        "a Mou, a Ngo, the Un",
    ],
)
def test_an_acronym_is_not_found_in_small_letters(
    acronyms: Snapshot, text: str
) -> None:
    assert english(acronyms, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The WHO said so.", [("WHO", "WHO")]),
        ("the WHO's and the W.H.O.", [("WHO's", "WHO"), ("W.H.O.", "WHO")]),
        ("NGOs, an NGO, an NGO’s", [(w, "NGOs") for w in ("NGOs", "NGO", "NGO’s")]),
        ("an MOU, two MOUs, MoUs", [(w, "MOU") for w in ("MOU", "MOUs", "MoUs")]),
        ("H.E. Mr Wang and HE Mr Li", [("H.E.", "H.E."), ("HE", "H.E.")]),
        ("the U.N. and the UN", [("U.N.", "UN"), ("UN", "UN")]),
        ("G20, the g20", [("G20", "G20")]),
        (
            "US Secretary of State",
            [("US Secretary of State", "U.S. Secretary of State")],
        ),
        (
            "the U.N. General Assembly",
            [("U.N. General Assembly", "UN General Assembly")],
        ),
        ("the TRIPS agreement", [("TRIPS agreement", "TRIPS Agreement")]),
        (
            "a chargé d'affaires a.i.",
            [("chargé d'affaires a.i.", "chargé d'affaires a.i.")],
        ),
        ("The LAWS of war, RATS", [("LAWS", "LAWS"), ("RATS", "RATS")]),
        ("ＷＨＯ", [("ＷＨＯ", "WHO")]),
    ],
)
def test_an_acronym_is_found_in_capitals_with_its_plural_and_possessive(
    acronyms: Snapshot, text: str, expected: list[tuple[str, str]]
) -> None:
    assert english(acronyms, text) == expected


@pytest.mark.parametrize(
    "text", ["BY APPLICABLE LAW", "the LAW, a RAT, one TRIP", "ESCAPE!", "WHOSE?"]
)
def test_an_acronym_has_no_other_forms(acronyms: Snapshot, text: str) -> None:
    assert english(acronyms, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WHO DECLARES EMERGENCY", []),
        ("BY THE LAWS OF THE LAND", []),
        ("BASIC NEEDS AND FIELD TRIPS", []),
        ("THE UN DECLARES", ["UN"]),
        ("THE ESCAP MEETING", ["ESCAP"]),
        ("THE TRIPS AGREEMENT", ["TRIPS AGREEMENT"]),
        ("H.E. THE AMBASSADOR", ["H.E."]),
        ("HE IS THE AMBASSADOR", []),
        ("Title\nWHO DECLARES\nThe WHO declares", ["WHO"]),
        ("WHO", ["WHO"]),
        ("WHO, UN, G20", ["WHO", "UN", "G20"]),
        ("WHO与UN开会", ["WHO", "UN"]),
        ("出席WHO会议", ["WHO"]),
    ],
)
def test_in_a_line_all_in_capitals_an_acronym_that_is_a_word_is_none(
    acronyms: Snapshot, text: str, expected: list[str]
) -> None:
    assert [written for written, _ in english(acronyms, text)] == expected


def test_an_acronym_of_the_text_is_no_form_of_a_word(store: SqliteStore) -> None:
    snapshot = known(store, one("law", "law", "法"), one("aid", "foreign aid", "援助"))
    assert english(snapshot, "a meeting on LAWS, foreign AIDS") == []
    assert english(snapshot, "THE LAWS OF WAR") == [("LAWS", "law")]
    assert english(snapshot, "FOREIGN AIDS") == [("FOREIGN AIDS", "foreign aid")]
    assert english(snapshot, "laws; the LAW; Laws") == [
        ("laws", "law"),
        ("LAW", "law"),
        ("Laws", "law"),
    ]


def test_a_word_in_capitals_is_found_where_a_term_is_no_acronym(
    store: SqliteStore,
) -> None:
    snapshot = known(store, one("core", "core interests", "核心利益"))
    assert english(snapshot, "OUR CORE INTEREST") == [
        ("CORE INTEREST", "core interests")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a fund for climate, the fund, funds", []),
        ("the Fund and The Fund", ["Fund", "Fund"]),
        ("the Fund’s staff", ["Fund’s"]),
        ("Fund the project. Fund managers agreed.", []),
        ("It asked Fund staff.", ["Fund"]),
        ("THE FUND", []),
    ],
)
def test_letter_case_holds_for_a_term_with_an_article(
    store: SqliteStore, text: str, expected: list[str]
) -> None:
    snapshot = known(
        store, one("imf", "the Fund", "国际货币基金组织", case_sensitive=True)
    )
    assert [written for written, _ in english(snapshot, text)] == expected


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("attaché", "They attached it, attaches, attaching, attach", []),
        (
            "attaché",
            "an attaché, attachés, an attache",
            ["attaché", "attachés", "attache"],
        ),
        ("attach", "an attaché, two attachés", []),
        ("attach", "It attaches and attached", ["attaches", "attached"]),
        ("résumé", "talks resumed, they resume", ["resume"]),
        ("résumé", "two résumés, a résumé’s", ["résumés", "résumé’s"]),
        ("exposé", "exposed, exposing", []),
        ("démarche", "demarches, DÉMARCHES", ["demarches", "DÉMARCHES"]),
    ],
)
def test_a_word_with_accents_has_a_plural_and_no_verb_forms(
    store: SqliteStore, term: str, text: str, expected: list[str]
) -> None:
    snapshot = known(store, one("it", term, "随员"))
    assert [written for written, _ in english(snapshot, text)] == expected


def looked_up(store: SqliteStore, q: str, **asked: object) -> list[tuple[str, str]]:
    hits = lookup(store, Query(q, **asked), candidates=400).hits  # type: ignore[arg-type]
    return [(hit.term.text, hit.tier) for hit in hits]


def test_a_look_up_finds_an_acronym_in_any_case_behind_the_word(
    store: SqliteStore,
) -> None:
    words = ["rule of law", "trip", "attach great importance to", "Basic Law", "state"]
    acronyms = ["LAWS", "TRIPS", "BASIC", "attaché", "UNESCO", "WHO", "H.E."]
    documents = [
        one(f"e{number}", english, f"第{number}")
        for number, english in enumerate([*acronyms, *words])
    ]
    known(store, *documents)
    assert looked_up(store, "law") == [
        ("Basic Law", "part"),
        ("rule of law", "part"),
        ("LAWS", "prefix"),
    ]
    assert looked_up(store, "laws")[0] == ("LAWS", "folded")
    assert looked_up(store, "trips")[:2] == [("trip", "inflected"), ("TRIPS", "folded")]
    assert looked_up(store, "TRIPS")[0] == ("TRIPS", "exact")
    assert looked_up(store, "trip") == [("trip", "exact"), ("TRIPS", "prefix")]
    assert looked_up(store, "basic") == [("Basic Law", "prefix"), ("BASIC", "folded")]
    assert looked_up(store, "attach")[:2] == [
        ("attach great importance to", "prefix"),
        ("attaché", "prefix"),
    ]
    assert looked_up(store, "attachés")[0] == ("attaché", "inflected")
    assert ("attaché", "inflected") not in looked_up(store, "attached")
    assert looked_up(store, "unesco")[0] == ("UNESCO", "folded")
    assert looked_up(store, "he")[0] == ("H.E.", "folded")
    assert looked_up(store, "who") == [("WHO", "folded")]
    scores = {
        h.term.text: h.score for h in lookup(store, Query("who"), candidates=9).hits
    }
    assert scores["WHO"] < 1


def test_an_acronym_that_many_terms_begin_with_is_not_lost(store: SqliteStore) -> None:
    terms = ["BASIC", *(f"basic need {'x' * n}" for n in range(12))]
    known(store, *(one(f"e{n}", text, f"第{n}") for n, text in enumerate(terms)))
    for limit in (2, 10):
        assert ("BASIC", "folded") in looked_up(store, "basic", limit=limit)


def test_what_is_found_in_the_curated_glossary_is_no_word(curated: SqliteStore) -> None:
    """Sentences of everyday words hold no acronym of ours."""
    snapshot = Recognition(curated).snapshot()
    text = (
        "He said he would go. They raised funds to fund a trip. Please escape before "
        "the trip ends. The doc was attached. A quartet of players, a bit of tar, an "
        "apt cop; who can opt for a basic plan in the area? Start the mac."
    )
    matches = annotate(snapshot, text, Wanted(from_="en")).matches
    assert [m.text for m in matches if m.term.type == "acronym"] == []
    assert [m.text for m in matches if m.entry in {"excellency", "attache"}] == []


def test_a_term_is_always_like_itself(curated: SqliteStore) -> None:
    for number, entry in curated.wordings.changed(0, 5_000):
        for term in entry.terms:
            like = likeness(term.text, term, term.text)
            assert like is not None, number
            assert like.tier == "exact"
