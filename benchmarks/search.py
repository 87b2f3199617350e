"""How fast and how well phrases are found as the glossary grows, beside other ways.

Run `python -m benchmarks.search [--sizes N …] [--keep FOLDER]`. Stores of each size are
made first (a million entries take a quarter of an hour; `--keep` uses them again). All
figures of a table come from one run. The queries are made from terms of the store: as
written, folded, inflected, in pinyin, cut, and with mistakes. A kind that asks for one
tier is asked with it as the lowest; “everything” asks with the default. Each file is
read once before, so that no figure is that of the disk; times are of the processor.

The peers search the same terms: rapidfuzz over the whole list, SQLite's FTS5 with its
trigram tokenizer, and PostgreSQL's pg_trgm where `--postgres URL` leads to a server
(with psycopg installed). `found` is how often the right entry is among the first ten.
"""

import argparse
import gc
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table

from benchmarks.mistakes import Query, queries
from benchmarks.peers import postgres_trigrams
from benchmarks.phrases import fill
from glossary.errors import Invalid
from glossary.lookup import lookup, suggest
from glossary.query import Query as Asked
from glossary.store import SqliteStore, open_store

CANDIDATES = 400
#: So many queries of the peers are not counted.
_WARM = 3
#: The lowest tier that a kind of query is asked with; the rest asks for everything.
TIERS = {
    "exact": "folded",
    "folded": "folded",
    "inflected": "inflected",
    "pinyin": "pinyin",
    "prefix": "prefix",
    "part": "part",
    "one character": "part",
    "two characters": "part",
}
PATHOLOGICAL = {
    "*a*a*a*a": "*a*a*a*a",
    "?????????": "?" * 9,
    "*国*关*系*国*关*系*": "*国*关*系*国*关*系*",
    "500 identical letters": "a" * 500,
    "500 identical characters": "国" * 500,
    "500 different letters": "".join(chr(ord("a") + i * 7 % 26) for i in range(500)),
    "500 different characters": "".join(chr(0x4E00 + i * 37) for i in range(500)),
    "250 words": "of " * 166,
    "the commonest part": "e",
}


class Timed(NamedTuple):
    """What one kind of query cost, in milliseconds, and how often it was answered."""

    p50: float
    p99: float
    found: float


def timed(
    asked: Iterable[Query], find: Callable[[str], list[str]], *, warm: int = 20
) -> Timed:
    """Ask each query once, after a few that are not counted."""
    every = list(asked)
    for query in every[:warm]:
        find(query.text)
    spent, found = [], 0
    for query in every[warm:]:
        begin = time.thread_time()
        answer = find(query.text)
        spent.append((time.thread_time() - begin) * 1e3)
        found += query.entry in answer[:10]
    cuts = statistics.quantiles(spent, n=100, method="inclusive")
    return Timed(cuts[49], cuts[98], found / len(spent))


def our_tables(size: int, store: SqliteStore, number: int, table: Table) -> None:
    """Time our own look-ups of every kind."""

    def finding(tier: str) -> Callable[[str], list[str]]:
        def find(q: str) -> list[str]:
            answer = lookup(store, Asked(q, tier=tier), candidates=CANDIDATES)
            return [hit.entry for hit in answer.hits]

        return find

    def complete(q: str) -> list[str]:
        return [s.entry for s in suggest(store, q, limit=8, candidates=CANDIDATES)]

    for kind, asked in queries(store, number).items():
        suggests = kind.startswith("suggest")
        tier = TIERS.get(kind.partition(",")[0], "fuzzy")
        row = timed(asked, complete if suggests else finding(tier))
        found = "" if asked[0].entry == "" else f"{row.found:.1%}"
        numbers = (f"{row.p50:.2f}", f"{row.p99:.2f}", found)
        table.add_row(f"{size:,}", kind, "" if suggests else tier, *numbers)


def pathological(size: int, store: SqliteStore, table: Table) -> None:
    """Time queries made to be slow: the slowest of three askings."""
    for name, q in PATHOLOGICAL.items():
        spent = []
        for _ in range(3):
            begin = time.perf_counter()
            try:
                hits = str(len(lookup(store, Asked(q), candidates=CANDIDATES).hits))
            except Invalid:
                hits = "refused"
            spent.append((time.perf_counter() - begin) * 1e3)
        table.add_row(f"{size:,}", name, f"{max(spent):.1f}", hits)


