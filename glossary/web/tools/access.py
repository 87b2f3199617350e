"""From which pages a protocol of another tool may be spoken."""

from flask import Response

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
