"""What people say under an entry, also to those whom they name with @."""

import re
from collections.abc import Iterable
from typing import Final

from glossary.config import settings_in_force
from glossary.entry import ACTIVE, TOLD, Notice, Saying
from glossary.errors import Forbidden, Unauthorized
from glossary.message import N_
from glossary.people import Actor, acting
from glossary.store import Store, Write

MENTIONED, SAID = TOLD[1:3]
#: A name behind @, as people's ids are; the full stop of a sentence is none of it.
_NAMED: Final = re.compile(r"(?<![\w@.-])@([a-z0-9](?:[a-z0-9._@-]{0,98}[a-z0-9_])?)")


def say(store: Store, remark: Saying, *, by: Actor) -> Saying:
    """Keep what somebody says under an entry, and tell those whom it names.

    Whoever watches the entry is told as well. Raise Unauthorized for somebody whom
    nobody knows, Forbidden, or NotFound.
    """
    if not by.is_known:
        raise Unauthorized(N_("Sign in, or send a token."))
    with store.write(by=by.name) as write:
        entry = write.entry(remark.entry)
        by.must("comment", entry.glossary)
        people = [
            name
            for name in dict.fromkeys(_NAMED.findall(remark.text))
            if may_hear(write, name, entry.glossary)
        ]
        remark_now = write.team.say(
            Saying(0, entry.id, remark.text, remark.lang, mentions=tuple(people))
        )
        for name in people:
            _tell(write, name, MENTIONED, remark_now)
        for name in write.team.watchers("entry", entry.id):
            if name not in people and may_hear(write, name, entry.glossary):
                _tell(write, name, SAID, remark_now)
        return remark_now


def settle(
    store: Store, number: int, *, by: Actor | str, is_resolved: bool = True
) -> Saying:
    """Settle a remark, or open it again: its author may, and every editor."""
    actor = acting(by)
    with store.write(by=actor.name) as write:
        remark = write.team.remark(number)
        _must_be_theirs(write, actor, remark, "edit")
        return write.team.settle(remark, is_resolved=is_resolved)


def take_back(store: Store, number: int, *, by: Actor | str) -> None:
    """Remove a remark: its author may, and a reviewer."""
    actor = acting(by)
    with store.write(by=actor.name) as write:
        remark = write.team.remark(number)
        _must_be_theirs(write, actor, remark, "review")
        write.team.unsay(remark)


def may_hear(write: Write, name: str, glossary: str) -> bool:
    """Say whether somebody is here, and may read a glossary."""
    person, roles = write.people.with_roles(name)
    if person is None or person.state != ACTIVE:
        return False
    return settings_in_force().open_reads or Actor(name, roles).may("read", glossary)


def readable(
    store: Store, notices: Iterable[Notice], *, by: Actor | None
) -> list[Notice]:
    """Return the notices that somebody may still read, who may have lost a role since.

    Without `by`, each is its own reader's.
    """
    several = list(notices)
    entries = store.entries_of([notice.about for notice in several if notice.about])
    glossaries = {entry.id: entry.glossary for entry in entries}
    people = {notice.person for notice in several} if by is None else set()
    actors = {name: Actor(name, store.people.with_roles(name)[1]) for name in people}
    is_open = settings_in_force().open_reads
    return [
        notice
        for notice in several
        if is_open
        or notice.about not in glossaries
        or (by or actors[notice.person]).may("read", glossaries[notice.about])
    ]


def _tell(write: Write, name: str, kind: str, remark: Saying) -> None:
    if name != remark.by:
        write.team.tell(Notice(0, name, kind, remark.entry, text=remark.text[:200]))


def _must_be_theirs(write: Write, actor: Actor, remark: Saying, action: str) -> None:
    if actor.is_known and actor.name == remark.by:
        return
    entry = write.find(remark.entry)
    if entry is None or not actor.may(action, entry.glossary):
        raise Forbidden(N_("This comment is somebody else's."))