def peers(
    size: int,
    store: SqliteStore,
    table: Table,
    *,
    number: int,
    few: int,
    url: str | None,
) -> None:
    """Time other ways over the same terms, beside ours, with a few queries each."""
    rows = store.rows(
        "select e.id, t.lang, t.key from term t join entry e on e.n = t.entry"
    )
    asked = queries(store, number)
    kinds = [kind for kind in asked if kind.startswith(("fuzzy", "part", "two char"))]

    def ours(q: str) -> list[str]:
        found = lookup(store, Asked(q), candidates=CANDIDATES).hits
        return [hit.entry for hit in found]

    ways: dict[str, Callable[[str], list[str]]] = {"glossary": ours}
    for name, make in (("rapidfuzz", whole_list), ("FTS5 trigram", fts_trigrams)):
        ways[name] = make(rows)
    if url:
        ways["PostgreSQL pg_trgm"] = postgres_trigrams(url, rows)
    # The millions of objects of the peers are no work for the collector of ours.
    gc.collect()
    gc.freeze()
    for kind in kinds:
        for name, find in ways.items():
            row = timed(asked[kind][: few + _WARM], find, warm=_WARM)
            found = f"{row.found:.1%}" if asked[kind][0].entry else ""
            numbers = (f"{row.p50:.2f}", f"{row.p99:.2f}", found)
            table.add_row(f"{size:,}", kind, name, *numbers)


def whole_list(rows: list[tuple[str, str, str]]) -> Callable[[str], list[str]]:
    """Return a search by rapidfuzz over every key."""
    ids, keys = [row[0] for row in rows], [row[2] for row in rows]

    def find(q: str) -> list[str]:
        best = process.extract(q, keys, scorer=fuzz.ratio, limit=10, score_cutoff=60)
        return [ids[at] for _, _, at in best]

    return find


def fts_trigrams(rows: list[tuple[str, str, str]]) -> Callable[[str], list[str]]:
    """Return a search by FTS5's trigram tokenizer, ranked by rapidfuzz."""
    db = sqlite3.connect(":memory:")
    db.execute("create virtual table t using fts5(key, tokenize='trigram')")
    db.executemany("insert into t values (?)", ((row[2],) for row in rows))
    ids = [row[0] for row in rows]

    def find(q: str) -> list[str]:
        parts = {q[at : at + 3] for at in range(len(q) - 2)} or {q}
        said = " OR ".join('"' + part.replace('"', '""') + '"' for part in parts)
        found = db.execute(
            "select rowid, key from t where t match ? order by rank limit 400", [said]
        ).fetchall()
        found.sort(key=lambda row: -fuzz.ratio(q, row[1]))
        return [ids[n - 1] for n, _ in found[:10]]

    return find


def opened(folder: Path, size: int) -> SqliteStore:
    """Return the store of a size, made when it is not there."""
    path = folder / f"{size}.db"
    new = not path.exists()
    store = open_store(str(path))
    if new:
        begin = time.perf_counter()
        fill(store, size)
        print(f"{size:,} entries stored in {time.perf_counter() - begin:.0f} s")
    return store


def read_once(path: Path) -> None:
    """Read a file, so that the operating system has it in its cache."""
    with path.open("rb") as file:
        while file.read(1 << 24):
            pass


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--queries", type=int, default=220)
    parser.add_argument("--peer-queries", type=int, default=40)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--postgres")
    parser.add_argument("--no-peers", action="store_true")
    given = parser.parse_args()
    ours = Table(
        *("entries", "query", "lowest tier", "p50 ms", "p99 ms", "found"),
        title="our look-ups",
    )
    slow = Table("entries", "query", "slowest ms", "hits", title="made to be slow")
    beside = Table(
        *("entries", "query", "way", "p50 ms", "p99 ms", "found"), title="beside others"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = given.keep or Path(name)
        folder.mkdir(exist_ok=True)
        for size in given.sizes:
            store = opened(folder, size)
            store.close()
            read_once(folder / f"{size}.db")
            begin = time.perf_counter()
            store = open_store(str(folder / f"{size}.db"))
            lookup(store, Asked("mutual respect"), candidates=CANDIDATES)
            ready = time.perf_counter() - begin
            our_tables(size, store, given.queries, ours)
            pathological(size, store, slow)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            disk = (folder / f"{size}.db").stat().st_size / 1e6
            print(
                f"{size:,} entries: open and first look-up {ready * 1e3:.0f} ms, "
                f"this process {peak} MB at its peak, file {disk:,.0f} MB"
            )
            if not given.no_peers:
                few = given.peer_queries
                number, url = given.queries, given.postgres
                peers(size, store, beside, number=number, few=few, url=url)
            store.close()
    console = Console(width=110)
    for table in (ours, slow, beside):
        if table.row_count:
            console.print(table)


if __name__ == "__main__":
    main()
