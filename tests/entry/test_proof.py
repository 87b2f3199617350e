"""How far an entry is proved, and when a wording was in force."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.entry.nouns import Citation, Counterpart, Term
from glossary.entry.period import FORCES, force
from glossary.entry.proof import PROOFS, Proof, dated, proof
from glossary.entry.ranking import in_force
from tests.nouns import entry

PREFERRED = {"status": "preferred"}


def proved(
    chinese: list[dict[str, Any]], english: list[dict[str, Any]], **more: Any
) -> Proof:
    """Return what is proved of an entry by the citations of its leading wordings."""
    terms = [
        {"lang": "zh-Hans", "text": "脱钩断链", "citations": chinese, **PREFERRED},
        {"lang": "zh-Hant", "text": "脫鉤斷鏈", **PREFERRED},
        {"lang": "en", "text": "severing supply chains", "citations": english}
        | PREFERRED,
        {"lang": "en", "text": "breaking supply chains", **more},
    ]
    return proof(entry(id="e", terms=terms))


def cited(source: str = "mfa-2023", /, **counterpart: Any) -> list[dict[str, Any]]:
    return [{"source": source, **({"counterpart": counterpart} if counterpart else {})}]


@pytest.mark.parametrize(
    ("chinese", "english", "expected"),
    [
        ([], [], Proof("none")),
        (cited(), [], Proof("one")),
        ([], cited(), Proof("one")),
        (cited(), cited(), Proof("both")),
        (cited("a"), cited("b"), Proof("both")),
        ([], cited(text="脱钩断链"), Proof("pair", ("mfa-2023",))),
        ([], cited(text="脫鉤斷鏈"), Proof("pair", ("mfa-2023",))),
        (cited(text="severing supply chains"), [], Proof("pair", ("mfa-2023",))),
        (
            cited("a", text="severing supply chains", source="b"),
            cited("a", text="脱钩断链"),
            Proof("pair", ("a", "b")),
        ),
        # The counterpart of another wording proves this one by itself.
        (cited(text="breaking supply chains"), [], Proof("one")),
        (cited(text="breaking supply chains"), cited(), Proof("both")),
    ],
)
def test_the_leading_pair_is_proved_by_a_counterpart_else_by_halves(
    chinese: list[dict[str, Any]], english: list[dict[str, Any]], expected: Proof
) -> None:
    assert proved(chinese, english) == expected


def test_what_proves_another_wording_proves_nothing_of_the_leading_pair() -> None:
    assert proved([], [], citations=cited()) == Proof("none")
    assert proved([], [], citations=cited(text="脱钩断链")) == Proof("one")


def test_the_preferred_pair_is_what_renders_each_other() -> None:
    terms = [
        {"lang": "zh-Hans", "text": "脱钩断链", "renders": ["severing"], **PREFERRED},
        {"lang": "en", "text": "decoupling", "citations": cited(), **PREFERRED},
        {"lang": "en", "text": "severing", "citations": cited(text="脱钩断链")},
    ]
    assert proof(entry(id="e", terms=terms)).state == "pair"


def test_an_entry_in_one_language_is_proved_on_one_side_at_most() -> None:
    terms = [{"lang": "zh-Hans", "text": "脱钩", "citations": cited()}]
    assert proof(entry(id="e", terms=terms)) == Proof("one")


@given(st.lists(st.sampled_from(["", "zh", "en", "pair"]), max_size=4))
def test_more_citations_never_prove_less(kinds: list[str]) -> None:
    made = {
        "": ([], []),
        "zh": (cited(), []),
        "en": ([], cited()),
        "pair": ([], cited(text="脱钩断链")),
    }
    chinese: list[dict[str, Any]] = []
    english: list[dict[str, Any]] = []
    before = PROOFS.index("none")
    for kind in kinds:
        chinese, english = chinese + made[kind][0], english + made[kind][1]
        now = PROOFS.index(proved(chinese, english).state)
        assert now <= before
        before = now


def term(status: str = "preferred", **more: Any) -> Term:
    return Term("en", "new type of relations", status, **more)


@pytest.mark.parametrize(
    ("made", "as_of", "expected"),
    [
        (term(), "2013", "undated"),
        (term(since="2012-05"), "2013", "yes"),
        (term(since="2012-05"), "2011", "not-yet"),
        (term(since="2012-05"), "2012-04-30", "not-yet"),
        (term(since="2012-05"), "2012", "yes"),
        (term(until="2013-06"), "2013-06-30", "yes"),
        (term(until="2013-06"), "2013-07", "ended"),
        (term(since="2999"), None, "not-yet"),
        (term(until="1999"), None, "ended"),
        (term(since="1999"), None, "yes"),
        (term("superseded", since="2012", until="2013-06"), "2012-12", "yes"),
        (term("superseded", since="2012", until="2013-06"), None, "ended"),
        # Nobody knows until when it was; today it is over.
        (term("superseded", since="2012"), None, "ended"),
        (term("superseded", since="2012"), "2012-12", "undated"),
        (term("superseded", since="2012"), "2011", "not-yet"),
        (term("superseded"), None, "ended"),
        (term("superseded"), "2011", "undated"),
    ],
)
def test_a_wording_is_in_force_by_its_dates(
    made: Term, as_of: str | None, expected: str
) -> None:
    assert in_force(made, as_of) == expected


DATES = st.none() | st.dates().map(str)


@given(DATES, DATES, st.dates().map(str))
def test_time_only_goes_from_not_yet_over_yes_to_ended(
    since: str | None, until: str | None, as_of: str
) -> None:
    if since and until and since > until:
        return
    assert force(since, until, as_of) in FORCES
    order = ["not-yet", "yes", "ended"]
    later = force(since, until, "9999-12-31")
    if since or until:
        now = force(since, until, as_of)
        assert order.index(now) <= order.index(later)
        assert (now == "yes") == (
            (since is None or since <= as_of) and (until is None or as_of <= until)
        )


def test_a_counterpart_proves_the_wording_that_it_names_turned_round() -> None:
    quote = "oppose decoupling and severing supply chains"
    counterpart = {"text": "脱钩断链", "quote": "反对脱钩断链", "locator": "第三段"}
    stands = {"source": "a", "quote": quote, "locator": "para. 3"}
    terms = [
        {"lang": "zh-Hans", "text": "脱钩断链"},
        {"lang": "zh-Hant", "text": "脫鉤斷鏈"},
        {"lang": "zh-Hans", "text": "脱钩"},
        {
            "lang": "en",
            "text": "severing supply chains",
            "citations": [{**stands, "counterpart": counterpart}],
        },
    ]
    made = entry(id="e", terms=terms)
    hans, hant, other, english = map(dated(made, as_of=None), made.terms)
    turned = Citation(
        "a",
        "第三段",
        "反对脱钩断链",
        Counterpart("severing supply chains", quote, "para. 3"),
    )
    assert (hans.citations, hans.also_cited) == ((), (turned,))
    assert hant.also_cited == (turned,)
    assert (other.evidence, other.documents) == ((), ())
    assert (english.also_cited, english.documents) == ((), ("a",))


def test_a_translation_in_another_document_is_where_the_counterpart_stands() -> None:
    counterpart = {"text": "脱钩", "quote": "脱钩", "source": "b", "locator": "页二"}
    citation = {"source": "a", "quote": "decoupling", "counterpart": counterpart}
    terms = [
        {"lang": "zh-Hans", "text": "脱钩"},
        {"lang": "en", "text": "decoupling", "citations": [citation]},
    ]
    made = entry(id="e", terms=terms)
    (turned,) = dated(made, as_of=None)(made.terms[0]).evidence
    assert (turned.source, turned.locator, turned.quote) == ("b", "页二", "脱钩")
    assert turned.counterpart == Counterpart("decoupling", "decoupling", "", "a")


TEXTS = st.sampled_from(["", "脱钩", "decoupling", "para. 2"])


@given(TEXTS, TEXTS, TEXTS, TEXTS, st.sampled_from([None, "b"]))
def test_a_citation_that_is_turned_twice_is_as_it_was(
    quote: str, locator: str, other: str, place: str, source: str | None
) -> None:
    # Within one document, the place of the one is that of the other.
    place = place or ("" if source else locator)
    counterpart = Counterpart("脱钩", other, place, source)
    citation = Citation("a", locator, quote, counterpart)
    turned = citation.turned("decoupling")
    assert turned is not None
    again = turned.turned("脱钩")
    assert again is not None
    assert (again.source, again.quote, again.sources[:1]) == ("a", quote, ("a",))
    assert again.counterpart is not None
    assert again.counterpart.quote == other
    assert again.counterpart.source == source
    assert Citation("a", locator, quote).turned("decoupling") is None
