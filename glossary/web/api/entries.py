"""The HTTP contract, `/api/v1`. A handler is three moves: load, one call, dump."""

from collections.abc import Mapping
from itertools import islice
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary import schema
from glossary.curation import changes, lint_stored
from glossary.entry import Entry, codec, today, write
from glossary.lookup import suggest
from glossary.people import profiles
from glossary.query import (
    ChangePage,
    Completion,
    EntryPage,
    MissedPage,
    Moment,
    Query,
    Removal,
    Why,
)
from glossary.store import DoneBefore
from glossary.web import current
from glossary.web import request as asked
from glossary.web.current import Body, Running

api = Blueprint("api", __name__, url_prefix="/api/v1")

_LOOKUP = schema.LookupQuery()
_LOOKUPS = schema.LookupBody()
_SUGGEST = schema.SuggestQuery()
_ENTRIES = schema.EntriesQuery()
_CHANGES = schema.ChangesQuery()
_REMOVAL = schema.RemovalQuery()
_WHY = schema.WhyQuery()
_MISSED = schema.MissedQuery()
#: A request header that says that the query is not finished.
TYPING = "Glossary-Typing"
_ENTRY = schema.EntrySchema()
#: So many flaws are named in the header of an answer.
_MOST_FLAWS: Final = 20


@api.get("/lookup")
def get_lookup() -> WerkzeugResponse:
    """Find entries for a query, best first.

    What is asked while somebody is still typing is not counted as missed.
    """
    return _at_revision(_lookup, day=today())


@api.post("/lookup")
def post_lookup() -> Response:
    """Find entries for many queries, each as a single one is looked up.

    None of them is counted as missed: they come from a file, not from a reader.
    """
    asked.nothing()
    queries: list[Query] = asked.body(_LOOKUPS)
    with current.snapshot() as revision:
        answers = [current.look_up(query).plain() for query in queries]
    now = {"revision": revision, "epoch": current.store().epoch}
    return _answer(write({**now, "answers": answers}), None)


def _lookup(running: Running, revision: int) -> Body:
    query = asked.query(_LOOKUP)
    answer = current.look_up(query)
    body = _json(answer.plain(Moment(revision, running.store.epoch)))
    return body._replace(missed=answer.q) if answer.is_missed else body


@api.get("/suggest")
def get_suggest() -> WerkzeugResponse:
    """Complete what is being typed."""
    return _at_revision(_suggest)


def _suggest(running: Running, _revision: int) -> Body:
    typed: Completion = asked.query(_SUGGEST)
    candidates = running.settings.candidates
    profile = current.profile()
    filters = (
        typed.filters if profile is None else profiles.filtered(profile, typed.filters)
    )
    found = suggest(
        running.store,
        typed.q,
        limit=typed.limit,
        candidates=candidates,
        filters=filters,
    )
    return _json({"suggestions": found})


@api.get("/entries")
def get_entries() -> WerkzeugResponse:
    """List entries in the order of their ids, a page at a time."""
    return _at_revision(_entries)


def _entries(running: Running, _revision: int) -> Body:
    page: EntryPage = asked.query(_ENTRIES)
    limit = page.limit
    found = running.store.entries(
        limit=limit + 1,
        after=page.cursor,
        glossary=page.glossary,
        subject=page.subject,
        state=page.state,
        proof=page.proof,
    )
    more = _next(found[limit - 1].id) if len(found) > limit else None
    return _json({"items": found[:limit], "next": more}, more)


@api.post("/entries")
def post_entries() -> Response:
    """Store a new entry."""
    why: Why = asked.query(_WHY)
    entry = asked.body(_ENTRY)
    made = changes.create(
        current.store(), entry, by=current.actor(), once=asked.once(), reason=why.reason
    )
    return _written(made, created=True)


@api.get("/entries/<entry_id>")
def get_entry(entry_id: str) -> WerkzeugResponse:
    """Return one entry; its ETag is its version."""
    asked.nothing()
    with current.snapshot():
        entry = current.store().entry(entry_id)
    return _entry(entry).make_conditional(request)


@api.put("/entries/<entry_id>")
def put_entry(entry_id: str) -> Response:
    """Replace an entry."""
    how = _how()
    sent = asked.document()
    return _written(changes.put(current.store(), entry_id, sent, **how))


@api.patch("/entries/<entry_id>")
def patch_entry(entry_id: str) -> Response:
    """Change an entry by a JSON merge patch (RFC 7396)."""
    how = _how()
    merge = asked.document(asked.MERGE_PATCH)
    return _written(changes.patch(current.store(), entry_id, merge, **how))


@api.delete("/entries/<entry_id>")
def delete_entry(entry_id: str) -> Response:
    """Retire an entry; with `purge=true`, remove it with its history."""
    removal: Removal = asked.query(_REMOVAL)
    known = asked.known_version()
    how: dict[str, Any] = {"known": known, "by": current.actor(), "once": asked.once()}
    if removal.purge:
        current.actor().must("purge")
        changes.purge(current.store(), entry_id, **how)
    else:
        changes.retire(current.store(), entry_id, reason=removal.reason, **how)
    return Response(status=204)


