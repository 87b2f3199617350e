"""Commands that move whole files: import and export."""

import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from glossary import config
from glossary.cli.output import written_to
from glossary.cli.printing import print_table
from glossary.cli.root import (
    LOCALE,
    Failure,
    _,
    as_json,
    console,
    log,
    main,
    print_json,
    store,
)
from glossary.formats import READABLE, WRITABLE, Dropped, by_name, of_name
from glossary.message import N_, Message
from glossary.query import Order
from glossary.schema import ExportQuery, ImportQuery, load
from glossary.speech import WORDS, locale
from glossary.transfer import OURS, Import, Imports, imprint_of, take_out

_COUNTS = (
    "created",
    "updated",
    "unchanged",
    "conflicts",
    "rejected",
    "retired",
)


#: What is shown of a refused record, of one that deserves a look, or is left out.
_PLACE = ("line", "column", "code", "message", "value", "sheet")
#: So many of the lines of a report are printed.
_PRINTED = 20


@main.command(
    "import", help=_("Import files into a glossary; “-” reads standard input.")
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--dry-run",
    is_flag=True,
    help=_("Show what would be done without writing anything."),
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(READABLE),
    help=_("Format of the file; by default told from its content."),
)
@click.option("--glossary", help=_("Glossary to import into."))
@click.option(
    "--mode", help=_("merge, add (keep existing entries as they are) or replace.")
)
@click.option(
    "--on-error", help=_("abort (write nothing) or skip (leave out refused records).")
)
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="FIELD=COLUMN",
    help=_("What a column holds, such as zh=原文; may be given more than once."),
)
@click.option(
    "--yes",
    "any_number",
    is_flag=True,
    help=_("Retire every entry that a replacing file leaves out, however many."),
)
@click.option("--from", "source", help=_("Language of the “source” column."))
@click.option("--to", "target", help=_("Language of the “target” column."))
@click.option(
    "--heading",
    type=int,
    help=_("Line number of the table's heading; 0 if there is none."),
)
@click.option(
    "--sheet",
    "sheets",
    multiple=True,
    help=_("Sheet of a workbook to read; by default all with the same columns."),
)
@click.option(
    "--split", help=_("Characters that separate synonyms in a cell, such as “/、\\n”.")
)
@as_json
def import_(
    files: tuple[str, ...], *, as_json: bool, any_number: bool, **options: Any
) -> None:
    """Import files one after another; exit with 65 when records were refused."""
    options["format"] = options.pop("format_")
    options["map"] = ",".join(options.pop("mapping"))
    options["sheet"] = "/".join(options.pop("sheets"))
    values = {name: value for name, value in options.items() if value not in {None, ""}}
    order = replace(load(ImportQuery(), values), any_number=any_number)
    refused = False
    for name in files:
        job = _imported(name, replace(order, filename=Path(name).name))
        refused = refused or job.state == "failed" or bool(job.problems)
        if as_json:
            print_json(_plain(job))
        else:
            _print_report(job)
    if refused:
        raise Failure(65)


@main.command("run-import", hidden=True, help=_("Run a queued import."))
@click.argument("import_id")
def run_import(import_id: str) -> None:
    """Work on one import of the queue, for the server."""
    Imports(config.settings(), store()).run(import_id)


@main.command("export", help=_("Export a glossary to a file."))
@click.option(
    "--format",
    "format_",
    type=click.Choice(WRITABLE),
    help=_("Format of the file; by default told from the ending of --output."),
)
@click.option("--glossary", help=_("Only this glossary."))
@click.option(
    "--output",
    "-o",
    default="-",
    help=_("File to write; “-”, the default, is standard output."),
)
@click.option(
    "--report", is_flag=True, help=_("List everything that the format cannot hold.")
)
@click.option(
    "--nouns/--no-nouns",
    default=None,
    help=_(
        "Also export sources, subjects, issuers and glossaries; TBX does so by default."
    ),
)
@click.option(
    "--layout",
    help=_("Layout of a table: terms (one row per term) or wide (one row per entry)."),
)
@click.option(
    "--from", "source", help=_("Source language, in formats that list pairs.")
)
@click.option("--to", "target", help=_("Target language."))
@click.option("--state", help=_("Only entries in this state."))
@click.option("--status", help=_("Only entries that have a term of this status."))
@click.option("--subject", help=_("Only entries of this subject."))
@click.option(
    "--proof", help=_("Only entries with this proof: pair, both, one or none.")
)
@click.option("--changed-since", help=_("Only entries changed after this revision."))
def export(
    output: str, *, report: bool, nouns: bool | None, **options: str | None
) -> None:
    """Write the file as a whole or not at all; say what it cannot hold.

    Exit with 1 when there is no entry to write.
    """
    options["format_"] = options["format_"] or of_name(output)
    if options["format_"] is None:
        context = click.get_current_context()
        parameters = {option.name: option for option in context.command.params}
        raise click.MissingParameter(ctx=context, param=parameters["format_"])
    names = {"format_": "format", "source": "from", "target": "to"}
    values = {
        names.get(n, n): value for n, value in options.items() if value is not None
    }
    more = {} if nouns is None else {"nouns": nouns}
    query = load(ExportQuery(), {**values, **more})
    dropped: list[Dropped] = []
    with ExitStack() as stack:
        stream = stack.enter_context(written_to(output))
        count = take_out(
            store(),
            by_name(query.format),
            stream,
            part=query,
            drop=dropped.append,
            source=query.source,
            target=query.target,
            nouns=query.nouns,
            layout=query.layout,
        )
    if not by_name(query.format).imprinted:
        for line in imprint_of(store(), query).lines:
            log(line)
    if dropped:
        template = N_("Values that this format cannot hold: %(count)s.")
        log(_(Message(template, count=len(dropped))))
    for value in dropped if report else ():
        log(f"{value.entry}{value.pointer}: {_(value.reason)} {value.value}".rstrip())
    if not count:
        log(_("No entry matches; the file has none."))
        raise Failure(1)


