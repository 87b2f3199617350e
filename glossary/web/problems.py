"""Every error becomes an answer here: RFC 9457 problem details, or a page."""

import logging
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from glossary import errors
from glossary.entry import Garbled, write
from glossary.errors import GlossaryError
from glossary.formats import UnsettledColumns
from glossary.message import N_, Message, Problem
from glossary.speech import say
from glossary.store import damaged, of_system
from glossary.transfer import asked_of
from glossary.web import current, rates

_LOG = logging.getLogger(__name__)

#: The HTTP status of each kind of error; a kind below another takes its own.
STATUS: Final[Mapping[type[GlossaryError], int]] = {
    GlossaryError: 500,
    errors.Invalid: 422,
    errors.Unreadable: 400,
    errors.TooLarge: 413,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.Stale: 412,
    errors.Gone: 410,
    errors.MatchRequired: 428,
    errors.TooMany: 429,
    errors.Unauthorized: 401,
    errors.Forbidden: 403,
    errors.StoreError: 503,
    errors.StoreFull: 507,
    errors.UnreadableFile: 422,
    errors.Cancelled: 409,
    errors.BadSetting: 500,
    errors.DoorTaken: 500,
}
#: What each status is called.
TITLES: Final[Mapping[int, str]] = {
    400: N_("The request cannot be read"),
    401: N_("Sign in first"),
    403: N_("You may not do this"),
    404: N_("Not found"),
    405: N_("This cannot be done here"),
    406: N_("No such representation"),
    409: N_("It conflicts with what is there"),
    410: N_("The store has begun anew"),
    412: N_("Someone else changed it first"),
    413: N_("The request is too large"),
    415: N_("The content type is not understood"),
    422: N_("The request breaks a rule"),
    428: N_("Say which version you change"),
    429: N_("Too many requests"),
    500: N_("The server has failed"),
    503: N_("The store is not available"),
    507: N_("There is no room left"),
}
#: What does not pass in a second.
_LASTING: Final = (
    errors.StoreReadOnly,
    errors.StoreDamaged,
    errors.StoreMissing,
    errors.StoreOutdated,
    errors.StoreUnreadable,
)
#: Where a browser is answered with a page: everywhere there is no contract.
_OF_PAGES: Final = frozenset({"pages", None})
#: The code of errors that Flask raises.
_CODES: Final[Mapping[int, str]] = {
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "unsupported-media-type",
}


def codes() -> list[tuple[str, int]]:
    """Return every code an answer may carry, with its status."""
    statuses = {kind.code: status for kind, status in STATUS.items()}
    statuses |= {code: status for status, code in _CODES.items()}
    statuses |= {kind.code: status_of(kind) for kind in _kinds(GlossaryError)}
    return sorted({**statuses, "unexpected": 500}.items())


def _kinds(kind: type[GlossaryError]) -> Iterator[type[GlossaryError]]:
    for below in kind.__subclasses__():
        yield below
        yield from _kinds(below)


def install(app: Flask) -> None:
    """Answer every error of the application."""
    app.register_error_handler(GlossaryError, _ours)
    app.register_error_handler(HTTPException, _flasks)
    app.register_error_handler(OSError, _systems)
    app.register_error_handler(Garbled, _garbled)
    app.register_error_handler(Exception, _unexpected)


def status_of(kind: type[GlossaryError]) -> int:
    """Return the HTTP status for a kind of error, by the nearest that has one."""
    return next(STATUS[near] for near in kind.__mro__ if near in STATUS)


def _ours(error: GlossaryError) -> Response:
    status = status_of(type(error))
    question = asked_of(error.question) if isinstance(error, UnsettledColumns) else None
    answer = _answer(
        status, error.code, error.message, error.problems, question=question
    )
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="glossary"'
    if status == 503 and not isinstance(error, _LASTING):
        answer.headers["Retry-After"] = "1"
    if (seconds := rates.again()) is not None:
        answer.headers["Retry-After"] = str(seconds)
    return answer


def _systems(error: OSError) -> Response:
    """Answer what the operating system refuses: room, rights, open files."""
    own = of_system(error)
    return _unexpected(error) if own is None else _ours(own)


def _garbled(error: Garbled) -> Response:
    """Answer that what was kept is not what was written."""
    return _ours(damaged(current.store().shown, error))


def _flasks(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return Response(status=status, headers=error.get_headers())
    detail: str = {
        404: Message(N_("There is nothing at %(path)s."), path=request.path),
        405: Message(
            N_("%(path)s does not answer to %(method)s."),
            path=request.path,
            method=request.method,
        ),
    }.get(status, error.description or "")
    if isinstance(error, RequestEntityTooLarge):
        if request.path.endswith("/imports"):
            setting = "GLOSSARY_MAX_IMPORT"
        elif request.mimetype == "application/x-ndjson":
            setting = "GLOSSARY_MAX_STREAM"
        else:
            setting = "GLOSSARY_MAX_BODY"
        detail = Message(
            N_("The body may have %(most)s bytes; split it, or raise %(setting)s."),
            most=request.max_content_length,
            setting=setting,
        )
    answer = _answer(status, _CODES.get(status, "http"), detail)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            answer.headers[name] = value
    return answer


def _unexpected(error: Exception) -> Response:
    _LOG.exception("unexpected error", exc_info=error)
    return _answer(
        500, "unexpected", Message(N_("It was logged; nothing was changed by it."))
    )


def _answer(
    status: int,
    code: str,
    detail: str,
    places: tuple[Problem, ...] = (),
    *,
    question: Mapping[str, object] | None = None,
) -> Response:
    locale = current.locale()
    title = say(TITLES.get(status, HTTPStatus(status).phrase), locale)
    lines = [(place.pointer, say(place.detail, locale)) for place in places]
    if status == 401 and _wants_page():
        place = request.full_path.rstrip("?") if request.method == "GET" else ""
        page = render_template(
            "sign-in.html", place=f"{request.script_root}{place}", name="", problem=""
        )
        answer = Response(page, status)
    elif _wants_page():
        page = render_template(
            "problem.html", title=title, detail=say(detail, locale), places=lines
        )
        answer = Response(page, status)
    else:
        body: dict[str, object] = {
            "type": f"{request.script_root}/docs#{code}",
            "title": title,
            "status": status,
            "detail": say(detail, locale),
            "code": code,
            "errors": [{"pointer": p, "detail": d} for p, d in lines],
        }
        if question is not None:
            body["question"] = question
        answer = Response(
            write(body),
            status,
            mimetype="application/problem+json",
        )
        answer.headers["Content-Language"] = locale
    answer.vary.update(["Accept", "Accept-Language", "Cookie"])
    return answer


def _wants_page() -> bool:
    return (
        request.blueprint in _OF_PAGES
        and not request.path.startswith("/api/")
        and request.accept_mimetypes.best_match(["application/json", "text/html"])
        == "text/html"
    )
