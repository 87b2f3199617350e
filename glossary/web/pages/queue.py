"""The page of what waits: for the reader, for a reviewer, for proof, for a check."""

from typing import Final

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary.curation import queue as queues
from glossary.entry import LISTS, QueueListing
from glossary.errors import GlossaryError, NotFound
from glossary.message import N_
from glossary.schema import teamwork as schema
from glossary.speech import say
from glossary.web import current, reply
from glossary.web import request as incoming
from glossary.web.api.queue import queued, task_of
from glossary.web.pages.account import safe
from glossary.web.pages.entry import title
from glossary.web.pages.frame import glossaries, pages, reasons

_QUEUE: Final = schema.QueueQuery()
#: Entries a page: as many as a reviewer goes through at once.
_AT_ONCE: Final = 50
#: What each list is called, and what is said where it is empty.
NAMES: Final = {
    "mine": N_("Mine"),
    "to-review": N_("To review"),
    "half-proved": N_("Half proved"),
    "stale": N_("Not checked for long"),
}


@pages.get("/queue")
def queue_page() -> str:
    """Show what waits."""
    return _page()


@pages.post("/entries/<entry_id>/assignment")
def change_assignment(entry_id: str) -> tuple[str, int] | WerkzeugResponse:
    """Ask somebody to work on an entry, or nobody any more."""
    incoming.nothing()
    form = request.form.to_dict()
    try:
        if form.get("do") == "release":
            queues.release(current.store(), entry_id, by=current.actor())
        else:
            fields = {name: form.get(name, "") for name in ("person", "due", "note")}
            queues.assign(
                current.store(), task_of(fields, entry_id), by=current.actor()
            )
    except NotFound:
        raise
    except GlossaryError as error:
        return _page(problem=reasons(error), plain=True), 422
    back = safe(form.get("next", "")) or url_for("pages.queue_page")
    return redirect(back, 303)


def _page(*, problem: str = "", plain: bool = False) -> str:
    actor, store = current.actor(), current.store()
    listing: QueueListing = (
        QueueListing(list=LISTS[0], limit=_AT_ONCE)
        if plain
        else incoming.filled(_QUEUE)
    )
    names = LISTS if actor.may("approve") else LISTS[:1] + LISTS[2:]
    page = reply.sliced(
        queued(listing), listing.limit, lambda q: f"{q.place}~{q.entry.id}"
    )
    everybody = {p.id: p.name or p.id for p in store.people.all()}
    return render_template(
        "queue.html",
        listing=listing,
        lists={name: say(NAMES[name], current.locale()) for name in names},
        rows=page.rows,
        more=page.next,
        here=reply.this_address(),
        everybody=everybody,
        may_assign=actor.may("review"),
        glossaries=glossaries(),
        months=current.settings().stale_months,
        title=title,
        problem=problem,
    )
