import pytest

from glossary.entry.nouns import Hit
from glossary.errors import Invalid
from glossary.lookup import lookup, suggest
from glossary.query import Query
from glossary.store import SqliteStore
from tests.nouns import ONE_PHRASE, entry

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
    found = {hit.entry for hit in hits(curated, "照", limit=100)}
    there = {
        e.id
        for e in curated.all_entries()
        if any("照" in term.text for term in e.terms)
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
    assert hits(curated, "Mutual Respect", tier="exact") == ()
    assert hits(curated, "major country", tier="folded") == ()
    assert hits(curated, "新型大国", tier="prefix")[0].tier == "prefix"


@pytest.mark.parametrize(
    ("tier", "q", "expected"),
    [
        ("exact", "mutual respect", ["exact"]),
        ("exact", "Mutual Respect", []),
        ("folded", "Mutual Respect", ["folded"]),
        ("folded", "missiles", []),
        ("inflected", "missiles", ["inflected"]),
        ("inflected", "zhaohui", []),
        ("pinyin", "zhaohui", ["pinyin"]),
        ("pinyin", "mutual resp", []),
        ("prefix", "mutual resp", ["prefix"]),
        ("prefix", "tual respect", []),
        ("part", "tual respect", ["part"]),
        ("part", "mutaul respect", []),
        ("fuzzy", "mutaul respect", ["fuzzy"]),
    ],
)
def test_no_tier_below_the_lowest_that_is_wanted_is_answered(
    store: SqliteStore, tier: str, q: str, expected: list[str]
) -> None:
    with store.write(by="me") as write:
        for name, zh, en in (
            ("respect", "相互尊重", "mutual respect"),
            ("note", "照会", "note verbale"),
            ("missile", "导弹", "missile"),
        ):
            terms = [{"lang": "zh-Hans", "text": zh}, {"lang": "en", "text": en}]
            write.create(entry(id=name, terms=terms))
    assert [hit.tier for hit in hits(store, q, tier=tier)] == expected


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


@pytest.mark.parametrize(
    ("q", "entry_id", "tier"),
    [
        ("new models of major country relationship", NEW_MODEL, "inflected"),
        (
            "establishing diplomatic relations",
            "establishment-of-diplomatic-relations",
            "",
        ),
        ("xīnxíng dàguó guānxì", NEW_MODEL, "pinyin"),
        ("xin1 xing2 da4 guo2 guan1 xi4", NEW_MODEL, "pinyin"),
        ("xinxingdaguoguanxi", NEW_MODEL, "pinyin"),
        ("xxdggx", NEW_MODEL, "pinyin"),
        ("xinxing dagu guanxi", NEW_MODEL, "pinyin"),
        ("mutal respekt", "mutual-respect", "fuzzy"),
        ("respect mutual", "mutual-respect", "fuzzy"),
        ("winwin coperation", "win-win-cooperation", "fuzzy"),
        ("合作供赢", "win-win-cooperation", "fuzzy"),
        ("共赢合作", "win-win-cooperation", "fuzzy"),
        ("新型的大国关系", NEW_MODEL, "fuzzy"),
        ("新大国关系", NEW_MODEL, "fuzzy"),
    ],
)
def test_what_is_half_remembered_is_found(
    curated: SqliteStore, q: str, entry_id: str, tier: str
) -> None:
    found = hits(curated, q)[:3]
    assert entry_id in {hit.entry for hit in found}
    assert not tier or tier in {hit.tier for hit in found if hit.entry == entry_id}


@pytest.mark.parametrize(
    "typed", ["nǚquán", "nü3quan2", "nu:3 quan2", "nvquan", "nuquan"]
)
def test_u_with_two_dots_may_be_typed_in_any_way(
    store: SqliteStore, typed: str
) -> None:
    with store.write(by="me") as write:
        write.create(entry(id="a", terms=[{"lang": "zh", "text": "女权"}]))
    assert [hit.entry for hit in hits(store, typed)] == ["a"]


def test_several_phrases_in_one_query_are_each_answered(curated: SqliteStore) -> None:
    found = hits(curated, "mutual respect and win-win cooperation")
    assert {"mutual-respect", "win-win-cooperation"} <= {hit.entry for hit in found}


def test_a_phrase_is_found_in_a_query_that_says_more(curated: SqliteStore) -> None:
    hit = first(curated, "新型大国关系的内涵")
    assert (hit.entry, hit.via) == (NEW_MODEL, ("contained",))


@pytest.mark.parametrize(
    ("q", "tier"),
    [("合作", "prefix"), ("均衡发展", "part"), ("新型的大国关系", "fuzzy")],
)
def test_a_term_is_shown_in_the_script_asked_for(
    curated: SqliteStore, q: str, tier: str
) -> None:
    simplified = hits(curated, q, from_="zh-Hans", tier=tier)
    traditional = hits(curated, q, from_="zh-Hant", tier=tier)
    assert tier in {hit.tier for hit in traditional}
    assert {hit.term.lang for hit in simplified} == {"zh-Hans"}
    assert {hit.term.lang for hit in traditional} == {"zh-Hant"}
    assert [hit.entry for hit in simplified] == [hit.entry for hit in traditional]


def test_a_reading_leads_to_the_script_asked_for(curated: SqliteStore) -> None:
    query = Query("xinxing daguo guanxi", to="zh-Hant")
    answer = lookup(curated, query, candidates=400)
    assert answer.hits[0].term.text == "新型大國關係"
    assert answer.hits[0].equivalents[0].lang == "en"
    assert answer.to == "en"


def test_a_reading_leads_to_the_other_language(curated: SqliteStore) -> None:
    answer = lookup(curated, Query("xinxing daguo guanxi"), candidates=400)
    assert (answer.from_, answer.to) == ("zh-Hans", "en")
    assert answer.hits[0].equivalents[0].lang == "en"


@pytest.mark.parametrize(
    ("q", "said"),
    [("新型大国关系", "en"), ("win-win cooperation", "zh-Hans"), ("合作共赢", "fr")],
)
def test_a_wrong_language_is_overruled(curated: SqliteStore, q: str, said: str) -> None:
    answer = lookup(curated, Query(q, from_=said), candidates=400)
    assert (answer.hits[0].term.text, answer.hits[0].tier) == (q, "exact")
    assert answer.from_ != said


@pytest.mark.parametrize(
    ("q", "text"),
    [
        ("new model of * relationship", "new model of major-country relationship"),
        ("新型*关系", "新型大国关系"),
        ("合?共赢", "合作共赢"),
        ("win?win cooperation", "win-win cooperation"),
        ("*lateralism", "multilateralism"),
    ],
)
def test_wildcards_stand_for_letters(curated: SqliteStore, q: str, text: str) -> None:
    assert text in {hit.term.text for hit in hits(curated, q, limit=50)}


@pytest.mark.parametrize("q", ["*", "?*?", "*a*a*a*a", "？＊"])
def test_wildcards_alone_are_refused_with_a_reason(
    curated: SqliteStore, q: str
) -> None:
    with pytest.raises(Invalid):
        hits(curated, q)


def test_a_question_mark_at_the_end_asks_a_question(curated: SqliteStore) -> None:
    assert first(curated, "mutual respect?").entry == "mutual-respect"


def test_quotes_demand_the_wording(curated: SqliteStore) -> None:
    assert not hits(curated, '"mutal respect"')
    assert hits(curated, '"mutual respect"')[0].tier == "exact"
    assert all("core" in h.term.text.lower() for h in hits(curated, '"core"'))


def test_who_has_found_the_phrase_sees_nothing_that_only_looks_like_it(
    curated: SqliteStore,
) -> None:
    assert "fuzzy" not in {hit.tier for hit in hits(curated, "合作共赢", limit=50)}


def test_nothing_found_leads_to_what_may_be_meant(curated: SqliteStore) -> None:
    answer = lookup(curated, Query('"mutal respect"'), candidates=400)
    assert answer.hits == ()
    assert answer.did_you_mean[0].text == "mutual respect"
    assert len(answer.did_you_mean) <= 3


def test_prose_is_looked_through_when_asked_for(store: SqliteStore) -> None:
    said = {"definition": {"en": "A promise not to use force."}, "note": "见白皮书"}
    with store.write(by="me") as write:
        write.create(
            entry(id="a", terms=[{"lang": "en", "text": "non-aggression"}], **said)
        )
    assert not hits(store, "promises")
    assert hits(store, "promises", field="definition")[0].via == ("definition",)
    assert not hits(store, "promises", field="note")
    assert [h.entry for h in hits(store, "白皮书", field="note")] == ["a"]
    assert [h.entry for h in hits(store, "白皮书", field="all")] == ["a"]


@pytest.mark.parametrize("q", ["合" * 500, "".join(map(chr, range(0x4E00, 0x4FF4)))])
def test_long_queries_are_answered(curated: SqliteStore, q: str) -> None:
    assert lookup(curated, Query(q), candidates=400).q == q


def test_the_order_of_hits_is_always_the_same(curated: SqliteStore) -> None:
    once = hits(curated, "合作", limit=50)
    assert once == hits(curated, "合作", limit=50)


def test_homographs_are_all_shown(store: SqliteStore) -> None:
    with store.write(by="me") as write:
        for name in ("etiquette", "agreement"):
            write.create(entry(id=name, terms=[{"lang": "en", "text": "protocol"}]))
    assert {hit.entry for hit in hits(store, "protocol")} == {"etiquette", "agreement"}


def test_a_glossary_is_searched_whole_beside_a_much_larger_one(
    store: SqliteStore,
) -> None:
    with store.write(by="me") as write:
        for number in range(700):
            text = f"{chr(0x4E00 + number)}关系"
            write.create(entry(glossary="large", id=f"l-{number}", terms=[zh(text)]))
        write.create(entry(glossary="small", id="a", terms=[zh("新型国际关系")]))
    assert [h.entry for h in hits(store, "关系", glossary="small")] == ["a"]
    assert [h.entry for h in hits(store, "新形国际关系", glossary="small")] == ["a"]


def zh(text: str) -> dict[str, str]:
    return {"lang": "zh", "text": text}


def test_as_it_is_written_stands_before_what_is_preferred_and_written_otherwise(
    store: SqliteStore,
) -> None:
    with store.write(by="me") as write:
        for name, text, status in (
            ("a", "cooperation", "preferred"),
            ("b", "co-operation", "admitted"),
        ):
            terms = [{"lang": "zh-Hans", "text": "合作", "status": "preferred"}]
            terms += [{"lang": "en", "text": text, "status": status}]
            write.create(entry(id=name, terms=terms))
    told = [(hit.entry, hit.tier) for hit in hits(store, "co-operation")[:2]]
    assert told == [("b", "exact"), ("a", "folded")]


def test_what_is_quoted_is_not_found_in_another_form(store: SqliteStore) -> None:
    with store.write(by="me") as write:
        write.create(entry(id="a", terms=[{"lang": "en", "text": "sovereign state"}]))
    assert [hit.tier for hit in hits(store, "sovereign states")] == ["inflected"]
    assert hits(store, '"sovereign states"') == ()
