"""Whether what a store holds agrees with itself: entries, history, index, numbers."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from glossary.entry import Entry, Garbled, read_entry
from glossary.store.sqlite.store import SqliteStore
from glossary.store.store import Store

#: Entries asked at once, so that a large store is never held whole.
_PAGE: Final = 1_000
#: What must hold between tables: a question whose rows are what breaks it.
_RULES: Final = (
    """select v.entry from version v left join entry e on e.id = v.entry
    where e.id is null group by v.entry order by v.entry limit 100""",
    """select e.id from entry e where e.version != coalesce((select max(v.version)
    from version v where v.entry = e.id), -1) order by e.id limit 100""",
    """select e.id from entry e join tombstone t on t.id = e.id
    order by e.id limit 100""",
    """select e.id from entry e, head h where e.revision > h.revision
    order by e.id limit 100""",
)
#: What the index holds of each entry, but for the running number of a term.
_OF_ENTRIES: Final = (
    "select entry, ordinal, lang, rank, key, stem, sound, initials from term",
    "select entry, subject from entry_subject",
    "select entry, kind, value, place from facet",
)
#: What it holds of all of them together.
_OF_ALL: Final = (
    "select gram, n from frequency where n > 0",
    "select kind, name, n from tally where n > 0",
)


def garbled(store: Store) -> Iterator[str]:
    """Yield ids of entries that cannot be read, or are not what their row says."""
    for _, name, row, entry in _entries(store):
        if entry is None or row != (entry.glossary, entry.state, entry.version):
            yield name


def torn(store: Store) -> list[str]:
    """Return ids of entries whose history is not whole, or goes beyond the store."""
    names = (row[0] for rule in _RULES for row in store.rows(rule))
    return sorted(dict.fromkeys(names))


def newest(store: Store) -> str:
    """Return the time of the newest version, or nothing when there is none."""
    rows = store.rows("select at from version order by at desc limit 1")
    return str(rows[0][0]) if rows else ""


def unindexed(store: Store) -> list[str]:
    """Return the ids of entries that the index does not hold as they are.

    Where only what it holds of all entries together is wrong, that is named `*`. The
    index is made anew in a file of its own, and compared.
    """
    with TemporaryDirectory(prefix="glossary-") as folder:
        right = SqliteStore(str(Path(folder) / "index.db"), busy_timeout=10.0)
        right.make()
        right.rows("pragma synchronous = off")
        names: dict[int, str] = {}
        with right.write(by="doctor") as write:
            _, index = write.copied
            for n, name, _row, entry in _entries(store):
                names[n] = name
                if entry is not None:
                    index.add(n, entry)
        numbers = _differing(store, right, last=max(names, default=0))
        ids = [names.get(n, f"#{n}") for n in numbers]
        if not ids and not _agree(store, right):
            ids = ["*"]
        right.close()
    return ids


def _differing(store: Store, right: Store, *, last: int) -> list[int]:
    """Return the numbers of the entries that two indexes hold otherwise."""
    numbers: set[int] = set()
    for sql in _OF_ENTRIES:
        for after in range(-1, last + 1, _PAGE):
            span = f"{sql} where entry > ? and entry <= ?"
            values = [after, after + _PAGE]
            one, other = (
                {tuple(map(str, row)) for row in side.rows(span, values)}
                for side in (store, right)
            )
            numbers |= {int(row[0]) for row in one ^ other}
        numbers |= {int(row[0]) for row in store.rows(f"{sql} where entry > ?", [last])}
    return sorted(numbers)


def _agree(store: Store, right: Store) -> bool:
    """Say whether two indexes hold the same of all entries together."""
    for sql in _OF_ALL:
        one, other = ({tuple(map(str, r)) for r in s.rows(sql)} for s in (store, right))
        if one != other:
            return False
    # Words are never forgotten, so there may be more.
    words, needed = (
        {r[0] for r in s.rows("select word from word")} for s in (store, right)
    )
    if not needed <= words:
        return False
    grams = store.grams()
    return grams is None or grams == right.grams()


def _entries(
    store: Store,
) -> Iterator[tuple[int, str, tuple[Any, ...], Entry | None]]:
    """Yield number, id, what the row says and the entry, None where it is none."""
    after = -1
    while rows := store.rows(
        "select n, id, glossary, state, version, document from entry where n > ? "
        "order by n limit ?",
        [after, _PAGE],
    ):
        for n, name, glossary, state, version, text in rows:
            try:
                entry = read_entry(text)
            except Garbled:
                entry = None
            if entry is not None and entry.id != name:
                entry = None
            yield n, name, (glossary, state, version), entry
        after = rows[-1][0]
