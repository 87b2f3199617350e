"""A mixed load from several clients, and the journal of what they were answered.

A write is sent with a key until it is acknowledged, to one address and then the next. A
read is asked once more, elsewhere, and then counts as failed. A reader says which
revision it has seen, and must not be shown an older one.
"""

import http.client
import json
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message
from typing import Any, Final
from urllib.parse import quote

REVISION: Final = "Glossary-Revision"
#: Seconds that a client waits for an answer before it asks elsewhere.
PATIENCE: Final = 8.0
#: Seconds between two requests of a client, and before a write is sent again.
PAUSE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Write:
    """A write that was acknowledged; times in seconds of the monotonic clock."""

    writer: int
    entry: str
    version: int
    began: float
    ended: float
    attempts: int
    revision: int | None


@dataclass(frozen=True, slots=True)
class Read:
    """A read with its answer: what the reader knew, and what it was shown."""

    kind: str
    began: float
    ended: float
    status: int
    seen: int
    shown: int | None
    fresh: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or none at all: status 0."""

    status: int
    headers: Message | Mapping[str, str] = field(default_factory=dict)
    document: Any = None

    def problem(self) -> str:
        """Return what the answer says is wrong, if anything."""
        said = self.document if self.status >= 400 else None
        return str(said.get("detail", "")) if isinstance(said, dict) else ""

    def revision(self) -> int | None:
        """Return the revision that the answer shows."""
        said = self.headers.get(REVISION)
        if said is None and isinstance(self.document, dict):
            said = self.document.get("revision")
        # The epoch of the store stands before it in a header.
        return None if said is None else int(str(said).rpartition("-")[2])


class Load:
    """Four writers, four readers and a follower of changes, until told to stop."""

    def __init__(self, routes: Sequence[Sequence[str]], token: str, base: int) -> None:
        self.writes: list[Write] = []
        self.pending: list[tuple[str, int]] = []
        self.refused: list[Answer] = []
        self.reads: list[Read] = []
        self.followed: dict[str, int] = {}
        self._routes, self._token, self._base = routes, token, base
        self._over, self._all_written = threading.Event(), threading.Event()
        jobs: list[tuple[Callable[[int], None], int]] = [
            *((self._write, number) for number in range(4)),
            *((self._read, number) for number in range(4)),
            (self._follow, 0),
        ]
        self._threads = [
            threading.Thread(
                target=job, args=(number,), name=f"{job.__name__}-{number}"
            )
            for job, number in jobs
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End; the follower last, so that it can come to all that was written."""
        self._over.set()
        *threads, follower = self._threads
        for thread in threads:
            thread.join()
        self._all_written.set()
        follower.join()

    def written_since(self, moment: float) -> bool:
        """Say whether each writer has sent, and got acknowledged, something since."""
        found = {write.writer for write in self.writes[-400:] if write.began > moment}
        return len(found) == 4

    def _write(self, number: int) -> None:
        """Make an entry and change it, over and over."""
        count = 0
        while not self._over.wait(PAUSE):
            count += 1
            name = f"consultation-{number}-{count}"
            made = self._send(number, "POST", "/entries", name, 1, _document(name))
            if made and count % 2:
                note = {"note": f"第{count}次修改"}
                self._send(number, "PATCH", f"/entries/{name}", name, 2, note)

    def _send(  # noqa: PLR0917 - the parts of one request.
        self, number: int, method: str, path: str, name: str, version: int, body: object
    ) -> bool:
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"{name}.{version}",
            **({"If-Match": f'"{version - 1}"'} if version > 1 else {}),
        }
        sent, began, attempts = json.dumps(body).encode(), time.monotonic(), 0
        while True:
            address = self._routes[number][attempts % 2]
            attempts += 1
            answer = ask(address, method, path, headers, sent)
            if answer.status in {200, 201}:
                break
            if 400 <= answer.status < 500:
                self.refused.append(answer)
                return False
            if self._over.is_set() and time.monotonic() - began > 10:
                self.pending.append((name, version))
                return False
            time.sleep(PAUSE * 4)
        self.writes.append(
            Write(
                *(number, name, version, began, time.monotonic(), attempts),
                answer.revision(),
            )
        )
        return True

    def _read(self, number: int) -> None:
        """Look up and open what was written, the newest as often as any other."""
        chance, seen = random.Random(number), 0  # noqa: S311 - no secret.
        while not self._over.wait(PAUSE):
            if not self.writes:
                continue
            write = self.writes[-1 if chance.random() < 0.5 else self._any(chance)]
            seen = max(seen, write.revision or 0)
            kind = chance.choice(("lookup", "entry"))
            read = self._look if kind == "lookup" else self._open
            began = time.monotonic()
            answer, fresh = read(self._routes[number], write, {REVISION: str(seen)})
            shown = answer.revision()
            self.reads.append(
                Read(
                    *(kind, began, time.monotonic(), answer.status),
                    *(seen, shown, fresh, answer.problem()),
                )
            )
            seen = max(seen, shown or 0)

    def _any(self, chance: random.Random) -> int:
        return chance.randrange(len(self.writes))

    def _look(
        self, route: Sequence[str], write: Write, headers: dict[str, str]
    ) -> tuple[Answer, bool]:
        path = f"/lookup?q={quote(wording(write.entry))}&tier=folded"
        answer = ask_twice(route, path, headers)
        hits = answer.document["hits"] if answer.status == 200 else []
        return answer, bool(hits) and hits[0]["entry"] == write.entry

    def _open(
        self, route: Sequence[str], write: Write, headers: dict[str, str]
    ) -> tuple[Answer, bool]:
        answer = ask_twice(route, f"/entries/{write.entry}", headers)
        version = answer.document["version"] if answer.status == 200 else 0
        return answer, version >= write.version

    def _follow(self, number: int) -> None:
        """Keep a copy by asking what changed since, as an offline client does."""
        since = self._base
        while True:
            over = self._all_written.is_set()
            path = f"/changes?since={since}&limit=500"
            answer = ask_twice(self._routes[number], path, {REVISION: str(since)})
            changes = answer.document["changes"] if answer.status == 200 else []
            for change in changes:
                self.followed[change["entry"]] = change["version"]
                since = change["revision"]
            if over and answer.status == 200 and not changes:
                return
            self._all_written.wait(PAUSE * 4)


