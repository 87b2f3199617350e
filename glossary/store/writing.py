"""One write transaction: everything that changes the store."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from glossary.entry import (
    DECISIONS,
    Dictionary,
    Entry,
    Proposal,
    Proposed,
    codec,
    step,
)
from glossary.errors import Conflict, Stale
from glossary.message import N_
from glossary.query import Once
from glossary.store.connection import Connection, Cursor
from glossary.store.describing import Describing
from glossary.store.enrolling import Enrolling
from glossary.store.findable import Ready
from glossary.store.forgetting import Forgetting
from glossary.store.indexing import Index
from glossary.store.inside import Inside
from glossary.store.matching import Matching
from glossary.store.once import must_be_new, note
from glossary.store.teaming import Teaming

Guard = Callable[[Entry | None, Entry, str, Proposed | None], None]


_INSERT: Final = (
    "insert into entry (n, id, glossary, state, version, revision, document) "
    "values (?, ?, ?, ?, ?, ?, ?)"
)
#: An entry's newest document stands with the entry, older ones with their versions.
_KEEP_OLD: Final = "update version set document = ? where entry = ? and version = ?"
_STORE_NEW: Final = (
    "update entry set glossary = ?, state = ?, version = ?, revision = ?, document = ? "
    "where n = ?"
)

_RECORD: Final = (
    'insert into version (entry, version, revision, at, "by", action, '
    "changed, proposal) values (?, ?, ?, ?, ?, ?, ?, ?)"
)
#: The same with a reason; stores of long ago have no place for one.
_RECORD_WHY: Final = (
    'insert into version (entry, version, revision, at, "by", action, '
    "changed, proposal, reason) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def _changed(old: Entry, new: Entry) -> tuple[str, ...]:
    """Return where two versions of an entry differ, but for what the store knows."""
    same = _as_stored(new, old)
    return codec.changed(codec.plain(old), codec.plain(same))


def _as_stored(entry: Entry, old: Entry) -> Entry:
    """Return an entry with what the store knows of it."""
    return replace(
        entry, version=old.version, created=old.created, modified=old.modified
    )


def _anything(*_: object) -> None:
    """Let everything be written."""


def new_epoch() -> str:
    """Return what tells a store from every other: eight characters at random."""
    return secrets.token_hex(4)


def moved(now: object, then: object) -> Stale:
    """Return the error of a plan that was made at another revision."""
    return Stale(
        N_("The store is at revision %(now)s, not %(then)s; plan again."),
        now=now,
        then=then,
    )


class Write(Inside):
    """An open transaction, made by the store's door and gone with it.

    The revision moves with the first thing that changes; a transaction that finds
    nothing to change leaves it alone.
    """

    def __init__(
        self, connection: Connection, index: Index, by: str, once: Once | None = None
    ) -> None:
        super().__init__(connection)
        self._by = by
        self._at = datetime.now(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
        self._index = index
        self._once = once
        #: Asked before an entry is written: the one before, the new one, what is done,
        #: and who proposed it. It raises what keeps it from being written.
        self.guard: Guard = _anything
        #: Why this is written, for the history.
        self.reason = ""
        #: The entry that was written last, and its version.
        self._newest: tuple[str, int] | None = None
        #: Writes of sources, subjects, issuers and glossaries.
        self.nouns = Describing(
            connection,
            by=by,
            at=self._at,
            revision=lambda: self.revision,
            settle=index.finish,
        )
        #: Writes of people, their roles, tokens and sessions, and of the log.
        self.people = Enrolling(connection, by=by, at=self._at)
        #: Writes of tasks, remarks, notices and webhooks.
        self.team = Teaming(connection, by=by, at=self._at)
        self.forgetting = Forgetting(connection, revision=lambda: self.revision)
        if once is not None:
            must_be_new(connection, once, by)

    @cached_property
    def revision(self) -> int:
        """The revision that this transaction makes."""
        self._execute("update head set revision = ?", [self._revision_before + 1])
        return self._revision_before + 1

    @property
    def copied(self) -> tuple[Callable[..., Cursor], Index]:
        """What the copy of another store is written by, past all the rules here."""
        return self._execute, self._index

    @property
    def new_revision(self) -> int:
        """The revision that was made; 0 as long as nothing has changed."""
        return int(vars(self).get("revision", 0))

    def begin_epoch(self) -> str:
        """Make this store another one than those it was copied from or to."""
        epoch = new_epoch()
        self._execute("update head set epoch = ?", [epoch])
        return epoch

    def finish(self) -> None:
        """Index and note what is waiting; the store's door does it before the end."""
        self._index.finish()
        newest = self._newest or self.nouns.newest
        if self._once is not None and newest is not None:
            note(self._connection, self._once, self._by, newest)

    def matching(self) -> Matching:
        """Return what finds the entry that a record means."""
        next_revision = self._revision_before + 1
        return Matching(self._connection, next_revision, self.nouns.issuers())

    @property
    def at(self) -> str:
        """When what this transaction makes is made, in UTC."""
        return self._at

    def create(
        self,
        entry: Entry,
        *,
        proposed: Proposed | None = None,
        ready: Ready | None = None,
    ) -> Entry:
        """Store a new entry and return it with its version; raise Conflict.

        An id that was purged before goes on with the version after the purge. Its
        history says who proposed it. What is `ready` was made of this very entry, whose
        id the caller has seen to be free.
        """
        self.guard(None, entry, "create", proposed)
        version = self._purged_version(entry.id) + 1
        if ready is not None and version == 1 and ready.at == self._at:
            entry = ready.entry
            row = [entry.glossary, entry.state, 1, self.revision, ready.document]
            n = self._index.next_entry()
            self._execute(_INSERT, [n, entry.id, *row])
            self._index.add(n, entry, ready.rows)
        else:
            entry = replace(entry, version=version, created=self._at, modified=self._at)
            n = self._index.next_entry()
            result = self._execute(
                f"{_INSERT} on conflict (id) do nothing",
                [n, entry.id, *self._columns(entry)],
            )
            if not result.rowcount:
                raise Conflict(N_("There is an entry “%(id)s” already."), id=entry.id)
            self._index.add(n, entry)
        self._record(entry, "create", (), proposed)
        self._newest = entry.id, entry.version
        return entry

    def update(
        self, entry: Entry, action: str = "update", *, proposed: Proposed | None = None
    ) -> Entry:
        """Store a new version of an entry and return it; its history says who proposed.

        An entry that says what is stored already is returned as it is stored, and
        no version is made.
        """
        n, text = self._execute(
            "select n, document from entry where id = ?", [entry.id]
        ).fetchone()
        old = codec.read_entry(text)
        self._newest = old.id, old.version
        entry = _as_stored(entry, old)
        if entry == old:
            return old
        self.guard(old, entry, action, proposed)
        pointers = _changed(old, entry)
        if pointers == ("/state",) and action == "update":
            action = step(old.state, entry.state)
        # Where the clock has gone back, time stands still until it is as late again.
        at = max(self._at, old.modified)
        entry = replace(entry, version=old.version + 1, modified=at)
        self._newest = entry.id, entry.version
        self._execute(_KEEP_OLD, [text, old.id, old.version])
        self._execute(_STORE_NEW, [*self._columns(entry), n])
        self._index.renew({n: (old, entry)})
        self._record(entry, action, pointers, proposed)
        return entry

    def update_all(self, entries: Sequence[Entry], action: str) -> list[Entry]:
        """Store new versions of some hundreds of entries as `update` does, and faster.

        Return them in their order. Each is there, and stands among them once.
        """
        names = codec.write([entry.id for entry in entries]).decode()
        rows = self._execute(
            "select id, n, document from entry where id in "
            "(select value from json_each(?))",
            [names],
        ).fetchall()
        rows_by_id = {name: (n, text, codec.read_entry(text)) for name, n, text in rows}
        entries_now: list[Entry] = []
        updates: list[tuple[int, str, Entry, Entry]] = []
        for entry in entries:
            n, text, old = rows_by_id[entry.id]
            new = _as_stored(entry, old)
            if new != old:
                self.guard(old, new, action, None)
                at = max(self._at, old.modified)
                new = replace(new, version=old.version + 1, modified=at)
                updates.append((n, text, old, new))
            entries_now.append(new)
        if not updates:
            return entries_now
        self._connection.executemany(
            _KEEP_OLD, [[text, old.id, old.version] for _, text, old, _ in updates]
        )
        self._connection.executemany(
            _STORE_NEW, [[*self._columns(new), n] for n, _, _, new in updates]
        )
        self._index.renew({n: (old, new) for n, _, old, new in updates})
        self._connection.executemany(
            self._record_sql,
            [
                self._version(new, action, _changed(old, new))
                for _, _, old, new in updates
            ],
        )
        self._newest = updates[-1][3].id, updates[-1][3].version
        return entries_now

    def purge(self, entry_id: str) -> None:
        """Remove an entry with its history; only a tombstone stays; raise NotFound."""
        entry = self.entry(entry_id)
        self._newest = entry_id, entry.version + 1
        (n,) = self._execute("select n from entry where id = ?", [entry_id]).fetchone()
        self._index.remove(n, entry)
        vars(self).pop("_tombstones", None)
        self._execute("delete from entry where n = ?", [n])
        self._execute("delete from version where entry = ?", [entry_id])
        at = max(self._at, entry.modified)
        self._execute(
            'insert into tombstone (id, version, revision, at, "by") '
            "values (?, ?, ?, ?, ?)",
            [entry_id, entry.version + 1, self.revision, at, self._by],
        )

    def note_import(self, import_id: str, counts: Mapping[str, int]) -> None:
        """Note, with the write itself, that an import has come to its end.

        Whoever finds the import cut off can tell from this whether it was.
        """
        self._execute(
            'insert into "import" (id, revision, counts) values (?, ?, ?)',
            [import_id, self.revision, codec.write(counts).decode()],
        )

    def add_proposal(self, proposal: Proposal) -> Proposal:
        """Keep a proposal and return it with its number; the revision stays."""
        proposal = replace(proposal, by=self._by, at=self._at)
        (number,) = self._execute(
            "insert into proposal (entry, state, document) values (?, ?, ?) "
            "returning id",
            [proposal.entry, proposal.state, codec.write(proposal).decode()],
        ).fetchone()
        return replace(proposal, id=int(number))

    def settle_proposal(self, proposal: Proposal, state: str, reason: str) -> Proposal:
        """Note what an editor decided; raise Conflict when it is decided already."""
        outcome = replace(
            proposal,
            state=state,
            reason=reason,
            decided_by=self._by,
            decided=self._at,
        )
        result = self._execute(
            "update proposal set state = ?, document = ? where id = ? and state = ?",
            [state, codec.write(outcome).decode(), proposal.id, DECISIONS[0]],
        )
        if not result.rowcount:
            raise Conflict(
                N_("The proposal %(id)s is decided already."), id=proposal.id
            )
        return outcome

    def put_dictionary(self, dictionary: Dictionary) -> bool:
        """Store what another tool calls its glossary; return whether it changed."""
        text = codec.write(dictionary).decode()
        rows = self._execute(
            "select document from dictionary where id = ?", [dictionary.id]
        )
        if rows.fetchone() == (text,):
            return False
        _ = self.revision
        self._execute(
            "insert into dictionary (id, document) values (?, ?) "
            "on conflict (id) do update set document = excluded.document",
            [dictionary.id, text],
        )
        return True

    def drop_dictionary(self, dictionary_id: str) -> None:
        """Forget a glossary of another tool; its entries stay."""
        _ = self.revision
        self._execute("delete from dictionary where id = ?", [dictionary_id])

    def _columns(self, entry: Entry) -> list[str | int]:
        text = codec.write(entry).decode()
        return [entry.glossary, entry.state, entry.version, self.revision, text]

    def _record(
        self,
        entry: Entry,
        action: str,
        pointers: tuple[str, ...],
        proposed: Proposed | None,
    ) -> None:
        self._execute(
            self._record_sql, self._version(entry, action, pointers, proposed)
        )

    @property
    def _record_sql(self) -> str:
        return _RECORD_WHY if self.reason else _RECORD

    def _version(
        self,
        entry: Entry,
        action: str,
        pointers: tuple[str, ...],
        proposed: Proposed | None = None,
    ) -> list[str | int | None]:
        return [
            entry.id,
            entry.version,
            self.revision,
            entry.modified,
            self._by,
            action,
            codec.write(pointers).decode() if pointers else "[]",
            codec.write(proposed).decode() if proposed else None,
            *([self.reason] if self.reason else []),
        ]

    def _purged_version(self, entry_id: str) -> int:
        """Return the version at which an id was purged, and forget the tombstone."""
        if not self._tombstones:
            return 0
        row = self._execute(
            "delete from tombstone where id = ? returning version", [entry_id]
        ).fetchone()
        return int(row[0]) if row else 0

    @cached_property
    def _tombstones(self) -> bool:
        return self._execute("select 1 from tombstone limit 1").fetchone() is not None
