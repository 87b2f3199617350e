"""The small map of an entry: what it is made of, or its place on a ladder.

A map is rows below one another. A part stands a step to the right of its whole; a
stronger wording stands above a weaker one and a step to the right of it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from glossary.entry import Entry

#: A ladder of more rungs than this is cut off: a map is to be taken in at a glance.
_RUNGS: Final = 12
OfNames = Callable[[Sequence[str]], list[Entry]]


@dataclass(frozen=True, slots=True)
class Box:
    """One box: the entry, or its id when there is none, its place and its number."""

    id: str
    entry: Entry | None
    step: int
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """The boxes of a map, and whether they are a `whole` or a `ladder`."""

    kind: str
    rows: tuple[Box, ...]


def drawings(entry: Entry, of_names: OfNames) -> Iterator[Drawing]:
    """Yield the maps on which an entry stands: as a whole, as a part, on a ladder.

    `of_names` returns the entries of some ids, as far as they may be shown.
    """
    wholes = [entry] if _related(entry, "part") else []
    wholes += _entries(of_names, _related(entry, "whole"))
    for whole in wholes:
        names = _related(whole, "part")
        if names:
            yield Drawing("whole", (Box(whole.id, whole, 0), *_parts(of_names, names)))
    up = _walk(of_names, entry, "stronger")
    down = _walk(of_names, entry, "weaker")
    if up or down:
        rungs = [*reversed(down), entry, *up]
        rows = [Box(e.id, e, at, at + 1) for at, e in enumerate(rungs)]
        yield Drawing("ladder", tuple(reversed(rows)))


def _parts(of_names: OfNames, names: Sequence[str]) -> Iterator[Box]:
    entries = {e.id: e for e in of_names(names)}
    for number, name in enumerate(names, start=1):
        yield Box(name, entries.get(name), 1, number)


def _walk(of_names: OfNames, entry: Entry, kind: str) -> list[Entry]:
    """Return the entries one meets going on by a kind of relation."""
    ids = {entry.id}
    rungs: list[Entry] = []
    while len(rungs) < _RUNGS:
        further = [
            e for e in _entries(of_names, _related(entry, kind)) if e.id not in ids
        ]
        if not further:
            break
        entry = further[0]
        ids.add(entry.id)
        rungs.append(entry)
    return rungs


def _entries(of_names: OfNames, names: Sequence[str]) -> list[Entry]:
    """Return the entries of those names that exist, in the order of the names."""
    entries = {e.id: e for e in of_names(names)} if names else {}
    return [entries[name] for name in names if name in entries]


def _related(entry: Entry, kind: str) -> list[str]:
    return [r.entry for r in entry.relations if r.type == kind]
