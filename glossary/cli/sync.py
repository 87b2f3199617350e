"""The command that keeps a file as a server would export it now."""

import time
from pathlib import Path

import click

from glossary import config
from glossary.cli.root import _, log, main
from glossary.client import Client, FreshFile, Unreachable
from glossary.formats import WRITABLE
from glossary.message import N_, Message


@main.command(help=_("Keep a file up to date with what the server exports."))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(WRITABLE),
    default="omegat",
    show_default=True,
    help=_("Format of the file."),
)
@click.option("--server", help=_("Address of the server."))
@click.option("--glossary", help=_("Only this glossary."))
@click.option("--from", "from_", help=_("Source language, in formats that list pairs."))
@click.option("--to", help=_("Target language."))
@click.option("--state", help=_("Only entries in this state."))
@click.option("--status", help=_("Only entries that have a term of this status."))
@click.option("--subject", help=_("Only entries of this subject."))
@click.option(
    "--proof", help=_("Only entries with this proof: pair, both, one or none.")
)
@click.option("--changed-since", help=_("Only entries changed after this revision."))
@click.option(
    "--layout",
    help=_("Layout of a table: terms (one row per term) or wide (one row per entry)."),
)
@click.option("--watch", is_flag=True, help=_("Keep running until stopped."))
@click.option(
    "--every",
    type=click.FloatRange(min=0.1),
    default=5.0,
    show_default=True,
    help=_("Seconds between two checks for changes."),
)
def sync(
    file: Path,
    *,
    format_: str,
    server: str | None,
    glossary: str | None,
    watch: bool,
    every: float,
    **part: str | None,
) -> None:
    """Write the file when entries changed; with `--watch`, do it again and again."""
    settings = config.settings()
    token = settings.token or None
    with Client(server or settings.server, token=token) as client:
        fields = {name.rstrip("_"): value for name, value in part.items() if value}
        fresh = FreshFile(client, file, format_, glossary=glossary, part=fields)
        template = N_("%(file)s was updated.")
        while True:
            try:
                if fresh.refresh():
                    log(_(Message(template, file=file)))
            except Unreachable as error:
                if not watch:
                    raise
                log(str(error))
            if not watch:
                return
            time.sleep(every)
