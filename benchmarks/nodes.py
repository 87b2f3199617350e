"""What several web processes answer, with a file and with PostgreSQL, beside a hello.

Run `python -m benchmarks.nodes --rows 100000`. One CSV is imported by `glossary import`
into a file of SQLite and into a PostgreSQL of this benchmark's own (Debian's, on this
machine, without fsync), and by `sqlite-utils insert`; then both are looked up in over
HTTP by four connections, each number of processes and a bare hello in turn, round by
round. Nothing is remembered between look-ups (`GLOSSARY_CACHE=0`). CPU is what the
server's and PostgreSQL's processes spent; `speed` is the rate with that of as many
hellos as 1. `--processes 1 --connections 1 4 16 64 256` asks by so many readers at once
(who share the cores with the server), and says what they wait. With `--before CHECKOUT`
(`git worktree add`) an earlier version stands beside, over a PostgreSQL of its own.
"""

import argparse
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import quote

from rich.console import Console
from rich.table import Table

from benchmarks.versions import package
from glossary.store import Store, open_store
from tests import postgresql

_TICK = os.sysconf("SC_CLK_TCK")


class Engine(NamedTuple):
    """A database, and the folder of another version's package that works on it."""

    database: str
    package: str = ""

    @property
    def is_served(self) -> bool:
        """Whether it is a database of PostgreSQL, and not a file."""
        return "://" in self.database

    def environment(self) -> dict[str, str]:
        """Return what a command needs to work on it, without limits of rate.

        An earlier version may know no limits, and refuses what it does not know.
        """
        chosen = {"PYTHONPATH": self.package, "PYTHONSAFEPATH": "1"}
        unlimited = {"GLOSSARY_RATE_READS": ""}
        return {"GLOSSARY_DATABASE": self.database} | (
            chosen if self.package else unlimited
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """One round: answers a second, CPU milliseconds each, and megabytes of memory.

    `p50` and `p99` are the milliseconds that a reader waited, `refusals` those who were
    turned away.
    """

    rate: float
    cpu: float
    memory: float
    p50: float
    p99: float
    refusals: int


def spent(pids: Sequence[int]) -> float:
    """Return the CPU seconds that processes and their dead children have spent."""
    seconds = 0.0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        seconds += sum(map(int, fields[11:15])) / _TICK
    return seconds


def memory(pids: Sequence[int]) -> float:
    """Return megabytes of memory, what is shared counted once."""
    size = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            # It has ended meanwhile, or is another's.
            continue
        size += sum(int(each.split()[1]) for each in lines if each.startswith("Pss:"))
    return size / 1024


def family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            found += family(int(child))
    return found


def families(roots: Sequence[int]) -> list[int]:
    """Return several processes and all that they started."""
    return [pid for root in roots for pid in family(root)]


@contextmanager
def served(command: list[str], port: int, **environment: str) -> Iterator[int]:
    """Run a server until it is no longer needed; yield its process."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        for _ in range(400):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        time.sleep(1.0)
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def asked(port: int, paths: Sequence[str], until: float) -> tuple[list[float], int]:
    """Ask one path after another; return the seconds of each, and how many went away.

    Who is turned away (503) asks the next by a new connection.
    """
    times: list[float] = []
    refusals = 0
    while time.perf_counter() < until:
        with socket.create_connection(("127.0.0.1", port)) as line:
            reader = line.makefile("rb")
            while (begin := time.perf_counter()) < until:
                path = paths[len(times) % len(paths)]
                request = f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n"
                line.sendall(request.encode())
                if (status := _read(reader)) == b"503":
                    refusals += 1
                    break
                if status != b"200":
                    raise SystemExit(f"{status.decode()} for {path}")
                times.append(time.perf_counter() - begin)
    return times, refusals


def _read(reader: BinaryIO) -> bytes:
    """Read an answer; return its status."""
    status, length = reader.readline().split()[1], 0
    while (header := reader.readline()) != b"\r\n":
        name, _, value = header.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
    reader.read(length)
    return status


def loaded(
    port: int,
    paths: Sequence[str],
    seconds: float,
    pids: Callable[[], Sequence[int]],
    connections: int,
) -> Figures:
    """Load a server for a while, after a moment that is not counted.

    The processes are named after that: PostgreSQL has one for each connection.
    """

    def load(until: float) -> tuple[list[float], int]:
        with ThreadPoolExecutor(connections) as readers:
            shifts = [n * len(paths) // connections for n in range(connections)]
            work = [
                readers.submit(asked, port, [*paths[n:], *paths[:n]], until)
                for n in shifts
            ]
        parts = [reader.result() for reader in work]
        times = [each for times, _ in parts for each in times]
        return times, sum(refusals for _, refusals in parts)

    load(time.perf_counter() + 1.0)
    busy = pids()
    before = spent(busy)
    times, refusals = load(time.perf_counter() + seconds)
    cpu = (spent(busy) - before) / len(times) * 1000
    cuts = [1000 * each for each in statistics.quantiles(times, n=100)]
    held = memory(busy)
    return Figures(len(times) / seconds, cpu, held, cuts[49], cuts[98], refusals)


def addresses(store: Store, number: int) -> list[str]:
    """Return look-ups in all tiers of Chinese and English wordings, in turn."""
    chance = random.Random(4)
    entries = store.entries(limit=number * 4)
    chosen = chance.sample(entries, min(number, len(entries)))
    words = [term.text for entry in chosen for term in entry.terms[:2]]
    return [f"/api/v1/lookup?q={quote(word)}" for word in words]


def measured(
    engines: dict[str, Engine],
    cluster: postgresql.Cluster,
    options: argparse.Namespace,
    folder: Path,
) -> Table:
    """Load each number of processes of each kind in turn."""
    table = Table(
        *("processes", "readers", "engine", "look-ups/s", "speed", "× the first"),
        *("p50 ms", "p99 ms", "503", "CPU ms each", "web MB"),
        title=f"{options.rows:,} entries, {os.cpu_count()} cores for all",
    )
    store = open_store(engines["SQLite"].database)
    paths = addresses(store, 2000)
    store.close()
    ones: dict[str, float] = {}
    for processes, connections in product(options.processes, options.connections):
        greetings, found = [], {name: list[Figures]() for name in engines}
        for _ in range(options.rounds):
            port = postgresql.free_port()
            hello = ["granian", "--interface", "wsgi", "--workers", str(processes)]
            hello += ["--port", str(port), "--no-log", "--factory"]
            with served([*hello, "benchmarks.lookup:hello"], port) as pid:
                greeted = loaded(
                    port,
                    ["/hello"],
                    options.seconds,
                    partial(family, pid),
                    connections,
                )
            greetings.append(greeted.rate)
            for name, engine in engines.items():
                port = postgresql.free_port()
                serve = ["glossary.cli", "serve", "--port", str(port)]
                with served(
                    [*serve, "--workers", str(processes)],
                    port,
                    GLOSSARY_CACHE="0",
                    GLOSSARY_IMPORTS=str(folder),
                    **engine.environment(),
                ) as pid:
                    roots = [pid]
                    if engine.is_served:
                        roots.append(cluster.process.pid)
                    figures = loaded(
                        port,
                        paths,
                        options.seconds,
                        partial(families, roots),
                        connections,
                    )
                    web = memory(family(pid))
                found[name].append(replace(figures, memory=web))
        for name, rounds in found.items():
            rate = statistics.median(each.rate for each in rounds)
            ones.setdefault(name, rate)
            table.add_row(
                *(f"{processes}", f"{connections}", name, f"{rate:.0f}"),
                f"{rate / statistics.median(greetings):.3f}",
                f"{rate / ones[name]:.2f}",
                f"{statistics.median(each.p50 for each in rounds):.2f}",
                f"{statistics.median(each.p99 for each in rounds):.2f}",
                f"{sum(each.refusals for each in rounds)}",
                f"{statistics.median(each.cpu for each in rounds):.2f}",
                f"{statistics.median(each.memory for each in rounds):.0f}",
            )
    return table


def imported(
    engines: dict[str, Engine], cluster: postgresql.Cluster, rows: int, folder: Path
) -> Table:
    """Bring the same rows into both, and say what it took and how much they hold.

    Processor time is that of the program and of PostgreSQL's processes.
    """
    by_import = import_module("benchmarks.import")
    table = Table(
        *("engine", "seconds", "processor, s", "speed", "by processor", "disk, MB"),
        title=f"import of {rows:,}, sqlite-utils insert as 1",
    )
    source = folder / "phrases.csv"
    by_import.write_csv(source, rows)
    utils = [sys.executable, "-m", "sqlite_utils", "insert", str(folder / "u.db")]
    bare = by_import.timed([*utils, "phrases", str(source), "--csv"])
    own = f"{bare.seconds:.1f}", f"{bare.processor:.1f}", "1.00", "1.00", ""
    table.add_row("sqlite-utils insert", *own)
    for name, engine in engines.items():
        program = [sys.executable, "-m", "glossary.cli", "import", str(source)]
        before = spent(family(cluster.process.pid))
        took = by_import.timed([*program, "--glossary", "made"], **engine.environment())
        processor = took.processor + spent(family(cluster.process.pid)) - before
        if engine.is_served:
            with import_module("psycopg").connect(engine.database) as line:
                size = line.execute(
                    "select pg_database_size(current_database())"
                ).fetchone()[0]
        else:
            size = sum(each.stat().st_size for each in folder.glob("glossary.db*"))
        table.add_row(
            *(name, f"{took.seconds:.1f}", f"{processor:.1f}"),
            f"{bare.seconds / took.seconds:.3f}",
            f"{bare.processor / processor:.3f}",
            f"{size / 1e6:.0f}",
        )
    return table


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--connections", type=int, nargs="+", default=[4])
    parser.add_argument("--before", default="")
    options = parser.parse_args()
    cluster = postgresql.Cluster()
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            engines = {
                "SQLite": Engine(str(folder / "glossary.db")),
                "PostgreSQL": Engine(cluster.new()),
            }
            if options.before:
                place, before = Path(options.before).resolve(), folder / "before"
                before.mkdir()
                package(place, before, place)
                engines["PostgreSQL, before"] = Engine(cluster.new(), str(before))
            console = Console(width=110)
            console.print(imported(engines, cluster, options.rows, folder))
            console.print(measured(engines, cluster, options, folder))
    finally:
        cluster.stop()


if __name__ == "__main__":
    main()
