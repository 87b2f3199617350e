"""What the server does, in numbers, as Prometheus reads them: `/metrics`."""

import time
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Final

from flask import Flask, Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from glossary.errors import StoreError
from glossary.query import TIERS
from glossary.store import condition
from glossary.transfer import Imports
from glossary.web import current
from glossary.web import request as incoming
from glossary.web.lanes import lane_of, lanes
from glossary.web.openapi import openapi
from glossary.web.tally import Tally
from glossary.web.turned_away import CODES, count_in, number_of

#: Upper bounds of the classes of time, in seconds.
_BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10)
_CLASSES: Final = ("2xx", "3xx", "4xx", "5xx")
_NONE: Final = "none"
_LANES: Final = tuple(lanes(1))
_CACHE: Final = ("hit", "made")
_ROWS: Final = ("created", "updated", "unchanged", "rejected")


def install(app: Flask) -> None:
    """Count every request of an application that has all its routes."""
    endpoints = sorted(app.view_functions)
    names = [f"requests {e} {c}" for e in [*endpoints, _NONE] for c in _CLASSES]
    for lane in _LANES:
        names += [f"time {lane} {bound}" for bound in (*_BOUNDS, "+Inf", "sum")]
    names += [f"tier {tier}" for tier in (*TIERS, _NONE)]
    names += [f"cache {way}" for way in _CACHE]
    names += [f"rows {way}" for way in _ROWS]
    names += [number_of(code) for code in CODES]
    tally = Tally([*names, "missed", "refused"])
    count_in(tally)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Numbers(tally, endpoints))
    registry.register(_State(app))
    app.extensions["glossary.registry"] = registry
    app.after_request(partial(_count, tally))


@openapi.get("/metrics")
def metrics() -> Response:
    """Say what the server has done, and how it stands, in the format of Prometheus."""
    incoming.nothing()
    registry: CollectorRegistry = current.extension("glossary.registry")
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _count(tally: Tally, answer: Response) -> Response:
    noted = current.noted()
    if "held" in noted:
        return answer
    seconds = time.perf_counter() - noted.get("begun", time.perf_counter())
    here = current.at_hand()
    lane = noted.get("lane") or lane_of(here.method, here.path)
    status = answer.status_code
    requests, of_class, in_all = _names(
        here.endpoint or _NONE, status // 100, lane, bisect_left(_BOUNDS, seconds)
    )
    amounts = {requests: 1.0, of_class: 1.0, in_all: seconds}
    if "tier" in noted:
        amounts[f"tier {noted['tier'] or _NONE}"] = 1.0
    if "cache" in noted:
        amounts[f"cache {noted['cache']}"] = 1.0
    if noted.get("missed"):
        amounts["missed"] = 1.0
    if status == 429:
        amounts["refused"] = 1.0
    for way, number in noted.get("rows", {}).items():
        amounts[f"rows {way}"] = number
    tally.add(amounts)
    return answer


@lru_cache(maxsize=2048)
def _names(endpoint: str, status: int, lane: str, place: int) -> tuple[str, str, str]:
    """Return what counts an answer, its class of time, and its seconds."""
    bound = _BOUNDS[place] if place < len(_BOUNDS) else "+Inf"
    return (
        f"requests {endpoint} {status}xx",
        f"time {lane} {bound}",
        f"time {lane} sum",
    )


class _Numbers(Collector):
    """What was counted since the server began."""

    def __init__(self, tally: Tally, endpoints: list[str]) -> None:
        self._tally = tally
        self._endpoints = [*endpoints, _NONE]

    def collect(self) -> Iterator[Metric]:
        """Yield every family."""
        yield self._counter(
            "glossary_requests",
            "Requests answered, by endpoint and class of status.",
            ["endpoint", "status"],
            [(f"requests {e} {c}", [e, c]) for e in self._endpoints for c in _CLASSES],
        )
        yield self._times()
        yield self._counter(
            "glossary_lookups",
            "Look-ups that were made, not remembered, by the tier of the best hit.",
            ["tier"],
            [(f"tier {tier}", [tier]) for tier in (*TIERS, _NONE)],
        )
        yield self._counter(
            "glossary_remembered",
            "Answers that could be remembered: those that were, and those made.",
            ["way"],
            [(f"cache {way}", [way]) for way in _CACHE],
        )
        yield self._counter(
            "glossary_import_rows",
            "Records of imports that a request waited for, by what became of them.",
            ["way"],
            [(f"rows {way}", [way]) for way in _ROWS],
        )
        yield self._counter(
            "glossary_turned_away",
            "Requests that the gate answered before a thread saw them, by code.",
            ["code"],
            [(number_of(code), [code]) for code in CODES],
        )
        for name, doc in (
            ("missed", "Look-ups that found nothing."),
            ("refused", "Requests that were too many (429)."),
        ):
            yield self._counter(f"glossary_{name}", doc, [], [(name, [])])

    def _counter(
        self, name: str, doc: str, labels: list[str], rows: list[tuple[str, list[str]]]
    ) -> Metric:
        family = CounterMetricFamily(name, doc, labels=labels)
        for key, values in rows:
            if (number := self._tally[key]) or not labels:
                family.add_metric(values, number)
        return family

    def _times(self) -> Metric:
        family = HistogramMetricFamily(
            "glossary_request_seconds",
            "Seconds in which requests were answered, by lane.",
            labels=["lane"],
        )
        for lane in _LANES:
            below, classes = 0.0, []
            for bound in (*_BOUNDS, "+Inf"):
                below += self._tally[f"time {lane} {bound}"]
                classes.append((str(bound), below))
            family.add_metric([lane], classes, self._tally[f"time {lane} sum"])
        return family


class _State(Collector):
    """How the store and the process that is asked stand now."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def collect(self) -> Iterator[Metric]:
        """Yield every family; without the store, only that it is not there."""
        running = current.running()
        start = time.perf_counter()
        try:
            revision = running.store.revision()
            seconds = time.perf_counter() - start
            numbers = condition(running.store)
        except StoreError:
            yield _gauge("glossary_store_up", "Whether the store can be read.", 0)
            return
        yield _gauge("glossary_store_up", "Whether the store can be read.", 1)
        yield _gauge(
            "glossary_store_read_seconds", "Seconds of one small read.", seconds
        )
        yield _gauge("glossary_revision", "Revision of the store.", revision)
        newest = running.recognition.newest()
        yield _gauge(
            "glossary_lexicon_behind",
            "Revisions that the wordings of the process asked are behind the store.",
            max(0, revision - newest) if newest else 0,
        )
        jobs = Imports(running.settings, running.store).at_work()
        yield _gauge("glossary_jobs", "Imports that are worked on.", jobs)
        for name, number in sorted(numbers.items()):
            yield _gauge(f"glossary_{name}", _SAID.get(name, name), number)


#: What the numbers of a store mean.
_SAID: Final = {
    "revision_age_seconds": "Seconds since the newest version of an entry.",
    "proposals_waiting": "Proposals that wait for an editor.",
    "entries": "Entries, retired ones too.",
    "pool_size": "Connections that the process asked keeps to PostgreSQL.",
    "pool_available": "Those of them that nobody uses.",
    "pool_waiting": "Requests that wait for one of them.",
    "standby_lag_seconds": "Seconds that the slowest standby is behind.",
}


def _gauge(name: str, doc: str, number: float) -> Metric:
    return GaugeMetricFamily(name, doc, value=number)
