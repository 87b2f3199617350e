"""The machine-readable contract, made from the schemas, the routes and the rules.

Its form is OpenAPI 3.1. What a call takes and answers is said in `web.operations`, who
may make it in `web.rules`; all else is told from its route.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from inspect import cleandoc
from typing import Any, Final

import orjson
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import current_app
from marshmallow import Schema
from marshmallow.fields import Field, Nested

from glossary import release
from glossary.entry import write
from glossary.people import PERMISSIONS
from glossary.schema import Count, Text, answer
from glossary.web import current, profiled, reply, request, sessions
from glossary.web.operation import Operation
from glossary.web.operations import ALWAYS, OPERATIONS, WRITING
from glossary.web.problems import TITLES
from glossary.web.rules import ANYONE, KNOWN, PROFILED, RULES

_MERGE_PATCH: Final = "application/merge-patch+json"
_REVISION: Final = {"type": "string", "pattern": "^([0-9a-f]{8}-)?[0-9]{1,15}$"}
_TEXT: Final = {"type": "string"}
_SECONDS: Final = {"type": "integer", "minimum": 1}
_INFO: Final = {
    "description": "A Chinese-English termbase for set phrases of diplomacy. Answers "
    "in JSON, errors as problem details (RFC 9457). Addresses in answers are relative "
    "to the server.",
    "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
    "contact": {
        "name": "The maintainers",
        "url": "https://pypi.org/p/glossary-termbase",
    },
}
#: What calls were asked and really answered, by operation: `request` and `answer`.
_EXAMPLES: Final[Mapping[str, Any]] = orjson.loads(
    files("glossary.web").joinpath("examples.json").read_bytes()
)
#: What a value means whose schema does not say so: in an address, in a query, and in a
#: body or an answer, there by its name or by `Schema.name`.
_MEANINGS: Final[Mapping[str, Mapping[str, str]]] = orjson.loads(
    files("glossary.web").joinpath("descriptions.json").read_bytes()
)
_BINARY: Final = {"type": "string", "format": "binary"}
_FILE: Final = {
    "required": True,
    "description": "The file as it is, under any media type, or as a field of a form.",
    "content": {
        "application/octet-stream": {"schema": _BINARY},
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {"file": _BINARY},
                "required": ["file"],
            }
        },
    },
}
#: What the calls of a blueprint are about; those of `api` are told apart below.
_TAGS: Final[Mapping[str, tuple[str, str]]] = {
    "look-up": ("Look-up", "Entries for a phrase, best first."),
    "texts": ("Texts", "The terms in a text, and whether a translation uses them."),
    "api": ("Entries", "Concepts with their terms, and the history of each."),
    "curation": ("Evidence", "What proves an entry, and what is doubtful in it."),
    "changesets": ("Bulk changes", "Many entries at once, and the way back."),
    "nouns": ("Nouns", "Sources, subjects, issuers and glossaries."),
    "proposals": ("Proposals", "What others would have changed; editors decide."),
    "transfers": ("Files", "Whole glossaries in and out."),
    "people": ("People", "Who is who, what they may do, and what was done."),
    "team": ("Working together", "What waits for whom, and what is said of it."),
    "mine": ("My glossary", "What one keeps for oneself."),
    "talk": ("Talk", "Comments, what is watched, notices and webhooks."),
    "profiles": ("Profiles", "Ways to ask, each under a name."),
    "openapi": ("Health", "What watches a server asks."),
}
#: What every answer tells.
_TOLD: Final = {
    "X-Request-ID": "What the log calls the request; sent on if the sender names it.",
    "RateLimit": "What is left of a limit, and for how long.",
    "RateLimit-Policy": "The limits that the request is under.",
}
#: Which profile is asked by, where it says what is left open.
_PROFILE: Final = {
    "name": "profile",
    "in": "query",
    "required": False,
    "description": "The profile by which is asked: it says what is left open here.",
    "schema": {"type": "string", "pattern": f"^{profiled.NAME}$"},
}
_LOOK_UPS: Final = frozenset({"get_lookup", "post_lookup", "get_suggest", "get_missed"})


@cache
def described() -> bytes:
    """Return the OpenAPI document of the application at hand, as JSON."""
    plugin = MarshmallowPlugin(schema_name_resolver=_name)
    spec = APISpec(
        title="Glossary",
        version=release(),
        openapi_version="3.1.0",
        info=_INFO,
        # Whatever stands before the address of this document stands before the calls.
        servers=[{"url": ".", "description": "Where this document stands."}],
        tags=[{"name": name, "description": text} for name, text in _TAGS.values()],
        plugins=[plugin],
    )
    assert plugin.converter is not None  # noqa: S101 - it is set by APISpec above.  # nosec B101
    plugin.converter.attribute_functions.extend((_limits, _meaning))
    _schemes(spec)
    for name, text in _TOLD.items():
        spec.components.header(name, _shown(text))
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda r: r.rule):
        operation = OPERATIONS.get(rule.endpoint)
        if operation is None:
            continue
        path = rule.rule.replace("<int:", "<").replace("<", "{").replace(">", "}")
        (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        doc = current_app.view_functions[rule.endpoint].__doc__ or ""
        described_here = _operation(rule.endpoint, operation, method, doc)
        described_here["parameters"][:0] = [
            {
                "name": name,
                "in": "path",
                "required": True,
                "description": _MEANINGS["path"][name],
                "schema": _TEXT,
            }
            for name in sorted(rule.arguments)
        ]
        spec.path(path, operations={method.lower(): described_here})
    return write(spec.to_dict())


def _schemes(spec: APISpec) -> None:
    """Say in which ways a caller may show who they are."""
    description = "A token of a person or a machine; see `/tokens`."
    spec.components.security_scheme(
        "token", {"type": "http", "scheme": "bearer", "description": description}
    )
    cookie = (
        "What a browser that is signed in sends by itself; over TLS its name begins "
        "with `__Host-`, or below a path with `__Secure-`."
    )
    spec.components.security_scheme(
        "session",
        {
            "type": "apiKey",
            "in": "cookie",
            "name": sessions.COOKIE,
            "description": cookie,
        },
    )


def _operation(
    endpoint: str, operation: Operation, method: str, doc: str
) -> dict[str, Any]:
    """Return the OpenAPI operation object of one call."""
    reads = method in {"GET", "HEAD"} or operation.reads
    room, _, name = endpoint.partition(".")
    summary, _, more = cleandoc(doc).partition("\n")
    sentences = [" ".join(more.split()) or summary, _needs(endpoint)]
    document: dict[str, Any] = {
        "operationId": name,
        "summary": summary,
        "description": " ".join(filter(None, sentences)),
        "tags": [_TAGS["look-up" if name in _LOOK_UPS else room][0]],
        "parameters": _parameters(operation, method, reads=reads),
        "responses": _answers(
            operation,
            method,
            limited=_is_limited(endpoint, reads=reads),
            profiled=endpoint in PROFILED,
        ),
        "security": _security(endpoint),
    }
    if endpoint in PROFILED:
        document["parameters"].append(_PROFILE)
    if operation.file:
        document["requestBody"] = _FILE
    if operation.body is not None:
        kind = _MERGE_PATCH if method == "PATCH" else request.JSON[0]
        shape = {"type": "object"} if method == "PATCH" else operation.body
        examples = _EXAMPLES.get(name, {})
        sample = {"example": examples["request"]} if "request" in examples else {}
        document["requestBody"] = {
            "required": True,
            "content": {kind: {"schema": shape, **sample}},
        }
        if operation.lines:
            lines = {reply.NDJSON: {"schema": _BINARY}}
            document["requestBody"]["content"].update(lines)
    if operation.either:
        document["requestBody"] = {
            "required": False,
            "content": {request.JSON[0]: {"schema": operation.query}},
        }
    if name in _EXAMPLES:
        content = document["responses"][str(operation.status)]["content"]
        content["application/json"]["example"] = _EXAMPLES[name]["answer"]
    return document


def _needs(endpoint: str) -> str:
    """Return in words who may make a call."""
    action = RULES[endpoint]
    if action == ANYONE:
        return "Anybody may."
    if action == KNOWN:
        return "Needs a token or a session, and is about what is one's own."
    return f"Needs the role `{PERMISSIONS[action]}`."


def _security(endpoint: str) -> list[dict[str, list[str]]]:
    """Return the ways in; an empty one where nobody is asked who they are."""
    action = RULES[endpoint]
    if action == ANYONE:
        return []
    open_to_all = action != KNOWN and current.everybody().may(action)
    schemes: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
    return [{}, *schemes] if open_to_all else schemes


def _parameters(operation: Operation, method: str, *, reads: bool) -> list[Any]:
    """Return what a call takes beside its path and body."""
    parameters: list[Any] = [{"in": "query", "schema": operation.query}]
    if operation.conditional or operation.may_match:
        text = "The `ETag` of what is changed, as the sender has read it."
        parameters.append(_header("If-Match", text, required=operation.conditional))
    if method == "GET" and operation.tagged(method):
        text = "The `ETag` of the answer that the sender has: 304 if it still holds."
        parameters.append(_header("If-None-Match", text))
    if operation.once and not reads:
        text = (
            "Up to 255 characters that stand for this write: sent again, it is "
            "answered again and not done again."
        )
        parameters.append(_header("Idempotency-Key", text))
    if operation.later:
        text = "`respond-async`: be answered 202 at once and ask for the state."
        parameters.append(_header("Prefer", text))
    if operation.revised:
        text = "The newest revision that the sender has seen; no answer is older."
        parameters.append(_header(current.REVISION, text, schema=_REVISION))
    return parameters


def _header(
    name: str,
    text: str,
    *,
    required: bool = False,
    schema: Mapping[str, str] = _TEXT,
) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": text,
        "schema": dict(schema),
    }


def _is_limited(endpoint: str, *, reads: bool) -> bool:
    """Say whether a call is refused to some who are known here."""
    return not reads or RULES[endpoint] not in {ANYONE, KNOWN, "read"}


def _answers(
    operation: Operation, method: str, *, limited: bool, profiled: bool
) -> dict[str, Any]:
    """Return what a call may answer, by status."""
    refusals = {*operation.problems, *((404,) if profiled else ())}
    if not operation.open:
        refusals |= {*ALWAYS, *(WRITING if limited else ())}
    answers: dict[str, Any] = {
        str(code): _refusal(operation, code) for code in refusals
    }
    success: dict[str, Any] = {"description": "OK"}
    if operation.answer is not None:
        success["content"] = {"application/json": {"schema": operation.answer}}
    if kinds := (*operation.files, *([reply.NDJSON] if operation.lines else ())):
        files = {kind: {"schema": _shape_of_file(kind)} for kind in kinds}
        success.setdefault("content", {}).update(files)
    headers = _headers(operation, method)
    success["headers"] = headers
    answers[str(operation.status)] = success
    if operation.later:
        place = {"Location": _shown("Where its state is asked for.")}
        answers["202"] = {
            **success,
            "description": "Queued, or under way",
            "headers": {**headers, **place},
        }
    if method == "GET" and operation.tagged(method):
        same = {"ETag": headers["ETag"], **_always(operation)}
        answers["304"] = {"description": "As the sender has it", "headers": same}
    return dict(sorted(answers.items()))


def _shape_of_file(kind: str) -> Mapping[str, str]:
    """Return the schema of a file: any, where a reader of the contract parses it."""
    is_parsed = kind.endswith("json") and kind != reply.NDJSON
    return {} if is_parsed or kind == "text/event-stream" else _BINARY


def _refusal(operation: Operation, code: int) -> dict[str, Any]:
    """Return what an answer of a status over 399 is."""
    headers = _always(operation)
    if code == 401:
        headers["WWW-Authenticate"] = _shown("How to show who one is.")
    if code in {429, 503}:
        text = "Seconds after which to try again; absent where waiting does not help."
        headers["Retry-After"] = _shown(text, schema=_SECONDS)
    return {
        "description": TITLES[code],
        "headers": headers,
        "content": {"application/problem+json": {"schema": answer.ProblemAnswer}},
    }


def _always(operation: Operation) -> dict[str, Any]:
    """Return the headers that every answer to a call has."""
    names = ["X-Request-ID"] if operation.open else _TOLD
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _headers(operation: Operation, method: str) -> dict[str, Any]:
    """Return the headers of an answer that is no error."""
    headers: dict[str, Any] = _always(operation)
    if operation.revised:
        text = "The revision of the store that the answer is of, or that was made."
        headers[current.REVISION] = _shown(text, schema=_REVISION)
    if operation.tagged(method):
        text = "Tells this state of it from every other."
        headers["ETag"] = _shown(text)
    if operation.status == 201 and operation.placed:
        headers["Location"] = _shown("The address of what was made.")
    if method == "GET" and "next" in getattr(operation.answer, "_declared_fields", ()):
        text = 'The next page, as `rel="next"` (RFC 8288); absent on the last one.'
        headers["Link"] = _shown(text)
    return headers


def _shown(text: str, *, schema: Mapping[str, object] = _TEXT) -> dict[str, Any]:
    return {"description": text, "schema": dict(schema)}


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


def _meaning(field: Field[Any], **_: object) -> dict[str, str]:
    """Say what a field of a schema is; one that is a schema says so there."""
    whole = isinstance(field, Nested) and not field.many and not field.allow_none
    if "description" in field.metadata or whole or not isinstance(field.parent, Schema):
        return {}
    name, schema = str(field.data_key or field.name), _name(field.parent)
    in_query = _MEANINGS["query"] if schema.endswith("Query") else {}
    meanings, place = _MEANINGS["fields"], f"{schema}.{name}"
    meaning = in_query.get(name) or meanings.get(place) or meanings[name]
    return {"description": meaning}


def _name(described_schema: object) -> str:
    kind = (
        described_schema
        if isinstance(described_schema, type)
        else type(described_schema)
    )
    return kind.__name__.removesuffix("Schema").removesuffix("Answer")
