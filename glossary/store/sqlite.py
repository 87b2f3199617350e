"""The store in one SQLite file, through sqlite-utils.

Each thread keeps one connection. Readers see the newest commit and are never
blocked (WAL). Writers go through one door, `SqliteStore.write`, which begins
IMMEDIATE, so that two of them queue instead of failing.
"""

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
from sqlite_utils import Database

from glossary import document
from glossary.document import read_entry, read_source, read_subject
from glossary.entry import Change, Dictionary, Entry, Source, Subject, Version
from glossary.errors import (
    N_,
    NotFound,
    StoreBusy,
    StoreError,
    StoreOutdated,
    StoreUnreadable,
)
from glossary.query import Once
from glossary.store.browsing import Browse, page
from glossary.store.migrations import MIGRATIONS
from glossary.store.proposals import Proposals
from glossary.store.searching import Search
from glossary.store.wordings import Wordings
from glossary.store.writing import Write


class SqliteStore:
    """Entries, their history, sources, subjects and tokens in one file."""

    def __init__(self, path: str, *, busy_timeout: float) -> None:
        self.path = path
        self.search = Search(self.rows)
        self.browse = Browse(self.rows)
        self.proposals = Proposals(self.rows)
        self.wordings = Wordings(self.rows)
        self._busy_timeout = busy_timeout
        self._local = threading.local()
        self._door = threading.Lock()
        self._open: list[sqlite3.Connection] = []

    def close(self) -> None:
        """Close every thread's connection."""
        while self._open:
            self._open.pop().close()
        self._local = threading.local()

    def check(self) -> None:
        """Make a new file ready; raise when the file cannot serve as it is."""
        tables = set(self._db.table_names())
        if not tables:
            self.upgrade()
        elif "head" not in tables or "_sqlite_migrations" not in tables:
            raise StoreUnreadable(
                N_("%(path)s is an SQLite file, but no glossary."), path=self.path
            )
        elif self.pending():
            raise StoreOutdated(
                N_("%(path)s was made by an older version; run: glossary db upgrade"),
                path=self.path,
            )

    def pending(self) -> list[str]:
        """Return the names of the migrations that `upgrade` would apply."""
        return [migration.name for migration in MIGRATIONS.pending(self._db)]

    def upgrade(self) -> list[str]:
        """Bring the file's schema up to date; return the names of what was applied."""
        if self._db.journal_mode != "wal":
            self._db.enable_wal()
        with self._transaction():
            names = self.pending()
            MIGRATIONS.apply(self._db)
        return names

    def revision(self) -> int:
        """Return the number of write transactions so far."""
        return int(self.rows("select revision from head")[0][0])

    def entry(self, entry_id: str) -> Entry:
        """Return an entry; raise NotFound."""
        rows = self.rows("select document from entry where id = ?", [entry_id])
        if not rows:
            raise NotFound(N_("There is no entry “%(id)s”."), id=entry_id)
        return read_entry(rows[0][0])

    def entries(
        self,
        *,
        limit: int,
        after: str = "",
        glossary: str | None = None,
        subject: str | None = None,
        state: str | None = None,
    ) -> list[Entry]:
        """Return entries in the order of their ids, from after an id on.

        Without a state, retired entries are left out.
        """
        rows = self.rows(*page(after, limit, glossary, subject, state))
        return [read_entry(row[0]) for row in rows]

    def all_entries(self, glossary: str | None = None) -> Iterator[Entry]:
        """Yield every entry in use, in the order of ids, as of this moment."""
        after = ""
        while page := self.entries(limit=500, after=after, glossary=glossary):
            yield from page
            after = page[-1].id

    def in_use(self, ids: Sequence[str], glossary: str | None = None) -> set[str]:
        """Return those of some ids that are entries in use, of a glossary or of any."""
        rows = self.rows(
            "select id from entry where id in (select value from json_each(?)) "
            "and state != 'retired' and (? is null or glossary = ?)",
            [document.write(ids).decode(), glossary, glossary],
        )
        return {row[0] for row in rows}

    def entries_of(self, ids: Sequence[str]) -> list[Entry]:
        """Return the entries of those ids that exist, in the order of their ids."""
        rows = self.rows(
            "select document from entry where id in "
            "(select value from json_each(?)) order by id",
            [document.write(ids).decode()],
        )
        return [read_entry(row[0]) for row in rows]

    def versions(self, entry_id: str) -> list[Version]:
        """Return the history of an entry, newest first; raise NotFound."""
        rows = self.rows(
            'select v.version, v.revision, v.at, v."by", v.action, v.changed, '
            "coalesce(v.document, e.document) from version v "
            "join entry e on e.id = v.entry where v.entry = ? order by v.version desc",
            [entry_id],
        )
        if not rows:
            raise NotFound(N_("There is no entry “%(id)s”."), id=entry_id)
        return [
            Version(
                version=number,
                revision=revision,
                at=at,
                by=by,
                action=action,
                changed=tuple(orjson.loads(changed)),
                entry=read_entry(text),
            )
            for number, revision, at, by, action, changed, text in rows
        ]

    def changes(self, *, since: int, after: str = "", limit: int) -> list[Change]:
        """Return the newest state of what moved, in the order of revision and id.

        Begin after the entry `after` of revision `since`; with no entry, after the
        whole of that revision.
        """
        place = "(revision, id) > (?, ?)" if after else "revision > ?"
        values = [since, after] if after else [since]
        rows = self.rows(
            "select e.revision, e.id, e.version, v.action, v.at, "  # noqa: S608 - fixed words only.
            'v."by" as "by", e.document '
            f"from (select * from entry where {place} order by revision, id limit ?) e "
            "join version v on v.entry = e.id and v.version = e.version "
            "union all "
            "select revision, id, version, 'purge', at, \"by\", null "
            f"from tombstone where {place} order by 1, 2 limit ?",
            [*values, limit, *values, limit],
        )
        return [
            Change(
                revision=revision,
                entry=name,
                version=version,
                action=action,
                at=at,
                by=by,
                document=read_entry(text) if text else None,
            )
            for revision, name, version, action, at, by, text in rows
        ]

    def glossaries(self) -> list[tuple[str, int]]:
        """Return each glossary with the number of its entries that are not retired."""
        rows = self.rows(
            "select name, n from tally where kind = 'glossary' "
            "and exists (select 1 from entry where glossary = name) order by name"
        )
        return [(row[0], row[1]) for row in rows]

    def subjects(self) -> list[tuple[Subject, int]]:
        """Return each subject field, known by name or only used, with its count."""
        labels = {
            row[0]: read_subject(row[1]).label
            for row in self.rows("select id, document from subject")
        }
        counts = self.browse.tally("subject")
        return [
            (Subject(name, labels.get(name, {})), counts.get(name, 0))
            for name in sorted({*labels, *counts})
        ]

    def sources(self, ids: Sequence[str] | None = None) -> list[Source]:
        """Return the sources of those ids, or all, in the order of their ids."""
        if ids is None:
            rows = self.rows("select document from source order by id")
        else:
            rows = self.rows(
                "select document from source where id in "
                "(select value from json_each(?)) order by id",
                [document.write(ids).decode()],
            )
        return [read_source(row[0]) for row in rows]

    def dictionaries(self) -> list[Dictionary]:
        """Return the glossaries that other tools keep, in the order of their ids."""
        rows = self.rows("select document from dictionary order by id")
        return [document.read(row[0], Dictionary) for row in rows]

    def stats(self) -> Mapping[str, Any]:
        """Return counts over the whole store."""
        return {
            "revision": self.revision(),
            "entries": self.browse.tally("state"),
            "terms": self.browse.tally("lang"),
            "statuses": self.browse.tally("status"),
            "glossaries": len(self.glossaries()),
            "sources": self.rows("select count(*) from source")[0][0],
        }

    def note_missed(self, counts: Mapping[str, int], *, most: int) -> None:
        """Add to the numbers of look-ups that found nothing; keep the `most` frequent.

        This is no change of the glossary: the revision stays.
        """
        with self._door, self._transaction():
            run = self._db.conn.executemany
            run(
                "insert into missed (q, n) values (?, ?) "
                "on conflict (q) do update set n = n + excluded.n",
                sorted(counts.items()),
            )
            run(
                "delete from missed where q in "
                "(select q from missed order by n desc, q limit -1 offset ?)",
                [[most]],
            )

    def missed(self, *, limit: int) -> list[tuple[str, int]]:
        """Return queries that found nothing, the most frequent first."""
        rows = self.rows("select q, n from missed order by n desc, q limit ?", [limit])
        return [(row[0], row[1]) for row in rows]

    def imported(self, import_id: str) -> tuple[int, dict[str, int]] | None:
        """Return revision and counts of an import that was written, or None."""
        rows = self.rows(
            'select revision, counts from "import" where id = ?', [import_id]
        )
        return (rows[0][0], orjson.loads(rows[0][1])) if rows else None

    def token(self, digest: str) -> tuple[str, str] | None:
        """Return name and scope of the token with this digest, or None."""
        rows = self.rows("select name, scope from token where digest = ?", [digest])
        return (rows[0][0], rows[0][1]) if rows else None

    def tokens(self) -> list[tuple[str, str, str]]:
        """Return name, scope and time of making of every token."""
        rows = self.rows("select name, scope, created from token order by name")
        return [(row[0], row[1], row[2]) for row in rows]

    @contextmanager
    def write(self, *, by: str, once: Once | None = None) -> Iterator[Write]:
        """Open the one write door; commit at the end, or undo all on an error.

        Raise StoreBusy when another writer does not finish in time, and DoneBefore
        when `once` names a write that was done already.
        """
        if not self._door.acquire(timeout=self._busy_timeout):
            raise _busy()
        try:
            with self._transaction():
                write = Write(self._db, by, once)
                yield write
                write.finish()
        finally:
            self._door.release()

    @contextmanager
    def rehearse(self, *, by: str) -> Iterator[Write]:
        """Open a write that is never kept and holds nobody up.

        It works on a copy of the file, which is gone afterwards.
        """
        folder = Path(self.path).absolute().parent
        with TemporaryDirectory(prefix=".rehearsal-", dir=folder) as name:
            target = str(Path(name) / "copy.db")
            with closing(sqlite3.connect(target)) as copy:
                self._db.conn.backup(copy)
            other = SqliteStore(target, busy_timeout=self._busy_timeout)
            try:
                other.rows("pragma synchronous = off")
                with other.write(by=by) as write:
                    yield write
            finally:
                other.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a read; raise StoreError when SQLite cannot."""
        try:
            return self._db.conn.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(
                N_("The store cannot be read: %(reason)s"), reason=error
            ) from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        connection = self._db.conn
        try:
            connection.execute("begin immediate")
        except sqlite3.OperationalError as error:
            raise _busy() if "locked" in str(error) else _failed(error) from error
        try:
            yield
            connection.execute("commit")
        except sqlite3.OperationalError as error:
            raise _failed(error) from error
        finally:
            if connection.in_transaction:
                connection.execute("rollback")

    @property
    def _db(self) -> Database:
        db: Database | None = getattr(self._local, "db", None)
        if db is None:
            db = self._local.db = self._connected()
        return db

    def _connected(self) -> Database:
        if not Path(self.path).absolute().parent.is_dir():
            raise StoreUnreadable(
                N_("The folder of %(path)s does not exist."), path=self.path
            )
        try:
            connection = sqlite3.connect(
                self.path,
                timeout=self._busy_timeout,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=256,
            )
            connection.execute("pragma synchronous = full")
            connection.execute("pragma cache_size = -65536")
            connection.execute("select count(*) from sqlite_master")
        except sqlite3.OperationalError as error:
            raise StoreUnreadable(
                N_("%(path)s cannot be opened: %(reason)s"),
                path=self.path,
                reason=error,
            ) from error
        except sqlite3.DatabaseError:
            raise StoreUnreadable(
                N_("%(path)s is not an SQLite file."), path=self.path
            ) from None
        self._open.append(connection)
        return Database(connection)


def _busy() -> StoreBusy:
    return StoreBusy(N_("Another write is under way; try again in a moment."))


def _failed(error: sqlite3.Error) -> StoreError:
    return StoreError(N_("The store cannot be written: %(reason)s"), reason=error)
