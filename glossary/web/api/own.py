"""*My glossary* over HTTP: what the caller keeps for themselves."""

from dataclasses import replace
from typing import Any, Final

from flask import Blueprint, Response, request

from glossary.curation import own
from glossary.entry import Entry, Starred, codec
from glossary.schema import teamwork as schema
from glossary.web import current, reply
from glossary.web import request as incoming
from glossary.web.reply import of_one_moment

mine = Blueprint("mine", __name__, url_prefix="/api/v1")

_KEPT: Final = schema.KeptBody()


@mine.get("/mine")
@of_one_moment(is_revised=False)
def get_mine() -> Response:
    """List what the caller keeps, the newest first; a table for `text/csv`."""
    incoming.nothing()
    rows = own.listed(current.store(), by=current.actor())
    kinds = [reply.JSON, "text/csv"]
    if request.accept_mimetypes.best_match(kinds) == kinds[1]:
        return reply.file(own.as_csv(rows), "my-glossary.csv", kind="text/csv")
    return reply.json({"items": [_plain(*row) for row in rows]})


@mine.put("/mine/<entry_id>")
def put_mine(entry_id: str) -> Response:
    """Keep an entry, with an own note and an own rendering."""
    incoming.nothing()
    star: Starred = incoming.body(_KEPT)
    new = own.keep(current.store(), replace(star, entry=entry_id), by=current.actor())
    return reply.json(new)


@mine.delete("/mine/<entry_id>")
def delete_mine(entry_id: str) -> Response:
    """Keep an entry no more."""
    incoming.nothing()
    own.let_go(current.store(), entry_id, by=current.actor())
    return reply.nothing()


def _plain(star: Starred, entry: Entry | None) -> dict[str, Any]:
    return {**codec.plain(star), "title": entry.title() if entry else []}
