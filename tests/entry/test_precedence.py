"""Of glossaries in an order, the first with a pair of wordings says how it stands."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from glossary.entry import STATUSES, Entry, Term, precedence
from tests.nouns import of_terms

ORDER = ("state", "united-nations", "press")
CHINESE, ENGLISH = ("大国", "大國", "强国"), ("big power", "major country", "power")
glossaries = st.sampled_from((*ORDER, "elsewhere"))
terms = st.lists(
    st.builds(
        Term,
        st.just("zh-Hans"),
        st.sampled_from(CHINESE),
        st.sampled_from(STATUSES),
    )
    | st.builds(
        Term, st.just("en"), st.sampled_from(ENGLISH), st.sampled_from(STATUSES)
    ),
    max_size=5,
)
entries = st.builds(
    lambda name, glossary, state, of: of_terms(name, glossary, *of, state=state),
    st.sampled_from("abcdef"),
    glossaries,
    st.sampled_from(("approved", "draft", "in-review", "retired")),
    terms,
)


@given(entries, st.lists(entries, max_size=4))
def test_only_approved_entries_of_earlier_glossaries_change_how_a_wording_stands(
    own: Entry, others: list[Entry]
) -> None:
    heard = precedence.decided(own, others, ORDER)
    assert [each.text for each in heard.terms] == [each.text for each in own.terms]
    assert precedence.decided(heard, others, ORDER) == heard
    earlier = [
        each
        for each in others
        if each.state == "approved"
        and precedence.rank(ORDER, each.glossary) < precedence.rank(ORDER, own.glossary)
    ]
    assert precedence.decided(own, earlier, ORDER) == heard
    said = {
        (precedence.wording(term), term.status) for o in earlier for term in o.terms
    }
    for was, now in zip(own.terms, heard.terms, strict=True):
        assert now == was or (precedence.wording(now), now.status) in said


def test_a_wording_that_an_earlier_glossary_has_for_something_else_stays() -> None:
    ours = of_terms(
        "ours",
        "state",
        Term("zh-Hans", "大国", "preferred"),
        Term("en", "big power", "forbidden"),
    )
    theirs = of_terms(
        "theirs",
        "press",
        Term("zh-Hans", "强国", "preferred"),
        Term("en", "big power", "preferred"),
    )
    assert precedence.decided(theirs, [ours], ORDER) == theirs
    both = replace(theirs, terms=(*theirs.terms, Term("zh-Hant", "大國", "admitted")))
    assert precedence.decided(both, [ours], ORDER).terms[1].status == "forbidden"
    asked = {"wordings": {("zh", precedence.wording(theirs.terms[0])[1])}}
    assert precedence.decided(both, [ours], ORDER, **asked) == both


def test_what_renders_other_wordings_only_is_no_pair_of_this_one() -> None:
    ours = of_terms(
        "ours",
        "state",
        Term("zh-Hans", "大国", "preferred"),
        Term("zh-Hans", "强国", "preferred"),
        Term("en", "major country", "preferred"),
        Term("en", "big power", "forbidden", renders=("强国",)),
    )
    theirs = of_terms(
        "theirs",
        "press",
        Term("zh-Hans", "大国", "preferred"),
        Term("en", "big power", "admitted"),
    )
    assert precedence.decided(theirs, [ours], ORDER) == theirs