def _imported(name: str, order: Order) -> Import:
    """Import one file with a progress bar; leave nothing behind when interrupted."""
    imports = Imports(config.settings(), store(new=True))
    with ExitStack() as stack:
        if name == "-":
            stream: Any = sys.stdin.buffer
        else:
            stream = stack.enter_context(Path(name).open("rb"))
        job = imports.submit(stream, order, by="cli")
    with _progress() as bar:
        task = bar.add_task(name, total=100, records=0, rate=0.0)
        begin = time.monotonic()

        def watch(records: int, share: float) -> None:
            rate = records / max(time.monotonic() - begin, 0.1)
            percent = 100 * min(share, 1)
            bar.update(task, completed=percent, records=records, rate=rate)

        try:
            return imports.run(job.id, watch=watch)
        except KeyboardInterrupt:
            log(_("Stopped; nothing was written."))
            raise Failure(1) from None


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[records]}"),
        TextColumn("{task.fields[rate]:.0f}/s"),
        TimeRemainingColumn(),
        console=console(),
        transient=True,
    )


def _print_report(job: Import) -> None:
    """Print what came of an import: the columns, the counts, and what was refused."""
    for heading, meaning in job.mapping.items():
        log(f"  {heading} → {meaning}")
    counts = _(", ").join(
        _("%(count)s %(outcome)s")
        % {"count": job.counts[name], "outcome": _(WORDS[name])}
        for name in _COUNTS
        if job.counts[name]
    )
    report = {
        "file": job.filename,
        "outcome": _(WORDS[job.state]),
        "counts": counts or _("There was nothing in it."),
    }
    click.echo(_("%(file)s: %(outcome)s. %(counts)s") % report)
    for heading, places in (
        ("", job.problems),
        (_("Worth checking:"), job.warnings),
        (_left_out(job), job.left[:_PRINTED]),
    ):
        if places and heading:
            log(heading)
        if places:
            _print_places(places)
    if job.error:
        log(locale.say_kept(job.error, LOCALE))
    elif job.dry_run and job.on_error == "abort" and job.problems:
        log(
            _(
                "While these records are in it, nothing of the file would be written. "
                "Correct them, or leave them out with --on-error skip."
            )
        )
    if job.question is not None:
        _print_question(job.question)
    if job.confirm is not None and job.state != "succeeded":
        log(_("Use --yes to retire them."))


def _left_out(job: Import) -> str:
    """Return what was left out by kind: `Left out (column: 2, comment: 1):`."""
    kinds = ", ".join(f"{kind}: {count}" for kind, count in job.left_out.items())
    return _("Left out (%(kinds)s):") % {"kinds": kinds}


def _print_question(question: Mapping[str, Any]) -> None:
    """Print the first rows, what the columns were taken for, and what settles it."""
    columns = question["columns"]
    heads = [f"{c['number']} {c['heading']}\n→ {c['meaning']}" for c in columns]
    table = Table(_("line"), *heads, box=None)
    for row in question["rows"]:
        cells = [*row["cells"], *[""] * len(columns)][: len(columns)]
        table.add_row(str(row["line"]), *(cell[:40] for cell in cells))
    if question["sheet"]:
        log(_("Sheet %(name)s:") % {"name": question["sheet"]})
    print_table(table, stderr=True)
    log(
        _(
            "Use --map zh=1 --map en=2 (numbers or headings) "
            "to say what the columns hold,"
        )
    )
    log(_("--from and --to for the languages of “source” and “target”,"))
    log(
        _(
            "and --heading N for the line of the heading, "
            "or --heading 0 if there is none."
        )
    )
    if len(question["sheets"]) > 1:
        template = _("To read other sheets, use --sheet: %(names)s.")
        log(template % {"names": ", ".join(question["sheets"])})


def _print_places(places: Sequence[Mapping[str, Any]]) -> None:
    table = Table(_("line"), _("column"), _("reason"), _("value"), box=None)
    for problem in places:
        text, column = locale.say_kept(problem, LOCALE), problem["column"] or ""
        line = " ".join(filter(None, (problem["sheet"], str(problem["line"] or ""))))
        table.add_row(line, column, text, problem["value"][:60])
    print_table(table, stderr=True)


def _plain(job: Import) -> dict[str, object]:
    """Return an import as the API answers it."""
    plain = {name: getattr(job, name) for name in job.__slots__ if name not in OURS}
    plain["error"] = locale.say_kept(job.error, LOCALE) if job.error else None
    for name in ("problems", "warnings", "left"):
        plain[name] = [
            {
                **{key: problem[key] for key in _PLACE},
                "message": locale.say_kept(problem, LOCALE),
            }
            for problem in getattr(job, name)
        ]
    return plain
