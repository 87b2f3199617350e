"""Every wording of the store ready to be found in a text, and kept up with the store.

A `Snapshot` is the store as of one revision: a large lexicon, and a small one, the
delta, of what was written since the large one was built. Entries of the delta hide
those of the large one. A request takes the newest snapshot and works with it to its
end; when the store has moved, it first makes a new delta, in milliseconds, so that what
was saved is recognised in the next request.

The large lexicon of a small store is built by whoever needs it. That of a large one is
built by a process of its own, read back by a thread and swapped in. Either is kept in a
file beside the store, which server processes and commands share.
"""

import fcntl
import os
import subprocess  # nosec B404 - our own program.
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from glob import escape
from pathlib import Path
from typing import Any, Final, NamedTuple

from glossary.entry import Entry, Term
from glossary.errors import NotReady, StoreError
from glossary.message import N_
from glossary.query import Moment
from glossary.recognition.automaton import Lexicon, Ref, WordingRow
from glossary.store import IssuerNames, Store, beside, open_store
from glossary.text import key

#: Stores of so many entries are built in the request that needs it (a third of a
#: millisecond each); the curated glossary is one of them, with room to grow.
_SMALL: Final = 10_000
#: A lexicon of fewer entries is built as soon as it is read from a file.
_WORTH_A_FILE: Final = 500
#: So many changed entries make a delta; beyond, the lexicon is built anew.
_MOST_CHANGED: Final = 2_000
_REBUILD_AT: Final = 200
_MOST_KNOWN: Final = 200_000


class Sense(NamedTuple):
    """What a wording means: a term, its entry with its number, and its key."""

    number: int
    entry: Entry
    term: Term
    key: str


class Shelf:
    """A lexicon with the entries it refers to, read when they are first met."""

    def __init__(self, lexicon: Lexicon, store: Store) -> None:
        self.lexicon = lexicon
        self._memories: dict[object, dict[Any, Any]] = {}
        self._number_kept = 0
        self._store = store
        #: What references mean; None for what means nothing any more.
        self._senses: dict[Ref, Sense | None] = {}
        self._patterns: dict[int, tuple[Sense, ...]] = {}

    def memory(self, scope: object) -> dict[Any, Any]:
        """Return what others have kept of wordings that they met here."""
        return self._memories.setdefault(scope, {})

    def keep(self, scope: object, wording: object, reading: object) -> None:
        """Keep what a wording is read as in a scope, until it is too much in all."""
        if self._number_kept >= _MOST_KNOWN:
            self._memories.clear()
            self._number_kept = 0
        self._number_kept += 1
        self.memory(scope)[wording] = reading

    def senses(self, pattern: int) -> tuple[Sense, ...]:
        """Return the senses of a pattern."""
        senses_there = self._patterns.get(pattern)
        if senses_there is None:
            senses, is_all = self.meant(self.lexicon.refs(pattern))
            senses_there = tuple(sense for sense in senses if sense is not None)
            if is_all:
                self._patterns[pattern] = senses_there
        return senses_there

    def has_read(self, pattern: int) -> bool:
        """Say whether the senses of a pattern are all that there ever will be."""
        return pattern in self._patterns

    def meant(self, refs: Iterable[Ref]) -> tuple[list[Sense | None], bool]:
        """Return what references mean, None where that is nothing any more.

        Say too whether all could be read: while the store is older than the lexicon,
        what it lacks is None.
        """
        refs, read = [*refs], self._senses
        if not all(ref in read for ref in refs):
            read = self._learn(refs)
        return [read.get(ref) for ref in refs], all(ref in read for ref in refs)

    def foresee(self, patterns: Iterable[int]) -> None:
        """Read in one go the entries that these patterns refer to."""
        patterns_there = self._patterns
        unread = {pattern for pattern in patterns if pattern not in patterns_there}
        if len(unread) > 1:
            self._learn([r for p in unread for r in self.lexicon.refs(p)])

    def _learn(self, refs: list[Ref]) -> dict[Ref, Sense | None]:
        """Read entries as they were when the lexicon was built.

        One that was purged since means nothing. All are left out that are unknown while
        the store is older. Other threads may meanwhile forget what they know.
        """
        if len(self._senses) >= _MOST_KNOWN:
            self._senses, self._patterns = {}, {}
        senses = self._senses
        unknown = [ref for ref in refs if ref not in senses]
        if not unknown:
            return senses
        numbers = list({ref.entry for ref in unknown})
        then = self.lexicon.revision
        with self._store.snapshot(then) as now:
            if now < then:
                return senses
            entries = self._store.wordings.entries(numbers, then)
        for ref in unknown:
            entry = entries.get(ref.entry)
            senses[ref] = None if entry is None else _sense(ref, entry)
        return senses


