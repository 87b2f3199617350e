"""Sources, subjects, issuers and glossaries are kept with every version of them."""

from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from glossary.curation import fixtures
from glossary.entry import Issuer, Source, Subject
from glossary.errors import Conflict, InUse, NotFound
from glossary.store import SqliteStore, Store, copy, open_store, store_at
from glossary.store.postgres.schema import MIGRATIONS as POSTGRES_MIGRATIONS
from glossary.store.sqlite.migrations import MIGRATIONS
from tests import postgresql
from tests.nouns import entry, major_country

READOUT = Source("readout", {"en": "Talks", "zh-Hans": "会谈"}, "2014-02-14")
MINISTRY = Issuer("mfa-china", {"en": "MFA of China"}, ("外交部", "MFA"))


def put(store: Store, *nouns: Source | Issuer | Subject, by: str = "me") -> None:
    with store.write(by=by) as write:
        for noun in nouns:
            write.nouns.put(noun)


def test_putting_what_is_there_makes_no_version_and_no_revision(store: Store) -> None:
    put(store, READOUT, MINISTRY)
    put(store, READOUT, MINISTRY)
    assert store.revision() == 1
    assert [v.version for v in store.nouns.versions(Source, "readout")] == [1]


def test_a_write_that_fails_leaves_no_noun_behind(store: Store) -> None:
    taken = Issuer("other", {"en": "Another"}, ("外交部",))
    with pytest.raises(Conflict, match="mfa-china"):
        put(store, READOUT, MINISTRY, taken)
    assert store.nouns.all(Source) == []
    put(store, MINISTRY)
    moved = Issuer("mfa-china", {"en": "MFA of China"}, ("MFA",))
    put(store, moved, taken)
    found = store.issuers.of("外交部")
    assert found is not None
    assert found.id == "other"


def test_a_deleted_noun_goes_on_counting_its_versions(store: Store) -> None:
    put(store, READOUT)
    with store.write(by="me") as write:
        write.nouns.delete(Source, "readout")
    with pytest.raises(NotFound):
        store.nouns.one(Source, "readout")
    put(store, READOUT, by="you")
    last, gone, first = store.nouns.versions(Source, "readout")
    assert [v.version for v in (first, gone, last)] == [1, 2, 3]
    assert (gone.document, last.by) == (None, "you")
    (change,) = store.nouns.changes(since=0, limit=9)
    assert change == last


def test_a_source_is_cited_by_a_counterpart_too(store: Store) -> None:
    put(store, READOUT, Source("original", {"zh-Hans": "原文"}))
    cited = {
        "source": "original",
        "counterpart": {"text": "大国关系", "source": "readout"},
    }
    terms = [
        {"lang": "zh-Hans", "text": "大国关系"},
        {"lang": "en", "text": "major-country relations", "citations": [cited]},
    ]
    with store.write(by="me") as write:
        write.create(entry(id="relations", terms=terms))
    for name in ("readout", "original"):
        with pytest.raises(InUse, match="relations"), store.write(by="me") as write:
            write.nouns.delete(Source, name)


def test_what_this_very_write_names_is_in_use(store: Store) -> None:
    put(store, MINISTRY, Subject("poles", {"en": "Poles"}))
    terms = [{"lang": "en", "text": "ice", "issuer": "外交部"}]
    with pytest.raises(InUse, match="ice"), store.write(by="me") as write:
        write.create(entry(id="ice", terms=terms))
        write.nouns.delete(Issuer, "mfa-china")
    with pytest.raises(InUse, match="ice"), store.write(by="me") as write:
        write.create(entry(id="ice", terms=terms, subjects=["poles"]))
        write.nouns.delete(Subject, "poles")


