"""The store as the rest of the house knows it: what both engines answer alike.

SQL stands here once, in words that both engines understand: a placeholder is `?`, a
list is sent as JSON and read by `json_each(?)`. Reads go through `rows`; an engine says
how it runs them, and how it opens the one write door.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import orjson

from glossary.entry import (
    Change,
    Dictionary,
    Entry,
    Issuer,
    Source,
    Subject,
    Version,
    codec,
    read_entry,
)
from glossary.errors import NotFound, StoreError
from glossary.message import N_
from glossary.query import Moment, Once
from glossary.store.browsing import Browse, change_of, version_of
from glossary.store.changeset import Changesets
from glossary.store.issuers import IssuerNames
from glossary.store.listing import ALL, EntryListing, entries_sql
from glossary.store.nouns import Nouns
from glossary.store.numbers import CountOf, numbers_of, statistics
from glossary.store.people import People
from glossary.store.progress import Tell
from glossary.store.proposals import Proposals
from glossary.store.queue import FolderQueue, Queue
from glossary.store.searching import Search
from glossary.store.teamwork import Teamwork
from glossary.store.wordings import Wordings
from glossary.store.writing import Write


class Store(ABC):
    """Entries, their history, sources, subjects and tokens."""

    #: The name that `open_store` was given.
    path: str
    search: Search
    #: What a copy into this store ends with.
    after_copy: tuple[str, ...] = ()

    def __init__(self) -> None:
        self.browse = Browse(self.rows)
        self.changesets = Changesets(self.rows)
        self.nouns = Nouns(self.rows)
        self.people = People(self._newest)
        self.proposals = Proposals(self.fresh)
        self.team = Teamwork(self._newest)
        self.wordings = Wordings(self.rows)
        #: Whom names stand for, with the revision that this is as of.
        self._issuers: tuple[Moment | None, IssuerNames] = (None, IssuerNames())

    @property
    def shown(self) -> str:
        """The name of the store as anybody may read it."""
        return self.path

    @abstractmethod
    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a read; raise StoreError when the engine cannot."""

    def fresh(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a read of the newest state there is, for what no revision tells of."""
        return self.rows(sql, values)

    def _newest(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a read of the newest state, or of what there is while no leader is."""
        try:
            return self.fresh(sql, values)
        except StoreError:
            return self.rows(sql, values)

    @abstractmethod
    def snapshot(self, at_least: int = 0) -> AbstractContextManager[int]:
        """Read as of one moment: yield its revision, which all reads inside agree with.

        It is this thread's, and inside another one it is that one. Nothing is written
        inside. It is at least as new as what this process has written or read, and as
        `at_least`, if there is such a revision. Raise StoreError when the engine
        cannot.
        """

    @abstractmethod
    def write(
        self, *, by: str, once: Once | None = None
    ) -> AbstractContextManager[Write]:
        """Open the one write door; commit at the end, or undo all on an error.

        Raise StoreBusy when another writer does not finish in time, and DoneBefore
        when `once` names a write that was done already.
        """

    @abstractmethod
    def rehearse(self, *, by: str) -> AbstractContextManager[Write]:
        """Open a write that is never kept and holds nobody up."""

    @abstractmethod
    def stands(self) -> bool:
        """Say whether a store stands behind the name; raise when it cannot be asked."""

    def lost(self) -> bool:
        """Say whether it is known that a store stood here that is gone."""
        return False

    def mark(self) -> None:
        """Leave word, where the engine can, that a store stands here."""
        return

    @abstractmethod
    def make(self) -> None:
        """Make an empty store where nothing stands."""

    @abstractmethod
    def check(self) -> None:
        """Raise when what stands here cannot serve as it is, or nothing does."""

    def must_be_well(self) -> None:
        """Raise when the store cannot be read, or writing is known to fail."""
        self.revision()

    def must_be_writable(self) -> None:
        """Raise when the store cannot be written; it is tried where that costs little.

        The doctor asks, not every probe.
        """
        self.must_be_well()

    def damage(self) -> list[str]:
        """Return what the engine finds damaged of its own pages and indexes."""
        return []

    @abstractmethod
    def repair(self) -> None:
        """Make everything anew that is derived from entries; the revision moves."""

    def grams(self) -> list[tuple[Any, ...]] | None:
        """Return each gram of the index with its number of terms, if the engine can."""
        return None

    def tidy(self) -> None:
        """Remove what dry runs that were killed have left, if any."""
        return

    @abstractmethod
    def pending(self) -> list[str]:
        """Return the names of the migrations that `upgrade` would apply."""

    @abstractmethod
    def upgrade(self, *, tell: Tell | None = None) -> list[str]:
        """Bring the schema up to date; return the names of what was applied.

        `tell` hears how many entries of all are indexed while an index is filled.
        """

    @abstractmethod
    def note_missed(self, counts: Mapping[str, int], *, most: int) -> None:
        """Add to the numbers of look-ups that found nothing; keep the `most` frequent.

        This is no change of the glossary: the revision stays.
        """

    def queue(self, folder: Path) -> Queue:
        """Return where imports are kept; `folder` is for a store of one machine."""
        return FolderQueue(folder)

    def clone(self, path: Path) -> bool:  # noqa: ARG002 - an engine may have no such way.
        """Write an exact copy to a file, if the engine can; say whether it did."""
        return False

    @abstractmethod
    def listen(self, call: Callable[[], None]) -> None:
        """Call a function in the back: when anybody has written, and now and then.

        It ends with `close`.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of every connection."""

    def moment(self, at_least: int = 0) -> Moment:  # noqa: ARG002 - a file is always new.
        """Return revision and epoch, read together; `at_least` as in `snapshot`."""
        # A store that is still to be upgraded has no epoch.
        head = self.search.memory.once("head", lambda: self.rows("select * from head"))
        ((_, revision, *epoch),) = head
        return Moment(int(revision), "".join(epoch))

    def revision(self, at_least: int = 0) -> int:
        """Return the number of write transactions so far; `at_least` as in `snapshot`.

        A transaction that changes nothing is not counted.
        """
        return self.moment(at_least).revision

    @property
    def epoch(self) -> str:
        """What tells this store from its copies: eight characters, new with each.

        It is that of the snapshot at hand, or else that of now.
        """
        return self.moment().epoch or ""

    def newest(self) -> Moment:
        """Return a moment no older than what this process has written or read."""
        return self.moment()

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
        proof: str | None = None,
    ) -> list[Entry]:
        """Return entries in the order of their ids, from after an id on.

        Without a state, retired entries are left out; of those nobody asks for proof.
        """
        listing = EntryListing(
            limit=limit,
            cursor=(None, after),
            glossary=glossary,
            subject=subject,
            state=state,
            proof=proof,
        )
        return [entry for entry, _ in self.listed(listing)]

    def listed(self, listing: EntryListing) -> list[tuple[Entry, int]]:
        """Return a page of entries, each with the revision that it is of."""
        rows = self.rows(*entries_sql(listing))
        return [(read_entry(document), revision) for document, revision in rows]

    def all_entries(self, glossary: str | None = None) -> Iterator[Entry]:
        """Yield every entry in use, by id; in a snapshot, as of its moment."""
        for page in self.browse.documents(glossary):
            yield from map(read_entry, page)

    def in_use(self, ids: Sequence[str], glossary: str | None = None) -> set[str]:
        """Return those of some ids that are entries in use, of a glossary or of any."""
        where, of = ("", []) if glossary is None else ("and glossary = ?", [glossary])
        rows = self.rows(
            "select id from entry where id in (select value from json_each(?)) "  # noqa: S608 - fixed words only.  # nosec B608
            f"and state != 'retired' {where}",
            [codec.write(ids).decode(), *of],
        )
        return {row[0] for row in rows}

    def entries_of(self, ids: Sequence[str]) -> list[Entry]:
        """Return the entries of those ids that exist, in the order of their ids."""
        rows = self.rows(
            "select document from entry where id in "
            "(select value from json_each(?)) order by id",
            [codec.write(ids).decode()],
        )
        return [read_entry(row[0]) for row in rows]

    def versions(
        self, entry_id: str, *, before: int = ALL, limit: int = ALL
    ) -> list[Version]:
        """Return the history of an entry, newest first; raise NotFound.

        It may begin `before` a version, and have at most so many.
        """
        rows = self.rows(
            'select v.version, v.revision, v.at, v."by", v.action, v.changed, '
            "coalesce(v.document, e.document), v.proposal, v.reason from version v "
            "join entry e on e.id = v.entry where v.entry = ? and v.version < ? "
            "order by v.version desc limit ?",
            [entry_id, before, limit],
        )
        if not rows:
            self.entry(entry_id)
        return [version_of(row) for row in rows]

    def changes(self, *, since: int, after: str = "", limit: int) -> list[Change]:
        """Return the newest state of what moved, in the order of revision and id.

        Begin after the entry `after` of revision `since`; with no entry, after the
        whole of that revision.
        """
        place = "(revision, id) > (?, ?)" if after else "revision > ?"
        values = [since, after] if after else [since]
        rows = self.rows(
            "select e.revision, e.id, e.version, v.action, v.at, "  # noqa: S608 - fixed words only.  # nosec B608
            'v."by" as "by", e.document '
            f"from (select * from entry where {place} order by revision, id limit ?) e "
            "join version v on v.entry = e.id and v.version = e.version "
            "union all "
            "select revision, id, version, 'purge', at, \"by\", null "
            f"from tombstone where {place} order by 1, 2 limit ?",
            [*values, limit, *values, limit],
        )
        return [change_of(row) for row in rows]

    def glossaries(self) -> list[tuple[str, int]]:
        """Return each glossary with the number of its entries that are not retired."""
        sql = (
            "select name, n from tally where kind = 'glossary' "
            "and exists (select 1 from entry where glossary = name) order by name"
        )
        rows = self.search.memory.once(sql, lambda: self.rows(sql))
        return [(row[0], row[1]) for row in rows]

    @property
    def issuers(self) -> IssuerNames:
        """Whom the names of issuers stand for, as of the snapshot at hand or now."""
        with self.snapshot():
            names, now = self._issuers, self.moment()
            if names[0] != now:
                texts = self.browse.tally("issuer")
                names = now, IssuerNames(self.nouns.all(Issuer), texts)
                self._issuers = names
        return names[1]

    def subjects(self) -> list[tuple[Subject, int]]:
        """Return each subject field, known by name or only used, with its count."""
        return self.nouns.counted(Subject)

    def sources(self, ids: Sequence[str] | None = None) -> list[Source]:
        """Return the sources of those ids, or all, in the order of their ids."""
        if ids is None:
            return self.nouns.all(Source)
        return self.nouns.some(Source, ids)

    def dictionaries(self) -> list[Dictionary]:
        """Return the glossaries that other tools keep, in the order of their ids."""
        rows = self.rows("select document from dictionary order by id")
        return [codec.read(row[0], Dictionary) for row in rows]

    def stats(
        self, glossaries: Collection[str] | None = None, *, count: CountOf | None = None
    ) -> Mapping[str, Any]:
        """Return numbers of the whole store, or of some glossaries.

        `count` is for who has counted what these have.
        """
        with self.snapshot() as revision:
            count = count or numbers_of(self.browse, glossaries)
            names = self.glossaries() if glossaries is None else glossaries
            return {
                "revision": revision,
                "epoch": self.epoch,
                **statistics(count),
                "glossaries": len(names),
                "sources": self.nouns.number(Source)
                if glossaries is None
                else len(count("source")),
            }

    def connections(self) -> dict[str, float]:
        """Return how many connections there are, and how far standbys are behind."""
        return {}

    def missed(self, *, limit: int) -> list[tuple[str, int]]:
        """Return queries that found nothing, the most frequent first."""
        rows = self.fresh("select q, n from missed order by n desc, q limit ?", [limit])
        return [(row[0], row[1]) for row in rows]

    def missed_number(self) -> int:
        """Return how many queries that found nothing are kept."""
        return int(self.fresh("select count(*) from missed", [])[0][0])

    def imported(self, import_id: str) -> tuple[int, dict[str, int]] | None:
        """Return revision and counts of an import that was written, or None."""
        rows = self.fresh(
            'select revision, counts from "import" where id = ?', [import_id]
        )
        return (rows[0][0], orjson.loads(rows[0][1])) if rows else None

    def last_import(self) -> str | None:
        """Return the import that made the revision at which the store is, if any."""
        rows = self.fresh(
            'select id from "import" where revision = (select revision from head)'
        )
        return str(rows[0][0]) if rows else None
