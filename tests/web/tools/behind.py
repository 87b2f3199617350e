"""A LanguageTool server behind ours, in a few lines."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from flask.testing import FlaskClient

from glossary import config
from glossary.web import create_app


class Behind(BaseHTTPRequestHandler):
    """A LanguageTool server in a few lines: it marks every “teh”."""

    delay = 0.0
    status = 200
    seen: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.seen.append(body)
        threading.Event().wait(self.delay)
        matches = [{"offset": 0, "length": 3, "message": "Did you mean “the”?"}]
        self.answer({"matches": matches if "teh" in body else []})

    def do_GET(self) -> None:
        self.answer([{"name": "German", "code": "de", "longCode": "de-DE"}])

    def answer(self, document: object) -> None:
        body = json.dumps(document).encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(BrokenPipeError):
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def behind(
    database: Path, monkeypatch: pytest.MonkeyPatch, **how: Any
) -> Iterator[FlaskClient]:
    handler = type("Handler", (Behind,), {"seen": [], **how})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/v2"
    monkeypatch.setenv("GLOSSARY_LT_UPSTREAM", address)
    monkeypatch.setenv("GLOSSARY_LT_TIMEOUT", "0.3")
    config.settings.cache_clear()
    app = create_app()
    client = app.test_client()
    client.seen = handler.seen  # type: ignore[attr-defined]
    yield client
    app.extensions["glossary"].store.close()
    server.shutdown()
    server.server_close()
