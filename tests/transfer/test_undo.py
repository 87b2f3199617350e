"""The way back: what a revision changed, taken back as one new revision."""

import io
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary.client import Client
from glossary.curation import changes
from glossary.entry import Entry
from glossary.errors import NotFound, Stale
from glossary.formats import by_name
from glossary.lookup import lookup
from glossary.query import Order, Query
from glossary.store import Store, open_store
from glossary.store.sqlite.migrations import MIGRATIONS
from glossary.store.sqlite.store import SqliteStore
from glossary.transfer.records import bring_in
from glossary.transfer.report import Counts, Outcome
from glossary.transfer.undo import undo
from tests.cli.test_cli import run
from tests.conftest import Server, entry
from tests.web.test_api import API, json_of, problem

ORDER = Order(glossary="test")
FIRST = "zh,en,note\n主权,sovereignty,Ours.\n和平,peace,\n安全,security,\n"


def come_in(store: Store, content: str, order: Order = ORDER) -> int:
    """Bring a table in; return the revision that it made."""
    _, revision = bring_in(
        store,
        by_name("csv"),
        io.BytesIO(content.encode()),
        order,
        by="importer",
        heed=lambda _: None,
    )
    return revision


def taken_back(
    store: Store, revision: int, *, dry_run: bool = False
) -> tuple[Counts, list[Outcome], int]:
    outcomes: list[Outcome] = []
    counts, made = undo(
        store, revision, by="undoer", heed=outcomes.append, dry_run=dry_run
    )
    return counts, outcomes, made


def said(entry: Entry) -> Entry:
    """Return an entry without what the store knows of it."""
    return replace(entry, version=0, created="", modified="")


def state(store: Store) -> dict[str, Entry]:
    """Return what the entries in use say."""
    return {each.id: said(each) for each in store.all_entries()}


def derived(store: Store) -> list[Any]:
    """Return what the store counts, and what it finds entries by."""
    return [
        sorted(
            store.rows("select kind, name, n from tally where n > 0 and kind != 'day'")
        ),
        sorted(store.rows("select gram, n from frequency where n > 0")),
        sorted(store.rows("select entry, ordinal, lang, rank, key from term")),
        sorted(store.rows("select kind, value, place, entry from facet")),
    ]


def test_an_import_is_undone_as_one_revision_and_history_keeps_it(
    store: Store,
) -> None:
    come_in(store, FIRST)
    before, found = state(store), derived(store)
    file = "zh,en,note\n主权,sovereignty,Changed.\n战争,war,\n双赢,win-win,\n"
    revision = come_in(store, file)
    counts, outcomes, made = taken_back(store, revision)
    assert (counts.read, counts.updated, counts.retired, counts.conflicts) == (
        3,
        1,
        2,
        0,
    )
    assert (made, store.revision()) == (revision + 1, revision + 1)
    assert state(store) == before
    tallies = [row for row in derived(store)[0] if row[1] != "retired"]
    assert tallies == [row for row in found[0] if row[1] != "retired"][: len(tallies)]
    assert derived(store)[1:] == found[1:]
    versions = store.versions("sovereignty")
    assert [(v.action, v.by, v.revision) for v in versions] == [
        ("undo", "undoer", made),
        ("update", "importer", revision),
        ("create", "importer", 1),
    ]
    assert versions[0].changed == ("/note",)
    assert [v.action for v in store.versions("war")] == ["undo", "create"]
    assert store.entry("war").state == "retired"
    changed = {o.entry: [(c.before, c.after) for c in o.changes] for o in outcomes}
    assert changed["sovereignty"] == [("Changed.", "Ours.")]
    for q in ("war", "战争"):
        assert lookup(store, Query(q), candidates=9).hits == ()


