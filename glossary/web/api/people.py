"""People over HTTP: users, their roles, tokens and sessions, and the log."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from flask import Blueprint, Response, request, url_for

from glossary.entry import EVERY, Deed, Glossary, Person, codec, write
from glossary.errors import Invalid, NotFound
from glossary.formats import guarded
from glossary.message import N_, Problem
from glossary.people import PERMISSIONS, Doer, members, visits
from glossary.schema import people as schema
from glossary.web import current, reply, sessions
from glossary.web import request as incoming
from glossary.web.reply import of_one_moment

people = Blueprint("people", __name__, url_prefix="/api/v1")

_USER: Final = schema.UserBody()
_CHANGE: Final = schema.UserChange()
_LEAVE: Final = schema.LeaveBody()
_ROLE: Final = schema.RoleBody()
_ROLES: Final = schema.RolesQuery()
_TOKEN: Final = schema.TokenBody()
_LOG: Final = schema.LogQuery()
#: The columns of the log as a table.
_COLUMNS: Final = ("n", "at", "by", "action", "about", "address", "details")


def doer() -> Doer:
    """Return who sends this request, and from where."""
    return Doer(current.actor(), sessions.visitor().address)


def link_of(code: str) -> str:
    """Return the address at which a one-time link leads to a new password."""
    return url_for("pages.link_page", code=code, _external=True)


@people.get("/me")
def get_me() -> Response:
    """Say who the caller is, and what they may do in any glossary."""
    incoming.nothing()
    actor = current.actor()
    return reply.json(
        {
            "name": actor.name,
            "person": actor.person,
            "token": actor.token,
            "roles": dict(actor.roles),
            "may": [action for action in PERMISSIONS if actor.may(action)],
        }
    )


@people.get("/users")
@of_one_moment(is_revised=False)
def get_users() -> Response:
    """List everybody."""
    incoming.nothing()
    current.actor().must("manage-people", EVERY)
    enrolled = current.store().people
    roles: dict[str, dict[str, str]] = {}
    for person, glossary, role in enrolled.roles():
        roles.setdefault(person, {})[glossary] = role
    items = [{**codec.plain(p), "roles": roles.get(p.id, {})} for p in enrolled.all()]
    return reply.json({"items": items})


@people.post("/users")
def post_users() -> Response:
    """Make a person; `POST /users/{user_id}/reset` gives them a way in."""
    incoming.nothing()
    person, roles = incoming.body(_USER)
    member = members.create(current.store(), person, by=doer(), roles=roles)
    return reply.created(_user(member.id), "people.get_user", user_id=member.id)


@people.get("/users/<user_id>")
@of_one_moment(is_revised=False)
def get_user(user_id: str) -> Response:
    """Return a person: oneself, or for an admin anybody."""
    incoming.nothing()
    if user_id != current.actor().person:
        current.actor().must("manage-people", EVERY)
    return reply.json(_user(user_id))


@people.put("/users/<user_id>")
def put_user(user_id: str) -> Response:
    """Change name, address and language: one's own, or for an admin anybody's."""
    incoming.nothing()
    fields = incoming.body(_CHANGE)
    members.change(current.store(), Person(user_id, **fields), by=doer())
    return reply.json(_user(user_id))


@people.post("/users/<user_id>/reset")
def post_reset(user_id: str) -> Response:
    """Void a password, and answer with a one-time link to a new one."""
    incoming.nothing()
    hours = current.settings().link_hours
    code = members.reset(current.store(), user_id, by=doer(), hours=hours)
    return reply.json({"link": link_of(code)})


@people.post("/users/<user_id>/leave")
def post_leave(user_id: str) -> Response:
    """Let a person go: their tokens, sessions and roles end."""
    incoming.nothing()
    to = incoming.body(_LEAVE)["to"] if request.content_length else ""
    count = members.leave(current.store(), user_id, by=doer(), to=to)
    return reply.json({"tokens": count})


@people.post("/users/<user_id>/forget")
def post_forget(user_id: str) -> Response:
    """Take a person out of the history; a number stands for them from now on."""
    incoming.nothing()
    return reply.json({"id": members.forget(current.store(), user_id, by=doer())})


@people.get("/roles")
@of_one_moment(is_revised=False)
def get_roles() -> Response:
    """List who is what in which glossary, as far as the caller looks after it."""
    query = incoming.query(_ROLES)
    actor = current.actor()
    if "glossary" in query:
        actor.must("manage-roles", query["glossary"])
    items = [
        {"user": person, "glossary": glossary, "role": role}
        for person, glossary, role in current.store().people.roles(
            query.get("glossary")
        )
        if actor.may("manage-roles", glossary) and query.get("user") in {None, person}
    ]
    return reply.json({"items": items, "permissions": dict(PERMISSIONS)})


@people.put("/roles/<glossary_id>/<user_id>")
def put_role(glossary_id: str, user_id: str) -> Response:
    """Give a person a role in a glossary; `*` stands for all."""
    incoming.nothing()
    role = incoming.body(_ROLE)["role"]
    members.give(current.store(), user_id, _where(glossary_id), role, by=doer())
    return reply.json({"user": user_id, "glossary": glossary_id, "role": role})


@people.delete("/roles/<glossary_id>/<user_id>")
def delete_role(glossary_id: str, user_id: str) -> Response:
    """Take a person's role in a glossary away."""
    incoming.nothing()
    members.give(current.store(), user_id, _where(glossary_id), None, by=doer())
    return reply.nothing()


