"""What is asked of the entries: by the request's profile, as far as may be read.

Every handler that looks up or reads a text passes here, and so does every protocol.
"""

from dataclasses import replace
from typing import TypeVar

from glossary.entry import EVERY, Profile, codec
from glossary.errors import NotFound
from glossary.lookup import Answer
from glossary.message import N_
from glossary.people import profiles
from glossary.query import Query, Wanted
from glossary.store import Changeset
from glossary.web import current

_Asked = TypeVar("_Asked", Query, Wanted)


def look_up(query: Query) -> Answer:
    """Look a query up in the store, with what the process knows of it."""
    may_remember = current.readable() is None
    return current.running().look_up(as_allowed(query), may_remember=may_remember)


def as_allowed(query: _Asked) -> _Asked:
    """Return what is asked, with what the profile says beside it.

    Raise Forbidden where it names a glossary that its sender may not read; one that
    names none is about those that they may.
    """
    profile = current.profile()
    query = query if profile is None else profiles.applied(profile, query)
    glossaries = current.readable()
    if glossaries is None:
        return query
    within = query.filters.glossaries
    for glossary in within or glossaries or (EVERY,):
        current.actor().must("read", glossary)
    return query if within else replace(query, glossaries=glossaries)


def as_read(profile: Profile) -> Profile:
    """Return a profile with those of its glossaries that the sender may read.

    Raise Forbidden where it is about others alone.
    """
    glossaries = current.readable()
    if glossaries is None or not profile.glossaries:
        return profile
    names = tuple(name for name in profile.glossaries if name in glossaries)
    if not names:
        current.actor().must("read", profile.glossaries[0])
    return replace(profile, glossaries=names)


def changeset(revision: int) -> Changeset:
    """Return what a revision was; raise NotFound when it changed no entry.

    Raise Forbidden where it changed one that the sender may not read.
    """
    reads, glossaries = current.store().changesets, current.readable()
    if glossaries is not None and not reads.glossaries(revision) <= glossaries:
        current.actor().must("read", EVERY)
    moment = reads.find(revision)
    if moment is None:
        raise NotFound(N_("Revision %(n)s changed no entry."), n=revision)
    return moment


def scope() -> bytes:
    """Return what an answer depends on beside what is sent: who may read what, and how.

    Nothing is said of somebody who reads everything and asks by no profile.
    """
    glossaries, profile = current.readable(), current.profile()
    if glossaries is None and profile is None:
        return b""
    return codec.write([sorted(glossaries or ()), glossaries is None, profile])
