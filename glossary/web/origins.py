"""Which other sites' pages may read: those of the setting, and nothing but reads.

They send no cookie, so that nobody's session reads for them; a token they may show.
"""

from typing import Final

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from glossary.config import Settings
from glossary.web import current
from glossary.web.rules import RULES

#: Whoever asks for the setting asks for every site.
_ANY: Final = "*"
_SENT: Final = (
    "Authorization, Content-Type, If-None-Match, "
    f"{current.REVISION}, Glossary-Typing, X-Request-ID"
)
_READ: Final = (
    f"ETag, Link, {current.REVISION}, RateLimit, RateLimit-Policy, Retry-After, "
    "X-Request-ID, Content-Disposition"
)
#: Seconds for which a browser need not ask again; browsers take at most a day.
_KEPT: Final = "86400"


def install(app: Flask, settings: Settings) -> None:
    """Let the pages of some sites read, if the settings name any."""
    origins = frozenset(settings.origins.split())
    if not origins:
        return

    def open_to(answer: Response) -> Response:
        if not request.path.startswith(("/api/", "/openapi.json")):
            return answer
        if _ANY not in origins:
            answer.vary.add("Origin")
        origin = request.headers.get("Origin", "")
        if _ANY in origins or origin in origins:
            _allow(app, answer, _ANY if _ANY in origins else origin)
        return answer

    app.after_request(open_to)


def _allow(app: Flask, answer: Response, origin: str) -> None:
    """Let a page read the answer, if what it asked or is about to ask only reads."""
    method = request.headers.get("Access-Control-Request-Method")
    is_question = request.method == "OPTIONS" and method is not None
    endpoint = _endpoint(app, method or "") if is_question else request.endpoint
    if RULES.get(endpoint or "") != "read":
        return
    answer.headers["Access-Control-Allow-Origin"] = origin
    if is_question:
        answer.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST"
        answer.headers["Access-Control-Allow-Headers"] = _SENT
        answer.headers["Access-Control-Max-Age"] = _KEPT
    else:
        answer.headers["Access-Control-Expose-Headers"] = _READ


def _endpoint(app: Flask, method: str) -> str:
    """Return what the same address is with another method, or nothing."""
    addresses = app.create_url_adapter(request)
    try:
        endpoint, _ = addresses.match(method=method) if addresses else ("", {})
    except HTTPException:
        return ""
    return str(endpoint)
