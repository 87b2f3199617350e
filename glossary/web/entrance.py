"""The one entrance: who sends a request, and whether its address lets them in.

Everything has a row in the table of rules. A handler asks again, of `current.actor`,
where it is about one glossary.
"""

import base64
from hmac import compare_digest
from typing import Final
from urllib.parse import parse_qsl

from flask import Flask, request

from glossary.errors import Forbidden, Unauthorized
from glossary.message import N_
from glossary.people import Actor, access, visits
from glossary.web import current, sessions, tools
from glossary.web.narrowing import must_read_place, narrow
from glossary.web.profiled import choose
from glossary.web.rules import ANYONE, KNOWN, RULES

_DEEPL: Final = "deepl-auth-key"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def install(app: Flask) -> None:
    """Have every request pass here before its handler."""
    app.before_request(enter)


def enter() -> None:
    """Note who sends the request; raise Unauthorized or Forbidden."""
    here = current.at_hand()
    if here.url_rule is None:
        return
    action = RULES.get(here.endpoint or "", "")
    if action == ANYONE:
        _must_not_come_from_elsewhere()
        return
    if not action:
        raise Forbidden(N_("There is no rule for %(path)s."), path=here.path)
    sender = _sender(reads=action == "read")
    actor = sender.at(here.remote_addr or "")
    current.set_actor(actor)
    if action != KNOWN:
        actor.must(action)
    elif not actor.is_known:
        raise Unauthorized(N_("Sign in, or send a token."))
    # Which profiles there are is told to nobody who may not come in.
    choose()
    if action == "read":
        narrow(actor)
    elif action != KNOWN:
        must_read_place(actor)


def _sender(*, reads: bool) -> Actor:
    """Return who sends the request at hand, with what everybody may do."""
    secret = _shown(reads=reads)
    everybody = current.everybody()
    if secret is None:
        return _signed_in(everybody)
    try:
        actor = access.of_token(current.store(), secret)
        current.running().uses.note(access.digest(secret))
        return actor.together(everybody.roles)
    except Unauthorized:
        if reads and everybody.may("read") and _is_lenient():
            return everybody
        raise


def _signed_in(everybody: Actor) -> Actor:
    """Return who is signed in in the browser that asks; else everybody."""
    secret = sessions.session_secret()
    if not secret:
        return everybody
    try:
        actor = visits.actor(
            current.store(), secret, idle=current.settings().session_idle
        )
    except Unauthorized:
        return everybody
    if request.method not in _SAFE:
        _must_come_from_here()
    current.running().uses.note(access.digest(secret))
    return actor.together(everybody.roles)


def _must_come_from_here() -> None:
    """Raise Forbidden for what a page of another site has the browser send.

    A browser that says neither where it comes from nor how must send what a form of
    ours holds.
    """
    if _must_not_come_from_elsewhere():
        return
    token = request.form.get("csrf", "") if request.mimetype in _FORMS else ""
    if not compare_digest(token.encode(), sessions.csrf().encode()):
        raise Forbidden(N_("This was not sent from a page of ours; load it again."))


def _must_not_come_from_elsewhere() -> bool:
    """Raise Forbidden for what comes from another site; say whether we know it."""
    if request.method in _SAFE:
        return True
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None:
        is_ours = site == "same-origin"
    elif origin not in {None, "null"}:
        is_ours = origin == request.host_url.rstrip("/")
    else:
        return False
    if not is_ours:
        raise Forbidden(N_("This was not sent from a page of ours; load it again."))
    return True


def _is_lenient() -> bool:
    """Say whether a token that is none is overlooked where none is needed.

    Browsers and other tools send what was meant for somebody else; a caller of the API
    who shows a token means it.
    """
    scheme = request.environ.get("HTTP_AUTHORIZATION", "").partition(" ")[0]
    is_page = request.blueprint in {None, "pages", "openapi"}
    return scheme.lower() != _DEEPL and (is_page or request.blueprint in tools.NAMES)


def _shown(*, reads: bool) -> str | None:
    """Return the token that the request shows, in the way of its protocol; or None."""
    here = current.at_hand()
    authorization: str | None = here.environ.get("HTTP_AUTHORIZATION")
    if authorization is None:
        if here.blueprint == "languagetool":
            return _api_key()
        return None
    scheme, _, rest = authorization.partition(" ")
    is_tool = request.blueprint in tools.NAMES
    if scheme.lower() == "bearer" or (is_tool and scheme.lower() == _DEEPL):
        return rest.strip()
    if is_tool and reads and scheme.lower() == "basic":
        return _password(rest)
    return ""


def _password(encoded: str) -> str:
    """Return the password of an address with one: often all that a tool can be told."""
    try:
        plain = base64.b64decode(encoded, validate=True).decode()
    except ValueError:
        return ""
    return plain.partition(":")[2]


def _api_key() -> str | None:
    """Return the key that LanguageTool's protocol sends beside the text, or None."""
    body = request.get_data()
    if request.method == "GET":
        return request.args.get("apiKey") or None
    if request.mimetype == "multipart/form-data":
        return request.form.get("apiKey") or None
    pairs = parse_qsl(body.decode(errors="replace"), keep_blank_values=True)
    return request.args.get("apiKey") or dict(pairs).get("apiKey") or None
