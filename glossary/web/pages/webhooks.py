"""The page of webhooks: which programs are told of changes, and what came of it."""

from typing import Final

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary.curation import hooks
from glossary.entry import Hook
from glossary.errors import Conflict, Invalid
from glossary.schema import load
from glossary.schema import teamwork as schema
from glossary.web import current
from glossary.web import request as incoming
from glossary.web.pages.frame import pages, reasons

_HOOK: Final = schema.HookBody()
#: So many deliveries of each webhook are shown.
_SHOWN: Final = 10


@pages.get("/webhooks")
def webhooks_page() -> Response:
    """Show the webhooks of what the reader owns, and their deliveries."""
    incoming.nothing()
    return _page()


@pages.post("/webhooks")
def make_webhook() -> Response:
    """Have an address told of changes, and show its secret this once."""
    incoming.nothing()
    fields = {
        "id": request.form.get("id", ""),
        "url": request.form.get("url", ""),
        "glossaries": request.form.get("glossaries", "").split(),
    }
    try:
        hook: Hook = load(_HOOK, fields)
        webhook = hooks.create(current.store(), hook, by=current.actor())
    except (Invalid, Conflict) as error:
        status = 409 if isinstance(error, Conflict) else 422
        return _page(problem=reasons(error), status=status)
    return _page(secret=webhook.secret, status=201)


@pages.post("/webhooks/<hook_id>/remove")
def remove_webhook(hook_id: str) -> WerkzeugResponse:
    """Tell an address no more."""
    incoming.nothing()
    hooks.remove(current.store(), hook_id, by=current.actor())
    return redirect(url_for("pages.webhooks_page"), 303)


def _page(*, problem: str = "", secret: str = "", status: int = 200) -> Response:
    store = current.store()
    hooks_here = hooks.hooks_of(store, by=current.actor())
    page = render_template(
        "webhooks.html",
        hooks=[
            (hook, store.team.deliveries(hook.id, before=None, limit=_SHOWN))
            for hook in hooks_here
        ],
        secret=secret,
        problem=problem,
        sent=request.form if problem else {},
    )
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
