"""Pages to sign in by, and of one's own account: sessions, tokens, password."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary.entry import Glossary, Person
from glossary.errors import GlossaryError, Invalid, Unauthorized
from glossary.message import N_
from glossary.people import SCOPES, Visit, members, visits
from glossary.schema import load
from glossary.schema import people as schema
from glossary.speech import LOCALES, say
from glossary.web import current, sessions, shared
from glossary.web import request as incoming
from glossary.web.api.people import doer
from glossary.web.pages.frame import pages
from glossary.web.rates import limited

_TOKEN: Final = schema.TokenBody()
_CHANGE: Final = schema.UserChange()


@pages.get("/sign-in")
def sign_in_page() -> str:
    """Show the form to sign in by."""
    return form(safe(request.args.get("next", "")))


@pages.post("/sign-in")
@limited("sign-ins")
def sign_in() -> tuple[str, int] | WerkzeugResponse:
    """Let in by name and password, or by a token; show what is wrong."""
    fields, store = request.form, current.store()
    visitor, settings = sessions.visitor(), current.settings()
    place = safe(fields.get("next", ""))
    try:
        if fields.get("token"):
            visit = visits.by_token(
                store, fields["token"], visitor=visitor, settings=settings
            )
        else:
            visit = visits.by_password(
                store,
                fields.get("name", ""),
                fields.get("password", ""),
                visitor=visitor,
                settings=settings,
            )
    except GlossaryError as error:
        return form(place, name=fields.get("name", ""), problem=error_text(error)), 422
    return come_in(visit, place)


@pages.get("/sign-in/link/<code>")
def link_page(code: str) -> str:
    """Show the form to choose a password by, which a one-time link leads to."""
    incoming.nothing()
    return render_template("link.html", code=code)


@pages.post("/sign-in/link/<code>")
@limited("sign-ins")
def use_link(code: str) -> tuple[str, int] | WerkzeugResponse:
    """Keep the password that was chosen, and let in whom the link is for."""
    try:
        visit = visits.by_link(
            current.store(),
            code,
            request.form.get("password", ""),
            visitor=sessions.visitor(),
            settings=current.settings(),
        )
    except GlossaryError as error:
        return render_template("link.html", code=code, problem=error_text(error)), 422
    return come_in(visit, url_for("pages.account_page"))


@pages.get("/account")
def account_page() -> Response:
    """Show who one is, where one is signed in, and one's tokens."""
    incoming.nothing()
    return _account()


@pages.post("/account")
def change_account() -> WerkzeugResponse:
    """Change one's name, address or language."""
    return _done(
        lambda: members.change(
            current.store(),
            Person(
                current.actor().person,
                **load(
                    _CHANGE,
                    {
                        name: request.form[name]
                        for name in ("name", "email", "lang")
                        if request.form.get(name)
                    },
                ),
            ),
            by=doer(),
        )
    )


@pages.post("/account/password")
def change_password() -> WerkzeugResponse:
    """Change one's password; sessions in other browsers end."""
    return _done(
        lambda: visits.change_password(
            current.store(),
            current.actor(),
            request.form.get("old", ""),
            request.form.get("password", ""),
            visitor=sessions.visitor(),
        )
    )


@pages.post("/account/sessions/<session_id>/end")
def end_session(session_id: str) -> WerkzeugResponse:
    """End one of one's sessions."""
    address = sessions.visitor().address
    return _done(
        lambda: visits.end(
            current.store(), current.actor(), session_id, address=address
        )
    )


@pages.post("/account/tokens")
def make_token() -> WerkzeugResponse:
    """Make a token and show it, this once."""
    form = request.form
    try:
        token, _ = load(
            _TOKEN,
            {
                "name": form.get("name", ""),
                "scope": form.get("scope", SCOPES[0]),
                "glossaries": form.get("glossaries", "").split(),
                "expires": form.get("expires") or None,
            },
        )
        token = replace(token, person=current.actor().person)
        secret = members.make_token(current.store(), token, by=doer())
    except GlossaryError as error:
        return _account(problem=error_text(error), status=422)
    return _account(secret=secret, status=201)


@pages.post("/account/tokens/<name>/revoke")
def revoke_token(name: str) -> WerkzeugResponse:
    """Make one of one's tokens useless."""
    return _done(lambda: members.revoke_token(current.store(), name, by=doer()))


def form(place: str, *, name: str = "", problem: str = "") -> str:
    """Return the page to sign in by; it leads back to a place here."""
    return render_template("sign-in.html", place=place, name=name, problem=problem)


def come_in(visit: Visit, place: str) -> WerkzeugResponse:
    """Answer with the secret of a session, and lead on to a place here."""
    answer = redirect(place or url_for("pages.lookup_page"), 303)
    sessions.remember_session(answer, visit)
    lang = getattr(current.store().people.find(visit.session.person), "lang", "")
    if lang in LOCALES:
        answer.set_cookie(
            current.LANGUAGE_COOKIE, lang, max_age=31_536_000, samesite="Lax"
        )
    return answer


def safe(place: str) -> str:
    """Return an address of ours without its host, or nothing for any other.

    >>> safe("/browse?subject=trade"), safe("//evil.example"), safe("https://x/")
    ('/browse?subject=trade', '', '')
    """
    parts = urlsplit(place)
    is_ours = place.startswith("/") and place[1:2] not in {"/", "\\"}
    if not is_ours or parts.netloc or parts.scheme or set(place) & set("\r\n\t"):
        return ""
    return place


def error_text(error: GlossaryError) -> str:
    """Return an error as a sentence for who reads the page."""
    places = error.problems if isinstance(error, Invalid) else ()
    locale = current.locale()
    texts = [say(place.detail, locale) for place in places]
    return " ".join(texts) or say(error.message, locale)


def _done(do: Callable[[], object]) -> WerkzeugResponse:
    """Do something to the account; show it again, with what was wrong if anything."""
    try:
        do()
    except GlossaryError as error:
        return _account(problem=error_text(error), status=422)
    return redirect(url_for("pages.account_page"), 303)


def _account(problem: str = "", secret: str = "", status: int = 200) -> Response:  # nosec B107 - none.
    actor, store = current.actor(), current.store()
    if not actor.session:
        raise Unauthorized(N_("Sign in, or send a token."))
    current.let_go()
    current.running().uses.write()
    current.hold(always=True)
    page = render_template(
        "account.html",
        actor=actor,
        person=store.people.find(actor.person),
        has_password=bool(store.people.secret(actor.person)),
        roles=sorted(actor.roles.items()),
        sessions=[
            s for s in store.people.sessions(actor.name) if s.expires > visits.later()
        ],
        tokens=store.people.tokens(actor.person) if actor.person else (),
        scopes=SCOPES,
        glossaries=[glossary.id for glossary, _ in shared.counted(Glossary)],
        problem=problem,
        secret=secret,
    )
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
