"""Whole glossaries out: the entries of a file, and what its format cannot hold."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import chain, islice
from typing import Any, BinaryIO, Final, NamedTuple

from glossary.entry import Entry, Glossary, codec, meant_by, precedence, proof
from glossary.errors import Invalid
from glossary.formats import (
    SOURCE,
    TARGET,
    Dropped,
    Format,
    Imprint,
    languages_of,
    without_derived,
)
from glossary.message import N_, Message, Problem
from glossary.query import LAYOUTS, Part
from glossary.store import EntryPart, EntryParts, Store, deciding
from glossary.text import primary
from glossary.transfer.register import every_noun_of, nouns_of

#: So many changes are read at a time.
_PAGE = 1000
#: The relations of so many entries are asked for at once.
_AT_ONCE: Final = 500
#: Bytes that it takes to keep one thing that a format cannot hold.
_LOSS: Final = 300


def take_out(
    store: Store,
    format_: Format,
    stream: BinaryIO,
    *,
    part: Part,
    drop: Callable[[Dropped], None],
    source: str | None = None,
    target: str | None = None,
    nouns: bool = False,
    layout: str = LAYOUTS[0],
    parts: EntryParts | None = None,
) -> int:
    """Write a part of the entries in use to a stream; return how many there were.

    With `nouns`, which not every format holds, what they name is written too.
    `drop` is told everything that the format cannot hold. Raise NotFound when there
    is no such entry, and Invalid when languages are given and the format holds no pairs
    of one direction, or a wide layout is wanted of what is no table. Where there are
    `parts`, what has not moved since an earlier file may come from there.
    """
    goes_one_way, is_wide = bool(source or target), layout != LAYOUTS[0]
    _must_hold(format_, source, target, layout)
    sides = (source or _opposite(target), target or _opposite(source))
    if not goes_one_way:
        sides = (SOURCE, TARGET)
    is_lean = format_.lean and not is_wide
    assert format_.write is not None  # noqa: S101 - the caller chose a writable format.  # nosec B101
    if parts is not None and format_.pieces and _hangs_on_none(part):
        stream.write(format_.pieces.head(imprint_of(store, part)))
        return _put(_pieces(parts, format_, part, sides), stream, drop)

    closed = format_.closed and (part.is_filtered or goes_one_way)
    names = _names(store, part, sides if goes_one_way else ()) if closed else set()
    said_of = {"imprint": imprint_of(store, part)} if format_.imprinted else {}
    count = 0

    def inside(ids: list[str]) -> set[str]:
        return names.intersection(ids) if closed else store.in_use(ids, part.glossary)

    def entries() -> Iterator[Any]:
        nonlocal count
        if nouns:
            yield from _nouns(store, part)
        for some in _documents(store, part) if is_lean else _batches(store, part):
            count += len(some)
            if is_lean:
                yield from some
            else:
                entries_here = _closed(some, inside, drop) if format_.closed else some
                yield from _as_given(format_, entries_here)

    if is_wide and format_.wide:
        languages = languages_of(map(codec.bare, _entries(store, part)))
        format_.wide(entries(), stream, drop, languages, **said_of)
    elif goes_one_way and format_.directed:
        format_.directed(entries(), stream, drop, sides, **said_of)
    else:
        format_.write(entries(), stream, drop, **said_of)
    return count


def _batches(store: Store, part: Part) -> Iterator[Sequence[Any]]:
    every = _entries(store, part)
    while some := list(islice(every, _AT_ONCE)):
        yield some


def _documents(store: Store, part: Part) -> Iterator[Sequence[Any]]:
    """Yield the JSON of the entries of a part, as it is stored where it has all."""
    if _is_unordered(part) and not part.is_filtered:
        return store.browse.documents(part.glossary)
    return ([*map(codec.write, some)] for some in _batches(store, part))


def _as_given(format_: Format, entries: Iterable[Entry]) -> Iterator[Any]:
    """Return entries as a format is given them: as JSON, or as dicts."""
    if format_.derived:
        # It is an entry as the API has it, so that its JSON is at hand.
        return map(codec.write, entries)
    return map(without_derived, map(codec.bare, entries))


def _names(store: Store, part: Part, sides: Sequence[str]) -> set[str]:
    """Return the entries of a part that have a usable term on each of some sides."""
    entries = _entries(store, part)
    return {entry.id for entry in entries if all(map(entry.best, sides))}


class _FilePiece(NamedTuple):
    """What an entry is in a file, and what the format cannot hold of it."""

    text: bytes
    dropped: tuple[Dropped, ...]


def _hangs_on_none(part: Part) -> bool:
    """Say whether an entry of a part is in it, as it is, whatever another one is."""
    return part.entry is None and part.changed_since is None and not part.order


def _pieces(
    parts: EntryParts, format_: Format, part: Part, sides: tuple[str, str]
) -> Iterable[_FilePiece]:
    """Return what each entry is in a file, made now if it has moved."""
    pieces = format_.pieces
    assert pieces is not None  # noqa: S101 - the caller asked.  # nosec B101

    reasons: dict[str, Message] = {}

    def make(entry: Entry) -> EntryPart[_FilePiece] | None:
        if not _is_in(entry, part):
            return None
        losses: list[Dropped] = []
        plain = without_derived(codec.bare(entry))
        text = pieces.piece(plain, losses.append, sides)
        size = len(text) + _LOSS * len(losses)
        # Few reasons are said of many terms, so that they are kept once.
        same = (reasons.setdefault(loss.reason, loss.reason) for loss in losses)
        dropped = tuple(map(_because, losses, same))
        return EntryPart(_FilePiece(text, dropped), size)

    conditions = tuple(getattr(part, field.name) for field in fields(Part))
    name = ("file", format_.name, sides, conditions)
    return parts.of(name, make, glossary=part.glossary)


def _because(loss: Dropped, reason: Message) -> Dropped:
    return Dropped(loss.entry, loss.pointer, reason, loss.value)


def _put(
    pieces: Iterable[_FilePiece], stream: BinaryIO, drop: Callable[[Dropped], None]
) -> int:
    count = 0
    for count, piece in enumerate(pieces, start=1):  # noqa: B007 - it is returned.
        stream.write(piece.text)
        for loss in piece.dropped:
            drop(loss)
    return count


def _must_hold(
    format_: Format, source: str | None, target: str | None, layout: str
) -> None:
    """Raise Invalid for languages or a layout that a format knows nothing of."""
    if (source or target) and not format_.directed:
        message = Message(
            N_("%(format)s has no direction; leave the languages out."),
            format=format_.label,
        )
        raise Invalid([Problem("/from" if source else "/to", message)])
    if layout != LAYOUTS[0] and not format_.wide:
        message = Message(
            N_("%(format)s is not a table; leave the layout out."), format=format_.label
        )
        raise Invalid([Problem("/layout", message)])


def _nouns(store: Store, part: Part) -> Iterator[Any]:
    if part.is_filtered or part.glossary is not None:
        return nouns_of(store, _entries(store, part))
    return every_noun_of(store)


def _opposite(side: str | None) -> str:
    """Return the language of the other side, where one is given.

    >>> _opposite("en"), _opposite("zh-Hant"), _opposite(None)
    ('zh-Hans', 'en', 'zh-Hans')
    """
    return SOURCE if side is None or primary(side) == primary(TARGET) else TARGET


def imprint_of(store: Store, part: Part) -> Imprint:
    """Return what a file of a part of the store says of itself.

    In a snapshot it is asked once, by who names the file and by who writes it.
    """
    name = "imprint", part.entry, part.glossary, part.glossaries
    return store.search.memory.once(name, lambda: _imprint_of(store, part))


def _imprint_of(store: Store, part: Part) -> Imprint:
    if part.entry:
        names = {store.entry(part.entry).glossary}
    elif part.glossary:
        names = {part.glossary}
    else:
        names = {name for name, count in store.glossaries() if count}
        names &= part.glossaries or names
    groups = {group.id: group for group in store.nouns.some(Glossary, sorted(names))}
    glossaries = tuple(groups.get(name, Glossary(name)) for name in sorted(names))
    return Imprint(
        glossaries=glossaries,
        revision=str(store.moment()),
        date=store.browse.newest()[:10],
    )


def _entries(store: Store, part: Part) -> Iterator[Entry]:
    """Yield the entries in use that a part holds, by order of glossary and by id."""
    names = None
    if part.changed_since is not None and not part.entry:
        names = _moved(store, part.changed_since)
    every = [store.entry(part.entry)] if part.entry else _in_order(store, part)
    entries = (entry for entry in every if names is None or entry.id in names)
    if _is_unordered(part):
        yield from (entry for entry in entries if _is_in(entry, part))
        return
    # Which status a wording has is known once it is decided.
    likely = (entry for entry in entries if _is_in(entry, replace(part, status=None)))
    entries_now = deciding.decided(store, likely, part.order)
    yield from (entry for entry in entries_now if _is_in(entry, part))


def _in_order(store: Store, part: Part) -> Iterator[Entry]:
    """Yield the entries in use, those of the glossary first that is first in order."""
    if part.glossary is not None or not part.order:
        return store.all_entries(part.glossary)
    names = [name for name, _ in store.glossaries()]
    names.sort(key=lambda name: precedence.rank(part.order, name))
    chosen_names = (name for name in names if name in (part.glossaries or names))
    return chain.from_iterable(map(store.all_entries, chosen_names))


def _is_in(entry: Entry, part: Part) -> bool:
    return (
        (part.state is None or entry.state in meant_by(part.state))
        and (not part.glossaries or entry.glossary in part.glossaries)
        and (part.subject is None or part.subject in entry.subjects)
        and (part.status is None or part.status in {t.status for t in entry.terms})
        and (part.proof is None or part.proof == proof(entry).state)
    )


def _is_unordered(part: Part) -> bool:
    """Say whether the entries of a part stand as they are stored, by id."""
    return not part.order or part.glossary is not None


def _moved(store: Store, since: int) -> set[str]:
    """Return the entries that moved after a revision."""
    names: set[str] = set()
    after = ""
    while page := store.changes(since=since, after=after, limit=_PAGE):
        names.update(change.entry for change in page)
        since, after = page[-1].revision, page[-1].entry
    return names


def _closed(
    entries: Sequence[Entry],
    inside: Callable[[list[str]], set[str]],
    drop: Callable[[Dropped], None],
) -> Iterator[Entry]:
    """Yield entries without relations that lead out of the file; tell of them.

    `inside` is asked once, for the relations of all of them.
    """
    ids = dict.fromkeys(r.entry for entry in entries for r in entry.relations)
    there = inside([*ids]) if ids else set()
    for entry in entries:
        for at, relation in enumerate(entry.relations):
            if relation.entry not in there:
                message = Message(N_("The related entry is not in this file."))
                drop(Dropped(entry.id, f"/relations/{at}", message, relation.entry))
        relations = tuple(r for r in entry.relations if r.entry in there)
        yield replace(entry, relations=relations) if entry.relations else entry
