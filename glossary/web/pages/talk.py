"""Comments under an entry, what is watched, and the page of notices."""

from collections.abc import Callable
from typing import Final

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary.curation import digest, remarks, watching
from glossary.entry import Notice, Saying, Watch
from glossary.errors import GlossaryError, NotFound
from glossary.schema import load
from glossary.schema import teamwork as schema
from glossary.web import current
from glossary.web import request as incoming
from glossary.web.api.talk import follow, person
from glossary.web.pages.account import safe
from glossary.web.pages.frame import pages, reasons
from glossary.web.rates import limited

_REMARK: Final = schema.RemarkBody()
_WATCH: Final = schema.WatchBody()
#: So many notices are shown.
_SHOWN: Final = 100


@pages.post("/entries/<entry_id>/comments")
@limited("proposals")
def comment(entry_id: str) -> WerkzeugResponse:
    """Say something under an entry."""
    incoming.nothing()
    remark: Saying = load(_REMARK, {"text": request.form.get("text", "")})
    saying = Saying(0, entry_id, remark.text, current.locale())
    new = remarks.say(current.store(), saying, by=current.actor())
    place = url_for("pages.entry_page", entry_id=entry_id, history="true")
    return redirect(f"{place}#c{new.id}", 303)


@pages.post("/comments/<int:number>")
def settle_comment(number: int) -> WerkzeugResponse:
    """Settle a comment, open it again, or take it back."""
    incoming.nothing()
    store, actor = current.store(), current.actor()
    entry_id = store.team.remark(number).entry
    if request.form.get("do") == "take-back":
        remarks.take_back(store, number, by=actor)
    else:
        is_resolved = request.form.get("do") == "resolve"
        remarks.settle(store, number, by=actor, is_resolved=is_resolved)
    place = url_for("pages.entry_page", entry_id=entry_id, history="true")
    return redirect(f"{place}#comments", 303)


@pages.get("/notices")
def notices_page() -> Response:
    """Show what the reader was told, and what they watch."""
    incoming.nothing()
    return _page()


@pages.post("/notices")
def see_notices() -> WerkzeugResponse:
    """Note that the reader has seen what was shown."""
    incoming.nothing()
    until = request.form.get("until", "")
    with current.store().write(by=current.actor().name) as write:
        write.team.see(person().person, until=int(until) if until.isdecimal() else 0)
    return redirect(url_for("pages.notices_page"), 303)


@pages.post("/watches")
def change_watch() -> WerkzeugResponse:
    """Watch something, or no more."""
    incoming.nothing()
    fields = {name: request.form.get(name, "") for name in ("kind", "value")}
    is_end = request.form.get("do") == "unwatch"
    do: Callable[..., None] = watching.unwatch if is_end else watching.watch
    try:
        subject: Watch = load(_WATCH, fields)
        do(current.store(), subject, by=person())
    except NotFound:
        raise
    except GlossaryError as error:
        return _page(problem=reasons(error), status=422)
    back = safe(request.form.get("next", "")) or url_for("pages.notices_page")
    return redirect(back, 303)


def _page(*, problem: str = "", status: int = 200) -> Response:
    store, reader = current.store(), person().person
    current.let_go()
    follow()
    current.hold(always=True)
    last = store.team.notices(reader, before=None, limit=_SHOWN)
    notices = remarks.readable(store, last, by=current.actor())
    page = render_template(
        "notices.html",
        notices=notices,
        unseen=sum(not notice.seen for notice in notices),
        watches=store.team.watches(reader),
        told=_sentence,
        problem=problem,
    )
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _sentence(notice: Notice) -> str:
    return digest.sentence(notice, current.locale())
