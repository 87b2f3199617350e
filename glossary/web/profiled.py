"""Profiles in an address: `?profile=NAME`, and `/p/NAME/…` for tools told only that."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final
from urllib.parse import unquote_plus

from flask import request

from glossary.errors import NotFound
from glossary.message import N_
from glossary.web import current
from glossary.web.asking import as_read
from glossary.web.rules import PROFILED

#: How a profile is called.
NAME: Final = "[a-z][a-z0-9-]{0,99}"
_PREFIX: Final = re.compile(rf"/p/({NAME})(?=/|$)")
#: So much is shown of a name that is none.
_SHOWN: Final = 40
_Environ = dict[str, Any]
_Wsgi = Callable[[_Environ, Callable[..., Any]], Iterable[bytes]]


def prefixed(app: _Wsgi) -> _Wsgi:
    """Return an application that answers below `/p/NAME` by that profile.

    Its addresses keep the prefix, as those of an application that stands there.
    """

    def answer(
        environ: _Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        match = _PREFIX.match(environ["PATH_INFO"])
        if match is not None:
            environ = {
                **environ,
                current.PROFILE: match[1],
                "SCRIPT_NAME": environ.get("SCRIPT_NAME", "") + match[0],
                "PATH_INFO": environ["PATH_INFO"][match.end() :] or "/",
            }
        return app(environ, start_response)

    return answer


def choose() -> None:
    """Note the profile that the request asks by; raise NotFound for one that is none.

    The parameter is taken out of the query, which its handler reads as ever.
    """
    here = current.at_hand()
    name = here.environ.get(current.PROFILE, "")
    if here.endpoint in PROFILED and b"profile=" in here.query_string:
        parts = []
        for part in request.query_string.split(b"&"):
            if part.startswith(b"profile="):
                name = unquote_plus(part[8:].decode(errors="replace"))
            else:
                parts.append(part)
        request.query_string = b"&".join(parts)
        vars(request).pop("args", None)
    if not name:
        return
    if not re.fullmatch(NAME, name):
        raise NotFound(N_("There is no profile “%(id)s”."), id=name[:_SHOWN])
    current.set_profile(as_read(current.store().people.profile(name)))
