"""What waits for whom: tasks, reviews, half proved pairs, what was long unchecked."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from glossary.config import settings_in_force
from glossary.entry import ACTIVE, LISTS, RETIRED, TOLD, Entry, Notice, Task
from glossary.errors import Conflict, Forbidden, Invalid, NotFound
from glossary.message import N_, Problem
from glossary.people import Actor, acting
from glossary.store import Store

MINE, TO_REVIEW, HALF_PROVED, STALE = LISTS


class Queuing(NamedTuple):
    """An entry that waits, its place in the list, and whose it is to work on."""

    place: str
    entry: Entry
    task: Task | None


def queue(
    store: Store,
    name: str,
    *,
    by: Actor,
    glossary: str | None = None,
    after: tuple[str, str] = ("", ""),
    limit: int,
) -> list[Queuing]:
    """Return entries of a list that wait for somebody, from after a place on.

    Lists show what somebody may edit, `to-review` what they may approve. What is due
    first stands first, or what was checked longest ago. Raise Forbidden for who may
    not.
    """
    action = "approve" if name == TO_REVIEW else "edit"
    by.must(action, glossary)
    places = store.team.queue(
        name,
        _about(name, by),
        glossaries=_glossaries(by, action, glossary),
        after=after,
        limit=limit,
    )
    tasks = store.team.tasks([place.entry.id for place in places])
    return [Queuing(q.place, q.entry, tasks.get(q.entry.id)) for q in places]


def stale_since(today: str = "") -> str:
    """Return the day before which a last check is too long ago.

    >>> stale_since("2026-03-31")
    '2024-03-31'
    """
    day = today or datetime.now(UTC).date().isoformat()
    year, month, rest = day.split("-")
    months = int(year) * 12 + int(month) - 1 - settings_in_force().stale_months
    return f"{months // 12:04d}-{months % 12 + 1:02d}-{rest}"


def assign(store: Store, task: Task, *, by: Actor | str) -> Task:
    """Ask somebody to work on an entry, who is told; the last word counts.

    An editor takes it upon themselves; a reviewer asks others, who may edit there.
    Raise Forbidden, NotFound, Conflict for a retired entry, and Invalid for somebody
    who could not do it.
    """
    actor = acting(by)
    with store.write(by=actor.name) as write:
        entry = write.entry(task.entry)
        _must_assign(actor, entry, task.person)
        if entry.state == RETIRED:
            raise Conflict(N_("The entry “%(id)s” is retired."), id=entry.id)
        person, roles = write.people.with_roles(task.person)
        may = Actor(task.person, roles).may("edit", entry.glossary)
        if person is None or person.state != ACTIVE or not may:
            template = N_("Nobody by this name may edit that glossary.")
            raise Invalid([Problem("/person", template)])
        task_now = write.team.assign(task)
        if task.person != actor.person:
            notice = Notice(0, task.person, TOLD[0], entry.id, text=task.note)
            write.team.tell(notice)
        return task_now


def release(store: Store, entry_id: str, *, by: Actor | str) -> None:
    """Have an entry wait for nobody in particular; raise Forbidden or NotFound."""
    actor = acting(by)
    with store.write(by=actor.name) as write:
        entry = write.entry(entry_id)
        task = write.team.tasks([entry_id]).get(entry_id)
        if task is None:
            raise NotFound(N_("“%(id)s” is assigned to nobody."), id=entry_id)
        _must_assign(actor, entry, task.person)
        write.team.drop(entry_id)


def _must_assign(actor: Actor, entry: Entry, person: str) -> None:
    actor.must("edit", entry.glossary)
    if person != actor.person and not actor.may("review", entry.glossary):
        raise Forbidden(N_("Only a reviewer may assign an entry to somebody else."))


def _about(name: str, by: Actor) -> tuple[str, ...]:
    if name == MINE:
        return (by.person or by.name, by.name)
    return (stale_since(),) if name == STALE else ()


def _glossaries(by: Actor, action: str, glossary: str | None) -> Sequence[str] | None:
    if glossary is not None:
        return [glossary]
    if by.may(action, "*"):
        return None
    return sorted(name for name in by.roles if by.may(action, name))
