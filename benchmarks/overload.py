"""Twice as much as a server does comfortably: what it refuses, holds, and how it ends.

    python -m benchmarks.overload --minutes 10

A server of two workers is first asked by a few callers who wait for each answer: that
is its comfortable load. Then twice as many requests a second are sent by their
time-table, from many addresses and a quarter of them from a single one, each by a
connection of its own. Prints the statuses, who gave up after 10 s, how soon answers
and refusals came, the memory of the server's processes in each third, and the seconds
until a look-up is as quick as before. Exits with 1 where somebody gave up, for another
answer, a refusal without Retry-After, 2 % more memory, or more than 5 s.
"""

import argparse
import os
import signal
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from benchmarks.callers import Answers, by_time_table, in_turn, one_by_one, through
from benchmarks.soak import Server
from glossary.curation import load_curated
from glossary.store import open_store

#: Callers that wait for each answer, in the measurement of what is comfortable.
_CALLERS: Final = 4
#: What is read of the store stays in memory, which is no growth: each phrase is looked
#: up so many times first, since every process reads for itself, and then the load runs
#: for so many seconds.
_ROUNDS: Final = 4
_WARMING: Final = 120.0
GROWTH: Final = 0.02
BACK: Final = 5.0


class Load:
    """Callers in a process of their own, beside a server whose memory is watched."""

    def __init__(
        self, server: Server, phrases: list[str], pool: ProcessPoolExecutor
    ) -> None:
        self._server, self._phrases, self._pool = server, phrases, pool
        self.memory: list[float] = []

    def warm(self) -> None:
        """Have the processes read the whole glossary."""
        for _ in range(_ROUNDS):
            port, phrases = self._server.port, self._phrases
            self._pool.submit(through, port, phrases, _CALLERS).result()

    def megabytes(self) -> float:
        """Return the memory of the server's processes now."""
        return self._server.megabytes()

    def comfortable(self, seconds: float) -> float:
        """Return how many requests a second callers get answered who wait for each."""
        port, phrases = self._server.port, self._phrases
        asking = self._pool.submit(in_turn, port, phrases, _CALLERS, seconds)
        return asking.result().statuses[200] / seconds

    def flooded(self, rate: float, seconds: float) -> Answers:
        """Send so many requests a second, and note the memory meanwhile."""
        self.memory = []
        port, phrases = self._server.port, self._phrases
        asking = self._pool.submit(by_time_table, port, phrases, rate, seconds)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.memory.append(self.megabytes())
            time.sleep(2)
        return asking.result()

    def usual(self, number: int) -> list[float]:
        """Return the seconds of look-ups when nobody else asks."""
        port, phrases = self._server.port, self._phrases
        asking = self._pool.submit(one_by_one, port, phrases, number)
        return asking.result().answered

    def back(self, usual: float) -> float:
        """Return the seconds until look-ups are as quick as they are without load."""
        begun = time.monotonic()
        while (since := time.monotonic() - begun) < 60:
            times = self.usual(5)
            if len(times) == 5 and max(times) < 3 * usual + 0.05:
                return since
        return 60.0


def _measured(load: Load, seconds: float, rate: float | None) -> bool:
    print("the processes read the glossary …")
    load.warm()
    print(f"  {load.megabytes():.0f} MB")
    load.comfortable(10)
    comfortable = load.comfortable(10)
    usual = statistics.median(load.usual(40))
    print(f"comfortable: {comfortable:.0f} a second, look-up {usual * 1e3:.1f} ms")
    rate = rate or 2 * comfortable
    warming = min(_WARMING, seconds)
    print(f"{rate:.0f} a second for {warming:.0f} s, which are not measured …")
    load.flooded(rate, warming)
    ended = time.monotonic()
    answers = load.flooded(rate, seconds)
    waited = time.monotonic() - ended - seconds
    back = max(0.0, waited) + load.back(usual)
    third = max(1, len(load.memory) // 3)
    first, middle, last = (
        statistics.median(load.memory[n * third :][:third] or load.memory)
        for n in range(3)
    )
    growth = last / middle - 1
    print(f"{rate:.0f} a second for {seconds:.0f} s:")
    print(f"  {dict(sorted(answers.statuses.items()))}; 0 is who gave up")
    print(
        f"  amiss: {dict(answers.amiss)}; callers {answers.own / seconds:.0%} of a core"
    )
    print(f"  answered {len(answers.answered) / seconds:.0f} a second, ", end="")
    print(f"{_times(answers.answered)}; refused {_times(answers.refused)}")
    print(f"  memory {first:.0f} MB, {middle:.0f} MB, {last:.0f} MB ({growth:+.1%})")
    print(f"  as before after {back:.1f} s")
    refused = answers.statuses[429] + answers.statuses[503]
    is_well = bool(refused) and not answers.amiss and not answers.statuses[0]
    return is_well and growth < GROWTH and back < BACK


def _times(seconds: list[float]) -> str:
    times = sorted(seconds) or [0.0]
    p50, p99 = (times[int(len(times) * share)] * 1e3 for share in (0.5, 0.99))
    return f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, longest {times[-1] * 1e3:.0f} ms"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rate", type=float, help="a second, instead of twice that")
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    # Who ends the benchmark ends its server too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ["GLOSSARY_PROXIES"] = "1"
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool,
    ):
        database = Path(folder) / "overload.db"
        store = open_store(str(database))
        load_curated(store)
        best = [entry.best("zh-Hans") for entry in store.all_entries()]
        store.close()
        phrases = [term.text for term in best if term]
        server = Server(database)
        try:
            load = Load(server, phrases, pool)
            is_well = _measured(load, 60 * options.minutes, options.rate)
        finally:
            server.stop()
    sys.exit(not is_well)


if __name__ == "__main__":
    main()
