"""How often what is meant is among the five that are offered, and what that costs.

Run `python -m benchmarks.meaning [--embeddings FILE]`. The queries of
`tests/lookup/typed/meaning.txt` tell in other words what they mean. They are looked up
in the curated glossary by words alone and with embeddings; of these, those of the
file that is kept are taken again. To embed the curated glossary takes about 200 s of
one core, of which progress is said. Times are of the processor.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from glossary.curation import load_curated
from glossary.lookup import Vectors, embed, lookup
from glossary.query import Query
from glossary.recognition import Recognition
from glossary.store import Store, open_store

ROWS = Path(__file__).parent.parent / "tests/lookup/typed/meaning.txt"
CANDIDATES = 400


def offered(
    store: Store, recognition: Recognition, meaning: Vectors | None
) -> tuple[list[str], list[float]]:
    """Return the queries whose entry is not offered, and the seconds that each took."""
    entries = list(store.all_entries())
    missed, seconds = [], []
    for line in ROWS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        q, wording = line.split("\t")
        begun = time.process_time()
        answer = lookup(
            store,
            Query(q),
            candidates=CANDIDATES,
            recognition=recognition,
            meaning=meaning,
        )
        seconds.append(time.process_time() - begun)
        wanted = {e.id for e in entries if any(t.text == wording for t in e.terms)}
        if not wanted:
            raise SystemExit(f"No entry has the wording {wording}.")
        if not wanted & {each.entry for each in answer.did_you_mean}:
            missed.append(q)
    return missed, seconds


def progress(count: int, number: int) -> None:
    """Say on standard error how many entries have been embedded."""
    print(f"\rembedded {count} of {number}", end="", file=sys.stderr, flush=True)


def main() -> None:
    """Print a table, and the queries that fail with embeddings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--embeddings", help="a file that is kept")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"{folder}/glossary.db")
        load_curated(store)
        path = asked.embeddings or f"{folder}/embeddings.npz"
        begun = time.process_time()
        embedded = embed(store, path, tell=progress)
        spent = time.process_time() - begun
        recognition = Recognition(store)
        lookup(store, Query("主权"), candidates=CANDIDATES, recognition=recognition)
        table = Table("", "offered", "of", "ms, median", "ms, slowest")
        for name, meaning in (("words", None), ("embeddings", Vectors(path))):
            missed, seconds = offered(store, recognition, meaning)
            ordered = sorted(1000 * each for each in seconds)
            table.add_row(
                name,
                str(len(seconds) - len(missed)),
                str(len(seconds)),
                f"{ordered[len(ordered) // 2]:.1f}",
                f"{ordered[-1]:.1f}",
            )
        store.close()
    console = Console()
    console.print(f"{embedded.made} entries embedded in {spent:.0f} s of processor")
    console.print(table)
    console.print("Not offered with embeddings:", *missed, sep="\n  ")


if __name__ == "__main__":
    main()
