"""Run the mutants: `python -m tests.mutants [--jobs N] [NAME …]`, or `make mutants`.

Exit with 1 when a mutant survives that is not argued for, when one that is argued for
dies, and when one finds no place; a NAME is a mutant's or a module's. The test that
found a mutant last time stands in `killers.txt` and is asked first, the other tests of
the module only where it finds nothing; `--note` writes down what was found.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Final, NamedTuple

from tests.mutants import (
    KILLERS,
    MODULES,
    ROOT,
    TESTS,
    Misplaced,
    Mutant,
    killers,
    listed,
    mutated,
)

#: What a copy of the house needs to run its tests.
_COPIED: Final = ("glossary", "tests", "locales", "fixtures", "docs", "pyproject.toml")
#: Seconds after which a mutant counts as dead: it does not come to an end.
_LONGEST: Final = 900
_ROW: Final = re.compile(r"^\| `([a-z0-9-]+)` \|", re.MULTILINE)
SURVIVORS: Final = Path(__file__).with_name("survivors.md")


class Fate(NamedTuple):
    """What became of a mutant, after how long, and the test that found it, or why not.

    `what` is `killed`, `survived`, `misplaced`, or `untested` where its tests fail
    without any mutant.
    """

    mutant: Mutant
    what: str
    seconds: float
    test: str = ""


def argued() -> set[str]:
    """Return the names of the mutants that may survive."""
    return set(_ROW.findall(SURVIVORS.read_text("utf-8")))


def main(asked: Sequence[str] | None = None) -> int:
    """Run the mutants that are asked for; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--note", action="store_true", help="write killers.txt")
    given = parser.parse_args(asked)
    chosen = [
        each
        for each in listed()
        if not given.names or {each.name, each.module} & {*given.names}
    ]
    may_survive = argued()
    wrong = 0
    began = time.monotonic()
    for fate in _fates(chosen, given.jobs):
        name = fate.mutant.name
        expected = "survived" if name in may_survive else "killed"
        mark = " " if fate.what == expected else "!"
        wrong += fate.what != expected
        print(f"{mark} {fate.what:9} {name:40} {fate.seconds:5.1f} s {fate.test}")  # noqa: T201 - it is a command.
        sys.stdout.flush()
        if given.note and "::" in fate.test:
            _note(name, fate.test)
    seconds = time.monotonic() - began
    print(f"{len(chosen)} mutants, {wrong} not as expected, {seconds:.0f} s")  # noqa: T201 - it is a command.
    return int(wrong > 0)


def _note(name: str, test: str) -> None:
    """Write down which test found a mutant, in the order of the mutants."""
    tests = killers() | {name: test}
    lines = [
        f"{each.name} {tests[each.name]}" for each in listed() if each.name in tests
    ]
    KILLERS.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _fates(chosen: Sequence[Mutant], jobs: int) -> Iterable[Fate]:
    """Yield what becomes of each mutant, in order, `jobs` of them at a time."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as place:
        free: SimpleQueue[Path] = SimpleQueue()
        for number in range(max(jobs, 1)):
            free.put(_copy(Path(place) / str(number)))
        first = killers()
        house = free.get()
        asked = dict.fromkeys(first[each.name] for each in chosen if each.name in first)
        if asked and (test := _tested(house, [*asked])):
            raise SystemExit(f"{test} fails without any mutant")
        free.put(house)
        sound: dict[str, str] = {}

        def fate(mutant: Mutant) -> Fate:
            house = free.get()
            try:
                if mutant.name in first:
                    fate = _fate(house, mutant, [first[mutant.name]])
                    if fate.what != "survived":
                        return fate
                if mutant.module not in sound:
                    sound[mutant.module] = _tested(house, TESTS[mutant.module])
                if test := sound[mutant.module]:
                    return Fate(mutant, "untested", 0, f"{test} fails without it")
                return _fate(house, mutant, TESTS[mutant.module])
            finally:
                free.put(house)

        with ThreadPoolExecutor(max(jobs, 1)) as pool:
            yield from pool.map(fate, chosen)


def _copy(house: Path) -> Path:
    """Return a copy of the house, with its modules compiled."""
    for name in _COPIED:
        source, target = ROOT / name, house / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            without = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, target, ignore=without)
        else:
            shutil.copy(source, target)
    command = ["-m", "compileall", "-q", "--invalidation-mode", "checked-hash"]
    subprocess.run([sys.executable, *command, "glossary"], cwd=house, check=True)
    return house


def _fate(house: Path, mutant: Mutant, tests: Sequence[str]) -> Fate:
    """Put a mutant into a house, see whether tests fail, and take it out again."""
    path = house / MODULES[mutant.module]
    right = path.read_text("utf-8")
    began = time.monotonic()
    try:
        path.write_text(mutated(right, mutant), "utf-8")
        test = _tested(house, tests)
    except (Misplaced, SyntaxError) as error:
        return Fate(mutant, "misplaced", 0, str(error))
    finally:
        path.write_text(right, "utf-8")
    what = "killed" if test else "survived"
    return Fate(mutant, what, time.monotonic() - began, test)


def _tested(house: Path, tests: Sequence[str]) -> str:
    """Return the first test that fails, with its module, or why there is none.

    Empty when all pass.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": str(house),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    options = ["-x", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider"]
    options += ["--engine=sqlite", "--hypothesis-seed=1"]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *tests],
            cwd=house,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONGEST,
        )
    except subprocess.TimeoutExpired:
        return "it does not come to an end"
    if done.returncode == 0:
        return ""
    failed = re.search(r"^(?:FAILED|ERROR) (\S+?::\w+)", done.stdout, re.MULTILINE)
    if failed is None and "Error" not in done.stdout + done.stderr:
        raise SystemExit(done.stdout + done.stderr)
    return failed[1] if failed else "it cannot be imported"


if __name__ == "__main__":
    sys.exit(main())