def _note_uses() -> None:
    current.running().uses.write()


@people.get("/tokens")
@of_one_moment(is_revised=False, first=_note_uses)
def get_tokens() -> Response:
    """List the caller's tokens; for an admin, everybody's."""
    incoming.nothing()
    return reply.json({"items": members.tokens(current.store(), by=doer())})


@people.post("/tokens")
def post_tokens() -> Response:
    """Make a token: one's own, or with `machine` one that is nobody's."""
    incoming.nothing()
    token, for_machine = incoming.body(_TOKEN)
    store = current.store()
    if not for_machine:
        if not current.actor().person:
            template = N_("A token of a machine makes tokens of machines only.")
            raise Invalid([Problem("/machine", template)])
        token = replace(token, person=current.actor().person)
    secret = members.make_token(store, token, by=doer())
    made_token = next(row for row in store.people.tokens() if row.name == token.name)
    return reply.json({**codec.plain(made_token), "token": secret}, status=201)


@people.delete("/tokens/<name>")
def delete_token(name: str) -> Response:
    """Revoke a token."""
    incoming.nothing()
    members.revoke_token(current.store(), name, by=doer())
    return reply.nothing()


@people.get("/sessions")
@of_one_moment(is_revised=False, first=_note_uses)
def get_sessions() -> Response:
    """List where the caller is signed in."""
    incoming.nothing()
    actor = current.actor()
    fields = ("id", "created", "seen", "expires", "by", "agent", "address")
    items = [
        {name: getattr(s, name) for name in fields} | {"current": s.id == actor.session}
        for s in current.store().people.sessions(actor.name)
        if s.expires > visits.later()
    ]
    return reply.json({"items": items})


@people.delete("/sessions/<session_id>")
def delete_session(session_id: str) -> Response:
    """End one of the caller's sessions."""
    incoming.nothing()
    address = sessions.visitor().address
    visits.end(current.store(), current.actor(), session_id, address=address)
    return reply.nothing()


@people.get("/log")
@of_one_moment(is_revised=False)
def get_log() -> Response:
    """List what was done and by whom; as CSV for who accepts `text/csv`."""
    query = incoming.query(_LOG)
    current.actor().must("see-log", EVERY)
    limit = query["limit"]
    deeds = current.store().people.deeds(
        limit=limit + 1,
        before=query.get("cursor"),
        by=query.get("by"),
        action=query.get("action"),
    )
    page = reply.sliced(deeds, limit, lambda deed: deed.n)
    kinds = [reply.JSON, "text/csv"]
    if request.accept_mimetypes.best_match(kinds) == kinds[1]:
        table = reply.file(as_csv(page.rows), "log.csv", kind="text/csv")
        return reply.going_on(table, page)
    return reply.private_items(page)


def as_csv(deeds: Sequence[Deed], *, is_begun: bool = False) -> str:
    """Return lines of the log as a table that no spreadsheet takes for formulas.

    One that is begun already has its heading.
    """
    text = io.StringIO()
    table = csv.writer(text)
    if not is_begun:
        table.writerow(_COLUMNS)
    for deed in deeds:
        line = {**codec.plain(deed), "details": write(deed.details).decode()}
        table.writerow(guarded(str(line[name])) for name in _COLUMNS)
    return text.getvalue()


def _where(glossary: str) -> str:
    if glossary != EVERY and glossary not in {
        n for n, _ in current.store().glossaries()
    }:
        current.store().nouns.one(Glossary, glossary)
    return glossary


def _user(user_id: str) -> dict[str, Any]:
    """Return a person with their roles; raise NotFound."""
    person, roles = current.store().people.with_roles(user_id)
    if person is None:
        raise NotFound(N_("There is no person “%(id)s”."), id=user_id)
    return {**codec.plain(person), "roles": roles}
