"""What an import costs beside tools that check and index nothing.

Run `python -m benchmarks.import`. One CSV of eight columns is brought in by
`glossary import`, by `sqlite-utils insert` and by `sqlite3 .import`, in turn, in one
run, each with the machine to itself; `speed` is the import's with that of
`sqlite-utils insert` as 1. Then it is brought into another store while a reader, who
takes a good part of a processor, looks phrases up: its 99th percentile during the
import stands beside the one before it. Peak memory is that of all processes of the
import together, what they share counted once, looked at five times a second; behind
each time stands that of the processor, which a busy machine changes less.
`--only-reader` leaves all but the reader out, and `--no-reader` the reader.
"""

import argparse
import csv
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.nodes import family, memory
from benchmarks.phrases import made
from glossary.curation import load_curated
from glossary.lookup import lookup
from glossary.query import Query
from glossary.store import open_store

HEADINGS = "id zh en status reading issuer since note".split()


def write_csv(path: Path, rows: int) -> None:
    """Write a table of real-looking entries."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADINGS)
        for entry in made(rows):
            chinese, english = entry.terms[:2]
            table.writerow(
                [
                    entry.id,
                    chinese.text,
                    english.text,
                    "preferred",
                    "",
                    "MFA of China",
                    "2013",
                    "A made phrase.",
                ]
            )


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock and of processors, and the most megabytes at once."""

    seconds: float
    processor: float
    peak: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} ({self.processor:.1f})"


def timed(command: list[str], **environment: str) -> Spent:
    """Return what a command and all that it starts spend."""
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin, peak = time.perf_counter(), 0.0
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None:
        peak = max(peak, memory(family(process.pid)))
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.2)
    took = time.perf_counter() - begin
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = end.ru_utime - start.ru_utime + end.ru_stime - start.ru_stime
    return Spent(took, used, peak)


class Reader(threading.Thread):
    """Looks phrases up until told to stop or the import is there; notes the times.

    What it sees afterwards is a larger store, and no longer an import under way.
    """

    def __init__(self, database: str) -> None:
        super().__init__()
        self._database = database
        self._over = threading.Event()
        self.spent: list[float] = []

    def run(self) -> None:
        """Look one phrase up after another, with a pause as a person makes."""
        store = open_store(self._database)
        words = [term.text for entry in store.all_entries() for term in entry.terms[:2]]
        chance, first = random.Random(3), store.revision()
        while not self._over.wait(0.005) and store.revision() == first:
            begin = time.perf_counter()
            lookup(store, Query(chance.choice(words)), candidates=400)
            self.spent.append(time.perf_counter() - begin)
        store.close()

    def p99(self) -> float:
        """Stop, and return the 99th percentile in milliseconds."""
        self._over.set()
        self.join()
        return statistics.quantiles(self.spent, n=100)[98] * 1000


def _filled(path: Path) -> str:
    """Return the path of a new store with the curated glossary."""
    store = open_store(str(path))
    load_curated(store)
    store.close()
    return str(path)


def _import(source: Path, database: str) -> Spent:
    """Return what an import takes."""
    program = [sys.executable, "-m", "glossary.cli", "import", str(source)]
    return timed([*program, "--glossary", "made"], GLOSSARY_DATABASE=database)


def _read_meanwhile(source: Path, folder: Path) -> str:
    """Return what a reader waits for before and during an import."""
    database = _filled(folder / "read.db")
    idle = Reader(database)
    idle.start()
    time.sleep(10)
    before = idle.p99()
    busy = Reader(database)
    busy.start()
    took = _import(source, database)
    during = busy.p99()
    factor = f"{during / before:.1f}×"
    return f"{before:.2f} → {during:.2f} ({factor}), import {took} s"


def measured(rows: int, folder: Path, table: Table, *, alone: bool, read: bool) -> None:
    """Measure one size, by itself or beside a reader or both."""
    source = folder / "phrases.csv"
    write_csv(source, rows)
    cells = [""] * 5
    if alone:
        ours = _import(source, _filled(folder / "glossary.db"))
        utils = [sys.executable, "-m", "sqlite_utils", "insert", str(folder / "u.db")]
        theirs = timed([*utils, "phrases", str(source), "--csv"])
        bare = "not installed"
        if shutil.which("sqlite3"):
            script = f".import --csv {source} phrases"
            bare = f"{timed(['sqlite3', str(folder / 's.db'), script])}"
        speed = f"{theirs.seconds / ours.seconds:.2f}"
        speed += f" ({theirs.processor / ours.processor:.2f})"
        cells = [f"{ours}", f"{theirs}", bare, speed, f"{ours.peak:.0f}"]
    reader = _read_meanwhile(source, folder) if read else ""
    table.add_row(f"{rows:,}", *cells, reader)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--only-reader", action="store_true")
    which.add_argument("--no-reader", action="store_true")
    order = parser.parse_args()
    table = Table(
        "rows",
        "glossary import, s",
        "sqlite-utils insert, s",
        "sqlite3 .import, s",
        "speed",
        "peak MB",
        "reader's p99, ms",
        title="import of a CSV of eight columns",
    )
    for rows in order.rows:
        with tempfile.TemporaryDirectory() as name:
            measured(
                rows,
                Path(name),
                table,
                alone=not order.only_reader,
                read=not order.no_reader,
            )
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
