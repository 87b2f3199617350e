"""Profiles: what an editing tool asks with, under one name, and how answers follow."""

from dataclasses import replace
from typing import TypeVar

from glossary.entry import EVERY, Profile
from glossary.errors import Invalid
from glossary.message import N_, Message, Problem
from glossary.people.members import Doer
from glossary.query import Filters, Part, Query, Wanted
from glossary.store import EntryListing, Store
from glossary.text import has_han

_Asked = TypeVar("_Asked", Query, Wanted)
_Part = TypeVar("_Part", bound=Part)


def put(store: Store, profile: Profile, *, by: Doer) -> Profile:
    """Keep a profile; raise Forbidden, and Invalid for an issuer nobody knows."""
    by.actor.must("manage-profiles", EVERY)
    if profile.issuer and store.issuers.of(profile.issuer) is None:
        message = Message(N_("There is no issuer “%(id)s”."), id=profile.issuer)
        raise Invalid([Problem("/issuer", message)])
    with store.write(by=by.name) as write:
        write.people.put_profile(profile)
        write.people.note("profile.change", profile.id, address=by.address)
    return profile


def drop(store: Store, profile_id: str, *, by: Doer) -> None:
    """Forget a profile; raise Forbidden or NotFound."""
    by.actor.must("manage-profiles", EVERY)
    with store.write(by=by.name) as write:
        write.people.drop_profile(profile_id)
        write.people.note("profile.delete", profile_id, address=by.address)


def applied(profile: Profile, query: _Asked) -> _Asked:
    """Return what is asked with what the profile says where nothing was said."""
    glossaries = getattr(query, "glossary", None) or query.glossaries
    query = replace(
        query,
        glossaries=query.glossaries if glossaries else frozenset(profile.glossaries),
        issuer=query.issuer or profile.issuer or None,
        as_of=query.as_of or profile.as_of or None,
        state=query.state or state_of(profile),
        order=profile.glossaries,
    )
    if not profile.script or query.from_ or query.to:
        return query
    if isinstance(query, Query) and has_han(query.q):
        return replace(query, from_=profile.script)
    return replace(query, to=profile.script) if isinstance(query, Query) else query


def filtered(profile: Profile, filters: Filters) -> Filters:
    """Return filters with those of the profile where nothing was said."""
    return replace(
        filters,
        glossaries=filters.glossaries or frozenset(profile.glossaries),
        state=filters.state or state_of(profile),
    )


def of_file(profile: Profile, part: _Part) -> _Part:
    """Return what a file is to hold, with what the profile says where nothing was."""
    place = part.glossary or part.entry
    return replace(
        part,
        glossaries=frozenset() if place else frozenset(profile.glossaries),
        state=part.state or state_of(profile),
        order=profile.glossaries,
    )


def of_list(profile: Profile, page: EntryListing) -> EntryListing:
    """Return a page of entries, with what the profile says where nothing was."""
    glossaries = frozenset() if page.glossary else frozenset(profile.glossaries)
    state = page.state or state_of(profile)
    return replace(page, glossaries=glossaries, state=state)


def state_of(profile: Profile) -> str | None:
    """Return the one state that a profile wants; None for all of them."""
    return profile.states[0] if len(profile.states) == 1 else None
