"""What an export costs: `python -m benchmarks.exports [--rows N] [--formats NAME …]`.

A store of so many entries, the curated ones and made ones, is taken out in each format,
several times in turn. Speed is by the processor time of the median; `above` is by how
much the process was larger at its largest than before, which tells whether memory
grows with the glossary. With `--database` a store that is there is taken.
"""

import argparse
import resource
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.phrases import fill
from glossary.formats import by_name
from glossary.query import Part
from glossary.store import Store, open_store
from glossary.transfer import take_out

_ROUNDS: Final = 3


def taken(store: Store, name: str, folder: Path) -> tuple[int, float]:
    """Take the glossary out once; return the file's bytes and the seconds."""
    path = folder / name
    begin = time.process_time()
    with path.open("wb") as stream:
        take_out(store, by_name(name), stream, part=Part(), drop=lambda _: None)
    return path.stat().st_size, time.process_time() - begin


def _largest() -> float:
    """Return the most megabytes that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(store: Store, names: list[str], folder: Path) -> None:
    """Print a row for each format."""
    count = store.wordings.count()
    for name in names:
        before = _largest()
        rounds = [taken(store, name, folder) for _ in range(_ROUNDS)]
        size = rounds[0][0] / 1e6
        seconds = statistics.median(spent for _, spent in rounds)
        print(
            f"{name}: {count:,} entries, {size:.1f} MB in {seconds:.2f} s, "
            f"{size / seconds:.1f} MB/s, {seconds / count * 1e6:.1f} µs an entry, "
            f"{_largest() - before:.0f} MB above"
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--formats", nargs="+", default=["ndjson", "csv", "tsv"])
    parser.add_argument("--database", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(asked.database or f"{folder}/glossary.db")
        if not asked.database:
            fill(store, asked.rows)
        measured(store, asked.formats, Path(folder))
        store.close()


if __name__ == "__main__":
    main()
