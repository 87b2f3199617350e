"""Who may do what through a protocol of another tool, and from which pages."""

from flask import Response, request

from glossary.curation import access
from glossary.web import current

#: What a browser may send from a page of another site.
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "86400",
}


def readable() -> None:
    """Let through who may read: everybody, unless a setting closes reads.

    Other tools can be told an address and often nothing else, so a token may also be
    the password in it.
    """
    if request.method == "OPTIONS" or current.settings().open_reads:
        return
    given = request.authorization
    if given is not None and given.type == "basic":
        must_have(given.password, scope="read")
    else:
        authorization = request.headers.get("Authorization")
        current.set_bearer(access.bearer(current.store(), authorization, scope="read"))


def must_have(token: str | None, *, scope: str) -> None:
    """Note who has this token; raise Unauthorized or Forbidden."""
    authorization = f"Bearer {token}" if token else None
    current.set_bearer(access.bearer(current.store(), authorization, scope=scope))


def open_to_pages(answer: Response, *, methods: str = "GET, POST") -> Response:
    """Let pages of any site read the answer, and ask by these methods."""
    answer.headers.update(_CORS)
    answer.headers["Access-Control-Allow-Methods"] = f"{methods}, OPTIONS"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
