"""Changes to sources, subjects, issuers and glossaries, each one write transaction.

As with entries, a change names the version it was made from, and one that names itself
(`once`) is done only once.
"""

from collections.abc import Mapping
from dataclasses import replace as changed
from typing import Any, cast

from glossary.curation.changes import Known, merged_patch
from glossary.entry import Glossary, Noun, NounVersion, codec
from glossary.errors import Invalid, NotConfirmed, NotFound, Stale
from glossary.message import N_, Problem, counted
from glossary.people import Actor, acting
from glossary.query import Once
from glossary.schema import NOUNS, load
from glossary.store import N, Store, Write


def create(
    store: Store,
    kind: type[N],
    document: Any,
    *,
    by: Actor | str,
    once: Once | None = None,
) -> N:
    """Store a new noun as it was sent; raise Invalid, or Conflict for a taken id."""
    with store.write(by=acting(by).name, once=once) as write:
        noun = _loaded(kind, document)
        must_describe(by, kind, noun.id)
        return write.nouns.create(noun)


def put(
    store: Store,
    kind: type[N],
    noun_id: str,
    document: Any,
    *,
    knows: Known,
    by: Actor | str,
    once: Once | None = None,
) -> N:
    """Store a noun as it was sent, in place of what there is.

    Raise NotFound, Stale, Invalid, or Conflict for a name that another issuer has.
    """
    with store.write(by=acting(by).name, once=once) as write:
        must_describe(by, kind, noun_id)
        _same(write.nouns.one(kind, noun_id), knows)
        return _renewed(write, kind, noun_id, document)


def patch(
    store: Store,
    kind: type[N],
    noun_id: str,
    merge: Any,
    *,
    knows: Known,
    by: Actor | str,
    once: Once | None = None,
) -> N:
    """Store what a JSON merge patch (RFC 7396) makes of a noun.

    Raise NotFound, Stale, Invalid, or Conflict for a name that another issuer has.
    """
    with store.write(by=acting(by).name, once=once) as write:
        must_describe(by, kind, noun_id)
        old = write.nouns.one(kind, noun_id)
        _same(old, knows)
        document = merged_patch(codec.plain(old), merge)
        return _renewed(write, kind, noun_id, document)


def delete(
    store: Store,
    kind: type[N],
    noun_id: str,
    *,
    knows: Known,
    by: Actor | str,
    once: Once | None = None,
) -> None:
    """Remove a noun; its history stays. Raise NotFound, Stale, or InUse."""
    with store.write(by=acting(by).name, once=once) as write:
        must_describe(by, kind, noun_id)
        _same(write.nouns.one(kind, noun_id), knows)
        write.nouns.delete(kind, noun_id)


def purge(
    store: Store,
    glossary_id: str,
    *,
    knows: Known,
    by: Actor | str,
    once: Once | None = None,
    confirm: int | None = None,
) -> list[str]:
    """Remove a glossary with its retired entries and their history; return their ids.

    Raise NotFound, Stale, InUse when an entry of it is not retired, and NotConfirmed
    unless `confirm` is how many entries go.
    """
    with store.write(by=acting(by).name, once=once) as write:
        acting(by).must("purge", glossary_id)
        noun = write.nouns.one(Glossary, glossary_id)
        _same(noun, knows)
        names = write.nouns.retired(glossary_id)
        if names and confirm != len(names):
            message = counted(
                len(names),
                N_(
                    "1 retired entry and its history would be deleted with "
                    "the glossary; this cannot be undone."
                ),
                N_(
                    "%(count)s retired entries and their history would be "
                    "deleted with the glossary; this cannot be undone."
                ),
            )
            raise NotConfirmed(len(names), message)
        for entry in names:
            write.purge(entry)
        address, count = acting(by).address, str(len(names))
        write.people.note("purge.glossary", glossary_id, address=address, count=count)
        if noun.version:
            write.nouns.delete(Glossary, glossary_id)
    return names


def restore(
    store: Store,
    kind: type[N],
    noun_id: str,
    version: int,
    *,
    knows: Known,
    by: Actor | str,
    once: Once | None = None,
) -> N:
    """Make an old version of a noun the newest one, also where it was deleted.

    Raise NotFound, Stale, or Conflict for a name that another issuer has by now.
    """
    old = cast("N | None", version_of(store, kind, noun_id, version).document)
    if old is None:
        raise _no_version(noun_id, version)
    with store.write(by=acting(by).name, once=once) as write:
        must_describe(by, kind, noun_id)
        now = write.nouns.find(kind, noun_id)
        if now is not None:
            _same(now, knows)
        return write.nouns.update(old, "restore")


def version_of(store: Store, kind: type[N], noun_id: str, version: int) -> NounVersion:
    """Return a version of a noun; raise NotFound."""
    versions = store.nouns.versions(kind, noun_id)
    version_there = next((row for row in versions if row.version == version), None)
    if version_there is None:
        raise _no_version(noun_id, version)
    return version_there


def must_describe(by: Actor | str, kind: type[N], noun_id: str) -> None:
    """Raise Forbidden for who may not describe a noun."""
    if kind is Glossary:
        acting(by).must("describe-glossary", noun_id)
    else:
        acting(by).must("describe")


def _renewed(write: Write, kind: type[N], noun_id: str, document: Any) -> N:
    if isinstance(document, Mapping):
        document = {"id": noun_id, **document}
    noun = _loaded(kind, document)
    if noun.id != noun_id:
        raise Invalid([Problem("/id", N_("An id never changes."))])
    return write.nouns.update(noun)


def _loaded(kind: type[N], document: Any) -> N:
    noun: N = load(NOUNS[kind], document)
    # The version is the store's.
    return changed(noun, version=0)


def _same(noun: Noun, knows: Known) -> None:
    if knows is not None and not knows(noun.version):
        raise Stale(
            N_("“%(id)s” is now at version %(version)s; read it again."),
            id=noun.id,
            version=noun.version,
        )


def _no_version(noun_id: str, version: int) -> NotFound:
    return NotFound(
        N_("“%(id)s” has no version %(version)s."), id=noun_id, version=version
    )
