"""A request as granian's RSGI knows it, as the environ of WSGI (PEP 3333)."""

import sys
from typing import Any, Final

_CONSTANT: Final = {
    "GATEWAY_INTERFACE": "CGI/1.1",
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "Granian",
    "wsgi.multiprocess": True,
    "wsgi.multithread": True,
    "wsgi.run_once": False,
    "wsgi.version": (1, 0),
}
#: Headers that have no HTTP_ before their name.
_BARE: Final = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


def environ_of(scope: Any) -> dict[str, Any]:
    """Return the environ of a request, without its body.

    A header with an underscore in its name is left out: it would be taken for the one
    with a hyphen, which a proxy in front may have removed or set.
    """
    server, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        **_CONSTANT,
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": port,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key = _BARE.get(name) or "HTTP_" + name.upper().replace("-", "_")
        before = environ.get(key)
        between = "; " if name == "cookie" else ","
        environ[key] = value if before is None else f"{before}{between}{value}"
    environ.setdefault("HTTP_HOST", scope.authority or "")
    return environ
