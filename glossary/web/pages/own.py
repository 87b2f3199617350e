"""The page *My glossary*: kept with one's account, or in the browser without one."""

from typing import Final

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary.curation import own
from glossary.entry import Starred
from glossary.schema import load
from glossary.schema import teamwork as schema
from glossary.web import current, reply
from glossary.web import request as incoming
from glossary.web.pages.entry import title
from glossary.web.pages.frame import pages

_KEPT: Final = schema.KeptBody()


@pages.get("/mine")
def own_page() -> Response:
    """Show what the reader keeps; without an account a script shows what is here."""
    incoming.nothing()
    actor = current.actor()
    rows = own.listed(current.store(), by=actor) if actor.person else []
    answer = make_response(render_template("own.html", rows=rows, title=title))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.get("/mine.csv")
def own_table() -> Response:
    """Take out what the reader keeps, as a table."""
    incoming.nothing()
    rows = own.listed(current.store(), by=current.actor())
    return reply.file(own.as_csv(rows), "my-glossary.csv", kind="text/csv")


@pages.post("/mine/<entry_id>")
def keep_own(entry_id: str) -> WerkzeugResponse:
    """Keep an entry with a note and a rendering, or keep it no more."""
    incoming.nothing()
    form = request.form
    if form.get("do") == "drop":
        own.let_go(current.store(), entry_id, by=current.actor())
    else:
        fields = {name: form.get(name, "") for name in ("note", "rendering")}
        star: Starred = load(_KEPT, fields)
        own.keep(
            current.store(),
            Starred(entry_id, star.note, star.rendering),
            by=current.actor(),
        )
    return redirect(url_for("pages.own_page"), 303)
