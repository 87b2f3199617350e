"""The page to load files by and to take entries out."""

from flask import render_template

from glossary.formats import FORMATS
from glossary.query import MODES, ON_ERROR
from glossary.web import current, request
from glossary.web.pages.frame import pages


@pages.get("/transfers")
def transfers_page() -> str:
    """Show the form to load a file by, and what entries can be taken out as."""
    request.nothing()
    settings = current.settings()
    names = [name for name, count in current.store().glossaries() if count]
    return render_template(
        "transfers.html",
        readable=[f for f in FORMATS if f.read is not None],
        writable=[f for f in FORMATS if f.write is not None],
        modes=MODES,
        on_error=ON_ERROR,
        glossaries=names or [settings.glossary],
        default=settings.glossary,
        most=settings.max_import,
    )
