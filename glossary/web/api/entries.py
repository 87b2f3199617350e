"""Entries over HTTP: looked up, listed, read, written; what moved, what was missed."""

from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from flask import Blueprint, Response, request

from glossary import schema
from glossary.curation import changes, lint_stored
from glossary.entry import Entry, write
from glossary.lookup import Answer
from glossary.people import profiles
from glossary.query import (
    ChangeListing,
    Completion,
    MissedListing,
    Moment,
    Query,
    Removal,
    Why,
)
from glossary.store import (
    ALL,
    DoneBefore,
    EntryListing,
    Listing,
    VersionListing,
    picked,
)
from glossary.web import asking, current, reply, shared
from glossary.web import request as incoming
from glossary.web.completing import completed
from glossary.web.current import Body
from glossary.web.reply import of_one_moment
from glossary.web.waiting import held

api = Blueprint("api", __name__, url_prefix="/api/v1")

_LOOKUP = schema.LookupQuery()
_LOOKUPS = schema.LookupBody()
_SUGGEST = schema.SuggestQuery()
_ENTRY_QUERY = schema.EntryQuery()
_VERSIONS = schema.VersionsQuery()
_ENTRIES = schema.EntriesQuery()
_CHANGES = schema.ChangesQuery()
_REMOVAL = schema.RemovalQuery()
_WHY = schema.WhyQuery()
_MISSED = schema.MissedQuery()
_ENTRY = schema.EntrySchema()
#: So many flaws are named in the header of an answer.
#: Seconds for which a browser that follows the changes is kept waiting.
_FOLLOWED: Final = 30
_MOST_FLAWS: Final = 20


@api.get("/lookup")
@of_one_moment(is_remembered=True, is_of_day=True)
def get_lookup() -> Body:
    """Find entries for a query, best first.

    What is asked while somebody is still typing is not counted as missed.
    """
    query: Query = incoming.query(_LOOKUP)
    answer = asking.look_up(query)
    body = reply.document(_shown(answer, query, current.moment()))
    return body._replace(missed=answer.q) if answer.is_missed else body


@api.post("/lookup")
@of_one_moment()
def post_lookup() -> Response:
    """Find entries for many queries, each as a single one is looked up.

    None of them is counted as missed: they come from a file, not from a reader.
    """
    incoming.nothing()
    queries: list[Query] = incoming.body(_LOOKUPS)
    answers = [_shown(asking.look_up(query), query) for query in queries]
    return reply.json({**current.moment()._asdict(), "answers": answers})


@api.get("/suggest")
@of_one_moment(is_remembered=True)
def get_suggest() -> Body:
    """Complete what is being typed."""
    typed: Completion = incoming.query(_SUGGEST)
    return reply.document({"suggestions": completed(typed)})


@api.get("/entries")
@of_one_moment(is_remembered=True)
def get_entries() -> Body:
    """List entries, a page at a time, in the order of their ids or of their changes."""
    page: EntryListing = incoming.query(_ENTRIES)
    if (profile := current.profile()) is not None:
        page = profiles.of_list(profile, page)
    moment, _ = page.cursor
    if moment is not None:
        current.must_be_of(moment, current.moment().revision)
    rows = current.store().listed(replace(page, limit=page.limit + 1))
    part = reply.sliced(rows, page.limit, lambda row: _place(page, *row))
    items = [picked(entry, page.members) for entry, _ in part.rows]
    return reply.items(part._replace(rows=items))


@api.post("/entries")
def post_entries() -> Response:
    """Store a new entry."""
    why: Why = incoming.query(_WHY)
    entry = incoming.body(_ENTRY)
    version = changes.create(
        current.store(),
        entry,
        by=current.actor(),
        once=incoming.once(),
        reason=why.reason,
    )
    return _written(version, created=True)


@api.get("/entries/<entry_id>")
@of_one_moment()
def get_entry(entry_id: str) -> Body:
    """Return one entry; its ETag is its version."""
    page: Listing = incoming.query(_ENTRY_QUERY)
    entry = current.store().entry(entry_id)
    return reply.document(picked(entry, page.members), tag=str(entry.version))


@api.put("/entries/<entry_id>")
def put_entry(entry_id: str) -> Response:
    """Replace an entry."""
    how = _how()
    document = incoming.document()
    return _written(changes.put(current.store(), entry_id, document, **how))


@api.patch("/entries/<entry_id>")
def patch_entry(entry_id: str) -> Response:
    """Change an entry by a JSON merge patch (RFC 7396)."""
    how = _how()
    merge = incoming.document(incoming.MERGE_PATCH)
    return _written(changes.patch(current.store(), entry_id, merge, **how))


@api.delete("/entries/<entry_id>")
def delete_entry(entry_id: str) -> Response:
    """Retire an entry; with `purge=true`, remove it with its history."""
    removal: Removal = incoming.query(_REMOVAL)
    how = incoming.change()
    if removal.purge:
        current.actor().must("purge")
        changes.purge(current.store(), entry_id, **how)
    else:
        changes.retire(current.store(), entry_id, reason=removal.reason, **how)
    return reply.nothing()


@api.get("/entries/<entry_id>/versions")
@of_one_moment()
def get_versions(entry_id: str) -> Body:
    """Return the history of an entry, newest first, a page at a time."""
    page: VersionListing = incoming.query(_VERSIONS)
    most = page.limit or current.settings().max_page
    versions = current.store().versions(
        entry_id, before=page.cursor or ALL, limit=most + 1
    )
    part = reply.sliced(versions, most, lambda version: version.version)
    items = [picked(version, page.members) for version in part.rows]
    return reply.items(part._replace(rows=items))


