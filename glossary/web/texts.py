"""Running texts over HTTP: the terms in them, and whether a translation uses them."""

from typing import Any, Final

from flask import Blueprint, Response

from glossary import schema
from glossary.annotate import Annotated, annotate
from glossary.document import write
from glossary.offsets import measured
from glossary.web import asked, current
from glossary.web.api import allow_reading

texts = Blueprint("texts", __name__, url_prefix="/api/v1")
texts.before_request(allow_reading)

_ANNOTATE: Final = schema.AnnotateBody()


@texts.post("/annotate")
def post_annotate() -> Response:
    """Find every term in a text, or in several."""
    asked.nothing()
    order: schema.TextsAsked = asked.quick_body(_ANNOTATE)
    snapshot = current.running().recognition.snapshot()
    found = [
        _shown(text, annotate(snapshot, text, order.wanted), order.offsets)
        for text in order.texts
    ]
    answer = found[0] if order.single else {"texts": found}
    return _json({**answer, "revision": snapshot.revision})


def _shown(text: str, annotated: Annotated, unit: str) -> dict[str, Any]:
    return {
        "from": annotated.from_,
        "to": annotated.to,
        "matches": measured(text, annotated.matches, unit),
    }


def _json(document: dict[str, Any]) -> Response:
    return Response(
        write(document),
        headers={
            "Content-Type": "application/json",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
