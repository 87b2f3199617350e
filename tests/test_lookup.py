import pytest

from glossary.entry import Hit
from glossary.lookup import lookup, suggest
from glossary.query import Query
from glossary.store import SqliteStore
from tests.conftest import entry
from tests.test_fold import ONE_PHRASE

NEW_MODEL = "new-model-of-major-country-relationship"


def hits(store: SqliteStore, q: str, **asked: object) -> tuple[Hit, ...]:
    return lookup(store, Query(q, **asked), candidates=400).hits  # type: ignore[arg-type]


def first(store: SqliteStore, q: str, **asked: object) -> Hit:
    return hits(store, q, **asked)[0]


def test_english_leads_to_chinese(curated: SqliteStore) -> None:
    hit = first(curated, "new model of major country relationship")
    assert (hit.entry, hit.tier, hit.via) == (NEW_MODEL, "folded", ("hyphen",))
    assert hit.equivalents[0].text == "新型大国关系"


def test_chinese_leads_to_english(curated: SqliteStore) -> None:
    hit = first(curated, "新型大国关系")
    assert (hit.entry, hit.tier, hit.score) == (NEW_MODEL, "exact", 1.0)
    assert hit.equivalents[0].text == "new model of major-country relationship"


def test_traditional_characters_find_it_too(store: SqliteStore) -> None:
    with store.write(by="me") as write:
        write.create(entry(id="a", terms=[{"lang": "zh", "text": "新型大国关系"}]))
    hit = first(store, "新型大國關係")
    assert (hit.entry, hit.tier, hit.via) == ("a", "folded", ("script",))


def test_the_rendering_of_the_time_leads(curated: SqliteStore) -> None:
    hit = first(curated, "新型大国关系", as_of="2012-12")
    text = hit.equivalents[0].text
    assert text == "new type of relations between major countries"


def test_a_superseded_wording_leads_with_what_to_use_instead(
    curated: SqliteStore,
) -> None:
    hit = first(curated, "new type of great power relations")
    assert hit.term.status == "superseded"
    assert hit.use[0].text == "new model of major-country relationship"
    assert hit.equivalents[0].text == "新型大国关系"


@pytest.mark.parametrize("q", ["主权", "和平"])
def test_two_characters_are_found_alone_and_inside(
    curated: SqliteStore, q: str
) -> None:
    found = hits(curated, q, limit=100)
    assert found[0].term.text.startswith(q)
    assert {"part"} <= {hit.tier for hit in found}
    assert all(q in hit.term.text for hit in found if hit.term.lang == "zh-Hans")


def test_one_character_is_found(curated: SqliteStore) -> None:
    found = {hit.entry for hit in hits(curated, "领", limit=100)}
    there = {
        e.id
        for e in curated.entries(limit=5000)
        if any("领" in term.text for term in e.terms)
    }
    assert found == there


@pytest.mark.parametrize("wordings", ONE_PHRASE[:3], ids=lambda w: w[0])
def test_every_wording_of_a_phrase_finds_the_same_entry(
    store: SqliteStore, wordings: list[str]
) -> None:
    language = "en" if wordings[0].isascii() else "zh"
    with store.write(by="me") as write:
        write.create(entry(id="a", terms=[{"lang": language, "text": wordings[0]}]))
    for wording in wordings:
        hit = first(store, wording)
        assert hit.tier == ("exact" if wording == wordings[0] else "folded")


def test_tiers_come_in_order_and_each_entry_once(curated: SqliteStore) -> None:
    found = hits(curated, "cooperation", limit=50)
    tiers = [hit.tier for hit in found]
    assert tiers == sorted(tiers, key=["exact", "folded", "prefix", "part"].index)
    assert len({hit.entry for hit in found}) == len(found)


def test_a_tier_bounds_what_is_found(curated: SqliteStore) -> None:
    assert hits(curated, "major country", tier="folded") == ()
    assert hits(curated, "新型大国", tier="prefix")[0].tier == "prefix"


def test_an_unfinished_british_word_finds_its_american_twin(
    store: SqliteStore,
) -> None:
    text = "good-neighborly friendship"
    with store.write(by="me") as write:
        write.create(entry(id="a", terms=[{"lang": "en", "text": text}]))
    for q in ("good neighbou", "good-neighbourl", "neighbour", "good neighbor"):
        assert first(store, q).entry == "a"


def test_filters_narrow_what_is_found(curated: SqliteStore) -> None:
    assert hits(curated, "主权", glossary="no-such-glossary") == ()
    found = hits(curated, "和平", subject="principles", limit=50)
    assert found
    assert all("principles" in hit.subjects for hit in found)


def test_the_asked_issuer_leads(curated: SqliteStore) -> None:
    hit = first(curated, "新型大国关系", issuer="CIPG")
    assert hit.equivalents[0].issuer == "CIPG"


def test_the_asked_language_is_answered(curated: SqliteStore) -> None:
    hit = first(curated, "new model of major-country relationship", to="zh-Hant")
    assert hit.equivalents[0].text == "新型大國關係"


def test_homographs_are_all_shown_and_the_approved_first(store: SqliteStore) -> None:
    term = {"lang": "en", "text": "hegemony", "status": "preferred"}
    with store.write(by="me") as write:
        write.create(entry(id="a-draft", terms=[term]))
        write.create(entry(id="b-approved", terms=[term], state="approved"))
    assert [h.entry for h in hits(store, "hegemony")] == ["b-approved", "a-draft"]


def test_a_preferred_homograph_stands_before_an_admitted_one(
    store: SqliteStore,
) -> None:
    with store.write(by="me") as write:
        for name, status in (
            ("a", "superseded"),
            ("b", "admitted"),
            ("c", "preferred"),
        ):
            term = {"lang": "zh", "text": "霸权", "status": status}
            write.create(entry(id=name, terms=[term]))
    assert [h.entry for h in hits(store, "霸权")] == ["c", "b", "a"]


@pytest.mark.parametrize("q", ["、", "“”", "-", "🙂", "   、", "\u200b"])
def test_a_query_of_marks_alone_finds_nothing(curated: SqliteStore, q: str) -> None:
    assert hits(curated, q) == ()


@pytest.mark.parametrize(
    "q", ['"', "'", "a*", '大国" OR "x', "100%", "_", "大国)", "NEAR(", "[", "\\"]
)
def test_signs_of_query_languages_are_plain_text(curated: SqliteStore, q: str) -> None:
    hits(curated, q)


def test_answers_are_the_same_every_time(curated: SqliteStore) -> None:
    assert hits(curated, "合作", limit=50) == hits(curated, "合作", limit=50)


def test_suggestions_go_on_from_what_is_typed(curated: SqliteStore) -> None:
    found = suggest(curated, "new model of maj", limit=3, candidates=400)
    assert found[0].text == "new model of major-country relationship"
    assert found[0].equivalent == "新型大国关系"
    assert suggest(curated, "新型大", limit=1, candidates=400)[0].entry == NEW_MODEL