def test_what_was_changed_since_is_listed_and_left(store: Store) -> None:
    come_in(store, FIRST)
    revision = come_in(
        store,
        "zh,en,note\n主权,sovereignty,New.\n和平,peace,New.\n战争,war,\n双赢,win-win,\n",
    )
    for name, note in (("peace", "Mine."), ("war", "Mine too.")):
        changes.patch(store, name, {"note": note}, known=None, by="mei")
    kept = [store.entry("peace"), store.entry("war")]
    counts, outcomes, made = taken_back(store, revision)
    assert (counts.updated, counts.retired, counts.conflicts) == (1, 1, 2)
    assert [store.entry("peace"), store.entry("war")] == kept
    left = {o.entry: o.troubles[0] for o in outcomes if o.troubles}
    assert {t.code for t in left.values()} == {"changed-since"}
    assert set(left) == {"peace", "war"} == {t.value for t in left.values()}
    assert "by mei (version 3)" in left["peace"].message
    assert store.entry("sovereignty").note == "Ours."
    assert made == revision + 3


def test_what_was_changed_and_changed_back_is_not_changed(store: Store) -> None:
    come_in(store, FIRST)
    revision = come_in(store, "zh,en,note\n主权,sovereignty,New.\n")
    changes.patch(store, "sovereignty", {"note": "Mine."}, known=None, by="mei")
    changes.restore(store, "sovereignty", 2, known=None, by="mei")
    counts, _, _ = taken_back(store, revision)
    assert (counts.updated, counts.conflicts) == (1, 0)
    assert store.entry("sovereignty").note == "Ours."


def test_imports_are_undone_one_after_another_the_last_one_first(
    store: Store,
) -> None:
    states = [state(store)]
    revisions = []
    for note in ("One.", "Two.", "Three."):
        file = f"zh,en,note\n主权,sovereignty,{note}\n{note},{note.lower()},\n"
        revisions.append(come_in(store, file))
        states.append(state(store))
    for revision, before in zip(
        reversed(revisions), reversed(states[:-1]), strict=True
    ):
        counts, _, _ = taken_back(store, revision)
        assert counts.conflicts == 0
        assert state(store) == before


def test_an_undo_is_undone_by_the_same_verb(store: Store) -> None:
    come_in(store, FIRST)
    revision = come_in(store, "zh,en,note\n主权,sovereignty,New.\n战争,war,\n")
    after = state(store)
    _, _, back = taken_back(store, revision)
    counts, _, _ = taken_back(store, back)
    assert counts.conflicts == 0
    assert state(store) == after


def test_a_second_undo_of_the_same_revision_changes_nothing(store: Store) -> None:
    revision = come_in(store, FIRST)
    taken_back(store, revision)
    now = store.revision()
    counts, _, made = taken_back(store, revision)
    assert (counts.conflicts, counts.changing) == (3, 0)
    assert (store.revision(), made) == (now, now)


def test_a_file_whose_records_speak_twice_of_an_entry_is_undone_whole(
    store: Store,
) -> None:
    come_in(store, FIRST)
    before = state(store)
    rows = "主权,sovereignty,\n主权,supreme power,\n战争,war,\n战争,warfare,\n"
    revision = come_in(
        store,
        "id,zh,en,note\n"
        + "".join(
            f"{name},{row}\n"
            for name, row in zip(
                ("sovereignty", "sovereignty", "war", "war"),
                rows.split("\n"),
                strict=False,
            )
        ),
    )
    counts, _, _ = taken_back(store, revision)
    assert (counts.read, counts.conflicts) == (2, 0)
    assert state(store) == before


def test_a_replacing_import_is_undone_with_what_it_retired(store: Store) -> None:
    come_in(store, FIRST)
    before = state(store)
    order = replace(ORDER, mode="replace", confirm=2)
    revision = come_in(store, "zh,en,note\n主权,sovereignty,All new.\n", order)
    assert len(state(store)) == 1
    counts, _, _ = taken_back(store, revision)
    assert (counts.updated, counts.conflicts) == (3, 0)
    assert state(store) == before
    assert lookup(store, Query("和平"), candidates=9).hits


