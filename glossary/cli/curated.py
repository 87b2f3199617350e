"""The command that fills a store with the curated glossary."""

import sys

import click

from glossary.cli.root import _, as_json, log, main, print_json, store
from glossary.curation import fixtures
from glossary.message import N_, Message


@main.command("load-fixtures", help=_("Load the curated glossary into the store."))
@click.option("--if-empty", is_flag=True, help=_("Only if the store has no entry."))
@as_json
def load_fixtures(*, if_empty: bool, as_json: bool) -> None:
    """Load the curated glossary; what was changed here since stays as it is."""
    store_here = store(new=True)
    if if_empty and store_here.glossaries():
        log(_("The store already has entries; nothing was loaded."))
        return
    if sys.stderr.isatty():
        log(_("Loading the curated glossary …"))
    loaded = fixtures.load_curated(store_here)
    if as_json:
        print_json(loaded)
        return
    template = N_(
        "%(created)s created, %(updated)s updated, %(unchanged)s unchanged, %(kept)s "
        "kept as changed here"
    )
    click.echo(
        _(
            Message(
                template,
                created=loaded.created,
                updated=loaded.updated,
                unchanged=loaded.unchanged,
                kept=loaded.kept,
            )
        )
    )
