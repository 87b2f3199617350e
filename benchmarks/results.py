"""What the service costs beside peers, in one run, kept in benchmarks/RESULTS.md.

    python -m benchmarks.results [--rows N] [--rounds N] [--sizes N …] [--check]

A row is the median ratio of a peer's processor time to ours, both doing the same work
in turn, round by round: 1 is as fast, 0.5 half as fast. The spread is that of all
rounds. Where both look for something, the row says how much of it each found. Then the
same work is done as a store grows from size to size, an exponent is fitted to its cost
(1 is in proportion), and all of it is drawn. Against the results that are kept, a ratio
that fell by more than a tenth is said aloud, and the exit code is 1. With `--check`
nothing is written.
"""

import argparse
import os
import platform
import re
import resource
import sqlite3
import statistics
import sys
import tempfile
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from benchmarks.beside import looked_for
from benchmarks.growth import Growth, drawn, growths, lines_of
from benchmarks.pairs import Pair, Spent, Work, of_files

KEPT = Path(__file__).with_name("RESULTS.md")
PICTURE = Path(__file__).with_name("growth.svg")
#: A ratio that falls by more is said aloud.
_TOLERANCE = 0.10
_ROW = re.compile(r"\| ([^|]+) \| ([\d.]+) \| [\d.]+–")
_ROWS = re.compile(r"^\| [^|]+ \| [\d.]+ \| [\d.]+–.*$", re.MULTILINE)
_GROWTH = "## As a store grows"


class Row(NamedTuple):
    """A row of the results: median ratio with its spread, and our milliseconds.

    `found` says how much of what was to be found each of both found, where that is
    measured.
    """

    name: str
    ratio: float
    least: float
    most: float
    ours: float
    found: str = ""


def main() -> None:
    """Measure every row, say what has become slower, and keep the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder), given.rows
        for pair in chain(of_files(*work), looked_for(*work)):
            rows.append(measured(pair, rounds=given.rounds))
            print(rows[-1].name, f"{rows[-1].ratio:.3f}", file=sys.stderr)
    grown = growths(given.sizes) if len(given.sizes) > 1 else []
    text = KEPT.read_text("utf-8") if KEPT.exists() else ""
    slower = regressions(kept(text), rows)
    for said in slower:
        print(f"SLOWER: {said}", file=sys.stderr)
    told = page(rows, given.rounds, before=text, grown=grown)
    print(told)
    if not given.check:
        KEPT.write_text(told, "utf-8")
        if grown:
            PICTURE.write_text(drawn(grown), "utf-8")
    sys.exit(bool(slower))


def measured(pair: Pair, *, rounds: int) -> Row:
    """Do both in turn, in an order that changes, and return the row."""
    ratios, spent = [], []
    for number in range(rounds + 1):
        order = (pair.ours, pair.peer) if number % 2 else (pair.peer, pair.ours)
        times = {work: _timed(work) for work in order}
        if number:
            ratios.append(times[pair.peer] / max(times[pair.ours], 1e-9))
            spent.append(times[pair.ours])
    ours = statistics.median(spent) * 1000
    middle = statistics.median(ratios)
    return Row(pair.name, middle, min(ratios), max(ratios), ours, pair.found)


def kept(text: str) -> dict[str, float]:
    """Return the ratios of a page of results by the names of their rows.

    >>> kept("| import | 0.07 | 0.06–0.08 | 12 | |")
    {'import': 0.07}
    """
    return {name.strip(): float(ratio) for name, ratio in _ROW.findall(text)}


def regressions(before: dict[str, float], rows: list[Row]) -> list[str]:
    """Return what has become slower than it was by more than the tolerance.

    >>> regressions({"import": 0.10}, [Row("import", 0.08, 0.07, 0.09, 12.0)])
    ['import: 0.08 instead of 0.10']
    """
    return [
        f"{row.name}: {row.ratio:.2f} instead of {before[row.name]:.2f}"
        for row in rows
        if row.ratio < before.get(row.name, 0) * (1 - _TOLERANCE)
    ]


def page(
    rows: list[Row], rounds: int, *, before: str = "", grown: list[Growth] | None = None
) -> str:
    """Return the results as Markdown, with those of other sizes as they were."""
    machine = (
        f"{platform.machine()}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
    lines = [
        "# Results",
        "",
        "Written by `make bench` and `make bench-quick`: processor time of a peer",
        f"divided by ours, both in turn, {rounds} rounds. {machine}.",
        "",
        "| work; the peer | ratio | spread | ours, ms | found by us, by the peer |",
        "|---|---|---|---|---|",
    ]
    told = {line.split("|")[1].strip(): line for line in _ROWS.findall(before)}
    told |= {
        r.name: f"| {r.name} | {r.ratio:.3f} | {r.least:.3f}–{r.most:.3f} | "
        f"{r.ours:.1f} | {r.found} |"
        for r in rows
    }
    lines += [told[name] for name in sorted(told)]
    if grown:
        lines += ["", _GROWTH, "", *lines_of(grown)]
    elif _GROWTH in before:
        lines += ["", before[before.index(_GROWTH) :].rstrip("\n")]
    return "\n".join(lines) + "\n"


def _timed(work: Work) -> float:
    """Return the processor time of some work, with that of the processes it starts.

    What the work tells of itself counts instead: a program that goes on has no end.
    """
    begin = _spent()
    told = work()
    return told if isinstance(told, Spent) else _spent() - begin


def _spent() -> float:
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    usages = map(resource.getrusage, whose)
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
