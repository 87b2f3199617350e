"""Whole-file import and export: what each record does, and a report of all of it.

Records pass one after another through one write transaction. Each is validated by the
schema of the API, matched with what is stored, and becomes an outcome. With
`on_error="abort"` one refused record undoes everything; a dry run always does.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from functools import partial
from typing import BinaryIO, Final, NamedTuple

from glossary.config import Settings
from glossary.curation import (
    free_id,
    made_id,
    must_name_what_is_known,
    refused_sources,
    under_review,
)
from glossary.entry import APPROVED, IN_REVIEW, Entry, codec, dangling
from glossary.errors import Invalid, NotReviewer, OwnWork, UnreadableFile
from glossary.formats import (
    Format,
    Limits,
    ReadOptions,
    Record,
    Refused,
    Remark,
)
from glossary.message import N_, Message, Problem
from glossary.people import Actor, acting
from glossary.query import Order
from glossary.schema import load_entry
from glossary.store import Matching, Ready, Store, Write, wording
from glossary.transfer.aside import ahead, is_worth_it
from glossary.transfer.batches import Batch, Item, gathered
from glossary.transfer.identity import nearly, same_entry, stale
from glossary.transfer.merging import merged, overruled
from glossary.transfer.register import name_subjects, names_noun, noun_taken
from glossary.transfer.replacing import Replacement
from glossary.transfer.report import Counts, FieldChange, Outcome, Trouble, texts
from glossary.transfer.soundness import (
    entry_of,
    of_refused,
    rejected,
    trouble_of,
    value_at,
)
from glossary.transfer.unseen import with_unseen

_LIMITS: Final = Limits()
_UNASKED: Final = Settings().retire_unasked
_OF_A_TERM: Final = re.compile(r"/terms/(\d+)(?=/|$)")


class _Undo(Exception):
    """Ends a transaction that is not to be kept."""


def bring_in(
    store: Store,
    format_: Format,
    stream: BinaryIO,
    order: Order,
    *,
    by: Actor | str,
    heed: Callable[[Outcome], None],
    note_columns: Callable[[Mapping[str, str]], None] = lambda _: None,
    asks: Callable[[int], None] = lambda _: None,
    note_remark: Callable[[Remark], None] = lambda _: None,
    limits: Limits = _LIMITS,
    unasked: float = _UNASKED,
    revision: int | None = None,
    import_id: str | None = None,
) -> tuple[Counts, int]:
    """Bring a file into a store; return how many records came to what, and where.

    The second is the revision that was made, or the one that a plan was made at.

    `known` is told once which columns were taken for what, `heed` every outcome in
    the order of the file; either may raise to stop, and then nothing is written. `asks`
    is told how many entries would be retired when that must be confirmed, since it is
    more than the share `unasked` of a glossary; `told` what the file says beside its
    records.
    With `revision`, the store must not have moved since: else raise Stale. With
    `import_id`, the store remembers that this import was written.

    Raise UnreadableFile when the file as a whole cannot be read, and when it has no
    record to replace a glossary by; NotConfirmed when more than goes unasked would be
    retired.
    """
    options = ReadOptions(
        mapping=dict(order.mapping),
        source=order.source,
        target=order.target,
        heading=order.heading,
        sheets=order.sheets,
        split=order.split,
        limits=limits,
    )
    _must_be_a_table(format_, order)
    assert format_.read is not None  # noqa: S101 - the caller chose a readable format.  # nosec B101
    reading = format_.read(stream, options)
    note_columns(reading.mapping)
    counts, revision_made = Counts(), 0
    door = store.rehearse if order.dry_run else store.write
    try:
        with door(by=acting(by).name) as write_door:
            write = under_review(write_door, by)
            revision_made = write.must_be_at(revision)
            replacing = partial(Replacement, asks=asks, unasked=unasked)
            with ExitStack() as stack:
                batches = gathered(reading.records, stream)
                if is_worth_it(stream):
                    aside = ahead(stream, format_.name, options, order, at=write.at)
                    batches = stack.enter_context(aside)
                items = _heard(batches, note_remark)
                for outcome in _outcomes(write, items, order, replacing, by):
                    counts.add(outcome)
                    heed(outcome)
            _keep_or_undo(counts, order)
            if counts.created or counts.updated or counts.retired:
                revision_made = write.revision
                if import_id is not None:
                    write.note_import(import_id, asdict(counts))
                    figures = {k: str(v) for k, v in asdict(counts).items() if v}
                    write.people.note("import", import_id, **figures)
    except _Undo:
        pass
    return counts, revision_made


def _must_be_a_table(format_: Format, order: Order) -> None:
    """Refuse what is said of columns when the file has none; raise UnreadableFile."""
    of_tables = {
        "map": order.mapping,
        "heading": order.heading is not None,
        "sheet": order.sheets,
        "split": order.split,
    }
    options = [name for name, value in of_tables.items() if value]
    if options and not format_.tabular:
        raise UnreadableFile(
            N_("“%(name)s” is about the columns of a table; %(format)s has none."),
            name=options[0],
            format=format_.label,
        )


def _keep_or_undo(counts: Counts, order: Order) -> None:
    if order.dry_run or (counts.refused and order.on_error == "abort"):
        raise _Undo


def _heard(
    batches: Iterable[Batch], note_remark: Callable[[Remark], None]
) -> Iterator[list[Item]]:
    """Yield what may be records, and tell of the rest."""
    for batch in batches:
        for remark in batch.remarks:
            note_remark(remark)
        yield batch.items


def _outcomes(
    write: Write,
    batches: Iterable[list[Item]],
    order: Order,
    replacing: Callable[..., Replacement],
    by: Actor | str,
) -> Iterator[Outcome]:
    matching = write.matching()
    replacement, subjects = None, set[str]()
    if order.mode == "replace":
        replacement = replacing(write, matching, order)
    for items in batches:
        read = [
            noun_taken(write, item.record, order, by=by)
            if isinstance(item.record, Record) and names_noun(item.record)
            else _sound(item, order)
            for item in items
        ]
        entries = [result for result in read if isinstance(result, _Sound)]
        matching.foresee(
            (wording for entry in entries for wording in entry.wordings),
            (entry.id for entry in entries),
        )
        for item, result in zip(items, read, strict=True):
            record = item.record
            if isinstance(result, Outcome):
                outcome = result
            else:
                if replacement is not None:
                    replacement.begin(result.entry.glossary)
                outcome = _taken(write, matching, result, order)
                outcome = with_unseen(outcome, record)
                if outcome.action in {"create", "update"}:
                    name_subjects(write, result.record, subjects, by=by)
                if replacement is not None and not outcome.troubles:
                    replacement.taken(result.entry.glossary)
            if replacement is not None and outcome.troubles and not names_noun(record):
                outcome = replacement.refused(record, outcome)
            yield outcome
    if replacement is not None:
        yield from replacement.rest()


class _Sound(NamedTuple):
    """A record with the entry that it says, and the id that a new one would have.

    `ready` is the entry as it would be stored under that id. `wordings` have key and
    language of its terms.
    """

    record: Record
    entry: Entry
    id: str
    wordings: Sequence[tuple[str, str]]
    ready: Ready | None


def _sound(item: Item, order: Order) -> _Sound | Outcome:
    """Return the entry that a record is, or its refusal."""
    record, ready = item.record, item.ready
    if isinstance(record, Refused):
        return of_refused(record)
    if ready is not None:
        entry = ready.entry if item.is_named else replace(ready.entry, id="")
        rows = ready.rows
        wordings = (
            [(term.key, term.lang) for term in rows.terms]
            if rows is not None
            else list(map(wording, entry.terms))
        )
        return _Sound(record, entry, ready.entry.id, wordings, ready)
    try:
        entry = entry_of(record, order)
    except Invalid as error:
        return rejected(record, error.problems)
    name = entry.id or made_id(entry)
    return _Sound(record, entry, name, list(map(wording, entry.terms)), None)


def _taken(write: Write, matching: Matching, this: _Sound, order: Order) -> Outcome:
    """Find what one record means, and write it."""
    record, entry = this.record, this.entry
    match: Entry | Trouble | None = None
    near: Sequence[Entry] = ()
    if not (matching.lacks(this.id) and matching.lacks_all(this.wordings)):
        match, near = same_entry(write, matching, entry, record, order)
    if isinstance(match, Trouble):
        return Outcome(record.line, "conflict", entry.id or None, (match,))
    if match is None:
        broken = [*dangling(entry.terms), *refused_sources(write, entry)]
        if broken:
            return rejected(record, broken)
        return _new(write, matching, this, near)
    first = not matching.meet(match.id)
    if order.mode == "add":
        return Outcome(record.line, "unchanged", match.id)
    whole = order.mode == "replace" and first and not matching.keeps(match.id)
    if whole:
        new = replace(entry, id=match.id)
    else:
        new = merged(match, entry, record.data, first=first, issuers=matching.issuers)
    trouble = stale(match, record) if first and new != match else None
    if trouble is not None:
        outcome = Outcome(record.line, "conflict", match.id, (trouble,))
    else:
        outcome = _united(write, match, new, record)
    matching.written(new.id, map(wording, new.terms))
    if first or outcome.troubles:
        return outcome
    losses = tuple(
        _forgone(record, pointer, value)
        for pointer, value in overruled(match, entry, record.data)
    )
    return replace(outcome, losses=losses)


def _forgone(record: Record, pointer: str, value: str) -> Trouble:
    message = Message(
        N_("An earlier record in the file says something else about this term.")
    )
    column = record.columns.get(pointer, pointer)
    return Trouble(record.line, column, "second-value", message, value, record.sheet)


def _new(
    write: Write, matching: Matching, this: _Sound, near: Sequence[Entry]
) -> Outcome:
    """Write an entry that was not there."""
    record, ready = this.record, None
    if matching.lacks(this.id):
        ready = this.ready
        new = ready.entry if ready else replace(this.entry, id=this.id)
    else:
        name = this.entry.id or free_id(write, this.entry)
        new = replace(this.entry, id=name)
    allowed, lowered = _allowed(write, None, new, record)
    if allowed is not new:
        ready = None
    entry = write.create(allowed, ready=ready)
    matching.written(entry.id, this.wordings)
    warnings = (*(nearly(record, entry, other) for other in near), *lowered)
    return Outcome(
        record.line, "create", entry.id, warnings=warnings, changes=texts(entry)
    )


def _united(write: Write, old: Entry, new: Entry, record: Record) -> Outcome:
    """Write what an entry and a record make together, if that is sound."""
    lowered: tuple[Trouble, ...] = ()
    try:
        # Each is sound by itself, but a period may be turned around by the other.
        if new != old:
            must_name_what_is_known(write, new, new)
        if new != old:
            new, lowered = _allowed(write, old, load_entry(codec.plain(new)), record)
        stored_entry = old if new == old else write.update(new)
    except NotReviewer as error:
        trouble = Trouble(record.line, None, error.code, error.message)
        return Outcome(record.line, "conflict", old.id, (trouble,))
    except Invalid as error:
        problems = (_in_record(problem, new, record) for problem in error.problems)
        troubles = tuple(trouble_of(record, problem) for problem in problems)
        return Outcome(record.line, "conflict", old.id, troubles)
    if stored_entry == old:
        return Outcome(record.line, "unchanged", old.id)
    return Outcome(
        record.line,
        "update",
        old.id,
        warnings=lowered,
        changes=_differences(old, stored_entry),
    )


def _allowed(
    write: Write, old: Entry | None, new: Entry, record: Record
) -> tuple[Entry, tuple[Trouble, ...]]:
    """Return an entry in review where the sender may not approve it, and a warning.

    Raise NotReviewer for what is approved and would be changed, or is to be retired.
    """
    try:
        write.guard(old, new, "update" if old else "create", None)
    except (NotReviewer, OwnWork) as error:
        stays = (old.state if old else "") == APPROVED or new.state != APPROVED
        if stays and isinstance(error, NotReviewer):
            raise
        message = Message(N_("It is in review: somebody else has to approve it."))
        warning = Trouble(record.line, None, "lowered", message, sheet=record.sheet)
        return replace(new, state=IN_REVIEW), (warning,)
    return new, ()


def _in_record(problem: Problem, united: Entry, record: Record) -> Problem:
    """Return a problem of a term with the place that the term has in the record."""
    match = _OF_A_TERM.match(problem.pointer)
    if match is None:
        return problem
    text = united.terms[int(match[1])].text
    texts = [term.get("text") for term in record.data["terms"]]
    if text not in texts:
        return problem
    rest = problem.pointer[match.end() :]
    return Problem(f"/terms/{texts.index(text)}{rest}", problem.detail)


def _differences(old: Entry, new: Entry) -> tuple[FieldChange, ...]:
    before, after = codec.plain(old), codec.plain(new)
    return tuple(
        FieldChange(pointer, value_at(before, pointer), value_at(after, pointer))
        for pointer in codec.changed(before, after)
        if pointer not in {"/version", "/modified"}
    )
