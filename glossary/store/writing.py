"""One write transaction: everything that changes the SQLite store."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from sqlite_utils import Database

from glossary import document
from glossary.entry import STATUSES, Entry, Source, Subject, Term
from glossary.errors import N_, Conflict, NotFound
from glossary.fold import key
from glossary.gram import grams
from glossary.language import primary

#: A term's number is its key's length, shifted by this, plus a running number.
LENGTH_SHIFT: Final = 40


class Write:
    """An open transaction, made by the store's door and gone with it.

    The revision moves with the first thing that changes; a transaction that finds
    nothing to change leaves it alone.
    """

    def __init__(self, db: Database, by: str) -> None:
        self._db = db
        self._by = by
        self._at = datetime.now(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"

    @cached_property
    def revision(self) -> int:
        """The revision that this transaction makes."""
        self._db.execute("update head set revision = revision + 1")
        return int(self._db.execute("select revision from head").fetchone()[0])

    def find(self, entry_id: str) -> Entry | None:
        """Return the entry as this transaction sees it."""
        row = self._db.execute(
            "select document from entry where id = ?", [entry_id]
        ).fetchone()
        return row and document.read_entry(row[0])

    def entry(self, entry_id: str) -> Entry:
        """Return the entry as this transaction sees it; raise NotFound."""
        found = self.find(entry_id)
        if found is None:
            raise NotFound(N_("There is no entry “%(id)s”."), id=entry_id)
        return found

    def author(self, entry_id: str) -> str:
        """Return who wrote the newest version of an entry."""
        row = self._db.execute(
            'select "by" from version where entry = ? order by version desc limit 1',
            [entry_id],
        ).fetchone()
        return str(row[0])

    def create(self, entry: Entry) -> Entry:
        """Store a new entry and return it with its version; raise Conflict.

        An id that was purged before goes on with the version after the purge.
        """
        if self.find(entry.id) is not None:
            raise Conflict(N_("There is an entry “%(id)s” already."), id=entry.id)
        row = self._db.execute(
            "delete from tombstone where id = ? returning version", [entry.id]
        ).fetchone()
        version = row[0] + 1 if row else 1
        entry = replace(entry, version=version, created=self._at, modified=self._at)
        cursor = self._db.execute(
            "insert into entry (id, glossary, state, version, revision, document) "
            "values (?, ?, ?, ?, ?, ?)",
            [entry.id, *self._columns(entry)],
        )
        self._index(int(cursor.lastrowid or 0), entry)
        self._record(entry, "create", ())
        return entry

    def update(self, entry: Entry, action: str = "update") -> Entry:
        """Store a new version of an entry and return it.

        An entry that says what is stored already is returned as it is stored, and
        no version is made.
        """
        n, text = self._db.execute(
            "select n, document from entry where id = ?", [entry.id]
        ).fetchone()
        old = document.read_entry(text)
        entry = replace(
            entry, version=old.version, created=old.created, modified=old.modified
        )
        if entry == old:
            return old
        changed = _changed(document.plain(old), document.plain(entry))
        entry = replace(entry, version=old.version + 1, modified=self._at)
        self._db.execute(
            "update version set document = ? where entry = ? and version = ?",
            [text, old.id, old.version],
        )
        self._db.execute(
            "update entry set glossary = ?, state = ?, version = ?, revision = ?, "
            "document = ? where n = ?",
            [*self._columns(entry), n],
        )
        self._unindex(n)
        self._index(n, entry)
        self._record(entry, action, changed)
        return entry

    def purge(self, entry_id: str) -> None:
        """Remove an entry with its history; only a tombstone stays; raise NotFound."""
        entry = self.entry(entry_id)
        (n,) = self._db.execute(
            "select n from entry where id = ?", [entry_id]
        ).fetchone()
        self._unindex(n)
        self._db.execute("delete from entry where n = ?", [n])
        self._db.execute("delete from version where entry = ?", [entry_id])
        self._db.execute(
            'insert into tombstone (id, version, revision, at, "by") '
            "values (?, ?, ?, ?, ?)",
            [entry_id, entry.version + 1, self.revision, self._at, self._by],
        )

    def put_source(self, source: Source) -> bool:
        """Store a source; return whether anything changed."""
        return self._put("source", source)

    def put_subject(self, subject: Subject) -> bool:
        """Store a subject field; return whether anything changed."""
        return self._put("subject", subject)

    def add_token(self, digest: str, *, name: str, scope: str) -> None:
        """Store a token's digest; raise Conflict when the name is taken."""
        try:
            self._db.table("token").insert(
                {
                    "digest": digest,
                    "name": name,
                    "scope": scope,
                    "created": self._at,
                }
            )
        except sqlite3.IntegrityError:
            raise Conflict(
                N_("There is a token “%(name)s” already."), name=name
            ) from None

    def remove_token(self, name: str) -> None:
        """Remove a token by its name; raise NotFound."""
        if not self._db.execute("delete from token where name = ?", [name]).rowcount:
            raise NotFound(N_("There is no token “%(name)s”."), name=name)

    def _put(self, table: str, noun: Source | Subject) -> bool:
        text = document.write(noun).decode()
        rows = self._db.table(table).rows_where("id = ?", [noun.id])
        if next(iter(rows), {}).get("document") == text:
            return False
        _ = self.revision
        self._db.table(table).upsert({"id": noun.id, "document": text}, pk="id")
        return True

    def _columns(self, entry: Entry) -> list[str | int]:
        text = document.write(entry).decode()
        return [entry.glossary, entry.state, entry.version, self.revision, text]

    def _record(self, entry: Entry, action: str, changed: tuple[str, ...]) -> None:
        self._db.execute(
            'insert into version (entry, version, revision, at, "by", action, changed)'
            " values (?, ?, ?, ?, ?, ?, ?)",
            [
                entry.id,
                entry.version,
                self.revision,
                self._at,
                self._by,
                action,
                document.write(changed).decode(),
            ],
        )

    def _index(self, n: int, entry: Entry) -> None:
        """Make an entry findable; a retired one is not."""
        for subject in entry.subjects:
            self._db.execute(
                "insert into entry_subject (subject, entry) values (?, ?)",
                [subject, n],
            )
        if entry.state == "retired":
            return
        for ordinal, term in enumerate(entry.terms):
            if matched_by := key(term.text):
                number = self._number(len(matched_by))
                self._db.execute(
                    "insert into term (n, entry, ordinal, lang, rank, key) "
                    "values (?, ?, ?, ?, ?, ?)",
                    [
                        number,
                        n,
                        ordinal,
                        primary(term.lang),
                        _rank(entry, term),
                        matched_by,
                    ],
                )
                self._db.execute(
                    "insert into gram (rowid, grams) values (?, ?)",
                    [number, _gram_text(matched_by)],
                )

    def _unindex(self, n: int) -> None:
        self._db.execute("delete from entry_subject where entry = ?", [n])
        for number, matched_by in self._db.execute(
            "delete from term where entry = ? returning n, key", [n]
        ).fetchall():
            self._db.execute(
                "insert into gram (gram, rowid, grams) values ('delete', ?, ?)",
                [number, _gram_text(matched_by)],
            )

    def _number(self, length: int) -> int:
        lowest = length << LENGTH_SHIFT
        (highest,) = self._db.execute(
            "select max(n) from term where n >= ? and n < ?",
            [lowest, (length + 1) << LENGTH_SHIFT],
        ).fetchone()
        return lowest if highest is None else int(highest) + 1


def _rank(entry: Entry, term: Term) -> int:
    return STATUSES.index(term.status) + len(STATUSES) * (entry.state == "draft")


def _gram_text(matched_by: str) -> str:
    return " ".join(sorted(grams(matched_by)))


def _changed(old: object, new: object, pointer: str = "") -> tuple[str, ...]:
    """Return RFC 6901 pointers to what differs between two documents."""
    if old == new:
        return ()
    if isinstance(old, dict) and isinstance(new, dict):
        return tuple(
            place
            for name in {**old, **new}
            for place in _changed(
                old.get(name),
                new.get(name),
                f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}",
            )
        )
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return tuple(
            place
            for at, pair in enumerate(zip(old, new, strict=True))
            for place in _changed(*pair, f"{pointer}/{at}")
        )
    return (pointer,)
