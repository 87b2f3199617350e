"""An entry goes from draft over review to approved, by another than who wrote it."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from glossary import config
from glossary.curation import bulk, changes, composing, proposals
from glossary.entry import (
    Choice,
    Entry,
    LastCheck,
    Person,
    Proposal,
    Wish,
    codec,
    today,
)
from glossary.errors import Forbidden, NotReviewer, OwnWork
from glossary.formats import by_name
from glossary.people import Actor
from glossary.query import Order
from glossary.store import Store
from glossary.transfer.records import bring_in
from glossary.transfer.report import Outcome
from tests.nouns import entry, major_country

ID = "new-model-of-major-country-relationship"


@pytest.fixture
def by_another(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have an entry approved by another than who wrote it."""
    monkeypatch.setenv("GLOSSARY_SECOND_REVIEWER", "1")
    config.settings.cache_clear()
    config.go_by(config.settings)
    yield
    monkeypatch.undo()
    config.settings.cache_clear()


def made(store: Store, *, by: str = "chen", **more: object) -> Entry:
    return changes.create(store, entry(**major_country(**more)), by=by)


def step(store: Store, state: str, *, by: Actor | str, reason: str = "") -> Entry:
    patch = {"state": state}
    return changes.patch(store, ID, patch, knows=None, by=by, reason=reason)


def imported(store: Store, document: dict[str, object], *, by: Actor | str) -> Outcome:
    outcomes: list[Outcome] = []
    file = io.BytesIO(json.dumps(document).encode())
    bring_in(store, by_name("ndjson"), file, Order(), by=by, heed=outcomes.append)
    (outcome,) = outcomes
    return outcome


def test_every_step_stands_in_the_history_with_who_and_why(store: Store) -> None:
    made(store)
    step(store, "in-review", by="chen", reason="请审")
    step(store, "draft", by="lin", reason="缺出处 no source yet")
    step(store, "in-review", by="chen", reason="source added")
    step(store, "approved", by="lin", reason="as in the joint statement")
    told = [(v.action, v.by, v.reason) for v in store.versions(ID)]
    assert told == [
        ("approve", "lin", "as in the joint statement"),
        ("submit", "chen", "source added"),
        ("send-back", "lin", "缺出处 no source yet"),
        ("submit", "chen", "请审"),
        ("create", "chen", ""),
    ]


def test_who_writes_may_approve_unless_a_setting_says_otherwise(store: Store) -> None:
    made(store)
    assert step(store, "approved", by="chen").state == "approved"


@pytest.mark.usefixtures("by_another")
def test_who_wrote_an_entry_does_not_approve_it(store: Store) -> None:
    with pytest.raises(OwnWork):
        made(store, state="approved")
    made(store)
    for state in ("in-review", "approved"):
        if state == "in-review":
            step(store, state, by="chen")
        else:
            with pytest.raises(OwnWork):
                step(store, state, by="chen")
    assert step(store, "approved", by="lin").state == "approved"


@pytest.mark.usefixtures("by_another")
def test_who_changes_an_entry_while_approving_it_has_written_it(store: Store) -> None:
    made(store)
    with pytest.raises(OwnWork):
        changes.patch(
            store, ID, {"state": "approved", "note": "改"}, knows=None, by="lin"
        )
    step(store, "approved", by="lin")
    with pytest.raises(OwnWork):
        changes.patch(store, ID, {"note": "再改"}, knows=None, by="lin")
    merge = {"note": "再改", "state": "in-review"}
    changes.patch(store, ID, merge, knows=None, by="lin")
    with pytest.raises(OwnWork):
        step(store, "approved", by="lin")
    # Who wrote it before it was approved has not written what is new.
    assert step(store, "approved", by="chen").state == "approved"


@pytest.mark.usefixtures("by_another")
def test_a_proposal_is_its_proposers_work(store: Store) -> None:
    old = made(store)
    step(store, "approved", by="lin")
    wanted = replace(old, note="见联合声明")
    number = proposals.propose(
        store, Proposal(wanted, entry=ID, comment="因为"), by="lin", most=9
    ).id
    with pytest.raises(OwnWork):
        proposals.accept(store, number, by="lin")
    assert proposals.accept(store, number, by="chen", reason="对").document is not None
    newest = store.versions(ID)[0]
    assert newest.proposal is not None
    assert (newest.by, newest.reason) == ("chen", "对")
    assert (newest.proposal.by, newest.proposal.comment) == ("lin", "因为")


