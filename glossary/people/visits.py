"""How people come in by a browser: by password, link or token, and how they leave.

Who tries too often is made to wait; the log of the store counts, so that all processes
and machines count together.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from glossary.config import Settings
from glossary.entry import ACTIVE, Person, Session
from glossary.errors import Forbidden, NotFound, TooMany, Unauthorized
from glossary.message import N_
from glossary.people import access, passwords
from glossary.people.actor import Actor
from glossary.store import Store, Write

#: Minutes in which refused sign-ins are counted.
_WINDOW: Final = 15
#: So many more may fail from one address than for one name from it.
_OF_ADDRESS: Final = 5
REFUSED: Final = "sign-in.refused"


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser that somebody comes in by: its address, and what it calls itself."""

    address: str = ""
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A session that has begun, and the secret that the browser keeps of it."""

    session: Session
    secret: str


def by_password(
    store: Store, name: str, password: str, *, visitor: Visitor, settings: Settings
) -> Visit:
    """Let in who has this name, or address of e-mail, and password.

    Raise Unauthorized when they do not fit, and TooMany for who failed too often.
    """
    _must_not_guess(store, name, visitor, settings)
    person = store.people.called(name.strip())
    secret = store.people.secret(person.id) if person is not None else ""
    if not passwords.fits(secret, password) or person is None or person.state != ACTIVE:
        _refuse(store, name, visitor)
        raise Unauthorized(N_("The name or the password is wrong."))
    return _begun(store, person, "password", visitor, settings)


def by_token(
    store: Store, token: str, *, visitor: Visitor, settings: Settings
) -> Visit:
    """Let in whose token this is; raise Unauthorized, TooMany, and Forbidden.

    A session of a machine's token ends with it, and is in its name.
    """
    _must_not_guess(store, "", visitor, settings)
    try:
        actor = access.of_token(store, token.strip())
    except Unauthorized:
        _refuse(store, "", visitor)
        raise
    person = Person(actor.name)
    digest = access.digest(token.strip())
    return _begun(store, person, "token", visitor, settings, ticket=digest)


def by_link(
    store: Store, code: str, password: str, *, visitor: Visitor, settings: Settings
) -> Visit:
    """Let in whom a one-time link was made for, and keep the password that they chose.

    Raise Unauthorized for a link that is none any more, and Invalid for a weak
    password, after which the link is still good.
    """
    _must_not_guess(store, "", visitor, settings)
    with store.write(by="") as write:
        link = write.people.use_link(access.digest(code))
        if link is not None:
            person = write.people.get(link)
            write.people.set_secret(person.id, passwords.hashed(password, person))
            write.people.end_sessions(person.id)
            write.people.note(
                "password.set", person.id, by=person.id, address=visitor.address
            )
    if link is None:
        _refuse(store, "", visitor)
        raise Unauthorized(N_("This link has been used already or is too old."))
    return _begun(store, store.people.get(link), "link", visitor, settings)


def by_provider(
    store: Store, person: Person, ticket: str, *, visitor: Visitor, settings: Settings
) -> Visit:
    """Let in whom a provider of OpenID Connect vouches for."""
    if person.state != ACTIVE:
        raise Forbidden(N_("“%(id)s” no longer has an account here."), id=person.id)
    return _begun(store, person, "oidc", visitor, settings, ticket=ticket)


def actor(store: Store, secret: str, *, idle: float = 0) -> Actor:
    """Return who is signed in with what a browser has kept; raise Unauthorized.

    A session that was not used for `idle` hours has ended; 0 is never.
    """
    session = store.people.session(access.digest(secret))
    if (
        session is None
        or session.expires <= access.now()
        or (idle and session.seen <= later(hours=-idle))
    ):
        raise Unauthorized(N_("You are signed out; sign in again."))
    if session.by == "token":
        presented = store.people.token(session.ticket)
        if presented is None or (
            presented.expires and presented.expires <= access.now()
        ):
            raise Unauthorized(N_("You are signed out; sign in again."))
        return replace(access.of(store, presented), session=session.id)
    return replace(access.person(store, session.person), session=session.id)


def ticket(store: Store, secret: str) -> str:
    """Return a provider's word for who is signed in, or nothing."""
    session = store.people.session(access.digest(secret)) if secret else None
    return session.ticket if session is not None and session.by == "oidc" else ""


def end(store: Store, actor: Actor, session_id: str, *, address: str = "") -> None:
    """End a session of somebody; raise NotFound.

    Who comes by a token ends their own session and no other: raise Forbidden.
    """
    if session_id != actor.session:
        actor.must_come_in_person()
    with store.write(by=actor.name) as write:
        if not write.people.end_sessions(actor.name, session_id):
            raise NotFound(N_("There is no such session."))
        write.people.note("sign-out", actor.name, address=address)


def change_password(
    store: Store, actor: Actor, old: str, new: str, *, visitor: Visitor
) -> None:
    """Change one's own password; other sessions end. Raise Forbidden or Invalid."""
    actor.must_come_in_person()
    person = store.people.get(actor.person)
    digest = store.people.secret(person.id)
    if digest and not passwords.fits(digest, old):
        _refuse(store, person.id, visitor)
        raise Forbidden(N_("That is not your password."))
    secret = passwords.hashed(new, person)
    with store.write(by=actor.name) as write:
        write.people.set_secret(person.id, secret)
        for session in write.people.sessions(person.id):
            if session.id != actor.session:
                write.people.end_sessions(person.id, session.id)
        write.people.note("password.set", person.id, address=visitor.address)


def new_link(write: Write, person_id: str, *, hours: float) -> str:
    """Make a link that lets a person in once; return the code in it."""
    code = secrets.token_urlsafe(32)
    write.people.add_link(access.digest(code), person_id, later(hours=hours))
    return code


def later(*, hours: float = 0, days: float = 0, minutes: float = 0) -> str:
    """Return a moment from now, as the store writes moments."""
    at = datetime.now(UTC) + timedelta(hours=hours, days=days, minutes=minutes)
    return at.isoformat(timespec="milliseconds")[:-6] + "Z"


def _begun(
    store: Store,
    person: Person,
    by: str,
    visitor: Visitor,
    settings: Settings,
    *,
    ticket: str = "",
) -> Visit:
    secret = secrets.token_urlsafe(32)
    now = access.now()
    session = Session(
        secrets.token_hex(6),
        person.id,
        now,
        now,
        later(days=settings.session_days),
        by=by,
        agent=visitor.agent[:200],
        address=visitor.address,
        ticket=ticket,
    )
    with store.write(by=person.id) as write:
        write.people.add_session(access.digest(secret), session)
        write.people.note("sign-in", person.id, address=visitor.address, how=by)
    return Visit(session, secret)


def _refuse(store: Store, name: str, visitor: Visitor) -> None:
    with store.write(by="") as write:
        write.people.note(REFUSED, name.strip()[:100], address=visitor.address)


def _must_not_guess(
    store: Store, name: str, visitor: Visitor, settings: Settings
) -> None:
    """Raise TooMany for a name and an address that failed too often of late."""
    since = later(minutes=-_WINDOW)
    most = settings.max_sign_ins
    address, about = store.people.refused(
        REFUSED, since, address=visitor.address, about=name.strip()[:100]
    )
    if about >= most or address >= most * _OF_ADDRESS:
        raise TooMany(
            N_("Too many sign-ins have failed; try again in %(minutes)s minutes."),
            minutes=_WINDOW,
        )
