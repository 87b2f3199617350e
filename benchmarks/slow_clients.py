"""Readers beside silent and trickling clients: who does nothing must hold nobody.

    python -m benchmarks.slow_clients --seconds 10

A server of its own answers look-ups of 50 clients, first alone, then beside 2,000
connections that say nothing and 500 that send a body byte by byte. Each is opened anew
when the server ends it; another process holds them, which --core binds to a core.
Prints the latencies of both, and of /healthz meanwhile.
Exits with 1 where the p99 of look-ups beside them is more than twice that of the same
readers alone, where /healthz took 100 ms or more, or where an answer was wrong.
"""

import argparse
import asyncio
import contextlib
import multiprocessing
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
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


def _is_over(end: socket.socket) -> bool:
    """Read what has come by a connection; say whether its other end has closed it."""
    try:
        return not end.recv(4096)
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


def _besiege(port: int, silent: int, trickling: int, opened: Any, ends: Any) -> None:
    """Keep silent and trickling connections open until `ends` is set.

    That is work of another process: it is not to slow who takes the time. What the
    server ends is opened anew, and counted in `opened`.
    """
    waiting = selectors.DefaultSelector()
    trickles: deque[socket.socket] = deque()

    def open_one(*, trickle: bool) -> None:
        end = socket.create_connection(("127.0.0.1", port))
        end.settimeout(0.0)
        if trickle:
            end.send(_TRICKLE)
            trickles.append(end)
        waiting.register(end, selectors.EVENT_READ, trickle)
        with opened.get_lock():
            opened.value += 1

    def lose(end: socket.socket, *, trickle: bool) -> None:
        waiting.unregister(end)
        end.close()
        if trickle:
            trickles.remove(end)
        open_one(trickle=trickle)

    for number in range(silent + trickling):
        open_one(trickle=number >= silent)
    due = time.monotonic()
    while not ends.is_set():
        for key, _ in waiting.select(0.02):
            end: Any = key.fileobj
            if _is_over(end):
                lose(end, trickle=key.data)
        # One after the other has its turn, so that each sends a byte a second.
        while trickles and due < time.monotonic():
            due += 1 / len(trickles)
            with contextlib.suppress(OSError):
                trickles[0].send(b"{")
            trickles.rotate(-1)


@contextlib.contextmanager
def _siege(port: int, silent: int, trickling: int, core: int | None) -> Iterator[Any]:
    """Hold the slow connections meanwhile; yield the number of those opened."""
    spawn = multiprocessing.get_context("spawn")
    opened, ends = spawn.Value("i", 0), spawn.Event()
    if not silent + trickling:
        yield opened
        return
    process = spawn.Process(
        target=_besiege, args=(port, silent, trickling, opened, ends)
    )
    process.start()
    try:
        if core is not None:
            os.sched_setaffinity(process.pid or 0, {core})
        until = time.monotonic() + 30
        while opened.value < silent + trickling and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(2.0)
        yield opened
    finally:
        ends.set()
        process.join(10)
        process.kill()


async def _measured(
    port: int, seconds: float, readers: int, beside: str
) -> tuple[float, float, int]:
    """Return the p99 of look-ups, the longest /healthz, in seconds, and the wrong."""
    until = time.monotonic() + seconds
    times: list[float] = []
    health: list[float] = []
    wrong: list[str] = []
    await asyncio.gather(
        _watch(port, until, health),
        *(_read(port, until, times, wrong) for _ in range(readers)),
    )
    times.sort()
    health.sort()
    print(
        f"{readers} readers beside {beside}: {len(times)} look-ups, {len(wrong)} wrong "
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
    parser.add_argument("--core", type=int, help="that the slow clients keep to")
    order = parser.parse_args()
    with (
        contextlib.nullcontext(order.port) if order.port else _server(order.workers)
    ) as port:
        asyncio.run(_warmed(port, order.readers))
        measured = []
        for silent, trickling in ((0, 0), (order.silent, order.trickling)):
            beside = f"{silent} silent and {trickling} trickling"
            with _siege(port, silent, trickling, order.core) as opened:
                reading = _measured(port, order.seconds, order.readers, beside)
                measured.append(asyncio.run(reading))
                print(f"{opened.value} of those were opened in all")
    (alone, _, _), (beside, health, _) = measured
    print(f"p99 {beside / alone:.2f} x that alone; /healthz at most {health:.3f} s")
    wrong = sum(each[2] for each in measured)
    sys.exit(beside > 2 * alone or health >= 0.1 or bool(wrong))


if __name__ == "__main__":
    main()
