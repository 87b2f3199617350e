"""What a browser keeps of a session, and what its forms prove by it."""

import hashlib
from typing import Final

from flask import request
from werkzeug.wrappers import Response

from glossary.people import Visit, Visitor
from glossary.web import current

#: The cookie of a session, without the prefix that it has over TLS.
COOKIE: Final = "glossary-session"


def visitor() -> Visitor:
    """Return what is known of the browser that asks."""
    return Visitor(request.remote_addr or "", request.headers.get("User-Agent", ""))


def session_secret() -> str:
    """Return what the browser has kept of a session, or nothing."""
    here = current.at_hand()
    if "HTTP_COOKIE" not in here.environ:
        return ""
    return here.cookies.get(prefixed(COOKIE, home()), "")


def csrf() -> str:
    """Return what a form of this session holds, for browsers that say no origin."""
    secret = session_secret()
    return hashlib.sha256(f"form {secret}".encode()).hexdigest() if secret else ""


def remember_session(answer: Response, visit: Visit) -> None:
    """Have the browser keep the secret of a session, and no script see it."""
    path = home()
    answer.set_cookie(
        prefixed(COOKIE, path),
        visit.secret,
        max_age=int(current.settings().session_days * 86_400),
        path=path,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )


def forget_session(answer: Response) -> None:
    """Have the browser forget the secret of a session."""
    path = home()
    answer.delete_cookie(
        prefixed(COOKIE, path),
        path=path,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )


def prefixed(name: str, path: str) -> str:
    """Return the name of a cookie with a secret, for a path and this request.

    Over TLS it has the prefix (RFC 6265bis) that keeps other hosts of the domain, and
    pages without TLS, from setting such a cookie.
    """
    if not request.is_secure:
        return name
    return f"__Host-{name}" if path == "/" else f"__Secure-{name}"


def home() -> str:
    """Return the path of the home page, whatever profile the address names."""
    root = request.script_root
    if profile := request.environ.get(current.PROFILE):
        root = root.removesuffix(f"/p/{profile}")
    return root or "/"
