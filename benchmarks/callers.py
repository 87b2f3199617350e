"""Callers of a server that cost next to nothing: sockets in one loop, and no library.

They run in a process of their own beside the server that is measured, so that what they
cost is little, and what they wait for is the server.
"""

import json
import random
import selectors
import socket
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

#: Addresses that a load comes from; the last one sends a quarter of it.
_ADDRESSES: Final = 400
#: Seconds after which a caller gives up.
GIVEN_UP: Final = 10.0
_PIECE: Final = 1 << 18


@dataclass
class Answers:
    """What came back: statuses (0: a caller who gave up), seconds, what was amiss."""

    statuses: Counter[int] = field(default_factory=Counter)
    answered: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    amiss: Counter[str] = field(default_factory=Counter)
    #: Seconds of a processor that the callers themselves took.
    own: float = 0.0

    def note(self, answer: bytes, seconds: float) -> None:
        """Take an answer into account, and how long it took."""
        head = answer.partition(b"\r\n\r\n")[0].lower()
        if not head.startswith(b"http/1.1 "):
            self.amiss[answer[:40].decode(errors="replace") or "no answer"] += 1
            return
        status = int(head[9:12])
        self.statuses[status] += 1
        if status == 200:
            self.answered.append(seconds)
        elif status not in {429, 503}:
            self.amiss[head[:40].decode(errors="replace")] += 1
        else:
            self.refused.append(seconds)
            if b"\nretry-after:" not in head:
                self.amiss[f"{status} without Retry-After"] += 1


class Requests:
    """Look-ups, and as many texts of a page to annotate, from many addresses."""

    def __init__(self, phrases: Sequence[str], seed: int) -> None:
        self._phrases = phrases
        self._chance = random.Random(seed)

    def mixed(self) -> bytes:
        """Return a look-up or a text, from any address."""
        if self._chance.random() < 0.5:
            return self.short(self._address())
        text = "，".join(self._chance.choices(self._phrases, k=200))
        body = json.dumps({"text": text}).encode()
        return _request("POST /api/v1/annotate", self._address(), body)

    def short(self, address: str) -> bytes:
        """Return a look-up of something like a phrase of the glossary."""
        choice = self._chance.choice
        return _look_up(choice(self._phrases) + choice(self._phrases)[:2], address)

    def each(self) -> Iterator[bytes]:
        """Yield a look-up of each phrase, from any address."""
        for phrase in self._phrases:
            yield _look_up(phrase, self._address())

    def _address(self) -> str:
        if self._chance.random() < 0.25:
            return "198.51.100.1"
        number = self._chance.randrange(_ADDRESSES)
        return f"203.0.{number // 200}.{number % 200 + 1}"


def _look_up(q: str, address: str) -> bytes:
    return _request(f"GET /api/v1/lookup?q={quote(q)}", address)


def _request(line: str, address: str, body: bytes = b"") -> bytes:
    return (
        f"{line} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
        f"X-Forwarded-For: {address}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


class _Caller:
    """One request and as much of its answer as has come."""

    __slots__ = ("answer", "begun", "end", "unsent")

    def __init__(self, port: int, request: bytes) -> None:
        self.begun = time.monotonic()
        self.unsent = request
        self.answer = bytearray()
        self.end = socket.socket()
        self.end.settimeout(0.0)
        self.end.connect_ex(("127.0.0.1", port))

    def goes_on(self) -> bool:
        """Send or read what can be; say whether more is to come."""
        if self.unsent:
            self.unsent = self.unsent[self.end.send(self.unsent) :]
            return True
        piece = self.end.recv(_PIECE)
        self.answer += piece
        return bool(piece)


class Callers:
    """All who have asked and wait for an answer."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._ready = selectors.DefaultSelector()
        self._waiting: deque[_Caller] = deque()
        self.answers = Answers()

    def ask(self, request: bytes) -> None:
        """Send a request by a connection of its own."""
        caller = _Caller(self._port, request)
        self._ready.register(caller.end, selectors.EVENT_WRITE, caller)
        self._waiting.append(caller)

    def wait(self, until: float) -> int:
        """Take what comes until something has or it is time; return who is done."""
        done = self._given_up()
        patience = max(0.0, until - time.monotonic())
        for key, _ in self._ready.select(patience):
            caller: _Caller = key.data
            try:
                was_sending = bool(caller.unsent)
                if caller.goes_on():
                    if was_sending and not caller.unsent:
                        self._ready.modify(caller.end, selectors.EVENT_READ, caller)
                    continue
            except BlockingIOError:
                continue
            except OSError as error:
                self.answers.amiss[type(error).__name__] += 1
            else:
                seconds = time.monotonic() - caller.begun
                self.answers.note(bytes(caller.answer), seconds)
            self._leave(caller)
            done += 1
        return done

    def _leave(self, caller: _Caller) -> None:
        self._ready.unregister(caller.end)
        caller.end.close()

    def _given_up(self) -> int:
        """Let those go who have waited too long; return how many."""
        since, number = time.monotonic() - GIVEN_UP, 0
        while self._waiting and self._waiting[0].begun < since:
            caller = self._waiting.popleft()
            if caller.end.fileno() < 0:
                continue
            self.answers.statuses[0] += 1
            self._leave(caller)
            number += 1
        return number

    def __len__(self) -> int:
        """Return the number of those who wait."""
        return len(self._ready.get_map())


def in_turn(port: int, phrases: Sequence[str], callers: int, seconds: float) -> Answers:
    """Have so many callers ask who each wait for an answer before they ask again."""
    requests, crowd = Requests(phrases, 18), Callers(port)
    until = time.monotonic() + seconds
    for _ in range(callers):
        crowd.ask(requests.mixed())
    while (now := time.monotonic()) < until:
        for _ in range(crowd.wait(min(until, now + 0.1))):
            crowd.ask(requests.mixed())
    return crowd.answers


def through(port: int, phrases: Sequence[str], callers: int) -> Answers:
    """Have so many callers look up each phrase once, between them."""
    crowd = Callers(port)
    for request in Requests(phrases, len(phrases)).each():
        while len(crowd) >= callers:
            crowd.wait(time.monotonic() + 0.1)
        crowd.ask(request)
    while len(crowd):
        crowd.wait(time.monotonic() + 0.1)
    return crowd.answers


def by_time_table(
    port: int, phrases: Sequence[str], rate: float, seconds: float
) -> Answers:
    """Send so many requests a second, however the server is; wait for all of them."""
    requests, crowd = Requests(phrases, int(rate)), Callers(port)
    begun, own = time.monotonic(), time.process_time()
    for due in _due(begun, rate, seconds):
        while time.monotonic() < due:
            crowd.wait(due)
        crowd.ask(requests.mixed())
    crowd.answers.own = time.process_time() - own
    while len(crowd):
        crowd.wait(time.monotonic() + 0.1)
    return crowd.answers


def _due(begun: float, rate: float, seconds: float) -> Iterator[float]:
    for number in range(int(rate * seconds)):
        yield begun + number / rate


def one_by_one(port: int, phrases: Sequence[str], number: int) -> Answers:
    """Look up so often, one after the other, from an address that asks nothing else."""
    requests, crowd = Requests(phrases, number), Callers(port)
    for _ in range(number):
        crowd.ask(requests.short("192.0.2.7"))
        while not crowd.wait(time.monotonic() + 1.0):
            pass
    return crowd.answers
