"""What admins and owners do about people: make them, say what they are, let them go."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from glossary.config import Settings
from glossary.entry import ACTIVE, EVERY, LEFT, TOLD, Notice, Person, Token
from glossary.errors import Conflict, Forbidden, NotFound
from glossary.message import N_, Message
from glossary.people import access
from glossary.people.actor import Actor, acting
from glossary.people.permissions import ADMIN, RANKS, role_of
from glossary.people.visits import new_link
from glossary.store import Store, Write

#: Settings that hold a secret, or may: an address of a database.
_SECRET: Final = re.compile("secret|token|database|key|password|smtp")


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does something to people, and from which address."""

    actor: Actor
    address: str = ""

    @property
    def name(self) -> str:
        """What the history calls them."""
        return self.actor.name


def at_the_machine(name: str = "cli") -> Doer:
    """Return who works on the machine itself."""
    return Doer(acting(name))


def create(
    store: Store, person: Person, *, by: Doer, roles: Mapping[str, str] | None = None
) -> Person:
    """Make a person, with roles by glossary; raise Forbidden or Conflict."""
    by.actor.must("manage-people", EVERY)
    with store.write(by=by.name) as write:
        member = write.people.create(replace(person, state=ACTIVE))
        write.people.note("user.create", member.id, address=by.address)
        for glossary, role in (roles or {}).items():
            _give(write, member.id, glossary, role, by)
    return member


def change(store: Store, person: Person, *, by: Doer) -> Person:
    """Keep a person's name, address of e-mail and language as they are now.

    It is for themselves and admins, and no token's: whoever has an address of e-mail
    may come in by it. Raise Forbidden, NotFound or Conflict.
    """
    by.actor.must_come_in_person()
    if by.actor.person != person.id:
        by.actor.must("manage-people", EVERY)
    with store.write(by=by.name) as write:
        old = write.people.get(person.id)
        new = replace(old, name=person.name, email=person.email, lang=person.lang)
        if new != old:
            write.people.update(new)
            write.people.note("user.change", person.id, address=by.address)
    return new


def reset(store: Store, person_id: str, *, by: Doer, hours: float) -> str:
    """Return the code of a one-time link to a new password; the old one is void.

    Raise Forbidden or NotFound.
    """
    by.actor.must("manage-people", EVERY)
    with store.write(by=by.name) as write:
        person = write.people.get(person_id)
        if person.state != ACTIVE:
            raise Conflict(N_("“%(id)s” no longer has an account here."), id=person_id)
        code = new_link(write, person_id, hours=hours)
        write.people.set_secret(person_id, None)
        write.people.end_sessions(person_id)
        write.people.note("user.reset", person_id, address=by.address)
    return code


def give(
    store: Store, person_id: str, glossary: str, role: str | None, *, by: Doer
) -> None:
    """Give a person a role in a glossary, `*` for all; None takes it away.

    Nobody gives more than they have. Raise Forbidden, NotFound, and Conflict when
    nobody would be left to look after people.
    """
    with store.write(by=by.name) as write:
        _give(write, person_id, glossary, role, by)


def leave(store: Store, person_id: str, *, by: Doer, to: str = "") -> int:
    """Let a person go: tokens, sessions and roles end; what they did stays theirs.

    What they were to work on is handed on to `to`, or to nobody, and `to` is told; what
    waits for review waits for every reviewer. Return how many tokens ended.
    Raise Forbidden, NotFound, or Conflict for the last admin.
    """
    by.actor.must("manage-people", EVERY)
    with store.write(by=by.name) as write:
        person = write.people.get(person_id)
        if to and write.people.get(to).state != ACTIVE:
            raise NotFound(N_("There is no person “%(id)s”."), id=to)
        roles = write.people.with_roles(person_id)[1]
        for glossary in roles:
            write.people.set_role(person_id, glossary, None)
        _must_have_an_admin(write, roles)
        count = _shut_out(write, person_id)
        handed = write.team.hand_on(person_id, to)
        if to and handed:
            write.team.tell(Notice(0, to, TOLD[0], "", text=person_id))
        write.people.update(replace(person, state=LEFT, subject=""))
        write.people.note(
            "user.leave",
            person_id,
            address=by.address,
            to=to,
            tokens=str(count),
            tasks=str(handed),
        )
    return count


def forget(store: Store, person_id: str, *, by: Doer) -> str:
    """Take a person out of the history: all they did is that of a number from now on.

    Return what the history calls them instead. Raise Forbidden, NotFound, or Conflict
    for the last admin.
    """
    by.actor.must("manage-people", EVERY)
    with store.write(by=by.name) as write:
        roles = write.people.with_roles(person_id)[1]
        write.people.get(person_id)
        for glossary in roles:
            write.people.set_role(person_id, glossary, None)
        _must_have_an_admin(write, roles)
        _shut_out(write, person_id)
        stand_in = f"person-{secrets.token_hex(4)}"
        write.forgetting.forget(person_id, stand_in)
        write.people.note("user.forget", stand_in, address=by.address)
    return stand_in


