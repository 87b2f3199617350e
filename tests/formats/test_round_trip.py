"""What an entry says comes back from every format that holds whole entries."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary.entry.nouns import BANS, EXPECTATIONS, STATUSES
from glossary.formats import by_name
from tests.formats.tbx.rules import faults
from tests.formats.whole_entries import (
    entry,
    read_back,
    records,
    told,
    whole,
    written,
)

WHOLE = ["ndjson", "tbx3", "tbx2", "csv", "tsv", "xlsx"]
#: Texts with everything that separates things in one of the formats.
TEXTS = st.text("aé萨德 |#\\,;:'\"=<&\t", min_size=1, max_size=6).map(
    lambda text: " ".join(text.split())
)
TEXT = TEXTS.filter(bool)
DATES = st.sampled_from(["2013", "2013-06", "2013-06-07"])
LOCATORS = TEXTS
SOURCES = st.sampled_from(["joint-statement-2013", "mfa-2014"])
CHINESE = ("脱钩", "脱钩断链", "a | b #c\\")
ENGLISH = ("decoupling", "decoupling; severing", "#1 | one")


@st.composite
def terms(draw: st.DrawFn, lang: str, own: tuple[str, ...], others: tuple[str, ...]):
    """Draw the terms of a language, which name some of the other one."""
    made = []
    for text in own:
        counterpart = st.fixed_dictionaries(
            {"text": st.sampled_from(others)},
            optional={"quote": TEXTS, "locator": LOCATORS, "source": SOURCES},
        )
        citation = st.fixed_dictionaries(
            {"source": SOURCES},
            optional={"quote": TEXTS, "locator": LOCATORS, "counterpart": counterpart},
        )
        few = st.lists(TEXT, max_size=3, unique=True)
        made.append(
            draw(
                st.fixed_dictionaries(
                    {"lang": st.just(lang), "text": st.just(text)},
                    optional={
                        "status": st.sampled_from(STATUSES),
                        "ban": st.sampled_from(BANS),
                        "expected": st.sampled_from(EXPECTATIONS),
                        "renders": st.lists(st.sampled_from(others), unique=True),
                        "not_preceded_by": few,
                        "not_followed_by": few,
                        "citations": st.lists(citation, max_size=2),
                    },
                )
            )
        )
    return made


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an entry that says everything that is new."""
    said = st.fixed_dictionaries(
        {},
        optional={
            "since": st.just("2013-06"),
            "until": st.just("2017"),
            "expected": st.sampled_from(EXPECTATIONS),
            "checked": st.fixed_dictionaries({"date": DATES}, optional={"by": TEXT}),
        },
    )
    both = [*draw(terms("zh-Hans", CHINESE, ENGLISH))]
    both += draw(terms("en", ENGLISH, CHINESE))
    return entry(terms=both, **draw(said))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=entries())
def test_everything_comes_back(made: dict[str, Any]) -> None:
    for name in WHOLE:
        format_ = by_name(name)
        assert format_.read
        assert format_.write
        assert read_back(format_.read, written(format_.write, [made])) == [made], name


FULL: dict[str, Any] = {
    "terms": [
        {"lang": "zh-Hans", "text": "脱钩断链", "status": "preferred"},
        {"lang": "en", "text": "decoupling and severing supply chains",
         "status": "preferred", "renders": ["脱钩断链"], "expected": "always",
         "not_preceded_by": ["no"], "not_followed_by": ["at all", "| ever"],
         "citations": [
             {"source": "mfa-2023", "locator": "para. 2", "quote": "decoupling and …",
              "counterpart": {"text": "脱钩断链", "quote": "反对脱钩断链"}},
             {"source": "mfa-2024",
              "counterpart": {"text": "脱钩断链", "source": "mfa-2024-zh"}},
         ]},
        {"lang": "en", "text": "decoupling", "status": "deprecated",
         "ban": "anywhere"},
    ],
    "since": "2019", "until": "2024-12", "expected": "advice",
    "checked": {"date": "2026-11-28", "by": "Li"},
}  # fmt: skip


def test_tbx_that_holds_it_all_is_valid() -> None:
    write = by_name("tbx3").write
    assert write
    assert faults(written(write, [entry(**FULL)])) == []


