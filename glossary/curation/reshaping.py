"""Two entries made one, one made several: the old id stays and says where to go on."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from glossary.curation.changes import (
    Known,
    free_id,
    must_be_known,
)
from glossary.curation.naming import must_name_what_is_known
from glossary.curation.reviewing import writing
from glossary.entry import RETIRED, Entry, Relation, Term, codec
from glossary.errors import Invalid
from glossary.message import N_, Message, Problem
from glossary.people import Actor, acting
from glossary.query import Once
from glossary.schema import load_entry
from glossary.store import Store, Write
from glossary.text import primary

MERGE = "unite"
SPLIT = "split"


def merge(
    store: Store,
    entry_id: str,
    into: str,
    *,
    knows: Known,
    by: Actor | str,
    once: Once | None = None,
    reason: str = "",
) -> Entry:
    """Put what an entry says into another one, and retire it; return the other.

    The other keeps its state, and of two preferred wordings of a language its own is.
    Entries that were related to the first are related to the other. Raise NotFound,
    Stale, Invalid when it is one entry or breaks a rule, and what `writing` does.
    """
    with writing(store, by, once=once, reason=reason) as write:
        old, target = write.entry(entry_id), write.entry(into)
        for entry in (old, target):
            acting(by).must("bulk", entry.glossary)
        must_be_known(old, knows)
        if old.id == target.id or RETIRED in {old.state, target.state}:
            template = N_("Only two entries that are in use can be merged.")
            raise Invalid([Problem("/into", template)])
        _replaced(write, old, [target.id], MERGE)
        united = load_entry(codec.plain(_united(old, write.entry(target.id))))
        must_name_what_is_known(write, united, united)
        return write.update(united, MERGE)


def split(
    store: Store,
    entry_id: str,
    parts: Sequence[Entry],
    *,
    knows: Known,
    by: Actor | str,
    once: Once | None = None,
    reason: str = "",
) -> list[Entry]:
    """Make several new entries of one, and retire it; return the new ones.

    Each of its wordings has to stand in one of them at least. Entries that were related
    to it are related to the first. Raise NotFound, Stale, Invalid, Conflict for an id
    that is taken, and what `writing` does.
    """
    with writing(store, by, once=once, reason=reason) as write:
        old = write.entry(entry_id)
        must_be_known(old, knows)
        for entry in (old, *parts):
            acting(by).must("bulk", entry.glossary)
        _must_hold_all(old, parts)
        parts_now = []
        for part in parts:
            entry_with_id = part if part.id else replace(part, id=free_id(write, part))
            must_name_what_is_known(write, entry_with_id, old)
            parts_now.append(write.create(entry_with_id))
        _replaced(write, old, [part_now.id for part_now in parts_now], SPLIT)
        return parts_now


def _must_hold_all(old: Entry, parts: Sequence[Entry]) -> None:
    if old.state == RETIRED or len(parts) < 2:
        template = N_(
            "Only an entry that is in use can be split, and into two entries or more."
        )
        raise Invalid([Problem("/parts", template)])
    wordings = {(t.lang, t.text) for part in parts for t in part.terms}
    missing = [t for t in old.terms if (t.lang, t.text) not in wordings]
    if missing:
        template = N_("“%(text)s” (%(lang)s) is in none of the parts.")
        problems = (Message(template, text=t.text, lang=t.lang) for t in missing)
        raise Invalid([Problem("/parts", problem) for problem in problems])


def _replaced(write: Write, old: Entry, by: list[str], action: str) -> None:
    """Retire an entry, say what stands for it, and lead its relations there."""
    for entry in write.naming(old.id):
        if entry.id in {*by, old.id}:
            continue
        led = (_led(relation, old.id, by[0]) for relation in entry.relations)
        write.update(replace(entry, relations=tuple(dict.fromkeys(led))), action)
    write.update(replace(old, state=RETIRED, replaced_by=tuple(by)), action)


def _led(relation: Relation, old: str, new: str) -> Relation:
    return replace(relation, entry=new) if relation.entry == old else relation


def _united(old: Entry, target: Entry) -> Entry:
    """Return an entry with what another one says beside it."""
    relations = _apart((*target.relations, *old.relations), {old.id, target.id})
    notes = {
        lang: _below(target.notes.get(lang, ""), old.notes.get(lang, ""))
        for lang in {**target.notes, **old.notes}
    }
    since, until = _period(target, old)
    return replace(
        target,
        extra={**old.extra, **target.extra},
        since=since,
        until=until,
        expected=target.expected or old.expected,
        subjects=tuple(dict.fromkeys((*target.subjects, *old.subjects))),
        definition={**old.definition, **target.definition},
        note=_below(target.note, old.note),
        notes=notes,
        relations=relations,
        terms=_terms(target.terms, old.terms),
    )


def _below(one: str, other: str) -> str:
    """Return two texts, the second below the first; once where they are the same."""
    return "\n".join(dict.fromkeys(filter(None, (one, other))))


def _apart(relations: Iterable[Relation], both: set[str]) -> tuple[Relation, ...]:
    return tuple(dict.fromkeys(r for r in relations if r.entry not in both))


def _period(one: Entry | Term, other: Entry | Term) -> tuple[str | None, str | None]:
    """Return the first beginning and the last end that two say, if either does."""
    since = min(filter(None, (one.since, other.since)), default=None)
    return since, max(filter(None, (one.until, other.until)), default=None)


def _one_wording(ours: Term, theirs: Term) -> Term:
    """Return a wording with what only the other says of it, and the proof of both."""
    since, until = _period(ours, theirs)
    return replace(
        ours,
        since=since,
        until=until,
        expected=ours.expected or theirs.expected,
        issuer=ours.issuer or theirs.issuer,
        part_of_speech=ours.part_of_speech or theirs.part_of_speech,
        reading=ours.reading or theirs.reading,
        reading_derived=(ours if ours.reading else theirs).reading_derived,
        usage=ours.usage or theirs.usage,
        citations=tuple(dict.fromkeys((*ours.citations, *theirs.citations))),
    )


def _terms(ours: tuple[Term, ...], theirs: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return the terms of both, each wording once, with the citations of both."""
    by_wording = {(t.lang, t.text): t for t in ours}
    leading = {primary(t.lang) for t in ours if t.status == "preferred"}
    for term in theirs:
        same = by_wording.get((term.lang, term.text))
        if same is not None:
            by_wording[term.lang, term.text] = _one_wording(same, term)
        elif term.status == "preferred" and primary(term.lang) in leading:
            by_wording[term.lang, term.text] = replace(term, status="admitted")
        else:
            by_wording[term.lang, term.text] = term
    return tuple(by_wording.values())
