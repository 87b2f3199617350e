"""Which requests wait for which: the lane of each, and the threads of every lane."""

from collections.abc import Mapping
from typing import Final

#: What is asked of the server itself, by those who watch it.
_HEALTH: Final = frozenset({"/healthz", "/readyz", "/metrics"})
#: The ends of paths where running texts are read, or whole glossaries: they may take
#: seconds, and short reads do not wait for them.
_LONG: Final = ("/annotate", "/check", "/export", "/read")
#: Where DeepL's interface counts and lists whole glossaries.
_WHOLE: Final = ("/v2/glossaries", "/v3/glossaries")
#: The ends of paths that are posted to though they only read.
_READING: Final = ("/lookup", "/reconcile", "/languages", "/sign-out")
#: The ends of paths where a password is hashed, which takes a while on purpose.
_HASHING: Final = ("/sign-in", "/account/password")
_LINK: Final = "/sign-in/link/"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
#: Where one sender is not kept from filling a line: who watches a server is one.
UNSHARED: Final = frozenset({"health"})
#: How much longer than a reader one waits who takes turns with others.
_IN_TURN: Final = 10


def lanes(threads: int) -> Mapping[str, int]:
    """Return how many threads each lane has in a process.

    Writes take turns: one waits for the store at a time, and none in the place of a
    reader. Who signs in takes turns with others who do, and keeps no editor waiting.
    """
    return {"read": threads, "long": threads, "write": 1, "sign-in": 1, "health": 1}


def patience(seconds: float) -> Mapping[str, float]:
    """Return how many seconds one waits in each lane, of those that a reader does.

    A question after health is hardly ever refused: its sender would end the server.
    """
    in_turn = dict.fromkeys(("write", "sign-in", "health"), _IN_TURN * seconds)
    return {**in_turn, **dict.fromkeys(("read", "long"), seconds)}


def lane_of(method: str, path: str) -> str:
    """Return the lane of a request.

    >>> lane_of("GET", "/api/v1/lookup"), lane_of("POST", "/api/v1/check")
    ('read', 'long')
    >>> lane_of("GET", "/v3/glossaries"), lane_of("POST", "/v3/glossaries")
    ('long', 'write')
    >>> lane_of("PUT", "/api/v1/entries/core-interests"), lane_of("GET", "/readyz")
    ('write', 'health')
    >>> lane_of("POST", "/sign-in")
    'sign-in'
    """
    if path.endswith(_LONG):
        return "long"
    if method in _SAFE:
        if path.endswith(tuple(_HEALTH)):
            return "health"
        return "long" if any(place in path for place in _WHOLE) else "read"
    if path.endswith(_HASHING) or _LINK in path:
        return "sign-in"
    return "read" if path.endswith(_READING) else "write"
