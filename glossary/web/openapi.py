"""The machine-readable contract, made from the schemas, and a page to read it by."""

from functools import cache
from importlib.metadata import version
from typing import Any, Final

import orjson
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Blueprint, Response, current_app, render_template
from marshmallow.fields import Field

from glossary import DISTRIBUTION
from glossary.entry import write
from glossary.errors import Stopping
from glossary.message import N_
from glossary.schema import (
    Count,
    Text,
    answer,
)
from glossary.web import current, request
from glossary.web.operations import ALWAYS, OPERATIONS, WRITING, Operation
from glossary.web.problems import TITLES, codes

openapi = Blueprint("openapi", __name__)


_MERGE_PATCH: Final = "application/merge-patch+json"
_REVISION: Final = {"type": "string", "pattern": "^([0-9a-f]{8}-)?[0-9]{1,15}$"}


@openapi.get("/openapi.json")
def document() -> Response:
    """Return the OpenAPI 3.1 document."""
    return Response(described(), mimetype="application/json")


@openapi.get("/docs")
def docs() -> str:
    """Show the contract to a person."""
    spec = orjson.loads(described())
    return render_template("docs.html", spec=spec, codes=codes(), titles=TITLES)


@openapi.get("/healthz")
def healthz() -> Response:
    """Say that the process answers."""
    request.nothing()
    return Response(b'{"status":"ok"}', mimetype="application/json")


@openapi.get("/readyz")
def readyz() -> Response:
    """Say that the store can be read, and that the server is not about to stop."""
    request.nothing()
    if current.stopping():
        raise Stopping(N_("The server is about to stop."))
    current.store().must_be_well()
    return Response(b'{"status":"ok"}', mimetype="application/json")


@cache
def described() -> bytes:
    """Return the OpenAPI document of the application at hand, as JSON."""
    plugin = MarshmallowPlugin(schema_name_resolver=_name)
    spec = APISpec(
        title="Glossary",
        version=version(DISTRIBUTION),
        openapi_version="3.1.0",
        info={"description": N_("A Chinese-English termbase for set phrases.")},
        plugins=[plugin],
    )
    assert plugin.converter is not None  # noqa: S101 - it is set by APISpec above.  # nosec B101
    plugin.converter.attribute_functions.append(_limits)
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda r: r.rule):
        operation = OPERATIONS.get(rule.endpoint)
        if operation is None:
            continue
        path = rule.rule.replace("<int:", "<").replace("<", "{").replace(">", "}")
        (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        doc = current_app.view_functions[rule.endpoint].__doc__ or ""
        described_here = _operation(rule.endpoint, operation, method, doc)
        described_here["parameters"][:0] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in sorted(rule.arguments)
        ]
        spec.path(path, operations={method.lower(): described_here})
    return write(spec.to_dict())


def _operation(
    endpoint: str, operation: Operation, method: str, doc: str
) -> dict[str, Any]:
    """Return the OpenAPI operation object of one call."""
    parameters: list[Any] = [{"in": "query", "schema": operation.query}]
    if operation.conditional or operation.may_match:
        parameters.append(
            {
                "name": "If-Match",
                "in": "header",
                "required": operation.conditional,
                "schema": {"type": "string"},
            }
        )
    if operation.revised:
        seen = {"name": current.REVISION, "in": "header", "schema": _REVISION}
        parameters.append(seen)
    reads = method in {"GET", "HEAD"} or operation.reads
    found: dict[str, Any] = {
        "operationId": endpoint.partition(".")[2],
        "summary": doc.strip().partition("\n")[0],
        "parameters": parameters,
        "responses": _answers(operation, method),
    }
    if operation.private or not reads:
        found["security"] = [{"token": []}]
    if operation.file:
        binary = {"schema": {"type": "string", "format": "binary"}}
        found["requestBody"] = {"required": True, "content": {"*/*": binary}}
    if operation.body is not None:
        kind = _MERGE_PATCH if method == "PATCH" else request.JSON[0]
        shape = {"type": "object"} if method == "PATCH" else operation.body
        found["requestBody"] = {
            "required": True,
            "content": {kind: {"schema": shape}},
        }
    return found


def _answers(operation: Operation, method: str) -> dict[str, Any]:
    """Return what a call may answer, by status."""
    reads = method in {"GET", "HEAD"} or operation.reads
    refusals = set(operation.problems)
    if not operation.open:
        refusals |= {*ALWAYS, *(() if reads else WRITING)}
    answers: dict[str, Any] = {
        str(code): {
            "description": TITLES[code],
            "content": {"application/problem+json": {"schema": answer.ProblemAnswer}},
        }
        for code in refusals
    }
    success: dict[str, Any] = {"description": "OK"}
    if operation.answer is not None:
        success["content"] = {"application/json": {"schema": operation.answer}}
    if operation.files:
        binary = {"schema": {"type": "string", "format": "binary"}}
        success.setdefault("content", {}).update(dict.fromkeys(operation.files, binary))
    if operation.revised:
        success["headers"] = {current.REVISION: {"schema": _REVISION}}
    answers[str(operation.status)] = success
    if operation.later:
        answers["202"] = {**success, "description": "Queued, or under way"}
    if method == "GET" and operation.revised:
        answers["304"] = {"description": "As the sender has it"}
    return dict(sorted(answers.items()))


def _limits(field: Field[Any], **_: object) -> dict[str, Any]:
    """Describe what our own kinds of value allow."""
    if isinstance(field, Text):
        least = {} if field.empty else {"minLength": 1}
        return {**least, "maxLength": field.most()}
    if isinstance(field, Count):
        return {"minimum": 1, "maximum": field.most(current.settings())}
    choices = [getattr(v, "choices", None) for v in field.validators]
    nothing = [None] if field.allow_none else []
    return next(({"enum": [*c, *nothing]} for c in choices if c), {})


def _name(described_schema: object) -> str:
    kind = (
        described_schema
        if isinstance(described_schema, type)
        else type(described_schema)
    )
    return kind.__name__.removesuffix("Schema").removesuffix("Answer")
