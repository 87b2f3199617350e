"""The work that is measured beside peers: `python -m benchmarks.results`.

Files and starts stand here; what is looked for, and by whom, in `benchmarks.beside`.
"""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import sqlite_utils

from glossary.curation import load_curated
from glossary.formats import by_name
from glossary.query import Order, Part
from glossary.store import Store, open_store
from glossary.transfer import take_out
from glossary.transfer.records import bring_in

Work = Callable[[], object]


class Spent(float):
    """Seconds of the processor that work tells of itself, which another program did."""


class Pair(NamedTuple):
    """Work of ours and the same of a peer; `found` says how much each finds."""

    name: str
    ours: Work
    peer: Work
    found: str = ""


def of_files(folder: Path, size: int) -> Iterator[Pair]:
    """Yield imports and exports, and what a command takes to start."""
    yield from _imports(folder, size)
    yield from _exports(folder)
    yield from _starts(folder)


def _imports(folder: Path, size: int) -> Iterator[Pair]:
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

    yield Pair(f"import of {size:,} rows; sqlite-utils insert", imported, inserted)
    again = open_store(str(folder / "again.db"))
    _bring(again, source)
    name = f"the same again, every row read, {size:,} rows; sqlite-utils insert"
    yield Pair(name, partial(_bring, again, source), inserted)
    again.close()
    once = folder / "once.db"
    open_store(str(once)).close()
    ours = partial(_run, once, "glossary.cli", "import", source, "--glossary=made")
    ours()
    insert = ("sqlite_utils", "insert", folder / "v.db", "phrases", source, "--csv")
    peer = partial(_run, folder / "v.db", *insert, "--replace", "--pk=id")
    name = f"the same file again, {size:,} rows; sqlite-utils insert, both as commands"
    yield Pair(name, ours, peer)


def _bring(store: Store, source: Path) -> None:
    with source.open("rb") as file:
        order = Order(glossary="made")
        bring_in(store, by_name("csv"), file, order, by="bench", heed=lambda _: None)


def _exports(folder: Path) -> Iterator[Pair]:
    store = open_store(str(folder / "curated.db"))
    load_curated(store)
    sql = "select document from entry where state != 'retired' order by id"

    def raw() -> None:
        io.BytesIO().writelines(f"{row[0]}\n".encode() for row in store.rows(sql))

    for name in ("ndjson", "csv", "tbx3", "xlsx", "skos"):
        taken = partial(_out, store, name)
        yield Pair(f"export, {name}; documents as they are", taken, raw)
    store.close()


def _out(store: Store, name: str) -> None:
    stream = io.BytesIO()
    take_out(store, by_name(name), stream, part=Part(), drop=lambda _: None)


def _starts(folder: Path) -> Iterator[Pair]:
    database = folder / "curated.db"
    python = partial(_run, database, "this")
    for words in (["--version"], ["lookup", "新型大国关系"]):
        ours = partial(_run, database, "glossary.cli", *words)
        yield Pair(f"glossary {' '.join(words)}; python -m this", ours, python)


def _run(database: Path, module: str, *words: str | Path) -> None:
    """Run a module of Python as a command, over a store."""
    subprocess.run(
        [sys.executable, "-m", module, *map(str, words)],
        env={**os.environ, "GLOSSARY_DATABASE": str(database)},
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
