"""From which pages a protocol of another tool may be spoken, and how."""

import re
from typing import Any, Final

from flask import Response, request

from glossary.entry import write

_CALLBACK: Final = re.compile(r"[A-Za-z_$][\w$.]{0,99}")

#: What a browser may send from a page of another site.
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "86400",
}


def open_to_pages(answer: Response, *, methods: str = "GET, POST") -> Response:
    """Let pages of any site read the answer, and ask by these methods."""
    answer.headers.update(_CORS)
    answer.headers["Access-Control-Allow-Methods"] = f"{methods}, OPTIONS"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def json_or_call(document: Any, *names: str, status: int = 200) -> Response:
    """Answer with JSON, or with a call of it (JSONP) where a page asks by a script.

    The function to be called is named by the first of these parameters that is sent.
    """
    values = (request.args.get(name) for name in names)
    callback = next(filter(None, values), "")
    if not _CALLBACK.fullmatch(callback):
        return Response(write(document), status, mimetype="application/json")
    body = b"/**/" + callback.encode() + b"(" + write(document) + b");"
    return Response(body, mimetype="application/javascript")
