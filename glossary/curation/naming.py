"""Holds what an entry names against what the store knows: sources, issuers, people."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from glossary.config import settings_in_force
from glossary.entry import (
    APPROVED,
    Citation,
    Entry,
    LastCheck,
    Person,
    Source,
    today,
)
from glossary.errors import Invalid
from glossary.message import N_, Message, Problem
from glossary.people import Actor
from glossary.store import Write
from glossary.text import key

_NO_SOURCE: Final = N_("There is no source “%(id)s”.")


def must_name_what_is_known(write: Write, entry: Entry, *beside: Entry) -> None:
    """Raise Invalid for what `refused_sources` and `refused_issuers` return.

    `beside` are entries as they are or were, whose issuers may go on being named.
    """
    broken = refused_sources(write, entry)
    if broken := [*broken, *refused_issuers(write, entry, *beside)]:
        raise Invalid(broken)


def refused_sources(write: Write, entry: Entry) -> list[Problem]:
    """Return the citations of sources that nobody has described, if a setting minds."""
    if not settings_in_force().refuse_unknown_sources:
        return []
    places = {
        f"/terms/{at}/citations/{number}{below}/source": name
        for at, term in enumerate(entry.terms)
        for number, citation in enumerate(term.citations)
        for below, name in _sources_of(citation)
    }
    ids = {source.id for source in write.nouns.some(Source, [*places.values()])}
    return [
        Problem(pointer, Message(_NO_SOURCE, id=name))
        for pointer, name in places.items()
        if name not in ids
    ]


def vouched(write: Write, new: Entry, old: Entry | None, by: Actor | str) -> Entry:
    """Return an entry that says who checked it, by the id of a person where it is one.

    A person who approves it has checked it today, unless they say of the last check
    what was not said before.
    """
    person = by.person if isinstance(by, Actor) else ""
    was, check_before = (old.state, old.checked) if old else ("", None)
    approves = new.state == APPROVED != was and new.checked == check_before
    if person and approves:
        return replace(new, checked=LastCheck(today(), person))
    check = new.checked
    if check is None or check == check_before or not check.by:
        return new
    checker = write.people.called(check.by) or _named(write, check.by)
    return replace(new, checked=replace(check, by=checker.id)) if checker else new


def refused_issuers(write: Write, entry: Entry, *beside: Entry) -> Iterator[Problem]:
    """Yield the terms of issuers that are not listed, where somebody is listed at all.

    What is named `beside` may stay.
    """
    issuers_there = {term.issuer for other in beside for term in other.terms}
    names = {
        f"/terms/{at}/issuer": term.issuer
        for at, term in enumerate(entry.terms)
        if term.issuer and term.issuer not in issuers_there
    }
    issuers = write.nouns.issuers() if names else None
    if issuers is None or not issuers.all:
        return
    for pointer, name in names.items():
        if issuers.of(name) is None:
            yield Problem(pointer, issuers.nobody(name))


def _sources_of(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "", citation.source
    if citation.counterpart is not None and citation.counterpart.source:
        yield "/counterpart", citation.counterpart.source


def _named(write: Write, name: str) -> Person | None:
    """Return the one person who has a name; None for nobody, or for several."""
    people = [person for person in write.people.all() if key(person.name) == key(name)]
    return people[0] if len(people) == 1 else None
