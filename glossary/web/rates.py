"""How much one address or token may ask in a time, and how that is said.

`RateLimit` and `RateLimit-Policy` are those of draft-ietf-httpapi-ratelimit-headers-10.
A view that has a limit of its own is marked with `limited`, or calls `count`.
"""

import hashlib
import time
from collections.abc import Callable
from functools import lru_cache, partial, wraps
from ipaddress import IPv6Address, ip_address
from typing import Final, NamedTuple, ParamSpec, TypeVar

from flask import Flask, Response, request
from limits import RateLimitItem, RateLimitItemPerSecond, parse
from limits.strategies import FixedWindowRateLimiter

from glossary.config import Settings
from glossary.errors import TooFast
from glossary.message import N_
from glossary.web.counters import Counters
from glossary.web.lanes import lane_of

P = ParamSpec("P")
R = TypeVar("R")

#: In the environ of a request: the limits that it is under, and what is left.
_RATES: Final = "glossary.rates"
_LEFT: Final = "glossary.rate"
#: The setting of each policy.
POLICIES: Final = {
    "reads": "rate_reads",
    "long": "rate_long",
    "writes": "rate_writes",
    "proposals": "rate_proposals",
    "sign-ins": "rate_sign_ins",
}
_OF_LANE: Final = {
    "read": "reads",
    "long": "long",
    "write": "writes",
    "sign-in": "writes",
}
#: An address from which several tokens come may ask so many times as much.
_TOKENS: Final = 5
#: Bits of an IPv6 address that are one user's to choose.
_OWN: Final = 64

_shared: list[Counters] = []


class _Left(NamedTuple):
    """What is left of a policy."""

    policy: str
    limit: RateLimitItem
    left: int
    seconds: int


class _Rates(NamedTuple):
    """The limits of this application, and what was counted."""

    limiter: FixedWindowRateLimiter
    limits: dict[str, RateLimitItem]


def share_counts() -> None:
    """Have all processes that this one starts count together."""
    _shared[:] = [Counters()]


def install(app: Flask, settings: Settings) -> None:
    """Count every request, refuse what is too much, and say what is left."""
    limits = {name: getattr(settings, each) for name, each in POLICIES.items()}
    counters = _shared[0] if _shared else Counters()
    rates = _Rates(
        FixedWindowRateLimiter(counters),
        {name: parse(text) for name, text in limits.items() if text},
    )
    app.before_request(partial(_enter, rates))
    app.after_request(_told)


def count(policy: str) -> None:
    """Count this request under a policy too; raise TooFast where it is too much.

    >>> sorted(POLICIES)
    ['long', 'proposals', 'reads', 'sign-ins', 'writes']
    """
    rates: _Rates = request.environ[_RATES]
    limit = rates.limits.get(policy)
    if limit is None:
        return
    left = min(_counted(rates.limiter, policy, limit), key=lambda each: each.left)
    request.environ[_LEFT] = left
    if left.left < 0:
        raise TooFast(
            N_(
                "More than %(most)s requests of this kind in %(seconds)s seconds; "
                "come back in %(again)s."
            ),
            most=limit.amount,
            seconds=limit.get_expiry(),
            again=left.seconds,
        )


def limited(policy: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a view as one that has a limit of its own, beside that of its lane."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def counted(*args: P.args, **options: P.kwargs) -> R:
            if request.method not in {"GET", "HEAD", "OPTIONS"}:
                count(policy)
            return view(*args, **options)

        return counted

    return mark


def again() -> int | None:
    """Return the seconds after which a refused sender may come again."""
    left: _Left | None = request.environ.get(_LEFT)
    return left.seconds if left is not None and left.left < 0 else None


def _enter(rates: _Rates) -> None:
    request.environ[_RATES] = rates
    lane = lane_of(request.method, request.path)
    if (
        request.method != "OPTIONS"
        and lane in _OF_LANE
        and request.endpoint != "static"
    ):
        count(_OF_LANE[lane])


def _counted(
    limiter: FixedWindowRateLimiter, policy: str, limit: RateLimitItem
) -> list[_Left]:
    """Count a request for its address, and for its token if it shows one.

    A token may be made up: whoever sends ever new ones is counted by address still.
    """
    place = _place(request.remote_addr or "")
    shown = request.environ.get("HTTP_AUTHORIZATION")
    keys = [(limit, f"address {place}")]
    if shown:
        digest = hashlib.sha256(shown.encode()).hexdigest()
        keys = [(_times(limit, _TOKENS), f"tokens of {place}"), (limit, digest)]
    found = []
    for each, key in keys:
        limiter.hit(each, policy, key)
        stats = limiter.get_window_stats(each, policy, key)
        full = limiter.storage.get(each.key_for(policy, key)) > each.amount
        seconds = max(1, round(stats.reset_time - time.time()))
        found.append(_Left(policy, each, -1 if full else stats.remaining, seconds))
    return found


@lru_cache(16)
def _times(limit: RateLimitItem, times: int) -> RateLimitItem:
    return RateLimitItemPerSecond(limit.amount * times, limit.get_expiry())


def _place(address: str) -> str:
    """Return what stands for one user: an address, of IPv6 the network."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if not isinstance(found, IPv6Address):
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return hex(int(found) >> (128 - _OWN))


def _told(answer: Response) -> Response:
    """Say the policy and what is left of it."""
    left: _Left | None = request.environ.get(_LEFT)
    if left is not None:
        window = left.limit.get_expiry()
        answer.headers["RateLimit-Policy"] = (
            f'"{left.policy}";q={left.limit.amount};w={window}'
        )
        answer.headers["RateLimit"] = (
            f'"{left.policy}";r={max(0, left.left)};t={left.seconds}'
        )
    return answer