@api.get("/entries/<entry_id>/versions")
def get_versions(entry_id: str) -> WerkzeugResponse:
    """Return the history of an entry, newest first."""
    asked.nothing()
    with current.snapshot() as revision:
        body = _json({"items": current.store().versions(entry_id)})
    return _revised(body._replace(revision=revision))


@api.post("/entries/<entry_id>/versions/<int:version>/restore")
def post_restore(entry_id: str, version: int) -> Response:
    """Make an old version the newest one."""
    how = _how(match=False)
    return _written(changes.restore(current.store(), entry_id, version, **how))


@api.get("/changes")
def get_changes() -> WerkzeugResponse:
    """List what moved since a revision, tombstones included, oldest first."""
    page: ChangePage = asked.query(_CHANGES)
    current.go_on_from(page.since)
    return _at_revision(_changes)


def _changes(running: Running, revision: int) -> Body:
    page: ChangePage = asked.query(_CHANGES)
    limit = page.limit
    moment, after = page.cursor or (page.since, "")
    since = current.must_be_of(moment, revision)
    found = running.store.changes(since=since, after=after, limit=limit + 1)
    more = None
    if len(found) > limit:
        last = found[limit - 1]
        at = Moment(last.revision, running.store.epoch)
        more = _next(f"{at}:{last.entry}")
    told = {"revision": revision, "epoch": running.store.epoch}
    return _json({**told, "changes": found[:limit], "next": more}, more)


@api.get("/stats")
def get_stats() -> WerkzeugResponse:
    """Return counts over the whole store."""
    return _at_revision(_stats)


def _stats(running: Running, _revision: int) -> Body:
    asked.nothing()
    return _json(running.store.stats())


@api.errorhandler(DoneBefore)
def done_before(done: DoneBefore) -> Response:
    """Answer a write that was sent again as it was answered first."""
    if request.method == "DELETE":
        return Response(status=204)
    made = changes.version_of(current.store(), done.entry, done.version)
    return _entry(made, created=request.endpoint == "api.post_entries")


@api.get("/missed")
def get_missed() -> Response:
    """Say how many look-ups found nothing; list them for who may write.

    The most frequent come first. People look up what is not published yet.
    """
    page: MissedPage = asked.query(_MISSED)
    running = current.running()
    running.missed.flush()
    rows = (
        running.store.missed(limit=page.limit) if current.actor().may("missed") else []
    )
    items = [{"q": q, "count": n} for q, n in rows]
    number = running.store.missed_number()
    answer = _answer(write({"number": number, "items": items}), None)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _how(*, match: bool = True) -> dict[str, Any]:
    """Return which version a change is made from, by whom, under what key, and why."""
    why: Why = asked.query(_WHY)
    return {
        "known": asked.known_version(needed=match),
        "by": current.actor(),
        "once": asked.once(),
        "reason": why.reason,
    }


def _json(document: Mapping[str, Any], more: str | None = None) -> Body:
    return Body(write(document), more)


def _next(cursor: str) -> str:
    """Return the address of the page after a cursor, with the same filters."""
    parameters = {**request.args.to_dict(), "cursor": cursor}
    return f"{request.script_root}{request.path}?{urlencode(parameters)}"


def _at_revision(make: current.Make, *, day: str = "") -> WerkzeugResponse:
    """Answer from memory while the store has not moved; 304 when the caller knows.

    An answer that holds what is in force is of a `day`.
    """
    running = current.running()
    revision = current.revision()
    whole, profile = current.actor().readable() is None, current.profile()
    scope = "-part" * (not whole) + (f"-{codec.digest(profile)}" if profile else "")
    seen = day + scope
    body = running.remembered(make, revision, request.query_string, seen)
    if body.missed is not None and TYPING not in request.headers:
        current.noted()["missed"] = True
        running.missed.note(body.missed, address=request.remote_addr or "")
    return _revised(body, day=seen)


def _revised(body: Body, *, day: str = "") -> WerkzeugResponse:
    more = filter(None, [day])
    tag = current.tag(current.as_of(body.revision), *more)
    answer = _answer(body.json, f'"{tag}"')
    if body.next is not None:
        answer.headers["Link"] = f'<{body.next}>; rel="next"'
    if "If-None-Match" in request.headers:
        return answer.make_conditional(request)
    return answer


def _entry(entry: Entry, *, created: bool = False) -> Response:
    status = 201 if created else 200
    answer = _answer(write(entry), f'"{entry.version}"', status)
    if created:
        answer.headers["Location"] = url_for("api.get_entry", entry_id=entry.id)
    return answer


def _written(entry: Entry, *, created: bool = False) -> Response:
    """Answer a write with the entry, and say in a header what to look at in it."""
    answer = _entry(entry, created=created)
    if flaws := lint_stored(current.store(), entry):
        said = (f'{f.code};severity={f.severity};at="{f.pointer}"' for f in flaws)
        answer.headers["Glossary-Flaws"] = ", ".join(islice(said, _MOST_FLAWS))
    return answer


def _answer(body: bytes, etag: str | None, status: int = 200) -> Response:
    headers = {
        "Content-Type": "application/json",
        "Cache-Control": "no-cache" if etag else "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(body, status, headers | ({"ETag": etag} if etag else {}))
