"""One wording that is typed in another way: sounds, figures, compounds, regions."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.entry import Hit
from glossary.lookup import lookup
from glossary.query import Query, Wanted
from glossary.recognition import Recognition, annotate
from glossary.store import SqliteStore
from glossary.text import forgiving, of_wade_giles, of_zhuyin, variants
from tests.nouns import entry

WORDINGS = (
    *("求同存异", "战略互信", "零和博弈", "领事保护", "和平协商", "主权平等"),
    *("九二共识", "十七条协议", "八一七公报", "第2758号决议", "1.5轨对话"),
    *("东盟", "可持续发展", "数字鸿沟", "气候变化", "东盟地区论坛"),
    *("ceasefire", "peacekeeping", "landlocked States", "de-risking", "G20"),
    *("ASEAN Plus Three", "Track II dialogue", "Cold War mentality", "warn off"),
    *("war crimes", "intercept", "confuse the public", "unilateralism"),
    *(
        "三分之二多数",
        "百分之五十的股权",
        "two-thirds majority",
        "领土完整",
        "单边主义",
    ),
    *("联合国宪章", "freedom of navigation"),
)


@pytest.fixture
def filled(store: SqliteStore) -> SqliteStore:
    with store.write(by="me") as write:
        for number, text in enumerate(WORDINGS):
            lang = "en" if text.isascii() else "zh-Hans"
            terms = [{"lang": lang, "text": text, "status": "preferred"}]
            write.create(entry(id=f"e{number}", terms=terms))
        terms = [{"lang": "en", "text": "UN"}, {"lang": "zh", "text": "联合国"}]
        write.create(entry(id="un", terms=terms))
    return store


def answers(store: SqliteStore, q: str) -> tuple[Hit, ...]:
    return lookup(store, Query(q), candidates=400).answers


@pytest.mark.parametrize(
    ("q", "text", "via"),
    [
        ("qiutongcunyin", "求同存异", "slip"),
        ("zanlue huxin", "战略互信", "slip"),
        ("linhe boyi", "零和博弈", "slip"),
        ("ninsi baohu", "领事保护", "slip"),
        ("qvtongcunyi", "求同存异", "slip"),
        ("ㄑㄧㄡˊ ㄊㄨㄥˊ ㄘㄨㄣˊ ㄧˋ", "求同存异", "zhuyin"),
        ("ho-p'ing hsieh-shang", "和平协商", "wade-giles"),
        ("chu-ch'üan p'ing-teng", "主权平等", "wade-giles"),
        ("92共识", "九二共识", "numeral"),
        ("17条协议", "十七条协议", "numeral"),
        ("817公报", "八一七公报", "numeral"),
        ("第二七五八号决议", "第2758号决议", "numeral"),
        ("一点五轨对话", "1.5轨对话", "numeral"),
        ("track 2 dialogue", "Track II dialogue", "numeral"),
        ("ASEAN+3", "ASEAN Plus Three", "numeral"),
        ("cease-fire", "ceasefire", "space"),
        ("peace keeping", "peacekeeping", "space"),
        ("land-locked States", "landlocked States", "space"),
        ("derisking", "de-risking", "space"),
        ("G-20", "G20", "space"),
        ("2/3多数", "三分之二多数", "numeral"),
        ("50%的股权", "百分之五十的股权", "numeral"),
        ("2/3 majority", "two-thirds majority", "numeral"),
        ("ling t'u wan cheng", "领土完整", "wade-giles"),
        ("tan pien chu i", "单边主义", "wade-giles"),
        ("UN宪章", "联合国宪章", "mixed"),
        ("UN 憲章", "联合国宪章", "mixed"),
        ("東協", "东盟", "wording"),
        ("永續發展", "可持续发展", "wording"),
        ("數位落差", "数字鸿沟", "wording"),
        ("氣候變遷", "气候变化", "wording"),
        ("東協區域論壇", "东盟地区论坛", "wording"),
    ],
)
def test_another_spelling_finds_the_wording_and_is_named(
    filled: SqliteStore, q: str, text: str, via: str
) -> None:
    hit = answers(filled, q)[0]
    assert hit.term.text == text
    assert via in hit.via


@pytest.mark.parametrize("q", ["93共识", "18条协议", "第二七五九号决议", "G-21"])
def test_another_number_is_another_wording(filled: SqliteStore, q: str) -> None:
    assert answers(filled, q) == ()


@pytest.mark.parametrize(
    "q", ["banana bread", "hotel room", "huluobo", "zhima jiang", "volcano eruption"]
)
def test_what_is_no_near_pinyin_of_ours_is_not_forgiven(
    filled: SqliteStore, q: str
) -> None:
    assert answers(filled, q) == ()


def test_a_word_is_found_as_a_word_before_what_only_begins_so(
    filled: SqliteStore,
) -> None:
    found = [hit.term.text for hit in answers(filled, "war")]
    assert found == ["war crimes", "Cold War mentality", "warn off"]


@pytest.mark.parametrize("q", ["RCEP", "NFU", "rcep", "nfu", "cept"])
def test_few_letters_and_acronyms_stand_inside_no_word(
    filled: SqliteStore, q: str
) -> None:
    assert answers(filled, q) == ()


def test_a_longer_part_is_found_inside_a_word(filled: SqliteStore) -> None:
    assert answers(filled, "lateralism")[0].term.text == "unilateralism"


@given(st.integers(min_value=1, max_value=99_999))
def test_every_number_finds_its_way_to_figures_and_back(value: int) -> None:
    written = [way for way in variants(f"第{value}号") if not way.isascii()]
    assert written
    for way in written:
        if way != f"第{value}号":
            assert f"第{value}号" in variants(way)


@given(st.text(max_size=12))
def test_no_text_breaks_the_readers_of_other_spellings(text: str) -> None:
    of_zhuyin(text)
    of_wade_giles(text)
    variants(text)
    assert forgiving(forgiving(text)) == forgiving(text) or not text.isascii()


@pytest.mark.parametrize(
    ("q", "lang"),
    [
        ("什么", "zh-Hans"),
        ("著作权", "zh-Hans"),
        ("乾坤", "zh-Hans"),
        ("著作權", "zh-Hant"),
        ("什麼", "zh-Hant"),
    ],
)
def test_characters_of_both_scripts_say_nothing_of_the_script(
    store: SqliteStore, q: str, lang: str
) -> None:
    assert lookup(store, Query(q), candidates=400).from_ == lang


def test_the_script_asked_for_comes_first_and_whole(store: SqliteStore) -> None:
    terms = [
        {"lang": "en", "text": "ASEAN", "status": "preferred"},
        {"lang": "zh-Hans", "text": "东盟", "status": "preferred"},
        {"lang": "zh-Hant", "text": "東盟", "status": "preferred"},
        {"lang": "zh-Hans", "text": "东南亚国家联盟", "status": "admitted"},
        {"lang": "zh-Hant", "text": "東南亞國家聯盟", "status": "admitted"},
        {"lang": "zh-Hant", "text": "東協", "status": "deprecated"},
    ]
    with store.write(by="me") as write:
        write.create(entry(id="a", state="approved", terms=terms))
    answer = lookup(store, Query("ASEAN", to="zh-Hant"), candidates=400)
    assert [t.text for t in answer.hits[0].equivalents] == [
        *("東盟", "東南亞國家聯盟", "东盟", "东南亚国家联盟", "東協")
    ]
    assert answer.to == "zh-Hant"


@pytest.mark.parametrize("field", ["term", "definition", "all"])
def test_no_sign_of_a_query_is_taken_for_a_word_of_the_index(
    store: SqliteStore, field: str
) -> None:
    definition = {"en": "A fund of $100 billion <loan> a+b ~5 c|d ^f x_y."}
    terms = [{"lang": "en", "text": "climate fund"}]
    with store.write(by="me") as write:
        write.create(entry(id="fund", terms=terms, definition=definition))
    for sign in string.punctuation.replace("*", "").replace("?", ""):
        q = f"{sign}100 billion {sign}loan{sign} of{sign}wealth fund{sign}"
        assert lookup(store, Query(q, field=field), candidates=400).q == q
    found = lookup(store, Query("$100 billion", field="definition"), candidates=400)
    assert [hit.entry for hit in found.hits] == ["fund"]


def test_another_form_of_a_word_is_similar_and_no_answer(filled: SqliteStore) -> None:
    for q in ("freedom to navigate", "freedoms to navigate"):
        hits = lookup(filled, Query(q), candidates=400).hits
        said = [(hit.block, hit.term.text, "family" in hit.via) for hit in hits]
        assert said == [("similar", "freedom of navigation", True)], q


def test_what_an_acronym_stands_for_is_similar_where_more_differs(
    filled: SqliteStore,
) -> None:
    answer = lookup(filled, Query("UN组织宪章"), candidates=400)
    assert not answer.answers
    assert [(h.term.text, h.via[0]) for h in answer.of("similar")] == [
        ("联合国宪章", "mixed")
    ]


def test_the_wording_of_a_region_comes_first_where_it_is_asked_for(
    store: SqliteStore,
) -> None:
    terms = [
        {"lang": "zh-Hans", "text": "新西兰", "status": "preferred"},
        {"lang": "zh-Hant", "text": "新西蘭", "status": "preferred"},
        {"lang": "zh-Hant-HK", "text": "紐西蘭（港）"},
        {"lang": "zh-Hant-TW", "text": "紐西蘭"},
        {"lang": "en", "text": "New Zealand", "status": "preferred"},
    ]
    with store.write(by="me") as write:
        write.create(entry(id="new-zealand", terms=terms))

    def rendered(to: str) -> list[str]:
        (hit,) = lookup(store, Query("New Zealand", to=to), candidates=400).answers
        return [term.lang for term in hit.equivalents]

    assert rendered("zh-Hant-TW") == ["zh-Hant-TW", "zh-Hant", "zh-Hant-HK", "zh-Hans"]
    assert rendered("zh-Hant-HK") == ["zh-Hant-HK", "zh-Hant", "zh-Hant-TW", "zh-Hans"]
    assert rendered("zh-Hant")[0] == "zh-Hant"
    assert rendered("zh-Hant")[-1] == "zh-Hans"
    assert rendered("zh-Hans")[0] == "zh-Hans"
    taken = annotate(
        Recognition(store).snapshot(), "New Zealand", Wanted(to="zh-Hant-TW")
    )
    assert taken.matches[0].equivalents[0].text == "紐西蘭"


def test_nothing_that_sounds_like_it_stands_beside_the_very_phrase(
    store: SqliteStore,
) -> None:
    with store.write(by="me") as write:
        for name, text in (("many", "多边主义"), ("change", "多变主义")):
            term = {"lang": "zh-Hans", "text": text}
            write.create(entry(id=name, terms=[term]))
    assert [hit.entry for hit in answers(store, "多边主义")] == ["many"]
    assert [hit.entry for hit in answers(store, "多辨主义")] != []
