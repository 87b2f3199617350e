"""What waits for whom, over HTTP: the queue, and who is to work on what."""

from dataclasses import replace
from typing import Any, Final

from flask import Blueprint, Response

from glossary.curation import queue as queues
from glossary.entry import QueueListing, Task, codec
from glossary.schema import load
from glossary.schema import teamwork as schema
from glossary.web import current, reply
from glossary.web import request as incoming
from glossary.web.reply import of_one_moment

team = Blueprint("team", __name__, url_prefix="/api/v1")

_QUEUE: Final = schema.QueueQuery()
_ASSIGNMENT: Final = schema.AssignmentBody()


@team.get("/queue")
@of_one_moment(is_revised=False)
def get_queue() -> Response:
    """List what waits for the caller, for a reviewer, for proof, or for a new check."""
    listing: QueueListing = incoming.query(_QUEUE)
    rows = queued(listing)
    page = reply.sliced(rows, listing.limit, lambda q: f"{q.place}~{q.entry.id}")
    return reply.private_items(page._replace(rows=[_plain(q) for q in page.rows]))


@team.put("/entries/<entry_id>/assignment")
def put_assignment(entry_id: str) -> Response:
    """Ask somebody to work on an entry; editors may take it upon themselves."""
    incoming.nothing()
    task: Task = incoming.body(_ASSIGNMENT)
    new = queues.assign(
        current.store(), replace(task, entry=entry_id), by=current.actor()
    )
    return reply.json(new)


@team.delete("/entries/<entry_id>/assignment")
def delete_assignment(entry_id: str) -> Response:
    """Have an entry wait for nobody in particular."""
    incoming.nothing()
    queues.release(current.store(), entry_id, by=current.actor())
    return reply.nothing()


def queued(listing: QueueListing) -> list[queues.Queuing]:
    """Return a page of a queue, and one more entry if there is one."""
    return queues.queue(
        current.store(),
        listing.list,
        by=current.actor(),
        glossary=listing.glossary,
        after=listing.cursor,
        limit=listing.limit + 1,
    )


def task_of(form: dict[str, Any], entry_id: str) -> Task:
    """Return the task that a form describes; raise Invalid."""
    task: Task = load(_ASSIGNMENT, {name: text for name, text in form.items() if text})
    return replace(task, entry=entry_id)


def _plain(queuing: queues.Queuing) -> dict[str, Any]:
    entry = queuing.entry
    return {
        "entry": entry.id,
        "title": entry.title(),
        "glossary": entry.glossary,
        "state": entry.state,
        "checked": entry.checked.date if entry.checked else None,
        "modified": entry.modified,
        "assigned": codec.plain(queuing.task) if queuing.task else None,
    }
