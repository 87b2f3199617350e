"""How programs come in: tokens, hashed at rest and shown once.

A token is `gls_` and 32 random bytes, so its SHA-256 digest cannot be guessed back
and needs no salt. One of a person may do what they may, but no more than its scope.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from glossary.entry import ACTIVE, EVERY, Token
from glossary.errors import Conflict, Unauthorized
from glossary.message import N_
from glossary.people.actor import Actor
from glossary.people.permissions import role_of
from glossary.store import People, Store

PREFIX: Final = "gls_"
#: So much of a token is kept, for its owner to tell it from others.
_SHOWN: Final = len(PREFIX) + 6


def create(
    store: Store,
    name: str,
    *,
    scope: str = "write",
    person: str = "",
    glossaries: Sequence[str] = (),
    expires: str = "",
) -> str:
    """Make a token and return it: the only time that it can be seen.

    Without a person it is a machine's. Raise Conflict when the name is taken, also by
    a person, for the history would take one for the other.
    """
    token = PREFIX + secrets.token_urlsafe(32)
    record = Token(
        name,
        scope,
        "",
        person=person,
        prefix=token[:_SHOWN],
        glossaries=tuple(glossaries),
        expires=expires,
    )
    with store.write(by=person or name) as write:
        if not person and write.people.find(name) is not None:
            raise Conflict(N_("There is a person “%(name)s” already."), name=name)
        write.people.add_token(digest(token), record)
    return token


def bearer(
    store: Store, authorization: str | None, *, action: str | None = None
) -> Actor:
    """Return who sends this `Authorization` header.

    Raise Unauthorized without a token and for one that is not known, Forbidden when
    its owner may not do `action` in any glossary.
    """
    kind, _, token = (authorization or "").partition(" ")
    if not authorization:
        raise Unauthorized(
            N_("Sign in, or send a token: “Authorization: Bearer gls_…”.")
        )
    actor = of_token(store, token.strip() if kind.lower() == "bearer" else "")
    if action is not None:
        actor.must(action)
    return actor


def of_token(store: Store, token: str) -> Actor:
    """Return who this token belongs to, with what it may do; raise Unauthorized."""
    ticket = store.people.token(digest(token))
    if ticket is None:
        raise Unauthorized(N_("This token is not known here."))
    return of(store, ticket)


def of(store: Store, ticket: Token) -> Actor:
    """Return who a known token belongs to; raise Unauthorized when it has expired."""
    if ticket.expires and ticket.expires <= now():
        raise Unauthorized(
            N_("The token “%(name)s” was good until %(expires)s."),
            name=ticket.name,
            expires=ticket.expires,
        )
    if not ticket.person:
        return _machine(ticket)
    owner = person(store, ticket.person)
    return Actor(
        owner.name, owner.roles, person=owner.person, token=ticket.name
    ).within(role_of(ticket.scope), ticket.glossaries)


def person(store: Store, person_id: str) -> Actor:
    """Return a person as who acts; raise Unauthorized when they have left."""
    member, roles = store.people.with_roles(person_id)
    if member is None or member.state != ACTIVE:
        raise Unauthorized(N_("“%(id)s” no longer has an account here."), id=person_id)
    return Actor(member.id, roles, person=member.id)


def going_by(people: People, name: str) -> Actor | None:
    """Return who the history calls by a name, with what they may do by now.

    It is None for a person who has left, and a machine whose token is good no more.
    """
    member, roles = people.with_roles(name)
    if member is not None:
        is_here = member.state == ACTIVE
        return Actor(member.id, roles, person=member.id) if is_here else None
    for ticket in people.tokens():
        if ticket.name == name and not ticket.person:
            is_good = not ticket.expires or ticket.expires > now()
            return _machine(ticket) if is_good else None
    return None


def _machine(ticket: Token) -> Actor:
    roles = dict.fromkeys(ticket.glossaries or (EVERY,), role_of(ticket.scope))
    return Actor(ticket.name, roles, token=ticket.name)


def digest(secret: str) -> str:
    """Return what is kept of a secret that cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def now() -> str:
    """Return this moment in UTC, as the store writes moments."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
