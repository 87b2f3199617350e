import sqlite3
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from glossary.entry.codec import write
from glossary.entry.nouns import Entry
from glossary.errors import (
    Conflict,
    NotFound,
    StoreBusy,
    StoreOutdated,
    StoreUnreadable,
)
from glossary.lookup import lookup
from glossary.query import Query
from glossary.store import SqliteStore, Store, open_store
from glossary.store.examining import unindexed
from glossary.store.searching import Scope
from glossary.store.sqlite.migrations import MIGRATIONS
from glossary.store.sqlite.steps import Step
from glossary.text.fold import key
from glossary.text.gram import grams
from tests.conftest import CONFORMANCE
from tests.nouns import entry, major_country, numbered


def plain_text(document: Entry) -> str:
    return write(document).decode()


def renamed(text: str) -> dict[str, object]:
    return major_country(terms=[{"lang": "en", "text": text, "status": "preferred"}])


def test_a_new_entry_is_version_one_of_revision_one(store: Store) -> None:
    with store.write(by="me") as write:
        made = write.create(entry(**major_country()))
    assert (made.version, store.revision()) == (1, 1)
    assert store.entry(made.id) == made


def test_the_same_id_twice_is_a_conflict_and_nothing_is_written(
    store: Store,
) -> None:
    with store.write(by="me") as write:
        write.create(entry(**major_country()))
    with pytest.raises(Conflict), store.write(by="me") as write:
        write.create(entry(id="before-it", terms=[{"lang": "zh", "text": "主权"}]))
        write.create(entry(**major_country()))
    assert store.revision() == 1
    with pytest.raises(NotFound):
        store.entry("before-it")


def test_every_version_is_kept_with_who_and_what(store: Store) -> None:
    with store.write(by="first") as write:
        write.create(entry(**renamed("new model of major-country relations")))
    with store.write(by="second") as write:
        write.update(entry(**renamed("new model of major-country relationship")))
    newest, oldest = store.versions("new-model-of-major-country-relationship")
    assert (newest.version, newest.by, newest.action) == (2, "second", "update")
    assert newest.changed == ("/terms/0/text",)
    assert (oldest.version, oldest.by, oldest.action) == (1, "first", "create")
    assert oldest.entry is not None
    assert oldest.entry.terms[0].text == "new model of major-country relations"


def test_writing_what_is_there_makes_no_version_and_no_revision(
    store: Store,
) -> None:
    with store.write(by="me") as write:
        write.create(entry(**major_country()))
    with store.write(by="me") as write:
        write.update(entry(**major_country()))
    assert store.revision() == 1
    assert len(store.versions("new-model-of-major-country-relationship")) == 1


def test_an_old_wording_is_not_found_any_more(store: Store) -> None:
    scope = Scope("en")
    with store.write(by="me") as write:
        write.create(entry(**renamed("great power relations")))
    assert store.search.containing("power", scope, 9)
    with store.write(by="me") as write:
        write.update(entry(**renamed("major-country relationship")))
    assert not store.search.containing("power", scope, 9)
    assert not store.search.equal("great power relations", scope, 9)
    assert store.search.containing("country", scope, 9)


def test_a_retired_entry_is_read_but_not_found(store: Store) -> None:
    with store.write(by="me") as write:
        write.create(entry(**major_country(state="retired")))
    assert not store.search.equal("新型大国关系", Scope("zh"), 9)
    assert store.entry("new-model-of-major-country-relationship").state == "retired"
    assert store.entries(limit=9) == []
    assert len(store.entries(limit=9, state="retired")) == 1


def test_a_purged_entry_leaves_a_tombstone_and_its_number(store: Store) -> None:
    with store.write(by="me") as write:
        write.create(entry(**major_country()))
    with store.write(by="boss") as write:
        write.purge("new-model-of-major-country-relationship")
    (change,) = store.changes(since=0, limit=9)
    assert (change.action, change.version, change.document) == ("purge", 2, None)
    with store.write(by="me") as write:
        assert write.create(entry(**major_country())).version == 3
    (change,) = store.changes(since=2, limit=9)
    assert change.action == "create"


@pytest.mark.usefixtures("only_sqlite")
def test_the_gram_table_holds_exactly_the_grams_of_the_terms(
    curated: Store,
) -> None:
    there = Counter(
        gram for (text,) in curated.rows("select key from term") for gram in grams(text)
    )
    connection = sqlite3.connect(curated.path)
    connection.execute("create virtual table temp.v using fts5vocab(main, gram, row)")
    indexed = dict(connection.execute("select term, doc from temp.v").fetchall())
    connection.close()
    of_entries = {gram for gram in indexed if gram[0] in "@#"}
    assert of_entries
    assert {g: n for g, n in indexed.items() if g not in of_entries} == there