def _sense(ref: Ref, entry: Entry) -> Sense:
    term = entry.terms[ref.ordinal]
    return Sense(ref.entry, entry, term, key(term.text))


class Snapshot(NamedTuple):
    """The wordings as of a revision; entries numbered in `stale` are in the delta.

    `issuers` tells whom a name of one stands for, `epoch` which store it is of.
    """

    revision: int
    main: Shelf
    delta: Shelf
    stale: frozenset[int]
    issuers: IssuerNames = IssuerNames()
    epoch: str = ""


class _Newest(NamedTuple):
    """A snapshot that is as new as it can be while the store is at `moment`.

    Both change together: whoever reads without the lock must not take an older snapshot
    for one of a newer moment.
    """

    snapshot: Snapshot
    moment: Moment


class Recognition:
    """The newest snapshot of a store; `path` is where a large lexicon is kept."""

    def __init__(self, store: Store, path: Path | None = None) -> None:
        self._store = store
        self._path = path or beside(store.path, "lexicon")
        self._lock = threading.Lock()
        self._newest: _Newest | None = None
        self._builder: threading.Thread | None = None

    @property
    def is_gathered(self) -> bool:
        """Whether there are wordings yet, of whatever revision."""
        return self._newest is not None

    def snapshot(self, at_least: int = 0, *, patience: float = 0) -> Snapshot:
        """Return the store's wordings as of now; `at_least` as in `Store.snapshot`.

        While a large change is still being gathered, return them as of before it; when
        there was nothing before, wait so many seconds of `patience`, then raise
        NotReady.
        """
        now = self._newest
        if now is not None and now.moment == self._store.moment(at_least):
            return now.snapshot
        try:
            with self._lock:
                return self._renewed(at_least)
        except NotReady:
            builder = self._builder
            if not patience or builder is None:
                raise
            builder.join(patience)
        with self._lock:
            return self._renewed(at_least)

    def newest(self) -> int:
        """Return the revision that the wordings are of; 0 before anybody wants them."""
        now = self._newest
        return 0 if now is None else now.snapshot.revision

    def refresh(self) -> None:
        """Take in what was written meanwhile, if anybody has asked for wordings yet."""
        if self._newest is not None:
            self.snapshot()

    def gather(self, rehearse: Callable[[Snapshot], object]) -> None:
        """Have the wordings gathered in the back, before anybody asks for them.

        `rehearse` does then what loads all that the first text would wait for.
        """
        threading.Thread(target=self._gather, args=(rehearse,), daemon=True).start()

    def _gather(self, rehearse: Callable[[Snapshot], object]) -> None:
        # What is wrong with the store is told to who asks for something.
        with suppress(StoreError, OSError):
            count = self._store.wordings.count()
            is_missing = not self._path.exists()
            if is_missing and _WORTH_A_FILE <= count <= _SMALL and self._may_keep():
                # What building takes does not stay with a process that serves.
                with self._lock:
                    self._build_apart()
            rehearse(self.snapshot())

    def settle(self) -> None:
        """Wait until nothing is being built."""
        builder = self._builder
        if builder is not None:
            builder.join()

    def _renewed(self, at_least: int) -> Snapshot:
        with self._store.snapshot(at_least) as revision:
            moment = self._store.moment()
            old = self._newest.snapshot if self._newest else None
            if self._newest and self._newest.moment.epoch != moment.epoch:
                # What is remembered is of a store that stood here before.
                self._newest = old = None
            if old is None or revision >= old.revision:
                old = self._as_of(revision, old)
                self._newest = _Newest(old, moment)
        return old

    def _as_of(self, revision: int, old: Snapshot | None) -> Snapshot:
        """Return the wordings as of a revision, or as near to it as can be now."""
        main = old.main if old else self._first()
        if main is None:
            raise NotReady(
                N_("The wordings are being gathered; try again in a minute.")
            )
        changes = self._changed(main)
        if len(changes) > _REBUILD_AT:
            main = self._rebuilt(main) or main
            changes = self._changed(main)
        if len(changes) <= _MOST_CHANGED:
            return self._with_delta(main, revision, changes)
        return old or self._with_delta(main, main.lexicon.revision, [])

    def _changed(self, main: Shelf) -> list[tuple[int, Entry]]:
        since = main.lexicon.revision
        return self._store.wordings.changed(since, _MOST_CHANGED + 1)

    def _first(self) -> Shelf | None:
        """Return the lexicon to begin with: from its file, or built."""
        lexicon = Lexicon.load(self._path, self._store.epoch)
        return self._rebuilt(None) if lexicon is None else Shelf(lexicon, self._store)

    def _rebuilt(self, old: Shelf | None) -> Shelf | None:
        """Build a small lexicon now; have a large one built, and return the old one."""
        count = self._store.wordings.count()
        if count <= _SMALL:
            lexicon = self._in_file() if count >= _WORTH_A_FILE else None
            # A lexicon without a wording is one, too.
            return Shelf(
                gathered(self._store) if lexicon is None else lexicon, self._store
            )
        if self._builder is None or not self._builder.is_alive():
            builder = threading.Thread(target=self._build, daemon=True)
            builder.start()
            self._builder = builder
        return old

    def _may_keep(self) -> bool:
        """Say whether a small lexicon may be kept in its file.

        Only the owner of the store's file makes one beside it: what belonged to another
        user would lock the owner out.
        """
        store = Path(self._store.path)
        try:
            is_ours = not store.exists() or store.stat().st_uid == os.getuid()
        except OSError:
            return False
        return is_ours and os.access(self._path.parent, os.W_OK)

    def _in_file(self) -> Lexicon | None:
        """Bring the file of a small lexicon up to date; None where there is none."""
        if not self._may_keep():
            return None
        try:
            build(self._store, self._path)
        except OSError:
            return None
        return Lexicon.load(self._path, self._store.epoch)

    def _build(self) -> None:
        """Have the file built and swap in what it holds."""
        self._build_apart()
        with suppress(StoreError):
            # Who asks next is told what is wrong, and has it built anew.
            self._swap_in()

    def _build_apart(self) -> None:
        """Have the file built by a process of its own."""
        command = [sys.executable, "-m", "glossary.recognition.snapshot"]
        subprocess.run(  # noqa: S603 - our own program and paths of our own.  # nosec B603
            [*command, self._store.path, str(self._path)], check=False
        )

    def _swap_in(self) -> None:
        """Take what was built; raise StoreError where the store is not read now."""
        lexicon = Lexicon.load(self._path, self._store.epoch)
        if lexicon is None:
            return
        main = Shelf(lexicon, self._store)
        newer = lexicon.revision
        with self._lock, self._store.snapshot(newer) as revision:
            changes = self._changed(main)
            if len(changes) <= _MOST_CHANGED:
                snapshot = self._with_delta(main, revision, changes)
                self._newest = _Newest(snapshot, self._store.moment())

    def _with_delta(
        self, main: Shelf, revision: int, changes: list[tuple[int, Entry]]
    ) -> Snapshot:
        revision = max(revision, main.lexicon.revision)
        delta = Lexicon.of(
            revision,
            [row for n, entry in changes for row in _rows(n, entry)],
        )
        stale = frozenset(n for n, _ in changes)
        store = self._store
        own = Shelf(delta, store)
        return Snapshot(revision, main, own, stale, store.issuers, store.epoch)


def gathered(store: Store) -> Lexicon:
    """Return all wordings of a store as they are now."""

    def rows() -> Iterator[WordingRow]:
        untold = dict(store.wordings.untold())
        for n, ordinal, matched_by in store.wordings.keyed():
            if n not in untold:
                yield WordingRow(n, ordinal, matched_by)
        for n, entry in untold.items():
            yield from _rows(n, entry)

    with store.snapshot() as revision:
        return Lexicon.of(revision, rows())


def build(store: Store, path: Path) -> None:
    """Bring the file of a store's lexicon up to date, one process at a time."""
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for part in path.parent.glob(f"{escape(path.name)}.*.part"):
            # It is of a builder that was killed: this one has the lock.
            part.unlink(missing_ok=True)
        revision = store.revision()
        lexicon = Lexicon.load(path, store.epoch)
        if lexicon is None or lexicon.revision != revision:
            gathered(store).save(path, store.epoch)


def _rows(number: int, entry: Entry) -> Iterator[WordingRow]:
    if entry.state != "retired":
        for ordinal, term in enumerate(entry.terms):
            yield WordingRow(number, ordinal, key(term.text), term.text)


if __name__ == "__main__":
    build(open_store(sys.argv[1], new=False), Path(sys.argv[2]))
