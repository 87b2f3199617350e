"""What renders a wording of an entry in the other language, and what leads."""

from dataclasses import replace
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from glossary.curation import dictionaries
from glossary.entry.codec import plain
from glossary.entry.nouns import (
    PARTS_OF_SPEECH,
    STATUSES,
    TERM_TYPES,
    Dictionary,
    Entry,
    Term,
)
from glossary.entry.pairing import instead, pairing, renderings
from glossary.formats import by_name
from glossary.lookup import lookup, suggest
from glossary.query import Query, Wanted
from glossary.recognition.annotate import annotate
from glossary.store import SqliteStore, Store
from glossary.text.language import primary
from tests.formats.whole_entries import told
from tests.nouns import entry
from tests.recognition.reading import known


def made(*terms: tuple[Any, ...]) -> Entry:
    """Return an entry of terms: language, text, and what else is said of each."""
    return entry(
        id="e",
        state="approved",
        terms=[
            {"lang": lang, "text": text, **(more[0] if more else {})}
            for lang, text, *more in terms
        ],
    )


def answers(of: Entry, text: str, **how: Any) -> list[list[str]]:
    """Return the groups that answer a wording: first, second, others."""
    term = next(term for term in of.terms if term.text == text)
    lang = "en" if primary(term.lang) == "zh" else "zh-Hans"
    groups = pairing(of.terms, term, lang=lang, **how)[:3]
    return [[term.text for term in group] for group in groups]


def order(of: Entry, text: str, **how: Any) -> list[str]:
    term = next(term for term in of.terms if term.text == text)
    lang = "en" if primary(term.lang) == "zh" else "zh-Hans"
    return [t.text for t in pairing(of.terms, term, lang=lang, **how).terms]


SHORT = {"type": "shortForm"}
FULL = {"type": "fullForm", "status": "preferred"}
CHINA = made(
    ("zh-Hans", "中华人民共和国", FULL),
    ("zh-Hans", "中国", SHORT),
    ("zh-Hant", "中華人民共和國", FULL),
    ("zh-Hant", "中國", SHORT),
    ("en", "People's Republic of China", FULL),
    ("en", "PRC", {"type": "acronym"}),
    ("en", "China", SHORT),
)
COUNCIL = made(
    ("zh-Hans", "联合国安理会", {"type": "shortForm", "status": "preferred"}),
    ("zh-Hans", "联合国安全理事会", {"type": "fullForm"}),
    ("zh-Hans", "安理会", {"type": "abbreviation"}),
    ("en", "United Nations Security Council", FULL),
    ("en", "Security Council", SHORT),
)
DECOUPLING = made(
    ("zh-Hans", "脱钩", {"status": "preferred"}),
    ("zh-Hans", "脱钩断链"),
    ("zh-Hant", "脫鉤", {"status": "preferred"}),
    ("zh-Hant", "脫鉤斷鏈"),
    ("en", "decoupling", {"status": "preferred"}),
    ("en", "decoupling and severing supply chains", {"renders": ["脱钩断链"]}),
    ("en", "decoupling and breaking supply chains", {"renders": ["脱钩断链"]}),
)


def test_like_answers_like() -> None:
    assert answers(CHINA, "中国") == [
        ["China", "PRC"],
        ["People's Republic of China"],
        [],
    ]
    assert order(CHINA, "中华人民共和国")[0] == "People's Republic of China"
    assert order(CHINA, "中國")[0] == "China"
    assert order(CHINA, "China")[:2] == ["中国", "中國"]
    assert order(CHINA, "PRC")[0] == "中国"
    assert answers(COUNCIL, "Security Council")[0] == ["联合国安理会", "安理会"]
    assert order(COUNCIL, "联合国安全理事会")[0] == "United Nations Security Council"


