"""How much one address or token may ask in a time, and how that is said.

`RateLimit` and `RateLimit-Policy` are those of draft-ietf-httpapi-ratelimit-headers-10.
A view that has a limit of its own is marked with `limited`, or calls `count`.
"""

import hashlib
import time
from collections.abc import Callable
from functools import lru_cache, partial, wraps
from typing import Final, NamedTuple, ParamSpec, TypeVar

from flask import Flask, Response, request
from limits import RateLimitItem, RateLimitItemPerSecond, parse

from glossary.config import Settings
from glossary.errors import TooFast
from glossary.message import N_
from glossary.people import network
from glossary.serving import ASKED
from glossary.web import current
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

_counters: list[Counters] = []


class _Remaining(NamedTuple):
    """What is left of a policy."""

    policy: str
    limit: RateLimitItem
    requests: int
    seconds: int


class _Rates(NamedTuple):
    """The limits of this application, and what was counted."""

    counters: Counters
    limits: dict[str, RateLimitItem]


def share_counts() -> None:
    """Have all processes that this one starts count together."""
    _counters[:] = [Counters()]


def install(app: Flask, settings: Settings) -> None:
    """Count every request, refuse what is too much, and say what is left."""
    limits = {name: getattr(settings, name_of) for name, name_of in POLICIES.items()}
    counters = _counters[0] if _counters else Counters()
    rates = _Rates(
        counters,
        {name: parse(text) for name, text in limits.items() if text},
    )
    app.before_request(partial(_enter, rates))
    app.after_request(_with_limits)


def count(policy: str) -> None:
    """Count this request under a policy too; raise TooFast where it is too much.

    >>> sorted(POLICIES)
    ['long', 'proposals', 'reads', 'sign-ins', 'writes']
    """
    environ = current.at_hand().environ
    rates: _Rates = environ[_RATES]
    limit = rates.limits.get(policy)
    if limit is None:
        return
    rest = _counted(rates.counters, policy, limit)
    environ[_LEFT] = rest
    if rest.requests < 0:
        raise TooFast(
            N_(
                "More than %(most)s requests of this kind in %(seconds)s seconds; "
                "come back in %(again)s."
            ),
            most=limit.amount,
            seconds=limit.get_expiry(),
            again=rest.seconds,
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
    rest: _Remaining | None = request.environ.get(_LEFT)
    return rest.seconds if rest is not None and rest.requests < 0 else None


def _enter(rates: _Rates) -> None:
    here = current.at_hand()
    here.environ[_RATES] = rates
    lane = current.noted()["lane"] = lane_of(here.method, here.path)
    if here.method == "OPTIONS" or lane not in _OF_LANE or here.endpoint == "static":
        return
    before = here.environ.get(ASKED, {})
    if _LEFT in before:
        # Who waits was counted when they came.
        here.environ[_LEFT] = before[_LEFT]
        return
    count(_OF_LANE[lane])
    before[_LEFT] = here.environ.get(_LEFT)


def _counted(counters: Counters, policy: str, limit: RateLimitItem) -> _Remaining:
    """Count a request for its address, and for its token if it shows one.

    A token may be made up: whoever sends ever new ones is counted by address still.
    Return what is left where the least is.
    """
    here = current.at_hand()
    place = network(here.remote_addr or "")
    credentials = here.environ.get("HTTP_AUTHORIZATION")
    if not credentials:
        return _hit(counters, policy, limit, f"address {place}")
    digest = hashlib.sha256(credentials.encode()).hexdigest()
    return min(
        _hit(counters, policy, _times(limit, _TOKENS), f"tokens of {place}"),
        _hit(counters, policy, limit, digest),
        key=lambda slot: slot.requests,
    )


def _hit(counters: Counters, policy: str, limit: RateLimitItem, who: str) -> _Remaining:
    """Count a request of somebody; less than nothing is left where it is too much."""
    count, ends = counters.hit(f"{policy} {who}", limit.get_expiry())
    seconds = max(1, round(ends - time.time()))
    return _Remaining(policy, limit, max(-1, limit.amount - count), seconds)


@lru_cache(16)
def _times(limit: RateLimitItem, times: int) -> RateLimitItem:
    return RateLimitItemPerSecond(limit.amount * times, limit.get_expiry())


def _with_limits(answer: Response) -> Response:
    """Say the policy and what is left of it."""
    rest: _Remaining | None = current.at_hand().environ.get(_LEFT)
    if rest is not None:
        add = answer.headers.add
        add("RateLimit-Policy", _policy(rest.policy, rest.limit))
        add("RateLimit", f'"{rest.policy}";r={max(0, rest.requests)};t={rest.seconds}')
    return answer


@lru_cache(64)
def _policy(policy: str, limit: RateLimitItem) -> str:
    return f'"{policy}";q={limit.amount};w={limit.get_expiry()}'
