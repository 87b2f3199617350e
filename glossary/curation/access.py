"""Who may do what: bearer tokens, hashed at rest and shown once.

A token is `gls_` and 32 random bytes, so its SHA-256 digest cannot be guessed back
and needs no salt.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

from glossary.errors import Forbidden, Unauthorized
from glossary.message import N_
from glossary.store import Store

PREFIX: Final = "gls_"
#: What a token may do; each scope may do all that those before it may.
SCOPES: Final = ("read", "write", "admin")


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who a request comes from."""

    name: str
    scope: str

    def may(self, scope: str) -> bool:
        """Say whether this scope covers the one asked for."""
        return SCOPES.index(self.scope) >= SCOPES.index(scope)

    def owns(self, owner: str | None) -> bool:
        """Say whether what belongs to somebody is theirs to see and change.

        Everything is an admin's; what has no owner is nobody else's.
        """
        return self.may("admin") or self.name == owner


def create(store: Store, name: str, *, scope: str = "write") -> str:
    """Make a token and return it: the only time that it can be seen.

    Raise Conflict when the name is taken.
    """
    token = PREFIX + secrets.token_urlsafe(32)
    with store.write(by=name) as write:
        write.add_token(_digest(token), name=name, scope=scope)
    return token


def bearer(store: Store, authorization: str | None, *, scope: str) -> Bearer:
    """Return who sends this `Authorization` header.

    Raise Unauthorized without a token and for one that is not known, Forbidden when
    it does not cover the scope.
    """
    kind, _, token = (authorization or "").partition(" ")
    if not authorization:
        raise Unauthorized(
            N_("This needs a token: send “Authorization: Bearer gls_…”.")
        )
    known = store.token(_digest(token.strip())) if kind.lower() == "bearer" else None
    if known is None:
        raise Unauthorized(N_("This token is not known here."))
    found = Bearer(*known)
    if not found.may(scope):
        raise Forbidden(
            N_("The token “%(name)s” has the scope “%(scope)s”, not “%(needed)s”."),
            name=found.name,
            scope=found.scope,
            needed=scope,
        )
    return found


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
