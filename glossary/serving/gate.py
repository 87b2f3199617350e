"""Between connections and threads: nobody who is slow or silent holds a thread.

A request is handed to a thread once all of it has come, and its answer leaves the
thread as a whole, into memory or a file that the system sends. So what a client does,
or does not do, costs a connection and nothing else. Threads stand in lanes: reads,
reads that take long, writes, and questions after the server's health; those of one lane
never wait for those of another.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Container, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from io import BytesIO
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, Any, Final, NamedTuple
from wsgiref.util import FileWrapper

from glossary.message import N_
from glossary.serving.environ import environ_of
from glossary.serving.turns import HALF, Full, Turns
from glossary.speech import negotiate, say

_LOG = logging.getLogger(__name__)
Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Told = Callable[[Environ, int, str], None]

#: Bytes of a body or an answer that are kept in memory; the rest is kept in a file.
_IN_MEMORY: Final = 1_000_000
#: Bytes a second that a body must come with, once its time is up.
_PACE: Final = 2_000
#: Seconds in which the system has certainly opened the file of an answer.
_OPENED: Final = 15.0
#: What says that a request may wait, and for how many seconds it would.
MAY_HOLD: Final = "glossary.may-hold"
HOLD: Final = "Glossary-Hold"
#: What an application noted of a request when it was asked before: one who waits is
#: one request, however often it is looked.
ASKED: Final = "glossary.asked"
#: Seconds between two looks for somebody who waits, and the longest wait.
_LOOK: Final = 0.5
_MOST_HELD: Final = 60.0
#: Where a process finds what it has open, by number.
_OPEN: Final = "/dev/fd"


class Lanes(NamedTuple):
    """The lane of a request, by method and path, and what each of them has.

    `threads` answer, and a request waits for one of them about so many seconds at most
    (`patience`). `sender` tells who sends a request, of whom one is not to fill a lane,
    but for those that are `unshared`.
    """

    of: Callable[[str, str], str]
    threads: Mapping[str, int]
    patience: Mapping[str, float]
    sender: Callable[[Environ], str]
    unshared: Container[str] = ()


class Bounds(NamedTuple):
    """What one process takes upon itself.

    `connections` at a time; seconds for a request's head or for silence (`idle`) and
    for its `body`; requests that may wait for a thread in each lane (`waiting`); bytes
    of bodies at a time (`bodies`).
    """

    connections: int
    idle: float
    body: float
    waiting: int
    bodies: int


class _Refused(Exception):
    """What the gate answers itself: a status, a code, and words."""

    def __init__(self, status: int, code: str, detail: str, *, again: int = 0) -> None:
        self.status = status
        self.code = code
        self.detail = detail
        self.again = again


_TITLES: Final = {
    408: N_("The request did not come in time"),
    503: N_("The store is not available"),
}


def _untold(_environ: Environ, _status: int, _code: str) -> None:
    """Tell nobody."""


class Gate:
    """A WSGI application as granian's RSGI calls it.

    `tell` hears of each request that no thread has seen: its status and its code.
    """

    def __init__(
        self, app: Wsgi, lanes: Lanes, bounds: Bounds, *, tell: Told = _untold
    ) -> None:
        self._app = app
        self._tell = tell
        self._lanes = lanes
        self._bounds = bounds
        self._turns = {
            lane: Turns(
                lane,
                threads=threads,
                most=bounds.waiting,
                patience=lanes.patience[lane],
                share=1.0 if lane in lanes.unshared else HALF,
            )
            for lane, threads in lanes.threads.items()
        }
        self._bodies = 0

    async def __call__(self, scope: Any, proto: Any) -> None:
        """Take a request, have it answered, and let the answer go."""
        environ = environ_of(scope)
        lane = self._lanes.of(environ["REQUEST_METHOD"], environ["PATH_INFO"])
        turns, sender = self._turns[lane], self._lanes.sender(environ)
        body_size = 0
        try:
            turns.must_have_room(sender)
            body, body_size = await self._body(environ, proto)
            with body:
                environ["wsgi.input"] = body
                await self._answered(turns, sender, environ, proto)
        except Full:
            self._turn_away(_FULL, environ, proto)
        except _Refused as refusal:
            self._turn_away(refusal, environ, proto)
        finally:
            self._bodies -= body_size

    def _turn_away(self, refusal: _Refused, environ: Environ, proto: Any) -> None:
        _refuse(refusal, environ, proto)
        self._tell(environ, refusal.status, refusal.code)

    async def _answered(
        self, turns: Turns, sender: str, environ: Environ, proto: Any
    ) -> None:
        loop = asyncio.get_running_loop()
        until, may_hold = 0.0, True
        noted: dict[str, Any] = {}
        while True:
            environment = {**environ, MAY_HOLD: may_hold, ASKED: noted}
            work = partial(_answer, self._app, environment, proto)
            try:
                file = await turns.take(sender, work)
            except Full:
                # One who waits already looks again later, when there may be room.
                if loop.time() >= until:
                    raise
                file = until - loop.time()
            if not isinstance(file, float):
                break
            # Nothing is there to tell yet: the request waits here, and holds no thread.
            until = until or loop.time() + min(file, _MOST_HELD)
            if await _is_gone(proto, _LOOK):
                return
            may_hold = loop.time() < until
        if file is not None:
            loop.call_later(_OPENED, file.close)

    async def _body(self, environ: Environ, proto: Any) -> tuple[IO[bytes], int]:
        """Return the body of a request and the bytes counted; raise _Refused."""
        length = environ.get("CONTENT_LENGTH", "")
        chunked = "HTTP_TRANSFER_ENCODING" in environ
        whole = int(length) if length.isdecimal() else 0
        # What is too large is refused by the application, which sees how much it is.
        is_none = not chunked and length in {"", "0"}
        if is_none or whole > self._bounds.bodies:
            return BytesIO(), 0
        if self._bodies + whole > self._bounds.bodies:
            raise _Refused(503, "overloaded", _BUSY, again=5)
        body: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        self._bodies += whole
        try:
            size = await self._filled(body, proto)
            body.seek(0)
        except BaseException as error:
            self._bodies -= whole
            body.close()
            if isinstance(error, TimeoutError):
                raise _Refused(408, "too-slow", _SLOW) from None
            raise
        self._bodies += size - whole
        if chunked:
            environ["CONTENT_LENGTH"] = str(size)
            del environ["HTTP_TRANSFER_ENCODING"]
        return body, size

    async def _filled(self, body: IO[bytes], proto: Any) -> int:
        """Keep what comes; return how much it was; raise TimeoutError."""
        loop = asyncio.get_running_loop()
        begin, size = loop.time(), 0
        async with asyncio.timeout_at(begin + self._bounds.body) as limit:
            async for chunk in proto:
                if not chunk:
                    break
                size += len(chunk)
                if size > self._bounds.bodies:
                    break
                limit.reschedule(begin + self._bounds.body + size / _PACE)
                if size > _IN_MEMORY:
                    await asyncio.to_thread(body.write, chunk)
                else:
                    body.write(chunk)
        return size


_BUSY: Final = N_("There are more requests than can be answered now; try again soon.")
_SLOW: Final = N_(
    "The body did not come in time; GLOSSARY_BODY_TIMEOUT sets how long it may take."
)
_FULL: Final = _Refused(503, "overloaded", _BUSY, again=1)


def _refuse(refusal: _Refused, environ: Environ, proto: Any) -> None:
    """Answer a request that no thread has seen."""
    tags = environ.get("HTTP_ACCEPT_LANGUAGE", "").split(",")
    locale = negotiate(tag.partition(";")[0].strip() for tag in tags)
    headers = [
        ("Content-Type", "application/problem+json"),
        ("Content-Language", locale),
        ("X-Content-Type-Options", "nosniff"),
        ("Connection", "close"),
    ]
    if refusal.again:
        headers.append(("Retry-After", str(refusal.again)))
    body = _problem(refusal.status, refusal.code, refusal.detail, locale)
    proto.response_bytes(refusal.status, headers, body)


@lru_cache(64)
def _problem(status: int, code: str, detail: str, locale: str) -> bytes:
    problem = {
        "type": f"/docs#{code}",
        "title": say(_TITLES[status], locale),
        "status": status,
        "detail": say(detail, locale),
        "code": code,
        "errors": [],
    }
    return json.dumps(problem, ensure_ascii=False).encode()


async def _is_gone(proto: Any, seconds: float) -> bool:
    """Wait a while; say whether the client has gone meanwhile."""
    try:
        await asyncio.wait_for(proto.client_disconnect(), seconds)
    except TimeoutError:
        return False
    return True


def _answer(app: Wsgi, environ: Environ, proto: Any) -> IO[bytes] | float | None:
    """Have the application answer; return the file that the answer is in, if any.

    An application that has nothing to tell yet is asked again: then return for how many
    seconds the client would wait, and answer nothing.
    """
    try:
        status, headers, body = _whole(app, environ)
    except BaseException:  # noqa: BLE001 - what may happen here, nobody knows.
        # Whatever it is, the client is not left without an answer.
        _LOG.exception("unexpected error")
        proto.response_bytes(500, [("Content-Type", "text/plain")], b"Error\n")
        return None
    for name, value in headers if environ.get(MAY_HOLD) else ():
        if name == HOLD:
            if not isinstance(body, bytes):
                body.close()
            return float(value)
    if isinstance(body, bytes):
        proto.response_bytes(status, headers, body)
        return None
    if not any(name.lower() == "content-length" for name, _ in headers):
        headers = [*headers, ("Content-Length", str(body.tell()))]
    body.flush()
    # The file has no name and is gone with the process; the system opens it by number.
    proto.response_file(status, headers, f"{_OPEN}/{body.fileno()}")
    return body


def _whole(
    app: Wsgi, environ: Environ
) -> tuple[int, list[tuple[str, str]], bytes | IO[bytes]]:
    """Return status, headers and all of the body, as bytes or in a file."""
    head: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        head[:] = [int(status.partition(" ")[0]), headers]

    parts: list[bytes] = []
    size = 0
    file: IO[bytes] | None = None
    environ["wsgi.file_wrapper"] = FileWrapper
    answer = app(environ, start)
    if isinstance(answer, FileWrapper):
        # It is a file already, which the system sends from its beginning.
        return *head, answer.filelike
    try:
        for part in answer:
            size += len(part)
            parts.append(part)
            if size > _IN_MEMORY:
                file = file or TemporaryFile()  # noqa: SIM115 - it is closed once it was sent.
                file.writelines(parts)
                parts.clear()
    except BaseException:
        if file is not None:
            file.close()
        raise
    finally:
        with suppress(AttributeError):
            answer.close()  # type: ignore[attr-defined]
    status, headers = head
    if file is None:
        return status, headers, b"".join(parts)
    file.writelines(parts)
    return status, headers, file
