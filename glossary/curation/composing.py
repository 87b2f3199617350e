"""What an editor has on a page, stored: an entry with the sources that it brings."""

from collections.abc import Mapping, Sequence
from typing import Any

from glossary.curation.changes import (
    Known,
    free_id,
    must_be_known,
)
from glossary.curation.lint import Flaw, lint_stored
from glossary.curation.naming import must_name_what_is_known, vouched
from glossary.curation.reviewing import writing
from glossary.entry import Entry, Source, codec, renamed
from glossary.people import Actor, acting
from glossary.query import Filters
from glossary.schema import EntrySchema, load
from glossary.store import Scope, Store
from glossary.text import key, primary

#: So many entries with one wording are named.
_MOST_ALIKE = 5


def save(
    store: Store,
    document: Mapping[str, Any],
    *,
    entry_id: str,
    sources: Sequence[Source] = (),
    knows: Known,
    by: Actor | str,
    reason: str = "",
) -> Entry:
    """Store an entry as it was sent, new without an id, and new sources before it.

    It is one revision. Raise NotFound, Stale, Invalid, Conflict for a source that is
    there already, and what `writing` does.
    """
    with writing(store, by, reason=reason) as write:
        for source in sources:
            acting(by).must("describe")
            write.nouns.create(source)
        if not entry_id:
            entry: Entry = load(EntrySchema(), document)
            with_id = (
                entry
                if entry.id
                else codec.as_noun(
                    {**codec.plain(entry), "id": free_id(write, entry)}, Entry
                )
            )
            must_name_what_is_known(write, with_id)
            return write.create(vouched(write, with_id, None, by))
        old = write.entry(entry_id)
        must_be_known(old, knows)
        entry = load(EntrySchema(), {**renamed(old, dict(document)), "id": entry_id})
        must_name_what_is_known(write, entry, old)
        return write.update(vouched(write, entry, old, by))


def looked_over(
    store: Store, entry: Entry, *, by: Actor
) -> tuple[list[Flaw], list[Entry]]:
    """Return what to look at in an entry that is not stored yet, and others like it.

    Those are the entries in use that have one of its wordings, of any glossary that
    `by` may read.
    """
    alike: dict[str, Entry] = {}
    glossaries = by.readable()
    filters = Filters() if glossaries is None else Filters(glossaries=glossaries)
    for wording, lang in {(key(t.text), primary(t.lang)) for t in entry.terms}:
        hits = store.search.equal(wording, Scope(lang, filters), _MOST_ALIKE)
        alike |= {hit.id: hit for _, _, hit in hits}
    alike.pop(entry.id, None)
    flaws = lint_stored(store, entry, readable=glossaries)
    return flaws, [alike[name] for name in sorted(alike)]
