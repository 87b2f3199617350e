"""The contract for programs and for people, and what watches a server asks."""

from functools import cache
from typing import Final

import orjson
from flask import Blueprint, Response, render_template, url_for

from glossary import release
from glossary.errors import Stopping
from glossary.message import N_
from glossary.web import current, reply, request
from glossary.web.contract import described
from glossary.web.problems import TITLES, codes

openapi = Blueprint("openapi", __name__)

#: What a program may begin with, by what the index calls it.
_BEGINNINGS: Final = {
    "contract": "openapi.document",
    "documentation": "openapi.docs",
    "lookup": "api.get_lookup",
    "suggest": "api.get_suggest",
    "annotate": "texts.post_annotate",
    "check": "texts.post_check",
    "entries": "api.get_entries",
    "changes": "api.get_changes",
    "sources": "nouns.get_sources",
    "subjects": "nouns.get_subjects",
    "issuers": "nouns.get_issuers",
    "glossaries": "nouns.get_glossaries",
    "export": "transfers.get_export",
    "stats": "api.get_stats",
}


@openapi.get("/api/v1")
@reply.of_one_moment()
def get_index() -> current.Body:
    """Say which program answers, and where a caller may begin."""
    request.nothing()
    moment = current.moment()
    return reply.document(
        {
            "version": release(),
            "revision": moment.revision,
            "epoch": moment.epoch,
            "links": {name: url_for(place) for name, place in _BEGINNINGS.items()},
        }
    )


@openapi.get("/openapi.json")
def document() -> Response:
    """Return the OpenAPI 3.1 document."""
    return Response(described(), mimetype="application/json")


@openapi.get("/docs")
def docs() -> str:
    """Show the contract to a person."""
    return render_template("docs.html", contract=_contract(current.locale()))


@cache
def _contract(locale: str) -> str:
    """Return the contract as a person of a language reads it, made once: it is long."""
    spec = orjson.loads(described())
    return render_template(
        "contract.html", spec=spec, codes=codes(), titles=TITLES, locale=locale
    )


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
