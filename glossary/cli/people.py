"""Commands that look after people: users, their roles, tokens, the log; and `init`."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from glossary import config, errors
from glossary.cli.root import _, as_json, log, main, print_json, store
from glossary.curation import fixtures
from glossary.entry import EVERY
from glossary.message import N_
from glossary.people import RANKS, SCOPES, members
from glossary.schema import load
from glossary.schema import people as schema
from glossary.store import Store, store_at

_BY = members.at_the_machine()


def _link(code: str) -> str:
    """Return the address at which a one-time link leads to a new password."""
    settings = config.settings()
    here = settings.url or f"http://{settings.host}:{settings.port}"
    return f"{here.rstrip('/')}/sign-in/link/{code}"


def _new_link(store_here: Store, user_id: str) -> None:
    hours = config.settings().link_hours
    code = members.reset(store_here, user_id, by=_BY, hours=hours)
    click.echo(_link(code))
    log(_("This link works once and sets a new password; do not share it."))


@main.group(help=_("Manage the people who may sign in and what they may do."))
def user() -> None:
    """Run one command on people."""


@user.command("create", help=_("Add a person and print a one-time link for them."))
@click.argument("user_id", metavar="ID")
@click.option("--name", default="", help=_("The person's name."))
@click.option("--email", default="", help=_("E-mail address."))
@click.option("--lang", default="", help=_("Language that the person reads."))
@click.option("--role", type=click.Choice(RANKS), help=_("The person's role."))
@click.option(
    "--glossary",
    default=EVERY,
    show_default=True,
    help=_("Glossary in which the role applies; * means all."),
)
def user_create(user_id: str, *, role: str | None, glossary: str, **about: str) -> None:
    """Make a person."""
    fields = {name: text for name, text in about.items() if text}
    body: dict[str, Any] = {"id": user_id, **fields}
    if role:
        body["roles"] = {glossary: role}
    person, roles = load(schema.UserBody(), body)
    store_here = store()
    members.create(store_here, person, by=_BY, roles=roles)
    _new_link(store_here, person.id)


@user.command("list", help=_("List all people and their roles."))
@as_json
def user_list(*, as_json: bool) -> None:
    """Print everybody."""
    people = store().people
    everybody = [(p, people.with_roles(p.id)[1]) for p in people.all()]
    if as_json:
        print_json([{"user": person, "roles": roles} for person, roles in everybody])
        return
    for person, roles in everybody:
        text = " ".join(f"{where}={role}" for where, role in sorted(roles.items()))
        click.echo(f"{person.id}\t{person.name}\t{person.state}\t{text}")


@user.command(
    "reset", help=_("Reset a password and print a one-time link to set a new one.")
)
@click.argument("user_id", metavar="ID")
def user_reset(user_id: str) -> None:
    """Print a link."""
    _new_link(store(), user_id)


@user.command("leave", help=_("End a person's tokens, sessions and roles."))
@click.argument("user_id", metavar="ID")
@click.option("--to", default="", help=_("Who takes over their unfinished work."))
def user_leave(user_id: str, to: str) -> None:
    """Let a person go."""
    count = members.leave(store(), user_id, by=_BY, to=to)
    log(_("Tokens ended: %(count)s") % {"count": count})


@user.command("forget", help=_("Replace a person's name with a number everywhere."))
@click.argument("user_id", metavar="ID")
def user_forget(user_id: str) -> None:
    """Print what the history calls them from now on."""
    click.echo(members.forget(store(), user_id, by=_BY))


@user.command(
    "role", help=_("Give a person a role in a glossary; “none” takes it away.")
)
@click.argument("user_id", metavar="ID")
@click.argument("role", type=click.Choice([*RANKS, "none"]))
@click.option(
    "--glossary",
    default=EVERY,
    show_default=True,
    help=_("Glossary in which the role applies; * means all."),
)
def user_role(user_id: str, role: str, glossary: str) -> None:
    """Give a role."""
    new_role = None if role == "none" else role
    members.give(store(), user_id, glossary, new_role, by=_BY)


@main.group(help=_("Create, list and revoke tokens for programs."))
def token() -> None:
    """Run one command on tokens."""


@token.command("create", help=_("Create a token and print it; it is shown only once."))
@click.argument("name")
@click.option(
    "--scope",
    type=click.Choice(SCOPES),
    default="write",
    show_default=True,
    help=_("What the token may do."),
)
@click.option(
    "--user",
    default="",
    help=_("Person whose token it is; by default it belongs to a machine."),
)
@click.option(
    "--glossary",
    multiple=True,
    help=_("Glossary in which the token is valid; may be given more than once."),
)
@click.option("--expires", help=_("Last day on which the token is valid: YYYY-MM-DD."))
def token_create(
    name: str, scope: str, user: str, glossary: tuple[str, ...], expires: str | None
) -> None:
    """Print a new token."""
    wish = {"name": name, "scope": scope, "glossaries": [*glossary]}
    ticket, _is_machines = load(schema.TokenBody(), {**wish, "expires": expires})
    click.echo(members.make_token(store(), replace(ticket, person=user), by=_BY))
    log(_("Keep it safe: only its digest is stored, so it cannot be shown again."))


@token.command(
    "list", help=_("List tokens by name; the tokens themselves are not shown.")
)
@as_json
def token_list(*, as_json: bool) -> None:
    """Print name, scope and age of every token."""
    tokens = store().people.tokens()
    if as_json:
        print_json(tokens)
        return
    for ticket in tokens:
        where = ",".join(ticket.glossaries) or EVERY
        line = (ticket.name, ticket.scope, ticket.created, ticket.person, where)
        click.echo("\t".join((*line, ticket.expires, ticket.used)).rstrip())


@token.command("revoke", help=_("Revoke a token."))
@click.argument("name")
def token_revoke(name: str) -> None:
    """Remove a token."""
    members.revoke_token(store(), name, by=_BY)


@main.command("log", help=_("Show who did what, newest first."))
@click.option("--by", help=_("Only what this person or token did."))
@click.option(
    "--action",
    help=_("Only actions of this kind: sign-in, token, role, user, import, purge …"),
)
@click.option(
    "--limit",
    default=100,
    show_default=True,
    type=click.IntRange(1),
    help=_("Maximum number of lines."),
)
@as_json
def show_log(by: str | None, action: str | None, limit: int, *, as_json: bool) -> None:
    """Print the log, a line for each deed."""
    deeds = store().people.deeds(limit=limit, by=by, action=action)
    if as_json:
        for deed in deeds:
            print_json(deed)
        return
    for deed in deeds:
        more = " ".join(f"{name}={value}" for name, value in deed.details.items())
        line = (deed.at, deed.by or "-", deed.action, deed.about or "-")
        click.echo("\t".join((*line, deed.address or "-", more)).rstrip())


def _write_settings(path: Path, settings: config.Settings) -> None:
    """Write the settings of this store, to be used from any folder by its owner.

    A file that is there is left as it is.
    """
    database = settings.database
    if "://" not in database:
        database = str(Path(database).absolute())
    values = replace(settings, database=database)
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        log(_("“%(path)s” is there already and was left as it is.") % {"path": path})
        return
    path.write_text(
        "".join(
            f"GLOSSARY_{name.upper()}={getattr(values, name)}\n"
            for name in ("database", "host", "port", "url", "open_reads")
        ),
        "utf-8",
    )
    log(_("The settings were written to %(path)s.") % {"path": path})


@main.command(
    help=_("Set up a store: the curated glossary, settings and the first admin.")
)
@click.option(
    "--admin", default="admin", show_default=True, help=_("The admin's user name.")
)
@click.option("--email", default="", help=_("E-mail address."))
@click.option("--empty", is_flag=True, help=_("Leave out the curated glossary."))
@click.option(
    "--settings",
    "path",
    type=click.Path(path_type=Path),
    help=_("Write a settings file, for GLOSSARY_SETTINGS to name."),
)
def init(admin: str, email: str, path: Path | None, *, empty: bool) -> None:
    """Fill a store and print a one-time link for its first admin."""
    user = {"id": admin, "email": email, "roles": {EVERY: "admin"}}
    person, roles = load(schema.UserBody(), user)
    settings = config.settings()
    is_there = store_at(settings.database, busy_timeout=settings.busy_timeout).stands()
    store_here = store(new=not is_there)
    if any(role == "admin" for _p, _g, role in store_here.people.roles(EVERY)):
        raise errors.Conflict(
            N_("There is an admin already; “glossary user reset” gives a new link.")
        )
    if not empty:
        counts = fixtures.load_curated(store_here)
        log(_("Entries loaded: %(count)s") % {"count": counts.created})
    if path is not None:
        _write_settings(path, settings)
    members.create(store_here, person, by=_BY, roles=roles)
    _new_link(store_here, person.id)
