"""What an export costs: `python -m benchmarks.exports [--rows N] [--formats NAME …]`.

A store of so many entries, the curated ones and made ones, is taken out in each format,
several times in turn. Speed is by the processor time of the median; `above` is by how
much the process was larger at its largest than before, which tells whether memory
grows with the glossary. With `--database` a store that is there is taken.
`--beside` asks a server of two workers for these files one after another, each made
anew since an entry was written before, while a reader looks a phrase up every twenty
milliseconds; it prints what the reader waits before and meanwhile, from when he asked.
"""

import argparse
import http.client
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks.nodes import addresses, served
from benchmarks.phrases import fill
from glossary.formats import by_name
from glossary.query import Part
from glossary.store import Store, open_store
from glossary.transfer import take_out
from tests.postgresql import free_port

_ROUNDS: Final = 3
#: Seconds between two look-ups of the reader, and of his look-ups before the files.
_PACE: Final = 0.02
_IDLE: Final = 20.0


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


def waits(port: int, paths: Sequence[str], until: Callable[[], bool]) -> list[float]:
    """Return the milliseconds of each look-up, asked for at a steady pace."""
    times: list[float] = []
    line = http.client.HTTPConnection("127.0.0.1", port)
    due = time.perf_counter()
    while not until():
        time.sleep(max(0.0, due - time.perf_counter()))
        line.request("GET", paths[len(times) % len(paths)])
        line.getresponse().read()
        times.append(1000 * (time.perf_counter() - due))
        due += _PACE
    line.close()
    return times


def beside(store: Store, names: list[str]) -> None:
    """Print what a reader waits before exports and while they are made."""
    port, paths = free_port(), addresses(store, 1000)
    serve = ["glossary.cli", "serve", "--port", str(port), "--workers", "2"]
    with served(serve, port, GLOSSARY_DATABASE=store.path, GLOSSARY_CACHE="0"):
        while not _is_recognising(port):
            time.sleep(1)
        until = time.perf_counter() + _IDLE / 2
        waits(port, paths, lambda: time.perf_counter() > until)
        until += _IDLE
        idle = waits(port, paths, lambda: time.perf_counter() > until)
        with ThreadPoolExecutor() as maker:
            files = maker.submit(_files, store, port, names)
            during = waits(port, paths, files.done)
            print(files.result())
    for name, times in (("idle", idle), ("beside exports", during)):
        cuts = statistics.quantiles(times, n=100)
        print(
            f"{name}: {len(times)} look-ups, p50 {cuts[49]:.2f} ms, "
            f"p99 {cuts[98]:.2f} ms, longest {max(times):.1f} ms"
        )


def _is_recognising(port: int) -> bool:
    """Whether both workers, as far as six tries tell, have read the wordings."""
    codes = []
    for _ in range(6):
        line = http.client.HTTPConnection("127.0.0.1", port)
        kind = {"Content-Type": "application/json"}
        line.request("POST", "/api/v1/annotate", b'{"text": "silk"}', kind)
        codes.append(line.getresponse().status)
        line.close()
    return codes == [200] * 6


def _files(store: Store, port: int, names: list[str]) -> str:
    """Ask for each file after an entry was written; return what came."""
    sizes = []
    for name in names * _ROUNDS:
        entry = store.entries(limit=1)[0]
        note = f"Written {time.time_ns()}."
        with store.write(by="benchmark") as write:
            write.update(replace(entry, note=note), "update")
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        line.request("GET", f"/api/v1/export?format={name}")
        answer = line.getresponse()
        sizes.append(f"{name} {answer.status} {len(answer.read()) / 1e6:.1f} MB")
        line.close()
    return ", ".join(sizes)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--formats", nargs="+", default=["ndjson", "csv", "tsv"])
    parser.add_argument("--database", default="")
    parser.add_argument("--beside", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(asked.database or f"{folder}/glossary.db")
        if not asked.database:
            fill(store, asked.rows)
        if asked.beside:
            beside(store, asked.formats)
        else:
            measured(store, asked.formats, Path(folder))
        store.close()


if __name__ == "__main__":
    main()
