"""The command line. Results go to standard output, progress and logs to standard error.

Exit codes: 0 done, 1 nothing found, 2 wrong usage, 65 data that breaks a rule, 74 the
store or a file cannot be read or written.
"""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, Final

import click
from granian import Granian
from granian.constants import Interfaces
from rich.console import Console
from rich.table import Table
from rich.text import Text

from glossary import config, curated, document, errors, tokens
from glossary.entry import Entry, Hit, Term
from glossary.errors import GlossaryError, Message
from glossary.lookup import Answer
from glossary.lookup import lookup as find
from glossary.schema import LookupQuery, load
from glossary.store import SqliteStore, open_store
from glossary.web.locale import negotiate, say
from glossary.web.words import WORDS

_LOCALE: Final = negotiate([config.language()])
_EXIT_CODES: Final[Mapping[type[GlossaryError], int]] = {
    GlossaryError: 74,
    config.BadSetting: 2,
    errors.Invalid: 65,
    errors.Unreadable: 65,
    errors.Conflict: 65,
    errors.Stale: 65,
    errors.NotFound: 1,
    errors.StoreError: 74,
}


def _(message: str) -> str:
    return say(message, _LOCALE)


class _Failure(click.exceptions.Exit):
    """The end of the program, after what went wrong was said on standard error."""

    def __init__(self, code: int, *lines: str) -> None:
        _log("\n".join(lines))
        super().__init__(code)


def _failure(error: GlossaryError) -> _Failure:
    lines = [_(error.message)]
    if isinstance(error, errors.Invalid):
        lines += [f"  {p.pointer or '/'}: {_(p.detail)}" for p in error.problems]
    kinds = type(error).__mro__
    return _Failure(next(_EXIT_CODES[k] for k in kinds if k in _EXIT_CODES), *lines)


class _Commands(click.Group):
    """Commands whose errors end the program with their own exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GlossaryError as error:
            raise _failure(error) from None
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _Failure(74, str(error)) from None


@click.group(cls=_Commands, help=_("A Chinese-English termbase for set phrases."))
@click.version_option(version("glossary"), prog_name="glossary")
def main() -> None:
    """Run one command."""


_as_json = click.option(
    "--json", "as_json", is_flag=True, help=_("Print JSON, as the API answers it.")
)


@main.command(help=_("Serve the pages and the API."))
@click.option("--host", help=_("Address to listen on."))
@click.option("--port", type=click.IntRange(1, 65535), help=_("Port to listen on."))
@click.option("--workers", type=click.IntRange(1), help=_("Number of processes."))
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Start granian with one blocking thread in each process."""
    settings = config.settings()
    _store().close()
    host, port = host or settings.host, port or settings.port
    _log(_(Message(errors.N_("Serving http://%(at)s"), at=f"{host}:{port}")))
    Granian(
        "glossary.web:create_app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or settings.workers or config.cores(),
        blocking_threads=1,
        factory=True,
        respawn_failed_workers=True,
    ).serve()


@main.command(help=_("Look a phrase up, in Chinese or English."))
@click.argument("q", nargs=-1, required=True)
@click.option("--from", "from_", help=_("Language of the query."))
@click.option("--to", help=_("Language wanted."))
@click.option("--glossary", help=_("Look in this glossary only."))
@click.option("--subject", help=_("Look in this subject field only."))
@click.option("--as-of", help=_("Lead with the rendering in force at this time."))
@click.option("--issuer", help=_("Lead with the renderings of this issuer."))
@click.option("--tier", help=_("The lowest tier wanted."))
@click.option("--limit", type=int, help=_("How many entries at most."))
@_as_json
@click.pass_context
def lookup(
    ctx: click.Context, /, q: tuple[str, ...], *, as_json: bool, **asked: Any
) -> None:
    """Print the hits; exit with 1 when there are none."""
    asked["from"] = asked.pop("from_")
    given = {name: value for name, value in asked.items() if value is not None}
    query = load(LookupQuery(), {"q": " ".join(q), **given})
    store = _store()
    answer = find(store, query, candidates=config.settings().candidates)
    if as_json:
        _print_json(_answered(answer, store.revision()))
    for hit in () if as_json else answer.hits:
        _print_hit(hit)
    if not answer.hits:
        _log(_(Message(errors.N_("Nothing found for “%(q)s”."), q=answer.q)))
        ctx.exit(1)


@main.command(help=_("Print one entry."))
@click.argument("entry_id", metavar="ID")
@_as_json
def show(entry_id: str, *, as_json: bool) -> None:
    """Print an entry with all its terms."""
    entry = _store().entry(entry_id)
    if as_json:
        _print_json(entry)
    else:
        _print_entry(entry)


