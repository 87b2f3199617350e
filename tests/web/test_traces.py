"""Spans say which route was asked and how it went, and never what was asked."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from glossary.config import Settings
from glossary.errors import BadSetting
from glossary.web import traces
from tests.answers import API
from tests.nouns import major_country

SECRET = "和平共处五项原则"
ABOVE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def spans(app: Flask) -> InMemorySpanExporter:
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    traces.follow(app, app.extensions["glossary"].store, provider)
    return kept


def test_a_request_and_its_use_of_the_store_are_spans_without_what_was_asked(
    client: FlaskClient, editor: dict[str, str], spans: InMemorySpanExporter
) -> None:
    headers = {"traceparent": ABOVE, "X-Request-Id": "asked-twice-0001"}
    assert client.get(f"{API}/lookup?q={SECRET}", headers=headers).status_code == 200
    assert client.post(f"{API}/annotate", json={"text": SECRET}).status_code == 200
    made = client.post(f"{API}/entries", json=major_country(id="new"), headers=editor)
    again = client.post(f"{API}/entries", json=major_country(id="new"), headers=editor)
    assert (made.status_code, again.status_code) == (201, 409)
    done = spans.get_finished_spans()
    requests = [each for each in done if "http.route" in each.attributes]
    assert (requests[0].name, requests[0].attributes) == (
        f"GET {API}/lookup",
        {
            "http.request.method": "GET",
            "http.route": f"{API}/lookup",
            "http.response.status_code": 200,
            "glossary.request": "asked-twice-0001",
        },
    )
    assert f"{requests[0].context.trace_id:032x}" in ABOVE
    assert requests[0].parent is not None
    within = {requests[n].context.span_id: n for n in range(4)}
    opened = [(within.get(s.parent.span_id), s.name) for s in done if s.parent]
    assert (0, "store.read") in opened
    assert (2, "store.write") in opened
    assert (3, "store.write") in opened
    errors = [s.attributes["error.type"] for s in done if "error.type" in s.attributes]
    assert errors
    kept = "".join(span.to_json() for span in done)
    assert SECRET not in kept
    assert ascii(SECRET)[1:-1] not in kept
    assert "新型大国关系" not in kept


def test_nothing_is_traced_unless_a_setting_names_a_collector(app: Flask) -> None:
    store = app.extensions["glossary"].store
    before = store.write
    traces.install(app, store, Settings())
    assert store.write == before
    with pytest.raises(BadSetting, match="never called"):
        traces.install(app, store, Settings(otlp="http://169.254.169.254:4318"))
