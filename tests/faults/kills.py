"""`kill -9` of a server, its workers and its imports under writers, again and again.

What was acknowledged is there afterwards, an import is whole or not there at all, for
readers too while it is under way, and the next look-up is answered soon.
"""

import contextlib
import os
import random
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx

from glossary.store import Store
from tests.answers import API
from tests.faults.running import PATIENCE, Serve, runs, until
from tests.running import killed

#: Whom a kill hits, in turn.
TARGETS: Final = ("all", "worker", "import", "main")
WRITERS: Final = 3
#: Rows of an import: it takes about a second.
ROWS: Final = 300
#: Nothing here may be refused for coming too often.
SETTINGS: Final = {
    "GLOSSARY_RATE_WRITES": "",
    "GLOSSARY_RATE_READS": "",
    "GLOSSARY_RATE_LONG": "",
}


@dataclass
class Seen:
    """What came of the kills: `lost`, `partial`, `short`, `wrong` are to be empty."""

    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    imports: Counter[str] = field(default_factory=Counter)
    partial: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    reads: int = 0
    starts: list[float] = field(default_factory=list)

    def told(self) -> str:
        """Return the figures on one line."""
        times = sorted(self.starts) or [0.0]
        return (
            f"{self.kills.total()} x kill -9 {dict(self.kills)}: "
            f"{len(self.acknowledged)} writes acknowledged, {len(self.lost)} lost; "
            f"{self.imports.total()} imports {dict(self.imports)}, "
            f"{len(self.partial)} partial in {self.reads} reads, {len(self.short)} "
            f"half there; to the first look-up "
            f"median {times[len(times) // 2]:.2f} s, longest {times[-1]:.2f} s; "
            f"{len(self.wrong)} other answers {self.wrong[:3]}"
        )