@main.command("load-fixtures", help=_("Bring the curated glossary into the store."))
@click.option("--if-empty", is_flag=True, help=_("Only when the store has no entry."))
@_as_json
def load_fixtures(*, if_empty: bool, as_json: bool) -> None:
    """Load the curated glossary; what was changed here since stays as it is."""
    store = _store()
    if if_empty and store.glossaries():
        _log(_("The store has entries already; nothing was loaded."))
        return
    with _console().status(_("Loading the curated glossary …")):
        loaded = curated.load_curated(store)
    if as_json:
        _print_json(loaded)
        return
    click.echo(
        _(
            Message(
                errors.N_(
                    "%(created)s created, %(updated)s updated, %(unchanged)s "
                    "unchanged, %(kept)s kept as changed here"
                ),
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
    type=click.Choice(tokens.SCOPES),
    default="write",
    show_default=True,
    help=_("What the token may do."),
)
def token_create(name: str, scope: str) -> None:
    """Print a new token."""
    click.echo(tokens.create(_store(), name, scope=scope))
    _log(_("Keep it well: only its digest is stored, so it cannot be shown again."))


@token.command("list", help=_("List the tokens by name; the tokens are not shown."))
@_as_json
def token_list(*, as_json: bool) -> None:
    """Print name, scope and age of every token."""
    rows = _store().tokens()
    if as_json:
        names = ("name", "scope", "created")
        _print_json([dict(zip(names, row, strict=True)) for row in rows])
        return
    for row in rows:
        click.echo("\t".join(row))


@token.command("revoke", help=_("Make a token useless from now on."))
@click.argument("name")
def token_revoke(name: str) -> None:
    """Remove a token."""
    with _store().write(by="cli") as write:
        write.remove_token(name)


@main.group(help=_("Look after the store's file."))
def db() -> None:
    """Run one command on the store."""


@db.command("upgrade", help=_("Bring the store's file up to this version."))
@_as_json
def db_upgrade(*, as_json: bool) -> None:
    """Apply the migrations that are missing."""
    settings = config.settings()
    store = SqliteStore(settings.database, busy_timeout=settings.busy_timeout)
    applied = store.upgrade()
    if as_json:
        _print_json({"applied": applied})
    else:
        click.echo("\n".join(applied) or _("The store is up to date."))


def _store() -> SqliteStore:
    settings = config.settings()
    return open_store(settings.database, busy_timeout=settings.busy_timeout)


def _log(text: str) -> None:
    click.echo(text, err=True)


def _console(*, stderr: bool = True) -> Console:
    return Console(stderr=stderr, highlight=False, soft_wrap=True)


def _print_json(noun: object) -> None:
    click.echo(document.write(noun))


def _answered(answer: Answer, revision: int) -> dict[str, object]:
    echo = {"q": answer.q, "from": answer.from_, "to": answer.to}
    return {"query": echo, "revision": revision, "hits": answer.hits}


def _word(name: str) -> str:
    return _(WORDS.get(name, name))


def _print_hit(hit: Hit) -> None:
    console = _console(stderr=False)
    why = ", ".join([_word(hit.tier), *map(_word, hit.via)])
    head = Text(hit.term.text, style="bold")
    if hit.term.status != "preferred":
        head.append(f"  {_word(hit.term.status)}", style="yellow")
    head.append(f"  {why}", style="dim")
    if hit.state == "draft":
        head.append(f"  {_word('draft')}", style="yellow")
    console.print(head)
    if hit.use:
        said = Message(errors.N_("use instead: %(text)s"), text=hit.use[0].text)
        console.print(Text(f"  → {_(said)}", style="yellow"))
    for term in hit.equivalents:
        console.print(Text("  ").append(term.text).append(_facts(term), style="dim"))


def _facts(term: Term) -> str:
    period = (
        f"{term.since or ''}–{term.until or ''}" if term.since or term.until else ""
    )
    parts = (_word(term.status), term.issuer or "", period)
    return "  " + " · ".join(filter(None, parts))


def _print_entry(entry: Entry) -> None:
    console = _console(stderr=False)
    console.print(Text(entry.id, style="bold"), Text(_word(entry.state), style="dim"))
    for text in entry.definition.values():
        console.print(Text(f"  {text}"))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for term in entry.terms:
        facts = _facts(term).strip()
        table.add_row(Text(term.lang), Text(term.text), Text(term.reading or facts))
    console.print(table)


if __name__ == "__main__":
    main()