def test_frequencies_follow_every_write(store: Store) -> None:
    def kept() -> dict[str, int]:
        rows = store.rows("select gram, n from frequency where n != 0")
        return {row[0]: row[1] for row in rows}

    with store.write(by="me") as write:
        write.create(entry(**renamed("great power relations")))
        write.create(entry(id="b", terms=[{"lang": "zh", "text": "大国"}]))
    assert kept() == {
        "=great": 1,
        "=power": 1,
        "=relation": 1,
        **dict.fromkeys(["大", "国", "大国"], 1),
    }
    with store.write(by="me") as write:
        write.update(entry(**renamed("major-country relationship")))
        write.purge("b")
    assert kept() == {"=major": 1, "=country": 1, "=relationship": 1}


def test_an_older_store_is_indexed_anew_when_it_is_upgraded(tmp_path: Path) -> None:
    path = str(tmp_path / "old.db")
    Path(path).touch()
    old = SqliteStore(path, busy_timeout=1)
    MIGRATIONS.apply(old._connection, stop_before="m003_forgiving_lookup")
    document = entry(**major_country())
    old.rows(
        "insert into entry (id, glossary, state, version, revision, document) "
        "values (?, ?, ?, 1, 1, ?)",
        [document.id, document.glossary, document.state, plain_text(document)],
    )
    assert old.upgrade()
    assert lookup(
        old, Query("new modl of major country relationship"), candidates=9
    ).hits
    old.close()


def test_the_history_of_an_older_store_is_kept_when_proposals_join_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "old.db").touch()
    old = SqliteStore(str(tmp_path / "old.db"), busy_timeout=1)
    MIGRATIONS.apply(old._connection, stop_before="m009_who_proposed_a_version")
    document = entry(**major_country())
    old.rows(
        "insert into entry (id, glossary, state, version, revision, document) "
        "values (?, ?, ?, 1, 1, ?)",
        [document.id, document.glossary, document.state, plain_text(document)],
    )
    old.rows(
        "insert into version (entry, version, revision, at, by, action, changed) "
        "values (?, 1, 1, '2025-01-01T00:00:00.000Z', 'me', 'create', '[]')",
        [document.id],
    )
    assert "m009_who_proposed_a_version" in old.upgrade()
    (version,) = old.versions(document.id)
    assert (version.by, version.proposal) == ("me", None)
    old.close()


@pytest.mark.usefixtures("only_sqlite")
def test_part_of_a_phrase_is_found_without_a_scan(curated: Store) -> None:
    plan = curated.rows(
        "explain query plan select t.n from term t join gram on gram.rowid = t.n "
        "where gram match '\"大国\"' and instr(t.key, '大国') order by gram.rowid"
    )
    assert not [row for row in plan if "SCAN t" in row[3] or "TEMP B-TREE" in row[3]]


def test_changes_come_in_order_and_page_within_one_revision(
    store: Store,
) -> None:
    names = ["a", "b", "c", "d"]
    with store.write(by="me") as write:
        for name in names:
            write.create(entry(id=name, terms=[{"lang": "en", "text": name}]))
    first = store.changes(since=0, limit=3)
    rest = store.changes(since=1, after=first[-1].entry, limit=3)
    assert [change.entry for change in first + rest] == names


def test_a_failing_write_undoes_all_of_it(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write(by="me") as write:
        write.create(entry(**major_country()))
        _ = 1 / 0
    assert store.revision() == 0
    assert store.entries(limit=9) == []


def test_readers_go_on_while_a_write_is_under_way(store: Store) -> None:
    seen = []
    with store.write(by="me") as write:
        write.create(entry(**major_country()))
        reader = threading.Thread(target=lambda: seen.append(store.revision()))
        reader.start()
        reader.join(5)
    assert seen == [0]
    assert store.revision() == 1


def test_eight_threads_of_fifty_writes_all_succeed(store: Store) -> None:
    def work(thread: int) -> None:
        for number in range(50):
            with store.write(by=f"thread {thread}") as write:
                text = f"{thread} {number}"
                write.create(
                    entry(
                        id=f"e-{thread}-{number}", terms=[{"lang": "en", "text": text}]
                    )
                )

    threads = [threading.Thread(target=work, args=(t,)) for t in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.revision() == 400
    assert len(store.changes(since=0, limit=999)) == 400


def test_a_write_that_waits_too_long_says_so(fresh: str) -> None:
    one = open_store(fresh, busy_timeout=0.5)
    other = open_store(fresh, busy_timeout=0.5)
    with one.write(by="me") as write:
        write.create(entry(**major_country()))
        with pytest.raises(StoreBusy), other.write(by="you"):
            pass
    one.close()
    other.close()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "phrases.tbx"
    path.write_text("<tbx>不冲突、不对抗</tbx>" * 100)
    with pytest.raises(StoreUnreadable, match="not an SQLite file"):
        open_store(str(path))
    assert path.read_text().startswith("<tbx>")


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "browser.db"
    other = sqlite3.connect(path)
    other.execute("create table bookmarks (id)")
    other.close()
    with pytest.raises(StoreUnreadable, match="not a glossary"):
        open_store(str(path))


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreadable, match="folder"):
        open_store(str(tmp_path / "nowhere" / "glossary.db"))


def test_an_older_file_must_be_upgraded_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "old.db")
    open_store(path).close()
    later = [*MIGRATIONS.all]
    later.append(Step("m999_later", lambda db: None))
    monkeypatch.setattr(MIGRATIONS, "all", later)
    with pytest.raises(StoreOutdated, match="glossary db upgrade"):
        open_store(path)
    old = SqliteStore(path, busy_timeout=1)
    assert old.upgrade() == ["m999_later"]
    old.close()
    open_store(path).close()


