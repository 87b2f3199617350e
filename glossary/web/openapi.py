"""The contract for programs and for people, and what watches a server asks."""

import orjson
from flask import Blueprint, Response, render_template

from glossary.errors import Stopping
from glossary.message import N_
from glossary.web import current, request
from glossary.web.contract import described
from glossary.web.problems import TITLES, codes

openapi = Blueprint("openapi", __name__)


@openapi.get("/openapi.json")
def document() -> Response:
    """Return the OpenAPI 3.1 document."""
    return Response(described(), mimetype="application/json")


@openapi.get("/docs")
def docs() -> str:
    """Show the contract to a person."""
    spec = orjson.loads(described())
    return render_template("docs.html", spec=spec, codes=codes(), titles=TITLES)


@openapi.get("/healthz")
def healthz() -> Response:
    """Say that the process answers."""
    request.nothing()
    return Response(b'{"status":"ok"}', mimetype="application/json")


@openapi.get("/readyz")
def readyz() -> Response:
    """Say that the store can be read, and that the server is not about to stop."""
    request.nothing()
    if current.stopping():
        raise Stopping(N_("The server is about to stop."))
    current.store().must_be_well()
    return Response(b'{"status":"ok"}', mimetype="application/json")
