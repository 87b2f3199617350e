"""Sources, subjects and issuers, which all glossaries share, and who is told of them.

Whoever may describe them, as editors of any glossary do, is told of all: they look for
what is there before they make it anew. Who only reads some glossaries is told of those
that an entry of theirs names. Of glossaries everybody is told of those that they may
read.
"""

from collections.abc import Mapping
from typing import Final, TypeVar

from glossary.entry import EVERY, Glossary, Issuer, Noun, Source, Subject
from glossary.store import CountOf, numbers_of
from glossary.web import current

N = TypeVar("N", bound=Noun)
#: Numbers of so many choices of glossaries are remembered at a time.
_MOST_COUNTED: Final = 32
_FACETS: Mapping[type, str] = {Source: "source", Subject: "subject"}


def counted(kind: type[N]) -> list[tuple[N, int]]:
    """Return the nouns of a kind that the sender is told of, in the order of their ids.

    Each has the number of the entries that name it, of those that they may read.
    """
    store, glossaries = current.store(), current.readable()
    every = store.nouns.counted(kind)
    if glossaries is None:
        return every
    if kind is Glossary:
        return [row for row in every if row[0].id in glossaries]
    numbers = _numbers(kind, glossaries)
    rows = [(noun, numbers.get(noun.id, 0)) for noun, _ in every]
    if current.actor().may("describe"):
        described = {noun.id for noun in store.nouns.all(kind)}
        return [row for row in rows if row[1] or row[0].id in described]
    return [row for row in rows if row[1]]


def every(kind: type[N]) -> list[N]:
    """Return the nouns of a kind that the sender is told of, without numbers."""
    if current.readable() is None or (
        kind is not Glossary and current.actor().may("describe")
    ):
        return current.store().nouns.all(kind)
    return [noun for noun, _ in counted(kind)]


def tally(kind: str) -> Mapping[str, int]:
    """Return how many entries that the sender may read have each value of a kind."""
    browse, glossaries = current.store().browse, current.readable()
    if glossaries is None:
        return browse.tally(kind)
    return browse.counted_in(kind, glossaries)


def numbers() -> CountOf:
    """Return what says how many entries that the sender may read have what, by kind.

    What is counted of some glossaries is remembered until the next write.
    """
    running, glossaries = current.running(), current.readable()
    if glossaries is None:
        return running.store.browse.tally
    now = current.newest_moment()
    moment, count = running.numbers.get(glossaries, (None, None))
    if count is None or moment != now:
        count = numbers_of(running.store.browse, glossaries)
        if len(running.numbers) >= _MOST_COUNTED:
            running.numbers.clear()
        running.numbers[glossaries] = now, count
    return count


def must_be_told(kind: type[Noun], noun_id: str) -> None:
    """Raise Forbidden for a noun that the sender is not told of, there or not."""
    actor = current.actor()
    if current.readable() is None:
        return
    if kind is Glossary:
        actor.must("read", noun_id)
    elif not actor.may("describe") and not any(
        noun.id == noun_id for noun in every(kind)
    ):
        actor.must("read", EVERY)


def _numbers(kind: type, glossaries: frozenset[str]) -> Mapping[str, int]:
    """Return by id how many entries of some glossaries name each noun of a kind."""
    if kind is not Issuer:
        return tally(_FACETS[kind])
    store = current.store()
    names: dict[str, list[str]] = {}
    for name in tally("issuer"):
        if issuer := store.issuers.of(name):
            names.setdefault(issuer.id, []).append(name)
    return {
        one: store.browse.issued_in(several, glossaries)
        for one, several in names.items()
    }
