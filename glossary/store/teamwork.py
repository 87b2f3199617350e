"""Tasks, remarks, watches, notices and webhooks, as the store keeps them: the reads."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from glossary.entry import (
    Delivery,
    Entry,
    Hook,
    Notice,
    Saying,
    Starred,
    Task,
    Watch,
    codec,
    read_entry,
)
from glossary.errors import NotFound
from glossary.message import N_
from glossary.store.connection import Rows

_TASK: Final = 'entry, person, due, note, "by", at'
_NOTICE: Final = 'n, person, kind, about, "by", text, at, seen'
_DELIVERY: Final = "n, hook, state, due, body, at, tries, outcome"
#: What has no day stands behind all that have one.
_LAST: Final = "9999"
_DUE: Final = f"coalesce(nullif(t.due, ''), '{_LAST}')"
#: By list: place in it, tables and condition. An entry stands in it once.
_QUEUES: Final = {
    "mine": (
        _DUE,
        "entry e left join task t on t.entry = e.id",
        (
            "e.state != 'retired' and (t.person = ? or (t.person is null "
            "and e.state in ('draft', 'in-review') and exists (select 1 from version v "
            'where v.entry = e.id and v.version = e.version and v."by" = ?)))'
        ),
    ),
    "to-review": (
        _DUE,
        "entry e left join task t on t.entry = e.id",
        "e.state = 'in-review'",
    ),
    "half-proved": (
        "e.id",
        "facet f join entry e on e.n = f.entry",
        "f.kind = 'proof' and f.value in ('both', 'one')",
    ),
    "stale": (
        "f.place",
        "facet f join entry e on e.n = f.entry",
        "f.kind = 'checked' and f.value = 'approved' and f.place < ?",
    ),
}


class Queued(NamedTuple):
    """An entry of a queue and its place in it."""

    place: str
    entry: Entry


class Teamwork:
    """The reads of what people tell one another, over one function that runs SQL."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def queue(
        self,
        name: str,
        about: Sequence[str],
        *,
        glossaries: Sequence[str] | None,
        after: tuple[str, str],
        limit: int,
    ) -> list[Queued]:
        """Return entries of a queue, from after a place and an id on.

        `about` is whose it is for `mine`, twice, and the day for `stale`. Without
        `glossaries` those of all.
        """
        place, tables, where = _QUEUES[name]
        values: list[object] = [*about]
        if glossaries is not None:
            where += " and e.glossary in (select value from json_each(?))"
            values.append(codec.write(list(glossaries)).decode())
        rows = self._rows(
            f"select q.place, q.document from (select {place} as place, e.id as id, "  # noqa: S608 - fixed words only.  # nosec B608
            f"e.document as document from {tables} where {where}) q "
            "where (q.place, q.id) > (?, ?) order by q.place, q.id limit ?",
            [*values, *after, limit],
        )
        return [Queued(str(row[0]), read_entry(row[1])) for row in rows]

    def tasks(self, entries: Sequence[str]) -> dict[str, Task]:
        """Return the tasks of some entries, by entry."""
        rows = self._rows(
            f"select {_TASK} from task where entry in "  # noqa: S608 - fixed words only.  # nosec B608
            "(select value from json_each(?))",
            [codec.write(list(entries)).decode()],
        )
        return {row[0]: Task(*row) for row in rows}

    def remarks(self, entry_id: str) -> list[Saying]:
        """Return what was said under an entry, in its order."""
        rows = self._rows(
            "select id, document from remark where entry = ? order by id", [entry_id]
        )
        return [replace(codec.read(text, Saying), id=n) for n, text in rows]

    def remark(self, number: int) -> Saying:
        """Return a remark; raise NotFound."""
        rows = self._rows("select id, document from remark where id = ?", [number])
        if not rows:
            raise NotFound(N_("There is no comment %(id)s."), id=number)
        return replace(codec.read(rows[0][1], Saying), id=rows[0][0])

    def watches(self, person: str | None = None) -> list[Watch]:
        """Return what is watched, by anybody or by a person."""
        where, values = ("", []) if person is None else ("where person = ?", [person])
        rows = self._rows(
            f"select person, kind, value, at from watch {where} order by 1, 2, 3",  # noqa: S608 - fixed words only.  # nosec B608
            values,
        )
        return [Watch(*row) for row in rows]

    def watchers(self, kind: str, value: str) -> list[str]:
        """Return the people who watch something."""
        rows = self._rows(
            "select person from watch where kind = ? and value = ? order by person",
            [kind, value],
        )
        return [row[0] for row in rows]

    def notices(
        self, person: str, *, before: int | None, limit: int, unseen: bool = False
    ) -> list[Notice]:
        """Return what a person is told, the newest first, from before a number on."""
        more = " and seen = ''" if unseen else ""
        rows = self._rows(
            f"select {_NOTICE} from notice where person = ? and n < ?{more} "  # noqa: S608 - fixed words only.  # nosec B608
            "order by n desc limit ?",
            [person, 1 << 62 if before is None else before, limit],
        )
        return [Notice(*row) for row in rows]

    def unseen(self, person: str) -> int:
        """Return how much a person was told and has not seen."""
        rows = self._rows(
            "select count(*) from notice where person = ? and seen = ''", [person]
        )
        return int(rows[0][0])

    def unmailed(self) -> list[Notice]:
        """Return all that was neither seen nor mailed, by person and in its order."""
        rows = self._rows(
            f"select {_NOTICE} from notice where mailed = '' and seen = '' "  # noqa: S608 - fixed words only.  # nosec B608
            "order by person, n",
            [],
        )
        return [Notice(*row) for row in rows]

    def hooks(self) -> list[Hook]:
        """Return the addresses that are told of changes."""
        rows = self._rows("select document from hook order by id", [])
        return [codec.read(row[0], Hook) for row in rows]

    def hook(self, hook_id: str) -> Hook:
        """Return a hook; raise NotFound."""
        rows = self._rows("select document from hook where id = ?", [hook_id])
        if not rows:
            raise NotFound(N_("There is no webhook “%(id)s”."), id=hook_id)
        return codec.read(rows[0][0], Hook)

    def deliveries(
        self, hook_id: str, *, before: int | None, limit: int
    ) -> list[Delivery]:
        """Return what was sent to a hook, the newest first, from before a number on."""
        rows = self._rows(
            f"select {_DELIVERY} from delivery where hook = ? and n < ? "  # noqa: S608 - fixed words only.  # nosec B608
            "order by n desc limit ?",
            [hook_id, 1 << 62 if before is None else before, limit],
        )
        return [Delivery(*row) for row in rows]

    def due(self, now: str, *, limit: int) -> list[Delivery]:
        """Return what is to be sent by a moment, the oldest first."""
        rows = self._rows(
            f"select {_DELIVERY} from delivery where state = 'waiting' and due <= ? "  # noqa: S608 - fixed words only.  # nosec B608
            "order by n limit ?",
            [now, limit],
        )
        return [Delivery(*row) for row in rows]

    def own(self, person: str) -> list[Starred]:
        """Return what a person keeps for themselves, the newest first."""
        rows = self._rows("select document from own where person = ?", [person])
        stars = [codec.read(row[0], Starred) for row in rows]
        return sorted(stars, key=lambda star: (star.at, star.entry), reverse=True)

    def reached(self, name: str) -> str:
        """Return how far some work had come that goes on from there, or nothing."""
        rows = self._rows("select value from mark where name = ?", [name])
        return str(rows[0][0]) if rows else ""
