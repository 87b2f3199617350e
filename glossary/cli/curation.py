"""Commands for editors: what to look at in a glossary."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import click
import orjson
from rich.table import Table
from rich.text import Text

from glossary import errors
from glossary.cli.printing import word
from glossary.cli.root import _, as_json, console, log, main, print_json, store
from glossary.curate import made_id
from glossary.entry import Entry
from glossary.errors import Message
from glossary.formats import of_file
from glossary.formats.record import ReadOptions, Refused
from glossary.lint import ERROR, SEVERITIES, Flaw, lint
from glossary.schema import SourceSchema, load, load_entry
from glossary.store import SqliteStore

_FOUND: Final = 1


@main.command("lint", help=_("Say what an editor should look at in a glossary."))
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--glossary", help=_("Only this glossary of the store."))
@click.option(
    "--sources",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("For a FILE: the sources that may be cited, as NDJSON."),
)
@click.option(
    "--severity",
    type=click.Choice(SEVERITIES),
    default=SEVERITIES[-1],
    show_default=True,
    help=_("The lowest severity to print."),
)
@as_json
@click.pass_context
def lint_(
    ctx: click.Context,
    *,
    file: Path | None,
    glossary: str | None,
    sources: Path | None,
    severity: str,
    as_json: bool,
) -> None:
    """Print the flaws of a file, or of the store; exit with 1 when one is an error."""
    if file is not None:
        flaws = list(lint(_entries_of(file), sources=_sources_of(sources)))
    else:
        opened = store()
        known = {source.id for source in opened.sources()}
        entries = opened.all_entries(glossary)
        flaws = list(lint(entries, sources=known, others=_Stored(opened)))
    summary = Counter(flaw.severity for flaw in flaws)
    wanted = SEVERITIES[: SEVERITIES.index(severity) + 1]
    shown = sorted(
        (flaw for flaw in flaws if flaw.severity in wanted),
        key=lambda f: (SEVERITIES.index(f.severity), f.entry, f.pointer),
    )
    if as_json:
        counts = {name: summary[name] for name in SEVERITIES}
        print_json({"summary": counts, "flaws": [f.said(_(f.message)) for f in shown]})
    else:
        _print(shown, summary)
    if summary[ERROR]:
        ctx.exit(_FOUND)


class _Stored:
    """The ids of the entries in use, asked of the store one by one."""

    def __init__(self, asked: SqliteStore) -> None:
        self._asked = asked

    def __contains__(self, entry_id: object) -> bool:
        return bool(self._asked.in_use([str(entry_id)]))


def _entries_of(file: Path) -> Iterator[Entry]:
    """Yield the entries of a file; raise Unreadable at a record that is none."""
    with file.open("rb") as stream:
        read = of_file(stream, file.name).read
        assert read is not None  # noqa: S101 - a format is told among readable ones.
        for record in read(stream, ReadOptions()).records:
            if isinstance(record, Refused):
                raise errors.Unreadable(
                    record.message.template, **record.message.values
                )
            try:
                entry = load_entry(record.data)
            except errors.Invalid:
                log(f"{file.name}:{record.line}")
                raise
            yield entry if entry.id else replace(entry, id=made_id(entry))


def _sources_of(file: Path | None) -> set[str] | None:
    if file is None:
        return None
    lines = file.read_bytes().splitlines()
    return {load(SourceSchema(), orjson.loads(line)).id for line in lines}


def _print(flaws: list[Flaw], summary: Counter[str]) -> None:
    out = console(stderr=False)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for flaw in flaws:
        style = "red" if flaw.severity == ERROR else "yellow"
        place = Text(f"{flaw.entry}{flaw.pointer}")
        said = Text(_(flaw.message))
        table.add_row(Text(word(flaw.severity), style=style), flaw.code, place, said)
    if flaws:
        out.print(table)
    counted = errors.N_("%(errors)s error(s), %(warnings)s warning(s)")
    counts = {"errors": summary["error"], "warnings": summary["warning"]}
    log(_(Message(counted, **counts)))
