"""Which entry a record of a file means: by its id, else by its wordings.

A Chinese and an English wording that stand together in one entry identify it. Wordings
that are the same but for folding (letter case, a final stop, the script) do not: they
may be meant so, and a person is told.
"""

from collections.abc import Sequence

from glossary.entry import Entry
from glossary.formats import Record
from glossary.message import N_, Message
from glossary.query import Order
from glossary.store import IssuerNames, Matching, Write
from glossary.text import key, primary
from glossary.transfer.merging import merged
from glossary.transfer.report import Trouble


def same_entry(
    write: Write, matching: Matching, entry: Entry, record: Record, order: Order
) -> tuple[Entry | Trouble | None, Sequence[Entry]]:
    """Return the entry that a record means, None for a new one, or why none can be.

    The second are entries with nearly the same wordings.
    """
    if entry.id and not matching.lacks(entry.id):
        ours = write.find(entry.id)
        if ours is not None:
            return _by_id(ours, entry, record, order), ()
    candidates, near = matching.same(entry.terms, entry.glossary)
    if entry.id:
        # Two ids of one file are two concepts, even when their wordings are the same.
        candidates = [c for c in candidates if not matching.met(c.id)]
    if len(candidates) < 2:
        return (candidates[0] if candidates else None), near
    return _likeliest(candidates, entry, record, matching.issuers), ()


def _likeliest(
    candidates: Sequence[Entry], entry: Entry, record: Record, issuers: IssuerNames
) -> Entry | Trouble:
    """Return which of several entries a record means, or that nobody can tell."""
    for candidate in candidates:
        what = merged(candidate, entry, record.data, issuers=issuers)
        if what == candidate:
            return candidate
    overlap = [len(_wordings(c) & _wordings(entry)) for c in candidates]
    best = [c for c, n in zip(candidates, overlap, strict=True) if n == max(overlap)]
    if len(best) == 1:
        return best[0]
    return Trouble(
        record.line,
        None,
        "ambiguous-match",
        Message(
            N_("This may be any of these entries: %(ids)s. Say which by its id."),
            ids=", ".join(c.id for c in best[:5]),
        ),
        sheet=record.sheet,
    )


def _by_id(ours: Entry, entry: Entry, record: Record, order: Order) -> Entry | Trouble:
    """Return the entry of the record's id, or why the record cannot mean it."""
    keys = {(lang, key(text)) for lang, text in _wordings(ours)}
    if ours.glossary != entry.glossary:
        code = "id-in-other-glossary"
        message = Message(
            N_("The id “%(id)s” belongs to an entry of the glossary “%(name)s”."),
            id=ours.id,
            name=ours.glossary,
        )
    elif order.mode == "replace" or any(
        (lang, key(text)) in keys for lang, text in _wordings(entry)
    ):
        return ours
    else:
        code = "id-means-another"
        message = Message(
            N_("The entry “%(id)s” has none of these wordings; remove the id."),
            id=ours.id,
        )
    return Trouble(
        record.line, record.columns.get("/id"), code, message, ours.id, record.sheet
    )


def stale(ours: Entry, record: Record) -> Trouble | None:
    """Return why a row of a table may not change an entry that moved since, or None.

    Only our own tables say which version of an entry they are of.
    """
    column = record.columns.get("/version")
    version = record.data.get("version")
    if column is None or not isinstance(version, int) or version >= ours.version:
        return None
    message = Message(
        N_(
            "The entry has changed since this table was exported: it is at "
            "version %(now)s, the row at %(then)s. Export it again, or empty "
            "the cell to overwrite the entry."
        ),
        now=ours.version,
        then=version,
    )
    value = str(version)
    return Trouble(record.line, column, "stale-row", message, value, record.sheet)


def _wordings(entry: Entry) -> set[tuple[str, str]]:
    return {(primary(term.lang), term.text) for term in entry.terms}


def nearly(record: Record, entry: Entry, other: Entry) -> Trouble:
    """Return the warning of an entry that was made beside one nearly the same."""
    keys = {(lang, key(text)): text for lang, text in _wordings(entry)}
    alike = [
        (keys[lang, key(text)], text)
        for lang, text in sorted(_wordings(other), reverse=True)
        if (lang, key(text)) in keys
    ]
    ours, theirs = zip(*alike, strict=True)
    message = Message(
        N_("The entry “%(id)s” has nearly the same wordings: %(wordings)s."),
        id=other.id,
        wordings=", ".join(theirs),
    )
    return Trouble(
        record.line, None, "near-duplicate", message, ", ".join(ours), record.sheet
    )
