"""The root of the command line: the group, its errors, and what commands share."""

from collections.abc import Mapping
from typing import Any, Final

import click
from rich.console import Console

from glossary import DISTRIBUTION, config, errors
from glossary.entry import Garbled, codec
from glossary.errors import GlossaryError
from glossary.speech import negotiate, say
from glossary.store import Store, damaged, of_system, open_store

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


class Commands(click.Group):
    """Commands whose errors end the program with their own exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; end with the exit code of an error of ours."""
        try:
            return super().invoke(ctx)
        except GlossaryError as error:
            raise failure(error) from None
        except BrokenPipeError:
            raise
        except OSError as error:
            refusal = of_system(error)
            raise Failure(74, _(refusal.message) if refusal else str(error)) from None
        except Garbled as error:
            place = config.settings().database.rpartition("@")[2]
            raise failure(damaged(place, error)) from None


@click.group(cls=Commands, help=_("A Chinese-English termbase for set phrases."))
@click.version_option(package_name=DISTRIBUTION, prog_name="glossary")
def main() -> None:
    """Run one command."""


as_json = click.option(
    "--json", "as_json", is_flag=True, help=_("Print JSON, as the API answers it.")
)


def store(*, new: bool = False) -> Store:
    """Open the store that the settings name; with `new`, make it when there is none."""
    settings = config.settings()
    return open_store(
        settings.database,
        new=new,
        busy_timeout=settings.busy_timeout,
        standby_wait=settings.standby_wait,
    )


def log(text: str) -> None:
    """Print a line to standard error."""
    click.echo(text, err=True)


def console(*, stderr: bool = True) -> Console:
    """Return a console of rich, which takes no text for markup."""
    return Console(stderr=stderr, highlight=False, soft_wrap=True)


def print_json(noun: object) -> None:
    """Print a noun as the API answers it."""
    click.echo(codec.write(noun))
