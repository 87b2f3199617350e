"""OmegaT: an External Search item that opens a selected phrase in our look-up page."""

from typing import Final
from xml.sax.saxutils import escape  # nosec B406 - it only writes.

from flask import Blueprint, Response, request

tool = Blueprint("omegat", __name__)

_FINDER: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<items>
  <item>
    <name>Glossary</name>
    <url>{address}?q={{target}}</url>
    <keystroke>ctrl alt G</keystroke>
  </item>
</items>
"""


@tool.get("/tools/omegat/finder.xml")
def get_finder() -> Response:
    """Return the file `finder.xml` for OmegaT, with the address of this server."""
    answer = Response(
        _FINDER.format(address=escape(request.url_root)), mimetype="application/xml"
    )
    answer.headers["Content-Disposition"] = "attachment; filename=finder.xml"
    return answer
