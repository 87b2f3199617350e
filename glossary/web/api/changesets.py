"""Changes of many entries over HTTP: what a revision did, the way back, bulk edits."""

from typing import Any, Final

from flask import Blueprint, Response, request

from glossary import schema
from glossary.curation import bulk, changes, reshaping
from glossary.entry import Bulk
from glossary.query import ChangesetListing, Why
from glossary.speech import say
from glossary.store import DoneBefore
from glossary.web import asking, current, reply
from glossary.web import request as incoming
from glossary.web.current import Body
from glossary.web.reply import of_one_moment

changesets = Blueprint("changesets", __name__, url_prefix="/api/v1")

_CHANGESET: Final = schema.ChangesetQuery()
_UNDO: Final = schema.UndoQuery()
_WHY: Final = schema.WhyQuery()
_BULK: Final = schema.BulkBody()
_MERGE: Final = schema.MergeBody()
_SPLIT: Final = schema.SplitBody()


@changesets.get("/changesets/<int:revision>")
@of_one_moment()
def get_changeset(revision: int) -> Body:
    """List what a revision did to entries, and which of them were changed since."""
    page: ChangesetListing = incoming.query(_CHANGESET)
    changeset = asking.changeset(revision)
    moves = current.store().changesets.page(
        revision, after=page.cursor, limit=page.limit + 1
    )
    part = reply.sliced(moves, page.limit, lambda move: move.entry)
    items = [
        {"entry": m.entry, "action": m.action, "version": m.version, "left": m.is_left}
        for m in part.rows
    ]
    return reply.items(
        part._replace(rows=items),
        **changeset._asdict(),
        epoch=current.moment().epoch,
    )


@changesets.post("/changesets/<int:revision>/undo")
def post_undo(revision: int) -> Response:
    """Take back what a revision did, as one revision; what was changed since stays."""
    choice: Bulk = incoming.either(_UNDO)
    outcome = bulk.undo(
        current.store(),
        revision,
        by=current.actor(),
        once=incoming.once(),
        reason=choice.reason,
        dry_run=choice.dry_run,
    )
    return _shown(outcome)


@changesets.post("/bulk")
def post_bulk() -> Response:
    """Change many entries as one revision, or say what would come of it."""
    incoming.nothing()
    choice: Bulk = incoming.body(_BULK)
    outcome = bulk.edit(
        current.store(),
        choice.select,
        choice.set,
        by=current.actor(),
        once=incoming.once(),
        reason=choice.reason,
        dry_run=choice.dry_run,
        at=choice.revision,
    )
    return _shown(outcome)


@changesets.post("/entries/<entry_id>/merge")
def post_merge(entry_id: str) -> Response:
    """Put an entry into another one; the old id says where to go on."""
    why: Why = incoming.query(_WHY)
    entry = reshaping.merge(
        current.store(),
        entry_id,
        incoming.body(_MERGE)["into"],
        knows=incoming.known_version(),
        by=current.actor(),
        once=incoming.once(),
        reason=why.reason,
    )
    return reply.json(entry, is_worded=True)


@changesets.post("/entries/<entry_id>/split")
def post_split(entry_id: str) -> Response:
    """Make several entries of one; the old id says where to go on."""
    why: Why = incoming.query(_WHY)
    entries = reshaping.split(
        current.store(),
        entry_id,
        incoming.body(_SPLIT)["parts"],
        knows=incoming.known_version(),
        by=current.actor(),
        once=incoming.once(),
        reason=why.reason,
    )
    return reply.json({"items": entries}, is_worded=True)


@changesets.errorhandler(DoneBefore)
def done_before(repeat: DoneBefore) -> Response:
    """Answer a change that was sent again by what it made when it was sent first."""
    store = current.store()
    version = changes.version_of(store, repeat.entry, repeat.version)
    if request.endpoint == "changesets.post_merge":
        return reply.json(version, is_worded=True)
    versions = {v.version: v.revision for v in store.versions(repeat.entry)}
    revision = versions[repeat.version]
    if request.endpoint == "changesets.post_split":
        items = [
            version.entry
            for part in version.replaced_by
            for version in store.versions(part)
            if version.revision == revision
        ]
        return reply.json({"items": items}, is_worded=True)
    return _shown(bulk.done_before(store, revision))


def plain(outcome: bulk.Done, locale: str) -> dict[str, Any]:
    """Return what came of many entries, with its messages in a language."""
    staying = [
        {"entry": item.entry, "code": item.code, "message": say(item.message, locale)}
        for item in outcome.left
    ]
    counts = {
        "changed": len(outcome.changed),
        "retired": len(outcome.retired),
        "unchanged": outcome.unchanged,
        "left": len(staying),
    }
    return {
        "revision": outcome.revision,
        "dry_run": outcome.dry_run,
        "counts": counts,
        "changed": outcome.changed,
        "retired": outcome.retired,
        "left": staying,
    }


def _shown(report: bulk.Done) -> Response:
    current.as_of(report.revision)
    outcome = plain(report, current.locale())
    return reply.json({**outcome, "epoch": current.moment().epoch}, is_worded=True)
