"""Commands that look after a store: serve it, fill it, its tokens, its file."""

import click
from granian import Granian
from granian.constants import Interfaces

from glossary import config
from glossary.cli.root import _, as_json, console, log, main, print_json, store
from glossary.curation import access, fixtures
from glossary.message import N_, Message
from glossary.store import is_address, store_at

#: With a file, one: a second one would only take turns with it. With PostgreSQL, so
#: many that reads are answered while writes wait for a database that is not there.
_THREADS, _THREADS_WAITING = 1, 16


@main.command(help=_("Serve the pages and the API."))
@click.option("--host", help=_("Address to listen on."))
@click.option("--port", type=click.IntRange(1, 65535), help=_("Port to listen on."))
@click.option("--workers", type=click.IntRange(1), help=_("Number of processes."))
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Start granian, with as many threads in each process as the store is worth."""
    settings = config.settings()
    threads = _THREADS_WAITING if is_address(settings.database) else _THREADS
    store().close()
    host, port = host or settings.host, port or settings.port
    said = N_("Serving http://%(at)s")
    log(_(Message(said, at=f"{host}:{port}")))
    Granian(
        "glossary.web:create_app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or settings.workers or config.cores(),
        blocking_threads=settings.threads or threads,
        factory=True,
        respawn_failed_workers=True,
    ).serve()


@main.command("load-fixtures", help=_("Bring the curated glossary into the store."))
@click.option("--if-empty", is_flag=True, help=_("Only when the store has no entry."))
@as_json
def load_fixtures(*, if_empty: bool, as_json: bool) -> None:
    """Load the curated glossary; what was changed here since stays as it is."""
    opened = store()
    if if_empty and opened.glossaries():
        log(_("The store has entries already; nothing was loaded."))
        return
    with console().status(_("Loading the curated glossary …")):
        loaded = fixtures.load_curated(opened)
    if as_json:
        print_json(loaded)
        return
    counted = N_(
        "%(created)s created, %(updated)s updated, %(unchanged)s unchanged, %(kept)s "
        "kept as changed here"
    )
    click.echo(
        _(
            Message(
                counted,
                created=loaded.created,
                updated=loaded.updated,
                unchanged=loaded.unchanged,
                kept=loaded.kept,
            )
        )
    )


@main.group(help=_("Make, list and revoke the tokens that writing needs."))
def token() -> None:
    """Run one command on tokens."""


@token.command("create", help=_("Make a token and print it: it is shown only once."))
@click.argument("name")
@click.option(
    "--scope",
    type=click.Choice(access.SCOPES),
    default="write",
    show_default=True,
    help=_("What the token may do."),
)
def token_create(name: str, scope: str) -> None:
    """Print a new token."""
    click.echo(access.create(store(), name, scope=scope))
    log(_("Keep it well: only its digest is stored, so it cannot be shown again."))


@token.command("list", help=_("List the tokens by name; the tokens are not shown."))
@as_json
def token_list(*, as_json: bool) -> None:
    """Print name, scope and age of every token."""
    rows = store().tokens()
    if as_json:
        names = ("name", "scope", "created")
        print_json([dict(zip(names, row, strict=True)) for row in rows])
        return
    for row in rows:
        click.echo("\t".join(row))


@token.command("revoke", help=_("Make a token useless from now on."))
@click.argument("name")
def token_revoke(name: str) -> None:
    """Remove a token."""
    with store().write(by="cli") as write:
        write.remove_token(name)


@main.group(help=_("Look after the store's file."))
def db() -> None:
    """Run one command on the store."""


@db.command("upgrade", help=_("Bring the store's file up to this version."))
@as_json
def db_upgrade(*, as_json: bool) -> None:
    """Apply the migrations that are missing."""
    settings = config.settings()
    opened = store_at(settings.database, busy_timeout=settings.busy_timeout)
    applied = opened.upgrade()
    if as_json:
        print_json({"applied": applied})
    else:
        click.echo("\n".join(applied) or _("The store is up to date."))