@pytest.mark.usefixtures("by_another")
def test_what_was_approved_before_is_brought_back_by_anybody(store: Store) -> None:
    made(store)
    approved = step(store, "approved", by="lin")
    changes.patch(store, ID, {"note": "改", "state": "draft"}, knows=None, by="lin")
    back = changes.restore(store, ID, approved.version, knows=None, by="lin")
    assert back.state == "approved"


@pytest.mark.usefixtures("by_another")
def test_a_file_puts_its_entries_in_review_and_says_so(store: Store) -> None:
    outcome = imported(store, major_country(state="approved"), by="chen")
    assert [w.code for w in outcome.warnings] == ["lowered"]
    assert store.entry(ID).state == "in-review"
    step(store, "approved", by="lin")
    again = imported(store, major_country(state="approved", note="改"), by="chen")
    assert [w.code for w in again.warnings] == ["lowered"]
    assert store.entry(ID).state == "in-review"


CHEN = Actor("chen", {"diplomatic": "editor"})
LIN = Actor("lin", {"diplomatic": "reviewer"})
WANG = Actor("wang", {"other": "owner"})


def test_only_a_reviewer_approves_or_changes_what_is_approved(store: Store) -> None:
    draft = entry(**major_country())
    with pytest.raises(NotReviewer):
        changes.create(store, replace(draft, state="approved"), by=CHEN)
    changes.create(store, draft, by=CHEN)
    with pytest.raises(NotReviewer):
        step(store, "approved", by=CHEN)
    step(store, "in-review", by=CHEN)
    approved = step(store, "approved", by=LIN)
    for merge in ({"note": "改"}, {"state": "draft"}):
        with pytest.raises(NotReviewer):
            changes.patch(store, ID, merge, knows=None, by=CHEN)
    step(store, "draft", by=LIN)
    with pytest.raises(Forbidden):
        changes.restore(store, ID, approved.version, knows=None, by=CHEN)


def test_an_editors_file_is_lowered_and_leaves_what_is_approved(store: Store) -> None:
    outcome = imported(store, major_country(state="approved"), by=CHEN)
    assert [w.code for w in outcome.warnings] == ["lowered"]
    assert store.entry(ID).state == "in-review"
    step(store, "approved", by=LIN)
    outcome = imported(store, major_country(state="draft", note="改"), by=CHEN)
    assert [t.code for t in outcome.troubles] == ["not-reviewer"]
    assert store.entry(ID).note == ""


def test_an_editor_neither_retires_nor_brings_back_by_any_way(store: Store) -> None:
    draft = made(store)
    sent = {**codec.plain(draft), "state": "retired"}
    ways: list[Callable[[], object]] = [
        lambda: step(store, "retired", by=CHEN),
        lambda: changes.put(store, ID, sent, knows=None, by=CHEN),
        lambda: composing.save(store, sent, entry_id=ID, knows=None, by=CHEN),
        lambda: changes.retire(store, ID, knows=None, by=CHEN),
        lambda: changes.restore(store, ID, 1, knows=None, by=CHEN),
    ]
    for way in ways:
        with pytest.raises(Forbidden):
            way()
    outcome = imported(store, major_country(state="retired", id=ID), by=CHEN)
    assert [t.code for t in outcome.troubles] == ["not-reviewer"]
    assert store.entry(ID).state == "draft"
    step(store, "retired", by=LIN)
    with pytest.raises(NotReviewer):
        step(store, "draft", by=CHEN)
    outcome = imported(store, major_country(state="approved", id=ID), by=CHEN)
    assert [t.code for t in outcome.troubles] == ["not-reviewer"]
    assert store.entry(ID).state == "retired"
    assert step(store, "draft", by=LIN).state == "draft"


def test_an_editors_file_that_replaces_a_glossary_retires_nothing(store: Store) -> None:
    made(store)
    terms = [{"lang": "zh-Hans", "text": "主权"}, {"lang": "en", "text": "sovereignty"}]
    file = io.BytesIO(json.dumps({"glossary": "diplomatic", "terms": terms}).encode())
    order = Order(mode="replace", on_error="skip", any_number=True)
    outcomes: list[Outcome] = []
    bring_in(store, by_name("ndjson"), file, order, by=CHEN, heed=outcomes.append)
    refused = [o for o in outcomes if o.action == "conflict"]
    assert [(o.entry, o.troubles[0].code) for o in refused] == [(ID, "not-reviewer")]
    assert store.entry(ID).state == "draft"


