"""Traces for OpenTelemetry, where a setting names a collector: requests and the store.

A span says which route was asked, how it went and how long it took, and never what was
asked: no query, no text, no address of the page, and of an error its class alone.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from importlib import import_module
from typing import Any, Final

from flask import Flask, request
from flask.signals import request_finished, request_started, request_tearing_down
from werkzeug.wrappers import Response

from glossary.config import Settings, must_be_allowed
from glossary.errors import BadSetting
from glossary.message import N_
from glossary.store import Store
from glossary.web import current

_DOORS: Final = {"snapshot": "store.read", "write": "store.write"}
_SPAN: Final = "span"


def install(app: Flask, store: Store, settings: Settings) -> None:
    """Send spans to the collector that the settings name, if any.

    Raise BadSetting where the extra `otel` is not installed, and for an address that is
    never called.
    """
    if settings.otlp:
        try:
            must_be_allowed(settings.otlp, setting=settings.otlp)
        except (ValueError, OSError) as error:
            template = N_("Traces cannot be sent to %(address)s: %(reason)s")
            raise BadSetting(template, address=settings.otlp, reason=error) from None
        follow(app, store, _provider(settings.otlp))


def follow(app: Flask, store: Store, provider: Any) -> None:
    """Have a provider of traces know of each request, and of each use of the store."""
    tracer = provider.get_tracer("glossary")
    signals = (
        (request_started, partial(_begin, tracer)),
        (request_finished, _note),
        (request_tearing_down, _end),
    )
    for signal, receiver in signals:
        signal.connect(receiver, app, weak=False)
    for door, name in _DOORS.items():
        setattr(store, door, _traced(tracer, name, getattr(store, door)))


def _provider(address: str) -> Any:
    try:
        trace = import_module("opentelemetry.sdk.trace")
        export = import_module("opentelemetry.sdk.trace.export")
        otlp = import_module("opentelemetry.exporter.otlp.proto.http.trace_exporter")
        resources = import_module("opentelemetry.sdk.resources")
    except ImportError:
        raise BadSetting(
            N_(
                "GLOSSARY_OTLP needs OpenTelemetry: "
                "pip install 'glossary-termbase[otel]'."
            )
        ) from None
    resource = resources.Resource.create({"service.name": "glossary"})
    provider = trace.TracerProvider(resource=resource)
    exporter = otlp.OTLPSpanExporter(f"{address.rstrip('/')}/v1/traces")
    provider.add_span_processor(export.BatchSpanProcessor(exporter))
    return provider


def _begin(tracer: Any, *_: object, **__: object) -> None:
    """Begin the span of a request, inside the one that its sender names."""
    propagation = import_module("opentelemetry.trace.propagation.tracecontext")
    trace = import_module("opentelemetry.trace")
    context = import_module("opentelemetry.context")
    headers = {"traceparent": request.headers.get("traceparent", "")}
    above = propagation.TraceContextTextMapPropagator().extract(headers)
    rule = request.url_rule.rule if request.url_rule else "none"
    span = tracer.start_span(
        f"{request.method} {rule}",
        context=above,
        kind=trace.SpanKind.SERVER,
        attributes={"http.request.method": request.method, "http.route": rule},
    )
    token = context.attach(trace.set_span_in_context(span, above))
    current.noted()[_SPAN] = span, partial(context.detach, token)


def _note(*_: object, response: Response, **__: object) -> None:
    if span_and_end := current.noted().get(_SPAN):
        span_and_end[0].set_attribute("http.response.status_code", response.status_code)
        span_and_end[0].set_attribute("glossary.request", current.noted().get("id", ""))


def _end(*_: object, **__: object) -> None:
    if span_and_end := current.noted().pop(_SPAN, None):
        span, detach = span_and_end
        detach()
        span.end()


def _traced(
    tracer: Any, name: str, door: Callable[..., AbstractContextManager[Any]]
) -> Callable[..., AbstractContextManager[Any]]:
    """Return a door of the store that has a span for as long as it is open."""

    @contextmanager
    def opened(*attributes: Any, **options: Any) -> Iterator[Any]:
        # The words of an error may hold what was asked.
        quiet = {"record_exception": False, "set_status_on_exception": False}
        with tracer.start_as_current_span(name, **quiet) as span:
            try:
                with door(*attributes, **options) as inside:
                    yield inside
            except Exception as error:
                span.set_attribute("error.type", type(error).__name__)
                raise

    return opened
