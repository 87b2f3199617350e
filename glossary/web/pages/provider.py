"""Pages by which people go to a provider of OpenID Connect, come back, and sign out."""

from functools import lru_cache
from pkgutil import resolve_name
from typing import Any, Final

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary.config import Settings
from glossary.errors import BadSetting, GlossaryError, NotFound
from glossary.message import N_
from glossary.people import visits
from glossary.web import current, sessions
from glossary.web.pages.account import come_in, error_text, form, safe
from glossary.web.pages.frame import pages

#: What the browser keeps between going and coming back: state, nonce, verifier, place.
_COOKIE: Final = "glossary-trip"
#: Seconds that somebody may take at the provider.
_PATIENCE: Final = 900


@pages.get("/sign-in/oidc")
def to_provider() -> WerkzeugResponse:
    """Send the browser to the provider."""
    address, trip = _provider().begin(_back())
    answer = redirect(address, 303)
    place, path = safe(request.args.get("next", "")), url_for("pages.to_provider")
    answer.set_cookie(
        sessions.prefixed(_COOKIE, path),
        f"{trip.state}~{trip.nonce}~{trip.verifier}~{place}",
        max_age=_PATIENCE,
        path=path,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
    return answer


@pages.get("/sign-in/oidc/back")
def from_provider() -> tuple[str, int] | WerkzeugResponse:
    """Let in whom the provider vouches for; say at the form what is wrong."""
    # A page that is read holds the store as of one moment; this one writes.
    current.let_go()
    path = url_for("pages.to_provider")
    trip = sessions.prefixed(_COOKIE, path)
    parts = request.cookies.get(trip, "").split("~", 3)
    parts += [""] * (4 - len(parts))
    place, store, visitor = safe(parts[3]), current.store(), sessions.visitor()
    provider = _provider()
    try:
        vouched = provider.finish(_back(), request.args.to_dict(), _trip(*parts[:3]))
        person = provider.welcome(store, vouched, address=visitor.address)
        visit = visits.by_provider(
            store,
            person,
            vouched.ticket,
            visitor=visitor,
            settings=current.settings(),
        )
    except GlossaryError as error:
        return form(place, problem=error_text(error)), 422
    answer = come_in(visit, place)
    answer.delete_cookie(trip, path=path, secure=request.is_secure)
    return answer


@pages.post("/sign-out")
def sign_out() -> WerkzeugResponse:
    """End this session, and have the browser forget what it keeps of it."""
    actor = current.actor()
    answer: WerkzeugResponse
    answer = redirect(url_for("pages.lookup_page"), 303)
    ticket = visits.ticket(current.store(), sessions.session_secret())
    if actor.session:
        address = sessions.visitor().address
        visits.end(current.store(), actor, actor.session, address=address)
    if ticket and (place := farewell(ticket)):
        # A form may not lead to another site; a page of ours may.
        answer = make_response(render_template("signed-out.html"))
        answer.headers["Refresh"] = f"0; url={place}"
    sessions.forget_session(answer)
    # What anybody may read may stay for whoever comes next; else nothing of it does.
    open_ = current.settings().open_reads
    answer.headers["Clear-Site-Data"] = '"cache"' if open_ else '"cache", "storage"'
    return answer


def farewell(ticket: str) -> str | None:
    """Return where a browser is signed out of the provider as well, if anywhere."""
    if not current.settings().oidc_issuer:
        return None
    try:
        back = url_for("pages.lookup_page", _external=True)
        address: str | None = _provider().farewell(ticket, back)
    except GlossaryError:
        return None
    return address


def _provider() -> Any:
    if not current.settings().oidc_issuer:
        raise NotFound(N_("There is nothing at %(path)s."), path=request.path)
    return _provider_of(current.settings())


@lru_cache(maxsize=2)
def _provider_of(settings: Settings) -> Any:
    try:
        make = resolve_name("glossary.people.oidc:Provider")
    except ImportError:
        raise BadSetting(
            N_("%(name)s needs more packages: pip install glossary-termbase[oidc]"),
            name="GLOSSARY_OIDC_ISSUER",
        ) from None
    return make(settings)


def _trip(state: str, nonce: str, verifier: str) -> Any:
    return resolve_name("glossary.people.oidc:Trip")(state, nonce, verifier)


def _back() -> str:
    return url_for("pages.from_provider", _external=True)
