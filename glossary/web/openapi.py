"""The machine-readable contract, made from the schemas, and a page to read it by."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any, Final

import orjson
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Blueprint, Response, current_app, render_template
from marshmallow import Schema
from marshmallow.fields import Field

from glossary import DISTRIBUTION, config, schema
from glossary.entry import write
from glossary.errors import Stopping
from glossary.formats import WRITABLE, by_name
from glossary.message import N_
from glossary.schema import (
    Count,
    Text,
    answer,
    curation,
    lookup_answer,
    noun_answer,
    proposal,
    transfer,
)
from glossary.web import current, request
from glossary.web.api.nouns import NAMES
from glossary.web.problems import TITLES, codes

openapi = Blueprint("openapi", __name__)


@dataclass(frozen=True, slots=True)
class Operation:
    """What the contract says of one call, beside its path and its view's docstring."""

    answer: type[Schema] | None
    query: type[Schema] = schema.NoQuery
    body: type[Schema] | None = None
    status: int = 200
    problems: tuple[int, ...] = ()
    conditional: bool = False
    may_match: bool = False
    file: bool = False
    reads: bool = False
    revised: bool = True
    private: bool = False
    open: bool = False
    files: tuple[str, ...] = ()
    later: bool = False


#: What every call may answer, and every call that writes.
_ALWAYS: Final = (400, 401, 422, 503, 507)
_WRITING: Final = (403,)
_LINES: Final = ("application/x-ndjson", "text/csv")
_CHANGE: Final = (404, 412, 413, 415, 428)
_MAKE: Final = (409, 413, 415)
#: By kind of noun: the shape of one, and of the list of all.
_SHAPES: Final[Mapping[str, tuple[type[Schema], type[Schema]]]] = {
    "source": (schema.SourceSchema, noun_answer.SourcesAnswer),
    "subject": (schema.SubjectSchema, noun_answer.SubjectsAnswer),
    "issuer": (schema.IssuerSchema, noun_answer.IssuersAnswer),
    "glossary": (schema.GlossarySchema, noun_answer.GlossariesAnswer),
}


def _of_nouns() -> dict[str, Operation]:
    """Return the calls that every kind of noun has, by endpoint."""
    found = {
        "nouns.get_noun_changes": Operation(
            noun_answer.NounChangesAnswer, schema.NounChangesQuery, problems=(410,)
        )
    }
    for named in NAMES:
        noun, listed = _SHAPES[named.one]
        changed = Operation(noun, body=noun, problems=(*_CHANGE, 409), conditional=True)
        made = Operation(noun, body=noun, status=201, problems=_MAKE)
        gone = (404, 409, 412, 428)
        purge = schema.PurgeQuery if named.one == "glossary" else schema.NoQuery
        deleted = Operation(None, purge, status=204, problems=gone, conditional=True)
        restored = Operation(noun, problems=(404, 409, 412))
        versions = Operation(noun_answer.NounVersionsAnswer, problems=(404,))
        found |= {
            f"nouns.get_{named.many}": Operation(listed),
            f"nouns.post_{named.many}": made,
            f"nouns.get_{named.one}": Operation(noun, problems=(404,)),
            f"nouns.put_{named.one}": changed,
            f"nouns.patch_{named.one}": changed,
            f"nouns.delete_{named.one}": deleted,
            f"nouns.get_{named.one}_versions": versions,
            f"nouns.post_{named.one}_restore": restored,
        }
    return found


