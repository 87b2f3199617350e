"""Many entries change as one revision, and go back: what was changed since stays."""

import io
import json
import os
import threading
import time
from dataclasses import replace
from typing import Any

import pytest

from glossary.curation import bulk, changes, reshaping
from glossary.entry import Choice, Entry, Wish
from glossary.errors import Forbidden, Invalid, NotFound, NotReviewer, Stale
from glossary.formats import by_name
from glossary.people import Actor
from glossary.query import Order
from glossary.store import Store
from glossary.transfer.records import bring_in
from tests.nouns import entry, numbered


def imported(store: Store, documents: list[dict[str, Any]]) -> int:
    file = io.BytesIO("\n".join(map(json.dumps, documents)).encode())
    ndjson = by_name("ndjson")
    _, revision = bring_in(store, ndjson, file, Order(), by="chen", heed=lambda _: None)
    return revision


def said(found: Entry) -> Entry:
    return replace(found, version=0, created="", modified="")


def test_an_import_is_undone_as_one_revision(store: Store) -> None:
    imported(store, [numbered(n) for n in range(6)])
    before = {e.id: said(e) for e in store.all_entries()}
    changed = [{**numbered(n), "note": "改了"} for n in range(3)]
    revision = imported(store, [*changed, *(numbered(n) for n in range(6, 9))])
    told = bulk.undo(store, revision, by="lin", reason="wrong file", dry_run=True)
    assert (len(told.changed), len(told.retired), told.left) == (3, 3, ())
    assert store.revision() == revision == told.revision
    done = bulk.undo(store, revision, by="lin", reason="wrong file")
    assert (done.changed, done.retired) == (told.changed, told.retired)
    assert store.revision() == done.revision == revision + 1
    assert {e.id: said(e) for e in store.all_entries()} == before
    newest = store.versions("road-7")[0]
    assert (newest.action, newest.by, newest.reason) == ("undo", "lin", "wrong file")
    # And back once more.
    again = bulk.undo(store, done.revision, by="lin")
    assert (len(again.changed), again.left) == (6, ())
    assert store.entry("road-7").state == "draft"
    assert store.entry("road-1").note == "改了"


#: Rows of the import that is undone while others read; `make soak` takes 20,000.
ROWS = int(os.environ.get("UNDONE", "600"))


def test_readers_go_on_while_a_large_import_is_undone_in_time(store: Store) -> None:
    imported(store, [numbered(n) for n in range(20)])
    before = {e.id: said(e) for e in store.all_entries()}
    many = [numbered(n) for n in range(20, ROWS)]
    changed = [{**numbered(n), "note": "改了"} for n in range(20)]
    revision = imported(store, [*changed, *many])
    took: list[float] = []

    def undone() -> None:
        began = time.thread_time()
        bulk.undo(store, revision, by="lin")
        took.append(time.thread_time() - began)

    undoing = threading.Thread(target=undone)
    undoing.start()
    reads = 0
    while undoing.is_alive():
        note, now = store.entry("road-7").note, store.revision()
        # A reader has the store as it was until all is undone.
        assert note == "改了" or now > revision
        reads += undoing.is_alive()
    undoing.join()
    assert reads > 2
    assert {e.id: said(e) for e in store.all_entries()} == before
    # Twenty thousand rows in thirty seconds of a processor of one's own.
    assert took[0] < 1 + ROWS * 30 / 20_000


def test_what_was_changed_since_is_named_and_left(store: Store) -> None:
    revision = imported(store, [numbered(n) for n in range(5)])
    changes.patch(store, "road-1", {"note": "人手改过"}, knows=None, by="wang")
    changes.purge(store, "road-2", knows=None, by="admin")
    # Changed and changed back is as it was.
    changes.patch(store, "road-3", {"note": "x"}, knows=None, by="wang")
    changes.patch(store, "road-3", {"note": ""}, knows=None, by="wang")
    done = bulk.undo(store, revision, by="lin")
    assert [(left.entry, left.code) for left in done.left] == [
        ("road-1", "changed-since")
    ]
    assert "wang" in str(done.left[0].message)
    assert done.retired == ("road-0", "road-3", "road-4")
    assert store.entry("road-1").note == "人手改过"
    with pytest.raises(NotFound):
        bulk.undo(store, 999, by="lin")


def test_a_bulk_edit_is_previewed_and_undone_after_later_edits(store: Store) -> None:
    for n in range(4):
        made = {**numbered(n), "subjects": ["roads"]}
        changes.create(store, entry(**made), by="chen")
    wish = Wish(
        state="in-review",
        glossary="routes",
        add_subjects=("silk-road",),
        remove_subjects=("roads",),
        status=("preferred", "admitted"),
    )
    choice = Choice(subject="roads")
    plan = bulk.edit(store, choice, wish, by="lin", dry_run=True)
    assert len(plan.changed) == 4
    assert store.entry("road-0").glossary == "diplomatic"
    changes.patch(store, "road-3", {"note": "moved on"}, knows=None, by="wang")
    with pytest.raises(Stale):
        bulk.edit(store, choice, wish, by="lin", at=plan.revision)
    done = bulk.edit(store, choice, wish, by="lin", reason="整理")
    now = store.entry("road-2")
    assert (now.state, now.glossary, now.subjects) == (
        "in-review",
        "routes",
        ("silk-road",),
    )
    assert {t.status for t in now.terms} == {"admitted"}
    assert {v.revision for n in range(4) for v in store.versions(f"road-{n}")[:1]} == {
        done.revision
    }
    changes.patch(store, "road-0", {"note": "later"}, knows=None, by="wang")
    back = bulk.undo(store, done.revision, by="lin")
    assert [left.entry for left in back.left] == ["road-0"]
    assert store.entry("road-0").glossary == "routes"
    assert store.entry("road-2").glossary == "diplomatic"
    assert store.search is not None


