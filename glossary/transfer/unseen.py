"""What nobody sees in the wordings of a file, and what is said of it."""

from collections.abc import Iterator
from dataclasses import replace

from glossary.formats import Record, Refused
from glossary.message import N_, Message
from glossary.text import unseen
from glossary.transfer.report import Outcome, Trouble


def with_unseen(outcome: Outcome, record: Record | Refused) -> Outcome:
    """Return an outcome with a warning for each wording that lost such characters."""
    warnings = tuple(_warnings(record)) if isinstance(record, Record) else ()
    if not warnings:
        return outcome
    return replace(outcome, warnings=(*outcome.warnings, *warnings))


def _warnings(record: Record) -> Iterator[Trouble]:
    terms = record.data.get("terms")
    for at, term in enumerate(terms if isinstance(terms, list) else ()):
        text = term.get("text") if isinstance(term, dict) else None
        if isinstance(text, str) and (names := unseen(text)):
            message = Message(
                N_("Invisible characters were left out: %(names)s."),
                names=", ".join(names),
            )
            column = record.columns.get(f"/terms/{at}/text")
            yield Trouble(
                record.line,
                column,
                "unseen-character",
                message,
                text[:200],
                sheet=record.sheet,
            )
