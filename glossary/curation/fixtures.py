"""The curated glossary that comes with the program, and how it gets into a store."""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace as changed
from importlib.resources import files
from typing import Final, TypeVar

from glossary.curation.forked import readied
from glossary.entry import (
    KINDS,
    Entry,
    Garbled,
    Glossary,
    Issuer,
    Noun,
    Source,
    Term,
    codec,
)
from glossary.errors import Conflict, Unreadable
from glossary.message import N_
from glossary.store import UPGRADE, Store, Write
from glossary.text import reading_made

#: Who the curated entries are written by.
CURATOR: Final = N_("curated glossary")
#: The files of entries: set phrases, and the names of States.
_ENTRIES: Final = ("diplomatic", "states")
_FILES: Final[Mapping[type, str]] = {kind: f"{KINDS[kind]}s" for kind in KINDS} | {
    Glossary: "glossaries"
}
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did: entries made, renewed, left as they were, and left alone.

    An entry is left alone when somebody has changed it in this store; so are a source,
    a subject, an issuer and what is said of the glossary.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    sources: int = 0
    subjects: int = 0
    issuers: int = 0
    glossaries: int = 0


def entries() -> list[Entry]:
    """Return the curated entries.

    They stand in their files as the store keeps them, but for readings that the program
    makes: they were validated before they came with it, and are not again.
    """
    return [entry for name in _ENTRIES for entry in _read(name, _entry)]


def sources() -> list[Source]:
    """Return the documents that the curated entries cite."""
    return list(_nouns(Source))


def issuers() -> list[Issuer]:
    """Return who issues the documents and wordings of the curated entries."""
    return list(_nouns(Issuer))


def load_curated(store: Store) -> Loaded:
    """Bring the curated glossary into a store, in one transaction.

    Doing it twice changes nothing; an entry that was changed in the store since
    stays as it is.
    """
    counts = {"created": 0, "updated": 0, "unchanged": 0, "kept": 0}
    with _uncollected(), store.write(by=CURATOR) as write:
        curated = entries()
        there = write.some([entry.id for entry in curated])
        new = [entry for entry in curated if entry.id not in there]
        with readied(new, write.at) as all_ready:
            for ready in all_ready:
                write.create(ready.entry, ready=ready)
        counts["created"] = len(new)
        for entry in curated:
            old = there.get(entry.id)
            if old is None:
                continue
            if _same(old, entry):
                counts["unchanged"] += 1
            elif write.author(entry.id) == CURATOR:
                write.update(entry)
                counts["updated"] += 1
            else:
                counts["kept"] += 1
        for kind, name in _FILES.items():
            nouns: Iterator[Noun] = _nouns(kind)
            counts[name] = sum(_put(write, noun) for noun in nouns)
        return Loaded(**counts)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no circles of garbage meanwhile: entries, which stay, make none.

    Looking through them again and again is a thirteenth of the time of a first load.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _put(write: Write, noun: Noun) -> bool:
    """Store a noun, unless somebody has changed or deleted it here; say whether."""
    if write.nouns.author(noun) not in {None, CURATOR, UPGRADE}:
        return False
    try:
        return write.nouns.put(noun)
    except Conflict:
        # An issuer that was made here is called so.
        return False


def _same(old: Entry, entry: Entry) -> bool:
    return entry == changed(old, version=0, created="", modified="")


def _nouns(kind: type[_Thing]) -> Iterator[_Thing]:
    return _read(_FILES[kind], lambda line: codec.read_noun(line, kind))


def _entry(line: bytes) -> Entry:
    """Return the entry of a line, with the readings that the program makes."""
    entry = codec.read_entry(line)
    terms = tuple(map(_with_reading, entry.terms))
    return entry if terms == entry.terms else changed(entry, terms=terms)


def _with_reading(term: Term) -> Term:
    is_curated = term.reading and not term.reading_derived
    reading = None if is_curated else reading_made(term.text, term.lang)
    if reading is None:
        return term
    return changed(term, reading=reading, reading_derived=True)


def _read(name: str, read: Callable[[bytes], _Thing]) -> Iterator[_Thing]:
    text = (files("glossary.fixtures") / f"{name}.ndjson").read_bytes()
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            yield read(line)
        except Garbled as error:
            raise Unreadable(
                N_("%(name)s.ndjson, line %(line)s: %(reason)s"),
                name=name,
                line=number,
                reason=str(error),
            ) from None
