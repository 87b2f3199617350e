"""What a request asks: its parameters, its body, the version it knows."""

import re
from collections.abc import Collection, Mapping
from functools import cached_property, lru_cache, partial
from hashlib import sha256
from types import MappingProxyType
from typing import IO, Any, Final
from urllib.parse import parse_qsl

import flask
import orjson
from flask import Flask, Response, request
from marshmallow import Schema
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import UnsupportedMediaType

from glossary.curation import Known
from glossary.errors import Invalid, MatchRequired, Unreadable
from glossary.message import N_, Message, Problem
from glossary.query import Once
from glossary.schema import NoQuery, load, quick
from glossary.web import current

_NO_QUERY: Final = NoQuery()
NO_MORE: Final[Mapping[str, str]] = MappingProxyType({})
#: How the boxes of glossaries are sent.
_TICKED: Final = b"glossaries="
_KEY: Final = re.compile(r"[!-~]{1,255}")
JSON: Final = ("application/json",)
MERGE_PATCH: Final = ("application/merge-patch+json", "application/json")


class Request(flask.Request):
    """A request whose parameters can be read whatever bytes they are made of.

    Files that come with it are closed when it ends, also where a form was refused after
    some of them had come.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._uploads: list[IO[bytes]] = []

    def _get_file_stream(self, *args: Any, **options: Any) -> IO[bytes]:
        stream = super()._get_file_stream(*args, **options)
        self._uploads.append(stream)
        return stream

    def close(self) -> None:
        """Close the files that came with the request."""
        super().close()
        for stream in self._uploads:
            stream.close()

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The parameters; bytes that are not UTF-8 are replaced."""
        text = self.query_string.decode(errors="replace")
        pairs = parse_qsl(text, keep_blank_values=True, errors="replace")
        return ImmutableMultiDict(pairs)


def install(app: Flask) -> None:
    """Have every request that has an address pass here first."""
    app.request_class = Request
    app.before_request(partial(_enter, app))


def _enter(app: Flask) -> Response | None:
    """Answer what may be asked of anybody; raise Unreadable for bytes that are no text.

    Which methods an address has is no secret: a browser asks before it sends a token.
    `If-Match` is for changes; a read that is sent it does not heed it.
    """
    here = current.at_hand()
    if here.method in {"GET", "HEAD"}:
        here.environ.pop("HTTP_IF_MATCH", None)
    if here.url_rule is None:
        return None
    if here.method == "OPTIONS":
        return app.make_default_options_response()
    try:
        here.query_string.decode()
    except UnicodeDecodeError as error:
        raise _no_text(error) from None
    return None


def _no_text(error: UnicodeDecodeError) -> Unreadable:
    return Unreadable(
        N_("The query string is not UTF-8: byte %(place)s."), place=error.start + 1
    )


def query(schema: Schema) -> Any:
    """Return what the request's query string asks for.

    Raise Unreadable when it is not UTF-8, and Invalid for a parameter that is
    unknown, given twice, or out of range.
    """
    return _parameters(schema, current.at_hand().query_string)


def filled(schema: Schema) -> Any:
    """Return what a form asks for: `query` without the fields that were left empty.

    What boxes are ticked for glossaries is sent one by one, and is one list.
    """
    parameters = [
        p for p in request.query_string.split(b"&") if p and not p.endswith(b"=")
    ]
    ticked = [part for part in parameters if part.startswith(_TICKED)]
    if ticked:
        several = b"%2C".join(part.removeprefix(_TICKED) for part in ticked)
        parameters = [part for part in parameters if part not in ticked] + [
            _TICKED + several
        ]
    return _parameters(schema, b"&".join(parameters))


def nothing() -> None:
    """Raise Invalid when there are parameters where none are taken."""
    if request.query_string:
        query(_NO_QUERY)


@lru_cache(maxsize=4096)
def _parameters(schema: Schema, query_string: bytes) -> Any:
    try:
        pairs = parse_qsl(
            query_string.decode(),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=100,
        )
    except UnicodeDecodeError as error:
        raise _no_text(error) from None
    except ValueError:
        raise Unreadable(N_("The query string has too many parameters.")) from None
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        raise Invalid(
            [
                Problem(f"/{name}", Message(N_("This parameter is given twice.")))
                for name in dict.fromkeys(n for n in names if names.count(n) > 1)
            ]
        )
    return quick(schema)(values)


def body(schema: Schema, kinds: Collection[str] = JSON) -> Any:
    """Return the noun in the request's body; raise what `document` and `load` do."""
    return load(schema, document(kinds))


def either(schema: Schema) -> Any:
    """Return the noun that the body describes, or the address where there is none."""
    if not request.content_length:
        return query(schema)
    nothing()
    return body(schema)


def quick_body(schema: Schema, more: Mapping[str, str] = NO_MORE) -> Any:
    """Return the noun in the body as `body` does, for calls that are made often.

    `more` is what the address says beside the body.
    """
    return quick(schema)(with_more(document(), more))


def with_more(body: object, more: Mapping[str, str]) -> object:
    """Return a body with what the address says beside it."""
    return {**body, **more} if more and isinstance(body, dict) else body


def document(kinds: Collection[str] = JSON) -> Any:
    """Return the JSON in the request's body.

    Raise UnsupportedMediaType for another content type, and Unreadable with line
    and column when it is no JSON.
    """
    if request.mimetype not in kinds:
        raise UnsupportedMediaType(
            Message(N_("Send the body as %(kinds)s."), kinds=", ".join(kinds))
        )
    return parsed(request.get_data())


def parsed(text: bytes) -> Any:
    """Return the JSON in a text; raise Unreadable with line and column."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Unreadable(
            N_("The body is no JSON at line %(line)s, column %(column)s: %(reason)s"),
            line=error.lineno,
            column=error.colno,
            reason=error.msg,
        ) from None


def once(*, digest_body: bool = True) -> Once | None:
    """Return what `Idempotency-Key` says, or None; raise Invalid for an odd key.

    Without `digest_body`, the body is left to be read as a stream.
    """
    text = request.headers.get("Idempotency-Key")
    if text is None:
        return None
    key = text.strip().strip('"')
    if not _KEY.fullmatch(key):
        template = N_("A key has 1 to 255 characters of ASCII and no space.")
        raise Invalid([Problem("/Idempotency-Key", template)])
    parts = (request.method, request.full_path, request.headers.get("If-Match", ""))
    digest = sha256("\n".join(parts).encode())
    if digest_body:
        digest.update(request.get_data())
    sender = request.headers.get("Authorization", "")
    seal = sha256(f"{sender}\n{key}".encode()).hexdigest()
    return Once(key, digest.hexdigest(), seal)


def change(*, is_match_needed: bool = True) -> dict[str, Any]:
    """Return which version a change is made from, by whom, and under what key."""
    return {
        "knows": known_version(is_needed=is_match_needed),
        "by": current.actor(),
        "once": once(),
    }


def go_on_from(schema: Schema) -> None:
    """Have what is asked for answered no older than what it is to go on from."""
    current.go_on_from(query(schema).since)


def known_version(*, is_needed: bool = True) -> Known:
    """Return what `If-Match` says; raise MatchRequired when it is missing."""
    if "If-Match" not in request.headers:
        if is_needed:
            raise MatchRequired(
                N_("Send If-Match with the ETag of the entry as you read it.")
            )
        return None
    match = request.if_match
    return lambda version: match.contains(str(version))
