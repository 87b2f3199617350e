"""What waits for whom: tasks with a day, reviews, half proved pairs, old checks."""

import pytest

from glossary.curation import changes, queue
from glossary.entry import EVERY, LISTS, Entry, Person, Task
from glossary.errors import Conflict, Forbidden, Invalid, NotFound
from glossary.people import Actor, members
from glossary.store import Store
from tests.nouns import entry, numbered

ROOT = members.at_the_machine()
MEI = Actor("mei", {"diplomatic": "editor"}, person="mei")
CHEN = Actor("chen", {"diplomatic": "reviewer"}, person="chen")
WANG = Actor("wang", {"trade": "owner"}, person="wang")


def people(store: Store) -> None:
    for name, where, role in (
        ("mei", "diplomatic", "editor"),
        ("ann", "diplomatic", "editor"),
        ("chen", "diplomatic", "reviewer"),
        ("wang", "trade", "owner"),
        ("tom", "diplomatic", "proposer"),
    ):
        members.create(store, Person(name), by=ROOT, roles={where: role})


def made(store: Store, number: int, by: str = "cli", **more: object) -> Entry:
    return changes.create(store, entry(**{**numbered(number), **more}), by=by)


def listed(store: Store, name: str, by: Actor, **more: object) -> list[str]:
    found = queue.queue(store, name, by=by, limit=9, **more)  # type: ignore[arg-type]
    return [each.entry.id for each in found]


def test_an_editor_sees_own_drafts_and_what_they_were_asked_for(store: Store) -> None:
    people(store)
    for number in range(1, 5):
        made(store, number, by="mei" if number == 1 else "ann")
    for number, due in ((3, "2026-12-24"), (4, "2026-12-01"), (2, "")):
        task = Task(f"road-{number}", "mei", due, "核对出处")
        queue.assign(store, task, by=CHEN)
    assert listed(store, "mine", MEI) == ["road-4", "road-3", "road-1", "road-2"]
    first, *_ = queue.queue(store, "mine", by=MEI, limit=1)
    assert first.task is not None
    assert (first.task.due, first.task.note, first.task.by) == (
        "2026-12-01",
        "核对出处",
        "chen",
    )
    after = (first.place, first.entry.id)
    assert listed(store, "mine", MEI, after=after)[0] == "road-3"
    # What another was asked to do is no longer the author's.
    queue.assign(store, Task("road-1", "ann"), by=CHEN)
    assert "road-1" not in listed(store, "mine", MEI)
    notices = store.team.notices("mei", before=None, limit=9)
    assert {(n.kind, n.about, n.by) for n in notices} == {
        ("assigned", f"road-{n}", "chen") for n in (2, 3, 4)
    }


def test_a_reviewer_sees_what_is_in_review_in_their_glossaries(store: Store) -> None:
    people(store)
    made(store, 1, state="in-review")
    made(store, 2)
    made(store, 3, state="in-review", glossary="trade")
    assert listed(store, "to-review", CHEN) == ["road-1"]
    assert listed(store, "to-review", WANG) == ["road-3"]
    root = Actor("root", {EVERY: "admin"}, person="root")
    assert listed(store, "to-review", root) == ["road-1", "road-3"]
    assert listed(store, "to-review", root, glossary="trade") == ["road-3"]
    with pytest.raises(Forbidden):
        listed(store, "to-review", MEI)
    with pytest.raises(Forbidden):
        listed(store, "mine", CHEN, glossary="trade")


def test_what_is_half_proved_waits_for_a_document(store: Store) -> None:
    people(store)
    terms = numbered(1)["terms"]
    assert isinstance(terms, list)
    cited = [{**terms[0], "citations": [{"source": "speech"}]}, *terms[1:]]
    made(store, 1, terms=cited)
    made(store, 2)
    assert listed(store, "half-proved", MEI) == ["road-1"]


def test_what_nobody_checked_for_long_is_stale(store: Store) -> None:
    people(store)
    checks = {1: "2015-06-01", 2: "2014-01-01", 3: None, 4: "2999-01-01"}
    for number, day in checks.items():
        checked = {"checked": {"date": day, "by": "chen"}} if day else {}
        made(store, number, state="approved", **checked)
    made(store, 5, checked={"date": "2010-01-01", "by": "chen"})
    assert listed(store, "stale", MEI) == ["road-2", "road-1"]
    patch = {"checked": {"date": "2999-01-01", "by": "chen"}}
    changes.patch(store, "road-2", patch, knows=None, by=CHEN)
    assert listed(store, "stale", MEI) == ["road-1"]


def test_a_reviewer_asks_others_and_an_editor_only_themselves(store: Store) -> None:
    people(store)
    made(store, 1)
    queue.assign(store, Task("road-1", "mei"), by=MEI)
    assert store.team.notices("mei", before=None, limit=9) == []
    for person, by, error in (
        ("ann", MEI, Forbidden),
        ("mei", WANG, Forbidden),
        ("tom", CHEN, Invalid),
        ("wang", CHEN, Invalid),
        ("nobody", CHEN, Invalid),
    ):
        with pytest.raises(error):
            queue.assign(store, Task("road-1", person), by=by)
    queue.release(store, "road-1", by=MEI)
    with pytest.raises(NotFound):
        queue.release(store, "road-1", by=CHEN)
    changes.patch(store, "road-1", {"state": "retired"}, knows=None, by="cli")
    with pytest.raises(Conflict):
        queue.assign(store, Task("road-1", "mei"), by=CHEN)


def test_an_approved_entry_waits_for_nobody(store: Store) -> None:
    people(store)
    made(store, 1, state="in-review")
    queue.assign(store, Task("road-1", "mei"), by=CHEN)
    changes.patch(store, "road-1", {"state": "approved"}, knows=None, by=CHEN)
    assert store.team.tasks(["road-1"]) == {}


def test_who_leaves_hands_on_what_they_were_to_work_on(store: Store) -> None:
    people(store)
    made(store, 1)
    queue.assign(store, Task("road-1", "mei", "2026-12-24"), by=CHEN)
    members.leave(store, "mei", by=ROOT, to="ann")
    task = store.team.tasks(["road-1"])["road-1"]
    assert (task.person, task.due) == ("ann", "2026-12-24")
    (notice,) = store.team.notices("ann", before=None, limit=9)
    assert (notice.kind, notice.text) == ("assigned", "mei")
    members.forget(store, "chen", by=ROOT)
    assert store.team.tasks(["road-1"])["road-1"].by.startswith("person-")


def test_every_list_is_shown_by_its_own_order(store: Store) -> None:
    people(store)
    made(store, 1)
    for name in LISTS:
        assert isinstance(listed(store, name, CHEN), list)
