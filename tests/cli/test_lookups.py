"""A phrase in a shell is taken as the schema takes it, without reading the schema."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glossary.cli.lookups import _query
from glossary.errors import Invalid
from glossary.query import Query
from glossary.schema import LookupQuery, load


def asked(text: str) -> Query | str:
    try:
        return _query(text, {}, own=False)
    except Invalid as error:
        return str(error)


@given(st.text(max_size=12))
@example("  主权 ")
@example("主\u2028权")
@example("cafe\u0301")
@example("主权" * 2000)
def test_a_phrase_alone_is_what_the_schema_makes_of_it(text: str) -> None:
    try:
        settled = load(LookupQuery(), {"q": text})
    except Invalid as error:
        settled = str(error)
    assert asked(text) == settled


def test_an_option_is_settled_by_the_schema() -> None:
    with pytest.raises(Invalid):
        _query("主权", {"tier": "nonsense"}, own=False)
