"""Twice as much as a server does comfortably: what it refuses, holds, and how it ends.

    python -m benchmarks.overload --minutes 10

A server of two workers is first asked by a few callers who wait for each answer: that
is its comfortable load. Then twice as many requests a second are sent by their
time-table, from many addresses and a quarter of them from a single one. Prints the
statuses, whether each refusal said when to come back, the memory of the server's
processes in the middle and in the last third, and the seconds until a look-up is as
quick as before. Exits with 1 for another answer, a refusal without Retry-After, 2 %
more memory, or more than 5 s.
"""

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

from benchmarks.soak import Server
from glossary.curation import load_curated
from glossary.store import open_store

#: Callers that wait for each answer, in the measurement of what is comfortable.
_CALLERS: Final = 4
#: Addresses that the load comes from; the last one sends a quarter of it.
_ADDRESSES: Final = 400
#: Seconds after which a caller gives up.
_GIVEN_UP: Final = 10.0
GROWTH: Final = 0.02
BACK: Final = 5.0


@dataclass
class Seen:
    """What came back: statuses, seconds of what was answered, what was amiss."""

    statuses: Counter[int] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    amiss: Counter[str] = field(default_factory=Counter)


class Load:
    """Requests to a server: look-ups, and as many checks of a page of text."""

    def __init__(self, port: int, phrases: list[str]) -> None:
        self._port, self._phrases = port, phrases
        self._chance = random.Random(18)
        self.seen = Seen()

    async def ask(self, address: str, *, short: bool = False) -> None:
        """Send one request from an address, and note the answer."""
        chance = self._chance
        if short or chance.random() < 0.5:
            q = chance.choice(self._phrases) + chance.choice(self._phrases)[:2]
            head, body = f"GET /api/v1/lookup?q={quote(q)}", b""
        else:
            text = "，".join(chance.choices(self._phrases, k=200))
            body = json.dumps({"text": text}).encode()
            head = "POST /api/v1/annotate"
        text = (
            f"{head} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
            f"X-Forwarded-For: {address}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(_GIVEN_UP):
                reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
                try:
                    writer.write(text.encode() + body)
                    answer = await reader.read()
                finally:
                    writer.close()
        except TimeoutError:
            self.seen.statuses[0] += 1
            return
        except OSError as error:
            self.seen.amiss[type(error).__name__] += 1
            return
        status = int(answer[9:12] or 0)
        self.seen.statuses[status] += 1
        if status == 200:
            self.seen.times.append(time.perf_counter() - begun)
        elif status not in {429, 503}:
            self.seen.amiss[answer[:40].decode(errors="replace")] += 1
        elif b"retry-after:" not in answer.partition(b"\r\n\r\n")[0].lower():
            self.seen.amiss[f"{status} without Retry-After"] += 1

    def address(self) -> str:
        """Return an address, every fourth time the same one."""
        if self._chance.random() < 0.25:
            return "198.51.100.1"
        number = self._chance.randrange(_ADDRESSES)
        return f"203.0.{number // 200}.{number % 200 + 1}"

    async def comfortable(self, seconds: float) -> float:
        """Return how many requests a second callers get answered who wait for each."""
        until = time.monotonic() + seconds

        async def call() -> int:
            asked = 0
            while time.monotonic() < until:
                await self.ask(self.address())
                asked += 1
            return asked

        asked = await asyncio.gather(*(call() for _ in range(_CALLERS)))
        return sum(asked) / seconds

    async def flooded(self, rate: float, seconds: float) -> None:
        """Send so many requests a second, however the server is."""
        due = time.monotonic()
        until, open_ = due + seconds, set[asyncio.Task[None]]()
        while due < until:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            task = asyncio.create_task(self.ask(self.address()))
            open_.add(task)
            task.add_done_callback(open_.discard)
            due += 1 / rate
        for task in open_:
            task.cancel()

    async def usual(self, number: int) -> float:
        """Return the median seconds of look-ups when nobody else asks."""
        self.seen = Seen()
        for _ in range(number):
            await self.ask("192.0.2.7", short=True)
        return statistics.median(self.seen.times)

    async def back(self, usual: float) -> float:
        """Return the seconds until look-ups are as quick as they are without load."""
        begun = time.monotonic()
        while time.monotonic() < begun + 60:
            self.seen = Seen()
            since = time.monotonic() - begun
            for _ in range(5):
                await self.ask("192.0.2.7", short=True)
            if len(self.seen.times) == 5 and max(self.seen.times) < 3 * usual + 0.05:
                return since
        return 60.0


async def _memory(server: Server, into: list[float]) -> None:
    while True:
        into.append(await asyncio.to_thread(server.megabytes))
        await asyncio.sleep(2)


async def _measured(server: Server, phrases: list[str], seconds: float) -> bool:
    load = Load(server.port, phrases)
    await load.comfortable(10)
    comfortable = await load.comfortable(10)
    usual = await load.usual(40)
    print(f"comfortable: {comfortable:.0f} a second, look-up {usual * 1e3:.1f} ms")
    # The memory that the first minute of such a load takes is no growth.
    await load.flooded(2 * comfortable, min(60.0, seconds / 3))
    load.seen, memory = Seen(), list[float]()
    watching = asyncio.create_task(_memory(server, memory))
    await load.flooded(2 * comfortable, seconds)
    watching.cancel()
    seen, back = load.seen, await load.back(usual)
    third = max(1, len(memory) // 3)
    middle = statistics.median(memory[third : 2 * third] or memory)
    last = statistics.median(memory[-third:])
    growth = last / middle - 1
    times = sorted(seen.times) or [0.0]
    p50, p99 = (times[int(len(times) * share)] * 1e3 for share in (0.5, 0.99))
    print(f"{2 * comfortable:.0f} a second for {seconds:.0f} s:")
    print(f"  {dict(sorted(seen.statuses.items()))}; 0 is who gave up; {seen.amiss}")
    print(f"  answered p50 {p50:.0f} ms, p99 {p99:.0f} ms")
    print(f"  memory {middle:.0f} MB, then {last:.0f} MB ({growth:+.1%})")
    print(f"  as before after {back:.1f} s")
    refused = seen.statuses[429] + seen.statuses[503]
    return bool(refused) and not seen.amiss and growth < GROWTH and back < BACK


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    order = parser.parse_args()
    os.environ["GLOSSARY_PROXIES"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "overload.db"
        store = open_store(str(database))
        load_curated(store)
        best = [entry.best("zh-Hans") for entry in store.all_entries()]
        store.close()
        phrases = [term.text for term in best if term]
        server = Server(database)
        try:
            well = asyncio.run(_measured(server, phrases, 60 * order.minutes))
        finally:
            server.stop()
    sys.exit(not well)


if __name__ == "__main__":
    main()
