"""What Click says around our texts, usage and refusals, in the reader's language."""

import gettext
import re
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

import click

from glossary.message import N_

#: As Click writes them; what is not here, or was written otherwise by another version
#: of Click, is said in English.
MESSAGES: Final = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("default: {default}"),
    N_("required"),
    N_("Aborted!"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Did you mean {possibility}?"),
    N_("(Did you mean one of: {possibilities}?)"),
    N_("Missing command."),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("Option {name!r} requires an argument."),
    N_("Option {name!r} requires {nargs} arguments."),
    N_("Got unexpected extra argument ({args})"),
    N_("Got unexpected extra arguments ({args})"),
    N_("Argument {name!r} takes {nargs} values."),
    N_("Takes {nargs} values but 1 was given."),
    N_("Takes {nargs} values but {len} were given."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Choose from:\n\t{choices}"),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("{value!r} is not {choice}."),
    N_("{value!r} is not one of {choices}."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("file"),
    N_("directory"),
    N_("path"),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is not readable."),
    N_("{name} {filename!r} is not writable."),
    N_("Could not open file {filename!r}: {message}"),
)

#: What Click sets around names and between sentences without asking for a translation,
#: and what Chinese writes there.
_MARKS: Final = (
    (re.compile(r"(?<=')\.(?=\s|$)"), "。"),
    (re.compile(r"(?<='), (?=')"), "、"),
    (re.compile(r"(?<=[。：？）]) (?=\S)"), ""),
)


def translated(say: Callable[[str], str]) -> None:
    """Have every module of Click ask `say` where it would ask gettext.

    Click looks for catalogues of its own in the system's folders, where none is; the
    names by which its modules call gettext are the only place to answer for it. What
    its modules write without asking, headings' colons and the stops of refusals, is
    written as Chinese has it.
    """

    def say_counted(one: str, several: str, count: int) -> str:
        return say(one if count == 1 else several)

    for name, module in list(sys.modules.items()):
        names = vars(module) if name.partition(".")[0] == "click" else {}
        if names.get("_") is gettext.gettext:
            names["_"] = say
        if names.get("ngettext") is gettext.ngettext:
            names["ngettext"] = say_counted
    click.Context.formatter_class = _help(say)
    kinds: list[Any] = list(vars(click.exceptions).values())
    for kind in kinds:
        if "format_message" in getattr(kind, "__dict__", {}):
            kind.format_message = _marked(kind.format_message)


def _help(say: Callable[[str], str]) -> type[click.HelpFormatter]:
    """Return what writes help with the colons of the language that `say` speaks."""

    class Help(click.HelpFormatter):
        def write_usage(
            self, prog: str, args: str = "", prefix: str | None = None
        ) -> None:
            super().write_usage(prog, args, say("Usage:") if prefix is None else prefix)

        def write_heading(self, heading: str) -> None:
            line = say(N_("{heading}:")).format(heading=heading)
            self.write(f"{'':>{self.current_indent}}{line}\n")

    return Help


def _marked(message: Callable[..., str]) -> Callable[..., str]:
    """Return a method whose text has the marks of Chinese where Click set its own."""

    @wraps(message)
    def chinese(error: click.ClickException) -> str:
        text = message(error)
        for pattern, mark in _MARKS:
            text = pattern.sub(mark, text)
        return text

    return chinese
