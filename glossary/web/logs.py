"""What is written down of each request: text or JSON lines on standard error.

Never what was asked or sent, unless a setting wants queries: texts that people send to
be read or checked are nobody's business.
"""

import json
import logging
import re
import secrets
import sys
import time
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from flask import Flask, Response, request

from glossary.config import Settings
from glossary.web import current

_LOG: Final = logging.getLogger("glossary.access")
#: What a proxy may call a request; anything else is called anew.
_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
#: Who may not is written down in any case: a token that is none, or lacks the right.
_BARRED: Final = frozenset({401, 403})
REQUEST_ID: Final = "X-Request-ID"
_HANDLER: Final = "glossary"


class _Lines(logging.Formatter):
    """A record as a line of text or of JSON."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, or lines where there is a traceback."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(" ", "milliseconds")
        facts: dict[str, Any] = getattr(record, "told", {})
        trace = self.formatException(record.exc_info) if record.exc_info else ""
        if self._as_json:
            line = {
                "time": at.replace(" ", "T"),
                "level": record.levelname.lower(),
                "logger": record.name,
                "message": record.getMessage(),
                **facts,
            }
            if trace:
                line["trace"] = trace
            return json.dumps(line, ensure_ascii=False)
        pairs = "".join(f" {key}={_plain(value)}" for key, value in facts.items())
        line_ = f"{at} {record.levelname.lower()} {record.getMessage()}{pairs}"
        return f"{line_}\n{trace}" if trace else line_


def install(app: Flask, settings: Settings) -> None:
    """Write down requests as the settings say; the last to see an answer."""
    logger = logging.getLogger("glossary")
    logger.handlers = [h for h in logger.handlers if h.name != _HANDLER]
    handler = logging.StreamHandler(sys.stderr)
    handler.name = _HANDLER
    handler.setFormatter(_Lines(as_json=settings.log == "json"))
    logger.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    app.before_request(_begin)
    app.after_request(partial(_write_down, settings))


def _begin() -> None:
    noted = current.noted()
    noted["begun"] = time.perf_counter()
    request_id = current.at_hand().environ.get("HTTP_X_REQUEST_ID", "")
    noted["id"] = request_id if _ID.fullmatch(request_id) else secrets.token_hex(8)


def _write_down(settings: Settings, answer: Response) -> Response:
    noted = current.noted()
    seconds = time.perf_counter() - noted.get("begun", time.perf_counter())
    answer.headers.add(REQUEST_ID, noted.get("id", ""))
    if "held" in noted:
        return answer
    is_slow = bool(settings.slow) and seconds >= settings.slow
    is_barred = answer.status_code in _BARRED
    if not (settings.access_log or is_slow or is_barred):
        return answer
    actor = current.actor()
    facts: dict[str, Any] = {
        "request": noted.get("id", ""),
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else "",
        "status": answer.status_code,
        "seconds": round(seconds, 4),
        "revision": answer.headers.get(current.REVISION, ""),
        "who": actor.name,
        "address": request.remote_addr or "",
    }
    if settings.log_queries and request.args.get("q"):
        facts["q"] = request.args["q"][: settings.max_query]
    message = "slow request" if is_slow else "barred" if is_barred else "request"
    level = logging.INFO if message == "request" else logging.WARNING
    _LOG.log(level, message, extra={"told": facts})
    return answer


def _plain(value: object) -> str:
    """Return a value as it stands in a line of text: on one line, quoted if need be."""
    text = str(value)
    plain = re.fullmatch(r"[!#-~]+", text) is not None
    return text if plain else json.dumps(text, ensure_ascii=False)
