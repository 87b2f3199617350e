"""Requests over HTTP: sent again when that is safe, refusals raised as our errors."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, TypedDict, Unpack
from uuid import uuid4

from glossary import errors, late
from glossary.entry import codec
from glossary.errors import GlossaryError
from glossary.message import Message, Problem
from glossary.query import BEGINNING, Moment

if TYPE_CHECKING:
    import httpx
else:
    httpx = late("httpx")

#: Statuses of a server, or of what stands before it, that may be better in a moment.
_PASSING: Final = frozenset({429, 502, 503, 504})
#: Longest pause before a request is sent again, in seconds.
_LONGEST: Final = 20.0
_KINDS: Final = {
    kind.code: kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, GlossaryError)
} | {"unsettled-columns": errors.UnreadableFile}
_REVISION: Final = "Glossary-Revision"
#: Makes the body of a request anew for every time that it is sent.
Make = Callable[[], Any]


class Sent(TypedDict, total=False):
    """What goes with a request; `json` is a body too, written as JSON."""

    query: Mapping[str, Any]
    headers: Mapping[str, str]
    json: object
    body: Make


class Unreachable(ConnectionError):
    """The server does not answer, or what answers is not this service."""


class Wire:
    """One server, asked as often as `attempts` allows.

    Every write has a key of its own (`Idempotency-Key`), so that sending it again
    after a lost answer does it once. Every request names the newest revision that was
    seen (`Glossary-Revision`), so that no answer is of an older state.
    """

    def __init__(
        self,
        server: str,
        *,
        token: str | None,
        language: str,
        timeout: float,
        attempts: int,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        headers = {"Accept-Language": language}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._http = httpx.Client(
            base_url=f"{server.rstrip('/')}/",
            headers=headers,
            timeout=timeout,
            transport=transport,
            event_hooks={"request": [self._ask_for], "response": [self._note]},
        )
        self._attempts = max(attempts, 1)
        #: The newest revision that an answer was of; no later one is older.
        self._newest = BEGINNING

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def call(self, method: str, path: str, **content: Unpack[Sent]) -> httpx.Response:
        """Return the whole answer; raise what the server refuses, or Unreachable."""
        with self.opened(method, path, **content) as answer:
            answer.read()
            return answer

    @contextmanager
    def opened(
        self, method: str, path: str, **content: Unpack[Sent]
    ) -> Iterator[httpx.Response]:
        """Yield the answer with its body still to be read; raise as `call` does."""
        headers, body = dict(content.get("headers", {})), content.get("body")
        if "json" in content:
            headers.setdefault("Content-Type", "application/json")
            text = codec.write(content["json"])
            body = lambda: text  # noqa: E731 - it is the body, made the same each time.
        if method != "GET":
            headers["Idempotency-Key"] = str(uuid4())
        query = content.get("query", {})
        parameters = {
            name: _as_parameter(v) for name, v in query.items() if v is not None
        }
        address = self._http.base_url.join(path)
        if parameters:
            address = address.copy_merge_params(parameters)
        for attempt in range(1, self._attempts + 1):
            request = self._http.build_request(
                method, address, headers=headers, content=body() if body else None
            )
            last = attempt == self._attempts
            try:
                answer = self._http.send(request, stream=True)
            except httpx.TransportError as error:
                if last or isinstance(error, httpx.UnsupportedProtocol):
                    raise Unreachable(f"{request.url}: {error}") from error
                time.sleep(_pause(attempt))
                continue
            try:
                if answer.status_code in _PASSING and not last:
                    time.sleep(_pause(attempt, answer.headers.get("Retry-After")))
                    continue
                if answer.status_code >= 400:
                    answer.read()
                    raise self._refused(answer)
                yield answer
            except httpx.TransportError as error:
                raise Unreachable(f"{request.url}: {error}") from error
            finally:
                answer.close()
            return

    def _ask_for(self, request: httpx.Request) -> None:
        if self._newest.revision:
            request.headers[_REVISION] = str(self._newest)

    def _note(self, answer: httpx.Response) -> None:
        with suppress(ValueError):
            moment = Moment.read(answer.headers.get(_REVISION, ""))
            if (
                moment.epoch != self._newest.epoch
                or moment.revision > self._newest.revision
            ):
                self._newest = moment

    def _refused(self, answer: httpx.Response) -> GlossaryError | Unreachable:
        """Return the error of an answer; begin anew with a store that was set back."""
        error = _refusal(answer)
        if isinstance(error, errors.StoreBehind):
            self._newest = BEGINNING
        return error


def _as_parameter(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _pause(attempt: int, retry_after: str | None = None) -> float:
    """Return the seconds to wait: what was asked for, else twice as long each time."""
    if retry_after and retry_after.isdigit():
        return min(float(retry_after), _LONGEST)
    return float(min(0.1 * 2**attempt * random.uniform(0.5, 1.5), _LONGEST))  # noqa: S311 - it spreads callers out.  # nosec B311


def _refusal(answer: httpx.Response) -> GlossaryError | Unreachable:
    """Return the error that an answer stands for."""
    if answer.headers.get("Content-Type") != "application/problem+json":
        return Unreachable(f"{answer.url}: {answer.status_code}, not of this service")
    problem = codec.read_plain(answer.content)
    code = problem["code"]
    kind = _KINDS.get(code, GlossaryError)
    places = [Problem(flaw["pointer"], flaw["detail"]) for flaw in problem["errors"]]
    if issubclass(kind, errors.Invalid):
        # Its kinds are made of what the server knows; what they say came with them.
        error: GlossaryError = errors.Invalid(places)
        error.message = Message(problem["detail"])
    else:
        error = kind(problem["detail"])
    error.problems = tuple(places)
    error.code = code
    return error
