"""Commands that copy a whole store: to another engine, to a backup, and back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from glossary import config
from glossary.cli.root import _, as_json, console, main, print_json, store
from glossary.cli.store import db
from glossary.message import N_, counted
from glossary.store import Holdings
from glossary.transfer import backup as backups


@db.command("copy", help=_("Copy all entries and their history to an empty store."))
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@as_json
def db_copy(source: str, target: str, *, as_json: bool) -> None:
    """Copy between files and databases; go on with a copy that was interrupted."""
    with _watched(_("Copying …")) as watch:
        holdings = backups.copied(source, target, watch=watch)
    _print(holdings, as_json=as_json)


@main.command(help=_("Back up the whole store to a new file, even while it is in use."))
@click.argument("target", type=click.Path(path_type=Path))
@as_json
def backup(target: Path, *, as_json: bool) -> None:
    """Make a backup and try it out."""
    with _watched(_("Copying …")) as watch:
        holdings = backups.backup(store(), target, watch=watch)
    _print(holdings, as_json=as_json)


@main.command(help=_("Restore a backup into a new or empty store."))
@click.argument("source", type=click.Path(path_type=Path))
@as_json
def restore(source: Path, *, as_json: bool) -> None:
    """Restore a backup and try it out."""
    with _watched(_("Copying …")) as watch:
        holdings = backups.restore(source, config.settings().database, watch=watch)
    _print(holdings, as_json=as_json)


@contextmanager
def _watched(text: str) -> Iterator[Callable[[int, int], None]]:
    with console().status(text) as status:
        yield lambda copied_number, total: status.update(
            f"{text} {copied_number}/{total}"
        )


def _print(holdings: Holdings, *, as_json: bool) -> None:
    if as_json:
        print_json(holdings._asdict())
        return
    message = counted(
        holdings.entries,
        N_("1 entry, revision %(revision)s, sha256 %(digest)s"),
        N_("%(count)s entries, revision %(revision)s, sha256 %(digest)s"),
        revision=holdings.revision,
        digest=holdings.digest,
    )
    click.echo(_(message))
