"""What editors ask of an entry over HTTP: its flaws, its evidence."""

from flask import Blueprint, Response

from glossary.curation import cited, lint_stored
from glossary.entry import evidence
from glossary.speech import say
from glossary.web import current, reply
from glossary.web import request as incoming
from glossary.web.current import Body
from glossary.web.reply import of_one_moment

curation = Blueprint("curation", __name__, url_prefix="/api/v1")


@curation.get("/entries/<entry_id>/evidence")
@of_one_moment()
def get_evidence(entry_id: str) -> Body:
    """Return an entry's renderings over time, and by year and issuer."""
    incoming.nothing()
    store = current.store()
    entry = store.entry(entry_id)
    renderings = evidence(entry, cited(store, entry), same=store.issuers.same)
    return reply.document(renderings, tag=reply.tag_of_day())


@curation.get("/entries/<entry_id>/flaws")
@of_one_moment()
def get_flaws(entry_id: str) -> Response:
    """Say what an editor should look at in an entry."""
    incoming.nothing()
    store, locale = current.store(), current.locale()
    flaws = lint_stored(store, store.entry(entry_id), readable=current.readable())
    items = [flaw.plain(say(flaw.message, locale)) for flaw in flaws]
    return reply.json({"items": items}, is_worded=True)
