"""The door that editors write through: who approves, and that it is somebody else.

Whatever makes an entry approved, changes one that is, takes one out of use or brings it
back, passes here, by whatever verb: a change, a restore, a proposal, a bulk edit, a
merge, an undo, a file.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from glossary.config import settings_in_force
from glossary.entry import APPROVED, RETIRED, Entry, Proposed, codec, is_of_review
from glossary.errors import NotReviewer, OwnWork
from glossary.message import N_
from glossary.people import Actor, acting
from glossary.query import Once
from glossary.store import Store, Write

#: What brings back what was approved before changes nothing that is to be reviewed.
_BRINGS_BACK = frozenset({"restore", "undo"})
#: Who may not do something is told who does.
_OF_REVIEWERS: Final = {
    "approve": N_(
        "Only a reviewer of “%(glossary)s” may approve entries or change approved ones."
    ),
    "retire": N_(
        "Only a reviewer of “%(glossary)s” may retire entries or restore them."
    ),
}


@contextmanager
def writing(
    store: Store, by: Actor | str, *, once: Once | None = None, reason: str = ""
) -> Iterator[Write]:
    """Open the write door of a store for an editor; `reason` goes into the history.

    Raise what `Store.write` does. Each write of an entry raises Forbidden for who is
    no editor of its glossary, NotReviewer when it needs the role of a reviewer, and
    OwnWork when somebody else must review it.
    """
    with store.write(by=acting(by).name, once=once) as write:
        yield under_review(write, by, reason=reason)


def under_review(write: Write, by: Actor | str, *, reason: str = "") -> Write:
    """Have a write ask before each entry whether somebody may write it so."""
    actor = acting(by)
    may_edit: set[str] = set()

    def guard(
        old: Entry | None, new: Entry, action: str, proposed: Proposed | None
    ) -> None:
        glossaries = {new.glossary} if old is None else {old.glossary, new.glossary}
        if not glossaries <= may_edit:
            for glossary in sorted(glossaries):
                actor.must("edit", glossary)
            may_edit.update(glossaries)
        if needs_reviewer(old, new):
            must_be_reviewer(actor, glossaries, "approve")
        if goes_or_returns(old, new):
            must_be_reviewer(actor, glossaries, "retire")
        if is_own_work(write, actor, old, new, action=action, proposed=proposed):
            raise own_work(new)
        if new.state == APPROVED and old is not None and old.state != APPROVED:
            # What somebody was to do about it is done.
            write.team.drop(new.id)

    write.reason, write.guard = reason, guard
    return write


def needs_reviewer(old: Entry | None, new: Entry) -> bool:
    """Say whether a write approves an entry, or changes one that is approved."""
    return APPROVED in {new.state, old.state if old else ""}


def goes_or_returns(old: Entry | None, new: Entry) -> bool:
    """Say whether a write takes an entry out of use, or brings one back."""
    return old is not None and (old.state == RETIRED) != (new.state == RETIRED)


def must_be_reviewer(by: Actor | str, glossaries: set[str], action: str) -> None:
    """Raise NotReviewer for who may not do something in one of some glossaries."""
    for glossary in sorted(glossaries):
        if not acting(by).may(action, glossary):
            raise NotReviewer(_OF_REVIEWERS[action], glossary=glossary)


def is_own_work(
    write: Write,
    by: Actor | str,
    old: Entry | None,
    new: Entry,
    *,
    action: str,
    proposed: Proposed | None,
) -> bool:
    """Say whether somebody would approve what is their own, where that is not wanted.

    An entry is the work of everybody who changed it since it was last approved; of a
    proposal, that is who proposed.
    """
    if new.state != APPROVED or not settings_in_force().second_reviewer:
        return False
    if action in _BRINGS_BACK:
        return False
    name = acting(by).name
    authors: set[str] = set()
    if old is not None and old.state != APPROVED:
        authors = write.authors(old.id)
    if old is None or changes_content(old, new):
        authors.add(proposed.by if proposed is not None else name)
    return name in authors


def own_work(entry: Entry) -> OwnWork:
    """Return the error of who approves what they have written."""
    return OwnWork(
        N_(
            "“%(id)s” is your own work; send it to review, so that somebody "
            "else approves it."
        ),
        id=entry.id,
    )


def changes_content(old: Entry, new: Entry) -> bool:
    """Say whether more than the state and the last check is another."""
    return not is_of_review(codec.changed(codec.plain(old), codec.plain(new)))