@pytest.mark.parametrize("name", ["skos", "tmx"])
def test_what_a_format_cannot_hold_is_reported(name: str) -> None:
    write = by_name(name).write
    assert write
    _, dropped = told(write, [entry(**FULL)])
    places = {each.pointer for each in dropped}
    expected = {
        "skos": {
            *("/since", "/until", "/expected", "/checked", "/terms/1/renders"),
            *("/terms/1/expected", "/terms/1/not_preceded_by", "/terms/2/ban"),
            *("/terms/1/not_followed_by", "/terms/1/citations", "/terms/2/status"),
        },
        "tmx": {"/terms/1/citations", "/terms/2"},
    }
    assert places == expected[name]


def test_tmx_gives_the_rest_back_and_names_no_term_that_it_leaves_out() -> None:
    format_ = by_name("tmx")
    assert format_.read
    assert format_.write
    file, dropped = told(format_.write, [entry(**FULL)])
    (back,) = read_back(format_.read, file)
    kept = {**FULL, "terms": FULL["terms"][:2]}
    del kept["terms"][1]["citations"]
    assert back == entry(**kept)
    wrong = [
        {"lang": "zh-Hans", "text": "脱钩", "renders": ["cutting", "decoupling"]},
        {"lang": "en", "text": "decoupling"},
        {"lang": "en", "text": "cutting", "status": "forbidden"},
    ]
    file, dropped = told(format_.write, [entry(terms=wrong)])
    (back,) = read_back(format_.read, file)
    assert [term["renders"] for term in back["terms"]] == [["decoupling"], []]
    assert "/terms/0/renders/0" in {each.pointer for each in dropped}


def test_a_remark_that_only_looks_like_a_field_stays_one() -> None:
    made = entry(
        note="checked: not yet",
        terms=[
            {"lang": "en", "text": "x", "usage": "ban: nowhere\nexpected: soon"},
            {"lang": "zh-Hans", "text": "某"},
        ],
    )
    for name in WHOLE:
        format_ = by_name(name)
        assert format_.read
        assert format_.write
        assert read_back(format_.read, written(format_.write, [made])) == [whole(made)]


def by_language(lang: str) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(["en", "zh-Hans", "zh-Hant", lang]), TEXT)


ISSUERS = st.one_of(st.none(), TEXT)
EDITION = st.fixed_dictionaries(
    {"text": st.sampled_from(["authentic", "translated"]), "issuer": ISSUERS}
)
SOURCE = st.fixed_dictionaries(
    {
        "kind": st.just("source"),
        "id": st.sampled_from(["joint-statement-2013", "mfa-2014"]),
        "title": by_language("fr"),
        "date": st.one_of(st.none(), DATES),
        "issuer": ISSUERS,
        "lang": st.sampled_from([None, "en"]),
        "url": st.sampled_from([None, "https://example.org/a?b=c&d"]),
        "symbol": st.sampled_from([None, "A/RES/70/1"]),
        "archived_url": st.sampled_from([None, "https://archive.example.org/1/a"]),
        "edition": st.dictionaries(st.sampled_from(["en", "zh-Hans"]), EDITION),
        "version": st.integers(1, 9),
    }
)
ISSUER = st.fixed_dictionaries(
    {
        "kind": st.just("issuer"),
        "id": st.just("mfa-of-china"),
        "names": by_language("en"),
        "aliases": st.lists(TEXT, max_size=3, unique=True),
        "speaks_for": st.lists(st.sampled_from(["china", "cpc"]), unique=True),
        "version": st.integers(1, 9),
    }
)
SUBJECT = st.fixed_dictionaries(
    {"kind": st.just("subject"), "id": st.just("trade"), "label": by_language("en")}
)


def filled(value: Any) -> Any:
    """Return a noun without what says nothing, which a file need not hold."""
    if isinstance(value, dict):
        return {n: filled(v) for n, v in value.items() if v not in (None, "", [], {})}
    return value


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(nouns=st.tuples(SOURCE, ISSUER, SUBJECT))
def test_what_entries_name_comes_back(nouns: tuple[dict[str, Any], ...]) -> None:
    for name in WHOLE:
        format_ = by_name(name)
        assert format_.nouns
        assert format_.read
        assert format_.write
        file = written(format_.write, [*nouns, entry()])
        back = [record.data for record in records(format_.read, file)]
        assert list(map(filled, back[:-1])) == list(map(filled, nouns)), name
        assert whole(back[-1]) == entry()


def test_tbx_with_what_its_entries_name_is_valid() -> None:
    noun = {"kind": "source", "id": "mfa-2023", "title": {"en": "A", "zh-Hans": "甲"}}
    write = by_name("tbx3").write
    assert write
    assert faults(written(write, [noun, entry(**FULL)])) == []
