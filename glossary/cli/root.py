"""The root of the command line: the group, its errors, and what commands share."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Final

import click

from glossary import DISTRIBUTION, config, entry, errors, late, modules_stay
from glossary import store as stores
from glossary.errors import GlossaryError
from glossary.message import N_, Message
from glossary.speech import LOCALES, negotiate, say

if TYPE_CHECKING:
    from importlib import metadata

    from rich import console as consoles
else:
    metadata, consoles = map(late, ("importlib.metadata", "rich.console"))

LOCALE: Final = negotiate([config.language()])
EXIT_CODES: Final[Mapping[type[GlossaryError], int]] = {
    GlossaryError: 74,
    errors.BadSetting: 2,
    errors.Invalid: 65,
    errors.Unreadable: 65,
    errors.Conflict: 65,
    errors.Stale: 65,
    errors.NotFound: 1,
    errors.StoreError: 74,
    errors.DoorTaken: 69,
    errors.UnreadableFile: 65,
    errors.Cancelled: 1,
    errors.TooLarge: 74,
    errors.TooMany: 74,
    errors.MatchRequired: 74,
    errors.Unauthorized: 74,
    errors.Forbidden: 74,
    errors.Gone: 74,
}


def _(message: str) -> str:
    return say(message, LOCALE)


if LOCALE in LOCALES[1:]:
    import_module("glossary.cli.framing").translated(_)


class Failure(click.exceptions.Exit):
    """The end of the program, after what went wrong was said on standard error."""

    def __init__(self, code: int, *lines: str) -> None:
        log("\n".join(lines))
        super().__init__(code)


def failure(error: GlossaryError) -> Failure:
    """Return the end of the program that an error of ours means."""
    lines = [_(error.message)]
    lines += [f"  {p.pointer or '/'}: {_(p.detail)}" for p in error.problems]
    kinds = type(error).__mro__
    return Failure(next(EXIT_CODES[k] for k in kinds if k in EXIT_CODES), *lines)


#: The module that makes a command; one that is not listed is found by reading all.
HOMES: Final[Mapping[str, str]] = {
    "annotate": "texts",
    "attest": "editors",
    "backup": "backup",
    "bulk": "bulk",
    "check": "texts",
    "db": "backup",
    "doctor": "doctor",
    "embed": "lookups",
    "export": "files",
    "import": "files",
    "lint": "editors",
    "load-fixtures": "curated",
    "lookup": "lookups",
    "lsp": "assistants",
    "mcp": "assistants",
    "missed": "lookups",
    "push": "push",
    "restore": "backup",
    "run-import": "files",
    "serve": "store",
    "show": "lookups",
    "sync": "sync",
    "init": "people",
    "log": "people",
    "token": "people",  # nosec B105 - a command.
    "undo": "bulk",
    "user": "people",
}


class Commands(click.Group):
    """Commands whose errors end the program with their own exit code.

    A command's module is read when the command is run, so that none waits for the
    libraries of the others.
    """

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, from its module, which is read now."""
        if cmd_name in HOMES:
            with modules_stay():
                import_module(f"glossary.cli.{HOMES[cmd_name]}")
        elif cmd_name not in self.commands:
            self.list_commands(ctx)
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands; all their modules are read."""
        for module in iter_modules(import_module("glossary.cli").__path__):
            if not module.name.startswith("__"):
                import_module(f"glossary.cli.{module.name}")
        return super().list_commands(ctx)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; end with the exit code of an error of ours."""
        try:
            return super().invoke(ctx)
        except GlossaryError as error:
            raise failure(error) from None
        except BrokenPipeError:
            raise
        except OSError as error:
            refusal = stores.of_system(error)
            text = refusal.message if refusal else _unusable(error)
            raise Failure(74, _(text)) from None
        except entry.Garbled as error:
            place = config.settings().database.rpartition("@")[2]
            raise failure(stores.damaged(place, error)) from None


def _unusable(error: OSError) -> str:
    """Return what to say of a file that a command was given and cannot use."""
    if not isinstance(error.filename, str):
        return str(error)
    path = Path(error.filename)
    if error.errno == errno.EISDIR:
        return Message(N_("%(path)s is a folder, not a file."), path=path)
    if error.errno != errno.ENOENT:
        return str(error)
    if path.parent.is_dir():
        return Message(N_("There is no file %(path)s."), path=path)
    return Message(N_("There is no folder %(path)s."), path=path.parent)


def _version(ctx: click.Context, _option: click.Parameter, value: object) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"glossary, version {metadata.version(DISTRIBUTION)}")
        ctx.exit()


@click.group(cls=Commands, help=_("A Chinese-English termbase for set phrases."))
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help=_("Show the version and exit."),
)
def main() -> None:
    """Run one command."""
    config.go_by(config.settings)


as_json = click.option(
    "--json", "as_json", is_flag=True, help=_("Print JSON, as the API returns it.")
)


def store(*, new: bool = False) -> stores.Store:
    """Open the store that the settings name; with `new`, make it when there is none."""
    settings = config.settings()
    return stores.open_store(
        settings.database,
        new=new,
        busy_timeout=settings.busy_timeout,
        standby_wait=settings.standby_wait,
    )


def log(text: str) -> None:
    """Print a line to standard error."""
    click.echo(text, err=True)


def console(*, stderr: bool = True) -> consoles.Console:
    """Return a console of rich, which takes no text for markup."""
    return consoles.Console(stderr=stderr, highlight=False, soft_wrap=True)


def print_json(noun: object) -> None:
    """Print a noun as the API answers it."""
    click.echo(entry.codec.write(noun))
