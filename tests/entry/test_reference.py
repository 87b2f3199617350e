"""Which wordings of an entry name one another, and how they follow a renaming."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.curation import changes as curate
from glossary.entry.codec import plain, read_entry, write
from glossary.entry.nouns import Entry
from glossary.entry.reference import renamed
from glossary.errors import Invalid, Stale
from glossary.query import Once
from glossary.schema import EntrySchema, load
from glossary.store import SqliteStore
from glossary.store.once import DoneBefore
from tests.nouns import entry

DECOUPLING: dict[str, Any] = {
    "id": "decoupling",
    "terms": [
        {"lang": "zh-Hans", "text": "脱钩", "status": "preferred"},
        {"lang": "zh-Hant", "text": "脫鉤", "status": "preferred"},
        {"lang": "zh-Hans", "text": "脱钩断链"},
        {"lang": "en", "text": "decoupling", "status": "preferred"},
        {
            "lang": "en",
            "text": "decoupling and severing supply chains",
            "renders": ["脱钩断链"],
            "citations": [
                {
                    "source": "press-2023",
                    "quote": "decoupling and severing supply chains",
                    "counterpart": {"text": "脱钩断链", "quote": "反对脱钩断链"},
                }
            ],
        },
    ],
}


def problems(document: object) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        load(EntrySchema(), document)
    return dict(caught.value.problems)


def with_terms(*changes: dict[str, Any]) -> dict[str, Any]:
    """Return the document with its last terms changed, one after the other."""
    terms = DECOUPLING["terms"]
    kept = terms[: len(terms) - len(changes)]
    both = zip(terms[len(kept) :], changes, strict=True)
    return {**DECOUPLING, "terms": [*kept, *(old | new for old, new in both)]}


def test_a_term_says_what_it_renders_and_what_its_citation_stands_beside() -> None:
    made = entry(**DECOUPLING)
    *_, severing = made.terms
    assert severing.renders == ("脱钩断链",)
    (citation,) = severing.citations
    assert citation.counterpart
    assert citation.counterpart.text == "脱钩断链"
    assert citation.sources == ("press-2023",)
    assert load(EntrySchema(), plain(made)) == made
    assert read_entry(write(made)) == made


def test_an_older_document_without_the_new_words_is_read_as_silent() -> None:
    document = plain(entry(**DECOUPLING))
    for name in ("since", "until", "expected", "checked"):
        del document[name]
    for term in document["terms"]:
        for name in ("renders", "ban", "expected", "not_preceded_by"):
            term.pop(name, None)
        term["citations"] = []
    old = read_entry(write(document))
    assert old.checked is None
    assert {(t.renders, t.ban, t.expected) for t in old.terms} == {
        ((), "rendering", None)
    }


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"renders": ["脱勾断链"]}, "/terms/4/renders/0"),
        ({"renders": ["脱钩", "decoupling"]}, "/terms/4/renders/1"),
        (
            {"citations": [{"source": "a", "counterpart": {"text": "decoupling"}}]},
            "/terms/4/citations/0/counterpart/text",
        ),
        ({"ban": "everywhere"}, "/terms/4/ban"),
        ({"expected": "sometimes"}, "/terms/4/expected"),
        ({"not_preceded_by": [""]}, "/terms/4/not_preceded_by/0"),
        ({"not_followed_by": ["x"] * 101}, "/terms/4/not_followed_by"),
        (
            {"citations": [{"source": "a", "counterpart": {}}]},
            "/terms/4/citations/0/counterpart/text",
        ),
    ],
)
def test_a_wording_that_is_not_there_is_refused(
    wrong: dict[str, Any], pointer: str
) -> None:
    assert pointer in problems(with_terms(wrong))


def test_the_refusal_says_what_to_do() -> None:
    said = problems(with_terms({"renders": ["脱勾断链"]}))
    assert said["/terms/4/renders/0"] == (
        "“脱勾断链” is no term of another language in this entry; name one that is, "
        "or add it."
    )


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"since": "2015", "until": "2013-06"}, "/until"),
        ({"checked": {"by": "Li"}}, "/checked/date"),
        ({"checked": {"date": "yesterday"}}, "/checked/date"),
        ({"expected": "no"}, "/expected"),
    ],
)
def test_what_stands_on_the_entry_is_checked_too(
    wrong: dict[str, Any], pointer: str
) -> None:
    assert pointer in problems({**DECOUPLING, **wrong})


def test_renaming_a_term_renames_it_wherever_it_is_named(store: SqliteStore) -> None:
    with store.write(by="test") as opened:
        opened.create(entry(**DECOUPLING))
    terms = plain(entry(**DECOUPLING))["terms"]
    terms[2]["text"] = "脱钩断链做法"
    sent = {"terms": terms}
    made = curate.patch(store, "decoupling", sent, knows=None, by="editor")
    assert made.terms[-1].renders == ("脱钩断链做法",)
    counterpart = made.terms[-1].citations[0].counterpart
    assert counterpart
    assert counterpart.text == "脱钩断链做法"
    # The same by PUT, and back again.
    whole = plain(made)
    whole["terms"][2]["text"] = "脱钩断链"
    put = curate.put(store, "decoupling", whole, knows=None, by="editor")
    assert put.terms == entry(**DECOUPLING).terms


def test_a_renaming_that_is_sent_again_is_done_once(store: SqliteStore) -> None:
    with store.write(by="test") as opened:
        opened.create(entry(**DECOUPLING))
    sent = plain(entry(**DECOUPLING))
    sent["terms"][2]["text"] = "脱钩断链做法"
    how: dict[str, Any] = {"knows": (1).__eq__, "by": "editor", "once": Once("k", "d")}
    assert curate.put(store, "decoupling", sent, **how).version == 2
    with pytest.raises(DoneBefore):
        curate.put(store, "decoupling", sent, **how)
    how["once"] = None
    with pytest.raises(Stale):
        curate.put(store, "decoupling", sent, **how)


def test_a_term_that_goes_while_another_names_it_is_missed(store: SqliteStore) -> None:
    with store.write(by="test") as opened:
        opened.create(entry(**DECOUPLING))
    terms = plain(entry(**DECOUPLING))["terms"]
    del terms[2]
    with pytest.raises(Invalid) as caught:
        curate.patch(store, "decoupling", {"terms": terms}, knows=None, by="editor")
    assert {problem.pointer for problem in caught.value.problems} == {
        "/terms/3/renders/0",
        "/terms/3/citations/0/counterpart/text",
    }


def test_a_term_that_is_moved_and_renamed_is_known_when_it_is_the_only_one() -> None:
    old = entry(**DECOUPLING)
    sent = plain(old)
    moved = sent["terms"].pop(2) | {"text": "脱钩断供"}
    sent["terms"].append(moved)
    assert renamed(old, sent)["terms"][-2]["renders"] == ["脱钩断供"]


def test_two_that_change_places_keep_their_names() -> None:
    old = entry(**DECOUPLING)
    sent = plain(old)
    terms = sent["terms"]
    terms[0], terms[2] = terms[2], terms[0]
    assert renamed(old, sent) == sent


WORDINGS = st.lists(
    st.tuples(
        st.sampled_from(["zh-Hans", "zh-Hant", "en"]),
        st.sampled_from(["脱钩", "脫鉤", "断链", "decoupling", "severing", "cut"]),
    ),
    unique=True,
    min_size=1,
    max_size=6,
)


def of(wordings: list[tuple[str, str]], renders: bool) -> dict[str, Any]:  # noqa: FBT001 - drawn.
    terms: list[dict[str, Any]] = []
    for lang, text in wordings:
        others = [t for other, t in wordings if other[:2] != lang[:2]]
        named = list(dict.fromkeys(others)) if renders else []
        terms.append({"lang": lang, "text": text, "renders": named})
    return {"id": "e", "terms": terms}


@given(WORDINGS, st.integers(0, 5), st.booleans())
def test_renaming_any_one_term_leaves_every_name_standing(
    wordings: list[tuple[str, str]],
    which: int,
    renders: bool,  # noqa: FBT001 - drawn.
) -> None:
    old: Entry = load(EntrySchema(), of(wordings, renders))
    sent = plain(old)
    term = sent["terms"][which % len(wordings)]
    term["text"] += "x"
    new: Entry = load(EntrySchema(), renamed(old, sent))
    assert [bool(t.renders) for t in new.terms] == [bool(t.renders) for t in old.terms]


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_what_is_no_entry_at_all_is_left_to_the_schema(sent: object) -> None:
    old = entry(**DECOUPLING)
    for document in (sent, {"terms": sent}, {"terms": [sent]}):
        assert renamed(old, document) == document