def make_token(store: Store, token: Token, *, by: Doer) -> str:
    """Make a token for a person or a machine and return it, this once.

    One's own needs nothing; one for somebody else an admin, and one for a machine the
    right to manage roles wherever it is good for. Nobody gives more than they have.
    Raise Forbidden, NotFound or Conflict.
    """
    if not token.person or token.person != by.actor.person:
        for glossary in token.glossaries or (EVERY,):
            by.actor.must("manage-roles", glossary)
            _must_not_exceed(by.actor, role_of(token.scope), glossary)
    if token.person and token.person != by.actor.person:
        by.actor.must("manage-people", EVERY)
        if store.people.get(token.person).state != ACTIVE:
            raise Conflict(
                N_("“%(id)s” no longer has an account here."), id=token.person
            )
    if by.actor.person == token.person:
        by.actor.must_come_in_person()
    secret = access.create(
        store,
        token.name,
        scope=token.scope,
        person=token.person,
        glossaries=token.glossaries,
        expires=token.expires,
    )
    with store.write(by=by.name) as write:
        write.people.note(
            "token.create",
            token.name,
            address=by.address,
            scope=token.scope,
            person=token.person,
            glossaries=" ".join(token.glossaries),
        )
    return secret


def tokens(store: Store, *, by: Doer) -> list[Token]:
    """Return the tokens that somebody may see: their own, or an admin all."""
    if _is_admin(by.actor):
        return store.people.tokens()
    if by.actor.person:
        return store.people.tokens(by.actor.person)
    return [ticket for ticket in store.people.tokens() if ticket.name == by.actor.token]


def revoke_token(store: Store, name: str, *, by: Doer) -> None:
    """Make a token useless from now on; raise NotFound, also for somebody else's.

    A token ends itself and no other: raise Forbidden.
    """
    if name != by.actor.token:
        by.actor.must_come_in_person()
    if name not in {ticket.name for ticket in tokens(store, by=by)}:
        raise NotFound(N_("There is no token “%(name)s”."), name=name)
    with store.write(by=by.name) as write:
        write.people.remove_token(name)
        write.people.note("token.revoke", name, address=by.address)


def note_settings(store: Store, settings: Settings) -> None:
    """Write into the log which settings a server begins with otherwise than the last.

    Of secrets only that they were changed.
    """
    plain = Settings()
    now = {
        field.name: str(getattr(settings, field.name))
        for field in fields(Settings)
        if getattr(settings, field.name) != getattr(plain, field.name)
    }
    now = {
        name: access.digest(value)[:8] if _SECRET.search(name) else value
        for name, value in now.items()
    }
    last = next(iter(store.people.deeds(limit=1, action="settings")), None)
    if dict(last.details if last else {}) != now:
        with store.write(by="serve") as write:
            write.people.note("settings", **now)


def _is_admin(actor: Actor) -> bool:
    return actor.may("manage-people", EVERY)


def _give(
    write: Write, person_id: str, glossary: str, role: str | None, by: Doer
) -> None:
    by.actor.must("manage-roles", glossary)
    old = write.people.with_roles(person_id)[1].get(glossary)
    for name in (old, role):
        if name:
            _must_not_exceed(by.actor, name, glossary)
    if role == ADMIN and glossary != EVERY:
        raise Conflict(N_("The role of admin is for all glossaries: “*”."))
    if role == old:
        return
    write.people.set_role(person_id, glossary, role)
    _must_have_an_admin(write, {glossary: old or ""})
    write.people.note(
        "role.change",
        person_id,
        address=by.address,
        glossary=glossary,
        before=old or "",
        now=role or "",
    )


def _must_not_exceed(actor: Actor, role: str, glossary: str) -> None:
    own = actor.role(glossary)
    if own not in RANKS or RANKS.index(role) > RANKS.index(own):
        raise Forbidden(
            N_("Nobody gives more than they have: “%(role)s” is more than “%(own)s”."),
            role=Message(role),
            own=Message(own or "-"),
        )


def _must_have_an_admin(write: Write, before: Mapping[str, str]) -> None:
    """Raise Conflict when the last admin has just lost that role."""
    if before.get(EVERY) != ADMIN:
        return
    if not any(role == ADMIN for _, _, role in write.people.roles(EVERY)):
        raise Conflict(N_("Nobody would be left to manage people."))


def _shut_out(write: Write, person_id: str) -> int:
    write.people.set_secret(person_id, None)
    write.people.end_sessions(person_id)
    return write.people.remove_tokens(person_id)
