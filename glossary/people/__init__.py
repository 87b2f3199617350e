"""Who may do what: people, their roles in glossaries, tokens, sessions."""

from glossary.people import access, members, profiles, visits
from glossary.people.actor import NOBODY, Actor, acting, at_the_machine, may
from glossary.people.members import Doer
from glossary.people.network import network
from glossary.people.permissions import (
    ADMIN,
    OLDER,
    PERMISSIONS,
    RANKS,
    ROLES,
    SCOPES,
    role_of,
)
from glossary.people.uses import Uses
from glossary.people.visits import Visit, Visitor

__all__ = [
    "ADMIN",
    "NOBODY",
    "OLDER",
    "PERMISSIONS",
    "RANKS",
    "ROLES",
    "SCOPES",
    "Actor",
    "Doer",
    "Uses",
    "Visit",
    "Visitor",
    "access",
    "acting",
    "at_the_machine",
    "may",
    "members",
    "network",
    "profiles",
    "role_of",
    "visits",
]