def test_a_verb_is_led_by_a_verb_and_a_noun_by_a_noun() -> None:
    verb, noun = {"part_of_speech": "verb"}, {"part_of_speech": "noun"}
    preferred = {"status": "preferred"}
    both = made(
        ("zh-Hans", "早日达成", verb | preferred),
        ("zh-Hans", "早日结束", noun),
        ("en", "early conclusion", noun | preferred),
        ("en", "conclude at an early date", verb),
    )
    assert order(both, "早日达成")[0] == "conclude at an early date"
    assert order(both, "早日结束")[0] == "early conclusion"
    # Another part of speech is no second choice, only not the first to be shown.
    assert answers(both, "早日达成")[1] == []


def test_a_wording_that_is_named_answers_only_what_names_it() -> None:
    severing = [f"decoupling and {x} supply chains" for x in ("severing", "breaking")]
    assert answers(DECOUPLING, "脱钩断链") == [severing, [], ["decoupling"]]
    assert answers(DECOUPLING, "脫鉤斷鏈") == [severing, [], ["decoupling"]]
    assert answers(DECOUPLING, "脱钩") == [["decoupling"], [], severing]
    chinese = ["脱钩断链", "脫鉤斷鏈"]
    assert answers(DECOUPLING, severing[0]) == [chinese, [], ["脱钩", "脫鉤"]]
    assert answers(DECOUPLING, "decoupling")[2] == chinese


def test_what_one_script_names_the_other_names_too() -> None:
    tariffs = made(
        ("zh-Hans", "贸易战", {"status": "preferred"}),
        ("zh-Hans", "关税战", {"renders": ["tariff war"]}),
        ("zh-Hant", "關稅戰"),
        ("en", "trade war", {"status": "preferred"}),
        ("en", "tariff war"),
    )
    for chinese in ("关税战", "關稅戰"):
        assert answers(tariffs, chinese) == [["tariff war"], [], ["trade war"]]
    assert answers(tariffs, "tariff war")[0] == ["关税战", "關稅戰"]
    assert answers(tariffs, "trade war")[0] == ["贸易战"]


def test_number_and_tense_are_no_other_wording() -> None:
    assured = made(
        ("zh-Hans", "安全保证", {"renders": ["security assurances"]}),
        ("zh-Hans", "安全保障", {"renders": ["security guarantees"]}),
        ("en", "security assurance"),
        ("en", "security assurances", {"status": "preferred"}),
        ("en", "security guarantees"),
    )
    assert set(answers(assured, "安全保证")[0]) == {
        "security assurance",
        "security assurances",
    }
    assert answers(assured, "安全保障")[0] == ["security guarantees"]


def test_what_is_not_to_be_used_binds_no_one_by_naming_them() -> None:
    belt = made(
        ("zh-Hans", "一带一路", {"status": "preferred"}),
        ("en", "Belt and Road", {"status": "preferred"}),
        (
            "en",
            "One Belt One Road",
            {"status": "deprecated", "renders": ["一带一路"]},
        ),
    )
    assert answers(belt, "一带一路") == [["Belt and Road", "One Belt One Road"], [], []]
    assert answers(belt, "Belt and Road")[0] == ["一带一路"]
    assert answers(belt, "One Belt One Road")[0] == ["一带一路"]


def test_a_silent_wording_that_is_not_to_be_used_renders_what_nobody_names() -> None:
    rise = made(
        ("zh-Hans", "和平发展", {"status": "preferred"}),
        ("zh-Hans", "和平崛起", {"renders": ["peaceful rise"]}),
        ("en", "peaceful development", {"status": "preferred"}),
        ("en", "peaceful rise"),
        ("en", "peaceful evolution", {"status": "forbidden"}),
    )
    assert answers(rise, "和平崛起")[0] == ["peaceful rise"]
    assert answers(rise, "和平发展")[0] == [
        "peaceful development",
        "peaceful evolution",
    ]


def test_time_and_issuer_are_asked_of_what_renders_the_wording() -> None:
    model = made(
        ("zh-Hans", "新型大国关系", {"status": "preferred"}),
        (
            "en",
            "new model of major-country relationship",
            {"status": "preferred", "since": "2013-06", "issuer": "MFA of China"},
        ),
        ("en", "new model of major-country relations", {"issuer": "China Daily"}),
        (
            "en",
            "new type of great power relations",
            {"status": "superseded", "since": "2012", "until": "2013-06"},
        ),
    )
    asked = "新型大国关系"
    assert (
        order(model, asked, as_of="2012-12")[0] == "new type of great power relations"
    )
    assert order(model, asked, issuer=frozenset({"china daily"}))[0].endswith(
        "relations"
    )
    assert order(model, asked)[0].endswith("relationship")
    assert order(model, asked)[-1] == "new type of great power relations"