class Trial:
    """A server over a store that is struck as often as told."""

    def __init__(self, serve: Serve, address: Path | str, token: str) -> None:
        self._serve, self._address = serve, address
        self._headers = {"Authorization": f"Bearer {token}"}
        self._chance = random.Random(18)  # noqa: S311 - no secret.
        self._over, self._up = threading.Event(), threading.Event()
        self._batch, self._import = -1, ""
        self.seen = Seen()
        self.server = serve(address, **SETTINGS).ready()

    def run(self, times: int, store: Store) -> Seen:
        """Strike so often under load; return what was seen, as the store has it too."""
        load = [threading.Thread(target=self._write, args=(n,)) for n in range(WRITERS)]
        load.append(threading.Thread(target=self._read))
        self._up.set()
        for thread in load:
            thread.start()
        try:
            for number in range(times):
                self._begun()
                kept = len(self.seen.acknowledged)
                until(lambda n=kept: len(self.seen.acknowledged) > n + 5, 120)
                time.sleep(self._chance.uniform(0.0, 0.8))
                self._struck(TARGETS[number % len(TARGETS)])
                if number % 10 == 9:
                    self._judge(store)
                    print(self.seen.told(), flush=True)  # noqa: T201 - it takes hours.
        finally:
            self._over.set()
            self._up.set()
            for thread in load:
                thread.join()
        self._settled(90)
        self._judge(store)
        return self.seen

    def _struck(self, target: str) -> None:
        self.seen.kills[target] += 1
        server = self.server
        if target in {"import", "all"} and self._import:
            # It may be over already, which is a moment like others.
            killed(self._import)
        if target == "import":
            return
        if target == "worker":
            begun = time.monotonic()
            os.kill(self._chance.choice(server.workers()), signal.SIGKILL)
            self._timed(begun)
        else:
            self._up.clear()
            if target == "all":
                os.killpg(server.process.pid, signal.SIGKILL)
            else:
                workers = server.workers()
                server.signal(signal.SIGKILL)
                until(lambda: not any(map(runs, workers)))
            server.process.wait()
            begun = time.monotonic()
            self.server = self._serve(self._address, port=server.port, **SETTINGS)
            self._timed(begun)
            self._up.set()
            server.end()

    def _timed(self, begun: float) -> None:
        """Note the seconds until a look-up is answered."""
        deadline = begun + 4 * PATIENCE
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.TransportError):
                if self.server.get(f"{API}/lookup?q=和平").status_code == 200:
                    self.seen.starts.append(time.monotonic() - begun)
                    return
            time.sleep(0.01)
        raise TimeoutError(self.server.text[-2000:])

    def _begun(self) -> None:
        """Send an import, once the one before is over, and wait until it is run."""
        if self._import and not self._settled(0):
            return
        self._submitted()
        with contextlib.suppress(httpx.TransportError):
            path = f"{API}/imports/{self._import}"
            deadline = time.monotonic() + PATIENCE
            while self._import and time.monotonic() < deadline:
                answer = self.server.get(path, headers=self._headers)
                if answer.json()["state"] != "queued":
                    return
                time.sleep(0.02)

    def _submitted(self) -> None:
        """Send an import."""
        rows = (
            f"第{self._batch + 1}批第{n}项,batch {self._batch + 1} item {n}\n"
            for n in range(ROWS)
        )
        headers = {**self._headers, "Prefer": "respond-async"}
        with contextlib.suppress(httpx.TransportError):
            answer = httpx.post(
                f"{self.server.url}{API}/imports?format=csv",
                content="zh,en\n" + "".join(rows),
                headers=headers,
                timeout=PATIENCE,
            )
            if answer.status_code != 202:
                self.seen.wrong.append(f"import: {answer.status_code} {answer.text}")
                return
            self._import = answer.json()["id"]
            self._batch += 1

    def _settled(self, seconds: float) -> bool:
        """Say whether the import is over, and note how it ended."""
        deadline = time.monotonic() + seconds
        while self._import:
            with contextlib.suppress(httpx.TransportError):
                path = f"{API}/imports/{self._import}"
                state = self.server.get(path, headers=self._headers).json()["state"]
                if state in {"succeeded", "failed"}:
                    self.seen.imports[state] += 1
                    self._import = ""
                    return True
            if time.monotonic() > deadline:
                return False
            time.sleep(0.1)
        return True

    def _write(self, thread: int) -> None:
        number = 0
        client = httpx.Client(headers=self._headers, timeout=PATIENCE)
        while not self._over.is_set():
            self._up.wait()
            number += 1
            name = f"kept-{thread}-{number}"
            text = f"a phrase kept by {thread} as {number}"
            document = {"id": name, "terms": [{"lang": "en", "text": text}]}
            try:
                url = f"{self.server.url}{API}/entries"
                answer = client.post(url, json=document)
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            if answer.status_code == 201:
                self.seen.acknowledged.append(name)
            elif answer.status_code != 503:
                # Busy behind an import is no loss; anything else is not expected.
                self.seen.wrong.append(f"{answer.status_code} {answer.text[:200]}")
            time.sleep(0.02)
        client.close()

    def _read(self) -> None:
        """Look up the first, a middle and the last row, in this order.

        Where the first is there, so are the others; only while the answer is made may
        the import have ended, so that the last is there and the first was not.
        """
        rows = (0, ROWS // 2, ROWS - 1)
        client = httpx.Client(timeout=PATIENCE)
        while not self._over.is_set():
            self._up.wait()
            batch = self._batch
            queries = [f"batch {batch} item {n}" for n in rows]
            try:
                url = f"{self.server.url}{API}/lookup"
                answer = client.post(url, json={"queries": queries, "tier": "exact"})
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            if answer.status_code == 200:
                self.seen.reads += 1
                there = [bool(each["hits"]) for each in answer.json()["answers"]]
                if there != sorted(there):
                    self.seen.partial.append(f"batch {batch}: {answer.text[:500]}")
            elif answer.status_code != 503:
                self.seen.wrong.append(f"{answer.status_code} {answer.text[:200]}")
            time.sleep(0.03)
        client.close()

    def _judge(self, store: Store) -> None:
        """Compare what was said up to now with what is in the store."""
        said = list(self.seen.acknowledged)
        there = {row[0] for row in store.rows("select id from entry")}
        versions = {row[0] for row in store.rows("select entry from version")}
        self.seen.lost = [
            name for name in said if name not in there or name not in versions
        ]
        found = store.rows("select key from term where key like 'batch % item %'")
        sizes = Counter(row[0].split()[1] for row in found)
        self.seen.short = [
            f"batch {name} has {size}" for name, size in sizes.items() if size != ROWS
        ]
        if len(sizes) < self.seen.imports["succeeded"]:
            self.seen.short.append(f"{len(sizes)} imports are there")
