"""Who may do what: people, their roles in glossaries, tokens, sessions."""

from glossary.people import access
from glossary.people.actor import NOBODY, Actor, acting, at_the_machine, may
from glossary.people.permissions import (
    ADMIN,
    OLDER,
    PERMISSIONS,
    RANKS,
    ROLES,
    SCOPES,
    role_of,
)

__all__ = [
    "ADMIN",
    "NOBODY",
    "OLDER",
    "PERMISSIONS",
    "RANKS",
    "ROLES",
    "SCOPES",
    "Actor",
    "access",
    "acting",
    "at_the_machine",
    "may",
    "role_of",
]
