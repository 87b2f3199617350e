"""What a program reads at its start: only what it needs."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from glossary.cli import main
from glossary.cli.root import HOMES

#: Libraries that are large, or that hardly anything needs.
HEAVY: Final = frozenset(
    "numpy opencc pypinyin rjieba simplemma lxml xlsxwriter polib python_calamine docx "
    "granian httpx sqlite_utils babel apispec flask".split()
)


def imported(program: str, *arguments: str) -> set[str]:
    """Return the names of all modules that a program has imported at its end."""
    tell = (
        "import atexit, sys\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", tell + program, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"GLOSSARY_DATABASE": "none-at-all.db", "PATH": ""},
    )
    assert done.stderr, done
    return set(done.stderr.splitlines()[-1].split())


def test_the_version_is_told_by_the_root_of_the_command_line_alone() -> None:
    modules = imported("from glossary.cli import main; main()", "--version")
    rooms = {name.split(".")[1] for name in modules if name.startswith("glossary.")}
    assert rooms <= {"cli", "config", "entry", "errors", "message", "speech"} | {
        "store",
        "text",
    }
    ours = {name for name in modules if name.startswith("glossary.cli.")}
    assert ours == {"glossary.cli.root"}
    assert modules & (HEAVY | {"rich", "marshmallow", "msgspec", "rapidfuzz"}) == set()
    assert "glossary.store.store" not in modules
    assert "glossary.entry.nouns" not in modules


def test_the_client_is_imported_without_what_only_a_server_needs() -> None:
    modules = imported("from glossary.client import Client")
    heavy = HEAVY | {"click", "rich", "marshmallow", "sqlite3", "rapidfuzz"}
    assert modules & heavy == set()
    assert "glossary.text.fold" not in modules
    rooms = {name.split(".")[1] for name in modules if name.startswith("glossary.")}
    assert rooms == {"client", "entry", "errors", "message", "query", "text"}


@pytest.mark.parametrize(
    ("query", "libraries"),
    [
        ("新型大国关系", HEAVY | {"marshmallow"}),
        ("major-country diplomacy", HEAVY | {"marshmallow"}),
    ],
)
def test_a_look_up_in_a_shell_reads_neither_files_nor_the_web(
    query: str, libraries: set[str], curated_file: Path
) -> None:
    program = (
        "import os\n"
        f"os.environ['GLOSSARY_DATABASE'] = {str(curated_file)!r}\n"
        "from glossary.cli import main; main()"
    )
    modules = imported(program, "lookup", query)
    assert modules & libraries == set()
    rooms = {name.split(".")[1] for name in modules if name.startswith("glossary.")}
    assert not rooms & {"formats", "bitext", "curation", "transfer", "serving", "web"}


def test_every_command_is_found_by_its_module() -> None:
    context = main.make_context("glossary", ["--help"], resilient_parsing=True)
    assert set(main.list_commands(context)) == set(HOMES)
