"""A whole store copied into another one, of the same engine or of the other.

What is derived (the index) is made anew by the other engine; all else is copied row by
row as of one moment of the source. A copy has an epoch of its own. One that was
interrupted has the revision -1. It goes on where it was, even when the source has moved
meanwhile: entries that are there already, in the same state, are left alone.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import orjson

from glossary.entry import codec
from glossary.errors import Conflict, StoreError
from glossary.message import N_
from glossary.store.store import Store
from glossary.store.writing import Write

#: The revision of a copy that is not finished.
UNFINISHED: Final = -1
#: So many entries go in one transaction.
_BATCH: Final = 1_000
_ENTRY: Final = "n, id, glossary, state, version, revision, document"
_VERSION: Final = (
    'entry, version, revision, at, "by", action, changed, document, proposal, reason'
)
#: Tables that are small, with their columns; the first ones are the key.
_SMALL: Final = {
    "tombstone": 'id, version, revision, at, "by"',
    '"import"': "id, revision, counts",
    "source": "id, document",
    "subject": "id, document",
    "issuer": "id, document",
    "glossary": "id, document",
    "noun_version": (
        'kind, id, version, revision, at, "by", action, changed, document'
    ),
    "dictionary": "id, document",
    "proposal": "id, entry, state, document",
    "person": "id, email, subject, secret, document",
    "role": "person, glossary, role",
    "token": "digest, name, scope, created, person, prefix, glossaries, expires, used",  # nosec B105 - names of columns.
    "deed": 'n, at, "by", action, about, address, details',
    "profile": "id, document",
    "own": "person, entry, document",
    "task": 'entry, person, due, note, "by", at',
    "remark": "id, entry, document",
    "watch": "person, kind, value, at",
    "notice": 'n, person, kind, about, "by", text, at, seen, mailed',
    "hook": "id, document",
    "delivery": "n, hook, state, due, body, at, tries, outcome",
    "mark": "name, value",
    "once": 'key, "by", digest, entry, version, at',
    "missed": "q, n",
}
#: What is derived and can be compared all the same.
_DERIVED: Final = {
    "tally": "select kind, name, n from tally where n > 0",
    "term": "select count(*), sum(rank) from term",
    "facet": "select count(*) from facet",
}


class Holdings(NamedTuple):
    """What a store holds: its revision, entries, versions, and a digest of it all."""

    revision: int
    entries: int
    versions: int
    digest: str


def copy(
    source: Store, target: Store, *, watch: Callable[[int, int], None] = lambda *_: None
) -> Holdings:
    """Copy a store into an empty one, or go on with it; return what both hold.

    `watch` is told how many entries are done, and of how many. Raise Conflict when the
    target holds anything else, and StoreError when it is not the same in the end.
    """
    _must_be_free(target)
    with source.snapshot() as revision:
        total = int(source.rows("select count(*) from entry")[0][0])
        number = after = 0
        while rows := source.rows(
            f"select {_ENTRY} from entry where n > ? order by n limit ?",  # noqa: S608 - fixed words only.  # nosec B608
            [after, _BATCH],
        ):
            with target.write(by="copy") as write:
                _take_over(source, write, after, rows)
            number, after = number + len(rows), rows[-1][0]
            watch(number, total)
        with target.write(by="copy") as write:
            _remove(write, _there(write, after, None))
            _finish(source, write, target, revision)
        source_total, target_total = tell(source), tell(target, at_least=revision)
    if source_total != target_total:
        raise StoreError(
            N_("The copy is not the same: %(found)s instead of %(told)s."),
            found=target_total,
            told=source_total,
        )
    return source_total


def tell(store: Store, *, at_least: int = 0) -> Holdings:
    """Return what a store holds as of one moment; equal stores have equal digests."""
    digest = hashlib.sha256()
    with store.snapshot(at_least) as revision:
        entries = _digested(digest, _pages(store, "entry", _ENTRY, ("n",)))
        keys = ("entry", "version")
        versions = _digested(digest, _pages(store, "version", _VERSION, keys))
        for table, columns in _SMALL.items():
            rows = store.rows(f"select {columns} from {table}")  # noqa: S608 - our own tables.  # nosec B608
            _digested(digest, sorted(rows))
        for sql in _DERIVED.values():
            rows = [tuple(map(_plain, row)) for row in store.rows(sql)]
            _digested(digest, sorted(rows))
    return Holdings(revision, entries, versions, digest.hexdigest())


def _must_be_free(target: Store) -> None:
    ((revision,),) = target.fresh("select revision from head")
    rows = target.fresh("select 1 from entry limit 1")
    if revision != UNFINISHED and (revision or rows):
        raise Conflict(N_("There are entries already where the copy is to go."))
    with target.write(by="copy") as write:
        execute, _ = write.copied
        execute("update head set revision = ?", [UNFINISHED])
        write.begin_epoch()


def _take_over(
    source: Store, write: Write, after: int, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Make a range of entries what it is in the source."""
    execute, index = write.copied
    there = _there(write, after, rows[-1][0])
    same = {(row[0], row[1], row[5]) for row in rows} & {
        (n, name, revision) for n, name, revision, _ in there
    }
    _remove(write, [row for row in there if row[:3] not in same])
    new = [row for row in rows if (row[0], row[1], row[5]) not in same]
    for row in new:
        execute(
            f"insert into entry ({_ENTRY}) values (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - fixed words only.  # nosec B608
            row,
        )
        index.add(row[0], codec.read_entry(row[6]))
    names = orjson.dumps([row[1] for row in new]).decode()
    for row in source.rows(
        f"select {_VERSION} from version where entry in "  # noqa: S608 - fixed words only.  # nosec B608
        "(select value from json_each(?)) order by entry, version",
        [names],
    ):
        execute(
            f"insert into version ({_VERSION}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - fixed words only.  # nosec B608
            row,
        )


