"""Running texts over HTTP: the terms in them, and whether a translation uses them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any, Final

from flask import Blueprint, Response, request, stream_with_context
from marshmallow import Schema
from werkzeug.exceptions import RequestEntityTooLarge

from glossary import bitext, schema
from glossary.bitext import CheckedSegment, Languages, Segment
from glossary.entry import Finding, write
from glossary.errors import GlossaryError, Invalid
from glossary.message import N_, Problem
from glossary.query import Pair
from glossary.recognition import (
    LIST_FORMATS,
    WRITERS,
    Annotated,
    AnswerSize,
    ListedTerm,
    Snapshot,
    annotate,
    check,
    entries_json,
    listed,
    matches_json,
    measure,
    placed,
    summary,
)
from glossary.schema import quick
from glossary.speech import say
from glossary.web import asking, bounds, current, reply
from glossary.web import request as incoming

texts = Blueprint("texts", __name__, url_prefix="/api/v1")

_ANNOTATE: Final = schema.AnnotateBody()
_CHECK: Final = schema.CheckBody()
_SHAPE: Final = schema.ShapeQuery()
_REPORT: Final = schema.ReportQuery()
#: What a report calls pairs that came from no file.
_NO_FILE: Final = "pairs"
_MEDIA: Final = {
    "tsv": "text/tab-separated-values; charset=utf-8",
    "markdown": "text/markdown; charset=utf-8",
}
#: What an editing tool asks again and again: bodies of so many bytes at most.
_LONGEST_SEGMENT: Final = 4_000
_MOST_SEGMENTS: Final = 1_000
_SEGMENTS: Final = "segments"
#: What texts and pairs are answered with unless something else is asked for.
_JSON: Final = LIST_FORMATS[0]


@texts.post("/annotate")
def post_annotate() -> Response:
    """Find every term in a text, or in several."""
    shape: schema.Shape = incoming.query(_SHAPE)
    if more := shape.of_body:
        return _answered(_ANNOTATE, _annotated, more=more)
    body = request.environ.get("CONTENT_TYPE") in incoming.JSON and request.get_data()
    if not body or len(body) > _LONGEST_SEGMENT:
        return _answered(_ANNOTATE, _annotated)
    if not current.running().recognition.is_gathered:
        # What is wrong with the body is told before the wordings are gathered.
        return _answered(_ANNOTATE, _annotated)
    snapshot = current.wordings()
    # They go with the delta, which is another one after each write.
    answers = snapshot.delta.memory(_SEGMENTS)
    name = asking.scope() + body
    answer: bytes | None = answers.get(name)
    if answer is None:
        order = incoming.quick_body(_ANNOTATE)
        if order.kind != _JSON:
            return _table(order)
        bounds.take_texts(characters=order.characters, count=len(order.texts))
        answer = _annotation(snapshot, order)
        if len(answers) >= _MOST_SEGMENTS:
            answers.clear()
        answers[name] = answer
    return reply.of_bytes(answer)


@texts.post("/check")
def post_check() -> Response:
    """Say whether translations use the right terms."""
    shape: schema.Shape = incoming.query(_REPORT)
    return _answered(_CHECK, _checked, more=shape.of_body)


def _annotated(order: schema.TextsAsked) -> bytes:
    _must_be_json(order)
    bounds.take_texts(characters=order.characters, count=len(order.texts))
    return _annotation(current.wordings(), order)


def _must_be_json(order: schema.TextsAsked | schema.PairsAsked) -> None:
    if order.kind != _JSON:
        template = N_("A line of JSON is answered by a line of JSON.")
        raise Invalid([Problem("/format", template)])


def _annotation(snapshot: Snapshot, order: schema.TextsAsked) -> bytes:
    size, options = bounds.answer_size(), asking.as_allowed(order.options)
    parts = [
        _shown(text, annotate(snapshot, text, options), order, size)
        for text in order.texts
    ]
    if order.single:
        body = parts[0]
    else:
        body = b'"texts":[%s]' % b",".join(b"{%s}" % text for text in parts)
    values = body, snapshot.revision, snapshot.epoch.encode()
    return b'{%s,"revision":%d,"epoch":"%s"}' % values


def _table(order: schema.TextsAsked) -> Response:
    """Answer with the terms of one text as a table."""
    bounds.take_texts(characters=order.characters, count=1)
    options = asking.as_allowed(order.options)
    annotated = annotate(current.wordings(), order.texts[0], options)
    table = WRITERS[order.kind](listed(annotated.matches)).encode()
    body, kind = bounds.answer_size().add(table), _MEDIA[order.kind]
    return reply.of_bytes(body, kind=kind, language=annotated.to)


def _checked(order: schema.PairsAsked) -> bytes:
    _must_be_json(order)
    snapshot, answers = _findings(order)
    size = bounds.answer_size()
    pairs = [
        _judged(pair, findings, order, size)
        for pair, findings in zip(order.pairs, answers, strict=True)
    ]
    at = snapshot.revision, snapshot.epoch.encode()
    values = *at, write(summary(answers)), b",".join(pairs)
    return b'{"revision":%d,"epoch":"%s","summary":%s,"pairs":[%s]}' % values


def _findings(
    order: schema.PairsAsked,
) -> tuple[Snapshot, list[tuple[Finding, ...]]]:
    """Return what there is to say of each pair, and the wordings that it is told by."""
    bounds.take_pairs(characters=order.characters, count=len(order.pairs))
    snapshot = current.wordings()
    options = asking.as_allowed(order.options)
    answers = [check(snapshot, p.source, p.target, options) for p in order.pairs]
    return snapshot, answers


def _report(order: schema.PairsAsked) -> Response:
    """Answer with the findings as a file; each pair is a line of it, by its number."""
    _, answers = _findings(order)
    languages = Languages(order.options.from_, order.options.to)
    rows = [
        CheckedSegment(
            _NO_FILE,
            Segment(pair, number, languages),
            tuple(f for f in findings if order.all or f.verdict != "ok"),
        )
        for number, (pair, findings) in enumerate(
            zip(order.pairs, answers, strict=True), 1
        )
    ]
    locale = current.locale()
    report = bitext.report(
        order.kind, rows, lambda text: say(text, locale), lang=locale
    )
    file = bitext.REPORTS[order.kind]
    name = f"findings{file.suffix}"
    return reply.file(bounds.answer_size().add(report), name, kind=file.media_type)


def _judged(
    pair: Pair, findings: Iterable[Finding], order: schema.PairsAsked, size: AnswerSize
) -> bytes:
    """Return a pair with its findings as JSON."""
    source, target = (measure(t, order.offsets) for t in (pair.source, pair.target))
    locale = current.locale()
    parts = [
        size.add(
            write(
                finding.but(
                    message=say(finding.message, locale),
                    source=placed(finding.source, source),
                    target=placed(finding.target, target),
                )
            )
        )
        for finding in findings
        if order.all or finding.verdict != "ok"
    ]
    name = size.add(write(pair.id))
    return b'{"id":%s,"findings":[%s]}' % (name, b",".join(parts))


def _answered(
    body: Schema,
    work: Callable[[Any], bytes],
    *,
    more: Mapping[str, str] = incoming.NO_MORE,
) -> Response:
    """Answer one body, or a line for each line of NDJSON, as it comes.

    `more` is what the address says beside the body.
    """
    if request.mimetype != reply.NDJSON:
        order = incoming.quick_body(body, more)
        if order.kind != _JSON:
            of_texts = isinstance(order, schema.TextsAsked)
            return _table(order) if of_texts else _report(order)
        return reply.of_bytes(work(order))
    request.max_content_length = current.settings().max_stream
    # One that is too large, as its head says, is refused before the answer begins.
    lines = stream_with_context(_lines(request.stream, body, work, more))
    return reply.of_bytes(lines, kind=reply.NDJSON)


def _lines(
    stream: IO[bytes],
    body: Schema,
    work: Callable[[Any], bytes],
    more: Mapping[str, str],
) -> Iterator[bytes]:
    """Yield the answer to each line; what is wrong with one is said in its place."""
    most = current.settings().max_body
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(most + 1)
        except RequestEntityTooLarge:
            yield _trouble(number, bounds.stream_is_too_large())
            return
        if not line:
            return
        try:
            yield (
                work(quick(body)(incoming.with_more(incoming.parsed(line), more)))
                + b"\n"
            )
        except GlossaryError as error:
            yield _trouble(number, error)


def _trouble(line: int, error: GlossaryError) -> bytes:
    locale = current.locale()
    places = error.problems if isinstance(error, Invalid) else ()
    errors = [{"pointer": p.pointer, "detail": say(p.detail, locale)} for p in places]
    detail = say(error.message, locale)
    problem = {"line": line, "code": error.code, "detail": detail, "errors": errors}
    return write(problem) + b"\n"


def _shown(
    text: str, annotated: Annotated, order: schema.TextsAsked, size: AnswerSize
) -> bytes:
    """Return the members of the JSON object of an annotated text."""
    if order.shape == "terms":
        members = [
            size.add(write(row)) for row in map(_listed, listed(annotated.matches))
        ]
        inner = b'"terms":[%s]' % b",".join(members)
    elif order.shape == "entries":
        inner = entries_json(text, annotated.matches, order.offsets, size=size)
    else:
        matches = matches_json(text, annotated.matches, order.offsets, size=size)
        inner = b'"matches":%s' % matches
    return b'"from":%s,"to":%s,%s' % (
        write(annotated.from_),
        write(annotated.to),
        inner,
    )


def _listed(term: ListedTerm) -> dict[str, object]:
    """Return a term without what is empty: its `target` alone is always there."""
    return {n: v for n, v in term._asdict().items() if v or n == "target"}