@api.post("/entries/<entry_id>/versions/<int:version>/restore")
def post_restore(entry_id: str, version: int) -> Response:
    """Make an old version the newest one."""
    how = _how(is_match_needed=False)
    return _written(changes.restore(current.store(), entry_id, version, **how))


def _listing() -> ChangeListing:
    page: ChangeListing = incoming.query(_CHANGES)
    return page


@api.get("/changes")
@held(_listing)
@of_one_moment(is_remembered=True, first=lambda: incoming.go_on_from(_CHANGES))
def get_changes() -> Body:
    """List what moved since a revision, tombstones included, oldest first."""
    page: ChangeListing = incoming.query(_CHANGES)
    now = current.moment()
    moment, after = page.cursor or (page.since, "")
    since = current.must_be_of(moment, now.revision)
    rows = changes.moved(
        current.store(),
        since=since,
        after=after,
        limit=page.limit + 1,
        glossaries=current.readable(),
    )
    part = reply.sliced(
        rows, page.limit, lambda c: f"{Moment(c.revision, now.epoch)}:{c.entry}"
    )
    return reply.items(part, name="changes", **now._asdict())


def _go_on() -> None:
    incoming.go_on_from(_CHANGES)


def _following() -> ChangeListing:
    """Return what a browser that follows the changes has not heard of yet."""
    page = _listing()
    last = request.headers.get("Last-Event-ID", "")
    since = page.since
    with suppress(ValueError):
        since = Moment.read(last) if last else since
    return replace(page, since=since, cursor=None, wait=page.wait or _FOLLOWED)


@api.get("/changes/events")
@held(_following)
@of_one_moment(first=_go_on)
def get_events() -> Response:
    """Tell what moves as server-sent events; a browser asks again by itself.

    An event has the revision as its id, and an entry's change as JSON. One answer has
    what moved since the last one, and is waited for.
    """
    page, now = _following(), current.moment()
    since = current.must_be_of(page.since, now.revision)
    rows = changes.moved(
        current.store(),
        since=since,
        limit=page.limit + 1,
        glossaries=current.readable(),
    )
    if len(rows) > page.limit and rows[0].revision != rows[-1].revision:
        # A revision is told as a whole: what is cut off comes with the next answer.
        rows = [row for row in rows if row.revision != rows[-1].revision]
    events = b"".join(
        b"id: %s\nevent: change\ndata: %s\n\n"
        % (str(Moment(row.revision, now.epoch)).encode(), write(row))
        for row in rows
    )
    body = b"retry: 1000\n\n" + (events or b": nothing has moved\n\n")
    return reply.of_bytes(body, kind="text/event-stream")


@api.get("/stats")
@of_one_moment(is_remembered=True)
def get_stats() -> Body:
    """Return counts over the whole store, or over what the caller may read of it."""
    incoming.nothing()
    return reply.document(
        current.store().stats(current.readable(), count=shared.numbers())
    )


@api.errorhandler(DoneBefore)
def done_before(repeat: DoneBefore) -> Response:
    """Answer a write that was sent again as it was answered first."""
    if request.method == "DELETE":
        return reply.nothing()
    version = changes.version_of(current.store(), repeat.entry, repeat.version)
    return _entry(version, created=request.endpoint == "api.post_entries")


def _flush() -> None:
    current.running().missed.flush()


@api.get("/missed")
@of_one_moment(is_revised=False, first=_flush)
def get_missed() -> Response:
    """Say how many look-ups found nothing; list them for who may write.

    The most frequent come first. People look up what is not published yet.
    """
    page: MissedListing = incoming.query(_MISSED)
    store = current.store()
    rows = store.missed(limit=page.limit) if current.actor().may("missed") else []
    items = [{"q": q, "count": n} for q, n in rows]
    return reply.json({"number": store.missed_number(), "items": items})


def _how(*, is_match_needed: bool = True) -> dict[str, Any]:
    """Return which version a change is made from, by whom, under what key, and why."""
    why: Why = incoming.query(_WHY)
    return {**incoming.change(is_match_needed=is_match_needed), "reason": why.reason}


def _shown(answer: Answer, query: Query, now: Moment | None = None) -> Any:
    """Return the answer to a look-up, each hit with the fields that are wanted."""
    plain = answer.plain(now)
    hits = [picked(hit, query.members) for hit in answer.hits]
    return {**plain, "hits": hits} if query.members else plain


def _place(page: EntryListing, entry: Entry, revision: int) -> str:
    """Return the cursor that a list goes on from after an entry."""
    if page.sort.endswith("modified"):
        return f"{Moment(revision, current.moment().epoch)}:{entry.id}"
    return entry.id


def _entry(entry: Entry, *, created: bool = False) -> Response:
    if created:
        return reply.versioned(entry, place="api.get_entry", entry_id=entry.id)
    return reply.versioned(entry)


def _written(entry: Entry, *, created: bool = False) -> Response:
    """Answer a write with the entry, and say in a header what to look at in it."""
    answer = _entry(entry, created=created)
    if flaws := lint_stored(current.store(), entry, readable=current.readable()):
        parts = (f'{f.code};severity={f.severity};at="{f.pointer}"' for f in flaws)
        answer.headers["Glossary-Flaws"] = ", ".join(islice(parts, _MOST_FLAWS))
    return answer
