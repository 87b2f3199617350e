"""Commands that look after a store: serve it, its file."""

import hashlib
import json
import sys
import time
from contextlib import suppress
from functools import partial
from pkgutil import resolve_name
from typing import Any, Final

import click

from glossary import config, errors, modules_stay
from glossary.cli.root import Failure, _, as_json, log, main, print_json, store
from glossary.curation import teller
from glossary.message import N_, Message
from glossary.people import members
from glossary.serving import (
    Bounds,
    Door,
    Keeper,
    Lanes,
    Plan,
    Systemd,
    Worker,
    opened,
)
from glossary.speech import WORDS
from glossary.store import is_address, of_every_proof, store_at
from glossary.transfer import under_way

#: With a file, one: a second one would only take turns with it. With PostgreSQL, so
#: many that reads are answered while writes wait for a database that is not there.
_THREADS, _THREADS_WAITING = 1, 16
#: Seconds after which an upgrade says how far it is, and then between two times.
_PATIENCE: Final = 5
#: What a renewed server is told by the one it was.
_INHERITED: Final = "--inherited"


@main.command(help=_("Serve the web pages and the API."))
@click.option("--host", help=_("Address to listen on."))
@click.option("--port", type=click.IntRange(1, 65535), help=_("Port to listen on."))
@click.option("--workers", type=click.IntRange(1), help=_("Number of processes."))
@click.option(
    _INHERITED,
    hidden=True,
    default="",
    help=_("What a server that is renewed hands on to itself."),
)
@click.option(
    "--trial", hidden=True, is_flag=True, help=_("Only check that it would start.")
)
def serve(
    host: str | None,
    port: int | None,
    workers: int | None,
    *,
    inherited: str,
    trial: bool,
) -> None:
    """Keep workers, with as many threads in each as the store is worth.

    With `trial`, only show that a server could begin like that.
    """
    settings = config.settings()
    host, port = host or settings.host, port or settings.port
    own_store = store()
    own_store.tidy()
    if not trial:
        with suppress(errors.StoreError):
            members.note_settings(own_store, settings)
    own_store.close()
    before = json.loads(inherited) if inherited else {}
    digest = _digest(settings.database, host, port)
    if before.get("asked", digest) != digest:
        template = N_(
            "The address or the database has changed; "
            "stop the server and start it again."
        )
        raise Failure(2, _(Message(template)))
    with modules_stay():
        make = resolve_name("glossary.web:create_app")
        lanes_of = resolve_name("glossary.web:lanes")
    if trial:
        make().extensions["glossary"].store.close()
        return
    door = Door.inherited(before["door"]) if before else opened(host, port)
    resolve_name("glossary.web:share_counts")()
    resolve_name("glossary.web:share_numbers")()
    door.give_up_after(settings.answer_timeout)
    threads = _THREADS_WAITING if is_address(settings.database) else _THREADS
    keeper = Keeper(
        door,
        Worker(
            lambda: _begun(make()),
            lanes=Lanes(
                resolve_name("glossary.web:lane_of"),
                lanes_of(settings.threads or threads),
                resolve_name("glossary.web:patience")(settings.max_wait),
                partial(resolve_name("glossary.web:sender"), proxies=settings.proxies),
                unshared=resolve_name("glossary.web:UNSHARED"),
            ),
            bounds=Bounds(
                connections=settings.connections,
                idle=settings.idle_timeout,
                body=settings.body_timeout,
                waiting=settings.max_waiting,
                bodies=settings.max_import + settings.max_body,
            ),
            drain=settings.drain,
            begun=under_way,
            tell=resolve_name("glossary.web:turned_away"),
        ),
        Plan(
            workers=workers or settings.workers or config.cores(),
            drain=settings.drain,
            linger=settings.linger,
            stuck=settings.stuck,
        ),
        systemd=Systemd(*config.notified()),
        again=lambda state: _again({**state, "asked": digest}),
        say=lambda message: log(_(message)),
    )
    keeper.take_over(before.get("workers", []))
    raise SystemExit(keeper.run())


def _begun(app: Any) -> Any:
    """Return an application whose wordings are being gathered."""
    running = app.extensions["glossary"]
    running.recognition.gather(resolve_name("glossary.recognition:rehearse"))
    teller.Teller(running.store, running.settings).start()
    return app


def _digest(database: str, host: str, port: int) -> str:
    """Return what tells whether a renewed server would be the same to its callers."""
    place = database.rpartition("@")[2] if is_address(database) else database
    return hashlib.sha256(f"{place} {host} {port}".encode()).hexdigest()


def _again(state: dict[str, object]) -> list[str]:
    """Return the command that this process was started with, and what it is to know."""
    arguments = sys.orig_argv[1:]
    if _INHERITED in arguments:
        at = arguments.index(_INHERITED)
        del arguments[at : at + 2]
    return [sys.executable, *arguments, _INHERITED, json.dumps(state)]


@main.group(help=_("Maintain the store's file."))
def db() -> None:
    """Run one command on the store."""


@db.command("create", help=_("Create an empty store where there has never been one."))
def db_create() -> None:
    """Make the store that the settings name; exit with 65 when there is one."""
    settings = config.settings()
    store_here = store_at(settings.database, busy_timeout=settings.busy_timeout)
    if store_here.stands():
        raise errors.Conflict(N_("There is already a store; it was left as it is."))
    store(new=True).close()
    log(_("An empty store was created."))


@db.command(
    "epoch",
    help=_(
        "Show the epoch, which tells this store from its copies, or begin a new one."
    ),
)
@click.option(
    "--new",
    is_flag=True,
    help=_("Begin a new epoch, after the file was copied or restored by other means."),
)
@as_json
def db_epoch(*, new: bool, as_json: bool) -> None:
    """Print the epoch, which followers of the store hold their copies by."""
    store_here = store()
    if new:
        with store_here.write(by="epoch") as write:
            write.begin_epoch()
    now = store_here.moment()
    if as_json:
        print_json({"epoch": now.epoch, "revision": now.revision})
    else:
        click.echo(now.epoch)


class _Progress:
    """Prints how far an upgrade is, now and then, where it takes long."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _PATIENCE

    def __call__(self, number: int, of: int) -> None:
        """Print how many entries are indexed, unless it was told a moment ago."""
        if time.monotonic() >= self._next:
            message = N_("%(done)s of %(of)s entries indexed")
            log(_(Message(message, done=number, of=of)))
            self._next = time.monotonic() + _PATIENCE


@db.command("upgrade", help=_("Upgrade the store's file to this version."))
@as_json
def db_upgrade(*, as_json: bool) -> None:
    """Apply the migrations that are missing."""
    settings = config.settings()
    store_here = store_at(settings.database, busy_timeout=settings.busy_timeout)
    if not store_here.stands():
        store_here.check()
    applied = store_here.upgrade(tell=_Progress())
    proofs = of_every_proof(store_here.browse.tally("proof-approved"))
    if as_json:
        print_json({"applied": applied, "approved": proofs})
        return
    click.echo("\n".join(applied) or _("The store is up to date."))
    click.echo(_("Approved entries, by the proof of their leading pair:"))
    for state, count in proofs.items():
        click.echo(f"{count:>8}  {state:<5} {_(WORDS[state])}")
