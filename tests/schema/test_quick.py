from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from glossary import schema
from glossary.errors import Invalid
from glossary.schema import load, quick

#: What may stand where a schema wants something: sound, nearly sound, and wild.
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 600),
    st.sampled_from(
        [
            "",
            " ",
            "x",
            "主权",
            "zh-CN",
            "en",
            "preferred",
            "2013-06",
            "2013-13",
            "draft",
        ]
    ),
    st.sampled_from(["a" * 600, "\x00", "part", "phrase", "10", "true", "summit"]),
    st.lists(st.sampled_from(["x", "主权", 3]), max_size=2),
    st.dictionaries(st.sampled_from(["en", "zh", "??"]), st.just("x"), max_size=2),
)
TERMS = st.dictionaries(
    st.sampled_from(
        ["lang", "text", "status", "type", "since", "until", "usage", "citations", "?"]
    ),
    VALUES,
    max_size=6,
).map(lambda term: {"lang": "en", "text": "summit", **term})
ENTRIES = st.dictionaries(
    st.sampled_from(
        ["id", "glossary", "subjects", "definition", "note", "state", "extra", "?"]
    ),
    VALUES,
    max_size=4,
)


def outcome(loader: Any, data: object) -> object:
    """Return the noun, or the problems."""
    try:
        return loader(data)
    except Invalid as error:
        return sorted(error.problems)


@given(ENTRIES, st.lists(TERMS, max_size=3) | VALUES)
def test_an_entry_is_loaded_as_marshmallow_loads_it(
    entry: dict[str, Any], terms: Any
) -> None:
    data = {**entry, "terms": terms}
    wanted = outcome(lambda d: load(schema.EntrySchema(), d), data)
    assert outcome(schema.load_entry, data) == wanted


@given(
    st.dictionaries(
        st.sampled_from(["q", "from", "to", "as_of", "tier", "limit", "subject", "?"]),
        st.sampled_from(
            ["", "主权", "zh", "??", "2013", "soon", "part", "5", "0", "x"]
        ),
    )
)
def test_a_query_is_loaded_as_marshmallow_loads_it(query: dict[str, str]) -> None:
    asked = schema.LookupQuery()
    assert outcome(quick(asked), query) == outcome(lambda q: load(asked, q), query)


@given(st.sampled_from([None, [], "x", 3, {"terms": None}, {}]))
def test_what_is_no_record_at_all_is_refused_alike(data: object) -> None:
    wanted = outcome(lambda d: load(schema.EntrySchema(), d), data)
    assert outcome(schema.load_entry, data) == wanted
