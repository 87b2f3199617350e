"""An import, and one run of it."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Final

from glossary.config import Settings
from glossary.entry import codec
from glossary.errors import Cancelled, GlossaryError, NoRecords, NotConfirmed
from glossary.formats import (
    AskedColumn,
    Limits,
    Question,
    Remark,
    UnsettledColumns,
    by_name,
)
from glossary.message import N_, Message
from glossary.people import Actor
from glossary.query import Order
from glossary.store import Store, of_system
from glossary.transfer.records import bring_in
from glossary.transfer.report import Counts, Outcome, Trouble

#: Seconds between two writes of how far an import is, as a reader sees it move.
_SHOW_EVERY: Final = 0.3
Watch = Callable[[int, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One import as the API shows it.

    `owner` sent it, nobody where a command on the machine did; `by` is whose it is in
    the history. `problems`, `warnings` and `records` hold the first ones. `confirm` is
    the number of entries that would be retired, when somebody must say so before they
    are; `code` is that of the error. `left_out` counts by kind what the file says and
    no entry holds afterwards; `left` has the first of it. `question` is what must be
    said of a table before it can be read.
    """

    id: str
    state: str
    format: str
    glossary: str
    mode: str
    on_error: str
    dry_run: bool
    by: str
    owner: str | None
    created: str
    size: int
    filename: str = ""
    progress: Mapping[str, int | None] = field(
        default_factory=lambda: {"done": 0, "total": None, "share": 0}
    )
    counts: Mapping[str, int] = field(default_factory=lambda: asdict(Counts()))
    problems: tuple[Any, ...] = ()
    warnings: tuple[Any, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    left: tuple[Any, ...] = ()
    records: tuple[Any, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, Any] = field(default_factory=dict)
    revision: int | None = None
    epoch: str = ""
    error: Mapping[str, Any] | None = None
    code: str | None = None
    confirm: int | None = None
    question: Mapping[str, Any] | None = None
    #: What the sender was in each glossary when it was sent; None at the machine.
    roles: Mapping[str, str] | None = None
    #: What tells the file from every other.
    digest: str = ""

    @property
    def actor(self) -> Actor | str:
        """Who brings it in."""
        return self.by if self.roles is None else Actor(self.by, self.roles)


#: What of an import is nobody's to read.
OURS: Final = frozenset({"asked", "roles", "digest"})


class Work:
    """One run of an import: counts, writes its reports, and shows how far it is.

    `keep` is given the import as it stands, now and then; `watch` is told the records
    done and the share of the file read, from 0 to 1. `cancelled` says whether to stop.
    """

    def __init__(
        self,
        job: Import,
        folder: Path,
        settings: Settings,
        *,
        keep: Callable[[Import], None],
        cancelled: Callable[[], bool],
        watch: Watch,
    ) -> None:
        self._job = job
        self._folder = folder
        self._keep = keep
        self._cancelled = cancelled
        self._watch = watch
        self._most = settings.max_problems
        self._unasked = settings.retire_unasked
        self._limits = Limits(
            cell=settings.max_cell,
            columns=settings.max_columns,
            unpacked_bytes=settings.max_unpacked,
        )
        self._problems: list[Any] = []
        self._warnings: list[Any] = []
        self._losses: list[Any] = []
        self._left_out: Counter[str] = Counter()
        self._records: list[Any] = []
        self._question: Mapping[str, Any] | None = None
        self._confirm: int | None = None
        self._number = 0
        self._last_look = time.monotonic()
        self._mapping: Mapping[str, str] = {}

    def done(self, store: Store) -> Import:
        """Bring the file in; return the import in its last state."""
        job = self._job
        mapping = tuple(dict(job.asked.get("mapping", ())).items())
        values = {**job.asked, "dry_run": job.dry_run, "mapping": mapping}
        values["sheets"] = tuple(job.asked.get("sheets", ()))
        order = Order(**values)
        state, counts = "failed", Counts()
        error: Message | None = None
        code: str | None = None
        planned = job.revision
        try:
            with (
                (self._folder / "upload").open("rb") as self._upload,
                (self._folder / "problems.ndjson").open("wb") as self._refused,
                (self._folder / "warnings.ndjson").open("wb") as self._warned,
                (self._folder / "left-out.ndjson").open("wb") as self._forgone,
                (self._folder / "records.ndjson").open("wb") as self._changing,
            ):
                counts, revision = bring_in(
                    store,
                    by_name(job.format),
                    self._upload,
                    order,
                    by=job.actor,
                    heed=self._heed,
                    note_columns=self._know,
                    note_remark=self._tell,
                    asks=self._ask,
                    revision=planned,
                    limits=self._limits,
                    unasked=self._unasked,
                    import_id=job.id,
                )
            failed = counts.refused and job.on_error == "abort" and not job.dry_run
            state = "failed" if failed else "planned" if job.dry_run else "succeeded"
            if failed:
                counts = replace(counts, created=0, updated=0, retired=0)
                error = Message(
                    N_(
                        "Records were refused, so nothing was written. Correct "
                        "them and import the file again, or leave them out with "
                        "on_error=skip (--on-error skip)."
                    )
                )
                code = "refused"
        except Cancelled:
            state, revision = "cancelled", store.revision()
        except UnsettledColumns as problem:
            error, revision = problem.message, store.revision()
            code, self._question = problem.code, asked_of(problem.question)
        except (GlossaryError, OSError) as problem:
            refusal = of_system(problem) if isinstance(problem, OSError) else problem
            if refusal is None:
                raise
            error, revision = refusal.message, store.revision()
            code = refusal.code
        return replace(
            job,
            state=state,
            error=storable(error) if error else None,
            code=code,
            confirm=self._confirm,
            counts=asdict(counts),
            progress={"done": self._number, "total": self._number, "share": 100},
            problems=tuple(self._problems),
            warnings=tuple(self._warnings),
            left_out=dict(self._left_out),
            left=tuple(self._losses),
            question=self._question,
            records=tuple(self._records),
            mapping=self._mapping,
            revision=revision,
            epoch=store.epoch,
        )

    def _know(self, mapping: Mapping[str, str]) -> None:
        self._mapping = mapping

    def _ask(self, count: int) -> None:
        self._confirm = count

    def _tell(self, remark: Remark) -> None:
        trouble = Trouble(
            remark.line,
            remark.column,
            remark.code,
            remark.message,
            remark.value,
            remark.sheet,
        )
        if remark.lost:
            self._leave(trouble)
        else:
            self._note(self._warned, self._warnings, shown(trouble))

    def _leave(self, trouble: Trouble) -> None:
        self._left_out[trouble.code] += 1
        self._note(self._forgone, self._losses, shown(trouble))

    def _heed(self, outcome: Outcome) -> None:
        self._number += 1
        for trouble in outcome.losses:
            self._leave(trouble)
        for trouble in outcome.troubles:
            self._note(self._refused, self._problems, shown(trouble))
        for warning in outcome.warnings:
            self._note(self._warned, self._warnings, shown(warning))
        if outcome.action != "unchanged" and not outcome.troubles:
            self._note(self._changing, self._records, _plain(outcome))
        if time.monotonic() - self._last_look > _SHOW_EVERY:
            self._show()

    def _note(self, file: IO[bytes], places: list[Any], line: Any) -> None:
        file.write(codec.write(line) + b"\n")
        if len(places) < self._most:
            places.append(codec.plain(line))

    def _show(self) -> None:
        self._last_look = time.monotonic()
        if self._cancelled():
            raise Cancelled(N_("The import was cancelled; nothing was written."))
        share = self._upload.tell() / max(self._job.size, 1)
        self._watch(self._number, share)
        read = min(int(100 * share), 100)
        progress = {"done": self._number, "total": None, "share": read}
        self._keep(replace(self._job, progress=progress))


def _plain(outcome: Outcome) -> dict[str, Any]:
    """Return what a record does as the API shows it."""
    return {
        "line": outcome.line,
        "action": outcome.action,
        "entry": outcome.entry,
        "changes": outcome.changes,
    }


def shown(trouble: Trouble) -> dict[str, Any]:
    """Return a problem or warning as the API shows it, its message as it is kept."""
    return {
        "line": trouble.line,
        "column": trouble.column,
        "code": trouble.code,
        "message": str(trouble.message),
        "value": trouble.value[:200],
        "sheet": trouble.sheet,
        **storable(trouble.message),
    }


def refusal(job: Import) -> GlossaryError | None:
    """Return the error of a whole file that its sender is told at once, or None."""
    if job.error is None or job.problems:
        return None
    if job.question is not None:
        return UnsettledColumns(
            Message(job.error["template"], **job.error["values"]),
            question_from(job.question),
        )
    if job.code == NoRecords.code:
        return NoRecords(job.error["template"], **job.error["values"])
    if job.code == NotConfirmed.code and job.confirm is not None:
        message = Message(job.error["template"], **job.error["values"])
        return NotConfirmed(job.confirm, message)
    return None


def asked_of(question: Question) -> dict[str, Any]:
    """Return a question as the API shows it."""
    rows = [{"line": line, "cells": list(cells)} for line, cells in question.rows]
    columns = [asdict(column) for column in question.columns]
    return {**asdict(question), "rows": rows, "columns": columns}


def question_from(plain: Mapping[str, Any]) -> Question:
    """Return the question that `asked_of` shows."""
    columns = tuple(AskedColumn(**column) for column in plain["columns"])
    rows = tuple((row["line"], tuple(row["cells"])) for row in plain["rows"])
    sheets = tuple(plain["sheets"])
    return Question(**{**plain, "columns": columns, "rows": rows, "sheets": sheets})


def storable(message: Message) -> dict[str, Any]:
    """Return a message as it is kept: an edge can say it in the reader's language."""
    values = {name: str(value) for name, value in message.values.items()}
    return {"template": str(message.template), "values": values}
