"""What entries refer to: documents, subject fields, issuers, and the glossaries.

These nouns have a `version` as entries have one: 0 until they are stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

#: What a text of a document is: one that binds, or a translation of one.
TEXTS: Final = ("authentic", "translated")


@dataclass(frozen=True, slots=True)
class Edition:
    """Whose text a document has in one language, and whether it is a translation."""

    text: str
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A document that citations name; `title` and `edition` are by language.

    `symbol` is what an organization files it under (A/RES/70/1); `archived_url` is
    where a copy of it is kept for good.
    """

    id: str
    title: Mapping[str, str]
    date: str | None = None
    issuer: str | None = None
    lang: str | None = None
    url: str | None = None
    symbol: str | None = None
    archived_url: str | None = None
    edition: Mapping[str, Edition] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject field; `label` is by language."""

    id: str
    label: Mapping[str, str]
    version: int = 0


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues documents and wordings; `names` are by language, `aliases` by none.

    `speaks_for` has the ids of those whose wording this issuer's is too: the state of
    a ministry, each party to a joint statement.
    """

    id: str
    names: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    speaks_for: tuple[str, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Glossary:
    """What is said of a named set of entries; `title`, `description` by language.

    `release` is what its publisher calls this edition of it.
    """

    id: str
    title: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    publisher: str | None = None
    licence: str | None = None
    release: str | None = None
    version: int = 0


Noun = Source | Subject | Issuer | Glossary
#: What each kind of noun is called in the store and in addresses.
KINDS: Final[Mapping[type, str]] = {
    Source: "source",
    Subject: "subject",
    Issuer: "issuer",
    Glossary: "glossary",
}


@dataclass(frozen=True, slots=True)
class NounVersion:
    """One version of a noun: who made it, when, how, and what it changed.

    `kind` is one of `KINDS`. `changed` holds RFC 6901 pointers into the document,
    which is None once the noun was deleted.
    """

    kind: str
    id: str
    version: int
    revision: int
    at: str
    by: str
    action: str
    changed: tuple[str, ...]
    document: Noun | None
