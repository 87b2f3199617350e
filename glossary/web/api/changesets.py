"""What one revision changed, over HTTP, and the way back."""

from urllib.parse import urlencode

from flask import Blueprint, Response, request

from glossary import schema
from glossary.entry import write
from glossary.store import Changeset
from glossary.transfer import changed_nothing
from glossary.web import current
from glossary.web import request as asked
from glossary.web.api.entries import allow
from glossary.web.api.transfers import imports, worked_on

changesets = Blueprint("changesets", __name__, url_prefix="/api/v1")
changesets.before_request(allow)
changesets.before_request(current.hold)

_CHANGESET = schema.ChangesetQuery()
_UNDO = schema.UndoQuery()


@changesets.get("/changesets/<int:revision>")
def get_changeset(revision: int) -> Response:
    """List what a revision did to entries, and which of them were changed since."""
    query = asked.query(_CHANGESET)
    limit = query["limit"]
    reads = current.store().changesets
    found = reads.find(revision)
    if found is None:
        raise changed_nothing(revision)
    moved = reads.page(revision, after=query.get("cursor", ""), limit=limit + 1)
    items = [
        {
            "entry": each.entry,
            "action": each.action,
            "version": each.version,
            "left": each.is_left,
        }
        for each in moved[:limit]
    ]
    more = None
    if len(moved) > limit:
        place = urlencode({"limit": limit, "cursor": items[-1]["entry"]})
        more = f"{request.script_root}{request.path}?{place}"
    answer = Response(_body(found, items, more), content_type="application/json")
    if more is not None:
        answer.headers["Link"] = f'<{more}>; rel="next"'
    answer.set_etag(str(current.store().revision()))
    return answer.make_conditional(request)  # type: ignore[return-value]


def _body(found: Changeset, items: list[dict[str, object]], more: str | None) -> bytes:
    return write({**found._asdict(), "items": items, "next": more})


@changesets.post("/changesets/<int:revision>/undo")
def post_undo(revision: int) -> Response:
    """Take back what a revision changed, as one revision; what was changed since stays.

    A large changeset is worked on in the back, as a large file is.
    """
    dry_run = asked.query(_UNDO)["dry_run"]
    by = current.bearer().name
    job = imports().undo(revision, by=by, dry_run=dry_run, once=asked.once())
    return worked_on(job)