def test_what_to_use_instead_renders_the_same_and_is_the_like() -> None:
    seven = made(
        ("zh-Hans", "七国集团", FULL),
        ("en", "Group of Seven", FULL),
        ("en", "G7", {"type": "acronym"}),
        ("en", "G8", {"type": "acronym", "status": "superseded"}),
    )
    assert [t.text for t in instead(seven.terms, seven.terms[-1])] == [
        "G7",
        "Group of Seven",
    ]
    opposed = made(
        ("zh-Hans", "不支持“台独”", {"renders": ["not support “Taiwan independence”"]}),
        ("zh-Hans", "反对“台独”", {"renders": ["oppose “Taiwan independence”"]}),
        ("en", "not support “Taiwan independence”"),
        ("en", "oppose “Taiwan independence”"),
        (
            "en",
            "fight “Taiwan independence”",
            {"status": "deprecated", "renders": ["反对“台独”"]},
        ),
    )
    assert [t.text for t in instead(opposed.terms, opposed.terms[-1])] == [
        "oppose “Taiwan independence”"
    ]


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Draw an entry whose terms name each other in any way."""
    chinese = [("zh-Hans", "脱钩"), ("zh-Hans", "断链"), ("zh-Hant", "脫鉤")]
    english = [("en", "decouple"), ("en", "sever"), ("en", "severs"), ("en", "cut")]
    chosen = [
        *draw(st.lists(st.sampled_from(chinese), min_size=1, unique=True)),
        *draw(st.lists(st.sampled_from(english), min_size=1, unique=True)),
    ]
    terms = []
    for lang, text in chosen:
        other = [t for x, t in chosen if primary(x) != primary(lang)]
        terms.append(
            Term(
                lang,
                text,
                draw(st.sampled_from(STATUSES)),
                draw(st.sampled_from(TERM_TYPES)),
                draw(st.sampled_from((None, *PARTS_OF_SPEECH))),
                renders=tuple(draw(st.lists(st.sampled_from(other), unique=True))),
            )
        )
    return Entry("e", "g", (), {}, "", (), tuple(terms))


@given(entries())
def test_each_term_of_the_language_stands_in_one_group_and_usable_ones_lead(
    of: Entry,
) -> None:
    for term in of.terms:
        lang = "en" if primary(term.lang) == "zh" else "zh-Hans"
        found = pairing(of.terms, term, lang=lang)
        grouped = sorted([*found.first, *found.second, *found.others], key=id)
        theirs = [t for t in of.terms if primary(t.lang) == primary(lang)]
        assert grouped == sorted(theirs, key=id)
        assert sorted(found.terms, key=id) == sorted(found.first + found.second, key=id)
        usable = [t.status in {"preferred", "admitted"} for t in found.terms]
        assert usable == sorted(usable, reverse=True)


@given(entries())
def test_rendering_holds_in_both_directions_between_usable_terms(of: Entry) -> None:
    usable = [t for t in of.terms if t.status in {"preferred", "admitted"}]
    chinese = [t for t in usable if primary(t.lang) == "zh"]
    english = [t for t in usable if t.lang == "en"]
    for zh, en in product(chinese, english):
        there = pairing(of.terms, zh, lang="en")
        back = pairing(of.terms, en, lang="zh-Hans")
        assert (en in there.first, en in there.second) == (
            zh in back.first,
            zh in back.second,
        )


@given(entries())
def test_scripts_and_forms_of_one_wording_are_answered_alike(of: Entry) -> None:
    pairs = [("脱钩", "脫鉤"), ("sever", "severs")]
    by_text = {term.text: term for term in of.terms}
    for one, other in pairs:
        if one in by_text and other in by_text:
            a, b = by_text[one], by_text[other]
            same = {(t.status in {"preferred", "admitted"}) for t in (a, b)} == {True}
            if not same or a.type != b.type:
                continue
            lang = "en" if primary(a.lang) == "zh" else "zh-Hans"
            groups = [pairing(of.terms, t, lang=lang) for t in (a, b)]
            assert set(groups[0].terms) == set(groups[1].terms)


def written(of: Entry, **more: Any) -> dict[str, Any]:
    return {**plain(of), **more}


def test_a_look_up_leads_with_what_renders_the_wording_that_was_asked(
    store: SqliteStore,
) -> None:
    known(store, written(CHINA, id="china"), written(DECOUPLING, id="decoupling"))

    def led(q: str) -> list[str]:
        (hit, *_) = lookup(store, Query(q), candidates=400).hits
        return [term.text for term in hit.equivalents]

    assert led("中国")[0] == "China"
    assert led("中國")[0] == "China"
    assert led("脱钩断链") == [
        "decoupling and severing supply chains",
        "decoupling and breaking supply chains",
    ]
    assert led("脱钩") == ["decoupling"]
    (suggestion,) = suggest(store, "脱钩断", limit=3, candidates=400)
    assert suggestion.equivalent == "decoupling and severing supply chains"


def test_a_text_is_annotated_with_what_renders_each_wording(store: SqliteStore) -> None:
    snapshot = known(store, written(CHINA, id="c"), written(DECOUPLING, id="d"))
    text = "中国反对脱钩断链，中華人民共和國不脱钩。"
    matches = annotate(snapshot, text, Wanted()).matches
    assert [match.equivalents[0].text for match in matches] == [
        "China",
        "decoupling and severing supply chains",
        "People's Republic of China",
        "decoupling",
    ]


def test_pairs_are_taken_out_as_they_render_each_other(store: SqliteStore) -> None:
    lines, _ = told(by_name("omegat").write, [plain(DECOUPLING)])
    pairs = [line.split("\t")[:2] for line in lines.decode().splitlines()]
    severing = [f"decoupling and {x} supply chains" for x in ("severing", "breaking")]
    assert pairs == [["脱钩", "decoupling"], *(["脱钩断链", x] for x in severing)]
    rows, dropped = told(by_name("deepl").write, [plain(DECOUPLING)])
    assert [row.split(",") for row in rows.decode().split()[:1]] == [
        ["脱钩", "decoupling"]
    ]
    assert f"脱钩断链,{severing[0]}" in rows.decode()
    assert severing[1] in {each.value for each in dropped}
    rows, _ = told(by_name("utx").write, [plain(CHINA)])
    cells = [row.split("\t")[:2] for row in rows.decode().splitlines()[2:]]
    assert cells == [
        ["中华人民共和国", "People's Republic of China"],
        ["中国", "PRC"],
        ["中国", "China"],
    ]


def test_a_dictionary_of_another_tool_gets_the_rendering_of_each_source(
    store: SqliteStore,
) -> None:
    known(store, written(CHINA, id="c"), written(DECOUPLING, id="d"))
    direction = Dictionary("diplomatic", "diplomatic", "", "zh", "en", "")
    assert dictionaries.pairs(store, direction)["中国"] == "China"
    assert dictionaries.pairs(store, direction)["脱钩断链"].startswith("decoupling and")
    back = replace(direction, source="en", target="zh")
    assert dictionaries.pairs(store, back)["China"] == "中国"


def test_what_renders_several_wordings_is_what_renders_each(curated: Store) -> None:
    linked = 0
    for entry_there in curated.all_entries():
        for side, other in (("zh", "en"), ("en", "zh-Hans"), ("zh", "zh-Hant-TW")):
            terms = entry_there.terms
            wordings = [term for term in terms if primary(term.lang) == side]
            linked += any(term.renders for term in terms)
            alone = [pairing(terms, one, lang=other).terms for one in wordings]
            assert [*renderings(terms, wordings, lang=other)] == alone
    assert linked > 500