def _there(write: Write, after: int, last: int | None) -> list[tuple[Any, ...]]:
    """Return number, id, revision and document of what a range of a copy holds."""
    until, values = ("", [after]) if last is None else ("and n <= ?", [after, last])
    execute, _ = write.copied
    rows = execute(
        f"select n, id, revision, document from entry where n > ? {until}",  # noqa: S608 - fixed words only.  # nosec B608
        values,
    )
    return [tuple(row) for row in rows.fetchall()]


def _remove(write: Write, there: Sequence[tuple[Any, ...]]) -> None:
    """Remove entries that are not, or no longer, what they are in the source."""
    execute, index = write.copied
    for n, name, _, text in there:
        index.remove(n, codec.read_entry(text))
        execute("delete from entry where n = ?", [n])
        execute("delete from version where entry = ?", [name])


def _finish(source: Store, write: Write, target: Store, revision: int) -> None:
    execute, index = write.copied
    for table, columns in _SMALL.items():
        marks = ", ".join("?" * (columns.count(",") + 1))
        execute(f"delete from {table}", [])  # noqa: S608 - our own tables.  # nosec B608
        for row in source.rows(f"select {columns} from {table}"):  # noqa: S608 - our own tables.  # nosec B608
            execute(f"insert into {table} ({columns}) values ({marks})", row)  # noqa: S608 - our own tables.  # nosec B608
    index.finish()
    for statement in target.after_copy:
        execute(statement, [])
    execute("update head set revision = ?", [revision])


def _pages(
    store: Store, table: str, columns: str, keys: tuple[str, ...]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a large table in the order of its key."""
    key, marks = ", ".join(keys), ", ".join("?" * len(keys))
    size = len(keys)
    at = [columns.split(", ").index(column) for column in keys]
    after: list[Any] = ["", 0][-size:] if size > 1 else [0]
    while rows := store.rows(
        f"select {columns} from {table} where ({key}) > ({marks}) "  # noqa: S608 - our own tables.  # nosec B608
        f"order by {key} limit ?",
        [*after, 5 * _BATCH],
    ):
        yield from rows
        after = [rows[-1][place] for place in at]


def _digested(digest: Any, rows: Iterator[Any] | list[Any]) -> int:
    """Take rows into a digest; return how many there are."""
    count = 0
    for row in rows:
        digest.update(orjson.dumps(list(row)) + b"\n")
        count += 1
    digest.update(b"\n")
    return count


def _plain(value: object) -> str | int:
    """Return a text as it is, and what an engine takes for a number as one."""
    return value if isinstance(value, str) else int(str(value or 0))