def wording(name: str) -> str:
    """Return the Chinese of an entry that the load makes."""
    return f"第{name.removeprefix('consultation-').replace('-', '轮第')}次磋商"


def _document(name: str) -> dict[str, Any]:
    return {
        "id": name,
        "glossary": "load",
        "terms": [
            {"lang": "zh-Hans", "text": wording(name), "status": "preferred"},
            {"lang": "en", "text": name.replace("-", " "), "status": "preferred"},
        ],
    }


def ask_twice(route: Sequence[str], path: str, headers: Mapping[str, str]) -> Answer:
    """Read from one address and, when that fails, from the next."""
    answer = ask(route[0], "GET", path, headers)
    return ask(route[1], "GET", path, headers) if answer.status in _FAILED else answer


#: No answer, and what a server says that cannot answer now.
_FAILED: Final = frozenset({0, 500, 502, 503, 504})


def ask(
    address: str,
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes | None = None,
) -> Answer:
    """Send one request of the API; an answer that never came has status 0."""
    connection = http.client.HTTPConnection(address, timeout=PATIENCE)
    try:
        connection.request(method, f"/api/v1{path}", body, dict(headers))
        got = connection.getresponse()
        text = got.read()
        kind = got.headers.get_content_type()
        document = json.loads(text) if kind.endswith("json") else None
        return Answer(got.status, got.headers, document)
    except (OSError, http.client.HTTPException):
        return Answer(0)
    finally:
        connection.close()
