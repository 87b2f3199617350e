"""Pages to look after people by: who they are, what they may do, what was done."""

from collections.abc import Callable, Iterator
from typing import Final

from flask import (
    Response,
    make_response,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary.entry import EVERY, Deed
from glossary.errors import GlossaryError
from glossary.people import RANKS, members
from glossary.schema import load
from glossary.schema import people as schema
from glossary.web import current
from glossary.web import request as incoming
from glossary.web.api.people import as_csv, doer, link_of
from glossary.web.pages.account import error_text
from glossary.web.pages.frame import pages

_USER: Final = schema.UserBody()
_ROLE: Final = schema.RoleBody()
_LOG: Final = schema.LogQuery()


@pages.get("/people")
def people_page() -> Response:
    """Show who is what in the glossaries that the reader looks after."""
    incoming.nothing()
    return _page()


@pages.post("/people")
def make_person() -> WerkzeugResponse:
    """Make a person and show the one-time link that lets them in."""
    form, store = request.form, current.store()
    fields = {name: form[name] for name in ("id", "name", "email") if form.get(name)}
    role, glossary = form.get("role", ""), form.get("glossary") or EVERY
    roles = {glossary: role} if role else {}
    try:
        person, roles = load(_USER, {"id": "", **fields, "roles": roles})
        members.create(store, person, by=doer(), roles=roles)
        code = _reset(person.id)
    except GlossaryError as error:
        return _page(problem=error_text(error), status=422)
    return _page(link=link_of(code), status=201)


@pages.post("/people/<user_id>/role")
def give_role(user_id: str) -> WerkzeugResponse:
    """Give a person a role in a glossary, or take it away."""
    glossary = request.form.get("glossary") or EVERY
    role = request.form.get("role") or None
    return _done(
        lambda: members.give(
            current.store(),
            user_id,
            glossary,
            role and load(_ROLE, {"role": role})["role"],
            by=doer(),
        )
    )


@pages.post("/people/<user_id>/reset")
def reset_person(user_id: str) -> WerkzeugResponse:
    """Void a person's password and show a one-time link to a new one."""
    try:
        code = _reset(user_id)
    except GlossaryError as error:
        return _page(problem=error_text(error), status=422)
    return _page(link=link_of(code), status=201)


@pages.post("/people/<user_id>/leave")
def let_go(user_id: str) -> WerkzeugResponse:
    """Let a person go: their tokens, sessions and roles end."""
    to = request.form.get("to", "")
    return _done(lambda: members.leave(current.store(), user_id, by=doer(), to=to))


@pages.post("/people/<user_id>/forget")
def forget_person(user_id: str) -> WerkzeugResponse:
    """Take a person out of the history."""
    return _done(lambda: members.forget(current.store(), user_id, by=doer()))


@pages.get("/log")
def log_page() -> Response:
    """Show what was done, by whom, when and from where; `?csv` takes out all of it."""
    arguments = {**request.args.to_dict()}
    is_table = arguments.pop("csv", None) is not None
    query = load(_LOG, {name: text for name, text in arguments.items() if text})
    current.actor().must("see-log", EVERY)
    limit = current.settings().max_page if is_table else query["limit"]
    by, action = query.get("by"), query.get("action")

    def some(before: int | None) -> list[Deed]:
        return current.store().people.deeds(
            limit=limit + 1, before=before, by=by, action=action
        )

    deeds = some(query.get("cursor"))
    if is_table:
        answer = Response(
            stream_with_context(_pages_of(some, deeds, limit)), mimetype="text/csv"
        )
        answer.headers["Content-Disposition"] = "attachment; filename=log.csv"
    else:
        more = deeds[limit - 1].n if len(deeds) > limit else None
        page = render_template(
            "log.html", deeds=deeds[:limit], asked=arguments, cursor=more
        )
        answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _pages_of(
    some: Callable[[int | None], list[Deed]], deeds: list[Deed], limit: int
) -> Iterator[str]:
    """Yield the log as a table, from some lines of it on, so many at a time."""
    yield as_csv(deeds[:limit])
    while len(deeds) > limit:
        deeds = some(deeds[limit - 1].n)
        yield as_csv(deeds[:limit], is_begun=True)


def _reset(user_id: str) -> str:
    hours = current.settings().link_hours
    return members.reset(current.store(), user_id, by=doer(), hours=hours)


def _done(do: Callable[[], object]) -> WerkzeugResponse:
    try:
        do()
    except GlossaryError as error:
        return _page(problem=error_text(error), status=422)
    return redirect(url_for("pages.people_page"), 303)


def _page(problem: str = "", link: str = "", status: int = 200) -> Response:
    actor, store = current.actor(), current.store()
    is_admin = actor.may("manage-people", EVERY)
    roles: dict[str, list[tuple[str, str]]] = {}
    for person, glossary, role in store.people.roles():
        if actor.may("manage-roles", glossary):
            roles.setdefault(person, []).append((glossary, role))
    page = render_template(
        "people.html",
        everybody=store.people.all(),
        roles=roles,
        ranks=RANKS if is_admin else RANKS[:-1],
        glossaries=[
            name
            for name in (EVERY, *(name for name, _ in store.glossaries()))
            if actor.may("manage-roles", name)
        ],
        is_admin=is_admin,
        problem=problem,
        link=link,
    )
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
