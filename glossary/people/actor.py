"""Who a request or a command comes from, and what they may do where."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Self

from glossary.entry import EVERY
from glossary.errors import Forbidden, Unauthorized
from glossary.message import N_, Message
from glossary.people.permissions import ADMIN, PERMISSIONS, covers, least, most


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, with a role in each glossary; `*` stands for every one.

    `name` is what the history calls them: the id of a person, the name of a machine's
    token, or nothing for somebody whom nobody knows. `token` and `session` say what
    they came with.
    """

    name: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    person: str = ""
    token: str = ""
    session: str = ""
    #: Where they do it from, for the log.
    address: str = ""

    @property
    def is_known(self) -> bool:
        """Whether they have shown who they are."""
        return bool(self.name)

    def at(self, address: str) -> "Actor":
        """Return them as they are at an address."""
        return Actor(
            self.name, self.roles, self.person, self.token, self.session, address
        )

    def role(self, glossary: str | None = None) -> str:
        """Return their role in a glossary; without one, the highest that they have.

        It is empty for somebody who has none.
        """
        if glossary is not None:
            return most(self.roles.get(glossary, ""), self.roles.get(EVERY, ""))
        highest = ""
        for role in self.roles.values():
            highest = most(highest, role)
        return highest

    def may(self, action: str, glossary: str | None = None) -> bool:
        """Say whether they may do something in a glossary; without one, in any."""
        return covers(self.role(glossary), action)

    def must(self, action: str, glossary: str | None = None) -> None:
        """Raise Forbidden for what they may not do, Unauthorized if nobody knows them.

        Without a glossary they must be allowed to in one at least.
        """
        if self.may(action, glossary):
            return
        if not self.is_known:
            raise Unauthorized(
                N_("Sign in, or send a token: “Authorization: Bearer gls_…”.")
            )
        needed = PERMISSIONS[action]
        if glossary is None or glossary == EVERY:
            raise Forbidden(
                N_("This needs the role “%(needed)s”; “%(name)s” is “%(role)s”."),
                name=self.name,
                needed=Message(needed),
                role=Message(self.role(glossary) or "-"),
            )
        raise Forbidden(
            N_(
                "This needs the role “%(needed)s” in “%(glossary)s”; “%(name)s” is "
                "“%(role)s” there."
            ),
            name=self.name,
            needed=Message(needed),
            glossary=glossary,
            role=Message(self.role(glossary) or "-"),
        )

    def must_come_in_person(self) -> None:
        """Raise Forbidden for who comes by a token, unless it is an admin's.

        A token does no more than its scope says; whose account it is may do more.
        """
        if self.token and self.role(EVERY) != ADMIN:
            raise Forbidden(N_("A token cannot manage an account; sign in."))

    def owns(self, owner: str | None) -> bool:
        """Say whether what belongs to somebody is theirs to see and change.

        Everything is an admin's; what has no owner is nobody else's.
        """
        return self.role(EVERY) == ADMIN or (self.is_known and self.name == owner)

    def readable(self) -> frozenset[str] | None:
        """Return the glossaries that they may read; None when these are all."""
        if self.may("read", EVERY):
            return None
        return frozenset(name for name in self.roles if self.may("read", name))

    def within(self, role: str, glossaries: tuple[str, ...] = ()) -> Self:
        """Return them with no more than a role, and in some glossaries only."""
        if glossaries:
            roles = {name: least(self.role(name), role) for name in glossaries}
        else:
            roles = {name: least(own, role) for name, own in self.roles.items()}
        return replace(self, roles=roles)

    def together(self, roles: Mapping[str, str]) -> Self:
        """Return them with what everybody may do beside their own roles."""
        both = {
            name: most(self.roles.get(name, ""), roles.get(name, ""))
            for name in {*self.roles, *roles}
        }
        return replace(self, roles=both)


def may(actor: Actor, action: str, glossary: str | None) -> bool:
    """Say whether somebody may do something in a glossary; without one, in any."""
    return actor.may(action, glossary)


def at_the_machine(name: str) -> Actor:
    """Return who works on the machine itself, and may do everything."""
    return Actor(name, {EVERY: ADMIN})


def acting(by: Actor | str) -> Actor:
    """Return who acts; a mere name is that of somebody at the machine itself."""
    return at_the_machine(by) if isinstance(by, str) else by


#: Somebody whom nobody knows and who may do nothing.
NOBODY: Final = Actor()
