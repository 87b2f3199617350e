"""What a revision changed, taken back as one new revision.

An entry that the revision made is retired, any other becomes what it was before; the
history keeps all of it. What was changed since, or was removed, is told and left. What
the revision did to sources, subjects and tokens is no part of it.
"""

from collections.abc import Callable
from dataclasses import asdict, replace

from glossary.entry import Entry
from glossary.message import N_, Message
from glossary.store import UNDO, Moved, Store
from glossary.transfer.records import differences
from glossary.transfer.report import Counts, Outcome, Trouble

_Put = Callable[[list[Entry]], list[Entry]]


def undo(
    store: Store,
    undoes: int,
    *,
    by: str,
    heed: Callable[[Outcome], None],
    dry_run: bool,
    revision: int | None = None,
    import_id: str | None = None,
) -> tuple[Counts, int]:
    """Take back what a revision changed; return how many entries came to what.

    The second is the revision that was made, or the one that a plan was made at. The
    others are as in `bring_in`. Raise Stale when the store has moved since `revision`.
    """
    counts = Counts()

    def count(outcome: Outcome) -> None:
        counts.add(outcome)
        counts.read = counts.changing + counts.unchanged + counts.refused
        heed(outcome)

    if dry_run:
        with store.snapshot() as made:
            for page in store.changesets.moved(undoes):
                _taken_back(page, list, count)
        return counts, made
    with store.write(by=by) as write:
        made = write.must_be_at(revision)
        for page in write.changesets.moved(undoes):
            _taken_back(page, lambda entries: write.update_all(entries, UNDO), count)
        if counts.updated or counts.retired:
            made = write.revision
            if import_id is not None:
                write.note_import(import_id, asdict(counts))
    return counts, made


def _taken_back(page: list[Moved], put: _Put, heed: Callable[[Outcome], None]) -> None:
    """Put entries back where they were, and tell of each what became of it."""
    pairs = [(moved.now, _before(moved)) for moved in page]
    done = iter(put([before for _, before in pairs if before is not None]))
    for moved, (now, before) in zip(page, pairs, strict=True):
        if now is None or before is None:
            heed(_left(moved))
        else:
            heed(_outcome(now, next(done), made=moved.before is None))


def _before(moved: Moved) -> Entry | None:
    """Return what an entry goes back to, or None where it is left."""
    if moved.is_left or moved.now is None:
        return None
    return moved.before or replace(moved.now, state="retired")


def _outcome(now: Entry, done: Entry, *, made: bool) -> Outcome:
    changes = differences(now, done)
    action = "unchanged" if not changes else "retire" if made else "update"
    return Outcome(0, action, now.id, changes=changes)


def _left(moved: Moved) -> Outcome:
    """Return why an entry is left as it is."""
    if moved.now is None or moved.then is None:
        said = Message(
            N_("It was removed with its history, so nothing brings it back.")
        )
        trouble = Trouble(0, None, "purged", said, moved.entry)
    else:
        said = Message(
            N_("It was changed since by %(by)s (version %(version)s), so it stays."),
            by=moved.now_by,
            version=moved.now.version,
        )
        trouble = Trouble(0, None, "changed-since", said, moved.entry)
    return Outcome(0, "conflict", moved.entry, (trouble,))
