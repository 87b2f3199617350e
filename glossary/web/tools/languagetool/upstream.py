"""A real LanguageTool server behind ours, so that nobody loses grammar checking."""

import time
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import httpx

#: Seconds for which a server that failed is not asked again.
_REST: Final = 30.0


class Failed(Exception):
    """The server behind did not answer as LanguageTool does; says why."""


class Upstream:
    """LanguageTool at an address (`http://host:8081/v2`)."""

    def __init__(self, address: str, *, timeout: float) -> None:
        self._http = httpx.Client(base_url=f"{address.rstrip('/')}/", timeout=timeout)
        self._rested = 0.0

    def check(self, fields: Mapping[str, str]) -> list[dict[str, Any]]:
        """Return its matches for a text; raise Failed."""
        found = self._answer("POST", "check", fields)
        matches = found.get("matches") if isinstance(found, dict) else None
        if not isinstance(matches, list):
            raise Failed("no matches in the answer")
        return matches

    def languages(self) -> list[dict[str, str]]:
        """Return the languages that it knows; raise Failed."""
        found = self._answer("GET", "languages", {})
        if not isinstance(found, list):
            raise Failed("no list in the answer")
        return found

    def _answer(self, method: str, path: str, fields: Mapping[str, str]) -> Any:
        if time.monotonic() < self._rested:
            raise Failed("it failed a moment ago")
        try:
            answer = self._http.request(method, path, data=dict(fields))
            answer.raise_for_status()
            return answer.json()
        except httpx.HTTPStatusError as error:
            raise Failed(str(error.response.status_code)) from error
        except (httpx.HTTPError, ValueError) as error:
            self._rested = time.monotonic() + _REST
            raise Failed(type(error).__name__) from error


@cache
def upstream(address: str, timeout: float) -> Upstream:
    """Return this process's connection to an address."""
    return Upstream(address, timeout=timeout)
