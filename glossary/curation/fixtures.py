"""The curated glossary that comes with the program, and how it gets into a store."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace as changed
from importlib.resources import files
from typing import Any, Final

import marshmallow
import orjson

from glossary.entry import Entry, Source
from glossary.errors import Unreadable
from glossary.message import N_
from glossary.schema import SourceSchema, SubjectSchema, load, load_entry
from glossary.store import Store

#: Who the curated entries are written by.
CURATOR: Final = "curated glossary"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did: entries made, renewed, left as they were, and left alone.

    An entry is left alone when somebody has changed it in this store.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    sources: int = 0
    subjects: int = 0


def entries() -> list[Entry]:
    """Return the curated entries; raise Invalid when one breaks a rule."""
    return [load_entry(document) for document in _documents("diplomatic")]


def sources() -> list[Source]:
    """Return the documents that the curated entries cite."""
    return _loaded(SourceSchema(), "sources")


def load_curated(store: Store) -> Loaded:
    """Bring the curated glossary into a store, in one transaction.

    Doing it twice changes nothing; an entry that was changed in the store since
    stays as it is.
    """
    documents = sources()
    subjects = _loaded(SubjectSchema(), "subjects")
    counts = {"created": 0, "updated": 0, "unchanged": 0, "kept": 0}
    with store.write(by=CURATOR) as write:
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
        return Loaded(
            **counts,
            sources=sum(write.put_source(source) for source in documents),
            subjects=sum(write.put_subject(subject) for subject in subjects),
        )


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
