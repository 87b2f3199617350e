"""Whole files in and out over HTTP: imports as resources, exports as downloads."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO, Final, cast
from urllib.parse import quote

from flask import Blueprint, Response, request

from glossary import schema
from glossary.entry import EVERY, write
from glossary.formats import Dropped, Imprint, by_name, guarded
from glossary.people import profiles
from glossary.query import Download, Export
from glossary.speech import say, say_kept
from glossary.transfer import (
    OURS,
    Import,
    Imports,
    apart,
    begin,
    imprint_of,
    refusal,
    take_out,
)
from glossary.web import current, reply
from glossary.web import request as incoming
from glossary.web.reply import of_one_moment

transfers = Blueprint("transfers", __name__, url_prefix="/api/v1")

_IMPORT: Final = schema.ImportQuery()
_APPLY: Final = schema.ApplyQuery()
_EXPORT: Final = schema.ExportQuery()
#: What may stand in a header as it is.
_IN_HEADER: Final = " ,;:/().+-_"
_LINES: Final = schema.LinesQuery()
#: What is shown of a refused record, or of what is left out.
_PLACE: Final = ("line", "column", "code", "message", "value", "sheet")


@transfers.post("/imports")
def post_imports() -> Response:
    """Import a file, the body or the multipart field `file`; large ones in the back."""
    request.max_content_length = current.settings().max_import
    order = incoming.query(_IMPORT)
    stream, filename = _upload()
    order = replace(order, filename=order.filename or filename)
    once = incoming.once(digest_body=False)
    actor = current.actor()
    actor.must("import", order.glossary or EVERY)
    job = _imports().submit(stream, order, by=actor.name, once=once)
    with current.store().write(by=actor.name) as write:
        where = {"glossary": job.glossary, "format": job.format, "mode": job.mode}
        write.people.note("import.send", job.id, address=actor.address, **where)
    return _worked_on(job)


@transfers.get("/imports/<import_id>")
def get_import(import_id: str) -> Response:
    """Return the state and progress of an import."""
    incoming.nothing()
    return _shown(_imports().get(import_id))


@transfers.get("/imports/<import_id>/problems")
def get_problems(import_id: str) -> Response:
    """Download every refused record, with line, column, code and reason."""
    lines = _imports().lines(import_id, "problems")
    return _lines(
        (_with_message(line) for line in lines), _PLACE, f"problems-{import_id}"
    )


@transfers.get("/imports/<import_id>/warnings")
def get_warnings(import_id: str) -> Response:
    """Download every record that deserves a look, with line, code and reason."""
    lines = _imports().lines(import_id, "warnings")
    return _lines(
        (_with_message(line) for line in lines), _PLACE, f"warnings-{import_id}"
    )


@transfers.get("/imports/<import_id>/left-out")
def get_left_out(import_id: str) -> Response:
    """Download all that the file says and no entry holds afterwards."""
    lines = _imports().lines(import_id, "left-out")
    return _lines(
        (_with_message(line) for line in lines), _PLACE, f"left-out-{import_id}"
    )


@transfers.get("/imports/<import_id>/records")
def get_records(import_id: str) -> Response:
    """Download what every record does that changes something."""
    lines = _imports().lines(import_id, "records")
    columns = ("line", "action", "entry", "changes")
    rows = ({name: line[name] for name in columns} for line in lines)
    return _lines(rows, columns, f"records-{import_id}")


@transfers.post("/imports/<import_id>/apply")
def post_apply(import_id: str) -> Response:
    """Do exactly what a dry run planned; 412 when the store has moved since."""
    confirm = incoming.either(_APPLY).confirm
    return _worked_on(_imports().apply(import_id, confirm=confirm))


@transfers.delete("/imports/<import_id>")
def delete_import(import_id: str) -> Response:
    """Cancel an import, or forget one that has ended."""
    incoming.nothing()
    _imports().cancel(import_id)
    return reply.nothing()


@transfers.get("/export")
@of_one_moment()
def get_export() -> Response:
    """Download the entries in use in a format, or what that format cannot hold."""
    export: Export = incoming.query(_EXPORT)
    profile = current.profile()
    if profile is not None:
        export = profiles.of_file(profile, export)
    return _exported(export)


def _exported(export: Export) -> Response:
    format_ = by_name(export.format)
    imprint = imprint_of(current.store(), export)
    stem = export.entry or export.glossary or "glossary"
    name = f"{stem}{format_.suffixes[0]}"
    if not format_.imprinted:
        parts = (stem, imprint.releases, imprint.licences, imprint.date)
        stem = "_".join(re.sub(r"[^\w.-]+", "-", part) for part in parts if part)
        name = f"{stem}{format_.suffixes[0]}"
    digest = sha256(repr(export).encode()).hexdigest()[:16]
    tag = reply.tag(format_.name, name, digest)
    if (unchanged := reply.not_modified(tag)) is not None:
        return unchanged

    def make(file: IO[bytes], drop: Callable[[Dropped], None]) -> int:
        store, settings = current.store(), current.settings()
        if apart.is_worth_it(store, export):
            count = apart.take_out_apart(settings, store, export, file, drop=drop)
            if count is not None:
                return count
        return take_out(
            store,
            format_,
            cast("BinaryIO", file),
            part=export,
            drop=drop,
            source=export.source,
            target=export.target,
            nouns=export.nouns,
            layout=export.layout,
            parts=current.running().parts,
        )

    whole = repr(replace(export, report=False))
    download = current.running().downloads.get(reply.tag(whole), make)
    if export.report:
        download.file.close()
        left_out = [_dropped(item) for item in download.dropped]
        report = write({"format": format_.name, "dropped": left_out})
        return reply.of_bytes(report, tag=tag)
    answer = reply.open_file(download.file, name, kind=format_.media_type, tag=tag)
    answer.headers["Content-Length"] = str(download.size)
    answer.headers["Glossary-Entries"] = str(download.entries)
    answer.headers["Glossary-Dropped"] = str(len(download.dropped))
    for header, text in _imprint(imprint):
        answer.headers[header] = quote(text, safe=_IN_HEADER)
    answer.headers["Link"] = f'<{reply.this_address(report="true")}>; rel="describedby"'
    return answer


def _imprint(imprint: Imprint) -> Iterator[tuple[str, str]]:
    """Yield what the file is as headers, for formats that have no place for it."""
    yield "Glossary-Ids", ", ".join(group.id for group in imprint.glossaries)
    yield "Glossary-Date", imprint.date
    if imprint.licences:
        yield "Glossary-Licence", imprint.licences
    if imprint.releases:
        yield "Glossary-Release", imprint.releases


def _imports() -> Imports:
    """Return the imports as the sender may see them."""
    return Imports(current.settings(), current.store(), asker=current.actor())


def _upload() -> tuple[IO[bytes], str]:
    """Return the file that was sent, and its name if one was given."""
    if request.mimetype == "multipart/form-data":
        upload = request.files.get("file")
        if upload is not None:
            return upload.stream, upload.filename or ""
    return request.stream, ""


def _worked_on(job: Import) -> Response:
    """Do a small import at once; leave a large one to a process of its own."""
    if job.state != "queued":
        return _running(job) if job.state == "running" else _shown(job)
    later = "respond-async" in request.headers.get("Prefer", "")
    if not later and job.size <= current.settings().sync_import:
        job_now = _imports().run(job.id)
        current.noted()["rows"] = job_now.counts
        if (error := refusal(job_now)) is not None:
            raise error
        return _shown(job_now)
    begin(job.id)
    return _running(job)


def _running(job: Import) -> Response:
    return reply.accepted(_shown(job), "transfers.get_import", import_id=job.id)


def _shown(job: Import) -> Response:
    locale = current.locale()
    if job.revision is not None and job.state == "succeeded":
        current.as_of(job.revision, epoch=job.epoch)
    document = {name: getattr(job, name) for name in job.__slots__ if name not in OURS}
    document["problems"] = [_with_message(problem) for problem in job.problems]
    document["warnings"] = [_with_message(warning) for warning in job.warnings]
    document["left"] = [_with_message(item) for item in job.left]
    document["error"] = say_kept(job.error, locale) if job.error else None
    return reply.json(document, is_worded=True)


def _with_message(problem: Mapping[str, Any]) -> dict[str, Any]:
    """Return a problem with its message in the reader's language."""
    return {
        "line": problem["line"],
        "column": problem["column"],
        "code": problem["code"],
        "message": say_kept(problem, current.locale()),
        "value": problem["value"],
        "sheet": problem.get("sheet", ""),
    }


def _dropped(dropped: Dropped) -> dict[str, str]:
    return {
        "entry": dropped.entry,
        "pointer": dropped.pointer,
        "reason": str(say(dropped.reason, current.locale())),
        "value": dropped.value,
    }


def _lines(
    lines: Iterator[dict[str, Any]], columns: tuple[str, ...], name: str
) -> Response:
    """Answer with lines as NDJSON or CSV, through a file: there may be millions."""
    download: Download = incoming.query(_LINES)
    kind = download.format
    file: IO[bytes] = SpooledTemporaryFile(1 << 20)  # noqa: SIM115 - closed at the end.
    if kind == "csv":
        text = io.TextIOWrapper(file, "utf-8-sig", newline="")
        table = csv.writer(text)
        table.writerow(columns)
        for line in lines:
            table.writerow(_cell(line[column]) for column in columns)
        text.detach()
    else:
        file.writelines(write(line) + b"\n" for line in lines)
    file.seek(0)
    media = {"csv": "text/csv", "ndjson": reply.NDJSON}[kind]
    return reply.file(file, f"{name}.{kind}", kind=media)


def _cell(value: object) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula."""
    if value is None or isinstance(value, str):
        return guarded(value or "")
    return guarded(write(value).decode())
