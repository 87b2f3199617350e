"""What the service costs beside peers, in one run, kept in benchmarks/RESULTS.md.

    python -m benchmarks.results [--rows N] [--rounds N] [--check]

A row is the median ratio of a peer's processor time to ours, both doing the same work
in turn, round by round: 1 is as fast, 0.5 half as fast. The spread is that of all
rounds. Against the results that are kept, a ratio that fell by more than a tenth is
said aloud, and the exit code is 1. With `--check` nothing is written.
"""

import argparse
import csv
import io
import os
import platform
import re
import resource
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import sqlite_utils

from glossary.curation import load_curated
from glossary.formats import by_name
from glossary.lookup import lookup
from glossary.query import Order, Part, Query
from glossary.store import Store, open_store
from glossary.transfer import take_out
from glossary.transfer.records import bring_in

KEPT = Path(__file__).with_name("RESULTS.md")
#: A ratio that falls by more is said aloud.
_TOLERANCE = 0.10
_ROW = re.compile(r"\| ([^|]+) \| ([\d.]+) \|")
_ROWS = re.compile(r"^\| [^|]+ \| [\d.]+ \|.*$", re.MULTILINE)
_WORDS = ("主权", "新型大国关系", "win-win cooperation", "mutual respect", "核心利益")
Work = Callable[[], object]


class Row(NamedTuple):
    """A row of the results: median ratio with its spread, and our milliseconds."""

    name: str
    ratio: float
    least: float
    most: float
    ours: float


def main() -> None:
    """Measure every row, say what has become slower, and keep the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = list(_work(Path(folder), given.rows))
        rows = [measured(*each, rounds=given.rounds) for each in work]
    text = KEPT.read_text("utf-8") if KEPT.exists() else ""
    slower = regressions(kept(text), rows)
    for said in slower:
        print(f"SLOWER: {said}", file=sys.stderr)
    told = page(rows, given.rounds, before=text)
    print(told)
    if not given.check:
        KEPT.write_text(told, "utf-8")
    sys.exit(bool(slower))


def measured(name: str, ours: Work, peer: Work, *, rounds: int) -> Row:
    """Do both in turn, in an order that changes, and return the row."""
    ratios, spent = [], []
    for number in range(rounds + 1):
        order = (ours, peer) if number % 2 else (peer, ours)
        times = {each: _timed(each) for each in order}
        if number:
            ratios.append(times[peer] / max(times[ours], 1e-9))
            spent.append(times[ours])
    middle = statistics.median(ratios)
    return Row(name, middle, min(ratios), max(ratios), statistics.median(spent) * 1000)


def kept(text: str) -> dict[str, float]:
    """Return the ratios of a page of results by the names of their rows.

    >>> kept("| import | 0.07 | 0.06–0.08 | 12 |")
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


def page(rows: list[Row], rounds: int, *, before: str = "") -> str:
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
        "| work, and the peer | ratio | spread | ours, ms |",
        "|---|---|---|---|",
    ]
    told = {line.split("|")[1].strip(): line for line in _ROWS.findall(before)}
    told |= {
        r.name: f"| {r.name} | {r.ratio:.3f} | {r.least:.3f}–{r.most:.3f} | "
        f"{r.ours:.1f} |"
        for r in rows
    }
    lines += [told[name] for name in sorted(told)]
    return "\n".join(lines) + "\n"


def _timed(work: Work) -> float:
    """Return the processor time of some work, with that of the processes it starts."""
    begin = _spent()
    work()
    return _spent() - begin


def _spent() -> float:
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    usages = map(resource.getrusage, whose)
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _work(folder: Path, size: int) -> Iterator[tuple[str, Work, Work]]:
    """Yield each row: its name, our work, and the same of the peer."""
    source = folder / "phrases.csv"
    import_module("benchmarks.import").write_csv(source, size)
    numbers = iter(range(1_000))

    def imported() -> None:
        with closing(open_store(str(folder / f"{next(numbers)}.db"))) as store:
            _bring(store, source)

    def inserted() -> None:
        database = sqlite_utils.Database(folder / "u.db", recreate=True)
        with source.open(encoding="utf-8", newline="") as file:
            database["phrases"].insert_all(csv.DictReader(file))
        database.close()

    yield f"import of {size:,} rows; sqlite-utils insert", imported, inserted
    again = open_store(str(folder / "again.db"))
    _bring(again, source)
    yield (
        f"the same again, unchanged, {size:,} rows; sqlite-utils insert",
        lambda: _bring(again, source),
        inserted,
    )
    store = open_store(str(folder / "curated.db"))
    load_curated(store)
    sql = "select document from entry where state != 'retired' order by id"

    def raw() -> None:
        io.BytesIO().writelines(f"{row[0]}\n".encode() for row in store.rows(sql))

    for name in ("ndjson", "csv", "tbx3"):
        yield (
            f"export, {name}; documents as they are",
            lambda name=name: _out(  # type: ignore[misc]
                store, name
            ),
            raw,
        )

    def looked_up() -> None:
        for word in _WORDS:
            lookup(store, Query(word), candidates=400)

    def selected() -> None:
        for word in _WORDS:
            store.rows("select document from entry where id = ?", [word])

    yield "five look-ups; a row by its key", looked_up, selected


def _bring(store: Store, source: Path) -> None:
    with source.open("rb") as file:
        order = Order(glossary="made")
        bring_in(store, by_name("csv"), file, order, by="bench", heed=lambda _: None)


def _out(store: Store, name: str) -> None:
    stream = io.BytesIO()
    take_out(store, by_name(name), stream, part=Part(), drop=lambda _: None)


if __name__ == "__main__":
    main()
