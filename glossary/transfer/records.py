"""Whole-file import and export: what each record does, and a report of all of it.

Records pass one after another through one write transaction. Each is validated by the
schema of the API, matched with what is stored, and becomes an outcome. With
`on_error="abort"` one refused record undoes everything; a dry run always does.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from functools import partial
from typing import Any, BinaryIO, Final

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
    Given,
    Limits,
    ReadOptions,
    Record,
    Refused,
    Remark,
)
from glossary.message import N_, Message, Problem
from glossary.people import Actor, acting
from glossary.query import Order
from glossary.schema import load_entry, load_record
from glossary.store import Matching, Store, Write
from glossary.transfer.identity import nearly, same_entry, stale
from glossary.transfer.merging import merged, overruled
from glossary.transfer.register import name_subjects, names_noun, noun_taken
from glossary.transfer.replacing import Replacement
from glossary.transfer.report import Counts, FieldChange, Outcome, Trouble, texts
from glossary.transfer.unseen import with_unseen

_LIMITS: Final = Limits()
_UNASKED: Final = Settings().retire_unasked
#: So many records are read before the store is asked about all of them at once.
_AHEAD: Final = 500
#: Reason codes of broken rules, by the place they are broken at.
_CODES: Final = (
    (re.compile(r"/terms/\d+/text"), "bad-term"),
    (re.compile(r"/terms/\d+/lang"), "bad-language"),
    (re.compile(r"/terms/\d+/(since|until)"), "bad-date"),
    (re.compile(r"/terms/\d+/status"), "bad-status"),
    (re.compile(r"/terms/\d+/citations/.*source"), "unknown-source"),
    (re.compile(r"/terms/\d+/(renders/|.*/counterpart/text)"), "no-such-wording"),
    (re.compile(r"/terms"), "bad-terms"),
    (re.compile(r"/id"), "bad-id"),
)
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
        with door(by=acting(by).name) as opened:
            write = under_review(opened, by)
            revision_made = write.must_be_at(revision)
            replacing = partial(Replacement, asks=asks, unasked=unasked)
            heard = _heard(reading.records, note_remark)
            for outcome in _outcomes(write, heard, order, replacing, by):
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
            N_("“%(name)s” speaks of the columns of a table; %(format)s has none."),
            name=options[0],
            format=format_.label,
        )


def _heard(
    items: Iterable[Given], note_remark: Callable[[Remark], None]
) -> Iterator[Record | Refused]:
    """Yield what may be a record, and tell of the rest."""
    for item in items:
        if isinstance(item, Remark):
            note_remark(item)
        else:
            yield item


def _keep_or_undo(counts: Counts, order: Order) -> None:
    if order.dry_run or (counts.refused and order.on_error == "abort"):
        raise _Undo


def _outcomes(
    write: Write,
    records: Iterable[Record | Refused],
    order: Order,
    replacing: Callable[..., Replacement],
    by: Actor | str,
) -> Iterator[Outcome]:
    matching = write.matching()
    replacement, named = None, set[str]()
    if order.mode == "replace":
        replacement = replacing(write, matching, order)
    for some in _ahead(records):
        read = [
            noun_taken(write, record, order, by=by)
            if isinstance(record, Record) and names_noun(record)
            else _valid(record, order)
            for record in some
        ]
        entries = [item[1] for item in read if not isinstance(item, Outcome)]
        matching.foresee(
            (term for entry in entries for term in entry.terms),
            (entry.id or made_id(entry) for entry in entries),
        )
        for record, result in zip(some, read, strict=True):
            if isinstance(result, Outcome):
                outcome = result
            else:
                if replacement is not None:
                    replacement.begin(result[1].glossary)
                outcome = with_unseen(_taken(write, matching, *result, order), record)
                if outcome.action in {"create", "update"}:
                    name_subjects(write, result[0], named, by=by)
                if replacement is not None and not outcome.troubles:
                    replacement.taken(result[1].glossary)
            if replacement is not None and outcome.troubles and not names_noun(record):
                outcome = replacement.refused(record, outcome)
            yield outcome
    if replacement is not None:
        yield from replacement.rest()


def _refused(refused: Refused) -> Outcome:
    trouble = Trouble(
        refused.line,
        refused.column,
        refused.code,
        refused.message,
        refused.value,
        refused.sheet,
    )
    return Outcome(refused.line, "reject", troubles=(trouble,))


def _ahead(records: Iterable[Record | Refused]) -> Iterator[list[Record | Refused]]:
    """Yield records some hundreds at a time, those before an unreadable place too."""
    some: list[Record | Refused] = []
    try:
        for record in records:
            some.append(record)
            if len(some) == _AHEAD:
                yield some
                some = []
    except UnreadableFile:
        yield some
        raise
    yield some


def _valid(record: Record | Refused, order: Order) -> tuple[Record, Entry] | Outcome:
    """Return the entry that a record is, or its refusal."""
    if isinstance(record, Refused):
        return _refused(record)
    data = record.data
    if order.glossary is not None:
        data = {**data, "glossary": order.glossary}
    try:
        return record, load_record(data)
    except Invalid as error:
        return _rejected(record, error.problems)


def _rejected(record: Record, problems: Iterable[Problem]) -> Outcome:
    troubles = tuple(_trouble(record, problem) for problem in problems)
    return Outcome(record.line, "reject", troubles=troubles)


def _taken(
    write: Write, matching: Matching, record: Record, entry: Entry, order: Order
) -> Outcome:
    """Find what one record means, and write it."""
    match, near = same_entry(write, matching, entry, record, order)
    if isinstance(match, Trouble):
        return Outcome(record.line, "conflict", entry.id or None, (match,))
    if match is None:
        broken = [*dangling(entry.terms), *refused_sources(write, entry)]
        if broken:
            return _rejected(record, broken)
        new = replace(entry, id=_new_id(write, matching, entry))
        new, lowered = _allowed(write, None, new, record)
        entry_made = write.create(new)
        matching.written(entry_made)
        warnings = (*(nearly(record, entry_made, other) for other in near), *lowered)
        done = Outcome(record.line, "create", entry_made.id, warnings=warnings)
        return replace(done, changes=texts(entry_made))
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
    matching.written(new)
    if first or outcome.troubles:
        return outcome
    left = tuple(
        _forgone(record, pointer, value)
        for pointer, value in overruled(match, entry, record.data)
    )
    return replace(outcome, left=left)


def _forgone(record: Record, pointer: str, value: str) -> Trouble:
    message = Message(
        N_("An earlier record of the file says something else of the term.")
    )
    column = record.columns.get(pointer, pointer)
    return Trouble(record.line, column, "second-value", message, value, record.sheet)


def _new_id(write: Write, matching: Matching, entry: Entry) -> str:
    if entry.id:
        return entry.id
    name = made_id(entry)
    return name if matching.lacks(name) else free_id(write, entry)


def _united(write: Write, old: Entry, new: Entry, record: Record) -> Outcome:
    """Write what an entry and a record make together, if that is sound."""
    lowered: tuple[Trouble, ...] = ()
    try:
        # Each is sound by itself, but a period may be turned around by the other.
        if new != old:
            must_name_what_is_known(write, new, new)
        if new != old:
            new, lowered = _allowed(write, old, load_entry(codec.plain(new)), record)
        done = old if new == old else write.update(new)
    except NotReviewer as error:
        trouble = Trouble(record.line, None, error.code, error.message)
        return Outcome(record.line, "conflict", old.id, (trouble,))
    except Invalid as error:
        problems = (_in_record(problem, new, record) for problem in error.problems)
        troubles = tuple(_trouble(record, problem) for problem in problems)
        return Outcome(record.line, "conflict", old.id, troubles)
    if done == old:
        return Outcome(record.line, "unchanged", old.id)
    return Outcome(
        record.line,
        "update",
        old.id,
        warnings=lowered,
        changes=_differences(old, done),
    )


def _allowed(
    write: Write, old: Entry | None, new: Entry, record: Record
) -> tuple[Entry, tuple[Trouble, ...]]:
    """Return an entry in review where the sender may not approve it, and a warning.

    Raise NotReviewer for what is approved and would be changed.
    """
    try:
        write.guard(old, new, "update" if old else "create", None)
    except (NotReviewer, OwnWork) as error:
        is_approved = old is not None and old.state == APPROVED
        if is_approved and isinstance(error, NotReviewer):
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


def _trouble(record: Record, problem: Problem) -> Trouble:
    """Return a broken rule with the column and the value it came from."""
    code = next((c for p, c in _CODES if p.match(problem.pointer)), "invalid")
    places = [p for p in record.columns if f"{problem.pointer}/".startswith(f"{p}/")]
    column = record.columns[max(places, key=len)] if places else problem.pointer or None
    value = _at(record.data, problem.pointer)
    detail = problem.detail
    message = detail if isinstance(detail, Message) else Message(detail)
    value = "" if value is None else str(value)
    return Trouble(record.line, column, code, message, value, record.sheet)


def _at(data: Any, pointer: str) -> Any:
    """Return what stands at a pointer, or None."""
    for step in pointer.split("/")[1:]:
        if isinstance(data, list) and step.isdigit() and int(step) < len(data):
            data = data[int(step)]
        elif isinstance(data, dict):
            data = data.get(step.replace("~1", "/").replace("~0", "~"))
        else:
            return None
    return data if not isinstance(data, dict | list) else None


def _differences(old: Entry, new: Entry) -> tuple[FieldChange, ...]:
    before, after = codec.plain(old), codec.plain(new)
    return tuple(
        FieldChange(pointer, _at(before, pointer), _at(after, pointer))
        for pointer in codec.changed(before, after)
        if pointer not in {"/version", "/modified"}
    )
