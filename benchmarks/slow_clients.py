"""Readers beside silent and trickling clients: who does nothing must hold nobody.

    python -m benchmarks.slow_clients --seconds 10

A server of its own answers look-ups of 50 clients, first alone, then beside 2,000
connections that say nothing and 500 that send a body byte by byte. Each is opened anew
when the server ends it. Prints the latencies of both, and of /healthz meanwhile.
Exits with 1 where the p99 of look-ups beside them is more than twice that of the same
readers alone, where /healthz took 100 ms or more, or where an answer was wrong.
"""

import argparse
import asyncio
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote

QUERIES: Final = (
    *("主权", "新型大国关系", "sovereignty", "core interests", "互相尊重"),
    *("win-win cooperation", "领土完整", "community with a shared future", "一带一路"),
)
_TRICKLE: Final = (
    b"POST /api/v1/annotate HTTP/1.1\r\nHost: here\r\n"
    b"Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
)


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str
) -> tuple[int, float]:
    """Return status and seconds of one request."""
    begun = time.perf_counter()
    writer.write(f"GET {path} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            await reader.readexactly(int(line.partition(b":")[2]))
    return int(head.split(b" ", 2)[1]), time.perf_counter() - begun


async def _read(port: int, until: float, times: list[float], wrong: list[str]) -> None:
    """Look up until the time is over, over one connection."""
    n = 0
    while time.monotonic() < until:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            while time.monotonic() < until:
                n += 1
                path = f"/api/v1/lookup?q={quote(QUERIES[n % len(QUERIES)])}"
                status, seconds = await _ask(reader, writer, path)
                times.append(seconds)
                if status != 200:
                    wrong.append(str(status))
                await asyncio.sleep(0.05)
            writer.close()
        except (OSError, asyncio.IncompleteReadError) as error:
            wrong.append(type(error).__name__)


async def _watch(port: int, until: float, times: list[float]) -> None:
    while time.monotonic() < until:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        times.append((await _ask(reader, writer, "/healthz"))[1])
        writer.close()
        await asyncio.sleep(0.2)


async def _hold(port: int, until: float, held: list[int], *, trickle: bool) -> None:
    """Keep a connection open, silent or with a byte a second."""
    while time.monotonic() < until:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.2)
            continue
        held[0] += 1
        with contextlib.suppress(OSError):
            if trickle:
                writer.write(_TRICKLE)
            while time.monotonic() < until and not reader.at_eof():
                if trickle:
                    writer.write(b"{")
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(reader.read(4096), 1.0)
        writer.close()


async def _measured(
    port: int, seconds: float, readers: int, silent: int, trickling: int
) -> tuple[float, float, int]:
    """Return the p99 of look-ups, the longest /healthz, in seconds, and the wrong."""
    until = time.monotonic() + seconds + 4.0
    held = [0]
    holding = [
        asyncio.create_task(_hold(port, until, held, trickle=n >= silent))
        for n in range(silent + trickling)
    ]
    if holding:
        await asyncio.sleep(4.0)
    until = time.monotonic() + seconds
    times: list[float] = []
    health: list[float] = []
    wrong: list[str] = []
    await asyncio.gather(
        _watch(port, until, health),
        *(_read(port, until, times, wrong) for _ in range(readers)),
    )
    for task in holding:
        task.cancel()
    times.sort()
    health.sort()
    print(
        f"{readers} readers beside {silent} silent and {trickling} trickling "
        f"({held[0]} opened in all): {len(times)} look-ups, {len(wrong)} wrong "
        f"{sorted(set(wrong))}, p50 {_at(times, 0.5)}, p99 {_at(times, 0.99)}, "
        f"longest {_at(times, 1)}; /healthz {len(health)} times, "
        f"p50 {_at(health, 0.5)}, longest {_at(health, 1)}"
    )
    return times[int(0.99 * len(times))], health[-1], len(wrong)


async def _warmed(port: int, readers: int) -> None:
    """Have every process read the wordings, and forget how long that took."""
    until = time.monotonic() + 10
    await asyncio.gather(*(_read(port, until, [], []) for _ in range(readers)))


def _at(times: list[float], share: float) -> str:
    return f"{times[min(len(times) - 1, int(share * len(times)))] * 1000:.1f} ms"


@contextlib.contextmanager
def _server(workers: int) -> Iterator[int]:
    folder = tempfile.mkdtemp()
    with socket.socket() as end:
        end.bind(("127.0.0.1", 0))
        port: int = end.getsockname()[1]
    # All readers here have one address, and none of them is to be refused for that.
    given = {"GLOSSARY_DATABASE": f"{folder}/glossary.db", "GLOSSARY_RATE_READS": ""}
    environment = {**os.environ, **given}
    program = [sys.executable, "-m", "glossary.cli"]
    subprocess.run([*program, "load-fixtures"], env=environment, check=True)
    server = subprocess.Popen(
        [*program, "serve", "--port", str(port), "--workers", str(workers)],
        env=environment,
    )
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.1)
        time.sleep(5)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
        shutil.rmtree(Path(folder))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--silent", type=int, default=2000)
    parser.add_argument("--trickling", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--port", type=int, help="of a server that runs already")
    order = parser.parse_args()
    with (
        contextlib.nullcontext(order.port) if order.port else _server(order.workers)
    ) as port:
        asyncio.run(_warmed(port, order.readers))
        measured = [
            asyncio.run(
                _measured(port, order.seconds, order.readers, silent, trickling)
            )
            for silent, trickling in ((0, 0), (order.silent, order.trickling))
        ]
    (alone, _, _), (beside, health, _) = measured
    print(f"p99 {beside / alone:.2f} x that alone; /healthz at most {health:.3f} s")
    wrong = sum(each[2] for each in measured)
    sys.exit(beside > 2 * alone or health >= 0.1 or bool(wrong))


if __name__ == "__main__":
    main()
