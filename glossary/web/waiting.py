"""Who asks what has moved may wait for it: the gate holds the request, no thread."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, request

from glossary.query import ChangeListing
from glossary.serving import HOLD, MAY_HOLD
from glossary.web import current

View = Callable[..., Response]


def held(listing: Callable[[], ChangeListing]) -> Callable[[View], View]:
    """Have a view wait for as long as its query says, if nothing has moved since.

    Where no gate stands in front it answers at once.
    """

    def decorated(view: View) -> View:
        @wraps(view)
        def waiting(**place: Any) -> Response:
            answer = view(**place)
            page = listing()
            is_new = current.moment().revision > page.since.revision
            may = request.environ.get(MAY_HOLD) and not current.stopping()
            if page.wait and may and page.cursor is None and not is_new:
                answer.headers[HOLD] = str(float(page.wait))
                current.noted()["held"] = True
            return answer

        return waiting

    return decorated
