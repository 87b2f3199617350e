import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.curation import changes
from glossary.errors import Invalid
from glossary.store import SqliteStore
from tests.nouns import entry, major_country

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=2), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("target", "patch", "expected"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a"], ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_a_merge_patch_does_what_the_table_of_rfc_7396_says(
    target: object, patch: object, expected: object
) -> None:
    assert changes.merged_patch(target, patch) == expected


@given(JSON, JSON)
def test_merging_the_same_patch_twice_changes_nothing_more(
    target: object, patch: object
) -> None:
    once = changes.merged_patch(target, patch)
    assert changes.merged_patch(once, patch) == once


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ([{"lang": "en", "text": "The Belt and Road"}], "belt-and-road"),
        ([{"lang": "en", "text": "démarche"}], "demarche"),
        (
            [{"lang": "en", "text": "21st-Century Maritime Silk Road"}],
            "e-21st-century-maritime-silk-road",
        ),
        ([{"lang": "zh", "text": "主权"}], "entry"),
        ([{"lang": "en-GB", "text": "good-neighbourliness"}], "good-neighbourliness"),
        (
            [
                {"lang": "en", "text": "great power relations", "status": "superseded"},
                {
                    "lang": "en",
                    "text": "major-country relations",
                    "status": "preferred",
                },
            ],
            "major-country-relations",
        ),
    ],
)
def test_an_id_is_made_from_the_leading_english_term(
    terms: list[dict[str, str]], expected: str
) -> None:
    assert changes.made_id(entry(terms=terms)) == expected


def test_a_very_long_term_gives_an_id_that_fits(store: SqliteStore) -> None:
    term = {"lang": "en", "text": "peace " * 80}
    ids = [changes.create(store, entry(terms=[term]), by="me").id for _ in range(3)]
    assert len(set(ids)) == 3
    assert max(map(len, ids)) <= 100


def test_a_patch_that_breaks_a_rule_changes_nothing(store: SqliteStore) -> None:
    made = changes.create(store, entry(**major_country()), by="me")
    with pytest.raises(Invalid):
        changes.patch(store, made.id, {"terms": []}, knows=None, by="me")
    assert store.entry(made.id) == made
    assert store.revision() == 1
