"""Whether a record is an entry, and what is said where it is not."""

import re
from collections.abc import Iterable
from typing import Any, Final

from glossary.entry import Entry
from glossary.formats import Record, Refused
from glossary.message import Message, Problem
from glossary.query import Order
from glossary.schema import load_record
from glossary.transfer.report import Outcome, Trouble

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


def entry_of(record: Record, order: Order) -> Entry:
    """Return the entry that a record is; raise Invalid."""
    data = record.data
    if order.glossary is not None:
        data = {**data, "glossary": order.glossary}
    entry: Entry = load_record(data)
    return entry


def rejected(record: Record, problems: Iterable[Problem]) -> Outcome:
    """Return the refusal of a record that breaks rules."""
    troubles = tuple(trouble_of(record, problem) for problem in problems)
    return Outcome(record.line, "reject", troubles=troubles)


def trouble_of(record: Record, problem: Problem) -> Trouble:
    """Return a broken rule with the column and the value it came from."""
    code = next((c for p, c in _CODES if p.match(problem.pointer)), "invalid")
    places = [p for p in record.columns if f"{problem.pointer}/".startswith(f"{p}/")]
    column = record.columns[max(places, key=len)] if places else problem.pointer or None
    value = value_at(record.data, problem.pointer)
    detail = problem.detail
    message = detail if isinstance(detail, Message) else Message(detail)
    value = "" if value is None else str(value)
    return Trouble(record.line, column, code, message, value, record.sheet)


def value_at(data: Any, pointer: str) -> Any:
    """Return what stands at a pointer, or None."""
    for step in pointer.split("/")[1:]:
        if isinstance(data, list) and step.isdigit() and int(step) < len(data):
            data = data[int(step)]
        elif isinstance(data, dict):
            data = data.get(step.replace("~1", "/").replace("~0", "~"))
        else:
            return None
    return data if not isinstance(data, dict | list) else None


def of_refused(refused: Refused) -> Outcome:
    """Return the refusal of what its format could not read."""
    trouble = Trouble(
        refused.line,
        refused.column,
        refused.code,
        refused.message,
        refused.value,
        refused.sheet,
    )
    return Outcome(refused.line, "reject", troubles=(trouble,))
