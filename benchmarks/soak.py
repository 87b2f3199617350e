"""Every protocol at once, at a steady rate, for minutes: errors, times, memory.

Run `python -m benchmarks.soak --minutes 10 --rate 200`. A server of two workers with
the curated glossary is started on this machine and asked by sixteen callers that keep
to their time-table whether answers are quick or not; an entry is changed every second.
Prints the times of each call, from when it was due, and the memory of the server's
processes. Exits with 1 when anything failed, or when memory grew after the first third.
What is asked in the first seconds (`--warm`) meets processes that have read nothing
yet; it is told apart, and is not among the minutes.
"""

import argparse
import http.client
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from urllib.parse import quote, urlencode

from rich.console import Console
from rich.table import Table

from benchmarks.nodes import family, memory
from glossary.curation import load_curated
from glossary.people import access
from glossary.store import open_store

CALLERS = 16
#: More than this share is growth, not the noise of an allocator.
GROWTH = 0.03
#: All callers have one address, and stand for many people.
UNLIMITED = dict.fromkeys(
    ("GLOSSARY_RATE_READS", "GLOSSARY_RATE_LONG", "GLOSSARY_RATE_WRITES"), ""
)
#: So many seconds after the end everything that was due must have been answered.
GRACE = 2.0
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Call:
    """One request; `weight` says how often it is made beside the others."""

    name: str
    weight: int
    method: str
    path: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def calls(phrases: list[tuple[str, str]], key: str) -> list[Call]:
    """Return the mix: every protocol, with phrases of the glossary in it."""
    chance = random.Random(1)
    found = []
    json_ = {"Content-Type": "application/json"}
    auth = {"Authorization": f"DeepL-Auth-Key {key}"}
    for zh, en in phrases:
        text = f"中方愿同各方{zh}，坚持{chance.choice(phrases)[0]}。🙂"
        english = f"R&D 100% win+win: {en}, a new type of great power relations."
        raw = f"text={english}&language=en-US".encode()
        form = urlencode({"text": english, "srctext": text, "language": "en-US"})
        pair = [{"source": text, "target": english}]
        query = {"q0": {"query": zh}, "q1": {"query": en[:12], "limit": 3}}
        queries = urlencode({"queries": json.dumps(query)})
        found += [
            Call("lookup", 8, "GET", f"/api/v1/lookup?q={quote(zh)}"),
            Call("lookup, mistyped", 2, "GET", f"/api/v1/lookup?q={quote(en[1:])}"),
            Call("suggest", 4, "GET", f"/api/v1/suggest?q={quote(zh[:2])}"),
            Call(
                "annotate",
                4,
                "POST",
                "/api/v1/annotate",
                json.dumps({"text": text, "offsets": "utf16"}).encode(),
                json_,
            ),
            Call(
                "check",
                3,
                "POST",
                "/api/v1/check",
                json.dumps({"pairs": pair}).encode(),
                json_,
            ),
            Call(
                "LanguageTool, raw", 4, "POST", "/v2/check", raw, {"Content-Type": FORM}
            ),
            Call(
                "LanguageTool, srctext",
                3,
                "POST",
                "/v2/check",
                form.encode(),
                {"Content-Type": FORM, "User-Agent": "OmegaT"},
            ),
            Call(
                "reconcile",
                2,
                "POST",
                "/reconcile",
                queries.encode(),
                {"Content-Type": FORM},
            ),
            Call(
                "reconcile, suggest",
                1,
                "GET",
                f"/reconcile/suggest/entity?prefix={quote(en[:5])}",
            ),
            Call(
                "tmserver", 2, "GET", f"/tmserver/zh_hans/en/unit/{quote(zh, safe='')}"
            ),
            Call("page", 2, "GET", f"/?q={quote(zh)}"),
        ]
    often = len(phrases)
    found += [
        Call("LanguageTool, languages", often // 2, "GET", "/v2/languages"),
        Call(
            "DeepL, entries",
            often // 8,
            "GET",
            "/v2/glossaries/diplomatic.zh-en/entries",
            b"",
            auth,
        ),
        Call("DeepL, list", often // 8, "GET", "/v3/glossaries", b"", auth),
        Call("export", often // 8, "GET", "/api/v1/export?format=omegat"),
        Call("entries", often // 4, "GET", "/api/v1/entries?limit=50"),
        Call("changes", often // 4, "GET", "/api/v1/changes?since=1"),
    ]
    return found


class Server:
    """A real server in processes of its own, on a port of its own."""

    def __init__(self, database: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "glossary.cli", "serve", "--workers", "2"]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            env={**os.environ, **UNLIMITED, "GLOSSARY_DATABASE": str(database)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(600):
            try:
                if self.ask(self.connection(), Call("", 1, "GET", "/readyz"))[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise SystemExit("the server did not start")

    def connection(self) -> http.client.HTTPConnection:
        """Return a connection; it is opened with its first request."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(self, line: http.client.HTTPConnection, call: Call) -> tuple[int, bytes]:
        """Return status and body of an answer."""
        line.request(call.method, call.path, call.body or None, call.headers)
        answer = line.getresponse()
        return answer.status, answer.read()

    def megabytes(self) -> float:
        """Return the memory of all its processes, shared pages counted once."""
        return memory(family(self.process.pid))

    def stop(self) -> None:
        """Stop the processes and wait for them."""
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait()


class Load:
    """The callers, with what they have seen."""

    def __init__(self, server: Server, mix: list[Call], rate: float, key: str) -> None:
        self.server, self.mix, self.rate, self.key = server, mix, rate, key
        #: Added up once: for each call, it would take what the server needs.
        self.weights = [*accumulate(call.weight for call in mix)]
        self.times: dict[str, list[float]] = defaultdict(list)
        self.failures: list[str] = []
        #: Times and failures of the first seconds, which end at `start`.
        self.first: tuple[list[float], list[str]] = [], []
        self.start = self.end = 0.0

    def run(self, warm: float, seconds: float) -> list[tuple[float, float]]:
        """Keep the load up; return the server's memory by time, in MB and seconds."""
        self.start = begin = time.monotonic() + warm
        self.end = begin + seconds
        threads = [
            threading.Thread(target=self._call, args=(n,)) for n in range(CALLERS)
        ]
        threads.append(threading.Thread(target=self._write))
        for thread in threads:
            thread.start()
        memory = []
        time.sleep(warm)
        while time.monotonic() < self.end:
            memory.append((time.monotonic() - begin, self.server.megabytes()))
            time.sleep(min(5.0, seconds / 20))
        for thread in threads:
            thread.join()
        return memory

    def _call(self, number: int) -> None:
        chance = random.Random(number)
        line = self.server.connection()
        every = CALLERS / self.rate
        due = time.monotonic() + every * number / CALLERS
        while due < self.end:
            if time.monotonic() > self.end + GRACE:
                left = int((self.end - due) / every)
                self.failures.append(f"{left} requests were still due at the end")
                return
            time.sleep(max(due - time.monotonic(), 0))
            (call,) = chance.choices(self.mix, cum_weights=self.weights)
            self._ask(line, call, due)
            due += every

    def _write(self) -> None:
        """Change an entry every second, and sometimes make and delete a glossary."""
        line = self.server.connection()
        deepl = {
            "Authorization": f"DeepL-Auth-Key {self.key}",
            "Content-Type": "application/json",
        }
        due, turn = time.monotonic(), 0
        while max(due, time.monotonic()) < self.end:
            time.sleep(max(due - time.monotonic(), 0))
            turn += 1
            place = "/api/v1/entries/sovereignty"
            entry = json.loads(self._ask(line, Call("entry", 1, "GET", place), due))
            if "version" not in entry:
                # It was not answered, which stands among the failures.
                due += 1
                continue
            headers = {
                "Authorization": f"Bearer {self.key}",
                "If-Match": f'"{entry["version"]}"',
                "Content-Type": "application/merge-patch+json",
                "Idempotency-Key": f"soak-{turn}",
            }
            note = json.dumps({"note": f"{turn}"}).encode()
            self._ask(line, Call("patch", 1, "PATCH", place, note, headers), due)
            if turn % 20 == 0:
                new = {"name": "soak", "source_lang": "ZH", "target_lang": "EN"}
                body = json.dumps(
                    {**new, "entries": "熊猫外交\tpanda diplomacy"}
                ).encode()
                make = Call("DeepL, make", 1, "POST", "/v2/glossaries", body, deepl)
                made = json.loads(self._ask(line, make, due))["glossary_id"]
                path = f"/v2/glossaries/{made}"
                self._ask(
                    line, Call("DeepL, delete", 1, "DELETE", path, b"", deepl), due
                )
            due += 1

    def _ask(self, line: http.client.HTTPConnection, call: Call, due: float) -> bytes:
        if due < self.start:
            times, failures = self.first
        else:
            times, failures = self.times[call.name], self.failures
        try:
            status, body = self.server.ask(line, call)
        except (OSError, http.client.HTTPException) as error:
            line.close()
            failures.append(f"{call.name}: {error!r}")
            return b"{}"
        times.append(time.monotonic() - due)
        if status >= 400:
            failures.append(f"{call.name}: {status} {body[:200]!r}")
        return body


def grown(memory: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the median memory of the middle third and of the last one."""
    third = len(memory) // 3
    middle, last = memory[third : 2 * third], memory[2 * third :]
    return tuple(  # type: ignore[return-value] # There are two.
        statistics.median(mb for _, mb in part) for part in (middle, last)
    )


def main() -> None:
    """Run the load and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rate", type=float, default=200, help="requests a second")
    parser.add_argument("--warm", type=float, default=30, help="seconds before")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "soak.db"
        store = open_store(str(database))
        load_curated(store)
        key = access.create(store, "soak")
        best = [(e.best("zh-Hans"), e.best("en")) for e in store.all_entries()]
        phrases = [(zh.text, en.text) for zh, en in best if zh and en]
        store.close()
        server = Server(database)
        try:
            load = Load(server, calls(phrases, key), asked.rate, key)
            memory = load.run(asked.warm, 60 * asked.minutes)
        finally:
            server.stop()
    table = Table("call", "number", "p50 ms", "p99 ms", "most ms", box=None)
    every = [each for times in load.times.values() for each in times]
    for name, times in [*sorted(load.times.items()), ("all", every)]:
        cuts = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
        figures = (1000 * each for each in (cuts[49], cuts[98], max(times)))
        table.add_row(name, f"{len(times):,}", *(f"{ms:.1f}" for ms in figures))
    Console().print(table)
    middle, last = grown(memory)
    print(f"{len(every):,} requests, {len(every) / asked.minutes / 60:.0f} a second")
    times, failures = load.first
    if len(times) > 1:
        cuts = [1000 * each for each in statistics.quantiles(times, n=100)]
        print(f"before, in {asked.warm:.0f} s: {len(times):,} requests, ", end="")
        print(f"p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms, {len(failures)} failures")
    print(f"{len(load.failures)} failures", *load.failures[:10], sep="\n  ")
    points = memory[:: max(len(memory) // 10, 1)]
    print("memory, MB:", " ".join(f"{t:.0f}s:{mb:.0f}" for t, mb in points))
    print(f"memory, median: middle third {middle:.1f} MB, last third {last:.1f} MB")
    sys.exit(bool(load.failures) or last > middle * (1 + GROWTH))


if __name__ == "__main__":
    main()