@pytest.mark.parametrize("name", sorted(CONFORMANCE))
def test_what_is_to_run_over_both_engines_is_there(name: str) -> None:
    assert find_spec(name) is not None


def test_keys_lead_to_every_homograph(store: Store) -> None:
    with store.write(by="me") as write:
        for name in ("common-destiny", "shared-future"):
            write.create(
                entry(id=name, terms=[{"lang": "en", "text": "community of destiny"}])
            )
    found = store.search.equal(key("Community of Destiny"), Scope("en"), 9)
    assert {e.id for _, _, e in found} == {"common-destiny", "shared-future"}


def test_nodes_that_start_at_once_make_one_store(fresh: str) -> None:
    begin = threading.Barrier(4)

    def start() -> int:
        begin.wait()
        opened = open_store(fresh)
        try:
            return opened.revision()
        finally:
            opened.close()

    with ThreadPoolExecutor(4) as pool:
        started = [pool.submit(start) for _ in range(4)]
    assert [each.result() for each in started] == [0, 0, 0, 0]


CHANGES = {
    "a note": {"note": "Of 2013."},
    "a definition": {"definition": {"en": "An idea of how large countries get on."}},
    "nothing said any more": {"note": "", "definition": {}},
    "a subject": {"subjects": ["bilateral-relations"]},
    "an approved state": {"state": "approved"},
    "no longer used": {"state": "retired"},
    "used again": {"state": "draft", "note": "Of 2013."},
    "another glossary": {"glossary": "speeches"},
    "a citation": {
        "terms": [
            {
                "lang": "zh-Hans",
                "text": "新型大国关系",
                "status": "preferred",
                "citations": [{"source": "wang-yi-kerry-2014"}],
            },
            {"lang": "en", "text": "new model of major-country relationship"},
        ]
    },
    "another status": {
        "terms": [
            {"lang": "zh-Hans", "text": "新型大国关系", "status": "admitted"},
            {"lang": "en", "text": "new model of major-country relationship"},
        ]
    },
}


def test_the_index_is_what_the_entries_make_of_it_after_every_change(
    store: Store,
) -> None:
    state: dict[str, object] = {"note": "Since 2012.", "definition": {"zh": "构想。"}}
    with store.write(by="me") as write:
        write.create(entry(**major_country(**state)))
        write.create(entry(**numbered(1)))
    for one_by_one in (True, False):
        for name, change in CHANGES.items():
            state |= change
            new = entry(**major_country(**state))
            with store.write(by="me") as write:
                if one_by_one:
                    write.update(new)
                else:
                    write.update_all([entry(**numbered(1)), new], "update")
            assert unindexed(store) == [], name


def test_a_note_leaves_the_terms_of_an_entry_where_they_stand(store: Store) -> None:
    rows = "select n, entry, ordinal from term order by n"
    with store.write(by="me") as write:
        made = write.create(entry(**major_country()))
        write.create(entry(**numbered(1)))
    before = store.rows(rows)
    with store.write(by="me") as write:
        write.update(replace(made, note="Of 2013."))
    assert store.rows(rows) == before
    assert unindexed(store) == []


def test_a_thread_that_has_ended_keeps_no_connection(store: Store) -> None:
    """PostgreSQL lends 64 of them, and a process has some hundred files."""

    def read() -> None:
        revisions.append(store.revision())

    revisions: list[int] = []
    before = len([*Path("/proc/self/fd").iterdir()])
    for _ in range(70):
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    assert revisions == [0] * 70
    # A pool opens another connection while one is still on its way back to it.
    assert len([*Path("/proc/self/fd").iterdir()]) < before + 35
