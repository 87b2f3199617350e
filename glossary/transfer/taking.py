"""Whole glossaries out: the entries of a file, and what its format cannot hold."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from glossary.entry import Entry, codec
from glossary.formats import Dropped, Format, without_derived
from glossary.message import N_, Message
from glossary.store import Store


def take_out(
    store: Store,
    format_: Format,
    stream: BinaryIO,
    *,
    glossary: str | None,
    drop: Callable[[Dropped], None],
    entry: str | None = None,
) -> None:
    """Write the entries in use of a glossary, or of all, or one entry to a stream.

    `drop` is told everything that the format cannot hold. Raise NotFound when there
    is no such entry.
    """
    assert format_.write is not None  # noqa: S101 - the caller chose a writable format.

    def inside(ids: list[str]) -> set[str]:
        return {entry}.intersection(ids) if entry else store.in_use(ids, glossary)

    def entries() -> Iterator[Mapping[str, Any]]:
        for each in [store.entry(entry)] if entry else store.all_entries(glossary):
            kept = _closed(each, inside, drop) if format_.closed else each
            said = codec.plain(kept)
            yield said if format_.derived else without_derived(said)

    format_.write(entries(), stream, drop)


def _closed(
    entry: Entry,
    inside: Callable[[list[str]], set[str]],
    drop: Callable[[Dropped], None],
) -> Entry:
    """Return an entry without relations that lead out of the file; tell of them."""
    if not entry.relations:
        return entry
    there = inside([r.entry for r in entry.relations])
    for at, relation in enumerate(entry.relations):
        if relation.entry not in there:
            said = Message(N_("The related entry does not stand in this file."))
            drop(Dropped(entry.id, f"/relations/{at}", said, relation.entry))
    kept = tuple(r for r in entry.relations if r.entry in there)
    return replace(entry, relations=kept)