#: Every call of the contract, by endpoint.
OPERATIONS: Final[Mapping[str, Operation]] = {
    "api.get_lookup": Operation(lookup_answer.LookupAnswer, schema.LookupQuery),
    "api.post_lookup": Operation(
        lookup_answer.LookupsAnswer,
        body=schema.LookupBody,
        reads=True,
        problems=(413, 415),
    ),
    "api.get_suggest": Operation(lookup_answer.SuggestAnswer, schema.SuggestQuery),
    "api.get_entries": Operation(answer.EntriesAnswer, schema.EntriesQuery),
    "api.post_entries": Operation(
        schema.EntrySchema,
        body=schema.EntrySchema,
        status=201,
        problems=_MAKE,
    ),
    "api.get_entry": Operation(schema.EntrySchema, problems=(404,)),
    "api.put_entry": Operation(
        schema.EntrySchema,
        body=schema.EntrySchema,
        problems=_CHANGE,
        conditional=True,
    ),
    "api.patch_entry": Operation(
        schema.EntrySchema,
        body=schema.EntrySchema,
        problems=_CHANGE,
        conditional=True,
    ),
    "api.delete_entry": Operation(
        None,
        schema.PurgeQuery,
        status=204,
        problems=(404, 412, 428),
        conditional=True,
    ),
    "api.get_versions": Operation(answer.VersionsAnswer, problems=(404,)),
    "curation.get_evidence": Operation(curation.EvidenceAnswer, problems=(404,)),
    "curation.get_flaws": Operation(curation.FlawsAnswer, problems=(404,)),
    "api.post_restore": Operation(schema.EntrySchema, problems=(404, 412)),
    "api.get_changes": Operation(
        answer.ChangesAnswer, schema.ChangesQuery, problems=(410,)
    ),
    **_of_nouns(),
    "api.get_missed": Operation(
        lookup_answer.MissedAnswer, schema.MissedQuery, revised=False
    ),
    "api.get_stats": Operation(answer.StatsAnswer),
    "texts.post_annotate": Operation(
        answer.AnnotateAnswer,
        body=schema.AnnotateBody,
        reads=True,
        problems=(413, 415),
    ),
    "texts.post_check": Operation(
        answer.CheckAnswer,
        body=schema.CheckBody,
        reads=True,
        problems=(413, 415),
    ),
    "proposals.post_proposals": Operation(
        proposal.ProposalSchema,
        body=schema.ProposalBody,
        status=201,
        problems=(404, 412, 413, 415, 429),
        may_match=True,
    ),
    "proposals.get_proposals": Operation(
        proposal.ProposalsAnswer,
        schema.ProposalsQuery,
        revised=False,
    ),
    "proposals.get_proposal": Operation(
        proposal.ProposalSchema, revised=False, problems=(404,)
    ),
    "proposals.post_accept": Operation(
        proposal.ProposalSchema, problems=(404, 409, 412)
    ),
    "proposals.post_reject": Operation(
        proposal.ProposalSchema,
        body=schema.RejectBody,
        problems=(404, 409, 415),
    ),
    "transfers.post_imports": Operation(
        transfer.ImportSchema,
        schema.ImportQuery,
        file=True,
        problems=(409, 413),
        later=True,
    ),
    "transfers.get_import": Operation(
        transfer.ImportSchema,
        private=True,
        revised=False,
        problems=(404,),
    ),
    "transfers.get_problems": Operation(
        None,
        schema.LinesQuery,
        private=True,
        revised=False,
        problems=(404,),
        files=_LINES,
    ),
    "transfers.get_records": Operation(
        None,
        schema.LinesQuery,
        private=True,
        revised=False,
        problems=(404,),
        files=_LINES,
    ),
    "transfers.get_warnings": Operation(
        None,
        schema.LinesQuery,
        private=True,
        revised=False,
        problems=(404,),
        files=_LINES,
    ),
    "transfers.get_left_out": Operation(
        None,
        schema.LinesQuery,
        private=True,
        revised=False,
        problems=(404,),
        files=_LINES,
    ),
    "transfers.post_apply": Operation(
        transfer.ImportSchema,
        schema.ApplyQuery,
        problems=(404, 409, 412),
        later=True,
    ),
    "transfers.delete_import": Operation(None, status=204, problems=(404, 409)),
    "transfers.get_export": Operation(
        answer.DroppedAnswer,
        schema.ExportQuery,
        problems=(404,),
        files=tuple(sorted({by_name(name).media_type for name in WRITABLE})),
    ),
    "openapi.healthz": Operation(
        answer.Health, revised=False, open=True, problems=(400, 422)
    ),
    "openapi.readyz": Operation(
        answer.Health, revised=False, open=True, problems=(400, 422, 503, 507)
    ),
}
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
    assert plugin.converter is not None  # noqa: S101 - it is set by APISpec above.
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
        refusals |= {*_ALWAYS, *(() if reads else _WRITING)}
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
        return {"minimum": 1, "maximum": field.most(config.settings())}
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
