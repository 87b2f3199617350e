"""Who works with a glossary: people, their tokens, their visits, what they did."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

#: Stands for every glossary, where a role or a token is given for all of them.
EVERY: Final = "*"
#: Whether a person may still come in.
ACTIVE: Final = "active"
LEFT: Final = "left"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in; `id` is what the history calls them.

    `subject` is who they are to the provider of OpenID Connect, as `issuer|sub`.
    """

    id: str
    name: str = ""
    email: str = ""
    lang: str = ""
    state: str = ACTIVE
    created: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """What a program shows to be let in, without its secret.

    `scope` is the most that it may do, whatever its person may; without a person it is
    a machine's. `glossaries` are those that it is good for, none means all. `expires`
    and `used` are moments in UTC, or empty.
    """

    name: str
    scope: str
    created: str
    person: str = ""
    prefix: str = ""
    glossaries: tuple[str, ...] = ()
    expires: str = ""
    used: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which a person is signed in; `id` tells it from their others.

    `by` says how they came in: `password`, `oidc`, `token` or `link`.
    """

    id: str
    person: str
    created: str
    seen: str
    expires: str
    by: str = ""
    agent: str = ""
    address: str = ""
    #: What a provider needs to be told at log-out, and the token they came in with.
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of the log: who did what to whom or what, when, and from where."""

    n: int
    at: str
    by: str
    action: str
    about: str = ""
    address: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """A way to ask: an ordered list of glossaries, and what else goes without saying.

    The order ranks hits, and where a pair of wordings stands in several glossaries the
    status of the first one counts. `script` is the Chinese that is wanted.
    """

    id: str
    label: Mapping[str, str]
    glossaries: tuple[str, ...]
    issuer: str = ""
    as_of: str = ""
    states: tuple[str, ...] = ()
    script: str = ""