def test_what_would_break_a_rule_is_left(store: Store) -> None:
    lone = {**numbered(1), "since": "2013", "until": "2014"}
    changes.create(store, entry(**lone), by="chen")
    done = bulk.edit(
        store, Choice(entries=("road-1",)), Wish(glossary="Not An Id"), by="lin"
    )
    assert [left.code for left in done.left] == ["invalid"]


def test_only_who_may_changes_many_entries(store: Store) -> None:
    changes.create(store, entry(**numbered(1)), by="chen")
    editor = Actor("chen", {"diplomatic": "editor"})
    other = Actor("wang", {"other": "owner"})
    choice = Choice(entries=("road-1",))
    for actor, wish in ((editor, Wish(state="approved")), (other, Wish(state="draft"))):
        with pytest.raises((Forbidden, NotReviewer)):
            changed = replace(wish, add_subjects=("x",))
            bulk.edit(store, choice, changed, by=actor)
    reviewer = Actor("lin", {"diplomatic": "reviewer"})
    assert bulk.edit(store, choice, Wish(state="approved"), by=reviewer).changed
    with pytest.raises(Forbidden):
        bulk.edit(store, choice, Wish(glossary="other"), by=reviewer)


def test_two_entries_become_one_with_both_histories(store: Store) -> None:
    one, two, third = (entry(**numbered(n)) for n in (1, 2, 3))
    changes.create(store, replace(one, note="甲"), by="chen")
    changes.create(store, replace(two, note="乙", subjects=("roads",)), by="chen")
    related = {**numbered(3), "relations": [{"type": "related", "entry": "road-1"}]}
    changes.create(store, entry(**related), by="chen")
    made = reshaping.merge(
        store, "road-1", "road-2", knows=None, by="lin", reason="一个概念"
    )
    assert {t.text for t in made.terms} >= {t.text for t in (*one.terms, *two.terms)}
    assert [t.status for t in made.terms].count("preferred") == 2
    assert (made.note, made.subjects) == ("乙\n甲", ("roads",))
    old = store.entry("road-1")
    assert (old.state, old.replaced_by) == ("retired", ("road-2",))
    assert [r.entry for r in store.entry(third.id).relations] == ["road-2"]
    newest = {store.versions(name)[0].revision for name in ("road-1", "road-2")}
    assert newest == {store.revision()}
    assert [v.action for v in store.versions("road-1")] == ["unite", "create"]
    assert store.versions("road-1")[0].reason == "一个概念"
    back = bulk.undo(store, store.revision(), by="lin")
    assert back.left == ()
    assert said(store.entry("road-1")) == said(replace(one, note="甲"))
    with pytest.raises(Invalid):
        reshaping.merge(store, "road-1", "road-1", knows=None, by="lin")


def test_one_entry_becomes_several_and_no_wording_is_lost(store: Store) -> None:
    both = {**numbered(1)}
    both["terms"] = [*numbered(1)["terms"], *numbered(2)["terms"]]  # type: ignore[misc]
    changes.create(store, entry(**both), by="chen")
    first, second = entry(**{**numbered(1), "id": "first-road"}), entry(**numbered(2))
    with pytest.raises(Invalid, match="silk road number 2"):
        reshaping.split(store, "road-1", [first, first], knows=None, by="lin")
    made = reshaping.split(store, "road-1", [first, second], knows=None, by="lin")
    assert [each.id for each in made] == ["first-road", "road-2"]
    old = store.entry("road-1")
    assert (old.state, old.replaced_by) == ("retired", ("first-road", "road-2"))
    assert [v.action for v in store.versions("road-1")] == ["split", "create"]


def test_fifty_people_lose_nothing(store: Store) -> None:
    changes.create(store, entry(**numbered(0)), by="chen")
    began = store.revision()
    refused: list[Exception] = []

    def work(n: int) -> None:
        try:
            changes.create(store, entry(**numbered(n)), by=f"p{n}")
            while True:
                now = store.entry("road-0")
                note = f"{now.note} p{n};"
                try:
                    changes.patch(
                        store,
                        "road-0",
                        {"note": note},
                        knows=now.version.__eq__,
                        by=f"p{n}",
                    )
                except Stale:
                    continue
                return
        except Exception as error:  # noqa: BLE001 - it is told below.
            refused.append(error)

    people = [threading.Thread(target=work, args=(n,)) for n in range(1, 51)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert refused == []
    names = {f"p{n}" for n in range(1, 51)}
    assert set(store.entry("road-0").note.replace(";", "").split()) == names
    assert store.revision() == began + 100
    made = {c.revision for c in store.changes(since=began, limit=1000)}
    versions = {v.revision for v in store.versions("road-0")}
    assert made | versions >= set(range(began + 1, began + 101))