def test_a_proposal_brings_neither_a_state_nor_a_check(store: Store) -> None:
    forged = LastCheck("2026-01-02", "lin")
    new = entry(**major_country(state="approved"))
    new = replace(new, id="", checked=forged, replaced_by=("x",))
    proposal = proposals.propose(store, Proposal(new), by="mei", most=9)
    kept = proposals.accept(store, proposal.id, by=LIN).document
    assert (kept.state, kept.checked, kept.replaced_by) == ("draft", None, ())
    wanted = replace(kept, state="approved", checked=forged, note="改")
    proposal = proposals.propose(
        store, Proposal(wanted, entry=kept.id), by="mei", most=9
    )
    kept = proposals.accept(store, proposal.id, by=LIN).document
    assert (kept.state, kept.checked, kept.note) == ("draft", None, "改")


def test_nobody_proposes_where_they_may_not(store: Store) -> None:
    old = made(store)
    mei = Actor("mei", {"other": "proposer"}, person="mei")
    wanted = replace(old, note="改")
    for proposal in (
        Proposal(wanted, entry=ID),
        Proposal(replace(wanted, id="")),
        Proposal(replace(wanted, glossary="other"), entry=ID),
    ):
        with pytest.raises(Forbidden):
            proposals.propose(store, proposal, by=mei, most=9)
    ours = Proposal(replace(wanted, id="", glossary="other"))
    assert proposals.propose(store, ours, by=mei, most=9).by == "mei"


def test_nobody_writes_to_a_glossary_of_others(store: Store) -> None:
    with pytest.raises(Forbidden):
        imported(store, major_country(), by=WANG)
    made(store)
    with pytest.raises(Forbidden):
        changes.patch(store, ID, {"glossary": "other"}, knows=None, by=WANG)
    assert store.entry(ID).glossary == "diplomatic"


def test_who_approves_an_entry_is_who_checked_it_that_day(store: Store) -> None:
    made(store)
    assert step(store, "in-review", by="chen").checked is None
    assert step(store, "approved", by="at the machine").checked is None
    step(store, "draft", by="chen")
    lin = Actor("lin", {"*": "reviewer"}, person="lin")
    assert step(store, "approved", by=lin).checked == LastCheck(today(), "lin")
    step(store, "draft", by="chen")
    said = {"date": "2026-01-02", "by": "mei"}
    patch = {"state": "approved", "checked": said}
    kept = changes.patch(store, ID, patch, knows=None, by=lin)
    assert kept.checked == LastCheck("2026-01-02", "mei")


@pytest.mark.parametrize("said", ["mei", "梅", "Mei@Example.org"])
def test_whoever_checked_an_entry_and_is_a_user_is_named_by_their_id(
    store: Store, said: str
) -> None:
    with store.write(by="cli") as write:
        write.people.create(Person("mei", "梅", "mei@example.org"))
        write.people.create(Person("li", "李"))
        write.people.create(Person("li-2", "李"))
    checked = {"date": "2026-01-02", "by": said}
    assert made(store, checked=checked).checked == LastCheck("2026-01-02", "mei")
    for name in ("李", "A reader from outside"):
        patch = {"checked": {"date": "2026-01-03", "by": name}}
        kept = changes.patch(store, ID, patch, knows=None, by="cli")
        assert kept.checked == LastCheck("2026-01-03", name)


def test_who_approves_on_the_page_or_many_at_once_is_who_checked(store: Store) -> None:
    lin = Actor("lin", {"*": "reviewer"}, person="lin")
    draft = made(store)
    sent = {**codec.plain(draft), "state": "approved"}
    saved = composing.save(store, sent, entry_id=ID, knows=None, by=lin)
    assert saved.checked == LastCheck(today(), "lin")
    step(store, "draft", by="chen")
    mei = Actor("mei", {"*": "owner"}, person="mei")
    bulk.edit(store, Choice(entries=(ID,)), Wish(state="approved"), by=mei)
    assert store.entry(ID).checked == LastCheck(today(), "mei")
