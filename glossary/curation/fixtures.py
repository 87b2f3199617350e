"""The curated glossary that comes with the program, and how it gets into a store."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace as changed
from importlib.resources import files
from typing import Any, Final

import marshmallow
import orjson

from glossary.entry import Entry, Issuer, Noun, Source
from glossary.errors import Conflict, Unreadable
from glossary.message import N_
from glossary.schema import (
    GlossarySchema,
    IssuerSchema,
    SourceSchema,
    SubjectSchema,
    load,
    load_entry,
)
from glossary.store import UPGRADE, Store, Write

#: Who the curated entries are written by.
CURATOR: Final = "curated glossary"
#: The files of entries: set phrases, and the names of States.
_ENTRIES: Final = ("diplomatic", "states")


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
    """Return the curated entries; raise Invalid when one breaks a rule."""
    return [load_entry(document) for name in _ENTRIES for document in _documents(name)]


def sources() -> list[Source]:
    """Return the documents that the curated entries cite."""
    return _loaded(SourceSchema(), "sources")


def issuers() -> list[Issuer]:
    """Return who issues the documents and wordings of the curated entries."""
    return _loaded(IssuerSchema(), "issuers")


def load_curated(store: Store) -> Loaded:
    """Bring the curated glossary into a store, in one transaction.

    Doing it twice changes nothing; an entry that was changed in the store since
    stays as it is.
    """
    nouns: dict[str, list[Noun]] = {
        "sources": [*sources()],
        "subjects": _loaded(SubjectSchema(), "subjects"),
        "issuers": [*issuers()],
        "glossaries": _loaded(GlossarySchema(), "glossaries"),
    }
    counts = {"created": 0, "updated": 0, "unchanged": 0, "kept": 0}
    with _uncollected(), store.write(by=CURATOR) as write:
        for entry in entries():
            old = write.find(entry.id)
            if old is None:
                write.create(entry)
                counts["created"] += 1
            elif _same(old, entry):
                counts["unchanged"] += 1
            elif write.author(entry.id) == CURATOR:
                write.update(entry)
                counts["updated"] += 1
            else:
                counts["kept"] += 1
        counts |= {
            name: sum(_put(write, noun) for noun in several)
            for name, several in nouns.items()
        }
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


def _loaded(schema: marshmallow.Schema, name: str) -> list[Any]:
    return [load(schema, document) for document in _documents(name)]


def _documents(name: str) -> Iterator[object]:
    text = (files("glossary.fixtures") / f"{name}.ndjson").read_bytes()
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            yield orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise Unreadable(
                N_("%(name)s.ndjson, line %(line)s: %(reason)s"),
                name=name,
                line=number,
                reason=error.msg,
            ) from None
