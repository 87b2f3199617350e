"""What an open transaction sees."""

from collections.abc import Sequence
from functools import cached_property

from glossary.entry import Entry, codec, read_entry
from glossary.errors import NotFound, Stale
from glossary.message import N_
from glossary.store.browsing import Chosen
from glossary.store.changeset import Changesets, authors
from glossary.store.connection import Connection, rows_of
from glossary.store.listing import EntryListing, entries_sql


class Inside:
    """The reads of a transaction, which sees what it has written itself."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._execute = connection.execute
        self._all = rows_of(connection)

    def must_be_at(self, revision: int | None) -> int:
        """Return the revision before this write; raise Stale when it is another."""
        now = self._revision_before
        if revision is not None and now != revision:
            raise Stale(
                N_(
                    "The store is at revision %(now)s by now, not %(then)s; plan again."
                ),
                now=now,
                then=revision,
            )
        return now

    def find(self, entry_id: str) -> Entry | None:
        """Return the entry as this transaction sees it."""
        row = self._execute(
            "select document from entry where id = ?", [entry_id]
        ).fetchone()
        return row and codec.read_entry(row[0])

    def some(self, ids: Sequence[str]) -> dict[str, Entry]:
        """Return the entries of those ids that are there, by their ids."""
        rows = self._execute(
            "select id, document from entry where id in "
            "(select value from json_each(?))",
            [codec.write(ids).decode()],
        ).fetchall()
        return {name: codec.read_entry(text) for name, text in rows}

    def entry(self, entry_id: str) -> Entry:
        """Return the entry as this transaction sees it; raise NotFound."""
        entry = self.find(entry_id)
        if entry is None:
            raise NotFound(N_("There is no entry “%(id)s”."), id=entry_id)
        return entry

    def author(self, entry_id: str) -> str:
        """Return who wrote the newest version of an entry."""
        row = self._execute(
            'select "by" from version where entry = ? order by version desc limit 1',
            [entry_id],
        ).fetchone()
        return str(row[0])

    def authors(self, entry_id: str) -> set[str]:
        """Return who changed what an entry says since it was last approved."""
        return authors(self._all, entry_id)

    def page(self, after: str, limit: int, selection: Chosen) -> list[Entry]:
        """Return entries in the order of their ids, as this transaction sees them."""
        listing = EntryListing(limit=limit, cursor=(None, after), **selection._asdict())
        return [read_entry(row[0]) for row in self._all(*entries_sql(listing))]

    def naming(self, entry_id: str) -> list[Entry]:
        """Return the entries in use that are related to an entry."""
        rows = self._all(
            "select document from entry where state != 'retired' "
            "and instr(document, ?) > 0",
            [f'"entry":"{entry_id}"'],
        )
        entries = (read_entry(row[0]) for row in rows)
        return [e for e in entries if any(r.entry == entry_id for r in e.relations)]

    @cached_property
    def _revision_before(self) -> int:
        """The revision that this transaction found; nobody else writes meanwhile."""
        (revision,) = self._execute("select revision from head").fetchone()
        return int(revision)

    @property
    def changesets(self) -> Changesets:
        """What revisions changed, as this transaction sees it."""
        return Changesets(self._all)
