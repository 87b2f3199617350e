"""What editors ask of an entry over HTTP: its flaws, its evidence."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from glossary.curation import cited, lint_stored
from glossary.entry import evidence, write
from glossary.speech import say
from glossary.web import current
from glossary.web import request as asked

curation = Blueprint("curation", __name__, url_prefix="/api/v1")
curation.before_request(current.hold)


@curation.get("/entries/<entry_id>/evidence")
def get_evidence(entry_id: str) -> Response:
    """Return an entry's renderings over time, and by year and issuer."""
    asked.nothing()
    store = current.store()
    entry = store.entry(entry_id)
    found = evidence(entry, cited(store, entry), same=store.issuers.same)
    answer = Response(write(found))
    answer.content_type = "application/json"
    answer.set_etag(current.tag_of_day(store.revision()))
    return answer.make_conditional(request)


@curation.get("/entries/<entry_id>/flaws")
def get_flaws(entry_id: str) -> Response:
    """Say what an editor should look at in an entry."""
    asked.nothing()
    store, locale = current.store(), current.locale()
    flaws = lint_stored(store, store.entry(entry_id))
    items = [flaw.said(say(flaw.message, locale)) for flaw in flaws]
    return Response(write({"items": items}), content_type="application/json")
