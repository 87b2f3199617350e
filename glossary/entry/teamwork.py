"""What people who keep a glossary together tell one another."""

from dataclasses import dataclass
from typing import Final

#: The lists that a queue has.
LISTS: Final = ("mine", "to-review", "half-proved", "stale")
#: What can be watched; `query` is a phrase that changed entries would answer.
WATCHED: Final = ("entry", "subject", "glossary", "query")
#: What somebody is told of.
TOLD: Final = ("assigned", "mentioned", "remark", "changed", "decided")
#: How far a delivery to a webhook has come.
DELIVERIES: Final = ("waiting", "delivered", "failed")


@dataclass(frozen=True, slots=True)
class Task:
    """An entry that somebody is asked to work on, by a day if there is one."""

    entry: str
    person: str
    due: str = ""
    note: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody said under an entry; `mentions` are the people whom it names.

    `resolved` is the moment when somebody settled it, or nothing.
    """

    id: int
    entry: str
    text: str
    lang: str = ""
    by: str = ""
    at: str = ""
    mentions: tuple[str, ...] = ()
    resolved: str = ""
    resolved_by: str = ""


@dataclass(frozen=True, slots=True)
class Watch:
    """Something that a person wants to be told of."""

    person: str
    kind: str
    value: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a person is told: what happened, to which entry, by whom; seen when."""

    n: int
    person: str
    kind: str
    about: str
    by: str = ""
    text: str = ""
    at: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Hook:
    """An address that is told of changes; none of `glossaries` means all.

    `disabled` is when it was told the last: since then who made it may not look after
    it any more. Empty while it is told.
    """

    id: str
    url: str
    glossaries: tuple[str, ...] = ()
    by: str = ""
    at: str = ""
    secret: str = ""
    disabled: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was, or is to be, sent to a hook; `due` is when it is tried again."""

    n: int
    hook: str
    state: str
    due: str
    body: str
    at: str = ""
    tries: int = 0
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueListing:
    """A page of a queue, from after a place and an id on."""

    list: str
    limit: int
    glossary: str | None = None
    cursor: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeListing:
    """A page of notices, or of deliveries, from before a number on."""

    limit: int
    cursor: int | None = None
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Starred:
    """An entry that a person keeps for themselves, with their own note and wording."""

    entry: str
    note: str = ""
    rendering: str = ""
    at: str = ""
