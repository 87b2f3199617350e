"""Who wants to be told of which changes: people by notices, programs by webhooks.

Nothing is told while an entry is written: `follow` reads what was changed since it was
last called, in whichever process, and goes on from there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from glossary.curation import hooks
from glossary.curation.remarks import may_hear
from glossary.entry import TOLD, Change, Entry, Notice, Watch
from glossary.errors import Conflict, NotFound
from glossary.message import N_
from glossary.people import Actor
from glossary.store import Store, Write
from glossary.text import fold, stemmed

CHANGED: Final = TOLD[3]
#: So many changes are read at a time; of more in one revision a person gets one notice.
_PAGE: Final = 500
_MOST_OF_ONE: Final = 20
#: So much may one person watch.
_MOST_WATCHED: Final = 500


def watch(store: Store, subject: Watch, *, by: Actor) -> None:
    """Have somebody told of changes of an entry, a subject, a glossary, or a query.

    What was changed before is not told. Raise Forbidden for what they may not read,
    NotFound for an entry that is none, and Conflict for too much.
    """
    follow(store)
    with store.write(by=by.name) as write:
        if subject.kind == "entry":
            by.must("read", write.entry(subject.value).glossary)
        elif subject.kind == "glossary":
            by.must("read", subject.value)
        if len(write.team.watches(by.person)) >= _MOST_WATCHED:
            raise Conflict(
                N_("You already watch %(most)s things; stop watching one first."),
                most=_MOST_WATCHED,
            )
        hooks.begin(write)
        write.team.watch(replace(subject, person=by.person))


def unwatch(store: Store, subject: Watch, *, by: Actor) -> None:
    """Tell somebody no more of it; raise NotFound."""
    if not by.person:
        raise NotFound(N_("You do not watch this."))
    with store.write(by=by.name) as write:
        write.team.unwatch(replace(subject, person=by.person))


def follow(store: Store) -> int:
    """Tell of all that was changed since; return how many changes were told."""
    number = 0
    while page := _page(store):
        reached, changes = page
        with store.write(by="") as write:
            if write.team.reached(hooks.MARK) != reached:
                # Another process has told it meanwhile.
                continue
            _tell(write, changes)
            hooks.queue_up(write, changes, epoch=store.epoch)
            write.team.reach(hooks.MARK, str(changes[-1].revision))
        number += len(changes)
    return number


def _page(store: Store) -> tuple[str, list[Change]] | None:
    """Return how far changes were told, and the next ones; whole revisions only."""
    reached = store.team.reached(hooks.MARK)
    if not reached or not (store.team.watches() or store.team.hooks()):
        return None
    since, after = int(reached), ""
    changes: list[Change] = []
    with store.snapshot():
        while page := store.changes(since=since, after=after, limit=_PAGE):
            changes += page
            since, after = page[-1].revision, page[-1].entry
            if len(page) < _PAGE or len({c.revision for c in changes}) > 1:
                break
    last = changes[-1].revision if changes else 0
    if len({c.revision for c in changes}) > 1 and len(changes) % _PAGE == 0:
        # The last revision may go on.
        changes = [change for change in changes if change.revision != last]
    return (reached, changes) if changes else None


def _tell(write: Write, changes: Sequence[Change]) -> None:
    watches: dict[str, list[Watch]] = defaultdict(list)
    for own_watch in write.team.watches():
        watches[own_watch.person].append(own_watch)
    for person, theirs in watches.items():
        by_revision: dict[int, list[Change]] = defaultdict(list)
        for change in _of_interest(write, changes, person, theirs):
            by_revision[change.revision].append(change)
        for revision, several in by_revision.items():
            for notice in _notices(person, revision, several):
                write.team.tell(notice)


def _of_interest(
    write: Write, changes: Iterable[Change], person: str, theirs: Sequence[Watch]
) -> Iterator[Change]:
    """Yield the changes by others that a person wants to be told of and may read."""
    may: dict[str, bool] = {}
    for change in changes:
        entry = change.document
        if change.by == person or entry is None:
            continue
        if not any(_is_meant(watch, entry) for watch in theirs):
            continue
        if entry.glossary not in may:
            may[entry.glossary] = may_hear(write, person, entry.glossary)
        if may[entry.glossary]:
            yield change


def _is_meant(watch: Watch, entry: Entry) -> bool:
    if watch.kind == "query":
        stem = _stem(watch.value)
        return bool(stem) and any(stem in _stem(term.text) for term in entry.terms)
    if watch.kind == "subject":
        return watch.value in entry.subjects
    return watch.value == (entry.id if watch.kind == "entry" else entry.glossary)


def _stem(text: str) -> str:
    """Return what the forms of a phrase share."""
    return stemmed(fold(text))


def _notices(person: str, revision: int, changes: list[Change]) -> Iterator[Notice]:
    if len(changes) > _MOST_OF_ONE:
        by, at = changes[0].by, changes[0].at
        yield Notice(
            0, person, CHANGED, "", by or "-", f"{len(changes)} @{revision}", at
        )
        return
    for change in changes:
        yield Notice(
            0, person, CHANGED, change.entry, change.by or "-", change.action, change.at
        )
