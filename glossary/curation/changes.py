"""Changes to entries, each one write transaction: create, replace, patch, retire.

A change names the version it was made from. It is refused as Stale when somebody
else was faster, so that nobody's work is overwritten unseen. One that names itself
(`once`) is done only once; when it is sent again, DoneBefore is raised. `reason` is
kept in the history. Whether `by` may do it in the glossaries that it touches is asked
inside the transaction: Forbidden or Unauthorized is raised, or what `writing` raises; a
mere name is that of somebody at the machine itself.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace as changed
from typing import Any

from glossary.curation.naming import must_name_what_is_known, vouched
from glossary.curation.reviewing import writing
from glossary.entry import (
    Change,
    Entry,
    Source,
    codec,
    renamed,
)
from glossary.errors import Invalid, NotFound, Stale
from glossary.message import N_, Problem
from glossary.people import Actor, acting
from glossary.query import Once
from glossary.schema import EntrySchema, load
from glossary.store import Store, Write
from glossary.text import primary

#: So many changes are looked at together for those of some glossaries.
_LOOKED_AT = 500
#: Says whether the version that the caller knows is this one; None does not care.
Known = Callable[[int], bool] | None


def create(
    store: Store,
    entry: Entry,
    *,
    by: Actor | str,
    once: Once | None = None,
    reason: str = "",
) -> Entry:
    """Store a new entry; one without an id gets one from its English term.

    Raise Conflict when the id is taken, and Invalid as `must_name_what_is_known` does.
    """
    with writing(store, by, once=once, reason=reason) as write:
        if not entry.id:
            entry = changed(entry, id=free_id(write, entry))
        acting(by).must("edit", entry.glossary)
        must_name_what_is_known(write, entry)
        return write.create(vouched(write, entry, None, by))


def replace(
    store: Store,
    entry_id: str,
    entry: Entry,
    *,
    knows: Known,
    by: Actor | str,
    once: Once | None = None,
    reason: str = "",
) -> Entry:
    """Store a new version of an entry; raise NotFound, Stale, or Invalid."""
    with writing(store, by, once=once, reason=reason) as write:
        old = write.entry(entry_id)
        must_be_known(old, knows)
        return _renewed(write, old, entry, by)


def put(
    store: Store,
    entry_id: str,
    document: Any,
    *,
    knows: Known,
    by: Actor | str,
    once: Once | None = None,
    reason: str = "",
) -> Entry:
    """Store an entry as it was sent, in place of what there is.

    Where a term is renamed, others that name it follow. Raise NotFound, Stale, or
    Invalid when it breaks a rule.
    """
    with writing(store, by, once=once, reason=reason) as write:
        old = write.entry(entry_id)
        must_be_known(old, knows)
        document = renamed(old, document)
        return _renewed(write, old, load(EntrySchema(), document), by)


def patch(
    store: Store,
    entry_id: str,
    merge: Any,
    *,
    knows: Known,
    by: Actor | str,
    once: Once | None = None,
    reason: str = "",
) -> Entry:
    """Store what a JSON merge patch (RFC 7396) makes of an entry.

    Where a term is renamed, others that name it follow. Raise NotFound, Stale, or
    Invalid when the outcome breaks a rule.
    """
    with writing(store, by, once=once, reason=reason) as write:
        old = write.entry(entry_id)
        must_be_known(old, knows)
        document = renamed(old, merged_patch(codec.plain(old), merge))
        entry = load(EntrySchema(), document)
        if not entry.id:
            raise _another_id()
        return _renewed(write, old, entry, by)


def retire(
    store: Store,
    entry_id: str,
    *,
    knows: Known,
    by: Actor | str,
    once: Once | None = None,
    reason: str = "",
) -> Entry:
    """Take an entry out of use; it stays readable. Raise NotFound or Stale."""
    with writing(store, by, once=once, reason=reason) as write:
        old = write.entry(entry_id)
        acting(by).must("retire", old.glossary)
        must_be_known(old, knows)
        return write.update(changed(old, state="retired"), "retire")


def purge(
    store: Store,
    entry_id: str,
    *,
    knows: Known,
    by: Actor | str,
    once: Once | None = None,
    reason: str = "",
) -> None:
    """Remove an entry with its history. Raise NotFound or Stale."""
    with writing(store, by, once=once, reason=reason) as write:
        entry = write.entry(entry_id)
        acting(by).must("purge", entry.glossary)
        must_be_known(entry, knows)
        write.purge(entry_id)
        write.people.note("purge", entry_id, address=acting(by).address)


def restore(
    store: Store,
    entry_id: str,
    version: int,
    *,
    knows: Known,
    by: Actor | str,
    once: Once | None = None,
    reason: str = "",
) -> Entry:
    """Make an old version the newest one. Raise NotFound or Stale."""
    old = version_of(store, entry_id, version)
    with writing(store, by, once=once, reason=reason) as write:
        now = write.entry(entry_id)
        for entry in (now, old):
            acting(by).must("retire", entry.glossary)
        must_be_known(now, knows)
        must_name_what_is_known(write, old, old)
        return write.update(old, "restore")


def version_of(store: Store, entry_id: str, version: int) -> Entry:
    """Return an entry as it was at a version; raise NotFound."""
    state = next((v for v in store.versions(entry_id) if v.version == version), None)
    if state is None or state.entry is None:
        raise NotFound(
            N_("The entry “%(id)s” has no version %(version)s."),
            id=entry_id,
            version=version,
        )
    return state.entry


def moved(
    store: Store,
    *,
    since: int,
    after: str = "",
    limit: int,
    glossaries: Collection[str] | None,
) -> list[Change]:
    """Return what moved, as `Store.changes` does, of some glossaries or of all.

    Who reads some only is told of an entry that went to another one as of a purged
    one. What was purged leaves nothing that says where it was: of that they hear
    nothing.
    """
    if glossaries is None:
        return store.changes(since=since, after=after, limit=limit)
    rows: list[Change] = []
    while page := store.changes(since=since, after=after, limit=_LOOKED_AT):
        for change in page:
            if (entry := change.document) is None:
                continue
            if entry.glossary in glossaries:
                rows.append(change)
            elif change.version > 1 and _was_in(store, entry.id, glossaries):
                rows.append(changed(change, document=None))
            if len(rows) == limit:
                return rows
        since, after = page[-1].revision, page[-1].entry
    return rows


def _was_in(store: Store, entry_id: str, glossaries: Collection[str]) -> bool:
    """Say whether an entry was in one of some glossaries at some version."""
    versions = (version.entry for version in store.versions(entry_id))
    return any(entry is not None and entry.glossary in glossaries for entry in versions)


def free_id(write: Write, entry: Entry) -> str:
    """Return a free id: from the term, numbered, or told apart by a digest."""
    name = made_id(entry)
    for candidate in (name, *(f"{name[:96]}-{n}" for n in range(2, 6))):
        if write.find(candidate) is None:
            return candidate
    return f"{name[:80]}-{codec.digest(entry)}"


def cited(store: Store, entry: Entry) -> dict[str, Source]:
    """Return the sources that an entry cites, as far as they are known, by id."""
    names = sorted(
        {name for term in entry.terms for c in term.citations for name in c.sources}
    )
    return {source.id: source for source in store.sources(names)}


def made_id(entry: Entry) -> str:
    """Return an id made from the leading English term, or from any Latin letters.

    >>> from glossary.entry.nouns import Term
    >>> made_id(Entry("", "", (), {}, "", (), (Term("en", "The “Belt & Road”"),)))
    'belt-road'
    """
    english = dict.fromkeys(t.lang for t in entry.terms if primary(t.lang) == "en")
    leading = (entry.best(lang) for lang in ("en", "en-GB", *english))
    return slug(next(filter(None, leading), entry.terms[0]).text) or "entry"


def slug(text: str) -> str:
    """Return an id made from the Latin letters and digits of a text; maybe empty.

    >>> slug("The “Belt & Road”"), slug("2014 年"), slug("一带一路")
    ('belt-road', 'e-2014', '')
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = re.sub(r"['’\u0300-\u036f]|^(the|an|a) ", "", plain)
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return (name if name[:1].isalpha() or not name else f"e-{name}")[:100].rstrip("-")


def _renewed(write: Write, old: Entry, entry: Entry, by: Actor | str) -> Entry:
    for state in (old, entry):
        acting(by).must("edit", state.glossary)
    if entry.id not in {"", old.id}:
        raise _another_id()
    must_name_what_is_known(write, entry, old)
    entry = vouched(write, entry, old, by)
    return write.update(changed(entry, id=old.id))


def _another_id() -> Invalid:
    return Invalid([Problem("/id", N_("The id of an entry never changes."))])


def must_be_known(entry: Entry, knows: Known) -> None:
    """Raise Stale when the caller knows another version of an entry."""
    if knows is not None and not knows(entry.version):
        raise Stale(
            N_("The entry “%(id)s” is now at version %(version)s; read it again."),
            id=entry.id,
            version=entry.version,
        )


def merged_patch(target: Any, patch: Any) -> Any:
    """Apply a JSON merge patch as RFC 7396 section 2 defines it."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged_patch(result.get(name), value)
    return result