def test_one_write_of_one_entry_is_undone_too(store: Store) -> None:
    made = changes.create(
        store, entry(id="war", terms=[{"lang": "en", "text": "war"}]), by="mei"
    )
    changes.retire(store, made.id, known=None, by="mei")
    taken_back(store, store.revision())
    assert store.entry("war").state == "draft"


def test_what_was_removed_with_its_history_is_told(store: Store) -> None:
    come_in(store, FIRST)
    changes.purge(store, "war" if False else "peace", known=None, by="root")
    counts, (outcome,), _ = taken_back(store, store.revision())
    assert (counts.conflicts, outcome.troubles[0].code) == (1, "purged")


def test_a_dry_run_writes_nothing_and_says_what_would_be_done(store: Store) -> None:
    come_in(store, FIRST)
    revision = come_in(store, "zh,en,note\n主权,sovereignty,New.\n战争,war,\n")
    changes.patch(store, "war", {"note": "Mine."}, known=None, by="mei")
    now = store.revision()
    planned, outcomes, made = taken_back(store, revision, dry_run=True)
    assert (store.revision(), made) == (now, now)
    assert store.entry("sovereignty").note == "New."
    done, same, _ = taken_back(store, revision)
    assert (done, same) == (planned, outcomes)


def test_a_plan_of_an_undo_is_not_carried_out_once_the_store_has_moved(
    store: Store,
) -> None:
    revision = come_in(store, FIRST)
    changes.patch(store, "peace", {"note": "Mine."}, known=None, by="mei")
    with pytest.raises(Stale):
        undo(
            store,
            revision,
            by="me",
            heed=lambda _: None,
            dry_run=False,
            revision=revision,
        )


@pytest.mark.parametrize("mode", ["merge", "add", "replace"])
@pytest.mark.parametrize("dry_run", ["dry", "real"])
@pytest.mark.parametrize("ids", ["with ids", "without ids"])
def test_a_mended_file_comes_in_again_under_the_same_ids(
    store: Store, mode: str, dry_run: str, ids: str
) -> None:
    heading = "id,zh,en,note\n" if ids == "with ids" else "zh,en,note\n"
    names = ("war", "win-win") if ids == "with ids" else ("", "")
    rows = [
        ",".join(filter(None, (name, pair))) + ",\n"
        for name, pair in zip(names, ("战争,war", "双赢,win-win"), strict=True)
    ]
    file = heading + "".join(rows)
    taken_back(store, come_in(store, file))
    order = replace(ORDER, mode=mode, dry_run=dry_run == "dry")
    outcomes: list[Outcome] = []
    bring_in(
        store,
        by_name("csv"),
        io.BytesIO(file.encode()),
        order,
        by="importer",
        heed=outcomes.append,
    )
    assert [(o.action, o.entry) for o in outcomes] == [
        ("update", "war"),
        ("update", "win-win"),
    ]
    if dry_run == "real":
        assert {e.id: e.state for e in store.all_entries("test")} == {
            "war": "draft",
            "win-win": "draft",
        }


def test_what_an_editor_retired_does_not_come_in_again(store: Store) -> None:
    come_in(store, "id,zh,en\nwar,战争,war\n")
    changes.retire(store, "war", known=None, by="mei")
    come_in(store, "id,zh,en\nwar,战争,war\n")
    assert store.entry("war").state == "retired"


NOTES = st.sampled_from(["", "One.", "Two."])
FILES = st.lists(
    st.tuples(st.sampled_from(["主权", "和平", "安全", "战争"]), NOTES),
    min_size=1,
    max_size=5,
    unique_by=lambda row: row[0],
)
ENGLISH = {"主权": "sovereignty", "和平": "peace", "安全": "security", "战争": "war"}


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(first=FILES, second=FILES, third=FILES)
def test_an_undo_gives_back_the_state_before_but_for_what_was_changed_since(
    tmp_path: Path,
    first: list[tuple[str, str]],
    second: list[tuple[str, str]],
    third: list[tuple[str, str]],
) -> None:
    path = tmp_path / "one.db"
    path.unlink(missing_ok=True)
    store = open_store(str(path))

    def table(rows: list[tuple[str, str]]) -> str:
        lines = (f"{zh},{ENGLISH[zh]},{note}\n" for zh, note in rows)
        return "zh,en,note\n" + "".join(lines)

    come_in(store, table(first))
    before = state(store)
    now = store.revision()
    revision = come_in(store, table(second))
    after = state(store)
    come_in(store, table(third))
    since = state(store)
    if revision == now:
        store.close()
        return
    taken_back(store, revision)
    ended = state(store)
    for name in set(ENGLISH.values()):
        touched = before.get(name) != after.get(name)
        changed = after.get(name) != since.get(name)
        expected = before if touched and not changed else since
        assert ended.get(name) == expected.get(name), name
    store.close()


