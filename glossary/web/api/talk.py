"""What people say and are told, over HTTP: comments, watches, notices, webhooks."""

from dataclasses import replace
from typing import Final

from flask import Blueprint, Response

from glossary.curation import hooks, remarks, watching
from glossary.entry import Hook, NoticeListing, Saying, Watch, codec
from glossary.errors import Unauthorized
from glossary.message import N_
from glossary.people import Actor
from glossary.schema import teamwork as schema
from glossary.web import current, reply
from glossary.web import request as incoming
from glossary.web.rates import limited
from glossary.web.reply import of_one_moment

talk = Blueprint("talk", __name__, url_prefix="/api/v1")

_REMARK: Final = schema.RemarkBody()
_SETTLE: Final = schema.SettleBody()
_WATCH: Final = schema.WatchBody()
_NOTICES: Final = schema.NoticesQuery()
_SEEN: Final = schema.SeenBody()
_HOOK: Final = schema.HookBody()


@talk.get("/entries/<entry_id>/comments")
@of_one_moment(is_revised=False)
def get_comments(entry_id: str) -> Response:
    """List what was said under an entry."""
    incoming.nothing()
    current.store().entry(entry_id)
    return reply.json({"items": current.store().team.remarks(entry_id)})


@talk.post("/entries/<entry_id>/comments")
@limited("proposals")
def post_comments(entry_id: str) -> Response:
    """Say something under an entry; whom it names with @ is told."""
    incoming.nothing()
    remark: Saying = incoming.body(_REMARK)
    saying = replace(remark, entry=entry_id, lang=remark.lang or current.locale())
    return reply.json(
        remarks.say(current.store(), saying, by=current.actor()), status=201
    )


@talk.put("/comments/<int:number>")
def put_comment(number: int) -> Response:
    """Settle a comment, or open it again."""
    incoming.nothing()
    is_resolved = incoming.body(_SETTLE)["resolved"]
    remark = remarks.settle(
        current.store(), number, by=current.actor(), is_resolved=is_resolved
    )
    return reply.json(remark)


@talk.delete("/comments/<int:number>")
def delete_comment(number: int) -> Response:
    """Take a comment back."""
    incoming.nothing()
    remarks.take_back(current.store(), number, by=current.actor())
    return reply.nothing()


@talk.get("/watches")
@of_one_moment(is_revised=False)
def get_watches() -> Response:
    """List what the caller is told of."""
    incoming.nothing()
    return reply.json({"items": current.store().team.watches(person().person)})


@talk.post("/watches")
def post_watches() -> Response:
    """Be told of changes of an entry, a subject, a glossary, or a query."""
    incoming.nothing()
    subject: Watch = incoming.body(_WATCH)
    watching.watch(current.store(), subject, by=person())
    return reply.json(replace(subject, person=person().person), status=201)


@talk.delete("/watches")
def delete_watch() -> Response:
    """Be told no more of it."""
    subject: Watch = incoming.query(_WATCH)
    watching.unwatch(current.store(), subject, by=person())
    return reply.nothing()


def follow() -> None:
    """Have all told that there is to tell."""
    watching.follow(current.store())


@talk.get("/notices")
@of_one_moment(is_revised=False, first=follow)
def get_notices() -> Response:
    """List what the caller is told, the newest first."""
    listing: NoticeListing = incoming.query(_NOTICES)
    rows = current.store().team.notices(
        person().person,
        before=listing.cursor,
        limit=listing.limit + 1,
        unseen=listing.unseen,
    )
    page = reply.sliced(rows, listing.limit, lambda row: row.n)
    notices = remarks.readable(current.store(), page.rows, by=current.actor())
    return reply.private_items(page._replace(rows=notices))


@talk.post("/notices/seen")
def post_seen() -> Response:
    """Note that the caller has seen all up to a number."""
    incoming.nothing()
    until = incoming.body(_SEEN)["until"]
    with current.store().write(by=current.actor().name) as write:
        write.team.see(person().person, until=until)
    return reply.nothing()


@talk.get("/webhooks")
@of_one_moment(is_revised=False)
def get_hooks() -> Response:
    """List the webhooks of the glossaries that the caller owns."""
    incoming.nothing()
    return reply.json({"items": hooks.hooks_of(current.store(), by=current.actor())})


@talk.post("/webhooks")
def post_hooks() -> Response:
    """Have an address told of changes; the secret is answered this once."""
    incoming.nothing()
    hook: Hook = incoming.body(_HOOK)
    webhook = hooks.create(current.store(), hook, by=current.actor())
    return reply.json(codec.plain(webhook), status=201)


@talk.delete("/webhooks/<hook_id>")
def delete_hook(hook_id: str) -> Response:
    """Tell an address no more."""
    incoming.nothing()
    hooks.remove(current.store(), hook_id, by=current.actor())
    return reply.nothing()


@talk.get("/webhooks/<hook_id>/deliveries")
@of_one_moment(is_revised=False)
def get_deliveries(hook_id: str) -> Response:
    """List what was sent to a webhook, and what came of it."""
    listing: NoticeListing = incoming.query(_NOTICES)
    store = current.store()
    hooks.must_see(store.team.hook(hook_id), current.actor())
    rows = store.team.deliveries(
        hook_id, before=listing.cursor, limit=listing.limit + 1
    )
    return reply.private_items(reply.sliced(rows, listing.limit, lambda row: row.n))


def person() -> Actor:
    """Return who asks, if they are a person: machines are told nothing."""
    actor = current.actor()
    if not actor.person:
        raise Unauthorized(N_("Sign in: machines are told nothing."))
    return actor
