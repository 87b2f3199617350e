"""Running texts over HTTP: the terms in them, and whether a translation uses them."""

from dataclasses import replace
from typing import Final

from flask import Blueprint, Response

from glossary import schema
from glossary.annotate import Annotated, annotate
from glossary.check import check, summary
from glossary.document import write
from glossary.entry import Finding
from glossary.matchjson import matches_json
from glossary.offsets import placed
from glossary.query import Pair
from glossary.web import asked, current
from glossary.web.api import allow_reading
from glossary.web.locale import say

texts = Blueprint("texts", __name__, url_prefix="/api/v1")
texts.before_request(allow_reading)

_ANNOTATE: Final = schema.AnnotateBody()
_CHECK: Final = schema.CheckBody()


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
    body = found[0] if order.single else b'"texts":[{%s}]' % b"},{".join(found)
    if not order.texts:
        body = b'"texts":[]'
    return _answer(b'{%s,"revision":%d}' % (body, snapshot.revision))


@texts.post("/check")
def post_check() -> Response:
    """Say whether translations use the right terms."""
    asked.nothing()
    order: schema.PairsAsked = asked.quick_body(_CHECK)
    snapshot = current.running().recognition.snapshot()
    checked = [check(snapshot, p.source, p.target, order.wanted) for p in order.pairs]
    pairs = [
        {
            "id": pair.id,
            "findings": [
                _said(pair, finding, order.offsets)
                for finding in findings
                if order.all or finding.verdict != "ok"
            ],
        }
        for pair, findings in zip(order.pairs, checked, strict=True)
    ]
    counts = summary(checked)
    told = {"revision": snapshot.revision, "summary": counts, "pairs": pairs}
    return _answer(write(told))


def _said(pair: Pair, finding: Finding, unit: str) -> Finding:
    """Return a finding in the reader's language and the caller's unit."""
    return replace(
        finding,
        message=say(finding.message, current.locale()),
        source=placed(pair.source, finding.source, unit),
        target=placed(pair.target, finding.target, unit),
    )


def _shown(text: str, found: Annotated, unit: str) -> bytes:
    """Return the members of the JSON object of an annotated text."""
    matches = matches_json(text, found.matches, unit)
    said = write(found.from_), write(found.to), matches
    return b'"from":%s,"to":%s,"matches":%s' % said


def _answer(body: bytes) -> Response:
    return Response(
        body,
        headers={
            "Content-Type": "application/json",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
