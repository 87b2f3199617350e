"""The pane beside a document in Word: what is marked looked up, the text checked.

Word loads the pane from this server, and the library by which the pane speaks with Word
from Microsoft's, so the pane alone may load a script from there and stand in a frame.
"""

from typing import Final
from uuid import NAMESPACE_URL, uuid5

from flask import Response, make_response, render_template, url_for

from glossary.web import current
from glossary.web import request as incoming
from glossary.web.pages.frame import pages

#: Where Office.js comes from, and who shows the pane in a browser
#: (learn.microsoft.com/office/dev/add-ins, “Understanding the Office JavaScript API”).
_LIBRARY: Final = "https://appsforoffice.microsoft.com"
_FRAMES: Final = (
    "https://*.officeapps.live.com https://*.office.com https://*.sharepoint.com "
    "https://*.cloud.microsoft https://*.microsoft365.com"
)
_POLICY: Final = (
    f"default-src 'none'; script-src 'self' {_LIBRARY}; style-src 'self'; "
    f"img-src 'self'; connect-src 'self' {_LIBRARY}; form-action 'self'; "
    f"base-uri 'none'; frame-ancestors 'self' {_FRAMES}"
)


@pages.get("/word")
def word_pane() -> Response:
    """Show the pane; outside Word it is a small look-up page."""
    incoming.nothing()
    answer = make_response(render_template("word.html", library=_LIBRARY))
    answer.headers["Content-Security-Policy"] = _POLICY
    return answer


@pages.get("/word/manifest.xml")
def word_manifest() -> Response:
    """Describe the pane for Word, which is given this file to install it."""
    incoming.nothing()
    home = url_for("pages.word_pane", _external=True)
    text = render_template(
        "word-manifest.xml", home=home, id=uuid5(NAMESPACE_URL, home)
    )
    answer = Response(text, mimetype="application/xml")
    name = 'attachment; filename="glossary-word.xml"'
    answer.headers["Content-Disposition"] = name
    answer.vary.update(["Accept-Language", "Cookie"])
    answer.content_language.add(current.locale())
    return answer