def posted(client: FlaskClient, headers: dict[str, str], content: str) -> Any:
    answer = client.post(f"{API}/imports", data=content.encode(), headers=headers)
    return json_of(answer)


def test_over_rest_an_import_is_undone_by_its_revision(
    client: FlaskClient, editor: dict[str, str], admin: dict[str, str]
) -> None:
    report = posted(client, editor, "zh,en\n算力外交,computing-power diplomacy\n")
    address = f"{API}/changesets/{report['revision']}"
    found = json_of(client.get(address))
    assert (found["by"], found["entries"]) == ("editor", 1)
    (item,) = found["items"]
    assert (item["entry"], item["left"]) == ("computing-power-diplomacy", False)
    plan = json_of(client.post(f"{address}/undo?dry_run=true", headers=editor))
    assert (plan["state"], plan["counts"]["retired"]) == ("planned", 1)
    done = json_of(client.post(f"{address}/undo", headers=editor))
    assert (done["state"], done["undoes"]) == ("succeeded", report["revision"])
    assert (done["counts"]["read"], done["counts"]["retired"]) == (1, 1)
    assert done["revision"] == report["revision"] + 1
    again = client.post(f"{API}/imports/{plan['id']}/apply", headers=editor)
    problem(again, 412, "stale")
    assert json_of(client.get(f"{API}/lookup?q=算力外交"))["hits"] == []
    again = json_of(client.post(f"{address}/undo", headers=editor))
    assert (again["state"], again["code"]) == ("failed", "changed-since")
    (place,) = again["problems"]
    assert (place["code"], place["value"]) == ("changed-since", item["entry"])
    assert json_of(client.get(address))["items"][0]["left"] is True


