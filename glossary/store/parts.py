"""What is made of every entry in use, made anew of those alone that moved since.

For lists and files that programs ask for again after each write: a write moves one
entry, and what the others are in a list is the same as before.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final, Generic, NamedTuple, TypeVar

from glossary.entry import Entry
from glossary.query import Moment
from glossary.store.store import Store

T = TypeVar("T")
W = TypeVar("W")

#: Bytes of all that is kept; what alone would take more is kept nowhere.
_ROOM: Final = 32_000_000
#: Of more entries nothing is kept: a list of them is made one entry at a time.
_MOST: Final = 20_000
#: Bytes that an entry's part takes beside what it holds.
_EACH: Final = 200


class EntryPart(NamedTuple, Generic[T]):
    """What an entry is in a list, which nobody may change, and its size in bytes."""

    value: T
    size: int


class _All(NamedTuple):
    """The parts of every entry as of a moment, by the entries' ids and in their order.

    An entry that is in use and not in the list has no part. `whole` is what all of them
    are together, if anybody asks for that.
    """

    moment: Moment
    by_id: dict[str, EntryPart[Any]]
    size: int
    whole: EntryPart[Any] | None = None

    def values(self) -> Iterator[Any]:
        """Yield the parts."""
        return (part.value for part in self.by_id.values())


Make = Callable[[Entry], EntryPart[T] | None]
Join = Callable[[Iterable[T]], EntryPart[W]]


class EntryParts:
    """What is made of the entries of a store, kept for whoever asks for it again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        #: The newest of a name, and the one before for who reads as of a moment ago.
        self._newest: dict[Hashable, tuple[_All, ...]] = {}
        self._lock = Lock()
        self._makers = Makers()

    def of(
        self, name: Hashable, make: Make[T], *, glossary: str | None = None
    ) -> Iterable[T]:
        """Return what is made of the entries in use of a glossary or of all, by id.

        The name has all that this depends on beside the entry: it may depend neither on
        another entry nor on who checked this one, whose name can be forgotten without a
        new version. Asked in a snapshot, it is as of its moment.
        """
        if self._is_large(glossary):
            return self._one_by_one(make, glossary)
        with self._makers.alone((name, glossary)):
            now = self._now((name, glossary), make, glossary)
        return [*now.values()]

    def whole(
        self,
        name: Hashable,
        make: Make[T],
        join: Join[T, W],
        *,
        glossary: str | None = None,
    ) -> W:
        """Return what is made of all that `of` returns, the same while no part differs.

        The name has all that this depends on, and nobody may change it.
        """
        if self._is_large(glossary):
            return join(self._one_by_one(make, glossary)).value
        with self._makers.alone((name, glossary)):
            now = self._now((name, glossary), make, glossary, join)
        assert now.whole is not None  # noqa: S101 - it was asked for.  # nosec B101
        whole: W = now.whole.value
        return whole

    def _is_large(self, glossary: str | None) -> bool:
        counts = self._store.glossaries()
        return sum(n for of, n in counts if glossary in {None, of}) > _MOST

    def _one_by_one(self, make: Make[T], glossary: str | None) -> Iterator[T]:
        for entry in self._store.all_entries(glossary):
            if (part := make(entry)) is not None:
                yield part.value

    def _now(
        self,
        name: Hashable,
        make: Make[Any],
        glossary: str | None,
        join: Join[Any, Any] | None = None,
    ) -> _All:
        moment, newest = self._store.moment(), self._newest.get(name, ())
        ours = [every for every in newest if every.moment.epoch == moment.epoch]
        older = (e for e in ours if e.moment.revision <= moment.revision)
        old = next(older, None)
        if old is not None and old.moment == moment:
            return old
        if old is None:
            new = _from_nothing(moment, self._store.all_entries(glossary), make)
        else:
            new = self._followed(old, moment, make, glossary)
        if join is not None and new.whole is None:
            whole = join(new.values())
            new = new._replace(whole=whole, size=new.size + whole.size)
        if old is (ours[0] if ours else None):
            self._keep(name, (new, *ours[:1]))
        return new

    def _followed(
        self, old: _All, moment: Moment, make: Make[Any], glossary: str | None
    ) -> _All:
        """Return the parts of now, from those of an earlier revision."""
        since = old.moment.revision
        rows = self._store.rows(
            "select id from entry where revision > ? "
            "union select id from tombstone where revision > ?",
            [since, since],
        )
        ids = [row[0] for row in rows]
        by_id, size = dict(old.by_id), old.size
        is_longer = is_other = False
        parts = {
            entry.id: part
            for entry in self._store.entries_of(ids)
            if entry.state != "retired" and glossary in {None, entry.glossary}
            if (part := make(entry)) is not None
        }
        for entry_id in ids:
            before, part = by_id.get(entry_id), parts.get(entry_id)
            is_other = is_other or part != before
            size -= before.size + _EACH if before else 0
            if part is None:
                by_id.pop(entry_id, None)
            else:
                is_longer = is_longer or before is None
                size += part.size + _EACH
                by_id[entry_id] = part
        whole = old.whole
        if is_other and whole is not None:
            size, whole = size - whole.size, None
        if is_longer:
            by_id = dict(sorted(by_id.items()))
        return _All(moment, by_id, size, whole)

    def _keep(self, name: Hashable, newest: tuple[_All, ...]) -> None:
        """Keep what is newest of a name; what moved last is all that is there twice."""
        with self._lock:
            self._newest.pop(name, None)
            self._newest[name] = newest
            room = _ROOM - sum(every[0].size for every in self._newest.values())
            while room < 0:
                room += self._newest.pop(next(iter(self._newest)))[0].size


class Makers:
    """Has one thread make what several want at once, while the others wait for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        #: The lock of a name, and how many hold it or wait for it.
        self._by_name: dict[Hashable, tuple[Lock, int]] = {}

    @contextmanager
    def alone(self, name: Hashable) -> Iterator[None]:
        """Be the only thread that is in here under a name."""
        with self._lock:
            lock, count = self._by_name.get(name, (Lock(), 0))
            self._by_name[name] = lock, count + 1
        try:
            with lock:
                yield
        finally:
            with self._lock:
                _, count = self._by_name.pop(name)
                if count > 1:
                    self._by_name[name] = lock, count - 1


def _from_nothing(moment: Moment, entries: Iterable[Entry], make: Make[Any]) -> _All:
    by_id = {e.id: part for e in entries if (part := make(e)) is not None}
    size = sum(part.size + _EACH for part in by_id.values())
    return _All(moment, by_id, size)
