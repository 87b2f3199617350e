"""A real LanguageTool server behind ours, so that nobody loses grammar checking."""

import threading
import time
from collections.abc import Mapping
from functools import cache
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final, cast

import orjson

from glossary import late
from glossary.config import must_be_allowed
from glossary.schema import foreign

if TYPE_CHECKING:
    import httpx
else:
    httpx = late("httpx")

_MATCH: Final = foreign.ToolMatchSchema()
_LANGUAGE: Final = foreign.LanguageSchema()
#: Seconds for which a server that failed is not asked again.
_REST: Final = 30.0
#: More bytes are not read of an answer.
_MOST: Final = 50_000_000


class Failed(Exception):
    """The server behind did not answer as LanguageTool does; says why."""


class Upstream:
    """LanguageTool at an address (`http://host:8081/v2`).

    A whole call takes `timeout` seconds at most, from the name of the host to the last
    byte of the answer, however slowly each of them comes.
    """

    def __init__(self, address: str, *, timeout: float) -> None:
        self._address = address
        self._http = httpx.Client(base_url=f"{address.rstrip('/')}/", timeout=timeout)
        self._timeout = timeout
        self._rested = 0.0

    def check(self, fields: Mapping[str, str]) -> list[dict[str, Any]]:
        """Return its matches for a text; raise Failed."""
        answer = self._answer("POST", "check", fields)
        matches = answer.get("matches") if isinstance(answer, dict) else None
        if not foreign.is_sound(_MATCH, matches):
            raise Failed("no matches in the answer")
        return cast("list[dict[str, Any]]", matches)

    def languages(self) -> list[dict[str, str]]:
        """Return the languages that it knows; raise Failed."""
        languages = self._answer("GET", "languages", {})
        if not foreign.is_sound(_LANGUAGE, languages):
            raise Failed("no list in the answer")
        return cast("list[dict[str, str]]", languages)

    def _answer(self, method: str, path: str, fields: Mapping[str, str]) -> Any:
        if time.monotonic() < self._rested:
            raise Failed("it failed a moment ago")
        answers: SimpleQueue[Any] = SimpleQueue()
        call = (answers, method, path, dict(fields))
        threading.Thread(target=self._fetch, args=call, daemon=True).start()
        try:
            answer = answers.get(timeout=self._timeout)
        except Empty:
            answer = Failed("no whole answer in time")
        if isinstance(answer, Failed):
            if not isinstance(answer.__cause__, httpx.HTTPStatusError):
                self._rested = time.monotonic() + _REST
            raise answer
        return answer

    def _fetch(
        self, answers: "SimpleQueue[Any]", method: str, path: str, fields: Any
    ) -> None:
        """Put the answer into a queue, or Failed; who waits for it may have gone."""
        until = time.monotonic() + self._timeout
        body = bytearray()
        try:
            must_be_allowed(self._address, setting=self._address)
            with self._http.stream(method, path, data=fields) as answer:
                answer.raise_for_status()
                for chunk in answer.iter_bytes():
                    body += chunk
                    if len(body) > _MOST or time.monotonic() > until:
                        raise httpx.ReadError("too much, or too late")
            answers.put(orjson.loads(body))
        except httpx.HTTPStatusError as error:
            failed = Failed(str(error.response.status_code))
            failed.__cause__ = error
            answers.put(failed)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            answers.put(Failed(type(error).__name__))


@cache
def upstream(address: str, timeout: float) -> Upstream:
    """Return this process's connection to an address."""
    return Upstream(address, timeout=timeout)
