"""What became of a file's records: nouns of the report."""

from dataclasses import dataclass
from typing import Any, Final

from glossary.entry import Entry
from glossary.message import Message


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a record was refused, or what was left out, and where in the file."""

    line: int
    column: str | None
    code: str
    message: Message
    value: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One place of an entry before and after; None where there was or is nothing."""

    pointer: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record.

    `action` is `create`, `update`, `unchanged`, `conflict`, `reject`, or `retire`
    for an entry that a replacing file does not have (then `line` is 0). `warnings` are
    for a person to look at; they refuse nothing. `losses` are what the record says and
    the entry does not hold afterwards.
    """

    line: int
    action: str
    entry: str | None = None
    troubles: tuple[Trouble, ...] = ()
    warnings: tuple[Trouble, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    losses: tuple[Trouble, ...] = ()


def texts(entry: Entry) -> tuple[FieldChange, ...]:
    """Return the wordings of a new entry, as changes from nothing."""
    return tuple(
        FieldChange(f"/terms/{at}/text", None, term.text)
        for at, term in enumerate(entry.terms)
    )


@dataclass(slots=True)
class Counts:
    """How many records came to what."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    conflicts: int = 0
    rejected: int = 0
    retired: int = 0

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.read += outcome.action != "retire"
        name = _COUNTED[outcome.action]
        setattr(self, name, getattr(self, name) + 1)

    @property
    def refused(self) -> int:
        """How many records could not be taken."""
        return self.conflicts + self.rejected


_COUNTED: Final = {
    "create": "created",
    "update": "updated",
    "unchanged": "unchanged",
    "conflict": "conflicts",
    "reject": "rejected",
    "retire": "retired",
}
