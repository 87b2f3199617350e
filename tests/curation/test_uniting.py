"""Two changes of one entry: both are kept, or they are said to collide."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.curation.uniting import differences, united
from glossary.entry.nouns import Citation, Entry, Relation, Term
from tests.nouns import entry


def phrase(*english: dict[str, Any], **more: Any) -> Entry:
    """Return an entry with 新型大国关系 and English terms."""
    terms = [{"lang": "zh-Hans", "text": "新型大国关系", "status": "preferred"}]
    terms += [{"lang": "en", **term} for term in english]
    return entry(id="model", terms=terms, **more)


MODEL = {"text": "new model of major-country relations", "status": "preferred"}
TYPE = {"text": "new type of great power relations", "status": "admitted"}
BASE = phrase(MODEL, TYPE, note="Since 2012.", subjects=["us-relations"])


def collide(now: Entry, wanted: Entry) -> list[str]:
    return [p.pointer for p in united(BASE, now=now, other=wanted).collisions]


def both(now: Entry, wanted: Entry) -> Entry:
    made = united(BASE, now=now, other=wanted)
    assert made.collisions == ()
    return made.entry


def test_what_does_not_collide_is_all_kept() -> None:
    now = phrase(
        MODEL,
        {**TYPE, "until": "2013-06"},
        note="Since 2012.",
        subjects=["us-relations", "principles"],
        state="approved",
    )
    wanted = phrase(
        MODEL,
        {**TYPE, "status": "superseded"},
        {"text": "new pattern of major-country relations"},
        note="Since 2012; see 不冲突.",
        subjects=[],
        definition={"en": "A phrase of 2012."},
    )
    made = both(now, wanted)
    assert made.note == "Since 2012; see 不冲突."
    assert made.definition == {"en": "A phrase of 2012."}
    assert made.subjects == ("principles",)
    assert made.state == "approved"
    old = made.terms[2]
    assert (old.status, old.until) == ("superseded", "2013-06")
    assert [term.text for term in made.terms[1:]] == [
        MODEL["text"],
        TYPE["text"],
        "new pattern of major-country relations",
    ]


@pytest.mark.parametrize(
    ("now", "wanted", "places"),
    [
        ({"note": "one"}, {"note": "two"}, ["/note"]),
        ({"note": "one"}, {"note": "one"}, []),
        (
            {"definition": {"en": "one", "zh-Hans": "一"}},
            {"definition": {"en": "two", "zh-Hans": "一"}},
            ["/definition/en"],
        ),
        ({"since": "2012", "note": ""}, {"since": "2013", "note": "x"}, None),
    ],
)
def test_one_thing_that_both_change_collides_unless_they_agree(
    now: dict[str, Any], wanted: dict[str, Any], places: list[str] | None
) -> None:
    if places is None:
        places = ["/note", "/since"]
    one, other = (phrase(MODEL, TYPE, **{"note": "n", **m}) for m in (now, wanted))
    base = phrase(MODEL, TYPE, note="n")
    made = united(base, now=one, other=other)
    assert sorted(p.pointer for p in made.collisions) == places
    if places:
        assert made.entry == one


def test_a_term_that_one_side_changes_and_the_other_takes_out_collides() -> None:
    changed = phrase(MODEL, {**TYPE, "status": "superseded"}, note="Since 2012.")
    without = phrase(MODEL, note="Since 2012.")
    (pointer,) = collide(changed, without)
    assert pointer == "/terms/2"
    assert collide(without, changed) == ["/terms"]


def test_a_wording_that_both_sides_put_right_in_two_ways_collides() -> None:
    one = phrase({**MODEL, "text": "new model of relations"}, TYPE, note="Since 2012.")
    two = phrase({**MODEL, "text": "new pattern of ties"}, TYPE, note="Since 2012.")
    assert "/terms" in collide(one, two)
    assert both(one, replace(one, note="x")).note == "x"


def test_two_wordings_do_not_come_to_lead_by_two_hands() -> None:
    def led(text: str) -> Entry:
        leading = {"text": text, "status": "preferred"}
        return phrase(leading, {**MODEL, "status": "admitted"}, TYPE)

    assert collide(led("new pattern of relations"), led("new mode of relations")) == [
        "/terms"
    ]


def test_citations_and_relations_are_told_apart_by_what_they_name() -> None:
    def with_(*citations: Citation, relations: tuple[Relation, ...] = ()) -> Entry:
        first, second, third = BASE.terms
        terms = (first, replace(second, citations=citations), third)
        return replace(BASE, terms=terms, relations=relations)

    one, two = Citation("wang-2013", "para. 2"), Citation("xi-2014", "para. 5")
    made = both(with_(one), with_(two, relations=(Relation("part", "respect"),)))
    assert set(made.terms[1].citations) == {one, two}
    assert made.relations == (Relation("part", "respect"),)
    again = Citation("wang-2013", "para. 7")
    made = both(with_(one, again), with_(one, again, two))
    assert made.terms[1].citations == (one, again, two)
    now = with_(one, again, Citation("un-charter-1945", "Art. 2"))
    assert {one, again, two} < set(both(now, with_(one, again, two)).terms[1].citations)
    base = with_(one)
    now, wanted = with_(Citation("wang-2013", "para. 3")), with_(two)
    places = united(base, now=now, other=wanted).collisions
    assert [p.pointer for p in places] == ["/terms/1/citations/0"]


def test_a_collision_says_what_stands_on_either_side() -> None:
    now, wanted = replace(BASE, note="现在"), replace(BASE, note="建议")
    (place,) = united(BASE, now=now, other=wanted).collisions
    assert "“现在”" in place.detail
    assert "“建议”" in place.detail
    assert [p.pointer for p in differences(now, wanted)] == ["/note"]
    assert differences(now, replace(now, state="approved", version=7)) == ()


TEXTS = st.sampled_from(["relations", "relationship", "ties", "partnership", "友好"])
TERMS = st.builds(
    Term,
    lang=st.sampled_from(["en", "fr"]),
    text=TEXTS,
    status=st.sampled_from(["preferred", "admitted", "superseded"]),
    issuer=st.sampled_from([None, "Xinhua"]),
    usage=st.sampled_from(["", "rare"]),
)
ENTRIES = st.builds(
    lambda terms, note, subjects, definition: replace(
        BASE,
        terms=(BASE.terms[0], *terms),
        note=note,
        subjects=tuple(subjects),
        definition=definition,
    ),
    st.lists(TERMS, max_size=4, unique_by=lambda t: (t.lang, t.text)),
    st.sampled_from(["", "one", "two"]),
    st.lists(st.sampled_from(["a", "b", "c"]), unique=True),
    st.dictionaries(st.sampled_from(["en", "zh-Hans"]), TEXTS),
)


@given(ENTRIES, ENTRIES)
def test_what_one_side_alone_changes_is_what_comes_of_it(
    base: Entry, changed: Entry
) -> None:
    assert united(base, now=base, other=changed) == (changed, ())
    assert united(base, now=changed, other=base) == (changed, ())
    assert united(base, now=changed, other=changed) == (changed, ())


def facts(found: Entry) -> set[tuple[object, ...]]:
    """Return everything that an entry says, each thing by itself."""
    said: set[tuple[object, ...]] = {("note", found.note)}
    said |= {("subject", name) for name in found.subjects}
    said |= {("definition", *item) for item in found.definition.items()}
    for term in found.terms:
        for name in ("status", "issuer", "usage"):
            said.add((term.lang, term.text, name, getattr(term, name)))
    return said


@given(ENTRIES, ENTRIES, ENTRIES)
def test_nothing_that_either_side_brought_in_is_lost_without_a_word(
    base: Entry, now: Entry, wanted: Entry
) -> None:
    made = united(base, now=now, other=wanted)
    if made.collisions:
        assert made.entry == now
        return
    for side in (now, wanted):
        assert facts(side) - facts(base) <= facts(made.entry)
    gone = (facts(base) - facts(now)) | (facts(base) - facts(wanted))
    assert gone.isdisjoint(facts(made.entry))


NEW = {"text": "new pattern of major-country relations"}
LAST = {"text": "G2", "status": "forbidden"}


def english(found: Entry) -> list[str]:
    return [term.text for term in found.terms if term.lang == "en"]


def test_what_one_side_puts_between_two_stays_between_them() -> None:
    more = {"note": "Since 2012.", "subjects": ["us-relations"]}
    made = both(phrase(MODEL, TYPE, LAST, **more), phrase(MODEL, NEW, TYPE, **more))
    assert english(made) == [t["text"] for t in (MODEL, NEW, TYPE, LAST)]


def test_an_order_that_one_side_changes_is_kept() -> None:
    more = {"note": "Since 2012.", "subjects": ["us-relations"]}
    now = phrase(MODEL, {**TYPE, "until": "2013-06"}, **more)
    made = both(now, phrase(TYPE, MODEL, **more))
    assert english(made) == [TYPE["text"], MODEL["text"]]
    assert [term.until for term in made.terms] == [None, "2013-06", None]


def test_orders_that_both_change_in_two_ways_collide() -> None:
    old = phrase(MODEL, TYPE, LAST)
    now, wanted = phrase(TYPE, MODEL, LAST), phrase(MODEL, LAST, TYPE)
    collisions = united(old, now=now, other=wanted).collisions
    assert [each.pointer for each in collisions] == ["/terms"]


def test_an_admitted_wording_that_both_put_right_in_two_ways_collides() -> None:
    right = {"text": "new type of major-power relations", "status": "admitted"}
    other = {"text": "new kind of great-power relations", "status": "admitted"}
    assert collide(phrase(MODEL, right), phrase(MODEL, other)) == ["/terms"]
    assert collide(phrase(MODEL, right), phrase(MODEL, right)) == []
