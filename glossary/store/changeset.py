"""What one revision changed: a changeset, read as of now, to be shown and undone."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any, Final, NamedTuple

from glossary.entry import (
    APPROVED,
    Entry,
    codec,
    is_of_review,
    read_entry,
    read_proposed,
    write,
)
from glossary.store.connection import Rows

#: So many entries are read at a time.
_PAGE: Final = 500
#: No engine counts further.
_MOST: Final = 1 << 62


class Changeset(NamedTuple):
    """A revision that changed entries: when, by whom, why, and how many."""

    revision: int
    at: str
    by: str
    reason: str
    entries: int


class Moved(NamedTuple):
    """What a revision did to an entry, and whether that is still how it is.

    `before` is None where it made the entry, `then` and `now` are None where it was
    purged; `version` is the newest one that the revision made.
    """

    entry: str
    action: str
    version: int
    before: Entry | None
    then: Entry | None
    now: Entry | None
    now_by: str

    @property
    def is_left(self) -> bool:
        """Whether it was changed since, so that nothing goes back behind that."""
        if self.then is None or self.now is None:
            return True
        return self.now.version != self.version and _without_times(
            self.now
        ) != _without_times(self.then)


class Changesets:
    """The reads of changesets, over one function that runs SQL."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def find(self, revision: int) -> Changeset | None:
        """Return what a revision was, or None when it changed no entry."""
        if not 0 < revision < _MOST:
            return None
        rows = self._rows(
            'select max(at), max("by"), max(reason), count(distinct entry) '
            "from version where revision = ?",
            [revision],
        )
        purges = self._rows(
            'select max(at), max("by"), count(*) from tombstone where revision = ?',
            [revision],
        )
        (at, by, reason, entries), (gone_at, gone_by, purged) = rows[0], purges[0]
        if not entries + purged:
            return None
        return Changeset(
            revision, at or gone_at, by or gone_by, reason or "", entries + purged
        )

    def glossaries(self, revision: int) -> set[str]:
        """Return the glossaries of the entries that a revision changed.

        Where one was purged, the empty name stands among them: nobody knows its own.
        """
        rows = self._rows(
            "select distinct e.glossary from version v join entry e on e.id = v.entry "
            "where v.revision = ?",
            [revision],
        )
        purges = self._rows(
            "select 1 from tombstone where revision = ? limit 1", [revision]
        )
        return {row[0] for row in rows} | ({""} if purges else set())

    def moved(self, revision: int) -> Iterator[list[Moved]]:
        """Yield what a revision did, some hundreds of entries at a time, by id."""
        after = ""
        while page := self.page(revision, after=after, limit=_PAGE):
            yield page
            after = page[-1].entry

    def page(self, revision: int, *, after: str, limit: int) -> list[Moved]:
        """Return what a revision did to entries, from after an id on."""
        names = self._rows(
            "select entry from (select distinct entry from version where revision = ? "
            "and entry > ? order by entry limit ?) v "
            "union select id from tombstone where revision = ? and id > ? "
            "order by 1 limit ?",
            [revision, after, limit, revision, after, limit],
        )
        if not names:
            return []
        names_json = write([name for (name,) in names]).decode()
        before = self._states_before(revision, names_json)
        now = {
            name: (read_entry(text), by)
            for name, text, by in self._rows(
                'select e.id, e.document, v."by" from entry e join version v '
                "on v.entry = e.id and v.version = e.version "
                "where e.id in (select value from json_each(?))",
                [names_json],
            )
        }
        return [_moved(name, before.get(name), now.get(name)) for (name,) in names]

    def _states_before(
        self, revision: int, names_json: str
    ) -> dict[str, list[tuple[Any, ...]]]:
        """Return the versions that a revision made, with the document before each."""
        rows = self._rows(
            "select v.entry, v.version, v.action, v.document, p.document "
            "from version v left join version p "
            "on p.entry = v.entry and p.version = v.version - 1 "
            "where v.entry in (select value from json_each(?)) and v.revision = ? "
            "order by v.entry, v.version",
            [names_json, revision],
        )
        return {name: list(group) for name, group in groupby(rows, lambda row: row[0])}


def _moved(
    name: str, old: list[tuple[Any, ...]] | None, now: tuple[Entry, str] | None
) -> Moved:
    entry, by = now or (None, "")
    if old is None:
        return Moved(name, "purge", 0, None, None, entry, by)
    _, _, action, _, before = old[0]
    _, version, _, then, _ = old[-1]
    return Moved(
        name,
        action,
        version,
        read_entry(before) if before and action != "create" else None,
        read_entry(then) if then else entry,
        entry,
        by,
    )


def _without_times(entry: Entry) -> Entry:
    """Return what an entry says, without when it was said."""
    return replace(entry, version=0, created="", modified="")


def authors(rows: Rows, entry_id: str) -> set[str]:
    """Return who changed what an entry says since it was last approved.

    Of a proposal that is who proposed it; nobody without a name is among them.
    """
    names: set[str] = set()
    for by, action, pointers, proposal, text in rows(
        'select v."by", v.action, v.changed, v.proposal, '
        "coalesce(v.document, e.document) from version v join entry e "
        "on e.id = v.entry where v.entry = ? order by v.version desc",
        [entry_id],
    ):
        if read_entry(text).state == APPROVED:
            break
        if action == "create" or not is_of_review(codec.read_plain(pointers)):
            proposed = read_proposed(proposal)
            names.add(proposed.by if proposed else by)
    return names - {""}