def test_over_rest_a_plan_of_an_undo_is_applied(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    report = posted(client, editor, "zh,en\n算力外交,computing-power diplomacy\n")
    address = f"{API}/changesets/{report['revision']}/undo?dry_run=true"
    plan = json_of(client.post(address, headers=editor))
    applied = client.post(f"{API}/imports/{plan['id']}/apply", headers=editor)
    done = json_of(applied)
    assert (done["state"], done["counts"]) == ("succeeded", plan["counts"])


def test_a_write_that_may_be_sent_again_undoes_once(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    report = posted(client, editor, "zh,en\n算力外交,computing-power diplomacy\n")
    address = f"{API}/changesets/{report['revision']}/undo"
    headers = {**editor, "Idempotency-Key": "undo-1"}
    first = json_of(client.post(address, headers=headers))
    assert json_of(client.post(address, headers=headers)) == first
    other = client.post(f"{address}?dry_run=true", headers=headers)
    assert other.status_code == 422


def test_only_who_made_a_revision_and_admins_undo_it(
    client: FlaskClient, editor: dict[str, str], admin: dict[str, str]
) -> None:
    report = posted(client, admin, "zh,en\n算力外交,computing-power diplomacy\n")
    address = f"{API}/changesets/{report['revision']}/undo"
    problem(client.post(address), 401, "unauthorized")
    problem(client.post(address, headers=editor), 403, "forbidden")
    mine = posted(client, editor, "zh,en\n算力赛,computing race\n")
    theirs = f"{API}/changesets/{mine['revision']}/undo"
    assert json_of(client.post(theirs, headers=admin))["state"] == "succeeded"
    assert json_of(client.post(address, headers=admin))["state"] == "succeeded"


@pytest.mark.parametrize("revision", ["0", "999999", str(2**63), str(2**80)])
def test_a_revision_that_changed_nothing_is_not_found(
    client: FlaskClient, editor: dict[str, str], revision: str
) -> None:
    address = f"{API}/changesets/{revision}"
    problem(client.get(address), 404, "not-found")
    problem(client.post(f"{address}/undo", headers=editor), 404, "not-found")


def test_a_changeset_is_listed_page_by_page(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    rows = "".join(f"第{n}次算力会晤,computing meeting {n}\n" for n in range(7))
    report = posted(client, editor, f"zh,en\n{rows}")
    address = f"{API}/changesets/{report['revision']}?limit=3"
    names = []
    while address:
        answer = client.get(address)
        page = json_of(answer)
        names += [item["entry"] for item in page["items"]]
        address = page["next"]
        assert bool(address) == ("Link" in answer.headers)
    assert names == sorted(names)
    assert len(names) == 7 == page["entries"]


def test_the_command_line_undoes(engine: str, database: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("zh,en\n算力外交,computing-power diplomacy\n", encoding="utf-8")
    report = json.loads(run("import", str(path), "--json", database=database).stdout)
    revision = str(report["revision"])
    planned = run("undo", revision, "--dry-run", database=database)
    assert (planned.returncode, "planned. 1 retired" in planned.stdout) == (0, True)
    done = run("undo", revision, "--json", database=database)
    assert (done.returncode, json.loads(done.stdout)["state"]) == (0, "succeeded")
    again = run("undo", revision, database=database)
    assert again.returncode == 65
    assert "changed since" in again.stderr
    assert run("undo", "999999", database=database).returncode == 1
    assert run("undo", "soon", database=database).returncode == 2


def test_the_client_undoes(server: Server, token: str) -> None:
    with Client(server.address, token=token) as terms:
        content = "zh,en\n算力外交,computing-power diplomacy\n".encode()
        report = terms.import_(content)
        assert report.revision is not None
        done = terms.wait(terms.undo(report.revision))
        assert (done.state, done.undoes) == ("succeeded", report.revision)
        with pytest.raises(NotFound):
            terms.undo(999_999)


@pytest.fixture
def large(engine: str) -> int:
    return 4_000 if engine == "sqlite" else 2_000


def test_a_large_changeset_is_undone_in_the_back_while_others_read(
    server: Server, token: str, large: int
) -> None:
    rows = "".join(f"词语{n}号,term number {n}\n" for n in range(large))
    with Client(server.address, token=token, timeout=120) as terms:
        before = terms.stats()["entries"]["draft"]
        report = terms.wait(terms.import_(f"zh,en\n{rows}".encode()))
        assert report.revision is not None
        job = terms.undo(report.revision)
        assert job.state in {"queued", "running"}
        assert job.progress["total"] == large
        slowest, seen = 0.0, set()
        while not (job := terms.import_report(job.id)).ended:
            began = time.monotonic()
            seen.add(terms.stats()["entries"]["draft"] - before)
            terms.lookup("主权")
            slowest = max(slowest, time.monotonic() - began)
        assert (job.state, job.counts["retired"]) == ("succeeded", large)
        assert seen <= {0, large}
        assert slowest < 5
        assert terms.stats()["entries"]["draft"] == before


def test_a_store_of_the_version_before_is_upgraded_and_its_revisions_undone(
    tmp_path: Path,
) -> None:
    old = SqliteStore(str(tmp_path / "old.db"), busy_timeout=1)
    MIGRATIONS.apply(old._db, stop_before="m010_versions_by_revision")
    revision = come_in(old, FIRST)
    assert "m010_versions_by_revision" in old.upgrade()
    counts, _, _ = taken_back(old, revision)
    assert counts.retired == 3
    plan = old.rows(
        "explain query plan select entry from version where revision = 1 order by entry"
    )
    assert "revision" in str(plan)
    old.close()