def test_entries_are_listed_once_by_all_names_of_an_issuer(store: Store) -> None:
    put(store, MINISTRY)
    terms = [
        {"lang": "en", "text": "model", "issuer": "MFA"},
        {"lang": "zh-Hans", "text": "模式", "issuer": "外交部"},
    ]
    with store.write(by="me") as write:
        for name in ("b", "a", "c"):
            write.create(entry(id=name, terms=terms))
        write.create(entry(id="d", terms=[terms[0] | {"issuer": "Xinhua"}]))
    assert store.nouns.counted(Issuer) == [
        (store.nouns.one(Issuer, "mfa-china"), 3),
    ]
    issuers = store.issuers
    assert store.nouns.issued_as(issuers, None) == ["Xinhua"]
    texts = store.nouns.issued_as(issuers, issuers.of("外交部"))
    assert texts == ["MFA", "外交部"]
    seen: list[str] = []
    after: tuple[str, int] | None = None
    while True:
        listed = store.browse.listed("issuer", texts, after=after, limit=2)
        seen += [each.id for each in listed.entries]
        if listed.next is None:
            break
        after = listed.next
    assert seen == ["a", "b", "c"]


def test_nouns_and_their_history_are_copied_with_a_store(
    store: Store, tmp_path: Path
) -> None:
    put(store, READOUT, MINISTRY)
    with store.write(by="me") as write:
        write.nouns.delete(Source, "readout")
        write.create(entry(**major_country()))
    target = open_store(str(tmp_path / "copy.db"))
    copy(store, target)
    assert target.nouns.all(Issuer) == store.nouns.all(Issuer)
    versions = store.nouns.versions(Source, "readout")
    assert target.nouns.versions(Source, "readout") == versions
    target.close()


def test_loading_the_curated_glossary_leaves_alone_what_was_changed_here(
    database: Path | str,
) -> None:
    store = open_store(str(database))
    with store.write(by="me") as write:
        ours = Issuer("mfa-china", {"en": "Our ministry"})
        write.nouns.update(ours)
        declaration = write.nouns.one(Source, "vienna-declaration-1993")
        write.nouns.update(replace(declaration, issuer=None))
        write.nouns.delete(Issuer, "world-conference-on-human-rights")
        write.nouns.put(Issuer("vienna", {"en": "World Conference on Human Rights"}))
    again = fixtures.load_curated(store)
    assert (again.issuers, again.sources) == (0, 0)
    assert store.nouns.one(Issuer, "mfa-china").names == {"en": "Our ministry"}
    assert store.nouns.one(Source, "vienna-declaration-1993").issuer is None
    with pytest.raises(NotFound):
        store.nouns.one(Issuer, "world-conference-on-human-rights")


def filled(revision: int = 7) -> list[tuple[str, list[object]]]:
    """SQL that fills a store as the version before kept it."""
    old = (
        '{"id":"readout","title":{"en":"Talks"},"date":"2014","issuer":null,'
        '"lang":"en","url":null}'
    )
    return [
        ("update head set revision = ?", [revision]),
        ("insert into source (id, document) values (?, ?)", ["readout", old]),
        (
            "insert into subject (id, document) values (?, ?)",
            ["poles", '{"id":"poles","label":{"en":"Poles"}}'],
        ),
    ]


def upgraded(store: Store) -> None:
    (version,) = store.nouns.versions(Source, "readout")
    assert (version.version, version.revision, version.by) == (1, 8, "upgrade")
    assert store.nouns.all(Source) == [
        Source("readout", {"en": "Talks"}, "2014", lang="en", version=1)
    ]
    assert store.nouns.one(Subject, "poles").version == 1
    assert store.revision() == 8
    put(store, READOUT)
    assert store.nouns.one(Source, "readout").version == 2


def test_nouns_of_an_older_file_become_version_one(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.touch()
    old = SqliteStore(str(path), busy_timeout=1)
    MIGRATIONS.apply(old._connection, stop_before="m011_nouns_with_history")
    for sql, values in filled():
        old.rows(sql, values)
    assert "m011_nouns_with_history" in old.upgrade()
    upgraded(old)
    old.close()


def test_nouns_of_an_older_database_become_version_one(
    cluster: postgresql.Cluster,
) -> None:
    address = cluster.new()
    with psycopg.connect(address) as connection:
        connection.execute("create table migration (name text primary key)")
        for migration in POSTGRES_MIGRATIONS:
            if migration.__name__ == "m007_nouns_with_history":
                break
            migration(connection)
            connection.execute(
                "insert into migration values (%s)", [migration.__name__]
            )
        for sql, values in filled():
            connection.execute(sql.replace("?", "%s").encode(), values)
    old = store_at(address)
    assert "m007_nouns_with_history" in old.upgrade()
    upgraded(old)
    old.close()
    cluster.drop(address)
