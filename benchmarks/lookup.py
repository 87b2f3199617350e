"""What a look-up costs, as a ratio to a Flask hello.

Run `python -m benchmarks.lookup`. Each row times two hellos and the look-up in turn,
round by round, in one process, and prints the median of the rounds; `speed` is the
look-up's speed with a hello's as 1: a bare one, and one behind the same limits, access,
logs and numbers as the look-up. With `wrk` on the path, look-up and bare hello are also
served by granian, one worker each, and loaded in turn.
"""

import argparse
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask
from rich.console import Console
from rich.table import Table
from werkzeug.test import EnvironBuilder

from benchmarks.phrases import fill
from glossary import config
from glossary.store import SqliteStore, open_store
from glossary.web import create_app
from glossary.web.rules import RULES

ROUNDS, CALLS = 15, 200
#: Limits are counted, and never reached.
_MANY = "1000000/second"


def hello() -> Flask:
    """Return the application that everything is compared with."""
    app = Flask("hello")
    app.add_url_rule("/hello", "hello", greeting)
    return app


def application(database: str, *, remembers: bool = True) -> Flask:
    """Return the application over a store, one that remembers no answer on request."""
    os.environ["GLOSSARY_DATABASE"] = database
    os.environ["GLOSSARY_CACHE"] = "4096" if remembers else "0"
    os.environ["GLOSSARY_RATE_READS"] = os.environ["GLOSSARY_RATE_LONG"] = _MANY
    config.settings.cache_clear()
    app = create_app()
    app.add_url_rule("/hello", "hello", greeting)
    RULES["hello"] = "read"
    return app


def greeting() -> dict[str, str]:
    """Return what a hello says."""
    return {"hello": "world"}


def queries(store: SqliteStore, number: int) -> dict[str, list[str]]:
    """Return addresses of look-ups by kind, each with distinct wordings."""
    chance = random.Random(2)
    numbers = [row[0] for row in store.rows("select n from entry")]
    chosen = chance.sample(numbers, min(number, len(numbers)))
    found = [store.search.entries([n])[n] for n in chosen]
    terms = [term for entry in found for term in entry.terms]
    english = [t.text for t in terms if t.lang == "en" and t.status == "preferred"]
    chinese = [t.text for t in terms if t.lang == "zh-Hans"]
    shouted = [text.upper().replace(" ", "-") for text in english]

    def addresses(texts: list[str], more: str) -> list[str]:
        return [f"/api/v1/lookup?q={quote(text)}{more}" for text in texts]

    return {
        "exact, English": addresses(english, "&tier=folded"),
        "exact, Chinese": addresses(chinese, "&tier=folded"),
        "folded, English": addresses(shouted, "&tier=folded"),
        "all tiers, English": addresses(english, ""),
        "all tiers, Chinese": addresses(chinese, ""),
    }


def caller(app: Flask, addresses: list[str]) -> Callable[[], None]:
    """Return a function that calls the application once with the next address."""
    environs = [
        EnvironBuilder(
            path=a.partition("?")[0], query_string=a.partition("?")[2]
        ).get_environ()
        for a in addresses
    ]
    turn = 0

    def call() -> None:
        nonlocal turn
        environ = dict(environs[turn % len(environs)])
        turn += 1
        statuses: list[str] = []
        body = app.wsgi_app(environ, lambda status, _headers: statuses.append(status))
        answer = drained(body)
        if statuses != ["200 OK"]:
            raise SystemExit(f"{statuses} for {environ['QUERY_STRING']}: {answer!r}")

    return call


def drained(body: Any) -> bytes:
    """Return all of an answer, and close it where it is to be closed."""
    answer = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    return answer


def timed(call: Callable[[], None]) -> float:
    """Return the microseconds of one call, over one round."""
    begin = time.perf_counter()
    for _ in range(CALLS):
        call()
    return (time.perf_counter() - begin) / CALLS * 1e6


def in_process(
    size: int, database: str, kinds: dict[str, list[str]], table: Table
) -> None:
    """Time each kind beside the hello."""
    forgetful = application(database, remembers=False)
    app = application(database)
    greet, behind = caller(hello(), ["/hello"]), caller(app, ["/hello"])
    rows = {f"{kind}, first time": addresses for kind, addresses in kinds.items()}
    rows |= {f"{kind}, again": kinds[kind][:100] for kind in ("exact, English",)}
    for kind, addresses in rows.items():
        is_first = kind.endswith("first time")
        look = caller(forgetful if is_first else app, addresses)
        turns = [(timed(greet), timed(look), timed(behind)) for _ in range(ROUNDS)]
        us = statistics.median(look_us for _, look_us, _ in turns)
        speed = statistics.median(bare / ours for bare, ours, _ in turns)
        fair = statistics.median(same / ours for _, ours, same in turns)
        table.add_row(f"{size:,}", kind, f"{us:.0f}", f"{speed:.2f}", f"{fair:.2f}")
    for each in (app, forgetful):
        each.extensions["glossary"].store.close()


@contextmanager
def served(target: str, *, factory: bool) -> Iterator[str]:
    """Serve an application by granian with one worker; yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--blocking-threads", "1", "--port", str(port), "--no-log", target]
    process = subprocess.Popen(command + (["--factory"] if factory else []))
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(address + "/hello").close()
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.05)
            else:
                break
        yield address
    finally:
        process.terminate()
        process.wait()


def per_second(address: str, paths: list[str], folder: Path) -> float:
    """Return the requests a second that wrk gets through, over four seconds."""
    listed = ",".join(f'"{path}"' for path in paths)
    script = folder / "paths.lua"
    script.write_text(
        f"local p = {{{listed}}}; local i = 0\n"
        "request = function() i = i + 1; return wrk.format('GET', p[i % #p + 1]) end\n"
    )
    command = ["wrk", "-t1", "-c8", "-d4s", "-s", str(script), address]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    if "Non-2xx" in done.stdout:
        raise SystemExit(done.stdout)
    return float(done.stdout.split("Requests/sec:")[1].split()[0])


def on_server(
    size: int, kinds: dict[str, list[str]], folder: Path, table: Table
) -> None:
    """Load the hello and the look-up in turn on the same server."""
    with (
        served("benchmarks.lookup:hello", factory=True) as greeter,
        served("glossary.web:create_app", factory=True) as looker,
    ):
        for kind, paths in kinds.items():
            pairs = [
                (
                    per_second(greeter, ["/hello"], folder),
                    per_second(looker, paths, folder),
                )
                for _ in range(3)
            ]
            rate = statistics.median(b for _, b in pairs)
            speed = statistics.median(b / a for a, b in pairs)
            table.add_row(f"{size:,}", kind, f"{rate:,.0f}/s", f"{speed:.2f}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    sizes = parser.parse_args().sizes
    titles = "look-up beside hello, in process", "look-up beside hello, on granian"
    behind = "speed, behind the same limits"
    inside = Table("entries", "look-up", "µs", "speed", behind, title=titles[0])
    outside = Table("entries", "look-up", "rate", "speed", title=titles[1])
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            database = str(folder / "glossary.db")
            begin = time.perf_counter()
            store = open_store(database)
            fill(store, size)
            spent = time.perf_counter() - begin
            print(f"{size:,} entries stored in {spent:.0f} s", file=sys.stderr)
            kinds = queries(store, 5_000)
            in_process(size, database, kinds, inside)
            if shutil.which("wrk"):
                on_server(size, kinds, folder, outside)
            store.close()
    console = Console()
    console.print(inside)
    if outside.row_count:
        console.print(outside)
    else:
        print("wrk is not installed: nothing was measured on a server")


if __name__ == "__main__":
    main()
