"""Plays a tutorial as its reader would: saves its files, runs its commands.

A line of what a command is shown to print must be among what it prints; `…` in it
stands for anything, and a line of its own for any lines.
"""

import os
import re
import shlex
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.running import Server, run

DOCS: Final = Path(__file__).parents[1] / "docs"
_BLOCK: Final = re.compile(
    r'^```(?P<kind>\w+)(?: title="(?P<name>[^"]+)")?\n(?P<body>.*?)^```$',
    re.MULTILINE | re.DOTALL,
)
_ADDRESS: Final = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Step:
    """A file to be saved, or a command with what it prints."""

    file: str = ""
    command: str = ""
    text: str = ""


def steps(page: str) -> Iterator[Step]:
    """Yield what a reader of a page does, in order."""
    for block in _BLOCK.finditer((DOCS / page).read_text("utf-8")):
        if block["name"]:
            yield Step(file=block["name"], text=block["body"])
        elif block["kind"] == "console":
            for each in re.split(r"^\$ ", block["body"], flags=re.MULTILINE)[1:]:
                command, _, shown = each.partition("\n")
                yield Step(command=command, text=shown)


def play(page: str, **environment: str) -> Iterator[tuple[Step, str]]:
    """Do each step in the folder at hand; yield it and what was printed.

    A server that the page starts is stopped at the end.
    """
    known = dict(environment)
    server = None
    try:
        for step in steps(page):
            if step.file:
                Path(step.file).write_text(step.text, "utf-8")
            elif step.command == "glossary serve":
                server = Server(known.pop("GLOSSARY_DATABASE"), **known)
                known["GLOSSARY_DATABASE"] = server.environment["GLOSSARY_DATABASE"]
            elif step.command.startswith("export "):
                name, _, value = step.command.removeprefix("export ").partition("=")
                known[name] = value.replace("$PWD", str(Path.cwd()))
            else:
                here = server.address if server else _ADDRESS
                command = step.command.replace(_ADDRESS, here)
                yield step, _printed(command, known)
    finally:
        if server is not None:
            server.kill()


def _printed(command: str, environment: Mapping[str, str]) -> str:
    """Run a command; return what it prints, on standard output and then on error."""
    line, _, target = command.partition(" > ")
    words = shlex.split(line)
    known = dict(environment)
    while "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        known[name] = value
    if words[0] == "glossary":
        database = known.pop("GLOSSARY_DATABASE")
        done = run(*words[1:], database=database, **known)
    else:
        done = subprocess.run(
            words,
            env={**os.environ, **known},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode in {0, 1}, done.stderr
    if target:
        Path(target).write_text(done.stdout, "utf-8")
    return done.stdout + done.stderr


def missing(step: Step, printed: str) -> list[str]:
    """Return the lines that a step shows and its command did not print."""
    lines = printed.splitlines()
    return [
        line
        for line in step.text.splitlines()
        if line.strip() not in {"", "…"}
        and not any(_is_like(line, each) for each in lines)
    ]


def _is_like(shown: str, line: str) -> bool:
    parts = map(re.escape, shown.rstrip().split("…"))
    return re.fullmatch(".*".join(parts), line.rstrip()) is not None
