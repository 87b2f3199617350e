"""Behind a proxy: which scheme, host, prefix and address a request really has."""

from collections.abc import Callable, Iterable
from typing import Any, Final
from urllib.parse import urlsplit

from werkzeug.middleware.proxy_fix import ProxyFix

from glossary.config import Settings
from glossary.people import network

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

_PORTS: Final = {"http": "80", "https": "443"}


def behind(app: Wsgi, settings: Settings) -> Wsgi:
    """Return the application as it is seen through its proxies.

    `GLOSSARY_PROXIES` of them are believed, each by the last value that it has added to
    the `X-Forwarded-…` headers; none of what others sent is. `GLOSSARY_URL` says the
    address of the home page outright; then a proxy may hand paths on with the prefix or
    without it.
    """
    outer = app
    if settings.url:
        outer = _At(outer, settings.url)
    if settings.proxies:
        n = settings.proxies
        outer = ProxyFix(outer, x_for=n, x_proto=n, x_host=n, x_prefix=n)
    return outer


def sender(environ: Environ, proxies: int) -> str:
    """Return the place in the network that a request comes from, by its proxies.

    >>> forwarded = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "a, 192.0.2.7"}
    >>> sender(forwarded, 1), sender(forwarded, 0)
    ('192.0.2.7', '10.0.0.1')
    """
    before: str = environ.get("HTTP_X_FORWARDED_FOR", "") if proxies else ""
    steps = before.split(",")
    if before and len(steps) >= proxies:
        return network(steps[-proxies].strip())
    return network(environ["REMOTE_ADDR"])


class _At:
    """An application whose home page has a known address."""

    def __init__(self, app: Wsgi, url: str) -> None:
        parts = urlsplit(url)
        self._app = app
        self._prefix = parts.path.rstrip("/")
        self._address = {
            "wsgi.url_scheme": parts.scheme,
            "HTTP_HOST": parts.netloc,
            "SERVER_NAME": parts.hostname or "",
            "SERVER_PORT": str(parts.port or _PORTS[parts.scheme]),
            "SCRIPT_NAME": self._prefix,
        }

    def __call__(
        self, environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer a request as one to the known address."""
        path = environ["PATH_INFO"]
        if self._prefix and (path + "/").startswith(self._prefix + "/"):
            path = path[len(self._prefix) :] or "/"
        return self._app(
            {**environ, **self._address, "PATH_INFO": path}, start_response
        )
