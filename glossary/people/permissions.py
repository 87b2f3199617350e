"""The one table of who may do what: each action with the least role that it needs."""

from collections.abc import Mapping
from typing import Final

#: What somebody may be in a glossary; each may do all that those before it may.
ROLES: Final = ("reader", "proposer", "editor", "reviewer", "owner")
#: Who may do everything in all glossaries.
ADMIN: Final = "admin"
#: From the least to the most.
RANKS: Final = (*ROLES, ADMIN)
_RANK: Final[Mapping[str, int]] = {role: rank for rank, role in enumerate(RANKS)}

#: The least role for each action, in the glossary that it is about.
PERMISSIONS: Final[Mapping[str, str]] = {
    # Look up, annotate, check, export, and see what was changed.
    "read": "reader",
    # Propose a change or a new entry.
    "propose": "proposer",
    # Speak under an entry, and be told of changes.
    "comment": "proposer",
    # Make and change what is not approved.
    "edit": "editor",
    # Load a file; what it approves is lowered for who may not approve.
    "import": "editor",
    # See what readers looked for in vain.
    "missed": "editor",
    # Describe sources, subjects and issuers, which all glossaries share.
    "describe": "editor",
    # Accept and reject proposals, assign what is to be reviewed.
    "review": "reviewer",
    # Whatever sets an entry to approved, or changes one that is.
    "approve": "reviewer",
    # Take an entry out of use, or bring an old version back.
    "retire": "reviewer",
    # Change many entries at once, merge and split them, take such a change back.
    "bulk": "reviewer",
    # Keep a glossary for another tool.
    "keep-dictionary": "reviewer",
    # Name a glossary and say what it is for.
    "describe-glossary": "reviewer",
    # Say who is what in a glossary; make tokens of machines for it.
    "manage-roles": "owner",
    # Have programs told of changes.
    "manage-hooks": "owner",
    # See what was done in the glossary, and by whom.
    "see-log": "owner",
    # Make people, reset and forget them, see everybody's tokens.
    "manage-people": ADMIN,
    # Profiles that everybody asks by.
    "manage-profiles": ADMIN,
    # Remove for good, history and all.
    "purge": ADMIN,
}
#: What the scopes of older tokens are called as roles.
OLDER: Final[Mapping[str, str]] = {"read": "reader", "write": "reviewer"}
#: What a token may be made for.
SCOPES: Final = (*OLDER, *RANKS)


def role_of(scope: str) -> str:
    """Return the role that a scope of a token stands for."""
    return OLDER.get(scope, scope)


def covers(role: str, action: str) -> bool:
    """Say whether a role may do something; no role may do nothing."""
    return role in _RANK and _RANK[role] >= _RANK[PERMISSIONS[action]]


def least(one: str, other: str) -> str:
    """Return the lower of two roles; no role is the lowest."""
    return one if _RANK.get(one, -1) <= _RANK.get(other, -1) else other


def most(one: str, other: str) -> str:
    """Return the higher of two roles."""
    return one if _RANK.get(one, -1) >= _RANK.get(other, -1) else other
