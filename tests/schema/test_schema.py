from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.entry.codec import plain, read_entry, write
from glossary.entry.nouns import RELATIONS, STATES, STATUSES, TERM_TYPES
from glossary.errors import Invalid
from glossary.schema import EntrySchema, LookupQuery, load
from tests.nouns import major_country


def problems(document: object, schema: Any = None) -> dict[str, str]:
    """Return pointer → detail of what is wrong."""
    with pytest.raises(Invalid) as caught:
        load(schema or EntrySchema(), document)
    return dict(caught.value.problems)


def with_term(**term: Any) -> dict[str, Any]:
    return {"terms": [{"lang": "en", "text": "win-win cooperation", **term}]}


def test_an_entry_comes_back_as_it_was_sent() -> None:
    entry = load(EntrySchema(), major_country(state="approved"))
    document = plain(entry)
    assert load(EntrySchema(), document) == entry
    assert read_entry(write(entry)) == entry


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ({}, "/terms"),
        ({"terms": []}, "/terms"),
        ({"terms": None}, "/terms"),
        ({"terms": "合作共赢"}, "/terms"),
        ([], ""),
        ("合作共赢", ""),
        (None, ""),
        (with_term(text=""), "/terms/0/text"),
        (with_term(text="   "), "/terms/0/text"),
        (with_term(text="和" * 501), "/terms/0/text"),
        (with_term(text="win\twin"), "/terms/0/text"),
        (with_term(text="win\nwin"), "/terms/0/text"),
        (with_term(text="win\u202ewin"), "/terms/0/text"),
        (with_term(text="\ud800"), "/terms/0/text"),
        (with_term(text=5), "/terms/0/text"),
        (with_term(lang="klingon!"), "/terms/0/lang"),
        (with_term(status="best"), "/terms/0/status"),
        (with_term(type="slogan"), "/terms/0/type"),
        (with_term(since="2013-6"), "/terms/0/since"),
        (with_term(until="2014-02-30"), "/terms/0/until"),
        (with_term(since="2014", until="2012"), "/terms/0/until"),
        (with_term(colour="red"), "/terms/0/colour"),
        (with_term(citations=[{"locator": "p. 1"}]), "/terms/0/citations/0/source"),
        ({**with_term(), "id": "Upper"}, "/id"),
        ({**with_term(), "id": "9-lives"}, "/id"),
        ({**with_term(), "id": "a" * 101}, "/id"),
        ({**with_term(), "state": "published"}, "/state"),
        ({**with_term(), "definition": {"??": "x"}}, "/definition/??"),
        ({**with_term(), "subjects": ["Bilateral Relations"]}, "/subjects/0"),
        (
            {**with_term(), "relations": [{"type": "like", "entry": "x"}]},
            "/relations/0/type",
        ),
        ({**with_term(), "a/b~c": 1}, "/a~1b~0c"),
    ],
)
def test_a_broken_rule_is_named_with_its_place(document: object, pointer: str) -> None:
    assert pointer in problems(document)


def test_the_same_wording_twice_in_one_language_is_an_error() -> None:
    terms = [{"lang": "zh-CN", "text": "主权"}, {"lang": "zh", "text": "主权"}]
    assert problems({"terms": terms}) == {
        "/terms/1/text": "“主权” stands in this entry twice as zh-Hans."
    }


def test_all_problems_are_told_at_once() -> None:
    document = with_term(text="", status="best", since="soon")
    assert len(problems({**document, "state": "x"})) == 4


def test_text_is_stored_composed_and_without_spaces_around_it() -> None:
    entry = load(EntrySchema(), with_term(text="  de\u0301marche "))
    assert entry.terms[0].text == "d\u00e9marche"


def test_a_definition_may_have_lines() -> None:
    entry = load(EntrySchema(), {**with_term(), "definition": {"en": "One.\nTwo."}})
    assert entry.definition == {"en": "One.\nTwo."}


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({}, "/q"),
        ({"q": ""}, "/q"),
        ({"q": "x" * 10_000}, "/q"),
        ({"q": "主权", "limit": "0"}, "/limit"),
        ({"q": "主权", "limit": "101"}, "/limit"),
        ({"q": "主权", "limit": "ten"}, "/limit"),
        ({"q": "主权", "tier": "near"}, "/tier"),
        ({"q": "主权", "from": "?"}, "/from"),
        ({"q": "主权", "as_of": "yesterday"}, "/as_of"),
        ({"q": "主权", "lang": "zh"}, "/lang"),
    ],
)
def test_a_query_out_of_range_is_an_error_and_never_clamped(
    query: dict[str, str], pointer: str
) -> None:
    assert pointer in problems(query, LookupQuery())


TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cf"]), min_size=1, max_size=40
)


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "lang": st.sampled_from(["en", "zh-Hans", "zh-Hant", "fr"]),
                "text": TEXTS.filter(str.strip),
                "status": st.sampled_from(STATUSES),
                "type": st.sampled_from(TERM_TYPES),
                "since": st.sampled_from([None, "1972", "2013-06"]),
            }
        ),
        min_size=1,
        max_size=5,
        unique_by=lambda t: (t["lang"], t["text"].strip()),
    ),
    st.sampled_from(STATES),
    st.sampled_from(RELATIONS),
)
def test_any_sound_entry_survives_json(
    terms: list[dict[str, Any]], state: str, relation: str
) -> None:
    document = {
        "id": "x",
        "terms": terms,
        "state": state,
        "relations": [{"type": relation, "entry": "y"}],
    }
    try:
        entry = load(EntrySchema(), document)
    except Invalid as error:
        # Two texts may become one when they are composed.
        assert all("twice" in p.detail for p in error.problems)  # noqa: PT017 - only then.
        return
    assert load(EntrySchema(), plain(entry)) == entry
